import { type Diagnostic, HongtouError, type Layout, readLimits, type SourceFile } from '../../models/index.ts';
import { composeLayout, type PageContent } from './geometry/index.ts';
import { openPdf } from './pdf/openPdf.ts';
import { readPage } from './pdf/readPage.ts';
import { readSignatures } from './pdf/signatures.ts';

export interface PdfReadOptions {
  /** For an encrypted file. */
  readonly password?: string;
  /** Looked at before each page; the reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called before each page is read; pages count from 1. */
  readonly onPage?: (page: number, pageCount: number) => void;
}

/**
 * Reads a PDF: lines with a box and an edge per character, ruled tables, rules, seals and pictures, page numbers and
 * running heads apart. Positions are points from the top left of the page as displayed (crop box, rotation and
 * UserUnit applied). Characters stay as they are in the file.
 *
 * A page without usable text is marked `needsRecognition` (diagnostic `page-needs-recognition`); one that cannot be
 * parsed too (`page-unreadable`). Throws FILE_EMPTY, FILE_TOO_LARGE, UNSUPPORTED_FORMAT, FILE_ENCRYPTED, FILE_DAMAGED,
 * LIMIT_EXCEEDED, TEXT_TOO_LONG.
 */
export async function readPdf(input: SourceFile, options: PdfReadOptions = {}): Promise<Layout> {
  const { document, close } = await openPdf(input, options.password);
  try {
    const layers = await document.getOptionalContentConfig();
    const contents: PageContent[] = [];
    const diagnostics: Diagnostic[] = [];
    let length = 0;
    let firstFailure: unknown;
    for (let number = 1; number <= document.numPages; number++) {
      options.signal?.throwIfAborted();
      options.onPage?.(number, document.numPages);
      try {
        const page = await document.getPage(number);
        const content = await readPage(page, layers);
        contents.push(content);
        length += content.glyphs.length;
        page.cleanup();
      } catch (error) {
        firstFailure ??= error;
        contents.push({ width: 595.28, height: 841.89, glyphs: [], strokes: [], figures: [] });
        diagnostics.push({
          code: 'page-unreadable',
          severity: 'error',
          message: `Page ${number} is damaged and could not be read.`,
          page: number,
        });
      }
      if (length > readLimits.textLength) {
        throw new HongtouError('TEXT_TOO_LONG', { fileName: input.fileName, length, limit: readLimits.textLength });
      }
    }
    if (diagnostics.length === contents.length) {
      throw new HongtouError(
        'FILE_DAMAGED',
        { fileName: input.fileName, reason: 'none of its pages can be read' },
        { cause: firstFailure },
      );
    }
    const composed = composeLayout(contents);
    return {
      mediaType: 'application/pdf',
      paged: true,
      pages: composed.pages,
      signatures: readSignatures(input.bytes),
      diagnostics: [...diagnostics, ...composed.diagnostics],
    };
  } finally {
    await close();
  }
}
