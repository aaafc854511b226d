import { constants } from 'node:fs';
import { access, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import knex from 'knex';
import { HongtouError } from '../../models/index.ts';
import type { Database } from './database.ts';
import type { Originals } from './originals.ts';

/**
 * Copies a library into a new folder while others go on working: first the database as it is at one moment, then the
 * originals it names (an original never changes, and a final deletion waits at least for its term). The folder gets its
 * name when all is there, so a half copy never looks like a backup.
 */
export async function backUp(database: Database, originals: Originals, folder: string): Promise<void> {
  const target = path.resolve(folder);
  if (await exists(target))
    throw new HongtouError('NOT_ALLOWED', { what: `Writing to ${target}`, reason: 'it exists already' });
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(path.join(partial, 'originals'), { recursive: true, mode: 0o700 });
  await database.reader.raw('vacuum into ?', [path.join(partial, 'library.sqlite')]);
  const copied = knex({
    client: 'sqlite3',
    connection: { filename: path.join(partial, 'library.sqlite') },
    useNullAsDefault: true,
  });
  try {
    const rows: readonly { sha256: string }[] = await copied('original_use').select('sha256');
    for (const { sha256: id } of rows) {
      const copy = path.join(partial, 'originals', id.slice(0, 2), id);
      await mkdir(path.dirname(copy), { recursive: true });
      await copyFile(originals.pathOf(id), copy, constants.COPYFILE_FICLONE).catch(async (error: unknown) => {
        // Its deletion became final since the copy of the database was made.
        const isGone = (await database.reader('original_use').where('sha256', id).first('sha256')) === undefined;
        if (!isGone) throw error;
        await copied.raw('pragma foreign_keys = on');
        await copied('file').where('id', id).delete();
      });
    }
  } finally {
    await copied.destroy();
  }
  await rename(partial, target);
}

/** Makes a library folder from a backup. The folder must be new or empty: what is there is never overwritten. */
export async function restoreBackup(backup: string, folder: string): Promise<void> {
  if (!(await exists(path.join(backup, 'library.sqlite')))) {
    throw new HongtouError('NOT_ALLOWED', {
      what: `Restoring from ${backup}`,
      reason: 'it holds no backup of a library',
    });
  }
  const target = path.resolve(folder);
  if ((await exists(target)) && (await readdir(target)).length > 0) {
    throw new HongtouError('NOT_ALLOWED', { what: `Restoring to ${target}`, reason: 'the folder is not empty' });
  }
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(path.join(partial, 'originals'), { recursive: true, mode: 0o700 });
  for (const part of await readdir(path.join(backup, 'originals'))) {
    await mkdir(path.join(partial, 'originals', part), { recursive: true });
    for (const id of await readdir(path.join(backup, 'originals', part))) {
      await copyFile(path.join(backup, 'originals', part, id), path.join(partial, 'originals', part, id));
    }
  }
  await copyFile(path.join(backup, 'library.sqlite'), path.join(partial, 'library.sqlite'));
  await rm(target, { recursive: true, force: true });
  await rename(partial, target);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
