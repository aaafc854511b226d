import { z } from 'zod';
import { Board, FilledUpper, Series, Summary } from '../../../models/api/collection.ts';
import { type FormModel, HongtouError, Period, periodText } from '../../../models/index.ts';
import { contentNotice } from '../../../pipeline/compare/effectiveNotice.ts';
import {
  comparisonCsv,
  issuesCsv,
  matrixCsv,
  renderCollection,
  unitDetailCsv,
} from '../../../pipeline/returns/renderCollection.ts';
import { renderXlsx } from '../../../pipeline/template/renderXlsx.ts';
import { maskExtraction } from '../../maskContacts.ts';
import {
  boardOf,
  openedCollection,
  seriesOf,
  summaryOf,
  versionsOf,
  wholeCollection,
} from '../../returns/collectionViews.ts';
import { fillUpperForms } from '../../returns/fillUpperForms.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream, none } from '../route.ts';
import { collectionParams } from './collections.ts';
import { masked } from './returns.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const table = z.coerce.number().int().min(1).max(9_999).meta({ description: 'The how-manieth table of the notice.' });
const now = () => new Date().toISOString();

const board = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/board',
  operationId: 'getBoard',
  summary: 'Unit × period of one table: reported, late, missing, on an old version; when each period is due.',
  params: collectionParams,
  query: z.strictObject({
    table,
    period: Period.optional().meta({ description: 'Only this one.' }),
    last: z.coerce.number().int().min(1).max(24).default(6).meta({ description: 'How many periods, the latest.' }),
  }),
  body: none,
  response: Board,
  async handle({ params: { collectionId }, query, context }) {
    const { store } = context.library;
    const opened = await openedCollection(store, collectionId);
    const asked = { period: query.period ?? null, last: query.last, now: now() };
    return boardOf(store, opened, query.table, asked);
  },
});

const summary = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/summary',
  operationId: 'getReturnSummary',
  summary: 'One table of one period added up: over the units, up the levels, against the last period, year to date.',
  params: collectionParams,
  query: z.strictObject({ table, period: Period }),
  body: none,
  response: Summary,
  async handle({ params: { collectionId }, query, context }) {
    const { store } = context.library;
    const opened = await openedCollection(store, collectionId);
    return masked(context, await summaryOf(store, opened, query.table, query.period));
  },
});

const series = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/series',
  operationId: 'getReturnSeries',
  summary: 'What one table added up to in each of its periods, by indicator.',
  params: collectionParams,
  query: z.strictObject({ table }),
  body: none,
  response: Series,
  async handle({ params: { collectionId }, query, context }) {
    const { store } = context.library;
    return seriesOf(store, await openedCollection(store, collectionId), query.table);
  },
});

const report = defineStream({
  method: 'get',
  path: '/api/collections/{collectionId}/report',
  operationId: 'downloadReturns',
  summary:
    'What was collected as a workbook, or as CSV: the sums, every unit’s figures, who has reported, or what is wrong. No text ' +
    'in it is ever a formula.',
  params: collectionParams,
  query: z.strictObject({
    table: table.optional(),
    period: Period.optional(),
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    content: z
      .enum(['sums', 'units', 'board', 'issues'])
      .default('sums')
      .meta({ description: 'Of CSV; a workbook holds all.' }),
  }),
  body: none,
  responseType: xlsx,
  async stream({ params: { collectionId }, query, context, response }) {
    const { store } = context.library;
    const opened = await openedCollection(store, collectionId);
    const asked = { table: query.table ?? null, period: query.period ?? null, now: now() };
    const collection = masked(context, await wholeCollection(store, opened, asked));
    const csv = {
      sums: () => comparisonCsv(collection),
      units: () => unitDetailCsv(collection),
      board: () => matrixCsv(collection),
      issues: () => issuesCsv(collection),
    };
    const bytes = query.format === 'xlsx' ? await renderCollection(collection) : csv[query.content]();
    const title = asked.table === null ? opened.record.title : versionsOf(opened, asked.table).form.identity.tableTitle;
    const what =
      query.format === 'xlsx'
        ? '汇总'
        : { sums: '汇总', units: '各单位', board: '报送情况', issues: '问题' }[query.content];
    const name = [title.slice(0, 80), what, asked.period === null ? null : periodText(asked.period)]
      .filter(Boolean)
      .join('_');
    response.setHeader('Content-Type', query.format === 'xlsx' ? xlsx : 'text/csv; charset=utf-8');
    response.setHeader('Content-Disposition', contentDisposition('attachment', `${name}.${query.format}`));
    response.setHeader('Cache-Control', 'no-store');
    response.end(bytes);
  },
});

const upperQuery = {
  notice: z
    .string()
    .regex(/^[0-9a-f]{64}(\.n\d{1,4})?$/)
    .meta({
      description: 'FILE or FILE.n2: the notice of the upper level; without .n2 the one that holds the content.',
    }),
  period: Period,
};

const upper = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/upper',
  operationId: 'fillUpperForm',
  summary: 'The upper level’s forms filled from ours by the mapping of rows and columns, and what of them stays open.',
  params: collectionParams,
  query: z.strictObject(upperQuery),
  body: none,
  response: z
    .object({ items: z.array(FilledUpper).readonly() })
    .readonly()
    .meta({ id: 'FilledUpperList', title: '上级表列表' }),
  handle: async ({ params: { collectionId }, query, context }) => ({
    items: await filledUpper(context, collectionId, query.notice, query.period),
  }),
});

const upperDownload = defineStream({
  method: 'get',
  path: '/api/collections/{collectionId}/upper/download',
  operationId: 'downloadUpperForm',
  summary: 'The same as a workbook, ready to be sent up.',
  params: collectionParams,
  query: z.strictObject(upperQuery),
  body: none,
  responseType: xlsx,
  async stream({ params: { collectionId }, query, context, response }) {
    const filled = await filledUpper(context, collectionId, query.notice, query.period);
    const forms: readonly FormModel[] = filled.map((one) => one.form);
    if (filled.length === 0) throw new HongtouError('NO_TABLE', { fileName: query.notice.slice(0, 12) });
    const values = filled.map((one) => one.values);
    const name = `${(forms[0]?.title ?? '上级表').slice(0, 100)}_${query.period}.xlsx`;
    response.setHeader('Content-Type', xlsx);
    response.setHeader('Content-Disposition', contentDisposition('attachment', name));
    response.setHeader('Cache-Control', 'no-store');
    response.end(await renderXlsx(forms, values));
  },
});

async function filledUpper(
  context: Context,
  collectionId: number,
  named: string,
  period: Period,
): Promise<readonly FilledUpper[]> {
  const { store } = context.library;
  const opened = await openedCollection(store, collectionId);
  const [fileId = '', noticeId] = named.split('.');
  const file = await store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  const stored = await store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  const { notices } = context.config.maskContacts ? maskExtraction(stored.extraction) : stored.extraction;
  const notice =
    noticeId === undefined ? contentNotice(notices) : notices.find((candidate) => candidate.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of this file` });
  const { consolidated } = await wholeCollection(store, opened, { table: null, period, now: now() });
  return fillUpperForms(opened.forms, consolidated, [notice]);
}

export const boardRoutes = [board, summary, series, report, upper, upperDownload];
