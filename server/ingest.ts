import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type Job, type LibraryFile } from '../models/api/library.ts';
import { HongtouError } from '../models/index.ts';
import { extractorVersion } from '../pipeline/run.ts';
import { checkInput } from './inputFile.ts';
import type { Library } from './library.ts';
import type { Actor } from './store/store.ts';

/** A file that was taken in. `job` is null when it had been read before by this version of the extractor. */
export interface Accepted {
  readonly file: LibraryFile;
  readonly isNew: boolean;
  readonly job: Job | null;
}

/**
 * Takes bytes that stand at an incoming path into the library and asks for them to be read, unless they were read
 * already. The only way in, for uploads and the command line alike.
 */
export async function acceptFile(
  library: Pick<Library, 'store' | 'queue'>,
  incoming: { readonly fileName: string; readonly path: string },
  actor: Actor,
): Promise<Accepted> {
  const { file, isNew } = await library.store.addFile(incoming, actor);
  const wanted = { kind: 'extract', fileId: file.fileId, actor } as const;
  const job = await library.queue.enqueueUnlessRead(wanted, extractorVersion);
  return { file: (await library.store.findFile(file.fileId)) ?? file, isNew, job };
}

/** Takes in a file from this machine's disk, which stays where it is. */
export async function acceptPath(library: Library, file: string, actor: Actor): Promise<Accepted> {
  await checkInput(file);
  const incoming = await library.incoming.takeIn(file);
  return acceptFile(library, { fileName: path.basename(file), path: incoming }, actor);
}

/**
 * The files that a path names: itself, or all in the folder and below, in order of their names. Hidden ones and links
 * to folders are left out. Throws FILE_NOT_FOUND.
 */
export async function* filesUnder(start: string): AsyncGenerator<string> {
  const found = await stat(start).catch((error: unknown) => {
    throw new HongtouError('FILE_NOT_FOUND', { fileName: start }, { cause: error });
  });
  if (!found.isDirectory()) {
    yield start;
    return;
  }
  const entries = await readdir(start, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const full = path.join(start, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(full)))) yield full;
  }
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Waits until a job is at its end, whoever works on it. Resolves with undefined when the signal says stop. */
export async function waitForJob(
  library: Pick<Library, 'queue'>,
  jobId: number,
  options: { readonly signal?: AbortSignal; readonly onChange?: (job: Job) => void; readonly everyMs?: number } = {},
): Promise<Job | undefined> {
  let last = '';
  while (!options.signal?.aborted) {
    const job = await library.queue.findJob(jobId);
    if (job === undefined) return undefined;
    const state = JSON.stringify([job.state, job.attempt, job.progress, job.problem]);
    if (state !== last) options.onChange?.(job);
    last = state;
    if (isFinal(job.state)) return job;
    await sleep(options.everyMs ?? 100, undefined, options.signal && { signal: options.signal }).catch(() => undefined);
  }
  return undefined;
}
