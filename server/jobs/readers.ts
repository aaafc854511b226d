import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JobProgress, type Problem, problem } from '../../models/api/library.ts';
import type { Extraction, PageView } from '../../models/index.ts';
import { troubleMark } from '../../pipeline/ocr/tellTrouble.ts';
import type { PageAsked } from '../../pipeline/pagePicture.ts';
import { readerEnvironment } from '../config.ts';
import { packageRoot, runsFromSource } from '../packageRoot.ts';
import type { DrawRequest, ReadReply, ReadRequest } from './readerMessages.ts';

export interface ReaderLimits {
  /** Processes at the same time. */
  readonly processes: number;
  readonly timeoutMs: number;
  /** Further time for each page that is recognised; default none. */
  readonly pageTimeoutMs?: number;
  /** Resident memory of one process, in MB. */
  readonly memoryMb: number;
  /** A file of divisions beyond the official list. */
  readonly regions?: string | undefined;
  /** A process without work ends after this time and gives its memory back; default: it stays. */
  readonly idleMs?: number;
  /** Hears what engines and decoders say of their trouble (`tellTrouble`): a line, for the log. */
  readonly onTrouble?: (words: string) => void;
}

export type ReadableFile = Pick<ReadRequest, 'path' | 'fileName'> & Partial<Pick<ReadRequest, 'ocr' | 'pagesFolder'>>;

export type ReadResult =
  | {
      readonly outcome: 'read';
      readonly extraction: Extraction;
      readonly pages: readonly PageView[];
      readonly extractorVersion: string;
    }
  /** So many pages of it must be recognised; only where that was asked. */
  | { readonly outcome: 'scanned'; readonly pageCount: number }
  /** `picture`: a JPEG; null: the page has none. */
  | { readonly outcome: 'drawn'; readonly picture: Buffer | null }
  /** `retry`: the file itself may not be the reason. `detail`: for the log. */
  | { readonly outcome: 'failed'; readonly problem: Problem; readonly retry: boolean; readonly detail: string | null }
  | { readonly outcome: 'aborted' };

export interface ReadOptions {
  readonly onProgress?: (progress: JobProgress) => void;
  readonly signal?: AbortSignal;
}

interface StoredFile {
  readonly path: string;
  readonly fileName: string;
}

/** Reads files in processes of their own, which are killed when they take too long or too much. */
export interface Readers {
  read(file: ReadableFile, options?: ReadOptions): Promise<ReadResult>;
  /** Draws a page. */
  draw(file: StoredFile, page: PageAsked, options?: ReadOptions): Promise<ReadResult>;
  /** Process numbers, for a look from outside. */
  pids(): readonly number[];
  close(): Promise<void>;
}

/** A process is replaced after so many files: native libraries let go of memory late or never. */
const filesPerProcess = 200;
const memoryCheckMs = 250;
/** Characters that are kept of what a process says on stderr. */
const mostWords = 4_000;

/** Starts no process before it is needed. */
export function startReaders(limits: ReaderLimits, entry: string = ownEntry()): Readers {
  const idle: Reader[] = [];
  const all = new Set<Reader>();
  const resting = new Map<Reader, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let isClosed = false;

  const acquire = async (): Promise<Reader> => {
    while (true) {
      if (isClosed) throw new Error('The readers are closed.');
      const free = idle.pop();
      if (free !== undefined) {
        clearTimeout(resting.get(free));
        if (free.isAlive()) return free;
        all.delete(free);
      } else if (all.size < limits.processes) {
        const reader = startReader(entry, limits);
        all.add(reader);
        return reader;
      } else {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    }
  };
  const end = (reader: Reader) => {
    reader.kill();
    all.delete(reader);
    clearTimeout(resting.get(reader));
    resting.delete(reader);
  };
  const release = (reader: Reader) => {
    if (reader.isAlive() && reader.filesRead < filesPerProcess && !isClosed) {
      idle.push(reader);
      if (limits.idleMs !== undefined) {
        const retire = () => {
          idle.splice(idle.indexOf(reader), 1);
          end(reader);
        };
        resting.set(reader, setTimeout(retire, limits.idleMs).unref());
      }
    } else end(reader);
    waiting.shift()?.();
  };

  const ask = async (request: ReadRequest | DrawRequest, options: ReadOptions): Promise<ReadResult> => {
    const reader = await acquire();
    try {
      return await reader.read(request, options);
    } finally {
      release(reader);
    }
  };

  return {
    read: (file, options = {}) => ask({ type: 'read', ocr: 'none', pagesFolder: null, ...file }, options),
    draw: (file, page, options = {}) => ask({ type: 'draw', ...file, ...page }, options),
    pids: () => [...all].flatMap((reader) => (reader.pid === undefined ? [] : [reader.pid])),
    async close() {
      isClosed = true;
      for (const timer of resting.values()) clearTimeout(timer);
      for (const reader of all) reader.kill();
      for (const resolve of waiting.splice(0)) resolve();
      await Promise.all([...all].map((reader) => reader.ended));
    },
  };
}

interface Reader {
  readonly pid: number | undefined;
  readonly filesRead: number;
  readonly ended: Promise<void>;
  isAlive(): boolean;
  kill(): void;
  read(request: ReadRequest | DrawRequest, options: ReadOptions): Promise<ReadResult>;
}

function startReader(entry: string, limits: ReaderLimits): Reader {
  const child = fork(entry, limits.regions === undefined ? [] : [limits.regions], {
    cwd: packageRoot,
    env: readerEnvironment(),
    execArgv: [...(entry.endsWith('.ts') ? ['--import', 'tsx'] : []), `--max-old-space-size=${limits.memoryMb}`],
    // The result of a command goes to stdout, and a library that prints must not disturb it.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  /** A line that has not ended yet. */
  let begun = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (begun + text).split('\n');
    begun = lines.pop()!.slice(0, mostWords);
    for (const line of lines) {
      // Not why the process ends: it goes on after such trouble.
      if (line.startsWith(troubleMark)) limits.onTrouble?.(line.slice(troubleMark.length, mostWords));
      else lastWords = `${lastWords}${line}\n`.slice(-mostWords);
    }
  });
  const wordsAtEnd = () => (begun.startsWith(troubleMark) ? lastWords : lastWords + begun);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let filesRead = 0;
  // `killed` first: a killed process is still there for a moment.
  const isAlive = () => !child.killed && child.exitCode === null && child.signalCode === null && child.connected;

  return {
    pid: child.pid,
    ended,
    isAlive,
    get filesRead() {
      return filesRead;
    },
    kill: () => child.kill('SIGKILL'),
    read(request, options) {
      filesRead += 1;
      const { fileName } = request;
      return new Promise<ReadResult>((resolve) => {
        const settle = (result: ReadResult) => {
          clearTimeout(timer);
          clearInterval(watch);
          options.signal?.removeEventListener('abort', abort);
          child.off('message', hear);
          child.off('exit', exit);
          child.off('error', fail);
          resolve(result);
        };
        /** Ends the process as well: it is in the middle of something. */
        const giveUp = (result: ReadResult) => {
          child.kill('SIGKILL');
          settle(result);
        };
        const failed = (reason: Problem, retry: boolean, detail: string | null = null): ReadResult => ({
          outcome: 'failed',
          problem: reason,
          retry,
          detail,
        });
        const hear = (message: unknown) => {
          const reply = message as ReadReply;
          if (reply.type === 'progress') {
            if (reply.progress.stage === 'recognize') allowedMs += limits.pageTimeoutMs ?? 0;
            options.onProgress?.(reply.progress);
          } else if (reply.type === 'scanned') settle({ outcome: 'scanned', pageCount: reply.pageCount });
          else if (reply.type === 'read') {
            const { extraction, pages, extractorVersion } = reply;
            settle({ outcome: 'read', extraction, pages, extractorVersion });
          } else if (reply.type === 'drawn') {
            settle({ outcome: 'drawn', picture: reply.picture === null ? null : Buffer.from(reply.picture, 'base64') });
          } else if (reply.type === 'refused') settle(failed(reply.problem, false));
          else if (reply.type === 'broke') {
            settle(failed(problem('INTERNAL', { what: `reading "${fileName}"` }), false, reply.detail));
          }
        };
        const stopped = (reason: string) =>
          settle(failed(problem('READER_STOPPED', { fileName, reason }), true, wordsAtEnd().trim() || null));
        const exit = (code: number | null, signal: string | null) => {
          if (/heap out of memory|heap limit/.test(wordsAtEnd()))
            settle(failed(tooMuchMemory(fileName, limits), false));
          else if (signal === 'SIGKILL') stopped('it was killed from outside, most often because memory ran out');
          else stopped(signal === null ? `exit status ${code}` : `signal ${signal}`);
        };
        const fail = (error: Error) => stopped(error.message);
        const abort = () => giveUp({ outcome: 'aborted' });
        const begun = performance.now();
        let allowedMs = limits.timeoutMs;
        const late = () => {
          const left = begun + allowedMs - performance.now();
          // Pages were begun meanwhile, and brought time with them.
          if (left > 1) timer = setTimeout(late, left);
          else giveUp(failed(problem('TIMED_OUT', { fileName, seconds: Math.round(allowedMs / 1_000) }), false));
        };
        let timer = setTimeout(late, allowedMs);
        const watch = setInterval(async () => {
          const used = await residentMb(child);
          if (used !== undefined && used > limits.memoryMb) giveUp(failed(tooMuchMemory(fileName, limits), false));
        }, memoryCheckMs);

        child.on('message', hear);
        child.once('exit', exit);
        child.once('error', fail);
        if (options.signal?.aborted) return abort();
        options.signal?.addEventListener('abort', abort, { once: true });
        if (!isAlive()) return stopped('it had ended before');
        child.send(request, (error) => {
          if (error) stopped(error.message);
        });
      });
    },
  };
}

function tooMuchMemory(fileName: string, limits: ReaderLimits): Problem {
  return problem('LIMIT_EXCEEDED', { fileName, what: `reading it needs more than ${limits.memoryMb} MB of memory` });
}

/** Resident memory as Linux tells it; elsewhere only the limit of the heap holds. */
async function residentMb(child: ChildProcess): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
  } catch {
    return undefined;
  }
}

function ownEntry(): string {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  return path.join(folder, runsFromSource ? 'readerProcess.ts' : 'readerProcess.js');
}
