import {
  AlignmentType,
  BorderStyle,
  BuilderElement,
  Document,
  type ISectionOptions,
  Packer,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  StringValueElement,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type XmlComponent,
} from 'docx';
import type { FormCell, FormField, FormModel } from '../../models/index.ts';
import type { TextForm, TextFormLine } from './textForm.ts';

/** Songti and FangSong by name, Times New Roman for Latin letters; Word and WPS choose another Chinese font where these are missing. */
const songti = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', hint: 'eastAsia' } as const;
const fangsong = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋', hint: 'eastAsia' } as const;
const heiti = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体', hint: 'eastAsia' } as const;
const ruled = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const borders = { top: ruled, bottom: ruled, left: ruled, right: ruled };
const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: noBorder, bottom: noBorder, left: noBorder, right: noBorder };

/** A4 in twentieths of a point, with margins of 2 cm. */
const paper = { short: 11906, long: 16838, margin: 1134 } as const;

/** A document with one section for every form: as printed, blanks as fields to fill (content controls named by their labels). */
export async function renderDocx(forms: readonly (FormModel | TextForm)[]): Promise<Uint8Array> {
  const document = new Document({
    creator: '红头 Hongtou',
    ...(forms[0] ? { title: forms[0].title } : {}),
    styles: { default: { document: { run: { font: fangsong, size: 22 } } } },
    sections: forms.map((form) => ('grid' in form ? sectionOf(form) : textSection(form))),
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function sectionOf(model: FormModel): ISectionOptions {
  const landscape = model.page.orientation === 'landscape';
  const width = (landscape ? paper.long : paper.short) - 2 * paper.margin;
  const lines = (use: FormModel['lines'][number]['use']) => model.lines.filter((line) => line.use === use);
  return {
    properties: {
      page: {
        size: {
          width: paper.short,
          height: paper.long,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: paper.margin, bottom: paper.margin, left: paper.margin, right: paper.margin },
      },
    },
    children: [
      ...lines('approval').map((line) => paragraph([run(line.text)], { indent: Math.round(width * 0.6) })),
      paragraph([new TextRun({ text: model.title, font: songti, size: 36, bold: true })], {
        centred: true,
        after: 120,
      }),
      ...captionTables(model, width, 0, model.grid.top).map(({ table }) => table),
      gridTable(model, width),
      ...belowGrid(model, width),
    ],
  };
}

/** A form without a table: headings in bold, guidance as a field that is written over, blanks as fields. */
function textSection(form: TextForm): ISectionOptions {
  return {
    properties: {
      page: {
        size: { width: paper.short, height: paper.long },
        margin: { top: paper.margin, bottom: paper.margin, left: paper.margin, right: paper.margin },
      },
    },
    children: [
      paragraph([new TextRun({ text: form.title, font: songti, size: 36, bold: true })], { centred: true, after: 240 }),
      ...form.lines.flatMap(lineParagraphs),
      // LibreOffice joins a last paragraph that is all field with the first one of the next section.
      new Paragraph({ children: [] }),
    ],
  };
}

function lineParagraphs(line: TextFormLine): readonly Paragraph[] {
  const indent = { firstLine: 560 };
  const spacing = { line: 480 };
  switch (line.type) {
    case 'heading': {
      const head = new TextRun({ text: line.text, font: heiti, size: 28, bold: line.level > 1 });
      const own = new Paragraph({ children: [head], spacing, indent });
      const empty = new Paragraph({ children: [], spacing, indent });
      return line.open ? [own, empty.addChildElement(field(line.text, '', 28)) as Paragraph] : [own];
    }
    case 'fields':
      return [
        line.parts.reduce<Paragraph>(
          (made, part) =>
            made.addChildElement(
              typeof part === 'string'
                ? new TextRun({ text: part, font: fangsong, size: 28 })
                : field(part.name, '', 28),
            ) as Paragraph,
          new Paragraph({ children: [], spacing, indent }),
        ),
      ];
    case 'guide':
      return [
        new Paragraph({ children: [], spacing, indent }).addChildElement(field('填写内容', line.text, 28)) as Paragraph,
      ];
    case 'text':
      return [
        new Paragraph({
          children: [new TextRun({ text: line.text, font: fangsong, size: 28 })],
          spacing,
          indent,
        }),
      ];
  }
}

function run(text: string): TextRun {
  return new TextRun({ text, font: fangsong, size: 22 });
}

function paragraph(
  children: readonly ParagraphChild[],
  known: { centred?: boolean; before?: number; after?: number; indent?: number } = {},
): Paragraph {
  return new Paragraph({
    children: [...children],
    alignment: known.centred ? AlignmentType.CENTER : AlignmentType.LEFT,
    spacing: { before: known.before ?? 0, after: known.after ?? 0 },
    ...(known.indent ? { indent: { left: known.indent } } : {}),
  });
}

const element = (name: string, children: readonly XmlComponent[] = []) => new BuilderElement({ name, children });

/**
 * A content control (w:sdt) with plain text: what Word and WPS show as a field. It holds two wide spaces, not a prompt,
 * because a form that is printed blank must be blank. ECMA-376-1, 17.5.2.
 */
function field(name: string, text: string, size = 22): XmlComponent {
  return element('w:sdt', [
    element('w:sdtPr', [
      new StringValueElement('w:alias', name.slice(0, 60)),
      new StringValueElement('w:tag', name.slice(0, 60)),
      element('w:text'),
    ]),
    element('w:sdtContent', [new TextRun({ text: text === '' ? '\u3000\u3000' : text, font: fangsong, size })]),
  ]);
}

/** Notes and lines to be filled in, in their order. */
function belowGrid(model: FormModel, width: number): (Paragraph | Table)[] {
  const notes = model.lines
    .filter((line) => line.use === 'note' || line.use === 'due')
    .map((line) => ({
      row: line.range.top,
      children: [
        paragraph([new TextRun({ text: line.text, font: fangsong, size: 21, bold: line.use === 'due' })], {
          before: 60,
        }),
      ],
    }));
  // Word joins tables that follow one another without a paragraph between.
  const fields = captionTables(model, width, model.grid.top, Number.POSITIVE_INFINITY).map(({ row, table }) => ({
    row,
    children: [new Paragraph({ children: [], spacing: { line: 120, lineRule: 'exact' } }), table],
  }));
  return [...notes, ...fields].sort((a, b) => a.row - b.row).flatMap(({ children }) => children);
}

/** Fields on the sheet rows from `from` on, before `to`: one borderless table per printed line, the value underlined. */
function captionTables(
  model: FormModel,
  width: number,
  from: number,
  to: number,
): { readonly row: number; readonly table: Table }[] {
  const rows = new Map<number, (FormField | { readonly text: string; readonly left: number })[]>();
  const add = (row: number, item: FormField | { readonly text: string; readonly left: number }) =>
    rows.set(row, [...(rows.get(row) ?? []), item]);
  for (const item of model.fields) add(item.labelRange.top, item);
  for (const line of model.lines) {
    if (line.use === 'statement') add(line.range.top, { text: line.text, left: line.range.left });
  }
  const left = (item: FormField | { readonly left: number }) => ('left' in item ? item.left : item.labelRange.left);
  return [...rows]
    .filter(([row]) => row >= from && row < to)
    .sort(([a], [b]) => a - b)
    .map(([row, items]) => {
      const parts = items
        .sort((a, b) => left(a) - left(b))
        .flatMap((item) => ('kind' in item ? [item.label, item] : [item.text]));
      const labelled = parts.map((part) => (typeof part === 'string' ? part.length * 240 + 160 : 0));
      const rest = Math.max(0, width - labelled.reduce((a, b) => a + b, 0));
      const blanks = parts.filter((part) => typeof part !== 'string').length;
      const widths = labelled.map((own) => (own > 0 ? own : Math.floor(rest / Math.max(1, blanks))));
      const table = new Table({
        width: { size: width, type: WidthType.DXA },
        columnWidths: widths,
        layout: TableLayoutType.FIXED,
        rows: [
          new TableRow({
            children: parts.map(
              (part, i) =>
                new TableCell({
                  width: { size: widths[i]!, type: WidthType.DXA },
                  borders: typeof part === 'string' ? noBorders : { ...noBorders, bottom: ruled },
                  children: [
                    typeof part === 'string'
                      ? paragraph([run(part)])
                      : (new Paragraph({ children: [] }).addChildElement(
                          field(part.label, part.value ?? ''),
                        ) as Paragraph),
                  ],
                }),
            ),
          }),
        ],
      });
      return { row, table };
    });
}

function gridTable(model: FormModel, width: number): Table {
  const { grid, page } = model;
  const shares = page.columnWidths.slice(0, grid.columnCount);
  const total = shares.reduce((a, b) => a + b, 0);
  const widths = shares.map((share) => Math.floor((share / total) * width));
  const byRow = Array.from({ length: grid.rowCount }, (_, row) =>
    grid.cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column),
  );
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    rows: byRow.map(
      (cells, row) =>
        new TableRow({
          tableHeader: row < grid.headerRows,
          cantSplit: true,
          height: { value: Math.round((page.rowHeights[grid.top + row] ?? 25) * 20), rule: 'atLeast' },
          children: cells.map((cell) => cellOf(cell, widths)),
        }),
    ),
  });
}

function cellOf(cell: FormCell, widths: readonly number[]): TableCell {
  const fillColor = { label: 'F2F2F2', 'not-applicable': 'D0D0D0' } as Readonly<Record<string, string>>;
  const color = fillColor[cell.use];
  const long = cell.text.length > 24 && cell.use === 'printed';
  const content =
    cell.use === 'open'
      ? (new Paragraph({ alignment: AlignmentType.CENTER, children: [] }).addChildElement(
          field(cell.key ?? '填写项', cell.text),
        ) as Paragraph)
      : new Paragraph({
          alignment: long ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [
            new TextRun({
              text: cell.text,
              font: cell.use === 'label' ? songti : fangsong,
              size: 21,
              bold: cell.role === 'column-header',
            }),
          ],
        });
  return new TableCell({
    children: [content],
    borders,
    verticalAlign: VerticalAlignTable.CENTER,
    width: {
      size: widths.slice(cell.column, cell.column + cell.columnSpan).reduce((a, b) => a + b, 0),
      type: WidthType.DXA,
    },
    ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
    ...(cell.columnSpan > 1 ? { columnSpan: cell.columnSpan } : {}),
    ...(color === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill: color, color: 'auto' } }),
  });
}
