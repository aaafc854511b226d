import type { Frequency } from '../models/index.ts';

const words: readonly [Frequency, RegExp][] = [
  ['weekly', /每周|每星期|周报|按周|逐周|每逢周/u],
  ['half-yearly', /每半年|半年报|半年度|按半年/u],
  ['quarterly', /每季|季报|季度报|按季|逐季|季末|季后|第[\s_]*季度|(?<![一二三四1-4])季度[^，。；]{0,8}表/u],
  [
    'monthly',
    /每个?月|月报|月度[^，。；]{0,8}表|按月|逐月|[Xx×＊*_\s]+月(?:份)?(?!底)|(?<!填[报表]|统计|报送)(?:年|^|[（(])月(?:份)?(?![日底初末份])|次月|每月/u,
  ],
  ['yearly', /每年|年报|按年|逐年|每年度/u],
];

/** How often something is owed, by the first word that says so; null where none does. */
export function frequencyOf(text: string): Frequency | null {
  let best: { at: number; frequency: Frequency } | undefined;
  for (const [frequency, pattern] of words) {
    const at = text.search(pattern);
    if (at >= 0 && (!best || at < best.at)) best = { at, frequency };
  }
  return best?.frequency ?? null;
}
