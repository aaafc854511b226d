import { parseArgs } from 'node:util';
import { HongtouError } from '../../models/index.ts';
import { coverageMatrix, type MatrixMember } from '../../pipeline/compare/coverageMatrix.ts';
import { matrixReport } from '../../pipeline/compare/report/matrixReport.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { type CompareCommandDeps, writeReport } from './compare.ts';
import { type CommandIo, noticeOf } from './noticeArgument.ts';

export const matrixUsage = 'matrix UPPER LOWER... [--json] [-o REPORT.xlsx|.docx|.html]';

/**
 * `hongtou matrix UPPER LOWER...`: every item of the upper notice against every lower one. A lower notice that cannot be
 * read is reported and left out, and the exit status is 1.
 */
export async function matrixCommand(
  argv: readonly string[],
  io: CommandIo,
  { regions, resolve }: CompareCommandDeps = {},
): Promise<number> {
  let parsed: ReturnType<typeof parseMatrix>;
  try {
    parsed = parseMatrix(argv);
  } catch (error) {
    io.err(`hongtou: ${error instanceof Error ? error.message : String(error)}. Usage: ${matrixUsage}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const [upperArgument, ...lowerArguments] = positionals;
  if (upperArgument === undefined || lowerArguments.length === 0) {
    io.err(`hongtou: "matrix" was given ${positionals.length} arguments. Usage: ${matrixUsage}`);
    return 2;
  }
  const options = regions === undefined ? {} : { regions };
  let failed = 0;
  const read = async (argument: string) => {
    try {
      return await noticeOf(argument, options, resolve);
    } catch (error) {
      if (!(error instanceof HongtouError)) throw error;
      io.err(`hongtou: ${argument}: ${error.line}`);
      failed += 1;
      return undefined;
    }
  };
  const upper = await read(upperArgument);
  if (upper === undefined) return 1;
  const lowers: MatrixMember[] = [];
  for (const argument of lowerArguments) {
    const lower = await read(argument);
    if (lower !== undefined) lowers.push({ id: argument, ...lower });
  }
  if (lowers.length === 0) return 1;
  const matrix = coverageMatrix(upper, lowers);
  if (values.json) await io.out(`${JSON.stringify(matrix, null, 2)}\n`);
  if (values.output !== undefined) {
    try {
      await writeReport(matrixReport(matrix), values.output);
    } catch (error) {
      io.err(`hongtou: ${values.output}: ${error instanceof HongtouError ? error.line : (error as Error).message}`);
      return error instanceof HongtouError ? 2 : 1;
    }
  } else if (!values.json) await io.out(renderText(matrixReport(matrix)));
  return failed === 0 ? 0 : 1;
}

function parseMatrix(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: { json: { type: 'boolean' }, output: { type: 'string', short: 'o' } },
  });
}
