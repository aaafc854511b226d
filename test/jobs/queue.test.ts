import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../models/api/library.ts';
import { type ClaimedJob, type Queue, queueLimits } from '../../server/jobs/queue.ts';
import { sqliteQueue } from '../../server/jobs/sqliteQueue.ts';
import { type Library, openLibrary } from '../../server/library.ts';
import { openDatabase } from '../../server/store/database.ts';
import { databasePath } from '../../server/store/sqliteStore.ts';
import { temporaryFolder } from '../store/folders.ts';

const lease = 30_000;
const damaged = problem('FILE_DAMAGED', { fileName: 'a.txt', reason: 'it ends too early' });

describe('The queue', () => {
  let library: Library;
  let queue: Queue;
  let time: number;
  let close: () => Promise<void>;
  const pass = (ms: number) => {
    time += ms;
  };
  beforeEach(async () => {
    const folder = await temporaryFolder();
    library = await openLibrary({ data: folder, keepDeletedDays: 30 });
    const database = await openDatabase(databasePath(folder));
    time = Date.parse('2025-01-01T00:00:00Z');
    queue = sqliteQueue(database, () => new Date(time));
    close = async () => {
      await database.close();
      await library.close();
    };
  });
  afterEach(() => close());

  const enqueue = async (text: string) => {
    const path = library.incoming.incomingPath();
    await writeFile(path, text);
    const { file } = await library.store.addFile({ fileName: 'a.txt', path }, 'tester');
    return queue.enqueue({ kind: 'extract', fileId: file.fileId, actor: 'tester' });
  };
  const claim = async (): Promise<ClaimedJob> => {
    const job = await queue.claimJob(['extract'], lease);
    if (job === undefined) throw new Error('Nothing to claim.');
    return job;
  };
  const stateOf = async (jobId: number) => (await queue.findJob(jobId))?.state;

  it('gives jobs in order, each once', async () => {
    const first = await enqueue('甲');
    pass(1);
    const second = await enqueue('乙');
    expect((await claim()).jobId).toBe(first.jobId);
    expect((await claim()).jobId).toBe(second.jobId);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
  });

  it('gives each job to one of many who ask at once', async () => {
    for (const text of ['甲', '乙', '丙']) await enqueue(text);
    const claimed = await Promise.all(Array.from({ length: 9 }, () => queue.claimJob(['extract'], lease)));
    const ids = claimed.flatMap((job) => (job === undefined ? [] : [job.jobId]));
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  });

  it('answers a second request for the same file with the same job, until it ends', async () => {
    const first = await enqueue('甲');
    expect((await enqueue('甲')).jobId).toBe(first.jobId);
    const job = await claim();
    expect((await enqueue('甲')).jobId).toBe(first.jobId);
    await queue.finishJob(job);
    expect((await enqueue('甲')).jobId).not.toBe(first.jobId);
  });

  it('counts the lease from the claim, however long the job waited', async () => {
    await enqueue('甲');
    pass(10 * lease);
    await claim();
    pass(lease - 1);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
    pass(2);
    expect((await claim()).attempt).toBe(2);
  });

  it('keeps a claim that is renewed, and tells an older claim that it is lost', async () => {
    await enqueue('甲');
    const old = await claim();
    pass(lease - 1);
    expect(await queue.renewClaim(old, lease, { page: 3, pageCount: 9, stage: 'ocr' })).toBe('held');
    expect((await queue.findJob(old.jobId))?.progress).toEqual({ page: 3, pageCount: 9, stage: 'ocr' });
    pass(lease - 1);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
    pass(2);
    const now = await claim();
    expect(await queue.renewClaim(old, lease, null)).toBe('lost');
    expect(await queue.finishJob(old)).toBe(false);
    expect(await queue.failJob(old, damaged, true)).toBe(false);
    expect(await stateOf(old.jobId)).toBe('running');
    expect(await queue.finishJob(now)).toBe(true);
    expect(await stateOf(old.jobId)).toBe('done');
  });

  it('tries again later and later what may go better, and then gives up with the reason', async () => {
    const { jobId, fileId } = await enqueue('甲');
    let wait = queueLimits.backOffMs;
    for (let failure = 1; failure < queueLimits.failures; failure += 1) {
      expect(await queue.failJob(await claim(), damaged, true)).toBe('queued');
      pass(wait - 1);
      expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
      pass(1);
      wait *= 4;
    }
    expect((await library.store.findFile(fileId))?.state).toBe('waiting');
    expect(await queue.failJob(await claim(), damaged, true)).toBe('failed');
    expect(await queue.findJob(jobId)).toMatchObject({ state: 'failed', problem: damaged });
    expect(await library.store.findFile(fileId)).toMatchObject({ state: 'failed', problem: damaged });
  });

  it('does not try again what cannot go better', async () => {
    await enqueue('甲');
    expect(await queue.failJob(await claim(), damaged, false)).toBe('failed');
    pass(1e9);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
  });

  it('lets a failed file wait again when it is asked for again', async () => {
    const { fileId } = await enqueue('甲');
    await queue.failJob(await claim(), damaged, false);
    await queue.enqueue({ kind: 'extract', fileId, actor: 'tester' });
    expect(await library.store.findFile(fileId)).toMatchObject({ state: 'waiting', problem: null });
  });

  it('finds files that wait without a job, and no others', async () => {
    await enqueue('有任务的');
    const path = library.incoming.incomingPath();
    await writeFile(path, '无任务的');
    const { file } = await library.store.addFile({ fileName: 'a.txt', path }, 'tester');
    expect(await queue.enqueueForgotten('server')).toBe(1);
    const { items } = await queue.listJobs({ fileId: file.fileId, limit: 9, offset: 0 });
    expect(items).toMatchObject([{ state: 'queued', actor: 'server' }]);
    expect(await queue.enqueueForgotten('server')).toBe(0);
  });

  it('cancels a waiting job at once and a running one through its worker', async () => {
    const waiting = await enqueue('甲');
    expect(await queue.cancelJob(waiting.jobId, 'tester')).toMatchObject({
      state: 'cancelled',
      problem: { code: 'CANCELLED' },
    });
    expect((await library.store.findFile(waiting.fileId))?.problem?.code).toBe('CANCELLED');
    const running = await enqueue('乙');
    const job = await claim();
    expect((await queue.cancelJob(running.jobId, 'tester')).state).toBe('running');
    expect(await queue.renewClaim(job, lease, null)).toBe('cancel-requested');
    expect(await queue.endCancelled(job)).toBe(true);
    expect(await stateOf(running.jobId)).toBe('cancelled');
    expect((await queue.cancelJob(running.jobId, 'tester')).state).toBe('cancelled');
  });

  it('gives a job back without counting it as a failure', async () => {
    await enqueue('甲');
    expect(await queue.releaseJob(await claim())).toBe(true);
    expect((await claim()).attempt).toBe(2);
  });

  it('gives up on a file that takes down its worker each time', async () => {
    const { jobId, fileId } = await enqueue('甲');
    for (let attempt = 1; attempt <= queueLimits.attempts; attempt += 1) {
      await claim();
      pass(lease + 1);
    }
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
    expect(await queue.findJob(jobId)).toMatchObject({ state: 'failed', problem: { code: 'READER_STOPPED' } });
    expect((await library.store.findFile(fileId))?.state).toBe('failed');
  });

  it('passes a job on to another lane, with how far it is, and gives it to nobody else there', async () => {
    const { jobId } = await enqueue('甲');
    const job = await claim();
    const progress = { page: 0, pageCount: 9, stage: 'recognize' };
    expect(await queue.passOn(job, 'recognize', progress)).toBe(true);
    expect(await queue.passOn(job, 'recognize', progress)).toBe(false);
    expect(await queue.findJob(jobId)).toMatchObject({ state: 'queued', progress });
    expect((await enqueue('甲')).jobId).toBe(jobId);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
    const again = await queue.claimJob(['extract'], lease, 'recognize');
    expect(again).toMatchObject({ jobId, lane: 'recognize' });
    expect(await queue.claimJob(['extract'], lease, 'recognize')).toBeUndefined();
    pass(lease + 1);
    expect(await queue.claimJob(['extract'], lease)).toBeUndefined();
    expect(await queue.claimJob(['extract'], lease, 'recognize')).toMatchObject({ jobId });
    if (again !== undefined) expect(await queue.stateOfClaim(again)).toBe('lost');
  });

  it('says without a change whether a claim holds', async () => {
    const { jobId } = await enqueue('甲');
    const job = await claim();
    expect(await queue.stateOfClaim(job)).toBe('held');
    await queue.cancelJob(jobId, 'tester');
    expect(await queue.stateOfClaim(job)).toBe('cancel-requested');
    await queue.endCancelled(job);
    expect(await queue.stateOfClaim(job)).toBe('lost');
  });

  it('counts and lists jobs, latest first', async () => {
    await enqueue('甲');
    const second = await enqueue('乙');
    await queue.finishJob(await claim());
    expect(await queue.countJobs()).toEqual({ queued: 1, running: 0, done: 1, failed: 0, cancelled: 0 });
    expect(await queue.listJobs({ limit: 1, offset: 0 })).toMatchObject({ total: 2, items: [{ jobId: second.jobId }] });
    expect((await queue.listJobs({ state: 'done', limit: 9, offset: 0 })).total).toBe(1);
    expect((await queue.listJobs({ fileId: second.fileId, limit: 9, offset: 0 })).total).toBe(1);
  });
});
