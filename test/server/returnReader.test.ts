import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formModel } from '../../pipeline/template/formModel.ts';
import { renderCsv } from '../../pipeline/template/renderCsv.ts';
import { startReturnReader } from '../../server/returns/returnReader.ts';
import { temporaryFolder } from '../store/folders.ts';
import { attachmentOf, groupedTable, noticeOf } from '../template/tables.ts';

const attachment = attachmentOf(groupedTable);
const form = formModel(noticeOf([attachment]), attachment, groupedTable, { unit: '东乡', period: '2025-06' });
let file: { readonly path: string; readonly fileName: string };
beforeAll(async () => {
  const place = path.join(await temporaryFolder(), 'incoming');
  await writeFile(place, renderCsv(form));
  file = { path: place, fileName: '空表.csv' };
});

describe('The process that reads returns', () => {
  const reader = startReturnReader({ timeoutMs: 60_000, memoryMb: 512 });
  afterAll(() => reader.close());

  it('reads one file after another, and says which one it cannot read', async () => {
    const missing = { path: `${file.path}-gone`, fileName: '没有.csv' };
    const answers = await Promise.all([
      reader.read(file, [form]),
      reader.read(missing, [form]),
      reader.read(file, [form]),
    ]);
    expect(answers.map((answer) => answer.outcome)).toEqual(['read', 'refused', 'read']);
    expect(answers[0]).toMatchObject({ result: { fileName: '空表.csv', returns: [{ unit: '东乡' }] } });
    expect(answers[1]).toMatchObject({ problem: { code: 'INTERNAL' }, detail: expect.stringContaining('ENOENT') });
  });

  it('is ended when a file takes too long, and the next one gets a new one', async () => {
    const hasty = startReturnReader({ timeoutMs: 1, memoryMb: 512 });
    try {
      for (let i = 0; i < 2; i++) {
        expect(await hasty.read(file, [form])).toMatchObject({ outcome: 'refused', problem: { code: 'TIMED_OUT' } });
      }
    } finally {
      await hasty.close();
    }
  });

  it('answers for a file that is read while the server ends', async () => {
    const ending = startReturnReader({ timeoutMs: 60_000, memoryMb: 512 });
    const answer = ending.read(file, [form]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await ending.close();
    expect(await answer).toMatchObject({ outcome: 'refused', problem: { code: 'READER_STOPPED' } });
  });
});
