import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { HongtouError } from '../../models/index.ts';
import type { RegionEntry } from '../../models/text/regions.ts';
import { checkCalendar } from '../../pipeline/compare/calendar.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { comparisonReport } from '../../pipeline/compare/report/comparisonReport.ts';
import { renderDocx } from '../../pipeline/compare/report/renderDocx.ts';
import { renderHtml } from '../../pipeline/compare/report/renderHtml.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { renderXlsx } from '../../pipeline/compare/report/renderXlsx.ts';
import type { Report } from '../../pipeline/compare/report/report.ts';
import { type CommandIo, noticeOf, type SourceResolver } from './noticeArgument.ts';

export const compareUsage = 'compare LEFT RIGHT [--json] [-o REPORT.xlsx|.docx|.html]';

export interface CompareCommandDeps {
  readonly regions?: readonly RegionEntry[] | undefined;
  /** Finds library ids; without it every argument is a file. */
  readonly resolve?: SourceResolver;
}

/** Writes a report in the format of the file's ending. Throws HongtouError for an ending that is none. */
export async function writeReport(report: Report, file: string): Promise<void> {
  const ending = /\.(xlsx|docx|html?)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === undefined)
    throw new HongtouError('BAD_REQUEST', { reason: `"${file}" must end in .xlsx, .docx or .html` });
  const content =
    ending === 'xlsx' ? await renderXlsx(report) : ending === 'docx' ? await renderDocx(report) : renderHtml(report);
  await writeFile(file, content);
}

/** `hongtou compare LEFT RIGHT`: what the right notice kept, changed, dropped and added. Resolves with the exit status. */
export async function compareCommand(
  argv: readonly string[],
  io: CommandIo,
  { regions, resolve }: CompareCommandDeps = {},
): Promise<number> {
  let parsed: ReturnType<typeof parseCompare>;
  try {
    parsed = parseCompare(argv);
  } catch (error) {
    io.err(`hongtou: ${error instanceof Error ? error.message : String(error)}. Usage: ${compareUsage}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (positionals.length !== 2) {
    io.err(`hongtou: "compare" was given ${positionals.length} arguments. Usage: ${compareUsage}`);
    return 2;
  }
  const sides = [];
  let failed = false;
  for (const argument of positionals) {
    try {
      sides.push(await noticeOf(argument, regions === undefined ? {} : { regions }, resolve));
    } catch (error) {
      if (!(error instanceof HongtouError)) throw error;
      io.err(`hongtou: ${argument}: ${error.line}`);
      failed = true;
    }
  }
  const [left, right] = sides;
  if (failed || left === undefined || right === undefined) return 1;
  const comparison = compareNotices(left, right);
  if (values.json) {
    await io.out(`${JSON.stringify(comparison, null, 2)}\n`);
    if (values.output === undefined) return 0;
  }
  const report = comparisonReport(comparison, checkCalendar(left.notice, right.notice));
  if (values.output !== undefined) {
    try {
      await writeReport(report, values.output);
    } catch (error) {
      io.err(`hongtou: ${values.output}: ${error instanceof HongtouError ? error.line : (error as Error).message}`);
      return error instanceof HongtouError ? 2 : 1;
    }
  } else await io.out(renderText(report));
  return 0;
}

function parseCompare(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: { json: { type: 'boolean' }, output: { type: 'string', short: 'o' } },
  });
}
