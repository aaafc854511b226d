import { z } from 'zod';
import type { Frequency } from './facts.ts';
import { periodParts } from './periodText.ts';

/** A reporting period: 2025-06 a month, 2025-Q2 a quarter, 2025-H1 a half year, 2025-W23 an ISO week, 2025 a year, 2025-06-18 a day. */
export const Period = z
  .string()
  .regex(/^20\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4]|-H[12]|-W(0[1-9]|[1-4]\d|5[0-3]))?$/)
  .meta({ id: 'Period', title: '报告期', examples: ['2025-06', '2025-Q2', '2025-H1', '2025-W23', '2025'] });
export type Period = z.infer<typeof Period>;

const chineseDigits = '〇一二三四五六七八九十';

function smallNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '十') return 10;
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const ten = text.includes('十') ? (tens === '' ? 1 : chineseDigits.indexOf(tens!)) * 10 : 0;
  return ten + (ones === '' ? 0 : chineseDigits.indexOf(ones!));
}

/** The first period that a text names, or null: 2025年6月, 2025年第二季度, 2025年上半年, 2025-06, 2025/6, 2025年度. */
export function findPeriod(text: string): Period | null {
  const folded = text.normalize('NFKC').replace(/\s+/g, '');
  const two = (value: number) => String(value).padStart(2, '0');
  const checked = (period: string) => (Period.safeParse(period).success ? period : null);
  const exact = Period.safeParse(folded.toUpperCase());
  if (exact.success) return exact.data;
  const quarter = /(20\d{2})年(?:第)?([1-4一二三四])季度?/.exec(folded);
  if (quarter) return checked(`${quarter[1]}-Q${smallNumber(quarter[2]!)}`);
  const half = /(20\d{2})年(上|下)半年/.exec(folded);
  if (half) return `${half[1]}-H${half[2] === '上' ? 1 : 2}`;
  const week = /(20\d{2})年第(\d{1,2}|[一二三四五六七八九十]{1,3})周/.exec(folded);
  if (week) return checked(`${week[1]}-W${two(smallNumber(week[2]!))}`);
  const month = /(20\d{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月/.exec(folded);
  if (month) return checked(`${month[1]}-${two(smallNumber(month[2]!))}`);
  const plain = /^(20\d{2})[-/.](\d{1,2})$/.exec(folded);
  if (plain) return checked(`${plain[1]}-${two(Number(plain[2]))}`);
  const year = /(20\d{2})年度?/.exec(folded);
  return year ? year[1]! : null;
}

/** The period before this one, of the same length. */
export function previousPeriod(period: Period): Period {
  const { frequency, year, index, day } = periodParts(period);
  const two = (value: number) => String(value).padStart(2, '0');
  switch (frequency) {
    case 'yearly':
      return String(year - 1);
    case 'monthly':
      return index === 1 ? `${year - 1}-12` : `${year}-${two(index! - 1)}`;
    case 'quarterly':
      return index === 1 ? `${year - 1}-Q4` : `${year}-Q${index! - 1}`;
    case 'half-yearly':
      return index === 1 ? `${year - 1}-H2` : `${year}-H1`;
    case 'weekly':
      return index === 1 ? `${year - 1}-W${isoWeeks(year - 1)}` : `${year}-W${two(index! - 1)}`;
    case 'daily':
      return new Date(Date.UTC(year, index! - 1, day! - 1)).toISOString().slice(0, 10);
  }
}

/** 52 or 53: ISO 8601 weeks of a year. */
function isoWeeks(year: number): number {
  const first = new Date(Date.UTC(year, 0, 1)).getUTCDay();
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return first === 4 || (leap && first === 3) ? 53 : 52;
}

/** The period of a frequency in which a day (YYYY-MM-DD) lies. */
export function periodOn(frequency: Frequency, day: string): Period {
  const [year, month] = day.split('-').map(Number) as [number, number];
  switch (frequency) {
    case 'yearly':
      return String(year);
    case 'monthly':
      return day.slice(0, 7);
    case 'quarterly':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'half-yearly':
      return `${year}-H${month <= 6 ? 1 : 2}`;
    case 'weekly': {
      // ISO 8601: the week belongs to the year of its Thursday.
      const thursday = new Date(`${day}T00:00:00Z`);
      thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
      const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
      const week = Math.ceil(((thursday.getTime() - start) / 86_400_000 + 1) / 7);
      return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
    }
  }
}

/** First and last day of a period, YYYY-MM-DD. */
export function periodRange(period: Period): { readonly start: string; readonly end: string } {
  const { frequency, year, index, day } = periodParts(period);
  const iso = (date: Date) => date.toISOString().slice(0, 10);
  const months = (first: number, count: number) => ({
    start: iso(new Date(Date.UTC(year, first, 1))),
    end: iso(new Date(Date.UTC(year, first + count, 0))),
  });
  switch (frequency) {
    case 'yearly':
      return months(0, 12);
    case 'monthly':
      return months(index! - 1, 1);
    case 'quarterly':
      return months((index! - 1) * 3, 3);
    case 'half-yearly':
      return months((index! - 1) * 6, 6);
    case 'daily': {
      const date = iso(new Date(Date.UTC(year, index! - 1, day!)));
      return { start: date, end: date };
    }
    case 'weekly': {
      // ISO 8601: week 1 holds the 4th of January; weeks begin on Monday.
      const fourth = new Date(Date.UTC(year, 0, 4));
      const monday = 4 - ((fourth.getUTCDay() + 6) % 7) + (index! - 1) * 7;
      return { start: iso(new Date(Date.UTC(year, 0, monday))), end: iso(new Date(Date.UTC(year, 0, monday + 6))) };
    }
  }
}
