import { identity, type Projective } from './projective.ts';
import type { Color } from './raster.ts';

/** A page cut from a sheet, and the map from its pixels to those of the sheet. */
export interface SheetHalf {
  readonly color: Color;
  readonly map: Projective;
}

/**
 * Two pages that lie side by side on one sheet, apart; a sheet of one page as it is. Two pages leave a white gutter in
 * the middle of a landscape sheet, and have lines of text on both sides of it at heights of their own.
 */
export function splitSheet(sheet: Color): SheetHalf[] {
  const whole = [{ color: sheet, map: identity }];
  if (sheet.width < 1.25 * sheet.height) return whole;
  const middle = whiteGutter(sheet);
  if (middle === null) return whole;
  return [
    { color: cut(sheet, 0, middle), map: identity },
    { color: cut(sheet, middle, sheet.width), map: [1, 0, middle, 0, 1, 0, 0, 0, 1] },
  ];
}

/** The middle of the widest strip without ink near the middle of the sheet; null where there is none. */
function whiteGutter(sheet: Color): number | null {
  const from = Math.floor(sheet.width * 0.4);
  const to = Math.ceil(sheet.width * 0.6);
  const inked = (x0: number, x1: number): Uint8Array => {
    const columns = new Uint8Array(x1 - x0);
    for (let x = x0; x < x1; x++) {
      let dark = 0;
      for (let y = 0; y < sheet.height; y++) if (sheet.data[(y * sheet.width + x) * 3 + 1]! < 140) dark++;
      // A speck or two are no ink; a stroke that crosses is.
      columns[x - x0] = dark > sheet.height * 0.002 ? 1 : 0;
    }
    return columns;
  };
  const columns = inked(from, to);
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= columns.length; i++) {
    if (i < columns.length && !columns[i]) continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  // Margins of two pages are wide; the gap between two words or cells is not.
  if (best.length < sheet.width * 0.05) return null;
  const share = (x0: number, x1: number): number => {
    const side = inked(Math.floor(x0), Math.floor(x1));
    return side.reduce((sum, v) => sum + v, 0) / side.length;
  };
  const gutter = from + best.start + best.length / 2;
  // One page may end after a few words; text on one side alone is a page of its own.
  const printed = [share(sheet.width * 0.1, sheet.width * 0.4), share(sheet.width * 0.6, sheet.width * 0.9)];
  return Math.max(...printed) > 0.5 && Math.min(...printed) > 0.1 ? Math.round(gutter) : null;
}

function cut(sheet: Color, x0: number, x1: number): Color {
  const width = x1 - x0;
  const data = new Uint8Array(width * sheet.height * 3);
  for (let y = 0; y < sheet.height; y++) {
    const from = (y * sheet.width + x0) * 3;
    data.set(sheet.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height: sheet.height, data };
}
