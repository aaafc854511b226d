import PDFDocument from 'pdfkit';
import { drawingPieces, fontBytes, plainFeatures } from './fontMetrics.ts';
import type { LaidOutLine, LaidOutPage, LaidOutSeal } from './laidOut.ts';
import { layOut } from './layOut.ts';
import type { NoticeSpec } from './spec.ts';

const red = '#d80f18';

export interface PdfOptions {
  /** What the standard leaves open follows from it; same seed, same bytes. */
  readonly seed: number;
  /** A password without which the file cannot be opened (AES-256; the bytes then differ each time). */
  readonly userPassword?: string;
  /**
   * How the pages are stored: 'turned' = by a quarter with /Rotate, so that they show upright; 'sideways' = by a quarter
   * without saying so, as landscape tables often are; 'cropped' = on larger paper with a /CropBox.
   */
  readonly storage?: 'plain' | 'turned' | 'sideways' | 'cropped';
  /** false: without seals even where the notice has them. */
  readonly seals?: boolean;
}

/**
 * A notice as PDF in the layout of GB/T 9704-2012, with an embedded subset of Noto Serif SC. `truth` is every line,
 * rule, seal and table at the place where it is drawn.
 */
export async function renderPdf(
  spec: NoticeSpec,
  options: PdfOptions,
): Promise<{ bytes: Uint8Array; truth: readonly LaidOutPage[] }> {
  const laidOut = layOut(spec, options.seed);
  const truth = options.seals === false ? laidOut.map((page) => ({ ...page, seals: [] })) : laidOut;
  return { bytes: await drawPdf(truth, options), truth };
}

/** Draws laid out pages. */
export async function drawPdf(pages: readonly LaidOutPage[], options: PdfOptions): Promise<Uint8Array> {
  // The dates and the identity of the file follow from the seed alone, so that the bytes do.
  const created = new Date(Date.UTC(2025, 0, 1) + (options.seed % 500) * 86_400_000);
  const document = new PDFDocument({
    autoFirstPage: false,
    compress: true,
    info: { CreationDate: created, ModDate: created, Producer: 'hongtou corpus', Creator: 'hongtou corpus' },
    ...(options.userPassword === undefined
      ? {}
      : { userPassword: options.userPassword, pdfVersion: '1.7ext3' as const }),
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', fontBytes(false)).registerFont('bold', fontBytes(true));
  for (const page of pages) {
    addPage(document, page, options.storage ?? 'plain');
    for (const rule of page.rules) {
      document
        .lineWidth(rule.width)
        .strokeColor(rule.color === 'red' ? red : 'black')
        .moveTo(rule.x0, rule.y0)
        .lineTo(rule.x1, rule.y1)
        .stroke();
    }
    for (const line of page.lines) drawLine(document, line);
    for (const seal of page.seals) drawSeal(document, seal);
  }
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** Paper around a cropped page, in points. */
const cropped = 36;

function addPage(document: PDFKit.PDFDocument, page: LaidOutPage, storage: NonNullable<PdfOptions['storage']>): void {
  const { width, height } = page;
  if (storage === 'plain') document.addPage({ size: [width, height], margin: 0 });
  else if (storage === 'cropped') {
    document.addPage({ size: [width + 2 * cropped, height + 2 * cropped], margin: 0 });
    pageEntries(document).CropBox = [cropped, cropped, cropped + width, cropped + height];
    document.translate(cropped, cropped);
  } else {
    // The stored page shows its left side at the top: what is at (x, y) when shown is stored at (y, width - x).
    document.addPage({ size: [height, width], margin: 0 });
    if (storage === 'turned') pageEntries(document).Rotate = 90;
    document.transform(0, -1, 1, 0, 0, width);
  }
}

function pageEntries(document: PDFKit.PDFDocument): Record<string, unknown> {
  return (document.page.dictionary as unknown as { data: Record<string, unknown> }).data;
}

function drawLine(document: PDFKit.PDFDocument, line: LaidOutLine): void {
  document.fillColor(line.color === 'red' ? red : 'black').fontSize(line.size);
  for (const run of line.runs) {
    document.font(run.bold ? 'bold' : 'regular');
    for (const piece of drawingPieces(line.text.slice(run.start, run.end))) {
      document.text(piece.text, line.edges[run.start + piece.start]!, line.baseline, {
        baseline: 'alphabetic',
        lineBreak: false,
        characterSpacing: line.spacing,
        features: plainFeatures,
      });
    }
  }
}

function drawSeal(document: PDFKit.PDFDocument, seal: LaidOutSeal): void {
  document.save().lineWidth(2.4).strokeColor(red).fillColor(red);
  document.circle(seal.x, seal.y, seal.radius).stroke();
  star(document, seal.x, seal.y, seal.radius * 0.3);
  const characters = [...seal.text];
  const size = Math.min(seal.radius * 0.3, (seal.radius * 4) / Math.max(1, characters.length));
  const on = seal.radius * 0.86 - size * 0.88;
  // The name runs clockwise over the top, leaving the lower part of the ring free.
  const step = Math.min(32, 260 / Math.max(1, characters.length));
  document.font('bold').fontSize(size);
  characters.forEach((character, index) => {
    const angle = (index - (characters.length - 1) / 2) * step;
    document.save().rotate(angle, { origin: [seal.x, seal.y] });
    document.text(character, seal.x - size / 2, seal.y - on, { baseline: 'alphabetic', lineBreak: false });
    document.restore();
  });
  document.restore();
}

function star(document: PDFKit.PDFDocument, x: number, y: number, radius: number): void {
  for (let i = 0; i < 10; i++) {
    const r = i % 2 === 0 ? radius : radius * 0.382;
    const angle = (Math.PI / 5) * i - Math.PI / 2;
    if (i === 0) document.moveTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    else document.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  document.closePath().fill();
}
