import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../server/library.ts';
import { differingPlaces } from '../../server/rederive.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';

describe('Places where two readings differ', () => {
  it('are named by their paths, and nothing else is', () => {
    const read = { notices: [{ id: 'n1', title: null, deadlines: [{ due: { date: '2025-01-01' } }] }] };
    expect(differingPlaces(read, structuredClone(read))).toEqual([]);
    const other = { notices: [{ id: 'n1', title: { value: 'x' }, deadlines: [{ due: { date: '2025-02-01' } }, {}] }] };
    expect(differingPlaces(read, other)).toEqual([
      'notices.0.title',
      'notices.0.deadlines.0.due.date',
      'notices.0.deadlines.1',
    ]);
    expect(differingPlaces({ a: undefined }, {})).toEqual([]);
    expect(differingPlaces([], {})).toEqual(['.']);
  });
});

describe('hongtou check --rederive', () => {
  it('tells what would be read otherwise now, and has it read again on demand', { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const data = path.join(folder, 'library');
    const files = ['甲', '乙'].map((name) => path.join(folder, `${name}.txt`));
    for (const [index, file] of files.entries()) {
      await writeFile(file, `浅川县教育局关于第${index}次检查的通知\n各学校：\n请于2025年4月30日前报送总结。\n`);
    }
    const said = async (...args: readonly string[]) => {
      const { status, out, err } = await run(...args, '--data', data);
      return [status, [out, ...err].join('\n')] as const;
    };
    expect((await said('ingest', ...files))[0]).toBe(0);
    expect(await said('check', '--rederive')).toEqual([
      0,
      expect.stringContaining('2 files, 2 extractions, 0 faults; 2 read again, 0 different'),
    ]);
    const library = await openLibrary({ data, keepDeletedDays: 30 });
    const { items } = await library.store.listFiles({ deleted: false, limit: 9, offset: 0 });
    const fileId = items[0]?.fileId ?? '';
    const stored = await library.store.findExtraction(fileId);
    if (stored === undefined) throw new Error('It was not read.');
    const notices = stored.extraction.notices.map((notice) => ({ ...notice, deadlines: [], documentType: '函' }));
    await library.store.saveExtraction(fileId, { ...stored.extraction, notices }, '0', 'tester');
    await library.close();
    const [status, words] = await said('check', '--rederive', '--repair');
    expect(status).toBe(0);
    expect(words).toMatch(/version 0 and now \S+ differ in notices\.0\.documentType, notices\.0\.deadlines\.0/);
    expect(words).toContain('1 files will be read again');
    expect((await said('ingest', ...files))[0]).toBe(0);
    expect((await said('check', '--rederive'))[0]).toBe(0);
  });
});
