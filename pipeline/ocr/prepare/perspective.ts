import type { Color } from './raster.ts';

export type Quad = readonly [
  upperLeft: readonly [number, number],
  upperRight: readonly [number, number],
  lowerRight: readonly [number, number],
  lowerLeft: readonly [number, number],
];

/** Side of the picture on which the paper is looked for, in pixels. */
const lookAt = 480;

/**
 * The corners of a sheet of paper that lies on something darker, as on photos; null where the page fills its picture
 * (scans) or no four-sided bright sheet stands out.
 */
export function findPaper(color: Color): Quad | null {
  const step = Math.max(1, Math.floor(Math.max(color.width, color.height) / lookAt));
  const width = Math.floor(color.width / step);
  const height = Math.floor(color.height / step);
  const bright = brightParts(color, step, width, height);
  if (!bright) return null;
  const sheet = largestPart(bright, width, height);
  const corners = extremeCorners(sheet.points);
  const quad = refineSides(sheet.member, width, height, corners);
  const area = quadArea(quad);
  const whole = width * height;
  if (area < 0.2 * whole || area > 0.97 * whole || !isConvex(quad)) return null;
  // Ink in the sheet leaves holes; what leaves more is no sheet.
  if (sheet.points.length < 0.72 * area || sheet.points.length > 1.06 * area) return null;
  const sides = quad.map((corner, i) =>
    Math.hypot(corner[0] - quad[(i + 1) % 4]![0], corner[1] - quad[(i + 1) % 4]![1]),
  );
  if (Math.min(...sides) < 0.25 * Math.max(...sides)) return null;
  const up = ([x, y]: readonly [number, number]): [number, number] => [x * step, y * step];
  return [up(quad[0]), up(quad[1]), up(quad[2]), up(quad[3])];
}

/** Width and height in pixels of the sheet seen from above; A4 where it nearly is. */
export function paperSize(quad: Quad): { width: number; height: number } {
  const length = (a: number, b: number): number => Math.hypot(quad[a]![0] - quad[b]![0], quad[a]![1] - quad[b]![1]);
  const width = Math.max(length(0, 1), length(3, 2));
  const height = Math.max(length(0, 3), length(1, 2));
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (ratio < 1.2 || ratio > 1.7) return { width: Math.round(width), height: Math.round(height) };
  return height > width
    ? { width: Math.round(width), height: Math.round(width * Math.SQRT2) }
    : { width: Math.round(height * Math.SQRT2), height: Math.round(height) };
}

/** Where the picture is as bright as paper; null where bright and dark do not part clearly. */
function brightParts(color: Color, step: number, width: number, height: number): Uint8Array | null {
  const values = new Uint8Array(width * height);
  const histogram = new Uint32Array(256);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * step * color.width + x * step) * 3;
      // A coloured table top is bright in one channel only; paper in all.
      const value = Math.min(color.data[at]!, color.data[at + 1]!, color.data[at + 2]!);
      values[y * width + x] = value;
      histogram[value]!++;
    }
  }
  // The frame of a photo shows what the paper lies on; on scans it is paper itself.
  const frame: number[] = [];
  const edge = Math.max(1, Math.round(width * 0.01));
  for (let y = 0; y < height; y += 2) frame.push(values[y * width + edge]!, values[y * width + width - 1 - edge]!);
  for (let x = 0; x < width; x += 2) frame.push(values[edge * width + x]!, values[(height - 1 - edge) * width + x]!);
  frame.sort((a, b) => a - b);
  const ground = frame[Math.floor(frame.length * 0.5)]!;
  let seen = 0;
  let paper = 255;
  for (; paper > 0 && seen < values.length * 0.25; paper--) seen += histogram[paper]!;
  if (paper - ground < 30) return null;
  const threshold = ground + (paper - ground) * 0.5;
  return values.map((value) => (value > threshold ? 1 : 0));
}

function largestPart(
  mask: Uint8Array,
  width: number,
  height: number,
): { points: [number, number][]; member: Uint8Array } {
  const label = new Int32Array(mask.length);
  let best: number[] = [];
  let next = 0;
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || label[start]) continue;
    next++;
    const part = [start];
    label[start] = next;
    for (let i = 0; i < part.length; i++) {
      const at = part[i]!;
      const x = at % width;
      for (const to of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width]) {
        if (to >= 0 && to < mask.length && mask[to] && !label[to]) {
          label[to] = next;
          part.push(to);
        }
      }
    }
    if (part.length > best.length) best = part;
  }
  const member = new Uint8Array(width * height);
  for (const at of best) member[at] = 1;
  return { points: best.map((at) => [at % width, Math.floor(at / width)]), member };
}

function extremeCorners(points: readonly [number, number][]): Quad {
  const extreme = (value: (p: readonly [number, number]) => number): [number, number] => {
    let best: [number, number] = [0, 0];
    let most = Number.NEGATIVE_INFINITY;
    for (const p of points) {
      const v = value(p);
      if (v > most) {
        most = v;
        best = p;
      }
    }
    return best;
  };
  return [
    extreme(([x, y]) => -x - y),
    extreme(([x, y]) => x - y),
    extreme(([x, y]) => x + y),
    extreme(([x, y]) => -x + y),
  ];
}

/** Straight lines through the middle parts of the four sides, cut with each other: corners may be bent or worn. */
function refineSides(member: Uint8Array, width: number, height: number, corners: Quad): Quad {
  const lines = corners.map((from, i) => {
    const to = corners[(i + 1) % 4]!;
    const horizontal = i % 2 === 0;
    const samples: [number, number][] = [];
    for (let s = 0.12; s <= 0.88; s += 0.02) {
      const x = from[0] + (to[0] - from[0]) * s;
      const y = from[1] + (to[1] - from[1]) * s;
      const found = sidePoint(member, width, height, x, y, i);
      if (found !== null) samples.push(horizontal ? [Math.round(x), found] : [found, Math.round(y)]);
    }
    return fitLine(samples, horizontal, from, to);
  });
  const cut = (a: number, b: number): readonly [number, number] => crossing(lines[a]!, lines[b]!);
  return [cut(3, 0), cut(0, 1), cut(1, 2), cut(2, 3)];
}

/** Where the sheet begins near a place, looking inwards from outside: side 0 is the upper, then clockwise. */
function sidePoint(
  member: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  side: number,
): number | null {
  const reach = 14;
  const inside = (px: number, py: number): boolean =>
    px >= 0 && py >= 0 && px < width && py < height && member[Math.round(py) * width + Math.round(px)] === 1;
  for (let d = -reach; d <= reach; d++) {
    if (side === 0 && inside(x, y + d)) return y + d;
    if (side === 2 && inside(x, y - d)) return y - d;
    if (side === 1 && inside(x - d, y)) return x - d;
    if (side === 3 && inside(x + d, y)) return x + d;
  }
  return null;
}

interface Line {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Least squares twice, the second time without what lies far off; the line between the corners where points are few. */
function fitLine(
  samples: readonly (readonly [number, number])[],
  horizontal: boolean,
  from: readonly [number, number],
  to: readonly [number, number],
): Line {
  let points = samples;
  let slope = horizontal ? (to[1] - from[1]) / (to[0] - from[0] || 1) : (to[0] - from[0]) / (to[1] - from[1] || 1);
  let offset = horizontal ? from[1] - slope * from[0] : from[0] - slope * from[1];
  for (let round = 0; round < 3 && points.length >= 8; round++) {
    const uv = points.map(([x, y]) => (horizontal ? [x, y] : [y, x]) as [number, number]);
    const mu = uv.reduce((sum, [u]) => sum + u, 0) / uv.length;
    const mv = uv.reduce((sum, [, v]) => sum + v, 0) / uv.length;
    let suv = 0;
    let suu = 0;
    for (const [u, v] of uv) {
      suv += (u - mu) * (v - mv);
      suu += (u - mu) * (u - mu);
    }
    slope = suu > 0 ? suv / suu : 0;
    offset = mv - slope * mu;
    const errors = uv.map(([u, v]) => Math.abs(v - slope * u - offset));
    const limit = Math.max(1, 2 * [...errors].sort((p, q) => p - q)[errors.length >> 1]!);
    points = points.filter((_, i) => errors[i]! <= limit);
  }
  return horizontal ? { a: slope, b: -1, c: offset } : { a: -1, b: slope, c: offset };
}

function crossing(p: Line, q: Line): readonly [number, number] {
  const determinant = p.a * q.b - q.a * p.b;
  return [(p.b * q.c - q.b * p.c) / determinant, (q.a * p.c - p.a * q.c) / determinant];
}

function quadArea(quad: Quad): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const [a, b] = [quad[i]!, quad[(i + 1) % 4]!];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(sum) / 2;
}

function isConvex(quad: Quad): boolean {
  for (let i = 0; i < 4; i++) {
    const [a, b, c] = [quad[i]!, quad[(i + 1) % 4]!, quad[(i + 2) % 4]!];
    if ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) <= 0) return false;
  }
  return true;
}
