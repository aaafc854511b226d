import type { Box, Diagnostic, Layout, LayoutPage, PageImage, PageImages, SourceFile } from '../../models/index.ts';
import { HongtouError } from '../../models/index.ts';
import { defaultRegions, type RegionEntry, regionsWith } from '../../models/text/regions.ts';
import { assemblePages } from './assemble.ts';
import { correctParts } from './correct/correctParts.ts';
import { evenSizes } from './evenSizes.ts';
import { type KeptPage, keptPagesOf, type PageStore } from './keptPages.ts';
import { type EngineChoice, type EngineOpeners, type OcrEngines, openEngines } from './openEngines.ts';
import { type DecodedPicture, decodePicture, decodeRaw } from './prepare/decode.ts';
import { recognizePage } from './recognizePage.ts';
import { tellTrouble } from './tellTrouble.ts';

export interface RecognizeOptions {
  /** Default `auto`. Not looked at where `engines` or `open` is given. */
  readonly engine?: EngineChoice;
  /** Engines that run already; they are not closed. */
  readonly engines?: OcrEngines;
  /** The same, where they may still have to be started. */
  readonly open?: () => Promise<OcrEngines>;
  /** Closes what `open` and `pageImages` hold; called after the last page of a long file: putting it together wants the memory. */
  readonly release?: () => Promise<void>;
  /** How engines are started, where that is to be otherwise. */
  readonly openers?: EngineOpeners;
  /** Where the pictures of pages come from. */
  readonly pageImages: PageImages;
  /** Divisions beyond the official list, for the correction of names. */
  readonly regions?: readonly RegionEntry[];
  /** Pages kept in it are not recognised again, and those that are recognised are kept. */
  readonly pages?: PageStore;
  /** Work ends within a second after it is aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called in the order of pages, when one begins to be recognised, not for one that was kept; pages count from 1. */
  readonly onPage?: (page: number, pageCount: number, stage: 'recognize') => void;
  /** Pixels of one picture at most; default 200 million. */
  readonly limits?: { readonly pixels?: number };
}

/** From so many pages on, engines started anew for the next file cost little beside this one. */
const longFile = 60;
/** Pages in work at once; each takes up to 80 MB. */
const pagesAtOnce = 2;
/** Width of A4 in points, for pages of which no size is known. */
const a4Width = 595.28;

/**
 * Recognises the pages of a layout that need it (`needsRecognition`) from their pictures, and fills in their lines,
 * tables, rules and seals; the other pages stay as they are. Recognised pages have `textOrigin: 'ocr'`. A page that
 * cannot be recognised is a diagnostic (`page-recognition-failed`), and the others stand.
 *
 * Throws OCR_UNAVAILABLE where no engine can be loaded and no page has text, FILE_DAMAGED where a picture file has no
 * page that can be decoded, and the signal's reason.
 */
export async function recognize(layout: Layout, input: SourceFile, options: RecognizeOptions): Promise<Layout> {
  const wanted = layout.pages.filter((page) => page.needsRecognition);
  if (wanted.length === 0) return layout;
  options.signal?.throwIfAborted();
  let engines: OcrEngines;
  try {
    engines =
      options.engines ?? (await (options.open ?? (() => openEngines(options.engine ?? 'auto', options.openers)))());
  } catch (error) {
    const isMissing = error instanceof HongtouError && error.code === 'OCR_UNAVAILABLE';
    if (!isMissing || wanted.length === layout.pages.length) throw error;
    return { ...layout, diagnostics: [...layout.diagnostics, withoutEngine(wanted)] };
  }
  let pages: ReadonlyMap<number, KeptPage>;
  const failures: Diagnostic[] = [];
  try {
    pages = await readPages(wanted, layout.pages.length, input, engines, options, failures);
  } finally {
    if (!options.engines && !options.open) await engines.close();
    if (wanted.length >= longFile) await options.release?.();
  }
  options.signal?.throwIfAborted();
  if (pages.size === 0 && layout.mediaType.startsWith('image/')) {
    const reason = failures.find((d) => d.code === 'page-recognition-failed')?.message ?? 'no page can be decoded';
    throw new HongtouError('FILE_DAMAGED', { fileName: input.fileName, reason });
  }
  const corrected = correctParts(
    evenSizes(new Map([...pages].map(([page, kept]) => [page, kept.read]))),
    options.regions ? regionsWith(options.regions) : defaultRegions(),
    engines.first.canRead,
  );
  const assembled = assemblePages(layout, corrected.pages);
  return {
    ...layout,
    pages: assembled.pages,
    diagnostics: [
      ...stillTrue(layout.diagnostics, wanted, pages),
      ...engines.diagnostics,
      ...failures,
      ...[...pages.values()].flatMap((kept) => kept.diagnostics),
      ...corrected.diagnostics,
      ...assembled.diagnostics,
    ],
  };
}

/**
 * Reads pages in order, a few at once, or takes them from where they are kept: while one page is prepared, the engines
 * work on another. Failures are added to `failures`.
 */
async function readPages(
  wanted: readonly LayoutPage[],
  pageCount: number,
  input: SourceFile,
  engines: OcrEngines,
  options: RecognizeOptions,
  failures: Diagnostic[],
): Promise<ReadonlyMap<number, KeptPage>> {
  const kept = options.pages && keptPagesOf(options.pages, input, engines);
  const read = new Map<number, KeptPage>();
  // Files give one picture at a time.
  let turn: Promise<unknown> = Promise.resolve();
  const pageImages: PageImages = (page) => {
    const asked = turn.then(() => options.pageImages(page));
    turn = asked.catch(() => undefined);
    return asked;
  };
  let next = 0;
  const work = async (): Promise<void> => {
    for (let page = wanted[next++]; page; page = wanted[next++]) {
      options.signal?.throwIfAborted();
      const before = await kept?.get(page.page);
      if (before) {
        read.set(page.page, before);
        continue;
      }
      options.onPage?.(page.page, pageCount, 'recognize');
      try {
        const result = await readPage(page, engines, { ...options, pageImages });
        read.set(page.page, result);
        await kept?.put(page.page, result);
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push(failure(page.page, error));
      }
    }
  };
  await Promise.all(Array.from({ length: pagesAtOnce }, work));
  return new Map([...read].sort(([a], [b]) => a - b));
}

async function readPage(page: LayoutPage, engines: OcrEngines, options: RecognizeOptions): Promise<KeptPage> {
  const image = await options.pageImages(page.page);
  if (!image) throw new Error('没有该页的图片');
  options.signal?.throwIfAborted();
  const decoded = await decode(image, options.limits?.pixels ?? 200_000_000);
  const diagnostics: Diagnostic[] = [];
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
  const read = await recognizePage(decoded.color, box, engines, options.signal);
  if (read.readOnce !== undefined) {
    tellTrouble('the second recogniser failed', read.readOnce, page.page);
    diagnostics.push({
      code: 'second-reading-failed',
      severity: 'warning',
      message: `第${page.page}页没有用第二个引擎复核：该引擎运行出错。`,
      page: page.page,
    });
  }
  return { read, diagnostics };
}

function decode({ picture }: PageImage, limitPixels: number): Promise<DecodedPicture> {
  if (!('bytes' in picture)) return decodeRaw(picture);
  return decodePicture(picture.bytes, { limitPixels, ...(picture.frame ? { frame: picture.frame } : {}) });
}

/** What reading said of the file, without what recognition has made good. */
function stillTrue(
  said: readonly Diagnostic[],
  wanted: readonly LayoutPage[],
  read: ReadonlyMap<number, KeptPage>,
): Diagnostic[] {
  const all = wanted.every((page) => read.has(page.page));
  return said.filter(({ code, page }) => code !== 'page-needs-recognition' || !(page === null ? all : read.has(page)));
}

function failure(page: number, error: unknown): Diagnostic {
  const said = error instanceof Error ? error.message : String(error);
  const isOurs = /^\p{Script=Han}/u.test(said);
  if (!isOurs) tellTrouble('a page cannot be recognised', error, page);
  const known = isOurs ? said : '图片无法读取或识别出错';
  const reason = /pixel limit/i.test(said) ? '图片像素过多，超出读取限制' : known;
  return {
    code: 'page-recognition-failed',
    severity: 'error',
    message: `第${page}页未能识别：${reason}。`,
    page,
  };
}

function withoutEngine(wanted: readonly LayoutPage[]): Diagnostic {
  return {
    code: 'ocr-engine-missing',
    severity: 'error',
    message: `有${wanted.length}页没有文字，而本机没有可用的文字识别引擎，这些页未识别。`,
    page: null,
  };
}
