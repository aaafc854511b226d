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
 * The pictures of a document in the order in which they stand, for documents that are nothing but scans
 * (`needsRecognition`). Formats as they are in the file; EMF and WMF among them.
 */
export async function picturesOfDocx(
  input: SourceFile,
): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  const { source, pictures } = await readDocument(input);
  return [...new Set(pictures)].flatMap((path) => {
    const entry = source.archive.find(path);
    return entry === null ? [] : [{ name: entry.name, bytes: source.archive.read(entry) }];
  });
}

async function readDocument(
  input: SourceFile,
): Promise<{ layout: Layout; source: Package; pictures: readonly string[] }> {
  refuseOtherFiles(input);
  const source = await openPackage(input);
  const root = readPart(source, source.mainPart);
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
  const notes = readNotes(settings, context);
  const furniture = readFurniture(body, settings, context);
  const blocks = [...furniture.letterhead, ...text, ...notes, ...furniture.imprint];
  const isPictureOnly = !blocks.some(holdsText) && context.pictures.length > 0;
  const diagnostics: Diagnostic[] = [...source.diagnostics, ...noticedDiagnostics(context)];
  if (isPictureOnly) {
    const message = `文件没有文字，只有${context.pictures.length}幅图片，需要识别。`;
    diagnostics.push({ code: 'page-needs-recognition', severity: 'warning', message, page: 1 });
  }
  const page = layoutPage(blocks, { furniture: furniture.lines, needsRecognition: isPictureOnly });
  const layout: Layout = { mediaType: docxMediaType, paged: false, pages: [page], signatures: [], diagnostics };
  return { layout, source, pictures: context.pictures };
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
