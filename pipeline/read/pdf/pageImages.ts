import { OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Box, OpenedPageImages, PageImage, SourceFile } from '../../../models/index.ts';
import { type EmbeddedJpeg, replaceJpegs } from './embeddedJpegs.ts';
import { type OpenedPdf, type OpenOptions, openPdf } from './openPdf.ts';

/** Longest side of a page that is drawn, in pixels. */
const mostSide = 2400;
/** Resolution of pages that must be drawn. */
const drawnDpi = 200;

/**
 * The pictures of a PDF's pages. Where a page is one JPEG and nothing else, that JPEG is given as it lies in the file:
 * nothing is lost by drawing it again, and pdf.js decodes far slower than libjpeg. All other pages are drawn.
 */
export function pdfPageImages(
  input: SourceFile,
  options: Pick<OpenOptions, 'password' | 'signal'> = {},
): OpenedPageImages {
  let embedded: { opened: OpenedPdf; jpegs: readonly EmbeddedJpeg[] } | undefined;
  let drawing: OpenedPdf | undefined;
  const asItIs = (): Promise<OpenedPdf> => openPdf(input, { ...options, prepare: () => {} });
  const close = async (): Promise<void> => {
    const opened = new Set([embedded?.opened, drawing]);
    embedded = undefined;
    drawing = undefined;
    for (const pdf of opened) await pdf?.close();
  };
  const image = async (number: number): Promise<PageImage> => {
    if (!embedded) {
      let jpegs: readonly EmbeddedJpeg[] = [];
      const prepare = (bytes: Uint8Array): void => {
        jpegs = replaceJpegs(bytes);
      };
      const opened = await openPdf(input, { ...options, prepare });
      embedded = { opened, jpegs };
    }
    const { opened, jpegs } = embedded;
    if (jpegs.length > 0) {
      const page = await opened.within(opened.document.getPage(number));
      const whole = await opened.within(wholePageJpeg(page, jpegs));
      page.cleanup();
      if (whole) return { picture: { bytes: input.bytes.subarray(whole.jpeg.start, whole.jpeg.end) }, box: whole.box };
      drawing ??= await asItIs();
    } else drawing ??= opened;
    const source = drawing;
    return source.within(drawPage(source.document, number));
  };
  return {
    images: async (number) => {
      try {
        return await image(number);
      } catch (error) {
        // A page that took too long has ended the work on the file; the next one begins anew.
        await close();
        throw error;
      }
    },
    close,
  };
}

type Matrix = readonly [number, number, number, number, number, number];
const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** Operators that put something on a page besides pictures; the clip path of a scanner's software is none. */
const drawingOperators = new Set<number>([
  OPS.stroke,
  OPS.closeStroke,
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
  OPS.shadingFill,
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
  OPS.paintSolidColorImageMask,
  OPS.beginAnnotation,
  OPS.paintFormXObjectBegin,
  OPS.beginGroup,
]);
const showing = new Set<number>([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);

/** The one JPEG that a page consists of, upright; null where there is more, or less. Invisible text does not count. */
async function wholePageJpeg(
  page: PDFPageProxy,
  jpegs: readonly EmbeddedJpeg[],
): Promise<{ jpeg: EmbeddedJpeg; box: Box } | null> {
  const viewport = page.getViewport({ scale: 1 });
  const operators = await page.getOperatorList();
  let matrix = viewport.transform as unknown as Matrix;
  let invisible = false;
  const saved: { matrix: Matrix; invisible: boolean }[] = [];
  let found: { jpeg: EmbeddedJpeg; box: Box } | null = null;
  for (let i = 0; i < operators.fnArray.length; i++) {
    const operator = operators.fnArray[i]!;
    const args = operators.argsArray[i] as readonly unknown[] | null;
    if (operator === OPS.save) saved.push({ matrix, invisible });
    else if (operator === OPS.restore) ({ matrix, invisible } = saved.pop() ?? { matrix, invisible });
    else if (operator === OPS.transform) matrix = multiply(matrix, args as unknown as Matrix);
    else if (operator === OPS.setTextRenderingMode) invisible = args?.[0] === 3;
    else if (showing.has(operator) && !invisible) return null;
    else if (drawingOperators.has(operator)) return null;
    else if (operator === OPS.constructPath && drawingOperators.has(args?.[0] as number)) return null;
    else if (operator === OPS.paintImageXObject) {
      const jpeg = jpegs[(args?.[1] as number) - 1];
      const box = uprightBox(matrix);
      if (found || !jpeg || !box || args?.[2] !== 1) return null;
      found = { jpeg, box };
    }
  }
  if (!found) return null;
  const { box } = found;
  const covered =
    (Math.min(box[2], viewport.width) - Math.max(box[0], 0)) *
    (Math.min(box[3], viewport.height) - Math.max(box[1], 0));
  return covered > 0.6 * viewport.width * viewport.height ? found : null;
}

/** Where the unit square of a picture lies; null where it is turned or mirrored. */
function uprightBox([a, b, c, d, e, f]: Matrix): Box | null {
  if (a <= 0 || d >= 0 || Math.abs(b) > 0.001 * a || Math.abs(c) > -0.001 * d) return null;
  return [e, f + d, e + a, f];
}

/** What the canvases of pdf.js have that is used here; it draws on those of its own making alone. */
interface CanvasFactory {
  create(
    width: number,
    height: number,
  ): {
    canvas: unknown;
    context: { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } };
  };
  destroy(made: unknown): void;
}

async function drawPage(document: PDFDocumentProxy, number: number): Promise<PageImage> {
  const page = await document.getPage(number);
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(drawnDpi / 72, mostSide / Math.max(size.width, size.height));
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const factory = document.canvasFactory as CanvasFactory;
  const made = factory.create(width, height);
  await page.render({ canvas: null, canvasContext: made.context as never, viewport, background: '#fff' }).promise;
  page.cleanup();
  const { data } = made.context.getImageData(0, 0, width, height);
  const copy = new Uint8Array(data);
  factory.destroy(made);
  return {
    picture: {
      data: copy,
      width,
      height,
      channels: 4,
      dpi: Math.round(scale * 72),
    },
    box: null,
  };
}
