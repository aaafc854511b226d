import { findComponents } from './components.ts';
import { cropGray, darkerThan, type Gray, type PixelBox } from './raster.ts';

/** The mark that stands alone in a cell to say that nothing is to be entered. */
export interface CellMark {
  readonly text: '/' | '\\' | '—';
  readonly box: PixelBox;
}

/**
 * Looks for a slanting stroke or a dash that stands alone in a cell. Recognisers take such marks for dirt, and on poor
 * scans they are hardly darker than the paper, so ink is what stands out of the paper of this very cell. null where
 * there is anything else, or nothing.
 */
export function findCellMark(gray: Gray, cell: PixelBox, em: number): CellMark | null {
  const piece = cropGray(gray, cell);
  const { median, deviation } = paperOf(piece);
  const mask = darkerThan(piece, median - Math.max(26, 5.5 * deviation));
  const parts = findComponents(mask, 2) ?? [];
  const [largest] = [...parts].sort((a, b) => extent(b) - extent(a));
  if (!largest || extent(largest) < 0.3 * em) return null;
  // Ink elsewhere in the cell, more than specks: it is no lone mark.
  const box = { ...largest };
  for (const part of parts) {
    const near = part.x0 < box.x1 + 3 && part.x1 > box.x0 - 3 && part.y0 < box.y1 + 3 && part.y1 > box.y0 - 3;
    if (near && extent(part) >= 0.1 * em) {
      box.x0 = Math.min(box.x0, part.x0);
      box.y0 = Math.min(box.y0, part.y0);
      box.x1 = Math.max(box.x1, part.x1);
      box.y1 = Math.max(box.y1, part.y1);
    } else if (extent(part) > 0.3 * em) return null;
  }
  const text = shapeOf(mask.data, mask.width, box, em);
  const [dx, dy] = [Math.max(0, Math.floor(cell.x0)), Math.max(0, Math.floor(cell.y0))];
  return text && { text, box: { x0: box.x0 + dx, y0: box.y0 + dy, x1: box.x1 + dx, y1: box.y1 + dy } };
}

const extent = (c: PixelBox): number => Math.max(c.x1 - c.x0, c.y1 - c.y0);

function paperOf({ data }: Gray): { median: number; deviation: number } {
  const histogram = new Uint32Array(256);
  for (const value of data) histogram[value]!++;
  const middle = (counts: Uint32Array): number => {
    let seen = 0;
    for (let v = 0; v < 256; v++) {
      seen += counts[v]!;
      if (seen * 2 >= data.length) return v;
    }
    return 255;
  };
  const median = middle(histogram);
  const away = new Uint32Array(256);
  for (let v = 0; v < 256; v++) away[Math.abs(v - median)]! += histogram[v]!;
  return { median, deviation: middle(away) };
}

function shapeOf(mask: Uint8Array, stride: number, box: PixelBox, em: number): CellMark['text'] | null {
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
  if (width > 1.6 * em || height > 1.6 * em) return null;
  let [count, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      if (!mask[y * stride + x]) continue;
      count++;
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
    }
  }
  if (height < 0.22 * em && width > 0.45 * em && count > 0.4 * width * height) return '—';
  if (height < 0.4 * em || width < 0.12 * em || count < height * 0.6) return null;
  const vx = sxx / count - (sx / count) ** 2;
  const vy = syy / count - (sy / count) ** 2;
  const together = sxy / count - (sx / count) * (sy / count);
  // The long axis of the ink: a straight stroke is many times as long as wide, and neither upright (1, l) nor level.
  const spread = Math.hypot((vx - vy) / 2, together);
  const [along, across] = [(vx + vy) / 2 + spread, Math.max(0.08, (vx + vy) / 2 - spread)];
  const fromVertical = Math.abs(Math.atan2(together, along - vx)) * (180 / Math.PI);
  if (along < 14 * across || fromVertical < 8 || fromVertical > 75 || count > 0.6 * width * height) return null;
  return together < 0 ? '/' : '\\';
}
