import type { Box } from '../../../models/index.ts';
import { type Glyph, isBlank } from './content.ts';

/** Diameters of seals in points: those of a state body measure 42 mm, of smaller offices from 36 mm; with leeway. */
export const sealDiameter = { least: 60, most: 200 } as const;

/** Whether a red figure with this box can be a seal: round or nearly, and of a seal's size. */
export function hasSealSize(box: Box): boolean {
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const [least, most] = [Math.min(width, height), Math.max(width, height)];
  return least >= sealDiameter.least && most <= sealDiameter.most && most / least < 1.5;
}

/**
 * The characters of a seal's own text: red ones inside its circle that stand on the ring, turned, or (the lower text,
 * 专用章 or a number) upright. The ring is read clockwise from its lower left, as it is written.
 */
export function sealText(box: Box, glyphs: readonly Glyph[]): { text: string | null; glyphs: Glyph[] } {
  const [cx, cy] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const radius = Math.max(box[2] - box[0], box[3] - box[1]) / 2;
  const inside = glyphs.flatMap((glyph) => {
    if (glyph.color !== 'red' || isBlank(glyph.text)) return [];
    const [dx, dy] = [(glyph.x0 + glyph.x1) / 2 - cx, (glyph.y0 + glyph.y1) / 2 - cy];
    return Math.hypot(dx, dy) <= radius ? [{ glyph, dx, dy }] : [];
  });
  if (inside.length === 0) return { text: null, glyphs: [] };
  const ring = inside.filter(
    (g) => Math.hypot(g.dx, g.dy) > radius * 0.5 && (g.glyph.angle !== 0 || g.dy < radius * 0.2),
  );
  const lower = inside.filter((g) => !ring.includes(g));
  // Clockwise angle from straight down, so that the gap at the bottom of the ring is where the text begins and ends.
  const turn = (g: { dx: number; dy: number }): number => (Math.atan2(-g.dx, g.dy) + 2 * Math.PI) % (2 * Math.PI);
  ring.sort((a, b) => turn(a) - turn(b));
  lower.sort((a, b) => a.glyph.y0 - b.glyph.y0 || a.glyph.x0 - b.glyph.x0);
  const text = [...ring, ...lower]
    .map((g) => g.glyph.text)
    .join('')
    .replace(/[★☆]/g, '');
  return { text: text || null, glyphs: inside.map((g) => g.glyph) };
}
