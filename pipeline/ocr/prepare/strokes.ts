import type { Gray, PixelBox } from './raster.ts';

/** A straight stroke of a rule or a table, in pixels, parallel to a side of the page. */
export interface PixelStroke extends PixelBox {
  readonly horizontal: boolean;
  /** Mean width across the stroke. */
  readonly thickness: number;
}

interface Run {
  at: number;
  from: number;
  to: number;
}

/**
 * Darkness of two neighbouring rows together that makes a stroke: a hairline lies half in each of them, grey. On noisy
 * paper more is asked.
 */
const leastDarkness = 72;
/** Strokes at least this long are strokes by themselves, in points; characters of a title reach 22. */
const sureLength = 26;
/** Pixels that may be missing in a row. */
const mostGap = 2;
/** Shorter ones count where both ends lie on strokes across: the sides of cells in one row. */
const shortLength = 9;

/**
 * Horizontal and vertical strokes of a page that stands straight. `scale` is pixels a point. Strokes of characters are
 * told apart by length, by the white on both sides, and, where short, by what they end on.
 */
export function findStrokes(gray: Gray, scale: number): PixelStroke[] {
  const darkness = Math.min(150, Math.max(leastDarkness, 5.5 * paperNoise(gray)));
  const horizontal = strokesAlong(gray, scale, true, darkness);
  const vertical = strokesAlong(gray, scale, false, darkness);
  const sure = (s: PixelStroke): boolean => lengthOf(s) >= sureLength * scale;
  const kept = [...horizontal.filter(sure), ...vertical.filter(sure)];
  // Twice: a short stroke may end on another short one.
  for (let round = 0; round < 2; round++) {
    for (const stroke of [...horizontal, ...vertical]) {
      if (!kept.includes(stroke) && endsOnStrokes(stroke, kept, scale)) kept.push(stroke);
    }
  }
  return kept;
}

const lengthOf = (s: PixelStroke): number => (s.horizontal ? s.x1 - s.x0 : s.y1 - s.y0);

function endsOnStrokes(stroke: PixelStroke, others: readonly PixelStroke[], scale: number): boolean {
  const near = 1.6 * scale + 1;
  const meets = (x: number, y: number): boolean =>
    others.some((o) => {
      if (o.horizontal === stroke.horizontal || lengthOf(o) < sureLength * scale) return false;
      return x >= o.x0 - near && x <= o.x1 + near && y >= o.y0 - near && y <= o.y1 + near;
    });
  const [mx, my] = [(stroke.x0 + stroke.x1) / 2, (stroke.y0 + stroke.y1) / 2];
  return stroke.horizontal
    ? meets(stroke.x0, my) && meets(stroke.x1, my)
    : meets(mx, stroke.y0) && meets(mx, stroke.y1);
}

/** How far the paper's grey strays from white: the median of what is no ink. */
function paperNoise(gray: Gray): number {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let i = 0; i < gray.data.length; i += 7) {
    const value = gray.data[i]!;
    if (value < 170) continue;
    histogram[255 - value]!++;
    count++;
  }
  let seen = 0;
  for (let v = 0; v < 256; v++) {
    seen += histogram[v]!;
    if (seen >= count / 2) return v;
  }
  return 0;
}

function strokesAlong(gray: Gray, scale: number, horizontal: boolean, darkness: number): PixelStroke[] {
  const runs = findRuns(gray, Math.max(6, shortLength * scale), horizontal, darkness);
  const strokes: PixelStroke[] = [];
  for (const group of groupRuns(runs)) {
    const from = Math.min(...group.map((r) => r.from));
    const to = Math.max(...group.map((r) => r.to));
    const first = Math.min(...group.map((r) => r.at));
    const last = Math.max(...group.map((r) => r.at)) + 1;
    const covered = group.reduce((sum, r) => sum + r.to - r.from, 0);
    // Each run stands for the two rows it was found in.
    const thickness = Math.max(1, covered / (to - from) - 1);
    if (thickness > Math.max(4, 3.2 * scale)) continue;
    const box = horizontal
      ? { x0: from, y0: first, x1: to, y1: last + 1 }
      : { x0: first, y0: from, x1: last + 1, y1: to };
    const stroke: PixelStroke = { ...box, horizontal, thickness };
    if (standsOut(gray, stroke, scale)) strokes.push(stroke);
  }
  return strokes;
}

/** Runs of dark pixels along rows (or columns) with hardly a gap, in the order of rows (or columns). */
function findRuns(gray: Gray, least: number, horizontal: boolean, darkness: number): Run[] {
  // Columns are read as rows of the page turned over: memory is fast along rows only.
  const { width, height, data } = horizontal ? gray : transposed(gray);
  const runs: Run[] = [];
  const limit = 510 - darkness;
  // Most of a page is paper: where nothing runs, a look at every so many pixels finds all that is long enough.
  const stride = Math.max(1, Math.floor(least / 3));
  for (let at = 0; at + 1 < height; at++) {
    const row = at * width;
    const next = row + width;
    let i = 0;
    let left = 0;
    while (i < width) {
      if (data[row + i]! + data[next + i]! > limit) {
        i += stride;
        continue;
      }
      let start = i;
      for (let k = i - 1; k >= left && start - k <= mostGap + 1; k--)
        if (data[row + k]! + data[next + k]! <= limit) start = k;
      let end = start;
      let dark = 0;
      for (i = start; i < width && i - end <= mostGap; i++) {
        if (data[row + i]! + data[next + i]! > limit) continue;
        end = i + 1;
        dark++;
      }
      left = i;
      if (end - start >= least && dark >= (end - start) * 0.94) runs.push({ at, from: start, to: end });
    }
  }
  return runs;
}

/** Rows become columns, in squares that the processor's cache holds. */
function transposed({ width, height, data }: Gray): Gray {
  const side = 32;
  const turned = new Uint8Array(data.length);
  for (let y0 = 0; y0 < height; y0 += side) {
    const y1 = Math.min(height, y0 + side);
    for (let x0 = 0; x0 < width; x0 += side) {
      const x1 = Math.min(width, x0 + side);
      for (let x = x0; x < x1; x++) {
        const to = x * height;
        for (let y = y0; y < y1; y++) turned[to + y] = data[y * width + x]!;
      }
    }
  }
  return { width: height, height: width, data: turned };
}

/** Runs of neighbouring rows that overlap, or go on from each other where a stroke drifts. */
function groupRuns(runs: readonly Run[]): Run[][] {
  let active: Run[][] = [];
  let row = -1;
  const ended: Run[][] = [];
  for (const run of runs) {
    if (run.at !== row) {
      row = run.at;
      const still: Run[][] = [];
      for (const group of active) (group.at(-1)!.at >= row - 2 ? still : ended).push(group);
      active = still;
    }
    const touching = active.filter((group) => touches(group, run));
    const [first, ...rest] = touching;
    if (!first) active.push([run]);
    else {
      for (const other of rest) {
        first.push(...other);
        active.splice(active.indexOf(other), 1);
      }
      if (rest.length > 0) first.sort((a, b) => a.at - b.at);
      first.push(run);
    }
  }
  return [...ended, ...active];
}

/** Runs of a group come in the order of rows: only those of the last two rows are near. A dark photo has thousands. */
function touches(group: readonly Run[], run: Run): boolean {
  for (let i = group.length - 1; i >= 0 && group[i]!.at >= run.at - 2; i--) {
    if (group[i]!.from <= run.to + 3 && group[i]!.to >= run.from - 3) return true;
  }
  return false;
}

/**
 * Whether a stroke stands out from both its sides nearly all along: it is cut into pieces a quarter of a character
 * long, and in most of them the stroke must be much darker than what lies on either side. A row of characters has such
 * pieces too, but never so many in a row.
 */
function standsOut(gray: Gray, stroke: PixelStroke, scale: number): boolean {
  const offset = Math.max(2, Math.round(scale * 0.8));
  const length = lengthOf(stroke);
  const piece = Math.max(5, Math.round(4 * scale));
  const count = Math.max(2, Math.round(length / piece));
  const [a0, a1] = stroke.horizontal ? [stroke.y0, stroke.y1] : [stroke.x0, stroke.x1];
  const b0 = stroke.horizontal ? stroke.x0 : stroke.y0;
  const most = stroke.horizontal ? gray.height : gray.width;
  const darkness = (across: number, along: number): number => {
    if (across < 0 || across >= most) return 0;
    return 255 - gray.data[stroke.horizontal ? across * gray.width + along : along * gray.width + across]!;
  };
  let [clearBefore, clearAfter, clearBoth] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const from = b0 + Math.floor((k * length) / count);
    const to = b0 + Math.floor(((k + 1) * length) / count);
    let [core, before, after] = [0, 0, 0];
    for (let b = from; b < to; b++) {
      let darkest = 0;
      for (let a = a0; a < a1; a++) darkest = Math.max(darkest, darkness(a, b));
      core += darkest;
      before += Math.max(darkness(a0 - offset, b), darkness(a0 - offset - 1, b));
      after += Math.max(darkness(a1 + offset - 1, b), darkness(a1 + offset, b));
    }
    const [left, right] = [before < core * 0.55, after < core * 0.55];
    if (left) clearBefore++;
    if (right) clearAfter++;
    if (left && right) clearBoth++;
  }
  return clearBoth >= 0.7 * count && Math.max(clearBefore, clearAfter) >= 0.85 * count;
}

/** Paints strokes over in white, leaving characters that cross them. Changes `gray`. */
export function eraseStrokes(gray: Gray, strokes: readonly PixelStroke[], scale: number): void {
  const { width, height, data } = gray;
  const margin = Math.max(1, Math.round(scale * 0.45));
  for (const stroke of strokes) {
    const [a0, a1] = stroke.horizontal ? [stroke.y0, stroke.y1] : [stroke.x0, stroke.x1];
    const [b0, b1] = stroke.horizontal ? [stroke.x0, stroke.x1] : [stroke.y0, stroke.y1];
    const most = stroke.horizontal ? height : width;
    const at = (across: number, along: number): number =>
      stroke.horizontal ? across * width + along : along * width + across;
    const end = Math.min(stroke.horizontal ? width : height, b1 + 2);
    for (let b = Math.max(0, b0 - 2); b < end; b++) {
      const from = Math.max(0, a0 - margin);
      const to = Math.min(most, a1 + margin);
      // Ink that reaches past both margins is a character across the stroke.
      const past = (across: number): boolean => across >= 0 && across < most && data[at(across, b)]! < 140;
      if (past(from - 2) && past(to + 1)) continue;
      for (let a = from; a < to; a++) data[at(a, b)] = 255;
    }
  }
}
