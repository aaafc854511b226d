import type { Component } from './components.ts';
import type { PixelBox } from './raster.ts';

/** Ink of one line of text. */
export interface TextLine extends PixelBox {
  /** Size of a full-width character, in pixels. */
  readonly em: number;
}

/**
 * Size of the characters of most of a page's text, from the heights of its pieces of ink (a character's largest piece is
 * most of its height). `scale` is pixels a point, for what sizes can be.
 */
export function characterSize(components: readonly Component[], scale: number): number {
  const least = 4.5 * scale;
  const most = 40 * scale;
  const heights = components
    .filter((c) => c.y1 - c.y0 >= least && c.y1 - c.y0 <= most && c.x1 - c.x0 <= 2 * (c.y1 - c.y0))
    .map((c) => c.y1 - c.y0)
    .sort((a, b) => a - b);
  if (heights.length === 0) return 12 * scale;
  return Math.max(6 * scale, heights[Math.floor(heights.length * 0.8)]! / 0.9);
}

/**
 * Pieces of ink put together to lines: neighbours at the same height, and the parts of a character one above the
 * other. `em` is the size of most characters around, `least` that of the smallest whose dots are no dirt. Lines come
 * from top to bottom.
 */
export function linesOfComponents(components: readonly Component[], em: number, least = em): TextLine[] {
  const parts = components
    .filter((c) => !isSpeck(c, Math.min(em, least)) && !isPicture(c, em))
    .sort((a, b) => a.x0 - b.x0);
  const parent = parts.map((_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    parent[i] = root;
    return root;
  };
  const join = (i: number, j: number): void => {
    parent[find(i)] = find(j);
  };
  const widest = Math.max(0, ...parts.map((c) => c.x1 - c.x0));
  for (let i = 0; i < parts.length; i++) {
    const a = parts[i]!;
    for (let j = i - 1; j >= 0; j--) {
      const b = parts[j]!;
      if (a.x0 - b.x0 > widest + 1.3 * em) break;
      if (belongTogether(a, b, em)) join(i, j);
    }
  }
  const groups = new Map<number, Component[]>();
  parts.forEach((part, i) => {
    const root = find(i);
    const group = groups.get(root);
    if (group) group.push(part);
    else groups.set(root, [part]);
  });
  const lines = [...groups.values()].flatMap((group) => splitRows(group, em)).map((group) => toLine(group, em));
  return joinOverlapping(lines.filter((line): line is TextLine => line !== undefined)).sort(
    (a, b) => a.y0 - b.y0 || a.x0 - b.x0,
  );
}

/** A dot of dirt; full stops and the dots of characters are larger. */
const isSpeck = (c: Component, em: number): boolean => Math.max(c.x1 - c.x0, c.y1 - c.y0) < 0.07 * em;

/** Ink much larger than characters. */
const isPicture = (c: Component, em: number): boolean =>
  c.y1 - c.y0 > 4.5 * em || (c.x1 - c.x0 > 14 * em && c.y1 - c.y0 > 2 * em);

function belongTogether(a: Component, b: Component, em: number): boolean {
  const [heightA, heightB] = [a.y1 - a.y0, b.y1 - b.y0];
  const overlap = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  const gap = Math.max(a.x0, b.x0) - Math.min(a.x1, b.x1);
  const size = Math.max(em * 0.8, Math.min(1.6 * em, Math.max(heightA, heightB)));
  if (gap <= 1.05 * size && overlap >= 0.5 * Math.min(heightA, heightB))
    return Math.max(heightA, heightB) < 2.2 * em || overlap > 0.5 * Math.max(heightA, heightB);
  // 二, 言, 宣: parts one above the other, together no higher than a character.
  const beside = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const together = Math.max(a.y1, b.y1) - Math.min(a.y0, b.y0);
  return beside >= 0.5 * Math.min(a.x1 - a.x0, b.x1 - b.x0) && -overlap <= 0.3 * em && together <= 1.08 * em;
}

/** Lines that hang together by a stroke or a speck are parted where a row between them has hardly any ink. */
function splitRows(group: readonly Component[], em: number): Component[][] {
  const y0 = Math.min(...group.map((c) => c.y0));
  const y1 = Math.max(...group.map((c) => c.y1));
  const heights = group.map((c) => c.y1 - c.y0).sort((a, b) => a - b);
  const own = Math.max(em * 0.85, heights[Math.floor(heights.length * 0.85)]!);
  if (y1 - y0 <= 1.55 * own || group.length < 3) return [[...group]];
  const rows = new Float32Array(y1 - y0);
  for (const c of group) {
    const weight = c.x1 - c.x0;
    for (let y = c.y0; y < c.y1; y++) rows[y - y0]! += weight;
  }
  const peak = Math.max(...rows);
  // The emptiest row at a place where a line may end.
  let cut = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let y = Math.floor(0.6 * own); y < y1 - y0 - 0.6 * own; y++) {
    const value = rows[y]!;
    if (value < least) {
      least = value;
      cut = y;
    }
  }
  if (cut < 0 || least > 0.3 * peak) return [[...group]];
  const above = group.filter((c) => (c.y0 + c.y1) / 2 - y0 <= cut);
  const below = group.filter((c) => (c.y0 + c.y1) / 2 - y0 > cut);
  if (above.length === 0 || below.length === 0) return [[...group]];
  return [...splitRows(above, em), ...splitRows(below, em)];
}

function toLine(group: readonly Component[], em: number): TextLine | undefined {
  const box = {
    x0: Math.min(...group.map((c) => c.x0)),
    y0: Math.min(...group.map((c) => c.y0)),
    x1: Math.max(...group.map((c) => c.x1)),
    y1: Math.max(...group.map((c) => c.y1)),
  };
  const height = box.y1 - box.y0;
  const width = box.x1 - box.x0;
  // Dirt: a few specks; a lone hair.
  const area = group.reduce((sum, c) => sum + c.area, 0);
  if (Math.max(width, height) < 0.28 * em || area < 0.02 * em * em) return undefined;
  // A line of 一 or — has no height of its own to go by; a longer line of small print below a large title has.
  const small = height > 0.35 * em && width > 3 * height && group.length >= 6;
  const own = height > 0.62 * em || small ? height / 0.93 : em;
  return { ...box, em: own };
}

/** Pieces of one line found twice over (a mark inside the box of a line) become part of it. */
function joinOverlapping(lines: readonly TextLine[]): TextLine[] {
  const kept: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => (b.x1 - b.x0) * (b.y1 - b.y0) - (a.x1 - a.x0) * (a.y1 - a.y0))) {
    const host = kept.findIndex((other) => {
      const x = Math.min(line.x1, other.x1) - Math.max(line.x0, other.x0);
      const y = Math.min(line.y1, other.y1) - Math.max(line.y0, other.y0);
      return x > 0.6 * (line.x1 - line.x0) && y > 0.6 * (line.y1 - line.y0);
    });
    if (host < 0) kept.push(line);
    else kept[host] = { ...unite(kept[host]!, line), em: kept[host]!.em };
  }
  return kept;
}

const unite = (a: PixelBox, b: PixelBox): PixelBox => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
});

/**
 * Pieces of lines that stand on one row, as one line: words a little apart, and single characters set wide (合　计, names)
 * up to `gap` ems. Words further apart are read better one by one.
 */
export function joinRows(lines: readonly TextLine[], gap: number): TextLine[] {
  const rows: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => a.x0 - b.x0)) {
    const at = rows.findIndex((row) => {
      const overlap = Math.min(row.y1, line.y1) - Math.max(row.y0, line.y0);
      const least = Math.min(row.y1 - row.y0, line.y1 - line.y0);
      const most = Math.max(row.y1 - row.y0, line.y1 - line.y0);
      return (
        overlap > 0.6 * least &&
        line.x0 - row.x1 < (isSingle(row) || isSingle(line) ? gap : 1.3) * Math.max(row.em, line.em) &&
        (most < 1.5 * least || least < 0.5 * Math.max(row.em, line.em))
      );
    });
    const row = rows[at];
    if (row) rows[at] = { ...unite(row, line), em: Math.max(row.em, line.em) };
    else rows.push(line);
  }
  return rows.sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0);
}

/** One character, or a row of them set wide. */
const isSingle = (line: TextLine): boolean => line.x1 - line.x0 < 1.5 * line.em;
