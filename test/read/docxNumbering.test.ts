import { describe, expect, it } from 'vitest';
import { renderNumber } from '../../pipeline/read/docx/numberFormats.ts';
import { item, level, p, readLines } from './docxOf.ts';

const list = (id: number, levels: string, more = '') =>
  `<w:abstractNum w:abstractNumId="${id}">${more}${levels}</w:abstractNum>`;
const num = (id: number, abstract: number, overrides = '') =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${overrides}</w:num>`;

const official = list(
  0,
  level(0, 'chineseCountingThousand', '%1、') +
    level(1, 'chineseCounting', '（%2）') +
    level(2, 'decimal', '%3.') +
    level(3, 'decimal', '（%4）'),
);

describe('renderNumber', () => {
  it.each([
    ['chineseCounting', [1, 10, 11, 20, 21, 99, 100, 101], '一 十 十一 二十 二十一 九十九 一○○ 一○一'],
    [
      'chineseCountingThousand',
      [10, 19, 20, 100, 101, 110, 115, 1001, 10010],
      '十 十九 二十 一百 一百零一 一百一十 一百一十五 一千零一 一万零一十',
    ],
    ['japaneseCounting', [1, 10, 11, 20, 100, 111, 1000], '一 十 十一 二十 百 百十一 千'],
    ['ideographTraditional', [1, 2, 10, 11], '甲 乙 癸 11'],
    ['ideographZodiac', [1, 12], '子 亥'],
    ['ideographZodiacTraditional', [1, 60], '甲子 癸亥'],
    ['ideographDigital', [1, 10, 25], '一 一○ 二五'],
    ['chineseLegalSimplified', [1, 10, 23], '壹 壹拾 贰拾叁'],
    ['decimalEnclosedCircle', [1, 20, 21], '① ⑳ 21'],
    ['decimalEnclosedCircleChinese', [3], '③'],
    ['ideographEnclosedCircle', [1, 10], '㊀ ㊉'],
    ['decimalEnclosedParen', [1, 20], '⑴ ⒇'],
    ['decimalEnclosedFullstop', [1, 20], '⒈ ⒛'],
    ['decimalFullWidth', [12], '１２'],
    ['decimalZero', [3, 12], '03 12'],
    ['upperLetter', [1, 26, 27, 53], 'A Z AA AAA'],
    ['lowerLetter', [2], 'b'],
    ['upperRoman', [4, 9, 14, 40], 'IV IX XIV XL'],
    ['lowerRoman', [3], 'iii'],
    ['numberInDash', [1], '- 1 -'],
    ['ordinal', [1, 2, 3, 4, 11, 21], '1st 2nd 3rd 4th 11th 21st'],
    ['unheardOf', [7], '7'],
  ])('%s', (format, values, expected) => {
    expect(values.map((value) => renderNumber(value, format)).join(' ')).toBe(expected);
  });

  it('pads as the sample of a custom format', () => {
    expect(renderNumber(7, 'custom', '001, 002, 003, ...')).toBe('007');
  });
});

describe('automatic numbers of a document', () => {
  it('renders the four levels of a notice and restarts the lower ones', async () => {
    const body =
      item('总体要求', 1) +
      item('工作目标', 1, 1) +
      item('重点任务', 1, 1) +
      item('严查渠道', 1, 2) +
      item('票据', 1, 3) +
      item('组织领导', 1) +
      item('压实责任', 1, 1) +
      item('加强培训', 1, 2);
    expect(await readLines({ body, numbering: official + num(1, 0) })).toEqual([
      '一、总体要求',
      '（一）工作目标',
      '（二）重点任务',
      '1.严查渠道',
      '（1）票据',
      '二、组织领导',
      '（一）压实责任',
      '1.加强培训',
    ]);
  });

  it('goes on counting over lists made from one abstract list, unless one overrides its start', async () => {
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
    const body = item('甲', 1) + item('乙', 2) + item('丙', 3) + item('丁', 3) + item('戊', 1);
    expect(await readLines({ body, numbering: official + num(1, 0) + num(2, 0) + num(3, 0, restart) })).toEqual([
      '一、甲',
      '二、乙',
      '五、丙',
      '六、丁',
      '七、戊',
    ]);
  });

  it('takes a level that a list overrides whole', async () => {
    const other = `<w:lvlOverride w:ilvl="0">${level(0, 'decimalEnclosedCircle', '%1')}</w:lvlOverride>`;
    const body = item('甲', 1) + item('乙', 1);
    expect(await readLines({ body, numbering: official + num(1, 0, other) })).toEqual(['①甲', '②乙']);
  });

  it('goes on counting a level that never restarts', async () => {
    const levels =
      level(0, 'chineseCounting', '第%1章', '<w:suff w:val="space"/>') +
      level(1, 'chineseCounting', '第%2条', '<w:lvlRestart w:val="0"/><w:suff w:val="space"/>');
    const body = item('总则', 1) + item('目的', 1, 1) + item('附则', 1) + item('施行', 1, 1);
    expect(await readLines({ body, numbering: list(0, levels) + num(1, 0) })).toEqual([
      '第一章 总则',
      '第一条 目的',
      '第二章 附则',
      '第二条 施行',
    ]);
  });

  it('restarts a level only after the level that it names', async () => {
    const levels =
      level(0, 'decimal', '%1.') +
      level(1, 'decimal', '%1.%2') +
      level(2, 'decimal', '[%3]', '<w:lvlRestart w:val="1"/>');
    const body = [0, 1, 2, 1, 2, 0, 2].map((at) => item('x', 1, at)).join('');
    expect(await readLines({ body, numbering: list(0, levels) + num(1, 0) })).toEqual([
      '1.x',
      '1.1 x',
      '[1]x',
      '1.2 x',
      '[2]x',
      '2.x',
      '[1]x',
    ]);
  });

  it('prints upper numbers in decimal where the level is legal', async () => {
    const levels =
      level(0, 'chineseCounting', '第%1章', '<w:suff w:val="nothing"/>') + level(1, 'decimal', '%1.%2', '<w:isLgl/>');
    const body = item('总则', 1) + item('目的', 1, 1);
    expect(await readLines({ body, numbering: list(0, levels) + num(1, 0) })).toEqual(['第一章总则', '1.1 目的']);
  });

  it('counts an upper level that was never used as begun', async () => {
    const levels = level(0, 'decimal', '%1.') + level(1, 'decimal', '%1.%2.');
    expect(await readLines({ body: item('甲', 1, 1), numbering: list(0, levels) + num(1, 0) })).toEqual(['1.1.甲']);
  });

  it('inherits numbering through styles, and the level by the link between style and level', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H2"/></w:style>';
    const levels =
      level(0, 'chineseCounting', '%1、', '<w:pStyle w:val="H1"/>') +
      level(1, 'chineseCounting', '（%2）', '<w:pStyle w:val="H2"/>');
    const styled = (style: string) => p(style, `<w:pStyle w:val="${style}"/>`);
    const body = styled('H1') + styled('H2') + styled('Mine');
    // 'Mine' inherits from both; the nearest ancestor with a level of its own counts.
    expect(await readLines({ body, styles, numbering: list(0, levels) + num(1, 0) })).toEqual([
      '一、H1',
      '（一）H2',
      '（二）Mine',
    ]);
  });

  it('follows a link to a numbering style', async () => {
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const numbering =
      list(0, level(0, 'chineseCounting', '%1、'), '<w:styleLink w:val="L"/>') +
      list(1, '', '<w:numStyleLink w:val="L"/>') +
      num(1, 0) +
      num(2, 1);
    expect(await readLines({ body: item('甲', 2), styles, numbering })).toEqual(['一、甲']);
  });

  it('takes numbering away where a paragraph says so', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const body =
      p('甲', '<w:pStyle w:val="N"/>') +
      p('乙', '<w:pStyle w:val="N"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
      p('丙', '<w:pStyle w:val="N"/>');
    expect(await readLines({ body, styles, numbering: official + num(1, 0) })).toEqual(['一、甲', '乙', '二、丙']);
  });

  it('reads the format inside an alternative', async () => {
    const format =
      '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="01, 02, 03, ..."/></mc:Choice>' +
      '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>';
    const levels = `<w:lvl w:ilvl="0"><w:start w:val="1"/>${format}<w:lvlText w:val="%1、"/></w:lvl>`;
    expect(await readLines({ body: item('甲', 1), numbering: list(0, levels) + num(1, 0) })).toEqual(['01、甲']);
  });

  it('prints bullets of symbol fonts as ordinary characters', async () => {
    const font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>';
    const levels = `<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:suff w:val="nothing"/><w:lvlText w:val="\uf06c"/>${font}</w:lvl>`;
    expect(await readLines({ body: item('甲', 1), numbering: list(0, levels) + num(1, 0) })).toEqual(['●甲']);
  });

  it('does not count paragraphs that are hidden whole', async () => {
    const numbered = (look: string, text: string) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>${look}</w:rPr></w:pPr><w:r><w:rPr>${look}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;
    const body = numbered('', '甲') + numbered('<w:vanish/>', '密') + numbered('', '乙');
    expect(await readLines({ body, numbering: official + num(1, 0) })).toEqual(['一、甲', '二、乙']);
  });
});
