import {
  type EntryValue,
  entryCells,
  type FormCell,
  type FormModel,
  isAdditive,
  type TableMapping,
  type UpperForm,
} from '../../models/index.ts';
import { addExactly } from './addExactly.ts';
import { formLookup } from './formLabels.ts';

/** Why a row or column of theirs has no figures of ours. */
const reasonOf = { absent: 'no-counterpart', merged: 'ours-coarser', unit: 'unit-differs' } as const;

/**
 * Fills an upper level's form from our consolidated figures: several of ours are added into one of theirs; what ours draws
 * together cannot be divided again and is named. `values`: of our form's open and total cells, in reading order.
 */
export function fillUpper(
  upper: FormModel,
  ours: FormModel,
  values: readonly EntryValue[],
  mapping: TableMapping,
): UpperForm {
  const cells = entryCells(upper);
  const ourValue = new Map(entryCells(ours).map((cell, i) => [cell, values[i] ?? null]));
  const at = formLookup(ours);
  const result: EntryValue[] = cells.map(() => null);
  const unfilled: UpperForm['unfilled'][number][] = [];
  const totals = new Map(upper.totals.map((total) => [total.place.join(','), total.parts]));
  const missingOf = (axis: 'row' | 'column', path: readonly string[] | undefined) =>
    mapping.missing.find((one) => one.axis === axis && one.path.join('\u0000') === path?.join('\u0000'));

  for (const [i, cell] of cells.entries()) {
    if (totals.has(`${cell.row},${cell.column}`)) continue;
    const miss = (reason: UpperForm['unfilled'][number]['reason'], message: string) =>
      unfilled.push({ cell: i, key: cell.key ?? '', reason, message: `“${cell.key ?? ''}”：${message}` });
    const row = cell.row - upper.grid.headerRows;
    const column = cell.column - upper.grid.stubColumns;
    const rows = mapping.rows.sources.find((source) => source.upper === row);
    const columns = mapping.columns.sources.find((source) => source.upper === column);
    if (!rows || !columns || rows.lower.length === 0 || columns.lower.length === 0) {
      const missing = missingOf('row', upper.rows[row]?.path) ?? missingOf('column', upper.columns[column]?.path);
      miss(
        missing ? reasonOf[missing.reason] : 'no-counterpart',
        missing?.message.replace(/。$/, '') ?? '本级表没有对应的行列',
      );
      continue;
    }
    if (rows.zero || columns.zero) {
      result[i] = isAdditive(cell.entry) ? 0 : null;
      if (result[i] === null) miss('nothing-reported', '本级没有此类事项');
      continue;
    }
    const [ourRows, ourColumns] = mapping.transposed ? [columns.lower, rows.lower] : [rows.lower, columns.lower];
    const places = ourRows.flatMap((r) =>
      ourColumns.map((c) => at(ours.grid.headerRows + r, ours.grid.stubColumns + c)),
    );
    const sources = [...new Set(places)].filter((source) => source !== null).filter((source) => ourValue.has(source));
    if (sources.length === 0) {
      miss('no-counterpart', '本级表的对应格不适用');
      continue;
    }
    if (sources.length > 1 && !sources.every((source) => isAdditive(source.entry))) {
      miss('not-added', '比率、日期和文字不能相加');
      continue;
    }
    const found = sources.map((source) => ourValue.get(source) ?? null);
    if (found.every((value) => value === null)) {
      miss('nothing-reported', isAdditive(sources[0]!.entry) ? '没有收到数据' : '此项不作汇总，请自行填写');
      continue;
    }
    const factor = rows.factor * columns.factor;
    const text = found.length === 1 && typeof found[0] === 'string' ? found[0] : null;
    const numbers = found.filter((value) => typeof value === 'number');
    result[i] = text ?? Number((addExactly(numbers) * factor).toPrecision(15));
  }
  return { values: withTotals(upper, cells, result, totals), unfilled };
}

/** Totals of the upper form are what its own parts add up to. */
function withTotals(
  form: FormModel,
  cells: readonly FormCell[],
  values: EntryValue[],
  totals: ReadonlyMap<string, FormModel['totals'][number]['parts']>,
): readonly EntryValue[] {
  const index = new Map(cells.map((cell, i) => [`${cell.row},${cell.column}`, i]));
  const settle = (place: string, depth: number): EntryValue => {
    const parts = totals.get(place);
    const i = index.get(place)!;
    if (parts === undefined || depth > form.totals.length) return values[i] ?? null;
    const numbers = parts.map((part) => settle(part.join(','), depth + 1)).filter((value) => typeof value === 'number');
    values[i] = numbers.length === 0 ? null : addExactly(numbers);
    return values[i];
  };
  for (const place of totals.keys()) settle(place, 0);
  return values;
}
