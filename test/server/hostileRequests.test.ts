import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../models/api/library.ts';
import { hostileRequests } from './hostileRequests.ts';
import { type Client, runServer } from './running.ts';

let server: Client;
let fileId: string;
beforeAll(async () => {
  server = await runServer({ uploadMb: '1', uploadFiles: '3' });
  fileId = (await server.put('通知.txt', '浅川县教育局关于检查的通知\n各学校：\n请于2025年4月30日前报送。\n')).file
    .fileId;
});
afterAll(() => server.close());

/** Sends bytes as they are, for what fetch refuses to send, and gives the answer. */
async function answerTo(
  bytes: string,
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const { hostname, port } = new URL(server.url);
  const socket = net.connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  // Who refuses may close before all is sent.
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  const text = Buffer.concat(parts).toString();
  const split = text.indexOf('\r\n\r\n');
  const [head, rest] = [text.slice(0, split), text.slice(split + 4)];
  // Chunks or not: what is asked of a body does not depend on them.
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0), head, body: rest };
}

describe('A server among hostile requests', () => {
  it('knows at least 60 of them', () => {
    expect(hostileRequests.length).toBeGreaterThanOrEqual(60);
    expect(new Set(hostileRequests.map((request) => request.bytes)).size).toBe(hostileRequests.length);
  });

  for (const { reason, bytes, status, code, body } of hostileRequests) {
    it(`answers ${reason} with ${code ?? status}, and goes on`, async () => {
      const answer = await answerTo(bytes.replaceAll('{file}', fileId));
      expect(answer.status).toBe(status);
      if (code !== null) {
        const problem = Problem.parse(JSON.parse(/\{.*\}/s.exec(answer.body)?.[0] ?? 'null'));
        expect(problem.code).toBe(code);
        expect(problem.hint).toMatch(/\S/);
      }
      if (body !== undefined) expect(answer.body).toMatch(body);
      expect(answer.head + answer.body).not.toMatch(/node_modules|\.ts:\d|SQLITE|at Object|root:x?:0:0/);
      expect(Object.prototype).not.toHaveProperty('admin');
      expect((await server.get('/health')).status).toBe(200);
    });
  }

  it('lost nothing and took nothing in', async () => {
    const { items, total } = await server.library.store.listFiles({ deleted: false, limit: 9, offset: 0 });
    expect([items[0]?.fileId, total]).toEqual([fileId, 1]);
    expect((await server.library.store.listCorrections(fileId, 'n1')).items).toEqual([]);
    expect((await server.library.store.check()).faults).toEqual([]);
  });

  it('waits for nobody who does not go on, and serves others meanwhile', async () => {
    const { hostname, port } = new URL(server.url);
    const slow = Array.from({ length: 50 }, (_, index) => {
      const socket = net.connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        index % 2 === 0
          ? 'GET /api/notices HTTP/1.1\r\nX-Slow: '
          : 'POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900\r\n\r\n--x',
      );
      return socket;
    });
    await sleep(50);
    for (let count = 0; count < 10; count += 1) expect((await server.get('/api/notices')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});
