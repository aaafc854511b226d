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
  const parts = (findComponents(mask, 2) ?? []).filter((c) => Math.max(c.x1 - c.x0, c.y1 - c.y0) >= 0.16 * em);
  if (parts.length === 0 || parts.length > 4) return null;
  const box = {
    x0: Math.min(...parts.map((c) => c.x0)),
    y0: Math.min(...parts.map((c) => c.y0)),
    x1: Math.max(...parts.map((c) => c.x1)),
    y1: Math.max(...parts.map((c) => c.y1)),
  };
  const text = shapeOf(mask.data, mask.width, box, em);
  const [dx, dy] = [Math.max(0, Math.floor(cell.x0)), Math.max(0, Math.floor(cell.y0))];
  return text && { text, box: { x0: box.x0 + dx, y0: box.y0 + dy, x1: box.x1 + dx, y1: box.y1 + dy } };
}

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
  const correlation = together / Math.sqrt(Math.max(1e-6, vx * vy));
  // A straight stroke fills little of its box.
  if (Math.abs(correlation) < 0.9 || count > 0.55 * width * height) return null;
  return correlation < 0 ? '/' : '\\';
}
