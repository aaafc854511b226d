import type { PageImages } from './pageImages.ts';

/** The pages of a picture file: its frames. */
export const imagePageImages =
  (bytes: Uint8Array): PageImages =>
  async (page) => ({ picture: { bytes, frame: page - 1 }, box: null });
