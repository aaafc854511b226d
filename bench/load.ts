import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { randomNotice } from '../corpus/generator/randomNotice.ts';
import { renderScan } from '../corpus/generator/scan.ts';
import { scanPdf } from '../corpus/generator/scanPdf.ts';

/**
 * `npm run bench:load [-- --seconds 120]`: 50 readers and 5 uploaders against the built server on this machine, which reads
 * what they upload all the time; every tenth file is a scan, so that text is being recognised throughout. Prints the
 * times of the readers by address, errors, and the memory of the server over time. Exit 1 on any error, or where
 * reading takes longer than the limit at the 95th percentile.
 */
const LIMIT_MS = 200;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    readers: { type: 'string', default: '50' },
    uploaders: { type: 'string', default: '5' },
    port: { type: 'string', default: '8797' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const data = await mkdtemp(path.join(os.tmpdir(), 'hongtou-load-'));
const address = `http://127.0.0.1:${values.port}`;
const server = spawn(
  process.execPath,
  [path.join(root, 'bin/hongtou.cjs'), 'serve', '--port', values.port, '--data', data],
  {
    stdio: 'ignore',
    env: { ...process.env, HONGTOU_REQUESTS_PER_MINUTE: '10000000', HONGTOU_LOG_LEVEL: 'warn' },
  },
);
while (!(await fetch(`${address}/health`).catch(() => undefined))?.ok) await new Promise((r) => setTimeout(r, 50));

const notices = path.join(root, 'corpus/notices');
const samples = await Promise.all((await readdir(notices)).map((id) => readFile(path.join(notices, id, 'notice.txt'))));
const scan = await scanPdf(await renderScan(randomNotice(1).spec, { seed: 1, dpi: 150, noise: 4, jpegQuality: 60 }));
// Readers find something there from the first moment.
for (const [index, sample] of samples.entries()) {
  const form = new FormData();
  form.append('files', new Blob([sample]), `${index}.txt`);
  await fetch(`${address}/api/files`, { method: 'POST', body: form });
}
const open = async () => {
  const ready = (await (await fetch(`${address}/ready`)).json()) as { readonly jobs: Readonly<Record<string, number>> };
  return (ready.jobs.queued ?? 0) + (ready.jobs.running ?? 0);
};
while ((await open()) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
const until = performance.now() + Number(values.seconds) * 1_000;
const times = new Map<string, number[]>();
const errors = new Map<string, number>();
const known: string[] = [];
let uploads = 0;

async function timed(name: string, url: string, options?: RequestInit): Promise<Response | undefined> {
  const begun = performance.now();
  try {
    const response = await fetch(address + url, options);
    const body = await response.arrayBuffer();
    const list = times.get(name) ?? [];
    times.set(name, list);
    list.push(performance.now() - begun);
    if (response.status < 400 || (response.status === 409 && name === 'extraction'))
      return new Response(body, response);
    errors.set(`${name} ${response.status}`, (errors.get(`${name} ${response.status}`) ?? 0) + 1);
  } catch (error) {
    const what = `${name} ${error instanceof Error ? error.message : error}`;
    errors.set(what, (errors.get(what) ?? 0) + 1);
  }
  return undefined;
}

async function upload(uploader: number): Promise<void> {
  for (let count = 0; performance.now() < until; count += 1) {
    const isScan = count % 10 === 0;
    const sample = isScan ? Buffer.from(scan) : (samples[count % samples.length] ?? Buffer.from('通知'));
    const form = new FormData();
    // Each is a new file.
    const mark = isScan ? `\n%${uploader}/${count}\n` : `\n<!-- ${uploader}/${count} -->\n`;
    form.append('files', new Blob([sample, mark]), `${uploader}-${count}.${isScan ? 'pdf' : 'txt'}`);
    const response = await timed('upload', '/api/files', { method: 'POST', body: form });
    if (response !== undefined) {
      const { items } = (await response.json()) as {
        readonly items: readonly { readonly file: { readonly fileId: string } }[];
      };
      for (const item of items) known.push(item.file.fileId);
      uploads += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function read(reader: number): Promise<void> {
  const words = ['燃气', '检查', '学校 -燃气', '号', '食品安全'];
  // They do not all come in the same instant.
  await new Promise((resolve) => setTimeout(resolve, (reader * 1_000) / 50));
  for (let count = reader; performance.now() < until; count += 1) {
    const fileId = known[(count * 7919) % Math.max(1, known.length)];
    if (count % 3 === 0)
      await timed('search', `/api/notices?q=${encodeURIComponent(words[count % words.length] ?? '')}`);
    else if (count % 3 === 1 || fileId === undefined) await timed('list', '/api/notices?limit=50');
    else await timed('extraction', `/api/files/${fileId}/extraction`);
    // People look before they click again.
    await new Promise((resolve) => setTimeout(resolve, 500 + ((count * 104_729) % 1_000)));
  }
}

function memoryMb(): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1_024);
}

const memory: number[] = [];
const watch = setInterval(() => memory.push(memoryMb()), Math.max(1_000, (Number(values.seconds) * 1_000) / 12));
await Promise.all([
  ...Array.from({ length: Number(values.uploaders) }, (_, index) => upload(index)),
  ...Array.from({ length: Number(values.readers) }, (_, index) => read(index)),
]);
clearInterval(watch);
const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0).padStart(6);
console.log('              requests   50 %   95 %   99 %  longest (ms)');
for (const [name, list] of times) {
  const sorted = list.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(12)} ${String(list.length).padStart(9)} ${at(sorted, 0.5)} ${at(sorted, 0.95)} ${at(sorted, 0.99)} ${at(sorted, 0.99999)}`,
  );
}
const slow = [...times].filter(
  ([name, list]) => name !== 'upload' && (list[Math.floor(list.length * 0.95)] ?? 0) > LIMIT_MS,
);
const jobs = (await (await fetch(`${address}/ready`)).json()) as { readonly jobs: Readonly<Record<string, number>> };
console.log(`${uploads} files uploaded; jobs ${JSON.stringify(jobs.jobs)}`);
console.log(`memory of the server, MB: ${memory.join(' ')}`);
if (slow.length > 0) console.log(`slower than ${LIMIT_MS} ms at 95 %: ${slow.map(([name]) => name).join(', ')}`);
console.log(errors.size === 0 ? 'no error' : `errors: ${JSON.stringify(Object.fromEntries(errors))}`);
const ended = once(server, 'exit');
server.kill('SIGTERM');
await ended;
await rm(data, { recursive: true, force: true });
process.exitCode = errors.size === 0 && slow.length === 0 ? 0 : 1;
