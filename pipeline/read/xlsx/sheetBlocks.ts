import { HongtouError, type LayoutBlock, type LayoutLine, layoutLine } from '../../../models/index.ts';
import { gridTable, type RawCell } from '../gridTable.ts';
import type { SheetCell, SheetGrid } from './sheetGrid.ts';

/** Places of one table; a list of every school of a province has fewer. */
const maxArea = 1_000_000;

/**
 * A sheet as a page: lines above the frame (title, 填报单位：…), the framed cells as a table, notes below as lines.
 * Where nothing is framed, the rows with cells side by side are the table.
 */
export function sheetBlocks(grid: SheetGrid, fileName: string): LayoutBlock[] {
  const kinds = rowKinds(grid);
  const blocks: LayoutBlock[] = [];
  for (let row = 0; row < grid.rowCount; row++) {
    if (kinds[row] === 'line') blocks.push(...lineOfRow(grid, row));
    if (kinds[row] !== 'grid') continue;
    let end = row;
    while (end + 1 < grid.rowCount && kinds[end + 1] === 'grid') end++;
    blocks.push(...tableOfRows(grid, row, end, fileName));
    row = end;
  }
  return blocks;
}

type RowKind = 'line' | 'grid' | 'empty';

function rowKinds(grid: SheetGrid): RowKind[] {
  const rows = Array.from({ length: grid.rowCount }, (_, row) => row);
  const framed = rows.map((row) => grid.columnsIn(row).filter((column) => isFramed(grid, row, column)).length);
  const anyFrame = framed.filter((count) => count >= 2).length >= 2;
  const filled = rows.map((row) => filledCells(grid, row));
  if (anyFrame) {
    return rows.map((row) => {
      if (framed[row]! >= 2 || (framed[row] === 1 && framed[row - 1]! + (framed[row + 1] ?? 0) > 0)) return 'grid';
      return filled[row]!.length > 0 ? 'line' : 'empty';
    });
  }
  const sideBySide = rows.map(
    (row) => filled[row]!.length >= 2 && !filled[row]!.every((cell) => isLabelled(cell.text)),
  );
  const first = sideBySide.indexOf(true);
  const last = lastOfTable(rows, sideBySide, filled);
  // One row of two texts is a signature or a caption, no table.
  const isTable = first >= 0 && (last > first || filled[first]!.length >= 3);
  return rows.map((row) =>
    isTable && row >= first && row <= last ? 'grid' : filled[row]!.length > 0 ? 'line' : 'empty',
  );
}

/** Labels of blank rows at the end of an unframed form stand alone in their rows. */
function lastOfTable(
  rows: readonly number[],
  sideBySide: readonly boolean[],
  filled: readonly (readonly SheetCell[])[],
): number {
  let last = sideBySide.lastIndexOf(true);
  if (last < 0) return last;
  const isNote = (text: string): boolean =>
    /^(?:注|备注|说明|填表|填报|审核|制表|单位负责人|联系)/.test(text) || text.length > 25;
  for (const row of rows.slice(last + 1)) {
    const [only, ...others] = filled[row]!;
    if (only === undefined || others.length > 0 || isNote(only.text)) break;
    last = row;
  }
  return last;
}

function isFramed(grid: SheetGrid, row: number, column: number): boolean {
  if (grid.cell(row, column)?.style?.bordered === true) return true;
  const merge = grid.mergeAt(row, column);
  return merge !== null && grid.cell(merge.row, merge.column)?.style?.bordered === true;
}

/** Cells with text that begin in this row, from left to right. */
function filledCells(grid: SheetGrid, row: number): SheetCell[] {
  const cells: SheetCell[] = [];
  for (const column of grid.columnsIn(row)) {
    const merge = grid.mergeAt(row, column);
    if (merge !== null && (merge.row !== row || merge.column !== column)) continue;
    const cell = grid.cell(row, column);
    if (cell !== null && cell.text !== '') cells.push(cell);
  }
  return cells;
}

/** 填报单位：…… */
const isLabelled = (text: string): boolean => /^[^:：]{1,12}[:：]/.test(text);

function lineOfRow(grid: SheetGrid, row: number): LayoutLine[] {
  const cells = filledCells(grid, row);
  const [first] = cells;
  if (first === undefined) return [];
  const style = first.style;
  const align = cells.length > 1 ? null : (style?.align ?? null);
  const about = {
    bold: style?.bold === true ? true : null,
    color: style?.red === true ? ('red' as const) : null,
    align,
  };
  return cells
    .map((cell) => cell.text)
    .join('　　')
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => layoutLine(text.trim(), about));
}

/** A framed row that is one cell over the whole width is a title above, a note below. */
function tableOfRows(grid: SheetGrid, start: number, end: number, fileName: string): LayoutBlock[] {
  const columns = columnsBetween(grid, start, end);
  const [left = 0, right = 0] = [columns[0], columns.at(-1)];
  const isWide = (row: number): boolean => {
    const merge = grid.mergeAt(row, left);
    return (
      merge !== null &&
      merge.row === row &&
      merge.rowSpan === 1 &&
      merge.column === left &&
      merge.columnSpan >= right - left + 1
    );
  };
  const text = (row: number): string => grid.cell(row, left)?.text ?? '';
  let top = start;
  while (top < end && isWide(top) && text(top) !== '') top++;
  let bottom = end;
  while (
    bottom > top &&
    isWide(bottom) &&
    (/^(?:注|备注|说明|填表|填报|审核)/.test(text(bottom)) || text(bottom).length > 40)
  )
    bottom--;
  const above = rowsBetween(start, top - 1).flatMap((row) => lineOfRow(grid, row));
  const below = rowsBetween(bottom + 1, end).flatMap((row) => lineOfRow(grid, row));
  const area = (bottom - top + 1) * (right - left + 1);
  if (area > maxArea) throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `a table of ${area} cells` });
  const raw: RawCell[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const merge = grid.mergeAt(row, column);
      if (merge !== null && (merge.row !== row || merge.column !== column) && merge.row >= top) continue;
      const cell = grid.cell(row, column);
      if (merge !== null && merge.row < top) continue;
      raw.push({
        row: row - top,
        column: column - left,
        rowSpan: Math.min(merge?.rowSpan ?? 1, bottom - row + 1),
        columnSpan: Math.min(merge?.columnSpan ?? 1, right - column + 1),
        lines: cellLines(cell),
      });
    }
  const size = { rowCount: bottom - top + 1, columnCount: right - left + 1 };
  return [...above, gridTable(raw, size, { spansKnown: true }), ...below];
}

function cellLines(cell: SheetCell | null): LayoutLine[] {
  if (cell === null) return [];
  const bold = cell.style?.bold === true ? true : null;
  return cell.text
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => layoutLine(text.trim(), { bold, align: cell.style?.align ?? null }));
}

function columnsBetween(grid: SheetGrid, start: number, end: number): number[] {
  const columns = new Set<number>();
  for (let row = start; row <= end; row++) for (const column of grid.columnsIn(row)) columns.add(column);
  return [...columns].sort((a, b) => a - b);
}

const rowsBetween = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start + 1) }, (_, i) => start + i);
