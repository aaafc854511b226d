import type { Knex } from 'knex';
import { type LibraryFile, Problem } from '../../models/api/library.ts';
import type { Extraction } from '../../models/index.ts';

/** A row of `file` with the columns of its extraction; SQLite gives dates as the text we wrote. */
export interface FileRow {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly byte_length: number;
  readonly state: LibraryFile['state'];
  readonly problem: string | null;
  readonly received_at: string;
  readonly received_by: string;
  readonly deleted_at: string | null;
  readonly purge_at: string | null;
  readonly extracted_at: string | null;
  readonly extractor_version: string | null;
  readonly media_type: string | null;
  readonly corrected_at: string | null;
  readonly notice_count: number;
  /** 1: one of its notices is restricted. */
  readonly restricted: number;
}

export function toLibraryFile(row: FileRow): LibraryFile {
  return {
    fileId: row.id,
    fileName: row.name,
    byteLength: row.byte_length,
    mediaType: row.media_type,
    receivedAt: row.received_at,
    receivedBy: row.received_by,
    state: row.state,
    problem: toProblem(row.problem),
    extractedAt: row.extracted_at,
    extractorVersion: row.extractor_version,
    correctedAt: row.corrected_at,
    deletedAt: row.deleted_at,
    purgeAt: row.purge_at,
    noticeCount: row.notice_count,
    restricted: row.restricted === 1,
  };
}

/** Carries a 密级, or is not for publication. */
export function isRestricted(securityLevel: string | null, disclosure: string | null): boolean {
  return securityLevel !== null || /不予公开|不公开/.test(disclosure ?? '');
}

/** The same of a row of `notice`. */
export const restrictedSql =
  "(security_level is not null or disclosure like '%不予公开%' or disclosure like '%不公开%')";

export function toProblem(json: string | null): Problem | null {
  return json === null ? null : Problem.parse(JSON.parse(json));
}

export interface ExtractionRow {
  readonly file_id: string;
  readonly extractor_version: string;
  readonly extracted_at: string;
  /** `Extraction.text`; the rest of it is `body`, as JSON. */
  readonly text: string;
  readonly body: string;
}

/** As it was saved: its shape is not checked again at each reading, but by `hongtou check`. */
export function toExtraction(row: ExtractionRow): Extraction {
  const { schemaVersion, source, ...rest }: Omit<Extraction, 'text'> = JSON.parse(row.body);
  return { schemaVersion, source, text: row.text, ...rest };
}

/** The same as JSON, without taking it apart. */
export function toExtractionJson({ text, body }: Pick<ExtractionRow, 'text' | 'body'>): string {
  return `{"text":${JSON.stringify(text)},${body.slice(1)}`;
}

export interface EventRecord {
  readonly at: string;
  readonly actor: string;
  readonly action:
    | 'received'
    | 'received-again'
    | 'extracted'
    | 'corrected'
    | 'correction-removed'
    | 'failed'
    | 'cancelled'
    | 'mended'
    | 'deleted'
    | 'restored'
    | 'purged'
    | 'collection-opened'
    | 'forms-added'
    | 'units-set'
    | 'returned';
  /** Of the file that it happened to, or to whose notice. */
  readonly sha256: string;
  readonly detail: string | null;
}

/** Notes who changed what. */
export async function recordEvent(transaction: Knex.Transaction, event: EventRecord): Promise<void> {
  await transaction('event').insert({
    at: event.at,
    actor: event.actor,
    action: event.action,
    file_id: event.sha256,
    detail: event.detail,
  });
}
