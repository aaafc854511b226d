import type { Gray } from './raster.ts';

/**
 * The mark that stands alone in a cell to say that nothing is to be entered: a slanting stroke or a dash, which
 * recognisers take for dirt. null for anything else.
 */
export function markOf(strip: Gray, em: number): '/' | '\\' | '—' | null {
  let [count, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  let [x0, y0, x1, y1] = [strip.width, strip.height, -1, -1];
  for (let y = 0; y < strip.height; y++) {
    for (let x = 0; x < strip.width; x++) {
      if (strip.data[y * strip.width + x]! > 150) continue;
      count++;
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
    }
  }
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
  if (count < 4 || width > 1.6 * em || height > 1.6 * em) return null;
  if (height < 0.22 * em && width > 0.45 * em && width < 1.5 * em) return '—';
  if (height < 0.4 * em || width < 0.12 * em) return null;
  const vx = sxx / count - (sx / count) ** 2;
  const vy = syy / count - (sy / count) ** 2;
  const together = sxy / count - (sx / count) * (sy / count);
  const correlation = together / Math.sqrt(Math.max(1e-6, vx * vy));
  // A straight stroke fills little of its box.
  if (Math.abs(correlation) < 0.93 || count > 0.5 * width * height) return null;
  return correlation < 0 ? '/' : '\\';
}
