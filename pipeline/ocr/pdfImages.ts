import { createRequire } from 'node:module';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import {
  getDocument,
  OPS,
  type PDFDocumentProxy,
  type PDFPageProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Box } from '../../models/index.ts';
import { type EmbeddedJpeg, replaceJpegs } from './embeddedJpegs.ts';
import type { PageImage, PageImages } from './pageImages.ts';
import { workingSide } from './prepare/decode.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const beside = (name: string): string => `${path.join(folder, name)}${path.sep}`;

/** Resolution of pages that must be drawn. */
const drawnDpi = 200;

/**
 * The pictures of a PDF's pages. Where a page is one JPEG and nothing else, that JPEG is given as it lies in the file:
 * nothing is lost by drawing it again, and pdf.js decodes far slower than libjpeg. All other pages are drawn.
 */
export function pdfPageImages(bytes: Uint8Array): { images: PageImages; close: () => Promise<void> } {
  let embedded: { document: PDFDocumentProxy; jpegs: readonly EmbeddedJpeg[] } | undefined;
  let drawing: PDFDocumentProxy | undefined;
  const images: PageImages = async (number) => {
    if (!embedded) {
      const copy = bytes.slice();
      const jpegs = replaceJpegs(copy);
      embedded = { jpegs, document: await open(copy) };
    }
    const page = await embedded.document.getPage(number);
    const whole = embedded.jpegs.length > 0 ? await wholePageJpeg(page, embedded.jpegs) : null;
    page.cleanup();
    if (whole) {
      const { jpeg, box } = whole;
      return { picture: { bytes: bytes.subarray(jpeg.start, jpeg.end) }, box };
    }
    drawing ??= embedded.jpegs.length === 0 ? embedded.document : await open(bytes.slice());
    return drawPage(await drawing.getPage(number));
  };
  const close = async (): Promise<void> => {
    await embedded?.document.loadingTask.destroy();
    if (drawing !== embedded?.document) await drawing?.loadingTask.destroy();
  };
  return { images, close };
}

function open(data: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({
    data,
    cMapUrl: beside('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: beside('standard_fonts'),
    wasmUrl: beside('wasm'),
    iccUrl: beside('iccs'),
    useSystemFonts: false,
    isEvalSupported: false,
    maxImageSize: 200_000_000,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
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

async function drawPage(page: PDFPageProxy): Promise<PageImage> {
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(drawnDpi / 72, workingSide / Math.max(size.width, size.height));
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  // pdf.js draws on any canvas that has the methods of the browser's.
  await page.render({ canvas: null, canvasContext: context, viewport, background: '#fff' }).promise;
  page.cleanup();
  const { data } = context.getImageData(0, 0, width, height);
  return {
    picture: {
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      width,
      height,
      channels: 4,
      dpi: Math.round(scale * 72),
    },
    box: null,
  };
}
