import type { Table, TableAxis, TableCell } from '../../models/index.ts';

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

const unitSuffix = /[（(](?:单位[：:])?([^（）()]{1,10})[）)]$/;
const notUnit = /(盖章|签字|签名|选填|必填|可附|附后|全称|公章|是|否|其中|含|不含|注|见|如)/;

/** 罚没款金额（万元） → 罚没款金额, 万元 */
function splitUnit(label: string): { readonly label: string; readonly unit: string | null } {
  const found = unitSuffix.exec(label);
  if (!found || notUnit.test(found[1]!)) return { label, unit: null };
  return { label: label.slice(0, found.index), unit: found[1]! };
}

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
 * where it does not have one for each.
 */
export function tableAxes(table: Table): {
  readonly rows: readonly TableAxis[];
  readonly columns: readonly TableAxis[];
} {
  const at = cellLookup(table);
  const range = (count: number) => Array.from({ length: Math.max(0, count) }, (_, i) => i);
  const dataRows = range(table.rowCount - table.headerRows);
  const dataColumns = range(table.columnCount - table.stubColumns);
  const rows =
    table.rows.length === dataRows.length
      ? table.rows
      : dataRows.map((i) => axisOf(range(table.stubColumns).map((column) => at(table.headerRows + i, column))));
  const columns =
    table.columns.length === dataColumns.length
      ? table.columns
      : dataColumns.map((j) => axisOf(range(table.headerRows).map((row) => at(row, table.stubColumns + j))));
  return { rows, columns };
}

const unitColumn = /^(计量|数量|数据)?单位$/;

/**
 * The unit of each data row where it stands in a column of its own (项目 | 计量单位 | 数量) instead of in the label; null
 * where there is none.
 */
export function printedRowUnits(table: Table, isUnit: (text: string) => boolean): readonly (string | null)[] {
  const at = cellLookup(table);
  let column = -1;
  for (let c = 0; c < table.columnCount && column < 0; c++) {
    const head = table.headerRows > 0 ? at(table.headerRows - 1, c) : null;
    if (head && unitColumn.test(head.text.replace(/\s+/g, ''))) column = c;
  }
  return Array.from({ length: Math.max(0, table.rowCount - table.headerRows) }, (_, i) => {
    const text = column < 0 ? '' : (at(table.headerRows + i, column)?.text.trim() ?? '');
    return text !== '' && isUnit(text) ? text : null;
  });
}
