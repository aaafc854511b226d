import { expect, test } from 'vitest';
import { parseNumeral, toChineseNumeral } from '../../models/text/numerals.ts';

const numeral = (text: string, value: number | undefined) =>
  test(`${text || 'nothing'} is ${value ?? 'no number'}`, () => expect(parseNumeral(text)).toBe(value));

numeral('2025', 2025);
numeral('1,000', 1000);
numeral('二 十', 20);
numeral('〇', 0);
numeral('十', 10);
numeral('十六', 16);
numeral('二十', 20);
numeral('九十九', 99);
numeral('两百', 200);
numeral('一百零五', 105);
numeral('一百十五', 115);
numeral('二千零五', 2005);
numeral('二千零五十', 2050);
numeral('二〇二五', 2025);
numeral('二零二五', 2025);
numeral('二0二五', 2025);
numeral('一万', 10_000);
numeral('三万五千', 35_000);
numeral('十二万', 120_000);
numeral('九千九百九十九万', 99_990_000);
// 万 counts what stands since 亿, not all before it.
numeral('一亿二千万', 120_000_000);
numeral('三亿零五万', 300_050_000);
// A last digit without 零 counts the next lower unit.
numeral('一百一', 110);
numeral('三万五', 35_000);
numeral('三万零五', 30_005);
// What is no number is never 0 and never a guess.
numeral('', undefined);
numeral('甲', undefined);
numeral('万', undefined);
numeral('十十', undefined);
numeral('一百二百', undefined);
numeral('一二十', undefined);
numeral('一万二亿', undefined);
numeral('3.5', undefined);
numeral('-3', undefined);

const printed = (value: number, text: string) =>
  test(`${value} is printed ${text}`, () => expect(toChineseNumeral(value)).toBe(text));

printed(0, '〇');
printed(5, '五');
printed(10, '十');
printed(16, '十六');
printed(20, '二十');
printed(99, '九十九');

test('every number of a heading is read as it is printed', () => {
  for (let value = 1; value <= 99; value++) expect(parseNumeral(toChineseNumeral(value))).toBe(value);
});
