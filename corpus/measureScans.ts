import { readFileSync } from 'node:fs';
import { type Extraction, HongtouError, type Layout, type SourceFile } from '../models/index.ts';
import type { RegionEntry } from '../models/text/regions.ts';
import type { PageStore } from '../pipeline/ocr/keptPages.ts';
import { type EngineChoice, type OcrEngines, openEngines } from '../pipeline/ocr/openEngines.ts';
import { read } from '../pipeline/read/index.ts';
import { recognizeFile } from '../pipeline/recognizeFile.ts';
import { extractLayout } from '../pipeline/run.ts';
import { layOut } from './generator/layOut.ts';
import { renderPdf } from './generator/pdf.ts';
import { type ScanPage, scanPages } from './generator/scan.ts';
import { scanPdf } from './generator/scanPdf.ts';
import { corpusSamples, randomSamples, type Sample, sealedSamples } from './samples.ts';
import type { ScanKind } from './scanKinds.ts';
import { characterErrors, keyFields, type Said, scoreLines, signatureFault } from './scanTruth.ts';
import { scoreExtraction, summarizeScores } from './score.ts';
import type { ScoreSheet } from './scoreSheet.ts';
import { scoreTableStructure } from './tableTruth.ts';

/** A sample as one way of scanning left it. */
export interface ScannedSample extends Sample {
  readonly scans: readonly ScanPage[];
  readonly input: SourceFile;
}

/** What was read of one scanned notice, beside what is printed. */
export interface ScanScore {
  readonly pages: number;
  /** Of recognising alone. */
  readonly milliseconds: number;
  readonly wrong: number;
  readonly characters: number;
  readonly sheet: ScoreSheet;
  readonly keys: { readonly right: number; readonly total: number };
  readonly tables: { readonly exact: number; readonly total: number };
  readonly sealed: { readonly right: number; readonly total: number };
  readonly lines: readonly Said[];
  readonly facts: readonly Said[];
  readonly faults: readonly string[];
}

/** One way of scanning, over all samples. */
export interface ScanRow extends Omit<ScanScore, 'sheet'> {
  readonly kind: ScanKind;
  /** Mean F1 over the fields. */
  readonly fields: number;
}

/** Notices to be scanned: so many of the corpus, spread over it, and so many made at random; and short sealed ones. */
export const samplesToScan = (ofCorpus: number, atRandom: number, sealed = 0): Sample[] => [
  ...corpusSamples(ofCorpus),
  ...randomSamples(atRandom, 5000),
  ...sealedSamples(sealed, 1),
];

export const invented = (): RegionEntry[] =>
  JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8'));

export async function scanSample(kind: ScanKind, sample: Sample): Promise<ScannedSample> {
  const scans = await scanPages(layOut(sample.spec, sample.seed), { ...kind.options, seed: sample.seed });
  return { ...sample, scans, input: { fileName: `${sample.id}.pdf`, bytes: await scanPdf(scans) } };
}

/** Reads and scores one scanned notice; where its pages are kept, only what comes after reading them is done anew. */
export async function scoreScan(
  { id, spec, gold, seed, scans, input }: ScannedSample,
  engines: OcrEngines,
  regions: readonly RegionEntry[],
  pages?: PageStore,
): Promise<ScanScore> {
  const layout = await read(input);
  const started = performance.now();
  const recognized = await recognizeFile(layout, input, { engines, regions, ...(pages && { pages }) });
  const milliseconds = performance.now() - started;
  const extraction = extracted(input, recognized, regions);
  const errors = characterErrors(scans, recognized);
  const sheet = scoreExtraction(gold, extraction);
  const faults = [
    ...errors.faults.map((fault) => `${id}  characters  ${fault}`),
    ...sheet.misses.map(({ field, what }) => `${id}  ${field}  ${what}`),
  ];
  const score = {
    pages: scans.length,
    milliseconds,
    wrong: errors.wrong,
    characters: errors.characters,
    sheet,
    lines: scoreLines(scans, recognized),
  };
  if ('failed' in extraction) {
    const none = { right: 0, total: 0 };
    return { ...score, keys: none, tables: { exact: 0, total: 0 }, sealed: none, facts: [], faults };
  }
  // What the text of the same notice gives is what a scan can give.
  const printed: SourceFile = { fileName: `${id}.pdf`, bytes: (await renderPdf(spec, { seed })).bytes };
  const reference = extractLayout(printed, await read(printed), { regions });
  const keys = keyFields(reference, extraction);
  const signature = spec.sealed ? signatureFault(reference, extraction) : null;
  const underSeal = spec.sealed && signature === null;
  const tables = scoreTableStructure(spec, extraction);
  return {
    ...score,
    keys,
    tables,
    sealed: { right: underSeal ? 1 : 0, total: spec.sealed ? 1 : 0 },
    facts: keys.facts,
    faults: [
      ...faults,
      ...keys.faults.map((fault) => `${id}  key  ${fault}`),
      ...(spec.sealed && !underSeal ? [`${id}  under the seal  ${signature}`] : []),
      ...tables.faults.map((fault) => `${id}  table  ${fault}`),
    ],
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

/** Scans, reads and scores every sample in one way. */
export async function measureScans(
  kind: ScanKind,
  samples: readonly Sample[],
  engines: OcrEngines,
  regions: readonly RegionEntry[],
): Promise<ScanRow> {
  const scores: ScanScore[] = [];
  for (const sample of samples) scores.push(await scoreScan(await scanSample(kind, sample), engines, regions));
  return sumScores(kind, scores);
}

/** One row after the other, each told when it is there. */
export async function measureKinds(
  kinds: readonly ScanKind[],
  samples: readonly Sample[],
  choice: EngineChoice,
  onRow: (row: ScanRow) => void,
): Promise<ScanRow[]> {
  if (kinds.length === 0) return [];
  const engines = await openEngines(choice);
  const rows: ScanRow[] = [];
  try {
    for (const kind of kinds) {
      const row = await measureScans(kind, samples, engines, invented());
      rows.push(row);
      onRow(row);
    }
  } finally {
    await engines.close();
  }
  return rows;
}

export function sumScores(kind: ScanKind, scores: readonly ScanScore[]): ScanRow {
  const sum = (value: (score: ScanScore) => number): number => scores.reduce((total, one) => total + value(one), 0);
  return {
    kind,
    pages: sum((s) => s.pages),
    milliseconds: sum((s) => s.milliseconds),
    wrong: sum((s) => s.wrong),
    characters: sum((s) => s.characters),
    keys: { right: sum((s) => s.keys.right), total: sum((s) => s.keys.total) },
    tables: { exact: sum((s) => s.tables.exact), total: sum((s) => s.tables.total) },
    sealed: { right: sum((s) => s.sealed.right), total: sum((s) => s.sealed.total) },
    fields: summarizeScores(scores.map((s) => s.sheet)).mean,
    lines: scores.flatMap((s) => s.lines),
    facts: scores.flatMap((s) => s.facts),
    faults: scores.flatMap((s) => s.faults),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** What a row does not reach, in words; empty where it keeps its limits. */
export function overLimits(row: ScanRow): string[] {
  const { limits } = row.kind;
  const wrong = share(row.wrong, row.characters);
  const checks: readonly (readonly [name: string, value: number, least: number | undefined])[] = [
    ['key fields', share(row.keys.right, row.keys.total), limits.keyFields],
    ['fields F1', row.fields, limits.fields],
    ['tables', share(row.tables.exact, row.tables.total), limits.tables],
    ['under seal', share(row.sealed.right, row.sealed.total), limits.underSeal],
  ];
  return [
    ...(limits.characters !== undefined && wrong > limits.characters
      ? [`characters wrong ${(100 * wrong).toFixed(2)} %, at most ${100 * limits.characters} %`]
      : []),
    ...checks.flatMap(([name, value, least]) =>
      least !== undefined && value < least ? [`${name} ${value.toFixed(3)}, at least ${least}`] : [],
    ),
  ];
}

export function scanRowLine(row: ScanRow): string {
  return [
    `scan ${row.kind.name}`.padEnd(28),
    `${row.pages} pages`,
    `characters wrong ${(100 * share(row.wrong, row.characters)).toFixed(2)} %`,
    `key fields ${share(row.keys.right, row.keys.total).toFixed(3)} of ${row.keys.total}`,
    `mean F1 ${row.fields.toFixed(4)}`,
    `tables exact ${row.tables.exact}/${row.tables.total}`,
    `under seal ${row.sealed.right}/${row.sealed.total}`,
    `${Math.round(row.milliseconds / Math.max(1, row.pages))} ms a page`,
  ].join('  ');
}
