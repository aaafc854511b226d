import type {
  Correction,
  CorrectionMark,
  Facets,
  FileId,
  LibraryFile,
  NewCorrection,
  NoticeSummary,
  UpcomingDeadline,
} from '../../models/api/library.ts';
import type { AdministrativeLevel, Extraction, PageView, Severity } from '../../models/index.ts';
import type { CollectionStore } from './collectionStore.ts';

/** Who did it: a user's name, or `cli`, `server`. Every change records its actor. */
export type Actor = string;

/** The place of a file's bytes before the library has them, on this machine. */
export interface IncomingFile {
  readonly fileName: string;
  readonly path: string;
}

/** What lists of notices can be sorted by. */
export const noticeSorts = [
  'issueDate',
  'documentNumber',
  'title',
  'issuingBody',
  'level',
  'region',
  'campaign',
  'findings',
  'received',
] as const;
export type NoticeSort = (typeof noticeSorts)[number];

export interface NoticeQuery {
  /** Only notices of these files. */
  readonly fileIds?: readonly FileId[] | undefined;
  /** Words that must all occur; `-word` must not; "a phrase" in quotes. Any length, from one character. */
  readonly q?: string | undefined;
  readonly level?: AdministrativeLevel | undefined;
  /** GB/T 2260 code or its beginning: `14` is all of a province. */
  readonly region?: string | undefined;
  readonly documentType?: string | undefined;
  readonly campaign?: string | undefined;
  /** 成文日期, both ends included. */
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
  /** Only notices of files that have findings of this severity or a graver one. */
  readonly finding?: Severity | undefined;
  /** Latest 成文日期 first where not given. What has no value stands last in either order. */
  readonly sort?: NoticeSort | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface DueQuery {
  /** YYYY-MM-DD, both ends included. */
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly offset: number;
}

export interface FileQuery {
  readonly state?: LibraryFile['state'] | undefined;
  readonly deleted: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
}

export interface StoredExtraction {
  readonly extraction: Extraction;
  readonly extractorVersion: string;
  readonly extractedAt: string;
}

export interface CheckReport {
  readonly files: number;
  readonly extractions: number;
  /** One line for each thing that is not as it should be; empty: clean. */
  readonly faults: readonly string[];
  /** The same for what was not, and is now, or will be when the files of `unread` are read. */
  readonly mended: readonly string[];
  readonly unread: readonly FileId[];
}

/**
 * The library: original files, what was read from them, who changed what. All methods may be called from several
 * processes at once. A method that takes a file id throws NOT_FOUND for one that is not there or finally deleted.
 */
export interface Store extends CollectionStore {
  /** Moves the bytes into the library. The same bytes again give the same entry (and undo a deletion). */
  addFile(file: IncomingFile, actor: Actor): Promise<{ readonly file: LibraryFile; readonly isNew: boolean }>;
  findFile(fileId: FileId): Promise<LibraryFile | undefined>;
  /** Files whose id begins so; to let people shorten ids as they do with commits. */
  findFilesByPrefix(prefix: string): Promise<readonly LibraryFile[]>;
  listFiles(query: FileQuery): Promise<Page<LibraryFile>>;
  /** Where the original bytes stand on this machine. */
  originalPath(fileId: FileId): Promise<string>;

  /** Puts a whole extraction, and what is on its pages, in place of the former one, at once. */
  saveExtraction(
    fileId: FileId,
    extraction: Extraction,
    extractorVersion: string,
    actor: Actor,
    pages?: readonly PageView[],
  ): Promise<void>;
  /** What was read, with the corrections that hold put in; `asRead`: without them. */
  findExtraction(fileId: FileId, options?: { readonly asRead?: boolean }): Promise<StoredExtraction | undefined>;
  /** The same as JSON, for those who only pass it on. */
  findExtractionJson(fileId: FileId): Promise<string | undefined>;
  /** Telephone numbers and addresses that files name as contacts, for masking parts of them. */
  contactNumbers(fileIds: readonly FileId[]): Promise<ReadonlyMap<FileId, readonly string[]>>;
  /** What is on the pages of a file; empty where it has none, or none were kept. */
  findPageViews(fileId: FileId): Promise<readonly PageView[]>;
  /** Notices of files that are not deleted: latest 成文日期 first. */
  listNotices(query: NoticeQuery): Promise<Page<NoticeSummary>>;
  /** What these notices can be narrowed down by. */
  listFacets(): Promise<Facets>;
  /** What they ask for between two days, recurring duties included; earliest first. */
  listDue(query: DueQuery): Promise<Page<UpcomingDeadline>>;

  /** Notes what somebody says against what was read. It holds from now on, also when the file is read again. */
  addCorrection(fileId: FileId, noticeId: string, correction: NewCorrection, actor: Actor): Promise<Correction>;
  /** In the order they were made, those taken back as well; and where the others show in the notice. */
  listCorrections(
    fileId: FileId,
    noticeId: string,
  ): Promise<{ readonly items: readonly Correction[]; readonly marks: readonly CorrectionMark[] }>;
  /** Takes a correction back; it stays in the list. Throws NOT_FOUND where there is none that holds. */
  withdrawCorrection(fileId: FileId, correctionId: number, actor: Actor): Promise<Correction>;

  /** Hides a file; after the term `purgeDeleted` makes it final. */
  deleteFile(fileId: FileId, actor: Actor): Promise<LibraryFile>;
  restoreFile(fileId: FileId, actor: Actor): Promise<LibraryFile>;
  /** Removes what was deleted longer ago than the term; returns how many files. */
  purgeDeleted(now: Date): Promise<number>;

  /** Verifies hashes, rows and references; with an actor, mends what can be made anew from what is there. */
  check(mender?: Actor): Promise<CheckReport>;
  /** A whole copy of the library in a new folder, while others go on working. */
  backup(folder: string): Promise<void>;
  close(): Promise<void>;
}
