import { createCanvas } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { family, registerFonts } from '../../corpus/generator/drawPage.ts';
import { fontFiles } from '../../corpus/generator/fontMetrics.ts';
import type { SourceFile } from '../../models/index.ts';
import type { LineReader, LineReading } from '../../pipeline/ocr/engine.ts';
import type { OcrEngines } from '../../pipeline/ocr/openEngines.ts';

const dpi = 110;
const [width, height] = [Math.round(8.27 * dpi), Math.round(11.69 * dpi)];

/** A page of A4 with a few printed lines, as grey JPEG. */
export async function drawnPage(lines: readonly string[]): Promise<Buffer> {
  registerFonts();
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#111';
  context.font = `${Math.round((16 * dpi) / 72)}px "${family.regular}"`;
  lines.forEach((line, i) => {
    context.fillText(line, 1.1 * dpi, (1.6 + 0.4 * i) * dpi);
  });
  return sharp(canvas.toBuffer('image/png')).greyscale().jpeg({ quality: 90 }).toBuffer();
}

/** Pages of a notice, each of which says which one it is. */
export const noticePage = (page: number): Promise<Buffer> =>
  drawnPage([
    `第${'一二三四五六七八九十'[page - 1]}部分工作要求`,
    '各乡镇要认真组织燃气安全检查，',
    '按时报送检查情况。',
  ]);

/** A PDF: a picture is a scanned page, a text a page with a text layer. */
export async function pdfOf(
  pages: readonly (Buffer | string)[],
  options: { password?: string } = {},
): Promise<SourceFile> {
  const { password } = options;
  const document = new PDFDocument({
    autoFirstPage: false,
    ...(password !== undefined && { userPassword: password, ownerPassword: `${password}!` }),
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => {
    document.on('end', resolve);
  });
  for (const page of pages) {
    document.addPage({ size: 'A4', margin: 72 });
    if (typeof page === 'string') document.font(fontFiles.regular).fontSize(16).text(page);
    else document.image(page, 0, 0, { width: 595.28 });
  }
  document.end();
  await ended;
  return { fileName: '通知.pdf', bytes: new Uint8Array(Buffer.concat(chunks)) };
}

/** A reader that holds every line for the same words, and counts the lines it was given. */
export function deafReader(text = '测试文字一行', name: LineReader['name'] = 'pp'): LineReader & { lines(): number } {
  let count = 0;
  return {
    name,
    lines: () => count,
    canRead: () => true,
    readLines: async (strips, options = {}) => {
      options.signal?.throwIfAborted();
      count += strips.length;
      return strips.map(
        ({ image }): LineReading => ({
          characters: [...text].map((character, i) => ({
            text: character,
            x: ((i + 0.5) * image.width) / text.length,
            confidence: 0.99,
            second: null,
          })),
        }),
      );
    },
    close: async () => {},
  };
}

export const enginesOf = (first: LineReader, second: LineReader | null = null): OcrEngines => ({
  first,
  second,
  diagnostics: [],
  close: async () => {},
});
