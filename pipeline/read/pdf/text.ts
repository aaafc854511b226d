import type { Box } from '../../../models/index.ts';
import { emBox, type Glyph } from '../geometry/index.ts';
import { type Matrix, mapX, mapY, multiply } from './matrix.ts';
import type { GraphicsState } from './state.ts';

/** A character as pdf.js hands it over: its advance in thousandths (in units of the font matrix). */
export interface PdfGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly number[] | null;
}

const widthScale = 0.001;

/**
 * Adds the characters of one showing operator at their places and moves the text position on, as ISO 32000-1, 9.4.4
 * says. Characters outside the clip are passed over.
 */
export function showText(state: GraphicsState, items: readonly (PdfGlyph | number)[], glyphs: Glyph[]): void {
  const { font, fontSize } = state;
  if (!font || fontSize === 0) return;
  const matrix = multiply(state.matrix, multiply(state.textMatrix, [1, 0, 0, 1, state.x, state.y + state.rise]));
  const scale = font.isType3 ? Math.abs(font.fontMatrix[0] ?? widthScale) : (font.fontMatrix[0] ?? widthScale);
  const horizontal = state.horizontalScale * state.direction;
  const pen = describePen(state, matrix);
  let along = 0;
  for (const item of items) {
    if (typeof item === 'number') {
      along += ((font.vertical ? 1 : -1) * item * fontSize) / 1000;
      continue;
    }
    const spacing = (item.isSpace ? state.wordSpacing : 0) + state.characterSpacing;
    if (font.vertical) {
      const metrics = item.vmetric ?? font.verticalMetrics ?? [-1000, 500, 880];
      const advance = -(metrics[0] ?? -1000) * fontSize * scale;
      addGlyph(glyphs, item.unicode, verticalPlace(matrix, along, advance, pen.size), pen, state.clip);
      along += -advance - spacing;
      continue;
    }
    const width = item.width * fontSize * scale;
    const start = along * horizontal;
    addGlyph(glyphs, item.unicode, placeOf(matrix, start, start + width * horizontal, pen), pen, state.clip);
    along += width + spacing * state.direction;
  }
  if (font.vertical) state.y += along;
  else state.x += along * horizontal;
}

interface Pen {
  readonly size: number;
  readonly angle: Glyph['angle'];
  readonly color: Glyph['color'];
  readonly bold: boolean;
  readonly hidden: boolean;
}

interface Place {
  readonly box: Box;
  readonly baseline: number;
}

function describePen(state: GraphicsState, matrix: Matrix): Pen {
  const font = state.font!;
  const [ux, uy] = [matrix[0] * state.direction, matrix[1] * state.direction];
  const stroked = state.renderingMode % 4 === 1;
  // Fill and stroke together is how word processors make a font bold that has no bold face.
  const thickened = state.renderingMode % 4 === 2;
  return {
    size: state.fontSize * Math.hypot(matrix[2], matrix[3]) * emsPerUnit(state),
    angle: font.vertical ? 0 : quarterTurn(ux, uy),
    color: stroked ? state.stroke.color : state.fill.color,
    bold: font.bold || thickened,
    hidden: state.renderingMode % 4 === 3 || state.fillAlpha === 0,
  };
}

/** Type 3 fonts may be designed in units of any size; their em then is the height of the font's box. */
function emsPerUnit(state: GraphicsState): number {
  const font = state.font!;
  const unit = Math.abs(font.fontMatrix[3] ?? widthScale);
  if (!font.isType3 || unit <= 0.02 || !font.boxHeight) return 1;
  return unit * font.boxHeight;
}

function quarterTurn(x: number, y: number): Glyph['angle'] {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  const nearest = Math.round(degrees / 90) * 90;
  return Math.abs(degrees - nearest) > 3 ? null : (((nearest + 360) % 360) as 0 | 90 | 180 | 270);
}

function placeOf(matrix: Matrix, start: number, end: number, pen: Pen): Place {
  const [ax, ay] = [mapX(matrix, start, 0), mapY(matrix, start, 0)];
  const [bx, by] = [mapX(matrix, end, 0), mapY(matrix, end, 0)];
  const em = emBox(0, pen.size);
  const [low, high] = [em.y1, -em.y0];
  switch (pen.angle) {
    case 0:
      return { box: [Math.min(ax, bx), ay - high, Math.max(ax, bx), ay + low], baseline: ay };
    case 180:
      return { box: [Math.min(ax, bx), ay - low, Math.max(ax, bx), ay + high], baseline: ay };
    case 90:
      return { box: [ax - low, Math.min(ay, by), ax + high, Math.max(ay, by)], baseline: ay };
    case 270:
      return { box: [ax - high, Math.min(ay, by), ax + low, Math.max(ay, by)], baseline: ay };
    default: {
      // The middle of the character lies half its width along and a third of an em above the baseline.
      const length = Math.hypot(bx - ax, by - ay) || 1;
      const x = (ax + bx) / 2 + ((by - ay) / length) * 0.35 * pen.size;
      const y = (ay + by) / 2 - ((bx - ax) / length) * 0.35 * pen.size;
      const half = pen.size / 2;
      return { box: [x - half, y - half, x + half, y + half], baseline: ay };
    }
  }
}

/** Vertical writing: the position is the middle of the character's upper side. */
function verticalPlace(matrix: Matrix, along: number, advance: number, size: number): Place {
  const [x, top] = [mapX(matrix, 0, along), mapY(matrix, 0, along)];
  const bottom = mapY(matrix, 0, along - advance);
  const middle = (top + bottom) / 2;
  return { box: [x - size / 2, middle - size / 2, x + size / 2, middle + size / 2], baseline: middle + 0.38 * size };
}

function addGlyph(glyphs: Glyph[], unicode: string, place: Place, pen: Pen, clip: Box): void {
  const [x0, y0, x1, y1] = place.box;
  // Punctuation may hang over the side of its clip; a line is either within it or cut off.
  const y = (y0 + y1) / 2;
  if (!(x1 > clip[0] && x0 < clip[2] && y >= clip[1] && y <= clip[3])) return;
  // A character without a meaning still stands there: the quality of the page's text is judged by it.
  const text = unicode === '' || /^[\0-\x08\x0b-\x1f]+$/.test(unicode) ? '\ufffd' : unicode;
  glyphs.push({
    text,
    x0,
    y0,
    x1,
    y1,
    baseline: place.baseline,
    size: pen.size,
    color: pen.color,
    bold: pen.bold,
    angle: pen.angle,
    ...(pen.hidden ? { hidden: true } : {}),
  });
}
