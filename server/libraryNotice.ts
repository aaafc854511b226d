import { type Extraction, HongtouError, type Notice } from '../models/index.ts';
import type { ComparedNotice } from '../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../pipeline/compare/effectiveNotice.ts';
import type { Config } from './config.ts';
import type { Library } from './library.ts';
import { maskExtraction } from './maskContacts.ts';

/**
 * A notice of the library with all that it passes on, ready to be compared. `named`: `<file id>` or
 * `<file id>.<notice id>`. `outermost`: take the cover that passes the named notice on, where there is one.
 * Throws NOT_FOUND and NOT_READ_YET.
 */
export async function libraryNotice(
  library: Library,
  config: Config,
  named: string,
  outermost = false,
): Promise<ComparedNotice> {
  const [fileId = '', noticeId] = named.split('.');
  const file = await library.store.findFile(fileId);
  if (file === undefined) throw new HongtouError('NOT_FOUND', { what: `File ${fileId}` });
  const stored = await library.store.findExtraction(fileId);
  if (stored === undefined) throw new HongtouError('NOT_READ_YET', { fileName: file.fileName });
  const extraction = config.maskContacts ? maskExtraction(stored.extraction) : stored.extraction;
  const found =
    noticeId === undefined
      ? contentNotice(extraction.notices)
      : extraction.notices.find((candidate) => candidate.id === noticeId);
  if (found === undefined) throw new HongtouError('NOT_FOUND', { what: `Notice ${noticeId ?? ''} of this file` });
  const notice = outermost ? coverOf(found, extraction) : found;
  return { fileName: file.fileName, notice: effectiveNotice(notice, extraction.notices), text: extraction.text };
}

function coverOf(notice: Notice, { notices }: Extraction): Notice {
  const seen = new Set<string>();
  let outer = notice;
  for (;;) {
    seen.add(outer.id);
    const cover = notices.find((other) => other.forwards === outer.id && !seen.has(other.id));
    if (cover === undefined) return outer;
    outer = cover;
  }
}
