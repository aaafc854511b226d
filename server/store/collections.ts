import type { Knex } from 'knex';
import type { CollectionRecord } from '../../models/api/collection.ts';
import {
  type CollectState,
  type FormModel,
  HongtouError,
  type ReportingUnit,
  type StoredReturn,
} from '../../models/index.ts';
import {
  type CollectionRow,
  type FileRow,
  type FormRow,
  type RejectedRow,
  type ReturnRow,
  returnRow,
  toCollectionRecord,
  toRejected,
  toReturnFile,
  toStoredReturn,
  toUnit,
  type UnitRow,
} from './collectionRows.ts';
import type { ChangedState, CollectionStore, IncomingReturn, ReturnQuery } from './collectionStore.ts';
import { type Database, write } from './database.ts';
import type { Originals } from './originals.ts';
import { recordEvent } from './rows.ts';

interface Parts {
  readonly database: Database;
  readonly originals: Originals;
  readonly now: () => Date;
}

/** Rows of one insertion: SQLite takes 500 at most. */
const chunk = 100;

/** The part of the store that keeps what was collected. */
export function collectionMethods({ database, originals, now }: Parts): CollectionStore {
  const records = (source: Knex = database.reader) =>
    source<CollectionRow>('collection').select<CollectionRow[]>(
      'collection.*',
      source.raw(
        '(select count(*) from collection_unit u where u.collection_id = collection.id and u.reports = 1) as units',
      ),
      source.raw('(select count(*) from return_file f where f.collection_id = collection.id) as files'),
      source.raw('(select count(*) from form_return r where r.collection_id = collection.id) as returns'),
    );
  const recordOrThrow = async (collectionId: number, source?: Knex): Promise<CollectionRecord> => {
    const row = await records(source).where('collection.id', collectionId).first();
    if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `Collection ${collectionId}` });
    return toCollectionRecord(row);
  };
  const formsOf = async (collectionId: number, source: Knex = database.reader): Promise<readonly FormModel[]> => {
    const rows: readonly Pick<FormRow, 'form'>[] = await source('collection_form')
      .where('collection_id', collectionId)
      .orderBy('position')
      .select('form');
    return rows.map((row) => JSON.parse(row.form));
  };
  const unitsOf = async (collectionId: number, source: Knex = database.reader): Promise<readonly ReportingUnit[]> => {
    const rows: readonly UnitRow[] = await source('collection_unit')
      .where('collection_id', collectionId)
      .orderBy('position');
    return rows.map(toUnit);
  };
  const addVersions = async (transaction: Knex.Transaction, collectionId: number, forms: readonly FormModel[]) => {
    const known: readonly Pick<FormRow, 'hash' | 'version'>[] = await transaction('collection_form')
      .where('collection_id', collectionId)
      .select('hash', 'version');
    const have = new Set(known.map(({ hash, version }) => `${hash}#${version}`));
    const fresh = forms.filter(({ identity }) => !have.has(`${identity.structureHash}#${identity.version}`));
    const rows = fresh.map((form, i) => ({
      collection_id: collectionId,
      position: known.length + i,
      hash: form.identity.structureHash,
      version: form.identity.version,
      form: JSON.stringify(form),
    }));
    await transaction.batchInsert('collection_form', rows, chunk);
    return rows.length;
  };

  return {
    async openCollection({ forms, ...wanted }, actor) {
      const at = now().toISOString();
      return write(database, async (transaction) => {
        const known: { id: number } | undefined = await transaction('collection')
          .where({ file_id: wanted.fileId, notice_id: wanted.noticeId })
          .first('id');
        if (known !== undefined) return { collectionId: known.id, isNew: false };
        const [id] = await transaction('collection').insert({
          file_id: wanted.fileId,
          notice_id: wanted.noticeId,
          title: wanted.title,
          document_number: wanted.documentNumber,
          issue_date: wanted.issueDate,
          end_date: wanted.endDate,
          created_at: at,
          created_by: actor,
        });
        const collectionId = Number(id);
        await addVersions(transaction, collectionId, forms);
        const event = { at, actor, action: 'collection-opened', sha256: wanted.fileId } as const;
        await recordEvent(transaction, { ...event, detail: String(collectionId) });
        return { collectionId, isNew: true };
      });
    },
    async findCollection(collectionId) {
      const row = await records().where('collection.id', collectionId).first();
      return row && toCollectionRecord(row);
    },
    async findCollectionOf(fileId, noticeId) {
      const row = await records().where({ file_id: fileId, notice_id: noticeId }).first();
      return row && toCollectionRecord(row);
    },
    async listCollections({ limit, offset }) {
      const counted = await database.reader('collection').count({ total: '*' }).first();
      const rows = await records().orderBy('collection.id', 'desc').limit(limit).offset(offset);
      return { items: rows.map(toCollectionRecord), total: Number(counted?.total ?? 0) };
    },
    async collectedForms(collectionId) {
      await recordOrThrow(collectionId);
      return formsOf(collectionId);
    },
    async addForms(collectionId, forms, actor) {
      await write(database, async (transaction) => {
        const { fileId } = await recordOrThrow(collectionId, transaction);
        const added = await addVersions(transaction, collectionId, forms);
        if (added === 0) return;
        const detail = `${collectionId}: ${added}`;
        const at = now().toISOString();
        await recordEvent(transaction, { at, actor, action: 'forms-added', sha256: fileId ?? '', detail });
      });
    },
    async reportingUnits(collectionId) {
      await recordOrThrow(collectionId);
      return unitsOf(collectionId);
    },
    async setUnits(collectionId, units, actor) {
      await write(database, async (transaction) => {
        const { fileId } = await recordOrThrow(collectionId, transaction);
        await transaction('collection_unit').where('collection_id', collectionId).delete();
        const rows = units.map((unit, position) => ({
          collection_id: collectionId,
          position,
          name: unit.name,
          parent: unit.parent,
          code: unit.code,
          aliases: JSON.stringify(unit.aliases),
          reports: unit.reports ? 1 : 0,
        }));
        await transaction.batchInsert('collection_unit', rows, chunk);
        const detail = `${collectionId}: ${units.length}`;
        const at = now().toISOString();
        await recordEvent(transaction, { at, actor, action: 'units-set', sha256: fileId ?? '', detail });
      });
    },

    changeReturns: <T extends ChangedState>(
      collectionId: number,
      { units, incoming }: { readonly units: readonly string[]; readonly incoming: readonly IncomingReturn[] },
      change: (state: CollectState) => T,
      actor: string,
    ) =>
      write(database, async (transaction) => {
        const { title } = await recordOrThrow(collectionId, transaction);
        const files: readonly FileRow[] = await transaction('return_file')
          .where('collection_id', collectionId)
          .orderBy('position')
          .select('position', 'sha256', 'name', 'received_at');
        const hashes = new Set(incoming.map(({ sha256 }) => sha256));
        const again = files.filter(({ sha256 }) => hashes.has(sha256)).map(({ position }) => position);
        const returns: ReturnRow[] = [];
        for (let i = 0; i < units.length; i += chunk) {
          const some = units.slice(i, i + chunk);
          returns.push(
            ...(await transaction('form_return').where('collection_id', collectionId).whereIn('unit', some)),
          );
        }
        const rejected: RejectedRow[] = await transaction('rejected_return')
          .where('collection_id', collectionId)
          .whereIn('file', again)
          .orderBy('id');
        const before: CollectState = {
          schemaVersion: 1,
          campaign: title,
          forms: await formsOf(collectionId, transaction),
          units: await unitsOf(collectionId, transaction),
          imports: files.map((file) => ({ fileName: file.name, sha256: file.sha256, receivedAt: file.received_at })),
          returns: returns.map(toStoredReturn),
          rejected: rejected.map(toRejected),
        };
        const changed = change(before);
        await saveFiles(transaction, collectionId, before, changed, incoming, actor);
        const held = new Set(before.returns);
        for (const stored of changed.state.returns) {
          if (held.has(stored)) continue;
          await transaction('form_return')
            .insert(returnRow(collectionId, stored))
            .onConflict(['collection_id', 'form_hash', 'period', 'unit'])
            .merge();
        }
        await transaction('rejected_return').where('collection_id', collectionId).whereIn('file', again).delete();
        const turnedBack = changed.state.rejected.map((back) => ({
          collection_id: collectionId,
          file: back.import,
          form_hash: back.formHash,
          unit: back.unit,
          period: back.period,
          codes: JSON.stringify(back.codes),
        }));
        await transaction.batchInsert('rejected_return', turnedBack, chunk);
        return changed;
      }),

    async reportedReturns(collectionId, query) {
      const rows: readonly Pick<ReturnRow, 'form_hash' | 'unit' | 'period' | 'first_received_at' | 'faulty'>[] =
        await returnsOf(database.reader, collectionId, query).select(
          'form_hash',
          'unit',
          'period',
          'first_received_at',
          'faulty',
        );
      return rows.map((row) => ({
        formHash: row.form_hash,
        unit: row.unit,
        period: row.period,
        firstReceivedAt: row.first_received_at,
        faulty: row.faulty === '[]' ? [] : JSON.parse(row.faulty),
      }));
    },
    async rejectedReturns(collectionId) {
      const rows: readonly RejectedRow[] = await database
        .reader('rejected_return')
        .where('collection_id', collectionId)
        .orderBy('id');
      return rows.map(toRejected);
    },
    async storedReturns(collectionId, query): Promise<readonly StoredReturn[]> {
      const history = query.unit === undefined ? database.reader.raw('null as history') : 'history';
      const rows: readonly ReturnRow[] = await returnsOf(database.reader, collectionId, query)
        .select('form_hash', 'period', 'unit', 'file', 'first_received_at', 'faulty', 'body', history)
        .orderBy('rowid');
      return rows.map(toStoredReturn);
    },
    async returnFiles(collectionId, { positions, limit, offset }) {
      const chosen = database.reader('return_file').where('collection_id', collectionId);
      if (positions !== undefined) chosen.whereIn('position', [...positions]);
      const counted = await chosen.clone().count({ total: '*' }).first();
      const rows: readonly FileRow[] = await chosen.orderBy('position', 'desc').limit(limit).offset(offset);
      return { items: rows.map(toReturnFile), total: Number(counted?.total ?? 0) };
    },
    async returnPath(collectionId, sha256) {
      const row: Pick<FileRow, 'name'> | undefined = await database
        .reader('return_file')
        .where({ collection_id: collectionId, sha256 })
        .first('name');
      if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `Return ${sha256}` });
      return { path: originals.pathOf(sha256), fileName: row.name };
    },
  };

  /** Rows of the files that are new, their bytes among the originals; of files that came again their new issues. */
  async function saveFiles(
    transaction: Knex.Transaction,
    collectionId: number,
    before: CollectState,
    { state, issues }: ChangedState,
    incoming: readonly IncomingReturn[],
    actor: string,
  ): Promise<void> {
    const bySha = new Map(incoming.map((file) => [file.sha256, file]));
    const at = now().toISOString();
    for (const [position, record] of state.imports.entries()) {
      if (position < before.imports.length) continue;
      const file = bySha.get(record.sha256);
      if (file === undefined) throw new Error(`The bytes of ${record.sha256} are not among those that came.`);
      await transaction('return_file').insert({
        collection_id: collectionId,
        position,
        sha256: record.sha256,
        name: record.fileName,
        byte_length: file.byteLength,
        received_at: record.receivedAt,
        imported_at: at,
        imported_by: actor,
        issues: JSON.stringify(issues.get(position) ?? []),
      });
      // Under the write lock: bytes without a row are then always leavings of a crash (see sweep).
      await originals.place(file.path, record.sha256);
      const event = { at, actor, action: 'returned', sha256: record.sha256 } as const;
      await recordEvent(transaction, { ...event, detail: record.fileName });
    }
    for (const [position, own] of issues) {
      if (position >= before.imports.length) continue;
      await transaction('return_file')
        .where({ collection_id: collectionId, position })
        .update({ issues: JSON.stringify(own) });
    }
  }
}

function returnsOf(source: Knex, collectionId: number, { formHashes, periods, unit }: ReturnQuery): Knex.QueryBuilder {
  const chosen = source('form_return')
    .where('collection_id', collectionId)
    .whereIn('form_hash', [...formHashes]);
  if (periods !== undefined) chosen.whereIn('period', [...periods]);
  if (unit !== undefined) chosen.where('unit', unit);
  return chosen;
}
