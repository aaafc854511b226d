import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { FileId } from '../../models/api/library.ts';
import { Extraction } from '../../models/index.ts';
import { correctionsOf } from './corrections.ts';
import { type Database, write } from './database.ts';
import { listExtraction } from './listExtraction.ts';
import type { Originals } from './originals.ts';
import { type ExtractionRow, recordEvent, toExtraction } from './rows.ts';
import type { Actor, CheckReport } from './store.ts';

/** A deletion that became due so long ago was forgotten: a server makes them final every hour. */
const forgottenMs = 2 * 3_600_000;
const arrivingMs = 60_000;

export interface CheckParts {
  readonly database: Database;
  readonly originals: Originals;
  readonly now: () => Date;
  readonly purgeDeleted: (at: Date) => Promise<number>;
}

/**
 * Verifies a library: every original has the hash it is named after, every row its bytes, every extraction its shape
 * and its quotes, every waiting file a job, and the database is whole. Changes nothing, unless it is told who mends.
 */
export async function checkLibrary(
  { database, originals, now, purgeDeleted }: CheckParts,
  mender: Actor | null,
): Promise<CheckReport> {
  const faults: string[] = [];
  const mended: string[] = [];
  const unread = new Set<FileId>();
  /** What is wrong, and what would mend it, where anything can from here. */
  const note = async (fault: string, mend?: () => unknown) => {
    if (mender === null || mend === undefined) {
      faults.push(fault);
      return;
    }
    await mend();
    mended.push(fault);
  };
  const integrity: readonly { integrity_check: string }[] = await database.reader.raw('pragma integrity_check');
  for (const row of integrity) if (row.integrity_check !== 'ok') await note(`database: ${row.integrity_check}`);
  const dangling: readonly { table: string; parent: string }[] = await database.reader.raw('pragma foreign_key_check');
  for (const row of dangling) await note(`a row of ${row.table} refers to nothing in ${row.parent}`);

  const due = new Date(now().getTime() - forgottenMs).toISOString();
  const overdue = await database.reader('file').where('purge_at', '<', due).count({ total: '*' }).first();
  if (Number(overdue?.total) > 0) {
    await note(`${overdue?.total} deletions are due and not final`, () => purgeDeleted(now()));
  }

  const files: readonly CheckedFile[] = await database
    .reader('file')
    .leftJoin('extraction', 'extraction.file_id', 'file.id')
    .select('file.id', 'file.name', 'file.state', 'file.seq', 'file.received_at', 'file.deleted_at')
    .select('extraction.file_id as extracted')
    .select(
      database.reader.raw(
        `exists (select 1 from job where job.file_id = file.id and job.state in ('queued', 'running')) as has_job`,
      ),
    );
  const searched: readonly { rowid: number }[] = await database.reader.raw('select rowid from file_search');
  const indexed = new Set(searched.map((row) => row.rowid));
  // A file that came just now gets its job in a moment.
  const arrived = new Date(now().getTime() - arrivingMs).toISOString();
  for (const file of files) {
    const called = `${file.id} "${file.name}"`;
    const readAgain = () => unread.add(file.id);
    const hash = await hashOf(originals.pathOf(file.id));
    // Only somebody who has the bytes can mend that: the same file submitted again, or a backup.
    if (hash === undefined) await note(`${called}: its original is not there`);
    else if (hash !== file.id) await note(`${called}: its original was changed (now ${hash})`);
    if (file.state === 'read' && file.extracted === null) await note(`${called}: read, but no extraction`, readAgain);
    const isLeft = file.received_at < arrived && file.has_job === 0;
    if (file.state === 'waiting' && file.deleted_at === null && isLeft) {
      await note(`${called}: it waits, but no job reads it`, readAgain);
    }
    if (file.extracted === null) continue;
    const unfit = await faultsOfExtraction(database, file.id, file.name);
    for (const fault of unfit) await note(fault, readAgain);
    if (unfit.length > 0) continue;
    const relist = () => relistFile(database, file, mender ?? '', now());
    for (const fault of await faultsOfListing(database, file.id, file.name)) await note(fault, relist);
    if (!indexed.has(file.seq)) await note(`${called}: not in the search index`, relist);
  }
  const known = new Set(files.map((file) => file.id));
  const returned: readonly { sha256: string; name: string }[] = await database
    .reader('return_file')
    .select('sha256')
    .min({ name: 'name' })
    .groupBy('sha256');
  for (const { sha256, name } of returned) {
    if (known.has(sha256)) continue;
    known.add(sha256);
    const hash = await hashOf(originals.pathOf(sha256));
    if (hash === undefined) await note(`${sha256} "${name}": the original of this return is not there`);
    else if (hash !== sha256) {
      await note(`${sha256} "${name}": the original of this return was changed (now ${hash})`);
    }
  }
  for (const sha256 of await originals.list()) {
    if (!known.has(sha256)) await note(`${sha256}: bytes that no file owns`);
  }
  const extractions = files.filter((file) => file.extracted !== null).length;
  return { files: files.length, extractions, faults, mended, unread: [...unread] };
}

interface CheckedFile {
  readonly id: FileId;
  readonly name: string;
  readonly state: string;
  readonly seq: number;
  readonly received_at: string;
  readonly deleted_at: string | null;
  readonly extracted: string | null;
  /** 1: a job waits or runs. */
  readonly has_job: number;
}

async function faultsOfExtraction(database: Database, fileId: string, name: string): Promise<readonly string[]> {
  const row = await database.reader('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
  if (row === undefined) return [];
  const parsed = Extraction.safeParse(toExtraction(row));
  if (!parsed.success) return [`${fileId} "${name}": its extraction has not the shape of one`];
  return parsed.data.source.sha256 === fileId ? [] : [`${fileId} "${name}": its extraction is of another file`];
}

/** What is wrong with what lists show of a file. */
async function faultsOfListing({ reader }: Database, fileId: string, name: string): Promise<readonly string[]> {
  const row = await reader('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
  if (row === undefined) return [];
  const rows: readonly { notice_id: string }[] = await reader('notice').where('file_id', fileId).select('notice_id');
  const listed = rows.map((notice) => notice.notice_id).sort();
  const held = toExtraction(row)
    .notices.map((notice) => notice.id)
    .sort();
  return listed.join() === held.join()
    ? []
    : [`${fileId} "${name}": the list of notices is not that of its extraction`];
}

/** Makes anew what is made from an extraction: the list of its notices and the index of its words. */
async function relistFile(database: Database, { id }: CheckedFile, actor: Actor, at: Date): Promise<void> {
  await write(database, async (transaction) => {
    const row = await transaction('extraction').where('file_id', id).first<ExtractionRow | undefined>();
    if (row === undefined) return;
    await listExtraction(transaction, id, toExtraction(row), await correctionsOf(transaction, id));
    await recordEvent(transaction, { at: at.toISOString(), actor, action: 'mended', sha256: id, detail: null });
  });
}

async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
