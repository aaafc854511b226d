import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Extraction, HongtouError, layoutPage, type SourceFile } from '../../models/index.ts';
import { sharedEngines } from '../../pipeline/ocr/openEngines.ts';
import { recognize } from '../../pipeline/ocr/recognize.ts';
import { type ExtractOptions, extractFile } from '../../pipeline/run.ts';
import { docxOf } from '../read/docxOf.ts';
import { deafReader, enginesOf, noticePage, pdfOf } from './drawnPages.ts';

const engines = sharedEngines('pp');
afterAll(() => engines.close());
const recognized = (file: SourceFile, options: ExtractOptions = {}): Promise<Extraction> =>
  extractFile(file, { ocr: 'pp', engines, ...options });
/** What a file comes to: its text and diagnostics, or the one line that says why it is not read. */
async function outcome(fileName: string, bytes: Uint8Array): Promise<{ text: string; said: string[] } | string> {
  try {
    const { text, diagnostics } = await recognized({ fileName, bytes });
    return { text, said: diagnostics.map(({ code, page }) => `${code} ${page}`) };
  } catch (error) {
    if (error instanceof HongtouError) return error.line;
    throw error;
  }
}
const pictureOf = (id: string): string =>
  `<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="${id}"/></wp:inline></w:drawing></w:r></w:p>`;
/** A Word document of nothing but these pictures. */
const pages = (...pictures: Uint8Array[]): SourceFile =>
  docxOf({
    body: pictures.map((_, i) => pictureOf(`i${i}`)).join(''),
    images: Object.fromEntries(pictures.map((picture, i) => [`i${i}`, picture])),
  });

/** Much is computed here: on a machine that does other things as well it takes its time. */
const patience = { timeout: 240_000 };

describe('A picture that is no page', patience, () => {
  it('of 30,000 by 30,000 pixels is refused before it is unpacked, and others of the file stand', async () => {
    const huge = pngOfSize(30_000, 30_000);
    expect(await outcome('大图.png', huge)).toMatch(
      /^"大图\.png" goes over a limit: 30000 × 30000 pixels; at most 200 /,
    );
    const { text, diagnostics } = await recognized(pages(huge, await noticePage(2)));
    expect(text).toContain('第二部分');
    expect(diagnostics.filter((d) => d.code === 'page-recognition-failed')).toEqual([
      {
        code: 'page-recognition-failed',
        severity: 'error',
        message: '第1页未能识别：图片像素过多，超出读取限制。',
        page: 1,
      },
    ]);
  });

  it('is cut off: what is there is read, and that it is not whole is said', async () => {
    const whole = await noticePage(1);
    const cut = await outcome('a.jpg', whole.subarray(0, Math.round(whole.length * 0.8)));
    expect(cut).toMatchObject({ text: expect.stringContaining('第一部分'), said: ['image-truncated 1'] });
    expect(await outcome('a.jpg', whole.subarray(0, 200))).toMatch(/^"a\.jpg" is damaged: [^\n]+$/);
  });

  it('lies about its size', async () => {
    const tiff = await sharp(await noticePage(1))
      .tiff({ compression: 'none' })
      .toBuffer();
    expect(await outcome('a.tif', withTiffSize(tiff, 12_000, 14_000))).toMatch(/^"a\.tif" is damaged: [^\n]+$/);
    expect(await outcome('a.tif', withTiffSize(tiff, 60_000, 60_000))).toMatch(/^"a\.tif" goes over a limit: /);
  });

  it('is noise, a photo of something else, black, or a dot', async () => {
    const file = await pdfOf([await noise(), await landscape(), await plain(0), await noticePage(4)]);
    const { text, diagnostics } = await recognized(file);
    expect(text.match(/第.部分/g)).toEqual(['第四部分']);
    const said = diagnostics.map(({ code, page }) => `${code} ${page}`);
    expect(said.some((line) => /^page-(?:noise|not-text) 1$/.test(line))).toBe(true);
    expect(said.some((line) => /^(?:page-not-text|page-blank|page-noise|low-confidence) 2$/.test(line))).toBe(true);
    expect(said.some((line) => /^page-\S+ 3$/.test(line))).toBe(true);
    const dot = await sharp(Buffer.alloc(1), { raw: { width: 1, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    expect(await outcome('dot.png', dot)).toMatch(/^"dot\.png" holds no text\./);
  });

  it('is blank, five hundred times over', async () => {
    const pages = Array.from({ length: 500 }, (_, i) => layoutPage([], { page: i + 1, needsRecognition: true }));
    const layout = { mediaType: 'application/pdf', paged: true, pages, signatures: [], diagnostics: [] };
    const data = new Uint8Array(104 * 146).fill(250);
    const seen: number[] = [];
    const result = await recognize(
      layout,
      { fileName: 'a.pdf', bytes: new Uint8Array(1) },
      {
        engines: enginesOf(deafReader()),
        pageImages: async () => ({ picture: { data, width: 104, height: 146, channels: 1, dpi: null }, box: null }),
        onPage: (page) => seen.push(page),
      },
    );
    expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(new Set(result.diagnostics.map(({ code }) => code))).toEqual(new Set(['page-blank']));
    expect(result.diagnostics).toHaveLength(500);
    const blank = await plain(250);
    expect(await outcome('空白.jpg', blank)).toMatch(/^"空白\.jpg" holds no text\./);
    const pair = await pdfOf([blank, await noticePage(2)]);
    const { diagnostics } = await recognized(pair);
    expect(diagnostics.filter(({ page }) => page === 1)).toMatchObject([{ code: 'page-blank' }]);
  });
});

describe('Recognition', patience, () => {
  it('stops when it is asked to, in the middle of a page', async () => {
    const stop = new AbortController();
    const reader = deafReader();
    let lines = 0;
    const stopping = {
      ...reader,
      readLines: async (...args: Parameters<typeof reader.readLines>) => {
        const readings = await reader.readLines(...args);
        lines = reader.lines();
        stop.abort(new Error('enough'));
        return readings;
      },
    };
    const begun: number[] = [];
    const work = recognized(await pdfOf(await Promise.all([1, 2, 3, 4].map(noticePage))), {
      engines: { open: async () => enginesOf(stopping), close: async () => {} },
      signal: stop.signal,
      onProgress: ({ page }) => begun.push(page),
    });
    await expect(work).rejects.toThrow('enough');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(reader.lines()).toBe(lines);
    expect(begun.length).toBeLessThanOrEqual(2);
    expect(begun).not.toContain(3);
  });

  it('goes on after a page whose reader failed', async () => {
    const reader = deafReader('第一部分工作');
    let calls = 0;
    const failing = {
      ...reader,
      readLines: async (...args: Parameters<typeof reader.readLines>) => {
        if (++calls === 1) throw new Error('out of luck');
        return reader.readLines(...args);
      },
    };
    const { text, diagnostics } = await recognized(await pdfOf([await noticePage(1), await noticePage(2)]), {
      engines: { open: async () => enginesOf(failing), close: async () => {} },
    });
    expect(text).toContain('第一部分工作');
    const [failure, ...others] = diagnostics.filter(({ code }) => code === 'page-recognition-failed');
    expect(failure?.message).toMatch(/^第[12]页未能识别：图片无法读取或识别出错。$/);
    expect(others).toEqual([]);
  });

  it('keeps the first reading where the second engine fails, and says so', async () => {
    const broken = {
      ...deafReader('', 'tesseract'),
      readLines: async () => {
        throw new Error('the worker has ended');
      },
    };
    const reader = deafReader('联系电话0490-6260972');
    const { text, diagnostics } = await recognized(await pdfOf([await noticePage(1)]), {
      engines: { open: async () => enginesOf(reader, broken), close: async () => {} },
    });
    expect(text).toContain('0490-6260972');
    expect(diagnostics.filter(({ code }) => code === 'second-reading-failed')).toMatchObject([
      { page: 1, severity: 'warning', message: '第1页没有用第二个引擎复核：该引擎运行出错。' },
    ]);
  });
});

describe('Engines', patience, () => {
  const missing = () => Promise.reject(new Error('libonnxruntime.so.1: cannot open shared object file'));
  const closed = (): Promise<never> => Promise.reject(new Error('no worker'));

  it('are tesseract.js alone where onnxruntime does not load', async () => {
    let alone: boolean | undefined;
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const shared = sharedEngines('auto', {
      pp: missing,
      tesseract: async (isAlone) => {
        alone = isAlone;
        return deafReader('第一部分工作', 'tesseract');
      },
    });
    const { text, diagnostics } = await recognized(await pdfOf([await noticePage(1)]), {
      ocr: 'auto',
      engines: shared,
    });
    expect(alone).toBe(true);
    expect(text).toContain('第一部分工作');
    expect(diagnostics.find(({ code }) => code === 'ocr-engine-missing')?.message).toBe(
      '识别引擎 PP-OCR（onnxruntime）无法在本机启动，未使用该引擎。',
    );
    expect(warned.mock.calls.flat()).toContain(
      'hongtou: the recogniser pp cannot be started: libonnxruntime.so.1: cannot open shared object file\n',
    );
    warned.mockRestore();
    await shared.close();
  });

  it('are missing altogether: a scan is refused with a reason, and pages with text stand', async () => {
    const shared = sharedEngines('auto', { pp: missing, tesseract: closed });
    const options = { ocr: 'auto', engines: shared } as const;
    await expect(recognized(await pdfOf([await noticePage(1)]), options)).rejects.toMatchObject({
      code: 'OCR_UNAVAILABLE',
    });
    const mixed = await pdfOf(['第一部分工作安排，各乡镇要明确专人负责。', await noticePage(2)]);
    const { text, diagnostics } = await recognized(mixed, options);
    expect(text).toContain('第一部分');
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toContain('ocr-engine-missing error');
  });

  it('are started once for many files, and again after they could not be started', async () => {
    let started = 0;
    const shared = sharedEngines('pp', {
      pp: async () => {
        started++;
        if (started === 1) throw new Error('not yet');
        return deafReader();
      },
      tesseract: closed,
    });
    const file = await pdfOf([await noticePage(1)]);
    await expect(recognized(file, { engines: shared })).rejects.toMatchObject({ code: 'OCR_UNAVAILABLE' });
    for (let i = 0; i < 3; i++) await recognized(file, { engines: shared });
    expect(started).toBe(2);
  });

  it('tesseract.js reads a page by itself', async () => {
    const shared = sharedEngines('tesseract');
    const { text } = await recognized(await pdfOf([await noticePage(1)]), { ocr: 'tesseract', engines: shared });
    expect(text.replace(/\s/g, '')).toContain('第一部分工作要求');
    await shared.close();
  });
});

/** A PNG that states its size and holds next to nothing. */
function pngOfSize(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same file with other words for its width and height (TIFF 6.0, tags 256 and 257). */
function withTiffSize(tiff: Buffer, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(tiff);
  const directory = bytes.readUInt32LE(4);
  for (let i = 0; i < bytes.readUInt16LE(directory); i++) {
    const entry = directory + 2 + 12 * i;
    const tag = bytes.readUInt16LE(entry);
    if (tag !== 256 && tag !== 257) continue;
    bytes.writeUInt16LE(4, entry + 2);
    bytes.writeUInt32LE(tag === 256 ? width : height, entry + 8);
  }
  return bytes;
}

async function noise(): Promise<Buffer> {
  const [width, height] = [620, 877];
  const data = Buffer.alloc(width * height * 3);
  let state = 7;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    data[i] = state >> 16;
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** Sky, meadow and bushes. */
function landscape(): Promise<Buffer> {
  const bushes = Array.from(
    { length: 200 },
    (_, i) =>
      `<circle cx="${(i * 7919) % 1100}" cy="${900 + ((i * 104_729) % 600)}" r="${10 + (i % 60)}" fill="hsl(${90 + (i % 40)},40%,${20 + (i % 40)}%)"/>`,
  ).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="1560"><rect width="1100" height="1560" fill="#9cc4e8"/><rect y="850" width="1100" height="710" fill="#5d8a4a"/>${bushes}</svg>`;
  return sharp(Buffer.from(svg)).blur(2).resize(620).jpeg({ quality: 80 }).toBuffer();
}

const plain = (level: number): Promise<Buffer> =>
  sharp({ create: { width: 827, height: 1169, channels: 3, background: { r: level, g: level, b: level } } })
    .jpeg()
    .toBuffer();
