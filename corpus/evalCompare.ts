import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareNotices } from '../pipeline/compare/compareNotices.ts';
import { parseAnnotated } from './cascades/annotated.ts';
import { generateCascade } from './cascades/generateCascade.ts';
import { LabelledPair } from './cascades/labels.ts';
import { f1, newScore, type Score, scorePair } from './cascades/scorePair.ts';

/**
 * How well changes are told, on pairs written by hand and on generated cascades.
 *
 *   tsx corpus/evalCompare.ts [--misses] [--cascades 300] [--seed 1] [--write DIR]
 *
 * --write puts the plain texts and labels of all pairs into DIR, for measuring from the printed text on.
 */
const { values } = parseArgs({
  options: {
    misses: { type: 'boolean', default: false },
    cascades: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
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

function scoreHandWritten(): Score {
  const score = newScore();
  for (const { name, labels, upper, lower } of handWritten()) {
    const left = { fileName: labels.left, notice: parseAnnotated(upper).notice };
    const right = { fileName: labels.right, notice: parseAnnotated(lower).notice };
    scorePair(score, name, labels, compareNotices(left, right));
  }
  return score;
}

function scoreGenerated(count: number, firstSeed: number): Score {
  const score = newScore();
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const cascade = generateCascade(seed);
    const notice = (fileName: string, source: string) => ({ fileName, notice: parseAnnotated(source).notice });
    const comparison = compareNotices(notice('upper', cascade.upper), notice('lower', cascade.lower));
    scorePair(score, `cascade ${seed}`, cascade.labels, comparison);
  }
  return score;
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
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const cascade = generateCascade(seed);
    write(`cascade${seed}`, cascade.upper, cascade.lower, cascade.labels);
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
  print('Pairs written by hand', scoreHandWritten());
  print(`Generated cascades (${count}, from seed ${firstSeed})`, scoreGenerated(count, firstSeed));
}
