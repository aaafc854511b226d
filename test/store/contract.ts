import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Deadline, HongtouError, type Notice } from '../../models/index.ts';
import type { Library } from '../../server/library.ts';
import { bareNotice, extractionOf, sha256Of, sourced } from '../extraction.ts';

export interface OpenedLibrary extends Library {
  /** The time that the store believes in. */
  setTime(time: string): void;
}

const everything = { limit: 50, offset: 0 };

/** Puts a text into a library as a file that came. */
export async function addText(library: Library, text: string, fileName = 'notice.txt') {
  const path = library.incoming.incomingPath();
  await writeFile(path, text);
  return library.store.addFile({ fileName, path }, 'tester');
}

/** What every store must do, whatever stands behind it. */
export function storeContract(name: string, open: () => Promise<OpenedLibrary>): void {
  describe(`${name} keeps files and extractions`, () => {
    let library: OpenedLibrary;
    beforeEach(async () => {
      library = await open();
    });
    afterEach(() => library.close());

    const add = (text: string, fileName?: string) => addText(library, text, fileName);

    it('keeps the original bytes under their hash', async () => {
      const { file, isNew } = await add('关于开展燃气安全检查的通知', '检查通知.txt');
      expect(isNew).toBe(true);
      expect(file).toMatchObject({
        fileId: sha256Of('关于开展燃气安全检查的通知'),
        fileName: '检查通知.txt',
        byteLength: 39,
        state: 'waiting',
        receivedBy: 'tester',
        deletedAt: null,
      });
      expect(await readFile(await library.store.originalPath(file.fileId), 'utf8')).toBe('关于开展燃气安全检查的通知');
    });

    it('has one entry for the same bytes under two names', async () => {
      const first = await add('同一份通知', 'a.txt');
      const second = await add('同一份通知', 'b.txt');
      expect(second).toEqual({ file: first.file, isNew: false });
      expect((await library.store.listFiles({ deleted: false, ...everything })).total).toBe(1);
    });

    it('accepts the same bytes from many at once as one', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => add('一起上传')));
      expect(results.filter((result) => result.isNew)).toHaveLength(1);
      expect((await library.store.check()).faults).toEqual([]);
    });

    it('replaces an extraction as a whole, and gives the old one until then', async () => {
      const text = '关于消防检查的通知 第一版';
      const { file } = await add(text);
      const first = { ...extractionOf(text, [bareNotice(), bareNotice({ id: 'n2' })]) };
      await library.store.saveExtraction(file.fileId, first, '1', 'tester');
      expect(await library.store.findExtraction(file.fileId)).toMatchObject({
        extraction: first,
        extractorVersion: '1',
      });
      const second = extractionOf(text, [bareNotice({ title: sourced(text, '消防检查') })]);
      await library.store.saveExtraction(file.fileId, second, '2', 'tester');
      expect(await library.store.findExtraction(file.fileId)).toMatchObject({
        extraction: second,
        extractorVersion: '2',
      });
      expect((await library.store.listNotices(everything)).items.map((notice) => notice.title)).toEqual(['消防检查']);
      expect((await library.store.check()).faults).toEqual([]);
    });

    it('keeps the former extraction when the new one cannot be saved', async () => {
      const text = '关于消防检查的通知';
      const { file } = await add(text);
      await library.store.saveExtraction(file.fileId, extractionOf(text), '1', 'tester');
      const twice = extractionOf(text, [
        bareNotice({ documentType: undefined as unknown as null }),
        bareNotice({ id: null as unknown as string }),
      ]);
      await expect(library.store.saveExtraction(file.fileId, twice, '2', 'tester')).rejects.toThrow();
      expect(await library.store.findExtraction(file.fileId)).toMatchObject({ extractorVersion: '1' });
      expect((await library.store.check()).faults).toEqual([]);
    });

    it('hides a deleted file, restores it, and forgets it after the term', async () => {
      const { file } = await add('将被删除的通知');
      await library.store.saveExtraction(file.fileId, extractionOf('将被删除的通知'), '1', 'tester');
      library.setTime('2025-03-01T00:00:00.000Z');
      const deleted = await library.store.deleteFile(file.fileId, 'tester');
      expect(deleted).toMatchObject({ deletedAt: '2025-03-01T00:00:00.000Z', purgeAt: '2025-03-31T00:00:00.000Z' });
      expect((await library.store.listNotices(everything)).total).toBe(0);
      expect((await library.store.listFiles({ deleted: false, ...everything })).total).toBe(0);
      expect((await library.store.listFiles({ deleted: true, ...everything })).total).toBe(1);
      expect(await library.store.restoreFile(file.fileId, 'tester')).toMatchObject({ deletedAt: null, purgeAt: null });
      expect((await library.store.listNotices(everything)).total).toBe(1);

      await library.store.deleteFile(file.fileId, 'tester');
      expect(await library.store.purgeDeleted(new Date('2025-03-30T23:59:59Z'))).toBe(0);
      expect(await library.store.purgeDeleted(new Date('2025-03-31T00:00:00Z'))).toBe(1);
      expect(await library.store.findFile(file.fileId)).toBeUndefined();
      expect((await library.store.listNotices({ ...everything, q: '删除' })).total).toBe(0);
      expect(await library.store.check()).toMatchObject({ files: 0, extractions: 0, faults: [] });
    });

    it('undoes a deletion when the same bytes come again', async () => {
      const { file } = await add('再次收到');
      await library.store.deleteFile(file.fileId, 'tester');
      expect(await add('再次收到')).toMatchObject({ isNew: false, file: { deletedAt: null } });
    });

    it('says that a file is not there', async () => {
      const unknown = sha256Of('nobody has it');
      const calls = [
        () => library.store.originalPath(unknown),
        () => library.store.findExtraction(unknown),
        () => library.store.findExtractionJson(unknown),
        () => library.store.deleteFile(unknown, 'tester'),
        () => library.store.saveExtraction(unknown, extractionOf('x'), '1', 'tester'),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('finds files by the beginning of their ids, and takes nothing else for one', async () => {
      const { file } = await add('有编号的通知');
      expect(await library.store.findFilesByPrefix(file.fileId.slice(0, 8))).toEqual([file]);
      expect(await library.store.findFilesByPrefix('')).toEqual([]);
      expect(await library.store.findFilesByPrefix("' or 1=1 --")).toEqual([]);
      expect(await library.store.findFilesByPrefix('%')).toEqual([]);
    });

    it('filters notices and lists the latest first, those without a date last', async () => {
      const put = async (text: string, known: Parameters<typeof bareNotice>[0]) => {
        const { file } = await add(text);
        await library.store.saveExtraction(file.fileId, extractionOf(text, [bareNotice(known)]), '1', 'tester');
      };
      const date = (value: string) => ({ value, evidence: [] });
      await put('甲', {
        issueDate: date('2025-01-05'),
        administrativeLevel: 'county',
        region: { code: '991121', name: '浅川县' },
      });
      await put('乙', {
        issueDate: date('2025-04-22'),
        administrativeLevel: 'provincial',
        region: { code: '990000', name: '云岭省' },
      });
      await put('丙', { documentType: '意见' });
      const dates = async (query: object) =>
        (await library.store.listNotices({ ...everything, ...query })).items.map((notice) => notice.issueDate);
      expect(await dates({})).toEqual(['2025-04-22', '2025-01-05', null]);
      expect(await dates({ level: 'county' })).toEqual(['2025-01-05']);
      expect(await dates({ region: '99' })).toEqual(['2025-04-22', '2025-01-05']);
      expect(await dates({ region: '9911' })).toEqual(['2025-01-05']);
      expect(await dates({ documentType: '意见' })).toEqual([null]);
      expect(await dates({ issuedFrom: '2025-01-05', issuedTo: '2025-01-05' })).toEqual(['2025-01-05']);
      expect(await library.store.listNotices({ limit: 1, offset: 1 })).toMatchObject({
        total: 3,
        items: [{ issueDate: '2025-01-05' }],
      });
    });

    it('marks what carries a 密级 or is not for publication', async () => {
      const { file } = await add('机密通知');
      const value = { value: '机密★1年', evidence: [] };
      const open = { value: '公开发布', evidence: [] };
      const closed = { value: '不予公开', evidence: [] };
      const notices = [
        bareNotice({ securityLevel: value }),
        bareNotice({ id: 'n2', disclosure: open }),
        bareNotice({ id: 'n3', disclosure: closed }),
      ];
      await library.store.saveExtraction(file.fileId, extractionOf('机密通知', notices), '1', 'tester');
      const { items } = await library.store.listNotices(everything);
      expect(items.map((notice) => notice.restricted)).toEqual([true, false, true]);
      expect(await library.store.findFile(file.fileId)).toMatchObject({ restricted: true });
      const last = extractionOf('机密通知', [bareNotice({ disclosure: closed })]);
      await library.store.saveExtraction(file.fileId, last, '2', 'tester');
      expect(await library.store.findFile(file.fileId)).toMatchObject({ restricted: true });
      const published = extractionOf('机密通知', [bareNotice({ disclosure: open })]);
      await library.store.saveExtraction(file.fileId, published, '3', 'tester');
      expect(await library.store.findFile(file.fileId)).toMatchObject({ restricted: false });
    });

    it('finds words of one character and more, phrases, numbers, and leaves out what is excluded', async () => {
      const texts = {
        gas: '关于开展餐饮场所燃气安全专项检查的通知\n浅应急发〔2025〕55号\n联系人：王某，电话0990-1234567',
        school: '关于加强中小学食堂管理的意见\n浅教发〔2024〕550号\n执行GB 14934标准',
        fire: '关于消防安全检查的通知：检查燃气、电气线路',
      };
      for (const text of Object.values(texts)) {
        const { file } = await add(text);
        await library.store.saveExtraction(file.fileId, extractionOf(text), '1', 'tester');
      }
      const found = async (q: string) => {
        const { items } = await library.store.listNotices({ ...everything, q });
        return Object.entries(texts)
          .filter(([, text]) => items.some((item) => item.fileId === sha256Of(text)))
          .map(([name]) => name);
      };
      expect(await found('燃')).toEqual(['gas', 'fire']);
      expect(await found('堂')).toEqual(['school']);
      expect(await found('号')).toEqual(['gas', 'school']);
      expect(await found('燃气')).toEqual(['gas', 'fire']);
      expect(await found('气安')).toEqual(['gas']);
      expect(await found('小学食')).toEqual(['school']);
      expect(await found('安全检查')).toEqual(['fire']);
      expect(await found('专项检查的通知')).toEqual(['gas']);
      expect(await found('燃气 检查')).toEqual(['gas', 'fire']);
      expect(await found('检查 -消防')).toEqual(['gas']);
      expect(await found('-燃气')).toEqual(['school']);
      expect(await found('"燃气、电气"')).toEqual(['fire']);
      expect(await found('〔2025〕55号')).toEqual(['gas']);
      expect(await found('55')).toEqual(['gas']);
      expect(await found('ｇｂ')).toEqual(['school']);
      expect(await found('气燃')).toEqual([]);
      expect(await found('、。')).toEqual(['gas', 'school', 'fire']);
      for (const odd of ['"', '-', '*', 'AND', 'a"b', ') OR (', "'; drop table file; --", 'NEAR(', '^燃', '{a b}']) {
        await expect(found(odd)).resolves.toBeInstanceOf(Array);
      }
      const { items } = await library.store.listNotices({ ...everything, q: '堂管' });
      expect(items[0]?.snippet).toContain('食堂管理');
    });

    it('tells what notices can be narrowed down by, without those of deleted files', async () => {
      const region = { code: '140727', name: '祁县' };
      const put = async (text: string, notice: Parameters<typeof bareNotice>[0]) => {
        const { file } = await add(text);
        await library.store.saveExtraction(file.fileId, extractionOf(text, [bareNotice(notice)]), '1', 'tester');
        return file.fileId;
      };
      await put('一', { region, documentType: '通知' });
      await put('二', { region, documentType: '通知' });
      await put('三', { documentType: '函' });
      await library.store.deleteFile(await put('四', { documentType: '意见' }), 'tester');
      expect(await library.store.listFacets()).toEqual({
        regions: [{ ...region, count: 2 }],
        documentTypes: [
          { value: '通知', count: 2 },
          { value: '函', count: 1 },
        ],
        campaigns: [],
      });
    });

    it('tells what is due between two days, of recurring duties each day, and of files that are there', async () => {
      const due = (task: string, kind: Deadline['due']): Deadline => ({
        task,
        due: kind,
        time: null,
        assumed: [],
        responsible: null,
        recipient: null,
        evidence: [],
      });
      const monthly = {
        kind: 'recurring',
        frequency: 'monthly',
        day: 25,
        month: null,
        rrule: 'FREQ=MONTHLY;BYMONTHDAY=25',
      };
      const weekly = { kind: 'recurring', frequency: 'weekly', day: null, month: null, rrule: 'FREQ=WEEKLY' };
      const put = async (text: string, known: Partial<Notice>) => {
        const { file } = await add(text);
        await library.store.saveExtraction(file.fileId, extractionOf(text, [bareNotice(known)]), '1', 'tester');
        return file.fileId;
      };
      const first = await put('甲通知', {
        issueDate: { value: '2025-03-20', evidence: [] },
        documentNumber: { value: '甲发〔2025〕1号', agencyCode: '甲发', year: 2025, serial: 1, evidence: [] },
        securityLevel: { value: '秘密', evidence: [] },
        campaign: { name: '行动', startDate: null, endDate: '2025-06', phases: [], evidence: [] },
        deadlines: [due('月报', monthly as Deadline['due']), due('总结', { kind: 'date', date: '2025-06-30' })],
      });
      // Without a day of its own: each week on the day of the 成文日期, a Thursday.
      const second = await put('乙通知', {
        issueDate: { value: '2025-05-29', evidence: [] },
        deadlines: [
          due('周报', weekly as Deadline['due']),
          due('立即', { kind: 'relative', from: 'event', event: null, amount: 3, unit: 'day', date: null }),
        ],
      });
      const days = async (from: string, to: string, page = everything) => {
        const { items, total } = await library.store.listDue({ from, to, ...page });
        return { total, items: items.map(({ date, deadline }) => `${date} ${deadline.task}`) };
      };
      expect(await days('2025-03-01', '2025-04-30')).toEqual({
        total: 2,
        items: ['2025-03-25 月报', '2025-04-25 月报'],
      });
      expect(await days('2025-06-16', '2025-07-31')).toEqual({
        total: 9,
        items: [
          '2025-06-19 周报',
          '2025-06-25 月报',
          '2025-06-26 周报',
          '2025-06-30 总结',
          ...['03', '10', '17', '24', '31'].map((day) => `2025-07-${day} 周报`),
        ],
      });
      expect(await days('2025-06-16', '2025-07-31', { limit: 2, offset: 1 })).toEqual({
        total: 9,
        items: ['2025-06-25 月报', '2025-06-26 周报'],
      });
      expect(
        (await library.store.listDue({ from: '2025-06-25', to: '2025-06-30', ...everything })).items[0],
      ).toMatchObject({ fileId: first, noticeId: 'n1', documentNumber: '甲发〔2025〕1号', restricted: true });
      await library.store.deleteFile(second, 'tester');
      expect((await days('2025-06-16', '2025-07-31')).total).toBe(2);
      // Read anew, without what it said before.
      await library.store.saveExtraction(first, extractionOf('甲通知', [bareNotice()]), '2', 'tester');
      expect((await days('2025-01-01', '2025-12-31')).total).toBe(0);
      expect((await library.store.check()).faults).toEqual([]);
    });

    it('gives an extraction as JSON as it gives it itself', async () => {
      const text = '第一行\n“引号”与\u2028行\\';
      const { file } = await add(text);
      expect(await library.store.findExtractionJson(file.fileId)).toBeUndefined();
      await library.store.saveExtraction(file.fileId, extractionOf(text), '1', 'tester');
      expect(JSON.parse((await library.store.findExtractionJson(file.fileId)) ?? '')).toEqual(extractionOf(text));
    });

    it('makes a backup that is a library, while files come in', async () => {
      const { file } = await add('要备份的通知');
      await library.store.saveExtraction(file.fileId, extractionOf('要备份的通知'), '1', 'tester');
      const folder = `${library.folder}-backup`;
      await Promise.all([library.store.backup(folder), add('同时收到的通知')]);
      await expect(library.store.backup(folder)).rejects.toBeInstanceOf(HongtouError);
    });
  });
}
