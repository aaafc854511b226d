import type { Collection, CollectState, FormModel, Period, ReportingUnit, ReturnIssue } from '../../models/index.ts';
import { consolidate } from './consolidate.ts';
import { importReturns, type ReceivedReturn } from './importReturns.ts';
import { issueOf } from './issue.ts';
import { reportMatrix, unknownHolidays } from './reportMatrix.ts';
import { currentForms } from './tableKey.ts';

export interface CollectOptions {
  /** The period that is being collected; null or absent: each return counts for its own. */
  readonly period?: Period | null;
  /** The units that owe returns; absent: those of the state. */
  readonly units?: readonly ReportingUnit[];
  /** ISO 8601: what is due by now. */
  readonly now: string;
}

/**
 * Takes returns into what was collected before and works out where things stand: who has reported, what is wrong, what
 * the figures add up to. Returns the whole new state; `history` is not changed. Taking the same files again gives the same
 * state.
 */
export function collect(
  campaignForms: readonly FormModel[],
  returns: readonly ReceivedReturn[],
  history: CollectState,
  options: CollectOptions,
): Collection {
  const forms = mergeForms(history.forms, campaignForms);
  const begun: CollectState = { ...history, forms, units: options.units ?? history.units };
  const { state, taken, unchanged, issues } = importReturns(begun, forms, returns, options.period ?? null);
  const collected = new Set(state.returns.map((stored) => stored.period));
  if (options.period) collected.add(options.period);
  const periods = [...collected].sort();
  const holidays: ReturnIssue[] = currentForms(forms).flatMap((form) =>
    unknownHolidays(form, periods).map((period) =>
      issueOf(
        form.identity.tableTitle,
        null,
        null,
        'holidays-unknown',
        'info',
        `${period}期的报送截止日所在年份的节假日安排尚未公布，按印发的日期判断，未作顺延`,
      ),
    ),
  );
  return {
    state,
    taken,
    unchanged,
    issues: [...issues, ...holidays],
    matrix: reportMatrix(state, periods, options.now),
    consolidated: consolidate(state, options.period ? [options.period] : null),
  };
}

/** All versions of all forms, in the order in which they came; the last of a table holds. Blank of unit and period. */
export function mergeForms(known: readonly FormModel[], added: readonly FormModel[]): readonly FormModel[] {
  const id = (form: FormModel) => `${form.identity.structureHash}#${form.identity.version}`;
  const have = new Set(known.map(id));
  return [...known, ...added.filter((form) => !have.has(id(form)))];
}
