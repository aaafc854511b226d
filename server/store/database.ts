import { existsSync } from 'node:fs';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { HongtouError } from '../../models/index.ts';
import { migrations } from './migrations/index.ts';

/**
 * Opens the SQLite file of a library and brings it to the newest form. A database that already holds something is
 * copied to `backups/` before its form changes.
 */
export async function openDatabase(file: string): Promise<Knex> {
  const database = knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      // One connection: SQLite has one writer anyway, and a transaction can then never wait for another of ours.
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null) => void) => {
        // FULL: a commit is on the disk when it returns, also if the power fails.
        connection.exec(
          'pragma busy_timeout = 15000; pragma journal_mode = wal; pragma foreign_keys = on; pragma synchronous = full;',
          done,
        );
      },
    },
  });
  try {
    await database.raw('create table if not exists write_turn (turn integer primary key)');
    await migrate(database, file);
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

/** Steps forward only. `user_version` says how many were taken. */
async function migrate(database: Knex, file: string): Promise<void> {
  const before = await formOf(database);
  if (before > migrations.length) {
    throw new HongtouError('LIBRARY_TOO_NEW', { found: before, known: migrations.length });
  }
  if (before === migrations.length) return;
  if (before > 0 && file !== ':memory:') await copyBefore(database, file, before);
  await write(database, async (transaction) => {
    // Another process may have come first while this one waited for the lock.
    const from = await formOf(transaction);
    for (const [index, step] of migrations.entries()) if (index >= from) await step(transaction);
    await transaction.raw(`pragma user_version = ${migrations.length}`);
  });
}

async function formOf(database: Knex): Promise<number> {
  const rows: readonly { user_version: number }[] = await database.raw('pragma user_version');
  return rows[0]?.user_version ?? 0;
}

async function copyBefore(database: Knex, file: string, form: number): Promise<void> {
  const copy = path.join(path.dirname(file), `before-form-${form + 1}.sqlite`);
  if (!existsSync(copy)) await database.raw('vacuum into ?', [copy]);
}

/**
 * A transaction that takes the write lock first. A SQLite transaction that begins with a read and then writes fails at
 * once when another process wrote in between; one that begins with a write waits for its turn.
 */
export async function write<T>(database: Knex, work: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
  try {
    return await database.transaction(async (transaction) => {
      await transaction.raw('delete from write_turn');
      return work(transaction);
    });
  } catch (error) {
    throw isDiskFull(error) ? new HongtouError('STORAGE_FULL', undefined, { cause: error }) : error;
  }
}

/** The disk, the quota, or the database's own limit. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL';
}
