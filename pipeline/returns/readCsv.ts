import { decodeCsv, HongtouError, parseCsv, readLimits, unguardText } from '../../models/index.ts';
import { cellKey, type GridCell, type SheetGrid } from './sheetGrid.ts';

/**
 * A CSV file as a sheet: every value a text, as it was written; UTF-8, UTF-16 or GB 18030. The apostrophe that our own files
 * put before a text that looks like a formula is taken off again. Throws FILE_TOO_LARGE, NOT_TEXT.
 */
export function readCsv(bytes: Uint8Array, fileName: string): SheetGrid {
  if (bytes.length > readLimits.textBytes) {
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: bytes.length, limit: readLimits.textBytes });
  }
  const text = decodeCsv(bytes);
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) throw new HongtouError('NOT_TEXT', { fileName });
  const cells = new Map<number, GridCell>();
  const rows = parseCsv(text);
  let columnCount = 0;
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      if (value.trim() === '') continue;
      columnCount = Math.max(columnCount, column + 1);
      cells.set(cellKey(row, column), {
        value: unguardText(value.trim()),
        type: 'text',
        percent: false,
        formula: false,
      });
    }
  }
  return { name: fileName, hidden: false, rowCount: rows.length, columnCount, cells, covered: new Map() };
}
