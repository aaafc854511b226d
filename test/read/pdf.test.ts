import { describe, expect, it } from 'vitest';
import { renderPdf } from '../../corpus/generator/pdf.ts';
import type { NoticeSpec } from '../../corpus/generator/spec.ts';
import { Layout, type LayoutTable } from '../../models/index.ts';
import { joinContinuedTables } from '../../pipeline/layout/joinTables.ts';
import { readPdf } from '../../pipeline/read/pdf.ts';
import { allLines, coverage } from './coverage.ts';
import { sampleSpec, sampleTable } from './sampleSpec.ts';

const read = (bytes: Uint8Array, fileName = 'notice.pdf'): Promise<Layout> => readPdf({ fileName, bytes });
const squeeze = (text: string): string => text.replace(/\s/g, '');
const tablesOf = (layout: Layout): LayoutTable[] =>
  layout.pages.flatMap((page) => page.blocks.filter((block) => block.type === 'table'));
const gridOf = (table: LayoutTable) =>
  table.cells.map((cell) => ({
    row: cell.row,
    column: cell.column,
    rowSpan: cell.rowSpan,
    columnSpan: cell.columnSpan,
    text: cell.lines.map((line) => line.text).join(''),
  }));
const byPlace = (a: { row: number; column: number }, b: { row: number; column: number }): number =>
  a.row - b.row || a.column - b.column;

describe('a notice in the layout of GB/T 9704', async () => {
  const { bytes, truth } = await renderPdf(sampleSpec, { seed: 1 });
  const layout = await read(bytes);
  const lines = layout.pages.flatMap((page) => page.blocks.filter((block) => block.type === 'line'));
  const line = (text: string) => lines.find((l) => l.text.includes(text))!;

  it('has the shape of a layout and says nothing against the file', () => {
    expect(Layout.parse(layout)).toEqual(layout);
    expect(layout.diagnostics).toEqual([]);
    expect(layout.pages.map((page) => page.needsRecognition)).toEqual(layout.pages.map(() => false));
  });

  it('has every printed character where it was put', () => {
    expect(coverage(layout, truth)).toEqual({ share: 1, missed: [] });
  });

  it('reads the text of each page in order, with nothing added', () => {
    for (const page of truth) {
      const printed = page.lines.filter((l) => !['cell', 'pageNumber'].includes(l.element)).map((l) => squeeze(l.text));
      const blocks = layout.pages[page.page - 1]!.blocks;
      const found = blocks.flatMap((block) => (block.type === 'line' ? [squeeze(block.text)] : []));
      expect(found.join('')).toBe(printed.join(''));
    }
  });

  it('keeps edges for every code unit, in order, within the box', () => {
    for (const page of layout.pages) {
      for (const l of allLines(page)) {
        expect(l.edges).toHaveLength(l.text.length + 1);
        expect([...l.edges!].sort((a, b) => a - b)).toEqual(l.edges);
        expect(l.edges![0]).toBeCloseTo(l.box![0], 1);
        expect(l.edges!.at(-1)).toBeCloseTo(l.box![2], 1);
      }
    }
  });

  it('tells the red letterhead and its rule from black text and imprint rules', () => {
    expect(line('住房和城乡建设局文件')).toMatchObject({ color: 'red', bold: true, align: 'center' });
    expect(line('为进一步加强')).toMatchObject({ color: 'black', bold: false, fontSize: 16 });
    const rules = layout.pages.flatMap((page) =>
      page.blocks.filter((block) => block.type === 'rule').map((r) => r.color),
    );
    expect(rules).toEqual(['red', 'black', 'black', 'black']);
  });

  it('says how lines stand', () => {
    expect(line('安全专项整治的通知').align).toBe('center');
    expect(line('安全专项整治的通知').fontSize).toBe(22);
    expect(line('2025年2月26日').align).toBe('right');
    expect(line('一、工作目标')).toMatchObject({ align: 'left', bold: true });
  });

  it('says where paragraphs end and where not', () => {
    expect(line('为进一步加强').paragraphEnd).toBe(false);
    expect(line('现将有关事项通知如下').paragraphEnd).toBe(true);
    expect(line('一、工作目标').paragraphEnd).toBe(true);
    // The paragraph goes on on the next page.
    expect(line('到2025年底').paragraphEnd).toBe(false);
  });

  it('keeps page numbers apart', () => {
    expect(layout.pages.flatMap((page) => page.furniture.map((l) => [l.role, squeeze(l.text)]))).toEqual(
      truth.map((page) => ['page-number', `—${page.page}—`]),
    );
  });

  it('reads the seal by its ring and leaves the signature below it whole', () => {
    const page = layout.pages.find((p) => p.blocks.some((block) => block.type === 'seal'))!;
    const texts = page.blocks.map((block) => (block.type === 'line' || block.type === 'seal' ? block.text : null));
    expect(texts.slice(-4)).toEqual([
      '青林县住房和城乡建设局',
      '2025年2月26日',
      '青林县住房和城乡建设局',
      '（此件公开发布）',
    ]);
  });

  it('reads each part of the table exactly, blank cells too, and marks the continuation', () => {
    const tables = tablesOf(layout);
    const parts = truth.flatMap((page) => page.tables);
    expect(tables.map((table) => table.continues)).toEqual([false, true]);
    tables.forEach((table, i) => {
      const part = parts[i]!;
      const cells = part.cells.map(({ box: _, ...cell }) => cell).sort(byPlace);
      expect(gridOf(table).sort(byPlace)).toEqual(cells);
      const boxes = new Map(part.cells.map((cell) => [`${cell.row},${cell.column}`, cell.box]));
      for (const cell of table.cells) {
        boxes.get(`${cell.row},${cell.column}`)!.forEach((value, side) => {
          expect(Math.abs(cell.box![side]! - value)).toBeLessThan(1);
        });
      }
    });
  });

  it('joins the parts: the repeated header once, the cut cell whole', () => {
    const joined = tablesOf(joinContinuedTables(layout));
    expect(joined).toHaveLength(1);
    const { rowCount, columnCount, cells } = sampleTable(3, 9);
    expect(joined[0]).toMatchObject({ rowCount, columnCount });
    expect(gridOf(joined[0]!)).toEqual([...cells].sort(byPlace));
    const from = joined[0]!.cells.find((cell) => cell.lines[0]?.text === '场所3-9')!;
    expect([from.page, from.lines[0]!.page]).toEqual([5, 5]);
  });
});

describe('other layouts of pages', () => {
  it.each(['turned', 'cropped'] as const)('gives places as displayed on a page stored %s', async (storage) => {
    const { bytes, truth } = await renderPdf(sampleSpec, { seed: 2, storage });
    const layout = await read(bytes);
    expect(layout.pages[0]).toMatchObject({ width: 595.28, height: 841.89 });
    expect(coverage(layout, truth)).toEqual({ share: 1, missed: [] });
    expect(tablesOf(joinContinuedTables(layout)).map((t) => t.rowCount)).toEqual([29]);
  });

  it('reads a page whose content lies on its side', async () => {
    const upright = await read((await renderPdf(sampleSpec, { seed: 2 })).bytes);
    const layout = await read((await renderPdf(sampleSpec, { seed: 2, storage: 'sideways' })).bytes);
    expect(layout.pages[0]).toMatchObject({ width: 841.89, height: 595.28 });
    const texts = (l: Layout) => l.pages.map((page) => page.blocks.map((b) => (b.type === 'line' ? b.text : b.type)));
    expect(texts(layout)).toEqual(texts(upright));
    expect(tablesOf(layout).map(gridOf)).toEqual(tablesOf(upright).map(gridOf));
    const first = allLines(layout.pages[0]!)[0]!;
    expect(first.edges).toBeNull();
    expect(first.box![3] - first.box![1]).toBeGreaterThan(first.box![2] - first.box![0]);
  });

  it('keeps the bodies of a joint letterhead in order and their spread names whole', async () => {
    const spec: NoticeSpec = {
      ...sampleSpec,
      letterhead: { bodies: ['白石市教育局', '白石市卫生健康委员会', '白石市公安局'], withSuffix: true },
      signatories: ['白石市教育局', '白石市卫生健康委员会', '白石市公安局'],
      documentNumber: '白教发〔2025〕21号',
      signer: '周 林',
    };
    const { bytes } = await renderPdf(spec, { seed: 3 });
    const layout = await read(bytes);
    const red = layout.pages[0]!.blocks.flatMap((b) => (b.type === 'line' && b.color === 'red' ? [b.text] : []));
    expect(red[0]).toBe('白石市教育局');
    expect(red[1]).toMatch(/^白石市卫生健康委员会 +文件$/);
    expect(red[2]).toBe('白石市公安局');
    const number = layout.pages[0]!.blocks.find((b) => b.type === 'line' && b.text.includes('签发人'));
    expect(number).toMatchObject({ text: expect.stringMatching(/^白教发〔2025〕21号 {2,}签发人：周 林$/) });
    const seals = layout.pages.flatMap((page) => page.blocks.flatMap((b) => (b.type === 'seal' ? [b.text] : [])));
    expect(seals).toEqual(['白石市教育局', '白石市卫生健康委员会', '白石市公安局']);
  });

  it('reads a wide table from a landscape page among portrait ones', async () => {
    const header = ['序号', '乡镇', '企业数', '检查数', '隐患数', '整改数', '立案数', '罚款（万元）', '停业数', '备注'];
    const cells = header.map((text, column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, text }));
    for (let row = 1; row < 60; row++) {
      header.forEach((_, column) => {
        cells.push({ row, column, rowSpan: 1, columnSpan: 1, text: column === 0 ? String(row) : '' });
      });
    }
    const table = {
      type: 'table',
      caption: [],
      rowCount: 60,
      columnCount: 10,
      headerRows: 1,
      stubColumns: 2,
      cells,
      notes: [],
    } as const;
    const spec: NoticeSpec = { ...sampleSpec, attachments: [{ label: '附件', title: ['明细表'], blocks: [table] }] };
    const layout = await read((await renderPdf(spec, { seed: 4 })).bytes);
    const joined = tablesOf(joinContinuedTables(layout));
    expect(joined).toHaveLength(1);
    expect(gridOf(joined[0]!)).toEqual([...cells].sort(byPlace));
    expect(layout.pages.some((page) => page.width! > page.height!)).toBe(true);
  });

  it('makes the same bytes of the same seed', async () => {
    const [a, b] = [await renderPdf(sampleSpec, { seed: 5 }), await renderPdf(sampleSpec, { seed: 5 })];
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
  });
});
