import type { Mask } from './raster.ts';

/** Angles beyond this are photos held askew, not sheets fed askew; the search goes on to it where the page asks. */
const widest = 15;

/** Its multiples spread evenly between whole numbers. */
const goldenRatio = 0.618034;
/** Degrees that do no harm, and how many times sharper the lines of a page that seems level must be at another angle. */
const nearlyLevel = 0.3;
const leastGain = 1.08;

/** How many times the sharpness of other angles that of the right one is, at least. */
const standsOut = 2;

/**
 * By how many degrees (clockwise positive) the lines of a page are turned: the angle at which its ink, projected along
 * the lines, falls into the sharpest rows. 0 where there is too little ink to say.
 */
export function skewAngle(mask: Mask): number {
  const { xs, ys } = inkPoints(mask);
  if (xs.length < 200) return 0;
  const angle = angleOf(xs, ys, mask);
  if (Math.abs(angle) > 0.05) return angle;
  // Points in whole rows favour the angle 0, at which none falls between two; on pages of few words that decides.
  const between = ys.map((y, i) => y + ((i * goldenRatio) % 1));
  const other = angleOf(xs, between, mask);
  if (Math.abs(other) < nearlyLevel) return angle;
  const bins = binsOf(mask);
  const [there, level] = [other, 0].map((degrees) => sharpness(xs, between, degrees, bins, mask.width));
  return there! > leastGain * level! ? other : angle;
}

const binsOf = ({ width, height }: Mask): Float64Array => new Float64Array(height + Math.ceil(width * 0.6) + 4);

function angleOf(xs: Float32Array, ys: Float32Array, mask: Mask): number {
  const bins = binsOf(mask);
  const score = (degrees: number): number => sharpness(xs, ys, degrees, bins, mask.width);
  let best = bestAngle(score, -3, 3, 0.25);
  // Lines that lie at the angle stand out several times over; where none do, they lie further askew.
  const around = [-3, -2.25, -1.5, 1.5, 2.25, 3].map(score).sort((a, b) => a - b);
  if (Math.abs(best) > 2.6 || score(best) < standsOut * around[3]!) best = bestAngle(score, -widest, widest, 0.25);
  best = bestAngle(score, best - 0.25, best + 0.25, 0.05);
  return bestAngle(score, best - 0.04, best + 0.04, 0.02);
}

function bestAngle(score: (degrees: number) => number, from: number, to: number, step: number): number {
  let best = (from + to) / 2;
  let most = score(best);
  for (let angle = from; angle <= to + 1e-9; angle += step) {
    const value = score(angle);
    if (value > most * 1.0005) {
      most = value;
      best = angle;
    }
  }
  return best;
}

/** Lower ends of vertical runs of ink: they lie on the baselines. At most some 40,000. */
function inkPoints(mask: Mask): { xs: Float32Array; ys: Float32Array } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 1; y + 1 < mask.height; y++) {
    const row = y * mask.width;
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[row + x] && !mask.data[row + x + mask.width]) {
        xs.push(x);
        ys.push(y);
      }
    }
  }
  const step = Math.max(1, Math.ceil(xs.length / 40_000));
  const kept = Math.floor(xs.length / step);
  const result = { xs: new Float32Array(kept), ys: new Float32Array(kept) };
  for (let i = 0; i < kept; i++) {
    result.xs[i] = xs[i * step]!;
    result.ys[i] = ys[i * step]!;
  }
  return result;
}

function sharpness(xs: Float32Array, ys: Float32Array, degrees: number, bins: Float64Array, width: number): number {
  bins.fill(0);
  const slope = Math.tan((degrees * Math.PI) / 180);
  for (let i = 0; i < xs.length; i++) {
    const at = ys[i]! - xs[i]! * slope + (slope > 0 ? width * slope : 0);
    const low = Math.floor(at);
    if (low < 0 || low + 1 >= bins.length) continue;
    const part = at - low;
    bins[low]! += 1 - part;
    bins[low + 1]! += part;
  }
  let sum = 0;
  for (let i = 1; i < bins.length; i++) {
    const d = bins[i]! - bins[i - 1]!;
    sum += d * d;
  }
  return sum;
}
