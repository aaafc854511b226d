import { describe, expect, it } from 'vitest';
import { renderPdf } from '../../corpus/generator/pdf.ts';
import { HongtouError } from '../../models/index.ts';
import { type PdfReadOptions, readPdf } from '../../pipeline/read/pdf.ts';
import { rawPage, rawPdf, stream } from './rawPdf.ts';
import { sampleSpec } from './sampleSpec.ts';

const read = (bytes: Uint8Array, options?: PdfReadOptions) => readPdf({ fileName: '来文.pdf', bytes }, options);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'read',
    (error: unknown) => (error instanceof HongtouError ? error.code : `no HongtouError: ${String(error)}`),
  );
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = async (bytes: Uint8Array): Promise<string> =>
  (await read(bytes)).pages
    .flatMap((page) => page.blocks.flatMap((block) => (block.type === 'line' ? [block.text] : [])))
    .join('|');

describe('files that cannot be read end with one line that says why', async () => {
  const whole = (await renderPdf(sampleSpec, { seed: 1 })).bytes;

  it.each([
    ['nothing', new Uint8Array(), 'FILE_EMPTY'],
    ['another format', ascii('PK\x03\x04 not a PDF at all'), 'UNSUPPORTED_FORMAT'],
    ['a head alone', ascii('%PDF-1.7\n'), 'FILE_DAMAGED'],
    ['a file cut in half', whole.slice(0, whole.length / 2), 'FILE_DAMAGED'],
    ['a file without its last hundred bytes and pages', whole.slice(0, whole.length * 0.9), 'FILE_DAMAGED'],
    ['a catalog without pages', rawPdf(['<< /Type /Catalog >>']), 'FILE_DAMAGED'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(read(bytes))).toBe(code);
  });

  it('names the file and what to do', async () => {
    const error = await read(new Uint8Array()).catch((e: unknown) => e);
    expect((error as HongtouError).line).toBe('"来文.pdf" is empty. Ask the sender for the file again.');
  });

  it('reads the next file after a broken one', async () => {
    await codeOf(read(whole.slice(0, 5000)));
    expect((await read(whole)).pages).toHaveLength(6);
  });

  it('leaves the bytes it is given alone', async () => {
    const copy = whole.slice();
    await read(whole);
    expect(Buffer.compare(whole, copy)).toBe(0);
  });
});

describe('encrypted files', async () => {
  const { bytes } = await renderPdf(sampleSpec, { seed: 1, userPassword: 'qinglin2025' });

  it('ask for a password', async () => {
    expect(await codeOf(read(bytes))).toBe('FILE_ENCRYPTED');
    expect(await codeOf(read(bytes, { password: 'wrong' }))).toBe('FILE_ENCRYPTED');
  });

  it('are read with it', async () => {
    const layout = await read(bytes, { password: 'qinglin2025' });
    expect(layout.pages[0]!.blocks).toContainEqual(expect.objectContaining({ text: '青林县住房和城乡建设局文件' }));
  });
});

describe('files made to keep a reader busy', () => {
  it('a tree of pages that holds itself', async () => {
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 3 >>',
      '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>',
    ]);
    expect(await codeOf(read(bytes))).toBe('FILE_DAMAGED');
  });

  it('a form that draws itself', async () => {
    const form = stream(
      '/X Do',
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>',
    );
    const bytes = rawPage('/X Do BT /F 20 Tf 100 700 Td (after the loop) Tj ET', {
      resources: '/XObject << /X 6 0 R >>',
      more: [form],
    });
    expect(await textOf(bytes)).toBe('after the loop');
  });

  it('forms that double at every level, until the time is up', async () => {
    const level = (next: number): string =>
      stream(
        '/X Do /X Do',
        `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${next} 0 R >> >>`,
      );
    const more = Array.from({ length: 40 }, (_, i) => level(7 + i));
    more.push(stream('0 0 m', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'));
    const bytes = rawPage('/X Do', { resources: '/XObject << /X 6 0 R >>', more });
    expect(await codeOf(read(bytes, { timeLimitSeconds: 0.5 }))).toBe('TIMED_OUT');
  });

  it('the same, until the caller has had enough', async () => {
    const form = stream(
      '/X Do /X Do',
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 7 0 R >> >>',
    );
    const more = Array.from({ length: 40 }, (_, i) => form.replace('/X 7', `/X ${7 + i}`));
    more.push(stream('0 0 m', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'));
    const stop = new AbortController();
    const work = read(rawPage('/X Do', { resources: '/XObject << /X 6 0 R >>', more }), { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });

  it('three hundred thousand objects', async () => {
    const more = Array.from({ length: 300_000 }, () => '<<>>');
    expect(await textOf(rawPage('BT /F 20 Tf 100 700 Td (small all the same) Tj ET', { more }))).toBe(
      'small all the same',
    );
  });

  it('a count of pages that is not true', async () => {
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>';
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>',
      page,
    ]);
    expect((await read(bytes)).pages).toHaveLength(1);
  });

  it('more pages than are read', async () => {
    const kids = Array.from({ length: 3001 }, (_, i) => `${i + 3} 0 R`).join(' ');
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count 3001 >>`,
      ...Array.from({ length: 3001 }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>'),
    ]);
    expect(await codeOf(read(bytes))).toBe('LIMIT_EXCEEDED');
  });
});

describe('pages that are not whole', () => {
  it('says which page is damaged and reads the others', async () => {
    const page = (contents: number, box: string): string =>
      `<< /Type /Page /Parent 2 0 R ${box} /Contents ${contents} 0 R /Resources << /Font << /F 5 0 R >> >> >>`;
    const box = '/MediaBox [0 0 600 800]';
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R 6 0 R 99 0 R] /Count 3 >>',
      page(4, box),
      stream('BT /F 20 Tf 100 700 Td (the first page) Tj ET'),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      page(7, box),
      stream('BT /F 20 Tf 100 700 Td (the second page) Tj ET'),
    ]);
    const layout = await read(bytes);
    const texts = layout.pages.map((p) => p.blocks.map((b) => (b.type === 'line' ? b.text : b.type)));
    expect(texts.flat()).toEqual(['the first page', 'the second page']);
    expect(layout.diagnostics.map((d) => [d.code, d.page])).toContainEqual(['page-unreadable', 3]);
    expect(layout.pages[2]!.needsRecognition).toBe(true);
  });

  it('says that the end is missing where the rest can be read', async () => {
    const bytes = rawPage('BT /F 20 Tf 100 700 Td (all there is) Tj ET');
    const cut = bytes.slice(0, bytes.length - 8);
    const layout = await read(cut);
    expect(layout.diagnostics.map((d) => d.code)).toContain('file-cut-off');
    expect(await textOf(cut)).toBe('all there is');
  });

  it('hands a blank page and a scanned one on for recognition', async () => {
    const layout = await read(rawPage('0 0 m 10 10 l S'));
    expect(layout.pages[0]!.needsRecognition).toBe(true);
    const scan = rawPage('q 600 0 0 800 0 0 cm /I Do Q BT /F 12 Tf 50 770 Td (stamp 12) Tj ET', {
      resources: '/XObject << /I 6 0 R >>',
      more: [
        stream(
          'x'.repeat(99),
          '/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode',
        ),
      ],
    });
    const [page] = (await read(scan)).pages;
    expect(page!.needsRecognition).toBe(true);
    expect(page!.blocks.map((block) => block.type)).toContain('picture');
  });
});
