import chineseDays from 'chinese-days';
import { addDays } from '../models/text/dates.ts';

/** 5 to 7 October are holidays in every announced year and working days, where they fall so, in one that is not. */
function announced(year: number): boolean {
  return ['05', '06', '07'].every((day) => !chineseDays.isWorkday(`${year}-10-${day}`));
}

/** Whether the holidays of a date's year are announced, so that its working days can be counted for sure. */
export const holidaysAnnounced = (date: string): boolean => announced(Number(date.slice(0, 4)));

/** The date after so many working days (holidays and 调休 as announced; in unannounced years Monday to Friday). */
export function addWorkingDays(from: string, amount: number): string {
  let date = from;
  for (let left = amount; left > 0; ) {
    date = addDays(date, 1);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (holidaysAnnounced(date) ? chineseDays.isWorkday(date) : weekday >= 1 && weekday <= 5) left--;
  }
  return date;
}

/**
 * Working days after `from` up to and including `to`; negative where `to` lies before; null where the holidays of a
 * year in between are not announced yet.
 */
export function countWorkingDays(from: string, to: string): number | null {
  if (!holidaysAnnounced(from) || !holidaysAnnounced(to)) return null;
  if (from > to) {
    const back = countWorkingDays(to, from);
    return back === null ? null : back === 0 ? 0 : -back;
  }
  let count = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (chineseDays.isWorkday(date)) count++;
  return count;
}
