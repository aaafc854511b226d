import type { Knex } from 'knex';

/**
 * Files, what was read from them, and who changed what. Later subjects (campaigns, links between notices, corrections)
 * refer to `file.id` and to `(file_id, notice_id)`; a notice's row lives on through re-extraction as long as the file
 * still has a notice of that id.
 */
export async function library(transaction: Knex.Transaction): Promise<void> {
  for (const statement of statements) await transaction.raw(statement);
}

const statements = [
  `create table file (
    seq integer primary key autoincrement,
    id text not null unique check (length(id) = 64),
    name text not null,
    byte_length integer not null,
    state text not null default 'waiting' check (state in ('waiting', 'read', 'failed')),
    problem text,
    received_at text not null,
    received_by text not null,
    deleted_at text,
    purge_at text
  ) strict`,
  `create index file_by_state on file (deleted_at, state, seq)`,
  `create table extraction (
    file_id text primary key references file (id) on delete cascade,
    extractor_version text not null,
    extracted_at text not null,
    media_type text not null,
    gravest_finding text,
    text text not null,
    body text not null
  ) strict`,
  `create table notice (
    file_id text not null references file (id) on delete cascade,
    notice_id text not null,
    position integer not null,
    forwards text,
    document_type text,
    document_number text,
    issuing_body text,
    title text,
    administrative_level text,
    region_code text,
    region_name text,
    issue_date text,
    campaign text,
    security_level text,
    disclosure text,
    focus_items integer not null,
    deadlines integer not null,
    targets integer not null,
    attachments integer not null,
    primary key (file_id, notice_id)
  ) strict`,
  `create index notice_by_date on notice (issue_date)`,
  `create index notice_by_region on notice (region_code)`,
  `create index notice_by_number on notice (document_number)`,
  // One row per file, its rowid is file.seq; the text itself stays in the extraction. See searchTokens.ts.
  `create virtual table file_search using fts5 (
    tokens, content = '', contentless_delete = 1, detail = full, prefix = '1', tokenize = 'unicode61 remove_diacritics 0'
  )`,
  `create trigger file_gone after delete on file begin
    delete from file_search where rowid = old.seq;
  end`,
  // Outlives the file it speaks of.
  `create table event (
    id integer primary key autoincrement,
    at text not null,
    actor text not null,
    action text not null,
    file_id text not null,
    detail text
  ) strict`,
  `create index event_by_file on event (file_id)`,
];
