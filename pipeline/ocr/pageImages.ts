import type { Box } from '../../models/index.ts';
import type { RawPicture } from './prepare/decode.ts';

/** The picture of one page. */
export interface PageImage {
  /** An encoded picture (JPEG, PNG, TIFF …, with the frame of a TIFF from 0), or pixels. */
  readonly picture: { readonly bytes: Uint8Array; readonly frame?: number } | RawPicture;
  /** Where it lies on the page, in points, upright; null: it is the whole page. */
  readonly box: Box | null;
}

/**
 * The pictures of a file's pages, for recognition: page numbers from 1; null where a page has none. A page's picture is
 * asked for once, right before it is needed, and not kept. Readers of formats with pictures of pages provide this.
 */
export type PageImages = (page: number) => Promise<PageImage | null>;
