import type { SeededRandom } from './seededRandom.ts';

/** Three bytes a pixel; changed in place by what adds faults. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

interface Light {
  readonly unevenLight?: number;
  readonly paper?: 'white' | 'yellowed' | 'grey';
  readonly shadow?: boolean;
  readonly fold?: boolean;
}

const papers = { white: [1, 1, 1], yellowed: [0.97, 0.93, 0.82], grey: [0.86, 0.86, 0.85] } as const;

/** Tone of the paper, fall of light, shadows, folds: all dim what lies below them. */
export function addLight(pixels: Pixels, light: Light, random: SeededRandom): void {
  const { width, height, data } = pixels;
  const tone = papers[light.paper ?? 'white'];
  const lost = light.unevenLight ?? 0;
  if (lost === 0 && !light.shadow && !light.fold && tone === papers.white) return;
  const [lx, ly] = [random.next() * width, random.next() * height];
  const reach = Math.hypot(Math.max(lx, width - lx), Math.max(ly, height - ly));
  const onLeft = random.chance(0.5);
  const folds = light.fold ? [height * (0.3 + 0.05 * random.next()), height * (0.63 + 0.05 * random.next())] : [];
  for (let y = 0; y < height; y++) {
    let folded = 1;
    for (const fold of folds) folded *= 1 - 0.25 * Math.exp(-(((y - fold) / (height * 0.004)) ** 2));
    for (let x = 0; x < width; x++) {
      let factor = folded * (1 - lost * (Math.hypot(x - lx, y - ly) / reach) ** 1.5);
      if (light.shadow) {
        const side = (onLeft ? x : width - x) / width;
        factor *= 1 - 0.55 * Math.exp(-((side / 0.09) ** 2));
      }
      const at = (y * width + x) * 3;
      for (let k = 0; k < 3; k++) data[at + k] = data[at + k]! * factor * tone[k]!;
    }
  }
}

/** Noise of the sensor, the same on all channels for most of it. */
export function addNoise(pixels: Pixels, deviation: number, random: SeededRandom): void {
  const normal = (): number => (random.next() + random.next() + random.next() - 1.5) * 2 * deviation;
  for (let at = 0; at < pixels.data.length; at += 3) {
    const common = normal();
    for (let k = 0; k < 3; k++) {
      const value = pixels.data[at + k]! + common + (random.next() - 0.5) * deviation;
      pixels.data[at + k] = value < 0 ? 0 : Math.min(value, 255);
    }
  }
}

interface Placing {
  readonly skew?: number;
  readonly perspective?: number;
  readonly quarters?: number;
}

/**
 * The page turned by quarters and by `skew` degrees, and, with `perspective`, seen from aside lying on a dark table.
 * `place` says where a pixel of the page has come to lie.
 */
export function turnAndTilt(
  pixels: Pixels,
  placing: Placing,
  random: SeededRandom,
): { pixels: Pixels; place: (x: number, y: number) => [number, number] } {
  const { width: w, height: h } = pixels;
  const tilt = placing.perspective ?? 0;
  const skew = ((placing.skew ?? 0) * Math.PI) / 180;
  if (tilt === 0 && skew === 0) return turnQuarters(pixels, placing.quarters ?? 0, (x, y) => [x, y]);
  const margin = tilt > 0 ? 0.07 : 0;
  const [width, height] = [Math.round(w * (1 + 2 * margin)), Math.round(h * (1 + 2 * margin))];
  const jitter = (amount: number): number => random.next() * amount;
  // Backwards: for a pixel of the picture the pixel of the page; coefficients of a projective map.
  const narrow = tilt * (0.06 + jitter(0.06));
  const shear = tilt * (jitter(0.08) - 0.04);
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)];
  const forward = (x: number, y: number): [number, number] => {
    const [u, v] = [x - w / 2, y - h / 2];
    const [ru, rv] = [u * cos - v * sin, u * sin + v * cos];
    const depth = 1 + (narrow * rv) / h + (shear * ru) / w;
    return [width / 2 + ru / depth, height / 2 + rv / depth];
  };
  const backward = (x: number, y: number): [number, number] => {
    // ru = dx·depth, rv = dy·depth; depth = 1 / (1 − narrow·dy/h − shear·dx/w).
    const [dx, dy] = [x - width / 2, y - height / 2];
    const depth = 1 / (1 - (narrow * dy) / h - (shear * dx) / w);
    const [ru, rv] = [dx * depth, dy * depth];
    return [ru * cos + rv * sin + w / 2, -ru * sin + rv * cos + h / 2];
  };
  const data = new Uint8Array(width * height * 3);
  const ground = tilt > 0 ? [84, 68, 52] : [250, 250, 250];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 3;
      const [sx, sy] = backward(x + 0.5, y + 0.5);
      const [ix, iy] = [Math.floor(sx - 0.5), Math.floor(sy - 0.5)];
      if (ix < 0 || iy < 0 || ix + 1 >= w || iy + 1 >= h) {
        for (let k = 0; k < 3; k++) data[to + k] = ground[k]!;
        continue;
      }
      const [fx, fy] = [sx - 0.5 - ix, sy - 0.5 - iy];
      const at = (iy * w + ix) * 3;
      for (let k = 0; k < 3; k++) {
        const upper = pixels.data[at + k]! * (1 - fx) + pixels.data[at + 3 + k]! * fx;
        const lower = pixels.data[at + w * 3 + k]! * (1 - fx) + pixels.data[at + w * 3 + 3 + k]! * fx;
        data[to + k] = upper * (1 - fy) + lower * fy;
      }
    }
  }
  return turnQuarters({ width, height, data }, placing.quarters ?? 0, forward);
}

function turnQuarters(
  pixels: Pixels,
  quarters: number,
  before: (x: number, y: number) => [number, number],
): { pixels: Pixels; place: (x: number, y: number) => [number, number] } {
  const turns = ((quarters % 4) + 4) % 4;
  if (turns === 0) return { pixels, place: before };
  const { width, height } = pixels;
  const place = (x: number, y: number): [number, number] =>
    turns === 1 ? [height - y, x] : turns === 2 ? [width - x, height - y] : [y, width - x];
  const newWidth = turns === 2 ? width : height;
  const data = new Uint8Array(pixels.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = place(x + 0.5, y + 0.5);
      const from = (y * width + x) * 3;
      const to = (Math.floor(py) * newWidth + Math.floor(px)) * 3;
      data.set(pixels.data.subarray(from, from + 3), to);
    }
  }
  return {
    pixels: { width: newWidth, height: turns === 2 ? height : width, data },
    place: (x, y) => place(...before(x, y)),
  };
}
