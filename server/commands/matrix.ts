import { HongtouError } from '../../models/index.ts';
import { coverageMatrix, type MatrixMember } from '../../pipeline/compare/coverageMatrix.ts';
import { matrixReport } from '../../pipeline/compare/report/matrixReport.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { comparedNotice } from '../namedNotices.ts';
import { reportFailure } from '../reportFailure.ts';
import { reportEndings, writeReport } from '../writeReport.ts';
import type { Command } from './command.ts';

export const matrix: Command = {
  usage: 'matrix UPPER LOWER... [--json] [-o REPORT.xlsx|.docx|.html]',
  summary: 'every item of the upper notice against every lower one: kept, changed, weakened, dropped, out of remit',
  options: { json: { type: 'boolean' }, output: { type: 'string', short: 'o' } },
  arguments: [2, Number.POSITIVE_INFINITY],
  async run({ positionals, flags, config, io, signal }) {
    const output = typeof flags.output === 'string' ? flags.output : null;
    if (output !== null && !reportEndings.test(output)) {
      io.err(`hongtou: "${output}" must end in .xlsx, .docx or .html. Usage: ${matrix.usage}`);
      return 2;
    }
    const [first, ...others] = positionals as [string, ...string[]];
    const upper = await comparedNotice(first, config, signal);
    const lowers: MatrixMember[] = [];
    for (const [index, argument] of others.entries()) {
      io.progress(`${index + 1}/${others.length} ${argument}`);
      try {
        lowers.push({ id: argument, ...(await comparedNotice(argument, config, signal)) });
      } catch (error) {
        if (!(error instanceof HongtouError)) throw error;
        reportFailure(io, argument, error, config.logLevel);
      }
    }
    if (lowers.length === 0) return 1;
    const result = coverageMatrix(upper, lowers);
    if (output !== null) await writeReport(matrixReport(result), output);
    if (flags.json === true) await io.out(`${JSON.stringify(result, null, 2)}\n`);
    else if (output === null) await io.out(renderText(matrixReport(result)));
    return lowers.length === others.length ? 0 : 1;
  },
};
