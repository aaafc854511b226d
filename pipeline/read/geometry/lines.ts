import { type LayoutLine, layoutLine } from '../../../models/index.ts';
import { type Glyph, isBlank, least, median, most, roundBox, roundPoint } from './content.ts';

/** Characters on one baseline, from left to right. */
export interface GlyphRow {
  readonly glyphs: readonly Glyph[];
  readonly baseline: number;
  readonly size: number;
  readonly y0: number;
  readonly y1: number;
}

const isCjk = (text: string): boolean => /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(text);

/** Upright characters as lines from top to bottom. Turned characters must not be among them. */
export function linesFromGlyphs(glyphs: readonly Glyph[]): LayoutLine[] {
  return rowsFromGlyphs(glyphs).flatMap((row) => lineFromRow(row) ?? []);
}

/**
 * Characters grouped into rows by their baselines, rows from top to bottom. Raised or lowered small characters (notes
 * marks, m²) belong to the row they stand in. The same character printed twice at nearly the same place (bold by
 * printing twice) stands once.
 */
export function rowsFromGlyphs(glyphs: readonly Glyph[]): GlyphRow[] {
  const sorted = [...glyphs].sort((a, b) => a.baseline - b.baseline);
  const groups: { glyphs: Glyph[]; baseline: number; size: number }[] = [];
  for (const glyph of sorted) {
    const last = groups.at(-1);
    if (last && glyph.baseline - last.baseline <= 0.35 * Math.min(glyph.size, last.size)) {
      last.glyphs.push(glyph);
      // A row takes the baseline of its largest characters, as a row may begin with a raised small one.
      if (glyph.size > last.size * 1.2) {
        last.baseline = glyph.baseline;
        last.size = glyph.size;
      }
    } else groups.push({ glyphs: [glyph], baseline: glyph.baseline, size: glyph.size });
  }
  return joinRaised(groups.map((group) => toRow(group.glyphs)));
}

/** `glyphs` is the caller's to give away: it is sorted in place. */
function toRow(glyphs: Glyph[]): GlyphRow {
  const sorted = withoutDoubles(glyphs.sort((a, b) => a.x0 - b.x0));
  const inked = sorted.filter((g) => !isBlank(g.text));
  const measured = inked.length > 0 ? inked : sorted;
  let [y0, y1] = [Infinity, -Infinity];
  for (const g of measured) {
    if (g.y0 < y0) y0 = g.y0;
    if (g.y1 > y1) y1 = g.y1;
  }
  return {
    glyphs: sorted,
    baseline: median(measured.map((g) => g.baseline)),
    size: median(measured.map((g) => g.size)),
    y0,
    y1,
  };
}

function withoutDoubles(sorted: readonly Glyph[]): Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of sorted) {
    let double = -1;
    for (let i = kept.length - 1; i >= 0 && i >= kept.length - 4; i--) {
      const other = kept[i]!;
      if (
        other.text === glyph.text &&
        glyph.x0 - other.x0 < 0.2 * glyph.size &&
        glyph.x0 - other.x0 < 0.6 * (glyph.x1 - glyph.x0)
      ) {
        double = i;
        break;
      }
    }
    if (double < 0) kept.push(glyph);
    else if (!isBlank(glyph.text))
      kept[double] = { ...kept[double]!, x1: Math.max(kept[double]!.x1, glyph.x1), bold: true };
  }
  return kept;
}

/** A row of more small characters is text of its own. */
const mostRaised = 100;

/** Puts rows of small characters into the larger row that they are raised or lowered in. */
function joinRaised(rows: readonly GlyphRow[]): GlyphRow[] {
  const joined: GlyphRow[] = [];
  const taken = new Set<GlyphRow>();
  rows.forEach((row, index) => {
    if (taken.has(row)) return;
    let current = row;
    for (const near of [rows[index - 1], rows[index + 1]]) {
      if (!near || taken.has(near) || near.size >= 0.75 * current.size) continue;
      if (near.glyphs.length > mostRaised) continue;
      const middle = (near.y0 + near.y1) / 2;
      if (middle < current.y0 || middle > current.y1) continue;
      const touches = near.glyphs.every((small) =>
        current.glyphs.some(
          (g) => !isBlank(g.text) && small.x0 < g.x1 + current.size && small.x1 > g.x0 - current.size,
        ),
      );
      if (!touches) continue;
      taken.add(near);
      const at = joined.indexOf(near);
      if (at >= 0) joined.splice(at, 1);
      const together = toRow([...current.glyphs, ...near.glyphs]);
      current = { ...together, baseline: current.baseline, size: current.size };
    }
    joined.push(current);
  });
  return joined;
}

/**
 * One row as a line; undefined for a row of spaces alone. Spaces are set where the file only leaves a gap: one for a
 * gap that no letter-spacing explains, and as many as fit (at most 8) for wide ones, so that things set apart on one
 * line (发文字号 and 签发人) stay apart.
 */
export function lineFromRow(row: GlyphRow): LayoutLine | undefined {
  let from = 0;
  let to = row.glyphs.length;
  while (from < to && isBlank(row.glyphs[from]!.text)) from++;
  while (to > from && isBlank(row.glyphs[to - 1]!.text)) to--;
  const glyphs = row.glyphs.slice(from, to);
  if (glyphs.length === 0) return undefined;

  const spacing = letterSpacing(glyphs);
  let text = '';
  const edges: number[] = [glyphs[0]!.x0];
  const sureness: number[] = [];
  glyphs.forEach((glyph, index) => {
    const previous = glyphs[index - 1];
    if (previous) {
      const count = spacesBetween(previous, glyph, spacing);
      if (count > 0) {
        edges[edges.length - 1] = previous.x1;
        const gap = glyph.x0 - previous.x1;
        for (let i = 1; i <= count; i++) edges.push(previous.x1 + (gap * i) / count);
        text += ' '.repeat(count);
        for (let i = 0; i < count; i++) sureness.push(1);
      } else edges[edges.length - 1] = Math.min((previous.x1 + glyph.x0) / 2, glyph.x0);
    }
    const start = edges.at(-1)!;
    for (let i = 1; i <= glyph.text.length; i++) {
      edges.push(start + ((Math.max(glyph.x1, start) - start) * i) / glyph.text.length);
    }
    text += glyph.text;
    const sure = isBlank(glyph.text) ? 1 : sureOf(glyph);
    for (let i = 0; i < glyph.text.length; i++) sureness.push(sure);
  });
  for (let i = 1; i < edges.length; i++) edges[i] = Math.max(edges[i]!, edges[i - 1]!);

  const inked = glyphs.filter((g) => !isBlank(g.text));
  const confidence = Math.min(...inked.map(sureOf));
  return layoutLine(text, {
    box: roundBox([edges[0]!, least(inked.map((g) => g.y0)), edges.at(-1)!, most(inked.map((g) => g.y1))]),
    edges: edges.map(roundPoint),
    color: mostFrequent(inked.map((g) => g.color)),
    fontSize: mostFrequent(inked.map((g) => Math.round(g.size * 10) / 10)),
    bold: inked.filter((g) => g.bold).length * 2 > inked.length,
    confidence,
    ...(inked.some((g) => sureOf(g) > confidence) && { sureness }),
    alternative: glyphs.some((g) => g.alternative !== undefined)
      ? glyphs.map((g) => g.alternative ?? g.text).join('')
      : null,
  });
}

const sureOf = (glyph: Glyph): number => glyph.confidence ?? (glyph.hidden ? 0.8 : 1);

/** The even gap between characters of a row that is set wide (distributed names in letterheads), in points; else 0. */
function letterSpacing(glyphs: readonly Glyph[]): number {
  const gaps: number[] = [];
  for (let i = 1; i < glyphs.length; i++) {
    const [a, b] = [glyphs[i - 1]!, glyphs[i]!];
    if (isCjk(a.text) && isCjk(b.text)) gaps.push(b.x0 - a.x1);
  }
  if (gaps.length < 2) return 0;
  const middle = median(gaps);
  const size = glyphs[0]!.size;
  const even = gaps.filter((gap) => Math.abs(gap - middle) < 0.2 * size).length;
  return even >= 0.75 * gaps.length ? Math.max(0, middle) : 0;
}

function spacesBetween(a: Glyph, b: Glyph, spacing: number): number {
  const gap = b.x0 - a.x1;
  const size = Math.max(a.size, b.size);
  const blank = isBlank(a.text) || isBlank(b.text);
  // Word processors set a quarter of an em between Chinese and Latin characters: no space of the text.
  const least = blank ? 1.5 * size : isCjk(a.text) || isCjk(b.text) ? 0.45 * size : 0.2 * size;
  if (gap <= least + spacing) return 0;
  return Math.max(1, Math.min(8, Math.round((gap - spacing) / size)));
}

function mostFrequent<T>(values: readonly T[]): T {
  const [first] = values;
  if (values.every((value) => value === first)) return first as T;
  const counts = new Map<T, number>();
  let best = values[0] as T;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
