import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Extraction, HongtouError } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import { extractFile } from '../pipeline/run.ts';
import { scoreEvidenceBoxes } from './boxTruth.ts';
import { exportNotices, exports, findProgram } from './exports.ts';
import { formats, type Rendered } from './formats.ts';
import { measureKinds, overLimits, samplesToScan, scanRowLine } from './measureScans.ts';
import { corpusSamples, randomSamples, type Sample } from './samples.ts';
import { scanKinds } from './scanKinds.ts';
import { printCalibration } from './scanTruth.ts';
import { type ScoreReport, scoreExtraction, summarizeScores } from './score.ts';
import type { ScoreSheet } from './scoreSheet.ts';
import { scoreTableStructure } from './tableTruth.ts';

const usage = `usage: npm run eval:formats -- [--random N] [--scans N] [--formats text,html] [--no-exports] [--misses] [--json] [--check]
  --random   notices made at random beside the corpus (30)
  --scans    notices that are scanned, of the corpus and as many made at random (1; eval:scans measures more); 0: no scans
  --formats  only these rows; text is always among them; "scan" for all kinds of scans
  --no-exports  without the files that LibreOffice and Chromium write
  --misses   list what was missed
  --json     figures only, as JSON
  --check    exit 1 when a format is over its limits`;

/** What the formats must show; text is the measure and cannot know merged cells. Scans have theirs in `scanKinds`. */
const limits = { fieldDifference: 0.005, tables: 0.99, boxes: 0.99 } as const;

interface Row {
  readonly format: string;
  readonly report: ScoreReport;
  readonly tables: { exact: number; total: number };
  readonly boxes: { covered: number; total: number };
  readonly failed: number;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      random: { type: 'string', default: '30' },
      scans: { type: 'string', default: '1' },
      formats: { type: 'string' },
      'no-exports': { type: 'boolean', default: false },
      misses: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.random);
  const scans = Number(values.scans);
  if (!Number.isInteger(count) || count < 0) throw new Error('--random takes a number');
  if (!Number.isInteger(scans) || scans < 0) throw new Error('--scans takes a number');
  const samples = [...corpusSamples(), ...randomSamples(count, 1000)];
  const chosen = values.formats?.split(',');
  const rows: Row[] = [];
  const isChosen = (name: string): boolean => chosen === undefined || chosen.some((part) => name.startsWith(part));
  const add = (row: Row): void => {
    rows.push(row);
    if (!values.json) console.log(rowLine(row, rows[0]!));
  };
  for (const { name, ending, render } of formats)
    if (name === 'text' || isChosen(name))
      add(await measure({ name, ending }, samples, (sample) => render(sample.spec, sample.seed)));
  for (const about of values['no-exports'] ? [] : exports) {
    if (!isChosen(about.name)) continue;
    const program = await findProgram(about.program);
    if (program === null) {
      console.error(`${about.name}: ${about.program} is not installed; no row.`);
      continue;
    }
    const files = await exportNotices(about, program, samples);
    add(
      await measure(about, samples, async (_, i) => {
        const bytes = files[i];
        if (bytes === null || bytes === undefined) throw new Error(`${about.name}: ${samples[i]?.id} was not written`);
        return { bytes };
      }),
    );
  }
  const kinds = scans === 0 ? [] : scanKinds.filter((kind) => isChosen(`scan ${kind.name}`));
  const scanRows = await measureKinds(kinds, samplesToScan(scans, scans), 'auto', (row) => {
    if (!values.json) console.log(scanRowLine(row));
  });
  if (values.json) {
    console.log(
      JSON.stringify([
        ...rows.map(({ faults, report, ...row }) => ({ ...row, mean: report.mean, fields: report.fields })),
        ...scanRows.map(({ faults, lines, facts, kind, ...row }) => ({ format: `scan ${kind.name}`, ...row })),
      ]),
    );
  } else if (scanRows.length > 0) printCalibration(scanRows);
  if (values.misses) {
    for (const row of rows) for (const fault of row.faults) console.log(`  ${row.format}  ${fault}`);
    for (const row of scanRows) for (const fault of row.faults) console.log(`  scan ${row.kind.name}  ${fault}`);
  }
  const over = scanRows.flatMap((row) => overLimits(row).map((what) => `scan ${row.kind.name}: ${what}`));
  for (const what of over) console.error(`over its limits: ${what}`);
  return values.check && (over.length > 0 || rows.slice(1).some((row) => isOver(row, rows[0]!))) ? 1 : 0;
}

/** Renders, reads and scores every sample in one format. The time is that of reading alone. */
async function measure(
  { name, ending }: { readonly name: string; readonly ending: string },
  samples: readonly Sample[],
  render: (sample: Sample, index: number) => Promise<Rendered>,
): Promise<Row> {
  const regions: RegionEntry[] = JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));
  const sheets: ScoreSheet[] = [];
  const faults: string[] = [];
  const tables = { exact: 0, total: 0 };
  let boxes = { covered: 0, total: 0 };
  let failed = 0;
  let milliseconds = 0;
  for (const [index, sample] of samples.entries()) {
    const { bytes, truth } = await render(sample, index);
    const started = performance.now();
    const extraction = await extracted({ fileName: `${sample.id}.${ending}`, bytes }, regions);
    milliseconds += performance.now() - started;
    const sheet = scoreExtraction(sample.gold, extraction);
    sheets.push(sheet);
    faults.push(...sheet.misses.map(({ field, what }) => `${sample.id}  ${field}  ${what}`));
    if ('failed' in extraction) {
      failed++;
      continue;
    }
    const structure = scoreTableStructure(sample.spec, extraction);
    tables.exact += structure.exact;
    tables.total += structure.total;
    faults.push(...structure.faults.map((fault) => `${sample.id}  table  ${fault}`));
    if (truth === undefined) continue;
    const places = scoreEvidenceBoxes(truth, extraction);
    boxes = { covered: boxes.covered + places.covered, total: boxes.total + places.total };
    faults.push(...places.faults.map((fault) => `${sample.id}  box  ${fault}`));
  }
  return {
    format: name,
    report: summarizeScores(sheets),
    tables,
    boxes,
    failed,
    milliseconds: milliseconds / samples.length,
    faults,
  };
}

async function extracted(
  input: { fileName: string; bytes: Uint8Array },
  regions: readonly RegionEntry[],
): Promise<Extraction | { failed: string }> {
  try {
    return await extractFile(input, { regions });
  } catch (error) {
    // Anything but a clear refusal of the input is a fault, and shall be seen.
    if (!(error instanceof HongtouError)) throw error;
    return { failed: error.line };
  }
}

/** The field that fell furthest behind the text, and by how much. */
function worstField(row: Row, text: Row): { field: string; difference: number } {
  const known = new Map(text.report.fields.map(({ field, f1 }) => [field, f1]));
  return row.report.fields
    .map(({ field, f1 }) => ({ field, difference: f1 - (known.get(field) ?? 1) }))
    .reduce((worst, one) => (one.difference < worst.difference ? one : worst), { field: '-', difference: 0 });
}

function isOver(row: Row, text: Row): boolean {
  return (
    row.failed > 0 ||
    worstField(row, text).difference < -limits.fieldDifference ||
    row.tables.exact < row.tables.total * limits.tables ||
    row.boxes.covered < row.boxes.total * limits.boxes
  );
}

function rowLine(row: Row, text: Row): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(4));
  const { field, difference } = worstField(row, text);
  return [
    row.format.padEnd(28),
    `mean F1 ${row.report.mean.toFixed(4)}`,
    `worst against text ${difference.toFixed(4)} ${field}`.padEnd(50),
    `tables exact ${share(row.tables.exact, row.tables.total)} of ${row.tables.total}`,
    `boxes ${share(row.boxes.covered, row.boxes.total)} of ${row.boxes.total}`,
    `${row.milliseconds.toFixed(0)} ms`,
    ...(row.failed > 0 ? [`failed ${row.failed}`] : []),
  ].join('  ');
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${usage}`);
    process.exitCode = 2;
  },
);
