import type { FileId, Job, JobKind, JobProgress, JobState, Problem } from '../../models/api/library.ts';
import type { Actor, Page } from '../store/store.ts';

export interface NewJob {
  readonly kind: JobKind;
  readonly fileId: FileId;
  readonly actor: Actor;
}

/**
 * Which workers do the next step of a job. Files with text are read in no time and must not wait behind scans, so pages
 * without text are recognised by workers of their own.
 */
export type JobLane = 'read' | 'recognize';

/** A job that this process works on. `attempt` names the claim: an older claim can no longer finish the job. */
export interface ClaimedJob {
  readonly jobId: number;
  readonly kind: JobKind;
  readonly fileId: FileId;
  readonly actor: Actor;
  readonly attempt: number;
  readonly lane: JobLane;
}

export interface JobQuery {
  readonly state?: JobState | undefined;
  readonly fileId?: FileId | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Whether the claim still holds, and whether somebody wants the job to stop. */
export type ClaimState = 'held' | 'lost' | 'cancel-requested';

/** The queue of jobs. All methods may be called from several processes at once; no job is ever given to two of them. */
export interface Queue {
  /** Asking again for what is already queued or running gives the same job. */
  enqueue(job: NewJob): Promise<Job>;
  /**
   * The same for a file that may have been read by this version of the extractor already: then there is nothing to do.
   * Decided in one step, so that a job that ends meanwhile is not done twice.
   */
  enqueueUnlessRead(job: NewJob, extractorVersion: string): Promise<Job | null>;
  /** Jobs for the files that wait and have none, because something died in between; says how many. */
  enqueueForgotten(actor: Actor): Promise<number>;
  findJob(jobId: number): Promise<Job | undefined>;
  /** Latest first. */
  listJobs(query: JobQuery): Promise<Page<Job>>;
  countJobs(): Promise<Readonly<Record<JobState, number>>>;
  /** A queued job is cancelled at once, a running one when its worker hears of it. A finished one stays as it is. */
  cancelJob(jobId: number, actor: Actor): Promise<Job>;

  /** The next job of a lane that is due, or whose lease ran out. The lease counts from now. */
  claimJob(kinds: readonly JobKind[], leaseMs: number, lane?: JobLane): Promise<ClaimedJob | undefined>;
  /** Whether a claim still holds, as `renewClaim` says it, without a change. */
  stateOfClaim(job: ClaimedJob): Promise<ClaimState>;
  /** Extends the lease and notes how far the work is. */
  renewClaim(job: ClaimedJob, leaseMs: number, progress: JobProgress | null): Promise<ClaimState>;
  /** Each of these does nothing, and says false, when the claim is lost. */
  finishJob(job: ClaimedJob): Promise<boolean>;
  /** `retry`: another attempt may go better; after too many it fails for good. Says in what state the job is now. */
  failJob(job: ClaimedJob, problem: Problem, retry: boolean): Promise<'queued' | 'failed' | false>;
  endCancelled(job: ClaimedJob): Promise<boolean>;
  /** Gives a job to the workers of another lane, with how far it is. */
  passOn(job: ClaimedJob, lane: JobLane, progress: JobProgress): Promise<boolean>;
  /** Gives an unfinished job back, because this process ends. */
  releaseJob(job: ClaimedJob): Promise<boolean>;
}

export const queueLimits = {
  /** Attempts that ended in a failure of the reader. */
  failures: 3,
  /** Claims in all: a file that takes the whole server down each time must not do so for ever. */
  attempts: 25,
  /** Wait before the second attempt; each further wait is four times as long. */
  backOffMs: 2_000,
} as const;
