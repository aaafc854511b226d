import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type Report, type ReportCell, type ReportTable, sidePieces, toneColors } from './report.ts';

/** Fonts that offices have; a machine without them falls back. */
const bodyFont = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' };
const headFont = { ascii: 'Times New Roman', eastAsia: '黑体', hAnsi: 'Times New Roman' };
/** Half points: 小四 is 12 pt. */
const bodySize = 21;

/** Rows of one table on paper; the workbook has all of them. */
const rowLimit = 1500;

const clean = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

function runs(cell: ReportCell): TextRun[][] {
  const lines: TextRun[][] = [[]];
  for (const piece of sidePieces(cell)) {
    piece.text.split('\n').forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part === '') return;
      lines.at(-1)!.push(
        new TextRun({
          text: clean(part),
          font: bodyFont,
          size: bodySize,
          ...(piece.changed ? { bold: true, ...(cell.side === 'left' ? { strike: true } : { underline: {} }) } : {}),
        }),
      );
    });
  }
  return lines;
}

function tableCell(cell: ReportCell, width: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(cell.tone === undefined
      ? {}
      : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: toneColors[cell.tone] } }),
    children: runs(cell).map((children) => new Paragraph({ children })),
  });
}

/** Width of the text on a landscape A4 page with margins of 2 cm, in twentieths of a point. */
const textWidth = 14_570;

function tableBlocks(table: ReportTable): (Paragraph | Table)[] {
  const total = table.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = table.columns.map((column) => Math.floor((column.width / total) * textWidth));
  const header = new TableRow({
    tableHeader: true,
    children: table.columns.map(
      (column, at) =>
        new TableCell({
          width: { size: widths[at]!, type: WidthType.DXA },
          shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F2F2F2' },
          children: [
            new Paragraph({
              children: [new TextRun({ text: clean(column.header), bold: true, font: headFont, size: bodySize })],
            }),
          ],
        }),
    ),
  });
  const rows = table.rows
    .slice(0, rowLimit)
    .map((row) => new TableRow({ cantSplit: false, children: row.map((one, at) => tableCell(one, widths[at]!)) }));
  const left = table.rows.length - rows.length;
  const note = [table.note ?? '', left > 0 ? `另有${left}行见电子表格。` : ''].filter((part) => part !== '').join(' ');
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun({ text: table.name, font: headFont })] }),
    ...(note === ''
      ? []
      : [new Paragraph({ children: [new TextRun({ text: clean(note), font: bodyFont, size: bodySize })] })]),
    new Table({ width: { size: textWidth, type: WidthType.DXA }, columnWidths: widths, rows: [header, ...rows] }),
  ];
}

/** The report as a document on landscape A4. Tables that no page could hold are left to the workbook. */
export async function renderDocx(report: Report): Promise<Buffer> {
  const document = new Document({
    creator: '红头',
    title: report.title,
    sections: [
      {
        properties: {
          page: {
            size: { orientation: PageOrientation.LANDSCAPE, width: 11_906, height: 16_838 },
            margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 },
          },
        },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: clean(report.title), font: headFont, size: 36 })],
          }),
          ...report.lines.map(
            (line) => new Paragraph({ children: [new TextRun({ text: clean(line), font: bodyFont, size: bodySize })] }),
          ),
          ...report.tables.filter((table) => table.onPaper).flatMap(tableBlocks),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
