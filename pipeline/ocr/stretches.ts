/** Stretches of a line: what an engine costs grows with what it is given to read, and doubts are seldom of whole lines. */

/** A range of the characters of a line. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Characters read along on each side: engines are unsure at the ends of what they read. */
const context = 3;
/** Stretches nearer to each other than this are one. */
const leastGap = 4;
/** Of a line of which this share would be read, all is. */
const mostShare = 0.75;

/** The stretches of a line that hold all its characters that are marked. */
export function stretchesOf(marked: readonly boolean[]): Stretch[] {
  const found: Stretch[] = [];
  marked.forEach((isMarked, i) => {
    if (!isMarked) return;
    const [from, to] = [Math.max(0, i - context), Math.min(marked.length, i + 1 + context)];
    const last = found.at(-1);
    if (last && from - last.to < leastGap) found[found.length - 1] = { from: last.from, to };
    else found.push({ from: from < leastGap ? 0 : from, to });
  });
  const last = found.at(-1);
  if (last && marked.length - last.to < leastGap) found[found.length - 1] = { from: last.from, to: marked.length };
  const read = found.reduce((sum, { from, to }) => sum + to - from, 0);
  return read > mostShare * marked.length ? [{ from: 0, to: marked.length }] : found;
}
