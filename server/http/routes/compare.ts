import { z } from 'zod';
import { NoticeAddress } from '../../../models/api/matrix.ts';
import { Comparison, Finding } from '../../../models/index.ts';
import { calendarFindings, checkCalendar } from '../../../pipeline/compare/calendar.ts';
import { type ComparedNotice, compareNotices } from '../../../pipeline/compare/compareNotices.ts';
import { comparisonReport } from '../../../pipeline/compare/report/comparisonReport.ts';
import { libraryNotice } from '../../libraryNotice.ts';
import { defineRoute, defineStream, none } from '../route.ts';
import { ReportFormat, reportTypes, sendReport } from '../sendReport.ts';

const sides = { left: NoticeAddress, right: NoticeAddress };

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
    const left = await libraryNotice(context.library, context.config, query.left);
    const right = await libraryNotice(context.library, context.config, query.right);
    return { comparison: compareNotices(left, right), calendar: calendarFindings(left.notice, right.notice) };
  },
});

const report = defineStream({
  method: 'get',
  path: '/api/compare/report',
  operationId: 'downloadComparison',
  summary: 'The same as a workbook or a document.',
  params: none,
  query: z.strictObject({ ...sides, format: ReportFormat.default('xlsx') }),
  body: none,
  responseType: reportTypes.xlsx,
  async stream({ query, context, response }) {
    const left = await libraryNotice(context.library, context.config, query.left);
    const right = await libraryNotice(context.library, context.config, query.right);
    const content = comparisonReport(compareNotices(left, right), checkCalendar(left.notice, right.notice));
    const number = ({ notice }: ComparedNotice) => notice.documentNumber?.value ?? notice.issuingBody?.value ?? '公文';
    await sendReport(response, content, query.format, `比对_${number(left)}_${number(right)}`);
  },
});

export const compareRoutes = [compare, report];
