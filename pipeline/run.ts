import { createHash } from 'node:crypto';
import { extractNotices } from '../extractors/index.ts';
import { type Extraction, HongtouError, type Layout, type SourceFile } from '../models/index.ts';
import { defaultRegions, type RegionEntry, regionsWith } from '../models/text/regions.ts';
import { composeFlow } from './layout/compose.ts';
import { joinContinuedTables } from './layout/joinTables.ts';
import type { PageStore } from './ocr/keptPages.ts';
import type { EngineChoice, SharedEngines } from './ocr/openEngines.ts';
import { read } from './read/index.ts';
import { parseNotices } from './structure/parseNotices.ts';

/** Changes whenever the same file could give other facts: what is stored with an older one is worth extracting again. */
export const extractorVersion = '5';

export interface Progress {
  /** Page in work, from 1; inside an archive, of the file in work. */
  readonly page: number;
  readonly pageCount: number;
  readonly stage: string;
}

export interface ExtractOptions {
  /** Divisions beyond the official list, such as invented ones. */
  readonly regions?: readonly RegionEntry[];
  readonly signal?: AbortSignal;
  /** Recognises pages without text with this engine; absent: such pages are reported (`page-needs-recognition`). */
  readonly ocr?: EngineChoice;
  /** Engines for several files one after the other; absent: they are started for this file and closed after it. */
  readonly engines?: SharedEngines;
  /** Keeps pages that are recognised, so that they need not be again when the work is broken off. */
  readonly pages?: PageStore;
  /** The password of a protected PDF. */
  readonly password?: string;
  readonly onProgress?: (progress: Progress) => void;
  /** Given the pages with all that is on them, recognised where need be, right before the facts are sought. */
  readonly onLayout?: (layout: Layout) => void;
}

/** From a file to its facts. Throws HongtouError for input that cannot be read, and the signal's reason. */
export async function extractFile(input: SourceFile, options: ExtractOptions = {}): Promise<Extraction> {
  const { signal, password } = options;
  const layout = await read(input, {
    ...(password === undefined ? {} : { password }),
    complete: async (part, file) => {
      signal?.throwIfAborted();
      return recognized(part, file, options);
    },
  });
  signal?.throwIfAborted();
  return extractLayout(input, layout, options);
}

/** The facts of a file that has text on every page; of another one, how many of its pages must be recognised first. */
export async function extractUnlessScanned(
  input: SourceFile,
  options: Pick<ExtractOptions, 'regions' | 'onLayout'> = {},
): Promise<Extraction | { readonly scannedPages: number }> {
  const layout = await read(input);
  const scannedPages = layout.pages.filter((page) => page.needsRecognition).length;
  return scannedPages > 0 ? { scannedPages } : extractLayout(input, layout, options);
}

/** Pages without usable text recognised, where the caller asks for it; the engines are loaded only then. */
async function recognized(layout: Layout, input: SourceFile, options: ExtractOptions): Promise<Layout> {
  const { ocr, engines, pages, password, regions, signal, onProgress } = options;
  if (ocr === undefined || !layout.pages.some((page) => page.needsRecognition)) return layout;
  const { recognizeFile } = await import('./recognizeFile.ts');
  return recognizeFile(layout, input, {
    engine: ocr,
    ...(engines && { open: engines.open, release: engines.close }),
    ...(pages && { pages }),
    ...(regions && { regions }),
    ...(password === undefined ? {} : { password }),
    ...(signal && { signal }),
    onPage: (page, pageCount, stage) => onProgress?.({ page, pageCount, stage }),
  });
}

/** From pages to facts: the same for every format. */
export function extractLayout(
  input: SourceFile,
  layout: Layout,
  options: Pick<ExtractOptions, 'regions' | 'onLayout'> = {},
): Extraction {
  options.onLayout?.(layout);
  const flow = composeFlow(joinContinuedTables(layout));
  if (flow.text.trim() === '') throw new HongtouError('NO_TEXT', { fileName: input.fileName });
  const parsed = parseNotices(flow);
  const regions = options.regions ? regionsWith(options.regions) : defaultRegions();
  const { notices, findings } = extractNotices(flow, parsed, regions);
  const origins = new Set(layout.pages.map((page) => page.textOrigin));
  return {
    schemaVersion: 1,
    source: {
      fileName: input.fileName,
      mediaType: layout.mediaType,
      sha256: createHash('sha256').update(input.bytes).digest('hex'),
      pageCount: layout.paged ? layout.pages.length : 1,
      textOrigin: origins.size > 1 ? 'mixed' : origins.has('ocr') ? 'ocr' : 'text',
    },
    text: flow.text,
    notices,
    findings,
    diagnostics: [...layout.diagnostics, ...flow.diagnostics],
  };
}
