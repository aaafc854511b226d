import type { Knex } from 'knex';

/**
 * Linking looks in a notice's own province and in the nation, finds those that forward one document, and heeds what people
 * correct. What was noted of every notice is made anew; campaigns keep their numbers meanwhile.
 */
export async function campaignKeys(transaction: Knex.Transaction): Promise<void> {
  for (const statement of statements) await transaction.raw(statement);
}

const toDo = (name: string, event: string) =>
  `create trigger ${name} after ${event} on correction begin
    delete from link_todo where file_id = new.file_id;
    insert into link_todo (file_id) values (new.file_id);
  end`;

const statements = [
  // Code of the province, 'national', or null where nobody knows: such a notice may belong anywhere.
  `alter table link_member add column province text`,
  // Tells whether a profile that is in memory is that of the row.
  `alter table link_member add column profile_hash text`,
  `drop index link_member_by_name`,
  `create index link_member_by_name on link_member (name_key, province)`,
  `create table link_key_new (
    key text not null,
    kind text not null check (kind in ('own', 'cited', 'forwarded', 'mate', 'item')),
    member text not null references link_member (member) on delete cascade,
    primary key (key, kind, member)
  ) strict, without rowid`,
  `insert into link_key_new select * from link_key`,
  `drop table link_key`,
  `alter table link_key_new rename to link_key`,
  `create index link_key_of_member on link_key (member)`,
  `delete from link_gram`,
  `delete from link_name`,
  toDo('link_corrected', 'insert'),
  toDo('link_correction_withdrawn', 'update'),
  `insert into link_todo (file_id) select file_id from extraction where true on conflict (file_id) do nothing`,
];
