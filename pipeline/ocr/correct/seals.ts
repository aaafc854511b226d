import type { PlacedSeal } from '../readPage.ts';

/** Share of a name's characters, in order, that the ring must show. */
const leastShare = 0.75;

/**
 * The name on a seal: where what was read on the ring is nearly a name that stands on a line of the document, that
 * name (ring and line are two witnesses); otherwise what was read. Rings are read from a place that need not be their
 * beginning, so the reading may begin in the middle of the name.
 */
export function correctSeal(seal: PlacedSeal, names: readonly string[]): string | null {
  const { text } = seal;
  if (text === null) return null;
  let best: { name: string; share: number } | undefined;
  for (const line of names) {
    const name = line.replace(/文件$/, '');
    if (name.length < 4 || name.length > text.length * 1.6 + 2) continue;
    for (const turned of [text, ...rotations(text)]) {
      const share = commonLength(turned, name) / Math.max(name.length, text.length);
      if (!best || share > best.share) best = { name, share };
      if (turned === text && share === 1) return text;
    }
  }
  return best && best.share >= leastShare ? best.name : text;
}

const rotations = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i + 1) + text.slice(0, i + 1));

/** Length of the longest common subsequence. */
function commonLength(a: string, b: string): number {
  let previous = new Uint16Array(b.length + 1);
  for (const character of a) {
    const current = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j++) {
      current[j] = character === b[j - 1] ? previous[j - 1]! + 1 : Math.max(previous[j]!, current[j - 1]!);
    }
    previous = current;
  }
  return previous[b.length]!;
}
