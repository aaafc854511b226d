import { type Glyph, isBlank, least, median, most } from './content.ts';
import { type GlyphRow, rowsFromGlyphs } from './lines.ts';

/**
 * Rows of a page in reading order, with columns of text read one after the other. Columns are two blocks of running
 * text with a white gutter between them; short entries set side by side (signatures, contacts, lists without rules)
 * are rows, not columns.
 */
export function rowsInReadingOrder(glyphs: readonly Glyph[]): GlyphRow[] {
  const rows = rowsFromGlyphs(glyphs);
  const gutter = findGutter(rows);
  if (gutter === undefined) return rows;
  const ordered: GlyphRow[] = [];
  let band: GlyphRow[] = [];
  const flush = (): void => {
    const inside = band.flatMap((row) => row.glyphs);
    const left = rowsFromGlyphs(inside.filter((g) => (g.x0 + g.x1) / 2 < gutter));
    const right = rowsFromGlyphs(inside.filter((g) => (g.x0 + g.x1) / 2 >= gutter));
    for (const row of [...left, ...right]) ordered.push(row);
    band = [];
  };
  for (const row of rows) {
    if (crosses(row, gutter)) {
      flush();
      ordered.push(row);
    } else band.push(row);
  }
  flush();
  return ordered;
}

function crosses(row: GlyphRow, x: number): boolean {
  const half = row.size * 0.4;
  return row.glyphs.some((g) => !isBlank(g.text) && g.x0 < x + half && g.x1 > x - half);
}

/** Fewer rows a side, or shorter ones (in ems), are not columns of running text. */
const leastRows = 6;
const leastWidth = 9;

/** The clearest strips are tried, no more: on a page of short lines nearly all are clear. */
const tries = 6;
/** Width of the strips in which a gutter is looked for, in points. */
const strip = 3;

function findGutter(rows: readonly GlyphRow[]): number | undefined {
  if (rows.length < leastRows) return undefined;
  const inked = rows.flatMap((row) => row.glyphs.filter((g) => !isBlank(g.text)));
  if (inked.length < leastRows * leastWidth * 2) return undefined;
  let [left, right] = [Infinity, -Infinity];
  for (const g of inked) {
    left = Math.min(left, g.x0);
    right = Math.max(right, g.x1);
  }
  const from = left + (right - left) * 0.3;
  const crossing = rowsCrossing(rows, from, Math.floor(((right - left) * 0.4) / strip));
  const enough = Math.max(leastRows, rows.length * 0.5);
  const places = [...crossing.keys()].filter((i) => rows.length - crossing[i]! >= enough);
  places.sort((a, b) => crossing[a]! - crossing[b]! || a - b);
  return places
    .slice(0, tries)
    .map((i) => from + i * strip)
    .find((x) => partsColumns(rows, x));
}

/** For each strip from `from`, how many rows have something printed on it. */
function rowsCrossing(rows: readonly GlyphRow[], from: number, count: number): number[] {
  const crossing = new Array<number>(Math.max(0, count)).fill(0);
  for (const row of rows) {
    const half = row.size * 0.4;
    let done = -1;
    for (const g of row.glyphs) {
      if (g.text.trim() === '') continue;
      const last = Math.min(count - 1, Math.ceil((g.x1 + half - from) / strip) - 1);
      for (let i = Math.max(done + 1, 0, Math.floor((g.x0 - half - from) / strip) + 1); i <= last; i++) crossing[i]!++;
      done = Math.max(done, last);
    }
  }
  return crossing;
}

function partsColumns(rows: readonly GlyphRow[], x: number): boolean {
  const clear = rows.filter((row) => !crosses(row, x));
  const sides = [
    clear.flatMap((row) => extent(row, (g) => g.x1 <= x)),
    clear.flatMap((row) => extent(row, (g) => g.x0 >= x)),
  ];
  return sides.every((side) => {
    if (side.length < leastRows) return false;
    const width = median(side.map((s) => s.x1 - s.x0));
    const whole = most(side.map((s) => s.x1)) - least(side.map((s) => s.x0));
    return width >= leastWidth * median(side.map((s) => s.size)) && width >= 0.7 * whole;
  });
}

function extent(row: GlyphRow, on: (glyph: Glyph) => boolean): { x0: number; x1: number; size: number }[] {
  const glyphs = row.glyphs.filter((g) => !isBlank(g.text) && on(g));
  if (glyphs.length === 0) return [];
  return [{ x0: glyphs[0]!.x0, x1: most(glyphs.map((g) => g.x1)), size: row.size }];
}
