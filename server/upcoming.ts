import rrule from 'rrule';
import type { Deadline, Notice } from '../models/index.ts';

const dayMs = 86_400_000;
const midnight = (date: string) => new Date(`${date}T00:00:00Z`);
const iso = (date: Date) => date.toISOString().slice(0, 10);

/** YYYY-MM-DD some days later. */
export function addDays(date: string, days: number): string {
  return iso(new Date(midnight(date).getTime() + days * dayMs));
}

/** The last day that YYYY-MM or YYYY-MM-DD means. */
function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 1] = date.split('-').map(Number);
  return iso(new Date(Date.UTC(year, month, 0)));
}

/** The days between which a deadline is due, both included, and by which rule where it comes again. */
export interface DueSpan {
  readonly from: string;
  readonly to: string;
  /** An RRULE that names its days, so that it gives the same ones wherever it began; null: due on the last day alone. */
  readonly rrule: string | null;
}

/**
 * When a deadline is due. A recurring one begins with the notice and ends with its campaign; one without a campaign is
 * taken to hold for two years after the 成文日期. null where no day is known.
 */
export function dueSpan(deadline: Deadline, notice: Pick<Notice, 'issueDate' | 'campaign'>): DueSpan | null {
  const [issued, ended] = [notice.issueDate?.value ?? null, notice.campaign?.endDate ?? null];
  return spanBetween(deadline, issued, ended);
}

/** The same for a notice of which only the 成文日期 and the end of its campaign are known. */
export function spanBetween({ due }: Deadline, issued: string | null, ended: string | null): DueSpan | null {
  if (due.kind !== 'recurring') {
    const date = due.kind === 'period' ? due.end : due.date;
    return date === null ? null : { from: lastDayOf(date), to: lastDayOf(date), rrule: null };
  }
  return {
    from: issued ?? '0000-01-01',
    to: ended !== null ? lastDayOf(ended) : issued === null ? '9999-12-31' : addDays(issued, 730),
    rrule: withDays(due.rrule.replace(/^RRULE:/, ''), issued),
  };
}

/** What a rule leaves open is, as RFC 5545 has it, as on its first day; where that is unknown, the last it can be. */
function withDays(rule: string, start: string | null): string {
  if (/BY(?:MONTH)?DAY=/.test(rule)) return rule;
  const date = start === null ? null : midnight(start);
  if (rule.startsWith('FREQ=WEEKLY')) {
    const day = date === null ? 'SU' : (['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const)[date.getUTCDay()];
    return `${rule};BYDAY=${day}`;
  }
  const isOpenYear = rule.startsWith('FREQ=YEARLY') && !rule.includes('BYMONTH=');
  const month = isOpenYear ? `;BYMONTH=${date === null ? 12 : date.getUTCMonth() + 1}` : '';
  return `${rule}${month};BYMONTHDAY=${date === null ? -1 : date.getUTCDate()}`;
}

/** The days from `from` to `to` (both included) that a rule of a span names; none for a rule that is not one. */
export function daysOfRule(rule: string, from: string, to: string): readonly string[] {
  try {
    const dated = new rrule.RRule({ ...rrule.RRule.parseString(rule), dtstart: midnight(from) });
    return dated.between(midnight(from), midnight(to), true).map(iso);
  } catch {
    return [];
  }
}
