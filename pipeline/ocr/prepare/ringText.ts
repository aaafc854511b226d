import type { Gray, PixelBox } from './raster.ts';

/**
 * The ring of a seal unrolled to a strip: from straight down clockwise, outer side up, as its text is written. `inner`
 * and `outer` are shares of the radius between which the text stands.
 */
export function unrollRing(red: Gray, seal: PixelBox, inner = 0.56, outer = 0.92): Gray {
  const [cx, cy] = [(seal.x0 + seal.x1) / 2, (seal.y0 + seal.y1) / 2];
  const [rx, ry] = [(seal.x1 - seal.x0) / 2, (seal.y1 - seal.y0) / 2];
  const radius = (rx + ry) / 2;
  // At the height of the model, and with the width measured in the middle of the letters.
  const height = 48;
  const middle = ((inner + outer) / 2) * radius;
  const width = Math.max(64, Math.round((2 * Math.PI * middle * height) / ((outer - inner) * radius)));
  const data = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const share = outer - ((y + 0.5) / height) * (outer - inner);
    for (let x = 0; x < width; x++) {
      const angle = Math.PI / 2 + ((x + 0.5) / width) * 2 * Math.PI;
      const sx = cx + Math.cos(angle) * rx * share - 0.5;
      const sy = cy + Math.sin(angle) * ry * share - 0.5;
      const [ix, iy] = [Math.floor(sx), Math.floor(sy)];
      if (ix < 0 || iy < 0 || ix + 1 >= red.width || iy + 1 >= red.height) continue;
      const [fx, fy] = [sx - ix, sy - iy];
      const at = iy * red.width + ix;
      const upper = red.data[at]! * (1 - fx) + red.data[at + 1]! * fx;
      const lower = red.data[at + red.width]! * (1 - fx) + red.data[at + red.width + 1]! * fx;
      data[y * width + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return { width, height, data };
}
