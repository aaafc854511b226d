import { type FormCell, type FormModel, foldLabel } from '../../models/index.ts';
import { cellKey, cellText, gridCell, type SheetGrid } from './sheetGrid.ts';

/** Something about the labels of a return that is not as in its form; `key` is the cell where it is seen, null for one that is missing. */
export interface LabelIssue {
  readonly code: 'label-changed' | 'row-missing' | 'column-missing' | 'row-unknown' | 'row-moved' | 'column-moved';
  readonly key: number | null;
  readonly detail: string;
}

/** Where the cells of a form stand in a sheet. */
export interface FormMatch {
  /** Share of the form's labels that were found, 0 to 1. */
  readonly score: number;
  /** Sheet key of a cell of the form's grid; null where its row or column is not there. */
  readonly place: (cell: FormCell) => number | null;
  /** Of a list: the sheet rows that hold entries, from the first below the header. */
  readonly recordRows: readonly number[];
  /** Sheet column of a grid column. */
  readonly columnAt: (column: number) => number | null;
  /** Sheet row above which title and fields stand. */
  readonly top: number;
  /** Sheet row from which on what is beneath the grid stands. */
  readonly bottom: number;
  /** By how much the sheet's grid is shifted against the form as it was made; null where it cannot be said. */
  readonly shift: { readonly rows: number; readonly columns: number } | null;
  readonly issues: readonly LabelIssue[];
}

const noteStart = /^(注|备注|说明|填表说明|填报说明|填报要求|报送时限|本期报送|填报人|审核人|单位负责人|联系)/;

/** Rows of a list that hold entries: to the first note, to the fields beneath the list, or to the end. */
export function recordRows(
  grid: SheetGrid,
  form: FormModel,
  from: number,
  columns: readonly number[],
): readonly number[] {
  const rows: number[] = [];
  const beneath = form.fields
    .filter((field) => field.labelRange.top >= form.grid.top)
    .map((field) => foldLabel(field.label).replace(/:$/, ''));
  for (let row = from; row < grid.rowCount; row++) {
    const filled = columns.filter((column) => cellText(gridCell(grid, row, column)) !== '');
    if (filled.length === 0) continue;
    const first = cellText(gridCell(grid, row, columns[0]!));
    // A note is merged over all columns, or stands in the first alone.
    const merged =
      columns.length > 1 &&
      columns.every((column) => {
        const key = cellKey(row, column);
        return (
          (grid.covered.get(key) ?? key) === (grid.covered.get(cellKey(row, columns[0]!)) ?? cellKey(row, columns[0]!))
        );
      });
    if (merged || (filled.length === 1 && noteStart.test(first))) break;
    if (beneath.some((label) => foldLabel(first).startsWith(label))) break;
    rows.push(row);
  }
  return rows;
}
