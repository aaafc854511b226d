import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileId } from '../../models/api/library.ts';
import type { PageStore } from '../../pipeline/ocr/keptPages.ts';
import type { Database } from './database.ts';

/**
 * Pages of scans that are recognised already, kept as long as the job of their file is open:
 * `recognized/‹file›/‹what was recognised, and by what›.json`. Losing them costs nothing but time.
 */
export interface RecognizedPages {
  folderOf(fileId: FileId): string;
  /** When a job has ended for good. */
  remove(fileId: FileId): Promise<void>;
  /** Removes what belongs to no open job: leavings of a crash. */
  sweep(database: Database): Promise<void>;
}

export function recognizedPages(library: string): RecognizedPages {
  const root = path.join(library, 'recognized');
  const folderOf = (fileId: FileId) => path.join(root, fileId);
  const remove = (fileId: FileId) => rm(folderOf(fileId), { recursive: true, force: true });
  return {
    folderOf,
    remove,
    async sweep(database) {
      // The folders first: what comes into being after that has an open job.
      const found = await readdir(root).catch((): string[] => []);
      if (found.length === 0) return;
      const open = await database
        .reader('job')
        .whereIn('state', ['queued', 'running'])
        .select<{ file_id: string }[]>('file_id');
      const kept = new Set(open.map((row) => row.file_id));
      for (const name of found) if (!kept.has(name)) await remove(name);
    },
  };
}

/**
 * Keeps pages as files in one folder, each whole or not at all. A disk that is full, or a page that is damaged, means
 * that the page is recognised again.
 */
export function pagesInFolder(folder: string): PageStore {
  const fileOf = (key: Parameters<PageStore['get']>[0]) =>
    path.join(folder, `${key.sha256}-${key.engine}-${key.version}-${key.page}.json`);
  return {
    get: (key) => readFile(fileOf(key), 'utf8').catch(() => null),
    async put(key, json) {
      const incoming = path.join(folder, `${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(incoming, json, { mode: 0o600 });
        await rename(incoming, fileOf(key));
      } catch {
        await rm(incoming, { force: true }).catch(() => undefined);
      }
    },
  };
}
