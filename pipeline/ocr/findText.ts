import { gridsFromStrokes, type RuledGrid } from '../read/geometry/grids.ts';
import { type CellMark, findCellMark } from './prepare/cellMark.ts';
import { type Component, findComponents } from './prepare/components.ts';
import type { Inks } from './prepare/inks.ts';
import { cropGray, darkerThan, type Gray, inkThreshold, type Mask, type PixelBox } from './prepare/raster.ts';
import { findRedFigures } from './prepare/redFigures.ts';
import { eraseStrokes, findStrokes, type PixelStroke } from './prepare/strokes.ts';
import { characterSize, joinRows, linesOfComponents, type TextLine } from './prepare/textLines.ts';

/** A line of text found on a page, ready to be read. */
export interface FoundLine extends TextLine {
  readonly color: 'black' | 'red';
  /** Characters stand one below the other (labels in narrow cells); each box is one of them, from the top. */
  readonly stacked: readonly PixelBox[] | null;
  /** A mark that stands alone in a cell; it need not be read. */
  readonly mark: CellMark['text'] | null;
  /** Index of the table and of its cell; null outside tables. */
  readonly cell: { readonly table: number; readonly cell: number } | null;
}

/** What stands on a prepared page, before anything is read. Pixels, except that strokes and grids are points. */
export interface FoundPage {
  readonly lines: readonly FoundLine[];
  readonly grids: readonly RuledGrid[];
  readonly strokes: readonly PointStroke[];
  readonly seals: readonly PixelBox[];
  readonly stamps: readonly PixelBox[];
  /** Black and red ink without strokes, for reading. */
  readonly black: Gray;
  readonly red: Gray | null;
  /** The red channel with all that is in it. */
  readonly redChannel: Gray;
  /** true: specks everywhere, as of a page of noise; no lines were made of them. */
  readonly noise: boolean;
}

export interface PointStroke {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly color: 'black' | 'red';
}

/** Size in points of small print on a page; what would be dirt beside a large title may be its full stops. */
const smallPrint = 12;

/** Length in points that strokes of neighbouring characters do not reach together. */
const feetLength = 60;

/** Pieces of ink: the densest page of small type has half as many; letterheads have few. */
const mostParts = 25_000;
const mostRedParts = 6_000;
/** A page with more lines than this is no page of text. */
const mostLines = 1500;

/** Finds strokes, tables, seals and lines of text on a page that stands straight. `scale` is pixels a point. */
export function findText(inks: Inks, scale: number): FoundPage {
  const black: Gray = { ...inks.black, data: inks.black.data.slice() };
  const strokes = findStrokes(black, scale);
  const blackStrokes = strokes.map((s) => toPoints(s, scale, 'black'));
  const grids = gridsFromStrokes(blackStrokes).grids.filter((g) => isTable(g));
  const figures = inks.redMask ? findRedFigures(inks.redMask, scale) : { seals: [], stamps: [] };
  // What is neither part of a table nor a rule may be part of a character: it stays.
  const ruling = strokes.flatMap((s) => {
    if (isRule(s, scale)) return [s];
    for (const grid of grids) {
      const part = rulingOf(s, grid, scale);
      if (part) return [part];
    }
    return [];
  });
  eraseStrokes(black, ruling, scale);

  const red = inks.red && { ...inks.red, data: inks.red.data.slice() };
  const redStrokes = red ? findStrokes(red, scale).filter((s) => s.horizontal && s.x1 - s.x0 > 90 * scale) : [];
  if (red) eraseStrokes(red, redStrokes, scale);

  const mask = darkerThan(black, inkThreshold(black));
  const parts = findComponents(mask, Math.max(2, Math.round(0.12 * scale * scale)));
  const noise = parts === null || parts.length > mostParts || isNoise(parts, mask, scale);
  const redLines = red && !noise ? linesInRed(red, [...figures.seals, ...figures.stamps], scale) : [];
  const lines = noise
    ? []
    : blackLines(
        parts.filter((part) => !isShade(part, redLines, scale)),
        grids,
        black,
        scale,
      );
  const tooMany = lines.length + redLines.length > mostLines;
  return {
    lines: tooMany ? [] : [...redLines, ...lines],
    grids,
    strokes: [...ruling.map((s) => toPoints(s, scale, 'black')), ...redStrokes.map((s) => toPoints(s, scale, 'red'))],
    ...figures,
    black,
    red,
    redChannel: inks.redChannel,
    noise: noise || tooMany,
  };
}

function toPoints(s: PixelStroke, scale: number, color: 'black' | 'red'): PointStroke {
  // A stroke stands for its middle; its width would make short ones look like the other direction.
  const [mx, my] = [(s.x0 + s.x1) / 2 / scale, (s.y0 + s.y1) / 2 / scale];
  return s.horizontal
    ? { x0: s.x0 / scale, x1: s.x1 / scale, y0: my, y1: my, color }
    : { x0: mx, x1: mx, y0: s.y0 / scale, y1: s.y1 / scale, color };
}

const isRule = (s: PixelStroke, scale: number): boolean => s.horizontal && s.x1 - s.x0 > 110 * scale;

/**
 * The part of a stroke that rules a table: what lies along a side of its cells, and in it what is longer than the feet of
 * some characters in a row (卫生室). Beyond the table it may have run on into characters. null where it rules none.
 */
function rulingOf(s: PixelStroke, { box, rowEdges, columnEdges }: RuledGrid, scale: number): PixelStroke | null {
  const near = 3;
  const clipped: PixelStroke = {
    ...s,
    x0: Math.max(s.x0, Math.floor((box[0] - near) * scale)),
    y0: Math.max(s.y0, Math.floor((box[1] - near) * scale)),
    x1: Math.min(s.x1, Math.ceil((box[2] + near) * scale)),
    y1: Math.min(s.y1, Math.ceil((box[3] + near) * scale)),
  };
  if (clipped.x1 <= clipped.x0 || clipped.y1 <= clipped.y0) return null;
  const [length, whole] = s.horizontal
    ? [clipped.x1 - clipped.x0, s.x1 - s.x0]
    : [clipped.y1 - clipped.y0, s.y1 - s.y0];
  if (length < 0.5 * whole) return null;
  const middle = (s.horizontal ? s.y0 + s.y1 : s.x0 + s.x1) / 2 / scale;
  const isSide = (s.horizontal ? rowEdges : columnEdges).some((edge) => Math.abs(edge - middle) <= 2);
  return isSide || length > feetLength * scale ? clipped : null;
}

/** Frames of stamps and boxes around a word are no tables. */
const isTable = (grid: RuledGrid): boolean => grid.box[2] - grid.box[0] > 70 && grid.box[3] - grid.box[1] > 20;

/** Dark edges of large red letters, as pictures with coarse colours have them. */
function isShade(part: Component, redLines: readonly FoundLine[], scale: number): boolean {
  const [x, y] = [(part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2];
  return redLines.some((l) => l.em > 20 * scale && x > l.x0 && x < l.x1 && y > l.y0 && y < l.y1);
}

/** Print leaves few specks for each character; a page of noise leaves hardly anything else. */
function isNoise(parts: readonly Component[], mask: Mask, scale: number): boolean {
  const specks = parts.filter((c) => Math.max(c.x1 - c.x0, c.y1 - c.y0) < 2.2 * scale).length;
  const perInch = specks / ((mask.width / scale / 72) * (mask.height / scale / 72));
  return perInch > 250 && specks > 6 * (parts.length - specks);
}

function blackLines(parts: readonly Component[], grids: readonly RuledGrid[], black: Gray, scale: number): FoundLine[] {
  const outside: Component[] = [];
  const held = grids.map((grid) => grid.cells.map((): Component[] => []));
  for (const part of parts) {
    const [x, y] = [(part.x0 + part.x1) / 2 / scale, (part.y0 + part.y1) / 2 / scale];
    const table = grids.findIndex(({ box }) => x > box[0] && x < box[2] && y > box[1] && y < box[3]);
    if (table < 0) outside.push(part);
    else {
      const cell = grids[table]!.cells.findIndex(({ box }) => x >= box[0] && x < box[2] && y >= box[1] && y < box[3]);
      if (cell >= 0) held[table]![cell]!.push(part);
    }
  }
  const lines: FoundLine[] = joinRows(
    linesOfComponents(outside, characterSize(outside, scale), smallPrint * scale),
    3,
  ).map((line) => ({
    ...line,
    color: 'black',
    stacked: null,
    mark: null,
    cell: null,
  }));
  held.forEach((cells, table) => {
    const em = characterSize(cells.flat(), scale);
    cells.forEach((inside, cell) => {
      const [x0, y0, x1, y1] = grids[table]!.cells[cell]!.box;
      const found = cellLines(inside, em, (x1 - x0) * scale);
      lines.push(...found.map((line) => ({ ...line, cell: { table, cell } })));
      const [only, ...others] = found;
      if (others.length > 0 || (only && only.x1 - only.x0 > 1.6 * em)) return;
      // The sides of the cell are inked; what they leave of shade is no mark.
      const side = 2 * scale;
      const inner = { x0: x0 * scale + side, y0: y0 * scale + side, x1: x1 * scale - side, y1: y1 * scale - side };
      const mark = inner.x1 - inner.x0 > 4 && inner.y1 - inner.y0 > 4 ? findCellMark(black, inner, em) : null;
      if (!mark) return;
      if (only) lines[lines.length - 1] = { ...lines.at(-1)!, mark: mark.text };
      else lines.push({ ...mark.box, em, color: 'black', stacked: null, mark: mark.text, cell: { table, cell } });
    });
  });
  return lines;
}

/** Lines of a cell; a narrow cell with single characters one below the other holds one line that runs down. */
function cellLines(parts: readonly Component[], em: number, width: number): Omit<FoundLine, 'cell'>[] {
  const lines = joinRows(linesOfComponents(parts, em), 6);
  const single = (line: TextLine): boolean => line.x1 - line.x0 < 1.35 * em && line.y1 - line.y0 < 1.35 * em;
  if (lines.length >= 2 && width < 2.6 * em && lines.every(single)) {
    const [first] = lines;
    const boxes = lines.map(({ x0, y0, x1, y1 }) => ({ x0, y0, x1, y1 }));
    return [
      {
        x0: Math.min(...lines.map((l) => l.x0)),
        y0: first!.y0,
        x1: Math.max(...lines.map((l) => l.x1)),
        y1: lines.at(-1)!.y1,
        em: Math.max(...lines.map((l) => l.em)),
        color: 'black',
        stacked: boxes,
        mark: null,
      },
    ];
  }
  return lines.map((line) => ({ ...line, color: 'black', stacked: null, mark: null }));
}

/** Lines of red text: the letterhead. What lies in seals and stamps is theirs. */
function linesInRed(red: Gray, figures: readonly PixelBox[], scale: number): FoundLine[] {
  const mask = darkerThan(red, 150);
  const all = findComponents(mask, Math.max(4, Math.round(0.5 * scale * scale))) ?? [];
  if (all.length > mostRedParts) return [];
  // Seals that touch each other are one piece of ink, and each of them a part of it.
  const lies = (part: Component, f: PixelBox): boolean => {
    const x = Math.min(part.x1, f.x1 + 2) - Math.max(part.x0, f.x0 - 2);
    const y = Math.min(part.y1, f.y1 + 2) - Math.max(part.y0, f.y0 - 2);
    return x > 0 && y > 0 && x * y > 0.2 * (part.x1 - part.x0) * (part.y1 - part.y0);
  };
  const parts = all.filter((part) => !figures.some((figure) => lies(part, figure)));
  const heights = parts.map((c) => c.y1 - c.y0).sort((a, b) => a - b);
  const tallest = heights[Math.floor(heights.length * 0.8)] ?? 0;
  // Letterheads are large; smaller red print is read like any other.
  const em = Math.max(8 * scale, tallest / 0.9);
  return joinRows(linesOfComponents(parts, em), 2.5)
    .filter((line) => line.y1 - line.y0 > 6 * scale)
    .map((line) => ({ ...line, color: 'red', stacked: null, mark: null, cell: null }));
}

/** The strip of a line for an engine, and where its pixels stand on the page. */
export function cutStrip(page: FoundPage, line: FoundLine): { image: Gray; em: number; left: number } {
  const source = line.color === 'red' && page.red ? page.red : page.black;
  const height = Math.max(line.y1 - line.y0, 0.86 * line.em);
  const middle = (line.y0 + line.y1) / 2;
  const half = (height * 1.22) / 2;
  const left = Math.max(0, Math.floor(line.x0 - 0.25 * line.em));
  const image = cropGray(source, { x0: left, y0: middle - half, x1: line.x1 + 0.25 * line.em, y1: middle + half });
  return { image, em: line.em, left };
}

/** Whether a seal lies over a line. */
export const isUnderSeal = (page: FoundPage, line: FoundLine): boolean =>
  page.seals.some((s) => line.x0 < s.x1 && line.x1 > s.x0 && line.y0 < s.y1 && line.y1 > s.y0);

/** What red ink becomes paper at, when a line under a seal is read several times over. */
const whiteLevels = [255, 220, 200] as const;

/** The strip of a line under a seal, from the red channel, with red ink more and more turned to paper. */
export function cutUnderSeal(page: FoundPage, line: FoundLine): { image: Gray; em: number }[] {
  const strip = cutStrip({ ...page, black: page.redChannel }, line);
  return whiteLevels.map((white) => ({
    em: strip.em,
    image: { ...strip.image, data: strip.image.data.map((v) => Math.min(255, Math.round((v * 255) / white))) },
  }));
}

/** Characters that stand one below the other, set side by side for reading. */
export function cutStacked(page: FoundPage, line: FoundLine): { image: Gray; em: number; cell: number } {
  const cell = Math.ceil(line.em * 1.12);
  const count = line.stacked!.length;
  const margin = Math.ceil(line.em * 0.25);
  const width = cell * count + 2 * margin;
  const data = new Uint8Array(width * (cell + 4)).fill(255);
  line.stacked!.forEach((box, i) => {
    const piece = cropGray(page.black, box);
    const x = margin + i * cell + Math.max(0, Math.floor((cell - piece.width) / 2));
    const y = 2 + Math.max(0, Math.floor((cell - piece.height) / 2));
    for (let row = 0; row < piece.height && y + row < cell + 4; row++) {
      const from = row * piece.width;
      const length = Math.min(piece.width, width - x);
      data.set(piece.data.subarray(from, from + length), (y + row) * width + x);
    }
  });
  return { image: { width, height: cell + 4, data }, em: line.em, cell };
}
