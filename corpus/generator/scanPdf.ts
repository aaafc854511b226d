import PDFDocument from 'pdfkit';
import type { ScanPage } from './scan.ts';

/** Pictures of pages as scanners write them: a PDF with one picture a page and no text. */
export async function scanPdf(pages: readonly ScanPage[], seed = 1): Promise<Uint8Array> {
  const created = new Date(Date.UTC(2025, 0, 1) + (seed % 500) * 86_400_000);
  const document = new PDFDocument({
    autoFirstPage: false,
    info: { CreationDate: created, ModDate: created, Producer: 'hongtou corpus', Creator: 'hongtou corpus' },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  for (const page of pages) {
    const size: [number, number] = [(page.width * 72) / page.dpi, (page.height * 72) / page.dpi];
    document.addPage({ size, margin: 0 });
    document.image(Buffer.from(page.image), 0, 0, { width: size[0], height: size[1] });
  }
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}
