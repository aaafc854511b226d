import { entryCells } from '../../../models/entryCells.ts';
import type { EntryValue, FormModel } from '../../../models/index.ts';
import { TableGrid } from '../parts/tableGrid.tsx';

/** A form with figures in its cells. `faulty` and `skipped`: indices of values that could not be taken, or are never added. */
export function FilledGrid({
  form,
  values,
  faulty = [],
  skipped = [],
  skippedText = '不汇总',
}: {
  readonly form: FormModel;
  readonly values: readonly EntryValue[];
  readonly faulty?: readonly number[];
  readonly skipped?: readonly number[];
  readonly skippedText?: string;
}) {
  const index = new Map(entryCells(form).map((cell, i) => [cell, i]));
  const [bad, out] = [new Set(faulty), new Set(skipped)];
  const cells = form.grid.cells.map((cell) => {
    const i = index.get(cell);
    if (i === undefined) return cell;
    const value = values[i] ?? null;
    const text = value === null ? (bad.has(i) ? '待更正' : out.has(i) ? skippedText : '') : figure(value);
    const className = bad.has(i) ? 'value-faulty' : out.has(i) ? 'value-skipped' : 'value';
    return { ...cell, text, className };
  });
  return <TableGrid caption={null} rowCount={form.grid.rowCount} cells={cells} />;
}

/** 12,345.6 */
export function figure(value: EntryValue): string {
  return typeof value === 'number' ? value.toLocaleString('zh-CN', { maximumFractionDigits: 6 }) : (value ?? '');
}

/** Row and column labels of a cell, for people: 检查单位数量 · 餐饮单位 */
export function labelOf(key: string | null): string {
  return (key ?? '').replaceAll('|', ' · ');
}
