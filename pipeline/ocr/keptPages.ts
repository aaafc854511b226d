import { createHash } from 'node:crypto';
import type { Diagnostic, SourceFile } from '../../models/index.ts';
import type { OcrEngines } from './openEngines.ts';
import type { RecognizedPage } from './recognizePage.ts';

/** Changes whenever a page could be recognised otherwise, or its shape changes: pages kept by another one are not used. */
export const recognizerVersion = '6';

/** What a recognised page is known by. */
export interface PageKey {
  /** SHA-256 of the bytes of the file that holds the page, in hexadecimal; of the member's for one in an archive. */
  readonly sha256: string;
  /** From 1. */
  readonly page: number;
  /** The engines that read it: `pp`, `tesseract`, `pp+tesseract`. */
  readonly engine: string;
  readonly version: string;
}

/**
 * Keeps recognised pages, so that work that was broken off goes on where it was. What is kept is JSON; `get` gives null
 * for what is not there. Neither may throw: recognition goes on without.
 */
export interface PageStore {
  get(key: PageKey): Promise<string | null>;
  put(key: PageKey, json: string): Promise<void>;
}

/** A page as it is kept. */
export interface KeptPage {
  readonly read: RecognizedPage;
  readonly diagnostics: readonly Diagnostic[];
}

/** The kept pages of one file. */
export interface KeptPages {
  get(page: number): Promise<KeptPage | null>;
  put(page: number, kept: KeptPage): Promise<void>;
}

export function keptPagesOf(
  store: PageStore,
  input: SourceFile,
  engines: Pick<OcrEngines, 'first' | 'second'>,
): KeptPages {
  const sha256 = createHash('sha256').update(input.bytes).digest('hex');
  const engine = engines.second ? `${engines.first.name}+${engines.second.name}` : engines.first.name;
  const keyOf = (page: number): PageKey => ({ sha256, page, engine, version: recognizerVersion });
  return {
    async get(page) {
      const json = await store.get(keyOf(page));
      if (json === null) return null;
      try {
        return JSON.parse(json) as KeptPage;
      } catch {
        // Cut off when the power failed: the page is read again.
        return null;
      }
    },
    put: (page, kept) => store.put(keyOf(page), JSON.stringify(kept)),
  };
}
