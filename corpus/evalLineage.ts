import { parseArgs } from 'node:util';
import { linkCampaigns } from '../pipeline/campaign/linkCampaigns.ts';
import type { CampaignMember } from '../pipeline/campaign/linkProfile.ts';
import { extractFile } from '../pipeline/run.ts';
import { parseAnnotated } from './cascades/annotated.ts';
import { type GeneratedLineage, generateLineage } from './cascades/generateLineage.ts';
import { newLineageScore, scoreLineage } from './cascades/scoreLineage.ts';

/**
 * How well notices are joined to campaigns, on generated libraries of which it is known who passed on whose.
 *
 *   npm run eval:lineage -- [--misses] [--libraries 20] [--seed 1] [--printed]
 *
 * --printed reads the printed texts through the whole pipeline instead of taking their facts as marked.
 */
const { values } = parseArgs({
  options: {
    misses: { type: 'boolean', default: false },
    libraries: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    printed: { type: 'boolean', default: false },
  },
});

async function membersOf({ regions, notices }: GeneratedLineage): Promise<CampaignMember[]> {
  const members: CampaignMember[] = [];
  for (const { id, source } of notices) {
    const marked = parseAnnotated(source);
    const bytes = Buffer.from(marked.text);
    const notice = values.printed
      ? (await extractFile({ fileName: `${id}.txt`, bytes }, { regions })).notices[0]
      : marked.notice;
    if (notice !== undefined) members.push({ id, fileName: `${id}.txt`, notice });
  }
  return members;
}

const score = newLineageScore();
let count = 0;
let ms = 0;
for (let at = 0; at < Number(values.libraries); at++) {
  const seed = Number(values.seed) + at;
  const lineage = generateLineage(seed);
  const members = await membersOf(lineage);
  const begun = performance.now();
  const linked = linkCampaigns(members, { regions: lineage.regions });
  ms += performance.now() - begun;
  count += members.length;
  scoreLineage(lineage.notices, linked, score, `seed ${seed}`);
}
console.log(`${count} notices in ${values.libraries} libraries, linked in ${Math.round(ms)} ms`);
for (const [key, { tp, fp, fn }] of [...score.tallies].sort(([a], [b]) => a.localeCompare(b))) {
  const precision = tp + fp === 0 ? 1 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 1 : tp / (tp + fn);
  console.log(`  ${key.padEnd(26)} P ${precision.toFixed(3)}  R ${recall.toFixed(3)}  n ${tp + fn}`);
}
if (values.misses) for (const miss of score.misses) console.log(`    ${miss}`);
