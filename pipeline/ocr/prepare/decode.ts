import { createCanvas, loadImage } from '@napi-rs/canvas';
import sharp, { type Sharp } from 'sharp';
import type { RawPicture } from '../../../models/index.ts';
import type { Color } from './raster.ts';

/** Longest side of a page in work, in pixels: A4 at 205 dpi. Finer scans are reduced, as nothing is gained by more. */
export const workingSide = 2400;

export interface DecodedPicture {
  readonly color: Color;
  /** Size of the picture as displayed (after EXIF orientation), in its own pixels. */
  readonly width: number;
  readonly height: number;
  /** As the file states it; null where it says nothing that can be. */
  readonly dpi: number | null;
  /** true: the data end before the picture does; what is missing is white. */
  readonly truncated: boolean;
}

export interface DecodeOptions {
  /** Frame of a TIFF, from 0. */
  readonly frame?: number;
  /** Most pixels a picture may have. */
  readonly limitPixels: number;
}

/**
 * A picture made ready for work: upright after its EXIF orientation, in sRGB on white, at most `workingSide` long.
 * A picture cut off is decoded as far as it goes. Throws what sharp throws for what is no picture or is too large.
 */
export async function decodePicture(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedPicture> {
  if (isBmp(bytes)) return decodeBmp(bytes, options);
  const open = (failOn: 'error' | 'none'): Sharp =>
    sharp(bytes, { limitInputPixels: options.limitPixels, failOn, ...(options.frame ? { page: options.frame } : {}) });
  const metadata = await open('none').metadata();
  const turned = (metadata.orientation ?? 1) >= 5;
  const width = turned ? metadata.height : metadata.width;
  const height = turned ? metadata.width : metadata.height;
  const density = metadata.density ?? 0;
  const known = { width, height, dpi: density >= 60 && density <= 2400 && density !== 72 ? density : null };
  try {
    return { ...known, color: await toWorkingColor(open('error').autoOrient(), width, height), truncated: false };
  } catch (error) {
    if (metadata.format !== 'jpeg' && metadata.format !== 'png' && metadata.format !== 'webp') throw error;
    return { ...known, color: await toWorkingColor(open('none').autoOrient(), width, height), truncated: true };
  }
}

/** Pixels made ready for work, as `decodePicture` does with encoded pictures. */
export async function decodeRaw(picture: RawPicture): Promise<DecodedPicture> {
  const { data, width, height, channels, dpi } = picture;
  const color = await toWorkingColor(sharp(data, { raw: { width, height, channels } }), width, height);
  return { color, width, height, dpi, truncated: false };
}

async function toWorkingColor(picture: Sharp, width: number, height: number): Promise<Color> {
  const factor = Math.min(1, workingSide / Math.max(width, height));
  const sized =
    factor < 1
      ? picture.resize(Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)), {
          fit: 'fill',
        })
      : picture;
  const { data, info } = await sized
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3)
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  // Grey pictures come with one channel (or with an alpha that flatten left).
  const colored = new Uint8Array(info.width * info.height * 3);
  for (let i = 0; i < info.width * info.height; i++) colored.fill(data[i * info.channels]!, i * 3, i * 3 + 3);
  return { width: info.width, height: info.height, data: colored };
}

export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/** libvips reads no BMP; Skia does. */
async function decodeBmp(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedPicture> {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [Math.abs(header.getInt32(18, true)), Math.abs(header.getInt32(22, true))];
  if (width * height > options.limitPixels) throw new Error('Input image exceeds pixel limit');
  const picture = await loadImage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  // Pixels a metre.
  const dpi = Math.round(header.getInt32(38, true) * 0.0254);
  return decodeRaw({
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: picture.width,
    height: picture.height,
    channels: 4,
    dpi: dpi >= 60 && dpi <= 2400 && dpi !== 72 ? dpi : null,
  });
}
