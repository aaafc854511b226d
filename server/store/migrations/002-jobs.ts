import type { Knex } from 'knex';

/** The queue. `attempt` grows with each claim and names the claim; `failures` counts those that were the file's fault. */
export async function jobs(transaction: Knex.Transaction): Promise<void> {
  for (const statement of statements) await transaction.raw(statement);
}

const statements = [
  `create table job (
    id integer primary key autoincrement,
    kind text not null,
    file_id text not null references file (id) on delete cascade,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    attempt integer not null default 0,
    failures integer not null default 0,
    run_at text not null,
    lease_until text,
    cancel_requested integer not null default 0,
    progress text,
    problem text,
    actor text not null,
    created_at text not null,
    finished_at text
  ) strict`,
  // One open job of a kind for a file: asking twice gives the same job.
  `create unique index job_open on job (kind, file_id) where state in ('queued', 'running')`,
  `create index job_next on job (state, run_at, id)`,
  `create index job_of_file on job (file_id, id)`,
];
