import { type LayoutCell, type LayoutLine, type LayoutTable, layoutLine } from '../../models/index.ts';

/** A cell as a reader finds it, before it is known to fit: holes are filled and overlaps cut by `gridTable`. */
export interface RawCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly lines: readonly LayoutLine[];
}

/** Columns past this are rubbish (a colspan of a million, a line of a thousand tabs). */
export const maxColumns = 256;

/**
 * Makes cells tile a grid: a span that runs into another cell or out of the grid is cut, a place without a cell gets
 * an empty one. No row or column is dropped, empty or not.
 */
export function gridTable(
  raw: readonly RawCell[],
  size: { readonly rowCount: number; readonly columnCount: number },
  known: { readonly spansKnown: boolean; readonly confidence?: number },
): LayoutTable {
  const { rowCount, columnCount } = size;
  const taken = new Uint8Array(rowCount * columnCount);
  const free = (row: number, column: number): boolean =>
    row < rowCount && column < columnCount && taken[row * columnCount + column] === 0;
  const cells: LayoutCell[] = [];
  for (const cell of raw) {
    if (!free(cell.row, cell.column)) continue;
    let columnSpan = 1;
    while (columnSpan < cell.columnSpan && free(cell.row, cell.column + columnSpan)) columnSpan++;
    let rowSpan = 1;
    while (rowSpan < cell.rowSpan && rowIsFree(free, cell.row + rowSpan, cell.column, columnSpan)) rowSpan++;
    for (let r = cell.row; r < cell.row + rowSpan; r++)
      taken.fill(1, r * columnCount + cell.column, r * columnCount + cell.column + columnSpan);
    cells.push({ row: cell.row, column: cell.column, rowSpan, columnSpan, lines: cell.lines, box: null });
  }
  for (let row = 0; row < rowCount; row++)
    for (let column = 0; column < columnCount; column++)
      if (free(row, column)) cells.push({ row, column, rowSpan: 1, columnSpan: 1, lines: [], box: null });
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    type: 'table',
    rowCount,
    columnCount,
    cells,
    spansKnown: known.spansKnown,
    continues: false,
    box: null,
    confidence: known.confidence ?? 1,
  };
}

function rowIsFree(
  free: (row: number, column: number) => boolean,
  row: number,
  column: number,
  columnSpan: number,
): boolean {
  for (let c = column; c < column + columnSpan; c++) if (!free(row, c)) return false;
  return true;
}

/** A table of rows of texts, ragged rows filled up with empty cells: merged cells were flattened by the source. */
export function flatTable(rows: readonly (readonly (readonly string[])[])[]): LayoutTable {
  const columnCount = rows.reduce((most, row) => Math.min(maxColumns, Math.max(most, row.length)), 1);
  const raw = rows.flatMap((row, r) =>
    row.slice(0, columnCount).map((lines, column) => ({
      row: r,
      column,
      rowSpan: 1,
      columnSpan: 1,
      lines: lines.filter((line) => line.trim() !== '').map((line) => layoutLine(line.trim())),
    })),
  );
  return gridTable(raw, { rowCount: rows.length, columnCount }, { spansKnown: false });
}

/**
 * The lines of a table that is none: a frame around one cell or a few stacked ones, or the imprint, whose rules
 * converters take for a table (GB/T 9704-2012, 7.4). Null for a table.
 */
export function unframed(table: LayoutTable): LayoutLine[] | null {
  // A longer one is a table for sure, and may have thousands of rows.
  if (table.rowCount > 4) return null;
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.cells.filter((cell) => cell.row === row && cell.lines.length > 0),
  );
  const stacked = table.columnCount === 1 && table.rowCount <= 3;
  if (!stacked && !isImprint(table, rows)) return null;
  return rows.flatMap((cells) => {
    const lines = cells.flatMap((cell) => cell.lines);
    const [first] = lines;
    if (first === undefined || cells.length === 1) return lines.map((line) => ({ ...line, paragraphEnd: true }));
    return [{ ...first, text: lines.map((line) => line.text).join('　　'), align: null, paragraphEnd: true }];
  });
}

function isImprint(table: LayoutTable, rows: readonly (readonly LayoutCell[])[]): boolean {
  if (table.columnCount > 3 || table.rowCount > 4) return false;
  const texts = rows.map((cells) => cells.map(cellText).join('').replace(/\s/g, ''));
  const last = texts.at(-1) ?? '';
  return (
    texts.every((text) => /^(?:抄送|抄报|主送|分送|主题词)[:：]/.test(text) || text === last) &&
    /\d{1,2}日印发$|日印发。?$/.test(last)
  );
}

/** The text of a cell on one line. */
export function cellText(cell: LayoutCell): string {
  return cell.lines.map((line) => line.text).join('');
}

/**
 * Whether `second`, with nothing but a page break before it, goes on with `first`: it repeats the first row, or it has
 * as many columns and starts with what cannot be a header.
 */
export function continuesTable(first: LayoutTable, second: LayoutTable): boolean {
  if (first.columnCount !== second.columnCount) return false;
  const firstHeader = rowTexts(first, 0);
  const secondHeader = rowTexts(second, 0);
  if (firstHeader.some((text) => text !== '') && firstHeader.join('\t') === secondHeader.join('\t')) return true;
  return !looksLikeHeader(second);
}

function rowTexts(table: LayoutTable, row: number): string[] {
  return table.cells.filter((cell) => cell.row === row).map((cell) => cellText(cell).replace(/\s/g, ''));
}

/** Labels are short, none is a number or a sentence, and none but spanned places is empty. */
function looksLikeHeader(table: LayoutTable): boolean {
  const texts = rowTexts(table, 0);
  if (texts.length === 1) return true;
  return texts.every((text) => text !== '' && text.length <= 16 && !/[。；]|^[\d.,%／/\\—-]+$/.test(text));
}
