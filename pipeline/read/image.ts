import sharp from 'sharp';
import {
  HongtouError,
  type Layout,
  type LayoutPage,
  layoutPage,
  type PageImages,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';

/** Pixels of one picture at most: A0 at 300 dpi has 140 million. */
const mostPixels = 200_000_000;
/** A4 in points. */
const paper = { short: 595.28, long: 841.89 } as const;

/**
 * Reads a picture of a page, or of several (TIFF): the pages with their sizes, to be recognised. Reads PNG, JPEG, TIFF,
 * WebP, GIF and BMP. The size in points follows from the resolution that the file states; a picture that states none,
 * or has the shape of A4, is taken for A4.
 *
 * Throws FILE_EMPTY, FILE_TOO_LARGE, FILE_DAMAGED, LIMIT_EXCEEDED (pixels, pages).
 */
export async function readImage(input: SourceFile): Promise<Layout> {
  const { fileName, bytes } = input;
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  if (bytes.length > readLimits.fileBytes) {
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: bytes.length, limit: readLimits.fileBytes });
  }
  const head = (await describe(bytes, 0)) ?? damaged(fileName, 'the picture cannot be decoded');
  const count = head.frames;
  if (count > readLimits.pages) {
    throw new HongtouError('LIMIT_EXCEEDED', {
      fileName,
      what: `${count} pages; at most ${readLimits.pages} are read`,
    });
  }
  const pages: LayoutPage[] = [];
  for (let frame = 0; frame < count; frame++) {
    // A frame that cannot be made out is reported when it is to be recognised.
    const known = frame === 0 ? head : ((await describe(bytes, frame)) ?? head);
    if (known.width * known.height > mostPixels) {
      const what = `${known.width} × ${known.height} pixels; at most ${mostPixels / 1_000_000} million are read`;
      throw new HongtouError('LIMIT_EXCEEDED', { fileName, what });
    }
    pages.push(layoutPage([], { page: frame + 1, ...pointSize(known), textOrigin: 'ocr', needsRecognition: true }));
  }
  return { mediaType: head.mediaType, paged: true, pages, signatures: [], diagnostics: [] };
}

function damaged(fileName: string, reason: string): never {
  throw new HongtouError('FILE_DAMAGED', { fileName, reason });
}

interface PictureHead {
  readonly mediaType: string;
  /** As displayed. */
  readonly width: number;
  readonly height: number;
  readonly dpi: number | null;
  readonly frames: number;
}

async function describe(bytes: Uint8Array, frame: number): Promise<PictureHead | undefined> {
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) return bmpHead(bytes);
  try {
    const found = await sharp(bytes, { limitInputPixels: false, ...(frame > 0 ? { page: frame } : {}) }).metadata();
    const turned = (found.orientation ?? 1) >= 5;
    const density = found.density ?? 0;
    return {
      mediaType: `image/${found.format}`,
      width: turned ? found.height : found.width,
      height: turned ? found.width : found.height,
      // 72 is what programs write that do not know.
      dpi: density >= 60 && density <= 2400 && density !== 72 ? density : null,
      // The frames of an animation are no pages.
      frames: found.format === 'tiff' ? (found.pages ?? 1) : 1,
    };
  } catch {
    return undefined;
  }
}

function bmpHead(bytes: Uint8Array): PictureHead | undefined {
  if (bytes.length < 54) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  const dpi = Math.round(view.getInt32(38, true) * 0.0254);
  return {
    mediaType: 'image/bmp',
    width,
    height,
    dpi: dpi >= 60 && dpi <= 2400 && dpi !== 72 ? dpi : null,
    frames: 1,
  };
}

/** The size of the sheet in points. */
function pointSize({ width, height, dpi }: PictureHead): { width: number; height: number } {
  const stated = dpi ? { width: (width * 72) / dpi, height: (height * 72) / dpi } : null;
  const ratio = Math.max(width, height) / Math.min(width, height);
  const shorter = stated ? Math.min(stated.width, stated.height) : 0;
  // What would be smaller than A6 or larger than A2 states its resolution wrongly.
  if (stated && shorter > 290 && shorter < 1200) return stated;
  if (Math.abs(ratio - Math.SQRT2) < 0.12) {
    return width > height ? { width: paper.long, height: paper.short } : { width: paper.short, height: paper.long };
  }
  // A part of a page or a long picture: as wide as A4.
  return { width: paper.short, height: (paper.short * height) / width };
}

/** The pictures of a picture file's pages: its frames. */
export const imagePageImages =
  (input: SourceFile): PageImages =>
  async (page) => ({ picture: { bytes: input.bytes, frame: page - 1 }, box: null });
