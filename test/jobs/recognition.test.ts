import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../models/api/library.ts';
import { type Readers, startReaders } from '../../server/jobs/readers.ts';
import { noticePage, pdfOf } from '../ocr/drawnPages.ts';
import { type Client, jsonOf, runServer, Uploaded } from '../server/running.ts';
import { temporaryFolder } from '../store/folders.ts';

/** Reading gives way to all else that the machine does, so it may take its time here. */
const patience = 180_000;

const scanOf = async (pages: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array((await pdfOf(await Promise.all(Array.from({ length: pages }, (_, i) => noticePage(i + 1))))).bytes);

describe('A process that recognises', () => {
  let readers: Readers;
  afterEach(() => readers.close());

  it(
    'is killed after some pages, and the next one does not recognise those again',
    async () => {
      const folder = await temporaryFolder();
      const file = {
        path: path.join(folder, 'a.pdf'),
        fileName: 'a.pdf',
        ocr: 'pp',
        pagesFolder: path.join(folder, 'pages'),
      } as const;
      await writeFile(file.path, await scanOf(6));
      readers = startReaders({ processes: 1, timeoutMs: 120_000, memoryMb: 2_048 });
      const first: number[] = [];
      const killed = await readers.read(file, {
        onProgress: ({ page }) => {
          first.push(page);
          if (page === 4) for (const pid of readers.pids()) process.kill(pid, 'SIGKILL');
        },
      });
      expect(killed).toMatchObject({ outcome: 'failed', retry: true, problem: { code: 'READER_STOPPED' } });
      const kept = (await readdir(file.pagesFolder)).flatMap((name) => Number(/-(\d+)\.json$/.exec(name)?.[1] ?? []));
      // Another page was in work beside the fourth; it may have been at its end or not.
      expect(kept.length === 2 || kept.length === 3).toBe(true);
      const second: number[] = [];
      const read = await readers.read(file, { onProgress: ({ page }) => second.push(page) });
      expect(second).toEqual([1, 2, 3, 4, 5, 6].filter((page) => !kept.includes(page)));
      expect(read.outcome === 'read' && read.extraction.text.match(/第.部分/g)).toEqual(
        [...'一二三四五六'].map((number) => `第${number}部分`),
      );
    },
    patience,
  );
});

describe('The server', () => {
  let server: Client;
  beforeAll(async () => {
    server = await runServer({ ocr: 'pp' });
  });
  afterAll(() => server.close());

  /** The job of an upload, and every state of it that is told until its end. */
  const follow = async (
    name: string,
    content: Uint8Array<ArrayBuffer>,
    onJob: (job: Job) => void = () => undefined,
  ) => {
    const { items } = await jsonOf(server.upload({ name, content }), Uploaded);
    const job = items[0]!.job!;
    const events = await server.get(`/api/jobs/${job.jobId}/events`);
    const told: Job[] = [];
    let rest = '';
    for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data === undefined) continue;
        const now = JSON.parse(data) as Job;
        told.push(now);
        onJob(now);
      }
    }
    return { jobId: job.jobId, fileId: job.fileId, told };
  };

  it(
    'recognises what is uploaded, tells page by page how far it is, and keeps no pages after that',
    async () => {
      const { told, fileId } = await follow('通知.pdf', await scanOf(4));
      expect(told.at(-1)?.state).toBe('done');
      const pages = told.flatMap(({ progress }) => (progress?.stage === 'recognize' ? [progress.page] : []));
      expect(pages.length).toBeGreaterThan(0);
      expect(told.some(({ progress }) => progress?.pageCount === 4)).toBe(true);
      expect(pages).toEqual([...pages].sort((a, b) => a - b));
      const extraction = (await (await server.get(`/api/files/${fileId}/extraction`)).json()) as { source: unknown };
      expect(extraction.source).toMatchObject({ textOrigin: 'ocr', pageCount: 4 });
      expect(await readdir(path.join(server.library.folder, 'recognized'))).toEqual([]);
    },
    patience,
  );

  it(
    'stops recognising when the job is cancelled',
    async () => {
      let asked = false;
      const { told } = await follow('长通知.pdf', await scanOf(9), (job) => {
        if (asked || (job.progress?.page ?? 0) < 1) return;
        asked = true;
        void server.send('POST', `/api/jobs/${job.jobId}/cancel`);
      });
      expect(told.at(-1)).toMatchObject({ state: 'cancelled', problem: { code: 'CANCELLED' } });
      expect(await readdir(path.join(server.library.folder, 'recognized'))).toEqual([]);
    },
    patience,
  );
});
