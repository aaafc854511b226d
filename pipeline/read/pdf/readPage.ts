import { OPS, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageContent } from '../geometry/index.ts';
import type { Matrix } from './matrix.ts';
import { annotationMode } from './openPdf.ts';
import { contentOfOperators, type OperatorSource } from './pageContent.ts';
import { isMostlyRed } from './redPicture.ts';
import type { PdfFont } from './state.ts';

type Layers = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>;

/** A page parsed by pdf.js, with all that its operators name. */
export interface ParsedPage {
  readonly page: PDFPageProxy;
  readonly operators: OperatorSource;
}

/** Has pdf.js parse a page (numbered from 1), once. */
export async function parsePage(document: PDFDocumentProxy, number: number): Promise<ParsedPage> {
  const page = await document.getPage(number);
  const operators = await page.getOperatorList({ annotationMode });
  await objectsReady(page, operators);
  return { page, operators };
}

/** Everything on one page: its operators are followed once. */
export function readPage({ page, operators }: ParsedPage, layers: Layers): PageContent {
  const viewport = page.getViewport({ scale: 1 });
  const fonts = new Map<string, PdfFont | null>();
  return contentOfOperators(operators, {
    width: viewport.width,
    height: viewport.height,
    matrix: viewport.transform as unknown as Matrix,
    font(id) {
      const known = fonts.get(id);
      if (known !== undefined) return known;
      const font = fontOf(page.commonObjs.has(id) ? page.commonObjs.get(id) : null);
      fonts.set(id, font);
      return font;
    },
    layerVisible: (properties) => layers.isVisible(properties),
    pictureIsRed(id) {
      const objects = objectsOf(page, id, OPS.paintImageXObject);
      return objects.has(id) ? isMostlyRed(objects.get(id)) : undefined;
    },
  });
}

/** Fonts and pictures arrive beside the operators, perhaps after them; pictures of no use are empty by then. */
async function objectsReady(page: PDFPageProxy, operators: OperatorSource): Promise<void> {
  const waiting = new Map<string, Promise<unknown>>();
  operators.fnArray.forEach((operator, index) => {
    if (!named.has(operator)) return;
    const [id] = operators.argsArray[index] as readonly unknown[];
    if (typeof id !== 'string' || waiting.has(id)) return;
    const objects = objectsOf(page, id, operator);
    if (!objects.has(id)) waiting.set(id, new Promise((resolve) => objects.get(id, resolve)));
  });
  await Promise.all(waiting.values());
}

const named = new Set<number>([OPS.setFont, OPS.paintImageXObject, OPS.paintImageXObjectRepeat]);

function objectsOf(page: PDFPageProxy, id: string, operator: number): PDFPageProxy['objs'] {
  return operator === OPS.setFont || id.startsWith('g_') ? page.commonObjs : page.objs;
}

/** Names of faces that are bold by themselves; word processors otherwise thicken the strokes. */
const boldName = /bold|black|heavy|demi|-[bh]d?$/i;

/** What pdf.js knows of a font; it is typed loosely there. */
interface LooseFont {
  readonly name?: string;
  readonly bold?: boolean;
  readonly black?: boolean;
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly isType3Font?: boolean;
  readonly bbox?: readonly number[];
  readonly defaultVMetrics?: readonly number[];
}

function fontOf(value: unknown): PdfFont | null {
  if (typeof value !== 'object' || value === null) return null;
  const font = value as LooseFont;
  const name = font.name ?? '';
  const height = font.bbox ? Math.abs((font.bbox[3] ?? 0) - (font.bbox[1] ?? 0)) : 0;
  return {
    name,
    bold: font.bold === true || font.black === true || boldName.test(name),
    vertical: font.vertical === true,
    fontMatrix: font.fontMatrix ?? [0.001, 0, 0, 0.001, 0, 0],
    isType3: font.isType3Font === true,
    boxHeight: height > 0 ? height : null,
    verticalMetrics: font.defaultVMetrics ?? null,
  };
}
