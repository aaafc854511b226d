import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { type Report, type ReportCell, type ReportTable, toneColors } from './report.ts';

/** Excel takes no longer text in a cell, and cuts names of sheets at 31 characters. */
const cellLimit = 32_000;

/**
 * A text that no program takes for a formula: = + - @ at its start, also behind white space, gets an apostrophe before
 * it, and control characters that XML cannot hold are left out.
 */
export function neutralText(text: string): string {
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').slice(0, cellLimit);
  return /^[\s\u200b]*[=+\-@＝＋－＠\t\r]/.test(clean) ? `'${clean}` : clean;
}

function sheetName(name: string, used: Set<string>): string {
  const base = name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 28);
  let unique = base;
  for (let i = 2; used.has(unique); i++) unique = `${base}${i}`;
  used.add(unique);
  return unique;
}

function writeCell(target: ExcelJS.Cell, source: ReportCell): void {
  if (source.share !== undefined) {
    target.value = source.share;
    target.numFmt = '0.0%';
  } else if (source.number !== undefined) target.value = source.number;
  else target.value = neutralText(source.text);
  target.alignment = { vertical: 'top', wrapText: true };
  if (source.tone !== undefined) {
    target.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${toneColors[source.tone]}` } };
  }
}

function writeTable(workbook: ExcelJS.stream.xlsx.WorkbookWriter, table: ReportTable, name: string): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: table.frozenColumns, ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
  });
  sheet.columns = table.columns.map(({ width }) => ({ width }));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.columns.length } };
  const header = sheet.addRow(table.columns.map((column) => neutralText(column.header)));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: 'middle' };
  // Room for the longest label at about two half-width characters per point of width.
  const lines = Math.max(...table.columns.map(({ header: text, width }) => Math.ceil((text.length * 2) / width)));
  header.height = Math.min(200, 16 * lines);
  header.commit();
  for (const cells of table.rows) {
    const row = sheet.addRow([]);
    cells.forEach((source, at) => {
      writeCell(row.getCell(at + 1), source);
    });
    row.commit();
  }
  sheet.commit();
}

/** The report as a workbook: a sheet per table, the first row and the naming columns frozen, filters on every column. */
export async function renderXlsx(report: Report): Promise<Buffer> {
  const stream = new PassThrough();
  const result = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  workbook.creator = '红头';
  const used = new Set<string>();
  for (const table of report.tables) writeTable(workbook, table, sheetName(table.name, used));
  const about = workbook.addWorksheet(sheetName('说明', used));
  about.columns = [{ width: 100 }];
  const lines = [report.title, ...report.lines, ...report.tables.map((t) => (t.note ? `${t.name}：${t.note}` : ''))];
  for (const line of lines.filter((one) => one !== '')) about.addRow([neutralText(line)]).commit();
  about.commit();
  await workbook.commit();
  return result;
}
