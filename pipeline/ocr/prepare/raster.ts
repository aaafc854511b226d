/** Pictures in memory while a page is prepared: rows from the top, no padding. */

/** One byte a pixel, 0 black to 255 white. */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Three bytes a pixel: red, green, blue. */
export interface Color {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One byte a pixel: 1 where there is ink, else 0. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixel positions; x1 and y1 are exclusive. */
export interface PixelBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The threshold between ink and paper that parts a histogram best (Otsu), kept within what ink and paper can be. */
export function inkThreshold(gray: Gray, least = 100, most = 190): number {
  const histogram = histogramOf(gray.data);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < 256; i++) {
    total += histogram[i]!;
    sum += i * histogram[i]!;
  }
  let below = 0;
  let sumBelow = 0;
  let best = 150;
  let most2 = -1;
  for (let i = 0; i < 256; i++) {
    below += histogram[i]!;
    sumBelow += i * histogram[i]!;
    if (below === 0 || below === total) continue;
    const difference = sumBelow / below - (sum - sumBelow) / (total - below);
    const between = below * (total - below) * difference * difference;
    if (between > most2) {
      most2 = between;
      best = i;
    }
  }
  return Math.min(most, Math.max(least, best));
}

/** How many pixels have each level. Neighbours are counted apart: counting the same one again has to wait for the last. */
function histogramOf(data: Uint8Array): Uint32Array {
  const histogram = new Uint32Array(256);
  const second = new Uint32Array(256);
  const pairs = data.length - (data.length % 2);
  for (let i = 0; i < pairs; i += 2) {
    histogram[data[i]!]!++;
    second[data[i + 1]!]!++;
  }
  if (pairs < data.length) second[data[pairs]!]!++;
  for (let level = 0; level < 256; level++) histogram[level]! += second[level]!;
  return histogram;
}

/**
 * What is darker is ink, in a strip of text: a quarter of the way from the paper to the darkest ink, as brackets and
 * level strokes of small print are grey.
 */
export function inkLevel({ data }: Gray): number {
  const histogram = histogramOf(data);
  const levelAt = (share: number): number => {
    let left = Math.floor(data.length * share);
    return histogram.findIndex((count) => {
      left -= count;
      return left < 0;
    });
  };
  const [ink, paper] = [levelAt(0.02), levelAt(0.9)];
  return paper - (paper - ink) * 0.22;
}

/** Where a picture is darker than a threshold. */
export function darkerThan({ width, height, data: levels }: Gray, threshold: number): Mask {
  const data = new Uint8Array(levels.length);
  for (let i = 0; i < levels.length; i++) if (levels[i]! < threshold) data[i] = 1;
  return { width, height, data };
}

/** A picture reduced by a whole factor; a pixel of the result is ink where `share` of its pixels are (0: any). */
export function reduceMask(mask: Mask, factor: number, share = 0): Mask {
  if (factor <= 1) return mask;
  const width = Math.ceil(mask.width / factor);
  const height = Math.ceil(mask.height / factor);
  const counts = new Uint8Array(width * height);
  for (let y = 0; y < mask.height; y++) {
    const row = Math.floor(y / factor) * width;
    const from = y * mask.width;
    for (let x = 0; x < mask.width; x++) if (mask.data[from + x]) counts[row + Math.floor(x / factor)]!++;
  }
  const least = Math.max(1, Math.ceil(share * factor * factor));
  for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! >= least ? 1 : 0;
  return { width, height, data: counts };
}

/** Part of a picture, cut to its bounds. */
export function cropGray(gray: Gray, box: PixelBox): Gray {
  const x0 = Math.max(0, Math.floor(box.x0));
  const y0 = Math.max(0, Math.floor(box.y0));
  const width = Math.max(1, Math.min(gray.width, Math.ceil(box.x1)) - x0);
  const height = Math.max(1, Math.min(gray.height, Math.ceil(box.y1)) - y0);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * gray.width + x0;
    data.set(gray.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

/** Turned by quarters, clockwise. */
export function turnColor(color: Color, quarters: number): Color {
  const turns = ((quarters % 4) + 4) % 4;
  if (turns === 0) return color;
  const { width, height } = color;
  const data = new Uint8Array(color.data.length);
  const newWidth = turns === 2 ? width : height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const nx = turns === 1 ? height - 1 - y : turns === 2 ? width - 1 - x : y;
      const ny = turns === 1 ? x : turns === 2 ? height - 1 - y : width - 1 - x;
      const from = (y * width + x) * 3;
      const to = (ny * newWidth + nx) * 3;
      data[to] = color.data[from]!;
      data[to + 1] = color.data[from + 1]!;
      data[to + 2] = color.data[from + 2]!;
    }
  }
  return { width: newWidth, height: turns === 2 ? height : width, data };
}
