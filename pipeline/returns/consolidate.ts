import {
  type CollectState,
  type Consolidated,
  type EntryValue,
  entryCells,
  type FormCell,
  type FormModel,
  isAdditive,
  type LevelSum,
  type Period,
  periodParts,
  previousPeriod,
  type ReportingUnit,
  type StoredReturn,
} from '../../models/index.ts';
import { addExactly } from './addExactly.ts';
import { tableKey } from './tableKey.ts';

/** What of a return is added up. */
type Figures = Pick<StoredReturn, 'formHash' | 'unit' | 'period' | 'values' | 'faulty' | 'records'>;

/** What of a collection is added up. */
export interface SummedState extends Pick<CollectState, 'forms' | 'units'> {
  readonly returns: readonly Figures[];
}

/** One sum per cell; null where nobody filled it in, and for what is never added (percentages, dates, texts). */
function sumOf(cells: readonly FormCell[], returns: readonly Figures[]): readonly EntryValue[] {
  return cells.map((cell, i) => {
    if (!isAdditive(cell.entry)) return null;
    const numbers = returns.map((stored) => stored.values[i]).filter((value) => typeof value === 'number');
    return numbers.length === 0 ? null : addExactly(numbers);
  });
}

/** Adds up every form and period of a collection. `periods`: only these; all that were collected without it. */
export function consolidate(state: SummedState, periods: readonly Period[] | null = null): readonly Consolidated[] {
  const formOf = new Map(state.forms.map((form) => [form.identity.structureHash, form]));
  const groups = new Map<string, Figures[]>();
  for (const stored of state.returns) {
    const key = `${stored.formHash}\u0000${stored.period}`;
    const group = groups.get(key);
    if (group) group.push(stored);
    else groups.set(key, [stored]);
  }
  const owing = state.units.filter((unit) => unit.reports).length;
  return [...groups.values()]
    .filter(([first]) => periods === null || periods.includes(first!.period))
    .flatMap((returns) => {
      const { formHash, period } = returns[0]!;
      const form = formOf.get(formHash);
      if (form === undefined) return [];
      const cells = entryCells(form);
      const values = sumOf(cells, returns);
      return [
        {
          formHash,
          tableTitle: form.identity.tableTitle,
          period,
          expected: Math.max(owing, returns.length),
          reported: returns.length,
          values,
          notAdded: cells.flatMap((cell, i) => (isAdditive(cell.entry) ? [] : [i])),
          excluded: returns.flatMap((stored) => stored.faulty.map((cell) => ({ cell, unit: stored.unit }))),
          levels: levelSums(cells, state.units, returns),
          previous: previousOf(state, form, cells, period, values),
          yearToDate: yearToDate(state, form, cells, period),
          records: returns.flatMap((stored) => stored.records.map((record) => ({ unit: stored.unit, values: record }))),
        },
      ];
    })
    .sort((a, b) => a.period.localeCompare(b.period) || a.tableTitle.localeCompare(b.tableTitle, 'zh'));
}

/**
 * Sums of every unit that has others beneath it: its own return, if it makes one, and those of all below. Units in a circle
 * of parents count once, where the circle is first met.
 */
function levelSums(
  cells: readonly FormCell[],
  units: readonly ReportingUnit[],
  returns: readonly Figures[],
): readonly LevelSum[] {
  const children = new Map<string, ReportingUnit[]>();
  const names = new Set(units.map((unit) => unit.name));
  for (const unit of units) {
    if (unit.parent === null || !names.has(unit.parent)) continue;
    const siblings = children.get(unit.parent);
    if (siblings) siblings.push(unit);
    else children.set(unit.parent, [unit]);
  }
  const byUnit = new Map(returns.map((stored) => [stored.unit, stored]));
  const sums: LevelSum[] = [];
  const met = new Set<string>();
  const visit = (unit: ReportingUnit, depth: number): readonly ReportingUnit[] => {
    if (met.has(unit.name)) return [];
    met.add(unit.name);
    const below = children.get(unit.name) ?? [];
    const place = sums.length;
    const all = [unit, ...below.flatMap((child) => visit(child, depth + 1))];
    if (below.length > 0) {
      const own = all.flatMap((member) => byUnit.get(member.name) ?? []);
      sums.splice(place, 0, {
        unit: unit.name,
        depth,
        expected: all.filter((member) => member.reports).length,
        reported: own.length,
        values: sumOf(cells, own),
      });
    }
    return all;
  };
  for (const unit of units) if (unit.parent === null || !names.has(unit.parent)) visit(unit, 0);
  return sums;
}

/** The sums of a table for a period by cell key, over all versions of its form; null where nothing was collected. */
function sumsByKey(state: SummedState, form: FormModel, period: Period): ReadonlyMap<string, EntryValue> | null {
  const sums = new Map<string, number[]>();
  let any = false;
  for (const version of state.forms) {
    if (tableKey(version.identity) !== tableKey(form.identity)) continue;
    const returns = state.returns.filter(
      (stored) => stored.period === period && stored.formHash === version.identity.structureHash,
    );
    if (returns.length === 0) continue;
    any = true;
    const cells = entryCells(version);
    for (const [i, value] of sumOf(cells, returns).entries()) {
      const key = cells[i]!.key ?? '';
      if (typeof value === 'number') sums.set(key, [...(sums.get(key) ?? []), value]);
    }
  }
  return any ? new Map([...sums].map(([key, numbers]) => [key, addExactly(numbers)])) : null;
}

function previousOf(
  state: SummedState,
  form: FormModel,
  cells: readonly FormCell[],
  period: Period,
  values: readonly EntryValue[],
): Consolidated['previous'] {
  const before = previousPeriod(period);
  const sums = sumsByKey(state, form, before);
  if (sums === null) return null;
  const then = cells.map((cell) => sums.get(cell.key ?? '') ?? null);
  return {
    period: before,
    values: then,
    differences: values.map((value, i) => {
      const last = then[i];
      return typeof value === 'number' && typeof last === 'number' ? addExactly([value, -last]) : null;
    }),
  };
}

/** How many there are at the end of a period, not how many came in it. */
const stock = /期末|存量|现有|在册|截至|截止|结存|总数$/;

/**
 * From the first period of the year to this one: the sum of what each period reported; where figures are cumulative as they
 * stand (a whole table, or its 累计 columns), or are what is there at the end (期末), the last figures. Periods that were not collected are named, not guessed.
 */
function yearToDate(
  state: SummedState,
  form: FormModel,
  cells: readonly FormCell[],
  period: Period,
): Consolidated['yearToDate'] {
  if (!form.cumulation.yearToDate) return null;
  const now = sumsByKey(state, form, period) ?? new Map<string, EntryValue>();
  if (form.cumulation.whole) {
    const values = cells.map((cell) => now.get(cell.key ?? '') ?? null);
    return { values, periods: [period], missingPeriods: [] };
  }
  const { frequency, year } = periodParts(period);
  const earlier: Period[] = [];
  let before = previousPeriod(period);
  while (frequency !== 'yearly' && frequency !== 'daily' && periodParts(before).year === year) {
    earlier.unshift(before);
    before = previousPeriod(before);
  }
  const collected = earlier.map((of) => ({ of, sums: sumsByKey(state, form, of) }));
  // What was asked for first cannot have been missed before.
  const begun = collected.findIndex(({ sums }) => sums !== null);
  const sums = [...collected.flatMap((one) => one.sums ?? []), now];
  const cumulative = new Set(form.cumulation.pairs.map((pair) => pair.cumulative.join(',')));
  return {
    values: cells.map((cell) => {
      if (!isAdditive(cell.entry)) return null;
      const key = cell.key ?? '';
      if (cumulative.has(`${cell.row},${cell.column}`) || stock.test(key)) return now.get(key) ?? null;
      const numbers = sums.map((one) => one.get(key)).filter((value) => typeof value === 'number');
      return numbers.length === 0 ? null : addExactly(numbers);
    }),
    periods: [...collected.filter(({ sums: found }) => found !== null).map(({ of }) => of), period],
    missingPeriods: collected
      .slice(Math.max(0, begun))
      .filter(({ sums: found }) => begun >= 0 && found === null)
      .map(({ of }) => of),
  };
}

/** The sums of one table over the periods of which anything was collected: what a chart shows. */
export interface PeriodSums {
  readonly period: Period;
  readonly reported: number;
  /** In reading order of the form that holds now, whatever version was filled in. */
  readonly values: readonly EntryValue[];
}

/** `form`: the version that holds; figures of older versions are taken over where their labels are the same. */
export function sumsOverPeriods(state: SummedState, form: FormModel): readonly PeriodSums[] {
  const cells = entryCells(form);
  const versions = new Set(
    state.forms
      .filter((version) => tableKey(version.identity) === tableKey(form.identity))
      .map((version) => version.identity.structureHash),
  );
  const units = new Map<Period, Set<string>>();
  for (const { formHash, period, unit } of state.returns) {
    if (versions.has(formHash)) units.set(period, (units.get(period) ?? new Set()).add(unit));
  }
  return [...units]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([period, reporting]) => {
      const sums = sumsByKey(state, form, period) ?? new Map<string, EntryValue>();
      return { period, reported: reporting.size, values: cells.map((cell) => sums.get(cell.key ?? '') ?? null) };
    });
}
