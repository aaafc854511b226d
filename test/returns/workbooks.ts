import ExcelJS from 'exceljs';
import { type EntryValue, entryCells, type FormModel, identitySheet, type SheetRange } from '../../models/index.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';

/** A small generator of numbers that repeat (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Values that break no rule: counts fall from row to row of a check, totals add up. In reading order, totals worked out. */
export function goodValues(form: FormModel, random: () => number): EntryValue[] {
  const cells = entryCells(form);
  const index = new Map(cells.map((cell, i) => [`${cell.row},${cell.column}`, i]));
  const totals = new Set(form.totals.map((total) => index.get(total.place.join(','))!));
  const values = cells.map((cell, i): EntryValue => {
    if (totals.has(i)) return null;
    const numbers = {
      whole: 1 + Math.floor(random() * 500),
      decimal: Math.round(random() * 100000) / 100,
      percent: Math.round(random() * 1000) / 10,
    };
    const texts = {
      date: `2025-06-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      choice: '是',
      text: random() < 0.5 ? '已整改' : null,
    };
    return { ...numbers, ...texts }[cell.entry!.type];
  });
  for (const { current, cumulative } of form.cumulation.pairs) {
    const [now, sum] = [index.get(current.join(','))!, index.get(cumulative.join(','))!];
    if (!totals.has(sum)) values[sum] = Number(values[now]) + Math.floor(random() * 100);
  }
  for (let pass = 0; pass < 4; pass++) {
    for (const { place, atMost } of form.checks) {
      const [lesser, greater] = [index.get(place.join(','))!, index.get(atMost.join(','))!];
      if (totals.has(lesser) || totals.has(greater)) continue;
      if (Number(values[lesser]) > Number(values[greater])) values[lesser] = values[greater]!;
    }
  }
  return withTotals(form, values);
}

export function withTotals(form: FormModel, values: readonly EntryValue[]): EntryValue[] {
  const index = new Map(entryCells(form).map((cell, i) => [`${cell.row},${cell.column}`, i]));
  const settled = [...values];
  for (let pass = 0; pass < 3; pass++) {
    for (const { place, parts } of form.totals) {
      const numbers = parts.map((part) => settled[index.get(part.join(','))!]).filter((v) => typeof v === 'number');
      // Cents, so that an independent sum has no dust either.
      const cents = numbers.reduce((sum, value) => sum + Math.round(value * 100), 0);
      settled[index.get(place.join(','))!] = numbers.length === 0 ? null : cents / 100;
    }
  }
  return settled;
}

export async function filled(form: FormModel, values: readonly EntryValue[]): Promise<Uint8Array> {
  return renderXlsx([form], [values]);
}

export interface Rewrite {
  /** Rows put in before this sheet row (from 0). */
  readonly insertedAt?: readonly number[];
  /** Pairs of sheet rows (from 0) whose contents change places. */
  readonly swapped?: readonly (readonly [number, number])[];
  readonly removedRow?: number;
  /** The hidden sheet is not saved with it. */
  readonly loseIdentity?: boolean;
  /** Merged cells become single ones. */
  readonly loseMerges?: boolean;
  /** Values put in, by A1 address after everything else; null empties a cell. */
  readonly set?: Readonly<Record<string, ExcelJS.CellValue>>;
}

/** The values as another program might save them: texts, numbers and merges alone, without styles, rules and formulas. */
export async function savedElsewhere(
  form: FormModel,
  values: readonly EntryValue[],
  change: Rewrite,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(form.sheetName);
  /** Sheet row after the change; null for a removed one. Rows of a changed pair keep their merges: both are single. */
  const place = (row: number): number | null => {
    let at = row;
    for (const [a, b] of change.swapped ?? []) at = at === a ? b : at === b ? a : at;
    if (change.removedRow === at) return null;
    if (change.removedRow !== undefined && at > change.removedRow) at--;
    return at + (change.insertedAt ?? []).filter((inserted) => inserted <= row).length;
  };
  const put = (range: SheetRange, value: ExcelJS.CellValue) => {
    const rows = Array.from({ length: range.bottom - range.top + 1 }, (_, i) => place(range.top + i));
    const left = rows.filter((row) => row !== null);
    if (left.length === 0) return;
    const top = Math.min(...left);
    const bottom = Math.max(...left);
    if (!change.loseMerges && (bottom > top || range.right > range.left)) {
      sheet.mergeCells(top + 1, range.left + 1, bottom + 1, range.right + 1);
    }
    if (value !== null) sheet.getCell(top + 1, range.left + 1).value = value;
  };
  put(form.titleRange, form.title);
  for (const line of form.lines) put(line.range, line.text);
  for (const field of form.fields) {
    put(field.labelRange, field.label);
    put(field.valueRange, field.value);
  }
  const valueByCell = new Map(entryCells(form).map((cell, i) => [cell, values[i] ?? null]));
  for (const cell of form.grid.cells) {
    const top = form.grid.top + cell.row;
    put(
      { top, left: cell.column, bottom: top + cell.rowSpan - 1, right: cell.column + cell.columnSpan - 1 },
      valueByCell.get(cell) ?? (cell.text === '' ? null : cell.text),
    );
  }
  for (const [address, value] of Object.entries(change.set ?? {})) sheet.getCell(address).value = value;
  if (!change.loseIdentity) {
    const hidden = workbook.addWorksheet(identitySheet.name, { state: 'veryHidden' });
    const identity: Readonly<Record<string, string | number | null>> = {
      ...form.identity,
      sheet: form.sheetName,
      addedRows: 0,
    };
    hidden.addRow([identitySheet.mark, 1]);
    hidden.addRow([...identitySheet.columns]);
    hidden.addRow(identitySheet.columns.map((name) => identity[name] ?? null));
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
