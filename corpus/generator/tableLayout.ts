import type { Box } from '../../models/index.ts';
import type { LaidOutLine, LaidOutTablePart } from './laidOut.ts';
import { breakLines } from './lineBreaking.ts';
import {
  areaBottom,
  areaWidth,
  baselineIn,
  currentPage,
  isEmptyPage,
  margin,
  newPage,
  type PageWriter,
  placeLine,
  textWidth,
} from './pageWriter.ts';
import type { SpecTable } from './spec.ts';

const padding = 3;

interface TableStyle {
  /** Of its text, in points. */
  readonly size: number;
  readonly openSides: boolean;
  readonly ruled: boolean;
  readonly repeatHeader: boolean;
}

/** Lays a table out, over several pages where it must be, with its header rows repeated on each or on the first alone. */
export function writeTable(writer: PageWriter, table: SpecTable, style: TableStyle): void {
  const { size, openSides, ruled } = style;
  const pitch = size * 1.35;
  const left = margin.left;
  const columnEdges = fitColumns(table, areaWidth(writer), size).map((x) => x + left);
  const wrapped = table.cells.map((cell) => {
    const width = columnEdges[cell.column + cell.columnSpan]! - columnEdges[cell.column]! - 2 * padding;
    return cell.text === '' ? [] : breakLines(cell.text, width / size).map((l) => cell.text.slice(l.start, l.end));
  });
  const heights = rowHeights(
    table,
    wrapped.map((lines) => lines.length * pitch + 2 * padding),
    pitch + 2 * padding,
  );
  const number = writer.tableCount++;
  let from = 0;
  while (from < table.rowCount) {
    const repeated = from > 0 && style.repeatHeader ? Array.from({ length: table.headerRows }, (_, i) => i) : [];
    const room = areaBottom(writer) - writer.y - repeated.reduce((sum, row) => sum + heights[row]!, 0);
    let to = from;
    let used = 0;
    while (to < table.rowCount && used + heights[to]! <= room) used += heights[to++]!;
    // The header is never left alone at the foot of a page.
    const least = from === 0 ? Math.min(table.headerRows + 1, table.rowCount) : from + 1;
    if (to < least) {
      const page = currentPage(writer);
      if (writer.y > margin.top + 1 || !isEmptyPage(page)) {
        newPage(writer, page.width > page.height);
        continue;
      }
      to = least;
    }
    writePart(writer, table, {
      number,
      columnEdges,
      heights,
      wrapped,
      size,
      pitch,
      openSides,
      ruled,
      rows: [...repeated, ...range(from, to)],
    });
    from = to;
    if (from < table.rowCount) {
      const page = currentPage(writer);
      newPage(writer, page.width > page.height);
    }
  }
  writer.paragraph++;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

interface Part {
  readonly number: number;
  readonly columnEdges: readonly number[];
  readonly heights: readonly number[];
  readonly wrapped: readonly (readonly string[])[];
  readonly size: number;
  readonly pitch: number;
  readonly openSides: boolean;
  readonly ruled: boolean;
  readonly rows: readonly number[];
}

function writePart(writer: PageWriter, table: SpecTable, part: Part): void {
  const page = currentPage(writer);
  const rowEdges = [writer.y];
  for (const row of part.rows) rowEdges.push(rowEdges.at(-1)! + part.heights[row]!);
  const cells: LaidOutTablePart['cells'][number][] = [];
  const lines: LaidOutLine[] = [];
  table.cells.forEach((cell, index) => {
    // Runs of neighbouring rows of this part that the cell covers: it may be cut, and a header stands again.
    const covered = part.rows.flatMap((row, at) => (row >= cell.row && row < cell.row + cell.rowSpan ? [at] : []));
    const first = covered[0];
    if (first === undefined) return;
    const begins = part.rows[first] === cell.row;
    const box: Box = [
      part.columnEdges[cell.column]!,
      rowEdges[first]!,
      part.columnEdges[cell.column + cell.columnSpan]!,
      rowEdges[first + covered.length]!,
    ];
    const printed = begins ? part.wrapped[index]! : [];
    cells.push({
      row: first,
      column: cell.column,
      rowSpan: covered.length,
      columnSpan: cell.columnSpan,
      text: printed.join(''),
      box,
    });
    const header = cell.row < table.headerRows || cell.column < table.stubColumns;
    const top = (box[1] + box[3] - printed.length * part.pitch) / 2;
    printed.forEach((text, i) => {
      const width = textWidth(text, part.size, header);
      const x = (box[0] + box[2] - width) / 2;
      const baseline = baselineIn(top + i * part.pitch, part.pitch, part.size);
      lines.push(placeLine(text, x, baseline, { element: 'cell', size: part.size, bold: header }, writer.paragraph));
    });
    writer.paragraph++;
  });
  page.lines.push(...lines);
  page.tables.push({ table: part.number, columnEdges: part.columnEdges, rowEdges, rows: part.rows, cells });
  if (part.ruled) drawRules(page.rules, cells, part.columnEdges, part.openSides);
  writer.y = rowEdges.at(-1)!;
}

/** The sides of all cells, each once. */
function drawRules(
  rules: { x0: number; y0: number; x1: number; y1: number; width: number; color: 'black' | 'red' }[],
  cells: LaidOutTablePart['cells'],
  columnEdges: readonly number[],
  openSides: boolean,
): void {
  const drawn = new Set<string>();
  const draw = (x0: number, y0: number, x1: number, y1: number): void => {
    const outer = x0 === x1 && (x0 === columnEdges[0] || x0 === columnEdges.at(-1));
    const key = [x0, y0, x1, y1].map((v) => v.toFixed(2)).join();
    if (drawn.has(key) || (openSides && outer)) return;
    drawn.add(key);
    rules.push({ x0, y0, x1, y1, width: 0.5, color: 'black' });
  };
  for (const { box } of cells) {
    draw(box[0], box[1], box[2], box[1]);
    draw(box[0], box[3], box[2], box[3]);
    draw(box[0], box[1], box[0], box[3]);
    draw(box[2], box[1], box[2], box[3]);
  }
}

/** Column edges from 0: widths by what the cells hold, at least three characters, together the type area. */
function fitColumns(table: SpecTable, width: number, size: number): number[] {
  const wanted = Array.from({ length: table.columnCount }, () => 3.2 * size);
  for (const cell of table.cells) {
    const each = Math.min(textWidth(cell.text, size, true), 14 * size) / cell.columnSpan + 2 * padding + 1;
    for (let c = cell.column; c < cell.column + cell.columnSpan; c++) wanted[c] = Math.max(wanted[c]!, each);
  }
  const total = wanted.reduce((a, b) => a + b, 0);
  const edges = [0];
  for (const w of wanted) edges.push(edges.at(-1)! + (w * width) / total);
  return edges;
}

function rowHeights(table: SpecTable, needed: readonly number[], least: number): number[] {
  const heights = Array.from({ length: table.rowCount }, () => least + 6);
  const order = table.cells
    .map((cell, i) => ({ cell, need: needed[i]! }))
    .sort((a, b) => a.cell.rowSpan - b.cell.rowSpan);
  for (const { cell, need } of order) {
    let have = 0;
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++) have += heights[r]!;
    for (let r = cell.row; r < cell.row + cell.rowSpan && have < need; r++) heights[r]! += (need - have) / cell.rowSpan;
  }
  return heights;
}
