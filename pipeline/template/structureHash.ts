import { createHash } from 'node:crypto';
import { foldLabel, type Table } from '../../models/index.ts';

/**
 * SHA-256 (hex) over grid, spans, roles and labels: two forms with the same hash take the same figures in the same
 * places. Width, white space and the title (which changes with the period) do not count.
 */
export function structureHash(table: Table): string {
  const cells = [...table.cells]
    .sort((a, b) => a.row - b.row || a.column - b.column)
    .map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cell.role, foldLabel(cell.text)]);
  const structure = [table.rowCount, table.columnCount, table.headerRows, table.stubColumns, cells];
  return createHash('sha256').update(JSON.stringify(structure)).digest('hex');
}
