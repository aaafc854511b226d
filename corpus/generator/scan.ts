import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import type { Box } from '../../models/index.ts';
import { drawPage, family, sealRed } from './drawPage.ts';
import type { LaidOutPage } from './laidOut.ts';
import { layOut } from './layOut.ts';
import { addLight, addNoise, type Pixels, turnAndTilt } from './scanFaults.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec } from './spec.ts';

export interface ScanOptions {
  readonly seed: number;
  readonly dpi: number;
  /** Degrees clockwise. */
  readonly skew?: number;
  /** Standard deviation of the sensor's noise, in grey levels. */
  readonly noise?: number;
  /** Radius of a Gaussian blur in pixels. */
  readonly blur?: number;
  /** 1 to 100; absent: PNG. */
  readonly jpegQuality?: number;
  /** Fall of light over the page, 0 to 1: the share of light lost at the darkest place. */
  readonly unevenLight?: number;
  /** Colour of the paper. */
  readonly paper?: 'white' | 'yellowed' | 'grey';
  /** A dark band along one side, as of a book's fold or a hand. */
  readonly shadow?: boolean;
  /** Lines of folding. */
  readonly fold?: boolean;
  /** Moves seals so that they lie over signature and date, at random. */
  readonly sealOverDate?: boolean;
  /** A stamp of receipt (收文章) at the head. */
  readonly receiptStamp?: boolean;
  /** Marks as of a pen. */
  readonly handwriting?: boolean;
  /** Two pages side by side on one sheet. */
  readonly twoUp?: boolean;
  /** Photographed lying on a table, seen askew: 0 to 1, how much. */
  readonly perspective?: number;
  /** Quarters of a turn, clockwise. */
  readonly quarters?: number;
  /** Without colour. */
  readonly grey?: boolean;
  /** Only these pages, from 1. */
  readonly pages?: readonly number[];
}

/** One picture of a scan with what is printed on it. Boxes are points of the picture at its dpi, origin top left. */
export interface ScanPage {
  readonly image: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** The pages printed on it, as laid out (two for `twoUp`). */
  readonly laidOut: readonly LaidOutPage[];
  /** Lines in reading order, at their place on the picture. */
  readonly lines: readonly { readonly text: string; readonly element: string; readonly box: Box }[];
}

/** A notice printed, stamped, and scanned or photographed. The same seed gives the same pictures. */
export async function renderScan(spec: NoticeSpec, options: ScanOptions): Promise<ScanPage[]> {
  return scanPages(layOut(spec, options.seed), options);
}

/** Scans of pages that are laid out already. */
export async function scanPages(laidOut: readonly LaidOutPage[], options: ScanOptions): Promise<ScanPage[]> {
  const random = seededRandom(options.seed * 31 + 7);
  const chosen = laidOut.filter((page) => !options.pages || options.pages.includes(page.page));
  const moved = options.sealOverDate ? chosen.map((page) => moveSeals(page, random)) : chosen;
  const sheets = options.twoUp ? pairs(moved) : moved.map((page) => [page]);
  const scans: ScanPage[] = [];
  for (const sheet of sheets) scans.push(await scanSheet(sheet, options, random));
  return scans;
}

function pairs(pages: readonly LaidOutPage[]): LaidOutPage[][] {
  const result: LaidOutPage[][] = [];
  for (let i = 0; i < pages.length; i += 2) result.push(pages.slice(i, i + 2));
  return result;
}

/** GB/T 9704-2012, 7.3.5.1: a seal lies over signature and date; clerks press it where they like. */
function moveSeals(page: LaidOutPage, random: SeededRandom): LaidOutPage {
  const seals = page.seals.map((seal) => ({
    ...seal,
    x: seal.x + (random.next() - 0.5) * seal.radius * 0.9,
    y: seal.y + (random.next() - 0.5) * seal.radius * 0.6,
  }));
  return { ...page, seals };
}

async function scanSheet(sheet: readonly LaidOutPage[], options: ScanOptions, random: SeededRandom): Promise<ScanPage> {
  const scale = options.dpi / 72;
  let canvas = drawPage(sheet[0]!, options.dpi);
  let lines = linesOf(sheet[0]!, 0);
  if (options.twoUp) {
    const second = sheet[1];
    const wide = createCanvas(canvas.width * 2, canvas.height);
    const context = wide.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, wide.width, wide.height);
    context.drawImage(canvas, 0, 0);
    if (second) {
      context.drawImage(drawPage(second, options.dpi), canvas.width, 0);
      lines = [...lines, ...linesOf(second, sheet[0]!.width)];
    }
    canvas = wide;
  }
  const context = canvas.getContext('2d');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  if (options.receiptStamp) drawReceiptStamp(context, canvas.width / scale, random);
  if (options.handwriting) drawHandwriting(context, canvas.width / scale, canvas.height / scale, random);
  let pixels = pixelsOf(canvas);
  addLight(pixels, options, random);
  const { pixels: turned, place } = turnAndTilt(pixels, options, random);
  pixels = turned;
  if (options.blur) pixels = await blurred(pixels, options.blur);
  if (options.noise) addNoise(pixels, options.noise, random);
  if (options.grey) toGrey(pixels);
  const picture = sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } }).withMetadata(
    {
      density: options.dpi,
    },
  );
  const image = options.jpegQuality
    ? await picture.jpeg({ quality: options.jpegQuality }).toBuffer()
    : await picture.png({ compressionLevel: 3 }).toBuffer();
  return {
    image: new Uint8Array(image),
    mediaType: options.jpegQuality ? 'image/jpeg' : 'image/png',
    width: pixels.width,
    height: pixels.height,
    dpi: options.dpi,
    laidOut: sheet,
    lines: lines.map((line) => ({ ...line, box: placed(line.box, place, scale) })),
  };
}

function linesOf(page: LaidOutPage, dx: number): { text: string; element: string; box: Box }[] {
  return page.lines.map(({ text, element, box }) => ({
    text,
    element,
    box: [box[0] + dx, box[1], box[2] + dx, box[3]],
  }));
}

/** The box around a box's corners where they have come to lie, in points. */
function placed(box: Box, place: (x: number, y: number) => [number, number], scale: number): Box {
  const corners = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[2], box[3]],
    [box[0], box[3]],
  ].map(([x, y]) => place(x! * scale, y! * scale));
  const xs = corners.map(([x]) => x / scale);
  const ys = corners.map(([, y]) => y / scale);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function pixelsOf(canvas: Canvas): Pixels {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const rgb = new Uint8Array(canvas.width * canvas.height * 3);
  for (let i = 0, from = 0, to = 0; i < canvas.width * canvas.height; i++, from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
  return { width: canvas.width, height: canvas.height, data: rgb };
}

function toGrey(pixels: Pixels): void {
  for (let at = 0; at < pixels.data.length; at += 3) {
    const value = (pixels.data[at]! * 77 + pixels.data[at + 1]! * 150 + pixels.data[at + 2]! * 29) >> 8;
    pixels.data.fill(value, at, at + 3);
  }
}

async function blurred(pixels: Pixels, radius: number): Promise<Pixels> {
  const data = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .blur(radius)
    .raw()
    .toBuffer();
  return { ...pixels, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** 收文章: a frame with three compartments, pressed askew above the letterhead. */
function drawReceiptStamp(context: SKRSContext2D, width: number, random: SeededRandom): void {
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.translate(width - 150 - 40 * random.next(), 34 + 20 * random.next());
  context.rotate((random.next() - 0.5) * 0.16);
  const color = random.chance(0.5) ? sealRed : '#2a3fb0';
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 1.2;
  context.strokeRect(0, 0, 112, 44);
  context.beginPath();
  context.moveTo(0, 16);
  context.lineTo(112, 16);
  context.moveTo(0, 30);
  context.lineTo(112, 30);
  context.stroke();
  context.font = `10px "${family.bold}"`;
  context.fillText('收 文 登 记', 30, 12);
  context.font = `9px "${family.regular}"`;
  context.fillText(`编号：${random.integer(100, 999)}`, 6, 26);
  context.fillText(`2025年${random.integer(1, 12)}月${random.integer(1, 28)}日`, 6, 40);
  context.restore();
}

/** A ring around a word and a scribble in the margin. */
function drawHandwriting(context: SKRSContext2D, width: number, height: number, random: SeededRandom): void {
  context.save();
  context.strokeStyle = random.chance(0.5) ? '#1d2f9a' : '#222';
  context.lineWidth = 1.3;
  const [x, y] = [width * (0.03 + 0.03 * random.next()), height * (0.3 + 0.4 * random.next())];
  context.beginPath();
  context.moveTo(x, y);
  for (let i = 0; i < 9; i++) {
    context.quadraticCurveTo(
      x + 30 * random.next(),
      y + i * 9 - 8 * random.next(),
      x + 34 * random.next(),
      y + i * 9 + 6,
    );
  }
  context.stroke();
  context.restore();
}
