import { csvText, decodeCsv, parseUnits, type ReportingUnit } from '../../models/index.ts';
import { readXlsx } from './readXlsx.ts';
import { cellText, gridCell } from './sheetGrid.ts';

/** Units from a list in CSV (UTF-8 or GB 18030), text, or the first sheet of an .xlsx workbook; see `parseUnits`. */
export async function readUnits(bytes: Uint8Array, fileName: string): Promise<readonly ReportingUnit[]> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return parseUnits(decodeCsv(bytes));
  const grid = (await readXlsx(bytes, fileName)).find((sheet) => !sheet.hidden);
  if (grid === undefined) return [];
  const rows = Array.from({ length: grid.rowCount }, (_, row) =>
    Array.from({ length: grid.columnCount }, (_, column) => cellText(gridCell(grid, row, column))),
  );
  return parseUnits(csvText(rows));
}
