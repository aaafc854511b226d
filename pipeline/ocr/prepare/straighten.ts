import { skewAngle } from './deskew.ts';
import { evenLight } from './light.ts';
import { findPaper, paperSize } from './perspective.ts';
import { chain, identity, type Projective, rectangleToQuad, rotation } from './projective.ts';
import { type Color, darkerThan, type Gray, inkThreshold } from './raster.ts';
import { warpColor } from './warp.ts';

export interface Straightened {
  readonly color: Color;
  /** From pixels of `color` to pixels of the picture it was made from. */
  readonly map: Projective;
  /** Degrees by which the lines were turned. */
  readonly skew: number;
  /** true: a sheet was found lying on something and cut out. */
  readonly photo: boolean;
}

/** Smaller angles are left: the lines of A4 then drift by less than half a point. */
const leastSkew = 0.06;

/** A page cut out of its photo, lit evenly, and turned so that its lines are level. */
export function straighten(picture: Color): Straightened {
  const quad = findPaper(picture);
  let color = picture;
  let map: Projective = identity;
  if (quad) {
    const size = paperSize(quad);
    // A little less than the sheet: its edge is no ink.
    const inset = 0.004;
    const whole = rectangleToQuad(size.width, size.height, quad);
    const cut: Projective = [1 - 2 * inset, 0, size.width * inset, 0, 1 - 2 * inset, size.height * inset, 0, 0, 1];
    map = chain(whole, cut);
    color = warpColor(picture, map, size.width, size.height);
  }
  color = evenLight(color);
  const skew = skewAngle(darkerThanPaper(color));
  if (Math.abs(skew) < leastSkew) return { color, map, skew: 0, photo: quad !== null };
  const turn = rotation(skew, color.width / 2, color.height / 2);
  return {
    color: warpColor(color, turn, color.width, color.height),
    map: chain(map, turn),
    skew,
    photo: quad !== null,
  };
}

/** Ink of a picture reduced to about 800 pixels, for measuring angles. */
function darkerThanPaper(color: Color): ReturnType<typeof darkerThan> {
  const step = Math.max(1, Math.round(Math.max(color.width, color.height) / 1000));
  const width = Math.floor(color.width / step);
  const height = Math.floor(color.height / step);
  const data = new Uint8Array(width * height);
  const source = color.data;
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let dy = 0; dy < step; dy++) {
      // The red channel: seals and letterheads are no lines of text.
      let at = (y * step + dy) * color.width * 3;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (const end = at + 3 * step; at < end; at += 3) sum += source[at]!;
        sums[x]! += sum;
      }
    }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! / (step * step);
  }
  const gray: Gray = { width, height, data };
  return darkerThan(gray, inkThreshold(gray, 110, 200));
}
