import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LibraryFile } from '../../models/api/library.ts';
import { Extraction } from '../../models/index.ts';
import { type HostileFile, hostileFiles } from './hostileFiles.ts';
import { type Client, expectProblem, jsonOf, runServer, Uploaded } from './running.ts';

/** Nobody must ever ask here: it stands for every address that a document names. */
const asked: string[] = [];
const canary = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end();
});
let server: Client;
let files: readonly HostileFile[];
beforeAll(async () => {
  canary.listen(0, '127.0.0.1');
  await once(canary, 'listening');
  files = await hostileFiles(`http://127.0.0.1:${(canary.address() as AddressInfo).port}`);
  server = await runServer({ workers: '2', timeoutSeconds: '60', memoryMb: '1500' });
});
afterAll(async () => {
  await server.close();
  canary.close();
});

/** What a file may be refused for. A fault of the program or a reader that died is not among them. */
const refusals = new Set([
  'FILE_EMPTY',
  'NO_TEXT',
  'NOT_TEXT',
  'TEXT_TOO_LONG',
  'FILE_TOO_LARGE',
  'UNSUPPORTED_FORMAT',
  'FILE_DAMAGED',
  'FILE_ENCRYPTED',
  'LIMIT_EXCEEDED',
  'CONVERTER_MISSING',
]);

it('reads or refuses every hostile file with a clear answer, and goes on', { timeout: 400_000 }, async () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
  const wrong: string[] = [];
  const refusedUploads: string[] = [];
  const attend = async (file: HostileFile) => {
    const sent = await server.upload({ name: file.name, content: file.bytes });
    if (sent.status === 400) {
      // Control characters in the head of a part: not even the upload is read.
      await expectProblem(sent, 400, 'BAD_REQUEST');
      refusedUploads.push(file.reason);
      return;
    }
    expect(sent.status).toBe(202);
    const { file: stored, job } = (await jsonOf(sent, Uploaded)).items[0]!;
    if (stored === null) throw new Error(`"${file.name}" was refused.`);
    if (job !== null) await server.waitForEnd(job.jobId);
    const now = await jsonOf(server.get(`/api/files/${stored.fileId}`), LibraryFile);
    if (/[\p{Cc}\p{Cf}/\\]/u.test(now.fileName)) wrong.push(`${file.reason}: kept as ${JSON.stringify(now.fileName)}`);
    if (now.state === 'failed') {
      const code = now.problem?.code ?? 'no reason';
      if (!refusals.has(code)) wrong.push(`${file.reason} (${file.name}): ${code} ${now.problem?.message}`);
    } else if (now.state === 'read') {
      const { text } = await jsonOf(server.get(`/api/files/${stored.fileId}/extraction`), Extraction);
      if (/root:.*:0:0:/.test(text)) wrong.push(`${file.reason} (${file.name}): shows a file of this machine`);
      if (/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text))
        wrong.push(`${file.reason} (${file.name}): control characters in the text`);
      const original = await server.get(`/api/files/${stored.fileId}/original?inline=true`);
      const type = original.headers.get('content-type') ?? '';
      await original.arrayBuffer();
      if (!/^(application\/(octet-stream|pdf)|image\/(png|jpeg|webp))$/.test(type))
        wrong.push(`${file.reason}: shown as ${type}`);
    } else wrong.push(`${file.reason} (${file.name}): still ${now.state}, job ${job?.jobId}`);
  };
  const queue = [...files];
  const client = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) await attend(file);
  };
  await Promise.all([client(), client(), client()]);
  expect(wrong).toEqual([]);
  expect(refusedUploads).toEqual(['a name with control characters']);
  expect(asked).toEqual([]);
  expect((await server.get('/ready')).status).toBe(200);
  expect((await server.library.store.check()).faults).toEqual([]);
});
