import { type ChildProcess, fork } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Problem, problem, problemOf } from '../../models/api/library.ts';
import { type FormModel, HongtouError, type ReturnResult } from '../../models/index.ts';
import { returnMembers } from '../../pipeline/read/returnMembers.ts';
import { readReturnFile } from '../../pipeline/readReturnFile.ts';
import { packageRoot, runsFromSource } from '../packageRoot.ts';

export type ReadReturn =
  | { readonly outcome: 'read'; readonly result: ReturnResult }
  /** It was an archive: its files, each at a path of its own beside that of the archive, to be read one by one. */
  | { readonly outcome: 'unpacked'; readonly members: readonly UnpackedReturn[] }
  /** `detail`: for the log; null where the file itself is the reason. */
  | { readonly outcome: 'refused'; readonly problem: Problem; readonly detail: string | null };

/** A file of an archive: where its bytes are, or why there are none. */
export type UnpackedReturn = { readonly fileName: string } & (
  | { readonly path: string }
  | { readonly problem: Problem }
);

/** Reads returned files against forms. Never rejects. */
export interface ReturnReader {
  read(file: { readonly path: string; readonly fileName: string }, forms: readonly FormModel[]): Promise<ReadReturn>;
  close(): Promise<void>;
}

/** Reads in this very process: for the command line, whose user waits for it and for nothing else. */
export const directReturnReader: ReturnReader = {
  async read({ path: place, fileName }, forms) {
    try {
      const bytes = await readFile(place);
      const members = await unpacked(bytes, fileName, place);
      if (members !== null) return { outcome: 'unpacked', members };
      return { outcome: 'read', result: await readReturnFile(bytes, fileName, forms) };
    } catch (error) {
      return refusalOf(error, fileName);
    }
  },
  close: async () => undefined,
};

async function unpacked(bytes: Uint8Array, fileName: string, place: string): Promise<readonly UnpackedReturn[] | null> {
  const archive = await returnMembers(bytes, fileName);
  if (archive === null) return null;
  const members: UnpackedReturn[] = [];
  try {
    for await (const { fileName: name, content } of archive) {
      if (content instanceof HongtouError) members.push({ fileName: name, problem: problemOf(content) as Problem });
      else {
        const own = `${place}-${members.length + 1}`;
        members.push({ fileName: name, path: own });
        await writeFile(own, content, { mode: 0o600 });
      }
    }
    return members;
  } catch (error) {
    for (const member of members) if ('path' in member) await rm(member.path, { force: true });
    throw error;
  }
}

export function refusalOf(error: unknown, fileName: string): ReadReturn {
  const known = problemOf(error);
  if (known !== undefined) return { outcome: 'refused', problem: known, detail: null };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: 'refused', problem: problem('INTERNAL', { what: `reading "${fileName}"` }), detail };
}

/** What the process is asked for, one at a time. */
export interface ReadReturnRequest {
  readonly path: string;
  readonly fileName: string;
  readonly forms: readonly FormModel[];
}

/**
 * Reads one file after another in a process of its own, which is killed when a file takes too long or too much memory; the
 * next file gets a new one. Starts no process before it is needed.
 */
export function startReturnReader(limits: { readonly timeoutMs: number; readonly memoryMb: number }): ReturnReader {
  let child: ChildProcess | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const begin = () => {
    const started = fork(ownEntry(), [], {
      cwd: packageRoot,
      execArgv: [...(runsFromSource ? ['--import', 'tsx'] : []), `--max-old-space-size=${limits.memoryMb}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // Also while nothing is read: without a listener such an event would end the server.
    const end = () => {
      if (child === started) child = null;
    };
    return started.on('error', end).on('exit', end);
  };
  const readNow = (request: ReadReturnRequest) =>
    new Promise<ReadReturn>((resolve) => {
      child ??= begin();
      const own = child;
      const { fileName } = request;
      let lastWords = '';
      const listen = (text: Buffer) => {
        lastWords = (lastWords + text.toString()).slice(-4_000);
      };
      const settle = (answer: ReadReturn) => {
        clearTimeout(timer);
        own.off('message', settle).off('error', fail).off('exit', exit);
        own.stderr?.off('data', listen);
        resolve(answer);
      };
      const refuse = (reason: Problem, detail: string | null = null) =>
        settle({ outcome: 'refused', problem: reason, detail });
      const fail = (error: Error) => refuse(problem('READER_STOPPED', { fileName, reason: error.message }), lastWords);
      const exit = (code: number | null, signal: string | null) => {
        const what = `reading it needs more than ${limits.memoryMb} MB of memory`;
        if (/heap out of memory|heap limit/.test(lastWords)) refuse(problem('LIMIT_EXCEEDED', { fileName, what }));
        else fail(new Error(signal === null ? `exit status ${code}` : `signal ${signal}`));
      };
      const timer = setTimeout(() => {
        child = null;
        refuse(problem('TIMED_OUT', { fileName, seconds: limits.timeoutMs / 1_000 }));
        own.kill('SIGKILL');
      }, limits.timeoutMs);
      own.on('message', settle).on('error', fail).on('exit', exit);
      own.stderr?.on('data', listen);
      own.send(request, (error) => error && fail(error));
    });
  return {
    read({ path: place, fileName }, forms) {
      const next = turn.then(() => readNow({ path: place, fileName, forms }));
      turn = next;
      return next;
    },
    async close() {
      child?.kill('SIGKILL');
      await turn;
    },
  };
}

function ownEntry(): string {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  return path.join(folder, runsFromSource ? 'returnReaderProcess.ts' : 'returnReaderProcess.js');
}
