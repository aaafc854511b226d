import type { Writable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { neutralText } from '../../pipeline/compare/report/renderXlsx.ts';
import { aboutLines, type ExportFacts } from './about.ts';
import type { ExportedNotice } from './readFacts.ts';
import { type SheetCell, sheets } from './sheets.ts';

/** Rows after which the server attends to others. */
const rowsAtOnce = 100;

/**
 * A workbook of notices and their facts: a sheet of the notices, one for each kind of fact, and one about the export.
 * No cell is a formula, whatever a document says. Resolves when all is written to `target`, which is ended.
 */
export async function writeWorkbook(
  facts: ExportFacts,
  exported: AsyncIterable<ExportedNotice>,
  target: Writable,
): Promise<void> {
  const rows = new Map<string, (readonly SheetCell[])[]>(sheets.map((sheet) => [sheet.name, []]));
  for await (const one of exported) {
    for (const sheet of sheets) rows.get(sheet.name)?.push(...sheet.rowsOf(one));
  }
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: target, useStyles: true, useSharedStrings: false });
  workbook.creator = '红头';
  for (const { name, columns } of sheets) {
    const sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
      pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
    });
    sheet.columns = columns.map(([, width]) => ({ width }));
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
    const header = sheet.addRow(columns.map(([text]) => text));
    header.font = { bold: true };
    header.commit();
    for (const [index, cells] of (rows.get(name) ?? []).entries()) {
      const row = sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? neutralText(cell) : (cell ?? null))));
      row.alignment = { vertical: 'top', wrapText: true };
      row.commit();
      if (index % rowsAtOnce === rowsAtOnce - 1) await others();
    }
    sheet.commit();
  }
  const about = workbook.addWorksheet('说明');
  about.columns = [{ width: 100 }];
  for (const line of aboutLines(facts)) about.addRow([neutralText(line)]).commit();
  about.commit();
  await workbook.commit();
}
