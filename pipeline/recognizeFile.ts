import type { Layout, OpenedPageImages, SourceFile } from '../models/index.ts';
import { type RecognizeOptions, recognize } from './ocr/recognize.ts';
import { docxPageImages } from './read/docx.ts';
import { imagePageImages } from './read/image.ts';
import { ofdPageImages } from './read/ofd.ts';
import { pdfPageImages } from './read/pdf/pageImages.ts';

export type RecognizeFileOptions = Omit<RecognizeOptions, 'pageImages'> & { readonly password?: string };

/**
 * Recognises the pages of a file that have no usable text, from the pictures that its format keeps them in; a layout
 * whose pages all have text comes back as it is. Load this module only when a page needs it: engines are heavy.
 * Throws what `recognize` throws.
 */
export async function recognizeFile(
  layout: Layout,
  input: SourceFile,
  options: RecognizeFileOptions = {},
): Promise<Layout> {
  if (!layout.pages.some((page) => page.needsRecognition)) return layout;
  const { password, ...rest } = options;
  const opened = openPageImages(layout, input, {
    ...(password === undefined ? {} : { password }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  try {
    return await recognize(layout, input, {
      ...rest,
      pageImages: opened.images,
      release: async () => {
        await opened.close();
        await options.release?.();
      },
    });
  } finally {
    await opened.close();
  }
}

function openPageImages(
  layout: Layout,
  input: SourceFile,
  options: { password?: string; signal?: AbortSignal },
): OpenedPageImages {
  const close = async (): Promise<void> => {};
  if (layout.mediaType === 'application/pdf') return pdfPageImages(input, options);
  if (layout.mediaType.startsWith('image/')) return { images: imagePageImages(input), close };
  if (layout.mediaType === 'application/ofd') return { images: ofdPageImages(input), close };
  if (layout.mediaType.endsWith('wordprocessingml.document')) return { images: docxPageImages(input), close };
  return { images: async () => null, close };
}
