import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Extraction } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { extractFile } from '../pipeline/run.ts';
import { Gold } from './gold.ts';
import { type FieldScore, type ScoreReport, scoreExtraction, summarizeScores } from './score.ts';

const usage = `usage: npm run eval -- [GOLD_DIR SOURCE_DIR] [--outputs DIR] [--misses] [--json] [--min 0.97]
  GOLD_DIR     *.json or */gold.json; without both folders, the corpus
  --outputs    read DIR/<file>.json, written by "hongtou extract --json", instead of extracting
  --misses     list every miss
  --json       figures only, as JSON
  --min        exit 1 when the mean is below`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      outputs: { type: 'string' },
      misses: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      min: { type: 'string', default: '0' },
    },
  });
  const min = Number(values.min);
  if (Number.isNaN(min)) throw new Error(`--min takes a number, not "${values.min}".`);
  if (positionals.length !== 0 && positionals.length !== 2) throw new Error('Name both folders, or none.');
  const corpus = fileURLToPath(new URL('./notices', import.meta.url));
  const [goldFolder = corpus, sourceFolder = corpus] = positionals;
  const read = values.outputs === undefined ? readByPipeline(sourceFolder) : readOutputs(values.outputs);
  const sheets = [];
  for (const gold of readGold(goldFolder)) sheets.push(scoreExtraction(gold, await read(gold.file)));
  const report = summarizeScores(sheets);
  if (values.json) console.log(JSON.stringify({ mean: report.mean, fields: report.fields, further: report.further }));
  else console.log(reportLines(report, values.misses).join('\n'));
  return report.mean + 1e-9 < min ? 1 : 0;
}

/** In the order of the files' names. */
function readGold(folder: string): Gold[] {
  const goldPath = (entry: Dirent) => {
    if (entry.isDirectory()) return path.join(folder, entry.name, 'gold.json');
    return entry.name.endsWith('.json') ? path.join(folder, entry.name) : null;
  };
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => goldPath(entry) ?? [])
    .map((file) => {
      const gold = Gold.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (!gold.success) throw new Error(`${file} is not gold: ${z.prettifyError(gold.error)}`);
      return gold.data;
    });
}

/** Extracts in this process; the invented places of the corpus are known beside the real ones. */
function readByPipeline(folder: string): (file: string) => Promise<Extraction | { failed: string }> {
  const regions: RegionEntry[] = JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));
  return async (file) => {
    try {
      const bytes = readFileSync(path.join(folder, file));
      return await extractFile({ fileName: path.basename(file), bytes }, { regions });
    } catch (error) {
      return { failed: String(error) };
    }
  };
}

function readOutputs(folder: string): (file: string) => Extraction | { failed: string } {
  return (file) => {
    try {
      const output = Extraction.safeParse(JSON.parse(readFileSync(path.join(folder, `${file}.json`), 'utf8')));
      return output.success ? output.data : { failed: z.prettifyError(output.error) };
    } catch (error) {
      return { failed: String(error) };
    }
  };
}

function reportLines(report: ScoreReport, withMisses: boolean): string[] {
  const line = ({ field, precision, recall, f1, n }: FieldScore) =>
    `${field.padEnd(24)} P ${precision.toFixed(3)}  R ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  n ${n}`;
  return [
    ...report.fields.map(line),
    ...(report.further.length ? ['further fields, not in the mean:', ...report.further.map(line)] : []),
    ...(withMisses ? report.misses.map(({ file, field, what }) => `  miss ${file}  ${field}  ${what}`) : []),
    `mean F1 over ${report.fields.length} fields: ${report.mean.toFixed(4)}`,
  ];
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exitCode = 2;
  },
);
