import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { z } from 'zod';
import { makeLog } from '../../server/log.ts';
import { openDatabase } from '../../server/store/database.ts';
import { databasePath } from '../../server/store/sqliteStore.ts';
import { run } from '../runCommand.ts';
import { temporaryFolder } from '../store/folders.ts';
import { type Client, jsonOf, runServer } from './running.ts';

/** A notice with numbers of persons in every place where they can stand: also a short one, which only its place tells. */
const notice = `浅川县教育局文件

浅教发〔2025〕7号

浅川县教育局关于开展校园食堂安全检查的通知

各中小学：
　　现将有关事项通知如下。
　　一、检查重点
　　重点检查是否存在采购过期食品等行为。
　　二、工作要求
　　请于2025年4月30日前将总结和统计表（附件）报送县教育局，每月5日前报送进展情况。
　　联系人：桑榆，电话：0600-7733602、7710119，手机15400000921，邮箱：sangyu@baishi.example.cn。

　　附件：校园食堂检查情况统计表

浅川县教育局
2025年4月1日

附件
校园食堂检查情况统计表
填报单位：　　填报人：　　电话：0600-7733602
|学校|食堂数量（个）|检查次数（次）|
|-|-|-|
| | | |
`;
const numbers = /7733602|15400000921|7710119|sangyu@/;

const OpenApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** What an answer says, of workbooks and archives what is in them. */
async function wordsOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  return unpacked(bytes);
}

async function unpacked(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return bytes.toString();
  const archive = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const parts: string[] = [];
  return new Promise((resolve, reject) => {
    archive.on('error', reject);
    archive.on('end', () => resolve(parts.join('\n')));
    archive.on('entry', (entry: yauzl.Entry) => {
      archive.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        parts.push(entry.fileName, await textOf(stream));
        archive.readEntry();
      });
    });
    archive.readEntry();
  });
}

describe('With numbers of persons masked', () => {
  let server: Client;
  let fileId: string;
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await runServer({ maskContacts: 'true', data: path.join(folder, 'library') });
    fileId = (await server.put('通知.txt', notice)).file.fileId;
    await server.put('另一份.txt', notice.replace('7号', '8号'));
    await fetch(`${server.url}/api/files/${fileId}/notices/n1/corrections`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ field: 'signatory', value: { value: '桑榆 0600-7733602' }, note: '问过7710119' }),
    });
  });
  afterAll(() => server.close());

  it('no address but that of the original gives one away', { timeout: 60_000 }, async () => {
    const { paths } = await jsonOf(server.get('/openapi.json'), OpenApi);
    const known: Readonly<Record<string, string>> = {
      fileId,
      noticeId: 'n1',
      jobId: '1',
      page: '1',
      correctionId: '1',
    };
    const queries: Readonly<Record<string, readonly string[]>> = {
      '/api/notices': ['', `?q=${encodeURIComponent('桑榆')}`, '?q=7733602', '?q=0119'],
      '/api/deadlines/upcoming': ['?from=2025-04-01&days=60'],
      '/api/compare': [`?left=${fileId}&right=${fileId}`],
      '/api/compare/report': ['xlsx', 'docx'].map((format) => `?left=${fileId}&right=${fileId}&format=${format}`),
      '/api/export': ['', '?format=jsonl', `?ids=${fileId}.n1`],
      '/api/files/{fileId}/notices/{noticeId}/forms/download': ['', '?format=docx'],
    };
    const answered: string[] = [];
    for (const [address, methods] of Object.entries(paths)) {
      if (methods.get === undefined || address === '/api/files/{fileId}/original') continue;
      const place = address.replace(/\{(\w+)\}/g, (_whole, name: string) => known[name] ?? '1');
      for (const query of queries[address] ?? ['']) {
        const response = await server.get(place + query);
        const words = await wordsOf(response);
        if (response.status === 200) answered.push(address);
        expect(words.replaceAll(fileId, ''), place + query).not.toMatch(numbers);
      }
    }
    expect(answered).toEqual(expect.arrayContaining(Object.keys(queries)));
    expect(answered.length).toBeGreaterThan(20);
    const withdrawn = await server.send('DELETE', `/api/files/${fileId}/corrections/1`);
    expect(withdrawn.status).toBe(200);
    expect(await wordsOf(withdrawn)).not.toMatch(numbers);
  });

  it('nor does a command', { timeout: 60_000 }, async () => {
    const said: string[] = [];
    const file = path.join(folder, '通知.txt');
    await writeFile(file, notice);
    process.env.HONGTOU_MASK_CONTACTS = '1';
    try {
      for (const args of [
        ['extract', file],
        ['extract', file, '--json'],
        ['compare', file, fileId.slice(0, 12), '--json'],
        ['matrix', file, file, '--json'],
        ['template', file, '--schema'],
        ['template', file, '--csv'],
      ]) {
        const { status, out, err } = await run(...args, '--data', server.library.folder);
        expect(status, args.join(' ')).toBe(0);
        said.push(out, ...err);
      }
    } finally {
      delete process.env.HONGTOU_MASK_CONTACTS;
    }
    expect(said.join('\n')).toContain('校园食堂');
    expect(said.join('\n')).not.toMatch(numbers);
  });
});

describe('The log', () => {
  it('holds ids, codes and figures, and nothing that a document, its name or a search says', {
    timeout: 60_000,
  }, async () => {
    const lines: string[] = [];
    const log = makeLog({ logLevel: 'trace' }, { write: (line) => void lines.push(line) });
    const server = await runServer({}, log);
    const { file } = await server.put('桑榆的通知.txt', notice);
    await server.upload({
      name: '桑榆的照片.txt',
      content: Uint8Array.from({ length: 3_000 }, (_, at) => (at * 37) % 256),
    });
    for (const address of [
      `/api/notices?q=${encodeURIComponent('校园食堂')}`,
      `/api/files/${file.fileId}/extraction`,
      `/api/export?format=jsonl&q=${encodeURIComponent('校园食堂')}`,
      `/api/${encodeURIComponent('校园食堂')}`,
    ]) {
      await (await server.get(address)).text();
    }
    // A database that cannot write says in its error what it should have written.
    const database = await openDatabase(databasePath(server.library.folder));
    await database.writer.raw(
      `create trigger full before insert on extraction begin select raise(abort, 'no room'); end`,
    );
    await database.writer.raw(
      `create trigger shut before insert on correction begin select raise(abort, 'no room'); end`,
    );
    await server.put('第二份.txt', notice.replace('7号', '9号'));
    const refused = await fetch(`${server.url}/api/files/${file.fileId}/notices/n1/corrections`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ field: 'signatory', value: { value: '桑榆 0600-7733602' } }),
    });
    expect(refused.status).toBe(500);
    await database.close();
    await server.close();
    const whole = lines.join('');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(
      expect.arrayContaining(['request', 'a job broke', 'a job failed', 'a request broke', 'notices were exported']),
    );
    expect(whole).toContain('SQLITE_CONSTRAINT');
    expect(whole).toContain('no room');
    expect(decodeURIComponent(whole.replaceAll('%', '%25'))).not.toMatch(/\p{Script=Han}/u);
    expect(whole).not.toMatch(numbers);
    expect(whole).not.toContain(encodeURIComponent('校园食堂'));
  });
});
