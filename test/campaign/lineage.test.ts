import { expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateLineage } from '../../corpus/cascades/generateLineage.ts';
import { newLineageScore, scoreLineage } from '../../corpus/cascades/scoreLineage.ts';
import { linkCampaigns } from '../../pipeline/campaign/linkCampaigns.ts';

/**
 * Libraries with campaigns of alike names, other provinces, other years, wrong numbers, titles without numbers, copies,
 * corrections and documents that are not there. `tsx corpus/evalLineage.ts` prints the figures over more of them.
 */
test('notices of generated libraries find where they came from', () => {
  const score = newLineageScore();
  for (const seed of [101, 102]) {
    const lineage = generateLineage(seed, { provinces: 2, prefectures: 2, counties: 3, campaigns: 8 });
    const members = lineage.notices.map(({ id, source }) => ({
      id,
      fileName: `${id}.txt`,
      notice: parseAnnotated(source).notice,
    }));
    scoreLineage(lineage.notices, linkCampaigns(members, { regions: lineage.regions }), score, `seed ${seed}`);
  }
  const figures = (key: string) => {
    const { tp, fp, fn } = score.tallies.get(key) ?? { tp: 0, fp: 0, fn: 0 };
    return { precision: tp / (tp + fp), recall: tp / (tp + fn), count: tp + fn };
  };
  expect(figures('parent').count).toBeGreaterThan(200);
  for (const key of ['parent', 'renews', 'joining link', 'version copy', 'version correction']) {
    expect(figures(key).precision, `${key}\n${score.misses.join('\n')}`).toBeGreaterThanOrEqual(
      key === 'renews' ? 0.9 : 0.97,
    );
    expect(figures(key).recall, key).toBeGreaterThanOrEqual(0.97);
  }
});
