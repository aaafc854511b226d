import { z } from 'zod';
import { Comparison, Finding, HongtouError } from '../../../models/index.ts';
import { calendarFindings, checkCalendar } from '../../../pipeline/compare/calendar.ts';
import { type ComparedNotice, compareNotices } from '../../../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../../../pipeline/compare/effectiveNotice.ts';
import { comparisonReport } from '../../../pipeline/compare/report/comparisonReport.ts';
import { renderDocx } from '../../../pipeline/compare/report/renderDocx.ts';
import { renderXlsx } from '../../../pipeline/compare/report/renderXlsx.ts';
import { maskExtraction } from '../../maskContacts.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream, none } from '../route.ts';

const address = z
  .string()
  .regex(/^[0-9a-f]{64}(\.n\d{1,4})?$/)
  .meta({ description: 'FILE or FILE.n2: a notice of a file; without .n2 the one that holds the content.' });
const sides = { left: address, right: address };

const compare = defineRoute({
  method: 'get',
  path: '/api/compare',
  operationId: 'compareNotices',
  summary: 'What the right (lower level, or later) notice kept, changed, dropped and added of the left one.',
  params: none,
  query: z.strictObject(sides),
  body: none,
  response: z
    .object({
      comparison: Comparison,
      calendar: z.array(Finding).readonly().meta({ description: 'Where the right is owed too late for the left.' }),
    })
    .readonly()
    .meta({ id: 'ComparisonAnswer', title: '比对和期限核对' }),
  async handle({ query, context }) {
    const left = await comparedNotice(context, query.left);
    const right = await comparedNotice(context, query.right);
    return { comparison: compareNotices(left, right), calendar: calendarFindings(left.notice, right.notice) };
  },
});

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

const report = defineStream({
  method: 'get',
  path: '/api/compare/report',
  operationId: 'downloadComparison',
  summary: 'The same as a workbook or a document.',
  params: none,
  query: z.strictObject({ ...sides, format: z.enum(['xlsx', 'docx']).default('xlsx') }),
  body: none,
  responseType: types.xlsx,
  async stream({ query, context, response }) {
    const left = await comparedNotice(context, query.left);
    const right = await comparedNotice(context, query.right);
    const content = comparisonReport(compareNotices(left, right), checkCalendar(left.notice, right.notice));
    const bytes = query.format === 'xlsx' ? await renderXlsx(content) : await renderDocx(content);
    const number = ({ notice }: ComparedNotice) => notice.documentNumber?.value ?? notice.issuingBody?.value ?? '公文';
    response.setHeader('Content-Type', types[query.format]);
    response.setHeader(
      'Content-Disposition',
      contentDisposition('attachment', `比对_${number(left)}_${number(right)}.${query.format}`),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.end(bytes);
  },
});

/** A notice of the library with all that it passes on. */
async function comparedNotice({ library, config }: Context, named: string): Promise<ComparedNotice> {
  const [fileId = '', noticeId] = named.split('.');
  const file = await library.store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  const stored = await library.store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  const extraction = config.maskContacts ? maskExtraction(stored.extraction) : stored.extraction;
  const notice =
    noticeId === undefined
      ? contentNotice(extraction.notices)
      : extraction.notices.find((candidate) => candidate.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of this file` });
  return { fileName: file.fileName, notice: effectiveNotice(notice, extraction.notices), text: extraction.text };
}

export const compareRoutes = [compare, report];
