import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseAnnotated } from '../corpus/cascades/annotated.ts';
import { generateLineage, type LineageNotice } from '../corpus/cascades/generateLineage.ts';
import { openLibrary } from '../server/library.ts';
import { openDatabase } from '../server/store/database.ts';
import { databasePath } from '../server/store/sqliteStore.ts';
import { extractionOf, sha256Of } from '../test/extraction.ts';

/**
 * `npm run bench:campaigns`: a library of 10,000 notices, linked at once; then what one more notice, one that goes and a
 * person's decision cost, and how long lists and one campaign take to read. `-- --largest` makes it few campaigns of the
 * whole nation, of thousands of notices each. Beside the time that passed stands that of this process's processor, which
 * other programs on the machine do not lengthen.
 */
const { values } = parseArgs({
  options: { notices: { type: 'string', default: '10000' }, largest: { type: 'boolean', default: false } },
});
const wanted = Number(values.notices);
const places = { provinces: 6, prefectures: 9, counties: 9 };
const lineage = values.largest
  ? generateLineage(5, {
      provinces: 9,
      prefectures: 16,
      counties: 33,
      campaigns: Math.ceil(wanted / 2_700),
      national: true,
    })
  : generateLineage(5, { ...places, campaigns: Math.ceil(wanted / 190) });
const notices = lineage.notices.slice(0, wanted + 40);
console.log(`${notices.length} notices of ${lineage.notices.length} generated`);

const folder = await mkdtemp(path.join(os.tmpdir(), 'hongtou-bench-'));
const regions = path.join(folder, 'regions.json');
await writeFile(regions, JSON.stringify(lineage.regions));
const settings = { data: path.join(folder, 'library'), keepDeletedDays: 30, regions };

function rowsOf({ id, source }: LineageNotice) {
  const { text, notice } = parseAnnotated(source);
  const fileId = sha256Of(`${id}\n${text}`);
  const { text: _, ...rest } = extractionOf(text, [notice]);
  const at = '2025-01-01T00:00:00Z';
  return {
    file: { id: fileId, name: `${id}.txt`, byte_length: 1, state: 'read', received_at: at, received_by: 'bench' },
    extraction: {
      file_id: fileId,
      extractor_version: '1',
      extracted_at: at,
      media_type: 'text/plain',
      text,
      body: JSON.stringify(rest),
    },
  };
}

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}
const figures: [string, Cost][] = [];
async function costOf<T>(work: () => Promise<T>): Promise<[T, Cost]> {
  const begun = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { ms: performance.now() - begun, cpuMs: (user + system) / 1_000 }];
}
async function measure<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [result, cost] = await costOf(work);
  figures.push([name, cost]);
  return result;
}

try {
  await (await openLibrary(settings)).close();
  const database = await openDatabase(databasePath(settings.data));
  const put = async (some: readonly LineageNotice[]) => {
    for (let at = 0; at < some.length; at += 100) {
      const rows = some.slice(at, at + 100).map(rowsOf);
      await database.writer.transaction(async (transaction) => {
        await transaction.batchInsert(
          'file',
          rows.map(({ file }) => file),
          50,
        );
        await transaction.batchInsert(
          'extraction',
          rows.map(({ extraction }) => extraction),
          50,
        );
      });
    }
  };
  const late = notices.slice(wanted);
  await put(notices.slice(0, wanted));
  const library = await openLibrary(settings);
  const { campaigns } = library;
  await measure(`link ${wanted} notices at once`, () => campaigns.linkPending());
  const single: Cost[] = [];
  let last = '';
  for (const notice of late) {
    await put([notice]);
    const [outcome, cost] = await costOf(() => campaigns.linkPending());
    single.push(cost);
    last = [...outcome.campaignOf.keys()][0] ?? last;
  }
  single.sort((a, b) => a.cpuMs - b.cpuMs);
  figures.push(['one more notice, median', single[Math.floor(single.length / 2)]!]);
  figures.push(['one more notice, slowest', single.at(-1)!]);
  await library.store.deleteFile(last.slice(0, 64), 'bench');
  await measure('one notice deleted', () => campaigns.linkPending());
  const list = await measure('list of 50 campaigns', () => campaigns.listCampaigns({ limit: 50, offset: 0 }));
  const largest = [...list.items].sort((a, b) => b.members - a.members)[0]!;
  const detail = await measure(`campaign of ${largest.members} notices`, () =>
    campaigns.findCampaign(largest.campaignId),
  );
  await measure('its notices', () => campaigns.noticesOf(largest.campaignId));
  const link = detail?.links.find(({ relation, to }) => relation === 'implements' && !to.startsWith('missing:'));
  if (link !== undefined) {
    const { from, to } = link;
    const decided = await measure('a decision in it', () =>
      campaigns.decide({ decision: 'confirm', from, to, note: null }, 'bench'),
    );
    await measure('… taken back', () => campaigns.undo(decided.decisionId, 'bench'));
  }
  console.log(`${list.total} campaigns`);
  await library.close();
  await database.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`  ${''.padEnd(32)} ${'passed'.padStart(8)}    ${'processor'.padStart(9)}`);
for (const [name, { ms, cpuMs }] of figures) {
  console.log(`  ${name.padEnd(32)} ${ms.toFixed(0).padStart(8)} ms ${cpuMs.toFixed(0).padStart(9)} ms`);
}
console.log(`  at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
