import { type Diagnostic, HongtouError, type SourceFile } from '../../../models/index.ts';
import { type Archive, openArchive } from '../archive.ts';
import { parseXml, type XmlElement } from '../xml.ts';

/** A relationship of a part: what it is (the last word of its type) and where its target lies. */
export interface Relationship {
  readonly type: string;
  /** Path inside the package, or the address as written where it is external. */
  readonly target: string;
  readonly external: boolean;
}

/** An office document as a package of parts (OPC, ECMA-376 part 2). */
export interface Package {
  readonly archive: Archive;
  readonly fileName: string;
  readonly diagnostics: Diagnostic[];
  /** Path of the main document part. */
  readonly mainPart: string;
}

/**
 * Opens the package and finds its main part by relationship, as a part may have any name; `word/document.xml` where
 * the relationships are lost.
 *
 * @throws FILE_DAMAGED where there is no main part, and what openArchive throws
 */
export async function openPackage(input: SourceFile): Promise<Package> {
  const archive = await openArchive(input.bytes, input.fileName);
  const opened = { archive, fileName: input.fileName, diagnostics: [...archive.diagnostics] };
  const relations = relationshipsOf({ ...opened, mainPart: '' }, '');
  const stated = [...relations.values()].find((relation) => relation.type === 'officeDocument' && !relation.external);
  const mainPart = [stated?.target ?? '', 'word/document.xml'].find(
    (path) => path !== '' && archive.find(path) !== null,
  );
  if (mainPart === undefined) {
    throw new HongtouError('FILE_DAMAGED', { fileName: input.fileName, reason: 'it has no main document part' });
  }
  return { ...opened, mainPart };
}

/** The relationships of a part by id; of the package itself for the path ''. */
export function relationshipsOf(source: Package, part: string): ReadonlyMap<string, Relationship> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const root = readPart(source, `${folder}_rels/${part.slice(slash)}.rels`);
  const relations = new Map<string, Relationship>();
  for (const child of root?.children ?? []) {
    const { Id: id, Type: type = '', Target: target = '', TargetMode: mode } = child.attributes;
    if (child.name !== 'Relationship' || id === undefined) continue;
    const external = mode === 'External';
    relations.set(id, {
      type: type.slice(type.lastIndexOf('/') + 1),
      target: external ? target : target.startsWith('/') ? target.slice(1) : `${folder}${decoded(target)}`,
      external,
    });
  }
  return relations;
}

/** The first internal target of this type. */
export function targetOfType(relations: ReadonlyMap<string, Relationship>, type: string): string | null {
  for (const relation of relations.values()) {
    if (relation.type === type && !relation.external) return relation.target;
  }
  return null;
}

/**
 * The root element of an XML part; null where the package has no such part, or a damaged one, which is said.
 *
 * @param essential throw FILE_DAMAGED rather than go on without the part
 */
export function readPart(source: Package, path: string | null, essential = false): XmlElement | null {
  if (path === null) return null;
  const entry = source.archive.find(path);
  if (entry === null) return null;
  const say = (code: string, message: string) =>
    source.diagnostics.push({ code, severity: 'warning', message, page: null });
  try {
    const { root, problem } = parseXml(source.archive.read(entry), source.fileName, entry.name);
    if (problem !== null) say('xml-malformed', `文件部件“${entry.name}”不是规范的XML，只读出了能读的部分。`);
    return root;
  } catch (error) {
    if (essential || !(error instanceof HongtouError) || error.code !== 'FILE_DAMAGED') throw error;
    say('part-unreadable', `文件部件“${entry.name}”已损坏，未能读取。`);
    return null;
  }
}

function decoded(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}
