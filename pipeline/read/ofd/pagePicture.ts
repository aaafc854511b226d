import { createCanvas, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../../../models/index.ts';
import { type Matrix, mapX, mapY, multiply } from '../pdf/matrix.ts';
import type { Paint } from '../pdf/state.ts';
import type { OfdPage } from './document.ts';
import { pointsPerMillimetre } from './numbers.ts';
import type { OfdPackage } from './package.ts';
import type { DrawnContent, InkedPath } from './pageContent.ts';
import type { Resources } from './resources.ts';

/** Enough for recognition; larger sheets are drawn smaller. */
const drawing = { dpi: 200, longestSide: 4000 } as const;

/** The picture of a page; null where nothing is on it that can be drawn. Characters are not drawn. */
export async function pictureOfPage(
  source: OfdPackage,
  page: OfdPage,
  content: DrawnContent & { readonly resources: Resources },
): Promise<{ picture: { bytes: Uint8Array }; box: Box | null } | null> {
  const ink = content.ink ?? [];
  const [width, height] = [page.box[2] * pointsPerMillimetre, page.box[3] * pointsPerMillimetre];
  const [first] = content.pictures;
  if (first !== undefined && content.pictures.length === 1 && ink.length === 0) {
    const bytes = pictureBytes(source, content.resources, first.resource);
    const [a, b, c, d] = first.matrix;
    const isUpright = a > 0 && d > 0 && Math.abs(b) + Math.abs(c) < 0.01 * (a + d);
    if (bytes !== null && isUpright && isEncodedPicture(bytes)) return { picture: { bytes }, box: first.box };
  }
  if (content.pictures.length === 0 && ink.length === 0) return null;

  const scale = Math.min(drawing.dpi / 72, drawing.longestSide / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const toPixels: Matrix = [scale, 0, 0, scale, 0, 0];
  for (const { resource, matrix } of content.pictures) {
    const image = await decoded(pictureBytes(source, content.resources, resource));
    if (image === null) continue;
    context.setTransform(...multiply(toPixels, matrix));
    context.drawImage(image, 0, 0, 1, 1);
  }
  context.resetTransform();
  for (const path of ink) drawInk(context, path, multiply(toPixels, path.matrix));
  return { picture: { bytes: new Uint8Array(await canvas.encode('png')) }, box: null };
}

function pictureBytes(source: OfdPackage, resources: Resources, resource: string): Uint8Array | null {
  const entry = source.archive.find(resources.media.get(resource) ?? '');
  return entry === null ? null : source.archive.read(entry);
}

/** JPEG, PNG, BMP, TIFF, GIF or WebP by their first bytes; not JBIG2, which nothing here decodes. */
function isEncodedPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return /^(?:\xff\xd8\xff|\x89PNG|BM|II\*\0|MM\0\*|GIF8|RIFF....WEBP)/s.test(head);
}

async function decoded(bytes: Uint8Array | null): Promise<Image | null> {
  if (bytes === null || !isEncodedPicture(bytes)) return null;
  try {
    return await loadImage(Buffer.from(bytes));
  } catch {
    // A damaged picture; the others are drawn.
    return null;
  }
}

/** Data as `parsePath` gives it: moveTo 0, lineTo 1, curveTo 2, quadraticCurveTo 3, closePath 4. */
function drawInk(context: SKRSContext2D, path: InkedPath, matrix: Matrix): void {
  const { data } = path;
  const at = (i: number): [number, number] => {
    const [x, y] = [data[i] ?? 0, data[i + 1] ?? 0];
    return [mapX(matrix, x, y), mapY(matrix, x, y)];
  };
  context.beginPath();
  for (let i = 0; i < data.length; ) {
    const code = data[i++];
    if (code === 0) context.moveTo(...at(i));
    else if (code === 1) context.lineTo(...at(i));
    else if (code === 2) context.bezierCurveTo(...at(i), ...at(i + 2), ...at(i + 4));
    else if (code === 3) context.quadraticCurveTo(...at(i), ...at(i + 2));
    else context.closePath();
    i += [2, 2, 6, 4, 0][code ?? 4] ?? 0;
  }
  if (path.fill !== null) {
    context.fillStyle = colorOf(path.fill);
    context.fill();
  }
  if (path.stroke !== null) {
    context.strokeStyle = colorOf(path.stroke);
    context.lineWidth = Math.max(
      0.5,
      path.lineWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])),
    );
    context.stroke();
  }
}

function colorOf(paint: Paint): string {
  if (paint.white) return '#fff';
  return { black: '#000', red: '#d00', other: '#888' }[paint.color];
}
