import type { Knex } from 'knex';
import type { FileId, UpcomingDeadline } from '../../models/api/library.ts';
import type { Deadline, Notice } from '../../models/index.ts';
import { daysOfRule, dueSpan } from '../upcoming.ts';
import type { Database } from './database.ts';
import { isRestricted } from './rows.ts';
import type { DueQuery, Page } from './store.ts';

interface DeadlineRow {
  readonly file_id: string;
  readonly notice_id: string;
  /** Its place among the deadlines of the notice. */
  readonly position: number;
  /** The span of dueSpan. */
  readonly due_from: string;
  readonly due_to: string;
  readonly rrule: string | null;
  /** The Deadline as JSON. */
  readonly body: string;
}

/** Keeps the deadlines of a file's notices that have a day, in place of the former ones. */
export async function saveDeadlines(
  transaction: Knex.Transaction,
  fileId: FileId,
  notices: readonly Notice[],
): Promise<void> {
  const rows = notices.flatMap((notice) => toDeadlineRows(fileId, notice));
  await transaction('deadline').where('file_id', fileId).delete();
  // SQLite takes a limited number of values at once.
  for (let at = 0; at < rows.length; at += 500) await transaction('deadline').insert(rows.slice(at, at + 500));
}

function toDeadlineRows(fileId: FileId, notice: Notice): readonly DeadlineRow[] {
  return notice.deadlines.flatMap((deadline, position) => {
    const span = dueSpan(deadline, notice);
    if (span === null) return [];
    const { from, to, rrule } = span;
    const body = JSON.stringify(deadline);
    return { file_id: fileId, notice_id: notice.id, position, due_from: from, due_to: to, rrule, body };
  });
}

interface ShownRow extends DeadlineRow {
  readonly id: number;
  readonly document_number: string | null;
  readonly title: string | null;
  readonly issuing_body: string | null;
  readonly security_level: string | null;
  readonly disclosure: string | null;
}

/**
 * What is due between two days, earliest first. A library has thousands of recurring duties and a few rules: the rules
 * are expanded to days here, and the database joins the duties to them.
 */
export async function listDue(
  { reader }: Database,
  { from, to, limit, offset }: DueQuery,
): Promise<Page<UpcomingDeadline>> {
  const rules: readonly { rrule: string }[] = await reader('deadline').whereNotNull('rrule').distinct('rrule');
  const days = rules.flatMap(({ rrule }) => daysOfRule(rrule, from, to).map((date) => [rrule, date]));
  const due = `from (
      select id, file_id, due_to as date from deadline where rrule is null and due_to between ? and ?
      union all
      select deadline.id, file_id, day.date
      from (select value ->> 0 as rrule, value ->> 1 as date from json_each(?)) as day
      join deadline on deadline.rrule = day.rrule and day.date between due_from and due_to
    ) where file_id not in (select id from file where deleted_at is not null)`;
  const bindings = [from, to, JSON.stringify(days)];
  const counted: readonly { total: number }[] = await reader.raw(`select count(*) as total ${due}`, bindings);
  const shown: readonly { id: number; date: string }[] = await reader.raw(
    `select id, date ${due} order by date, file_id, id limit ? offset ?`,
    [...bindings, limit, offset],
  );
  const rows: readonly ShownRow[] = await reader('deadline')
    .join('notice', { 'notice.file_id': 'deadline.file_id', 'notice.notice_id': 'deadline.notice_id' })
    .whereIn('deadline.id', [...new Set(shown.map((one) => one.id))])
    .select('deadline.*', 'document_number', 'title', 'issuing_body', 'security_level', 'disclosure');
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = shown.flatMap(({ date, id }): readonly UpcomingDeadline[] => {
    const row = byId.get(id);
    // Its file was read anew between the two questions.
    if (row === undefined) return [];
    const deadline: Deadline = JSON.parse(row.body);
    return [
      {
        date,
        fileId: row.file_id,
        noticeId: row.notice_id,
        documentNumber: row.document_number,
        noticeTitle: row.title,
        issuingBody: row.issuing_body,
        restricted: isRestricted(row.security_level, row.disclosure),
        deadline,
      },
    ];
  });
  return { items, total: counted[0]?.total ?? 0 };
}
