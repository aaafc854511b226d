import { createRequire } from 'node:module';
import path from 'node:path';
import {
  AnnotationMode,
  getDocument,
  InvalidPDFException,
  type PDFDocumentProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { HongtouError, readLimits, type SourceFile } from '../../../models/index.ts';
import { skipPictureData } from './skipPictureData.ts';

/** Folder of pdf.js: its character maps, standard fonts and decoders lie beside its code; nothing is fetched. */
const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const beside = (name: string): string => `${path.join(folder, name)}${path.sep}`;

export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  close(): Promise<void>;
}

/**
 * Opens a PDF. Throws FILE_EMPTY, FILE_TOO_LARGE, UNSUPPORTED_FORMAT (no PDF), FILE_ENCRYPTED (a password is needed or
 * is wrong), FILE_DAMAGED, LIMIT_EXCEEDED (pages).
 */
export async function openPdf(input: SourceFile, password: string | undefined): Promise<OpenedPdf> {
  const { fileName } = input;
  if (input.bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (input.bytes.length > readLimits.fileBytes) {
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: input.bytes.length, limit: readLimits.fileBytes });
  }
  // ISO 32000-1, Annex H: the header may stand anywhere in the first 1,024 bytes.
  const head = Buffer.from(input.bytes.buffer, input.bytes.byteOffset, Math.min(1100, input.bytes.length));
  if (!head.includes('%PDF-')) throw new HongtouError('UNSUPPORTED_FORMAT', { fileName, detail: 'not a PDF' });

  const data = input.bytes.slice();
  skipPictureData(data);
  const task = getDocument({
    data,
    cMapUrl: beside('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: beside('standard_fonts'),
    wasmUrl: beside('wasm'),
    iccUrl: beside('iccs'),
    useSystemFonts: false,
    // Glyph outlines are built only to draw them.
    disableFontFace: false,
    isEvalSupported: false,
    maxImageSize: 64_000_000,
    verbosity: VerbosityLevel.ERRORS,
    ...(password === undefined ? {} : { password }),
  });
  const close = (): Promise<void> => task.destroy();
  try {
    const document = await task.promise;
    if (document.numPages > readLimits.pages) {
      throw new HongtouError('LIMIT_EXCEEDED', {
        fileName,
        what: `${document.numPages} pages; at most ${readLimits.pages} are read`,
      });
    }
    return { document, close };
  } catch (error) {
    await close();
    throw asReadingError(error, fileName);
  }
}

function asReadingError(error: unknown, fileName: string): Error {
  if (error instanceof HongtouError) return error;
  // pdf.js does not export the class of this one.
  if (error instanceof Error && error.name === 'PasswordException')
    return new HongtouError('FILE_ENCRYPTED', { fileName }, { cause: error });
  const reason =
    error instanceof InvalidPDFException
      ? 'its structure cannot be made out; it may be cut off'
      : `it cannot be opened as PDF (${error instanceof Error ? error.message : String(error)})`;
  return new HongtouError('FILE_DAMAGED', { fileName, reason }, { cause: error });
}

/** With this mode the appearances of annotations come with the page (pdf.js gives them by default; said to be sure). */
export const annotationMode = AnnotationMode.ENABLE;
