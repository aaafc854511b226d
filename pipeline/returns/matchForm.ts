import { type FormCell, type FormModel, foldLabel } from '../../models/index.ts';
import { alignGrid } from './alignGrid.ts';
import { alignLabels } from './alignLabels.ts';
import { type FormMatch, recordRows } from './formMatch.ts';
import { cellKey, cellText, gridCell, keyColumn, keyRow, type SheetGrid } from './sheetGrid.ts';

const isLabel = (cell: FormCell) => (cell.use === 'label' || cell.use === 'printed') && cell.text !== '';

/**
 * Finds a form in a sheet by its labels: first as a block of its own (wherever it stands on the sheet), then row by row and
 * column by column, for sheets in which rows were inserted, moved or renamed. null where hardly any label is found.
 */
export function matchForm(grid: SheetGrid, form: FormModel): FormMatch | null {
  return matchBlock(grid, form) ?? (form.grid.headerRows > 0 ? alignGrid(grid, form) : alignLabels(grid, form));
}

/** All labels at one and the same distance from where the form has them. */
function matchBlock(grid: SheetGrid, form: FormModel): FormMatch | null {
  const labels = form.grid.cells.filter(isLabel).map((cell) => ({ cell, text: foldLabel(cell.text) }));
  const first = labels[0];
  if (first === undefined) return null;
  const stands = (top: number, left: number) =>
    labels.every(({ cell, text }) => foldLabel(cellText(gridCell(grid, top + cell.row, left + cell.column))) === text);
  const starts: (readonly [number, number])[] = [[form.grid.top, 0]];
  for (const [key, value] of grid.cells) {
    if (foldLabel(cellText(value)) === first.text) {
      starts.push([keyRow(key) - first.cell.row, keyColumn(key) - first.cell.column]);
    }
  }
  const found = starts.find(([top, left]) => top >= 0 && left >= 0 && stands(top, left));
  if (found === undefined) return null;
  const [top, left] = found;
  const width = form.grid.columnCount;
  const body = top + form.grid.headerRows;
  const entered = recordRows(
    grid,
    form,
    body,
    Array.from({ length: width }, (_, i) => left + i),
  );
  return {
    score: 1,
    place: (cell) => cellKey(top + cell.row, left + cell.column),
    recordRows: entered,
    bottom: form.records ? (entered.at(-1) ?? body - 1) + 1 : top + form.grid.rowCount,
    columnAt: (column) => left + column,
    top,
    shift: { rows: top - form.grid.top, columns: left },
    issues: [],
  };
}
