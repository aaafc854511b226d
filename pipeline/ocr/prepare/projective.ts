/**
 * A projective map of the plane as a 3 × 3 matrix, row by row. Maps go from the prepared page to the page as it was, so
 * that what is read on the prepared one can be shown where it stands.
 */
export type Projective = readonly [number, number, number, number, number, number, number, number, number];

export const identity: Projective = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export function applyMap(map: Projective, x: number, y: number): [number, number] {
  const w = map[6] * x + map[7] * y + map[8];
  return [(map[0] * x + map[1] * y + map[2]) / w, (map[3] * x + map[4] * y + map[5]) / w];
}

/** First `second`, then `first`. */
export function chain(first: Projective, second: Projective): Projective {
  const cell = (row: number, column: number): number =>
    first[row * 3]! * second[column]! +
    first[row * 3 + 1]! * second[3 + column]! +
    first[row * 3 + 2]! * second[6 + column]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

export const scaling = (x: number, y = x): Projective => [x, 0, 0, 0, y, 0, 0, 0, 1];

/** Around a middle by an angle in degrees, clockwise as seen (y down). */
export function rotation(degrees: number, x: number, y: number): Projective {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y, 0, 0, 1];
}

type Point = readonly [number, number];

/** The map that takes the corners of a rectangle (0,0)–(width,height) to four corners, clockwise from the upper left. */
export function rectangleToQuad(
  width: number,
  height: number,
  quad: readonly [Point, Point, Point, Point],
): Projective {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  const unit: Projective = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
  return chain(unit, scaling(1 / width, 1 / height));
}
