import type { Knex } from 'knex';

/**
 * What people need to go through a notice: what stood where they corrected it, who they say they are, corrections that
 * were taken back (their history stays), and what is on the pages, for drawing them and for showing doubtful lines.
 */
export async function review(transaction: Knex.Transaction): Promise<void> {
  for (const [name, type] of columns) {
    if (!(await transaction.schema.hasColumn('correction', name))) {
      await transaction.raw(`alter table correction add column ${name} ${type}`);
    }
  }
  // `pages` is the JSON of PageView[], gzipped.
  await transaction.raw(`create table if not exists page_view (
    file_id text primary key references file (id) on delete cascade,
    pages blob not null
  ) strict`);
}

const columns = [
  ['before', "text not null default 'null'"],
  ['person', 'text'],
  ['withdrawn_at', 'text'],
  ['withdrawn_by', 'text'],
] as const;
