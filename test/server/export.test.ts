import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import type { Notice } from '../../models/index.ts';
import { bareNotice, extractionOf } from '../extraction.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';
import { type Client, expectProblem, runServer } from './running.ts';

let server: Client;
let folder: string;
/** Ids of the files by their texts. */
const ids: Record<string, string> = {};

const sourced = (value: string) => ({ value, evidence: [] });
const contact = { name: '桑榆', unit: null, phones: ['0600-7733602'], emails: ['sy@baishi.example.cn'], fax: null };

async function put(text: string, fileName: string, notices: readonly Partial<Notice>[]): Promise<void> {
  const { store, incoming } = server.library;
  const place = incoming.incomingPath();
  await writeFile(place, text);
  const { file } = await store.addFile({ fileName, path: place }, 'tester');
  const found = notices.map((known, index) => bareNotice({ id: `n${index + 1}`, ...known }));
  const finding = { code: 'contact-missing', severity: 'warning', message: '未写明联系人', evidence: [] } as const;
  await store.saveExtraction(file.fileId, { ...extractionOf(text, found), findings: [finding] }, '1', 'tester');
  ids[text] = file.fileId;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await runServer({ maskContacts: 'true', data: path.join(folder, 'library') });
  await put('燃气通知，电话0600-7733602', '通知.txt', [
    {
      title: sourced('=HYPERLINK("http://x.example","燃气")'),
      administrativeLevel: 'county',
      contacts: [{ ...contact, evidence: [] }],
      focusItems: [{ id: 'f1', text: '+违规充装', subject: null, action: '重点检查', section: '一', evidence: [] }],
    },
  ]);
  await put('秘密通知', '通知.txt', [{ title: sourced('不得外传的通知'), securityLevel: sourced('秘密★1年') }]);
  await put('两份通知', 'CON.txt', [
    { title: sourced('转发的通知') },
    { title: sourced('被转发的通知'), disclosure: sourced('此件不予公开') },
  ]);
});
afterAll(() => server.close());

const ask = (query: string) => server.get(`/api/export?${query}`);

async function workbookOf(bytes: ArrayBuffer | Uint8Array): Promise<Record<string, string[][]>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as ArrayBuffer);
  const rows: Record<string, string[][]> = {};
  for (const sheet of workbook.worksheets) {
    rows[sheet.name] = sheet.getSheetValues().flatMap((row) => {
      if (!Array.isArray(row)) return [];
      return [Array.from(row.slice(1), (cell) => (cell === null || cell === undefined ? '' : String(cell)))];
    });
  }
  return rows;
}

describe('An export', () => {
  it('is a workbook with names of columns in Chinese, without formulas, numbers of persons and secrets', async () => {
    const response = await ask('format=xlsx');
    expect(response.status).toBe(200);
    expect(response.headers.get('hongtou-left-out')).toBe('2');
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toMatch(/公文导出_.*\.xlsx/);
    const sheets = await workbookOf(await response.arrayBuffer());
    expect(Object.keys(sheets).slice(0, 3)).toEqual(['公文清单', '检查重点', '时限要求']);
    expect(Object.keys(sheets)).toContain('管理要求');
    const [header, ...list] = sheets.公文清单 ?? [];
    expect(header?.slice(0, 5)).toEqual(['发文字号', '标题', '编号', '发文机关', '联合发文机关']);
    expect(list.map((row) => row[1]).sort()).toEqual([`'=HYPERLINK("http://x.example","燃气")`, '转发的通知']);
    expect(sheets.检查重点?.[1]?.slice(3)).toEqual(['', '重点检查', "'+违规充装", '一']);
    expect(sheets.联系人?.[1]?.slice(3)).toEqual(['桑榆', '', '060*-*****02', 's*@baishi.example.cn']);
    // Of a file of which a part was left out, findings may speak of that part.
    expect(sheets.疑点?.map((row) => row[2]?.slice(-3))).toEqual(['编号', '#n1']);
    expect(sheets.说明?.flat()).toEqual(
      expect.arrayContaining(['公文2份', '另有2份标有密级或不予公开，未导出；确需导出的，请逐份指明编号']),
    );
    expect(JSON.stringify(sheets)).not.toMatch(/7733602|sy@|不得外传|被转发/);
  });

  it('holds what is secret where that is asked for by name, and says so', async () => {
    const response = await ask(`ids=${ids.秘密通知},${ids.两份通知}.n2`);
    expect(response.headers.get('hongtou-left-out')).toBe('0');
    const sheets = await workbookOf(await response.arrayBuffer());
    expect(sheets.公文清单?.slice(1).map((row) => [row[1], row[9]])).toEqual([
      ['被转发的通知', ''],
      ['不得外传的通知', '秘密★1年'],
    ]);
    expect(sheets.公文清单?.slice(1).every((row) => row.includes('限制公开'))).toBe(true);
    expect(sheets.说明?.flat().join()).toContain('其中2份标有密级或不予公开');
  });

  it('is lines of JSON, the first about itself', async () => {
    const response = await ask('format=jsonl&level=county');
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const [about, ...notices] = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(about).toMatchObject({ type: 'export', notices: 1, leftOut: 0, masked: true });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      type: 'notice',
      fileName: '通知.txt',
      notice: { administrativeLevel: 'county' },
    });
    expect(JSON.stringify(notices)).not.toMatch(/7733602|sy@/);
  });

  it('is an archive of originals under names that every system can unpack, without those of which a part is secret', async () => {
    const originals = async (query: string) =>
      openZip(Buffer.from(await (await ask(`format=zip${query}`)).arrayBuffer()));
    const all = await originals('');
    expect([...all.keys()]).toEqual(['公文清单.xlsx', '原件/通知.txt', '说明.txt']);
    expect(all.get('原件/通知.txt')).toBe('燃气通知，电话0600-7733602');
    expect(all.get('说明.txt')).toContain('1个原件含有未导出的公文');
    const named = await originals(`&ids=${Object.values(ids).join()}`);
    expect([...named.keys()].sort()).toEqual(
      ['公文清单.xlsx', '原件/通知 (2).txt', '原件/通知.txt', '原件/_CON.txt', '说明.txt'].sort(),
    );
  });

  it('refuses what is not there, and names beside a filter', async () => {
    await expectProblem(await ask(`ids=${'0'.repeat(64)}`), 404, 'NOT_FOUND');
    await expectProblem(await ask(`ids=${ids.两份通知}.n9`), 404, 'NOT_FOUND');
    await expectProblem(await ask(`ids=${ids.两份通知}&level=county`), 400, 'BAD_REQUEST');
    await expectProblem(await ask('ids=abc'), 400, 'BAD_REQUEST');
    await expectProblem(await ask('format=exe'), 400, 'BAD_REQUEST');
  });

  it('is one on the command line as well', async () => {
    const data = ['--data', server.library.folder];
    const output = path.join(folder, '导出.jsonl');
    expect((await run('export', '-o', output, '--level', 'county', ...data)).status).toBe(0);
    expect((await readFile(output, 'utf8')).trim().split('\n')).toHaveLength(2);
    const whole = await run('export', '-o', output, ...data);
    expect([whole.status, whole.err.join('\n')]).toEqual([
      0,
      expect.stringContaining('2 with a 密级 or 不予公开 were left out'),
    ]);
    expect((await run('export', `${ids.秘密通知?.slice(0, 12)}#n1`, '-o', output, ...data)).status).toBe(0);
    expect(await readFile(output, 'utf8')).toContain('不得外传的通知');
    expect((await run('export', '0123456789abcdef', '-o', output, ...data)).status).toBe(1);
    expect((await run('export', '-o', path.join(folder, 'a.exe'), ...data)).status).toBe(2);
    expect((await run('export', '-o', output, '--level', 'galactic', ...data)).status).toBe(2);
  });
});

/** The entries of an archive, as text. */
async function openZip(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const archive = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const entries = new Map<string, string>();
  return new Promise((resolve, reject) => {
    archive.on('error', reject);
    archive.on('end', () => resolve(entries));
    archive.on('entry', (entry: yauzl.Entry) => {
      archive.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        entries.set(entry.fileName, await textOf(stream));
        archive.readEntry();
      });
    });
    archive.readEntry();
  });
}
