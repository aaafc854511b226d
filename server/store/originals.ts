import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HongtouError } from '../../models/index.ts';
import { isDiskFull } from './database.ts';

/**
 * The original bytes, each file once, under the SHA-256 of its content: `originals/ab/abcdef…`. A file's own name is
 * never part of a path. Bytes arrive under a temporary name in `incoming/`, are synced to the disk and then renamed.
 */
export interface Originals {
  /** A new path for bytes that arrive. */
  incomingPath(): string;
  /** Copies a file from elsewhere to an incoming path. */
  takeIn(source: string): Promise<string>;
  /** Hash and length of an incoming file, which is on the disk when this returns. */
  settle(incoming: string): Promise<{ readonly sha256: string; readonly byteLength: number }>;
  /** Gives a settled file its place. */
  place(incoming: string, sha256: string): Promise<void>;
  pathOf(sha256: string): string;
  remove(sha256: string): Promise<void>;
  list(): Promise<readonly string[]>;
  /** Removes what dead processes left in `incoming/`. */
  sweepIncoming(): Promise<void>;
}

/** Tells this run of the process from an earlier one with the same number. */
const session = randomUUID().slice(0, 8);

export async function openOriginals(folder: string): Promise<Originals> {
  const incoming = path.join(folder, 'incoming');
  const originals = path.join(folder, 'originals');
  await mkdir(incoming, { recursive: true });
  await mkdir(originals, { recursive: true });
  const pathOf = (sha256: string) => path.join(originals, sha256.slice(0, 2), sha256);
  // The name says which process writes it, so that another can tell whether it is still at work.
  const incomingPath = () => path.join(incoming, `${process.pid}-${session}-${randomUUID()}`);

  return {
    incomingPath,
    async takeIn(source) {
      const target = incomingPath();
      try {
        await copyFile(source, target);
      } catch (error) {
        await rm(target, { force: true });
        throw isDiskFull(error) ? new HongtouError('STORAGE_FULL', undefined, { cause: error }) : error;
      }
      return target;
    },
    async settle(file) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(file), hash);
      await sync(file);
      return { sha256: hash.digest('hex'), byteLength: (await stat(file)).size };
    },
    async place(file, sha256) {
      const target = pathOf(sha256);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(file, target);
      await sync(path.dirname(target));
    },
    pathOf,
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    async list() {
      const found: string[] = [];
      for (const part of await readdir(originals)) found.push(...(await readdir(path.join(originals, part))));
      return found;
    },
    async sweepIncoming() {
      for (const name of await readdir(incoming)) {
        const owner = Number.parseInt(name, 10);
        const isOurs = name.startsWith(`${process.pid}-${session}-`);
        // In a container a dead process often had the number that this one has.
        if (!isOurs && (owner === process.pid || !isAlive(owner))) await rm(path.join(incoming, name), { force: true });
      }
    },
  };
}

/** Returns when the file's (or folder's) content is on the disk. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } catch (error) {
    throw isDiskFull(error) ? new HongtouError('STORAGE_FULL', undefined, { cause: error }) : error;
  } finally {
    await handle.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
