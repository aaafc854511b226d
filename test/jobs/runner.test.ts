import { writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import { waitForJob } from '../../server/ingest.ts';
import { type JobHandler, type Runner, type RunnerOptions, startRunner } from '../../server/jobs/runner.ts';
import { type Library, openLibrary } from '../../server/library.ts';
import { temporaryFolder } from '../store/folders.ts';

const log = pino({ level: 'silent' });

describe('The runner', () => {
  let library: Library;
  let runner: Runner | undefined;
  beforeEach(async () => {
    library = await openLibrary({ data: await temporaryFolder(), keepDeletedDays: 30 });
    runner = undefined;
  });
  afterEach(async () => {
    await runner?.stop();
    await library.close();
  });

  const enqueue = async (text: string) => {
    const path = library.incoming.incomingPath();
    await writeFile(path, text);
    const { file } = await library.store.addFile({ fileName: 'a.txt', path }, 'tester');
    return queueJob(file.fileId);
  };
  const queueJob = (fileId: string) => library.queue.enqueue({ kind: 'extract', fileId, actor: 'tester' });
  const run = (extract: JobHandler, leaseMs = 30_000, more: Partial<RunnerOptions> = {}) => {
    runner = startRunner({ queue: library.queue, handlers: { extract }, parallel: 2, leaseMs, log, ...more });
  };

  it('refuses to start where a kind of job has no handler', () => {
    expect(() => startRunner({ queue: library.queue, handlers: {}, parallel: 1, leaseMs: 1_000, log })).toThrow(
      'No handler for jobs of kind extract',
    );
  });

  it('does the jobs there are and those that come', async () => {
    const before = await enqueue('甲');
    run(async () => ({ outcome: 'done' }));
    expect((await waitForJob(library, before.jobId))?.state).toBe('done');
    const after = await enqueue('乙');
    runner?.wake();
    expect((await waitForJob(library, after.jobId))?.state).toBe('done');
  });

  it('shows how far it is', async () => {
    const { jobId } = await enqueue('甲');
    const seen: unknown[] = [];
    let finish: () => void = () => undefined;
    run(async (_job, { onProgress }) => {
      onProgress({ page: 7, pageCount: 9, stage: 'ocr' });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { outcome: 'done' };
    }, 300);
    await waitForJob(library, jobId, {
      everyMs: 20,
      onChange: (job) => {
        if (job.progress === null) return;
        seen.push(job.progress);
        finish();
      },
    });
    expect(seen[0]).toEqual({ page: 7, pageCount: 9, stage: 'ocr' });
  });

  it('keeps its lease for as long as the work takes', async () => {
    const { jobId } = await enqueue('甲');
    let begun = 0;
    run(async () => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return { outcome: 'done' };
    }, 300);
    expect((await waitForJob(library, jobId))?.state).toBe('done');
    expect(begun).toBe(1);
  });

  it('notes known errors with their reason, unknown ones as a fault of the program', async () => {
    run(async () => {
      throw new HongtouError('FILE_ENCRYPTED', { fileName: 'a.txt' });
    });
    const known = await enqueue('甲');
    expect((await waitForJob(library, known.jobId))?.problem?.code).toBe('FILE_ENCRYPTED');
    await runner?.stop();
    run(async () => {
      throw new Error('unexpected');
    });
    const unknown = await enqueue('乙');
    expect((await waitForJob(library, unknown.jobId))?.problem?.code).toBe('INTERNAL');
  });

  it('does again what may go better', async () => {
    let attempts = 0;
    run(async () => {
      attempts += 1;
      const reason = problem('READER_STOPPED', { fileName: 'a.txt', reason: 'signal SIGKILL' });
      return attempts === 1 ? { outcome: 'failed', problem: reason, retry: true } : { outcome: 'done' };
    });
    const { jobId } = await enqueue('甲');
    expect(await waitForJob(library, jobId)).toMatchObject({ state: 'done', attempt: 2, problem: null });
  });

  it('lets files with text pass scans that wait, and tells when a job has ended for good', async () => {
    const ended: string[] = [];
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const scans = [await enqueue('图一'), await enqueue('图二'), await enqueue('图三')];
    const scanned = new Set(scans.map((job) => job.fileId));
    run(
      async (job) => {
        if (job.lane === 'recognize') await gate;
        else if (scanned.has(job.fileId)) {
          return { outcome: 'passed-on', lane: 'recognize', progress: { page: 0, pageCount: 3, stage: 'recognize' } };
        }
        return { outcome: 'done' };
      },
      30_000,
      { parallel: 1, recognizing: 1, onFinal: async ({ fileId }) => void ended.push(fileId) },
    );
    const text = await enqueue('字');
    expect((await waitForJob(library, text.jobId))?.state).toBe('done');
    expect(ended).toEqual([text.fileId]);
    go();
    for (const { jobId } of scans) expect((await waitForJob(library, jobId))?.state).toBe('done');
    await runner?.stop();
    expect(ended).toEqual([text.fileId, ...scans.map((job) => job.fileId)]);
  });

  it('stops a running job that is cancelled', async () => {
    run(
      (_job, { signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ outcome: 'aborted' }))),
    );
    const { jobId } = await enqueue('甲');
    const job = await waitForJob(library, jobId, {
      onChange: ({ state }) => {
        if (state === 'running') void library.queue.cancelJob(jobId, 'tester');
      },
    });
    expect(job?.state).toBe('cancelled');
  });

  it('gives back what it works on when it ends', async () => {
    let begun: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    run((_job, { signal }) => {
      begun();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ outcome: 'aborted' })));
    });
    const { jobId } = await enqueue('甲');
    await beginning;
    await runner?.stop();
    expect((await library.queue.findJob(jobId))?.state).toBe('queued');
    run(async () => ({ outcome: 'done' }));
    expect((await waitForJob(library, jobId))?.state).toBe('done');
  });
});
