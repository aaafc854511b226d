import type { JobProgress, Problem } from '../../models/api/library.ts';
import type { Extraction, PageView } from '../../models/index.ts';
import type { EngineChoice } from '../../pipeline/ocr/openEngines.ts';
import type { PageAsked } from '../../pipeline/pagePicture.ts';

/** What the process that reads is asked for. One at a time. */
export interface ReadRequest {
  readonly type: 'read';
  /** Where the bytes are; fileName is what people call them. */
  readonly path: string;
  readonly fileName: string;
  /**
   * What is done with pages without text. `none`: they are only reported; `ask`: a file that has some is answered with
   * `scanned`; else they are recognised with this engine.
   */
  readonly ocr: EngineChoice | 'ask' | 'none';
  /** Where pages are kept that are recognised; null: nowhere. */
  readonly pagesFolder: string | null;
}

/** The picture of a page is asked for. */
export interface DrawRequest extends PageAsked {
  readonly type: 'draw';
  readonly path: string;
  readonly fileName: string;
}

export type ReadReply =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | {
      readonly type: 'read';
      readonly extraction: Extraction;
      readonly pages: readonly PageView[];
      readonly extractorVersion: string;
    }
  | { readonly type: 'scanned'; readonly pageCount: number }
  /** A JPEG in base64; null: the page has no picture. */
  | { readonly type: 'drawn'; readonly picture: string | null }
  | { readonly type: 'refused'; readonly problem: Problem }
  /** A fault of the program: `detail` is for the log alone. */
  | { readonly type: 'broke'; readonly detail: string };
