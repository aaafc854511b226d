import type { Candidate } from './assignment.ts';
import type { ItemEntry } from './items.ts';
import { coverageOf, type Features, featuresOf, tokenFeature, type Weights } from './similarity.ts';

/** Items cut in several, and several drawn into one. */

/** 餐饮用户未安装… says no more than 未安装… under a heading that names 餐饮用户. */
function withoutHeading(part: ItemEntry, whole: ItemEntry): Features {
  const { tokens } = part.statement;
  const from = tokens.findIndex((token) => !whole.headingFeatures.has(tokenFeature(token)));
  return from >= 2 ? featuresOf(tokens.slice(from)) : part.features;
}

/** A part must lie in the whole by this much, and bring at least this much of it that the first part did not have. */
const partInWhole = 0.6;
const newlyCovered = 0.18;
/** A part that lies in the whole almost entirely may bring less. */
const partWellInWhole = 0.85;
const leastCovered = 0.04;

/**
 * An item without counterpart that lies inside an item already paired, and says what its counterpart left out, is the
 * second part of it. `partsOf[i]` are the parts of whole i, `wholesOf[j]` the wholes of part j; both are extended.
 */
export function findSplits(
  partsOf: number[][],
  wholesOf: number[][],
  candidates: readonly Candidate[],
  sides: { left: readonly ItemEntry[]; right: readonly ItemEntry[]; weights: Weights },
): void {
  const { left, right, weights } = sides;
  const free = candidates
    .filter(({ left: i, right: j }) => wholesOf[j]!.length === 0 && partsOf[i]!.length <= 1)
    .sort((a, b) => b.worth - a.worth);
  for (const { left: i, right: j } of free) {
    if (wholesOf[j]!.length > 0 || partsOf[i]!.length === 0) continue;
    const whole = left[i]!;
    const first = partsOf[i]![0]!;
    // A whole that is itself one of several parts of its counterpart is not cut again.
    if (wholesOf[first]!.length > 1) continue;
    const inside = coverageOf(withoutHeading(right[j]!, whole), whole.wholeFeatures, weights);
    if (inside < partInWhole) continue;
    const already = unionOf(partsOf[i]!.map((part) => right[part]!.features));
    const before = coverageOf(whole.features, already, weights);
    const after = coverageOf(whole.features, unionOf([already, right[j]!.features]), weights);
    if (after - before < (inside >= partWellInWhole ? leastCovered : newlyCovered)) continue;
    partsOf[i]!.push(j);
    wholesOf[j]!.push(i);
  }
  findParts(partsOf, wholesOf, free, sides);
  for (const parts of partsOf) parts.sort((a, b) => a - b);
}

/** A part that stands by itself must lie in its whole almost entirely, and the parts must make up this much of it. */
const partAlone = 0.75;
const wholeCovered = 0.25;

/** A long list cut into its members shares too little with any one of them to be paired: found by what lies inside. */
function findParts(
  partsOf: number[][],
  wholesOf: number[][],
  candidates: readonly Candidate[],
  { left, right, weights }: { left: readonly ItemEntry[]; right: readonly ItemEntry[]; weights: Weights },
): void {
  const partsFound = new Map<number, number[]>();
  for (const { left: i, right: j } of candidates) {
    if (partsOf[i]!.length > 0 || wholesOf[j]!.length > 0) continue;
    if (coverageOf(right[j]!.features, left[i]!.wholeFeatures, weights) < partAlone) continue;
    partsFound.set(i, [...(partsFound.get(i) ?? []), j]);
  }
  for (const [i, found] of partsFound) {
    const parts = found.filter((j) => wholesOf[j]!.length === 0);
    const union = unionOf(parts.map((j) => right[j]!.features));
    if (parts.length === 0 || coverageOf(left[i]!.features, union, weights) < wholeCovered) continue;
    for (const j of parts) {
      partsOf[i]!.push(j);
      wholesOf[j]!.push(i);
    }
  }
}

function unionOf(all: readonly Features[]): Features {
  const union = new Map<number, number>();
  for (const features of all) {
    for (const [feature, count] of features) union.set(feature, Math.max(union.get(feature) ?? 0, count));
  }
  return union;
}
