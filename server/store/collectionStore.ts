import type { CollectionRecord, ReturnFile } from '../../models/api/collection.ts';
import type { FileId } from '../../models/api/library.ts';
import type { CollectState, FormModel, Period, ReportingUnit, ReturnIssue, StoredReturn } from '../../models/index.ts';
import type { Actor, Page } from './store.ts';

export interface NewCollection {
  readonly fileId: FileId;
  readonly noticeId: string;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly issueDate: string | null;
  readonly endDate: string | null;
  readonly forms: readonly FormModel[];
}

/** A returned file whose bytes stand at an incoming path, settled on the disk. */
export interface IncomingReturn {
  readonly sha256: string;
  readonly path: string;
  readonly byteLength: number;
}

/** What of a collection a batch of returns concerns: `imports` whole, `returns` of the units, `rejected` of the files. */
export type ConcernedState = CollectState;

export interface ChangedState {
  readonly state: ConcernedState;
  /** What is wrong with each file, by its index in `imports`. */
  readonly issues: ReadonlyMap<number, readonly ReturnIssue[]>;
}

export interface ReturnQuery {
  readonly formHashes: readonly string[];
  /** Only these; all without it. */
  readonly periods?: readonly Period[] | undefined;
  readonly unit?: string | undefined;
}

/**
 * The part of the store that keeps what was collected. A method that takes a collection id throws NOT_FOUND for one that
 * is not there.
 */
export interface CollectionStore {
  /** Begins to collect on the forms of a notice; where that was begun before, gives what there is. */
  openCollection(
    wanted: NewCollection,
    actor: Actor,
  ): Promise<{ readonly collectionId: number; readonly isNew: boolean }>;
  findCollection(collectionId: number): Promise<CollectionRecord | undefined>;
  findCollectionOf(fileId: FileId, noticeId: string): Promise<CollectionRecord | undefined>;
  /** Latest first. */
  listCollections(query: { readonly limit: number; readonly offset: number }): Promise<Page<CollectionRecord>>;
  /** Every version of every form, the last of a table holds. */
  collectedForms(collectionId: number): Promise<readonly FormModel[]>;
  /** Takes up further versions; those that are there already change nothing. */
  addForms(collectionId: number, forms: readonly FormModel[], actor: Actor): Promise<void>;
  reportingUnits(collectionId: number): Promise<readonly ReportingUnit[]>;
  /** Puts a whole list in place of the former one. What units outside it reported stays. */
  setUnits(collectionId: number, units: readonly ReportingUnit[], actor: Actor): Promise<void>;

  /**
   * Changes returns under the write lock: `change` gets what the batch concerns and gives what holds afterwards. Files that
   * are new in its imports move from `incoming` into the originals; of the others nothing is kept.
   */
  changeReturns<T extends ChangedState>(
    collectionId: number,
    concerned: { readonly units: readonly string[]; readonly incoming: readonly IncomingReturn[] },
    change: (state: ConcernedState) => T,
    actor: Actor,
  ): Promise<T>;
  /** What tells who has reported: no figures. */
  reportedReturns(
    collectionId: number,
    query: ReturnQuery,
  ): Promise<readonly Pick<StoredReturn, 'formHash' | 'unit' | 'period' | 'firstReceivedAt' | 'faulty'>[]>;
  rejectedReturns(collectionId: number): Promise<CollectState['rejected']>;
  /** Whole returns, with figures; with history only where one unit is asked for. */
  storedReturns(collectionId: number, query: ReturnQuery): Promise<readonly StoredReturn[]>;
  /** In the order of import, latest first. `positions`: only these. */
  returnFiles(
    collectionId: number,
    query: { readonly positions?: readonly number[]; readonly limit: number; readonly offset: number },
  ): Promise<Page<ReturnFile>>;
  /** Where the bytes of a returned file stand on this machine. Throws NOT_FOUND. */
  returnPath(collectionId: number, sha256: FileId): Promise<{ readonly path: string; readonly fileName: string }>;
}
