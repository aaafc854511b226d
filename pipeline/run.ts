import { createHash } from 'node:crypto';
import { extractNotices } from '../extractors/index.ts';
import { type Extraction, HongtouError, type Layout, type SourceFile } from '../models/index.ts';
import { defaultRegions, type RegionEntry, regionIndex } from '../models/text/regions.ts';
import { composeFlow } from './layout/compose.ts';
import { joinContinuedTables } from './layout/joinTables.ts';
import { read } from './read/index.ts';
import { parseNotices } from './structure/parseNotices.ts';

/** Changes whenever the same file could give other facts: what is stored with an older one is worth extracting again. */
export const extractorVersion = '1';

export interface ExtractOptions {
  /** Divisions beyond the official list, such as invented ones. */
  readonly regions?: readonly RegionEntry[];
  readonly signal?: AbortSignal;
  /** Recognises pages without text with this engine; absent: such pages are reported (`page-needs-recognition`). */
  readonly ocr?: 'auto' | 'pp' | 'tesseract';
  readonly onProgress?: (progress: {
    readonly page: number;
    readonly pageCount: number;
    readonly stage: string;
  }) => void;
  /** Given the pages with all that is on them, recognised where need be, right before the facts are sought. */
  readonly onLayout?: (layout: Layout) => void;
}

/** From a file to its facts. Throws HongtouError for input that cannot be read. */
export async function extractFile(input: SourceFile, options: ExtractOptions = {}): Promise<Extraction> {
  const layout = await read(input);
  options.signal?.throwIfAborted();
  return extractLayout(input, await recognized(layout, input, options), options);
}

/** Pages without usable text recognised, where the caller asks for it; the engines are loaded only then. */
async function recognized(layout: Layout, input: SourceFile, options: ExtractOptions): Promise<Layout> {
  if (options.ocr === undefined || !layout.pages.some((page) => page.needsRecognition)) return layout;
  const { recognizeFile } = await import('./recognizeFile.ts');
  return recognizeFile(layout, input, {
    engine: options.ocr,
    ...(options.signal && { signal: options.signal }),
    onPage: (page, pageCount, stage) => options.onProgress?.({ page, pageCount, stage }),
  });
}

/** From pages to facts: the same for every format. */
export function extractLayout(input: SourceFile, layout: Layout, options: ExtractOptions = {}): Extraction {
  options.onLayout?.(layout);
  const flow = composeFlow(joinContinuedTables(layout));
  if (flow.text.trim() === '') throw new HongtouError('NO_TEXT', { fileName: input.fileName });
  const parsed = parseNotices(flow);
  const regions = options.regions ? regionIndex(options.regions) : defaultRegions();
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
