import type { PlacedLine } from './readPage.ts';

/**
 * How sure it is that a whole line was read without a wrong character, 0 to 1. What engines say of themselves is no
 * probability; the steps below are shares of lines that were right, measured on generated scans (see `eval:scans`).
 */
export function lineConfidence(line: PlacedLine): number {
  if (line.characters.length === 0) return 0;
  const worst = Math.min(...line.characters.map((c) => c.confidence));
  const differs = line.characters.some((c) => c.other !== null);
  const steps = line.readTwice ? (differs ? readTwiceDiffering : readTwiceAlike) : readOnce;
  const found = steps.findLast(([least]) => worst >= least);
  return found?.[1] ?? 0.1;
}

type Steps = readonly (readonly [leastWorst: number, share: number])[];
const readOnce: Steps = [
  [0, 0.4],
  [0.5, 0.65],
  [0.7, 0.8],
  [0.85, 0.94],
  [0.95, 0.98],
];
const readTwiceAlike: Steps = [
  [0, 0.6],
  [0.8, 0.9],
  [0.95, 0.99],
];
const readTwiceDiffering: Steps = [
  [0, 0.55],
  [0.7, 0.8],
  [0.9, 0.92],
];
