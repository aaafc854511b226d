import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { HongtouError, Layout, type LayoutLine, type LayoutTable } from '../../models/index.ts';
import { readHtml } from '../../pipeline/read/html.ts';

const read = (html: string | Uint8Array): Promise<Layout> =>
  readHtml({ fileName: '通知.html', bytes: typeof html === 'string' ? Buffer.from(html) : html });

/** Blocks in short; roles of lines in front: metadata>…, attachment-link>… */
const short = (layout: Layout): string[] =>
  layout.pages[0]!.blocks.map((block) => {
    if (block.type === 'line') return `${block.role === null ? '' : `${block.role}>`}${block.text}`;
    if (block.type === 'picture') return `[picture:${block.description ?? ''}]`;
    if (block.type === 'seal') return `[seal:${block.text ?? ''}]`;
    return `[${block.type}]`;
  });
const outline = async (html: string): Promise<string[]> => short(await read(html));
const lines = async (html: string): Promise<LayoutLine[]> =>
  (await read(html)).pages[0]!.blocks.filter((block) => block.type === 'line');
const tableOf = async (html: string): Promise<LayoutTable> => {
  const table = (await read(html)).pages[0]!.blocks.find((block) => block.type === 'table');
  if (table?.type !== 'table') throw new Error('no table');
  return table;
};

const paragraphs = `<p style="text-indent:2em">为切实做好校园消防安全工作，现就有关事项通知如下。</p>
<p>一、工作目标</p><p>各学校要在2025年6月30日前完成自查；逾期的予以通报。</p>
<p style="text-align:right">青溪县教育局</p><p style="text-align:right">2025年5月6日</p>`;
const body = [
  '为切实做好校园消防安全工作，现就有关事项通知如下。',
  '一、工作目标',
  '各学校要在2025年6月30日前完成自查；逾期的予以通报。',
  '青溪县教育局',
  '2025年5月6日',
];

/** A page as a county's site makes it. */
const site = `<!DOCTYPE html><html><head><meta charset="utf-8">
<title>关于开展校园消防检查的通知_青溪县人民政府</title>
<meta name="ArticleTitle" content="关于开展校园消防检查的通知"><meta name="PubDate" content="2025-05-08 10:12"><meta name="ContentSource" content="青溪县教育局">
<style>.gone{display:none} .hot{color:#e60012}</style><script>var a = "<p>不是正文。</p>";</script></head><body>
<div class="header"><a href="/">青溪县人民政府</a><a href="/login">登录</a><span>长者模式</span></div>
<ul class="list1"><li><a href="/1">首页</a></li><li><a href="/2">政务公开</a></li><li><a href="/3">办事服务</a></li><li><a href="/4">互动交流</a></li></ul>
<div class="wrap"><div class="where">当前位置：<a href="/">首页</a> &gt; <a href="/2">政务公开</a></div>
<table class="info"><tr><td>索 引 号：</td><td>000014/2025-00012</td><td>发文机关：</td><td>青溪县教育局</td></tr>
<tr><td>文　　号：</td><td>青教发〔2025〕8号</td><td>成文日期：</td><td>2025年5月6日</td></tr></table>
<h1>关于开展校园消防检查的通知</h1>
<div class="tools">发布时间：2025-05-08 来源：青溪县教育局 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div id="zoom"><div class="editor">${paragraphs}<p>附件：<a href="/u/P02.xls">1.检查情况统计表.xls</a></p>
<p class="gone">暗藏的文字。</p></div>
<p><a href="/a/2">相关解读：一图读懂校园消防检查</a></p><div>上一篇：<a href="/a/1">关于春季开学的通知</a></div><div>下一篇：<a href="/a/3">关于校车安全的通知。</a></div>
<div>【打印本页】 【关闭窗口】</div></div></div>
<div class="right"><h3>热点推荐</h3><ul><li><a href="/5">关于食品安全的通知</a></li><li><a href="/6">关于放假的通知</a></li><li><a href="/7">关于招考的公告</a></li><li><a href="/8">关于征兵的公告</a></li></ul></div>
<div class="bottom"><p>主办：青溪县人民政府办公室 承办：青溪县政务服务中心 电话：0000-7170900</p><p>网站标识码：0000000001 ICP备00000001号</p></div>
</body></html>`;

describe('the page of a government site', () => {
  test('metadata, headline, article, attachments, and nothing else', async () => {
    const layout = await read(site);
    expect(Layout.safeParse(layout).success).toBe(true);
    expect(short(layout)).toEqual([
      'metadata>标题：关于开展校园消防检查的通知',
      'metadata>网页标题：关于开展校园消防检查的通知_青溪县人民政府',
      'metadata>索引号：000014/2025-00012',
      'metadata>发文机关：青溪县教育局',
      'metadata>文号：青教发〔2025〕8号',
      'metadata>成文日期：2025年5月6日',
      'metadata>发布时间：2025-05-08',
      'metadata>来源：青溪县教育局',
      '关于开展校园消防检查的通知',
      ...body,
      '附件：1.检查情况统计表',
    ]);
    expect(layout).toMatchObject({ mediaType: 'text/html', paged: false });
  });

  test('what was set aside is kept as furniture, the rest is counted', async () => {
    const inside = await read(
      `<body><div>${paragraphs}<p>【打印本页】 【关闭窗口】</p><p>下一篇：<a href="/a/3">关于校车</a></p></div></body>`,
    );
    expect(inside.pages[0]!.furniture.map((line) => line.text)).toEqual([
      '【打印本页】 【关闭窗口】',
      '下一篇：关于校车',
    ]);
    const layout = await read(site);
    expect(layout.diagnostics.map((d) => d.code)).toContain('page-frame');
  });

  const frames: [reason: string, html: string, expected: string[]][] = [
    ['a bare page', `<html><body>${paragraphs}</body></html>`, body],
    [
      'a page laid out with tables',
      `<body><table width=1000><tr><td><a href=/>首页</a></td></tr></table><table width=1000><tr><td width=200><a href=/1>新闻</a></td><td><table><tr><td>${paragraphs}</td></tr></table></td></tr></table>`,
      body,
    ],
    [
      'the signature stands beside the paragraphs',
      `<body><div><div><p>请各学校认真贯彻落实，按时完成自查，并于六月底前报送总结，逾期不报的予以通报。</p></div><div>青溪县教育局<br>2025年5月6日</div></div></body>`,
      [
        '请各学校认真贯彻落实，按时完成自查，并于六月底前报送总结，逾期不报的予以通报。',
        '青溪县教育局',
        '2025年5月6日',
      ],
    ],
    [
      'one long paragraph beside short ones',
      `<body><div class=content><p>${'请各学校认真贯彻落实。'.repeat(30)}</p><p>青溪县教育局</p></div></body>`,
      ['请各学校认真贯彻落实。'.repeat(30), '青溪县教育局'],
    ],
    [
      'a class named after navigation on the whole page',
      `<body><div class="nav-fixed">${paragraphs}</div></body>`,
      body,
    ],
    [
      'a title in the article is not said twice',
      `<html><head><title>关于开展校园消防检查的通知</title></head><body><h1>关于开展校园消防检查的通知</h1><div><p>关于开展校园消防检查的通知</p>${paragraphs}</div></body></html>`,
      ['metadata>网页标题：关于开展校园消防检查的通知', '关于开展校园消防检查的通知', ...body],
    ],
    [
      'the headline of the site stands after letterhead and number',
      `<head><title>关于开展校园消防检查的通知_青溪县</title></head><body><h1>关于开展校园消防检查的通知</h1><div><p><font color=red>青溪县教育局文件</font></p><p>青教发〔2025〕8号</p><hr>${paragraphs}</div></body>`,
      [
        'metadata>网页标题：关于开展校园消防检查的通知_青溪县',
        '青溪县教育局文件',
        '青教发〔2025〕8号',
        '[rule]',
        '关于开展校园消防检查的通知',
        ...body,
      ],
    ],
    ['a button row inside the article', `<body><div>${paragraphs}<p>打印 | 关闭</p><p>分享到：</p></div></body>`, body],
    [
      'attachments in a list beside the article',
      `<body><div><div class="con">${paragraphs}</div><div class="fj"><ul><li><a href="a.docx">1.方案.docx</a></li><li><a href="b.xlsx">2.统计表.xlsx</a></li></ul></div></div></body>`,
      [...body, 'attachment-link>1.方案.docx', 'attachment-link>2.统计表.xlsx'],
    ],
    [
      'metadata in a list',
      `<body><div><ul><li><b>索引号：</b>000-1</li><li><b>发布机构：</b>青溪县教育局</li></ul><div>${paragraphs}</div></div></body>`,
      ['metadata>索引号：000-1', 'metadata>发布机构：青溪县教育局', ...body],
    ],
  ];
  test.each(frames)('%s', async (_, html, expected) => expect(await outline(html)).toEqual(expected));
});

describe('encodings', () => {
  const page = (charset: string): string =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head><body>${paragraphs}</body></html>`;
  const cases: [reason: string, bytes: Uint8Array, encoding: string | null][] = [
    ['UTF-8', Buffer.from(page('utf-8')), null],
    ['GB2312 as stated, GB18030 in truth', iconv.encode(page('gb2312').replace('通知', '喆'), 'GB18030'), 'GB18030'],
    ['GBK that claims to be UTF-8', iconv.encode(page('utf-8'), 'GBK'), 'GB18030'],
    ['UTF-8 that claims to be GBK', Buffer.from(page('gbk')), null],
    ['UTF-16 with a mark', iconv.encode(page('unicode'), 'UTF-16LE', { addBOM: true }), 'UTF-16LE'],
  ];
  test.each(cases)('%s', async (_, bytes, encoding) => {
    const layout = await read(bytes);
    expect(short(layout).at(-2)).toBe('青溪县教育局');
    expect(layout.diagnostics.map((d) => d.message)).toEqual(encoding === null ? [] : [`文件编码为 ${encoding}。`]);
  });
});

describe('lines as a browser prints them', () => {
  const cases: [reason: string, html: string, expected: string[]][] = [
    ['white space is one space', '<p>甲  \t乙   abc</p>', ['甲 乙 abc']],
    [
      'a line break between Chinese characters is none',
      '<p>开展校园\n   消防检查 of\n2025</p>',
      ['开展校园消防检查 of 2025'],
    ],
    ['a break', '<p>青溪县教育局<br>2025年5月6日</p>', ['青溪县教育局', '2025年5月6日']],
    ['blocks in blocks', '<div>甲<div>乙</div>丙</div>', ['甲', '乙', '丙']],
    ['inline elements join', '<p><span>青溪</span><b>县</b><font>教育局</font></p>', ['青溪县教育局']],
    ['entities, and markup shown as text', '<p>甲&nbsp;乙&lt;p&gt;丙&amp;nbsp;</p>', ['甲 乙<p>丙&nbsp;']],
    [
      'hidden elements',
      '<p>甲</p><p style="display: none">乙</p><p hidden>丙</p><p style="visibility:hidden">丁</p><span style="font-size:0">戊</span>',
      ['甲'],
    ],
    [
      'scripts, templates, controls',
      '<p>甲</p><script>乙</script><template>丙</template><select><option>丁</option></select><noscript>戊</noscript>',
      ['甲'],
    ],
    ['an ordered list prints its numbers', '<ol start=3><li>甲</li><li><p>乙</p></li></ol>', ['3. 甲', '4. 乙']],
    ['Chinese numbers of a list', '<ol style="list-style-type:cjk-ideographic"><li>甲</li></ol>', ['一、甲']],
    ['a list without numbers', '<ol style="list-style:none"><li>甲</li></ol><ul><li>乙</li></ul>', ['甲', '乙']],
    ['a blank to be filled', '<p>填报单位：<u>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</u></p>', ['填报单位：______']],
    ['a rule', '<p>甲</p><hr color="red"><p>乙</p>', ['甲', '[rule]', '乙']],
    ['preformatted text keeps its lines', '<pre>甲\n乙  丙</pre>', ['甲', '乙  丙']],
    [
      'pictures, not icons',
      '<p>甲</p><img src=a.png width=600 alt="检查流程图"><img src=/images/icon.gif><img src=b.png width=16>',
      ['甲', '[picture:检查流程图]'],
    ],
    [
      'a seal',
      '<p>青溪县教育局</p><img src=seal.png alt="青溪县教育局印章">',
      ['青溪县教育局', '[seal:青溪县教育局印章]'],
    ],
    [
      'the name of an upload is no description',
      '<p>甲</p><img src=a.png alt="微信图片_2025.png">',
      ['甲', '[picture:]'],
    ],
    [
      'a link to a document within a sentence is text',
      '<p>请填写<a href="a.docx">统计表</a>后报送。</p>',
      ['请填写统计表后报送。'],
    ],
    ['a link to a page is text', '<p><a href="/x.html">中华人民共和国消防法</a></p>', ['中华人民共和国消防法']],
    [
      'a link whose name says what it is',
      '<p><a href="/download?fileid=3">统计表.xlsx</a></p>',
      ['attachment-link>统计表.xlsx'],
    ],
  ];
  test.each(cases)('%s', async (_, html, expected) =>
    expect(await outline(`<html><body>${html}</body></html>`)).toEqual(expected),
  );

  test('looks: colour, weight, alignment, size, level', async () => {
    const found = await lines(
      '<style>.t{text-align:center} p.r{color:rgb(230,0,18)}</style><body><p class="t r" style="font-size:40px"><b>青溪县教育局文件</b></p><h2 align=center>关于检查的通知</h2><center><font color=red>特急</font></center><p style="color:#000;font-weight:normal">甲</p><p>乙<b>丙</b></p>',
    );
    expect(found[0]).toMatchObject({ color: 'red', bold: true, align: 'center', fontSize: 30, heading: null });
    expect(found[1]).toMatchObject({ heading: 2, bold: true, align: 'center', color: null });
    expect(found[2]).toMatchObject({ color: 'red', align: 'center' });
    expect(found[3]).toMatchObject({ color: 'black', bold: null });
    expect(found[4]).toMatchObject({ text: '乙丙', bold: null });
  });

  test('a block ends a paragraph, a break may', async () => {
    expect((await lines('<p>甲<br>乙</p><p>丙</p>')).map((line) => line.paragraphEnd)).toEqual([null, true, true]);
  });
});

describe('tables', () => {
  const rows = (table: LayoutTable): string[] =>
    Array.from({ length: table.rowCount }, (_, r) =>
      table.cells
        .filter((cell) => cell.row === r)
        .map(
          (cell) =>
            `${cell.lines.map((line) => line.text).join('/')}${cell.rowSpan * cell.columnSpan > 1 ? `{${cell.rowSpan}x${cell.columnSpan}}` : ''}`,
        )
        .join('|'),
    );
  const cases: [reason: string, html: string, expected: string[]][] = [
    [
      'spans',
      '<table border=1><tr><th rowspan=2>类别</th><th colspan=2>数量</th></tr><tr><th>甲</th><th>乙</th></tr><tr><td>学校</td><td></td><td>&nbsp;</td></tr></table>',
      ['类别{2x1}|数量{1x2}', '甲|乙', '学校||'],
    ],
    [
      'lines in a cell',
      '<table border=1><tr><td><p>检查</p><p>单位数</p></td><td>甲<br>乙</td></tr></table>',
      ['检查/单位数|甲/乙'],
    ],
    [
      'head and foot stand where they are printed',
      '<table><tfoot><tr><td>合计</td><td>3</td></tr></tfoot><thead><tr><th>类别</th><th>数量</th></tr></thead><tr><td>学校</td><td>3</td></tr></table>',
      ['类别|数量', '学校|3', '合计|3'],
    ],
    [
      'a hidden cell text',
      '<table border=1><tr><td>甲<span style="display:none">乙</span></td><td>丙</td></tr></table>',
      ['甲|丙'],
    ],
    [
      'cells that do not apply, empty rows and columns',
      '<table border=1><tr><td>甲</td><td></td></tr><tr><td></td><td></td></tr><tr><td>\\</td><td></td></tr></table>',
      ['甲|', '|', '\\|'],
    ],
    [
      'columns that no cell of any row begins',
      '<table border=1><tr><td colspan=3>甲</td></tr><tr><td>乙</td></tr></table>',
      ['甲{1x3}', '乙||'],
    ],
  ];
  test.each(cases)('%s', async (_, html, expected) => {
    const table = await tableOf(`<body><p>统计表</p>${html}</body>`);
    expect(rows(table)).toEqual(expected);
    expect(table.spansKnown).toBe(true);
  });
  test('a caption is a line', async () => {
    expect(await outline('<table><caption>统计表</caption><tr><td>甲</td><td>乙</td></tr></table>')).toEqual([
      '统计表',
      '[table]',
    ]);
  });
  test('a frame around one cell is none', async () => {
    expect(
      await outline('<body><table border=1><tr><td>此件公开发布</td></tr></table><p>联系人：张某</p></body>'),
    ).toEqual(['此件公开发布', '联系人：张某']);
  });
});

describe('saved as MHTML', () => {
  const page = `<html><head><meta charset="gb2312"></head><body>${paragraphs}</body></html>`;
  const encoded = (encoding: string, text: string): string =>
    `From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----X=_1"\r\n\r\n------X=_1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n------X=_1\r\nContent-Type: text/html; charset="gbk"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${text}\r\n------X=_1--\r\n`;
  const bytes = iconv.encode(page, 'GBK');
  const quoted = [...bytes]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/(.{72})/g, '$1=\r\n');
  test.each([
    ['base64', bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')],
    ['quoted-printable', quoted],
    ['8bit', bytes.toString('latin1')],
  ])('%s', async (encoding, text) => {
    const layout = await read(Buffer.from(encoded(encoding, text), 'latin1'));
    expect(short(layout)).toEqual(body);
    expect(layout.mediaType).toBe('multipart/related');
  });
  test('without a page in it', async () => {
    const none =
      'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--';
    await expect(read(none)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });
});

describe('hostile pages', () => {
  const codeOf = async (html: string): Promise<string> =>
    read(html).then(
      () => 'read',
      (error: unknown) => (error instanceof HongtouError ? error.code : String(error)),
    );
  const cases: [reason: string, html: string, code: string][] = [
    ['no bytes', '', 'FILE_EMPTY'],
    ['no text', '<html><body><div></div><script>var a</script></body></html>', 'NO_TEXT'],
    ['a hundred thousand open elements', '<div>'.repeat(100_000), 'LIMIT_EXCEEDED'],
    [
      'formatting that the parser repeats in every paragraph',
      `<p>${Array.from({ length: 400 }, (_, i) => `<font size=${i}>`).join('')}${'<p>甲'.repeat(50_000)}`,
      'LIMIT_EXCEEDED',
    ],
    ['tables in tables', '<table><tr><td>甲'.repeat(10_000), 'LIMIT_EXCEEDED'],
    ['spans of millions', `<table>${'<tr><td rowspan=99999 colspan=99999>甲</td></tr>'.repeat(100)}</table>`, 'read'],
    ['endless attributes', `<p ${'a'.repeat(1_000_000)}>甲</p>`, 'read'],
    ['tags that never close', `甲${'<'.repeat(500_000)}`, 'read'],
    ['a style sheet that never ends', `<style>${'a{'.repeat(200_000)}</style><p>甲</p>`, 'read'],
    ['a style sheet without rules', `<style>${'a'.repeat(400_000)}</style><p>甲</p>`, 'read'],
    ['comments in a style sheet', `<style>${'/*'.repeat(200_000)}</style><p>甲</p>`, 'read'],
  ];
  test.each(cases)('%s', async (_, html, code) => expect(await codeOf(html)).toBe(code));
});
