import { existsSync } from 'node:fs';
import path from 'node:path';
import { Extraction, HongtouError, type Notice } from '../models/index.ts';
import type { ComparedNotice } from '../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../pipeline/compare/effectiveNotice.ts';
import { extractFile } from '../pipeline/run.ts';
import type { Config } from './config.ts';
import { readInput } from './inputFile.ts';
import { openLibrary } from './library.ts';
import { maskExtraction } from './maskContacts.ts';
import { readRegions } from './regions.ts';
import { databasePath } from './store/sqliteStore.ts';

export interface NamedNotices {
  readonly fileName: string;
  readonly extraction: Extraction;
  /** The one that FILE#n2 names; otherwise all. */
  readonly notices: readonly Notice[];
}

/**
 * The notices that FILE or FILE#n2 names: a notice in any format, the id of one in the library, or what `hongtou extract --json` printed for one (.json).
 * Throws HongtouError for what cannot be read, and NOT_FOUND for a notice that the file does not have.
 */
export async function readNotices(argument: string, config: Config, signal: AbortSignal): Promise<NamedNotices> {
  const named = /^(.+)#(n\d{1,4})$/.exec(argument);
  const file = named?.[1] ?? argument;
  const kept = await keptExtraction(file, config);
  if (kept !== null) return noticesOf(kept, named?.[2], argument, config);
  const input = await readInput(file);
  const regions = config.regions === undefined ? undefined : await readRegions(config.regions);
  const stored = path.extname(file).toLowerCase() === '.json' ? storedExtraction(input.bytes) : null;
  const extraction = stored ?? (await extractFile(input, { signal, ...(regions && { regions }) }));
  return noticesOf({ fileName: input.fileName, extraction }, named?.[2], argument, config);
}

/** The notice that an argument names, ready to be compared: without #n2 the one that holds the content, with what it passes on. */
export async function comparedNotice(argument: string, config: Config, signal: AbortSignal): Promise<ComparedNotice> {
  const { fileName, extraction, notices } = await readNotices(argument, config, signal);
  const notice = notices.length === 1 ? notices[0] : contentNotice(notices);
  if (notice === undefined) throw new HongtouError('NOT_FOUND', { what: `A notice in "${argument}"` });
  return { fileName, notice: effectiveNotice(notice, extraction.notices), text: extraction.text };
}

function noticesOf(
  { fileName, extraction }: Pick<NamedNotices, 'fileName' | 'extraction'>,
  noticeId: string | undefined,
  argument: string,
  { maskContacts }: Config,
): NamedNotices {
  const shown = maskContacts ? maskExtraction(extraction) : extraction;
  return { fileName, extraction: shown, notices: namedNotices(shown, noticeId, argument) };
}

function namedNotices(extraction: Extraction, noticeId: string | undefined, argument: string): readonly Notice[] {
  const notices = extraction.notices.filter((notice) => noticeId === undefined || notice.id === noticeId);
  if (notices.length === 0) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of "${argument}"` });
  return notices;
}

/** What the library holds under an id or its beginning (8 digits or more); null where it is no id, or names a file. */
async function keptExtraction(
  argument: string,
  config: Config,
): Promise<{ readonly fileName: string; readonly extraction: Extraction } | null> {
  if (!/^[0-9a-f]{8,64}$/.test(argument) || existsSync(argument) || !existsSync(databasePath(config.data))) return null;
  const library = await openLibrary(config);
  try {
    const [file, another] = await library.store.findFilesByPrefix(argument);
    if (file === undefined) return null;
    if (another !== undefined) {
      throw new HongtouError('NOT_ALLOWED', { what: `The id ${argument}`, reason: 'several files begin with it' });
    }
    const stored = await library.store.findExtraction(file.fileId);
    if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
    return { fileName: file.fileName, extraction: stored.extraction };
  } finally {
    await library.close();
  }
}

function storedExtraction(bytes: Uint8Array): Extraction | null {
  try {
    const parsed = Extraction.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
