import type { CollectionRecord, ReturnFile } from '../../models/api/collection.ts';
import type { RejectedReturn, ReportingUnit, StoredReturn } from '../../models/index.ts';

/** Rows of the tables of collections, as SQLite gives them. Their shape was checked before they were written. */

export interface CollectionRow {
  readonly id: number;
  readonly file_id: string | null;
  readonly notice_id: string;
  readonly title: string;
  readonly document_number: string | null;
  readonly issue_date: string | null;
  readonly end_date: string | null;
  readonly created_at: string;
  readonly created_by: string;
  readonly units: number;
  readonly files: number;
  readonly returns: number;
}

export function toCollectionRecord(row: CollectionRow): CollectionRecord {
  return {
    collectionId: row.id,
    fileId: row.file_id,
    noticeId: row.notice_id,
    title: row.title,
    documentNumber: row.document_number,
    issueDate: row.issue_date,
    endDate: row.end_date,
    createdAt: row.created_at,
    createdBy: row.created_by,
    units: row.units,
    files: row.files,
    returns: row.returns,
  };
}

export interface FormRow {
  readonly hash: string;
  readonly version: number;
  readonly form: string;
}

export interface UnitRow {
  readonly name: string;
  readonly parent: string | null;
  readonly code: string | null;
  readonly aliases: string;
  readonly reports: number;
}

export function toUnit(row: UnitRow): ReportingUnit {
  const { name, parent, code } = row;
  return { name, parent, code, aliases: JSON.parse(row.aliases), reports: row.reports === 1 };
}

export interface FileRow {
  readonly position: number;
  readonly sha256: string;
  readonly name: string;
  readonly byte_length: number;
  readonly received_at: string;
  readonly imported_at: string;
  readonly imported_by: string;
  readonly issues: string;
}

export function toReturnFile(row: FileRow): ReturnFile {
  return {
    position: row.position,
    sha256: row.sha256,
    fileName: row.name,
    byteLength: row.byte_length,
    receivedAt: row.received_at,
    importedAt: row.imported_at,
    importedBy: row.imported_by,
    issues: JSON.parse(row.issues),
  };
}

export interface ReturnRow {
  readonly form_hash: string;
  readonly period: string;
  readonly unit: string;
  readonly file: number;
  readonly first_received_at: string;
  readonly faulty: string;
  readonly body: string;
  /** null where it was not asked for. */
  readonly history: string | null;
}

export function toStoredReturn(row: ReturnRow): StoredReturn {
  // Returns that came before fields were kept have none.
  const {
    values,
    records,
    fields = [],
  }: Pick<StoredReturn, 'values' | 'records'> & Partial<Pick<StoredReturn, 'fields'>> = JSON.parse(row.body);
  const replaced: Pick<StoredReturn, 'history' | 'recordHistory'> =
    row.history === null ? { history: [], recordHistory: [] } : JSON.parse(row.history);
  return {
    formHash: row.form_hash,
    unit: row.unit,
    period: row.period,
    import: row.file,
    firstReceivedAt: row.first_received_at,
    values,
    faulty: JSON.parse(row.faulty),
    records,
    fields,
    ...replaced,
  };
}

export function returnRow(collectionId: number, stored: StoredReturn): ReturnRow & { readonly collection_id: number } {
  const { values, records, fields, history, recordHistory } = stored;
  return {
    collection_id: collectionId,
    form_hash: stored.formHash,
    period: stored.period,
    unit: stored.unit,
    file: stored.import,
    first_received_at: stored.firstReceivedAt,
    faulty: JSON.stringify(stored.faulty),
    body: JSON.stringify({ values, records, fields }),
    history: JSON.stringify({ history, recordHistory }),
  };
}

export interface RejectedRow {
  readonly file: number;
  readonly form_hash: string | null;
  readonly unit: string | null;
  readonly period: string | null;
  readonly codes: string;
}

export function toRejected(row: RejectedRow): RejectedReturn {
  const { unit, period } = row;
  return { formHash: row.form_hash, unit, period, import: row.file, codes: JSON.parse(row.codes) };
}
