import { diffArrays, diffChars } from 'diff';
import DiffMatchPatch from 'diff-match-patch';
import { parseAnnotated } from '../corpus/cascades/annotated.ts';
import fields from '../corpus/cascades/fields.json' with { type: 'json' };
import { generateCascade } from '../corpus/cascades/generateCascade.ts';
import { seededRandom } from '../corpus/cascades/random.ts';
import type { Notice, Section } from '../models/notice.ts';
import { compareNotices } from '../pipeline/compare/compareNotices.ts';
import { coverageMatrix } from '../pipeline/compare/coverageMatrix.ts';
import { editTokens } from '../pipeline/compare/edits.ts';

/**
 * What comparing costs, in one process: two notices of 10,000 characters, one notice against as many as there are
 * county-level units, and beside it what `diff` and `diff-match-patch` need for the two texts alone.
 *
 *   tsx bench/compare.ts [number of lower notices, 2844]
 */
const lowerCount = Number(process.argv[2] ?? 2844);
/** Characters of each of the two notices. */
const noticeLength = 10_000;

const lengthOf = (sections: readonly Section[]): number =>
  sections.reduce((sum, s) => sum + (s.title?.length ?? 0) + s.text.length + lengthOf(s.children), 0);

const bodyOf = (sections: readonly Section[]): string =>
  sections.map((s) => `${s.number ?? ''}${s.title ?? ''}\n${s.text}\n${bodyOf(s.children)}`).join('');

/** Running prose as plans have it beside their items; the lower level changes one sentence in five. */
function prose(seed: number, lower: boolean): string {
  const sentences = Array.from({ length: 14 }, (_, at) => {
    const random = seededRandom(seed * 100 + at);
    const field = random.pick(fields);
    const who = random.pick(['各单位', '各乡镇', '有关部门', '行业主管部门', '属地监管所']);
    const how = random.pick(['要结合实际', '应当按照职责分工', '要压紧压实责任', '要强化协同配合', '要坚持问题导向']);
    const whom = random.pick(field.subjects);
    const duty = random.pick(field.duties);
    return lower && random.chance(0.2)
      ? `${who}要认真落实上级部署，督促辖区${whom}${duty}`
      : `${who}${how}，督促${whom}${duty}`;
  });
  return `${sentences.join('。')}。`;
}

/** Several cascades laid end to end, with prose between, until both notices are of the wanted length. */
function longPair(firstSeed: number): { upper: Notice; lower: Notice } {
  const append = (whole: Notice | null, part: Notice, at: number, isLower: boolean): Notice => {
    const sections = part.sections.map((section, i) => ({
      ...section,
      number: `${at * 10 + i}、`,
      text: `${section.text}\n${prose(at * 10 + i, isLower)}`,
    }));
    const items = part.focusItems.map((item) => ({ ...item, id: `${at}.${item.id}`, section: `${at}` }));
    if (whole === null) return { ...part, sections, focusItems: items };
    return {
      ...whole,
      sections: [...whole.sections, ...sections],
      focusItems: [...whole.focusItems, ...items],
      deadlines: [...whole.deadlines, ...(at < 3 ? part.deadlines : [])],
    };
  };
  let upper: Notice | null = null;
  let lower: Notice | null = null;
  for (let at = 0; upper === null || lower === null || lengthOf(lower.sections) < noticeLength; at++) {
    const cascade = generateCascade(firstSeed + at);
    upper = append(upper, parseAnnotated(cascade.upper).notice, at, false);
    lower = append(lower, parseAnnotated(cascade.lower).notice, at, true);
  }
  return { upper, lower };
}

/** Wall and processor time, medians in ms: on a busy machine only the second is the program's own. */
interface Time {
  readonly wall: number;
  readonly processor: number;
}

function timed(runs: number, work: () => void): Time {
  const walls: number[] = [];
  const processors: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const before = process.cpuUsage();
    work();
    walls.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    processors.push((user + system) / 1000);
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
  return { wall: median(walls), processor: median(processors) };
}

const ms = ({ wall, processor }: Time) =>
  `${wall.toFixed(1).padStart(9)} ms  (processor ${processor.toFixed(1).padStart(8)} ms)`;

const { upper, lower } = longPair(1);
const left = { fileName: 'upper', notice: upper };
const right = { fileName: 'lower', notice: lower };
const [textA, textB] = [bodyOf(upper.sections), bodyOf(lower.sections)];
console.log(
  `Two notices of ${textA.length} and ${textB.length} characters, ${upper.focusItems.length} and ${lower.focusItems.length} items:`,
);
console.log(`  compareNotices, cold           ${ms(timed(1, () => void compareNotices(left, right)))}`);
for (let i = 0; i < 10; i++) compareNotices(left, right);
console.log(`  compareNotices, warm (median)  ${ms(timed(21, () => void compareNotices(left, right)))}`);
// What was read once is remembered, so a pair that was never seen costs more than the same one again.
const others = Array.from({ length: 9 }, (_, i) => longPair(100 * (i + 1)));
console.log(
  `  a pair not seen before, warm   ${ms(
    timed(others.length, () => {
      const next = others.pop()!;
      compareNotices({ fileName: 'upper', notice: next.upper }, { fileName: 'lower', notice: next.lower });
    }),
  )}`,
);
console.log(`  diff: diffChars                ${ms(timed(1, () => void diffChars(textA, textB)))}`);
console.log(
  `  diff: diffArrays on our tokens ${ms(timed(1, () => void diffArrays(editTokens(textA), editTokens(textB))))}`,
);
const matcher = new DiffMatchPatch();
console.log(`  diff-match-patch: diff_main    ${ms(timed(1, () => void matcher.diff_main(textA, textB)))}`);

console.log(`\nOne upper notice against ${lowerCount} lower ones:`);
const top = { fileName: 'upper', notice: parseAnnotated(generateCascade(1).upper).notice };
const members = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    // Half of the counties answer this campaign, half write on something of their own.
    const source = generateCascade(i % 2 === 0 ? 1 : 2 + i).lower;
    const notice = parseAnnotated(source).notice;
    const code = String(110101 + i);
    return { id: code, fileName: `${code}.txt`, notice: { ...notice, region: { code, name: `第${i + 1}县` } } };
  });
for (const count of [Math.round(lowerCount / 4), Math.round(lowerCount / 2), lowerCount]) {
  const lowers = members(count);
  let matrix = coverageMatrix(top, []);
  const time = timed(1, () => {
    matrix = coverageMatrix(top, lowers);
  });
  const seconds = time.wall / 1000;
  const memory = process.memoryUsage.rss() / 2 ** 30;
  console.log(
    `  ${String(count).padStart(5)} notices  ${seconds.toFixed(2).padStart(6)} s  (processor ${(time.processor / 1000).toFixed(2).padStart(6)} s, ${(time.processor / count).toFixed(2)} ms each)  ${memory.toFixed(2)} GB  ${matrix.copies.length} groups of copies, ${matrix.added.length} shared additions`,
  );
}
