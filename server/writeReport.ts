import { renderDocx } from '../pipeline/compare/report/renderDocx.ts';
import { renderHtml } from '../pipeline/compare/report/renderHtml.ts';
import { renderXlsx } from '../pipeline/compare/report/renderXlsx.ts';
import type { Report } from '../pipeline/compare/report/report.ts';
import { writeOutput } from './writeOutput.ts';

export const reportEndings = /\.(?:xlsx|docx|html?)$/i;

/** Writes a report of a comparison in the format of the file's ending. */
export async function writeReport(report: Report, file: string): Promise<void> {
  const ending = file.slice(file.lastIndexOf('.')).toLowerCase();
  const render = ending === '.xlsx' ? renderXlsx : ending === '.docx' ? renderDocx : renderHtml;
  const content = await render(report);
  await writeOutput(file, typeof content === 'string' ? new TextEncoder().encode(content) : content);
}
