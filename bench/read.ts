/**
 * Times reading beside others in one process: `npx tsx bench/read.ts [pages, 20] [rounds, 9]`. A notice of so many pages with tables over pages
 * is made as PDF, DOCX and OFD; the PDF is read whole (lines with boxes, tables, seals) beside what pdf.js alone needs for its text and
 * what liteparse needs, the DOCX beside mammoth. Wanted: the PDF at most 1.6 times pdf.js alone; DOCX and OFD of 20
 * pages under 250 ms warm.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { LiteParse } from '@llamaindex/liteparse';
import mammoth from 'mammoth';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { renderDocx } from '../corpus/generator/docx.ts';
import { renderOfd } from '../corpus/generator/ofd.ts';
import { renderPdf } from '../corpus/generator/pdf.ts';
import type { NoticeSpec } from '../corpus/generator/spec.ts';
import type { Layout } from '../models/index.ts';
import { readDocx } from '../pipeline/read/docx.ts';
import { readOfd } from '../pipeline/read/ofd.ts';
import { readPdf } from '../pipeline/read/pdf.ts';
import { sampleSpec, sampleTable } from '../test/read/sampleSpec.ts';

const pageCount = Number(process.argv[2] ?? 20);
const rounds = Number(process.argv[3] ?? 9);

const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** What every use of pdf.js for text does: getTextContent of each page, in this thread. */
async function textByPdfJs(bytes: Uint8Array): Promise<number> {
  const task = getDocument({
    data: bytes.slice(),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise;
  let length = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    for (const item of (await page.getTextContent()).items) if ('str' in item) length += item.str.length;
    page.cleanup();
  }
  await task.destroy();
  return length;
}

function lengthOf(layout: Layout): number {
  return layout.pages
    .flatMap((page) => [
      ...page.furniture,
      ...page.blocks.flatMap((block) =>
        block.type === 'line' ? [block] : block.type === 'table' ? block.cells.flatMap((cell) => cell.lines) : [],
      ),
    ])
    .reduce((sum, line) => sum + line.text.length, 0);
}

/** The sample notice made longer: chapters of running text, and a table over two pages in every attachment. */
function longNotice(pages: number): NoticeSpec {
  const body = Array.from({ length: Math.ceil(pages * 0.8) }, () => sampleSpec.body).flat();
  const attachments = Array.from({ length: Math.max(1, Math.round(pages / 8)) }, (_, i) => ({
    label: `附件${i + 1}`,
    title: [`第${i + 1}张统计表`],
    blocks: [sampleTable(3, 9)],
  }));
  return { ...sampleSpec, body, attachments, attachmentNote: attachments.map((part) => part.title.join('')) };
}

interface Contender {
  readonly name: string;
  readonly read: () => Promise<number>;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Rounds in turn, so that what else the machine does falls on all alike; the first is not counted. */
async function race(contenders: readonly Contender[]): Promise<void> {
  const times = contenders.map((): number[] => []);
  const lengths: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const start = performance.now();
      lengths[i] = await contender.read();
      if (round > 0) times[i]!.push(performance.now() - start);
    }
  }
  const base = median(times[0]!);
  contenders.forEach(({ name }, i) => {
    const [middle, best] = [median(times[i]!), Math.min(...times[i]!)];
    console.log(
      `${name.padEnd(44)} median ${middle.toFixed(0).padStart(5)} ms   best ${best.toFixed(0).padStart(5)} ms   ` +
        `x ${(middle / base).toFixed(2)}   ${lengths[i]} characters`,
    );
  });
}

const spec = longNotice(pageCount);
const pdf = (await renderPdf(spec, { seed: 1 })).bytes;
const docx = (await renderDocx(spec, { seed: 1, numbering: 'automatic' })).bytes;
const ofd = (await renderOfd(spec, { seed: 1 })).bytes;
const liteparse = new LiteParse({ ocrEnabled: false, outputFormat: 'json' });
const layout = await readPdf({ fileName: 'bench.pdf', bytes: pdf });
console.log(
  `${layout.pages.length} pages; PDF ${pdf.length}, DOCX ${docx.length}, OFD ${ofd.length} bytes; ${rounds} rounds\n`,
);

await race([
  { name: 'pdf.js getTextContent: text of the PDF', read: () => textByPdfJs(pdf) },
  {
    name: 'readPdf: lines, boxes, tables, seals',
    read: async () => lengthOf(await readPdf({ fileName: 'b.pdf', bytes: pdf })),
  },
  { name: 'liteparse (PDFium): text with places', read: async () => (await liteparse.parse(pdf)).text.length },
]);
console.log();
await race([
  {
    name: 'mammoth: raw text of the DOCX',
    read: async () => (await mammoth.extractRawText({ buffer: Buffer.from(docx) })).value.length,
  },
  { name: 'readDocx', read: async () => lengthOf(await readDocx({ fileName: 'b.docx', bytes: docx })) },
  { name: 'readOfd', read: async () => lengthOf(await readOfd({ fileName: 'b.ofd', bytes: ofd })) },
]);
