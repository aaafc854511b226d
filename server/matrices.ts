import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Problem, problem, problemOf } from '../models/api/library.ts';
import { type Matrix, type MatrixLine, mostLowers, type NewMatrix, stateLetters } from '../models/api/matrix.ts';
import {
  type AdministrativeLevel,
  type CoverageMatrix,
  type CoverageRow,
  HongtouError,
  type Notice,
} from '../models/index.ts';
import type { ComparedNotice } from '../pipeline/compare/compareNotices.ts';
import { matrixOf, rowMaker } from '../pipeline/compare/coverageMatrix.ts';
import { comparedItems } from '../pipeline/compare/items.ts';
import { campaignCascade } from './campaigns/campaignNotices.ts';
import type { Config } from './config.ts';
import type { Library } from './library.ts';
import { libraryNotice } from './libraryNotice.ts';

/** Matrices that are kept after they were asked for; the oldest goes first. */
const mostKept = 24;
/** Notices of one page while the library is gone through. */
const pageLength = 500;

const levels: readonly AdministrativeLevel[] = ['national', 'provincial', 'prefectural', 'county', 'township'];

interface Entry {
  readonly addresses: readonly string[];
  readonly outermost: boolean;
  readonly upperAddress: string;
  view: Matrix;
}

interface Built {
  readonly matrix: CoverageMatrix;
  readonly addresses: readonly string[];
  readonly unread: Matrix['unread'];
}

/** The matrices that were asked for: made one after the other, between other requests, and kept for a while. */
export interface Matrices {
  /** Begins a matrix, or finds it begun. Throws NOT_FOUND and NOT_READ_YET for the upper notice. */
  begin(wanted: NewMatrix): Promise<Matrix>;
  find(matrixId: string): Matrix;
  /** The whole matrix, made anew: what reports are written from. */
  whole(matrixId: string): Promise<CoverageMatrix>;
}

export function openMatrices(library: Library, config: Config, log: Logger): Matrices {
  const kept = new Map<string, Entry>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each takes a processor of its own for seconds. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  function entryOf(matrixId: string): Entry {
    const entry = kept.get(matrixId);
    if (entry === undefined) throw new HongtouError('NOT_FOUND', { what: `Matrix ${matrixId}` });
    return entry;
  }

  async function build(entry: Entry, onRow: (done: number) => void): Promise<Built> {
    const upper = await libraryNotice(library, config, entry.upperAddress);
    const rowOf = rowMaker(upper);
    const rows: CoverageRow[] = [];
    const notices: Notice[] = [];
    const addresses: string[] = [];
    const unread: { address: string; problem: Problem }[] = [];
    const seen = new Set<string>();
    for (const [at, address] of entry.addresses.entries()) {
      try {
        const lower = await libraryNotice(library, config, address, entry.outermost);
        const own = `${address.split('.')[0]}.${lower.notice.id}`;
        if (own !== entry.upperAddress && !seen.has(own)) {
          seen.add(own);
          rows.push(rowOf({ ...lower, id: own }));
          notices.push(lower.notice);
          addresses.push(own);
        }
      } catch (error) {
        const known = problemOf(error);
        if (known === undefined) throw error;
        unread.push({ address, problem: known });
      }
      onRow(at + 1);
      await setImmediate();
    }
    return { matrix: matrixOf(upper, rows, notices), addresses, unread };
  }

  return {
    async begin(wanted) {
      const cascade =
        wanted.campaign === undefined ? undefined : await campaignCascade(library, wanted.campaign, wanted);
      const asked = cascade?.upper.id ?? wanted.upper ?? '';
      const upper = await libraryNotice(library, config, asked);
      const upperAddress = `${asked.split('.')[0]}.${upper.notice.id}`;
      const chosen =
        cascade?.lowers.slice(0, mostLowers).map(({ id }) => id) ??
        (wanted.lowers.length > 0 ? wanted.lowers : await fitting(library, wanted, upper));
      const addresses = [...new Set(chosen)].filter((address) => address !== upperAddress);
      const matrixId = await fingerprint(library, upperAddress, addresses);
      const known = kept.get(matrixId);
      if (known !== undefined && known.view.state !== 'failed') return known.view;
      const view = emptyView(matrixId, upperAddress, upper, addresses.length);
      const entry: Entry = {
        addresses,
        outermost: cascade === undefined && wanted.lowers.length === 0,
        upperAddress,
        view,
      };
      kept.set(matrixId, entry);
      for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old);
      void inTurn(() =>
        build(entry, (done) => {
          entry.view = { ...entry.view, done };
        }),
      ).then(
        (built) => {
          entry.view = viewOf(entry.view, built);
        },
        (error: unknown) => {
          if (problemOf(error) === undefined) log.error({ error, matrixId }, 'A matrix could not be made');
          entry.view = {
            ...entry.view,
            state: 'failed',
            problem: problemOf(error) ?? problem('INTERNAL', { what: 'the matrix' }),
          };
        },
      );
      return view;
    },
    find: (matrixId) => entryOf(matrixId).view,
    async whole(matrixId) {
      const entry = entryOf(matrixId);
      return (await inTurn(() => build(entry, () => undefined))).matrix;
    },
  };
}

/** The notices of the library below the upper one that fit; of a file the cover that passes on, made sure of when read. */
async function fitting(library: Library, wanted: NewMatrix, upper: ComparedNotice): Promise<string[]> {
  const { level, region, q } = wanted;
  const rank = upper.notice.administrativeLevel === null ? -1 : levels.indexOf(upper.notice.administrativeLevel);
  const found: string[] = [];
  for (let offset = 0; found.length < mostLowers; offset += pageLength) {
    const query = { level, region, q, sort: 'issueDate', order: 'asc', limit: pageLength, offset } as const;
    const page = await library.store.listNotices(query);
    for (const { fileId, noticeId, administrativeLevel } of page.items) {
      const isBelow = administrativeLevel === null || levels.indexOf(administrativeLevel) > rank;
      if (isBelow) found.push(`${fileId}.${noticeId}`);
    }
    if (offset + pageLength >= page.total || page.items.length === 0) break;
  }
  return found.slice(0, mostLowers);
}

/** The same notices, read at the same time, make the same matrix. */
async function fingerprint(library: Library, upperAddress: string, addresses: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const all = [upperAddress, ...addresses];
  for (let from = 0; from < all.length; from += pageLength) {
    const part = all.slice(from, from + pageLength);
    const files = await Promise.all(part.map((address) => library.store.findFile(address.slice(0, 64))));
    part.forEach((address, at) => {
      hash.update(`${address} ${files[at]?.extractedAt ?? ''}\n`);
    });
  }
  return hash.digest('hex').slice(0, 24);
}

function emptyView(matrixId: string, upperAddress: string, upper: ComparedNotice, total: number): Matrix {
  return {
    matrixId,
    state: 'running',
    done: 0,
    total,
    problem: null,
    upperAddress,
    upper: null,
    items: comparedItems(upper.notice).map(({ id, text, subject, action }) => ({ id, text, subject, action })),
    rows: [],
    itemCounts: [],
    added: [],
    copies: [],
    copiedFromUpper: [],
    unread: [],
  };
}

function viewOf(view: Matrix, { matrix, addresses, unread }: Built): Matrix {
  return {
    ...view,
    state: 'done',
    done: view.total,
    upper: matrix.upper,
    rows: matrix.rows.map(
      (row, at): MatrixLine => ({
        address: addresses[at] ?? row.id,
        notice: row.notice,
        region: row.region,
        cells: row.cells.map((cell) => stateLetters[cell.state]).join(''),
        counts: row.counts,
        coverage: row.coverage,
        added: row.added.length,
        lateDeadlines: row.lateDeadlines,
      }),
    ),
    itemCounts: matrix.itemCounts,
    added: matrix.added.map(({ text, subject, rows }) => ({ text, subject, rows })),
    copies: matrix.copies,
    copiedFromUpper: matrix.copiedFromUpper,
    unread,
  };
}
