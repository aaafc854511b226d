import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HongtouError, type Notice } from '../../models/index.ts';
import type { ComparedNotice } from '../../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../../pipeline/compare/effectiveNotice.ts';
import { type ExtractOptions, extractFile } from '../../pipeline/run.ts';

/** What commands that compare write to; the same as the command line's own. */
export interface CommandIo {
  out(text: string): Promise<void>;
  err(line: string): void;
}

/** The notices of one source: what a library id or a file holds. */
export interface SourceNotices {
  readonly fileName: string;
  readonly notices: readonly Notice[];
  /** `Extraction.text`. */
  readonly text: string;
}

/** Finds the notices that an argument names, before its `#n2`. undefined: the argument is none of its kind. */
export type SourceResolver = (name: string) => Promise<SourceNotices | undefined>;

/** Reads a file by its path. Throws HongtouError for what cannot be read. */
export async function readSource(file: string, options: ExtractOptions = {}): Promise<SourceNotices> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      throw new HongtouError('FILE_NOT_FOUND', { fileName: file }, { cause: error });
    }
    throw new HongtouError('FILE_UNREADABLE', { fileName: file, reason: error.message }, { cause: error });
  });
  if (found.isDirectory()) throw new HongtouError('IS_A_FOLDER', { fileName: file });
  const bytes = await readFile(file);
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName: file });
  const { notices, text } = await extractFile({ fileName: path.basename(file), bytes }, options);
  return { fileName: path.basename(file), notices, text };
}

/** FILE#n2 → FILE and n2; a file whose own name has a # is taken as it is when it exists. */
export function splitNoticeId(argument: string): { readonly source: string; readonly noticeId: string | null } {
  const match = /^(.+)#(n\d{1,4})$/.exec(argument);
  return match ? { source: match[1]!, noticeId: match[2]! } : { source: argument, noticeId: null };
}

/**
 * The notice that an argument names: FILE or a library id, FILE#n2 for the second one in it; without #, the one that
 * holds the content. A cover comes with what it passes on. Throws HongtouError.
 */
export async function noticeOf(
  argument: string,
  options: ExtractOptions = {},
  resolve?: SourceResolver,
): Promise<ComparedNotice> {
  const { source, noticeId } = splitNoticeId(argument);
  const { fileName, notices, text } = (await resolve?.(source)) ?? (await readSource(source, options));
  const notice = noticeId === null ? contentNotice(notices) : notices.find((one) => one.id === noticeId);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of "${source}"` });
  return { fileName, notice: effectiveNotice(notice, notices), text };
}
