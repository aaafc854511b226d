import { type Glyph, median } from './content.ts';
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
    ordered.push(...rowsFromGlyphs(inside.filter((g) => (g.x0 + g.x1) / 2 < gutter)));
    ordered.push(...rowsFromGlyphs(inside.filter((g) => (g.x0 + g.x1) / 2 >= gutter)));
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
  return row.glyphs.some((g) => g.text.trim() !== '' && g.x0 < x + half && g.x1 > x - half);
}

/** Fewer rows a side, or shorter ones (in ems), are not columns of running text. */
const leastRows = 6;
const leastWidth = 9;

function findGutter(rows: readonly GlyphRow[]): number | undefined {
  if (rows.length < leastRows) return undefined;
  const inked = rows.flatMap((row) => row.glyphs.filter((g) => g.text.trim() !== ''));
  if (inked.length < leastRows * leastWidth * 2) return undefined;
  const left = Math.min(...inked.map((g) => g.x0));
  const right = Math.max(...inked.map((g) => g.x1));
  let best: { x: number; rows: number } | undefined;
  for (let x = left + (right - left) * 0.3; x <= left + (right - left) * 0.7; x += 3) {
    const clear = rows.filter((row) => !crosses(row, x));
    if (clear.length < Math.max(leastRows, rows.length * 0.5)) continue;
    if (best && clear.length <= best.rows) continue;
    const sides = [
      clear.flatMap((row) => extent(row, (g) => g.x1 <= x)),
      clear.flatMap((row) => extent(row, (g) => g.x0 >= x)),
    ];
    const runs = sides.every((side) => {
      if (side.length < leastRows) return false;
      const width = median(side.map((s) => s.x1 - s.x0));
      const whole = Math.max(...side.map((s) => s.x1)) - Math.min(...side.map((s) => s.x0));
      return width >= leastWidth * median(side.map((s) => s.size)) && width >= 0.7 * whole;
    });
    if (runs) best = { x, rows: clear.length };
  }
  return best?.x;
}

function extent(row: GlyphRow, on: (glyph: Glyph) => boolean): { x0: number; x1: number; size: number }[] {
  const glyphs = row.glyphs.filter((g) => g.text.trim() !== '' && on(g));
  if (glyphs.length === 0) return [];
  return [{ x0: glyphs[0]!.x0, x1: Math.max(...glyphs.map((g) => g.x1)), size: row.size }];
}
