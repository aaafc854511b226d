import sharp, { type Sharp } from 'sharp';
import type { PageImages, SourceFile } from '../models/index.ts';
import { decodePicture, decodeRaw } from './ocr/prepare/decode.ts';

/** A page of a file: what the file is, the number of the page from 1, and its size in points. */
export interface PageAsked {
  readonly mediaType: string;
  readonly page: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels of a picture at most, as where it is read. */
const limitPixels = 200_000_000;

/**
 * The picture of a scanned page as a JPEG that every browser shows, upright and at most 2400 pixels long; what a file
 * keeps as a part of its page lies at its place on white. Pages of PDF are not drawn here, browsers do that. null: the
 * page has no picture, or none that can be decoded.
 */
export async function pagePicture(input: SourceFile, asked: PageAsked): Promise<Uint8Array | null> {
  const images = await imagesOf(input, asked.mediaType);
  const image = await images?.(asked.page);
  if (!image) return null;
  const { picture, box } = image;
  const decoded =
    'bytes' in picture
      ? await decodePicture(picture.bytes, { limitPixels, ...(picture.frame ? { frame: picture.frame } : {}) })
      : await decodeRaw(picture);
  const { data, width, height } = decoded.color;
  const drawn = sharp(data, { raw: { width, height, channels: 3 } });
  if (box === null) return toJpeg(drawn);
  const [left, top, right, bottom] = box;
  const scale = Math.min(width / Math.max(1, right - left), 2_400 / Math.max(asked.width, asked.height));
  const pixels = (points: number) => Math.max(0, Math.round(points * scale));
  const [sheetWidth, sheetHeight] = [Math.max(1, pixels(asked.width)), Math.max(1, pixels(asked.height))];
  const size = {
    width: Math.min(sheetWidth - Math.min(pixels(left), sheetWidth - 1), Math.max(1, pixels(right - left))),
    height: Math.min(sheetHeight - Math.min(pixels(top), sheetHeight - 1), Math.max(1, pixels(bottom - top))),
  };
  const part = await drawn
    .resize({ ...size, fit: 'fill' })
    .png()
    .toBuffer();
  const sheet = sharp({ create: { width: sheetWidth, height: sheetHeight, channels: 3, background: '#fff' } });
  const place = { left: Math.min(pixels(left), sheetWidth - 1), top: Math.min(pixels(top), sheetHeight - 1) };
  return toJpeg(sheet.composite([{ input: part, ...place }]));
}

async function toJpeg(picture: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await picture.jpeg({ quality: 80, mozjpeg: false }).toBuffer());
}

/** Each reader is loaded when a file needs it. */
async function imagesOf(input: SourceFile, mediaType: string): Promise<PageImages | null> {
  if (mediaType.startsWith('image/')) return (await import('./read/image.ts')).imagePageImages(input);
  if (mediaType === 'application/ofd') return (await import('./read/ofd.ts')).ofdPageImages(input);
  if (mediaType.endsWith('wordprocessingml.document')) return (await import('./read/docx.ts')).docxPageImages(input);
  return null;
}
