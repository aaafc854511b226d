import { z } from 'zod';
import { FileId, NoticeId } from '../../../models/api/library.ts';
import { Diagnostic, type Extraction, FormModel, HongtouError, type Notice, Period } from '../../../models/index.ts';
import { textForms } from '../../../pipeline/template/textForm.ts';
import { writeUnitForms } from '../../../pipeline/template/unitForms.ts';
import { dueForms } from '../../dueForms.ts';
import { maskExtraction } from '../../maskContacts.ts';
import { FormFormat, formEndings, formTypes, renderForms } from '../../renderForms.ts';
import { versionedForms } from '../../returns/noticeForms.ts';
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

const download = defineStream({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}/forms/download',
  operationId: 'downloadForms',
  summary: 'The blank forms as a workbook, a document, CSV, or JSON Schema; with allUnits one file per unit, zipped.',
  params,
  query: z.strictObject({
    ...options,
    format: FormFormat.default('xlsx'),
    table: z.coerce.number().int().min(1).max(9_999).optional().meta({ description: 'Only this one, from 1.' }),
    allUnits: z.stringbool().default(false).meta({ description: 'For each unit of the collection on this notice.' }),
  }),
  body: z.strictObject({}),
  responseType: formTypes.xlsx,
  async stream({ params: { fileId, noticeId }, query, context, response }) {
    const { extraction, notice, fileName } = await noticeOf(context, fileId, noticeId);
    const { store } = context.library;
    const collection = await store.findCollectionOf(fileId, noticeId);
    const collected = collection === undefined ? [] : await store.collectedForms(collection.collectionId);
    const formsFor = (unit: string | null) => {
      const all = dueForms([notice], { period: query.period ?? null, unit });
      const forms = query.table === undefined ? all : all.slice(query.table - 1, query.table);
      if (query.table !== undefined && all.length > 0 && forms.length === 0) {
        throw new HongtouError('NO_SUCH_TABLE', { fileName, table: query.table, count: all.length });
      }
      return versionedForms(forms, collected).map(({ form }) => form);
    };
    const texts = query.format === 'docx' && query.table === undefined ? textForms(extraction, notice) : [];
    const forms = formsFor(query.unit ?? null);
    if (forms.length === 0 && texts.length === 0) throw new HongtouError('NO_TABLE', { fileName });
    const title = forms.length === 1 ? forms[0]?.title : notice.title?.value;
    const ending = formEndings[query.format];
    const headers = (type: string, unit: string | undefined, last: string) => {
      const name = [title ?? '报表模板', unit, query.period].filter(Boolean).join('_').slice(0, 120);
      response.setHeader('Content-Type', type);
      response.setHeader('Content-Disposition', contentDisposition('attachment', `${name}${last}`));
      response.setHeader('Cache-Control', 'no-store');
    };
    if (!query.allUnits) {
      const bytes = await renderForms(query.format, forms, texts);
      headers(formTypes[query.format], query.unit, ending);
      response.end(bytes);
      return;
    }
    const units = collection === undefined ? [] : await store.reportingUnits(collection.collectionId);
    if (!units.some((unit) => unit.reports)) {
      throw new HongtouError('CONFLICT', { reason: 'no unit is listed for the collection on this notice' });
    }
    headers('application/zip', '各单位', '.zip');
    // Made while it is sent: a thousand units take minutes, and a reader who goes away ends it.
    await writeUnitForms(units, ending, (unit) => renderForms(query.format, formsFor(unit.name), texts), response);
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
