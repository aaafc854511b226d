import type { Knex } from 'knex';
import { HongtouError } from '../../models/index.ts';
import { Correction, type FileId, type LibraryFile } from '../records.ts';
import { type Database, write } from './database.ts';
import { recordEvent } from './rows.ts';
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
  readonly note: string | null;
  readonly actor: string;
  readonly at: string;
}

type CorrectionMethods = Pick<Store, 'addCorrection' | 'listCorrections' | 'removeCorrection'>;

/** The part of the store that keeps what people say against what was read. */
export function correctionMethods({ database, now, fileOrThrow }: Parts): CorrectionMethods {
  return {
    async addCorrection(fileId, noticeId, { field, quote, value, note }, actor) {
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
          note,
          actor,
          at,
        };
        const [id] = await transaction('correction').insert(row);
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
      const rows: readonly CorrectionRow[] = await database
        .reader('correction')
        .where({ file_id: fileId, notice_id: noticeId })
        .orderBy('id');
      return rows.map(toCorrection);
    },
    async removeCorrection(fileId, correctionId, actor) {
      await write(database, async (transaction) => {
        const removed = await transaction('correction').where({ id: correctionId, file_id: fileId }).delete();
        if (removed === 0) throw new HongtouError('NOT_FOUND', { what: `Correction ${correctionId} of this file` });
        const at = now().toISOString();
        const detail = String(correctionId);
        await recordEvent(transaction, { at, actor, action: 'correction-removed', sha256: fileId, detail });
      });
    },
  };
}

function toCorrection(row: CorrectionRow): Correction {
  return Correction.parse({
    correctionId: row.id,
    fileId: row.file_id,
    noticeId: row.notice_id,
    field: row.field,
    quote: row.quote,
    value: JSON.parse(row.value),
    note: row.note,
    actor: row.actor,
    at: row.at,
  });
}
