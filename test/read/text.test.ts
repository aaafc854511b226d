import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { HongtouError, Layout, type LayoutLine, readLimits } from '../../models/index.ts';
import { blocksOf, outline, read } from './textOf.ts';

async function lineOf(text: string): Promise<LayoutLine> {
  const line = (await blocksOf(text)).find((block) => block.type === 'line');
  if (line?.type !== 'line') throw new Error(`no line in ${text}`);
  return line;
}

const codeOf = async (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'read',
    (error: unknown) => (error instanceof HongtouError ? error.code : String(error)),
  );

const notice = '青溪县应急管理局关于开展燃气安全检查的通知\n各乡镇人民政府：\n请于2025年6月30日前报送总结。\n';

describe('encodings', () => {
  const cases: [name: string, bytes: Uint8Array, encoding: string | null][] = [
    ['UTF-8', Buffer.from(notice), null],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${notice}`), null],
    ['UTF-16LE with a byte order mark', iconv.encode(notice, 'UTF-16LE', { addBOM: true }), 'UTF-16LE'],
    ['UTF-16BE with a byte order mark', iconv.encode(notice, 'UTF-16BE', { addBOM: true }), 'UTF-16BE'],
    ['UTF-16LE without', iconv.encode(notice, 'UTF-16LE'), 'UTF-16LE'],
    ['UTF-16BE without', iconv.encode(notice, 'UTF-16BE'), 'UTF-16BE'],
    ['GBK', iconv.encode(notice, 'GBK'), 'GB18030'],
    ['GB18030 with a character of four bytes', iconv.encode(`${notice}㐂`, 'GB18030'), 'GB18030'],
    ['GBK of two characters', iconv.encode('联通', 'GBK'), 'GB18030'],
  ];
  test.each(cases)('%s', async (_, bytes, encoding) => {
    const layout = await read(bytes);
    const first = layout.pages[0]!.blocks[0];
    expect(first?.type === 'line' && first.text).toMatch(/^(青溪县应急管理局关于开展燃气安全检查的通知|联通)$/);
    expect(layout.diagnostics.map((d) => `${d.code} ${d.message}`).join()).toBe(
      encoding === null ? '' : `encoding 文件编码为 ${encoding}。`,
    );
  });

  test('a Latin text in UTF-16 without a mark is not read as UTF-8 with zeros', async () => {
    const layout = await read(iconv.encode('Notice of 2025', 'UTF-16LE'));
    expect(layout.pages[0]!.blocks).toMatchObject([{ text: 'Notice of 2025' }]);
  });

  test('a broken byte in UTF-8 is said and does not turn the file into another encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(notice), Buffer.from([0xe5, 0x88]), Buffer.from('\n完毕')]);
    const layout = await read(bytes);
    expect(layout.diagnostics.map((d) => d.code)).toEqual(['undecodable-bytes']);
    expect(layout.pages[0]!.blocks[0]).toMatchObject({ text: '青溪县应急管理局关于开展燃气安全检查的通知' });
  });

  test('the traces of a spoilt conversion are said', async () => {
    expect((await read('关于锟斤拷的通知')).diagnostics.map((d) => d.code)).toEqual(['garbled-text']);
  });

  test('control characters and zero-width marks go, the text stays', async () => {
    const layout = await read('关于\u0000开展\u0007检\u200b查\ufeff的通知');
    expect(layout.pages[0]!.blocks).toMatchObject([{ text: '关于开展检查的通知' }]);
    expect(layout.diagnostics).toMatchObject([{ code: 'control-characters', message: '去除了 2 个控制字符。' }]);
  });
});

describe('what cannot be read', () => {
  test('no bytes', async () => expect(await codeOf(read(''))).toBe('FILE_EMPTY'));
  test('white space alone', async () => expect(await codeOf(read(' \n\u3000\f\n'))).toBe('NO_TEXT'));
  test('a picture named .txt', async () => {
    const png = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256));
    expect(await codeOf(read(png))).toBe('NOT_TEXT');
  });
  test('more bytes than a text may have', async () => {
    expect(await codeOf(read(Buffer.alloc(readLimits.textBytes + 1, 0x41)))).toBe('FILE_TOO_LARGE');
  });
  test('one line of five million characters', async () => {
    expect(await codeOf(read('通'.repeat(5_000_000)))).toBe('TEXT_TOO_LONG');
  });
});

describe('time grows with length', () => {
  const hostile: [string, string][] = [
    ['spaces inside a heading', `# ${' '.repeat(400_000)}x`],
    ['stars', ' **a'.repeat(100_000)],
    ['underscores', '_a '.repeat(100_000)],
    ['open brackets', '!['.repeat(200_000)],
    ['open tables', '<table '.repeat(50_000)],
    ['open comments', '<!-- '.repeat(80_000)],
    ['tabs at the start', `\t${'通'.repeat(400_000)}`],
    ['bars', `|${' '.repeat(400_000)}`],
    ['dollars', '$ '.repeat(200_000)],
    ['rows of dashes', '|---'.repeat(100_000)],
    ['tables on one line', '甲 |a|b| |---|---| |1|2| 乙 '.repeat(6_000)],
    ['nested tables', '<table><tr><td>'.repeat(4_000)],
  ];
  test.each(hostile)(
    '%s',
    async (_, text) => {
      expect((await read(text)).pages).toHaveLength(1);
    },
    5_000,
  );
});

describe('lines', () => {
  const cases: [reason: string, source: string, expected: string[]][] = [
    ['line ends of three systems', '一\r\n二\r三\n四', ['一', '二', '三', '四']],
    ['a heading loses its marks', '## 一、工作目标 ##', ['一、工作目标']],
    ['a heading without the space', '##一、工作目标', ['一、工作目标']],
    ['a number sign in the text is none', '#3楼会议室', ['#3楼会议室']],
    ['a heading underlined with equal signs', '关于开展检查的通知\n=====', ['关于开展检查的通知']],
    ['bold', '请于**6月30日**前报送', ['请于6月30日前报送']],
    ['bold next to brackets', '**（一）摸底排查。**各地要逐户登记。', ['（一）摸底排查。各地要逐户登记。']],
    ['a masked name is not emphasis', '张*明、李*强', ['张*明、李*强']],
    ['a masked number is not emphasis', '138****1234', ['138****1234']],
    ['a product is not emphasis', '3*4*5', ['3*4*5']],
    ['blanks are not emphasis', '填报单位：_____ 日期：____年__月__日', ['填报单位：_____ 日期：____年__月__日']],
    ['an underscore in an address', 'a_b_c@qx.example', ['a_b_c@qx.example']],
    ['escaped underscores', '填报单位：\\_\\_\\_', ['填报单位：___']],
    ['escaped dot, star and number sign', '1\\. 甲\\*乙\\#丙', ['1. 甲*乙#丙']],
    ['a numbered item keeps its number', '1. 加强领导', ['1. 加强领导']],
    ['a bullet goes', '- 加强领导', ['加强领导']],
    ['a minus sign is no bullet', '-5℃以下', ['-5℃以下']],
    ['a quotation mark of Markdown goes', '> 加强领导', ['加强领导']],
    ['a link is its text', '见[附表](http://qx.example/a)。', ['见附表。']],
    ['a year in square brackets is no link', '青应急[2025](试行)12号', ['青应急[2025](试行)12号']],
    ['an address in angle brackets', '发送至<yj@qx.example>', ['发送至yj@qx.example']],
    ['less than is not a tag', '误差<5%且>2%', ['误差<5%且>2%']],
    ['inline tags', '<span style="color:red">特急</span><u>　</u>', ['特急____']],
    ['a break makes two lines', '青溪县教育局<br>2025年5月6日', ['青溪县教育局', '2025年5月6日']],
    ['entities', '甲&nbsp;乙&amp;丙&#12290;', ['甲 乙&丙。']],
    ['comments', '甲<!-- 第一页\n眉批 -->乙', ['甲乙']],
    ['a formula of a recogniser', '合格率达到 $ 98\\% $ 以上', ['合格率达到 98% 以上']],
    ['an amount in dollars is no formula', '$100 至 $200', ['$100 至 $200']],
    ['fences around the whole', '```markdown\n# 通知\n```', ['通知']],
    ['rules', '甲\n\n---\n\n乙\n\n＿＿＿＿＿', ['甲', '[rule]', '乙', '[rule]']],
    ['dashes under a sentence are a rule', '请认真贯彻落实。\n---', ['请认真贯彻落实。', '[rule]']],
    [
      'headings of a document whose line breaks were lost',
      `# 青溪县教育局文件 ## 关于开展检查的通知 ${'请'.repeat(100)} ## 一、目标 好`,
      ['青溪县教育局文件', `关于开展检查的通知 ${'请'.repeat(100)}`, '一、目标 好'],
    ],
  ];
  test.each(cases)('%s', async (_, source, expected) => {
    expect(await outline(source)).toEqual(expected);
  });

  test('what a source says of its lines', async () => {
    expect(await lineOf('### （一）摸底')).toMatchObject({ heading: 3, bold: null, paragraphEnd: true });
    expect(await lineOf('**关于开展检查的通知**')).toMatchObject({ text: '关于开展检查的通知', bold: true });
    expect(await lineOf('__关于开展检查的通知__')).toMatchObject({ text: '关于开展检查的通知', bold: true });
    expect(await lineOf('<div align="center">关于开展检查的通知</div>')).toMatchObject({ align: 'center' });
    expect(await lineOf('<h2>关于开展检查的通知</h2>')).toMatchObject({ heading: 2, text: '关于开展检查的通知' });
    expect(await lineOf('[统计表](./统计表.xlsx)')).toMatchObject({ text: '统计表', role: 'attachment-link' });
  });

  const ends: [reason: string, source: string, paragraphEnd: boolean | null][] = [
    ['the next line follows at once', '各乡镇要逐户\n登记。', false],
    ['an empty line follows: perhaps only a page ended', '各乡镇要逐户\n\n登记。', null],
    ['the next line is indented', '各乡镇要逐户登记。\n　　各部门要配合。', true],
    ['a heading follows', '登记。\n## 二、要求', true],
    ['a numbered line follows', '登记\n2. 要求', null],
    [
      'a heading that runs into a paragraph and is cut',
      `### 1. 登记：${'各乡镇要逐户登记，'.repeat(9)}各部\n\n门配合。`,
      null,
    ],
  ];
  test.each(ends)('paragraphEnd: %s', async (_, source, paragraphEnd) => {
    expect((await lineOf(source)).paragraphEnd).toBe(paragraphEnd);
  });
});

describe('pages', () => {
  test.each([
    '- 3 -',
    '— 3 —',
    '－3－',
    '第 3 页 共 8 页',
    '第3页',
    '3/8',
    'Page 3 of 8',
    '{3}----------------',
    '<page_number>3</page_number>',
  ])('a page number is furniture: %s', async (mark) => {
    const page = (await read(`甲\n\n${mark}\n\n乙`)).pages[0]!;
    expect(page.blocks.map((block) => block.type === 'line' && block.text)).toEqual(['甲', '乙']);
    expect(page.furniture).toMatchObject([{ role: 'page-number' }]);
  });
  test('bare numbers that count on are page numbers', async () => {
    expect(await outline('甲\n\n1\n\n乙\n\n2\n\n丙\n\n3')).toEqual(['甲', '乙', '丙']);
    expect(await outline('甲\n\n12\n\n乙')).toEqual(['甲', '12', '乙']);
  });
  test('a form feed begins a page, a bare number at its foot is its number', async () => {
    const layout = await read('甲\n1\f乙\n2\f');
    expect(layout.paged).toBe(true);
    expect(layout.pages.map((page) => page.blocks)).toMatchObject([[{ text: '甲' }], [{ text: '乙' }]]);
    expect(layout.pages.map((page) => page.furniture)).toMatchObject([[{ text: '1' }], [{ text: '2' }]]);
    expect(Layout.safeParse(layout).success).toBe(true);
  });
});

describe('seals and pictures', () => {
  const cases: [reason: string, source: string, expected: string[]][] = [
    [
      'an English description names the seal',
      '2025年5月6日\n\nA red circular official seal of the Qingxi County Education Bureau with the text "青溪县教育局" around a star.',
      ['2025年5月6日', '[seal:青溪县教育局]'],
    ],
    [
      'a description over two lines',
      '甲乙丙丁戊己庚辛壬癸\nA round red stamp is visible over the signature here.\nIt bears a five-pointed star in the middle.\n抄送',
      ['甲乙丙丁戊己庚辛壬癸', '[seal:]', '抄送'],
    ],
    [
      'a picture described in English',
      '青溪县教育局文件\n\nThe image shows a page with a handwritten note.',
      ['青溪县教育局文件', '[picture:The image shows a page with a handwritten note.]'],
    ],
    [
      'an English sentence that describes nothing stays',
      '青溪县教育局文件\n\nAll schools shall report to the county by Friday.',
      ['青溪县教育局文件', 'All schools shall report to the county by Friday.'],
    ],
    ['a picture with alternative text', '![青溪县教育局印章](seal.png)', ['[seal:青溪县教育局印章]']],
    ['a picture without', '甲![](a.png)', ['甲', '[picture:]']],
    [
      'placeholders',
      '[印章]\n（印章）\n公章\n【印章：青溪县教育局】\n图片：红色国徽',
      ['[seal:]', '[seal:]', '[seal:]', '[seal:青溪县教育局]', '[picture:红色国徽]'],
    ],
    ['a placeholder after the signature', '青溪县教育局（印章）', ['青溪县教育局', '[seal:]']],
    ['the label of a form stays', '填报单位（盖章）：', ['填报单位（盖章）：']],
    ['an element of a converter', '<seal>青溪县教育局</seal>', ['[seal:青溪县教育局]']],
  ];
  test.each(cases)('%s', async (_, source, expected) => {
    const chinese = '各乡镇人民政府、县直各部门：请认真贯彻落实。';
    expect(await outline(`${chinese}\n\n${source}`)).toEqual([chinese, ...expected]);
  });

  test('an English document about a seal is text', async () => {
    const english = 'The red circular seal of the bureau is kept in the office of the director.';
    expect(await outline(english)).toEqual([english]);
  });
});
