import { describe, expect, test } from 'vitest';
import { calibrationTable } from '../../corpus/scanTruth.ts';
import { evidenceAt, type Flow } from '../../models/flow.ts';
import { lineConfidence } from '../../pipeline/ocr/confidence.ts';
import { type LineReading, readingText, type Strip } from '../../pipeline/ocr/engine.ts';
import { mergeTwins } from '../../pipeline/ocr/mergeTwins.ts';
import { reconcile } from '../../pipeline/ocr/reconcile.ts';
import { secondReading, wantsSecondReading } from '../../pipeline/ocr/secondReading.ts';
import { tellSemicolons } from '../../pipeline/ocr/semicolons.ts';
import { stretchesOf } from '../../pipeline/ocr/stretches.ts';
import { voteReadings, withDoubtsOf } from '../../pipeline/ocr/vote.ts';
import { lineOf } from './placed.ts';

const readingOf = (text: string, confidence = 0.95): LineReading => ({
  characters: [...text].map((character, i) => ({ text: character, x: 8 + 16 * i, confidence, second: null })),
});
const knowsAll = { canRead: () => true };
const textOf = (line: ReturnType<typeof lineOf>): string => line.characters.map((c) => c.text).join('');

describe('two readings of one line', () => {
  test('where they agree both count; kinds of brackets and widths are no difference', () => {
    const line = reconcile(lineOf('苇教发〔2025〕8号', { confidence: 0.9 }), readingOf('苇教发[2025]8号'), knowsAll);
    expect(textOf(line)).toBe('苇教发〔2025〕8号');
    expect(line.characters.every((c) => c.readTwice)).toBe(true);
    expect(Math.min(...line.characters.map((c) => c.confidence))).toBeGreaterThan(0.98);
    expect(line.characters.every((c) => c.other === null)).toBe(true);
  });

  test('where they differ the first stands, less sure, and the other reading is kept', () => {
    const line = reconcile(lineOf('雾川市教育局'), readingOf('霁川市教育局'), knowsAll);
    expect(line.characters[0]).toMatchObject({ text: '雾', other: '霁', confidence: 0.93 });
  });

  test('an unsure character gives way to a sure one; a digit only to one that is the second choice too', () => {
    const word = lineOf('教盲局', { doubts: { 1: { confidence: 0.4 } } });
    expect(textOf(reconcile(word, readingOf('教育局'), knowsAll))).toBe('教育局');
    const digit = lineOf('2023年', { doubts: { 3: { confidence: 0.4 } } });
    expect(textOf(reconcile(digit, readingOf('2025年'), knowsAll))).toBe('2023年');
    const known = lineOf('2023年', { doubts: { 3: { confidence: 0.4, second: '5' } } });
    expect(textOf(reconcile(known, readingOf('2025年'), knowsAll))).toBe('2025年');
  });

  test('a character that the first engine does not have is the second one’s', () => {
    const line = reconcile(lineOf('青杌区'), readingOf('青杙区'), { canRead: (c) => c !== '杙' });
    expect(line.characters[1]).toMatchObject({ text: '杙', other: '杌' });
  });

  test('no digit is put in, but the line is called doubtful', () => {
    const line = reconcile(lineOf('下降10%以上'), readingOf('下降100%以上'), knowsAll);
    expect(textOf(line)).toBe('下降10%以上');
    expect(line.characters.some((c) => c.other?.includes('0') && c.confidence <= 0.9)).toBe(true);
  });

  test('a letter twice over is put in, as decoding makes one of two', () => {
    expect(textOf(reconcile(lineOf('wtxfd@a.cn'), readingOf('wtxfdd@a.cn'), knowsAll))).toBe('wtxfdd@a.cn');
  });

  test('a mark that the first hardly sees and the second does not see goes, and is remembered', () => {
    const line = reconcile(
      lineOf('大队“邢牧之', { doubts: { 2: { confidence: 0.4 } } }),
      readingOf('大队邢牧之'),
      knowsAll,
    );
    expect(textOf(line)).toBe('大队邢牧之');
    expect(line.characters[1]!.other).toBe('队“');
  });
});

test('a mark is put in only where there is ink: a wide space is no quotation mark', () => {
  const spaced = lineOf('大队邢牧之', {
    doubts: { 2: { x0: 128, x1: 144 }, 3: { x0: 144, x1: 160 }, 4: { x0: 160, x1: 176 } },
  });
  const read = (hasInk: boolean) => textOf(reconcile(spaced, readingOf('大队“邢牧之'), knowsAll, () => hasInk));
  expect(read(true)).toBe('大队“邢牧之');
  expect(read(false)).toBe('大队邢牧之');
});

test('what a hasty reading doubted stays beside a careful one that is sure', () => {
  const hasty: LineReading = {
    characters: [...'雾卫监'].map((text, i) => ({
      text,
      x: 8 + 16 * i,
      confidence: 0.6,
      second: i === 0 ? '霁' : null,
    })),
  };
  expect(withDoubtsOf(hasty, readingOf('（雾卫监函')).characters.map((c) => c.second)).toEqual([
    null,
    '霁',
    null,
    null,
    null,
  ]);
  expect(withDoubtsOf(readingOf('余氯'), readingOf('余氧')).characters.map((c) => c.second)).toEqual([null, '氯']);
});

describe('characters that are one on paper', () => {
  const at = (text: string, x: number, confidence: number, second: string | null) => ({ text, x, confidence, second });
  test.each([
    {
      read: [at('2', 10.3, 0.96, null), at('1', 11.4, 0.46, '日'), at('日', 12.5, 0.62, '1')],
      one: '2日',
      because: '日 seen twice is no 21st',
    },
    {
      read: [at('日', 11.4, 0.44, '1'), at('日', 12.5, 0.59, '1')],
      one: '日',
      because: 'no two stand so near',
    },
    {
      read: [at('1', 11.4, 0.46, '日'), at('日', 13, 0.62, '1')],
      one: '1日',
      because: 'they stand as far apart as two do',
    },
    { read: [at('1', 10, 0.6, '7'), at('1', 11, 0.6, '7')], one: '11', because: 'digits are alike for a reason' },
    { read: [at('1', 11.4, 0.95, '日'), at('日', 12.5, 0.97, '1')], one: '1日', because: 'both are sure' },
  ])('are read as $one: $because', ({ read, one }) => {
    expect(readingText({ characters: mergeTwins(2, read) })).toBe(one);
  });
});

describe('a colon and a semicolon, which differ by a tail', () => {
  const strip = (tail: number): Strip => {
    const image = { width: 40, height: 40, data: new Uint8Array(1600).fill(255) };
    for (let y = 0; y < 3; y++) image.data.fill(0, (12 + y) * 40 + 18, (12 + y) * 40 + 21);
    for (let y = 0; y < 3 + tail; y++) image.data.fill(0, (26 + y) * 40 + 18, (26 + y) * 40 + 21);
    return { image, em: 32 };
  };
  const read = (text: string, second: string | null): LineReading => ({
    characters: [{ text, x: 20, confidence: 0.6, second }],
  });

  test.each([
    { tail: 3, text: '：', second: '；', told: '；', because: 'the lower mark has a tail' },
    { tail: 0, text: '：', second: '；', told: '：', because: 'the marks are alike' },
    { tail: 0, text: '；', second: '：', told: '；', because: 'a tail may be lost' },
    { tail: 3, text: '：', second: null, told: '：', because: 'the engine did not waver' },
    { tail: 3, text: '：', second: '1', told: '：', because: 'it wavered between others' },
  ])('$text or $second is read as $told: $because', ({ tail, text, second, told }) => {
    expect(readingText(tellSemicolons(strip(tail), read(text, second)))).toBe(told);
  });
});

test('several readings of a line under a seal vote on each character', () => {
  const voted = voteReadings([readingOf('2023年6月', 0.6), readingOf('2025年6月', 0.9), readingOf('2025年6月', 0.8)]);
  expect(voted.characters.map((c) => c.text).join('')).toBe('2025年6月');
});

test('numbers, dates, addresses and letterheads are read twice before words', () => {
  const lines = [
    ...Array.from({ length: 20 }, () => lineOf('各单位要高度重视认真组织实施')),
    lineOf('苇教发〔2025〕8号'),
    lineOf('电话：0490-6602035'),
    lineOf('苇塘县教育局文件', { color: 'red' }),
    lineOf('落实责任', { confidence: 0.6 }),
  ];
  expect(wantsSecondReading(lines).map(({ index }) => index)).toEqual([20, 21, 22, 23]);
});

test('of a long line only what matters is read twice, and the rest stands', async () => {
  const text = '各县（市、区）要在检查结束后于2025年6月10日前报送工作总结和典型案例材料';
  const line = lineOf(text);
  const [wanted] = wantsSecondReading([line]);
  const { from, to } = wanted!.stretches[0]!;
  expect(text.slice(from, to)).toBe('结束后于2025年6月10日前报送'.slice(1));
  const em = 20;
  const strip: Strip = {
    em,
    image: { width: 20 * text.length + 10, height: 24, data: new Uint8Array((20 * text.length + 10) * 24) },
  };
  const asked: Strip[] = [];
  const second = {
    name: 'tesseract' as const,
    canRead: () => true,
    close: async () => {},
    readLines: async (strips: readonly Strip[]) => {
      asked.push(...strips);
      return [readingOf('束后于2026年6月10日前报送')];
    },
  };
  const lines = [line];
  await secondReading(lines, [wanted!], [strip], { first: { ...second, name: 'pp' }, second }, undefined);
  expect(asked.map(({ image }) => image.width)).toEqual([20 * (to - from)]);
  expect(textOf(lines[0]!)).toBe(text);
  expect(lines[0]!.characters.flatMap((c, i) => (c.other === null ? [] : [[text[i], c.other]]))).toEqual([['5', '6']]);
  expect(lines[0]!.characters.map((c) => c.readTwice ?? false)).toEqual([...text].map((_, i) => i >= from && i < to));
});

test.each([
  { marked: '....................', stretches: [], because: 'nothing is marked' },
  { marked: '..........#.........', stretches: [[7, 14]], because: 'some characters are read along' },
  { marked: '..........#.......#.', stretches: [[7, 20]], because: 'near ones are one' },
  { marked: '.....#..............', stretches: [[0, 9]], because: 'what is left at the end is read along' },
  { marked: '.#.....#.....#.....#', stretches: [[0, 20]], because: 'nearly all is as well all' },
])('stretches of $marked: $because', ({ marked, stretches }) => {
  expect(stretchesOf([...marked].map((c) => c === '#')).map(({ from, to }) => [from, to])).toEqual(stretches);
});

describe('confidence', () => {
  test('grows with the worst character, and falls where two readings differ', () => {
    const read = [0.4, 0.6, 0.8, 0.9, 0.99].map((confidence) => lineConfidence(lineOf('检查', { confidence })));
    expect(read).toEqual([...read].sort((a, b) => a - b));
    expect(new Set(read).size).toBe(5);
    const alike = lineConfidence(lineOf('检查', { readTwice: true }));
    const differing = lineConfidence(lineOf('检查', { readTwice: true, doubts: { 0: { other: '捡' } } }));
    expect(differing).toBeLessThan(read[4]!);
    expect(alike).toBeGreaterThan(read[4]!);
  });

  test('a fact is as sure as its own characters, whatever stands beside it in its line', () => {
    const sureness = [...'电话0490-6602035联糸人'].map((c) => (c === '糸' ? 0.4 : 0.99));
    const line = { page: 1, box: null, edges: null, length: sureness.length, confidence: 0.4 };
    const flow = (known: object): Flow => ({
      text: '电话0490-6602035联糸人',
      blocks: [],
      segments: [{ start: 0, end: sureness.length, line: 0, from: 0 }],
      lines: [{ ...line, ...known }],
      diagnostics: [],
    });
    const phone = { start: 2, end: 14 };
    expect(evidenceAt(flow({ sureness }), phone).confidence).toBe(0.99);
    expect(evidenceAt(flow({ sureness }), { start: 2, end: 16 }).confidence).toBe(0.4);
    expect(evidenceAt(flow({}), phone).confidence).toBe(0.4);
  });

  test('the calibration table tells what was said and what was right, band by band', () => {
    const said = [
      ...Array.from({ length: 9 }, () => ({ confidence: 0.92, right: true })),
      { confidence: 0.92, right: false },
      { confidence: 0.4, right: false },
    ];
    expect(calibrationTable('lines', said)).toBe(
      'lines:\n  said 0.920   right 0.900   of 10\n  said 0.400   right 0.000   of 1',
    );
  });
});
