import { type EntryValue, entryCells, type FormCell, type FormModel, type ReturnIssue } from '../../models/index.ts';
import { addExactly } from './addExactly.ts';
import type { FormMatch } from './formMatch.ts';
import type { IssueMaker } from './issue.ts';
import { type Entry, parseEntry } from './parseEntry.ts';
import { cellKey, cellText, gridCell, keyAddress, keyColumn, keyRow, type SheetGrid } from './sheetGrid.ts';

export interface ReadValues {
  readonly values: readonly EntryValue[];
  readonly cells: readonly (string | null)[];
  readonly faulty: readonly number[];
  readonly issues: readonly ReturnIssue[];
}

/** Reads every open cell and every total under its rule, recomputes totals, and checks relations between cells. */
export function readValues(grid: SheetGrid, form: FormModel, match: FormMatch, issue: IssueMaker): ReadValues {
  const entries = entryCells(form);
  const index = new Map(entries.map((cell, i) => [`${cell.row},${cell.column}`, i]));
  const keys = entries.map((cell) => match.place(cell));
  const values: EntryValue[] = [];
  const faulty = new Set<number>();
  const issues: ReturnIssue[] = [];
  const name = (cell: FormCell) => `“${cell.key ?? ''}”`;
  const totals = new Map(form.totals.map((total) => [index.get(total.place.join(','))!, total.parts]));

  for (const [i, cell] of entries.entries()) {
    const key = keys[i]!;
    const found = key === null ? null : gridCell(grid, keyRow(key), keyColumn(key));
    const entry: Entry =
      // A formula that the program did not work out before saving, or worked out before the last change: ours holds.
      totals.has(i) && found?.formula
        ? { value: null, fault: null, adapted: false }
        : parseEntry(found, cell.entry!, cell.text);
    if (key === null) faulty.add(i);
    if (entry.fault !== null) {
      faulty.add(i);
      issues.push(issue(entry.fault.code, 'error', key, `${name(cell)}${entry.fault.message}`));
    } else if (entry.adapted && key !== null) {
      const read = entry.value === null ? '未填' : String(entry.value);
      issues.push(issue('number-adapted', 'info', key, `${name(cell)}填写为“${cellText(found)}”，按“${read}”计`));
    }
    if (found?.formula && cell.entry!.type === 'text') {
      issues.push(issue('formula-in-text', 'warning', key, `${name(cell)}应填文字，却是公式，只取其显示的内容`));
    }
    values.push(entry.value);
  }

  const settle = (i: number, seen: ReadonlySet<number>): EntryValue => {
    const parts = totals.get(i);
    if (parts === undefined || seen.has(i)) return values[i] ?? null;
    const path = new Set([...seen, i]);
    const members = parts.map((place) => index.get(place.join(','))!);
    const sums = members.map((member) => settle(member, path));
    totals.delete(i);
    const numbers = sums.filter((value) => typeof value === 'number');
    if (members.some((member) => faulty.has(member))) {
      // Which figure is meant cannot be said before the part is corrected; what is added up is what the good parts say.
      faulty.add(i);
      values[i] = numbers.length === 0 ? null : addExactly(numbers);
      return values[i];
    }
    const given = values[i] ?? null;
    if (numbers.length === 0) {
      if (typeof given === 'number' && given !== 0) {
        issues.push(
          issue('total-without-parts', 'warning', keys[i]!, `${name(entries[i]!)}填了合计${given}，组成项均未填`),
        );
      }
      return given;
    }
    const sum = addExactly(numbers);
    if (typeof given === 'number' && Math.abs(given - sum) > 1e-6) {
      issues.push(issue('total-mismatch', 'error', keys[i]!, `${name(entries[i]!)}填写${given}，各组成项之和为${sum}`));
      faulty.add(i);
      values[i] = sum;
      return sum;
    }
    if (!faulty.has(i)) values[i] = sum;
    return values[i] ?? null;
  };
  for (const i of [...totals.keys()]) settle(i, new Set());

  for (const check of form.checks) {
    const i = index.get(check.place.join(','))!;
    const limit = index.get(check.atMost.join(','))!;
    const [value, most] = [values[i], values[limit]];
    // A total without its faulty parts is smaller than what was meant; it is held against nothing.
    if (faulty.has(i) || faulty.has(limit)) continue;
    if (typeof value === 'number' && typeof most === 'number' && value > most) {
      const other = keys[limit] === null ? '' : `（${keyAddress(keys[limit]!)}）`;
      issues.push(issue('check-failed', check.severity, keys[i]!, `${check.rule}：填写${value}，大于${most}${other}`));
    }
  }
  for (const { current, cumulative } of form.cumulation.pairs) {
    const i = index.get(cumulative.join(','))!;
    const part = index.get(current.join(','))!;
    if (faulty.has(i) || faulty.has(part)) continue;
    const [now, sum] = [values[part], values[i]];
    if (typeof now === 'number' && typeof sum === 'number' && now > sum) {
      issues.push(issue('cumulative-less', 'error', keys[i]!, `${name(entries[i]!)}累计数${sum}小于本期数${now}`));
    }
  }
  for (const cell of form.grid.cells) {
    if (cell.use !== 'not-applicable') continue;
    const key = match.place(cell);
    const text = key === null ? '' : cellText(gridCell(grid, keyRow(key), keyColumn(key))).trim();
    if (text !== '' && text !== cell.text && !/^[-—–/\\、.·]*$/.test(text)) {
      issues.push(
        issue(
          'not-applicable-filled',
          'error',
          key,
          `此格不适用（原表为“${cell.text}”），却填写了“${text.slice(0, 30)}”`,
        ),
      );
    }
  }
  return {
    values,
    cells: keys.map((key) => (key === null ? null : keyAddress(key))),
    faulty: [...faulty].sort((a, b) => a - b),
    issues,
  };
}

/** Rows of a list: every column under the rule of the form's first entry row; rows without any value are left out. */
export function readRecords(
  grid: SheetGrid,
  form: FormModel,
  match: FormMatch,
  issue: IssueMaker,
): { readonly records: readonly (readonly EntryValue[])[]; readonly issues: readonly ReturnIssue[] } {
  const issues: ReturnIssue[] = [];
  if (!form.records) return { records: [], issues };
  const open = entryCells(form);
  const firstRow = Math.min(...open.map((cell) => cell.row));
  const columns = open.filter((cell) => cell.row === firstRow);
  const records = match.recordRows.flatMap((row) => {
    const values = columns.map((cell) => {
      const column = match.columnAt(cell.column);
      const found = column === null ? null : gridCell(grid, row, column);
      const entry = parseEntry(found, cell.entry!, cell.text);
      if (entry.fault !== null) {
        const key = column === null ? null : cellKey(row, column);
        issues.push(issue(entry.fault.code, 'error', key, `“${cell.key ?? ''}”${entry.fault.message}`));
      }
      return entry.value;
    });
    const serialOnly = columns.every((cell, i) => values[i] === null || /^序号$/.test(cell.key ?? ''));
    return serialOnly ? [] : [values];
  });
  return { records, issues };
}
