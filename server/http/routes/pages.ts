import { z } from 'zod';
import { FileId } from '../../../models/api/library.ts';
import { DoubtfulLine, HongtouError, PageView } from '../../../models/index.ts';
import { maskerFor } from '../masker.ts';
import { type Context, defineRoute, defineStream, none } from '../route.ts';

const fileParams = z.strictObject({ fileId: FileId });
const pageParams = z.strictObject({ fileId: FileId, page: z.coerce.number().int().min(1).max(100_000) });

/** Read worse than this, a line is worth a look. */
const doubtful = 0.8;

const list = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/pages',
  operationId: 'listPages',
  summary: 'The pages of a file with their sizes, and the lines that were read in two ways or not well.',
  params: fileParams,
  query: none,
  body: none,
  response: z
    .object({
      pages: z
        .array(PageView.unwrap().pick({ page: true, width: true, height: true, textOrigin: true }).readonly())
        .readonly()
        .meta({ description: 'Empty for formats without pages.' }),
      doubtful: z.array(DoubtfulLine).readonly(),
    })
    .readonly()
    .meta({ id: 'Pages', title: '页面列表' }),
  async handle({ params, context }) {
    const views = await viewsOf(context, params.fileId);
    return {
      pages: views.map(({ page, width, height, textOrigin }) => ({ page, width, height, textOrigin })),
      doubtful: views.flatMap(({ page, lines }) =>
        lines
          .filter((line) => line.confidence < doubtful || line.alternative !== null)
          .map(({ box, text, alternative, confidence }) => ({ page, box, text, alternative, confidence })),
      ),
    };
  },
});

const one = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/pages/{page}',
  operationId: 'getPage',
  summary: 'What is on a page, to draw it from: lines of text, ruled cells, rules, pictures, seals with their places.',
  params: pageParams,
  query: none,
  body: none,
  response: PageView,
  handle: ({ params, context }) => viewOf(context, params.fileId, params.page),
});

const picture = defineStream({
  method: 'get',
  path: '/api/files/{fileId}/pages/{page}/picture',
  operationId: 'getPagePicture',
  summary: 'The picture of a scanned page as JPEG, also of formats that browsers do not show (TIFF, OFD). Not of PDF.',
  params: pageParams,
  query: none,
  body: none,
  responseType: 'image/jpeg',
  async stream({ params, context, response }) {
    const { fileId, page } = params;
    const { width, height } = await viewOf(context, fileId, page);
    const file = await context.library.store.findFile(fileId);
    if (file === undefined || file.mediaType === null) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
    const stored = { path: await context.library.store.originalPath(fileId), fileName: file.fileName };
    const asked = { mediaType: file.mediaType, page, width, height };
    const result = await context.draw(stored, asked);
    if (result.outcome !== 'drawn' || result.picture === null) {
      if (result.outcome === 'failed') {
        const { problem, detail } = result;
        context.log.warn({ fileId, page, code: problem.code, detail }, 'a page could not be drawn');
      }
      throw new HongtouError('NOT_FOUND', { what: `A picture of page ${page}` });
    }
    response.setHeader('Content-Type', 'image/jpeg');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'self'");
    // The same bytes give the same picture.
    response.setHeader('Cache-Control', 'private, max-age=86400');
    response.end(result.picture);
  },
});

async function viewsOf(context: Context, fileId: FileId): Promise<readonly PageView[]> {
  const views = await context.library.store.findPageViews(fileId);
  const mask = await maskerFor(context, [fileId]);
  return mask(fileId, views);
}

async function viewOf(context: Context, fileId: FileId, page: number): Promise<PageView> {
  const view = (await viewsOf(context, fileId)).find((candidate) => candidate.page === page);
  if (view === undefined) throw new HongtouError('NOT_FOUND', { what: `Page ${page} of this file` });
  return view;
}

export const pageRoutes = [list, one, picture];
