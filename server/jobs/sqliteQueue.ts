import type { Knex } from 'knex';
import { isFinal, type Job, JobKind, JobProgress, JobState, type Problem, problem } from '../../models/api/library.ts';
import { HongtouError } from '../../models/index.ts';
import { type Database, write } from '../store/database.ts';
import { recordEvent, toProblem } from '../store/rows.ts';
import { type ClaimedJob, type JobLane, type NewJob, type Queue, queueLimits } from './queue.ts';

/** The queue in the library's own SQLite file. */
export function sqliteQueue(database: Database, now: () => Date = () => new Date()): Queue {
  const jobs = (source: Knex = database.reader) =>
    source<JobRow>('job').join('file', 'file.id', 'job.file_id').select<JobRow[]>('job.*', 'file.name as file_name');

  const jobOrThrow = async (jobId: number, source: Knex = database.reader): Promise<Job> => {
    const row = await jobs(source).where('job.id', jobId).first();
    if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `Job ${jobId}` });
    return toJob(row);
  };

  /** Ends a job without a result, if the claim still holds; the file says why in the same transaction. */
  const settleWithout = async (
    claim: ClaimedJob,
    state: 'queued' | 'failed' | 'cancelled',
    reason: Problem,
    change: Readonly<Record<string, unknown>>,
  ): Promise<boolean> =>
    write(database, async (transaction) => {
      const changed = await transaction('job')
        .where({ id: claim.jobId, attempt: claim.attempt, state: 'running' })
        .update({ lease_until: null, state, problem: JSON.stringify(reason), ...change });
      if (changed === 1 && state !== 'queued') await noteFailure(transaction, claim.fileId, reason, claim.actor, now());
      return changed === 1;
    });

  /** Changes a job if the claim still holds: the update itself compares and swaps, so no lock on the row is needed. */
  const settle = async (claim: ClaimedJob, change: Readonly<Record<string, unknown>>): Promise<boolean> =>
    write(database, async (transaction) => {
      const changed = await transaction('job')
        .where({ id: claim.jobId, attempt: claim.attempt, state: 'running' })
        .update({ lease_until: null, ...change });
      return changed === 1;
    });

  const enqueueIn = async (transaction: Knex.Transaction, { kind, fileId, actor }: NewJob): Promise<Job> => {
    const file = await transaction('file').where('id', fileId).first('id');
    if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
    const open = await transaction('job')
      .where({ kind, file_id: fileId })
      .whereIn('state', ['queued', 'running'])
      .first<{ id: number } | undefined>('id');
    if (open !== undefined) return jobOrThrow(open.id, transaction);
    const at = now().toISOString();
    await transaction('file').where({ id: fileId, state: 'failed' }).update({ state: 'waiting', problem: null });
    const [jobId] = await transaction('job').insert({ kind, file_id: fileId, actor, created_at: at, run_at: at });
    return jobOrThrow(Number(jobId), transaction);
  };

  return {
    enqueue: (job) => write(database, (transaction) => enqueueIn(transaction, job)),
    enqueueUnlessRead: (job, extractorVersion) =>
      write(database, async (transaction) => {
        const read = await transaction('extraction')
          .where({ file_id: job.fileId, extractor_version: extractorVersion })
          .first('file_id');
        return read === undefined ? enqueueIn(transaction, job) : null;
      }),
    enqueueForgotten: (actor) =>
      write(database, async (transaction) => {
        const at = now().toISOString();
        const added: readonly unknown[] = await transaction.raw(
          `insert into job (kind, file_id, actor, created_at, run_at)
           select 'extract', id, ?, ?, ? from file
           where state = 'waiting' and deleted_at is null and not exists (
             select 1 from job where job.file_id = file.id and job.state in ('queued', 'running'))
           returning id`,
          [actor, at, at],
        );
        return added.length;
      }),
    async findJob(jobId) {
      const row = await jobs().where('job.id', jobId).first();
      return row && toJob(row);
    },
    async listJobs({ state, fileId, limit, offset }) {
      const chosen = database.reader('job').modify((query) => {
        if (state !== undefined) query.where('job.state', state);
        if (fileId !== undefined) query.where('job.file_id', fileId);
      });
      const counted = await chosen.clone().count({ total: '*' }).first();
      const rows = await jobs()
        .whereIn('job.id', chosen.clone().select('job.id').orderBy('job.id', 'desc').limit(limit).offset(offset))
        .orderBy('job.id', 'desc');
      return { items: rows.map(toJob), total: Number(counted?.total ?? 0) };
    },
    async countJobs() {
      const rows: readonly { state: JobState; total: number }[] = await database
        .reader('job')
        .groupBy('state')
        .select('state', database.reader.raw('count(*) as total'));
      const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
      for (const row of rows) counts[row.state] = row.total;
      return counts;
    },
    async cancelJob(jobId, actor) {
      return write(database, async (transaction) => {
        const job = await jobOrThrow(jobId, transaction);
        if (job.state === 'queued') {
          const reason = problem('CANCELLED', { fileName: job.fileName });
          await transaction('job')
            .where('id', jobId)
            .update({ state: 'cancelled', finished_at: now().toISOString(), problem: JSON.stringify(reason) });
          await noteFailure(transaction, job.fileId, reason, actor, now());
        } else if (!isFinal(job.state)) {
          await transaction('job').where('id', jobId).update({ cancel_requested: 1 });
          const [at, detail] = [now().toISOString(), `job ${jobId}`];
          await recordEvent(transaction, { at, actor, action: 'cancelled', sha256: job.fileId, detail });
        }
        return jobOrThrow(jobId, transaction);
      });
    },

    async claimJob(kinds, leaseMs, lane = 'read') {
      const at = now();
      // A look without the write lock first: most often there is nothing to do.
      const due: readonly unknown[] = await database.reader.raw(
        `select 1 from job
         where lane = ? and ((state = 'queued' and run_at <= ?) or (state = 'running' and lease_until < ?)) limit 1`,
        [lane, at.toISOString(), at.toISOString()],
      );
      if (due.length === 0) return undefined;
      return write(database, async (transaction) => {
        await failExhausted(transaction, at);
        const claimed: readonly ClaimRow[] = await transaction.raw(
          `update job set state = 'running', lease_until = ?, attempt = attempt + 1,
             progress = case lane when 'read' then null else progress end
           where id = (select id from job
                       where lane = ? and kind in (${kinds.map(() => '?').join()})
                         and ((state = 'queued' and run_at <= ?) or (state = 'running' and lease_until < ?))
                       order by run_at, id limit 1)
           returning id, kind, file_id, actor, attempt`,
          [new Date(at.getTime() + leaseMs).toISOString(), lane, ...kinds, at.toISOString(), at.toISOString()],
        );
        const row = claimed[0];
        return (
          row && {
            jobId: row.id,
            kind: JobKind.parse(row.kind),
            fileId: row.file_id,
            actor: row.actor,
            attempt: row.attempt,
            lane,
          }
        );
      });
    },
    async renewClaim(claim, leaseMs, progress) {
      const until = new Date(now().getTime() + leaseMs).toISOString();
      return write(database, async (transaction) => {
        const held: readonly { cancel_requested: number }[] = await transaction.raw(
          `update job set lease_until = ?, progress = coalesce(?, progress)
           where id = ? and attempt = ? and state = 'running' returning cancel_requested`,
          [until, progress === null ? null : JSON.stringify(progress), claim.jobId, claim.attempt],
        );
        if (held[0] === undefined) return 'lost';
        return held[0].cancel_requested === 1 ? 'cancel-requested' : 'held';
      });
    },
    async stateOfClaim(claim) {
      const row = await database
        .reader('job')
        .where({ id: claim.jobId, attempt: claim.attempt, state: 'running' })
        .first<{ cancel_requested: number } | undefined>('cancel_requested');
      if (row === undefined) return 'lost';
      return row.cancel_requested === 1 ? 'cancel-requested' : 'held';
    },
    passOn: (claim, lane: JobLane, progress) =>
      settle(claim, { state: 'queued', lane, run_at: now().toISOString(), progress: JSON.stringify(progress) }),
    finishJob: (claim) => settle(claim, { state: 'done', problem: null, finished_at: now().toISOString() }),
    async failJob(claim, reason, retry) {
      const row = await database
        .reader('job')
        .where('id', claim.jobId)
        .first<{ failures: number } | undefined>('failures');
      if (row === undefined) return false;
      const failures = row.failures + 1;
      const again = retry && failures < queueLimits.failures;
      const at = now().getTime();
      const state = again ? 'queued' : 'failed';
      const settled = await settleWithout(claim, state, reason, {
        failures,
        ...(again
          ? { run_at: new Date(at + queueLimits.backOffMs * 4 ** (failures - 1)).toISOString() }
          : { finished_at: new Date(at).toISOString() }),
      });
      return settled && state;
    },
    async endCancelled(claim) {
      const job = await jobOrThrow(claim.jobId);
      const reason = problem('CANCELLED', { fileName: job.fileName });
      return settleWithout(claim, 'cancelled', reason, { finished_at: now().toISOString() });
    },
    releaseJob: (claim) => settle(claim, { state: 'queued', run_at: now().toISOString() }),
  };
}

interface ClaimRow {
  readonly id: number;
  readonly kind: string;
  readonly file_id: string;
  readonly actor: string;
  readonly attempt: number;
}

interface JobRow extends ClaimRow {
  readonly file_name: string;
  readonly state: string;
  readonly progress: string | null;
  readonly problem: string | null;
  readonly created_at: string;
  readonly run_at: string;
  readonly finished_at: string | null;
}

function toJob(row: JobRow): Job {
  return {
    jobId: row.id,
    kind: JobKind.parse(row.kind),
    fileId: row.file_id,
    fileName: row.file_name,
    state: JobState.parse(row.state),
    attempt: row.attempt,
    progress: row.progress === null ? null : JobProgress.parse(JSON.parse(row.progress)),
    problem: toProblem(row.problem),
    actor: row.actor,
    createdAt: row.created_at,
    runAt: row.run_at,
    finishedAt: row.finished_at,
  };
}

/** Jobs that were claimed too often without any end: their workers died each time. The file says so, too. */
async function failExhausted(transaction: Knex.Transaction, at: Date): Promise<void> {
  const exhausted: readonly { id: number; file_id: string; name: string; actor: string }[] = await transaction('job')
    .join('file', 'file.id', 'job.file_id')
    .where('job.state', 'running')
    .where('lease_until', '<', at.toISOString())
    .where('attempt', '>=', queueLimits.attempts)
    .select('job.id', 'job.file_id', 'file.name', 'job.actor');
  for (const job of exhausted) {
    const reason = problem('READER_STOPPED', {
      fileName: job.name,
      reason: `its worker died ${queueLimits.attempts} times`,
    });
    await transaction('job')
      .where('id', job.id)
      .update({ state: 'failed', problem: JSON.stringify(reason), lease_until: null, finished_at: at.toISOString() });
    await noteFailure(transaction, job.file_id, reason, job.actor, at);
  }
}

/** A file says why it could not be read. One that was read before stays read. */
async function noteFailure(
  transaction: Knex.Transaction,
  fileId: string,
  reason: Problem,
  actor: string,
  at: Date,
): Promise<void> {
  await transaction('file')
    .where({ id: fileId, state: 'waiting' })
    .update({ state: 'failed', problem: JSON.stringify(reason) });
  await recordEvent(transaction, {
    at: at.toISOString(),
    actor,
    action: 'failed',
    sha256: fileId,
    detail: reason.code,
  });
}
