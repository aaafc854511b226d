import type { FileId } from '../models/api/library.ts';
import type { Config } from './config.ts';
import { startReaders } from './jobs/readers.ts';
import type { Library } from './library.ts';

export interface Rederived {
  /** Files that were read again. */
  readonly read: number;
  /** One line for each whose facts came out otherwise, or that could not be read again. */
  readonly differences: readonly string[];
  /** Those that came out otherwise. */
  readonly different: readonly FileId[];
}

/**
 * Reads every file of a library again, from its original, and compares what comes out with what is kept: a new version
 * of the program, other settings or a tampered row show. Changes nothing.
 */
export async function rederive(
  { store }: Pick<Library, 'store'>,
  config: Pick<Config, 'timeoutSeconds' | 'ocrMemoryMb' | 'ocrPageSeconds' | 'regions' | 'ocr'>,
  { onProgress, signal }: { readonly onProgress?: (line: string) => void; readonly signal?: AbortSignal } = {},
): Promise<Rederived> {
  const readers = startReaders({
    processes: 1,
    timeoutMs: config.timeoutSeconds * 1_000,
    pageTimeoutMs: config.ocrPageSeconds * 1_000,
    memoryMb: config.ocrMemoryMb,
    regions: config.regions,
    ...(onProgress && { onTrouble: onProgress }),
  });
  const differences: string[] = [];
  const different: FileId[] = [];
  let read = 0;
  const limit = 200;
  try {
    for (let offset = 0; !signal?.aborted; offset += limit) {
      const page = await store.listFiles({ state: 'read', deleted: false, limit, offset });
      for (const { fileId, fileName } of page.items) {
        const stored = await store.findExtraction(fileId, { asRead: true });
        if (stored === undefined) continue;
        onProgress?.(`${read + 1}/${page.total} ${fileName}`);
        const source = { path: await store.originalPath(fileId), fileName, ocr: config.ocr, pagesFolder: null };
        const result = await readers.read(source, signal && { signal });
        if (result.outcome === 'aborted') break;
        read += 1;
        const called = `${fileId} "${fileName}"`;
        if (result.outcome !== 'read') {
          const reason = result.outcome === 'failed' ? result.problem.message : result.outcome;
          differences.push(`${called}: it cannot be read again: ${reason}`);
          continue;
        }
        const places = differingPlaces(stored.extraction, result.extraction);
        if (places.length === 0) continue;
        different.push(fileId);
        const shown = `${places.slice(0, 5).join(', ')}${places.length > 5 ? ` and ${places.length - 5} more` : ''}`;
        const versions = `version ${stored.extractorVersion} and now ${result.extractorVersion}`;
        differences.push(`${called}: ${versions} differ in ${shown}`);
      }
      if (page.items.length < limit) break;
    }
  } finally {
    await readers.close();
  }
  return { read, differences, different };
}

/** Where two JSON values differ, as paths: `notices.0.deadlines.1.due.date`. What is only there on one side counts once. */
export function differingPlaces(left: unknown, right: unknown, place = ''): readonly string[] {
  if (Object.is(left, right)) return [];
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null;
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) return [place || '.'];
  // As JSON keeps it: what is undefined is not there.
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) => differingPlaces(left[key], right[key], place === '' ? key : `${place}.${key}`));
}
