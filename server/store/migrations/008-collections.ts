import type { Knex } from 'knex';

/**
 * What is collected on the forms of a notice: the forms as they were sent out, the units that owe them, the files that came
 * back, and what each unit says. A collection outlives its notice. Returned files are originals like any other.
 */
export async function collections(transaction: Knex.Transaction): Promise<void> {
  for (const statement of statements) await transaction.raw(statement);
}

const statements = [
  `create table if not exists collection (
    id integer primary key autoincrement,
    file_id text references file (id) on delete set null,
    notice_id text not null,
    title text not null,
    document_number text,
    issue_date text,
    end_date text,
    created_at text not null,
    created_by text not null
  ) strict`,
  `create unique index if not exists collection_of_notice on collection (file_id, notice_id)`,
  // Every version of every form, in the order in which they were taken up; the last of a table holds.
  `create table if not exists collection_form (
    collection_id integer not null references collection (id) on delete cascade,
    position integer not null,
    hash text not null,
    version integer not null,
    form text not null,
    primary key (collection_id, position)
  ) strict`,
  `create table if not exists collection_unit (
    collection_id integer not null references collection (id) on delete cascade,
    position integer not null,
    name text not null,
    parent text,
    code text,
    aliases text not null,
    reports integer not null,
    primary key (collection_id, name)
  ) strict`,
  // `position` counts from 0 in the order of import; it is what histories point to.
  `create table if not exists return_file (
    collection_id integer not null references collection (id) on delete cascade,
    position integer not null,
    sha256 text not null,
    name text not null,
    byte_length integer not null,
    received_at text not null,
    imported_at text not null,
    imported_by text not null,
    issues text not null,
    primary key (collection_id, position)
  ) strict`,
  `create unique index if not exists return_file_once on return_file (collection_id, sha256)`,
  `create index if not exists return_file_by_hash on return_file (sha256)`,
  // `body`: values and records, JSON; `history`: what corrections replaced, oldest first.
  `create table if not exists form_return (
    collection_id integer not null references collection (id) on delete cascade,
    form_hash text not null,
    period text not null,
    unit text not null,
    file integer not null,
    first_received_at text not null,
    faulty text not null,
    body text not null,
    history text not null,
    primary key (collection_id, form_hash, period, unit),
    foreign key (collection_id, file) references return_file (collection_id, position)
  ) strict`,
  `create index if not exists form_return_of_unit on form_return (collection_id, unit)`,
  `create table if not exists rejected_return (
    id integer primary key autoincrement,
    collection_id integer not null references collection (id) on delete cascade,
    file integer not null,
    form_hash text,
    unit text,
    period text,
    codes text not null,
    foreign key (collection_id, file) references return_file (collection_id, position)
  ) strict`,
  `create index if not exists rejected_return_of_file on rejected_return (collection_id, file)`,
  // Who needs the bytes of an original.
  `create view if not exists original_use as select id as sha256 from file union select sha256 from return_file`,
];
