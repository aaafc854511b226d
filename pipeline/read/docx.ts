import {
  type Diagnostic,
  HongtouError,
  type Layout,
  type LayoutBlock,
  layoutPage,
  type SourceFile,
} from '../../models/index.ts';
import { isCompoundFile, isEncryptedPackage } from './compoundFile.ts';
import { type DocxContext, notice, noticedDiagnostics } from './docx/context.ts';
import { readFurniture } from './docx/furniture.ts';
import { alternativeOf, type InlinePiece } from './docx/inlines.ts';
import { readNotes } from './docx/notes.ts';
import { readNumbering } from './docx/numbering.ts';
import { openPackage, type Package, readPart, relationshipsOf, targetOfType } from './docx/package.ts';
import { readParagraph } from './docx/paragraphs.ts';
import { readStyles } from './docx/styles.ts';
import { readTable } from './docx/tables.ts';
import { childOf, type XmlElement } from './xml.ts';

const docxMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * Reads a Word document (DOCX, also DOCM, DOTX; ECMA-376 transitional and strict) as it prints: automatic numbers
 * rendered, revisions accepted, hidden text left out, text boxes where they are anchored, notes after the text. One
 * page that is none: where pages break is only known to the program that lays the document out.
 *
 * @throws FILE_EMPTY, FILE_DAMAGED, FILE_ENCRYPTED, UNSUPPORTED_FORMAT (an old .doc, or another office document, under
 * this name), LIMIT_EXCEEDED, TEXT_TOO_LONG
 */
export async function readDocx(input: SourceFile): Promise<Layout> {
  return (await readDocument(input)).layout;
}

/**
 * The pictures of pages, by page number from 1, for a document that is nothing but scans: one picture a page, as it is
 * in the file (EMF and WMF among them). null for other documents, and pages that are not there.
 */
export function docxPageImages(
  input: SourceFile,
): (page: number) => Promise<{ readonly picture: { readonly bytes: Uint8Array }; readonly box: null } | null> {
  let opened: ReturnType<typeof readDocument> | undefined;
  return async (page) => {
    opened ??= readDocument(input);
    const { source, scans } = await opened;
    const entry = source.archive.find(scans[page - 1] ?? '');
    return entry === null ? null : { picture: { bytes: source.archive.read(entry) }, box: null };
  };
}

async function readDocument(input: SourceFile): Promise<{ layout: Layout; source: Package; scans: readonly string[] }> {
  refuseOtherFiles(input);
  const source = await openPackage(input);
  const root = readPart(source, source.mainPart, true);
  const body = childOf(root, 'body');
  if (root === null || root.name !== 'document' || body === null) {
    const detail = 'an office document of another kind, or without text';
    throw new HongtouError('UNSUPPORTED_FORMAT', { fileName: input.fileName, detail });
  }
  const relations = relationshipsOf(source, source.mainPart);
  const partOfType = (type: string) => readPart(source, targetOfType(relations, type));
  const settings = partOfType('settings');
  const context: DocxContext = {
    source,
    styles: readStyles(partOfType('styles')),
    numbering: readNumbering(partOfType('numbering')),
    relations,
    noteReferences: [],
    counts: new Map(),
    pictures: [],
    textLength: { count: 0 },
    readBlocks,
  };
  const text = readBlocks(body, context);
  const scans = [...context.pictures];
  const notes = readNotes(settings, context);
  const furniture = readFurniture(body, settings, context);
  const blocks = [...furniture.letterhead, ...text, ...notes, ...furniture.imprint];
  const diagnostics: Diagnostic[] = [...source.diagnostics, ...noticedDiagnostics(context)];
  const isScan = !blocks.some(holdsText) && scans.length > 0;
  const known = { mediaType: docxMediaType, signatures: [], diagnostics };
  if (!isScan) {
    const page = layoutPage(blocks, { furniture: furniture.lines });
    return { layout: { ...known, paged: false, pages: [page] }, source, scans: [] };
  }
  // Each picture is a page that somebody scanned.
  const pictures = blocks.filter((block) => block.type === 'picture');
  const pages = scans.map((_, index) => {
    const block = pictures[index] ?? { type: 'picture', description: null, box: null };
    return layoutPage([block], { page: index + 1, needsRecognition: true });
  });
  const message = `文件没有文字，只有${scans.length}幅图片，需要识别。`;
  diagnostics.push({ code: 'page-needs-recognition', severity: 'info', message, page: null });
  return { layout: { ...known, paged: true, pages }, source, scans };
}

function refuseOtherFiles(input: SourceFile): void {
  const { fileName, bytes } = input;
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (isEncryptedPackage(bytes)) throw new HongtouError('FILE_ENCRYPTED', { fileName });
  if (isCompoundFile(bytes)) {
    throw new HongtouError('UNSUPPORTED_FORMAT', {
      fileName,
      detail: 'an old office file (.doc) named like a new one',
    });
  }
}

/** Block content: of the body, a cell, a text box, a header, a note. */
function readBlocks(container: XmlElement, context: DocxContext): LayoutBlock[] {
  const blocks: LayoutBlock[] = [];
  let carried: readonly InlinePiece[] = [];
  const walk = (parent: XmlElement): void => {
    for (const child of parent.children) {
      switch (child.name) {
        case 'p': {
          const read = readParagraph(child, carried, context);
          carried = read.carried;
          blocks.push(...read.blocks);
          break;
        }
        case 'tbl':
          blocks.push(...readTable(child, context));
          break;
        case 'sdt':
          walk(childOf(child, 'sdtContent') ?? child);
          break;
        case 'AlternateContent':
          walk(alternativeOf(child));
          break;
        case 'customXml':
        case 'smartTag':
        case 'ins':
        case 'moveTo':
          walk(child);
          break;
        case 'altChunk':
          notice(context, 'altChunk');
          break;
      }
    }
  };
  walk(container);
  if (carried.length > 0) {
    // A deleted mark with nothing after it: the text ends here all the same.
    const last: XmlElement = { name: 'p', attributes: {}, children: [], text: '' };
    blocks.push(...readParagraph(last, carried, context).blocks);
  }
  return blocks;
}

function holdsText(block: LayoutBlock): boolean {
  if (block.type === 'line') return block.text.trim() !== '';
  return block.type === 'table' && block.cells.some((cell) => cell.lines.length > 0);
}
