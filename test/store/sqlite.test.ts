import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import knex from 'knex';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../server/library.ts';
import { restoreBackup } from '../../server/store/backup.ts';
import { openDatabase } from '../../server/store/database.ts';
import { deadlines } from '../../server/store/migrations/007-deadlines.ts';
import { migrations } from '../../server/store/migrations/index.ts';
import { openOriginals } from '../../server/store/originals.ts';
import { databasePath, sqliteStore } from '../../server/store/sqliteStore.ts';
import { bareNotice, extractionOf } from '../extraction.ts';
import { storeContract } from './contract.ts';
import { correctionContract } from './correctionContract.ts';
import { temporaryFolder } from './folders.ts';

const openSqlite = async () => {
  const parent = await temporaryFolder();
  const folder = path.join(parent, 'library');
  // Opened once the usual way, so that the folder is made as it always is.
  const library = await openLibrary({ data: folder, keepDeletedDays: 30 });
  await library.close();
  let time = new Date('2025-01-01T00:00:00Z');
  const originals = await openOriginals(folder);
  const database = await openDatabase(databasePath(folder));
  const store = sqliteStore({ database, originals, keepDeletedDays: 30, now: () => time });
  return {
    ...library,
    store,
    incoming: originals,
    close: () => store.close(),
    setTime: (at: string) => {
      time = new Date(at);
    },
  };
};
storeContract('SQLite', openSqlite);
correctionContract('SQLite', openSqlite);

const options = (folder: string) => ({ data: folder, keepDeletedDays: 30 });

async function libraryWith(folder: string, ...texts: readonly string[]) {
  const library = await openLibrary(options(folder));
  const files = [];
  for (const text of texts) {
    const incoming = library.incoming.incomingPath();
    await writeFile(incoming, text);
    const { file } = await library.store.addFile({ fileName: 'a.txt', path: incoming }, 'tester');
    await library.store.saveExtraction(file.fileId, extractionOf(text), '1', 'tester');
    files.push(file);
  }
  return { library, files };
}

describe('A library on disk', () => {
  it('is found again after closing, in WAL mode with foreign keys', async () => {
    const folder = path.join(await temporaryFolder(), 'library');
    const { library } = await libraryWith(folder, '重开之后还在');
    await library.close();
    const database = await openDatabase(databasePath(folder));
    expect(await database.writer.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await database.writer.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(await database.writer.raw('pragma user_version')).toEqual([{ user_version: migrations.length }]);
    expect(await database.writer('notice').count({ total: '*' })).toEqual([{ total: 1 }]);
    await database.close();
  });

  it('says so when a newer program wrote it', async () => {
    const folder = await temporaryFolder();
    const library = await openLibrary(options(folder));
    await library.close();
    const database = await openDatabase(databasePath(folder));
    await database.writer.raw('pragma user_version = 999');
    await database.close();
    await expect(openLibrary(options(folder))).rejects.toMatchObject({ code: 'LIBRARY_TOO_NEW' });
  });

  it('copies a database before it changes its form', async () => {
    const folder = await temporaryFolder();
    // As it was before anything but the library came.
    const database = knex({ client: 'sqlite3', connection: databasePath(folder), useNullAsDefault: true });
    await database.transaction(async (transaction) => migrations[0]?.(transaction));
    await database.raw('pragma user_version = 1');
    await database.destroy();
    const library = await openLibrary(options(folder));
    expect(await library.queue.countJobs()).toMatchObject({ queued: 0 });
    await library.close();
    expect(await readdir(folder)).toContain('before-form-2.sqlite');
  });

  it('brings what an older form holds along', async () => {
    const folder = await temporaryFolder();
    const { library, files } = await libraryWith(folder, '旧库中的通知');
    const due = { kind: 'date', date: '2025-06-30' } as const;
    const task = { task: '报送', due, time: null, assumed: [], responsible: null, recipient: null, evidence: [] };
    const finding = { code: 'contact-missing', severity: 'info', message: '', evidence: [] } as const;
    const extraction = extractionOf('旧库中的通知', [bareNotice({ deadlines: [task] })]);
    const fileId = files[0]?.fileId ?? '';
    await library.store.saveExtraction(fileId, { ...extraction, findings: [finding, finding] }, '1', 'tester');
    await library.close();
    const database = await openDatabase(databasePath(folder));
    await database.writer.raw('drop table deadline');
    await database.writer.raw('alter table extraction drop column finding_count');
    await database.writer.transaction(deadlines);
    await database.close();
    const again = await openLibrary(options(folder));
    const { items } = await again.store.listDue({ from: '2025-06-01', to: '2025-06-30', limit: 9, offset: 0 });
    expect(items.map((item) => item.deadline)).toEqual([task]);
    expect((await again.store.listNotices({ limit: 9, offset: 0 })).items[0]?.counts.findings).toBe(2);
    expect((await again.store.check()).faults).toEqual([]);
    await again.close();
  });

  it('clears away what a crash left behind, and nothing of a process at work', async () => {
    const folder = await temporaryFolder();
    const { library, files } = await libraryWith(folder, '完整的通知');
    await library.close();
    const orphan = 'ab'.padEnd(64, '0');
    const originals = await openOriginals(folder);
    await writeFile(path.join(folder, 'incoming', '999999999-dead-1'), 'half');
    await writeFile(path.join(folder, 'incoming', `${process.ppid}-alive-1`), 'at work');
    await writeFile(originals.incomingPath(), 'ours');
    await writeFile(path.join(folder, 'incoming', `${process.pid}-former-1`), 'of a former process with our number');
    await originals.place(originals.incomingPath().replace(/[^/]+$/, `${process.pid}-former-1`), orphan);
    const again = await openLibrary(options(folder));
    const left = await readdir(path.join(folder, 'incoming'));
    expect(left).toHaveLength(2);
    expect(left).toContain(`${process.ppid}-alive-1`);
    expect(await originals.list()).toEqual([files[0]?.fileId]);
    await again.close();
  });

  it('leaves nothing behind when bytes cannot be recorded', async () => {
    const folder = await temporaryFolder();
    const { library } = await libraryWith(folder, '已有的通知');
    const originals = await openOriginals(folder);
    const database = await openDatabase(databasePath(folder));
    await database.writer.raw(`create trigger full before insert on file begin select raise(abort, 'no room'); end`);
    const incoming = library.incoming.incomingPath();
    await writeFile(incoming, '记不下来的通知');
    await expect(library.store.addFile({ fileName: 'a', path: incoming }, 'tester')).rejects.toThrow('no room');
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
    expect(await originals.list()).toHaveLength(1);
    await database.close();
    await library.close();
  });

  it('finds by its check whatever was tampered with', async () => {
    const folder = await temporaryFolder();
    const { library, files } = await libraryWith(folder, '甲通知', '乙通知', '丙通知');
    expect(await library.store.check()).toMatchObject({ files: 3, extractions: 3, faults: [] });
    await writeFile(await library.store.originalPath(files[0]!.fileId), 'changed');
    await rm(await library.store.originalPath(files[1]!.fileId));
    const database = await openDatabase(databasePath(folder));
    await database.writer('notice').where('file_id', files[2]!.fileId).delete();
    await database.writer.raw('delete from file_search');
    await database.close();
    const { faults } = await library.store.check();
    expect(faults.filter((fault) => fault.includes('was changed'))).toHaveLength(1);
    expect(faults.filter((fault) => fault.includes('not there'))).toHaveLength(1);
    expect(faults.filter((fault) => fault.includes('list of notices'))).toHaveLength(1);
    expect(faults.filter((fault) => fault.includes('search index'))).toHaveLength(3);
    await library.close();
  });

  it('mends what can be made anew from what is there, and names what cannot', async () => {
    const folder = await temporaryFolder();
    const { library, files } = await libraryWith(folder, '甲通知', '乙通知', '丙通知', '丁通知');
    const [changed = '', unlisted = '', misshapen = '', forgotten = ''] = files.map((file) => file.fileId);
    const waiting = library.incoming.incomingPath();
    await writeFile(waiting, '无任务的通知');
    const { file: idle } = await library.store.addFile({ fileName: 'a.txt', path: waiting }, 'tester');
    await writeFile(await library.store.originalPath(changed), 'changed');
    const database = await openDatabase(databasePath(folder));
    await database.writer('notice').where('file_id', unlisted).delete();
    await database.writer.raw('delete from file_search');
    await database
      .writer('extraction')
      .where('file_id', misshapen)
      .update({ body: '{"schemaVersion":1,"notices":[{}]}' });
    const past = '2020-01-01T00:00:00.000Z';
    await database.writer('file').where('id', idle.fileId).update({ received_at: past });
    await database.writer('file').where('id', forgotten).update({ deleted_at: past, purge_at: past });
    await database.close();

    const found = await library.store.check();
    expect(found.mended).toEqual([]);
    expect(found.faults.length).toBeGreaterThanOrEqual(6);
    const mended = await library.store.check('tester');
    expect(mended.faults).toEqual([expect.stringContaining('its original was changed')]);
    expect([...mended.unread].sort()).toEqual([misshapen, idle.fileId].sort());
    expect(await library.store.findFile(forgotten)).toBeUndefined();
    expect((await library.store.listNotices({ q: '乙通知', limit: 9, offset: 0 })).total).toBe(1);
    for (const fileId of mended.unread) await library.queue.enqueue({ kind: 'extract', fileId, actor: 'tester' });
    await library.store.saveExtraction(misshapen, extractionOf('丙通知'), '1', 'tester');
    expect((await library.store.check()).faults).toEqual(mended.faults);
    // The bytes mend it.
    const again = library.incoming.incomingPath();
    await writeFile(again, '甲通知');
    await library.store.addFile({ fileName: 'a.txt', path: again }, 'tester');
    expect((await library.store.check()).faults).toEqual([]);
    await library.close();
  });

  it('comes back whole from a backup, and never over another one', async () => {
    const parent = await temporaryFolder();
    const { library, files } = await libraryWith(path.join(parent, 'library'), '要恢复的通知');
    await library.store.backup(path.join(parent, 'backup'));
    await library.close();
    const restored = path.join(parent, 'restored');
    await restoreBackup(path.join(parent, 'backup'), restored);
    const again = await openLibrary(options(restored));
    expect(await again.store.check()).toMatchObject({ files: 1, extractions: 1, faults: [] });
    expect(await readFile(await again.store.originalPath(files[0]!.fileId), 'utf8')).toBe('要恢复的通知');
    await again.close();
    await expect(restoreBackup(path.join(parent, 'backup'), restored)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(restoreBackup(parent, path.join(parent, 'new'))).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('takes writes from two processes’ connections at once', async () => {
    const folder = await temporaryFolder();
    const [a, b] = await Promise.all([openLibrary(options(folder)), openLibrary(options(folder))]);
    const put = async (library: typeof a, text: string) => {
      const incoming = library.incoming.incomingPath();
      await writeFile(incoming, text);
      await library.store.addFile({ fileName: 'a.txt', path: incoming }, 'tester');
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => put(index % 2 === 0 ? a : b, `通知${index}`)));
    expect((await a.store.listFiles({ deleted: false, limit: 1, offset: 0 })).total).toBe(20);
    await Promise.all([a.close(), b.close()]);
  });
});
