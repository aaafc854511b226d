import type { Knex } from 'knex';

/** Jobs of scans wait in a lane of their own; see `JobLane`. */
export async function lanes(transaction: Knex.Transaction): Promise<void> {
  const columns: readonly { name: string }[] = await transaction.raw("select name from pragma_table_info('job')");
  if (columns.some(({ name }) => name === 'lane')) return;
  await transaction.raw("alter table job add column lane text not null default 'read'");
  await transaction.raw('create index job_next_of_lane on job (lane, state, run_at, id)');
}
