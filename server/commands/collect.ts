import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Collection, HongtouError, Period, type ReportStatus, reportStatusText } from '../../models/index.ts';
import { readUnits } from '../../pipeline/returns/readUnits.ts';
import { renderCollection } from '../../pipeline/returns/renderCollection.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import { readInput } from '../inputFile.ts';
import { readNotices } from '../namedNotices.ts';
import { reportFailure } from '../reportFailure.ts';
import { collectInFile } from '../returns/collectInFile.ts';
import { collectInLibrary } from '../returns/collectInLibrary.ts';
import type { CollectRequest, CollectRun } from '../returns/collectRequest.ts';
import { fillUpperForms } from '../returns/fillUpperForms.ts';
import { writeOutput } from '../writeOutput.ts';
import type { Command } from './command.ts';

export const collect: Command = {
  usage:
    'collect CAMPAIGN [FILE...] [--units UNITS.csv] [--period 2025-06] [--state FILE.json] [-o REPORT.xlsx] [--json] ' +
    '[--form-version N] [--upper NOTICE[#n2] --upper-output OUT.xlsx]',
  summary:
    'take filled forms in, check every cell, say who has reported and add up; CAMPAIGN is a notice, its id or that of its campaign in the library (which then keeps the record), or the record of an earlier run',
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
    const unitsFile = text('units');
    const asked: CollectRequest = {
      campaign,
      files: await expand(named),
      units: unitsFile === null ? null : await readUnits((await readInput(unitsFile)).bytes, unitsFile),
      period,
      version: flags['form-version'] === undefined ? null : Number(version),
      now: new Date().toISOString(),
    };
    const run: CollectRun = {
      config,
      signal,
      progress: io.progress,
      refuse: (file, reason) =>
        typeof reason === 'string'
          ? io.err(`hongtou: ${file}: ${reason}`)
          : reportFailure(io, file, reason, config.logLevel),
    };
    const inLibrary = await collectInLibrary(asked, run, typeof flags.data === 'string');
    if (inLibrary !== null && text('state') !== null) {
      io.err(`hongtou: of a notice in the library the library keeps the record, not --state. Usage: ${collect.usage}`);
      return 2;
    }
    const { collection, kept, failed } = inLibrary ?? (await collectInFile(asked, text('state'), run));
    if (signal.aborted) return 1;
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
    io.err(kept);
    return failed === 0 ? 0 : 1;
  },
};

const returnEndings = new Set(['.xlsx', '.csv', '.xls', '.et', '.ods', '.zip']);

/** Files as they are; of a folder the workbooks, CSV files and archives in it, by name. */
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
