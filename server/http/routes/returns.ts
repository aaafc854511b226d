import path from 'node:path';
import { z } from 'zod';
import { ReturnFile, TakenReturn, UnitReturn } from '../../../models/api/collection.ts';
import { FileId } from '../../../models/api/library.ts';
import { HongtouError, Period } from '../../../models/index.ts';
import { maskStrings } from '../../maskContacts.ts';
import { openedCollection, unitReturnOf } from '../../returns/collectionViews.ts';
import { type ReturnedFile, takeReturns } from '../../returns/takeReturns.ts';
import { contentDisposition } from '../fileName.ts';
import { type Context, defineRoute, defineStream, none, pageOf, paging } from '../route.ts';
import { sendStored } from '../sendStored.ts';
import { collectionParams } from './collections.ts';

/** Contacts in what people filled in, masked where the server is told to. */
export function masked<T>({ config }: Context, value: T): T {
  return config.maskContacts ? maskStrings(value) : value;
}

const TakenReturns = z
  .object({ items: z.array(TakenReturn).readonly() })
  .readonly()
  .meta({
    id: 'TakenReturnList',
    title: '报送结果列表',
    description: 'One item per file, in the order sent; of an archive one per file in it.',
  });

const period = Period.optional().meta({
  description: 'Only this period is collected: a return for another is turned back.',
});

const take = defineRoute({
  method: 'post',
  path: '/api/collections/{collectionId}/returns',
  operationId: 'uploadReturns',
  summary:
    'Filled forms (.xlsx, .csv; .xls, .et and .ods where LibreOffice is there), also in archives (.zip). Each is checked cell by cell; the same file ' +
    'again changes nothing, another one of the same unit replaces with history.',
  params: collectionParams,
  query: z.strictObject({
    period,
    receivedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'When they arrived, where that was before now: what counts for being late.' }),
  }),
  body: none,
  upload: true,
  response: TakenReturns,
  async handle({ params, query, files, actor, context }) {
    if (files.length === 0) throw new HongtouError('BAD_REQUEST', { reason: 'it holds no file in the field "files"' });
    const now = new Date();
    const received = query.receivedAt === undefined ? now : new Date(query.receivedAt);
    if (received > now) throw new HongtouError('BAD_REQUEST', { reason: 'receivedAt lies in the future' });
    const returned = files.map((file) => ({ ...file, receivedAt: received.toISOString() }));
    return takeIn(context, params.collectionId, returned, query.period ?? null, actor);
  },
});

const recheck = defineRoute({
  method: 'post',
  path: '/api/collections/{collectionId}/returns/recheck',
  operationId: 'recheckReturns',
  summary: 'Reads the returns that were turned back once more: after the list of units or the forms were changed.',
  params: collectionParams,
  query: z.strictObject({ period }),
  body: none,
  response: TakenReturns,
  async handle({ params: { collectionId }, query, actor, context }) {
    const { store, incoming } = context.library;
    const back = new Set((await store.rejectedReturns(collectionId)).map((one) => one.import));
    const positions = [...back].sort((a, b) => a - b).slice(-mostRechecked);
    const { items } = await store.returnFiles(collectionId, { positions, limit: positions.length, offset: 0 });
    const files: ReturnedFile[] = [];
    for (const { sha256, fileName, receivedAt } of items.toReversed()) {
      const kept = await store.returnPath(collectionId, sha256);
      files.push({ fileName, path: await incoming.takeIn(kept.path), receivedAt });
    }
    return takeIn(context, collectionId, files, query.period ?? null, actor);
  },
});
/** Files read again in one request. */
const mostRechecked = 500;

async function takeIn(
  context: Context,
  collectionId: number,
  files: readonly ReturnedFile[],
  wanted: Period | null,
  actor: string,
): Promise<z.infer<typeof TakenReturns>> {
  const items = await takeReturns(context.library, context.returns, collectionId, files, {
    period: wanted,
    actor,
    onFault: (detail) => context.log.error({ detail }, 'a return could not be read'),
  });
  return masked(context, { items });
}

const list = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/files',
  operationId: 'listReturnFiles',
  summary: 'The returned files, latest first: who put them in and when, what is wrong with each.',
  params: collectionParams,
  query: z.strictObject(paging),
  body: none,
  response: pageOf('ReturnFilePage', ReturnFile),
  async handle({ params: { collectionId }, query, context }) {
    await openedCollection(context.library.store, collectionId);
    return masked(context, await context.library.store.returnFiles(collectionId, query));
  },
});

const original = defineStream({
  method: 'get',
  path: '/api/collections/{collectionId}/files/{sha256}/original',
  operationId: 'getReturnOriginal',
  summary: 'A returned file as it came, to download.',
  params: collectionParams.extend({ sha256: FileId }),
  query: none,
  body: none,
  responseType: 'application/octet-stream',
  async stream({ params: { collectionId, sha256 }, context, response }) {
    const kept = await context.library.store.returnPath(collectionId, sha256);
    await sendStored(response, kept.path, {
      type: 'application/octet-stream',
      disposition: contentDisposition('attachment', path.posix.basename(kept.fileName)),
      cache: 'private, no-store',
    });
  },
});

const unit = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/unit',
  operationId: 'getUnitReturn',
  summary: 'What one unit reported on one table for one period: every figure, what it was before, and from which file.',
  params: collectionParams,
  query: z.strictObject({
    table: z.coerce.number().int().min(1).max(9_999),
    unit: z.string().min(1).max(200),
    period: Period,
  }),
  body: none,
  response: UnitReturn,
  async handle({ params: { collectionId }, query, context }) {
    const { store } = context.library;
    const opened = await openedCollection(store, collectionId);
    return masked(context, await unitReturnOf(store, opened, query.table, query.unit, query.period));
  },
});

export const returnRoutes = [take, recheck, list, original, unit];
