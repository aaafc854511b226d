import { wordTokens } from '../../extractors/lexicon/wording.ts';
import type { AddedCluster } from '../../models/comparison.ts';
import type { FocusItem } from '../../models/facts.ts';
import { diceOf, type Features, featuresOf, massOf, weightsOf } from './similarity.ts';

/** Two additions this alike are one matter. */
const clusterLikeness = 0.68;
/** Clusters that share a word are looked at up to this many; beyond, the word tells nothing. */
const longestList = 200;

interface Draft {
  readonly features: Features;
  readonly mass: number;
  readonly subject: string | null;
  readonly rows: Set<number>;
  readonly texts: Map<string, number>;
}

/**
 * What many lower levels added on their own: items of the same wording first, then those alike. Goes through an index of
 * words, so it stays near linear in the number of items. Only matters of two rows or more are returned.
 */
export function clusterAdded(added: readonly (readonly FocusItem[])[]): AddedCluster[] {
  const byKey = new Map<
    string,
    { item: FocusItem; features: Features; rows: Set<number>; texts: Map<string, number> }
  >();
  added.forEach((items, row) => {
    for (const item of items) {
      const tokens = wordTokens(item.text);
      const key = [...tokens].sort().join(' ');
      let entry = byKey.get(key);
      if (entry === undefined) {
        entry = { item, features: featuresOf(tokens), rows: new Set(), texts: new Map() };
        byKey.set(key, entry);
      }
      entry.rows.add(row);
      entry.texts.set(item.text, (entry.texts.get(item.text) ?? 0) + 1);
    }
  });
  const entries = [...byKey.values()].sort((a, b) => b.rows.size - a.rows.size);
  const weights = weightsOf(entries.map((entry) => entry.features));
  const clusters: Draft[] = [];
  const index = new Map<number, number[]>();
  for (const entry of entries) {
    const mass = massOf(entry.features, weights);
    const tried = new Set<number>();
    let best = -1;
    let likeness = clusterLikeness;
    for (const feature of entry.features.keys()) {
      for (const at of index.get(feature) ?? []) {
        if (tried.has(at)) continue;
        tried.add(at);
        const cluster = clusters[at]!;
        const value = diceOf(entry.features, cluster.features, weights, mass, cluster.mass);
        if (value >= likeness) {
          likeness = value;
          best = at;
        }
      }
    }
    if (best >= 0) {
      const cluster = clusters[best]!;
      for (const row of entry.rows) cluster.rows.add(row);
      for (const [text, count] of entry.texts) cluster.texts.set(text, (cluster.texts.get(text) ?? 0) + count);
      continue;
    }
    const at = clusters.push({ ...entry, mass, subject: entry.item.subject }) - 1;
    for (const feature of entry.features.keys()) {
      const list = index.get(feature) ?? [];
      if (list.length < longestList) list.push(at);
      index.set(feature, list);
    }
  }
  return clusters
    .filter((cluster) => cluster.rows.size > 1)
    .map((cluster): AddedCluster => {
      const texts = [...cluster.texts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([text]) => text);
      return { text: texts[0]!, subject: cluster.subject, rows: [...cluster.rows].sort((a, b) => a - b), texts };
    })
    .sort((a, b) => b.rows.length - a.rows.length || a.text.localeCompare(b.text));
}
