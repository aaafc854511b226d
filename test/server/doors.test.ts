import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../models/api/library.ts';
import { loadConfig } from '../../server/config.ts';
import { cleanFileName } from '../../server/http/fileName.ts';
import { type Client, expectProblem, Files, jsonOf, runServer, Uploaded } from './running.ts';

const token = 'a-token-of-the-bureau-1';

describe('A server without a token', () => {
  let server: Client;
  beforeAll(async () => {
    server = await runServer({ uploadMb: '1', uploadFiles: '3' });
  });
  afterAll(() => server.close());

  /** Bytes as they are, for what fetch refuses to send. */
  const raw = async (request: string | Buffer): Promise<string> => {
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname);
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.write(request);
    await once(socket, 'close');
    return Buffer.concat(parts).toString();
  };
  const leftIncoming = async () => readdir(path.join(server.library.folder, 'incoming'));

  it('listens on this machine alone', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.test', '127.0.0.1.example.test']) {
      expect(loadConfig({ host }, {}).ok).toBe(false);
      expect(loadConfig({ host }, { HONGTOU_TOKEN: token }).ok).toBe(true);
    }
    expect(loadConfig({ host: '::1' }, {}).ok).toBe(true);
    expect(loadConfig({}, { HONGTOU_TOKEN: 'short' }).ok).toBe(false);
  });

  it('refuses a name that somebody else let point here', async () => {
    const answer = await raw('GET /api/notices HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('"code":"FORBIDDEN"');
  });

  it('changes nothing for a page of another site', async () => {
    for (const headers of [{ Origin: 'http://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const form = new FormData();
      form.append('files', new Blob(['来自别处的通知']), 'a.txt');
      const response = await fetch(`${server.url}/api/files`, { method: 'POST', body: form, headers });
      await expectProblem(response, 403, 'FORBIDDEN');
    }
    const own = await fetch(`${server.url}/api/jobs/1/cancel`, { method: 'POST', headers: { Origin: server.url } });
    await expectProblem(own, 404, 'NOT_FOUND');
  });

  it('answers in one shape whatever is wrong', async () => {
    const unknown = '0'.repeat(64);
    const cases: readonly [string, string, number, string][] = [
      ['GET', '/nothing', 404, 'NO_SUCH_ADDRESS'],
      ['GET', '/api/nothing', 404, 'NO_SUCH_ADDRESS'],
      ['PUT', '/api/files', 404, 'NO_SUCH_ADDRESS'],
      ['GET', `/api/files/${unknown}`, 404, 'NOT_FOUND'],
      ['DELETE', `/api/files/${unknown}`, 404, 'NOT_FOUND'],
      ['GET', '/api/files/abc', 400, 'BAD_REQUEST'],
      ['GET', '/api/files/..%2f..%2fetc%2fpasswd/original', 400, 'BAD_REQUEST'],
      ['GET', "/api/files/'%20or%201=1--", 400, 'BAD_REQUEST'],
      ['GET', '/api/files/%E0%A4%A', 400, 'BAD_REQUEST'],
      ['GET', `/api/files/${unknown}/notices/constructor`, 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?limit=0', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?limit=1e9', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?limit=NaN', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?offset=-1', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?nothing=1', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?level=galactic', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?region=99%25', 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?q=a&q=b', 400, 'BAD_REQUEST'],
      ['GET', `/api/notices?q=${'长'.repeat(201)}`, 400, 'BAD_REQUEST'],
      ['GET', '/api/notices?__proto__[x]=1', 400, 'BAD_REQUEST'],
      ['GET', '/api/jobs/1.5', 400, 'BAD_REQUEST'],
      ['GET', '/api/jobs/99999999999999999999', 400, 'BAD_REQUEST'],
      ['GET', '/api/jobs/7', 404, 'NOT_FOUND'],
      ['POST', '/api/jobs/7/cancel', 404, 'NOT_FOUND'],
      ['POST', '/api/files', 400, 'BAD_REQUEST'],
    ];
    for (const [method, address, status, code] of cases)
      await expectProblem(await server.send(method, address), status, code);
  });

  it('says which part of a request is wrong', async () => {
    const { issues } = await jsonOf(server.get('/api/notices?limit=0&level=galactic'), Problem);
    expect(issues.map((issue) => issue.path).sort()).toEqual(['level', 'limit']);
  });

  it('gives no file of its own by a path', async () => {
    for (const address of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/page.js/../../http/app.ts',
      '//etc/passwd',
      '/.git/config',
    ]) {
      const answer = await raw(`GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 40[0-9] /);
    }
  });

  it('refuses what is not HTTP, and headers without end', async () => {
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/);
    expect(await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(
      await raw(
        'POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect((await server.get('/health')).status).toBe(200);
  });

  it('refuses uploads that are too large, too many, broken off or elsewhere, and keeps nothing of them', async () => {
    const large = await server.upload({ name: 'large.txt', content: new Uint8Array(1024 * 1024 + 1) });
    await expectProblem(large, 413, 'UPLOAD_TOO_LARGE');
    const many = Array.from({ length: 4 }, (_, index) => ({ name: `${index}.txt`, content: `第${index}份` }));
    await expectProblem(await server.upload(...many), 413, 'UPLOAD_TOO_LARGE');
    await expectProblem(await server.upload({ name: 'empty.txt', content: '' }), 422, 'FILE_EMPTY');
    const form = new FormData();
    form.append('elsewhere', new Blob(['通知']), 'a.txt');
    await expectProblem(await fetch(`${server.url}/api/files`, { method: 'POST', body: form }), 400, 'BAD_REQUEST');
    const body = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf of it';
    const broken = await fetch(`${server.url}/api/files`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    await expectProblem(broken, 400, 'BAD_REQUEST');
    const without = await fetch(`${server.url}/api/files`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'multipart/form-data' },
    });
    await expectProblem(without, 400, 'BAD_REQUEST');
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname);
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 999\r\n\r\n${body}`,
    );
    while ((await leftIncoming()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    socket.destroy();
    while ((await leftIncoming()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await jsonOf(server.get('/api/files'), Files)).total).toBe(0);
  });

  it('keeps names for people and never for paths', async () => {
    const names: readonly [string, string][] = [
      ['../../../etc/passwd', 'passwd'],
      ['..\\..\\windows\\system.ini', 'system.ini'],
      ['报告\u202etxt.exe', '报告txt.exe'],
      [`${'长'.repeat(300)}.docx`, `${'长'.repeat(195)}.docx`],
      ['<img src=x onerror=alert(1)>.txt', '<img src=x onerror=alert(1)>.txt'],
    ];
    expect(cleanFileName('a\u0000b\u0007.txt')).toBe('ab.txt');
    expect(cleanFileName('..')).toBe('unnamed');
    expect(cleanFileName('\ud800.txt')).toBe('.txt');
    for (const [index, [given, kept]] of names.entries()) {
      expect(cleanFileName(given)).toBe(kept);
      // Written by hand: FormData would clean some of it.
      const boundary = 'x-boundary';
      const body = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${given}"\r\n\r\n第${index}份通知\r\n--${boundary}--\r\n`;
      const response = await fetch(`${server.url}/api/files`, {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      });
      expect((await jsonOf(response, Uploaded)).items[0]?.fileName).toBe(kept);
    }
    expect((await server.library.store.check()).faults).toEqual([]);
  });
});

describe('A server with a token', () => {
  let server: Client;
  beforeAll(async () => {
    server = await runServer({ token });
  });
  afterAll(() => server.close());

  it('shows nothing without it', async () => {
    for (const address of ['/', '/api/notices', '/openapi.json', '/health', '/metrics', '/page.js', '/nothing']) {
      await expectProblem(await server.get(address), 401, 'UNAUTHORIZED');
    }
    for (const header of ['Bearer', 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, `Bearer ${token.toUpperCase()}`]) {
      await expectProblem(await server.get('/api/notices', { Authorization: header }), 401, 'UNAUTHORIZED');
    }
    const forged = { Cookie: `hongtou_session=${'0'.repeat(64)}` };
    await expectProblem(await server.get('/api/notices', forged), 401, 'UNAUTHORIZED');
  });

  it('shows everything with it', async () => {
    expect((await server.get('/api/notices', { Authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('lets a browser sign in once', async () => {
    const page = await server.get('/', { Accept: 'text/html' });
    expect(page.status).toBe(401);
    expect(await page.text()).toContain('访问口令');
    const signIn = (given: string) =>
      fetch(`${server.url}/session`, {
        method: 'POST',
        body: new URLSearchParams({ token: given }),
        redirect: 'manual',
      });
    expect((await signIn('wrong')).status).toBe(401);
    const response = await signIn(token);
    expect(response.status).toBe(303);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain(token);
    const session = cookie.split(';')[0] ?? '';
    expect((await server.get('/api/notices', { Cookie: session })).status).toBe(200);
  });
});

describe('Limits of rate', () => {
  it('asks for patience', async () => {
    const server = await runServer({ requestsPerMinute: '5' });
    const answers = [];
    for (let index = 0; index < 7; index += 1) answers.push(await server.get('/health'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    await expectProblem(answers[6]!, 429, 'TOO_MANY_REQUESTS');
    await server.close();
  });

  it('stops guessing at tokens', async () => {
    const server = await runServer({ token });
    let last = 0;
    for (let index = 0; index < 25; index += 1)
      last = (await server.get('/health', { Authorization: `Bearer ${index}` })).status;
    expect(last).toBe(429);
    expect((await server.get('/health', { Authorization: `Bearer ${token}` })).status).toBe(200);
    await server.close();
  });
});
