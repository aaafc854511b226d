import { findComponents } from './components.ts';
import { type Mask, type PixelBox, reduceMask } from './raster.ts';
import { findTouchingSeals } from './touchingSeals.ts';

/** Red marks pressed on a page. */
export interface RedFigures {
  readonly seals: readonly PixelBox[];
  /** Frames with text: stamps of receipt. */
  readonly stamps: readonly PixelBox[];
}

/** Sides of round and oval seals in points: 42 mm for state bodies, 36 mm upwards for offices, with leeway. */
const sealSize = { least: 62, most: 180 } as const;

/** Finds seals by their ring and stamps by their frame. `scale` is pixels a point. */
export function findRedFigures(red: Mask, scale: number): RedFigures {
  const factor = Math.max(1, Math.round(scale * 0.7));
  const small = reduceMask(red, factor, 0.08);
  const unit = scale / factor;
  const seals: PixelBox[] = [];
  const stamps: PixelBox[] = [];
  for (const part of findComponents(grow(small), 12) ?? []) {
    const [width, height] = [(part.x1 - part.x0) / unit, (part.y1 - part.y0) / unit];
    const box = { x0: part.x0 * factor, y0: part.y0 * factor, x1: part.x1 * factor, y1: part.y1 * factor };
    const round = Math.max(width, height) / Math.min(width, height) < 1.7;
    if (
      round &&
      Math.min(width, height) >= sealSize.least &&
      Math.max(width, height) <= sealSize.most &&
      ringShare(small, part) > 0.6
    ) {
      seals.push(box);
    } else if (
      width >= 50 &&
      width <= 260 &&
      height >= 18 &&
      height <= 120 &&
      part.area < 0.5 * (part.x1 - part.x0) * (part.y1 - part.y0) &&
      frameShare(small, part) > 0.6
    )
      stamps.push(box);
    else if (Math.min(width, height) >= sealSize.least && Math.max(width, height) <= 5 * sealSize.most) {
      const rings = findTouchingSeals(small, part, sealSize.least * unit, sealSize.most * unit);
      const full = (ring: PixelBox): PixelBox => ({
        x0: Math.round(ring.x0 * factor),
        y0: Math.round(ring.y0 * factor),
        x1: Math.round(ring.x1 * factor),
        y1: Math.round(ring.y1 * factor),
      });
      seals.push(...rings.map(full));
    }
  }
  const inside = (a: PixelBox, b: PixelBox): boolean =>
    a !== b && a.x0 >= b.x0 && a.y0 >= b.y0 && a.x1 <= b.x1 && a.y1 <= b.y1;
  // The name on a ring is a ring, too.
  return { seals: seals.filter((seal) => !seals.some((other) => inside(seal, other))), stamps };
}

/** Every pixel grown by one each way, so that a ring broken by noise hangs together. */
function grow(mask: Mask): Mask {
  const { width, height } = mask;
  const data = new Uint8Array(mask.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!mask.data[y * width + x]) continue;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [px, py] = [x + dx, y + dy];
          if (px >= 0 && py >= 0 && px < width && py < height) data[py * width + px] = 1;
        }
      }
    }
  }
  return { width, height, data };
}

/** How much of the ellipse in a box is red, a degree or two at a time. */
function ringShare(mask: Mask, box: PixelBox): number {
  const [cx, cy] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  const [rx, ry] = [(box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2];
  let hit = 0;
  const bins = 120;
  for (let i = 0; i < bins; i++) {
    const angle = (i / bins) * 2 * Math.PI;
    for (let r = 0.86; r <= 1.02; r += 0.02) {
      const x = Math.round(cx + Math.cos(angle) * rx * r - 0.5);
      const y = Math.round(cy + Math.sin(angle) * ry * r - 0.5);
      if (x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask.data[y * mask.width + x]) {
        hit++;
        break;
      }
    }
  }
  return hit / bins;
}

/** How much of the four sides of a box, which may be turned a little, is red: the least of the four. */
function frameShare(mask: Mask, box: PixelBox): number {
  const reach = Math.max(2, Math.round((box.y1 - box.y0) * 0.22));
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
  const at = (x: number, y: number): boolean => mask.data[y * mask.width + x] === 1;
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < width; i++) {
    for (let d = 0; d < reach; d++) {
      if (at(box.x0 + i, box.y0 + d)) {
        counts[0]!++;
        break;
      }
    }
    for (let d = 0; d < reach; d++) {
      if (at(box.x0 + i, box.y1 - 1 - d)) {
        counts[1]!++;
        break;
      }
    }
  }
  for (let i = 0; i < height; i++) {
    for (let d = 0; d < reach; d++) {
      if (at(box.x0 + d, box.y0 + i)) {
        counts[2]!++;
        break;
      }
    }
    for (let d = 0; d < reach; d++) {
      if (at(box.x1 - 1 - d, box.y0 + i)) {
        counts[3]!++;
        break;
      }
    }
  }
  return Math.min(counts[0]! / width, counts[1]! / width, counts[2]! / height, counts[3]! / height);
}
