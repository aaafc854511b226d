import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CollectionDetail, CollectionRecord } from '../../../models/api/collection.ts';
import { FileId, NoticeId } from '../../../models/api/library.ts';
import { HongtouError, ReportingUnit } from '../../../models/index.ts';
import { proposeUnits } from '../../../pipeline/returns/proposeUnits.ts';
import { readUnits } from '../../../pipeline/returns/readUnits.ts';
import { collectedTables, openedCollection } from '../../returns/collectionViews.ts';
import { collectableForms, noticeOfLibrary, openNoticeCollection, versionedForms } from '../../returns/noticeForms.ts';
import { type Context, defineRoute, none, pageOf, paging } from '../route.ts';

export const collectionParams = z.strictObject({ collectionId: z.coerce.number().int().min(1) });
/** Every county of the country would be 2,844. */
const mostUnits = 20_000;
/** Bytes of a list of units. */
const mostUnitBytes = 5_000_000;

const list = defineRoute({
  method: 'get',
  path: '/api/collections',
  operationId: 'listCollections',
  summary: 'What is being collected, latest first; of one notice where it is named.',
  params: none,
  query: z.strictObject({ fileId: FileId.optional(), noticeId: NoticeId.optional(), ...paging }),
  body: none,
  response: pageOf('CollectionPage', CollectionRecord),
  async handle({ query: { fileId, noticeId, ...page }, context }) {
    const { store } = context.library;
    if (fileId === undefined || noticeId === undefined) return store.listCollections(page);
    const found = await store.findCollectionOf(fileId, noticeId);
    return { items: found === undefined ? [] : [found], total: found === undefined ? 0 : 1 };
  },
});

const open = defineRoute({
  method: 'post',
  path: '/api/collections',
  operationId: 'openCollection',
  summary: 'Begins to collect on the forms of a notice; where that was begun before, gives what there is.',
  params: none,
  query: none,
  body: z.strictObject({ fileId: FileId, noticeId: NoticeId }),
  status: 201,
  response: CollectionDetail,
  async handle({ body, actor, context }) {
    const { collectionId } = await openNoticeCollection(context.library, body.fileId, body.noticeId, actor);
    return detailOf(context, collectionId);
  },
});

const get = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}',
  operationId: 'getCollection',
  summary: 'One collection: its tables with their periods, its units.',
  params: collectionParams,
  query: none,
  body: none,
  response: CollectionDetail,
  handle: ({ params, context }) => detailOf(context, params.collectionId),
});

const takeUpForms = defineRoute({
  method: 'post',
  path: '/api/collections/{collectionId}/forms',
  operationId: 'takeUpForms',
  summary: 'Makes the forms as the notice reads now the ones that hold; returns on older versions are turned back.',
  params: collectionParams,
  query: none,
  body: none,
  response: CollectionDetail,
  async handle({ params: { collectionId }, actor, context }) {
    const { store } = context.library;
    const { forms, record } = await openedCollection(store, collectionId);
    if (record.fileId === null) throw new HongtouError('CONFLICT', { reason: 'its notice was finally deleted' });
    const { notice } = await noticeOfLibrary(context.library, record.fileId, record.noticeId);
    const changed = versionedForms(collectableForms(notice), forms).filter(({ isKnown }) => !isKnown);
    await store.addForms(
      collectionId,
      changed.map(({ form }) => form),
      actor,
    );
    return detailOf(context, collectionId);
  },
});

const UnitProposal = z
  .object({
    units: z.array(ReportingUnit).readonly(),
    unresolved: z
      .array(z.string())
      .readonly()
      .meta({ description: 'Recipients that name nobody in particular, as printed: somebody has to list them.' }),
  })
  .readonly()
  .meta({ id: 'UnitProposal', title: '填报单位建议' });

const propose = defineRoute({
  method: 'get',
  path: '/api/collections/{collectionId}/units/proposal',
  operationId: 'proposeUnits',
  summary:
    'Who owes returns, worked out from the 主送机关 and the divisions below the issuing body. Nothing is changed.',
  params: collectionParams,
  query: none,
  body: none,
  response: UnitProposal,
  async handle({ params: { collectionId }, context }) {
    const { record } = await openedCollection(context.library.store, collectionId);
    if (record.fileId === null) return { units: [], unresolved: [] };
    const { notice } = await noticeOfLibrary(context.library, record.fileId, record.noticeId);
    return proposeUnits(notice, context.library.regions);
  },
});

const Units = z
  .object({ units: z.array(ReportingUnit).readonly() })
  .readonly()
  .meta({ id: 'ReportingUnitList', title: '填报单位名单' });

const setUnits = defineRoute({
  method: 'put',
  path: '/api/collections/{collectionId}/units',
  operationId: 'setUnits',
  summary: 'Puts a list of units in place of the former one. What was reported stays.',
  params: collectionParams,
  query: none,
  body: z.strictObject({ units: z.array(ReportingUnit).max(mostUnits) }),
  response: Units,
  async handle({ params: { collectionId }, body: { units }, actor, context }) {
    const names = new Set(units.map((unit) => unit.name));
    if (names.size < units.length) throw new HongtouError('BAD_REQUEST', { reason: 'a unit is named twice' });
    await context.library.store.setUnits(collectionId, units, actor);
    return { units };
  },
});

const readList = defineRoute({
  method: 'post',
  path: '/api/collections/{collectionId}/units/file',
  operationId: 'uploadUnits',
  summary:
    'The same from a file: units.csv or .xlsx with 单位名称, 上级单位, 代码, 简称, 是否填报, or one name a line.',
  params: collectionParams,
  query: none,
  body: none,
  upload: true,
  response: Units,
  async handle({ params: { collectionId }, files, actor, context }) {
    const [file, another] = files;
    if (file === undefined || another !== undefined) {
      throw new HongtouError('BAD_REQUEST', { reason: 'it holds not one file in the field "files"' });
    }
    const { fileName } = file;
    const { size } = await stat(file.path);
    if (size > mostUnitBytes) throw new HongtouError('FILE_TOO_LARGE', { fileName, size, limit: mostUnitBytes });
    const units = await readUnits(await readFile(file.path), fileName);
    if (!units.some((unit) => unit.reports)) {
      throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'it names no unit that reports' });
    }
    if (units.length > mostUnits) {
      throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `more than ${mostUnits} units` });
    }
    await context.library.store.setUnits(collectionId, units, actor);
    return { units };
  },
});

async function detailOf({ library }: Context, collectionId: number): Promise<CollectionDetail> {
  const opened = await openedCollection(library.store, collectionId);
  const { record, forms } = opened;
  return {
    collection: record,
    tables: await collectedTables(library.store, opened, new Date().toISOString()),
    changedTables: record.fileId === null ? [] : await changedTables(library, record.fileId, record.noticeId, forms),
    units: await library.store.reportingUnits(collectionId),
  };
}

/** Titles of tables that read otherwise than they are collected; none while the notice is being read again. */
async function changedTables(
  library: Context['library'],
  fileId: string,
  noticeId: string,
  forms: CollectedForms,
): Promise<readonly string[]> {
  try {
    const { notice } = await noticeOfLibrary(library, fileId, noticeId);
    const changed = versionedForms(collectableForms(notice), forms).filter(({ isKnown }) => !isKnown);
    return changed.map(({ form }) => form.identity.tableTitle);
  } catch (error) {
    if (error instanceof HongtouError) return [];
    throw error;
  }
}
type CollectedForms = Parameters<typeof versionedForms>[1];

export const collectionRoutes = [list, open, get, takeUpForms, propose, setUnits, readList];
