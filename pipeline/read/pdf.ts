import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Diagnostic, HongtouError, type Layout, readLimits, type SourceFile } from '../../models/index.ts';
import { composeLayout, type PageContent } from './geometry/index.ts';
import { type OpenOptions, openPdf } from './pdf/openPdf.ts';
import { type ParsedPage, parsePage, readPage } from './pdf/readPage.ts';
import { readSignatures } from './pdf/signatures.ts';

/** `password` for an encrypted file; `signal` ends the work at once, and its reason is thrown. */
export interface PdfReadOptions extends OpenOptions {
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
 * LIMIT_EXCEEDED (pages, memory), TEXT_TOO_LONG, TIMED_OUT (opening, or one page).
 */
export async function readPdf(input: SourceFile, options: PdfReadOptions = {}): Promise<Layout> {
  const { document, within, close } = await openPdf(input, options);
  try {
    const layers = await within(document.getOptionalContentConfig());
    const contents: PageContent[] = [];
    const diagnostics: Diagnostic[] = [];
    let length = 0;
    let firstFailure: unknown;
    const ahead: Promise<ParsedPage>[] = [];
    let asked = 0;
    for (let number = 1; number <= document.numPages; number++) {
      options.onPage?.(number, document.numPages);
      try {
        while (asked < Math.min(document.numPages, number + pagesAhead)) ahead.push(parseAhead(document, ++asked));
        const parsed = await within(ahead.shift()!);
        const content = readPage(parsed, layers);
        contents.push(content);
        length += content.glyphs.length;
        parsed.page.cleanup();
      } catch (error) {
        if (error instanceof HongtouError || options.signal?.aborted) throw error;
        firstFailure ??= error;
        contents.push({ width: 595.28, height: 841.89, glyphs: [], strokes: [], figures: [] });
        diagnostics.push({
          code: 'page-unreadable',
          severity: 'error',
          message: `第${number}页已损坏，无法读取。`,
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
    if (!endsProperly(input.bytes)) {
      diagnostics.push({
        code: 'file-cut-off',
        severity: 'warning',
        message: '文件不像完整的 PDF 那样结束，可能缺页或缺内容。',
        page: null,
      });
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

/** The thread of pdf.js parses so many pages ahead while one is read here. */
const pagesAhead = 3;

function parseAhead(document: PDFDocumentProxy, number: number): Promise<ParsedPage> {
  const parsed = parsePage(document, number);
  // Its failure is told when its turn comes, unless the work has ended before.
  parsed.catch(() => {});
  return parsed;
}

/** ISO 32000-1, 7.5.5: the last line is %%EOF; mail systems and servers may append a little. */
function endsProperly(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(-2048);
  return Buffer.from(tail.buffer, tail.byteOffset, tail.length).includes('%%EOF');
}
