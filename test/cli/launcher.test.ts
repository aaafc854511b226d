import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Stands for the command: says how it was started, and goes on until it is stopped; `done` ends at once, `late` loads long. */
const command = `
if (process.argv.includes('late')) {
  console.log('{}');
  await new Promise((resolve) => setTimeout(resolve, 5000));
}
export const main = ([, what]) => new Promise((resolve) => {
  const alive = setInterval(() => {}, 1000);
  const end = (status) => { clearInterval(alive); resolve(status); };
  console.log(JSON.stringify({ pid: process.pid, returns: process.env.MALLOC_MMAP_THRESHOLD_ ?? null }));
  if (what === 'done') end(3);
  process.once('SIGINT', () => { console.log('stopped'); setTimeout(end, 200, 1); });
});`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'hongtou-launcher-'));
  await mkdir(path.join(folder, 'dist/server'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'dist/server/cli.js'), command);
  await cp(fileURLToPath(new URL('../../bin', import.meta.url)), path.join(folder, 'bin'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Started {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  readonly said: { readonly pid: number; readonly returns: string | null };
  readonly ended: Promise<{ status: number | null; signal: string | null; text: string }>;
}

async function start(...args: string[]): Promise<Started> {
  const { MALLOC_MMAP_THRESHOLD_, ...env } = process.env;
  // A group of its own, as a terminal gives to a command.
  const child = spawn(process.execPath, [path.join(folder, 'bin/hongtou.cjs'), ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const ended = new Promise<{ status: number | null; signal: string | null; text: string }>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, text }));
  });
  const first = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
  return { process: child, said: JSON.parse(first), ended };
}

test('a command that may recognise pages runs where freed memory is given back, others where they are', async () => {
  const [extract, version] = [await start('extract', 'done'), await start('version', 'done')];
  expect(extract.said.returns).toBe('131072');
  expect(version.said).toEqual({ pid: version.process.pid, returns: null });
  expect((await extract.ended).status).toBe(3);
  expect((await version.ended).status).toBe(3);
});

test('an interruption reaches the command once, whether a terminal sends it to both processes or a caller to one', async () => {
  for (const toBoth of [true, false]) {
    const started = await start('extract', 'scan.pdf');
    process.kill(toBoth ? -started.process.pid! : started.process.pid!, 'SIGINT');
    const { status, signal, text } = await started.ended;
    expect({ status, signal }).toEqual({ status: 1, signal: null });
    expect(text.match(/stopped/g)).toHaveLength(1);
  }
});

test('an interruption while the command is loaded ends it', async () => {
  const started = await start('extract', 'late');
  process.kill(-started.process.pid!, 'SIGINT');
  expect((await started.ended).status).toBe(130);
});

test('the command ends with the process that was killed, and with its signal', async () => {
  const killed = await start('extract', 'scan.pdf');
  killed.process.kill('SIGKILL');
  // Its stdout is closed when both have ended.
  expect((await killed.ended).signal).toBe('SIGKILL');
  const ended = await start('extract', 'scan.pdf');
  ended.process.kill('SIGTERM');
  expect((await ended.ended).signal).toBe('SIGTERM');
});
