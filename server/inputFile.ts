import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HongtouError, readLimits, type SourceFile } from '../models/index.ts';

/** Opens a file that a user names. Throws HongtouError for what is not there, not a file, empty or far too large. */
export async function readInput(file: string): Promise<SourceFile> {
  await checkInput(file);
  try {
    return { fileName: path.basename(file), bytes: await readFile(file) };
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The same checks without reading it. */
export async function checkInput(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (found.isDirectory()) throw new HongtouError('IS_A_FOLDER', { fileName: file });
  if (!found.isFile())
    throw new HongtouError('FILE_UNREADABLE', { fileName: file, reason: 'it is not a regular file' });
  if (found.size === 0) throw new HongtouError('FILE_EMPTY', { fileName: file });
  if (found.size > readLimits.fileBytes) {
    throw new HongtouError('FILE_TOO_LARGE', { fileName: file, size: found.size, limit: readLimits.fileBytes });
  }
}

function unreadable(file: string, error: unknown): HongtouError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new HongtouError('FILE_NOT_FOUND', { fileName: file }, { cause: error });
  const reason = code === 'EACCES' ? 'permission is denied' : error instanceof Error ? error.message : String(error);
  return new HongtouError('FILE_UNREADABLE', { fileName: file, reason }, { cause: error });
}
