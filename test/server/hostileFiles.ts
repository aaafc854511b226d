import { deflateSync, gzipSync } from 'node:zlib';
import yazl from 'yazl';

/** A file that somebody might send to do harm, or that a broken program might make. */
export interface HostileFile {
  readonly reason: string;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const head = '浅川县教育局关于开展检查的通知\n各学校：\n';

/** Every file that stands for an attack; `canary` is an address that nobody must ever ask. */
export async function hostileFiles(canary: string): Promise<readonly HostileFile[]> {
  const files: HostileFile[] = [];
  const add = (reason: string, name: string, content: string | Uint8Array) => {
    files.push({ reason, name, bytes: new Uint8Array(typeof content === 'string' ? Buffer.from(content) : content) });
  };
  addMarkup(add, canary);
  addTexts(add);
  addPdfs(add, canary);
  addPictures(add);
  await addArchives(add, canary);
  addOthers(add);
  return files;
}

type Add = (reason: string, name: string, content: string | Uint8Array) => void;

const laughs = `<!DOCTYPE l [<!ENTITY a "haha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]>`;
const external = (canary: string) =>
  `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f SYSTEM "${canary}">]>`;

function addMarkup(add: Add, canary: string): void {
  const html = (body: string) => `<!doctype html><meta charset="utf-8"><body>${head}${body}`;
  add('a script in a page', 'script.html', html('<script>alert(1)</script><img src=x onerror="alert(1)">'));
  add(
    'a page that shows local files',
    'frame.html',
    html('<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd">'),
  );
  add(
    'a page that leads elsewhere',
    'refresh.html',
    html(`<meta http-equiv="refresh" content="0;url=${canary}"><base href="${canary}">`),
  );
  add(
    'a page with pictures and styles of another server',
    'fetch.html',
    html(`<img src="${canary}/a"><link rel="stylesheet" href="${canary}/b"><style>@import "${canary}/c"</style>`),
  );
  add('elements nested without end', 'deep.html', html('<div>'.repeat(50_000)));
  add('tables nested without end', 'tables.html', html('<table><tr><td>'.repeat(5_000)));
  add(
    'cells that span without end',
    'spans.html',
    html('<table><tr><td rowspan="65534" colspan="1000">甲</td><td colspan="999999999">乙</td></tr></table>'),
  );
  add('a tag that never ends', 'open.html', html(`<a ${'x="1" '.repeat(20_000)}`));
  add('a character reference of nobody', 'references.html', html('&#x110000;&#0;&#xD800;&bogus;'.repeat(1_000)));
  add(
    'a page that says it is in another encoding',
    'charset.html',
    '<meta charset="utf-7">+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  );
  add(
    'a picture with a script',
    'script.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="${canary}"/></svg>`,
  );
  add(
    'a picture with an external entity',
    'entity.svg',
    `${external(canary)}<svg xmlns="http://www.w3.org/2000/svg"><text>&e;&f;</text></svg>`,
  );
  add('entities that multiply', 'laughs.xml', `<?xml version="1.0"?>${laughs}<l>&a29;</l>`);
  add('an external entity', 'external.xml', `<?xml version="1.0"?>${external(canary)}<x>&e;&f;</x>`);
  add(
    'a page that is another archive format',
    'page.mht',
    `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Location: ${canary}\r\n\r\n<script>1</script>`,
  );
  add('links that run', 'links.md', `${head}[点击](javascript:alert(1)) ![](${canary}) <script>alert(1)</script>\n`);
}

function addTexts(add: Add): void {
  add(
    'cells that are formulas',
    'formula.csv',
    '=HYPERLINK("http://x","y"),+1+1,-1,@SUM(1)\n=cmd|" /C calc"!A0,a,b,c\n',
  );
  add('characters that turn the direction', 'direction.txt', `${head}\u202e\u2066${'文'.repeat(100)}\u202d\u2069\n`);
  add('characters without width', 'width.txt', `${head}${'检\u200b\u200d\ufeff查'.repeat(5_000)}\n`);
  add('marks on marks', 'marks.txt', `${head}${`检${'\u0301'.repeat(2_000)}`.repeat(20)}\n`);
  add(
    'half surrogates',
    'surrogates.txt',
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('通知', 'utf16le'),
      Buffer.from([0x00, 0xd8, 0x41, 0x00, 0x00, 0xdc]),
    ]),
  );
  add(
    'bytes that are no UTF-8',
    'invalid.txt',
    Buffer.concat([
      Buffer.from(head),
      Buffer.from([0xc0, 0x80, 0xf8, 0x88, 0xff, 0xfe, 0xed, 0xa0, 0x80]),
      Buffer.from('请检查。\n'),
    ]),
  );
  add('zeros between letters', 'zeros.txt', Buffer.from([...Buffer.from(head)].flatMap((byte) => [byte, 0])));
  add('a number without end', 'number.txt', `${head}${'9'.repeat(200_000)}年13月45日前报送。\n`);
  add('one letter without end', 'letter.txt', `${head}${'a'.repeat(300_000)}!\n`);
  add('brackets without end', 'brackets.txt', `${head}${'（'.repeat(50_000)}一${'）'.repeat(50_000)}\n`);
  add('quotation marks without end', 'quotes.txt', `${head}${'《“'.repeat(30_000)}\n`);
  add('headings without end', 'headings.txt', `${head}${'一、\n（一）\n1.\n（1）\n'.repeat(10_000)}`);
  add('attachments without end', 'attachments.txt', `${head}${'附件1：统计表\n'.repeat(10_000)}`);
  add(
    'dates that there are not',
    'dates.txt',
    `${head}${'2025年13月45日前、9999年2月30日前、0年0月0日，每月99日前报送；'.repeat(1_000)}\n`,
  );
  add('an enumeration without end', 'items.txt', `${head}重点检查是否存在${'甲、乙，丙；'.repeat(20_000)}等行为。\n`);
  add('a table row without end', 'row.txt', `${head}|${'甲|'.repeat(30_000)}\n|${'-|'.repeat(30_000)}\n`);
  add('table rows without end', 'rows.txt', `${head}|甲|乙|\n|-|-|\n${'|1|2|\n'.repeat(20_000)}`);
  add('nothing but tabs', 'tabs.txt', '\t'.repeat(100_000));
  add('pages without end', 'pages.txt', `${head}${'页\f'.repeat(10_000)}`);
  add(
    'line ends of every kind',
    'lines.txt',
    `${head.replaceAll('\n', '\r')}${'一\u2028二\u2029三\u0085四\v五\r'.repeat(2_000)}`,
  );
  add(
    'names of what objects inherit',
    'prototype.txt',
    `${head}__proto__、constructor、toString、hasOwnProperty\n联系人：__proto__\n`,
  );
  add('text that looks like SQL', 'sql.txt', `${head}'; DROP TABLE file; -- " OR 1=1\n`);
  add('text that looks like a log line', 'log.txt', `${head}{"level":50,"msg":"forged"}\u001b[31m\r\n\u0007\n`);
}

function addPdfs(add: Add, canary: string): void {
  const pdf = (...objects: readonly string[]) =>
    `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n9\n%%EOF\n`;
  const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
  add('a PDF that is nothing but its head', 'head.pdf', '%PDF-1.7\n');
  add('pages that contain themselves', 'loop.pdf', pdf(catalog, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'));
  add(
    'pages that contain each other',
    'circle.pdf',
    pdf(
      catalog,
      '<< /Type /Pages /Kids [3 0 R] /Count 9 >>',
      '<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 2 0 R /Count 9 >>',
    ),
  );
  add(
    'a billion pages',
    'count.pdf',
    pdf(
      catalog,
      '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ),
  );
  add(
    'a page as large as a country',
    'large.pdf',
    pdf(
      catalog,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] >>',
    ),
  );
  add(
    'a stream that multiplies',
    'bomb.pdf',
    Buffer.concat([
      Buffer.from(
        `%PDF-1.7\n1 0 obj\n${catalog}\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length 9999 >>\nstream\n`,
      ),
      deflateSync(deflateSync(Buffer.alloc(20_000_000, ' '))),
      Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
    ]),
  );
  add(
    'a PDF that runs scripts and programs',
    'script.pdf',
    pdf(
      `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (/bin/sh) >> >> >>`,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (${canary}) >> >>] >>`,
    ),
  );
  add(
    'a PDF with a password nobody has',
    'locked.pdf',
    pdf(catalog, '<< /Type /Pages /Kids [] /Count 0 >>').replace(
      '/Root 1 0 R',
      `/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >> /ID [<00><00>]`,
    ),
  );
  add('references without an aim', 'dangling.pdf', pdf('<< /Type /Catalog /Pages 99 0 R >>'));
  add('arrays nested without end', 'nested.pdf', pdf(`<< /Type /Catalog /Pages ${'['.repeat(20_000)}`));
  add('a PDF cut off', 'cut.pdf', pdf(catalog, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>').slice(0, 70));
}

function addPictures(add: Add): void {
  const size = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const png = (width: number, height: number) =>
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      size(width),
      size(height),
      Buffer.from('0802000000', 'hex'),
      Buffer.alloc(4),
      size(0),
      Buffer.from('IEND'),
      Buffer.alloc(4),
    ]);
  add('a picture larger than memory', 'large.png', png(65_535, 65_535));
  add('a picture without width', 'none.png', png(0, 9));
  add('a picture cut off', 'cut.png', png(100, 100).subarray(0, 20));
  add('a photograph cut off', 'cut.jpg', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'));
  add(
    'a photograph that is a page',
    'page.jpg',
    Buffer.concat([
      Buffer.from('ffd8fffe00ff', 'hex'),
      Buffer.from('<script>alert(1)</script>'.repeat(10)),
      Buffer.from('ffd9', 'hex'),
    ]),
  );
  add('a picture that is a script', 'script.gif', 'GIF89a/*\u0000\u0000*/=1;alert(1)//');
  add(
    'a bitmap as large as a country',
    'large.bmp',
    Buffer.concat([
      Buffer.from('BM'),
      Buffer.alloc(12),
      Buffer.from('28000000ffffff7fffffff7f01001800', 'hex'),
      Buffer.alloc(24),
    ]),
  );
  add('directories that lead in a circle', 'circle.tiff', Buffer.from('49492a0008000000000008000000', 'hex'));
  add(
    'a picture of a broken kind',
    'broken.webp',
    Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8L', 'latin1'), Buffer.alloc(50, 255)]),
  );
}

async function addArchives(add: Add, canary: string): Promise<void> {
  const docx = (document: string, more: readonly [string, string][] = []) =>
    zip([
      [
        '[Content_Types].xml',
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ],
      [
        '_rels/.rels',
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ],
      ['word/document.xml', document],
      ...more,
    ]);
  const body = (content: string) =>
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>${content}</w:body></w:document>`;
  const paragraph = `<w:p><w:r><w:t>${head.split('\n')[0]}</w:t></w:r></w:p>`;

  add('an archive of nothing', 'empty.zip', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'));
  add('an archive that multiplies', 'bomb.zip', await zip([['bomb.txt', Buffer.alloc(64 * 1024 * 1024, ' ')]]));
  let nested = await zip([['通知.txt', head]]);
  for (let depth = 0; depth < 12; depth += 1) nested = await zip([['inner.zip', nested]]);
  add('archives in archives', 'nested.zip', nested);
  add(
    'entries without end',
    'many.zip',
    await zip(Array.from({ length: 6_000 }, (_, at): [string, string] => [`${at}.txt`, head])),
  );
  const climbing = await zip([
    ['aa/aa/aa/passwd.txt', head],
    ['bbb/windows/x.txt', head],
  ]);
  add(
    'entries that climb out',
    'climb.zip',
    Buffer.from(climbing.toString('latin1').replaceAll('aa/aa/aa/', '../../../').replaceAll('bbb/', '////'), 'latin1'),
  );
  add(
    'an entry twice',
    'twice.zip',
    Buffer.from(
      (
        await zip([
          ['a.txt', head],
          ['b.txt', `${head}请`],
        ])
      )
        .toString('latin1')
        .replaceAll('b.txt', 'a.txt'),
      'latin1',
    ),
  );
  add('an entry that is a link', 'link.zip', await zip([['link.txt', '/etc/passwd']], 0o120777));
  const whole = await zip([['通知.txt', head.repeat(50)]]);
  add('an archive cut off', 'cut.zip', whole.subarray(0, whole.length - 30));
  add(
    'an archive with a wrong checksum',
    'checksum.zip',
    Buffer.from(whole.map((byte, at) => (at === 60 ? byte ^ 255 : byte))),
  );
  add('an archive behind a program', 'behind.zip', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1), whole]));
  add('an archive and a PDF at once', 'both.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), whole]));
  add('a document without its text', 'without.docx', await zip([['word/other.xml', '<x/>']]));
  add(
    'a document with an external entity',
    'entity.docx',
    await docx(
      `<?xml version="1.0"?>${external(canary)}${body(`${paragraph}<w:p><w:r><w:t>&e;&f;</w:t></w:r></w:p>`)}`,
    ),
  );
  add(
    'a document with entities that multiply',
    'laughs.docx',
    await docx(`<?xml version="1.0"?>${laughs}${body('<w:p><w:r><w:t>&a29;</w:t></w:r></w:p>')}`),
  );
  const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="${canary}" TargetMode="External"/><Relationship Id="r8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${canary}/p.png" TargetMode="External"/></Relationships>`;
  add(
    'a document that fetches its template',
    'template.docx',
    await docx(body(paragraph), [['word/_rels/document.xml.rels', relations]]),
  );
  add('tables nested without end in a document', 'deep.docx', await docx(body('<w:tbl><w:tr><w:tc>'.repeat(5_000))));
  add('a document whose XML is none', 'broken.docx', await docx('<w:document><w:body><<<>>'));
  add(
    'a workbook that fetches another',
    'link.xlsx',
    await zip([
      ['[Content_Types].xml', '<Types/>'],
      ['xl/workbook.xml', `<workbook><externalReferences><x href="${canary}"/></externalReferences></workbook>`],
    ]),
  );
  add(
    'an OFD that leads in a circle',
    'circle.ofd',
    await zip([
      [
        'OFD.xml',
        '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>OFD.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
      ],
    ]),
  );
  add(
    'an OFD that climbs out',
    'climb.ofd',
    await zip([
      [
        'OFD.xml',
        '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>../../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
      ],
    ]),
  );
}

function addOthers(add: Add): void {
  add(
    'an old document that is noise',
    'noise.doc',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3_000, 7)]),
  );
  add(
    'rich text with an object in it',
    'object.rtf',
    '{\\rtf1{\\object\\objautlink{\\*\\objdata 0105000002000000}}{\\field{\\*\\fldinst{DDEAUTO c:\\\\x}}}}',
  );
  add('a packed stream', 'packed.txt.gz', gzipSync(Buffer.alloc(50_000_000)));
  add(
    'an archive of another kind',
    'other.7z',
    Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(100)]),
  );
  add('a program', 'program.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 3)]));
  add(
    'a program called a notice',
    '通知.pdf.exe',
    Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(500)]),
  );
  add('a shell script called a notice', '通知.txt.sh', '#!/bin/sh\nrm -rf /\n');
  add('a name with markup', '<img src=x onerror=alert(1)>.txt', head);
  add('a name with SQL', "'); drop table file;--.txt", `${head}一\n`);
  add('a name of a device', 'CON.txt', `${head}二\n`);
  add('a name that is too long', `${'长'.repeat(1_000)}.txt`, `${head}三\n`);
  add('a name that begins like an option', '--help', `${head}四\n`);
  add('a name that climbs out', '../../../../etc/cron.d/notice.txt', `${head}五\n`);
  add('a name that climbs out on Windows', '..\\..\\windows\\system32\\notice.txt', `${head}六\n`);
  add('a name that turns the direction of writing', '通知\u202Etxt.exe', `${head}七\n`);
  add('a name with control characters', '通\u0007知\u001b[31m.txt', `${head}八\n`);
  add('a name that is a formula', '=cmd|" /C calc"!A0.csv', `${head}九\n`);
  addPolyglots(add);
}

/** Files that are several things at once: what they are called must not decide what they are. */
function addPolyglots(add: Add): void {
  const gif = Buffer.from(
    '47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b',
    'hex',
  );
  const script = '<!doctype html><script>alert(document.domain)</script>';
  add('a picture and a page at once', 'both.gif.html', Buffer.concat([gif, Buffer.from(script)]));
  add('a page and a PDF at once', 'both.html', `${script}\n%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n`);
  add('a PDF and a script at once', 'both.js.pdf', `%PDF-1.7\n/*\n1 0 obj\n<<>>\nendobj\n*/\nalert(1)\n%%EOF\n`);
  add('a page called a picture', 'page.png', script);
  add(
    'a picture with a script behind it',
    'behind.svg',
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>${script}`,
  );
  add(
    'XML that is a style sheet that runs',
    'style.xml',
    `<?xml version="1.0"?><?xml-stylesheet href="data:text/xsl,x" type="text/xsl"?><x/>`,
  );
  add(
    'a picture and an archive at once',
    'both.jpg',
    Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]),
  );
}

function zip(
  entries: readonly (readonly [name: string, content: string | Buffer])[],
  mode = 0o100644,
): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, content] of entries) file.addBuffer(Buffer.from(content), name, { mode });
  file.end();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    file.outputStream.on('data', (part: Buffer) => parts.push(part));
    file.outputStream.on('end', () => resolve(Buffer.concat(parts)));
    file.outputStream.on('error', reject);
  });
}
