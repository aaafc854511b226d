import { z } from 'zod';
import { HongtouError } from '../../../models/index.ts';
import type { ExportChoice } from '../../export/chooseNotices.ts';
import { exportFormats, exportTypes, prepareExport } from '../../export/writeExport.ts';
import { contentDisposition } from '../fileName.ts';
import { defineStream, none } from '../route.ts';
import { noticeFilter } from './notices.ts';

const ids = z
  .string()
  .regex(/^[0-9a-f]{64}(\.n\d{1,4})?(,[0-9a-f]{64}(\.n\d{1,4})?){0,199}$/)
  .meta({ description: 'FILE or FILE.n2, up to 200 with commas between: asked for by name, restricted ones as well.' });

const download = defineStream({
  method: 'get',
  path: '/api/export',
  operationId: 'exportNotices',
  summary:
    'Notices with their facts, those of a filter or those named: a workbook, JSON lines, or the originals in an archive. Notices with a 密级 or 不予公开 are left out unless named; the header Hongtou-Left-Out and the export itself say how many.',
  params: none,
  query: z.strictObject({ format: z.enum(exportFormats).default('xlsx'), ids: ids.optional(), ...noticeFilter }),
  body: none,
  responseType: exportTypes.xlsx,
  async stream({ query: { format, ids: named, ...filter }, context, response, actor }) {
    const { store } = context.library;
    const prepared = await prepareExport(store, choiceOf(named, filter), format, context.config.maskContacts);
    const restricted = prepared.notices.filter((notice) => notice.restricted).length;
    context.log.info({ actor, format, notices: prepared.notices.length, restricted }, 'notices were exported');
    const name = `公文导出_${new Date().toISOString().slice(0, 10)}.${format}`;
    response.setHeader('Content-Type', exportTypes[format]);
    response.setHeader('Content-Disposition', contentDisposition('attachment', name));
    response.setHeader('Hongtou-Left-Out', String(prepared.leftOut));
    response.setHeader('Cache-Control', 'no-store');
    await prepared.write(response).catch((error: unknown) => {
      // Who went away is no fault.
      if (!response.destroyed || response.writableFinished) throw error;
    });
  },
});

function choiceOf(named: string | undefined, filter: Readonly<Record<string, unknown>>): ExportChoice {
  if (named === undefined) return { filter };
  if (Object.values(filter).some((value) => value !== undefined)) {
    throw new HongtouError('BAD_REQUEST', { reason: 'ids name what is meant, and a filter beside them means nothing' });
  }
  return {
    named: named.split(',').map((address) => {
      const [fileId = '', noticeId = null] = address.split('.');
      return { fileId, noticeId };
    }),
  };
}

export const exportRoutes = [download];
