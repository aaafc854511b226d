import type { Mask, PixelBox } from './raster.ts';

/** Share of a circle that must be red for a ring: noise and text below gnaw at it, and other seals only add to it. */
const leastRing = 0.72;
/** Seals that hang together, at most. */
const mostSeals = 12;

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * The rings of seals that touch or overlap each other, as those of several bodies do (GB/T 9704-2012, 7.3.5.2), in one piece
 * of red ink. `least` and `most`: sides of a seal in pixels.
 */
export function findTouchingSeals(mask: Mask, part: PixelBox, least: number, most: number): PixelBox[] {
  // So coarse that the smallest ring is some 25 pixels wide.
  const step = Math.max(1, Math.floor(least / 25));
  let points = outline(mask, part, step);
  const found: PixelBox[] = [];
  while (found.length < mostSeals) {
    const coarse = bestCircle(points, part, step, least / 2 / step, most / 2 / step);
    const circle =
      coarse && refine(mask, { x: coarse.x * step, y: coarse.y * step, radius: coarse.radius * step }, step);
    if (!circle || ringShare(mask, circle) < leastRing || found.some((seal) => holds(seal, circle))) break;
    const { x, y, radius } = circle;
    found.push({ x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius });
    // With the outer edge of its ring, which is some points wide.
    points = points.filter((p) => Math.hypot((p.x + 0.5) * step - x, (p.y + 0.5) * step - y) > 1.06 * radius + step);
  }
  return found;
}

const holds = (seal: PixelBox, { x, y }: Circle): boolean => x > seal.x0 && x < seal.x1 && y > seal.y0 && y < seal.y1;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Coarse pixels with red ink beside ones without. */
function outline(mask: Mask, part: PixelBox, step: number): Point[] {
  const red = new Set<number>();
  const width = Math.ceil(mask.width / step) + 2;
  for (let y = part.y0; y < Math.min(part.y1, mask.height); y++) {
    for (let x = part.x0; x < Math.min(part.x1, mask.width); x++) {
      if (mask.data[y * mask.width + x]) red.add(Math.floor(y / step) * width + Math.floor(x / step));
    }
  }
  const inner = (at: number): boolean => [at - 1, at + 1, at - width, at + width].every((other) => red.has(other));
  return [...red].filter((at) => !inner(at)).map((at) => ({ x: at % width, y: Math.floor(at / width) }));
}

/** The circle on which most of its length is ink, each point having voted for all centres around it (Hough). */
function bestCircle(
  points: readonly Point[],
  part: PixelBox,
  step: number,
  least: number,
  most: number,
): Circle | undefined {
  const [left, top] = [Math.floor(part.x0 / step), Math.floor(part.y0 / step)];
  const width = Math.ceil((part.x1 - part.x0) / step) + 1;
  const height = Math.ceil((part.y1 - part.y0) / step) + 1;
  let best: Circle | undefined;
  let votes = 0;
  for (let radius = least; radius <= Math.min(most, (Math.min(width, height) + 2) / 2); radius++) {
    const count = new Uint16Array(width * height);
    const directions = Math.ceil(2 * Math.PI * radius);
    const around = Array.from({ length: directions }, (_, i) => {
      const angle = (i / directions) * 2 * Math.PI;
      return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))] as const;
    });
    for (const point of points) {
      for (const [dx, dy] of around) {
        const [x, y] = [point.x - left + dx, point.y - top + dy];
        if (x >= 0 && y >= 0 && x < width && y < height) count[y * width + x]!++;
      }
    }
    for (let at = 0; at < count.length; at++) {
      // Every point has as many votes, and a larger circle has more points on it.
      const value = count[at]! / radius;
      if (value <= votes) continue;
      votes = value;
      best = { x: left + (at % width), y: top + Math.floor(at / width), radius };
    }
  }
  return best;
}

/** The circle nearby with the most ink on it. */
function refine(mask: Mask, circle: Circle, step: number): Circle {
  let best = circle;
  let share = 0;
  for (let dr = -step - 1; dr <= step + 1; dr++) {
    for (let dy = -step; dy <= step; dy++) {
      for (let dx = -step; dx <= step; dx++) {
        // The middle of a coarse pixel is half its side further on.
        const other = { x: circle.x + step / 2 + dx, y: circle.y + step / 2 + dy, radius: circle.radius + dr };
        const value = ringShare(mask, other);
        if (value <= share) continue;
        share = value;
        best = other;
      }
    }
  }
  return best;
}

/** How much of a circle is red, a pixel more or less. */
function ringShare(mask: Mask, { x, y, radius }: Circle): number {
  const bins = 120;
  let hit = 0;
  for (let i = 0; i < bins; i++) {
    const angle = (i / bins) * 2 * Math.PI;
    for (const r of [radius, radius - 1, radius + 1]) {
      const [px, py] = [Math.round(x + Math.cos(angle) * r), Math.round(y + Math.sin(angle) * r)];
      if (px < 0 || py < 0 || px >= mask.width || py >= mask.height || !mask.data[py * mask.width + px]) continue;
      hit++;
      break;
    }
  }
  return hit / bins;
}
