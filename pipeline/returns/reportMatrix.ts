import type { CollectState, FormModel, MatrixEntry, Period, ReportStatus, StoredReturn } from '../../models/index.ts';
import { dueDate, lateness } from './dueDate.ts';
import { currentForms, tableKey } from './tableKey.ts';

/** What of a collection tells who has reported: no figures. */
export interface ReportedState extends Pick<CollectState, 'forms' | 'units' | 'rejected'> {
  readonly returns: readonly Pick<StoredReturn, 'formHash' | 'unit' | 'period' | 'firstReceivedAt' | 'faulty'>[];
}

/**
 * Form × unit × period: who has reported, who is late, who has not reported, who sent an old version. `now` (ISO 8601) tells
 * what is due by now. Without a list of units only those that sent something are known.
 */
export function reportMatrix(state: ReportedState, periods: readonly Period[], now: string): readonly MatrixEntry[] {
  return currentForms(state.forms).flatMap((form) => {
    const versions = new Set(
      state.forms
        .filter((version) => tableKey(version.identity) === tableKey(form.identity))
        .map((version) => version.identity.structureHash),
    );
    const returns = state.returns.filter((stored) => versions.has(stored.formHash));
    const rejected = state.rejected.filter((back) => back.formHash !== null && versions.has(back.formHash));
    const listed = state.units.filter((unit) => unit.reports).map((unit) => unit.name);
    const seen = [...returns, ...rejected].flatMap((one) => one.unit ?? []);
    const units = [...new Set([...listed, ...seen])];
    const returnOf = new Map(returns.map((stored) => [`${stored.unit}\u0000${stored.period}`, stored]));
    const rejectedOf = new Map(rejected.map((back) => [`${back.unit}\u0000${back.period}`, back]));
    return periods.flatMap((period) => {
      const due = dueDate(form, period);
      return units.map((unit): MatrixEntry => {
        const stored = returnOf.get(`${unit}\u0000${period}`);
        const back = rejectedOf.get(`${unit}\u0000${period}`);
        const judged = due === null ? null : lateness(due, stored?.firstReceivedAt ?? now);
        const status = ((): ReportStatus => {
          if (stored) return judged === null ? 'received' : judged.late ? 'late' : 'on-time';
          if (back) return back.codes.includes('stale-version') ? 'old-version' : 'rejected';
          return judged !== null && !judged.late ? 'pending' : 'missing';
        })();
        return {
          formHash: form.identity.structureHash,
          tableTitle: form.identity.tableTitle,
          unit,
          period,
          status,
          printedDue: due?.printed ?? null,
          due: due?.date ?? null,
          receivedAt: stored?.firstReceivedAt ?? null,
          uncertain: (status === 'late' || status === 'missing') && (judged?.uncertain ?? false),
          assumed: due?.assumed ?? false,
          faulty: stored?.faulty.length ?? 0,
        };
      });
    });
  });
}

/** Periods for which the due day could not be moved to a working day, because holidays were not announced yet. */
export function unknownHolidays(form: FormModel, periods: readonly Period[]): readonly Period[] {
  return periods.filter((period) => dueDate(form, period)?.holidaysKnown === false);
}
