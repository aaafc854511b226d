import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Extraction } from '../../models/index.ts';
import type { Database } from './database.ts';
import type { Originals } from './originals.ts';
import { type ExtractionRow, toExtraction } from './rows.ts';
import type { CheckReport } from './store.ts';

/**
 * Verifies a library: every original has the hash it is named after, every row its bytes, every extraction its shape
 * and its quotes, and the database is whole. It changes nothing.
 */
export async function checkLibrary(database: Database, originals: Originals): Promise<CheckReport> {
  const faults: string[] = [];
  const integrity: readonly { integrity_check: string }[] = await database.reader.raw('pragma integrity_check');
  for (const row of integrity) if (row.integrity_check !== 'ok') faults.push(`database: ${row.integrity_check}`);
  const dangling: readonly { table: string; parent: string }[] = await database.reader.raw('pragma foreign_key_check');
  for (const row of dangling) faults.push(`a row of ${row.table} refers to nothing in ${row.parent}`);

  const files: readonly { id: string; name: string; state: string; seq: number; extracted: string | null }[] =
    await database
      .reader('file')
      .leftJoin('extraction', 'extraction.file_id', 'file.id')
      .select('file.id', 'file.name', 'file.state', 'file.seq', 'extraction.file_id as extracted');
  for (const file of files) {
    const hash = await hashOf(originals.pathOf(file.id));
    if (hash === undefined) faults.push(`${file.id} "${file.name}": its original is not there`);
    else if (hash !== file.id) faults.push(`${file.id} "${file.name}": its original was changed (now ${hash})`);
    if (file.state === 'read' && file.extracted === null)
      faults.push(`${file.id} "${file.name}": read, but no extraction`);
    if (file.extracted !== null) faults.push(...(await faultsOfExtraction(database, file.id, file.name)));
  }
  const returned: readonly { sha256: string; name: string }[] = await database
    .reader('return_file')
    .select('sha256')
    .min({ name: 'name' })
    .groupBy('sha256');
  const known = new Set(files.map((file) => file.id));
  for (const { sha256, name } of returned) {
    if (known.has(sha256)) continue;
    known.add(sha256);
    const hash = await hashOf(originals.pathOf(sha256));
    if (hash === undefined) faults.push(`${sha256} "${name}": the original of this return is not there`);
    else if (hash !== sha256) faults.push(`${sha256} "${name}": the original of this return was changed (now ${hash})`);
  }
  for (const sha256 of await originals.list())
    if (!known.has(sha256)) faults.push(`${sha256}: bytes that no file owns`);

  const searched: readonly { rowid: number }[] = await database.reader.raw('select rowid from file_search');
  const indexed = new Set(searched.map((row) => row.rowid));
  for (const file of files) {
    if (file.extracted !== null && !indexed.has(file.seq))
      faults.push(`${file.id} "${file.name}": not in the search index`);
  }
  return { files: files.length, extractions: files.filter((file) => file.extracted !== null).length, faults };
}

async function faultsOfExtraction(database: Database, fileId: string, name: string): Promise<readonly string[]> {
  const row = await database.reader('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
  if (row === undefined) return [];
  const parsed = Extraction.safeParse(toExtraction(row));
  if (!parsed.success) return [`${fileId} "${name}": its extraction has not the shape of one`];
  const extraction = parsed.data;
  const faults: string[] = [];
  if (extraction.source.sha256 !== fileId) faults.push(`${fileId} "${name}": its extraction is of another file`);
  const rows: readonly { notice_id: string }[] = await database
    .reader('notice')
    .where('file_id', fileId)
    .select('notice_id');
  const listed = rows.map((notice) => notice.notice_id).sort();
  const held = extraction.notices.map((notice) => notice.id).sort();
  if (listed.join() !== held.join())
    faults.push(`${fileId} "${name}": the list of notices is not that of its extraction`);
  return faults;
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
