import { type FormModel, type Period, periodOn, previousPeriod } from '../../models/index.ts';

/** Periods that one board shows at most: two years of months. */
const most = 24;

/**
 * The periods for which a form is owed from one day (成文日期) to another (today, or the end of the campaign), oldest first;
 * of a form that is owed on fixed days those days. Empty where the notice does not say when it is owed.
 */
export function expectedPeriods(form: Pick<FormModel, 'deadlines'>, from: string, to: string): readonly Period[] {
  const fixed = form.deadlines.flatMap(({ due }) => (due.kind === 'date' ? [due.date] : []));
  const recurring = form.deadlines.flatMap(({ due }) => (due.kind === 'recurring' ? [due.frequency] : []));
  const [frequency] = recurring;
  if (frequency === undefined) return [...new Set(fixed)].sort();
  const first = periodOn(frequency, from);
  const periods: Period[] = [];
  for (
    let period = periodOn(frequency, to);
    period >= first && periods.length < most;
    period = previousPeriod(period)
  ) {
    periods.unshift(period);
  }
  return periods;
}
