import type { Knex } from 'knex';
import type { FileId } from '../../models/api/library.ts';
import type { Notice } from '../../models/index.ts';
import { saveDeadlines } from './deadlines.ts';

/** A row of `notice`, with the columns of its file and extraction that lists show. */
export interface NoticeRow {
  readonly file_id: string;
  readonly notice_id: string;
  readonly position: number;
  readonly forwards: string | null;
  readonly document_type: string | null;
  readonly document_number: string | null;
  readonly issuing_body: string | null;
  readonly title: string | null;
  readonly administrative_level: string | null;
  readonly region_code: string | null;
  readonly region_name: string | null;
  readonly issue_date: string | null;
  readonly campaign: string | null;
  readonly security_level: string | null;
  readonly disclosure: string | null;
  readonly focus_items: number;
  readonly deadlines: number;
  readonly targets: number;
  readonly attachments: number;
  readonly file_name: string;
  readonly gravest_finding: string | null;
  readonly finding_count: number;
  readonly text?: string;
}

/** Keeps what lists show of a file's notices, in place of the former. Within the transaction that changes the notices. */
export async function saveNoticeRows(
  transaction: Knex.Transaction,
  fileId: FileId,
  notices: readonly Notice[],
): Promise<void> {
  const rows = notices.map((notice, position) => toNoticeRow(fileId, notice, position));
  // Rows that stay are changed, not replaced: others may refer to them.
  const kept = rows.map((row) => row.notice_id);
  await transaction('notice').where('file_id', fileId).whereNotIn('notice_id', kept).delete();
  for (const row of rows) await transaction('notice').insert(row).onConflict(['file_id', 'notice_id']).merge();
  await saveDeadlines(transaction, fileId, notices);
}

/** The row by which a notice is listed. */
function toNoticeRow(
  fileId: FileId,
  notice: Notice,
  position: number,
): Omit<NoticeRow, 'file_name' | 'gravest_finding' | 'finding_count' | 'text'> {
  return {
    file_id: fileId,
    notice_id: notice.id,
    position,
    forwards: notice.forwards ?? null,
    document_type: notice.documentType,
    document_number: notice.documentNumber?.value ?? null,
    issuing_body: notice.issuingBody?.value ?? null,
    title: notice.title?.value ?? null,
    administrative_level: notice.administrativeLevel,
    region_code: notice.region?.code ?? null,
    region_name: notice.region?.name ?? null,
    issue_date: notice.issueDate?.value ?? null,
    campaign: notice.campaign?.name ?? null,
    security_level: notice.securityLevel?.value ?? null,
    disclosure: notice.disclosure?.value ?? null,
    focus_items: notice.focusItems.length,
    deadlines: notice.deadlines.length,
    targets: notice.targets.length,
    attachments: notice.attachments.length,
  };
}
