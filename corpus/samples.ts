import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomNotice } from './generator/randomNotice.ts';
import { sealedNotice } from './generator/sealedNotice.ts';
import { NoticeSpec } from './generator/spec.ts';
import { Gold } from './gold.ts';

/** A notice to be rendered in some format, and what is to be found in it. */
export interface Sample {
  readonly id: string;
  readonly spec: NoticeSpec;
  readonly gold: Gold;
  /** Of what is left to chance when it is rendered. */
  readonly seed: number;
}

/** Notices of the corpus, all of them or so many spread evenly over it. */
export function corpusSamples(count = Number.POSITIVE_INFINITY): Sample[] {
  const folder = fileURLToPath(new URL('./notices', import.meta.url));
  const ids = readdirSync(folder).sort();
  const wanted = Math.min(count, ids.length);
  const before = (i: number): number => Math.floor((i * wanted) / ids.length);
  return ids
    .filter((_, i) => before(i) !== before(i - 1))
    .map((id, i) => {
      const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, id, name), 'utf8'));
      return { id, spec: NoticeSpec.parse(json('notice.json')), gold: Gold.parse(json('gold.json')), seed: i + 1 };
    });
}

/** Notices made at random, the first from this seed. */
export function randomSamples(count: number, firstSeed: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = firstSeed + i;
    const { spec, gold } = randomNotice(seed);
    return { id: spec.id, spec, gold: { file: spec.id, notices: [gold] }, seed };
  });
}

/** Short notices under seal made at random, the first from this seed. */
export function sealedSamples(count: number, firstSeed: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = firstSeed + i;
    const { spec, gold } = sealedNotice(seed);
    return { id: spec.id, spec, gold: { file: spec.id, notices: [gold] }, seed };
  });
}
