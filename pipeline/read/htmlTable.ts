import { type LayoutLine, type LayoutTable, layoutLine } from '../../models/index.ts';
import { gridTable, maxColumns, type RawCell } from './gridTable.ts';
import { attribute, elementsOf, type HtmlElement, type HtmlNode, isElement, parsePart } from './htmlTree.ts';

/** Rows past this are not a table that anybody prints. */
const maxRows = 20_000;

/** A cell's text as it is printed: one entry per line. */
export type CellLines = (cell: HtmlElement) => readonly LayoutLine[];

/** Reads the markup of one table; null when it has no rows, or more markup than anybody writes. */
export function tableFromMarkup(markup: string): LayoutTable | null {
  for (const element of elementsOf(parsePart(markup) ?? []))
    if (element.tagName === 'table') return tableFromElement(element, plainCellLines);
  return null;
}

/** Reads a table element with its spans; the tables inside its cells are text of those cells. */
export function tableFromElement(table: HtmlElement, cellLines: CellLines): LayoutTable | null {
  const rows = tableRows(table).slice(0, maxRows);
  if (rows.length === 0) return null;
  const raw: RawCell[] = [];
  /** For each column, the first row that no rowspan from above covers. */
  const freeFrom: number[] = [];
  let columnCount = 0;
  for (const [row, element] of rows.entries()) {
    let column = 0;
    for (const cell of element.childNodes) {
      if (!isElement(cell) || (cell.tagName !== 'td' && cell.tagName !== 'th')) continue;
      while ((freeFrom[column] ?? 0) > row) column++;
      if (column >= maxColumns) break;
      const columnSpan = Math.min(spanOf(cell, 'colspan'), maxColumns - column);
      // HTML: rowspan="0" reaches to the end of the table.
      const stated = spanOf(cell, 'rowspan', 0);
      const rowSpan = Math.min(stated === 0 ? rows.length : stated, rows.length - row);
      for (let c = column; c < column + columnSpan; c++) freeFrom[c] = Math.max(freeFrom[c] ?? 0, row + rowSpan);
      const lines = cellLines(cell);
      raw.push({ row, column, rowSpan, columnSpan, lines });
      column += columnSpan;
      columnCount = Math.max(columnCount, column);
    }
  }
  if (columnCount === 0) return null;
  return gridTable(raw, { rowCount: rows.length, columnCount }, { spansKnown: true });
}

/** The rows of this table in printed order, not those of tables inside it. */
export function tableRows(table: HtmlElement): HtmlElement[] {
  const parts: Record<'thead' | 'tbody' | 'tfoot', HtmlElement[]> = { thead: [], tbody: [], tfoot: [] };
  for (const child of table.childNodes) {
    if (!isElement(child)) continue;
    if (child.tagName === 'tr') parts.tbody.push(child);
    else if (child.tagName === 'thead' || child.tagName === 'tbody' || child.tagName === 'tfoot')
      for (const row of child.childNodes) if (isElement(row) && row.tagName === 'tr') parts[child.tagName].push(row);
  }
  return [...parts.thead, ...parts.tbody, ...parts.tfoot];
}

function spanOf(cell: HtmlElement, name: 'rowspan' | 'colspan', least = 1): number {
  const value = Number.parseInt(attribute(cell, name) ?? '1', 10);
  return Number.isFinite(value) && value >= least ? Math.min(value, maxRows) : 1;
}

const blockTags = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol']);

function plainCellLines(cell: HtmlElement): LayoutLine[] {
  let text = '';
  // An explicit stack: nesting in a hostile file is deeper than the call stack.
  const stack: (HtmlNode | '\n')[] = [...cell.childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === '\n') text += '\n';
    else if ('value' in node) text += node.value.replace(/[\s\u00a0]+/g, ' ');
    else if (isElement(node)) {
      const breaks = blockTags.has(node.tagName);
      if (breaks) text += '\n';
      else if (node.tagName === 'td' || node.tagName === 'th') text += ' ';
      if (breaks) stack.push('\n');
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!);
    }
  }
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => layoutLine(line));
}
