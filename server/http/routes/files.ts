import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { FileId, Job, LibraryFile, NoticeId, Problem, problemOf } from '../../../models/api/library.ts';
import { Extraction, HongtouError, Notice } from '../../../models/index.ts';
import { acceptFile } from '../../ingest.ts';
import { maskExtraction } from '../../maskContacts.ts';
import type { StoredExtraction } from '../../store/store.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream, defineWritten, none, pageOf, paging } from '../route.ts';
import { sendStored } from '../sendStored.ts';

const fileParams = z.strictObject({ fileId: FileId });

const UploadedItem = z
  .object({
    fileName: z.string(),
    file: LibraryFile.nullable(),
    job: Job.nullable().meta({ description: 'null when it had been read before, or was refused.' }),
    isNew: z.boolean(),
    problem: Problem.nullable().meta({ description: 'Why it was refused.' }),
  })
  .readonly()
  .meta({ id: 'UploadedItem', title: '上传结果' });

const UploadResult = z
  .object({ items: z.array(UploadedItem).readonly() })
  .readonly()
  .meta({ id: 'UploadResult', title: '上传结果列表', description: 'One item per file, in the order sent.' });

const upload = defineRoute({
  method: 'post',
  path: '/api/files',
  operationId: 'uploadFiles',
  summary: 'Puts files into the library and asks for them to be read. Answers at once; follow the jobs.',
  params: none,
  query: none,
  body: none,
  upload: true,
  status: 202,
  response: UploadResult,
  async handle({ files, actor, context }) {
    if (files.length === 0) throw new HongtouError('BAD_REQUEST', { reason: 'it holds no file in the field "files"' });
    const items: z.infer<typeof UploadedItem>[] = [];
    const refused: unknown[] = [];
    for (const file of files) {
      try {
        if ((await stat(file.path)).size === 0) throw new HongtouError('FILE_EMPTY', { fileName: file.fileName });
        const accepted = await acceptFile(context.library, file, actor);
        items.push({ fileName: file.fileName, ...accepted, problem: null });
      } catch (error) {
        const problem = problemOf(error);
        if (problem === undefined) throw error;
        refused.push(error);
        items.push({ fileName: file.fileName, file: null, job: null, isNew: false, problem });
      }
    }
    if (refused.length === files.length) throw refused[0];
    context.wake();
    return { items };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/api/files',
  operationId: 'listFiles',
  summary: 'Files of the library, latest first; the deleted ones only when asked for.',
  params: none,
  query: z.strictObject({
    state: LibraryFile.unwrap().shape.state.optional(),
    deleted: z.stringbool().default(false),
    ...paging,
  }),
  body: none,
  response: pageOf('FilePage', LibraryFile),
  handle: ({ query, context }) => context.library.store.listFiles(query),
});

const get = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}',
  operationId: 'getFile',
  summary: 'One file: whether it was read, and if not, why.',
  params: fileParams,
  query: none,
  body: none,
  response: LibraryFile,
  handle: ({ params, context }) => fileOf(context, params.fileId),
});

/** Types that browsers show without running anything. Everything else is only ever downloaded. */
const shownTypes = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp']);

const original = defineStream({
  method: 'get',
  path: '/api/files/{fileId}/original',
  operationId: 'getOriginal',
  summary: 'The original bytes, to download; PDF and pictures also to show, with inline=true.',
  params: fileParams,
  query: z.strictObject({ inline: z.stringbool().default(false) }),
  body: none,
  responseType: 'application/octet-stream',
  async stream({ params, query, context, response }) {
    const file = await fileOf(context, params.fileId);
    // By content as read, never by the name or by what the sender said.
    const isShown = query.inline && file.mediaType !== null && shownTypes.has(file.mediaType);
    const place = await context.library.store.originalPath(params.fileId);
    await sendStored(response, place, {
      type: isShown ? (file.mediaType ?? '') : 'application/octet-stream',
      disposition: contentDisposition(isShown ? 'inline' : 'attachment', file.fileName),
      cache: 'private, max-age=3600',
      frames: "frame-ancestors 'self'",
    });
  },
});

const extraction = defineWritten({
  method: 'get',
  path: '/api/files/{fileId}/extraction',
  operationId: 'getExtraction',
  summary: 'Everything that was read from a file: text, notices, facts with evidence, findings, diagnostics.',
  params: fileParams,
  query: none,
  body: none,
  response: Extraction,
  async write({ params: { fileId }, context, request, response }) {
    const file = await fileOf(context, fileId);
    if (file.extractedAt === null) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
    const isMasked = context.config.maskContacts;
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader(
      'ETag',
      `"${fileId.slice(0, 16)}-${file.extractedAt}-${file.correctedAt}${isMasked ? '-masked' : ''}"`,
    );
    // Nothing is looked up for somebody who has it.
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const json = isMasked
      ? JSON.stringify((await extractionOf(context, fileId)).extraction)
      : await context.library.store.findExtractionJson(fileId);
    if (json === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(json);
  },
});

const notice = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}',
  operationId: 'getNotice',
  summary: 'One notice of a file with its facts. Offsets of evidence point into the text of the extraction.',
  params: z.strictObject({ fileId: FileId, noticeId: NoticeId }),
  query: none,
  body: none,
  response: Notice,
  async handle({ params, context }) {
    const { extraction: whole } = await extractionOf(context, params.fileId);
    const found = whole.notices.find((candidate) => candidate.id === params.noticeId);
    if (found === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${params.noticeId} of this file` });
    return found;
  },
});

const readAgain = defineRoute({
  method: 'post',
  path: '/api/files/{fileId}/extraction',
  operationId: 'readAgain',
  summary: 'Asks for a file to be read again. The present result stays until the new one is whole.',
  params: fileParams,
  query: none,
  body: none,
  status: 202,
  response: Job,
  async handle({ params, actor, context }) {
    const file = await fileOf(context, params.fileId);
    if (file.deletedAt !== null) throw new HongtouError('CONFLICT', { reason: 'the file is deleted' });
    const job = await context.library.queue.enqueue({ kind: 'extract', fileId: params.fileId, actor });
    context.wake();
    return job;
  },
});

const remove = defineRoute({
  method: 'delete',
  path: '/api/files/{fileId}',
  operationId: 'deleteFile',
  summary: 'Hides a file. It can be restored until purgeAt, when the deletion becomes final.',
  params: fileParams,
  query: none,
  body: none,
  response: LibraryFile,
  handle: ({ params, actor, context }) => context.library.store.deleteFile(params.fileId, actor),
});

const restore = defineRoute({
  method: 'post',
  path: '/api/files/{fileId}/restore',
  operationId: 'restoreFile',
  summary: 'Takes back a deletion.',
  params: fileParams,
  query: none,
  body: none,
  response: LibraryFile,
  handle: ({ params, actor, context }) => context.library.store.restoreFile(params.fileId, actor),
});

async function fileOf(context: Context, fileId: string): Promise<LibraryFile> {
  const file = await context.library.store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  return file;
}

async function extractionOf(context: Context, fileId: string): Promise<StoredExtraction> {
  const file = await fileOf(context, fileId);
  const stored = await context.library.store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  return context.config.maskContacts ? { ...stored, extraction: maskExtraction(stored.extraction) } : stored;
}

export const fileRoutes = [upload, list, get, original, extraction, notice, readAgain, remove, restore];
