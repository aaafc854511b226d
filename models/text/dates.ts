import { parseNumeral, toChineseNumeral } from './numerals.ts';

/** A date as printed: parts that are not printed are null. */
export interface DateMatch {
  readonly start: number;
  readonly end: number;
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** 月底, 年底, 上旬 …: the day is concluded, not printed. */
  readonly vague: 'month-end' | 'year-end' | 'early' | 'middle' | 'late' | null;
  /** 当年, 今年, 本年: the year of the notice; 明年, 次年: the year after. */
  readonly relativeYear: 0 | 1 | null;
}

const cn = '〇零○O一二三四五六七八九十';
const yearPart = String.raw`(?:(?<year>(?:19|20)\d{2}|[${cn}0]{4})\s?年度?|(?<relative>今年|本年度?|当年|明年|次年|翌年))`;
const monthPart = String.raw`(?<month>0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])\s?月(?!龄)份?`;
const dayPart = String.raw`(?<day>0?[1-9]|[12]\d|3[01]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号]`;
const vaguePart = `(?<vague>底|末|上旬|中旬|下旬|初)`;
const chineseDate = new RegExp(
  String.raw`${yearPart}\s?(?:${monthPart}|(?<first>元)月)\s?(?:${dayPart}|${vaguePart})?|` +
    String.raw`${rename(yearPart, 'B')}\s?(?<vagueB>年?底|年?末)|` +
    String.raw`(?<![\d〔\[第每个${cn}])${rename(monthPart, 'C')}\s?(?:${rename(dayPart, 'C')}|${rename(vaguePart, 'C')})?`,
  'gu',
);
const plainDate =
  /(?<!\d)(?<year>(?:19|20)\d{2})\s?(?<mark>[-/.．])\s?(?<month>0?[1-9]|1[0-2])\s?\k<mark>\s?(?<day>0?[1-9]|[12]\d|3[01])(?!\d)/gu;

function rename(pattern: string, suffix: string): string {
  return pattern.replace(/\(\?<(\w+)>/g, `(?<$1${suffix}>`);
}

/**
 * Every date in the text, in order: 2025年10月19日, 二〇二五年四月二十二日, 2025-04-22, 10月19日, 2025年11月底, 今年12月, 2025年底,
 * 2026年元月5日.
 * A month alone counts only with 月 before a day, a 旬, 底 or a year, or where nothing else can be meant.
 */
export function findDates(text: string): DateMatch[] {
  const found: DateMatch[] = [];
  for (const match of text.matchAll(chineseDate)) {
    const g = match.groups as Record<string, string | undefined>;
    const printedYear = g.year ?? g.yearB;
    const relative = g.relative ?? g.relativeB;
    const month = g.first === undefined ? parseNumeral(g.month ?? g.monthC ?? '') : 1;
    const day = parseNumeral(g.day ?? g.dayC ?? '');
    const vague = g.vague ?? g.vagueB ?? g.vagueC;
    // 6个月 (个 stands before) and 3月龄 never match; a bare month such as 三月 without a day is left to the callers.
    const trimmed = match[0].replace(/\s+$/, '');
    found.push({
      start: match.index,
      end: match.index + trimmed.length,
      year: printedYear === undefined ? null : (parseNumeral(printedYear) ?? null),
      month: month ?? (g.vagueB ? 12 : null),
      day: day ?? null,
      vague: vagueness(vague, g.vagueB !== undefined),
      relativeYear: relative === undefined ? null : /[明次翌]/.test(relative) ? 1 : 0,
    });
  }
  for (const match of text.matchAll(plainDate)) {
    const g = match.groups as Record<string, string>;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      year: Number(g.year),
      month: Number(g.month),
      day: Number(g.day),
      vague: null,
      relativeYear: null,
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

function vagueness(word: string | undefined, ofYear: boolean): DateMatch['vague'] {
  if (word === undefined) return null;
  if (ofYear) return 'year-end';
  if (word === '上旬' || word === '初') return 'early';
  if (word === '中旬') return 'middle';
  return word === '下旬' ? 'late' : 'month-end';
}

/** Days in a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The ISO date, or undefined where there is no such day. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 2025, 10, 23 → 二〇二五年十月二十三日 (GB/T 9704-1999; the standard of 2012 has Arabic figures). */
export function dateInChinese(year: number, month: number, day: number): string {
  const digits = [...String(year)].map((digit) => toChineseNumeral(Number(digit))).join('');
  return `${digits}年${toChineseNumeral(month)}月${toChineseNumeral(day)}日`;
}

/** No date is printed longer than this, letter-spaced 二 〇 二 五 年 十 二 月 三 十 一 日 included. */
const DATE_LENGTH = 60;

/** A date with its year and day printed and nothing else in the text: 2025年4月22日 → 2025-04-22. */
export function parseFullDate(text: string): string | undefined {
  // Long texts hold more than a date; this is asked of every paragraph.
  if (text.length > DATE_LENGTH) return undefined;
  const compact = text.replace(/\s/g, '').replace(/[。.]$/, '');
  const [only] = findDates(compact);
  if (only?.start !== 0 || only.end !== compact.length) return undefined;
  if (only.year === null || only.month === null || only.day === null) return undefined;
  return isoDate(only.year, only.month, only.day);
}

/** The last day that a printed date can mean: 11月底 → 30, 上旬 → 10. */
export function lastDay(date: Pick<DateMatch, 'day' | 'vague'>, year: number, month: number): number {
  if (date.day !== null) return date.day;
  if (date.vague === 'early') return 10;
  if (date.vague === 'middle') return 20;
  return daysInMonth(year, month);
}

/** Adds days (UTC, no clock involved). */
export function addDays(date: string, days: number): string {
  const value = new Date(`${date}T00:00:00Z`);
  value.setUTCDate(value.getUTCDate() + days);
  return value.toISOString().slice(0, 10);
}

/** Adds months; a day that the month lacks becomes its last. */
export function addMonths(date: string, months: number): string {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  const index = y * 12 + (m - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return isoDate(year, month, Math.min(d, daysInMonth(year, month))) as string;
}
