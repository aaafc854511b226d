import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Readers, type ReadResult, startReaders } from '../../server/jobs/readers.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { temporaryFolder } from '../store/folders.ts';

const entry = path.join(packageRoot, 'test/jobs/obedientReader.ts');
let readers: Readers;
afterEach(() => readers.close());

async function read(text: string, signal?: AbortSignal): Promise<ReadResult> {
  const file = path.join(await temporaryFolder(), 'a.txt');
  await writeFile(file, text);
  return readers.read({ path: file, fileName: 'a.txt' }, signal && { signal });
}
const start = (limits: Partial<Parameters<typeof startReaders>[0]> = {}) => {
  readers = startReaders({ processes: 1, timeoutMs: 20_000, memoryMb: 400, ...limits }, entry);
};
const codeOf = (result: ReadResult) => (result.outcome === 'failed' ? result.problem.code : result.outcome);

describe('Reading in a process of its own', () => {
  it('gives up what takes too long', async () => {
    start({ timeoutMs: 1_000 });
    expect(await read('spin')).toMatchObject({ outcome: 'failed', retry: false, problem: { code: 'TIMED_OUT' } });
  });

  it('allows further time for each page that is recognised', async () => {
    start({ timeoutMs: 4_000, pageTimeoutMs: 20_000 });
    expect(codeOf(await read('slow pages'))).toBe('read');
    await readers.close();
    start({ timeoutMs: 4_000 });
    expect(codeOf(await read('slow pages'))).toBe('TIMED_OUT');
  });

  it('tells that pages of a file must be recognised, where that was asked', async () => {
    start();
    const file = path.join(await temporaryFolder(), 'a.pdf');
    await writeFile(file, 'scan');
    expect(await readers.read({ path: file, fileName: 'a.pdf', ocr: 'ask' })).toEqual({
      outcome: 'scanned',
      pageCount: 5,
    });
    expect(codeOf(await readers.read({ path: file, fileName: 'a.pdf' }))).toBe('read');
  });

  it('ends a process that has had nothing to do for a while, and starts one again when there is something', async () => {
    start({ idleMs: 50 });
    expect(codeOf(await read('fine'))).toBe('read');
    while (readers.pids().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(codeOf(await read('fine'))).toBe('read');
  });

  it('gives up what takes too much memory outside the heap', async () => {
    start();
    expect(await read('hoard')).toMatchObject({ outcome: 'failed', retry: false, problem: { code: 'LIMIT_EXCEEDED' } });
  });

  it('gives up what takes too much of the heap', async () => {
    start({ memoryMb: 200 });
    expect(await read('heap')).toMatchObject({ outcome: 'failed', retry: false, problem: { code: 'LIMIT_EXCEEDED' } });
  });

  it('survives a process that dies, and says that another attempt may go better', async () => {
    start();
    for (const way of ['die', 'exit']) {
      expect(await read(way)).toMatchObject({ outcome: 'failed', retry: true, problem: { code: 'READER_STOPPED' } });
    }
    expect(codeOf(await read('fine'))).toBe('read');
  });

  it('passes on what engines say of their trouble, and does not give it as the reason why a process ended', async () => {
    const heard: string[] = [];
    start({ onTrouble: (words) => heard.push(words) });
    expect(codeOf(await read('trouble'))).toBe('scanned');
    await expect.poll(() => heard).toEqual(['page 2: a page cannot be recognised: no data']);
    expect(await read('exit')).toMatchObject({ problem: { code: 'READER_STOPPED' }, detail: 'free(): invalid size' });
  });

  it('keeps the details of a fault of the program for the log', async () => {
    start();
    expect(await read('break')).toMatchObject({ retry: false, problem: { code: 'INTERNAL' }, detail: 'a stack trace' });
  });

  it('stops at once when asked to', async () => {
    start();
    const stop = new AbortController();
    const reading = read('hang', stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await reading).toEqual({ outcome: 'aborted' });
    expect(await read('fine', AbortSignal.abort())).toEqual({ outcome: 'aborted' });
    expect(codeOf(await read('fine'))).toBe('read');
  });

  it('keeps processes for the next file and never has more than allowed', async () => {
    start({ processes: 2 });
    const results = await Promise.all(Array.from({ length: 6 }, () => read('fine')));
    const pids = results.map((result) => (result.outcome === 'read' ? result.extraction.text : ''));
    expect(new Set(pids).size).toBeLessThanOrEqual(2);
    expect(pids).not.toContain('');
  });
});
