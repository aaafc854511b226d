import { identity, type Matrix } from '../pdf/matrix.ts';

/** Numbers as OFD writes them: ST_Array, ST_Box, CTM, delta arrays (GB/T 33190-2016, 7.3 and 11.3). Millimetres. */

export const pointsPerMillimetre = 72 / 25.4;

/** None at all where one of them is no number: the others would take its place. */
export function parseNumbers(text: string | undefined): number[] {
  if (text === undefined) return [];
  const tokens = text
    .trim()
    .split(/[\s,]+/)
    .filter((token) => token !== '');
  const numbers = tokens.map(Number);
  return numbers.every(Number.isFinite) ? numbers : [];
}

/** x, y, width, height; null where there are not four numbers. */
export function parseBox(text: string | undefined): readonly [number, number, number, number] | null {
  const [x, y, width, height] = parseNumbers(text);
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? null
    : [x, y, width, height];
}

export function parseMatrix(text: string | undefined): Matrix {
  const [a, b, c, d, e, f] = parseNumbers(text);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return identity;
  return [a, b, c, d, e ?? 0, f ?? 0];
}

/**
 * Offsets between characters: numbers, where `g n v` stands for n times v (11.3, DeltaX).
 *
 * @param most more offsets than this are not wanted, whatever n says
 */
export function parseDeltas(text: string | undefined, most: number): number[] {
  const tokens = text?.trim().split(/[\s,]+/) ?? [];
  const deltas: number[] = [];
  for (let i = 0; i < tokens.length && deltas.length < most; i++) {
    const token = tokens[i] ?? '';
    if (token === '') continue;
    if (token.toLowerCase() !== 'g') {
      const value = Number(token);
      if (Number.isFinite(value)) deltas.push(value);
      continue;
    }
    const count = Number(tokens[i + 1]);
    const value = Number(tokens[i + 2]);
    i += 2;
    if (!Number.isFinite(value)) continue;
    for (let n = 0; n < count && deltas.length < most; n++) deltas.push(value);
  }
  return deltas;
}
