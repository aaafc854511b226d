import { stubLabels } from '../../extractors/tableGrid.ts';
import { splitUnit } from '../../extractors/tables.ts';
import type { Table, TableAxis, TableCell } from '../../models/index.ts';

/** A word that the reading of tables knows as a measure. */
const isUnitName = (text: string) => splitUnit(`数量（${text}）`).unit !== null;

/** The cell that covers a place of the grid, by place; spans are followed. */
export function cellLookup(table: Pick<Table, 'cells'>): (row: number, column: number) => TableCell | null {
  const covered = new Map<number, TableCell>();
  for (const cell of table.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        covered.set(row * 16384 + column, cell);
      }
    }
  }
  return (row, column) => covered.get(row * 16384 + column) ?? null;
}

/** Columns of serial numbers and codes say nothing about what stands in a row. */
const codeHead = /^(序号|编号|代码|行次|栏次|甲|乙)$/;
const unitHead = /^(计量|指标|数量|数据)?单位$/;

function axisOf(cells: readonly (TableCell | null)[]): TableAxis {
  const path: string[] = [];
  let unit: string | null = null;
  let last: TableCell | null = null;
  for (const cell of cells) {
    if (cell === null || cell === last || cell.text === '') continue;
    last = cell;
    const split = splitUnit(cell.text);
    path.push(split.label);
    unit = split.unit ?? unit;
  }
  return { path, unit };
}

/**
 * Rows and columns of a table with their label paths and units: those of the table, or worked out from its label cells
 * where it does not have one for each. `tableUnit`: what the caption says of all figures (单位：万元).
 */
export function tableAxes(
  table: Table,
  tableUnit: string | null = null,
): { readonly rows: readonly TableAxis[]; readonly columns: readonly TableAxis[] } {
  const at = cellLookup(table);
  const range = (count: number) => Array.from({ length: Math.max(0, count) }, (_, i) => i);
  const dataColumns = range(table.columnCount - table.stubColumns);
  const head = (column: number) => (table.headerRows === 0 ? '' : (at(0, column)?.text ?? ''));
  const rowAxis = (labels: readonly TableCell[]): TableAxis => {
    const unitCell = labels.find((cell) => unitHead.test(head(cell.column)) && isUnitName(cell.text));
    const worded = labels.filter(
      (cell) => cell !== unitCell && !(codeHead.test(head(cell.column)) && /^[\d.,%\s]*$/.test(cell.text)),
    );
    const axis = axisOf(worded.some((cell) => cell.text !== '') ? worded : labels);
    return { ...axis, unit: axis.unit ?? unitCell?.text ?? tableUnit };
  };
  return {
    rows:
      table.rows.length === Math.max(0, table.rowCount - table.headerRows)
        ? table.rows
        : stubLabels(table.cells, table.headerRows, table.rowCount, table.stubColumns).map(rowAxis),
    columns:
      table.columns.length === dataColumns.length
        ? table.columns
        : dataColumns.map((j) => axisOf(range(table.headerRows).map((row) => at(row, table.stubColumns + j)))),
  };
}

/**
 * The unit of each data row where it stands in a column of its own (项目 | 计量单位 | 数量) instead of in the label; null
 * where there is none.
 */
export function printedRowUnits(table: Table, isUnit: (text: string) => boolean): readonly (string | null)[] {
  const at = cellLookup(table);
  let column = -1;
  for (let c = 0; c < table.columnCount && column < 0; c++) {
    const head = table.headerRows > 0 ? at(table.headerRows - 1, c) : null;
    if (head && unitHead.test(head.text.replace(/\s+/g, ''))) column = c;
  }
  return Array.from({ length: Math.max(0, table.rowCount - table.headerRows) }, (_, i) => {
    const text = column < 0 ? '' : (at(table.headerRows + i, column)?.text.trim() ?? '');
    return text !== '' && isUnit(text) ? text : null;
  });
}
