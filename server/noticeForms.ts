import path from 'node:path';
import { Extraction, HongtouError, type Notice } from '../models/index.ts';
import { extractFile } from '../pipeline/run.ts';
import type { Config } from './config.ts';
import { readInput } from './inputFile.ts';
import { readRegions } from './regions.ts';

export interface NamedNotices {
  readonly fileName: string;
  readonly extraction: Extraction;
  /** The one that FILE#n2 names; otherwise all. */
  readonly notices: readonly Notice[];
}

/**
 * The notices that FILE or FILE#n2 names: a notice in any format, or what `hongtou extract --json` printed for one (.json).
 * Throws HongtouError for what cannot be read, and NOT_FOUND for a notice that the file does not have.
 */
export async function readNotices(argument: string, config: Config, signal: AbortSignal): Promise<NamedNotices> {
  const named = /^(.+)#(n\d{1,4})$/.exec(argument);
  const file = named?.[1] ?? argument;
  const input = await readInput(file);
  const regions = config.regions === undefined ? undefined : await readRegions(config.regions);
  const stored = path.extname(file).toLowerCase() === '.json' ? storedExtraction(input.bytes) : null;
  const extraction = stored ?? (await extractFile(input, { signal, ...(regions && { regions }) }));
  const notices = named === null ? extraction.notices : extraction.notices.filter((notice) => notice.id === named[2]);
  if (notices.length === 0) throw new HongtouError('NO_TABLE', { fileName: argument });
  return { fileName: input.fileName, extraction, notices };
}

function storedExtraction(bytes: Uint8Array): Extraction | null {
  try {
    const parsed = Extraction.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
