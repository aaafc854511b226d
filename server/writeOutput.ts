import { rename, rm, writeFile } from 'node:fs/promises';
import { HongtouError } from '../models/index.ts';

/** Writes a file as a whole or not at all: beside it first, then in its place. Throws NOT_WRITABLE. */
export async function writeOutput(file: string, content: Uint8Array | string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new HongtouError('NOT_WRITABLE', { fileName: file, reason }, { cause: error });
  }
}
