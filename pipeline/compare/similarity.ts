import type { Candidate } from './assignment.ts';

/**
 * What two texts share, by their tokens. A token that nearly every entry of both notices has (药品, 企业, the name of the
 * campaign) says little about which entry is meant, so tokens weigh by their inverse document frequency over both sides.
 */

/**
 * The tokens of one entry and each pair of neighbours, with how often each occurs. Tokens are 26-bit numbers (a single
 * character is its own code, a longer one a hash) and pairs of them 52-bit ones: far cheaper than strings, and a
 * collision among the few thousand tokens of two notices would shift one weight a little.
 */
export type Features = ReadonlyMap<number, number>;

const tokenBits = 2 ** 26;
/** Neighbouring tokens count, but less than the words themselves: lower levels change the order of words freely. */
const neighbourWeight = 0.6;
/** A word of several characters tells more than a character. */
const wordWeight = 1.4;

/** Whether a feature is two neighbouring tokens. */
export const isNeighbours = (feature: number) => feature >= tokenBits;

/** The number that stands for a token. */
export function tokenFeature(token: string): number {
  if (token.length === 1) return token.charCodeAt(0);
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return 0x10000 + ((hash >>> 0) % (tokenBits - 0x10000));
}

/** `neighbours: false` for long texts: their words alone tell them apart, at a fraction of the cost. */
export function featuresOf(tokens: readonly string[], neighbours = true): Features {
  const features = new Map<number, number>();
  let previous = -1;
  for (const token of tokens) {
    const feature = tokenFeature(token);
    features.set(feature, (features.get(feature) ?? 0) + 1);
    if (neighbours && previous >= 0) {
      const pair = (previous + 1) * tokenBits + feature;
      features.set(pair, (features.get(pair) ?? 0) + 1);
    }
    previous = feature;
  }
  return features;
}

/** The features of a title and of the text behind it, as if they were read together. */
export function joinedFeatures(
  titleTokens: readonly string[],
  textTokens: readonly string[],
  text: Features,
  neighbours = true,
): Features {
  const features = new Map(featuresOf(titleTokens, neighbours));
  const [last, first] = [titleTokens.at(-1), textTokens[0]];
  const add = (feature: number, count: number) => features.set(feature, (features.get(feature) ?? 0) + count);
  if (neighbours && last !== undefined && first !== undefined) {
    // In the order in which reading them together meets them: the word, then the pair that it ends.
    add(tokenFeature(first), 0);
    add((tokenFeature(last) + 1) * tokenBits + tokenFeature(first), 1);
  }
  for (const [feature, count] of text) add(feature, count);
  return features;
}

/** What a word weighs that every entry has. */
const leastWeight = 0;

/**
 * The weight of every feature: 1 for one that few entries have, towards `least` for one that all have. With a handful of
 * entries frequencies say little, and `least` is better high.
 */
export type Weights = (feature: number) => number;

export function weightsOf(entries: readonly Features[], least = leastWeight): Weights {
  const frequency = new Map<number, number>();
  for (const entry of entries)
    for (const feature of entry.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  // A pair is two entries, so a feature of just these two is as telling as can be.
  const count = Math.max(entries.length, 2);
  const scale = Math.log(1 + count / 2);
  const idf = Float64Array.from({ length: count + 1 }, (_, times) =>
    times === 0 ? 0 : least + (1 - least) * Math.min(1, Math.log(1 + count / times) / scale),
  );
  const weigh = (feature: number, times: number) =>
    idf[Math.max(2, times)]! * (isNeighbours(feature) ? neighbourWeight : feature >= 0x10000 ? wordWeight : 1);
  // From here on the weights themselves: they are asked for far more often than there are features.
  for (const [feature, times] of frequency) frequency.set(feature, weigh(feature, times));
  return (feature) => frequency.get(feature) ?? weigh(feature, 0);
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
    if (isNeighbours(feature)) continue;
    const weight = weights(feature);
    mass += count * weight;
    shared += Math.min(count, whole.get(feature) ?? 0) * weight;
  }
  return mass === 0 ? 0 : shared / mass;
}

/** Candidates per left entry that are looked at; more never changed a result on any cascade tried. */
const candidatesPerEntry = 24;

/**
 * All pairs that share a telling feature, with their similarity, the best `limit` of each left entry. Goes
 * through an index of features, so entries that share nothing cost nothing.
 */
export function candidatePairs(
  left: readonly Features[],
  right: readonly Features[],
  weights: Weights,
  limit = candidatesPerEntry,
): Candidate[] {
  // For each feature its entries and how often each has it, one after the other.
  const index = new Map<number, number[]>();
  right.forEach((features, j) => {
    for (const [feature, count] of features) {
      const list = index.get(feature);
      if (list) list.push(j, count);
      else index.set(feature, [j, count]);
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
      for (let at = 0; at < list.length; at += 2) {
        const j = list[at]!;
        if (shared[j] === 0) reached.push(j);
        shared[j]! += Math.min(count, list[at + 1]!) * weight;
      }
    }
    const found = reached.map((j) => ({
      left: i,
      right: j,
      worth: (2 * shared[j]!) / (leftMass[i]! + rightMass[j]!),
    }));
    for (const j of reached) shared[j] = 0;
    if (found.length > limit) {
      found.sort((a, b) => b.worth - a.worth);
      found.length = limit;
    }
    pairs.push(...found);
  });
  return pairs;
}
