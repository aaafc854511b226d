import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareNotices } from '../pipeline/compare/compareNotices.ts';
import { parseAnnotated } from './cascades/annotated.ts';
import { LabelledPair } from './cascades/labels.ts';
import { f1, newScore, type Score, scorePair } from './cascades/scorePair.ts';

/**
 * How well changes are told, on pairs written by hand and on generated cascades.
 *
 *   tsx corpus/evalCompare.ts [--misses]
 */
const { values } = parseArgs({ options: { misses: { type: 'boolean', default: false } } });

const pairsFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'cascades', 'pairs');

function scoreHandWritten(): Score {
  const score = newScore();
  for (const file of readdirSync(pairsFolder)
    .filter((name) => name.endsWith('.pair.json'))
    .sort()) {
    const labels = LabelledPair.parse(JSON.parse(readFileSync(path.join(pairsFolder, file), 'utf8')));
    const read = (name: string) => ({
      fileName: name,
      notice: parseAnnotated(readFileSync(path.join(pairsFolder, name), 'utf8')).notice,
    });
    scorePair(score, file.replace('.pair.json', ''), labels, compareNotices(read(labels.left), read(labels.right)));
  }
  return score;
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

print('Pairs written by hand', scoreHandWritten());
