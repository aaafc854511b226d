import { HongtouError, readLimits } from '../../../models/index.ts';
import { type Matrix, mapBox } from '../pdf/matrix.ts';
import { childOf, childrenOf, descendantOf, type XmlElement } from '../xml.ts';
import { parseBox, pointsPerMillimetre } from './numbers.ts';
import { folderOf, locate, type OfdPackage, type OfdPart, readOfdPart } from './package.ts';
import { type DrawnContent, drawBlock, drawLayers } from './pageContent.ts';
import { emptyResources, type Resources, readResources } from './resources.ts';

/** A page as its document lists it. */
export interface ListedPage {
  readonly id: string;
  readonly document: OfdDocument;
  readonly location: string;
}

/** A page with its content read; not kept, as a document may have thousands. */
export interface OfdPage extends ListedPage {
  /** null: the page is listed but not in the package. */
  readonly part: OfdPart | null;
  /** Millimetres: corner and size of the paper. */
  readonly box: readonly [number, number, number, number];
  /** From millimetres of the page to points from its upper left corner. */
  readonly matrix: Matrix;
}

export interface OfdDocument {
  readonly root: XmlElement;
  readonly path: string;
  readonly resources: Resources;
  readonly templates: ReadonlyMap<string, OfdPart>;
  /** Locations of the annotations of a page, by the page's ID. */
  readonly annotations: ReadonlyMap<string, readonly OfdPart[]>;
  readonly signatures: string | null;
  readonly pages: ListedPage[];
}

/** Millimetres; a box beyond is no paper. */
const largestPaper = 20_000;

const a4: readonly [number, number, number, number] = [0, 0, 210, 297];

/**
 * The documents of a package (several DocBody: several documents in one file), each with its pages in order.
 *
 * @throws FILE_DAMAGED where none can be read, FILE_ENCRYPTED where the parts are encrypted (GM/T 0099-2020),
 * LIMIT_EXCEEDED for too many pages
 */
export function readDocuments(source: OfdPackage): OfdDocument[] {
  const entrance = readOfdPart(source, `/${source.entrance}`, '') ?? readOfdPart(source, source.entrance, '');
  const bodies = childrenOf(entrance?.root, 'DocBody').map((body) => ({
    root: documentRoot(source, body),
    signatures: childOf(body, 'Signatures')?.text.trim() ?? null,
  }));
  const documents = readBodies(source, bodies);
  if (documents.length > 0) return documents;
  if (isEncrypted(source)) throw new HongtouError('FILE_ENCRYPTED', { fileName: source.fileName });
  // OFD.xml is damaged, or leads nowhere: documents are usually called Document.xml.
  const named = source.archive.entries.filter((entry) => /(?:^|\/)document\.xml$/i.test(entry.name));
  const found = readBodies(
    source,
    named.map((entry) => ({ root: `/${entry.name.slice(folderOf(source.entrance).length)}`, signatures: null })),
  );
  if (found.length > 0) return found;
  throw new HongtouError('FILE_DAMAGED', { fileName: source.fileName, reason: 'it holds no document with pages' });
}

/** The documents that have pages. */
function readBodies(
  source: OfdPackage,
  bodies: readonly { readonly root: string | undefined; readonly signatures: string | null }[],
): OfdDocument[] {
  const documents: OfdDocument[] = [];
  let pageCount = 0;
  for (const body of bodies) {
    const root = readOfdPart(source, body.root, source.entrance);
    if (root === null) {
      say(source, 'ofd-document-missing', `文档“${body.root ?? ''}”不在文件中，或已损坏。`);
      continue;
    }
    const document = readDocument(source, root, body.signatures);
    pageCount += document.pages.length;
    if (pageCount > readLimits.pages) {
      const what = `more than ${readLimits.pages} pages`;
      throw new HongtouError('LIMIT_EXCEEDED', { fileName: source.fileName, what });
    }
    if (document.pages.length > 0) documents.push(document);
  }
  return documents;
}

/** GM/T 0099-2020: an encrypted package lists what is encrypted in Encryptions.xml. */
function isEncrypted(source: OfdPackage): boolean {
  return source.archive.find('Encryptions.xml') !== null || source.archive.find('OFDEncryptions.xml') !== null;
}

/** The current version where the document has versions (16), the document itself otherwise. */
function documentRoot(source: OfdPackage, body: XmlElement): string | undefined {
  const current = childrenOf(childOf(body, 'Versions'), 'Version').find((item) => item.attributes.Current === 'true');
  const version = current && readOfdPart(source, current.attributes.BaseLoc, source.entrance);
  const root = version && childOf(version.root, 'DocRoot')?.text.trim();
  if (version && root) return `/${locate(source, root, version.path)?.name ?? root}`;
  return childOf(body, 'DocRoot')?.text.trim();
}

function readDocument(source: OfdPackage, part: OfdPart, signatures: string | null): OfdDocument {
  const { root, path } = part;
  const common = childOf(root, 'CommonData');
  const resources = readResources(source, common, ['PublicRes', 'DocumentRes'], path, emptyResources());
  const templates = new Map<string, OfdPart>();
  for (const template of childrenOf(common, 'TemplatePage')) {
    const found = readOfdPart(source, template.attributes.BaseLoc, path);
    if (found !== null) templates.set(template.attributes.ID ?? '', found);
  }
  const annotations = readAnnotations(source, childOf(root, 'Annotations')?.text, path);
  const document: OfdDocument = { root, path, resources, templates, annotations, signatures, pages: [] };
  const listed = childrenOf(childOf(root, 'Pages'), 'Page');
  if (listed.length > readLimits.pages) {
    throw new HongtouError('LIMIT_EXCEEDED', { fileName: source.fileName, what: `${listed.length} pages` });
  }
  for (const page of listed) {
    document.pages.push({ id: page.attributes.ID ?? '', document, location: page.attributes.BaseLoc ?? '' });
  }
  return document;
}

/** Reads the content of a page and finds its paper. */
export function openPage(source: OfdPackage, page: ListedPage): OfdPage {
  const { root, path, pages } = page.document;
  // Pages are usually all called Content.xml: a lost one must not give its place to another.
  const part = readOfdPart(source, page.location, path, pages.length === 1);
  const shared = childOf(childOf(root, 'CommonData'), 'PageArea');
  const box = paperOf(childOf(part?.root, 'Area')) ?? paperOf(shared) ?? a4;
  const scale = pointsPerMillimetre;
  return { ...page, part, box, matrix: [scale, 0, 0, scale, -box[0] * scale, -box[1] * scale] };
}

function paperOf(area: XmlElement | null): readonly [number, number, number, number] | null {
  for (const name of ['PhysicalBox', 'ApplicationBox', 'ContentBox']) {
    const box = parseBox(childOf(area, name)?.text);
    if (box !== null && box[2] > 0 && box[3] > 0 && Math.max(...box.map(Math.abs)) < largestPaper) return box;
  }
  return null;
}

/** 15.2: a list of pages, each with the file of its annotations. */
function readAnnotations(
  source: OfdPackage,
  location: string | undefined,
  from: string,
): ReadonlyMap<string, readonly OfdPart[]> {
  const found = new Map<string, OfdPart[]>();
  const list = readOfdPart(source, location, from);
  for (const page of childrenOf(list?.root, 'Page')) {
    const id = page.attributes.PageID ?? '';
    const part = readOfdPart(source, childOf(page, 'FileLoc')?.text, list?.path ?? from);
    if (part !== null) found.set(id, [...(found.get(id) ?? []), part]);
  }
  return found;
}

/**
 * Draws a page: templates, its own layers, then its annotations.
 *
 * @param withInk keep what is needed to draw the page as a picture
 */
export function drawPage(
  source: OfdPackage,
  page: OfdPage,
  pageNumber: number,
  withInk = false,
): DrawnContent & Resourceful {
  const { document, part, matrix } = page;
  const content: DrawnContent = {
    glyphs: [],
    strokes: [],
    figures: [],
    pictures: [],
    ink: withInk ? [] : null,
    budget: { objects: 1_000_000 },
  };
  const resources = part === null ? document.resources : pageResources(source, part, document.resources);
  if (part === null) {
    source.diagnostics.push({
      code: 'page-unreadable',
      severity: 'error',
      message: `第${pageNumber}页的内容不在文件中，无法读取。`,
      page: pageNumber,
    });
    return { ...content, resources };
  }
  for (const use of childrenOf(part.root, 'Template')) {
    const template = document.templates.get(use.attributes.TemplateID ?? '');
    if (template === undefined) continue;
    const own = pageResources(source, template, document.resources);
    drawLayers(childOf(template.root, 'Content'), matrix, own, content);
  }
  drawLayers(childOf(part.root, 'Content'), matrix, resources, content);
  for (const annotations of document.annotations.get(page.id) ?? []) {
    for (const annotation of childrenOf(annotations.root, 'Annot'))
      drawAnnotation(annotation, page, resources, content);
  }
  if (content.budget.objects <= 0) {
    throw new HongtouError('LIMIT_EXCEEDED', {
      fileName: source.fileName,
      what: `too many objects on page ${pageNumber}`,
    });
  }
  return { ...content, resources };
}

interface Resourceful {
  readonly resources: Resources;
}

function pageResources(source: OfdPackage, part: OfdPart, shared: Resources): Resources {
  if (childOf(part.root, 'PageRes') === null) return shared;
  const own: Resources = {
    fonts: new Map(shared.fonts),
    media: new Map(shared.media),
    drawParams: new Map(shared.drawParams),
    composites: new Map(shared.composites),
    colorSpaces: new Map(shared.colorSpaces),
  };
  return readResources(source, part.root, ['PageRes'], part.path, own);
}

/** Stamps are seals, watermarks no text of the notice; anything else is drawn as it stands. */
function drawAnnotation(annotation: XmlElement, page: OfdPage, resources: Resources, into: DrawnContent): void {
  const { Type: type, Visible: visible } = annotation.attributes;
  if (visible === 'false' || type === 'Watermark' || type === 'Link') return;
  const appearance = childOf(annotation, 'Appearance');
  const boundary = parseBox(appearance?.attributes.Boundary);
  if (appearance === null || boundary === null) return;
  const [x, y, width, height] = boundary;
  if (type === 'Stamp' && descendantOf(appearance, 'ImageObject') !== null) {
    into.figures.push({ kind: 'seal', box: mapBox(page.matrix, x, y, x + width, y + height) });
    return;
  }
  const [a, b, c, d] = page.matrix;
  const corner = mapBox(page.matrix, x, y, x, y);
  drawBlock(appearance, [a, b, c, d, corner[0], corner[1]], resources, into);
}

function say(source: OfdPackage, code: string, message: string): void {
  source.diagnostics.push({ code, severity: 'warning', message, page: null });
}
