import type { Gray } from './raster.ts';

interface Weights {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly taps: number;
}

/** A triangle as wide as the reduction asks when reducing; when enlarging a cubic curve, which keeps edges sharp. */
function weightsFor(from: number, to: number): Weights {
  const ratio = from / to;
  const support = ratio < 1 ? 2 : Math.max(1, ratio);
  const taps = Math.ceil(support * 2) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const start = Math.ceil(centre - support);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const distance = Math.abs(start + k - centre);
      const weight = ratio < 1 ? cubic(distance) : Math.max(0, 1 - distance / support);
      weights[i * taps + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k++) weights[i * taps + k]! /= sum;
  }
  return { first, weights, taps };
}

/** Catmull and Rom's curve. */
function cubic(x: number): number {
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

/** A grey picture at another size; sides may be scaled differently. */
export function resizeGray(gray: Gray, width: number, height: number): Gray {
  if (gray.width === width && gray.height === height) return gray;
  const across = weightsFor(gray.width, width);
  const middle = new Float32Array(width * gray.height);
  for (let y = 0; y < gray.height; y++) {
    const row = y * gray.width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const start = across.first[x]!;
      for (let k = 0; k < across.taps; k++) {
        const at = Math.min(gray.width - 1, Math.max(0, start + k));
        sum += gray.data[row + at]! * across.weights[x * across.taps + k]!;
      }
      middle[y * width + x] = sum;
    }
  }
  const down = weightsFor(gray.height, height);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = down.first[y]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < down.taps; k++) {
        const at = Math.min(gray.height - 1, Math.max(0, start + k));
        sum += middle[at * width + x]! * down.weights[y * down.taps + k]!;
      }
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(sum)));
    }
  }
  return { width, height, data };
}
