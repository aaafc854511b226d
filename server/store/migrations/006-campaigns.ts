import type { Knex } from 'knex';

/**
 * Campaigns, and what is needed to link a notice without looking at all others: a profile of each notice and the keys by
 * which others find it. Everything here but `link_decision` can be made anew from the extractions. `member` is
 * `file_id.notice_id`.
 */
export async function campaigns(transaction: Knex.Transaction): Promise<void> {
  for (const statement of statements) await transaction.raw(statement);
}

const toDo = (name: string, event: string, file: string) =>
  `create trigger ${name} after ${event} begin
    -- Not "insert or replace": the conflict clause of the statement that fires this would overrule it.
    delete from link_todo where file_id = ${file};
    insert into link_todo (file_id) values (${file});
  end`;

const statements = [
  // Files whose notices changed since they were linked. A new row, and so a new number, at each change.
  `create table link_todo (
    number integer primary key autoincrement,
    file_id text not null unique
  ) strict`,
  toDo('link_read', 'insert on extraction', 'new.file_id'),
  toDo('link_read_again', 'update on extraction', 'new.file_id'),
  toDo('link_hidden', 'update of deleted_at on file', 'new.id'),
  toDo('link_gone', 'delete on file', 'old.id'),
  `insert into link_todo (file_id) select file_id from extraction`,
  // Notices whose links are to be looked at again, because they or what they cite came, went or changed.
  `create table link_dirty (member text primary key) strict, without rowid`,
  `create table link_member (
    member text primary key,
    file_id text not null,
    notice_id text not null,
    name_key text,
    campaign_number integer,
    profile text not null,
    card text not null,
    agenda text not null
  ) strict`,
  `create index link_member_of_file on link_member (file_id)`,
  `create index link_member_by_name on link_member (name_key)`,
  `create index link_member_of_campaign on link_member (campaign_number)`,
  `create table link_key (
    key text not null,
    kind text not null check (kind in ('own', 'cited', 'mate', 'item')),
    member text not null references link_member (member) on delete cascade,
    primary key (key, kind, member)
  ) strict, without rowid`,
  `create index link_key_of_member on link_key (member)`,
  `create table link_name (name_key text primary key, name text not null) strict, without rowid`,
  `create table link_gram (
    gram text not null,
    name_key text not null,
    primary key (gram, name_key)
  ) strict, without rowid`,
  `create table campaign (
    number integer primary key autoincrement,
    name text not null,
    years text not null,
    levels text not null,
    members integer not null,
    missing integer not null,
    doubtful integer not null,
    first_date text,
    last_date text,
    body text not null
  ) strict`,
  // A campaign that became part of another: its old address goes on leading to it.
  `create table campaign_alias (number integer primary key, campaign_number integer not null) strict`,
  // What people said. Rows are never changed but to be undone.
  `create table link_decision (
    id integer primary key autoincrement,
    decision text not null check (decision in ('confirm', 'cut', 'add', 'exclude')),
    from_member text not null,
    to_id text not null,
    relation text,
    note text,
    actor text not null,
    at text not null,
    undone_at text,
    undone_by text
  ) strict`,
  `create index link_decision_from on link_decision (from_member)`,
  `create index link_decision_to on link_decision (to_id)`,
  `create trigger link_decision_gone after delete on file begin
    delete from link_decision where from_member glob old.id || '.*' or to_id glob old.id || '.*';
  end`,
];
