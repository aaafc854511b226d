import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import type { FileId, LibraryFile } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import { backUp } from './backup.ts';
import { checkLibrary } from './check.ts';
import { collectionMethods } from './collections.ts';
import { correctionMethods } from './corrections.ts';
import { type Database, write } from './database.ts';
import { extractionMethods } from './extractions.ts';
import type { Originals } from './originals.ts';
import { type FileRow, recordEvent, restrictedSql, toLibraryFile } from './rows.ts';
import type { Actor, Store } from './store.ts';

export interface SqliteStoreOptions {
  readonly database: Database;
  readonly originals: Originals;
  /** Days before a deletion is final. */
  readonly keepDeletedDays: number;
  readonly now?: () => Date;
}

/** The library on one machine: a SQLite file and a folder of originals. */
export function sqliteStore(options: SqliteStoreOptions): Store {
  const { database, originals, keepDeletedDays } = options;
  const now = options.now ?? (() => new Date());

  /** Files as the library shows them. */
  const files = (source: Knex = database.reader) =>
    source<FileRow>('file')
      .leftJoin('extraction', 'extraction.file_id', 'file.id')
      .select<FileRow[]>(
        'file.*',
        'extraction.extracted_at',
        'extraction.extractor_version',
        'extraction.media_type',
        source.raw('(select count(*) from notice where notice.file_id = file.id) as notice_count'),
        source.raw(
          `(select max(max(at, coalesce(withdrawn_at, at))) from correction
            where correction.file_id = file.id) as corrected_at`,
        ),
        source.raw(`exists (select 1 from notice where notice.file_id = file.id and ${restrictedSql}) as restricted`),
      );

  const fileOrThrow = async (fileId: FileId, source: Knex = database.reader): Promise<LibraryFile> => {
    const row = await files(source).where('file.id', fileId).first();
    if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
    return toLibraryFile(row);
  };

  const addSettled = (fileName: string, incoming: string, sha256: string, byteLength: number, actor: Actor) =>
    write(database, async (transaction) => {
      const known = await transaction('file').where('id', sha256).first<FileRow | undefined>();
      const at = now().toISOString();
      if (known === undefined) {
        await transaction('file').insert({
          id: sha256,
          name: fileName,
          byte_length: byteLength,
          received_at: at,
          received_by: actor,
        });
      } else if (known.deleted_at !== null) {
        await transaction('file').where('id', sha256).update({ deleted_at: null, purge_at: null });
      }
      // Under the write lock: bytes without a row are then always leavings of a crash (see sweep).
      await originals.place(incoming, sha256);
      await recordEvent(transaction, {
        at,
        actor,
        action: known ? 'received-again' : 'received',
        sha256,
        detail: fileName,
      });
      return { file: await fileOrThrow(sha256, transaction), isNew: known === undefined };
    });

  /** Removes placed bytes that nobody needs. Under the write lock, so that nobody adds the same bytes meanwhile. */
  const removeUnknown = (hashes: readonly string[]) =>
    write(database, async (transaction) => {
      for (const sha256 of hashes) {
        const row = await transaction('original_use').where('sha256', sha256).first('sha256');
        if (row === undefined) await originals.remove(sha256);
      }
    });

  const purgeDeleted = async (at: Date): Promise<number> => {
    // Rows first: bytes without a row are harmless, a row without bytes is a loss.
    const purged = await write(database, async (transaction) => {
      const due: { id: string }[] = await transaction('file').where('purge_at', '<=', at.toISOString()).select('id');
      for (const { id } of due) {
        await transaction('file').where('id', id).delete();
        await recordEvent(transaction, {
          at: now().toISOString(),
          actor: 'server',
          action: 'purged',
          sha256: id,
          detail: null,
        });
      }
      return due.map(({ id }) => id);
    });
    await removeUnknown(purged);
    return purged.length;
  };

  return {
    async addFile({ fileName, path: incoming }, actor) {
      try {
        const { sha256, byteLength } = await originals.settle(incoming);
        return await addSettled(fileName, incoming, sha256, byteLength, actor).catch(async (error: unknown) => {
          // Placed but never committed; should this fail too, the next start sweeps it.
          await removeUnknown([sha256]).catch(() => undefined);
          throw error;
        });
      } finally {
        await rm(incoming, { force: true });
      }
    },
    async findFile(fileId) {
      const row = await files().where('file.id', fileId).first();
      return row && toLibraryFile(row);
    },
    async findFilesByPrefix(prefix) {
      if (!/^[0-9a-f]{4,64}$/.test(prefix)) return [];
      const rows = await files()
        .whereBetween('file.id', [prefix, `${prefix}g`])
        .whereNull('file.deleted_at')
        .limit(10);
      return rows.map(toLibraryFile);
    },
    async listFiles({ state, deleted, limit, offset }) {
      const chosen = database.reader('file').modify((query) => {
        if (state !== undefined) query.where('file.state', state);
        if (deleted) query.whereNotNull('file.deleted_at');
        else query.whereNull('file.deleted_at');
      });
      const counted = await chosen.clone().count({ total: '*' }).first();
      const rows = await files()
        .whereIn('file.seq', chosen.clone().select('file.seq').orderBy('file.seq', 'desc').limit(limit).offset(offset))
        .orderBy('file.seq', 'desc');
      return { items: rows.map(toLibraryFile), total: Number(counted?.total ?? 0) };
    },
    async originalPath(fileId) {
      await fileOrThrow(fileId);
      return originals.pathOf(fileId);
    },

    ...extractionMethods({ database, now, fileOrThrow }),
    ...correctionMethods({ database, now, fileOrThrow }),
    ...collectionMethods({ database, originals, now }),

    async deleteFile(fileId, actor) {
      return write(database, async (transaction) => {
        const file = await fileOrThrow(fileId, transaction);
        if (file.deletedAt !== null) return file;
        const at = now();
        const purgeAt = new Date(at.getTime() + keepDeletedDays * 86_400_000);
        await transaction('file')
          .where('id', fileId)
          .update({ deleted_at: at.toISOString(), purge_at: purgeAt.toISOString() });
        await recordEvent(transaction, {
          at: at.toISOString(),
          actor,
          action: 'deleted',
          sha256: fileId,
          detail: null,
        });
        return fileOrThrow(fileId, transaction);
      });
    },
    async restoreFile(fileId, actor) {
      return write(database, async (transaction) => {
        const file = await fileOrThrow(fileId, transaction);
        if (file.deletedAt === null) return file;
        await transaction('file').where('id', fileId).update({ deleted_at: null, purge_at: null });
        await recordEvent(transaction, {
          at: now().toISOString(),
          actor,
          action: 'restored',
          sha256: fileId,
          detail: null,
        });
        return fileOrThrow(fileId, transaction);
      });
    },
    purgeDeleted,
    check: (mender) => checkLibrary({ database, originals, now, purgeDeleted }, mender ?? null),
    backup: (folder) => backUp(database, originals, folder),
    close: () => database.close(),
  };
}

/**
 * Removes what a crash left behind: incoming bytes of dead processes, and placed bytes whose row was never committed.
 * Nobody was told that those were accepted.
 */
export async function sweep(database: Database, originals: Originals): Promise<void> {
  await originals.sweepIncoming();
  await write(database, async (transaction) => {
    const rows: readonly { sha256: string }[] = await transaction('original_use').select('sha256');
    const known = new Set(rows.map((row) => row.sha256));
    for (const sha256 of await originals.list()) if (!known.has(sha256)) await originals.remove(sha256);
  });
}

/** Where the database of a library stands. */
export function databasePath(folder: string): string {
  return path.join(folder, 'library.sqlite');
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
