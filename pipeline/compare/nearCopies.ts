import type { CopyGroup } from '../../models/comparison.ts';
import type { Notice, Section } from '../../models/notice.ts';

/**
 * Which notices are near copies of each other. Counties copy sideways more than downwards, so what all took from the
 * upper notice is left out. Linear in the number of notices: sketches (one-permutation MinHash, Li, Owen and Zhang
 * 2012) and buckets, never all pairs.
 */

/** Characters of one shingle: long enough to be a phrase. */
const shingleLength = 5;
/** Bins of a sketch; the standard error of an estimated likeness is about 1/√bins. */
const bins = 128;
const rowsPerBand = 4;
/** Estimated likeness from which two notices are called near copies. */
const copyLikeness = 0.7;
/** A notice with fewer shingles of its own has nothing that could be copied. */
const leastOwnShingles = 60;
/** With this share of its shingles from above, a notice says nothing of its own. */
const takenFromUpper = 0.95;

function bodyText(sections: readonly Section[]): string {
  return sections.map((section) => `${section.title ?? ''}${section.text}${bodyText(section.children)}`).join('');
}

/** The hashes of all shingles of a text, Han characters, letters and digits only. */
function shingles(text: string): Set<number> {
  const plain = text.replace(/[^\p{Script=Han}\p{N}\p{L}]/gu, '');
  const found = new Set<number>();
  for (let i = 0; i + shingleLength <= plain.length; i++) {
    let hash = 0x811c9dc5;
    for (let k = 0; k < shingleLength; k++) hash = Math.imul(hash ^ plain.charCodeAt(i + k), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    found.add((hash ^ (hash >>> 13)) >>> 0);
  }
  return found;
}

function sketchOf(own: Iterable<number>): Uint32Array {
  const sketch = new Uint32Array(bins).fill(0xffffffff);
  for (const hash of own) {
    const bin = hash % bins;
    const value = Math.floor(hash / bins);
    if (value < sketch[bin]!) sketch[bin] = value;
  }
  // An empty bin borrows from the next full one, so that short texts compare as well.
  for (let i = 0; i < bins; i++) {
    for (let step = 1; sketch[i] === 0xffffffff && step < bins; step++) {
      const value = sketch[(i + step) % bins]!;
      if (value !== 0xffffffff && value < 0xf0000000) sketch[i] = (value ^ Math.imul(step, 0x9e3779b1)) >>> 4;
    }
  }
  return sketch;
}

function likeness(a: Uint32Array, b: Uint32Array): number {
  let same = 0;
  for (let i = 0; i < bins; i++) if (a[i] === b[i]) same += 1;
  return same / bins;
}

export interface CopyReport {
  readonly groups: readonly CopyGroup[];
  /** Indices of notices that pass the upper text on as it is. */
  readonly copiedFromUpper: readonly number[];
}

/** Groups of near copies among `notices`, each led by the one issued first. */
export function findNearCopies(upper: Notice, notices: readonly Notice[]): CopyReport {
  const above = shingles(bodyText(upper.sections));
  const copiedFromUpper: number[] = [];
  const sketches: (Uint32Array | null)[] = notices.map((notice, i) => {
    const all = shingles(bodyText(notice.sections));
    const own: number[] = [];
    for (const hash of all) if (!above.has(hash)) own.push(hash);
    if (all.size > 0 && 1 - own.length / all.size >= takenFromUpper) copiedFromUpper.push(i);
    return own.length < leastOwnShingles ? null : sketchOf(own);
  });
  const issued = (i: number) => notices[i]!.issueDate?.value ?? '9999';
  const order = notices.map((_, i) => i).sort((a, b) => issued(a).localeCompare(issued(b)) || a - b);
  const leader = notices.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (leader[at] !== at) at = leader[at]!;
    return at;
  };
  const rank = new Map(order.map((i, at) => [i, at]));
  const buckets = new Map<string, number>();
  for (const i of order) {
    const sketch = sketches[i];
    if (!sketch) continue;
    const tried = new Set<number>();
    for (let band = 0; band < bins / rowsPerBand; band++) {
      const key = `${band}:${sketch.subarray(band * rowsPerBand, (band + 1) * rowsPerBand).join(',')}`;
      const first = buckets.get(key);
      if (first === undefined) {
        buckets.set(key, i);
        continue;
      }
      if (tried.has(first)) continue;
      tried.add(first);
      if (likeness(sketches[first]!, sketch) < copyLikeness) continue;
      const [a, b] = [root(first), root(i)];
      if (a !== b) leader[rank.get(a)! < rank.get(b)! ? b : a] = rank.get(a)! < rank.get(b)! ? a : b;
    }
  }
  const members = new Map<number, number[]>();
  for (const i of order) if (sketches[i]) members.set(root(i), [...(members.get(root(i)) ?? []), i]);
  const groups: CopyGroup[] = [];
  for (const [first, rows] of members) {
    if (rows.length < 2) continue;
    const least = Math.min(...rows.filter((i) => i !== first).map((i) => likeness(sketches[first]!, sketches[i]!)));
    groups.push({ rows, similarity: Math.round(least * 1000) / 1000 });
  }
  groups.sort((a, b) => b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!);
  return { groups, copiedFromUpper };
}
