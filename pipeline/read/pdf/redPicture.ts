/** Pixels as pdf.js hands them over: rows from the top, 3 or 4 bytes a pixel. */
interface PixelData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

function isPixelData(value: unknown): value is PixelData {
  if (typeof value !== 'object' || value === null) return false;
  const { width, height, data } = value as Partial<PixelData>;
  return typeof width === 'number' && typeof height === 'number' && ArrayBuffer.isView(data);
}

/** Whether what is printed of a picture (white paper and what is transparent apart) is red for the most part. */
export function isMostlyRed(value: unknown): boolean | undefined {
  if (!isPixelData(value)) return undefined;
  const { width, height, data } = value;
  const channels = Math.round(data.length / (width * height));
  if (channels < 3) return false;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 20_000)));
  let inked = 0;
  let red = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * channels;
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      if ((channels === 4 && data[at + 3]! < 40) || Math.min(r, g, b) > 200) continue;
      inked++;
      if (r > 110 && r - Math.max(g, b) > 40) red++;
    }
  }
  return inked > 0 && red > 0.6 * inked;
}
