import type { Box } from '../../../models/index.ts';
import { hasSealSize, type Stroke } from '../geometry/index.ts';
import { type Matrix, mapX, mapY } from './matrix.ts';
import type { Paint } from './state.ts';

/** Codes in the path data of pdf.js (its DrawOPS). */
const draw = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticCurveTo: 3, closePath: 4 } as const;

/** A filled shape no thicker than this is a rule, in points. */
const ruleThickness = 3;

interface Subpath {
  /** Corners in points, x and y in turn. */
  readonly corners: number[];
  closed: boolean;
  curves: number;
}

/** What a painted path leaves on the page: straight strokes, and perhaps the ring of a seal. */
export interface PathMarks {
  readonly strokes: Stroke[];
  readonly seal: Box | null;
}

/**
 * Straight strokes parallel to the edges of the page from a painted path: stroked segments, and filled shapes that are
 * thin (word processors and browsers draw table borders so). A large red round shape is a seal.
 */
export function marksOfPath(
  data: ArrayLike<number>,
  matrix: Matrix,
  paint: { stroke: Paint | null; fill: Paint | null; lineWidth: number },
): PathMarks {
  const strokes: Stroke[] = [];
  const subpaths = subpathsOf(data, matrix);
  let curves = 0;
  const thickness = paint.lineWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  for (const path of subpaths) {
    curves += path.curves;
    const box = boxOf(path.corners);
    if (!box) continue;
    if (paint.stroke && !paint.stroke.white && path.curves === 0 && thickness < 6) {
      addSegments(path, paint.stroke, strokes);
    } else if (paint.fill && !paint.fill.white) {
      const [width, height] = [box[2] - box[0], box[3] - box[1]];
      if (Math.min(width, height) <= ruleThickness && Math.max(width, height) > 2 * Math.min(width, height) + 0.5) {
        strokes.push({ x0: box[0], y0: box[1], x1: box[2], y1: box[3], color: paint.fill.color });
      }
    }
  }
  const red = paint.stroke?.color === 'red' || paint.fill?.color === 'red';
  const whole = red && curves >= 4 ? boxOf(subpaths.flatMap((path) => path.corners)) : null;
  return { strokes, seal: whole && hasSealSize(whole) ? whole : null };
}

function subpathsOf(data: ArrayLike<number>, matrix: Matrix): Subpath[] {
  const subpaths: Subpath[] = [];
  let current: Subpath | undefined;
  const add = (x: number, y: number): void => {
    current?.corners.push(mapX(matrix, x, y), mapY(matrix, x, y));
  };
  for (let i = 0; i < data.length; ) {
    switch (data[i++]) {
      case draw.moveTo:
        current = { corners: [], closed: false, curves: 0 };
        subpaths.push(current);
        add(data[i]!, data[i + 1]!);
        i += 2;
        break;
      case draw.lineTo:
        add(data[i]!, data[i + 1]!);
        i += 2;
        break;
      case draw.curveTo:
        if (current) current.curves++;
        add(data[i + 4]!, data[i + 5]!);
        i += 6;
        break;
      case draw.quadraticCurveTo:
        if (current) current.curves++;
        add(data[i + 2]!, data[i + 3]!);
        i += 4;
        break;
      case draw.closePath:
        if (current) current.closed = true;
        break;
      default:
        return subpaths;
    }
  }
  return subpaths;
}

function addSegments(path: Subpath, paint: Paint, strokes: Stroke[]): void {
  const { corners } = path;
  const count = corners.length / 2;
  for (let i = 1; i <= (path.closed ? count : count - 1); i++) {
    const [ax, ay] = [corners[2 * i - 2]!, corners[2 * i - 1]!];
    const [bx, by] = [corners[2 * (i % count)]!, corners[2 * (i % count) + 1]!];
    const [width, height] = [Math.abs(ax - bx), Math.abs(ay - by)];
    if (Math.min(width, height) > 1 || Math.max(width, height) < 1) continue;
    strokes.push({
      x0: Math.min(ax, bx),
      y0: Math.min(ay, by),
      x1: Math.max(ax, bx),
      y1: Math.max(ay, by),
      color: paint.color,
    });
  }
}

/** The box around corners; for round shapes their extreme points are corners of the curves. */
function boxOf(corners: readonly number[]): Box | null {
  if (corners.length < 2) return null;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < corners.length; i += 2) {
    x0 = Math.min(x0, corners[i]!);
    x1 = Math.max(x1, corners[i]!);
    y0 = Math.min(y0, corners[i + 1]!);
    y1 = Math.max(y1, corners[i + 1]!);
  }
  return [x0, y0, x1, y1];
}
