import { existsSync } from 'node:fs';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { HongtouError } from '../../models/index.ts';
import { migrations } from './migrations/index.ts';

/** An open SQLite file. SQLite has one writer at a time; readers see the last commit and never wait for it. */
export interface Database {
  /** For questions alone, several at a time. */
  readonly reader: Knex;
  /** One connection; use `write`. */
  readonly writer: Knex;
  close(): Promise<void>;
}

/**
 * Opens the SQLite file of a library and brings it to the newest form. A database that already holds something is
 * copied to `before-form-….sqlite` beside it before its form changes.
 */
export async function openDatabase(file: string): Promise<Database> {
  const writer = connect(file, 1);
  try {
    await writer.raw('create table if not exists write_turn (turn integer primary key)');
    await migrate(writer, file);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  const reader = connect(file, 3);
  return {
    reader,
    writer,
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function connect(file: string, connections: number): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 0,
      max: connections,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null) => void) => {
        // FULL: a commit is on the disk when it returns, also if the power fails.
        connection.exec(
          'pragma busy_timeout = 15000; pragma journal_mode = wal; pragma foreign_keys = on; pragma synchronous = full;',
          done,
        );
      },
    },
  });
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
  await write({ writer: database }, async (transaction) => {
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
export async function write<T>(
  { writer }: Pick<Database, 'writer'>,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await writer.transaction(async (transaction) => {
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
