import { readFileSync } from 'node:fs';
import nodejieba from 'nodejieba';
import { extractFile } from '../pipeline/run.ts';

/**
 * What extracting costs, warm and in one thread, beside the segmentation of the same text alone (nodejieba) in the same run; and
 * how the cost grows with the text. `npm run bench`; exit 1 where a limit is missed. Times are processor time of this
 * process, so that other work on the machine does not count.
 */

/** The whole extraction may cost so many times the segmentation, or so many milliseconds, whichever is more. */
const TIMES_SEGMENTATION = 4;
const OR_MILLISECONDS = 25;
/** 10 and 100 times the text may cost so much more than 10 and 100 times. */
const GROWTH = 4 / 3;

const source = readFileSync(new URL('../corpus/notices/campus-national/notice.txt', import.meta.url), 'utf8');
const lines = source.split('\n');
const bodyFrom = lines.findIndex((line) => line.startsWith('一、'));
const bodyTo = lines.findIndex((line) => line.startsWith('附件：'));
const [head, body, foot] = [lines.slice(0, bodyFrom), lines.slice(bodyFrom, bodyTo), lines.slice(bodyTo)].map((part) =>
  part.join('\n'),
) as [string, string, string];

/** One notice: the head and foot of a notice of the corpus, its body again and again, each time of another district. */
function noticeOf(length: number): string {
  const parts = [head];
  let rest = length - head.length - foot.length;
  for (let round = 1; rest > 0; round++) {
    const part = body.replaceAll('校园', `第${round}片区校园`).slice(0, rest);
    parts.push(part);
    rest -= part.length;
  }
  return [...parts, foot].join('\n');
}

/** Notices one behind the other in one file. */
const manyNotices = (length: number): string => source.repeat(Math.ceil(length / source.length)).slice(0, length);

/** The same words without a line break, as a careless converter leaves them; the table is left out. */
const oneLine = (length: number): string =>
  noticeOf(2 * length)
    .split('\n')
    .filter((line) => !/[\t|]/.test(line))
    .join('')
    .slice(0, length);

async function milliseconds(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] as number;
}

const extract = (text: string) => {
  const input = { fileName: 'notice.txt', bytes: new TextEncoder().encode(text) };
  return () => extractFile(input);
};

const figure = (value: number, digits = 1): string => value.toFixed(digits).padStart(9);
const missed: string[] = [];
const limit = (what: string, kept: boolean): string => {
  if (!kept) missed.push(what);
  return kept ? 'kept' : 'MISSED';
};

const short = noticeOf(5_000);
console.log(`One notice of ${short.length} characters, warm, one thread (processor time, medians):`);
await milliseconds(60, extract(short));
await milliseconds(60, () => nodejieba.cut(short));
const extraction = await milliseconds(60, extract(short));
const segmentation = await milliseconds(60, () => nodejieba.cut(short));
const allowed = Math.max(TIMES_SEGMENTATION * segmentation, OR_MILLISECONDS);
console.log(`  extraction, whole pipeline  ${figure(extraction)} ms  ${figure(1000 / extraction)} notices a second`);
console.log(`  nodejieba.cut alone         ${figure(segmentation, 2)} ms`);
console.log(
  `  allowed: ${TIMES_SEGMENTATION} × segmentation or ${OR_MILLISECONDS} ms = ${allowed.toFixed(1)} ms: ${limit('cost of one notice', extraction <= allowed)}`,
);

const ladders: readonly [string, (length: number) => string, readonly number[]][] = [
  ['many paragraphs', noticeOf, [5_000, 50_000, 500_000]],
  ['many notices', manyNotices, [5_000, 50_000, 500_000]],
  ['one line', oneLine, [10_000, 100_000, 1_000_000]],
];
for (const [name, make, lengths] of ladders) {
  console.log(`\nGrowth, ${name}:`);
  let first: number | undefined;
  for (const length of lengths) {
    const text = make(length);
    const work = extract(text);
    const rounds = length <= 10_000 ? 40 : length <= 100_000 ? 12 : 5;
    await milliseconds(Math.ceil(rounds / 4), work);
    const cost = (await milliseconds(rounds, work)) / text.length;
    first ??= cost;
    console.log(
      `  ${String(text.length).padStart(7)} characters  ${figure(cost * text.length)} ms  ${figure(cost * 1e6)} ns a character  ${(cost / first).toFixed(2)} × the first: ${limit(`growth of ${name} to ${text.length}`, cost <= first * GROWTH)}`,
    );
  }
}

if (missed.length > 0) {
  console.error(`Limits missed: ${missed.join('; ')}.`);
  process.exitCode = 1;
}
