import type { Frequency } from './facts.ts';
import type { Period } from './period.ts';

export interface PeriodParts {
  readonly frequency: Frequency | 'daily';
  readonly year: number;
  /** Month 1–12, quarter 1–4, half 1–2, week 1–53; null for a year. A day: its month. */
  readonly index: number | null;
  /** Only for a day. */
  readonly day: number | null;
}

export function periodParts(period: Period): PeriodParts {
  const year = Number(period.slice(0, 4));
  const rest = period.slice(5);
  if (rest === '') return { frequency: 'yearly', year, index: null, day: null };
  if (rest.startsWith('Q')) return { frequency: 'quarterly', year, index: Number(rest.slice(1)), day: null };
  if (rest.startsWith('H')) return { frequency: 'half-yearly', year, index: Number(rest.slice(1)), day: null };
  if (rest.startsWith('W')) return { frequency: 'weekly', year, index: Number(rest.slice(1)), day: null };
  if (rest.length > 2) return { frequency: 'daily', year, index: Number(rest.slice(0, 2)), day: Number(rest.slice(3)) };
  return { frequency: 'monthly', year, index: Number(rest), day: null };
}

/** 2025年6月, 2025年第2季度, 2025年上半年, 2025年第23周, 2025年 */
export function periodText(period: Period): string {
  const { frequency, year, index, day } = periodParts(period);
  switch (frequency) {
    case 'monthly':
      return `${year}年${index}月`;
    case 'quarterly':
      return `${year}年第${index}季度`;
    case 'half-yearly':
      return `${year}年${index === 1 ? '上' : '下'}半年`;
    case 'weekly':
      return `${year}年第${index}周`;
    case 'daily':
      return `${year}年${index}月${day}日`;
    case 'yearly':
      return `${year}年`;
  }
}
