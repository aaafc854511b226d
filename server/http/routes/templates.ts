import { z } from 'zod';
import { Diagnostic, type Extraction, FormModel, HongtouError, type Notice, Period } from '../../../models/index.ts';
import { renderDocx } from '../../../pipeline/template/renderDocx.ts';
import { renderXlsx } from '../../../pipeline/template/renderXlsx.ts';
import { textForms } from '../../../pipeline/template/textForm.ts';
import { dueForms } from '../../dueForms.ts';
import { maskExtraction } from '../../maskContacts.ts';
import { FileId, NoticeId } from '../../records.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream } from '../route.ts';

const params = z.strictObject({ fileId: FileId, noticeId: NoticeId });
const options = {
  period: Period.optional().meta({ description: '2025-06, 2025-Q2, 2025-H1, 2025-W23 or 2025.' }),
  unit: z.string().trim().max(100).optional().meta({ description: 'The reporting unit, filled in beforehand.' }),
};

const list = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}/forms',
  operationId: 'listForms',
  summary: 'The blank forms that a notice prescribes, for a preview: cells, rules of entry, totals, checks.',
  params,
  query: z.strictObject(options),
  body: z.strictObject({}),
  response: z
    .object({
      forms: z.array(FormModel).readonly(),
      textForms: z.array(z.string()).readonly().meta({ description: 'Forms without a table, by title; DOCX only.' }),
      diagnostics: z.array(Diagnostic).readonly(),
    })
    .readonly()
    .meta({ id: 'Forms', title: '报表模板' }),
  async handle({ params: { fileId, noticeId }, query, context }) {
    const { extraction, notice } = await noticeOf(context, fileId, noticeId);
    const forms = dueForms([notice], { period: query.period ?? null, unit: query.unit ?? null });
    return {
      forms,
      textForms: textForms(extraction, notice).map((form) => form.title),
      diagnostics: forms.flatMap((form) => form.diagnostics),
    };
  },
});

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

const download = defineStream({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}/forms/download',
  operationId: 'downloadForms',
  summary: 'The blank forms as a workbook or a document.',
  params,
  query: z.strictObject({
    ...options,
    format: z.enum(['xlsx', 'docx']).default('xlsx'),
    table: z.coerce.number().int().min(1).max(9_999).optional().meta({ description: 'Only this one, from 1.' }),
  }),
  body: z.strictObject({}),
  responseType: types.xlsx,
  async stream({ params: { fileId, noticeId }, query, context, response }) {
    const { extraction, notice, fileName } = await noticeOf(context, fileId, noticeId);
    const all = dueForms([notice], { period: query.period ?? null, unit: query.unit ?? null });
    const forms = query.table === undefined ? all : all.slice(query.table - 1, query.table);
    if (query.table !== undefined && all.length > 0 && forms.length === 0) {
      throw new HongtouError('NO_SUCH_TABLE', { fileName, table: query.table, count: all.length });
    }
    const texts = query.format === 'docx' && query.table === undefined ? textForms(extraction, notice) : [];
    if (forms.length === 0 && texts.length === 0) throw new HongtouError('NO_TABLE', { fileName });
    const bytes = query.format === 'xlsx' ? await renderXlsx(forms) : await renderDocx([...forms, ...texts]);
    const title = forms.length === 1 ? forms[0]?.title : notice.title?.value;
    const name = [title ?? '报表模板', query.unit, query.period].filter(Boolean).join('_');
    response.setHeader('Content-Type', types[query.format]);
    response.setHeader(
      'Content-Disposition',
      contentDisposition('attachment', `${name.slice(0, 120)}.${query.format}`),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.end(bytes);
  },
});

async function noticeOf(
  { library, config }: Context,
  fileId: string,
  noticeId: string,
): Promise<{ readonly extraction: Extraction; readonly notice: Notice; readonly fileName: string }> {
  const file = await library.store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  const stored = await library.store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  const extraction = config.maskContacts ? maskExtraction(stored.extraction) : stored.extraction;
  const notice = extraction.notices.find((one) => one.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId} of this file` });
  return { extraction, notice, fileName: file.fileName };
}

export const templateRoutes = [list, download];
