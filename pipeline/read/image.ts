import sharp from 'sharp';
import { HongtouError, type Layout, layoutPage, readLimits, type SourceFile } from '../../models/index.ts';

/** Resolution assumed where a picture states none: that of a scanner's usual setting. */
const usualDpi = 200;

/**
 * A picture of pages: nothing to read in it without recognition, so each of its pages (TIFF has several) is handed on
 * with its size in points and `needsRecognition`.
 * @throws HongtouError FILE_DAMAGED, LIMIT_EXCEEDED
 */
export async function readImage(input: SourceFile): Promise<Layout> {
  const { fileName, bytes } = input;
  const metadata = await sharp(bytes, { limitInputPixels: 400_000_000 })
    .metadata()
    .catch((cause: unknown) => {
      throw new HongtouError('FILE_DAMAGED', { fileName, reason: 'the picture cannot be decoded' }, { cause });
    });
  const { format, width, height, density } = metadata;
  // An animated GIF or WebP is one page; the frames of a TIFF are pages.
  const pageCount = format === 'tiff' ? (metadata.pages ?? 1) : 1;
  if (pageCount > readLimits.pages) throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `${pageCount} pages` });
  const scale = 72 / (density !== undefined && density > 72 ? density : usualDpi);
  const turned = (metadata.orientation ?? 1) >= 5;
  const size = { width: (turned ? height : width) * scale, height: (turned ? width : height) * scale };
  return {
    mediaType: `image/${format}`,
    paged: true,
    pages: Array.from({ length: pageCount }, (_, index) =>
      layoutPage([], { page: index + 1, ...size, textOrigin: 'ocr', needsRecognition: true }),
    ),
    signatures: [],
    diagnostics: [],
  };
}
