import type { Knex } from 'knex';
import { Correction, type FileId, type LibraryFile } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import { correctNotice } from './applyCorrections.ts';
import { type Database, write } from './database.ts';
import { listExtraction } from './listExtraction.ts';
import { type ExtractionRow, recordEvent, toExtraction } from './rows.ts';
import type { Store } from './store.ts';

interface Parts {
  readonly database: Database;
  readonly now: () => Date;
  readonly fileOrThrow: (fileId: FileId, source?: Knex) => Promise<LibraryFile>;
}

interface CorrectionRow {
  readonly id: number;
  readonly file_id: string;
  readonly notice_id: string;
  readonly field: string;
  readonly quote: string | null;
  readonly value: string;
  readonly before: string;
  readonly note: string | null;
  readonly person: string | null;
  readonly actor: string;
  readonly at: string;
  readonly withdrawn_at: string | null;
  readonly withdrawn_by: string | null;
}

type CorrectionMethods = Pick<Store, 'addCorrection' | 'listCorrections' | 'withdrawCorrection'>;

/** The part of the store that keeps what people say against what was read. */
export function correctionMethods({ database, now, fileOrThrow }: Parts): CorrectionMethods {
  return {
    async addCorrection(fileId, noticeId, { field, quote, value, before, note, person }, actor) {
      const at = now().toISOString();
      return write(database, async (transaction) => {
        await fileOrThrow(fileId, transaction);
        const known = await transaction('notice').where({ file_id: fileId, notice_id: noticeId }).first('notice_id');
        if (known === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId} of this file` });
        const row = {
          file_id: fileId,
          notice_id: noticeId,
          field,
          quote,
          value: JSON.stringify(value),
          before: JSON.stringify(before),
          note,
          person,
          actor,
          at,
          withdrawn_at: null,
          withdrawn_by: null,
        };
        const [id] = await transaction('correction').insert(row);
        await relist(transaction, fileId);
        await recordEvent(transaction, {
          at,
          actor,
          action: 'corrected',
          sha256: fileId,
          detail: `${noticeId} ${field}`,
        });
        return toCorrection({ ...row, id: Number(id) });
      });
    },
    async listCorrections(fileId, noticeId) {
      await fileOrThrow(fileId);
      const items = (await correctionsOf(database.reader, fileId)).filter((one) => one.noticeId === noticeId);
      const row = await database.reader('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
      const read = row && toExtraction(row);
      const notice = read?.notices.find((one) => one.id === noticeId);
      return { items, marks: read && notice ? correctNotice(read.text, notice, items).marks : [] };
    },
    async withdrawCorrection(fileId, correctionId, actor) {
      return write(database, async (transaction) => {
        const at = now().toISOString();
        const withdrawn = await transaction('correction')
          .where({ id: correctionId, file_id: fileId, withdrawn_at: null })
          .update({ withdrawn_at: at, withdrawn_by: actor });
        if (withdrawn === 0) throw new HongtouError('NOT_FOUND', { what: `Correction ${correctionId} of this file` });
        await relist(transaction, fileId);
        const detail = String(correctionId);
        await recordEvent(transaction, { at, actor, action: 'correction-removed', sha256: fileId, detail });
        return toCorrection(await transaction('correction').where('id', correctionId).first<CorrectionRow>());
      });
    },
  };
}

/** All corrections of a file, in the order they were made. */
export async function correctionsOf(source: Knex, fileId: FileId): Promise<readonly Correction[]> {
  const rows: readonly CorrectionRow[] = await source('correction').where('file_id', fileId).orderBy('id');
  return rows.map(toCorrection);
}

/** Lists, calendars and searches follow what people say. */
async function relist(transaction: Knex.Transaction, fileId: FileId): Promise<void> {
  const row = await transaction('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
  if (row !== undefined)
    await listExtraction(transaction, fileId, toExtraction(row), await correctionsOf(transaction, fileId));
}

function toCorrection(row: CorrectionRow): Correction {
  return Correction.parse({
    correctionId: row.id,
    fileId: row.file_id,
    noticeId: row.notice_id,
    field: row.field,
    quote: row.quote,
    value: JSON.parse(row.value),
    before: JSON.parse(row.before),
    note: row.note,
    person: row.person,
    actor: row.actor,
    at: row.at,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
  });
}
