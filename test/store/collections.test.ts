import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formModel } from '../../pipeline/template/formModel.ts';
import { type Library, openLibrary } from '../../server/library.ts';
import { openedCollection, wholeCollection } from '../../server/returns/collectionViews.ts';
import { directReturnReader } from '../../server/returns/returnReader.ts';
import { takeReturns } from '../../server/returns/takeReturns.ts';
import { restoreBackup } from '../../server/store/backup.ts';
import { extractionOf } from '../extraction.ts';
import { goodValues, randomFrom, savedElsewhere } from '../returns/workbooks.ts';
import { attachmentOf, groupedTable, monthly, noticeOf } from '../template/tables.ts';
import { temporaryFolder } from './folders.ts';

const attachment = attachmentOf(groupedTable);
const notice = noticeOf([attachment], { deadlines: [monthly(17, '报送当月统计表')] });
const form = formModel(notice, attachment, groupedTable);
const units = Array.from({ length: 12 }, (_, i) => ({
  name: `第${i + 1}乡`,
  parent: '云溪县',
  code: null,
  aliases: [],
  reports: true,
}));

async function opened(): Promise<{ readonly library: Library; readonly folder: string; readonly id: number }> {
  const folder = path.join(await temporaryFolder(), 'library');
  const library = await openLibrary({ data: folder, keepDeletedDays: 30 });
  const incoming = library.incoming.incomingPath();
  await writeFile(incoming, '关于报送统计表的通知');
  const { file } = await library.store.addFile({ fileName: '通知.txt', path: incoming }, 'tester');
  await library.store.saveExtraction(file.fileId, extractionOf('关于报送统计表的通知', [notice]), '1', 'tester');
  const wanted = {
    fileId: file.fileId,
    noticeId: 'n1',
    title: '“护民”行动',
    documentNumber: null,
    issueDate: '2025-06-01',
    endDate: null,
    forms: [form],
  };
  const { collectionId } = await library.store.openCollection(wanted, 'tester');
  await library.store.setUnits(collectionId, units, 'tester');
  return { library, folder, id: collectionId };
}

const returned = async (unit: string, seed: number) => {
  const own = formModel(notice, attachment, groupedTable, { unit, period: '2025-06' });
  const values = goodValues(own, randomFrom(seed));
  return { bytes: await savedElsewhere(own, values, {}), values };
};
async function take(library: Library, id: number, unit: string, bytes: Uint8Array, receivedAt: string) {
  const place = library.incoming.incomingPath();
  await writeFile(place, bytes);
  const file = { fileName: `${unit}.xlsx`, path: place, receivedAt };
  return takeReturns(library, directReturnReader, id, [file], { period: null, actor: 'tester' });
}
const whole = async (library: Library, id: number) =>
  wholeCollection(library.store, await openedCollection(library.store, id), {
    table: null,
    period: '2025-06',
    now: '2025-06-20T00:00:00Z',
  });

describe('Collections in the library', () => {
  it('take returns from two processes at once: each counts once, sums are those of all', async () => {
    const { library, folder, id } = await opened();
    const other = await openLibrary({ data: folder, keepDeletedDays: 30 });
    const made = await Promise.all(units.map((unit, i) => returned(unit.name, i + 1)));
    // Each file twice, once to either.
    await Promise.all(
      units.flatMap((unit, i) =>
        [library, other].map((each) => take(each, id, unit.name, made[i]!.bytes, '2025-06-16T02:00:00Z')),
      ),
    );
    const { consolidated, matrix } = await whole(other, id);
    const sums = made[0]!.values.map((_, cell) =>
      made.reduce((sum, { values }) => sum + Math.round(Number(values[cell]) * 100), 0),
    );
    expect(consolidated[0]?.values.map((value) => Math.round(Number(value) * 100))).toEqual(sums);
    expect(matrix.filter((entry) => entry.status === 'on-time')).toHaveLength(12);
    expect((await library.store.returnFiles(id, { limit: 100, offset: 0 })).total).toBe(12);
    await other.close();
    await library.close();
  }, 60_000);

  it('keep every value that a correction replaced, with the file it came from', async () => {
    const { library, id } = await opened();
    const all = await Promise.all([1, 2, 3].map((seed) => returned('第1乡', seed)));
    for (const [i, { bytes }] of all.entries()) await take(library, id, '第1乡', bytes, `2025-06-1${i}T02:00:00Z`);
    const query = { formHashes: [form.identity.structureHash], unit: '第1乡' };
    const [stored] = await library.store.storedReturns(id, query);
    expect(stored).toMatchObject({ values: all[2]!.values, import: 2, firstReceivedAt: '2025-06-10T02:00:00Z' });
    for (const [cell, value] of all[0]!.values.entries()) {
      if (value === all[1]!.values[cell]) continue;
      expect(stored?.history).toContainEqual({ cell, value, import: 0 });
    }
    // One that is older than what holds changes nothing.
    const late = await returned('第1乡', 4);
    await take(library, id, '第1乡', late.bytes, '2025-06-09T02:00:00Z');
    expect((await library.store.storedReturns(id, query))[0]?.values).toEqual(all[2]!.values);
    await library.close();
  });

  it('are whole in a backup, with the returned files, and nothing of them is swept away', async () => {
    const { library, folder, id } = await opened();
    const { bytes } = await returned('第2乡', 7);
    const [taken] = await take(library, id, '第2乡', bytes, '2025-06-16T02:00:00Z');
    const before = await whole(library, id);
    await library.store.backup(`${folder}-backup`);
    await library.close();
    const again = await openLibrary({ data: folder, keepDeletedDays: 30 });
    expect((await again.store.check()).faults).toEqual([]);
    await again.close();
    await restoreBackup(`${folder}-backup`, `${folder}-restored`);
    const restored = await openLibrary({ data: `${folder}-restored`, keepDeletedDays: 30 });
    expect(await whole(restored, id)).toEqual(before);
    const kept = await restored.store.returnPath(id, taken?.sha256 ?? '');
    expect(new Uint8Array(await readFile(kept.path))).toEqual(bytes);
    await writeFile(kept.path, 'tampered');
    expect((await restored.store.check()).faults.join()).toContain('the original of this return was changed');
    await restored.close();
  });
});
