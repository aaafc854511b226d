import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { layOut, type TableManner } from '../../corpus/generator/layOut.ts';
import { renderScan, type ScanOptions, scanPages } from '../../corpus/generator/scan.ts';
import { scanPdf } from '../../corpus/generator/scanPdf.ts';
import { NoticeSpec } from '../../corpus/generator/spec.ts';
import type { Layout, LayoutLine, LayoutTable } from '../../models/index.ts';
import { type OcrEngines, openEngines } from '../../pipeline/ocr/openEngines.ts';
import { read } from '../../pipeline/read/index.ts';
import { recognizeFile } from '../../pipeline/recognizeFile.ts';
import { extractLayout } from '../../pipeline/run.ts';

/** One short page: letterhead, number, title, a paragraph, signature and date with a seal over them. */
const notice = (known: Partial<NoticeSpec> = {}): NoticeSpec =>
  NoticeSpec.parse({
    id: 'gas-check',
    copyNumber: null,
    securityLevel: null,
    urgency: null,
    letterhead: { bodies: ['平阳县城市管理局'], withSuffix: true },
    documentNumber: '平城管发〔2025〕27号',
    signer: null,
    title: ['关于开展燃气安全检查的通知'],
    recipients: '各乡镇人民政府：',
    body: [{ type: 'paragraph', text: '请各单位认真开展燃气安全检查，于2025年6月18日前报送总结。电话：0490-6602035' }],
    attachmentNote: [],
    signatories: ['平阳县城市管理局'],
    sealed: true,
    date: '2025年4月8日',
    notes: [],
    enclosures: [],
    attachments: [],
    imprint: null,
    forwarded: null,
    ...known,
  });

// A page takes a second or two; a machine that does other work meanwhile, many times that.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let pp: OcrEngines;
beforeAll(async () => {
  pp = await openEngines('pp');
});
afterAll(() => pp.close());

async function recognized(spec: NoticeSpec, options: ScanOptions, engines = pp): Promise<Layout> {
  const input = { fileName: 'scan.pdf', bytes: await scanPdf(await renderScan(spec, options)) };
  return recognizeFile(await read(input), input, { engines });
}

const linesOf = (layout: Layout): LayoutLine[] =>
  layout.pages.flatMap((page) => page.blocks.filter((block) => block.type === 'line'));
const textOf = (layout: Layout): string =>
  linesOf(layout)
    .map((line) => line.text)
    .join('\n');

describe('a sealed page', () => {
  test('signature and date are read under the seal, the seal itself beside them', async () => {
    const engines = await openEngines('auto');
    try {
      const input = {
        fileName: 'scan.pdf',
        bytes: await scanPdf(
          await renderScan(notice(), { seed: 3, dpi: 150, jpegQuality: 75, skew: 0.7, noise: 4, sealOverDate: true }),
        ),
      };
      const layout = await recognizeFile(await read(input), input, { engines });
      const { notices, findings, source } = extractLayout(input, layout);
      expect(source.textOrigin).toBe('ocr');
      expect(notices[0]).toMatchObject({
        documentNumber: { value: '平城管发〔2025〕27号' },
        issuingBody: { value: '平阳县城市管理局' },
        signatory: { value: '平阳县城市管理局' },
        issueDate: { value: '2025-04-08' },
      });
      expect(notices[0]!.contacts[0]!.phones).toEqual(['0490-6602035']);
      expect(layout.pages[0]!.blocks.filter((block) => block.type === 'seal')).toMatchObject([
        { text: '平阳县城市管理局' },
      ]);
      expect(findings.map((finding) => finding.code)).not.toContain('seal-signature-mismatch');
      for (const line of linesOf(layout)) expect(line.confidence).toBeLessThan(1);
    } finally {
      await engines.close();
    }
  });

  test('the letterhead is red, and stands where it is printed', async () => {
    const scans = await renderScan(notice(), { seed: 3, dpi: 150 });
    const input = { fileName: 'scan.pdf', bytes: await scanPdf(scans) };
    const layout = await recognizeFile(await read(input), input, { engines: pp });
    const letterhead = linesOf(layout).find((line) => line.color === 'red')!;
    const printed = scans[0]!.lines.find((line) => line.text === '平阳县城市管理局文件')!;
    expect(letterhead.text).toBe(printed.text);
    const middle = ([x0, y0, x1, y1]: readonly [number, number, number, number]) => [(x0 + x1) / 2, (y0 + y1) / 2];
    const [x, y] = middle(letterhead.box!);
    const [wantX, wantY] = middle(printed.box);
    expect(Math.hypot(x! - wantX!, y! - wantY!)).toBeLessThan(6);
  });
});

test.each([1, 2])(
  'a page that lies turned by %i quarters is read, and its lines lie where they are',
  async (quarters) => {
    const layout = await recognized(notice({ sealed: false }), { seed: 3, dpi: 120, quarters });
    expect(textOf(layout)).toContain('关于开展燃气安全检查的通知');
    const title = linesOf(layout).find((line) => line.text.startsWith('关于开展'))!;
    const [width, height] = [title.box![2] - title.box![0], title.box![3] - title.box![1]];
    expect(width > height).toBe(quarters === 2);
    const { height: pageHeight } = layout.pages[0]!;
    // The title stands in the upper half of the notice: on a page upside down in the lower one.
    if (quarters === 2) expect(title.box![1]).toBeGreaterThan(pageHeight! / 2);
  },
);

test('two pages on one sheet are read one after the other', async () => {
  const enclosure = {
    label: null,
    title: ['燃气安全检查方案'],
    blocks: [{ type: 'paragraph', text: '检查分三个阶段进行。' }],
  };
  const layout = await recognized(notice({ sealed: false, enclosures: [enclosure as never] }), {
    seed: 3,
    dpi: 120,
    twoUp: true,
  });
  expect(layout.pages).toHaveLength(1);
  const text = textOf(layout);
  expect(text.indexOf('燃气安全检查方案')).toBeGreaterThan(text.indexOf('2025年4月8日'));
  expect(text).toContain('检查分三个阶段进行');
});

test('empty, merged and struck cells of a table are kept', async () => {
  const cell = (row: number, column: number, text = '', rowSpan = 1, columnSpan = 1) => ({
    row,
    column,
    rowSpan,
    columnSpan,
    text,
  });
  const cells = [
    cell(0, 0, '项目', 2),
    cell(0, 1, '检查情况', 1, 2),
    cell(0, 3, '备注', 2),
    cell(1, 1, '户数'),
    cell(1, 2, '隐患'),
    ...['餐饮企业', '居民用户'].flatMap((label, i) => [
      cell(2 + i, 0, label),
      cell(2 + i, 1),
      cell(2 + i, 2),
      cell(2 + i, 3, i === 0 ? '\\' : ''),
    ]),
  ];
  const table = {
    type: 'table',
    caption: [],
    rowCount: 4,
    columnCount: 4,
    headerRows: 2,
    stubColumns: 1,
    cells,
    notes: [],
  };
  const attachment = { label: '附件', title: ['检查情况统计表'], blocks: [table] };
  const layout = await recognized(notice({ attachments: [attachment as never] }), {
    seed: 5,
    dpi: 130,
    skew: 0.8,
    pages: [2],
  });
  const read = layout.pages[0]!.blocks.find((block): block is LayoutTable => block.type === 'table')!;
  const shape = (c: (typeof cells)[number]) => [c.row, c.column, c.rowSpan, c.columnSpan, c.text];
  expect(read.cells.map((c) => shape({ ...c, text: c.lines.map((line) => line.text).join('') }))).toEqual(
    [...cells].sort((a, b) => a.row - b.row || a.column - b.column).map(shape),
  );
  expect(read.confidence).toBe(1);
});

describe('a table of the attachment', () => {
  const heads = ['序号', '单位名称', '联系人', '整改情况'];
  const names = ['平阳县人民医院', '禾溪县中医院', '第一小学', '燃气公司'];
  const tableOf = (rowCount: number): unknown => ({
    type: 'table',
    caption: [],
    rowCount: rowCount + 1,
    columnCount: 4,
    headerRows: 1,
    stubColumns: 1,
    notes: [],
    cells: Array.from({ length: 4 * (rowCount + 1) }, (_, i) => {
      const [row, column] = [Math.floor(i / 4), i % 4];
      const texts = row === 0 ? heads : [String(row), names[row % 4]!, '游沛然', row % 3 === 0 ? '' : '已整改'];
      return { row, column, rowSpan: 1, columnSpan: 1, text: texts[column]! };
    }),
  });
  const tablesOf = async (rowCount: number, manner: TableManner) => {
    const attachment = { label: '附件', title: ['单位清单'], blocks: [tableOf(rowCount)] };
    const pages = layOut(notice({ sealed: false, attachments: [attachment as never] }), 5, manner);
    const scans = await scanPages(pages, { seed: 5, dpi: 105, skew: 0.6, jpegQuality: 60 });
    const input = { fileName: 'scan.pdf', bytes: await scanPdf(scans) };
    const layout = await recognizeFile(await read(input), input, { engines: pp });
    return extractLayout(input, layout).notices[0]!.attachments.flatMap(({ tables }) => tables);
  };

  test('that is printed without strokes has its columns by what stands under their labels', async () => {
    const [table, ...others] = await tablesOf(6, { ruled: false });
    expect(others).toEqual([]);
    expect([table!.rowCount, table!.columnCount]).toEqual([7, 4]);
    expect(table!.cells.filter((cell) => cell.row === 0).map((cell) => cell.text)).toEqual(heads);
    expect(table!.cells.filter((cell) => cell.text === '').map((cell) => cell.row)).toEqual([3, 6]);
  });

  test.each([true, false])('that goes on over the page is one (its header again: %s)', async (repeatHeader) => {
    const [table, ...others] = await tablesOf(28, { repeatHeader });
    expect(others).toEqual([]);
    expect([table!.rowCount, table!.columnCount, table!.headerRows]).toEqual([29, 4, 1]);
    const numbers = table!.cells.filter((cell) => cell.row > 0 && cell.column === 0).map((cell) => cell.text);
    expect(numbers).toEqual(Array.from({ length: 28 }, (_, i) => String(i + 1)));
  });
});

test('a photo of a page on a table is cut out and read', async () => {
  const [page] = await renderScan(notice(), {
    seed: 8,
    dpi: 140,
    perspective: 1,
    skew: 2,
    unevenLight: 0.3,
    jpegQuality: 80,
  });
  const bytes = new Uint8Array(await sharp(page!.image).jpeg({ quality: 80 }).toBuffer());
  const input = { fileName: 'photo.jpg', bytes };
  const layout = await recognizeFile(await read(input), input, { engines: pp });
  const text = textOf(layout);
  for (const line of ['平城管发〔2025〕27号', '关于开展燃气安全检查的通知', '2025年4月8日'])
    expect(text).toContain(line);
});
