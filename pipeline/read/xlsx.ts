import {
  type Diagnostic,
  HongtouError,
  type Layout,
  type LayoutBlock,
  type LayoutPage,
  layoutLine,
  layoutPage,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';
import { pictureOf } from './pictureText.ts';
import { sheetBlocks } from './xlsx/sheetBlocks.ts';
import { sheetGrid } from './xlsx/sheetGrid.ts';
import { openWorkbook } from './xlsx/workbook.ts';

/**
 * Reads a workbook: each sheet with anything on it is a page, in the order of the tabs. Numbers and dates are texts as
 * displayed. Hidden sheets, rows and columns are left out and said. The name of a sheet is its running head, and its
 * first line where no title stands above the grid.
 * @throws HongtouError FILE_EMPTY, FILE_DAMAGED, LIMIT_EXCEEDED, UNSUPPORTED_FORMAT, TEXT_TOO_LONG, NO_TEXT
 */
export async function readXlsx(input: SourceFile): Promise<Layout> {
  const { fileName, bytes } = input;
  if (bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  const workbook = await openWorkbook(bytes, fileName);
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, message: string, page: number | null = null): void => {
    diagnostics.push({ code, severity: 'info', message, page });
  };
  const pages: LayoutPage[] = [];
  let length = 0;
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) {
      say('hidden-sheet', `工作表“${sheet.name}”是隐藏的，没有读取。`);
      continue;
    }
    const grid = sheetGrid(sheet.root, workbook, fileName);
    const blocks: LayoutBlock[] = [...sheetBlocks(grid, fileName), ...sheet.pictures.map(pictureOf)];
    if (blocks.length === 0) continue;
    const page = pages.length + 1;
    if (grid.hiddenRows > 0)
      say('hidden-rows', `工作表“${sheet.name}”有 ${grid.hiddenRows} 行是隐藏的，没有读取。`, page);
    if (grid.hiddenColumns > 0)
      say('hidden-columns', `工作表“${sheet.name}”有 ${grid.hiddenColumns} 列是隐藏的，没有读取。`, page);
    const untitled = blocks[0]?.type === 'table' && !/^(?:Sheet|工作表|表)\s*\d*$/i.test(sheet.name.trim());
    pages.push(
      layoutPage(untitled ? [layoutLine(sheet.name.trim(), { paragraphEnd: true }), ...blocks] : blocks, {
        page,
        furniture: [layoutLine(sheet.name, { role: 'running-head' })],
      }),
    );
    length += textLength(blocks);
    if (length > readLimits.textLength)
      throw new HongtouError('TEXT_TOO_LONG', { fileName, length, limit: readLimits.textLength });
  }
  if (pages.length === 0) throw new HongtouError('NO_TEXT', { fileName });
  return {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    paged: true,
    pages,
    signatures: [],
    diagnostics,
  };
}

function textLength(blocks: readonly LayoutBlock[]): number {
  let length = 0;
  for (const block of blocks) {
    if (block.type === 'line') length += block.text.length;
    if (block.type === 'table')
      for (const cell of block.cells) for (const line of cell.lines) length += line.text.length;
  }
  return length;
}
