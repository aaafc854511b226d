import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type SeededRandom, seededRandom } from '../corpus/generator/seededRandom.ts';
import type { Extraction } from '../models/index.ts';
import { extractFile } from '../pipeline/run.ts';
import { loadConfig } from '../server/config.ts';
import { startServer } from '../server/http/server.ts';
import { openLibrary } from '../server/library.ts';
import { databasePath } from '../server/store/sqliteStore.ts';

/**
 * `npm run bench:library [-- --notices 10000] [--data DIR]`: fills a library with extractions made from those of the corpus and times what
 * people ask of a large one: lists, filters, sorting, searches of 1 to 4 characters, phrases, exclusions. With --data the
 * library stays and is used again. Exit 1 where an answer takes longer than the limit at the 95th percentile.
 */
const LIMIT_MS = 150;
const rounds = 20;

const { values } = parseArgs({ options: { notices: { type: 'string', default: '10000' }, data: { type: 'string' } } });
const count = Number(values.notices);
const data = values.data ?? (await mkdtemp(path.join(os.tmpdir(), 'hongtou-library-')));

/** Words that stand in many notices; each made notice has them exchanged, length for length, so that offsets stay right. */
const words = [
  ...['安全', '检查', '整治', '单位', '企业', '隐患', '报送', '学校', '食品', '燃气', '防汛', '消防', '药品', '医保'],
  ...['排查', '监管', '重点', '落实', '责任', '工作', '管理', '部门', '经营', '使用', '情况', '开展', '专项', '统计'],
];

function exchanged(value: unknown, words: ReadonlyMap<string, string>, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, (word) => words.get(word) ?? word);
  if (Array.isArray(value)) return value.map((member) => exchanged(member, words, pattern));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, exchanged(part, words, pattern)]));
}

const levels = ['national', 'provincial', 'prefectural', 'county', 'township'] as const;

/** Another notice of the same make: other words, number, date, region, level. */
function variant(source: Extraction, random: SeededRandom, index: number): Extraction {
  const others = random.sample(words, words.length);
  const map = new Map(words.map((word, at) => [word, others[at] ?? word]));
  const made = exchanged(source, map, new RegExp(words.join('|'), 'g')) as Extraction;
  const month = String(random.integer(1, 12)).padStart(2, '0');
  const issueDate = `${random.integer(2019, 2025)}-${month}-${String(random.integer(1, 28)).padStart(2, '0')}`;
  return {
    ...made,
    notices: made.notices.map((notice) => ({
      ...notice,
      documentNumber: notice.documentNumber && { ...notice.documentNumber, value: `测发〔2025〕${index}号` },
      issueDate: { value: issueDate, evidence: notice.issueDate?.evidence ?? [] },
      administrativeLevel: random.pick(levels),
      region: { code: String(110_000 + random.integer(0, 540_000)), name: '某县' },
      securityLevel: index % 97 === 0 ? { value: '秘密★1年', evidence: [] } : null,
      campaign: notice.campaign && { ...notice.campaign, name: `第${index % 300}号行动` },
    })),
  };
}

async function fill(): Promise<void> {
  const notices = fileURLToPath(new URL('../corpus/notices', import.meta.url));
  const sources: Extraction[] = [];
  for (const id of await readdir(notices)) {
    const file = path.join(notices, id, 'notice.txt');
    if (existsSync(file)) sources.push(await extractFile({ fileName: `${id}.txt`, bytes: await readFile(file) }));
  }
  const library = await openLibrary({ data, keepDeletedDays: 30 });
  const random = seededRandom(1);
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) {
    const source = sources[index % sources.length];
    if (source === undefined) throw new Error('The corpus is empty.');
    const incoming = library.incoming.incomingPath();
    await writeFile(incoming, `${source.text}\n${index}`);
    const { file } = await library.store.addFile({ fileName: `第${index}份.txt`, path: incoming }, 'bench');
    const made = variant(source, random, index);
    const extraction = { ...made, source: { ...made.source, sha256: file.fileId } };
    await library.store.saveExtraction(file.fileId, extraction, 'bench', 'bench');
    if (index % 1_000 === 999) console.error(`${index + 1} notices, ${Math.round(performance.now() - begun)} ms`);
  }
  await library.close();
}

if (!existsSync(databasePath(data))) await fill();
const loaded = loadConfig({ data, port: '0', workers: '1', requestsPerMinute: '10000000' }, {});
if (!loaded.ok) throw new Error(loaded.explanation);
const server = await startServer(loaded.config, pino({ level: 'silent' }));
const q = (text: string) => `q=${encodeURIComponent(text)}`;
const anyFile = (await (await fetch(`${server.url}/api/files?limit=1`)).json()) as {
  readonly items: readonly { readonly fileId: string }[];
};
const questions: readonly (readonly [name: string, query: string])[] = [
  ['list', '/api/notices?limit=50'],
  ['page 150', '/api/notices?limit=50&offset=7500'],
  ['level', '/api/notices?level=county'],
  ['region', '/api/notices?region=33'],
  ['type', `/api/notices?documentType=${encodeURIComponent('通知')}`],
  ['campaign', `/api/notices?campaign=${encodeURIComponent('第7号行动')}`],
  ['dates', '/api/notices?issuedFrom=2024-01-01&issuedTo=2024-12-31'],
  ['finding', '/api/notices?finding=error'],
  ...['issueDate', 'documentNumber', 'title', 'issuingBody', 'level', 'region', 'campaign', 'findings', 'received'].map(
    (sort): readonly [string, string] => [`by ${sort}`, `/api/notices?sort=${sort}&order=asc`],
  ),
  ['1 character', `/api/notices?${q('气')}`],
  ['2 characters', `/api/notices?${q('燃气')}`],
  ['3 characters', `/api/notices?${q('燃气安')}`],
  ['4 characters', `/api/notices?${q('燃气安全')}`],
  ['very common', `/api/notices?${q('通知')}`],
  ['phrase', `/api/notices?${q('"检查工作"')}`],
  ['three words', `/api/notices?${q('燃气 学校 报送')}`],
  ['excluded', `/api/notices?${q('检查 -燃气')}`],
  ['only excluded', `/api/notices?${q('-燃气')}`],
  ['search, sorted', `/api/notices?${q('检查')}&sort=title&order=asc`],
  ['search, filtered', `/api/notices?${q('检查')}&level=county&finding=warning`],
  ['nothing', `/api/notices?${q('鑫龘靐')}`],
  ['files', '/api/files?limit=50'],
  ['failed files', '/api/files?state=failed'],
  ['jobs', '/api/jobs?limit=50'],
  ['upcoming', '/api/deadlines/upcoming?from=2025-03-01&days=14'],
  ['extraction', `/api/files/${anyFile.items[0]?.fileId}/extraction`],
];
let slow = 0;
console.log(`${count} notices\n${'question'.padEnd(20)} first   50 %   95 % (ms)  found`);
for (const [name, query] of questions) {
  const times: number[] = [];
  let total = '';
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const response = await fetch(server.url + query);
    const body = await response.text();
    times.push(performance.now() - begun);
    if (response.status !== 200) throw new Error(`${query}: ${response.status} ${body}`);
    total = /"total":(\d+)/.exec(body)?.[1] ?? '';
  }
  const [first = 0] = times;
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((rounds - 1) * share)] ?? 0;
  if (at(0.95) > LIMIT_MS) slow += 1;
  const figures = [first, at(0.5), at(0.95)].map((time) => time.toFixed(0).padStart(6)).join(' ');
  console.log(`${name.padEnd(18)} ${figures}       ${total}${at(0.95) > LIMIT_MS ? '  too slow' : ''}`);
}
console.log(`memory: ${Math.round(process.memoryUsage().rss / 1_048_576)} MB`);
await server.close();
if (values.data === undefined) await rm(data, { recursive: true, force: true });
process.exitCode = slow === 0 ? 0 : 1;
