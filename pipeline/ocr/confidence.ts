import type { PlacedCharacter, PlacedLine } from './readPage.ts';

/**
 * How sure it is that words were read without a wrong character, 0 to 1, if this is their least sure one. What engines
 * say of themselves is no probability; the steps below are shares of lines that were right, measured on generated scans
 * (see `eval:scans`): fitted to one half of them and checked on the other.
 */
export function characterConfidence({
  confidence,
  other,
  readTwice,
  corrected: wasCorrected,
}: PlacedCharacter): number {
  const steps = wasCorrected
    ? corrected
    : readTwice
      ? other === null
        ? readTwiceAlike
        : readTwiceDiffering
      : readOnce;
  return steps.findLast(([least]) => confidence >= least)?.[1] ?? 0.1;
}

/** How sure it is that a whole line was read without a wrong character. */
export function lineConfidence({ characters }: PlacedLine): number {
  return characters.length === 0 ? 0 : Math.min(...characters.map(characterConfidence));
}

type Steps = readonly (readonly [leastWorst: number, share: number])[];
const readOnce: Steps = [
  [0, 0.4],
  [0.5, 0.65],
  [0.7, 0.8],
  [0.85, 0.96],
  [0.9, 0.975],
  [0.95, 0.985],
];
const readTwiceAlike: Steps = [
  [0, 0.6],
  [0.8, 0.9],
  [0.95, 0.99],
];
const readTwiceDiffering: Steps = [
  [0, 0.5],
  [0.5, 0.75],
  [0.7, 0.92],
  [0.8, 0.96],
];
/** Set by a correction, with two witnesses; the least sure are those of which the engines read something else. */
const corrected: Steps = [
  [0, 0.75],
  [0.85, 0.92],
  [0.9, 0.98],
];
