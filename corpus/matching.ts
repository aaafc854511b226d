/** The comparisons on which the scores rest: layout-blind equality, similarity of strings, one-to-one matching. */

/** Layout-blind form: NFKC, no white space, one shape per quote, bracket and dash, no full stop at the end. */
export function fold(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFKC')
    .replace(/[\s_]+/g, '')
    .replace(/[“”„‟"「」]/g, '"')
    .replace(/[‘’']/g, "'")
    .replace(/[〔[［【]/g, '[')
    .replace(/[〕\]］】]/g, ']')
    .replace(/[—–－-]+/g, '-')
    .replace(/[。.]+$/, '');
}

/** A focus item without the words that close an enumeration: 等违法违规行为, 等情形. */
export function foldItem(text: string): string {
  return fold(text)
    .replace(/等?(?:的)?(?:违法违规|违法|违规)?(?:行为|情形|问题|情况|等)$/, '')
    .replace(/^(?:对|的)/, '');
}

/** The readings that a gold value accepts. */
export function readingsOf(gold: string): string[] {
  return gold.split('|');
}

export function isReading(gold: string, read: string | null | undefined): boolean {
  return readingsOf(gold).some((reading) => fold(reading) === fold(read));
}

function bigrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < text.length - 1; i++) {
    const bigram = text.slice(i, i + 2);
    counts.set(bigram, (counts.get(bigram) ?? 0) + 1);
  }
  return counts;
}

/** Dice coefficient of the two bags of character bigrams, 0 to 1; equal strings are 1. */
export function dice(a: string, b: string): number {
  if (a === b) return 1;
  const left = bigrams(a);
  const right = bigrams(b);
  const total = [...left.values(), ...right.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let shared = 0;
  for (const [bigram, count] of left) shared += Math.min(count, right.get(bigram) ?? 0);
  return (2 * shared) / total;
}

/** Dice coefficient after folding. */
export function similarity(a: string | null | undefined, b: string | null | undefined): number {
  return dice(fold(a), fold(b));
}

/** Matches one to one, best pairs first; returns index in `gold` → index in `read`. Pairs below the threshold stay apart. */
export function matchOneToOne<G, R>(
  gold: readonly G[],
  read: readonly R[],
  score: (gold: G, read: R) => number,
  threshold: number,
): Map<number, number> {
  const pairs = gold
    .flatMap((g, i) => read.map((r, j) => ({ score: score(g, r), i, j })))
    .filter((pair) => pair.score >= threshold)
    .sort((a, b) => b.score - a.score);
  const matched = new Map<number, number>();
  const used = new Set<number>();
  for (const { i, j } of pairs) {
    if (matched.has(i) || used.has(j)) continue;
    matched.set(i, j);
    used.add(j);
  }
  return matched;
}
