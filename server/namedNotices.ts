import { existsSync } from 'node:fs';
import path from 'node:path';
import { Extraction, HongtouError, type Notice } from '../models/index.ts';
import type { ComparedNotice } from '../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../pipeline/compare/effectiveNotice.ts';
import { extractFile } from '../pipeline/run.ts';
import type { Config } from './config.ts';
import { readInput } from './inputFile.ts';
import { openLibrary } from './library.ts';
import { readRegions } from './regions.ts';
import { databasePath } from './store/sqliteStore.ts';

export interface NamedNotices {
  readonly fileName: string;
  readonly extraction: Extraction;
  /** The one that FILE#n2 names; otherwise all. */
  readonly notices: readonly Notice[];
}

/**
 * The notices that FILE or FILE#n2 names: a notice in any format, what `hongtou extract --json` printed for one (.json), or the
 * id of a file in the library (or how it begins, six characters at least). Throws HongtouError for what cannot be read, and NOT_FOUND for a notice that the file does not have.
 */
export async function readNotices(argument: string, config: Config, signal: AbortSignal): Promise<NamedNotices> {
  const named = /^(.+)#(n\d{1,4})$/.exec(argument);
  const file = named?.[1] ?? argument;
  const kept = await fromLibrary(file, config);
  if (kept) return chosen(argument, named?.[2], kept.fileName, kept.extraction);
  const input = await readInput(file);
  const regions = config.regions === undefined ? undefined : await readRegions(config.regions);
  const stored = path.extname(file).toLowerCase() === '.json' ? storedExtraction(input.bytes) : null;
  const extraction = stored ?? (await extractFile(input, { signal, ...(regions && { regions }) }));
  return chosen(argument, named?.[2], input.fileName, extraction);
}

function chosen(
  argument: string,
  noticeId: string | undefined,
  fileName: string,
  extraction: Extraction,
): NamedNotices {
  const notices = noticeId === undefined ? extraction.notices : extraction.notices.filter(({ id }) => id === noticeId);
  if (notices.length === 0) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of "${argument}"` });
  return { fileName, extraction, notices };
}

/** What the library has under an id; undefined where the argument is none, or a file of that name exists. */
async function fromLibrary(
  id: string,
  config: Config,
): Promise<{ fileName: string; extraction: Extraction } | undefined> {
  if (!/^[0-9a-f]{6,64}$/.test(id) || existsSync(id) || !existsSync(databasePath(path.resolve(config.data))))
    return undefined;
  const library = await openLibrary(config);
  try {
    const found = await library.store.findFilesByPrefix(id);
    const [file] = found;
    if (file === undefined || found.length > 1) {
      throw new HongtouError('NOT_FOUND', { what: found.length > 1 ? `One file that begins with "${id}"` : `"${id}"` });
    }
    const stored = await library.store.findExtraction(file.fileId);
    if (stored === undefined)
      throw new HongtouError('NOT_FOUND', { what: `What "${file.fileName}" says (it is not read yet)` });
    return { fileName: file.fileName, extraction: stored.extraction };
  } finally {
    await library.close();
  }
}

/** The notice that an argument names, ready to be compared: without #n2 the one that holds the content, with what it passes on. */
export async function comparedNotice(argument: string, config: Config, signal: AbortSignal): Promise<ComparedNotice> {
  const { fileName, extraction, notices } = await readNotices(argument, config, signal);
  const notice = notices.length === 1 ? notices[0] : contentNotice(notices);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `A notice in "${argument}"` });
  return { fileName, notice: effectiveNotice(notice, extraction.notices), text: extraction.text };
}

function storedExtraction(bytes: Uint8Array): Extraction | null {
  try {
    const parsed = Extraction.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
