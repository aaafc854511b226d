import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type ComparedNotice, compareNotices } from '../pipeline/compare/compareNotices.ts';
import { contentNotice } from '../pipeline/compare/effectiveNotice.ts';
import { extractFile } from '../pipeline/run.ts';
import { parseAnnotated } from './cascades/annotated.ts';
import { generateCascade } from './cascades/generateCascade.ts';
import { LabelledPair } from './cascades/labels.ts';
import { f1, newScore, type Score, scorePair } from './cascades/scorePair.ts';

/**
 * How well changes are told, on pairs written by hand and on generated cascades.
 *
 *   tsx corpus/evalCompare.ts [--misses] [--cascades 300] [--seed 1] [--printed] [--write DIR]
 *
 * --printed reads the printed texts through the whole pipeline instead of taking their facts as marked.
 * --write puts the plain texts and labels of all pairs into DIR, for measuring from the printed text on.
 */
const { values } = parseArgs({
  options: {
    misses: { type: 'boolean', default: false },
    cascades: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    printed: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});

const pairsFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'cascades', 'pairs');

interface SourcePair {
  readonly name: string;
  readonly labels: LabelledPair;
  readonly upper: string;
  readonly lower: string;
}

function handWritten(): SourcePair[] {
  const files = readdirSync(pairsFolder).filter((name) => name.endsWith('.pair.json'));
  return files.sort().map((file) => {
    const labels = LabelledPair.parse(JSON.parse(readFileSync(path.join(pairsFolder, file), 'utf8')));
    const source = (name: string) => readFileSync(path.join(pairsFolder, name), 'utf8');
    return { name: file.replace('.pair.json', ''), labels, upper: source(labels.left), lower: source(labels.right) };
  });
}

/** The notice as its marks state it, or as the pipeline reads it from the printed text. */
async function noticeOf(fileName: string, source: string): Promise<ComparedNotice> {
  const marked = parseAnnotated(source);
  if (!values.printed) return { fileName, notice: marked.notice };
  const { notices } = await extractFile({ fileName: `${fileName}.txt`, bytes: Buffer.from(marked.text) });
  return { fileName, notice: contentNotice(notices) ?? marked.notice };
}

async function scoreAll(pairs: Iterable<SourcePair>): Promise<Score> {
  const score = newScore();
  for (const { name, labels, upper, lower } of pairs) {
    const [left, right] = [await noticeOf(`${name}.upper`, upper), await noticeOf(`${name}.lower`, lower)];
    scorePair(score, name, labels, compareNotices(left, right));
  }
  return score;
}

function* generated(count: number, firstSeed: number): Generator<SourcePair> {
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    yield { name: `cascade ${seed}`, ...generateCascade(seed) };
  }
}

/** The plain texts of all pairs and their labels, as a scorer of whole runs wants them. */
function writePairs(folder: string, count: number, firstSeed: number): void {
  mkdirSync(path.join(folder, 'texts'), { recursive: true });
  mkdirSync(path.join(folder, 'pairs'), { recursive: true });
  const write = (name: string, upper: string, lower: string, labels: LabelledPair) => {
    writeFileSync(path.join(folder, 'texts', `${name}.upper.txt`), parseAnnotated(upper).text);
    writeFileSync(path.join(folder, 'texts', `${name}.lower.txt`), parseAnnotated(lower).text);
    const named = { ...labels, left: `${name}.upper.txt`, right: `${name}.lower.txt` };
    writeFileSync(path.join(folder, 'pairs', `${name}.json`), `${JSON.stringify(named, null, 1)}\n`);
  };
  for (const { name, labels, upper, lower } of handWritten()) write(name, upper, lower, labels);
  for (const { name, labels, upper, lower } of generated(count, firstSeed)) {
    write(name.replace(' ', ''), upper, lower, labels);
  }
}

function print(title: string, score: Score): void {
  console.log(`\n${title}`);
  for (const [key, tally] of [...score.tallies].sort(([a], [b]) => a.localeCompare(b))) {
    const precision = tally.tp + tally.fp === 0 ? 1 : tally.tp / (tally.tp + tally.fp);
    const recall = tally.tp + tally.fn === 0 ? 1 : tally.tp / (tally.tp + tally.fn);
    const figures = [precision, recall, f1(tally)].map((value) => value.toFixed(3));
    console.log(`  ${key.padEnd(36)} P ${figures[0]}  R ${figures[1]}  F1 ${figures[2]}  n ${tally.tp + tally.fn}`);
  }
  if (values.misses) for (const miss of score.misses) console.log(`    ${miss}`);
}

const count = Number(values.cascades);
const firstSeed = Number(values.seed);
if (values.write !== undefined) writePairs(values.write, count, firstSeed);
else {
  print('Pairs written by hand', await scoreAll(handWritten()));
  print(`Generated cascades (${count}, from seed ${firstSeed})`, await scoreAll(generated(count, firstSeed)));
}
