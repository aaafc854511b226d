import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Knex } from 'knex';
import type { Facets, FileId, LibraryFile, NoticeSummary } from '../../models/api/library.ts';
import { AdministrativeLevel, HongtouError, type PageView, Severity } from '../../models/index.ts';
import { knownNumbers } from '../maskContacts.ts';
import { correctExtraction } from './applyCorrections.ts';
import { correctionsOf } from './corrections.ts';
import { type Database, write } from './database.ts';
import { listDue } from './deadlines.ts';
import { listExtraction } from './listExtraction.ts';
import type { NoticeRow } from './noticeRow.ts';
import { type ExtractionRow, isRestricted, recordEvent, toExtraction, toExtractionJson } from './rows.ts';
import { searchExpression, searchSnippet, searchTokens } from './searchTokens.ts';
import type { NoticeQuery, NoticeSort, Store } from './store.ts';

interface Parts {
  readonly database: Database;
  readonly now: () => Date;
  readonly fileOrThrow: (fileId: FileId, source?: Knex) => Promise<LibraryFile>;
}

type ExtractionMethods = Pick<
  Store,
  | 'saveExtraction'
  | 'findExtraction'
  | 'findExtractionJson'
  | 'contactNumbers'
  | 'findPageViews'
  | 'listNotices'
  | 'listFacets'
  | 'listDue'
>;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** The part of the store that keeps what was read from the files. */
export function extractionMethods({ database, now, fileOrThrow }: Parts): ExtractionMethods {
  return {
    async saveExtraction(fileId, extraction, extractorVersion, actor, pages = []) {
      const at = now().toISOString();
      // Made before the lock is taken: a long text takes a while to cut.
      const { text, ...rest } = extraction;
      const body = JSON.stringify(rest);
      const tokens = searchTokens(extraction.text);
      const views = pages.length === 0 ? null : await compress(JSON.stringify(pages));
      await write(database, async (transaction) => {
        await fileOrThrow(fileId, transaction);
        await transaction('extraction')
          .insert({
            file_id: fileId,
            extractor_version: extractorVersion,
            extracted_at: at,
            media_type: extraction.source.mediaType,
            text,
            body,
          })
          .onConflict('file_id')
          .merge();
        await transaction('page_view').where('file_id', fileId).delete();
        if (views !== null) await transaction('page_view').insert({ file_id: fileId, pages: views });
        await listExtraction(transaction, fileId, extraction, await correctionsOf(transaction, fileId), tokens);
        await transaction('file').where('id', fileId).update({ state: 'read', problem: null });
        await recordEvent(transaction, { at, actor, action: 'extracted', sha256: fileId, detail: extractorVersion });
      });
    },
    async findExtraction(fileId, { asRead = false } = {}) {
      const row = await rowOf(database, fileId);
      if (row === undefined) return undefined;
      const read = toExtraction(row);
      return {
        extraction: asRead ? read : correctExtraction(read, await correctionsOf(database.reader, fileId)),
        extractorVersion: row.extractor_version,
        extractedAt: row.extracted_at,
      };
    },
    async findExtractionJson(fileId) {
      const row = await rowOf(database, fileId);
      if (row === undefined) return undefined;
      const corrections = await correctionsOf(database.reader, fileId);
      if (corrections.length === 0) return toExtractionJson(row);
      return JSON.stringify(correctExtraction(toExtraction(row), corrections));
    },
    async contactNumbers(fileIds) {
      // Looked up by the database, which takes extractions apart in a thread of its own.
      const rows: readonly { file_id: string; contact: string }[] = await database.reader.raw(
        `select file_id, contact.value as contact
         from extraction, json_each(body, '$.notices') as notice, json_each(notice.value, '$.contacts') as contact
         where file_id in (select value from json_each(?))`,
        [JSON.stringify(fileIds)],
      );
      const numbers = new Map<FileId, string[]>();
      for (const { file_id, contact } of rows) {
        const known = numbers.get(file_id) ?? [];
        numbers.set(file_id, known);
        known.push(...knownNumbers([JSON.parse(contact)]));
      }
      return numbers;
    },
    async findPageViews(fileId) {
      await fileOrThrow(fileId);
      const row = await database
        .reader('page_view')
        .where('file_id', fileId)
        .first<{ readonly pages: Buffer } | undefined>();
      // As it was saved.
      return row === undefined ? [] : (JSON.parse((await decompress(row.pages)).toString()) as readonly PageView[]);
    },
    listNotices: (query) => listNotices(database, query),
    listFacets: () => listFacets(database),
    listDue: (query) => listDue(database, query),
  };
}

async function rowOf({ reader }: Database, fileId: FileId): Promise<ExtractionRow | undefined> {
  const row: { readonly [column in keyof ExtractionRow]: ExtractionRow[column] | null } | undefined = await reader(
    'file',
  )
    .leftJoin('extraction', 'extraction.file_id', 'file.id')
    .where('file.id', fileId)
    .first('file_id', 'extractor_version', 'extracted_at', 'text', 'body');
  if (row === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  return row.file_id === null ? undefined : (row as ExtractionRow);
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
      if (query.fileIds !== undefined) builder.whereIn('notice.file_id', query.fileIds);
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
  const counted = chosen.clone().count({ total: '*' }).first();
  // The page first and what it shows afterwards: rows of extractions are long, and most are on other pages.
  const page = chosen
    .clone()
    .modify((builder) => {
      if (query.sort === 'findings') builder.join('extraction', 'extraction.file_id', 'notice.file_id');
    })
    .select('notice.rowid')
    .orderByRaw(orderOf(query))
    .limit(query.limit)
    .offset(query.offset);
  const rows: readonly NoticeRow[] = await database
    .reader('notice')
    .join('file', 'file.id', 'notice.file_id')
    .join('extraction', 'extraction.file_id', 'notice.file_id')
    .whereIn('notice.rowid', page)
    .select('notice.*', 'file.name as file_name', 'gravest_finding', 'finding_count')
    .modify((builder) => {
      if (search?.include) builder.select('extraction.text');
    })
    .orderByRaw(orderOf(query));
  return {
    items: rows.map((row) => toNoticeSummary(row, search?.terms ?? [])),
    total: Number((await counted)?.total ?? 0),
  };
}

/** Values that one menu shows; more are found by searching. */
const mostFacets = 300;

async function listFacets(database: Database): Promise<Facets> {
  const shown = database.reader('notice').join('file', 'file.id', 'notice.file_id').whereNull('file.deleted_at');
  const counted = (...columns: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    shown
      .clone()
      .whereNotNull(columns[0] ?? '')
      .select(...columns)
      .count({ count: '*' })
      .groupBy(...columns)
      .orderByRaw('count(*) desc')
      .limit(mostFacets)
      .then((rows) => rows);
  const [regions, types, campaigns] = await Promise.all([
    counted('region_code', 'region_name'),
    counted('document_type'),
    counted('campaign'),
  ]);
  const number = (count: unknown) => Number(count);
  return {
    regions: regions.map((row) => ({
      code: String(row.region_code),
      name: String(row.region_name ?? ''),
      count: number(row.count),
    })),
    documentTypes: types.map((row) => ({ value: String(row.document_type), count: number(row.count) })),
    campaigns: campaigns.map((row) => ({ value: String(row.campaign), count: number(row.count) })),
  };
}

function toNoticeSummary(row: NoticeRow, terms: readonly string[]): NoticeSummary {
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
      findings: row.finding_count,
    },
    gravestFinding: Severity.nullable().parse(row.gravest_finding),
    snippet: row.text === undefined ? null : (searchSnippet(row.text, terms) ?? searchSnippet(listed(row), terms)),
  };
}

/** What a list shows of a notice: a word that somebody put in stands there and not in the text. */
const listed = ({ document_number, issuing_body, title, campaign }: NoticeRow): string =>
  [document_number, issuing_body, title, campaign].filter((words) => words !== null).join(' ');
