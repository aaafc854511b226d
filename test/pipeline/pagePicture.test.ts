import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pagePicture } from '../../pipeline/pagePicture.ts';

const a4 = { width: 595, height: 842 };

async function pixel(jpeg: Uint8Array | null, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(jpeg ?? new Uint8Array())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))) * info.channels;
  return [...data.subarray(at, at + 3)].map((value) => Math.round(value / 64));
}

function plain(width: number, height: number, background: string) {
  return sharp({ create: { width, height, channels: 3, background } });
}

describe('The picture of a page', () => {
  it('is made of a TIFF, which browsers do not show', async () => {
    const bytes = await plain(300, 420, '#000').tiff({ compression: 'lzw' }).toBuffer();
    const jpeg = await pagePicture({ fileName: '扫描.tif', bytes }, { mediaType: 'image/tiff', page: 1, ...a4 });
    expect((await sharp(jpeg ?? new Uint8Array()).metadata()).format).toBe('jpeg');
    expect(await pixel(jpeg, 0.5, 0.5)).toEqual([0, 0, 0]);
  });

  it('stands upright as the camera says', async () => {
    const left = await plain(40, 400, '#000').png().toBuffer();
    const photo = plain(400, 400, '#fff').composite([{ input: left, left: 0, top: 0 }]);
    // 6: to be turned a quarter to the right; its left is then its top.
    const bytes = await sharp(await photo.png().toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const jpeg = await pagePicture({ fileName: '照片.jpg', bytes }, { mediaType: 'image/jpeg', page: 1, ...a4 });
    expect(await pixel(jpeg, 0.5, 0.02)).toEqual([0, 0, 0]);
    expect(await pixel(jpeg, 0.02, 0.5)).toEqual([4, 4, 4]);
  });

  it('is none for text, and for a page that is not there', async () => {
    const asked = { mediaType: 'text/plain', page: 1, ...a4 };
    expect(await pagePicture({ fileName: 'a.txt', bytes: new Uint8Array([65]) }, asked)).toBeNull();
  });
});
