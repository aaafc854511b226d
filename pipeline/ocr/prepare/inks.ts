import type { Color, Gray, Mask } from './raster.ts';

/** A page parted by colour of ink. */
export interface Inks {
  /** Black and other dark text alone, on white; text under a red seal stands out of it. */
  readonly black: Gray;
  /** The red channel as it is: what the black was made of. */
  readonly redChannel: Gray;
  /** Red text, rules and seals alone, on white; null where a page has no red. */
  readonly red: Gray | null;
  /** Where there is red ink. */
  readonly redMask: Mask | null;
}

/** How much redder than green and blue red ink is, at least; below are fringes of black letters and yellowed paper. */
const leastRedness = 56;

/**
 * Parts red from black. Red ink is as light as paper in the red channel, so black text under a seal is read there;
 * the letterhead, which is red, is read from how much darker green and blue are than red.
 */
export function separateInks(color: Color): Inks {
  const { width, height } = color;
  const count = width * height;
  const channel = new Uint8Array(count);
  const mask = new Uint8Array(count);
  const source = color.data;
  let reds = 0;
  const levels = new Uint32Array(256);
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const r = source[at]!;
    const g = source[at + 1]!;
    const b = source[at + 2]!;
    channel[i] = r;
    // Orange, brown and magenta stamps count as red; blue and green ones do not.
    if (r - g > leastRedness && r - b > leastRedness && r > 110) {
      mask[i] = 1;
      levels[r]!++;
      reds++;
    }
  }
  const grey = (data: Uint8Array): Gray => ({ width, height, data });
  // Fewer are noise of a camera or of JPEG.
  if (reds < count * 0.0004)
    return { black: grey(luminance(color)), redChannel: grey(channel), red: null, redMask: null };
  const red = redAlone(color);
  const black = channel.slice();
  liftRed(black, mask, width, height, redLevel(levels, reds));
  return { black: grey(black), redChannel: grey(channel), red: grey(red), redMask: grey(mask) };
}

function luminance({ width, height, data: source }: Color): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < data.length; i++, at += 3) {
    data[i] = (source[at]! * 77 + source[at + 1]! * 150 + source[at + 2]! * 29) >> 8;
  }
  return data;
}

/** The red channel's value below which a quarter of the red ink lies: what is darker is mostly text below it. */
function redLevel(levels: Uint32Array, count: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += levels[value]!;
    if (seen > count * 0.25) return value;
  }
  return 255;
}

function redAlone(color: Color): Uint8Array {
  const data = new Uint8Array(color.width * color.height);
  for (let i = 0, at = 0; i < data.length; i++, at += 3) {
    const r = color.data[at]!;
    const other = (color.data[at + 1]! + color.data[at + 2]!) >> 1;
    const redness = ((r - other) * 3) >> 1;
    data[i] = redness <= 0 ? 255 : redness >= 255 ? 0 : 255 - redness;
  }
  return data;
}

/**
 * Around red ink, stretches the red channel so that the ink becomes paper; elsewhere grey levels stay as they are, as
 * small print needs them.
 */
function liftRed(black: Uint8Array, mask: Uint8Array, width: number, height: number, level: number): void {
  const white = Math.max(120, level - 24);
  const dark = 24;
  const stretch = new Uint8Array(256);
  for (let v = 0; v < 256; v++) {
    stretch[v] = Math.max(0, Math.min(255, Math.round(((Math.min(v, white) - dark) * 255) / (white - dark))));
  }
  const reach = 2;
  const near = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    let last = -100;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (mask[row + x]) last = x;
      if (x - last <= reach) near[row + x] = 1;
    }
    last = width + 100;
    for (let x = width - 1; x >= 0; x--) {
      if (mask[row + x]) last = x;
      if (last - x <= reach) near[row + x] = 1;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      let touched = near[at]!;
      for (let d = 1; d <= reach && !touched; d++) {
        if (y >= d && near[at - d * width]) touched = 1;
        else if (y + d < height && near[at + d * width]) touched = 1;
      }
      if (touched) black[at] = stretch[black[at]!]!;
    }
  }
}
