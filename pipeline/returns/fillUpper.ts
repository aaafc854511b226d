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

const money: Readonly<Record<string, number>> = { 元: 1, 百元: 1e2, 千元: 1e3, 万元: 1e4, 百万元: 1e6, 亿元: 1e8 };

/** By what a figure in one measure is multiplied to be in another; null where they do not measure the same. */
function conversion(from: string | null, to: string | null): number | null {
  if (from === to || from === null || to === null) return 1;
  const [a, b] = [money[from], money[to]];
  return a !== undefined && b !== undefined ? a / b : null;
}

/**
 * Fills an upper level's form from our consolidated figures by a mapping of data rows and data columns (left: the upper
 * form, right: ours). Several of ours are added into one of theirs; one of ours for several of theirs cannot be divided.
 * `values`: of our form's open and total cells, in reading order.
 */
export function fillUpper(
  upper: FormModel,
  ours: FormModel,
  values: readonly EntryValue[],
  mapping: TableMapping,
): UpperForm {
  const cells = entryCells(upper);
  const ourCells = entryCells(ours);
  const ourValue = new Map(ourCells.map((cell, i) => [cell, values[i] ?? null]));
  const at = formLookup(ours);
  const result: EntryValue[] = cells.map(() => null);
  const unfilled: UpperForm['unfilled'][number][] = [];
  const totals = new Map(upper.totals.map((total) => [total.place.join(','), total.parts]));

  for (const [i, cell] of cells.entries()) {
    if (totals.has(`${cell.row},${cell.column}`)) continue;
    const miss = (reason: UpperForm['unfilled'][number]['reason'], message: string) =>
      unfilled.push({ cell: i, key: cell.key ?? '', reason, message: `“${cell.key ?? ''}”：${message}` });
    const rows = mapping.rows.find((pair) => pair.left.includes(cell.row - upper.grid.headerRows));
    const columns = mapping.columns.find((pair) => pair.left.includes(cell.column - upper.grid.stubColumns));
    if (!rows || !columns || rows.right.length === 0 || columns.right.length === 0) {
      miss('no-counterpart', `本级表没有对应的${!rows || rows.right.length === 0 ? '行' : '列'}`);
      continue;
    }
    if (rows.left.length > 1 || columns.left.length > 1) {
      miss('ours-coarser', '本级表把上级的几项合为一项，无法拆分');
      continue;
    }
    const sources = [
      ...new Set(
        rows.right.flatMap((row) =>
          columns.right.map((column) => at(ours.grid.headerRows + row, ours.grid.stubColumns + column)),
        ),
      ),
    ].filter((source): source is FormCell => source !== null && ourValue.has(source));
    if (sources.length === 0) {
      miss('no-counterpart', '本级表的对应格不适用');
      continue;
    }
    if (sources.length > 1 && !sources.every((source) => isAdditive(source.entry))) {
      miss('not-added', '比率、日期和文字不能相加');
      continue;
    }
    const factors = sources.map((source) => conversion(source.entry!.unit, cell.entry!.unit));
    if (factors.includes(null)) {
      miss('unit-differs', `计量单位不同（本级“${sources[0]!.entry!.unit}”，上级“${cell.entry!.unit}”）`);
      continue;
    }
    const found = sources.map((source) => ourValue.get(source) ?? null);
    if (found.every((value) => value === null)) {
      miss('nothing-reported', isAdditive(sources[0]!.entry) ? '没有收到数据' : '此项不作汇总，请自行填写');
      continue;
    }
    const single = found.length === 1 && typeof found[0] === 'string' ? found[0] : null;
    result[i] =
      single ??
      addExactly(
        found.flatMap((value, k) => (typeof value === 'number' ? [Number((value * factors[k]!).toPrecision(15))] : [])),
      );
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
