import { createRequire } from 'node:module';
import { z } from 'zod';
import { type Deadline, type FormModel, type Period, periodParts, periodRange } from '../../models/index.ts';

export interface DueDate {
  /** YYYY-MM-DD as the notice says it. */
  readonly printed: string;
  /** The day that counts: the next working day where the printed one is a day of rest (民法典 203). */
  readonly date: string;
  /** 17:00, where printed. */
  readonly time: string | null;
  /** false: the holidays of that year were not announced when this was made, so the printed day stands and nothing is guessed. */
  readonly holidaysKnown: boolean;
  /** Whether 当月 or 上月 is meant is not printed and was concluded from the day. */
  readonly assumed: boolean;
}

const two = (value: number) => String(value).padStart(2, '0');
const iso = (year: number, month: number, day: number) => {
  const date = new Date(Date.UTC(year, month - 1, 1));
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(Math.min(day, last))}`;
};
/**
 * The announced holidays and the weekends that are worked in exchange. The data of chinese-days are read, not its functions:
 * those shift dates by a day in time zones west of Greenwich.
 */
const calendar = z
  .object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
  .parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'));
const announcedYears = new Set(Object.keys(calendar.holidays).map((date) => Number(date.slice(0, 4))));

/** Whether the holidays of a year are known: they are announced towards the end of the year before. */
export function holidaysKnown(year: number): boolean {
  return announcedYears.has(year);
}

function isWorkday(date: string): boolean {
  if (date in calendar.workdays) return true;
  if (date in calendar.holidays) return false;
  return ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

export function addDaysTo(date: string, days: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** The day itself or the next working day after it, with holidays and the working weekends in exchange for them. */
function nextWorkday(date: string): { readonly date: string; readonly known: boolean } {
  let day = date;
  for (let i = 0; i < 30; i++) {
    if (!holidaysKnown(Number(day.slice(0, 4)))) return { date, known: false };
    if (isWorkday(day)) return { date: day, known: true };
    day = addDaysTo(day, 1);
  }
  return { date, known: false };
}

/** A day of the month in the first half reports what has passed, one in the second half the month itself: common practice. */
const firstHalf = 15;
/** For quarters, half years and years: a day in the last month before the end belongs to the period itself. */
const lastMonth = 31;

function printedDue(deadline: Deadline, period: Period, offset: number): { date: string; assumed: boolean } | null {
  const { due } = deadline;
  if (due.kind === 'date') return { date: due.date, assumed: false };
  if (due.kind === 'relative') return due.date === null ? null : { date: due.date, assumed: false };
  if (due.kind !== 'recurring') return null;
  const { frequency, year } = periodParts(period);
  if (frequency !== due.frequency) return null;
  const { start, end } = periodRange(period);
  const assumed = offset === -1;
  if (due.frequency === 'weekly') {
    const weekday = due.day === null || due.day === -1 ? 7 : due.day;
    return { date: addDaysTo(start, (offset === 1 ? 7 : 0) + weekday - 1), assumed };
  }
  const day = due.day === null || due.day === -1 ? 31 : due.day;
  const candidates = [year, year + 1].flatMap((of) => monthsOf(due, day).map((month) => iso(of, month, day)));
  const after = addDaysTo(end, 1);
  const from =
    offset === 0
      ? start
      : offset === 1
        ? after
        : due.frequency === 'monthly'
          ? day <= firstHalf
            ? after
            : start
          : addDaysTo(end, -lastMonth);
  const date = candidates.find((candidate) => candidate >= from);
  return date === undefined ? null : { date, assumed };
}

/** The months in which a recurring day falls: those of its rule (BYMONTH, RFC 5545), or those that its frequency suggests. */
function monthsOf(due: Extract<Deadline['due'], { kind: 'recurring' }>, day: number): readonly number[] {
  const printed = /BYMONTH=([\d,]+)/.exec(due.rrule)?.[1];
  if (printed !== undefined) return printed.split(',').map(Number);
  if (due.month !== null) return [due.month];
  const early = day <= firstHalf;
  switch (due.frequency) {
    case 'quarterly':
      return early ? [1, 4, 7, 10] : [3, 6, 9, 12];
    case 'half-yearly':
      return early ? [1, 7] : [6, 12];
    case 'yearly':
      return early ? [1] : [12];
    default:
      return Array.from({ length: 12 }, (_, i) => i + 1);
  }
}

/** When the return of a period is due; null where the notice does not say, or says it for periods of another length. */
export function dueDate(form: Pick<FormModel, 'deadlines' | 'periodOffset'>, period: Period): DueDate | null {
  const { start } = periodRange(period);
  const candidates = form.deadlines
    .flatMap((deadline) => {
      const printed = printedDue(deadline, period, form.periodOffset);
      return printed === null ? [] : [{ ...printed, time: deadline.time }];
    })
    .sort((a, b) => a.date.localeCompare(b.date));
  // Of several fixed dates the first that does not lie before the period.
  const chosen = candidates.find(({ date }) => date >= start);
  if (chosen === undefined) return null;
  const { date, known } = nextWorkday(chosen.date);
  return { printed: chosen.date, date, time: chosen.time, holidaysKnown: known, assumed: chosen.assumed };
}

/** Holidays shift a due day by at most this many days: the longest run of days of rest so far was nine. */
const longestRest = 10;

/**
 * Whether a return came late, in Beijing time. 17日前 includes the 17th. `uncertain`: it came after the printed day, but
 * unannounced holidays might have moved that day past it.
 */
export function lateness(due: DueDate, receivedAt: string): { readonly late: boolean; readonly uncertain: boolean } {
  const beijing = new Date(new Date(receivedAt).getTime() + 8 * 3_600_000).toISOString();
  const [date, time] = [beijing.slice(0, 10), beijing.slice(11, 16)];
  const late = date > due.date || (date === due.date && due.time !== null && time > due.time.padStart(5, '0'));
  return { late, uncertain: late && !due.holidaysKnown && date <= addDaysTo(due.printed, longestRest) };
}
