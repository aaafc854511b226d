import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type Collection,
  CollectState,
  decodeCsv,
  emptyCollectState,
  type FormModel,
  HongtouError,
  Period,
  parseUnits,
  type ReportStatus,
  reportStatusText,
  type SourceFile,
} from '../../models/index.ts';
import { readReturnFile } from '../../pipeline/readReturnFile.ts';
import { collect as collectReturns } from '../../pipeline/returns/collect.ts';
import type { ReceivedReturn } from '../../pipeline/returns/importReturns.ts';
import { renderCollection } from '../../pipeline/returns/renderCollection.ts';
import { formModels } from '../../pipeline/template/formModel.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import type { Config } from '../config.ts';
import { readInput } from '../inputFile.ts';
import { readNotices } from '../namedNotices.ts';
import { reportFailure } from '../reportFailure.ts';
import { fillUpperForms } from '../returns/fillUpperForms.ts';
import { writeOutput } from '../writeOutput.ts';
import type { Command } from './command.ts';

export const collect: Command = {
  usage:
    'collect CAMPAIGN [FILE...] [--units UNITS.csv] [--period 2025-06] [--state FILE.json] [-o REPORT.xlsx] [--json] ' +
    '[--form-version N] [--upper NOTICE[#n2] --upper-output OUT.xlsx]',
  summary:
    'take filled forms in, check every cell, say who has reported and add up; CAMPAIGN is the notice or the record of an earlier run',
  options: {
    units: { type: 'string' },
    period: { type: 'string' },
    state: { type: 'string' },
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
    'form-version': { type: 'string' },
    upper: { type: 'string' },
    'upper-output': { type: 'string' },
  },
  arguments: [1, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io, signal }) {
    const [campaign, ...named] = positionals as [string, ...string[]];
    const text = (name: string) => (typeof flags[name] === 'string' ? (flags[name] as string) : null);
    const period = text('period');
    const version = text('form-version') ?? '1';
    if ((period !== null && !Period.safeParse(period).success) || !/^[1-9]\d{0,3}$/.test(version)) {
      io.err(`hongtou: a period is 2025-06, 2025-Q2, 2025-H1, 2025-W23 or 2025. Usage: ${collect.usage}`);
      return 2;
    }
    const [upper, upperOutput] = [text('upper'), text('upper-output')];
    if ((upper === null) !== (upperOutput === null)) {
      io.err(`hongtou: the upper level's form needs both --upper and --upper-output. Usage: ${collect.usage}`);
      return 2;
    }
    const begun = await begin(campaign, text('state'), Number(version), config, signal);
    const unitsFile = text('units');
    const units = unitsFile === null ? undefined : parseUnits(decodeCsv((await readInput(unitsFile)).bytes));

    const received: ReceivedReturn[] = [];
    let failed = 0;
    const files = await expand(named);
    for (const [index, file] of files.entries()) {
      if (signal.aborted) return 1;
      io.progress(`${index + 1}/${files.length} ${file}`);
      try {
        received.push(await readOne(file, begun.forms));
      } catch (error) {
        failed += 1;
        reportFailure(io, file, error, config.logLevel);
      }
    }
    const collection = collectReturns(begun.added, received, begun.state, {
      period,
      ...(units && { units }),
      now: new Date().toISOString(),
    });
    await writeOutput(begun.file, `${JSON.stringify(collection.state)}\n`);
    const report = text('output');
    if (report !== null) await writeOutput(report, await renderCollection(collection));
    if (upper !== null && upperOutput !== null) {
      const { notices, fileName } = await readNotices(upper, config, signal);
      const filled = fillUpperForms(collection.state.forms, collection.consolidated, notices);
      if (filled.length === 0) throw new HongtouError('NO_TABLE', { fileName });
      await writeOutput(
        upperOutput,
        await renderXlsx(
          filled.map((one) => one.form),
          filled.map((one) => one.values),
        ),
      );
      for (const { form, unfilled } of filled) {
        for (const { message } of unfilled) io.err(`${form.title}: ${message}`);
      }
    }
    if (flags.json === true) {
      const { state: _, ...rest } = collection;
      await io.out(`${JSON.stringify(rest, null, 2)}\n`);
    } else await io.out(summary(collection));
    io.err(`${begun.file}: ${collection.state.returns.length} returns of ${collection.state.imports.length} files`);
    return failed === 0 ? 0 : 1;
  },
};

interface Begun {
  readonly state: CollectState;
  /** Forms of the notice that may be new to the record. */
  readonly added: readonly FormModel[];
  /** All forms, those of the record first. */
  readonly forms: readonly FormModel[];
  /** Where the record is kept. */
  readonly file: string;
}

async function begin(
  campaign: string,
  stateFile: string | null,
  version: number,
  config: Config,
  signal: AbortSignal,
): Promise<Begun> {
  if (path.extname(campaign).toLowerCase() === '.json') {
    const state = await readState(campaign);
    if (state !== null) return { state, added: [], forms: state.forms, file: stateFile ?? campaign };
  }
  const { fileName, notices } = await readNotices(campaign, config, signal);
  const added = notices
    .flatMap((notice) => formModels(notice, { version }))
    .filter((form) => form.grid.cells.some((cell) => cell.use === 'open'));
  if (added.length === 0) throw new HongtouError('NO_TABLE', { fileName });
  const file = stateFile ?? `${path.basename(fileName, path.extname(fileName))}.collect.json`;
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  const state = exists
    ? await readState(file)
    : emptyCollectState(notices[0]?.campaign?.name ?? notices[0]?.title?.value ?? null);
  if (state === null) {
    throw new HongtouError('BAD_STATE', { fileName: file, reason: 'it holds something else' });
  }
  return { state, added, forms: [...state.forms, ...added], file };
}

/** The record of an earlier run; null for another JSON file, such as the extraction of a notice. */
async function readState(file: string): Promise<CollectState | null> {
  const { bytes, fileName } = await readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new HongtouError('BAD_STATE', { fileName, reason: 'it is not JSON' }, { cause: error });
  }
  const parsed = CollectState.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const returnEndings = new Set(['.xlsx', '.csv', '.xls', '.et', '.ods']);

/** Files as they are; of a folder the workbooks and CSV files in it, by name. */
async function expand(named: readonly string[]): Promise<readonly string[]> {
  const files = await Promise.all(
    named.map(async (name) => {
      const found = await stat(name).catch(() => null);
      if (!found?.isDirectory()) return [name];
      const inside = await readdir(name);
      return inside
        .filter(
          (file) =>
            returnEndings.has(path.extname(file).toLowerCase()) && !file.startsWith('~$') && !file.startsWith('.'),
        )
        .sort()
        .map((file) => path.join(name, file));
    }),
  );
  return files.flat();
}

/** A return arrived when its file was last written. */
async function readOne(file: string, forms: readonly FormModel[]): Promise<ReceivedReturn> {
  const input: SourceFile = await readInput(file);
  const { mtime } = await stat(file);
  return { result: await readReturnFile(input.bytes, input.fileName, forms), receivedAt: mtime.toISOString() };
}

/** Where things stand, for people. */
function summary({ taken, unchanged, issues, matrix, consolidated }: Collection): string {
  const counts = new Map<ReportStatus, number>();
  for (const { status } of matrix) counts.set(status, (counts.get(status) ?? 0) + 1);
  const missing = matrix.filter((entry) => entry.status === 'missing').map((entry) => `${entry.period} ${entry.unit}`);
  const shown = issues.filter((issue) => issue.severity !== 'info');
  return `${[
    `新收${taken.length}个文件，已收过的${unchanged.length}个`,
    `报送情况：${[...counts].map(([status, count]) => `${reportStatusText[status]}${count}`).join('，') || '无'}`,
    ...(missing.length > 0
      ? [`未报：${missing.slice(0, 20).join('、')}${missing.length > 20 ? ` 等${missing.length}个` : ''}`]
      : []),
    ...consolidated.map(
      (one) =>
        `${one.period} ${one.tableTitle}：应报${one.expected}，已报${one.reported}${one.excluded.length > 0 ? `，${one.excluded.length}格待更正` : ''}`,
    ),
    ...shown.map((issue) => `${issue.severity === 'error' ? '错误' : '警告'}  ${issue.message}`),
  ].join('\n')}\n`;
}
