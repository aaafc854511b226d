import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Correction, Job, LibraryFile } from '../../models/api/library.ts';
import { Extraction, Notice } from '../../models/index.ts';
import { sha256Of } from '../extraction.ts';
import { type Client, expectProblem, Files, jsonOf, Notices, runServer, Uploaded } from './running.ts';

let server: Client;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.close());

const OpenApi = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string(), responses: z.looseObject({}) })),
  ),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({ properties: z.looseObject({}).optional() })) }),
});

const text = '浅川县教育局关于开展校园食堂安全检查的通知\n各中小学：\n请于2025年4月30日前报送自查报告。\n';

const found = async (q: string) => (await jsonOf(server.get(`/api/notices?q=${encodeURIComponent(q)}`), Notices)).total;

describe('The API', () => {
  it('takes a file in with a job, reads it and gives its facts', async () => {
    const response = await server.upload({ name: '检查通知.txt', content: text });
    expect(response.status).toBe(202);
    const { items } = await jsonOf(response, Uploaded);
    expect(items).toHaveLength(1);
    const [item] = items;
    expect(item?.file).toMatchObject({
      fileId: sha256Of(text),
      fileName: '检查通知.txt',
      state: 'waiting',
    });
    expect(item?.job).toMatchObject({ kind: 'extract', fileId: sha256Of(text) });
    expect(await server.waitForEnd(items[0]?.job?.jobId ?? 0)).toMatchObject({ state: 'done', problem: null });

    const fileId = sha256Of(text);
    expect(await (await server.get(`/api/files/${fileId}`)).json()).toMatchObject({ state: 'read', noticeCount: 1 });
    const extraction = Extraction.parse(await (await server.get(`/api/files/${fileId}/extraction`)).json());
    for (const evidence of extraction.notices[0]?.title?.evidence ?? []) {
      expect(extraction.text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    }
    const notice = Notice.parse(await (await server.get(`/api/files/${fileId}/notices/n1`)).json());
    expect(notice).toEqual(extraction.notices[0]);
    await expectProblem(await server.get(`/api/files/${fileId}/notices/n99`), 404, 'NOT_FOUND');
  });

  it('takes the same file again as what it is, without a job', async () => {
    await server.put('检查通知.txt', text);
    const { items } = await jsonOf(server.upload({ name: '另一个名字.txt', content: text }), Uploaded);
    expect(items[0]).toMatchObject({ isNew: false, job: null, file: { fileName: '检查通知.txt', state: 'read' } });
  });

  it('takes several files at once and refuses only the bad ones', async () => {
    const response = await server.upload(
      { name: 'empty.txt', content: '' },
      { name: '第二份.txt', content: '浅川县关于消防检查的通知\n' },
    );
    expect(response.status).toBe(202);
    const { items } = await jsonOf(response, Uploaded);
    expect(items[0]).toMatchObject({ fileName: 'empty.txt', file: null, problem: { code: 'FILE_EMPTY' } });
    expect(items[1]).toMatchObject({ problem: null, file: { fileName: '第二份.txt' } });
  });

  it('notes why a file could not be read, and reads it again on demand', async () => {
    const { items } = await jsonOf(
      server.upload({
        name: 'photo.txt',
        content: Uint8Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256),
      }),
      Uploaded,
    );
    const job = await server.waitForEnd(items[0]?.job?.jobId ?? 0);
    expect(job).toMatchObject({ state: 'failed', problem: { hint: expect.stringMatching(/\S/) } });
    const { fileId } = job;
    expect(await (await server.get(`/api/files/${fileId}`)).json()).toMatchObject({
      state: 'failed',
      problem: job.problem,
    });
    await expectProblem(await server.get(`/api/files/${fileId}/extraction`), 409, 'NOT_READ_YET');
    const again = await server.send('POST', `/api/files/${fileId}/extraction`);
    expect(again.status).toBe(202);
    const second = Job.parse(await again.json());
    expect(second.jobId).not.toBe(job.jobId);
    expect((await server.waitForEnd(second.jobId)).state).toBe('failed');
    const failed = await jsonOf(server.get('/api/files?state=failed'), Files);
    expect(failed.items.map((file) => file.fileId)).toContain(fileId);
  });

  it('lists, searches and pages', async () => {
    await server.put('检查通知.txt', text);
    await server.put('燃气.txt', '浅川县关于燃气安全的通知\n');
    const all = await jsonOf(server.get('/api/notices'), Notices);
    expect(all.total).toBeGreaterThanOrEqual(2);
    const found = await jsonOf(server.get(`/api/notices?q=${encodeURIComponent('燃气')}`), Notices);
    expect(found).toMatchObject({
      total: 1,
      items: [{ fileName: '燃气.txt', snippet: expect.stringContaining('燃气') }],
    });
    const page = await jsonOf(server.get('/api/notices?limit=1&offset=1'), Notices);
    expect(page).toEqual({ total: all.total, items: [all.items[1]] });
  });

  it('deletes to a term and restores', async () => {
    const { file } = await server.put('删.txt', '要删除的通知\n');
    const deleted = await jsonOf(server.send('DELETE', `/api/files/${file.fileId}`), LibraryFile);
    const term = Date.parse(deleted.purgeAt ?? '') - Date.parse(deleted.deletedAt ?? '');
    expect(term).toBe(30 * 86_400_000);
    expect(await found('要删除')).toBe(0);
    await expectProblem(await server.send('POST', `/api/files/${file.fileId}/extraction`), 409, 'CONFLICT');
    const listed = await jsonOf(server.get('/api/files?deleted=true'), Files);
    expect(listed.items.map((item) => item.fileId)).toEqual([file.fileId]);
    expect(await (await server.send('POST', `/api/files/${file.fileId}/restore`)).json()).toMatchObject({
      deletedAt: null,
    });
    expect(await found('要删除')).toBe(1);
  });

  it('takes corrections of the shape of what they correct, and shows who made them', async () => {
    const { file } = await server.put('更正.txt', '要更正的通知\n各单位：\n请于2025年4月30日前报送。\n');
    const address = `/api/files/${file.fileId}/notices/n1/corrections`;
    const post = (body: unknown) =>
      fetch(server.url + address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const made = await post({ field: 'issueDate', value: { value: '2025-04-01' }, note: '见印章' });
    expect(made.status).toBe(201);
    const correction = await jsonOf(made, Correction);
    expect(correction).toMatchObject({ field: 'issueDate', quote: null, actor: 'local', note: '见印章' });
    expect((await post({ field: 'mainRecipients', quote: '各单位', value: { value: '各县单位' } })).status).toBe(201);
    expect((await post({ field: 'deadlines', quote: '请于2025年4月30日前报送', value: null })).status).toBe(201);
    const listed = await jsonOf(server.get(address), z.object({ items: z.array(Correction) }));
    expect(listed.items.map((item) => item.field)).toEqual(['issueDate', 'mainRecipients', 'deadlines']);
    for (const wrong of [
      { field: 'issueDate', value: 7 },
      { field: 'deadlines', value: { task: '无期限' } },
      { field: 'id', value: 'n2' },
      { field: '__proto__', value: null },
      { field: 'issueDate' },
      { field: 'issueDate', value: null, more: 1 },
      [],
      '{"field":',
      'null',
    ]) {
      await expectProblem(await post(wrong), 400, 'BAD_REQUEST');
    }
    const large = { field: 'title', value: { value: '长'.repeat(1_000_000) } };
    await expectProblem(await post(large), 413, 'UPLOAD_TOO_LARGE');
    const removed = `/api/files/${file.fileId}/corrections/${correction.correctionId}`;
    expect((await server.send('DELETE', removed)).status).toBe(200);
    await expectProblem(await server.send('DELETE', removed), 404, 'NOT_FOUND');
  });

  it('follows a job by events to its end', async () => {
    const { items } = await jsonOf(server.upload({ name: 'e.txt', content: '用事件跟踪的通知\n' }), Uploaded);
    const response = await server.get(`/api/jobs/${items[0]?.job?.jobId}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('event: job'));
    const states = events.map((event) => Job.parse(JSON.parse(event.split('data: ')[1] ?? '')).state);
    expect(states.at(-1)).toBe('done');
    await expectProblem(await server.get('/api/jobs/999999/events'), 404, 'NOT_FOUND');
  });

  it('gives the original bytes, under the name they came with, only to download', async () => {
    const name = "关于“检查”的通知 (终稿); v2'.html";
    const html = '<!doctype html><script>alert(1)</script><p>通知</p>';
    const { file } = await server.put(name, html);
    for (const address of [`/api/files/${file.fileId}/original`, `/api/files/${file.fileId}/original?inline=true`]) {
      const response = await server.get(address);
      expect(await response.text()).toBe(html);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      const disposition = response.headers.get('content-disposition') ?? '';
      expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''/);
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(name);
    }
    const part = await server.get(`/api/files/${file.fileId}/original`, { Range: 'bytes=0-8' });
    expect([part.status, await part.text()]).toEqual([206, '<!doctype']);
  });

  it('documents every address, with schemas that exist', async () => {
    const document = await jsonOf(server.get('/openapi.json'), OpenApi);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/files',
        '/api/files/{fileId}/extraction',
        '/api/notices',
        '/api/jobs/{jobId}/events',
        '/health',
      ]),
    );
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1],
    );
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toMatch(/\$defs|readOnly/);
    expect(document.components.schemas.Notice?.properties).toHaveProperty('id');
    const operations = Object.values(document.paths).flatMap((operations) => Object.values(operations));
    const ids = operations.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) expect(operation.responses).toHaveProperty('default');
  });

  it('tells its health, its readiness and its figures', async () => {
    expect(await (await server.get('/health')).json()).toEqual({ status: 'ok' });
    expect(await (await server.get('/ready')).json()).toMatchObject({
      status: 'ok',
      jobs: { running: expect.any(Number) },
    });
    const figures = await (await server.get('/metrics')).text();
    expect(figures).toContain('hongtou_jobs{state="failed"}');
    expect(figures).toContain('route="/api/files/:fileId"');
    expect(figures).toMatch(/hongtou_job_attempts_total\{outcome="done",code=""\} [1-9]/);
  });

  it('shows a page in Chinese that runs nothing from within itself', async () => {
    const response = await server.get('/');
    const html = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html).toContain('lang="zh-CN"');
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=/);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self';/);
    for (const [, address] of html.matchAll(/(?:src|href)="(\/[^"#]+)"/g)) {
      expect((await server.get(address ?? '')).status).toBe(200);
    }
  });
});
