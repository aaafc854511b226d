import type { Notice } from '../../models/index.ts';
import type { FileId } from '../records.ts';

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
  readonly text?: string;
}

/** The row by which a notice is listed. */
export function toNoticeRow(
  fileId: FileId,
  notice: Notice,
  position: number,
): Omit<NoticeRow, 'file_name' | 'gravest_finding' | 'text'> {
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
