import type { Box } from './evidence.ts';

/** Pixels as a reader got them from a file: rows from the top, no padding. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly dpi: number | null;
}

/** The picture of one page. */
export interface PageImage {
  /** An encoded picture (JPEG, PNG, TIFF …, with the frame of a TIFF from 0), or pixels. */
  readonly picture: { readonly bytes: Uint8Array; readonly frame?: number } | RawPicture;
  /** Where it lies on the page, in points, upright; null: it is the whole page. */
  readonly box: Box | null;
}

/**
 * The pictures of a file's pages, for recognition: page numbers from 1; null where a page has none. A picture is asked
 * for once, right before it is needed, and not kept.
 */
export type PageImages = (page: number) => Promise<PageImage | null>;

/** Page images with what must be closed when they are no longer needed. */
export interface OpenedPageImages {
  readonly images: PageImages;
  close(): Promise<void>;
}
