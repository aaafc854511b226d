import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extraction, SourceFile } from '../../models/index.ts';
import { sharedEngines } from '../../pipeline/ocr/openEngines.ts';
import { type ExtractOptions, extractFile, extractUnlessScanned } from '../../pipeline/run.ts';
import { docxOf } from '../read/docxOf.ts';
import { ofdNamespace, ofdOf } from '../read/ofdOf.ts';
import { zipOf } from '../read/zipOf.ts';
import { deafReader, enginesOf, noticePage, pdfOf } from './drawnPages.ts';

const engines = sharedEngines('pp');
afterAll(() => engines.close());
const recognized = (file: SourceFile, options: ExtractOptions = {}): Promise<Extraction> =>
  extractFile(file, { ocr: 'pp', engines, ...options });

describe('Pages without text are recognised', { timeout: 240_000 }, () => {
  let pages: readonly Buffer[];
  beforeAll(async () => {
    pages = await Promise.all([1, 2, 3].map(noticePage));
  });
  const parts = ({ text }: Extraction): string[] => text.match(/第.部分/g) ?? [];

  it('in a PDF that has text on other pages', async () => {
    const printed = '第二部分工作安排。各乡镇要明确专人负责，及时完成各项任务。';
    const file = await pdfOf([pages[0]!, printed, pages[2]!]);
    const seen: string[] = [];
    const onProgress: ExtractOptions['onProgress'] = ({ page, pageCount, stage }) =>
      seen.push(`${stage} ${page}/${pageCount}`);
    const extraction = await recognized(file, { onProgress });
    expect(parts(extraction)).toEqual(['第一部分', '第二部分', '第三部分']);
    expect(extraction.source).toMatchObject({ textOrigin: 'mixed', pageCount: 3 });
    expect(extraction.diagnostics.map(({ code }) => code)).not.toContain('page-needs-recognition');
    expect(seen).toEqual(['recognize 1/3', 'recognize 3/3']);
  });

  it('in a PDF with a password', async () => {
    const file = await pdfOf([pages[0]!], { password: 'geheim-1234' });
    expect(parts(await recognized(file, { password: 'geheim-1234' }))).toEqual(['第一部分']);
    await expect(recognized(file)).rejects.toMatchObject({ code: 'FILE_ENCRYPTED' });
  });

  it('in a scanned OFD', async () => {
    const file = ofdOf({
      pages: ['<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="3"/>'],
      common: '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>',
      files: {
        'Doc_0/DocumentRes.xml': `<ofd:Res ${ofdNamespace} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image" Format="JPEG"><ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>`,
        'Doc_0/Res/scan.jpg': pages[1]!,
      },
    });
    expect(parts(await recognized(file))).toEqual(['第二部分']);
  });

  it('in a Word document that is nothing but pictures', async () => {
    const picture = (id: string) =>
      `<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="${id}"/></wp:inline></w:drawing></w:r></w:p>`;
    const file = docxOf({ body: picture('i1') + picture('i2'), images: { i1: pages[0]!, i2: pages[1]! } });
    const extraction = await recognized(file);
    expect(parts(extraction)).toEqual(['第一部分', '第二部分']);
    expect(extraction.diagnostics.map(({ code }) => code)).not.toContain('page-needs-recognition');
  });

  it('in a TIFF of several pages', async () => {
    const joined = sharp([...pages], { join: { animated: true } });
    const file = { fileName: '扫描件.tif', bytes: await joined.tiff({ compression: 'lzw' }).toBuffer() };
    const extraction = await recognized(file);
    expect(parts(extraction)).toEqual(['第一部分', '第二部分', '第三部分']);
    expect(extraction.source.pageCount).toBe(3);
  });

  it('in PNG, WebP and BMP', async () => {
    const { data, info } = await sharp(pages[0]).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    for (const [fileName, bytes] of [
      ['a.png', await sharp(pages[0]).png().toBuffer()],
      ['a.webp', await sharp(pages[0]).webp({ quality: 90 }).toBuffer()],
      ['a.bmp', bmpOf(data, info)],
    ] as const) {
      expect(parts(await recognized({ fileName, bytes }))).toEqual(['第一部分']);
    }
  });

  it('in the files of an archive, also of one inside it, but not in a second format of the same file', async () => {
    const inner = zipOf([{ name: '附件2.jpg', data: pages[1]! }]);
    const scan = (await pdfOf([pages[2]!])).bytes;
    const file = zipOf([
      {
        name: '通知.txt',
        data: '青林县安全生产委员会关于开展燃气安全检查的通知\n各乡镇人民政府：\n现将有关事项通知如下。',
      },
      { name: '附件1.png', data: await sharp(pages[0]).png().toBuffer() },
      { name: '附件.zip', data: inner },
      { name: '通知.pdf', data: scan },
    ]);
    const reader = deafReader();
    const counted = { open: async () => enginesOf(reader), close: async () => {} };
    const whole = await recognized({ fileName: '通知.zip', bytes: file });
    expect(parts(whole)).toEqual(['第一部分', '第二部分']);
    expect(whole.source.textOrigin).toBe('mixed');
    const seen: string[] = [];
    await recognized(
      { fileName: '通知.zip', bytes: file },
      { engines: counted, onProgress: ({ stage }) => seen.push(stage) },
    );
    expect(seen).toHaveLength(2);
  });

  it('only where that is asked for, and files are told apart that have such pages', async () => {
    const file = await pdfOf(['第一部分工作安排，各乡镇要明确专人负责。', pages[1]!]);
    const text = await extractFile(file);
    expect(parts(text)).toEqual(['第一部分']);
    expect(text.diagnostics.map(({ code }) => code)).toContain('page-needs-recognition');
    expect(await extractUnlessScanned(file)).toEqual({ scannedPages: 1 });
    expect(await extractUnlessScanned(await pdfOf(['第一部分工作安排，各乡镇要明确专人负责。']))).toMatchObject({
      source: { textOrigin: 'text' },
    });
  });
});

/** 24 bits a pixel, rows from the bottom, padded to four bytes. */
function bmpOf(rgb: Buffer, { width, height }: { width: number; height: number }): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = 54 + (height - 1 - y) * stride + x * 3;
      file[to] = rgb[from + 2]!;
      file[to + 1] = rgb[from + 1]!;
      file[to + 2] = rgb[from]!;
    }
  }
  return file;
}
