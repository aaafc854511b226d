import { describe, expect, test } from 'vitest';
import { type RegionEntry, regionsWith } from '../../models/text/regions.ts';
import { addColons } from '../../pipeline/ocr/colons.ts';
import { correctDivisions } from '../../pipeline/ocr/correct/divisions.ts';
import { draftText } from '../../pipeline/ocr/correct/draft.ts';
import { correctGrammar } from '../../pipeline/ocr/correct/grammar.ts';
import { correctSealedDates } from '../../pipeline/ocr/correct/sealedDates.ts';
import { correctSignatures } from '../../pipeline/ocr/correct/signature.ts';
import { correctWords } from '../../pipeline/ocr/correct/words.ts';
import { type LineReading, readingText, type Strip } from '../../pipeline/ocr/engine.ts';
import { draftOf } from './placed.ts';

type Draft = ReturnType<typeof draftOf>;

const ring = (text: string, sureness: number) => ({
  box: [60, 40, 180, 160] as const,
  text,
  sureness: [...text].map(() => sureness),
  confidence: sureness,
});
const letterhead = (name: string, confidence = 0.99): Draft => draftOf(`${name}文件`, { color: 'red', confidence });

describe('a signature that was read unsurely', () => {
  const corrected = (signature: Draft, others: Draft[], seals: ReturnType<typeof ring>[] = [], sealed = true) => {
    correctSignatures([...others, signature], seals, (draft) => sealed && draft === signature);
    return draftText(signature);
  };
  const doubted = (text: string, at: number, confidence = 0.8) =>
    draftOf(text, { doubts: { [at]: { confidence, other: '某' } } });

  test('is the name in the letterhead, though it ends as bodies do and the ring was misread like it', () => {
    const head = letterhead('海岚省公安厅');
    expect(corrected(doubted('海淀省公安厅', 1), [head], [ring('海淀省公安厅', 0.93)])).toBe('海岚省公安厅');
  });

  test('is the body whose office is named in the imprint', () => {
    expect(corrected(doubted('松漪县生态环境高', 7), [draftOf('松漪县生态环境局办公室')])).toBe('松漪县生态环境局');
  });

  test('loses a speck of the seal before it and gains what the seal hides', () => {
    const head = letterhead('禾溪县教育局');
    expect(corrected(doubted('长禾溪县教育局', 0), [head])).toBe('禾溪县教育局');
    expect(corrected(draftOf('禾溪县育局'), [head])).toBe('禾溪县教育局');
    expect(corrected(draftOf('禾溪县育局'), [head], [], false)).toBe('禾溪县育局');
  });

  test('keeps what was read surely, and a number that another body has in its name', () => {
    expect(corrected(draftOf('禾溪县体育局'), [letterhead('禾溪县教育局')])).toBe('禾溪县体育局');
    expect(corrected(doubted('禾溪县第一医院', 4), [letterhead('禾溪县第二医院')])).toBe('禾溪县第一医院');
  });

  test('takes from a ring alone what hardly any engine read, and neither length nor what was corrected before', () => {
    const seals = [ring('泽市医疗保障局', 0.96)];
    expect(corrected(doubted('沅泽市医疗保障号', 7, 0.6), [], seals)).toBe('沅泽市医疗保障局');
    const set = draftOf('潞泽县教育局', { doubts: { 0: { confidence: 0.6, corrected: true } } });
    expect(corrected(set, [], [ring('路泽县教育局', 0.96)])).toBe('潞泽县教育局');
  });
});

describe('a date under a seal', () => {
  const number = draftOf('沅医保发〔2026〕12号');
  const corrected = (date: Draft, others: Draft[] = [], sealed = true) => {
    correctSealedDates([number, ...others, date], (draft) => sealed && draft === date);
    return draftText(date);
  };
  const read = (text: string, rivals: Readonly<Record<number, string>> = {}) =>
    draftOf(text, {
      doubts: Object.fromEntries(
        Object.entries(rivals).map(([at, others]) => [at, { confidence: 0.6, rivals: others }]),
      ),
    });

  test('is the one date that its characters can be', () => {
    expect(corrected(read('二O二六年一开二十四日'))).toBe('二〇二六年一月二十四日');
    expect(corrected(read('2926年5月10口'))).toBe('2026年5月10日');
    expect(corrected(read('安二O二六年一月九日'))).toBe('二〇二六年一月九日');
    expect(corrected(read('C二六年十月4十三日'))).toBe('二〇二六年十月二十三日');
  });

  test('stays where two are as likely, unless the engine or the imprint speaks for one', () => {
    expect(corrected(read('二〇二六年交月九日'))).toBe('二〇二六年交月九日');
    expect(corrected(read('二〇二六年交月九日', { 5: '天五' }))).toBe('二〇二六年五月九日');
    expect(corrected(read('二〇二六年交月九日'), [draftOf('2026年2月9日印发')])).toBe('二〇二六年二月九日');
  });

  test('is a day that its month has', () => {
    expect(corrected(read('2026年3月3O日', { 8: '0' }))).toBe('2026年3月30日');
    expect(corrected(read('2026年2月3O日', { 8: '0' }))).toBe('2026年2月3O日');
    expect(corrected(read('2026年2月30日', { 7: '2' }))).toBe('2026年2月20日');
    expect(corrected(read('二〇二六年二月二十九日', { 9: '八' }))).toBe('二〇二六年二月二十八日');
  });

  test('has no specks behind it', () => {
    expect(corrected(read('2026年7月19日.,'))).toBe('2026年7月19日');
    expect(corrected(read('2626年2月18日）'))).toBe('2026年2月18日');
  });

  test('is in a year that the document names, or in the next one', () => {
    expect(corrected(read('二〇八六年七月十四日', { 2: '二' }))).toBe('二〇二六年七月十四日');
    expect(corrected(read('二〇二七年一月四日'))).toBe('二〇二七年一月四日');
  });

  test('is the date of the imprint where the seal hides what that has more, and the line is as long', () => {
    const text = draftOf('为切实做好冬春火灾防控工作，现就有关事项通知如下');
    const imprint = draftOf('2026年7月27日印发');
    const sealed = (width: number): Draft => {
      const draft = read('2026年7月2日');
      return { ...draft, line: { ...draft.line, box: [80, 100, 80 + width, 116] } };
    };
    expect(corrected(sealed(105), [text, imprint])).toBe('2026年7月27日');
    expect(corrected(sealed(97), [text, imprint])).toBe('2026年7月2日');
    expect(corrected(sealed(105), [text])).toBe('2026年7月2日');
  });

  test('stays where no seal lies, and where it is no date', () => {
    expect(corrected(read('二O二六年一开二十四日'), [], false)).toBe('二O二六年一开二十四日');
    expect(corrected(read('2026年第3号公告'))).toBe('2026年第3号公告');
  });
});

describe('a division that does not exist', () => {
  const invented: readonly RegionEntry[] = [
    { code: '970000', name: '云汀省', level: 'provincial', parent: null },
    { code: '970100', name: '澜州市', level: 'prefectural', parent: '970000' },
    { code: '970123', name: '潞泽县', level: 'county', parent: '970100' },
  ];
  const index = regionsWith(invented);
  const corrected = (...drafts: Draft[]): string[] => {
    correctDivisions(drafts, index);
    return drafts.map(draftText);
  };

  test('is the one that the engine held possible in its place, though nothing else names it', () => {
    const doubts = { 0: { confidence: 0.7, rivals: '踏潞璐' } };
    expect(corrected(draftOf('路泽县教育局', { doubts }))).toEqual(['潞泽县教育局']);
  });

  test('is the one that the code of the document number begins with', () => {
    expect(corrected(draftOf('潞教发〔2025〕8号'), draftOf('淄泽县教育局'))[1]).toBe('潞泽县教育局');
    expect(corrected(draftOf('晋教发〔2025〕8号'), draftOf('淄泽县教育局'))[1]).toBe('淄泽县教育局');
  });

  test('may exist, and still be another one: the number and the engine say which', () => {
    const doubts = { 0: { confidence: 0.8, rivals: '潮澜' } };
    expect(corrected(draftOf('澜农发〔2025〕8号'), draftOf('湖州市农业农村局', { doubts }))[1]).toBe(
      '澜州市农业农村局',
    );
    expect(corrected(draftOf('湖农发〔2025〕8号'), draftOf('湖州市农业农村局', { doubts }))[1]).toBe(
      '湖州市农业农村局',
    );
    expect(corrected(draftOf('澜农发〔2025〕8号'), draftOf('湖州市农业农村局'))[1]).toBe('湖州市农业农村局');
  });

  test('that exists is not made another one by the dictionary', () => {
    const name = () => draftOf('澜州市农业农村局', { doubts: { 0: { confidence: 0.7, second: '湖' } } });
    const [known, unknown] = [name(), name()];
    correctWords([known], (text) => index.byName.has(text));
    correctWords([unknown]);
    expect([draftText(known), draftText(unknown)]).toEqual(['澜州市农业农村局', '湖州市农业农村局']);
  });

  test('may be a province', () => {
    expect(corrected(draftOf('云汀省公安厅'), draftOf('云江省公安厅'))[1]).toBe('云汀省公安厅');
  });
});

test('the full stop behind an address is no letter of it', () => {
  const drafts = ['邮箱：ajk@wutang.example.cno', '邮箱：ajk@wutang.como其他', '邮箱：ajk@wutang.example.cn'].map(
    (text) => draftOf(text),
  );
  for (const draft of drafts) correctGrammar(draft);
  expect(drafts.map(draftText)).toEqual([
    '邮箱：ajk@wutang.example.cn。',
    '邮箱：ajk@wutang.com。其他',
    '邮箱：ajk@wutang.example.cn',
  ]);
});

describe('a colon that was passed over', () => {
  const strip = (dots: readonly (readonly [x: number, y: number, size: number])[]): Strip => {
    const image = { width: 96, height: 40, data: new Uint8Array(96 * 40).fill(255) };
    const ink = (x0: number, y0: number, width: number, height: number): void => {
      for (let y = y0; y < y0 + height; y++) image.data.fill(0, y * 96 + x0, y * 96 + x0 + width);
    };
    ink(4, 6, 28, 28);
    for (const [x, y, size] of dots) ink(x, y, size, size);
    return { image, em: 32 };
  };
  const reading: LineReading = { characters: [{ text: '位', x: 18, confidence: 1, second: null }] };
  const read = (...dots: (readonly [number, number, number])[]): string => readingText(addColons(strip(dots), reading));

  test('is two dots of the same size, one above the other', () => {
    expect(read([38, 12, 4], [38, 26, 4])).toBe('位：');
  });

  test('is not one dot, two of different size, three, or two that touch', () => {
    expect(read([38, 26, 4])).toBe('位');
    expect(read([38, 10, 3], [38, 22, 7])).toBe('位');
    expect(read([38, 6, 4], [38, 16, 4], [38, 28, 4])).toBe('位');
    expect(read([38, 20, 4], [38, 26, 4])).toBe('位');
  });
});
