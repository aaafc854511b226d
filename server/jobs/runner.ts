import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { HongtouError } from '../../models/index.ts';
import { JobKind, type JobProgress, type Problem, problem, problemOf } from '../records.ts';
import type { Store } from '../store/store.ts';
import type { ClaimedJob, Queue } from './queue.ts';
import type { Readers } from './readers.ts';

/** How the work on a job ended. `retry`: another attempt may go better. */
export type JobOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'aborted' }
  | { readonly outcome: 'failed'; readonly problem: Problem; readonly retry: boolean };

/** May run twice for one job (the first time up to a crash) and must not mind. */
export type JobHandler = (
  job: ClaimedJob,
  context: { readonly signal: AbortSignal; readonly onProgress: (progress: JobProgress) => void },
) => Promise<JobOutcome>;

export interface RunnerOptions {
  readonly queue: Queue;
  readonly handlers: Partial<Record<JobKind, JobHandler>>;
  readonly parallel: number;
  readonly leaseMs: number;
  readonly log: Logger;
  /** Called after each end of an attempt, for figures and progress lines. */
  readonly onEnd?: (job: ClaimedJob, outcome: JobOutcome) => void;
}

export interface Runner {
  /** There may be work: look now. */
  wake(): void;
  /** Stops taking jobs and gives back those in work. */
  stop(): Promise<void>;
}

const pollMs = 500;

/**
 * Takes jobs from the queue and hands them to their handlers, several at a time, until it is stopped. Throws when a
 * kind of job has no handler: such jobs would wait for ever without a word.
 */
export function startRunner({ queue, handlers, parallel, leaseMs, log, onEnd }: RunnerOptions): Runner {
  const missing = JobKind.options.filter((kind) => handlers[kind] === undefined);
  if (missing.length > 0) throw new Error(`No handler for jobs of kind ${missing.join(', ')}.`);
  const stopping = new AbortController();
  let waker = new AbortController();

  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const job = await queue.claimJob(JobKind.options, leaseMs).catch((error: unknown) => {
        log.error({ err: error }, 'no job could be claimed');
        return undefined;
      });
      if (job !== undefined) await attend(job);
      else
        await sleep(pollMs, undefined, { signal: AbortSignal.any([stopping.signal, waker.signal]) }).catch(
          () => undefined,
        );
    }
  };

  const attend = async (job: ClaimedJob): Promise<void> => {
    const cancelling = new AbortController();
    const signal = AbortSignal.any([cancelling.signal, stopping.signal]);
    let progress: JobProgress | null = null;
    let isCancelled = false;
    const renew = async () => {
      const state = await queue.renewClaim(job, leaseMs, progress).catch((error: unknown) => {
        log.warn({ err: error, jobId: job.jobId }, 'a lease could not be extended');
        return 'held' as const;
      });
      progress = null;
      if (state === 'held') return;
      isCancelled = state === 'cancel-requested';
      cancelling.abort();
    };
    // Often enough for people to see progress, and for a cancellation to be heard.
    const timer = setInterval(() => void renew(), Math.min(1_000, leaseMs / 3));
    let outcome: JobOutcome;
    try {
      const handler = handlers[job.kind];
      if (handler === undefined) throw new Error(`No handler for jobs of kind ${job.kind}.`);
      outcome = await handler(job, {
        signal,
        onProgress: (now) => {
          progress = now;
        },
      });
    } catch (error) {
      outcome = outcomeOfError(error, job);
      log.error({ err: error, jobId: job.jobId, fileId: job.fileId }, 'a job broke');
    } finally {
      clearInterval(timer);
    }
    await end(job, outcome, isCancelled).catch((error: unknown) => {
      // The lease runs out and somebody takes the job again.
      log.error({ err: error, jobId: job.jobId }, 'the end of a job could not be noted');
    });
    onEnd?.(job, outcome);
  };

  const end = async (job: ClaimedJob, outcome: JobOutcome, isCancelled: boolean): Promise<void> => {
    if (outcome.outcome === 'done') await queue.finishJob(job);
    else if (outcome.outcome === 'failed') {
      const state = await queue.failJob(job, outcome.problem, outcome.retry);
      log.warn({ jobId: job.jobId, fileId: job.fileId, code: outcome.problem.code, state }, 'a job failed');
    } else if (isCancelled) await queue.endCancelled(job);
    else await queue.releaseJob(job);
  };

  const workers = Array.from({ length: parallel }, work);
  return {
    wake() {
      waker.abort();
      waker = new AbortController();
    },
    async stop() {
      stopping.abort();
      await Promise.all(workers);
    },
  };
}

function outcomeOfError(error: unknown, job: ClaimedJob): JobOutcome {
  const known = problemOf(error);
  const isFull = error instanceof HongtouError && error.code === 'STORAGE_FULL';
  return {
    outcome: 'failed',
    problem: known ?? problem('INTERNAL', { what: `job ${job.jobId}` }),
    // Room may be made; our own faults and bad input stay what they are.
    retry: isFull,
  };
}

/** Reads the file of a job in a process of its own and puts the result into the library. */
export function extractHandler(store: Store, readers: Readers, log: Logger): JobHandler {
  return async (job, { signal, onProgress }) => {
    const file = await store.findFile(job.fileId);
    if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${job.fileId}` });
    const path = await store.originalPath(job.fileId);
    const result = await readers.read({ path, fileName: file.fileName }, { signal, onProgress });
    if (result.outcome === 'aborted') return result;
    if (result.outcome === 'failed') {
      if (result.detail !== null) log.error({ jobId: job.jobId, detail: result.detail }, 'a reader broke');
      return { outcome: 'failed', problem: result.problem, retry: result.retry };
    }
    if (result.outcome !== 'read') throw new Error(`A reader answered "${result.outcome}" instead of a reading.`);
    const { extraction, extractorVersion, pages } = result;
    await store.saveExtraction(job.fileId, extraction, extractorVersion, job.actor, pages);
    return { outcome: 'done' };
  };
}
