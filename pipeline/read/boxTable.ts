import { type LayoutTable, layoutLine } from '../../models/index.ts';
import { gridTable, type RawCell } from './gridTable.ts';

/** Characters that a table is drawn with: corners and crossings, upright strokes, level strokes. */
const crossing = /[┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┝┥┯┷┰┸╂┿+]/u;
const upright = /[│┃║|｜]/u;
const level = /[─━═—―┄┅-]/u;

/** Whether a line is the top edge of a drawn table. */
export function startsBoxTable(line: string): boolean {
  return /^\s*(?:[┌┏╔╭][─━═┄┅┬┳╦┯┰]+[┐┓╗╮]|\+[-=+]{2,}\+)\s*$/u.test(line);
}

const belongsToBox = (line: string): boolean => {
  const first = line.trimStart()[0];
  return first !== undefined && (crossing.test(first) || upright.test(first));
};

interface Placed {
  readonly char: string;
  readonly x: number;
}

/**
 * Reads a table drawn with strokes. Where the stroke between two columns or two rows is missing, the cells are one.
 * Chinese terminals drew strokes two columns wide, others one: the width that makes the lines agree is taken.
 */
export function boxTable(lines: readonly string[], from: number): { table: LayoutTable; length: number } | null {
  if (!startsBoxTable(lines[from]!)) return null;
  let to = from;
  while (to < lines.length && belongsToBox(lines[to]!)) to++;
  const drawn = lines.slice(from, to);
  if (drawn.length < 3) return null;
  const placed = [1, 2].map((width) => drawn.map((line) => place(line, width)));
  const spread = placed.map((rows) => new Set(rows.map((row) => row.at(-1)?.x ?? 0)).size);
  const rows = spread[1]! < spread[0]! ? placed[1]! : placed[0]!;
  const edges = [
    ...new Set(rows.flatMap((row) => row.filter(({ char }) => crossing.test(char) && char !== '+').map(({ x }) => x))),
  ];
  if (edges.length === 0) edges.push(...new Set(rows[0]!.filter(({ char }) => char === '+').map(({ x }) => x)));
  edges.sort((a, b) => a - b);
  if (edges.length < 2) return null;
  return { table: cellsOf(rows, edges), length: to - from };
}

function place(line: string, strokeWidth: number): Placed[] {
  const result: Placed[] = [];
  let x = 0;
  for (const char of line.trim()) {
    result.push({ char, x });
    const stroke = /[\u2500-\u257f]/u.test(char);
    x += stroke
      ? strokeWidth
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6—…“”‘’]|[\u{20000}-\u{3fffd}]/u.test(
            char,
          )
        ? 2
        : 1;
  }
  return result;
}

/** Bands between level strokes are the rows of the grid; edges between uprights its columns. */
function cellsOf(rows: readonly (readonly Placed[])[], edges: readonly number[]): LayoutTable {
  const columnCount = edges.length - 1;
  // For each line and column: 'stroke' (a row ends here), or the text that stands in it.
  const parts = rows.map((row) =>
    Array.from({ length: columnCount }, (_, c) => {
      const inside = row.filter(({ x }) => x > edges[c]! && x < edges[c + 1]!);
      const text = inside.map(({ char }) => char).join('');
      return inside.length > 0 && inside.every(({ char }) => level.test(char) || crossing.test(char)) ? null : text;
    }),
  );
  const walls = rows.map((row) =>
    edges.map((edge) => row.some(({ char, x }) => x === edge && (upright.test(char) || crossing.test(char)))),
  );
  const bands: number[][] = [];
  /** Whether the band goes on with the one above in this column: its level stroke is missing there. */
  const joined: boolean[][] = [];
  for (let i = 0; i < parts.length; i++) {
    const strokes = parts[i]!.map((part) => part === null);
    if (strokes.some(Boolean)) {
      if (i < parts.length - 1) {
        bands.push([]);
        joined.push(strokes.map((stroke) => !stroke && bands.length > 1));
      }
      if (strokes.some((stroke) => !stroke)) bands.at(-1)?.push(i);
    } else bands.at(-1)?.push(i);
  }
  const raw: RawCell[] = [];
  const taken = new Set<string>();
  for (let band = 0; band < bands.length; band++) {
    for (let column = 0; column < columnCount; column++) {
      if (taken.has(`${band} ${column}`)) continue;
      let columnSpan = 1;
      while (column + columnSpan < columnCount && !walled(bands[band]!, walls, parts, column + columnSpan))
        columnSpan++;
      let rowSpan = 1;
      while (band + rowSpan < bands.length && joined[band + rowSpan]![column]) rowSpan++;
      const texts = new Set<number>();
      for (let b = band; b < band + rowSpan; b++) {
        for (const line of bands[b]!) texts.add(line);
        for (let c = column; c < column + columnSpan; c++) taken.add(`${b} ${c}`);
      }
      const lines = [...texts]
        .map((line) => {
          const inside = rows[line]!.filter(({ x }) => x > edges[column]! && x < edges[column + columnSpan]!);
          return inside.every(({ char }) => level.test(char) || crossing.test(char) || upright.test(char))
            ? ''
            : inside
                .map(({ char }) => char)
                .join('')
                .trim();
        })
        .filter((text) => text !== '');
      raw.push({ row: band, column, rowSpan, columnSpan, lines: lines.map((text) => layoutLine(text)) });
    }
  }
  return gridTable(raw, { rowCount: Math.max(1, bands.length), columnCount }, { spansKnown: true });
}

function walled(
  lines: readonly number[],
  walls: readonly (readonly boolean[])[],
  parts: readonly (readonly (string | null)[])[],
  edge: number,
): boolean {
  const textLines = lines.filter((line) => parts[line]!.every((part) => part !== null));
  const checked = textLines.length > 0 ? textLines : lines;
  return checked.length === 0 || checked.some((line) => walls[line]![edge]);
}
