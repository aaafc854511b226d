import type { Box } from '../../../models/index.ts';
import { emBox, type Glyph } from '../geometry/index.ts';
import { type Matrix, mapX, mapY } from '../pdf/matrix.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import { parseBox, parseDeltas, parseMatrix } from './numbers.ts';
import type { OfdFont, Pen } from './resources.ts';

/** Characters that are printed together, as CGTransform maps several characters to one glyph. */
type Unit = string;

/**
 * The characters of a text object (GB/T 33190-2016, 11) at their places.
 *
 * @param matrix from the object's space (millimetres) to the page (points)
 */
export function glyphsOfText(
  element: XmlElement,
  matrix: Matrix,
  pen: Pen,
  font: OfdFont | undefined,
  hidden: boolean,
): Glyph[] {
  const { attributes } = element;
  const size = Number(attributes.Size ?? 0);
  if (!(size > 0)) return [];
  const scale = positive(attributes.HScale) ?? 1;
  const read = directionOf(attributes.ReadDirection);
  const turn = directionOf(attributes.CharDirection);
  const look = {
    size,
    scale,
    turn,
    color: attributes.Fill === 'false' ? pen.stroke.color : pen.fill.color,
    bold: Number(attributes.Weight ?? 400) >= 600 || font?.bold === true,
    hidden,
  };
  const right = rightEdge(attributes);
  const transforms = childrenOf(element, 'CGTransform');
  const glyphs: Glyph[] = [];
  let [x, y] = [0, 0];
  let position = 0;
  for (const code of childrenOf(element, 'TextCode')) {
    x = finite(code.attributes.X) ?? x;
    y = finite(code.attributes.Y) ?? y;
    const text = unescaped(code.text);
    const units = unitsOf(text, transforms, position);
    position += [...text].length;
    const deltaX = parseDeltas(code.attributes.DeltaX, units.length);
    const deltaY = parseDeltas(code.attributes.DeltaY, units.length);
    const stated = deltaX.length > 0 || deltaY.length > 0;
    let [px, py] = [x, y];
    units.forEach((unit, index) => {
      const natural = naturalWidth(unit) * size * scale;
      const [dx, dy] = stated
        ? [deltaX[index] ?? (deltaY.length > 0 ? 0 : natural), deltaY[index] ?? 0]
        : alongDirection(read, natural, size);
      // Of the last character only the edge of the boundary may tell how wide it is; Chinese ones need not be told.
      const isLast = index === units.length - 1 && !isFullWidth(unit);
      const advance = (stated ? deltaX[index] : undefined) ?? (isLast ? right - px : 0);
      glyphs.push(place(unit, px, py, advance, matrix, look));
      px += dx;
      py += dy;
    });
  }
  return glyphs;
}

/** Characters that XML cannot hold stand as a backslash and four hexadecimal digits (11.3). */
function unescaped(text: string): string {
  // Indented XML adds line breaks around the text that are none of it.
  const own = /[\n\r]/.test(text) ? text.trim() : text;
  return own.includes('\\')
    ? own.replace(/\\([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : own;
}

/** The right edge of the boundary in the object's space; 0 where the object is turned. */
function rightEdge(attributes: XmlElement['attributes']): number {
  const [a, b, , , e] = parseMatrix(attributes.CTM);
  const width = parseBox(attributes.Boundary)?.[2] ?? 0;
  return Math.abs(b) < 1e-6 && a > 0 ? (width - e) / a : 0;
}

/** CGTransform (11.4): from CodePosition on, CodeCount characters are drawn with GlyphCount glyphs. */
function unitsOf(text: string, transforms: readonly XmlElement[], position: number): Unit[] {
  const characters = [...text];
  const units: Unit[] = [...characters];
  for (const transform of transforms) {
    const start = Number(transform.attributes.CodePosition ?? 0) - position;
    const codes = Number(transform.attributes.CodeCount ?? 1);
    const glyphs = Number(transform.attributes.GlyphCount ?? 1);
    if (codes > 1 && glyphs === 1 && start >= 0 && start + codes <= characters.length) {
      // A ligature: one glyph for several characters. The places after it are emptied so that the others keep theirs.
      units[start] = characters.slice(start, start + codes).join('');
      for (let i = start + 1; i < start + codes; i++) units[i] = '';
    }
  }
  const drawn = units.filter((unit) => unit !== '');
  const ids = transforms.flatMap((item) => (childOf(item, 'Glyphs')?.text ?? '').trim().split(/\s+/));
  if (/[^\s¤]/.test(text) || new Set(ids).size < 2) return drawn;
  // Different glyphs under blanks, placeholders or nothing: something is printed here, but not what is known.
  return ids.slice(0, Math.max(drawn.length, 1000)).map(() => '\ufffd');
}

interface Look {
  readonly size: number;
  readonly scale: number;
  readonly turn: number;
  readonly color: Glyph['color'];
  readonly bold: boolean;
  readonly hidden: boolean;
}

function place(text: string, x: number, y: number, advance: number, matrix: Matrix, look: Look): Glyph {
  const { size, scale, turn } = look;
  const natural = naturalWidth(text) * size * scale;
  // A narrower offset pulls the next character nearer; a wider one is a gap after it, unless it is only the width of
  // a letter that is wider than most.
  const widest = isFullWidth(text) ? natural : natural + 0.3 * size;
  const width = advance > 0.2 * natural && advance < widest ? advance : natural;
  const radians = (turn * Math.PI) / 180;
  const [ux, uy] = [Math.cos(radians), Math.sin(radians)];
  const [ax, ay] = [mapX(matrix, x, y), mapY(matrix, x, y)];
  const [bx, by] = [mapX(matrix, x + width * ux, y + width * uy), mapY(matrix, x + width * ux, y + width * uy)];
  const points = size * Math.hypot(matrix[2], matrix[3]);
  const angle = quarterTurn(matrix[0] * ux + matrix[2] * uy, matrix[1] * ux + matrix[3] * uy);
  const [x0, y0, x1, y1] = boxOf(ax, ay, bx, by, angle, points);
  return {
    text: /^[\0-\x08\x0b-\x1f]+$/.test(text) ? '\ufffd' : text,
    x0,
    y0,
    x1,
    y1,
    baseline: ay,
    size: points,
    color: look.color,
    bold: look.bold,
    angle,
    ...(look.hidden ? { hidden: true } : {}),
  };
}

function boxOf(ax: number, ay: number, bx: number, by: number, angle: Glyph['angle'], size: number): Box {
  const em = emBox(0, size);
  const [low, high] = [em.y1, -em.y0];
  switch (angle) {
    case 0:
      return [Math.min(ax, bx), ay - high, Math.max(ax, bx), ay + low];
    case 180:
      return [Math.min(ax, bx), ay - low, Math.max(ax, bx), ay + high];
    case 90:
      return [ax - low, Math.min(ay, by), ax + high, Math.max(ay, by)];
    case 270:
      return [ax - high, Math.min(ay, by), ax + low, Math.max(ay, by)];
    default: {
      const length = Math.hypot(bx - ax, by - ay) || 1;
      const x = (ax + bx) / 2 + ((by - ay) / length) * 0.35 * size;
      const y = (ay + by) / 2 - ((bx - ax) / length) * 0.35 * size;
      return [x - size / 2, y - size / 2, x + size / 2, y + size / 2];
    }
  }
}

function quarterTurn(x: number, y: number): Glyph['angle'] {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  const nearest = Math.round(degrees / 90) * 90;
  return Math.abs(degrees - nearest) > 3 ? null : (((nearest + 360) % 360) as 0 | 90 | 180 | 270);
}

function alongDirection(direction: number, width: number, size: number): readonly [number, number] {
  if (direction === 90) return [0, size];
  if (direction === 180) return [-width, 0];
  return direction === 270 ? [0, -size] : [width, 0];
}

/** In ems, as no font is opened: full width for Chinese, the widths of a usual face for the rest. */
function naturalWidth(text: string): number {
  if (text.length > 1 && !isFullWidth(text)) return [...text].reduce((sum, sign) => sum + naturalWidth(sign), 0);
  if (isFullWidth(text)) return 1;
  if (/[ijlI|.,:;'!()[\]]/.test(text)) return 0.33;
  if (/[mwMW@%—…]/.test(text)) return 0.9;
  return /[A-Z]/.test(text) ? 0.7 : 0.52;
}

function isFullWidth(text: string): boolean {
  return /[\u2018-\u201d\u2014\u2026\u2160-\u217f\u2190-\u2193\u2460-\u2bff\u2e80-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\ufffd\ue000-\uf8ff]|[\ud840-\ud8bf]/.test(
    text,
  );
}

function directionOf(value: string | undefined): number {
  const degrees = Number(value ?? 0);
  return Number.isFinite(degrees) ? ((degrees % 360) + 360) % 360 : 0;
}

function finite(value: string | undefined): number | undefined {
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function positive(value: string | undefined): number | undefined {
  const number = finite(value);
  return number !== undefined && number > 0 ? number : undefined;
}
