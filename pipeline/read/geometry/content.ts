import type { Box } from '../../../models/index.ts';

/**
 * What stands on a page before anything is made of it: characters, strokes and figures at their places. Readers of
 * formats with geometry (PDF, OFD) fill it in and `composeLayout` makes lines and tables of it.
 *
 * All positions are points (1/72 inch), origin at the top left of the page as displayed, x to the right, y down.
 */
export interface PageContent {
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly strokes: readonly Stroke[];
  readonly figures: readonly Figure[];
}

export type InkColor = 'black' | 'red' | 'other';

/** One printed character (or ligature, or the spaces that a file holds). */
export interface Glyph {
  /** As in the file, unfolded; never empty; several code units for a ligature or a character beyond U+FFFF. */
  readonly text: string;
  /** The advance box, with the height of the em box (`emBox`); for turned text the box as it stands on the page. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Where the characters stand: y for upright text; for turned text not used. */
  readonly baseline: number;
  /** The em, in points as displayed. */
  readonly size: number;
  readonly color: InkColor;
  readonly bold: boolean;
  /** Direction of writing, degrees clockwise on the page; null: any other angle (text on a curve). */
  readonly angle: 0 | 90 | 180 | 270 | null;
  /** true: printed invisibly (the text layer below a scan). */
  readonly hidden?: boolean;
  /** How well it was read, 0 to 1; absent: 1. */
  readonly confidence?: number;
  /** What a second recognition read here instead; absent: the same. */
  readonly alternative?: string;
}

/** A straight stroke parallel to an edge of the page: `x0 === x1` or `y0 === y1` up to its width. */
export interface Stroke {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly color: InkColor;
}

export interface Figure {
  /** 'seal': a round red picture or drawn red circle. */
  readonly kind: 'picture' | 'seal';
  readonly box: Box;
}

/**
 * Top and bottom of the box of characters on a baseline. Chinese glyphs fill 0.88 em above the baseline and 0.12 below;
 * Latin descenders reach 0.2. What fonts say of themselves goes up to 1.2 em and would reach into the next line.
 */
export function emBox(baseline: number, size: number): { y0: number; y1: number } {
  return { y0: baseline - 0.88 * size, y1: baseline + 0.17 * size };
}

/** Red as seals and letterheads are printed; black up to dark grey; 'other' for the rest. Components 0 to 255. */
export function inkColor(red: number, green: number, blue: number): InkColor {
  if (red > 140 && red - Math.max(green, blue) > 70) return 'red';
  if (Math.max(red, green, blue) < 110) return 'black';
  return 'other';
}

/** To hundredths of a point: finer than any printer, and half the JSON. */
export function roundBox(box: Box): Box {
  return [roundPoint(box[0]), roundPoint(box[1]), roundPoint(box[2]), roundPoint(box[3])];
}

export function roundPoint(value: number): number {
  return Math.round(value * 100) / 100;
}

export function median(values: readonly number[]): number {
  // Characters of a row mostly agree.
  const first = values[0];
  if (first === undefined || values.every((value) => value === first)) return first ?? 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** The least of values; Infinity of none. Other than `Math.min(...)` for as many as a hostile page may hold. */
export function least(values: Iterable<number>): number {
  let result = Infinity;
  for (const value of values) if (value < result) result = value;
  return result;
}

/** The greatest of values; -Infinity of none. */
export function most(values: Iterable<number>): number {
  let result = -Infinity;
  for (const value of values) if (value > result) result = value;
  return result;
}

/** Whether a text is white space alone; a test per character of every page, so without a pattern. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const blank =
      code === 0x20 ||
      code === 0x3000 ||
      (code >= 0x09 && code <= 0x0d) ||
      code === 0xa0 ||
      (code >= 0x2000 && code <= 0x200b) ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0xfeff;
    if (!blank) return false;
  }
  return true;
}
