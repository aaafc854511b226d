import type { Box, Diagnostic, Layout, LayoutPage, PageImage, PageImages, SourceFile } from '../../models/index.ts';
import { HongtouError } from '../../models/index.ts';
import { assemblePages } from './assemble.ts';
import { correctParts } from './correct/correctParts.ts';
import { type EngineChoice, type EngineOpeners, type OcrEngines, openEngines } from './openEngines.ts';
import { type DecodedPicture, decodePicture, decodeRaw } from './prepare/decode.ts';
import { type RecognizedPage, recognizePage } from './recognizePage.ts';

export interface RecognizeOptions {
  /** Default `auto`. Not looked at where `engines` is given. */
  readonly engine?: EngineChoice;
  /** Engines that run already; they are not closed. */
  readonly engines?: OcrEngines;
  /** How engines are started, where that is to be otherwise. */
  readonly openers?: EngineOpeners;
  /** Where the pictures of pages come from. */
  readonly pageImages: PageImages;
  /** Work ends within a second after it is aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called before each page that is recognised; pages count from 1. */
  readonly onPage?: (page: number, pageCount: number, stage: 'recognize') => void;
  /** Pixels of one picture at most; default 200 million. */
  readonly limits?: { readonly pixels?: number };
}

/** Width of A4 in points, for pages of which no size is known. */
const a4Width = 595.28;

/**
 * Recognises the pages of a layout that need it (`needsRecognition`) from their pictures, and fills in their lines,
 * tables, rules and seals; the other pages stay as they are. Recognised pages have `textOrigin: 'ocr'`. A page that
 * cannot be recognised is a diagnostic (`page-recognition-failed`), and the others stand.
 *
 * Throws OCR_UNAVAILABLE where no engine can be loaded, FILE_DAMAGED where a picture file has no page that can be
 * decoded, and the signal's reason.
 */
export async function recognize(layout: Layout, input: SourceFile, options: RecognizeOptions): Promise<Layout> {
  const wanted = layout.pages.filter((page) => page.needsRecognition);
  if (wanted.length === 0) return layout;
  options.signal?.throwIfAborted();
  const engines = options.engines ?? (await openEngines(options.engine ?? 'auto', options.openers));
  const read = new Map<number, RecognizedPage>();
  const diagnostics: Diagnostic[] = [...engines.diagnostics];
  try {
    // The second engine works on a page while the first begins the next one; one page waits at most.
    let waiting: { page: number; done: Promise<RecognizedPage> } | undefined;
    const settle = async (): Promise<void> => {
      if (!waiting) return;
      const { page, done } = waiting;
      waiting = undefined;
      try {
        read.set(page, await done);
      } catch (error) {
        options.signal?.throwIfAborted();
        diagnostics.push(failure(page, error));
      }
    };
    for (const page of wanted) {
      options.signal?.throwIfAborted();
      options.onPage?.(page.page, layout.pages.length, 'recognize');
      try {
        const begun = await beginPage(page, options.pageImages, engines, options, diagnostics);
        await settle();
        if (begun) {
          const done = begun.finish();
          done.catch(() => {});
          waiting = { page: page.page, done };
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        diagnostics.push(failure(page.page, error));
      }
    }
    await settle();
  } finally {
    if (!options.engines) await engines.close();
  }
  options.signal?.throwIfAborted();
  if (read.size === 0 && layout.mediaType.startsWith('image/')) {
    const reason = diagnostics.find((d) => d.code === 'page-recognition-failed')?.message ?? 'no page can be decoded';
    throw new HongtouError('FILE_DAMAGED', { fileName: input.fileName, reason });
  }
  const corrected = correctParts(read);
  const assembled = assemblePages(layout, corrected.pages);
  return {
    ...layout,
    pages: assembled.pages,
    diagnostics: [...layout.diagnostics, ...diagnostics, ...corrected.diagnostics, ...assembled.diagnostics],
  };
}

/** Fetches a page's picture and reads it with the first engine. undefined (with a diagnostic) where there is none. */
async function beginPage(
  page: LayoutPage,
  images: PageImages,
  engines: OcrEngines,
  options: RecognizeOptions,
  diagnostics: Diagnostic[],
): Promise<{ finish: () => Promise<RecognizedPage> } | undefined> {
  const image = await images(page.page);
  if (!image) {
    diagnostics.push(failure(page.page, new Error('没有该页的图片')));
    return undefined;
  }
  options.signal?.throwIfAborted();
  const decoded = await decode(image, options.limits?.pixels ?? 200_000_000);
  if (decoded.truncated) {
    diagnostics.push({
      code: 'image-truncated',
      severity: 'warning',
      message: `第${page.page}页的图片数据不完整，已识别其中可读的部分。`,
      page: page.page,
    });
  }
  const height = page.height ?? (a4Width * decoded.height) / decoded.width;
  const box: Box = image.box ?? [0, 0, page.width ?? a4Width, height];
  return recognizePage(decoded.color, box, engines, options.signal);
}

function decode({ picture }: PageImage, limitPixels: number): Promise<DecodedPicture> {
  if (!('bytes' in picture)) return decodeRaw(picture);
  return decodePicture(picture.bytes, { limitPixels, ...(picture.frame ? { frame: picture.frame } : {}) });
}

function failure(page: number, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'page-recognition-failed',
    severity: 'error',
    message: `第${page}页未能识别：${reason}。`,
    page,
  };
}
