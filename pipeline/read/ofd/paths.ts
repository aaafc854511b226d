/** The codes that `marksOfPath` reads. */
const code = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticCurveTo: 3, closePath: 4 } as const;

const operands: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

/**
 * AbbreviatedData (GB/T 33190-2016, 9.1) as flat path data: M and S move, L line, Q and B curves, A an elliptical arc
 * (its extreme points are kept by cutting it into quarters at most), C closes. What cannot be read ends the path.
 */
export function parsePath(text: string): number[] {
  const data: number[] = [];
  let [x, y] = [0, 0];
  const tokens = text.match(/[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? [];
  for (let i = 0; i < tokens.length; ) {
    const operator = tokens[i++] ?? '';
    const count = operands[operator];
    if (count === undefined) continue;
    const values = tokens.slice(i, i + count).map(Number);
    if (values.length < count || values.some((value) => !Number.isFinite(value))) break;
    i += count;
    if (operator === 'A') addArc(data, x, y, values);
    else if (operator === 'C') data.push(code.closePath);
    else if (operator === 'Q') data.push(code.quadraticCurveTo, ...values);
    else if (operator === 'B') data.push(code.curveTo, ...values);
    else data.push(operator === 'L' ? code.lineTo : code.moveTo, ...values);
    if (count > 0) [x, y] = [values[count - 2] ?? x, values[count - 1] ?? y];
  }
  return data;
}

/**
 * An arc by its end points, as SVG 1.1, F.6.5 computes it, in steps of a quarter turn at most. Only the places that the
 * curve passes matter here, so the control points are those places, too.
 */
function addArc(data: number[], x0: number, y0: number, values: readonly number[]): void {
  const [radiusX = 0, radiusY = 0, degrees = 0, large = 0, sweep = 0, x1 = 0, y1 = 0] = values;
  let [rx, ry] = [Math.abs(radiusX), Math.abs(radiusY)];
  if (rx === 0 || ry === 0 || (x0 === x1 && y0 === y1)) {
    data.push(code.lineTo, x1, y1);
    return;
  }
  const turn = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const px = (cos * (x0 - x1) + sin * (y0 - y1)) / 2;
  const py = (-sin * (x0 - x1) + cos * (y0 - y1)) / 2;
  const excess = px ** 2 / rx ** 2 + py ** 2 / ry ** 2;
  if (excess > 1) [rx, ry] = [rx * Math.sqrt(excess), ry * Math.sqrt(excess)];
  const denominator = rx ** 2 * py ** 2 + ry ** 2 * px ** 2;
  const root =
    Math.sqrt(Math.max(0, (rx ** 2 * ry ** 2) / denominator - 1)) * ((large !== 0) === (sweep !== 0) ? -1 : 1);
  const [qx, qy] = [(root * rx * py) / ry, (-root * ry * px) / rx];
  const [cx, cy] = [cos * qx - sin * qy + (x0 + x1) / 2, sin * qx + cos * qy + (y0 + y1) / 2];
  const from = Math.atan2((py - qy) / ry, (px - qx) / rx);
  let angle = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - from;
  if (sweep !== 0 && angle < 0) angle += 2 * Math.PI;
  if (sweep === 0 && angle > 0) angle -= 2 * Math.PI;
  const steps = Math.max(1, Math.ceil(Math.abs(angle) / (Math.PI / 2)));
  for (let step = 1; step <= steps; step++) {
    const at = from + (angle * step) / steps;
    const [ex, ey] = [rx * Math.cos(at), ry * Math.sin(at)];
    const [x, y] = step === steps ? [x1, y1] : [cx + cos * ex - sin * ey, cy + sin * ex + cos * ey];
    data.push(code.curveTo, x, y, x, y, x, y);
  }
}
