import { rm } from 'node:fs/promises';
import type { TakenReturn } from '../../models/api/collection.ts';
import { type Problem, problemOf } from '../../models/api/library.ts';
import type { Period, ReturnIssue } from '../../models/index.ts';
import {
  type ImportedFile,
  importReturns,
  type ReceivedReturn,
  unitKey,
} from '../../pipeline/returns/importReturns.ts';
import type { Library } from '../library.ts';
import type { IncomingReturn } from '../store/collectionStore.ts';
import type { Actor } from '../store/store.ts';
import type { ReturnReader } from './returnReader.ts';

export interface ReturnedFile {
  readonly fileName: string;
  /** An incoming path; the bytes move from there into the library, or are removed. */
  readonly path: string;
  /** ISO 8601: when it arrived. */
  readonly receivedAt: string;
}

export interface TakeOptions {
  /** The period that is collected; null: each return counts for its own. */
  readonly period: Period | null;
  readonly actor: Actor;
  /** Faults of the program, for the log. */
  readonly onFault?: (detail: string) => void;
}

/** A file, or one out of an archive that came. */
type Read = { readonly file: ReturnedFile } & (
  | { readonly received: ReceivedReturn; readonly incoming: IncomingReturn }
  | { readonly problem: Problem }
);

/**
 * Takes returned files into a collection: reads and checks each, then changes the collection once for all. Answers one
 * result for each file, in their order, and of an archive one for each file in it. A file that cannot be read never stops
 * the others.
 */
export async function takeReturns(
  library: Pick<Library, 'store' | 'incoming'>,
  reader: ReturnReader,
  collectionId: number,
  files: readonly ReturnedFile[],
  { period, actor, onFault }: TakeOptions,
): Promise<readonly TakenReturn[]> {
  const { store, incoming } = library;
  const unpacked: ReturnedFile[] = [];
  try {
    const forms = await store.collectedForms(collectionId);
    const names = new Map<string, string>();
    for (const unit of await store.reportingUnits(collectionId)) {
      for (const name of [unit.name, ...unit.aliases]) names.set(unitKey(name), unit.name);
    }
    const read: Read[] = [];
    const readOne = async (file: ReturnedFile): Promise<void> => {
      try {
        const answer = await reader.read(file, forms);
        if (answer.outcome === 'unpacked') {
          const members = answer.members.map((member) => ({ path: '', ...member, receivedAt: file.receivedAt }));
          unpacked.push(...members.filter((member) => !('problem' in member)));
          for (const member of members) {
            if ('problem' in member) read.push({ file: member, problem: member.problem });
            else await readOne(member);
          }
          return;
        }
        if (answer.outcome === 'refused') {
          if (answer.detail !== null) onFault?.(answer.detail);
          read.push({ file, problem: answer.problem });
          return;
        }
        const { sha256, byteLength } = await incoming.settle(file.path);
        const received = { result: answer.result, receivedAt: file.receivedAt };
        read.push({ file, received, incoming: { sha256, path: file.path, byteLength } });
      } catch (error) {
        const known = problemOf(error);
        if (known === undefined) throw error;
        read.push({ file, problem: known });
      }
    };
    for (const file of files) await readOne(file);
    // In the order in which they arrived, as `importReturns` takes them.
    const good = read
      .filter((one) => 'received' in one)
      .sort((a, b) => Date.parse(a.file.receivedAt) - Date.parse(b.file.receivedAt));
    const units = good.flatMap(({ received }) =>
      received.result.returns.flatMap(({ unit }) => (unit === null ? [] : [names.get(unitKey(unit)) ?? unit.trim()])),
    );
    const { imported } = await store.changeReturns(
      collectionId,
      { units: [...new Set(units)], incoming: good.map((one) => one.incoming) },
      (state) => {
        const result = importReturns(
          state,
          forms,
          good.map((one) => one.received),
          period,
        );
        return { state: result.state, issues: issuesByFile(result.files), imported: result.files };
      },
      actor,
    );
    // What is wrong with a file that came before is said again.
    const known = imported.filter((file) => file.outcome === 'unchanged').map((file) => file.import);
    const page = { positions: [...new Set(known)], limit: known.length, offset: 0 };
    const kept = known.length === 0 ? [] : (await store.returnFiles(collectionId, page)).items;
    return read.map((one): TakenReturn => {
      const { fileName } = one.file;
      if ('problem' in one) {
        return { fileName, sha256: null, outcome: 'refused', sheets: [], issues: [], problem: one.problem };
      }
      const file = imported[good.indexOf(one)]!;
      const before = kept.find(({ position }) => file.outcome === 'unchanged' && position === file.import);
      return resultOf(before === undefined ? file : { ...file, issues: [...before.issues, ...file.issues] });
    });
  } finally {
    for (const file of [...files, ...unpacked]) await rm(file.path, { force: true });
  }
}

/** A second copy within one batch says nothing of the first. */
function issuesByFile(files: readonly ImportedFile[]): ReadonlyMap<number, readonly ReturnIssue[]> {
  return new Map(
    files
      .filter((file) => file.outcome === 'taken' || file.sheets.length > 0)
      .map((file) => [file.import, file.issues]),
  );
}

function resultOf(file: ImportedFile): TakenReturn {
  const { fileName, sha256, sheets, issues } = file;
  const isTurnedBack =
    sheets.some((sheet) => sheet.codes.length > 0) || (file.outcome === 'taken' && sheets.length === 0);
  const outcome = isTurnedBack ? 'rejected' : file.outcome;
  return { fileName, sha256, outcome, sheets, issues, problem: null };
}
