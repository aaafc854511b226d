import { describe, expect, test } from 'vitest';
import { type RegionEntry, regionsWith } from '../../models/text/regions.ts';
import type { PagePart } from '../../pipeline/ocr/compose.ts';
import { bracketedUnits, correctCellBrackets } from '../../pipeline/ocr/correct/cellBrackets.ts';
import { correctCellMarks } from '../../pipeline/ocr/correct/cellMarks.ts';
import { correctChineseYears } from '../../pipeline/ocr/correct/chineseYear.ts';
import { correctParts } from '../../pipeline/ocr/correct/correctParts.ts';
import { correctDates } from '../../pipeline/ocr/correct/dates.ts';
import { correctDivisions } from '../../pipeline/ocr/correct/divisions.ts';
import { correctDocumentCodes } from '../../pipeline/ocr/correct/documentCodes.ts';
import { draftText } from '../../pipeline/ocr/correct/draft.ts';
import { correctGrammar } from '../../pipeline/ocr/correct/grammar.ts';
import { correctByRepetition } from '../../pipeline/ocr/correct/names.ts';
import { correctPageNumbers } from '../../pipeline/ocr/correct/pageNumbers.ts';
import { correctProven } from '../../pipeline/ocr/correct/proven.ts';
import { correctSeal } from '../../pipeline/ocr/correct/seals.ts';
import { correctWords } from '../../pipeline/ocr/correct/words.ts';
import { evenSizes } from '../../pipeline/ocr/evenSizes.ts';
import { identity } from '../../pipeline/ocr/prepare/projective.ts';
import { draftOf, lineOf, partOf } from './placed.ts';

const invented: readonly RegionEntry[] = [
  { code: '970000', name: '云汀省', level: 'provincial', parent: null },
  { code: '970100', name: '霁川市', level: 'prefectural', parent: '970000' },
  { code: '970121', name: '苇塘县', level: 'county', parent: '970100' },
];
const index = regionsWith(invented);

describe('the code of a document number has characters of the name in the letterhead', () => {
  const letterhead = draftOf('临漪市城市管理局文件', { color: 'red' });
  const corrected = (...drafts: ReturnType<typeof draftOf>[]) => {
    correctDocumentCodes(drafts);
    return drafts.map(draftText);
  };

  test('one that the name lacks gives way to another reading that it has', () => {
    const number = draftOf('漠城管发〔2025〕46号', { doubts: { 0: { other: '漪' } } });
    expect(corrected(letterhead, number)[1]).toBe('漪城管发〔2025〕46号');
    expect(number.characters[0]).toMatchObject({ other: '漠', corrected: true });
  });

  test('without another reading, and where no letterhead was read, it stays', () => {
    const number = '漠城管发〔2025〕46号';
    expect(corrected(letterhead, draftOf(number))[1]).toBe(number);
    expect(corrected(draftOf(number, { doubts: { 0: { other: '漪' } } }))[0]).toBe(number);
  });

  test('the kind of document is no part of the name, and stays', () => {
    const number = '漪城管办〔2025〕3号';
    expect(corrected(letterhead, draftOf(number, { doubts: { 3: { second: '为' } } }))[1]).toBe(number);
  });
});

describe('names of divisions', () => {
  test('a name that does not exist is corrected where the other engine reads one that does', () => {
    const drafts = [draftOf('云汀省霁川市'), draftOf('请革塘县教育局报送', { doubts: { 1: { other: '苇' } } })];
    const [correction] = correctDivisions(drafts, index);
    expect(draftText(drafts[1]!)).toBe('请苇塘县教育局报送');
    expect(correction).toMatchObject({ kind: 'corrected', page: 1 });
    expect(drafts[1]!.characters[1]).toMatchObject({ text: '苇', other: '革', corrected: true });
  });

  test('with the list alone for a witness it is proposed and stays as read', () => {
    const drafts = [draftOf('云汀省霁川市'), draftOf('请革塘县教育局报送')];
    expect(correctDivisions(drafts, index)).toMatchObject([{ kind: 'proposed', became: '请苇塘县教育局报送' }]);
    expect(draftText(drafts[1]!)).toBe('请革塘县教育局报送');
  });

  test('a character that the engine does not have is none that it can read, however often it was read otherwise', () => {
    const drafts = () => [
      draftOf('云汀省霁川市'),
      draftOf('革塘县教育局', { doubts: { 0: { confidence: 0.7 } } }),
      draftOf('革塘县财政局'),
    ];
    const [known, unknown] = [drafts(), drafts()];
    correctDivisions(known, index);
    correctDivisions(unknown, index, (character) => character !== '苇');
    expect(draftText(known[1]!)).toBe('革塘县教育局');
    expect(unknown.map(draftText)).toEqual(['云汀省霁川市', '苇塘县教育局', '苇塘县财政局']);
    const alone = [draftOf('革塘县教育局', { doubts: { 0: { confidence: 0.7 } } })];
    correctDivisions(alone, index, (character) => character !== '苇');
    expect(alone.map(draftText)).toEqual(['苇塘县教育局']);
  });

  test('a name read alike in several places without another witness is a name', () => {
    const drafts = [draftOf('云汀省霁川市'), draftOf('革塘县教育局'), draftOf('革塘县财政局')];
    expect(correctDivisions(drafts, index)).toEqual([]);
  });

  test('what a correction has proven goes for the other places where the second engine says so', () => {
    const drafts = [
      draftOf('云汀省'),
      draftOf('雾川市教育局', { doubts: { 0: { other: '霁' } } }),
      draftOf('雾教发〔2025〕8号', { doubts: { 0: { other: '霁' } } }),
      draftOf('山区有雾'),
    ];
    correctDivisions(drafts, index);
    correctProven(drafts);
    expect(drafts.map(draftText)).toEqual(['云汀省', '霁川市教育局', '霁教发〔2025〕8号', '山区有雾']);
  });
});

describe('names of divisions without a second reading', () => {
  const county = regionsWith([
    { code: '970000', name: '云汀省', level: 'provincial', parent: null },
    { code: '970100', name: '霁川市', level: 'prefectural', parent: '970000' },
    { code: '970181', name: '棠溪市', level: 'county', parent: '970100' },
  ]);

  test('the division above one that the document names is known', () => {
    const drafts = [draftOf('棠溪市教育局'), draftOf('雾川市教育局', { doubts: { 0: { second: '霁' } } })];
    correctDivisions(drafts, county);
    expect(drafts.map(draftText)).toEqual(['棠溪市教育局', '霁川市教育局']);
  });

  test('that the engines took one character for the other elsewhere in the document is a witness', () => {
    const number = draftOf('（雾教函〔2025〕3号）', { doubts: { 1: { other: '霁' } } });
    const drafts = [draftOf('棠溪市'), draftOf('雾川市教育局'), draftOf('雾川市财政局'), number];
    correctDivisions(drafts, county);
    correctProven(drafts);
    expect(drafts.map(draftText)).toEqual(['棠溪市', '霁川市教育局', '霁川市财政局', '（霁教函〔2025〕3号）']);
  });
});

describe('page numbers', () => {
  const pageOf = (...drafts: ReturnType<typeof draftOf>[]): [PagePart, typeof drafts] => [linesOf([]), drafts];
  const foot = { at: [80, 760] as const, size: 14 };

  test('a dash that was swallowed or deformed comes back where the number is that of the page or counts on', () => {
    const first = [draftOf('各乡镇', {}, 3), draftOf('-3口', foot, 3)];
    const second = [draftOf('各乡镇', {}, 9), draftOf('12-', foot, 9)];
    const third = [draftOf('各乡镇', {}, 10), draftOf('13', foot, 10)];
    const fourth = [draftOf('各乡镇', {}, 11), draftOf('-14-', foot, 11)];
    const parts = [first, second, third, fourth];
    const said = correctPageNumbers(new Map(parts.map((drafts) => pageOf(...drafts))));
    expect(parts.map((drafts) => draftText(drafts[1]!))).toEqual(['—3—', '—12—', '13', '-14-']);
    expect(said.map(({ was, became }) => `${was} ${became}`)).toEqual(['-3口 —3—', '12- —12—']);
  });

  test('what stands higher, in a table, or has another number is no page number', () => {
    const higher = [draftOf('-3', { at: [80, 600] }, 3)];
    const other = [draftOf('-7', foot, 3)];
    const beside = [draftOf('共计', { at: [200, 760] }, 3), draftOf('-3', foot, 3)];
    expect(correctPageNumbers(new Map([pageOf(...higher)]))).toEqual([]);
    expect(correctPageNumbers(new Map([pageOf(...other)]))).toEqual([]);
    expect(correctPageNumbers(new Map([pageOf(...beside)]))).toEqual([]);
  });
});

describe('forms', () => {
  test.each([
    ['苇教发[2025]8号', '苇教发〔2025〕8号'],
    ['[2O25]8号）要求', '〔2025〕8号）要求'],
    ['于2025年4月16目前报送', '于2025年4月16日前报送'],
    ['电话：0490-66O2035', '电话：0490-6602035'],
    ['电话：0490－6602035', '电话：0490-6602035'],
    ['电话：0490－', '电话：0490-'],
    ['6602035;邮箱：a@b.cn.', '6602035；邮箱：a@b.cn。'],
    ['（-）加强领导', '（一）加强领导'],
    ['他说"好"', '他说“好”'],
  ])('%s becomes %s', (read, right) => {
    const draft = draftOf(read);
    correctGrammar(draft);
    expect(draftText(draft)).toBe(right);
  });

  test('letters of names and models stay', () => {
    const draft = draftOf('型号SOL-2025B，Q235钢');
    correctGrammar(draft);
    expect(draftText(draft)).toBe('型号SOL-2025B，Q235钢');
  });

  test('a year in Chinese numerals takes the shape that the document knows', () => {
    const drafts = [draftOf('苇教发〔2025〕8号'), draftOf('二C二五年三月一日')];
    correctChineseYears(drafts);
    expect(draftText(drafts[1]!)).toBe('二〇二五年三月一日');
  });
});

describe('dates under seals', () => {
  test('what a seal leaves of 日 is 日 again', () => {
    const draft = draftOf('2025年2月1713');
    correctDates([draft]);
    expect(draftText(draft)).toBe('2025年2月17日');
  });

  test('a piece of the seal before the year goes', () => {
    const draft = draftOf('12025年3月20日');
    expect(correctDates([draft])).toMatchObject([{ kind: 'corrected' }]);
    expect(draftText(draft)).toBe('2025年3月20日');
    expect(draft.characters[0]!.other).toBe('12');
  });

  test('the year of the number is taken with the engine for a witness, and proposed without', () => {
    const number = draftOf('苇教发〔2025〕8号');
    const witnessed = draftOf('2023年6月9日', { doubts: { 3: { confidence: 0.8, second: '5' } } });
    const alone = draftOf('2023年6月9日', { doubts: { 3: { confidence: 0.8 } } });
    expect(correctDates([number, witnessed])).toMatchObject([{ kind: 'corrected' }]);
    expect(correctDates([number, alone])).toMatchObject([{ kind: 'proposed', became: '2025年6月9日' }]);
    expect([draftText(witnessed), draftText(alone)]).toEqual(['2025年6月9日', '2023年6月9日']);
  });

  test('a year that was read surely may differ', () => {
    const drafts = [draftOf('苇教发〔2025〕8号'), draftOf('2024年12月30日')];
    expect(correctDates(drafts)).toEqual([]);
  });
});

describe('words', () => {
  test('a character that makes no word gives way to the second choice that makes one', () => {
    const draft = draftOf('无证上嵴', { doubts: { 3: { confidence: 0.7, second: '岗' } } });
    expect(correctWords([draft])).toHaveLength(1);
    expect(draftText(draft)).toBe('无证上岗');
  });

  test('a word that was read surely stays, and so does one that is a word', () => {
    const drafts = [
      draftOf('无证上嵴', { doubts: { 3: { confidence: 0.98, second: '岗' } } }),
      draftOf('上路检查', { doubts: { 1: { confidence: 0.5, second: '岗' } } }),
    ];
    expect(correctWords(drafts)).toEqual([]);
  });

  test('words that stand twice elsewhere correct an unsure one; once, they only propose', () => {
    const twice = [
      draftOf('开展排查整治工作'),
      draftOf('抓好排查整治工作'),
      draftOf('落实排查整冶工作', { doubts: { 5: { confidence: 0.5 } } }),
    ];
    const once = [draftOf('开展排查整治工作'), draftOf('落实排查整冶工作', { doubts: { 5: { confidence: 0.5 } } })];
    expect(correctByRepetition(twice)).toMatchObject([{ kind: 'corrected' }]);
    expect(correctByRepetition(once)).toMatchObject([{ kind: 'proposed' }]);
    expect([draftText(twice[2]!), draftText(once[1]!)]).toEqual(['落实排查整治工作', '落实排查整冶工作']);
  });
});

describe('seals', () => {
  const ring = (text: string, doubts: Readonly<Record<number, number>> = {}) => ({
    box: [0, 0, 120, 120] as const,
    text,
    sureness: [...text].map((_, i) => doubts[i] ?? 0.99),
    confidence: 0.95,
  });

  test('a ring read from its middle, with one unsure character, is the name of the signature', () => {
    expect(correctSeal(ring('教育局革塘县', { 3: 0.5 }), ['苇塘县教育局'])).toBe('苇塘县教育局');
  });

  test('a character read surely speaks for another body', () => {
    expect(correctSeal(ring('苇塘县教体局'), ['苇塘县教育局'])).toBe('苇塘县教体局');
  });

  test('a reading like no name is kept where sure, and is none where not', () => {
    expect(correctSeal(ring('禾溪县水务局'), ['苇塘县教育局'])).toBe('禾溪县水务局');
    expect(correctSeal(ring('美防力松室', { 0: 0.46, 2: 0.6 }), ['苇塘县教育局'])).toBeNull();
  });
});

const linesOf = (texts: readonly string[]): PagePart => partOf({ lines: texts.map((text) => lineOf(text)) });

test('the brackets around the unit of a label are a pair', () => {
  const labels = ['检查数量（家次）', '立案数量（件', '拘留人数（人）', '吊销人数人）', '企业（单位）名称', '一）'];
  const cells = labels.map((_, column) => ({
    row: 0,
    column,
    rowSpan: 1,
    columnSpan: 1,
    box: [200 * column, 90, 200 * column + 200, 130] as const,
  }));
  const box = [0, 90, 200 * labels.length, 130] as const;
  const grid = { box, columnEdges: [...labels.keys()].map((i) => 200 * i), rowEdges: [90, 130], cells, closed: true };
  const drafts = labels.map((label, i) => draftOf(label, { at: [200 * i + 20, 100] }));
  const said = correctCellBrackets({ ...linesOf([]), grids: [grid] }, drafts, bracketedUnits(drafts));
  expect(drafts.map(draftText)).toEqual([
    '检查数量（家次）',
    '立案数量（件）',
    '拘留人数（人）',
    '吊销人数（人）',
    '企业（单位）名称',
    '一）',
  ]);
  expect(said).toHaveLength(2);
});

test('a letter alone in a cell is the stroke that other cells hold', () => {
  const cellBox = (column: number) => [100 * column, 90, 100 * column + 100, 130] as const;
  const cells = [0, 1].map((column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, box: cellBox(column) }));
  const grid = {
    box: [0, 90, 200, 130] as const,
    columnEdges: [0, 100, 200],
    rowEdges: [90, 130],
    cells,
    closed: true,
  };
  const drafts = [draftOf('\\', { at: [40, 100] }), draftOf('N', { at: [140, 100], confidence: 0.7 })];
  const corrections = correctCellMarks({ ...linesOf([]), grids: [grid] }, drafts);
  expect(corrections).toMatchObject([{ was: 'N', became: '\\' }]);
  expect(draftText(drafts[1]!)).toBe('\\');
});

test('a line of letters with tails, of @ or of digits is as large as the line before it, whatever its height', () => {
  const lines = [
    lineOf('联系人：市卫生健康局综合监督科电话：0600-', { size: 16 }),
    lineOf('5580137；邮箱：txws_jd@tangxi.example.cn', { size: 19 }),
    lineOf('6650121', { size: 12.5 }),
    lineOf('附件', { size: 22 }),
  ];
  const part: PagePart = {
    lines,
    grids: [],
    strokes: [],
    seals: [],
    stamps: [],
    width: 595,
    height: 842,
    toPage: identity,
  };
  const even = evenSizes(new Map([[1, { parts: [part], unreadable: null }]]));
  expect(even.get(1)!.parts[0]!.lines.map((line) => line.size)).toEqual([16, 16, 16, 22]);
});

test('every correction is told, and those beyond the first of a page are counted', () => {
  const texts = Array.from({ length: 25 }, (_, i) => `苇教发〔2O25〕${i + 1}号`);
  const { pages, diagnostics } = correctParts(new Map([[3, { parts: [linesOf(texts)], unreadable: null }]]), index);
  expect(
    pages
      .get(3)!
      .parts[0]!.lines.map((line) => line.characters[5]!.text)
      .join(''),
  ).toBe('0'.repeat(25));
  expect(diagnostics).toHaveLength(21);
  expect(diagnostics[0]).toMatchObject({ code: 'ocr-corrected', page: 3 });
  expect(diagnostics[0]!.message).toContain('苇教发〔2025〕');
  expect(diagnostics[20]!.message).toContain('5处');
});
