import { HongtouError, readLimits } from '../../models/index.ts';
import { type ArchiveBudget, archiveBudget, openArchive } from './archive.ts';
import { sniff } from './sniff.ts';
import { isJunk } from './zip.ts';

/** A returned file out of an archive, or why it could not be taken out of it. `fileName`: 报送.zip/甲县/报表.xlsx */
export interface ReturnMember {
  readonly fileName: string;
  readonly content: Uint8Array | HongtouError;
}

/**
 * The files of an archive of returns (.zip, names in UTF-8 or GBK), one after the other, those of archives inside it among
 * them; null for any other file, workbooks (which are archives too) included. What systems leave in archives is passed over;
 * every other file is told, also one that cannot be unpacked.
 *
 * Throws FILE_DAMAGED, FILE_ENCRYPTED, LIMIT_EXCEEDED for an archive that cannot be opened, NOT_A_RETURN for one without files.
 */
export async function returnMembers(bytes: Uint8Array, fileName: string): Promise<AsyncIterable<ReturnMember> | null> {
  if ((await sniff(bytes)).kind !== 'zip') return null;
  const budget = archiveBudget();
  // Opened here, so that what is wrong with the archive itself is told before anything is taken out of it.
  const archive = await openArchive(bytes, fileName, budget);
  if (archive.entries.every(({ name }) => isJunk(name))) {
    throw new HongtouError('NOT_A_RETURN', { fileName, detail: 'an archive without any file' });
  }
  return membersOf(archive, fileName, { depth: 0, budget });
}

async function* membersOf(
  archive: Awaited<ReturnType<typeof openArchive>>,
  fileName: string,
  place: { readonly depth: number; readonly budget: ArchiveBudget },
): AsyncGenerator<ReturnMember> {
  for (const { code } of archive.diagnostics) {
    const reason =
      code === 'archive-duplicate-entry' ? 'two files in it have one name' : 'a path in it leads out of it';
    yield { fileName, content: new HongtouError('FILE_DAMAGED', { fileName, reason }) };
  }
  for (const entry of archive.entries) {
    if (isJunk(entry.name)) continue;
    const name = `${fileName}/${shown(entry.name)}`;
    try {
      const content = archive.read(entry);
      const isArchive = content.length > 0 && (await sniff(content)).kind === 'zip';
      if (!isArchive) yield { fileName: name, content };
      else if (place.depth + 1 < readLimits.archiveDepth)
        yield* membersOf(await openArchive(content, name, place.budget), name, { ...place, depth: place.depth + 1 });
      else {
        const what = `more than ${readLimits.archiveDepth} archives in each other`;
        yield { fileName: name, content: new HongtouError('LIMIT_EXCEEDED', { fileName: name, what }) };
      }
    } catch (error) {
      if (!(error instanceof HongtouError)) throw error;
      yield { fileName: name, content: error };
    }
  }
}

/** Without characters that hide what a name is, and not longer than a name may be. */
function shown(path: string): string {
  return [...path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '')].slice(-160).join('');
}
