import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Correction, NewCorrection } from '../../models/api/library.ts';
import type { Deadline } from '../../models/index.ts';
import { bareNotice, extractionOf } from '../extraction.ts';
import { addText, type OpenedLibrary } from './contract.ts';

const everything = { limit: 50, offset: 0 };

/** What every store must do with what people say against what was read. */
export function correctionContract(name: string, open: () => Promise<OpenedLibrary>): void {
  describe(`${name} keeps corrections`, () => {
    let library: OpenedLibrary;
    beforeEach(async () => {
      library = await open();
    });
    afterEach(() => library.close());

    it('keeps corrections apart from what was read, and through reading anew', async () => {
      const text = '成文日期看错的通知';
      const { file } = await addText(library, text);
      await library.store.saveExtraction(file.fileId, extractionOf(text), '1', 'tester');
      library.setTime('2025-03-01T08:00:00.000Z');
      const value = { value: '2025-02-27', evidence: [] };
      const given = {
        field: 'issueDate',
        quote: null,
        value,
        before: null,
        note: '印章下的日期',
        person: null,
      } as const;
      const first = await library.store.addCorrection(file.fileId, 'n1', given, '李明');
      expect(first).toMatchObject({ ...given, noticeId: 'n1', actor: '李明', at: '2025-03-01T08:00:00.000Z' });
      const second = await library.store.addCorrection(file.fileId, 'n1', { ...given, value: null }, '王芳');
      await library.store.saveExtraction(file.fileId, extractionOf(text), '2', 'tester');
      expect(await library.store.listCorrections(file.fileId, 'n1')).toEqual({
        items: [first, second],
        marks: [
          {
            field: 'issueDate',
            index: null,
            removed: true,
            correctionIds: [first.correctionId, second.correctionId],
            read: null,
          },
        ],
      });
      const taken = await library.store.withdrawCorrection(file.fileId, second.correctionId, '王芳');
      expect(taken).toMatchObject({ withdrawnBy: '王芳', withdrawnAt: '2025-03-01T08:00:00.000Z' });
      const issueDate = { value: '2025-02-27', evidence: [] };
      expect((await library.store.findExtraction(file.fileId))?.extraction.notices[0]).toMatchObject({ issueDate });
      const asRead = await library.store.findExtraction(file.fileId, { asRead: true });
      expect(asRead?.extraction).toEqual(extractionOf(text));
      expect((await library.store.listNotices(everything)).items[0]?.issueDate).toBe('2025-02-27');
      expect((await library.store.listCorrections(file.fileId, 'n1')).items).toHaveLength(2);
      const missing = { code: 'NOT_FOUND' };
      await expect(library.store.withdrawCorrection(file.fileId, second.correctionId, '王芳')).rejects.toMatchObject(
        missing,
      );
      await expect(library.store.withdrawCorrection(file.fileId, 99, '王芳')).rejects.toMatchObject(missing);
      await expect(library.store.addCorrection(file.fileId, 'n7', given, '王芳')).rejects.toMatchObject(missing);
      await library.store.deleteFile(file.fileId, 'tester');
      expect(await library.store.purgeDeleted(new Date('2026-01-01T00:00:00Z'))).toBe(1);
      expect((await library.store.check()).faults).toEqual([]);
    });

    it('shows, finds and counts what people say, and no longer what they took back', async () => {
      const text = '关于检查的通知 请于二月十日前报送总结';
      const { file } = await addText(library, text);
      const deadline: Deadline = {
        task: '报送总结',
        due: { kind: 'date', date: '2025-02-10' },
        time: null,
        assumed: [],
        responsible: null,
        recipient: null,
        evidence: [],
      };
      const read = extractionOf(text, [
        bareNotice({ issueDate: { value: '2025-03-01', evidence: [] }, deadlines: [deadline] }),
      ]);
      await library.store.saveExtraction(file.fileId, read, '1', 'tester');
      const say = (field: Correction['field'], value: unknown, before: unknown) =>
        library.store.addCorrection(
          file.fileId,
          'n1',
          NewCorrection.parse({ field, quote: null, value, before }),
          '李明',
        );
      const title = await say('title', { value: '关于开展烟花爆竹检查的通知', evidence: [] }, null);
      await say('deadlines', { ...deadline, due: { kind: 'date', date: '2025-02-20' } }, deadline);
      const found = async (q: string) =>
        (await library.store.listNotices({ ...everything, q })).items.map(({ snippet }) => snippet);
      const due = async (from: string) =>
        (await library.store.listDue({ from, to: from, limit: 5, offset: 0 })).items.length;
      const shown = async () => {
        const [notice] = (await library.store.listNotices(everything)).items;
        const { extraction } = (await library.store.findExtraction(file.fileId)) ?? {};
        return [notice?.counts.findings, notice?.gravestFinding, extraction?.findings.map(({ code }) => code)];
      };
      expect(await shown()).toEqual([1, 'error', ['deadline-before-issue']]);
      expect(await found('烟花爆竹')).toEqual(['关于开展烟花爆竹检查的通知']);
      expect([await due('2025-02-10'), await due('2025-02-20')]).toEqual([0, 1]);
      const contact = { name: '李明', unit: null, phones: ['0357-6600001'], emails: [], fax: null };
      await say('contacts', contact, null);
      await say('issueDate', { value: '2025-01-15', evidence: [] }, read.notices[0]?.issueDate);
      expect(await shown()).toEqual([0, null, []]);
      // Also where the file is read anew.
      await library.store.saveExtraction(file.fileId, read, '2', 'tester');
      expect([await shown(), await found('烟花爆竹')]).toEqual([[0, null, []], ['关于开展烟花爆竹检查的通知']]);
      await library.store.withdrawCorrection(file.fileId, title.correctionId, '李明');
      expect([await found('烟花爆竹'), await found('总结')]).toEqual([[], [text]]);
    });
  });
}
