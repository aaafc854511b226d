import type { LayoutBlock, LayoutCell, LayoutLine, LayoutRule } from '../../../models/index.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import { type DocxContext, notice } from './context.ts';
import { alternativeOf } from './inlines.ts';
import { isVisibleBorder } from './paragraphs.ts';
import { inkOf, styleChain } from './styles.ts';

interface SourceCell {
  readonly element: XmlElement;
  start: number;
  end: number;
  readonly merge: 'none' | 'restart' | 'continue';
}

interface SourceRow {
  readonly element: XmlElement;
  readonly cells: SourceCell[];
  readonly gridAfter: number;
}

interface PlacedCell {
  readonly element: XmlElement | null;
  readonly row: number;
  readonly start: number;
  readonly end: number;
  rowSpan: number;
}

/**
 * Reads a table (w:tbl). Merged cells stand once; grid columns in which no cell begins or ends, and rows in which none
 * begins, are dropped as nobody sees them. A table that only arranges text (no ruled columns: joint letterheads, the
 * imprint, signatures side by side; or one single cell) gives its content as it stands.
 */
export function readTable(table: XmlElement, context: DocxContext): LayoutBlock[] {
  const rows = readRows(table, context);
  if (rows.length === 0) return [];
  const columns = Math.max(...rows.map((row) => (row.cells.at(-1)?.end ?? 0) + row.gridAfter));
  for (const row of rows) alignShortRow(row, table, columns);
  const placed = fillHoles(mergeVertically(rows), rows.length, columns);

  const edges = [...new Set(placed.flatMap((cell) => [cell.start, cell.end]))].sort((a, b) => a - b);
  const begins = new Set(placed.map((cell) => cell.row));
  // For each source row, how many rows with a cell of their own stand above it.
  const rowAt = [0];
  for (let row = 0; row < rows.length; row++) rowAt.push((rowAt[row] ?? 0) + (begins.has(row) ? 1 : 0));
  const rowCount = begins.size;
  const columnCount = edges.length - 1;
  if (arrangesOnly(table, rows, rowCount, columnCount, context)) return arrangedBlocks(rows, placed, table, context);

  const cells: LayoutCell[] = placed
    .map((cell) => {
      const row = rowAt[cell.row] ?? 0;
      return {
        row,
        column: edges.indexOf(cell.start),
        rowSpan: (rowAt[cell.row + cell.rowSpan] ?? rowCount) - row,
        columnSpan: edges.indexOf(cell.end) - edges.indexOf(cell.start),
        lines: cell.element === null ? [] : cellLines(cell.element, context),
        box: null,
      };
    })
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return [
    {
      type: 'table',
      rowCount,
      columnCount,
      cells,
      spansKnown: true,
      continues: false,
      box: null,
      confidence: 1,
    },
  ];
}

function readRows(table: XmlElement, context: DocxContext): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const element of unwrapped(table, 'tr')) {
    const properties = childOf(element, 'trPr');
    if (childOf(properties, 'del') !== null) {
      notice(context, 'revision');
      continue;
    }
    const grid = (name: string) => Number(childOf(properties, name)?.attributes.val ?? 0) || 0;
    let at = grid('gridBefore');
    const cells: SourceCell[] = [];
    for (const cell of unwrapped(element, 'tc')) {
      const cellProperties = childOf(cell, 'tcPr');
      const span = Math.max(1, Math.min(1000, Number(childOf(cellProperties, 'gridSpan')?.attributes.val ?? 1) || 1));
      const horizontal = childOf(cellProperties, 'hMerge');
      const before = cells.at(-1);
      if (horizontal !== null && horizontal.attributes.val !== 'restart' && before !== undefined) {
        before.end += span;
      } else {
        cells.push({ element: cell, start: at, end: at + span, merge: verticalMerge(cellProperties) });
      }
      at += span;
    }
    if (cells.length > 0) rows.push({ element, cells, gridAfter: grid('gridAfter') });
  }
  return rows;
}

function verticalMerge(properties: XmlElement | null): SourceCell['merge'] {
  const merge = childOf(properties, 'vMerge');
  if (merge === null) return 'none';
  return merge.attributes.val === 'restart' ? 'restart' : 'continue';
}

/** Children of this name, also inside content controls, custom XML and accepted revisions. */
function unwrapped(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child): readonly XmlElement[] => {
    if (child.name === name) return [child];
    if (child.name === 'sdt') return unwrapped(childOf(child, 'sdtContent') ?? child, name);
    if (child.name === 'AlternateContent') return unwrapped(alternativeOf(child), name);
    return ['customXml', 'smartTag', 'ins', 'moveTo'].includes(child.name) ? unwrapped(child, name) : [];
  }) as XmlElement[];
}

/**
 * Programs that write no gridSpan leave a row with too few columns; its cell widths then say where its cells end on the
 * table's grid.
 */
function alignShortRow(row: SourceRow, table: XmlElement, columns: number): void {
  const last = row.cells.at(-1);
  if (last === undefined || last.end >= columns || row.gridAfter > 0) return;
  const grid = childrenOf(childOf(table, 'tblGrid'), 'gridCol').map((column) => Number(column.attributes.w));
  if (grid.length !== columns) return;
  const edges = [0];
  for (const width of grid) edges.push((edges.at(-1) ?? 0) + width);
  const total = edges.at(-1) ?? 0;
  const ends: number[] = [];
  let x = 0;
  for (const cell of row.cells) {
    const width = childOf(childOf(cell.element, 'tcPr'), 'tcW')?.attributes;
    if (width === undefined || (width.type !== undefined && width.type !== 'dxa')) return;
    x += Number(width.w);
    const nearest = edges.reduce(
      (best, edge, index) => (Math.abs(edge - x) < Math.abs((edges[best] ?? 0) - x) ? index : best),
      0,
    );
    if (Math.abs((edges[nearest] ?? 0) - x) > total * 0.03) return;
    ends.push(nearest);
  }
  if (ends.at(-1) !== columns || ends.some((end, index) => end <= (ends[index - 1] ?? row.cells[0]?.start ?? 0)))
    return;
  row.cells.forEach((cell, index) => {
    cell.start = ends[index - 1] ?? cell.start;
    cell.end = ends[index] ?? cell.end;
  });
}

function mergeVertically(rows: readonly SourceRow[]): PlacedCell[] {
  const placed: PlacedCell[] = [];
  let above = new Map<number, PlacedCell>();
  rows.forEach((row, rowIndex) => {
    const here = new Map<number, PlacedCell>();
    for (const cell of row.cells) {
      const over = cell.merge === 'continue' ? above.get(cell.start) : undefined;
      if (over !== undefined && over.end === cell.end) {
        over.rowSpan++;
        here.set(cell.start, over);
        continue;
      }
      const own: PlacedCell = { element: cell.element, row: rowIndex, start: cell.start, end: cell.end, rowSpan: 1 };
      placed.push(own);
      // Only a merged cell can be continued below.
      if (cell.merge !== 'none') here.set(cell.start, own);
    }
    above = here;
  });
  return placed;
}

/** Cells tile the whole grid: places that rows leave out (gridBefore, gridAfter, short rows) are empty cells. */
function fillHoles(placed: PlacedCell[], rowCount: number, columns: number): PlacedCell[] {
  const rows: { start: number; end: number }[][] = Array.from({ length: rowCount }, () => []);
  for (const cell of placed) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) rows[row]?.push(cell);
  }
  const holes: PlacedCell[] = [];
  rows.forEach((cells, row) => {
    let at = 0;
    for (const cell of cells.toSorted((a, b) => a.start - b.start)) {
      if (cell.start > at) holes.push({ element: null, row, start: at, end: cell.start, rowSpan: 1 });
      at = Math.max(at, cell.end);
    }
    if (at < columns) holes.push({ element: null, row, start: at, end: columns, rowSpan: 1 });
  });
  return [...placed, ...holes];
}

/** Text in a cell: its lines; a table in a cell gives its cells' lines, row by row. */
function cellLines(cell: XmlElement, context: DocxContext): LayoutLine[] {
  return context.readBlocks(cell, context).flatMap((block): LayoutLine[] => {
    if (block.type === 'line') return [block];
    if (block.type === 'picture') notice(context, 'cellPicture');
    if (block.type !== 'table') return [];
    notice(context, 'nestedTable');
    return block.cells.flatMap((inner) => inner.lines);
  });
}

/** Without ruled columns a small table is a typist's way of setting texts side by side. */
function arrangesOnly(
  table: XmlElement,
  rows: readonly SourceRow[],
  rowCount: number,
  columnCount: number,
  context: DocxContext,
): boolean {
  if (rowCount === 1 && columnCount === 1) return true;
  if (columnCount > 4 || rowCount > 8) return false;
  const vertical = ['insideV', 'left', 'right', 'start', 'end'];
  const borders = tableBorders(table, context);
  const insideRuled =
    isVisibleBorder(childOf(borders, 'insideV')) ||
    (columnCount === 1 && vertical.some((side) => isVisibleBorder(childOf(borders, side))));
  if (insideRuled) return false;
  const cellRuled = (sides: readonly string[]) =>
    rows.some((row) =>
      row.cells.some((cell) => {
        const own = childOf(childOf(cell.element, 'tcPr'), 'tcBorders');
        return sides.some((side) => isVisibleBorder(childOf(own, side)));
      }),
    );
  if (cellRuled(vertical)) return false;
  const anyHorizontal =
    ['top', 'bottom', 'insideH'].some((side) => isVisibleBorder(childOf(borders, side))) ||
    cellRuled(['top', 'bottom']);
  return !anyHorizontal || (columnCount <= 2 && rowCount <= 4);
}

function tableBorders(table: XmlElement, context: DocxContext): XmlElement | null {
  const properties = childOf(table, 'tblPr');
  const direct = childOf(properties, 'tblBorders');
  if (direct !== null) return direct;
  const styleId = childOf(properties, 'tblStyle')?.attributes.val ?? context.styles.defaultTable;
  if (styleId === null) return null;
  for (const style of styleChain(context.styles, styleId)) {
    const borders = childOf(childOf(style.table, 'tblPr'), 'tblBorders');
    if (borders !== null) return borders;
  }
  return null;
}

function arrangedBlocks(
  rows: readonly SourceRow[],
  placed: readonly PlacedCell[],
  table: XmlElement,
  context: DocxContext,
): LayoutBlock[] {
  const ofTable = tableBorders(table, context);
  // A frame all round one cell rules nothing off.
  const isFrame = ['left', 'start'].some((side) => isVisibleBorder(childOf(ofTable, side)));
  const borders = isFrame ? null : ofTable;
  const last = rows.length - 1;
  const blocks: LayoutBlock[] = [];
  rows.forEach((row, index) => {
    const above = ruleOf(row, 'top', childOf(borders, index === 0 ? 'top' : 'insideH'));
    if (above !== null && blocks.at(-1)?.type !== 'rule') blocks.push(above);
    const cells = placed
      .filter((cell) => cell.row === index && cell.element !== null)
      .sort((a, b) => a.start - b.start);
    const contents = cells.map((cell) => (cell.element === null ? [] : context.readBlocks(cell.element, context)));
    blocks.push(...(imprintLine(contents) ?? contents.flat()));
    const below = ruleOf(row, 'bottom', index === last ? childOf(borders, 'bottom') : null);
    if (below !== null) blocks.push(below);
  });
  return blocks;
}

function ruleOf(row: SourceRow, side: 'top' | 'bottom', ofTable: XmlElement | null): LayoutRule | null {
  const ofCells = row.cells.map((cell) => childOf(childOf(childOf(cell.element, 'tcPr'), 'tcBorders'), side));
  const border = ofCells.find(isVisibleBorder) ?? (isVisibleBorder(ofTable) ? ofTable : null);
  return border === null ? null : { type: 'rule', color: inkOf(border.attributes.color), box: null };
}

/** 印发机关 and 印发日期 stand on one line (GB/T 9704-2012, 7.4.3), whichever way they were set there. */
function imprintLine(contents: readonly LayoutBlock[][]): LayoutBlock[] | null {
  const lines = contents.flat().filter((block) => block.type === 'line');
  const [body, date] = lines;
  if (lines.length !== 2 || contents.flat().length !== 2 || body === undefined || date === undefined) return null;
  if (!/印\s*发\s*$/.test(date.text)) return null;
  return [{ ...body, text: `${body.text}  ${date.text}`, paragraphEnd: true }];
}
