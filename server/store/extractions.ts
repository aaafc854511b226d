import type { Knex } from 'knex';
import { AdministrativeLevel, type Extraction, type Notice, Severity } from '../../models/index.ts';
import type { FileId, LibraryFile, NoticeSummary } from '../records.ts';
import { type Database, write } from './database.ts';
import { type ExtractionRow, type FileRow, recordEvent, toExtraction } from './rows.ts';
import { searchExpression, searchSnippet, searchTokens } from './searchTokens.ts';
import type { NoticeQuery, NoticeSort, Store } from './store.ts';

interface Parts {
  readonly database: Database;
  readonly now: () => Date;
  readonly fileOrThrow: (fileId: FileId, source?: Knex) => Promise<LibraryFile>;
}

type ExtractionMethods = Pick<Store, 'saveExtraction' | 'findExtraction' | 'listNotices'>;

/** The part of the store that keeps what was read from the files. */
export function extractionMethods({ database, now, fileOrThrow }: Parts): ExtractionMethods {
  return {
    async saveExtraction(fileId, extraction, extractorVersion, actor) {
      const at = now().toISOString();
      // Made before the lock is taken: a long text takes a while to cut.
      const { text, ...rest } = extraction;
      const body = JSON.stringify(rest);
      const tokens = searchTokens(extraction.text);
      const rows = extraction.notices.map((notice, position) => toNoticeRow(fileId, notice, position));
      await write(database, async (transaction) => {
        await fileOrThrow(fileId, transaction);
        await transaction('extraction')
          .insert({
            file_id: fileId,
            extractor_version: extractorVersion,
            extracted_at: at,
            media_type: extraction.source.mediaType,
            gravest_finding: gravest(extraction),
            text,
            body,
          })
          .onConflict('file_id')
          .merge();
        // Rows that stay are changed, not replaced: others may refer to them.
        const kept = rows.map((row) => row.notice_id);
        await transaction('notice').where('file_id', fileId).whereNotIn('notice_id', kept).delete();
        for (const row of rows) await transaction('notice').insert(row).onConflict(['file_id', 'notice_id']).merge();
        const file = await transaction<FileRow>('file').where('id', fileId).first('seq');
        await transaction.raw('delete from file_search where rowid = ?', [file?.seq ?? 0]);
        await transaction.raw('insert into file_search (rowid, tokens) values (?, ?)', [file?.seq ?? 0, tokens]);
        await transaction('file').where('id', fileId).update({ state: 'read', problem: null });
        await recordEvent(transaction, { at, actor, action: 'extracted', sha256: fileId, detail: extractorVersion });
      });
    },
    async findExtraction(fileId) {
      await fileOrThrow(fileId);
      const row = await database.reader('extraction').where('file_id', fileId).first<ExtractionRow | undefined>();
      return (
        row && {
          extraction: toExtraction(row),
          extractorVersion: row.extractor_version,
          extractedAt: row.extracted_at,
        }
      );
    },
    listNotices: (query) => listNotices(database, query),
  };
}

/** Columns to sort by; what has no value stands last. */
const sortColumns: Readonly<Record<NoticeSort, string>> = {
  issueDate: 'issue_date',
  documentNumber: 'document_number',
  title: 'title',
  issuingBody: 'issuing_body',
  level: `case administrative_level when 'national' then 1 when 'provincial' then 2 when 'prefectural' then 3
    when 'county' then 4 when 'township' then 5 end`,
  region: 'region_code',
  campaign: 'campaign',
  findings: "case extraction.gravest_finding when 'error' then 3 when 'warning' then 2 when 'info' then 1 end",
  received: 'file.seq',
};

function orderOf({ sort = 'issueDate', order = 'desc' }: NoticeQuery): string {
  const column = sortColumns[sort];
  return `(${column}) is null, (${column}) ${order === 'asc' ? 'asc' : 'desc'}, file.seq desc, position`;
}

async function listNotices(database: Database, query: NoticeQuery) {
  const search = query.q === undefined ? null : searchExpression(query.q);
  const chosen = database
    .reader('notice')
    .join('file', 'file.id', 'notice.file_id')
    .whereNull('file.deleted_at')
    .modify((builder) => {
      if (query.level !== undefined) builder.where('administrative_level', query.level);
      if (query.region !== undefined) builder.whereBetween('region_code', [query.region, `${query.region}~`]);
      if (query.documentType !== undefined) builder.where('document_type', query.documentType);
      if (query.campaign !== undefined) builder.where('campaign', query.campaign);
      if (query.issuedFrom !== undefined) builder.where('issue_date', '>=', query.issuedFrom);
      if (query.issuedTo !== undefined) builder.where('issue_date', '<=', query.issuedTo);
      if (query.finding !== undefined) {
        const graver = Severity.options.slice(0, Severity.options.indexOf(query.finding) + 1);
        const doubtful = database.reader('extraction').select('file_id').whereIn('gravest_finding', graver);
        builder.whereIn('notice.file_id', doubtful);
      }
      const matching = (expression: string) =>
        database.reader('file_search').select('rowid').whereRaw('file_search match ?', [expression]);
      if (search?.include) builder.whereIn('file.seq', matching(search.include));
      if (search?.exclude) builder.whereNotIn('file.seq', matching(search.exclude));
    });
  const counted = await chosen.clone().count({ total: '*' }).first();
  const rows: NoticeRow[] = await chosen
    .clone()
    .join('extraction', 'extraction.file_id', 'notice.file_id')
    .select('notice.*', 'file.name as file_name', 'extraction.gravest_finding')
    .modify((builder) => {
      if (search?.include) builder.select('extraction.text');
    })
    .orderByRaw(orderOf(query))
    .limit(query.limit)
    .offset(query.offset);
  // Of the shown ones alone: to look into every body before the page is cut would take seconds.
  const counts: readonly { readonly file_id: string; readonly findings: number }[] = await database
    .reader('extraction')
    .select('file_id', database.reader.raw("json_array_length(body, '$.findings') as findings"))
    .whereIn('file_id', [...new Set(rows.map((row) => row.file_id))]);
  const findings = new Map(counts.map((row) => [row.file_id, row.findings]));
  return {
    items: rows.map((row) => toNoticeSummary(row, search?.terms ?? [], findings.get(row.file_id) ?? 0)),
    total: Number(counted?.total ?? 0),
  };
}

interface NoticeRow {
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

function toNoticeRow(
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

function toNoticeSummary(row: NoticeRow, terms: readonly string[], findings: number): NoticeSummary {
  return {
    fileId: row.file_id,
    noticeId: row.notice_id,
    forwards: row.forwards,
    fileName: row.file_name,
    documentType: row.document_type,
    documentNumber: row.document_number,
    issuingBody: row.issuing_body,
    title: row.title,
    administrativeLevel: AdministrativeLevel.nullable().parse(row.administrative_level),
    region: row.region_code === null ? null : { code: row.region_code, name: row.region_name ?? '' },
    issueDate: row.issue_date,
    campaign: row.campaign,
    securityLevel: row.security_level,
    disclosure: row.disclosure,
    restricted: isRestricted(row.security_level, row.disclosure),
    counts: {
      focusItems: row.focus_items,
      deadlines: row.deadlines,
      targets: row.targets,
      attachments: row.attachments,
      findings,
    },
    gravestFinding: Severity.nullable().parse(row.gravest_finding),
    snippet: row.text === undefined ? null : searchSnippet(row.text, terms),
  };
}

/** Carries a 密级, or is not for publication. */
export function isRestricted(securityLevel: string | null, disclosure: string | null): boolean {
  return securityLevel !== null || /不予公开|不公开/.test(disclosure ?? '');
}

function gravest(extraction: Extraction): Severity | null {
  const severities = new Set(extraction.findings.map((finding) => finding.severity));
  return Severity.options.find((severity) => severities.has(severity)) ?? null;
}
