import type { Diagnostic, Layout, LayoutBlock, LayoutLine, LayoutPage } from '../../models/index.ts';
import { markContinuations } from '../read/geometry/continuation.ts';
import { describeFlow } from '../read/geometry/flow.ts';
import { separateFurniture } from '../read/geometry/furniture.ts';
import { composePart, moveLine, moveToPage, type PagePart } from './compose.ts';
import type { RecognizedPage } from './recognizePage.ts';

/** How far sheets lie beside each other in a scanner, in points. */
const sheetShift = 28;
/** A line is called doubtful below this. */
const doubtful = 0.8;

/**
 * Puts what was read into the pages of a layout: blocks in reading order, page numbers apart, paragraphs and tables
 * that go on over pages marked, everything at its place on the page as displayed.
 */
export function assemblePages(
  layout: Layout,
  read: ReadonlyMap<number, RecognizedPage>,
): { pages: LayoutPage[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  // Every part is a page of its own while lines are weighed against each other; pages with text stand as they are.
  const entries = layout.pages.flatMap((page): Entry[] => {
    const recognized = read.get(page.page);
    if (!recognized || recognized.parts.length === 0) {
      return [
        {
          page: page.page,
          part: null,
          blocks: recognized ? [] : page.blocks,
          size: { width: page.width ?? 595, height: page.height ?? 842 },
        },
      ];
    }
    return recognized.parts.map((part): Entry => {
      const { blocks, openTables } = composePart(part);
      if (openTables > 0) diagnostics.push(openTable(page.page));
      return { page: page.page, part, blocks, size: { width: part.width, height: part.height } };
    });
  });
  const parted = separateFurniture(entries.map(({ blocks, size }) => ({ blocks, height: size.height })));
  const flowing = markContinuations(
    describeFlow(parted.map(({ blocks }, i) => ({ ...entries[i]!.size, blocks }))),
    sheetShift,
  );
  const pages = layout.pages.map((page): LayoutPage => {
    const recognized = read.get(page.page);
    if (!recognized) return page;
    const blocks: LayoutBlock[] = [];
    const furniture: LayoutLine[] = [];
    entries.forEach((entry, i) => {
      if (entry.page !== page.page || !entry.part) return;
      const { toPage } = entry.part;
      blocks.push(...moveToPage(flowing[i]!, toPage));
      furniture.push(...parted[i]!.furniture.map((line) => moveLine(line, toPage)));
    });
    diagnostics.push(...describeReading(page.page, recognized, blocks));
    return { ...page, blocks, furniture, textOrigin: 'ocr', needsRecognition: false };
  });
  return { pages, diagnostics };
}

interface Entry {
  readonly page: number;
  readonly part: PagePart | null;
  readonly blocks: readonly LayoutBlock[];
  readonly size: { readonly width: number; readonly height: number };
}

const openTable = (page: number): Diagnostic => ({
  code: 'table-grid-open',
  severity: 'warning',
  message: `第${page}页有表格的框线没有闭合，单元格可能有误。`,
  page,
});

function describeReading(page: number, recognized: RecognizedPage, blocks: readonly LayoutBlock[]): Diagnostic[] {
  if (recognized.unreadable === 'noise') {
    return [
      {
        code: 'page-noise',
        severity: 'warning',
        message: `第${page}页的图片满是噪点，没有识别出文字。`,
        page,
      },
    ];
  }
  if (recognized.unreadable === 'no-text') {
    return [
      {
        code: 'page-not-text',
        severity: 'warning',
        message: `第${page}页的图片中没有可以识别的文字。`,
        page,
      },
    ];
  }
  if (blocks.length === 0) return [{ code: 'page-blank', severity: 'info', message: `第${page}页是空白页。`, page }];
  const lines = blocks.flatMap((block) =>
    block.type === 'line' ? [block] : block.type === 'table' ? block.cells.flatMap((cell) => cell.lines) : [],
  );
  return [...describeWeak(page, lines), ...describeDiffering(page, lines)];
}

function describeWeak(page: number, lines: readonly LayoutLine[]): Diagnostic[] {
  const weak = lines.filter((line) => line.confidence < doubtful);
  if (weak.length === 0) return [];
  return [
    {
      code: 'low-confidence',
      severity: weak.length * 4 > lines.length ? 'warning' : 'info',
      message: `第${page}页有${weak.length}行（共${lines.length}行）识别把握不大：${examples(weak, (line) => `“${line.text.slice(0, 24)}”`)}。`,
      page,
    },
  ];
}

/** Where the two readings differ in more than kinds of marks; both are kept in the line. */
function describeDiffering(page: number, lines: readonly LayoutLine[]): Diagnostic[] {
  const words = (text: string): string => text.normalize('NFKC').replace(/[^\p{Script=Han}\p{L}\d]/gu, '');
  const differing = lines.filter((line) => line.alternative !== null && words(line.alternative) !== words(line.text));
  if (differing.length === 0) return [];
  return [
    {
      code: 'ocr-readings-differ',
      severity: 'info',
      message: `第${page}页有${differing.length}行两次识别的结果不一致：${examples(differing, (line) => `“${line.text.slice(0, 30)}”与“${line.alternative!.slice(0, 30)}”`)}。`,
      page,
    },
  ];
}

const examples = (lines: readonly LayoutLine[], show: (line: LayoutLine) => string): string =>
  `${lines.slice(0, 3).map(show).join('、')}${lines.length > 3 ? '等' : ''}`;
