import { z } from 'zod';
import { HongtouError, Notice } from '../../../models/index.ts';
import { maskStrings } from '../../maskContacts.ts';
import { Correction, FileId, NewCorrection, NoticeId } from '../../records.ts';
import { defineRoute, none } from '../route.ts';

const noticeParams = z.strictObject({ fileId: FileId, noticeId: NoticeId });
const Corrections = z
  .object({ items: z.array(Correction).readonly() })
  .readonly()
  .meta({
    id: 'CorrectionList',
    title: '更正列表',
    description: 'Of two that speak of the same, the later one holds.',
  });

const list = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}/corrections',
  operationId: 'listCorrections',
  summary: 'What people say against what was read, with who and when.',
  params: noticeParams,
  query: none,
  body: none,
  response: Corrections,
  async handle({ params, context }) {
    const items = await context.library.store.listCorrections(params.fileId, params.noticeId);
    if (!context.config.maskContacts) return { items };
    return {
      items: items.map((item) => ({ ...item, value: maskStrings(item.value), quote: maskStrings(item.quote) })),
    };
  },
});

const add = defineRoute({
  method: 'post',
  path: '/api/files/{fileId}/notices/{noticeId}/corrections',
  operationId: 'addCorrection',
  summary: 'Notes a correction. It is kept apart from what was read, and stays when the file is read again.',
  params: noticeParams,
  query: none,
  body: NewCorrection,
  status: 201,
  response: Correction,
  handle: ({ params, body, actor, context }) => {
    checkShape(body);
    return context.library.store.addCorrection(params.fileId, params.noticeId, body, actor);
  },
});

const Removed = z.object({ removed: z.int() }).readonly().meta({ id: 'RemovedCorrection', title: '已撤回更正' });

const remove = defineRoute({
  method: 'delete',
  path: '/api/files/{fileId}/corrections/{correctionId}',
  operationId: 'removeCorrection',
  summary: 'Takes a correction back.',
  params: z.strictObject({ fileId: FileId, correctionId: z.coerce.number().int().min(1) }),
  query: none,
  body: none,
  response: Removed,
  async handle({ params, actor, context }) {
    await context.library.store.removeCorrection(params.fileId, params.correctionId, actor);
    return { removed: params.correctionId };
  },
});

/** A correction has the shape of what it corrects; evidence may be left out, since people give none. */
function checkShape({ field, value }: NewCorrection): void {
  if (value === null) return;
  const whole = Notice.unwrap().shape[field];
  const parsed = whole.safeParse(withEvidence(value));
  const asItem = whole.safeParse([withEvidence(value)]);
  if (!parsed.success && !asItem.success) {
    throw new HongtouError(
      'BAD_REQUEST',
      { reason: `the value has not the shape of ${field}` },
      { cause: parsed.error },
    );
  }
}

function withEvidence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withEvidence);
  return typeof value === 'object' && value !== null ? { evidence: [], ...value } : value;
}

export const correctionRoutes = [list, add, remove];
