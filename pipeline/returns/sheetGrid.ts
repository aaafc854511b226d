import { cellAddress } from '../../models/index.ts';

/** A sheet of a returned file, whatever the format: what its cells hold, not how they look. Rows and columns from 0. */
export interface SheetGrid {
  readonly name: string;
  readonly hidden: boolean;
  /** One past the last row and column that hold something. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** By `cellKey`; cells without value are not in it. */
  readonly cells: ReadonlyMap<number, GridCell>;
  /** Cells that a merged cell covers, other than its top left one, by key; the value is the key of the top left one. */
  readonly covered: ReadonlyMap<number, number>;
}

export interface GridCell {
  /** Dates as YYYY-MM-DD; errors as Excel shows them (#REF!). */
  readonly value: string | number | boolean;
  readonly type: 'number' | 'text' | 'boolean' | 'date' | 'error';
  /** The number is shown as a percentage: 0.85 stands as 85%. */
  readonly percent: boolean;
  /** The value was worked out by a formula. */
  readonly formula: boolean;
}

/** Excel has 16,384 columns. */
export const cellKey = (row: number, column: number): number => row * 16384 + column;
export const keyRow = (key: number): number => Math.floor(key / 16384);
export const keyColumn = (key: number): number => key % 16384;
export const keyAddress = (key: number): string => cellAddress(keyRow(key), keyColumn(key));

/** The cell at a place; that of the merged cell which covers it. */
export function gridCell(grid: SheetGrid, row: number, column: number): GridCell | null {
  const key = cellKey(row, column);
  return grid.cells.get(grid.covered.get(key) ?? key) ?? null;
}

/** The text of a cell as a person reads it; empty for none. */
export function cellText(cell: GridCell | null): string {
  if (cell === null) return '';
  if (typeof cell.value === 'boolean') return cell.value ? 'TRUE' : 'FALSE';
  return String(cell.value);
}
