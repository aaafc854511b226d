import type { Response } from 'express';
import { z } from 'zod';
import { renderDocx } from '../../pipeline/compare/report/renderDocx.ts';
import { renderHtml } from '../../pipeline/compare/report/renderHtml.ts';
import { renderXlsx } from '../../pipeline/compare/report/renderXlsx.ts';
import type { Report } from '../../pipeline/compare/report/report.ts';
import { contentDisposition } from './fileName.ts';

export const ReportFormat = z.enum(['xlsx', 'docx', 'html']);
type ReportFormat = z.infer<typeof ReportFormat>;

export const reportTypes: Readonly<Record<ReportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
};

/** Sends a report as a download, never to be shown as a page of ours. `name`: without ending. */
export async function sendReport(
  response: Response,
  report: Report,
  format: ReportFormat,
  name: string,
): Promise<void> {
  const render = { xlsx: renderXlsx, docx: renderDocx, html: renderHtml }[format];
  const content = await render(report);
  response.setHeader('Content-Type', reportTypes[format]);
  response.setHeader('Content-Disposition', contentDisposition('attachment', `${name}.${format}`));
  response.setHeader('Cache-Control', 'no-store');
  response.end(content);
}
