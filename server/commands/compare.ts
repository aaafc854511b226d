import { HongtouError } from '../../models/index.ts';
import { checkCalendar } from '../../pipeline/compare/calendar.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { comparisonReport } from '../../pipeline/compare/report/comparisonReport.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { comparedNotice } from '../namedNotices.ts';
import { reportFailure } from '../reportFailure.ts';
import { reportEndings, writeReport } from '../writeReport.ts';
import type { Command } from './command.ts';

export const compare: Command = {
  usage: 'compare LEFT RIGHT [--json] [-o REPORT.xlsx|.docx|.html]',
  summary: 'what the right (lower level, or later) notice kept, changed, dropped, added; files, FILE#n2 or library ids',
  options: { json: { type: 'boolean' }, output: { type: 'string', short: 'o' } },
  arguments: [2, 2],
  async run({ positionals, flags, config, io, signal }) {
    const output = typeof flags.output === 'string' ? flags.output : null;
    if (output !== null && !reportEndings.test(output)) {
      io.err(`hongtou: "${output}" must end in .xlsx, .docx or .html. Usage: ${compare.usage}`);
      return 2;
    }
    const sides = [];
    for (const argument of positionals) {
      try {
        sides.push(await comparedNotice(argument, config, signal));
      } catch (error) {
        if (!(error instanceof HongtouError)) throw error;
        reportFailure(io, argument, error, config.logLevel);
      }
    }
    const [left, right] = sides;
    if (left === undefined || right === undefined) return 1;
    const comparison = compareNotices(left, right);
    const report = comparisonReport(comparison, checkCalendar(left.notice, right.notice));
    if (output !== null) await writeReport(report, output);
    if (flags.json === true) await io.out(`${JSON.stringify(comparison, null, 2)}\n`);
    else if (output === null) await io.out(renderText(report));
    return 0;
  },
};
