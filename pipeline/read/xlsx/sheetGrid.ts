import { HongtouError } from '../../../models/index.ts';
import { maxColumns } from '../gridTable.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import { formatNumber } from './numberFormat.ts';
import { type CellStyle, richText, type Workbook } from './workbook.ts';

/** A cell of a sheet; places count from 0 over the rows and columns that are shown. */
export interface SheetCell {
  readonly text: string;
  readonly style: CellStyle | null;
}

export interface Merge {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** The shown part of a sheet. */
export interface SheetGrid {
  readonly rowCount: number;
  readonly columnCount: number;
  /** The columns of a row in which a cell or a merge stands. */
  readonly columnsIn: (row: number) => readonly number[];
  readonly cell: (row: number, column: number) => SheetCell | null;
  /** The merge that begins here, or that covers this place. */
  readonly mergeAt: (row: number, column: number) => Merge | null;
  /** Rows and columns with text that are hidden and were left out. */
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
}

/** Rows below the last text that still count as blanks of a form; frames drawn over whole columns go on for ever. */
const blankRowsKept = 100;
const maxCells = 1_000_000;

/** Takes a sheet's cells out of its XML, without hidden rows and columns, cut after the last text or frame. */
export function sheetGrid(root: XmlElement, workbook: Workbook, fileName: string): SheetGrid {
  const hiddenColumn = hiddenColumns(root);
  const rows = new Map<number, Map<number, SheetCell>>();
  const hiddenRow = new Set<number>();
  let count = 0;
  let rowNumber = -1;
  let droppedRows = 0;
  const droppedColumns = new Set<number>();
  for (const row of childrenOf(childOf(root, 'sheetData'), 'row')) {
    rowNumber = row.attributes.r === undefined ? rowNumber + 1 : Number(row.attributes.r) - 1;
    if (!Number.isInteger(rowNumber) || rowNumber < 0) continue;
    const hidden = /^(?:1|true)$/.test(row.attributes.hidden ?? '');
    if (hidden) hiddenRow.add(rowNumber);
    const cells = new Map<number, SheetCell>();
    let column = -1;
    for (const cell of childrenOf(row, 'c')) {
      column = cell.attributes.r === undefined ? column + 1 : columnOf(cell.attributes.r);
      if (column < 0 || column >= maxColumns) continue;
      count++;
      if (count > maxCells) throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `more than ${maxCells} cells` });
      const style = workbook.styles[Number(cell.attributes.s ?? 0)] ?? null;
      const text = textOfCell(cell, style, workbook);
      if (text === '' && style?.bordered !== true) continue;
      if (text !== '' && !hidden && hiddenColumn(column)) droppedColumns.add(column);
      cells.set(column, { text, style });
    }
    if (hidden && [...cells.values()].some((cell) => cell.text !== '')) droppedRows++;
    if (!hidden && cells.size > 0) rows.set(rowNumber, cells);
  }
  const merges = mergesOf(root);
  return compact(
    rows,
    merges,
    { isHiddenRow: (row) => hiddenRow.has(row), isHiddenColumn: hiddenColumn },
    { droppedRows, droppedColumns: droppedColumns.size },
    fileName,
  );
}

function compact(
  rows: ReadonlyMap<number, ReadonlyMap<number, SheetCell>>,
  merges: readonly Merge[],
  hidden: { readonly isHiddenRow: (row: number) => boolean; readonly isHiddenColumn: (column: number) => boolean },
  dropped: { readonly droppedRows: number; readonly droppedColumns: number },
  fileName: string,
): SheetGrid {
  let lastText = -1;
  let lastFrame = -1;
  let lastColumn = -1;
  for (const [row, cells] of rows)
    for (const [column, cell] of cells) {
      if (cell.text !== '') {
        lastText = Math.max(lastText, row);
        lastColumn = Math.max(lastColumn, column);
      } else {
        lastFrame = Math.max(lastFrame, row);
        lastColumn = Math.max(lastColumn, column);
      }
    }
  const textMerges = merges.filter((merge) => rows.get(merge.row)?.has(merge.column));
  for (const merge of textMerges) {
    lastText = Math.max(lastText, Math.min(merge.row + merge.rowSpan - 1, lastText + blankRowsKept));
    lastColumn = Math.max(lastColumn, merge.column + merge.columnSpan - 1);
  }
  const rowLimit = Math.max(lastText, Math.min(lastFrame, lastText + blankRowsKept)) + 1;
  const columnLimit = Math.min(maxColumns, lastColumn + 1);
  const filledRows = new Set([
    ...rows.keys(),
    ...textMerges.flatMap((merge) => range(Math.min(merge.rowSpan, blankRowsKept)).map((i) => merge.row + i)),
  ]);
  const shownRows = withoutGaps(rowLimit, filledRows).filter((row) => !hidden.isHiddenRow(row));
  const shownColumns = range(columnLimit).filter((column) => !hidden.isHiddenColumn(column));
  const columnIndex = new Map(shownColumns.map((column, i) => [column, i]));
  const covering = new Map<string, Merge>();
  let covered = 0;
  const coveredIn = new Map<number, Set<number>>();
  // The text of a merge whose first row or column is hidden is shown in what is left of it.
  const moved = new Map<string, SheetCell>();
  for (const merge of textMerges) {
    const inRows = indexesWithin(shownRows, merge.row, Math.min(merge.row + merge.rowSpan, rowLimit));
    const inColumns = indexesWithin(shownColumns, merge.column, Math.min(merge.column + merge.columnSpan, columnLimit));
    const [row, column] = [inRows[0], inColumns[0]];
    if (row === undefined || column === undefined) continue;
    covered += inRows.length * inColumns.length;
    if (covered > maxCells)
      throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `more than ${maxCells} merged cells` });
    const shown = { row, column, rowSpan: inRows.length, columnSpan: inColumns.length };
    for (const r of inRows)
      for (const c of inColumns) {
        covering.set(`${r} ${c}`, shown);
        coveredIn.set(r, (coveredIn.get(r) ?? new Set<number>()).add(c));
      }
    const cell = rows.get(merge.row)?.get(merge.column);
    if (cell !== undefined) moved.set(`${row} ${column}`, cell);
  }
  const columnsIn = shownRows.map((row, r) => {
    const columns = new Set([...(rows.get(row)?.keys() ?? [])].flatMap((column) => columnIndex.get(column) ?? []));
    for (const c of coveredIn.get(r) ?? []) columns.add(c);
    return [...columns].sort((a, b) => a - b);
  });
  return {
    rowCount: shownRows.length,
    columnCount: shownColumns.length,
    columnsIn: (row) => columnsIn[row] ?? [],
    cell: (row, column) =>
      moved.get(`${row} ${column}`) ?? rows.get(shownRows[row] ?? -1)?.get(shownColumns[column] ?? -1) ?? null,
    mergeAt: (row, column) => covering.get(`${row} ${column}`) ?? null,
    hiddenRows: dropped.droppedRows,
    hiddenColumns: dropped.droppedColumns,
  };
}

/** Rows up to a limit; of a long stretch without cells one row is left, since it parts what stands above and below. */
function withoutGaps(limit: number, filled: ReadonlySet<number>): number[] {
  const result: number[] = [];
  let next = 0;
  for (const row of [...filled].sort((a, b) => a - b)) {
    if (row >= limit) break;
    const gap = row - next;
    for (let blank = next; blank < next + (gap > 20 ? 1 : gap); blank++) result.push(blank);
    result.push(row);
    next = row + 1;
  }
  return result;
}

/** Places in a sorted list of the values from start up to, not including, end. */
function indexesWithin(sorted: readonly number[], start: number, end: number): number[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < start) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let i = low; i < sorted.length && sorted[i]! < end; i++) found.push(i);
  return found;
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

function textOfCell(cell: XmlElement, style: CellStyle | null, workbook: Workbook): string {
  const inline = childOf(cell, 'is');
  if (inline !== null) return tidy(richText(inline));
  const value = childOf(cell, 'v')?.text ?? '';
  switch (cell.attributes.t) {
    case 's':
      return tidy(workbook.strings[Number(value)] ?? '');
    case 'str':
    case 'd':
      return tidy(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return value;
    default: {
      if (value.trim() === '') return '';
      const number = Number(value);
      return Number.isNaN(number) ? tidy(value) : formatNumber(number, style?.format ?? null, workbook.date1904).trim();
    }
  }
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/^\s+|\s+$/g, '');

/** "BC12" is column 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^\$?([A-Z]{1,3})/i.exec(reference)?.[1]?.toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function hiddenColumns(root: XmlElement): (column: number) => boolean {
  const ranges = childrenOf(childOf(root, 'cols'), 'col')
    .filter(({ attributes }) => /^(?:1|true)$/.test(attributes.hidden ?? ''))
    .map(({ attributes }) => [Number(attributes.min) - 1, Number(attributes.max) - 1] as const);
  return (column) => ranges.some(([first, last]) => column >= first && column <= last);
}

function mergesOf(root: XmlElement): Merge[] {
  return childrenOf(childOf(root, 'mergeCells'), 'mergeCell').flatMap(({ attributes }) => {
    const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(attributes.ref ?? '');
    if (match === null) return [];
    const [row, column] = [Number(match[2]) - 1, columnOf(match[1]!)];
    const rowSpan = Number(match[4]) - row;
    const columnSpan = Math.min(columnOf(match[3]!), maxColumns - 1) - column + 1;
    return row < 0 || rowSpan < 1 || columnSpan < 1 ? [] : [{ row, column, rowSpan, columnSpan }];
  });
}
