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
import { type PdfEngine, takeEngine } from './engine.ts';
import { skipPictureData } from './skipPictureData.ts';

/** Folder of pdf.js: its character maps, standard fonts and decoders lie beside its code; nothing is fetched. */
const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const beside = (name: string): string => `${path.join(folder, name)}${path.sep}`;

export interface OpenOptions {
  readonly password?: string;
  readonly signal?: AbortSignal;
  /** Seconds after which opening the file, or reading one of its pages, is given up. */
  readonly timeLimitSeconds?: number;
  /** What is done to the bytes before they are parsed; default: the data of pictures are passed over. */
  readonly prepare?: (bytes: Uint8Array) => void;
}

/** Stands in for the web page that pdf.js would put its fonts into as style rules. */
const noDocument = {
  createElement: () => ({ sheet: { cssRules: [], insertRule: () => 0 }, remove: () => {} }),
  documentElement: { getElementsByTagName: () => [{ append: () => {} }] },
};

/** Ordinary pages take milliseconds; large drawings a few seconds. */
const usualTimeLimit = 30;

export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  /**
   * Waits for a step of the work, no longer than the time limit. Throws TIMED_OUT, LIMIT_EXCEEDED (memory), or the reason of the
   * signal; the file cannot be read on after that.
   */
  within<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a PDF. Throws FILE_EMPTY, FILE_TOO_LARGE, UNSUPPORTED_FORMAT (no PDF), FILE_ENCRYPTED (a password is needed or
 * is wrong), FILE_DAMAGED, LIMIT_EXCEEDED (pages, memory), TIMED_OUT.
 */
export async function openPdf(input: SourceFile, options: OpenOptions = {}): Promise<OpenedPdf> {
  const { fileName } = input;
  if (input.bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (input.bytes.length > readLimits.fileBytes) {
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: input.bytes.length, limit: readLimits.fileBytes });
  }
  // ISO 32000-1, Annex H: the header may stand anywhere in the first 1,024 bytes.
  const head = Buffer.from(input.bytes.buffer, input.bytes.byteOffset, Math.min(1100, input.bytes.length));
  if (!head.includes('%PDF-')) throw new HongtouError('UNSUPPORTED_FORMAT', { fileName, detail: 'not a PDF' });

  // A copy, and no Buffer: pdf.js takes the memory over and wants a plain Uint8Array.
  const data = new Uint8Array(input.bytes);
  (options.prepare ?? skipPictureData)(data);
  const engine = takeEngine();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    engine.stop();
  };
  const { password, signal, timeLimitSeconds: seconds = usualTimeLimit } = options;
  const limits: Limits = { engine, stop, fileName, signal, seconds };
  const within = <T>(work: Promise<T>): Promise<T> => limited(work, limits);
  const task = getDocument({
    worker: engine.worker,
    data,
    cMapUrl: beside('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: beside('standard_fonts'),
    wasmUrl: beside('wasm'),
    iccUrl: beside('iccs'),
    useSystemFonts: false,
    // Fonts are to be drawn by the document below, so that pdf.js does not work their outlines out to draw them itself.
    disableFontFace: false,
    ownerDocument: noDocument,
    isEvalSupported: false,
    maxImageSize: 64_000_000,
    verbosity: VerbosityLevel.ERRORS,
    ...(password === undefined ? {} : { password }),
  });
  const close = async (): Promise<void> => {
    if (stopped) return;
    await task.destroy();
    engine.release();
  };
  try {
    const document = await within(task.promise);
    if (document.numPages > readLimits.pages) {
      throw new HongtouError('LIMIT_EXCEEDED', {
        fileName,
        what: `${document.numPages} pages; at most ${readLimits.pages} are read`,
      });
    }
    return { document, within, close };
  } catch (error) {
    await close();
    throw signal?.aborted ? error : asReadingError(error, fileName);
  }
}

interface Limits {
  readonly engine: PdfEngine;
  readonly stop: () => void;
  readonly fileName: string;
  readonly signal: AbortSignal | undefined;
  readonly seconds: number;
}

async function limited<T>(work: Promise<T>, { engine, stop, fileName, signal, seconds }: Limits): Promise<T> {
  // Whoever gives up waiting does not hear of it any more.
  work.catch(() => {});
  signal?.throwIfAborted();
  let cleanUp = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new HongtouError('TIMED_OUT', { fileName, seconds })), seconds * 1000);
    const abort = (): void => reject(signal!.reason);
    signal?.addEventListener('abort', abort);
    cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    engine.failed.catch((cause: unknown) =>
      reject(new HongtouError('LIMIT_EXCEEDED', { fileName, what: 'it needs more memory than is allowed' }, { cause })),
    );
  });
  let settled = false;
  work.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  try {
    return await Promise.race([work, limit]);
  } catch (error) {
    if (!settled) stop();
    throw error;
  } finally {
    cleanUp();
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
