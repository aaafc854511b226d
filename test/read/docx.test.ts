import { describe, expect, it } from 'vitest';
import { HongtouError, Layout } from '../../models/index.ts';
import { docxPageImages, readDocx } from '../../pipeline/read/docx.ts';
import { docxOf, p, readBlocks, readLines, run, table } from './docxOf.ts';
import { zipOf } from './zipOf.ts';

const textBox = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
const wordBox = (text: string, top = 0) =>
  `<w:drawing><wp:anchor><wp:positionV relativeFrom="page"><wp:posOffset>${top * 12700}</wp:posOffset></wp:positionV>` +
  `<wp:docPr id="1" name="文本框"/><a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx>${textBox(text)}</wps:txbx>` +
  '</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>';
const vmlBox = (text: string) => `<w:pict><v:shape><v:textbox>${textBox(text)}</v:textbox></v:shape></w:pict>`;
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const instruction = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
const wrap = (content: string) => `<w:p>${content}</w:p>`;

const codes = async (body: string) => (await readDocx(docxOf({ body }))).diagnostics.map((item) => item.code);

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HongtouError) return error.code;
    throw error;
  }
  return 'none';
}

describe('readDocx: text', () => {
  it('gives a layout that the schema accepts', async () => {
    const body = p('关于开展校园食品安全检查的通知') + table([`<w:tc>${p('单位')}</w:tc><w:tc>${p('数量')}</w:tc>`]);
    const layout = await readDocx(docxOf({ body }));
    expect(Layout.parse(layout)).toEqual(layout);
    expect(layout.paged).toBe(false);
  });

  it('reads paragraphs as lines that end', async () => {
    const [first] = await readBlocks({ body: `${wrap(run('关于') + run('燃气'))}<w:p/>` });
    expect(first).toMatchObject({ type: 'line', text: '关于燃气', paragraphEnd: true, align: 'left' });
    expect(await readLines({ body: `${p('甲')}<w:p/>${p('乙')}` })).toEqual(['甲', '乙']);
  });

  it('reads the look: size, weight, red ink, alignment, from styles and from the run', async () => {
    const styles =
      '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>' +
      '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr></w:style>' +
      '<w:style w:type="character" w:styleId="B"><w:rPr><w:b w:val="0"/></w:rPr></w:style>';
    const body =
      p('清河市人民政府文件', '<w:pStyle w:val="A"/>', '<w:sz w:val="72"/>') +
      p('细', '<w:pStyle w:val="A"/><w:jc w:val="end"/>', '<w:rStyle w:val="B"/><w:color w:val="auto"/>');
    expect(await readBlocks({ body, styles })).toMatchObject([
      { color: 'red', fontSize: 36, bold: true, align: 'center' },
      { color: 'black', fontSize: 10.5, bold: false, align: 'right' },
    ]);
  });

  it('takes heading levels from outline levels and from the names of styles', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="正文二"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>';
    const body =
      p('一', '<w:pStyle w:val="a1"/>') + p('二', '<w:pStyle w:val="a2"/>') + p('三', '<w:outlineLvl w:val="9"/>');
    expect(await readBlocks({ body, styles })).toMatchObject([{ heading: 1 }, { heading: 2 }, { heading: null }]);
  });

  it('accepts revisions and says so', async () => {
    const body = wrap(
      `${run('药品')}<w:ins>${run('经营')}</w:ins><w:del><w:r><w:delText>生产</w:delText></w:r></w:del>` +
        `<w:moveFrom>${run('甲')}</w:moveFrom><w:moveTo>${run('环节')}</w:moveTo>`,
    );
    expect(await readLines({ body })).toEqual(['药品经营环节']);
    expect(await codes(body)).toContain('docx-revisions-accepted');
  });

  it('joins paragraphs whose mark was deleted', async () => {
    const body = `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('各县')}</w:p>${p('人民政府')}`;
    expect(await readLines({ body })).toEqual(['各县人民政府']);
  });

  it('leaves hidden text out and says so', async () => {
    const body = wrap(run('通知') + run('内部稿', '<w:vanish/>'));
    expect(await readLines({ body })).toEqual(['通知']);
    expect(await codes(body)).toContain('docx-hidden-text');
  });

  it('keeps the results of fields and drops their instructions', async () => {
    const body = wrap(
      run('见') + field('begin') + instruction(' REF 附件 \\h ') + field('separate') + run('附件2') + field('end'),
    );
    const nested = wrap(
      field('begin') +
        instruction(' IF ') +
        field('begin') +
        instruction('DATE') +
        field('separate') +
        run('今') +
        field('end') +
        instruction('= 1') +
        field('separate') +
        run('果') +
        field('end'),
    );
    const simple = `<w:p><w:fldSimple w:instr="SEQ 表">${run('表1')}</w:fldSimple></w:p>`;
    expect(await readLines({ body: body + nested + simple })).toEqual(['见附件2', '果', '表1']);
  });

  it('prints fields that store no result: encircled numbers, check boxes, drop-down lists', async () => {
    const form = (data: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${data}</w:ffData></w:fldChar></w:r>${field('end')}`;
    const body =
      wrap(field('begin') + instruction('eq \\o\\ac(○,3)') + field('end') + run('票据')) +
      wrap(form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + run('是')) +
      wrap(form('<w:checkBox><w:default w:val="0"/></w:checkBox>') + run('否')) +
      wrap(form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'));
    expect(await readLines({ body })).toEqual(['③票据', '☑是', '□否', '乙']);
  });

  it('reads symbols, tabs, hyphens, ruby and formulas', async () => {
    const body =
      wrap('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F081"/></w:r>') +
      wrap('<w:r><w:t>联系人：张三</w:t><w:tab/><w:t>电话</w:t></w:r>') +
      wrap('<w:r><w:t>GB</w:t><w:noBreakHyphen/><w:t>9\u00ad704</w:t><w:softHyphen/></w:r>') +
      wrap(
        '<w:r><w:ruby><w:rt><w:r><w:t>guǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>癸</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      ) +
      wrap(
        '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>',
      );
    expect(await readLines({ body })).toEqual(['☑①', '联系人：张三  电话', 'GB-9704', '癸', '1/2']);
  });

  it('reads what stands in content controls, smart tags, custom XML and links', async () => {
    const body =
      `<w:sdt><w:sdtContent>${p('控件')}</w:sdtContent></w:sdt>` +
      wrap(`<w:sdt><w:sdtContent>${run('甲')}</w:sdtContent></w:sdt><w:smartTag>${run('乙')}</w:smartTag>`) +
      wrap(`<w:hyperlink r:id="x">${run('丙')}</w:hyperlink><w:customXml>${run('丁')}</w:customXml>`);
    expect(await readLines({ body })).toEqual(['控件', '甲乙', '丙丁']);
  });

  it('parts lines at breaks; only a page break surely ends the paragraph', async () => {
    const body = wrap(
      '<w:r><w:t>关于开展</w:t><w:br/><w:t>检查的通知</w:t><w:br w:type="page"/><w:t>附件1</w:t></w:r>',
    );
    expect(await readBlocks({ body })).toMatchObject([
      { text: '关于开展', paragraphEnd: null },
      { text: '检查的通知', paragraphEnd: true },
      { text: '附件1', paragraphEnd: true },
    ]);
  });

  it('reads strict documents and any prefixes', async () => {
    const ns = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
    const rel = 'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument';
    const bytes = zipOf([
      {
        name: '_rels/.rels',
        data: `<q:Relationships xmlns:q="x"><q:Relationship Id="a" Type="${rel}" Target="/Word/Main.xml"/></q:Relationships>`,
      },
      {
        name: 'word/main.xml',
        data: `<n0:document xmlns:n0="${ns}"><n0:body><n0:p><n0:r><n0:rPr><n0:sz n0:val="16pt"/></n0:rPr><n0:t>严格</n0:t></n0:r></n0:p></n0:body></n0:document>`,
      },
    ]);
    const layout = await readDocx({ fileName: 'a.docx', bytes });
    expect(layout.pages[0]?.blocks).toMatchObject([{ text: '严格', fontSize: 16 }]);
  });
});

describe('readDocx: text boxes and shapes', () => {
  it('counts a text box once, though it is drawn twice', async () => {
    const both = `<mc:AlternateContent><mc:Choice Requires="wps">${wordBox('红头')}</mc:Choice><mc:Fallback>${vmlBox('红头')}</mc:Fallback></mc:AlternateContent>`;
    expect(await readLines({ body: wrap(`<w:r>${both}</w:r>${run('正文')}`) })).toEqual(['红头', '正文']);
  });

  it('reads the fallback where the choice says nothing', async () => {
    const both = `<mc:AlternateContent><mc:Choice Requires="x"><w:unknown/></mc:Choice><mc:Fallback>${vmlBox('红头')}</mc:Fallback></mc:AlternateContent>`;
    expect(await readLines({ body: wrap(`<w:r>${both}</w:r>`) })).toEqual(['红头']);
  });

  it('orders the boxes of one paragraph by their height', async () => {
    const body = wrap(`<w:r>${wordBox('下', 200)}</w:r><w:r>${wordBox('上', 90)}</w:r>`);
    expect(await readLines({ body })).toEqual(['上', '下']);
  });

  it('reads word art', async () => {
    const body = wrap(
      '<w:r><w:pict><v:shape fillcolor="red"><v:textpath string="云州市教育局文件"/></v:shape></w:pict></w:r>',
    );
    expect(await readBlocks({ body })).toMatchObject([{ text: '云州市教育局文件', color: 'red' }]);
  });

  it('reads red rules, drawn or as a border', async () => {
    const line =
      '<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst="line"/><a:ln><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>';
    const vml = '<w:r><w:pict><v:line strokecolor="#ff0000"/></w:pict></w:r>';
    const border = p('云教发〔2025〕3号', '<w:pBdr><w:bottom w:val="single" w:color="FF0000"/></w:pBdr>');
    const blocks = await readBlocks({ body: wrap(line) + wrap(vml) + border });
    expect(blocks.map((block) => block.type)).toEqual(['rule', 'rule', 'line', 'rule']);
    expect(blocks.filter((block) => block.type === 'rule').map((rule) => rule.color)).toEqual(['red', 'red', 'red']);
  });

  it('names pictures by their description', async () => {
    const body = wrap(
      '<w:r><w:drawing><wp:inline><wp:docPr descr="印章"/><a:graphic><a:blip r:embed="i1"/></a:graphic></wp:inline></w:drawing></w:r>',
    );
    expect(await readBlocks({ body: p('文') + body, images: { i1: new Uint8Array(4) } })).toMatchObject([
      { type: 'line' },
      { type: 'picture', description: '印章' },
    ]);
  });

  it('hands a document of nothing but pictures on for recognition', async () => {
    const image = (id: string) => `<w:r><w:drawing><wp:inline><a:blip r:embed="${id}"/></wp:inline></w:drawing></w:r>`;
    const file = docxOf({
      body: wrap(image('i1')) + wrap(image('i2')),
      images: { i1: Uint8Array.of(1, 2, 3), i2: Uint8Array.of(4) },
    });
    const layout = await readDocx(file);
    expect(Layout.parse(layout)).toEqual(layout);
    expect(layout.pages.map((page) => [page.page, page.needsRecognition])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['page-needs-recognition']);
    const images = docxPageImages(file);
    expect([...(await images(1))!.picture.bytes]).toEqual([1, 2, 3]);
    expect([...(await images(2))!.picture.bytes]).toEqual([4]);
    expect(await images(3)).toBeNull();
  });

  it('says what it does not read: embedded objects, diagrams, foreign chunks, comments', async () => {
    const body =
      wrap('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>') +
      wrap('<w:r><w:drawing><wp:inline><a:graphic><c:chart xmlns:c="c"/></a:graphic></wp:inline></w:drawing></w:r>') +
      '<w:altChunk r:id="x"/>' +
      wrap('<w:r><w:commentReference w:id="0"/></w:r>');
    expect(await codes(body)).toEqual([
      'docx-embedded-object',
      'docx-diagram',
      'docx-alternative-chunk',
      'docx-comments',
    ]);
  });
});

describe('readDocx: notes, headers and footers', () => {
  it('puts the notes referred to after the text, with their numbers', async () => {
    const note = (id: number, text: string) => `<w:footnote w:id="${id}">${p(text)}</w:footnote>`;
    const body = wrap(`${run('药品')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('经营')}`);
    const footnotes = `<w:footnote w:type="separator" w:id="0">${p('—')}</w:footnote>${note(2, '含医疗机构制剂。')}`;
    const settings = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>';
    const blocks = await readBlocks({ body, footnotes, settings });
    expect(blocks).toMatchObject([
      { text: '药品经营', role: null },
      { text: '① 含医疗机构制剂。', role: 'footnote' },
    ]);
  });

  const section = (references: string, more = '') => `<w:sectPr>${references}${more}</w:sectPr>`;
  const reference = (kind: string, type: string, id: string) => `<w:${kind}Reference w:type="${type}" r:id="${id}"/>`;

  it('keeps page numbers and running heads apart', async () => {
    const pageNumber = wrap(
      `${run('— ')}${field('begin')}${instruction('PAGE')}${field('separate')}${run('1')}${field('end')}${run(' —')}`,
    );
    const layout = await readDocx(
      docxOf({
        body: p('正文') + section(reference('header', 'default', 'h1') + reference('footer', 'default', 'f1')),
        headers: { h1: p('内部资料') },
        footers: { f1: pageNumber },
      }),
    );
    expect(layout.pages[0]?.blocks).toMatchObject([{ text: '正文' }]);
    expect(layout.pages[0]?.furniture).toMatchObject([
      { text: '内部资料', role: 'running-head' },
      { text: '— 1 —', role: 'page-number' },
    ]);
  });

  it('reads each header once, and those of first and even pages only where they are printed', async () => {
    const references =
      reference('header', 'default', 'h1') + reference('header', 'first', 'h2') + reference('header', 'even', 'h3');
    const parts = {
      headers: { h1: p('常'), h2: p('首'), h3: p('偶') },
      body: `<w:p><w:pPr>${section(references)}</w:pPr></w:p>${section(references, '<w:titlePg/>')}`,
    };
    const heads = async (settings: string) =>
      (await readDocx(docxOf({ ...parts, settings }))).pages[0]?.furniture.map((line) => line.text);
    expect(await heads('')).toEqual(['常', '首']);
    expect(await heads('<w:evenAndOddHeaders/>')).toEqual(['常', '偶', '首']);
  });

  it('puts a letterhead in the header above the text and an imprint in the footer below it', async () => {
    const red = '<w:color w:val="FF0000"/><w:sz w:val="72"/>';
    const body = p('正文') + section(reference('header', 'default', 'h1') + reference('footer', 'default', 'f1'));
    const lines = await readLines({
      body,
      headers: { h1: p('云州市消防救援支队文件', '', red) },
      footers: { f1: p('抄送：市应急管理局。') + p('云州市消防救援支队办公室  2025年3月1日印发') },
    });
    expect(lines).toEqual([
      '云州市消防救援支队文件',
      '正文',
      '抄送：市应急管理局。',
      '云州市消防救援支队办公室  2025年3月1日印发',
    ]);
  });
});

describe('readDocx: files that bite', () => {
  const compound = (stream: string) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(504),
      Buffer.from(stream, 'utf16le'),
    ]);
  const read = (bytes: Uint8Array) => codeOf(() => readDocx({ fileName: 'a.docx', bytes }));
  const document = (data: string) => zipOf([{ name: 'word/document.xml', data }]);

  it.each([
    ['empty', new Uint8Array(), 'FILE_EMPTY'],
    ['not an archive', Buffer.from('PK 通知'), 'FILE_DAMAGED'],
    ['cut off', docxOf({ body: p('甲'.repeat(500)) }).bytes.subarray(0, 500), 'FILE_DAMAGED'],
    ['under a password', compound('EncryptedPackage'), 'FILE_ENCRYPTED'],
    ['an old Word file', compound('WordDocument'), 'UNSUPPORTED_FORMAT'],
    ['a workbook', document('<workbook/>'), 'UNSUPPORTED_FORMAT'],
    ['without a document', zipOf([{ name: 'a.txt', data: 'a' }]), 'FILE_DAMAGED'],
    [
      'with an external entity',
      document(
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document><body><p><r><t>&x;</t></r></p></body></document>',
      ),
      'FILE_DAMAGED',
    ],
    ['a bomb', document(`<document><body>${' '.repeat(30_000_000)}</body></document>`), 'LIMIT_EXCEEDED'],
    ['nested without end', document(`<document><body>${'<p><r><pict><txbxContent>'.repeat(400)}`), 'LIMIT_EXCEEDED'],
  ])('%s', async (_, bytes, code) => {
    expect(await read(bytes)).toBe(code);
  });

  it('stops at more text than a notice has', async () => {
    const line = p('药'.repeat(50_000));
    expect(await codeOf(() => readDocx(docxOf({ body: line.repeat(41) })))).toBe('TEXT_TOO_LONG');
  });

  it('does not follow a part outside the package', async () => {
    const image = '<w:r><w:drawing><wp:inline><a:blip r:embed="i"/></wp:inline></w:drawing></w:r>';
    const rel = (target: string) =>
      `<Relationships><Relationship Id="i" Type="x/image" Target="${target}"/></Relationships>`;
    const bytes = zipOf([
      {
        name: 'word/document.xml',
        data: `<w:document xmlns:w="w" xmlns:wp="p" xmlns:a="a" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>${wrap(image)}</w:body></w:document>`,
      },
      { name: 'word/_rels/document.xml.rels', data: rel('../../../../etc/passwd') },
    ]);
    expect(await docxPageImages({ fileName: 'a.docx', bytes })(1)).toBeNull();
  });

  it('reads a document whose other parts are damaged, and says so', async () => {
    const bytes = zipOf([
      {
        name: 'word/document.xml',
        data: '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>',
      },
      {
        name: 'word/_rels/document.xml.rels',
        data: '<Relationships><Relationship Id="s" Type="x/styles" Target="styles.xml"/></Relationships>',
      },
      { name: 'word/styles.xml', data: '<!DOCTYPE a [<!ENTITY x "y">]><styles>&x;</styles>' },
    ]);
    const layout = await readDocx({ fileName: 'a.docx', bytes });
    expect(layout.pages[0]?.blocks).toMatchObject([{ text: '正文' }]);
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['part-unreadable']);
  });

  it('takes what is no number for none', async () => {
    const blocks = await readBlocks({ body: p('甲', '<w:outlineLvl w:val="x"/>', '<w:sz w:val="1e999"/>') });
    expect(blocks).toMatchObject([{ text: '甲', fontSize: 10, heading: null }]);
  });

  it('survives styles and lists that point at themselves', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    expect(await readLines({ body: p('甲', '<w:pStyle w:val="A"/>'), styles, numbering })).toEqual(['甲']);
  });
});
