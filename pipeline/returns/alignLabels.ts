import { type FormCell, type FormModel, foldLabel } from '../../models/index.ts';
import { formLookup } from './formLabels.ts';
import type { FormMatch, LabelIssue } from './formMatch.ts';
import { cellKey, cellText, keyColumn, keyRow, type SheetGrid } from './sheetGrid.ts';

/**
 * Matches a form of labels and blanks (报名表) without a header: every blank stands to the right of its label, or below it,
 * wherever the label now is.
 */
export function alignLabels(grid: SheetGrid, form: FormModel): FormMatch | null {
  const at = formLookup(form);
  const labels = form.grid.cells.filter((cell) => cell.use === 'label' && cell.text !== '');
  const places = new Map<string, number[]>();
  for (const [key, cell] of [...grid.cells].sort(([a], [b]) => a - b)) {
    const text = foldLabel(cellText(cell));
    places.set(text, [...(places.get(text) ?? []), key]);
  }
  const found = new Map<FormCell, number>();
  for (const label of labels) {
    const key = places.get(foldLabel(label.text))?.shift();
    if (key !== undefined) found.set(label, key);
  }
  const score = labels.length === 0 ? 0 : found.size / labels.length;
  if (score < 0.5) return null;
  const issues: LabelIssue[] = labels
    .filter((label) => !found.has(label))
    .map((label) => ({ code: 'row-missing', key: null, detail: `缺少“${label.text}”` }));

  const place = (cell: FormCell): number | null => {
    for (let column = cell.column - 1; column >= 0; column--) {
      const label = at(cell.row, column);
      const key = label === null ? undefined : found.get(label);
      if (label === null || key === undefined) continue;
      // The first cell right of the label's own merged cell, and as much further as in the form.
      let right = keyColumn(key);
      while (grid.covered.get(cellKey(keyRow(key), right + 1)) === key) right++;
      const row = keyRow(key) + (cell.row - label.row);
      const target = cellKey(row, right + 1 + (cell.column - label.column - label.columnSpan));
      return grid.covered.get(target) ?? target;
    }
    for (let row = cell.row - 1; row >= 0; row--) {
      const label = at(row, cell.column);
      const key = label === null ? undefined : found.get(label);
      if (label !== null && key !== undefined) {
        return cellKey(keyRow(key) + (cell.row - label.row), keyColumn(key) + (cell.column - label.column));
      }
    }
    return null;
  };
  const first = Math.min(...[...found.values()].map(keyRow));
  const entries = form.grid.cells.map((cell) => (cell.use === 'open' ? place(cell) : (found.get(cell) ?? null)));
  return {
    score,
    place,
    recordRows: [],
    columnAt: () => null,
    top: first,
    bottom: Math.max(...entries.map((key) => (key === null ? first : keyRow(key)))) + 1,
    shift: null,
    issues,
  };
}
