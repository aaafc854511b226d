import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Extraction, HongtouError, type Layout, type SourceFile } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { type EngineChoice, type OcrEngines, openEngines } from '../pipeline/ocr/openEngines.ts';
import { read } from '../pipeline/read/index.ts';
import { recognizeFile } from '../pipeline/recognizeFile.ts';
import { extractLayout } from '../pipeline/run.ts';
import { layOut } from './generator/layOut.ts';
import { renderPdf } from './generator/pdf.ts';
import { randomNotice } from './generator/randomNotice.ts';
import { scanPages } from './generator/scan.ts';
import { scanPdf } from './generator/scanPdf.ts';
import { NoticeSpec } from './generator/spec.ts';
import { Gold } from './gold.ts';
import { type ScanKind, scanKinds } from './scanKinds.ts';
import {
  type CalibrationLine,
  calibrationTable,
  characterErrors,
  keyFields,
  scoreLines,
  signatureRight,
} from './scanTruth.ts';
import { scoreExtraction, summarizeScores } from './score.ts';
import type { ScoreSheet } from './scoreSheet.ts';
import { scoreTableStructure } from './tableTruth.ts';

const usage = `usage: npm run eval:scans -- [--corpus N] [--random N] [--kinds "bad 105,photo"] [--ocr auto|pp|tesseract] [--misses] [--check]
  --corpus   notices of the corpus (4), spread over it
  --random   notices made at random (4)
  --misses   list what was missed
  --check    exit 1 when a row is over its limits`;

interface Sample {
  readonly id: string;
  readonly spec: NoticeSpec;
  readonly gold: Gold;
  readonly seed: number;
}

interface Row {
  readonly kind: ScanKind;
  readonly pages: number;
  readonly wrong: number;
  readonly characters: number;
  readonly keys: { readonly right: number; readonly total: number };
  readonly fields: number;
  readonly tables: { readonly exact: number; readonly total: number };
  readonly sealed: { readonly right: number; readonly total: number };
  readonly milliseconds: number;
  readonly lines: readonly CalibrationLine[];
  readonly faults: readonly string[];
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string', default: '4' },
      random: { type: 'string', default: '4' },
      kinds: { type: 'string' },
      ocr: { type: 'string', default: 'auto' },
      misses: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  if (!['auto', 'pp', 'tesseract'].includes(values.ocr)) throw new Error(usage);
  const samples = [...corpusSamples(Number(values.corpus)), ...randomSamples(Number(values.random))];
  const chosen = values.kinds?.split(',');
  const regions: RegionEntry[] = JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));
  const engines = await openEngines(values.ocr as EngineChoice);
  const rows: Row[] = [];
  try {
    for (const kind of scanKinds) {
      if (chosen && !chosen.includes(kind.name)) continue;
      const row = await measure(kind, samples, engines, regions);
      rows.push(row);
      console.log(rowLine(row));
      if (values.misses) for (const fault of row.faults) console.log(`    ${fault}`);
    }
  } finally {
    await engines.close();
  }
  console.log(calibrationTable(rows.flatMap((row) => row.lines)));
  const over = rows.filter(isOver);
  for (const row of over) console.log(`over its limits: ${row.kind.name}`);
  return values.check && over.length > 0 ? 1 : 0;
}

function corpusSamples(count: number): Sample[] {
  const folder = fileURLToPath(new URL('./notices', import.meta.url));
  const ids = readdirSync(folder).sort();
  return ids
    .filter((_, i) => Math.floor((i * count) / ids.length) !== Math.floor(((i - 1) * count) / ids.length))
    .map((id, i) => {
      const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, id, name), 'utf8'));
      return { id, spec: NoticeSpec.parse(json('notice.json')), gold: Gold.parse(json('gold.json')), seed: i + 1 };
    });
}

function randomSamples(count: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const { spec, gold } = randomNotice(5000 + i);
    return { id: spec.id, spec, gold: { file: spec.id, notices: [gold] }, seed: 100 + i };
  });
}

/** Scans, reads and scores every sample in one way. The time is that of recognising alone. */
async function measure(
  kind: ScanKind,
  samples: readonly Sample[],
  engines: OcrEngines,
  regions: readonly RegionEntry[],
): Promise<Row> {
  const sheets: ScoreSheet[] = [];
  const faults: string[] = [];
  const lines: CalibrationLine[] = [];
  const total = { pages: 0, wrong: 0, characters: 0, milliseconds: 0 };
  const keys = { right: 0, total: 0 };
  const tables = { exact: 0, total: 0 };
  const sealed = { right: 0, total: 0 };
  for (const { id, spec, gold, seed } of samples) {
    const scans = await scanPages(layOut(spec, seed), { ...kind.options, seed });
    const input: SourceFile = { fileName: `${id}.pdf`, bytes: await scanPdf(scans) };
    const layout = await read(input);
    const started = performance.now();
    const recognized = await recognizeFile(layout, input, { engines });
    total.milliseconds += performance.now() - started;
    total.pages += scans.length;
    const extraction = extracted(input, recognized, regions);
    const errors = characterErrors(scans, recognized);
    total.wrong += errors.wrong;
    total.characters += errors.characters;
    faults.push(...errors.faults.map((fault) => `${id}  characters  ${fault}`));
    lines.push(...scoreLines(scans, recognized));
    const sheet = scoreExtraction(gold, extraction);
    sheets.push(sheet);
    faults.push(...sheet.misses.map(({ field, what }) => `${id}  ${field}  ${what}`));
    if ('failed' in extraction) continue;
    // What the text of the same notice gives is what a scan can give.
    const printed: SourceFile = { fileName: `${id}.pdf`, bytes: (await renderPdf(spec, { seed })).bytes };
    const reference = extractLayout(printed, await read(printed), { regions });
    const found = keyFields(reference, extraction);
    keys.right += found.right;
    keys.total += found.total;
    faults.push(...found.faults.map((fault) => `${id}  key  ${fault}`));
    if (spec.sealed) {
      sealed.total++;
      if (signatureRight(reference, extraction)) sealed.right++;
      else faults.push(`${id}  under the seal`);
    }
    const structure = scoreTableStructure(spec, extraction);
    tables.exact += structure.exact;
    tables.total += structure.total;
    faults.push(...structure.faults.map((fault) => `${id}  table  ${fault}`));
  }
  const fields = summarizeScores(sheets).mean;
  return {
    kind,
    ...total,
    keys,
    fields,
    tables,
    sealed,
    lines,
    faults,
    milliseconds: total.milliseconds / total.pages,
  };
}

function extracted(
  input: SourceFile,
  layout: Layout,
  regions: readonly RegionEntry[],
): Extraction | { readonly failed: string } {
  try {
    return extractLayout(input, layout, { regions });
  } catch (error) {
    if (!(error instanceof HongtouError)) throw error;
    return { failed: error.line };
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

function isOver(row: Row): boolean {
  const { limits } = row.kind;
  return (
    share(row.wrong, row.characters) > (limits.characters ?? 1) ||
    share(row.keys.right, row.keys.total) < (limits.keyFields ?? 0) ||
    row.fields < (limits.fields ?? 0) ||
    share(row.tables.exact, row.tables.total) < (limits.tables ?? 0) ||
    share(row.sealed.right, row.sealed.total) < (limits.underSeal ?? 0)
  );
}

function rowLine(row: Row): string {
  const percent = (part: number, whole: number): string => `${(100 * share(part, whole)).toFixed(2)} %`;
  return [
    row.kind.name.padEnd(11),
    `${row.pages} pages`,
    `characters wrong ${percent(row.wrong, row.characters)}`,
    `key fields ${share(row.keys.right, row.keys.total).toFixed(3)} of ${row.keys.total}`,
    `fields F1 ${row.fields.toFixed(3)}`,
    `tables ${row.tables.exact}/${row.tables.total}`,
    `under seal ${row.sealed.right}/${row.sealed.total}`,
    `${Math.round(row.milliseconds)} ms a page`,
  ].join('  ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
