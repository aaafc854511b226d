import { applyMap, type Projective } from './projective.ts';
import type { Color } from './raster.ts';

/**
 * A picture of the given size, each pixel fetched (between pixels, bilinear) from where the map puts it; white where
 * that lies outside.
 */
export function warpColor(color: Color, map: Projective, width: number, height: number): Color {
  const source = color.data;
  const stride = color.width * 3;
  const data = new Uint8Array(width * height * 3).fill(255);
  const affine = map[6] === 0 && map[7] === 0;
  for (let y = 0; y < height; y++) {
    let to = y * width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      let sx: number;
      let sy: number;
      if (affine) {
        sx = map[0] * (x + 0.5) + map[1] * (y + 0.5) + map[2] - 0.5;
        sy = map[3] * (x + 0.5) + map[4] * (y + 0.5) + map[5] - 0.5;
      } else {
        const [px, py] = applyMap(map, x + 0.5, y + 0.5);
        sx = px - 0.5;
        sy = py - 0.5;
      }
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      if (ix < 0 || iy < 0 || ix + 1 >= color.width || iy + 1 >= color.height) continue;
      const fx = ((sx - ix) * 256) | 0;
      const fy = ((sy - iy) * 256) | 0;
      const a = (256 - fx) * (256 - fy);
      const b = fx * (256 - fy);
      const c = (256 - fx) * fy;
      const d = fx * fy;
      const at = iy * stride + ix * 3;
      const below = at + stride;
      data[to] = (source[at]! * a + source[at + 3]! * b + source[below]! * c + source[below + 3]! * d) >> 16;
      data[to + 1] =
        (source[at + 1]! * a + source[at + 4]! * b + source[below + 1]! * c + source[below + 4]! * d) >> 16;
      data[to + 2] =
        (source[at + 2]! * a + source[at + 5]! * b + source[below + 2]! * c + source[below + 5]! * d) >> 16;
    }
  }
  return { width, height, data };
}
