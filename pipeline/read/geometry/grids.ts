import type { Box } from '../../../models/index.ts';
import { least, most, type Stroke } from './content.ts';

/** A ruled table without its text: a grid whose merged cells stand once, at their top left. */
export interface RuledGrid {
  readonly box: Box;
  /** Positions of the column edges (columns + 1) and row edges (rows + 1), ascending. */
  readonly columnEdges: readonly number[];
  readonly rowEdges: readonly number[];
  readonly cells: readonly GridCell[];
  /** false: strokes are missing so that some cells are no rectangles; they were cut into rectangles. */
  readonly closed: boolean;
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly box: Box;
}

interface Segment {
  /** Position across the stroke, and the range along it. */
  at: number;
  from: number;
  to: number;
}

/** Strokes nearer than this are one (double rules, borders drawn cell by cell), in points. */
const near = 3;
/** More strokes, joined, than any page of tables has: a drawing, or a page made to keep a reader busy. */
const mostStrokes = 10_000;
/** How far a stroke may end before the one it should meet. */
const reach = 3;

/**
 * Ruled tables from strokes, top to bottom. A table needs strokes that cross; open outer sides (usual in Chinese
 * statistics tables) are closed where the strokes end together. A frame around a single cell is no table.
 * `rest` are the strokes that belong to no table.
 */
export function gridsFromStrokes(strokes: readonly Stroke[]): { grids: RuledGrid[]; rest: Stroke[] } {
  const horizontalStrokes = strokes.filter((s) => s.x1 - s.x0 >= s.y1 - s.y0);
  const verticalStrokes = strokes.filter((s) => s.x1 - s.x0 < s.y1 - s.y0);
  const horizontal = joinSegments(horizontalStrokes.map((s) => ({ at: (s.y0 + s.y1) / 2, from: s.x0, to: s.x1 })));
  const vertical = joinSegments(verticalStrokes.map((s) => ({ at: (s.x0 + s.x1) / 2, from: s.y0, to: s.y1 })));
  if (horizontal.length + vertical.length > mostStrokes) return { grids: [], rest: [] };
  const grids: RuledGrid[] = [];
  for (const { h, v } of components(horizontal, vertical)) {
    const grid = gridFromComponent(h, v);
    if (grid && grid.cells.length > 1) grids.push(grid);
  }
  const outer = grids.filter((grid) => !grids.some((other) => other !== grid && swallows(other, grid)));
  outer.sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
  const rest = strokes.filter((s) => !outer.some((grid) => contains(grid.box, [s.x0, s.y0, s.x1, s.y1])));
  return { grids: outer, rest };
}

/**
 * A table inside a cell of another gives its text to that cell; but what holds a table of more cells than it has itself
 * is a frame, and the table inside it stands.
 */
function swallows(other: RuledGrid, grid: RuledGrid): boolean {
  if (contains(other.box, grid.box)) return other.cells.length >= grid.cells.length;
  return contains(grid.box, other.box) && other.cells.length > grid.cells.length;
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner[0] >= outer[0] - near &&
    inner[1] >= outer[1] - near &&
    inner[2] <= outer[2] + near &&
    inner[3] <= outer[3] + near
  );
}

/** Joins collinear segments that touch or overlap. */
function joinSegments(segments: readonly Segment[]): Segment[] {
  const sorted = segments.filter((s) => s.to - s.from > 0.5).sort((a, b) => a.at - b.at);
  const joined: Segment[] = [];
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i]!.at - sorted[start]!.at <= near) continue;
    const cluster = sorted.slice(start, i).sort((a, b) => a.from - b.from);
    start = i;
    let length = 0;
    let weighted = 0;
    for (const s of cluster) {
      length += s.to - s.from;
      weighted += s.at * (s.to - s.from);
    }
    const at = length > 0 ? weighted / length : (cluster[0]?.at ?? 0);
    let current: Segment | undefined;
    for (const s of cluster) {
      if (current && s.from <= current.to + near) current.to = Math.max(current.to, s.to);
      else {
        current = { at, from: s.from, to: s.to };
        joined.push(current);
      }
    }
  }
  return joined;
}

/** Groups of strokes that meet each other. */
function components(horizontal: readonly Segment[], vertical: readonly Segment[]): { h: Segment[]; v: Segment[] }[] {
  const parent = Array.from({ length: horizontal.length + vertical.length }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    parent[i] = root;
    return root;
  };
  // Vertical strokes are sorted by x, so only those within reach of a horizontal one are looked at.
  horizontal.forEach((h, i) => {
    for (let j = lowerBound(vertical, h.from - reach); j < vertical.length; j++) {
      const v = vertical[j]!;
      if (v.at > h.to + reach) break;
      if (h.at >= v.from - reach && h.at <= v.to + reach) parent[find(i)] = find(horizontal.length + j);
    }
  });
  const groups = new Map<number, { h: Segment[]; v: Segment[] }>();
  const groupOf = (i: number) => {
    const root = find(i);
    const group = groups.get(root) ?? { h: [], v: [] };
    groups.set(root, group);
    return group;
  };
  horizontal.forEach((h, i) => {
    groupOf(i).h.push(h);
  });
  vertical.forEach((v, j) => {
    groupOf(horizontal.length + j).v.push(v);
  });
  return [...groups.values()];
}

function lowerBound(segments: readonly Segment[], at: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gridFromComponent(h: readonly Segment[], v: readonly Segment[]): RuledGrid | undefined {
  // The last row of a table that a page break cut may have a single rule, at its foot.
  if (h.length === 0 || v.length === 0 || (h.length === 1 && v.length < 3)) return undefined;
  const columnEdges = closeSides(positions(v), h);
  const rowEdges = closeSides(positions(h), v);
  const columnCount = columnEdges.length - 1;
  const rowCount = rowEdges.length - 1;
  if (columnCount < 1 || rowCount < 1 || columnCount > 300 || rowCount > 3000) return undefined;

  const region = Array.from({ length: rowCount * columnCount }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (region[root] !== root) root = region[root]!;
    region[i] = root;
    return root;
  };
  const join = (a: number, b: number): void => {
    const [rootA, rootB] = [find(a), find(b)];
    region[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  };
  const verticalAt = byPosition(v, columnEdges);
  const horizontalAt = byPosition(h, rowEdges);
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const cell = row * columnCount + column;
      if (column + 1 < columnCount && !separated(verticalAt[column + 1]!, rowEdges[row]!, rowEdges[row + 1]!)) {
        join(cell, cell + 1);
      }
      if (row + 1 < rowCount && !separated(horizontalAt[row + 1]!, columnEdges[column]!, columnEdges[column + 1]!)) {
        join(cell, cell + columnCount);
      }
    }
  }
  const regions = region.map((_, i) => find(i));
  const { cells, closed } = rectangles(regions, rowCount, columnCount);
  return {
    box: [columnEdges[0]!, rowEdges[0]!, columnEdges.at(-1)!, rowEdges.at(-1)!],
    columnEdges,
    rowEdges,
    closed,
    cells: cells.map((c) => ({
      ...c,
      box: [
        columnEdges[c.column]!,
        rowEdges[c.row]!,
        columnEdges[c.column + c.columnSpan]!,
        rowEdges[c.row + c.rowSpan]!,
      ],
    })),
  };
}

function positions(segments: readonly Segment[]): number[] {
  const sorted = segments.map((s) => s.at).sort((a, b) => a - b);
  return sorted.filter((at, i) => i === 0 || at - sorted[i - 1]! > near);
}

/** Adds an edge where at least two of the crossing strokes end together beyond the outermost edge. */
function closeSides(edges: readonly number[], crossing: readonly Segment[]): number[] {
  const clear = 8;
  const closed = [...edges];
  const first = least(crossing.map((s) => s.from));
  const last = most(crossing.map((s) => s.to));
  if (first < edges[0]! - clear && crossing.filter((s) => s.from < first + clear).length >= 2) closed.unshift(first);
  if (last > edges.at(-1)! + clear && crossing.filter((s) => s.to > last - clear).length >= 2) closed.push(last);
  return closed;
}

/** The strokes at each edge. */
function byPosition(segments: readonly Segment[], edges: readonly number[]): Segment[][] {
  return edges.map((edge) => segments.filter((s) => Math.abs(s.at - edge) <= near));
}

/** Whether strokes cover more than half of the side between two cells. */
function separated(segments: readonly Segment[], from: number, to: number): boolean {
  let covered = 0;
  for (const s of segments) covered += Math.max(0, Math.min(s.to, to) - Math.max(s.from, from));
  return covered > (to - from) * 0.5;
}

/** Rectangles from regions of elementary cells; a region that is none is cut into rectangles. */
function rectangles(
  regions: readonly number[],
  rowCount: number,
  columnCount: number,
): { cells: Omit<GridCell, 'box'>[]; closed: boolean } {
  const cells: Omit<GridCell, 'box'>[] = [];
  const done = new Uint8Array(rowCount * columnCount);
  const started = new Set<number>();
  let closed = true;
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const at = row * columnCount + column;
      if (done[at]) continue;
      const id = regions[at]!;
      if (started.has(id)) closed = false;
      started.add(id);
      const free = (r: number, c: number): boolean => {
        const i = r * columnCount + c;
        return regions[i] === id && !done[i];
      };
      let columnSpan = 1;
      while (column + columnSpan < columnCount && free(row, column + columnSpan)) columnSpan++;
      let rowSpan = 1;
      while (row + rowSpan < rowCount) {
        let whole = true;
        for (let c = column; c < column + columnSpan; c++) whole &&= free(row + rowSpan, c);
        if (!whole) break;
        rowSpan++;
      }
      for (let r = row; r < row + rowSpan; r++) {
        done.fill(1, r * columnCount + column, r * columnCount + column + columnSpan);
      }
      cells.push({ row, column, rowSpan, columnSpan });
    }
  }
  return { cells, closed };
}
