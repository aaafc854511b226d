import type { Knex } from 'knex';
import { correctExtraction } from '../applyCorrections.ts';
import { correctionsOf } from '../corrections.ts';
import { saveDeadlines } from '../deadlines.ts';
import { type ExtractionRow, toExtraction } from '../rows.ts';

/**
 * What is asked of a whole library without looking into its extractions: when something is due, and how many findings
 * a file has.
 */
export async function deadlines(transaction: Knex.Transaction): Promise<void> {
  const columns: readonly { name: string }[] = await transaction.raw('pragma table_info(extraction)');
  if (!columns.some((column) => column.name === 'finding_count')) {
    await transaction.raw('alter table extraction add column finding_count integer not null default 0');
    await transaction.raw("update extraction set finding_count = json_array_length(body, '$.findings')");
  }
  for (const statement of statements) await transaction.raw(statement);
  const files: readonly { file_id: string }[] = await transaction('extraction').select('file_id');
  for (const { file_id } of files) {
    const row = await transaction('extraction').where({ file_id }).first<ExtractionRow>();
    const { notices } = correctExtraction(toExtraction(row), await correctionsOf(transaction, file_id));
    await saveDeadlines(transaction, file_id, notices);
  }
}

const statements = [
  'drop table if exists deadline',
  `create table deadline (
    id integer primary key,
    file_id text not null,
    notice_id text not null,
    position integer not null,
    due_from text not null,
    due_to text not null,
    rrule text,
    body text not null,
    unique (file_id, notice_id, position),
    foreign key (file_id, notice_id) references notice (file_id, notice_id) on delete cascade
  ) strict`,
  // Answers which are due between two days without a look at the rows.
  'create index deadline_by_rule on deadline (rrule, due_to, due_from, file_id)',
  'create index if not exists extraction_by_gravity on extraction (gravest_finding, file_id)',
];
