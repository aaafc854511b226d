import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { JobKind, type JobProgress, type Problem, problem, problemOf } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import type { ClaimedJob, JobLane, Queue } from './queue.ts';

/** How the work on a job ended. `retry`: another attempt may go better. */
export type JobOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'aborted' }
  /** There is more to do, for the workers of another lane. */
  | { readonly outcome: 'passed-on'; readonly lane: JobLane; readonly progress: JobProgress }
  | { readonly outcome: 'failed'; readonly problem: Problem; readonly retry: boolean };

/** May run twice for one job (the first time up to a crash) and must not mind. */
export type JobHandler = (
  job: ClaimedJob,
  context: { readonly signal: AbortSignal; readonly onProgress: (progress: JobProgress) => void },
) => Promise<JobOutcome>;

export interface RunnerOptions {
  readonly queue: Queue;
  readonly handlers: Partial<Record<JobKind, JobHandler>>;
  /** Jobs read at the same time. */
  readonly parallel: number;
  /** Jobs recognised at the same time, beside those; default 1. */
  readonly recognizing?: number;
  readonly leaseMs: number;
  readonly log: Logger;
  /** Called after each end of an attempt, for figures and progress lines. */
  readonly onEnd?: (job: ClaimedJob, outcome: JobOutcome) => void;
  /** Called when a job is done, failed for good or cancelled: what was kept for another attempt can go. */
  readonly onFinal?: (job: ClaimedJob) => Promise<void>;
}

export interface Runner {
  /** There may be work: look now. */
  wake(): void;
  /** Stops taking jobs and gives back those in work. */
  stop(): Promise<void>;
}

const pollMs = 500;
/** How often a running job looks whether it is cancelled: people wait a second at most. */
const cancelCheckMs = 300;
/** How often progress is noted, which costs a write. */
const progressMs = 900;

/**
 * Takes jobs from the queue and hands them to their handlers, several at a time, until it is stopped. Throws when a
 * kind of job has no handler: such jobs would wait for ever without a word.
 */
export function startRunner(options: RunnerOptions): Runner {
  const { queue, handlers, parallel, recognizing = 1, leaseMs, log, onEnd, onFinal } = options;
  const missing = JobKind.options.filter((kind) => handlers[kind] === undefined);
  if (missing.length > 0) throw new Error(`No handler for jobs of kind ${missing.join(', ')}.`);
  const stopping = new AbortController();
  let waker = new AbortController();

  const work = async (lane: JobLane): Promise<void> => {
    while (!stopping.signal.aborted) {
      const job = await queue.claimJob(JobKind.options, leaseMs, lane).catch((error: unknown) => {
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
    let renewedAt = performance.now();
    const look = async () => {
      const sinceRenewal = performance.now() - renewedAt;
      const isDue = sinceRenewal > Math.min(leaseMs / 3, progress === null ? Number.POSITIVE_INFINITY : progressMs);
      const noted = progress;
      if (isDue) {
        renewedAt = performance.now();
        progress = null;
      }
      const asked = isDue ? queue.renewClaim(job, leaseMs, noted) : queue.stateOfClaim(job);
      const state = await asked.catch((error: unknown) => {
        log.warn({ err: error, jobId: job.jobId }, 'a lease could not be extended');
        return 'held' as const;
      });
      if (state === 'held') return;
      isCancelled = state === 'cancel-requested';
      cancelling.abort();
    };
    const timer = setInterval(() => void look(), Math.min(cancelCheckMs, leaseMs / 6));
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
    if (outcome.outcome !== 'passed-on') onEnd?.(job, outcome);
  };

  const end = async (job: ClaimedJob, outcome: JobOutcome, isCancelled: boolean): Promise<void> => {
    let isFinal = false;
    if (outcome.outcome === 'done') isFinal = await queue.finishJob(job);
    else if (outcome.outcome === 'passed-on') {
      await queue.passOn(job, outcome.lane, outcome.progress);
      wake();
    } else if (outcome.outcome === 'failed') {
      const state = await queue.failJob(job, outcome.problem, outcome.retry);
      isFinal = state === 'failed';
      log.warn({ jobId: job.jobId, fileId: job.fileId, code: outcome.problem.code, state }, 'a job failed');
    } else if (isCancelled) isFinal = await queue.endCancelled(job);
    else await queue.releaseJob(job);
    if (isFinal) await onFinal?.(job);
  };

  const wake = () => {
    waker.abort();
    waker = new AbortController();
  };
  const workers = [
    ...Array.from({ length: parallel }, () => work('read')),
    ...Array.from({ length: recognizing }, () => work('recognize')),
  ];
  return {
    wake,
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
