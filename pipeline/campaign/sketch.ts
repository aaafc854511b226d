import { foldText } from '../../models/text/fold.ts';

/**
 * A text as a few numbers by which one can tell how much of it another has taken over: the smallest hashes of its runs of
 * five characters (bottom-k sketch; A. Broder, On the resemblance and containment of documents, 1997).
 */
export interface TextSketch {
  /** Smallest hashes, ascending; all of them where the text has no more. */
  readonly hashes: readonly number[];
  /** How many different runs the text has. */
  readonly size: number;
}

const runLength = 5;
const kept = 128;

/** 32-bit FNV-1a with a final mix, so that the smallest are a fair sample. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export function textSketch(text: string): TextSketch {
  const folded = foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
  const runs = new Set<number>();
  for (let i = 0; i + runLength <= folded.length; i++) runs.add(hashOf(folded.slice(i, i + runLength)));
  return { hashes: [...runs].sort((a, b) => a - b).slice(0, kept), size: runs.size };
}

/** The share of runs that two texts have in common, of all they have (Jaccard), 0..1. Two empty texts are alike. */
export function resemblance(a: TextSketch, b: TextSketch): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  const other = new Set(b.hashes);
  const union = [...new Set([...a.hashes, ...b.hashes])].sort((x, y) => x - y).slice(0, kept);
  const own = new Set(a.hashes);
  return union.filter((hash) => own.has(hash) && other.has(hash)).length / union.length;
}

/** The share of the shorter text that stands in the longer one, 0..1; of too little text nothing can be said: 0. */
export function takenOver(a: TextSketch, b: TextSketch): number {
  const shorter = Math.min(a.size, b.size);
  if (shorter < 40) return 0;
  const jaccard = resemblance(a, b);
  return Math.min(1, (jaccard * (a.size + b.size)) / (1 + jaccard) / shorter);
}
