import { parseNumeral } from './numerals.ts';

/** The number of a heading (结构层次序数, GB/T 9704-2012, 7.3.3) at the start of a paragraph. */
export interface HeadingMarker {
  /** 1 = 一、 2 = （一） 3 = 1. 4 = （1） 5 = ①; how many numbers in 1.1, 1.1.1 of plans and standards. */
  readonly level: number;
  /** What it may hold: markers of a higher rank. That of its level, but for 1.1 and 1.1.1, which hold （一） and stand in 一、. */
  readonly rank: number;
  /** As printed, without layout spaces. */
  readonly number: string;
  /** Its value: 四 → 4. */
  readonly value: number;
  /** Where the text after it begins. */
  readonly end: number;
  /** One shape per manner of numbering (一、 第一条 1. 1、 …): numbers of one list share it. */
  readonly manner: string;
}

const cn = '[一二三四五六七八九十百〇零]{1,4}';
const manners: readonly { level: number; manner: string; pattern: RegExp }[] = [
  { level: 1, manner: '第章', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?[章编](?![程节])\\s?`, 'u') },
  { level: 2, manner: '第节', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?节(?!点)\\s?`, 'u') },
  { level: 3, manner: '第条', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?条(?!规定|第|款|的|和|、|至)\\s?`, 'u') },
  { level: 1, manner: '一、', pattern: new RegExp(`^(${cn})\\s?[、.．,，:：](?!\\d)\\s?`, 'u') },
  { level: 2, manner: '（一）', pattern: new RegExp(`^[（(〔]\\s?(${cn})\\s?[）)〕]\\s?[、.．:：]?\\s?`, 'u') },
  { level: 2, manner: '一）', pattern: new RegExp(`^(${cn})\\s?[）)]\\s?[、.．]?\\s?`, 'u') },
  // 3.4月15日前完成: a number and a day; 3.5 is one number.
  { level: 3, manner: '1.', pattern: /^(\d{1,2})\s?[.．、](?=\D|\d{1,2}月|(?:19|20)\d{2}年|$)\s?/u },
  { level: 4, manner: '（1）', pattern: /^[（(]\s?(\d{1,2})\s?[）)]\s?[、.．]?\s?/u },
  { level: 4, manner: '1）', pattern: /^(\d{1,2})\s?[）)]\s?[、.．]?\s?/u },
  { level: 5, manner: '①', pattern: /^([①-⑳])\s?/u },
];

/** What a figure at the start of a line measures or counts: 2.5公里范围内, 1.5小时. */
const measures =
  '(?:[万亿千百]|元|米|公里|厘米|毫米|平方|立方|公斤|千克|克|吨|升|倍|[%％℃‰]|个|小时|分钟|天|年|月|日|度|级|折|亩|公顷|兆|伏|安|寸|岁|分(?![级类工]))';
const decimal = /^(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[.．、]\s?|\s*)(?=[\p{Script=Han}“《（])/u;
/** … or a day that has a name: 3.15专项. */
const amountOrDay = new RegExp(`^(?:[\\d.．]+\\s?${measures}|\\d{1,2}[.．]\\d\\d\\D)`, 'u');

/**
 * 1.1, 2.1.3 before Chinese words: the numbers of emergency plans and standards (GB/T 1.1-2020, 7.3). A single line does not
 * tell 1.5 小时 from 1.5 个人防护; the lines before it may.
 */
export function decimalMarker(text: string): HeadingMarker | undefined {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const parts = match[1]!.split(/[.．]/u).map(Number);
  if (parts.includes(0)) return undefined;
  const { length } = parts;
  const number = parts.join('.');
  return { level: length, rank: 1 + length / 5, manner: '1.1', value: parts.at(-1)!, number, end: match[0].length };
}

/** 1 总则: a chapter, but only where 1.1 follows, which one line does not show. Undefined where it cannot be one. */
export function chapterMarker(text: string): HeadingMarker | undefined {
  const match = /^(\d{1,2})(?:\s?[.．、]\s?|\s*)(?=\p{Script=Han}[^，。；：:]{1,29}$)/u.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]);
  return { level: 1, rank: 1.2, manner: '1', value, number: match[0].replace(/\s/gu, ''), end: match[0].length };
}

/** Reads the marker at the start of a text; undefined where there is none. */
export function headingMarker(text: string): HeadingMarker | undefined {
  for (const { level, manner, pattern } of manners) {
    const match = pattern.exec(text);
    if (!match) continue;
    const printed = match[1] as string;
    const value = manner === '①' ? printed.charCodeAt(0) - 0x245f : parseNumeral(printed);
    if (value === undefined || value === 0) continue;
    // Nothing after it: a cell or a page number, not a heading.
    if (match[0].length === text.length) return undefined;
    return { level, rank: level, manner, value, number: match[0].replace(/\s/g, ''), end: match[0].length };
  }
  return amountOrDay.test(text) ? undefined : decimalMarker(text);
}
