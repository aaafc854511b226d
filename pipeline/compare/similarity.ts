import type { Candidate } from './assignment.ts';

/**
 * What two texts share, by their tokens. A token that nearly every entry of both notices has (药品, 企业, the name of the
 * campaign) says little about which entry is meant, so tokens weigh by their inverse document frequency over both sides.
 */

/** The tokens of one entry and each pair of neighbours, with how often each occurs. */
export type Features = ReadonlyMap<string, number>;

/** Neighbouring tokens count, but less than the words themselves: lower levels change the order of words freely. */
const neighbourWeight = 0.6;
const neighbourMark = '\u0001';

export function featuresOf(tokens: readonly string[]): Features {
  const features = new Map<string, number>();
  const add = (feature: string) => features.set(feature, (features.get(feature) ?? 0) + 1);
  for (let i = 0; i < tokens.length; i++) {
    add(tokens[i]!);
    if (i > 0) add(`${tokens[i - 1]}${neighbourMark}${tokens[i]}`);
  }
  return features;
}

/** The weight of every feature: 1 for one that few entries have, towards 0.1 for one that all have. */
export type Weights = (feature: string) => number;

export function weightsOf(entries: readonly Features[]): Weights {
  const frequency = new Map<string, number>();
  for (const entry of entries)
    for (const feature of entry.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  // A pair is two entries, so a feature of just these two is as telling as can be.
  const count = Math.max(entries.length, 2);
  const scale = Math.log(1 + count / 2);
  const cache = new Map<string, number>();
  return (feature) => {
    let weight = cache.get(feature);
    if (weight === undefined) {
      const idf = Math.log(1 + count / Math.max(2, frequency.get(feature) ?? 0)) / scale;
      const length = feature.length > 1 && !feature.includes(neighbourMark) ? 1.4 : 1;
      weight = Math.max(0.1, idf) * (feature.includes(neighbourMark) ? neighbourWeight : length);
      cache.set(feature, weight);
    }
    return weight;
  };
}

export function massOf(features: Features, weights: Weights): number {
  let mass = 0;
  for (const [feature, count] of features) mass += count * weights(feature);
  return mass;
}

/** The weighted share of features that both have (Dice), 0..1. */
export function diceOf(a: Features, b: Features, weights: Weights, massA: number, massB: number): number {
  if (massA + massB === 0) return 0;
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [feature, count] of small) {
    const other = large.get(feature);
    if (other !== undefined) shared += Math.min(count, other) * weights(feature);
  }
  return (2 * shared) / (massA + massB);
}

/** How much of `part` is found in `whole`, 0..1; only words count, not their neighbours. */
export function coverageOf(part: Features, whole: Features, weights: Weights): number {
  let mass = 0;
  let shared = 0;
  for (const [feature, count] of part) {
    if (feature.includes(neighbourMark)) continue;
    const weight = weights(feature);
    mass += count * weight;
    shared += Math.min(count, whole.get(feature) ?? 0) * weight;
  }
  return mass === 0 ? 0 : shared / mass;
}

/** Candidates per left entry that are looked at; more never changed a result on any cascade tried. */
const candidatesPerEntry = 24;

/**
 * All pairs that share a telling feature, with their similarity, the best `candidatesPerEntry` of each left entry. Goes
 * through an index of features, so entries that share nothing cost nothing.
 */
export function candidatePairs(left: readonly Features[], right: readonly Features[], weights: Weights): Candidate[] {
  const index = new Map<string, [entry: number, count: number][]>();
  right.forEach((features, j) => {
    for (const [feature, count] of features) {
      const list = index.get(feature);
      if (list) list.push([j, count]);
      else index.set(feature, [[j, count]]);
    }
  });
  const leftMass = left.map((features) => massOf(features, weights));
  const rightMass = right.map((features) => massOf(features, weights));
  const pairs: Candidate[] = [];
  const shared = new Float64Array(right.length);
  left.forEach((features, i) => {
    const reached: number[] = [];
    for (const [feature, count] of features) {
      const list = index.get(feature);
      if (!list) continue;
      const weight = weights(feature);
      for (const [j, other] of list) {
        if (shared[j] === 0) reached.push(j);
        shared[j]! += Math.min(count, other) * weight;
      }
    }
    const found = reached.map((j) => ({
      left: i,
      right: j,
      worth: (2 * shared[j]!) / (leftMass[i]! + rightMass[j]!),
    }));
    for (const j of reached) shared[j] = 0;
    if (found.length > candidatesPerEntry) {
      found.sort((a, b) => b.worth - a.worth);
      found.length = candidatesPerEntry;
    }
    pairs.push(...found);
  });
  return pairs;
}
