import type { Box } from '../../../models/index.ts';
import { type InkColor, inkColor } from '../geometry/index.ts';
import { identity, type Matrix } from './matrix.ts';

/** What pdf.js hands over of a font and is needed here. */
export interface PdfFont {
  readonly name: string;
  readonly bold: boolean;
  readonly vertical: boolean;
  readonly fontMatrix: readonly number[];
  readonly isType3: boolean;
  /** Height of the font box of a Type 3 font in its own units; null where unknown. */
  readonly boxHeight: number | null;
  /** [advance, x, y] of vertical writing for characters that state none. */
  readonly verticalMetrics: readonly number[] | null;
}

export interface Paint {
  readonly color: InkColor;
  readonly white: boolean;
}

export const blackPaint: Paint = { color: 'black', white: false };
export const unknownPaint: Paint = { color: 'other', white: false };

/** The graphics state of ISO 32000-1, 8.4.1 as far as places and colours of marks depend on it. */
export interface GraphicsState {
  matrix: Matrix;
  clip: Box;
  fill: Paint;
  stroke: Paint;
  fillAlpha: number;
  lineWidth: number;
  font: PdfFont | null;
  fontSize: number;
  /** -1 for a negative font size. */
  direction: number;
  textMatrix: Matrix;
  x: number;
  y: number;
  lineX: number;
  lineY: number;
  characterSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
  renderingMode: number;
}

export function initialState(matrix: Matrix, clip: Box): GraphicsState {
  return {
    matrix,
    clip,
    fill: blackPaint,
    stroke: blackPaint,
    fillAlpha: 1,
    lineWidth: 1,
    font: null,
    fontSize: 0,
    direction: 1,
    textMatrix: identity,
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
    characterSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
    renderingMode: 0,
  };
}

const paints = new Map<string, Paint>();

/** Colour of "#rrggbb", which pdf.js makes of every colour space. */
export function paintOf(value: unknown): Paint {
  if (typeof value !== 'string') return unknownPaint;
  const known = paints.get(value);
  if (known) return known;
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(value);
  if (!match) return unknownPaint;
  const [red, green, blue] = [1, 2, 3].map((i) => Number.parseInt(match[i]!, 16)) as [number, number, number];
  const paint = { color: inkColor(red, green, blue), white: Math.min(red, green, blue) >= 240 };
  if (paints.size < 10_000) paints.set(value, paint);
  return paint;
}
