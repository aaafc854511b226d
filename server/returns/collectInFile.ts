import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CollectState, emptyCollectState, type FormModel, HongtouError } from '../../models/index.ts';
import { returnMembers } from '../../pipeline/read/returnMembers.ts';
import { readReturnFile } from '../../pipeline/readReturnFile.ts';
import { collect } from '../../pipeline/returns/collect.ts';
import type { ReceivedReturn } from '../../pipeline/returns/importReturns.ts';
import { readInput } from '../inputFile.ts';
import { readNotices } from '../namedNotices.ts';
import { writeOutput } from '../writeOutput.ts';
import type { Collected, CollectRequest, CollectRun } from './collectRequest.ts';
import { collectableForms } from './noticeForms.ts';

/**
 * Takes returns into a record that is one JSON file: `stateFile`, or beside where the command runs, named after the notice.
 * A return arrived when its file was last written.
 */
export async function collectInFile(
  asked: CollectRequest,
  stateFile: string | null,
  run: CollectRun,
): Promise<Collected> {
  const begun = await begin(asked, stateFile, run);
  const received: ReceivedReturn[] = [];
  let failed = 0;
  for (const [index, file] of asked.files.entries()) {
    if (run.signal.aborted) break;
    run.progress(`${index + 1}/${asked.files.length} ${file}`);
    for await (const one of readEach(file, begun.forms)) {
      if ('result' in one) received.push(one);
      else {
        failed += 1;
        run.refuse(one.file, one.error);
      }
    }
  }
  const { period, now, units } = asked;
  const collection = collect(begun.added, received, begun.state, { period, now, ...(units && { units }) });
  if (!run.signal.aborted) await writeOutput(begun.file, `${JSON.stringify(collection.state)}\n`);
  const { returns, imports } = collection.state;
  return { collection, kept: `${begun.file}: ${returns.length} returns of ${imports.length} files`, failed };
}

interface Begun {
  readonly state: CollectState;
  /** Forms of the notice that may be new to the record. */
  readonly added: readonly FormModel[];
  /** All forms, those of the record first. */
  readonly forms: readonly FormModel[];
  /** Where the record is kept. */
  readonly file: string;
}

async function begin(
  { campaign, version }: CollectRequest,
  stateFile: string | null,
  { config, signal }: CollectRun,
): Promise<Begun> {
  if (path.extname(campaign).toLowerCase() === '.json') {
    const state = await readState(campaign);
    if (state !== null) return { state, added: [], forms: state.forms, file: stateFile ?? campaign };
  }
  const { fileName, notices } = await readNotices(campaign, config, signal);
  const added = notices.flatMap((notice) => collectableForms(notice, version ?? 1));
  if (added.length === 0) throw new HongtouError('NO_TABLE', { fileName });
  const file = stateFile ?? `${path.basename(fileName, path.extname(fileName))}.collect.json`;
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  const state = exists
    ? await readState(file)
    : emptyCollectState(notices[0]?.campaign?.name ?? notices[0]?.title?.value ?? null);
  if (state === null) {
    throw new HongtouError('BAD_STATE', { fileName: file, reason: 'it holds something else' });
  }
  return { state, added, forms: [...state.forms, ...added], file };
}

/** The record of an earlier run; null for another JSON file, such as the extraction of a notice. */
async function readState(file: string): Promise<CollectState | null> {
  const { bytes, fileName } = await readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new HongtouError('BAD_STATE', { fileName, reason: 'it is not JSON' }, { cause: error });
  }
  const parsed = CollectState.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What a file holds, or each file of an archive. */
async function* readEach(
  file: string,
  forms: readonly FormModel[],
): AsyncGenerator<ReceivedReturn | { readonly file: string; readonly error: unknown }> {
  try {
    const { bytes, fileName } = await readInput(file);
    const receivedAt = (await stat(file)).mtime.toISOString();
    const members = await returnMembers(bytes, fileName);
    if (members === null) {
      yield { result: await readReturnFile(bytes, fileName, forms), receivedAt };
      return;
    }
    for await (const { fileName: name, content } of members) {
      try {
        if (content instanceof HongtouError) throw content;
        yield { result: await readReturnFile(content, name, forms), receivedAt };
      } catch (error) {
        yield { file: name, error };
      }
    }
  } catch (error) {
    yield { file, error };
  }
}
