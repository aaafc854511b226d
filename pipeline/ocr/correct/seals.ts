import type { PlacedSeal } from '../readPage.ts';

/** Share of a name's characters, in order, that the ring must show. */
const leastShare = 0.6;
/** A character of the ring read more surely speaks against a name that has another one there. */
const sure = 0.97;
/** A reading that is like no name in the document is a name of its own where it is as sure as this, all in all … */
const sureOnTheWhole = 0.9;
/** … and in each of its characters. */
const sureInEach = 0.7;

/**
 * The name on a seal: where what was read on the ring is nearly a name that stands on a line of the document, that
 * name (ring and line are two witnesses), unless a character that was read surely speaks against it: then another body
 * has pressed its seal. Else what was read, where that is sure enough to be a name; null where it is not. Rings are
 * read from a place that need not be their beginning, so the reading may begin in the middle of the name.
 */
export function correctSeal(seal: PlacedSeal, names: readonly string[]): string | null {
  const { text, sureness } = seal;
  if (text === null) return null;
  let best: { name: string; share: number; against: number } | undefined;
  for (const line of names) {
    const name = line.replace(/文件$/, '');
    if (name.length < 4 || name.length > text.length * 1.7 + 2) continue;
    for (let turn = 0; turn < Math.max(1, text.length); turn++) {
      const turned = text.slice(turn) + text.slice(0, turn);
      const { length, left } = commonPart(turned, name);
      const share = length / Math.max(name.length, text.length);
      const against = Math.max(0, ...left.map((i) => sureness[(i + turn) % text.length] ?? 0));
      if (!best || share > best.share) best = { name, share, against };
      if (share === 1) return name;
    }
  }
  if (best && best.share >= leastShare && best.against < sure) return best.name;
  const whole = sureness.reduce((sum, one) => sum + one, 0) / Math.max(1, sureness.length);
  return whole >= sureOnTheWhole && Math.min(...sureness) >= sureInEach ? text : null;
}

/** Length of the longest common subsequence, and which characters of the first text are not in it. */
function commonPart(a: string, b: string): { length: number; left: number[] } {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    }
  }
  const left: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length) {
    if (j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j < b.length && rows[i]![j + 1]! > rows[i + 1]![j]!) j++;
    else left.push(i++);
  }
  return { length: rows[0]![0]!, left };
}
