import type { Knex } from 'knex';

/**
 * What people say that a notice says, kept apart from what was read. `quote` names the item of a list by the words it
 * stands in, so that a correction finds its item again after the notice was read anew.
 */
export async function corrections(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw(`create table correction (
    id integer primary key autoincrement,
    file_id text not null references file (id) on delete cascade,
    notice_id text not null,
    field text not null,
    quote text,
    value text not null,
    note text,
    actor text not null,
    at text not null
  ) strict`);
  await transaction.raw('create index correction_of_notice on correction (file_id, notice_id, id)');
}
