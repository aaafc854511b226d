import { type Diagnostic, HongtouError, type SourceFile } from '../../../models/index.ts';
import { type Archive, type ArchiveEntry, openArchive } from '../archive.ts';
import { parseXml, type XmlElement } from '../xml.ts';

/** An OFD package: a ZIP archive with OFD.xml at its top (GB/T 33190-2016, 6). */
export interface OfdPackage {
  readonly archive: Archive;
  readonly fileName: string;
  readonly diagnostics: Diagnostic[];
  /** Path of OFD.xml. */
  readonly entrance: string;
}

/** A part that was found: its root element and the path that its relative locations start from. */
export interface OfdPart {
  readonly root: XmlElement;
  readonly path: string;
}

/**
 * Opens the package and finds OFD.xml: at the top, or below the folder that somebody packed instead of its content.
 *
 * @throws FILE_ENCRYPTED, FILE_DAMAGED, and what openArchive throws
 */
export async function openOfdPackage(input: SourceFile): Promise<OfdPackage> {
  const { fileName } = input;
  const archive = await openArchive(input.bytes, fileName);
  const entrance =
    archive.find('OFD.xml') ??
    archive.entries.find((entry) => entry.name.slice(entry.name.lastIndexOf('/') + 1).toLowerCase() === 'ofd.xml');
  if (entrance === undefined) throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'it has no OFD.xml' });
  return { archive, fileName, diagnostics: [...archive.diagnostics], entrance: entrance.name };
}

/**
 * Finds what a location (ST_Loc, 7.3) points to. By the standard it starts at the top of the package where it begins
 * with a slash, else at the folder of the file that it stands in. Producers get this wrong, so the other place is
 * tried, too, then the folders above, then the only file of that name.
 *
 * @param from path of the part that the location stands in
 * @param byName whether the only file of that name will do: not where others of the same name are to be expected
 */
export function locate(
  source: OfdPackage,
  location: string | undefined,
  from: string,
  byName = true,
): ArchiveEntry | null {
  const path = location?.trim().replaceAll('\\', '/') ?? '';
  if (path === '') return null;
  const top = folderOf(source.entrance);
  const tries: string[] = path.startsWith('/') ? [`${top}${path.slice(1)}`] : [];
  for (let folder = folderOf(from); ; folder = folderOf(folder.slice(0, -1))) {
    tries.push(`${folder}${path.replace(/^\/+/, '')}`);
    if (folder === '') break;
  }
  for (const attempt of tries) {
    const entry = source.archive.find(attempt);
    if (entry !== null) return entry;
  }
  if (!byName) return null;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const named = source.archive.entries.filter((entry) => entry.name.toLowerCase().endsWith(`/${name}`));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The XML part at a location; null where there is none, or where it is damaged, which is said. */
export function readOfdPart(
  source: OfdPackage,
  location: string | undefined,
  from: string,
  byName = true,
): OfdPart | null {
  const entry = locate(source, location, from, byName);
  if (entry === null) return null;
  const say = (code: string, message: string) =>
    source.diagnostics.push({ code, severity: 'warning', message, page: null });
  try {
    const { root, problem } = parseXml(source.archive.read(entry), source.fileName, entry.name);
    if (problem !== null) say('xml-malformed', `文件部件“${entry.name}”不是规范的XML，只读出了能读的部分。`);
    return { root, path: entry.name };
  } catch (error) {
    if (!(error instanceof HongtouError) || error.code !== 'FILE_DAMAGED') throw error;
    say('part-unreadable', `文件部件“${entry.name}”已损坏，未能读取。`);
    return null;
  }
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
