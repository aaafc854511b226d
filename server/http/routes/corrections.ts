import { z } from 'zod';
import { Correction, CorrectionMark, FileId, NewCorrection, NoticeId } from '../../../models/api/library.ts';
import { HongtouError, Notice } from '../../../models/index.ts';
import { maskerFor } from '../masker.ts';
import { defineRoute, none } from '../route.ts';

const noticeParams = z.strictObject({ fileId: FileId, noticeId: NoticeId });
const Corrections = z
  .object({
    items: z.array(Correction).readonly(),
    marks: z.array(CorrectionMark).readonly().meta({ description: 'Where those that hold show in the notice.' }),
  })
  .readonly()
  .meta({
    id: 'CorrectionList',
    title: '更正列表',
    description: 'In the order they were made. Of two that speak of the same, the later one holds.',
  });

const list = defineRoute({
  method: 'get',
  path: '/api/files/{fileId}/notices/{noticeId}/corrections',
  operationId: 'listCorrections',
  summary: 'What people say against what was read, with who and when, also what they took back since.',
  params: noticeParams,
  query: none,
  body: none,
  response: Corrections,
  async handle({ params, context }) {
    const { items, marks } = await context.library.store.listCorrections(params.fileId, params.noticeId);
    const mask = await maskerFor(context, [params.fileId]);
    return { items: mask(params.fileId, items), marks: mask(params.fileId, marks) };
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
  async handle({ params, body, actor, context }) {
    checkShape(body);
    const added = await context.library.store.addCorrection(params.fileId, params.noticeId, body, actor);
    return (await maskerFor(context, [params.fileId]))(params.fileId, added);
  },
});

const withdraw = defineRoute({
  method: 'delete',
  path: '/api/files/{fileId}/corrections/{correctionId}',
  operationId: 'withdrawCorrection',
  summary: 'Takes a correction back: what held before it holds again. It stays in the list.',
  params: z.strictObject({ fileId: FileId, correctionId: z.coerce.number().int().min(1) }),
  query: none,
  body: none,
  response: Correction,
  async handle({ params, actor, context }) {
    const withdrawn = await context.library.store.withdrawCorrection(params.fileId, params.correctionId, actor);
    return (await maskerFor(context, [params.fileId]))(params.fileId, withdrawn);
  },
});

/** A correction has the shape of what it corrects, but for what people do not give: evidence, ids, tables. */
function checkShape({ field, value }: NewCorrection): void {
  if (value === null) return;
  const whole = Notice.unwrap().shape[field];
  const parsed = whole.safeParse(completed(value));
  const asItem = whole.safeParse([completed(value)]);
  if (!parsed.success && !asItem.success) {
    throw new HongtouError(
      'BAD_REQUEST',
      { reason: `the value has not the shape of ${field}` },
      { cause: parsed.error },
    );
  }
}

function completed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(completed);
  return typeof value === 'object' && value !== null ? { evidence: [], id: 'c', tables: [], ...value } : value;
}

export const correctionRoutes = [list, add, withdraw];
