import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  HorizontalPositionRelativeFrom,
  ImageRun,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  Textbox,
  TextRun,
  TextWrappingType,
  VerticalAlignTable,
  VerticalPositionRelativeFrom,
  WidthType,
} from 'docx';
import { beginNewList, chineseFormats, type ListPlan, numberingConfig, planNumber, startLists } from './listPlan.ts';
import { repackDocx } from './repackDocx.ts';
import { sealPicture } from './sealPicture.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec, SpecBlock, SpecPart, SpecTable } from './spec.ts';

export interface DocxOptions {
  /** What the standard leaves open follows from it; same seed, same bytes. */
  readonly seed: number;
  /** Whether the numbers of headings are typed, or printed by Word from numbering.xml. */
  readonly numbering: 'typed' | 'automatic';
}

/** What is printed, in reading order: lines as they read with their numbers, tables as they were specified. */
export type DocxTruth = readonly (
  | { readonly type: 'line'; readonly element: DocxElement; readonly text: string }
  | { readonly type: 'table'; readonly table: SpecTable }
)[];

export type DocxElement = 'head' | 'title' | 'body' | 'attachmentNote' | 'signature' | 'note' | 'label' | 'imprint';

interface Writer {
  readonly random: SeededRandom;
  readonly automatic: boolean;
  readonly lists: ListPlan;
  readonly sections: { landscape: boolean; children: FileChild[] }[];
  readonly truth: DocxTruth[number][];
  readonly seal: Uint8Array;
  /** The letterhead as a text box, as a paragraph, or for several bodies as a table. */
  readonly boxed: boolean;
  readonly tableSize: number;
}

const twips = (mm: number) => Math.round((mm * 1440) / 25.4);
const red = 'D80F18';
const fonts = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
} as const;

/**
 * A notice as DOCX in the layout of GB/T 9704-2012: A4, type area 156 × 225 mm, 16 pt on exact lines, red letterhead
 * and rule, imprint, page numbers — 1 —. `truth` is what a reader is to find.
 */
export async function renderDocx(
  spec: NoticeSpec,
  options: DocxOptions,
): Promise<{ bytes: Uint8Array; truth: DocxTruth }> {
  const random = seededRandom(options.seed);
  const writer: Writer = {
    random,
    automatic: options.numbering === 'automatic',
    lists: startLists(random.pick(chineseFormats)),
    sections: [{ landscape: false, children: [] }],
    truth: [],
    seal: await sealPicture(),
    boxed: random.chance(0.5),
    tableSize: random.pick([10.5, 12]),
  };
  writeNotice(writer, spec);
  const document = new Document({
    creator: 'hongtou corpus',
    title: spec.title.join(''),
    styles: { default: { document: { run: { font: fonts.body, size: 32 } } } },
    numbering: { config: numberingConfig(writer.lists) },
    sections: writer.sections
      .filter((section) => section.children.length > 0)
      .map(({ landscape, children }) => ({
        properties: {
          page: {
            // Word takes the sides of the upright sheet and turns them itself.
            size: {
              width: twips(210),
              height: twips(297),
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: twips(37), bottom: twips(35), left: twips(28), right: twips(26), footer: twips(28) },
          },
        },
        footers: { default: pageNumberFooter() },
        children,
      })),
  });
  const packed = new Uint8Array(await Packer.toBuffer(document));
  return { bytes: await repackDocx(packed, random.chance(0.5)), truth: writer.truth };
}

function writeNotice(writer: Writer, spec: NoticeSpec): void {
  beginNewList(writer.lists);
  for (const text of [spec.copyNumber, spec.securityLevel, spec.urgency]) {
    if (text !== null) line(writer, 'head', text, {}, { font: fonts.heading });
  }
  writeLetterhead(writer, spec);
  writeNumberLine(writer, spec);
  writeTitle(writer, spec.title);
  if (spec.recipients !== null) line(writer, 'body', spec.recipients);
  for (const block of spec.body) writeBlock(writer, block);
  spec.attachmentNote.forEach((title, index) => {
    const number = spec.attachmentNote.length > 1 ? `${index + 1}. ` : '';
    const indent = { left: index === 0 ? 640 : 1600 };
    line(writer, 'attachmentNote', `${index === 0 ? '附件：' : ''}${number}${title}`, { indent });
  });
  writeSignature(writer, spec);
  for (const note of spec.notes) line(writer, 'note', note, indented);
  for (const part of [...spec.enclosures, ...spec.attachments]) writePart(writer, part);
  writeImprint(writer, spec);
  if (spec.forwarded !== null) {
    writer.sections.push({ landscape: false, children: [] });
    writeNotice(writer, spec.forwarded);
  }
}

const exactLine = { line: 570, lineRule: LineRuleType.EXACT } as const;
const indented: IParagraphOptions = { indent: { firstLine: 640 } };

function add(writer: Writer, child: FileChild): void {
  writer.sections[writer.sections.length - 1]!.children.push(child);
}

function line(
  writer: Writer,
  element: DocxElement,
  text: string,
  paragraph: IParagraphOptions = {},
  run: IRunOptions = {},
): void {
  writer.truth.push({ type: 'line', element, text });
  add(writer, new Paragraph({ spacing: exactLine, ...paragraph, children: [new TextRun({ text, ...run })] }));
}

/** 发文机关标志 (7.2.4) and the red rule (7.2.7). */
function writeLetterhead(writer: Writer, spec: NoticeSpec): void {
  if (spec.letterhead === null) return;
  const { bodies, withSuffix } = spec.letterhead;
  const look: IRunOptions = { color: red, bold: true, size: bodies.length > 1 ? 64 : 80, font: fonts.title };
  const centred = (text: string) =>
    new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, ...look })] });
  if (bodies.length === 1) {
    const text = `${bodies[0]}${withSuffix ? '文件' : ''}`;
    writer.truth.push({ type: 'line', element: 'head', text });
    if (!writer.boxed) add(writer, centred(text));
    else {
      const style = { width: '442pt', height: '64pt' } as const;
      add(writer, new Textbox({ alignment: AlignmentType.CENTER, style, children: [centred(text)] }));
    }
    return;
  }
  // 联合行文: the bodies one below the other, 文件 in the middle at their right.
  for (const [index, body] of bodies.entries()) {
    writer.truth.push({ type: 'line', element: 'head', text: body });
    if (index === 0 && withSuffix) writer.truth.push({ type: 'line', element: 'head', text: '文件' });
  }
  const none = { style: BorderStyle.NONE, size: 0 } as const;
  const rows = bodies.map((body, index) => {
    const suffix =
      index === 0 && withSuffix
        ? [
            new TableCell({
              rowSpan: bodies.length,
              verticalAlign: VerticalAlignTable.CENTER,
              children: [centred('文件')],
            }),
          ]
        : [];
    return new TableRow({ children: [new TableCell({ children: [centred(body)] }), ...suffix] });
  });
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  add(writer, new Table({ rows, borders, width: { size: 100, type: WidthType.PERCENTAGE } }));
}

function writeNumberLine(writer: Writer, spec: NoticeSpec): void {
  const signer = spec.signer === null ? null : `签发人：${spec.signer}`;
  const parts = [spec.documentNumber, signer].filter((part) => part !== null);
  if (parts.length === 0) return;
  writer.truth.push({ type: 'line', element: 'head', text: parts.join('  ') });
  const border = { bottom: { style: BorderStyle.SINGLE, size: 16, color: red, space: 8 } };
  const children = parts.flatMap((text, index) => [
    ...(index > 0 ? [new TextRun({ children: ['\t'] })] : []),
    new TextRun({ text }),
  ]);
  add(
    writer,
    new Paragraph({
      alignment: parts.length > 1 ? AlignmentType.LEFT : AlignmentType.CENTER,
      children,
      ...(spec.letterhead === null ? {} : { border }),
    }),
  );
}

/** One paragraph with line breaks, or one for each line, as typists do. */
function writeTitle(writer: Writer, title: readonly string[]): void {
  if (title.length === 0) return;
  const look: IRunOptions = { size: 44, font: fonts.title };
  const spacing = { line: 660, lineRule: LineRuleType.EXACT, before: 240 } as const;
  for (const text of title) writer.truth.push({ type: 'line', element: 'title', text });
  if (writer.random.chance(0.5)) {
    const children = title.map((text, index) => new TextRun({ text, break: index > 0 ? 1 : 0, ...look }));
    add(writer, new Paragraph({ alignment: AlignmentType.CENTER, spacing, children }));
    return;
  }
  for (const text of title) {
    add(
      writer,
      new Paragraph({ alignment: AlignmentType.CENTER, spacing, children: [new TextRun({ text, ...look })] }),
    );
  }
}

function writeBlock(writer: Writer, block: SpecBlock): void {
  if (block.type === 'paragraph') line(writer, 'body', block.text, indented);
  else if (block.type === 'lines') for (const text of block.lines) line(writer, 'body', text, indented);
  else if (block.type === 'table') writeTable(writer, block);
  else {
    const { number, text, runIn } = block;
    writer.truth.push({ type: 'line', element: 'body', text: `${number}${text}${runIn ?? ''}` });
    const planned = writer.automatic ? planNumber(writer.lists, block.level - 1, number) : null;
    const look: IRunOptions = block.level === 1 ? { font: fonts.heading } : { bold: block.level === 2 };
    add(
      writer,
      new Paragraph({
        spacing: exactLine,
        indent: { left: 0, hanging: 0, firstLine: 640 },
        ...(planned === null ? {} : { numbering: planned }),
        children: [
          new TextRun({ text: `${planned === null ? number : ''}${text}`, ...look }),
          ...(runIn === null ? [] : [new TextRun({ text: runIn })]),
        ],
      }),
    );
  }
}

/** 发文机关署名, 成文日期 and 印章 (7.3.5). */
function writeSignature(writer: Writer, spec: NoticeSpec): void {
  const right = { alignment: AlignmentType.RIGHT, indent: { right: 1280 } } as const;
  spec.signatories.forEach((name, index) => {
    writer.truth.push({ type: 'line', element: 'signature', text: name });
    const children = [new TextRun({ text: name }), ...(spec.sealed ? [sealRun(writer)] : [])];
    add(writer, new Paragraph({ ...right, spacing: { ...exactLine, before: index === 0 ? 570 : 0 }, children }));
  });
  if (spec.date !== null) line(writer, 'signature', spec.date, right);
}

function sealRun(writer: Writer): ImageRun {
  const side = Math.round((42 / 25.4) * 96);
  return new ImageRun({
    type: 'png',
    data: Buffer.from(writer.seal),
    transformation: { width: side, height: side },
    altText: { name: '印章', description: '印章', title: '印章' },
    floating: {
      horizontalPosition: { relative: HorizontalPositionRelativeFrom.COLUMN, offset: 3_000_000 },
      verticalPosition: { relative: VerticalPositionRelativeFrom.PARAGRAPH, offset: -400_000 },
      wrap: { type: TextWrappingType.NONE },
      behindDocument: true,
    },
  });
}

/** An enclosed plan or an attachment (7.3.7); wide tables on a sheet turned sideways. */
function writePart(writer: Writer, part: SpecPart): void {
  beginNewList(writer.lists);
  const wide = part.blocks.some((block) => block.type === 'table' && block.columnCount >= 9);
  writer.sections.push({ landscape: wide, children: [] });
  if (part.label !== null) line(writer, 'label', part.label, {}, { font: fonts.heading });
  writeTitle(writer, part.title);
  for (const block of part.blocks) writeBlock(writer, block);
  writer.sections.push({ landscape: false, children: [] });
}

function writeTable(writer: Writer, table: SpecTable): void {
  const size = writer.tableSize * 2;
  for (const text of table.caption) line(writer, 'body', text, {}, { size: 24 });
  writer.truth.push({ type: 'table', table });
  const total = twips(table.columnCount >= 9 ? 243 : 156);
  const widths = Array.from({ length: table.columnCount }, () => Math.floor(total / table.columnCount));
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    const cells = table.cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column);
    return new TableRow({
      tableHeader: row < table.headerRows,
      children: cells.map(
        (cell) =>
          new TableCell({
            rowSpan: cell.rowSpan,
            columnSpan: cell.columnSpan,
            verticalAlign: VerticalAlignTable.CENTER,
            width: { size: (widths[0] ?? 0) * cell.columnSpan, type: WidthType.DXA },
            children: cell.text.split('\n').map(
              (text) =>
                new Paragraph({
                  alignment: row < table.headerRows ? AlignmentType.CENTER : AlignmentType.LEFT,
                  children: [new TextRun({ text, size })],
                }),
            ),
          }),
      ),
    });
  });
  add(writer, new Table({ rows, columnWidths: widths, width: { size: total, type: WidthType.DXA } }));
  for (const text of table.notes) line(writer, 'body', text, {}, { size: 24 });
}

/** 版记 (7.4): a table of which only the rules above, between and below are drawn, or paragraphs with rules. */
function writeImprint(writer: Writer, spec: NoticeSpec): void {
  if (spec.imprint === null) return;
  const { copyTo, printedBy, printedOn } = spec.imprint;
  const copies = copyTo === null ? null : /^抄\s*送/.test(copyTo) ? copyTo : `抄送：${copyTo}`;
  const printing = printedOn === null ? null : printedOn.endsWith('印发') ? printedOn : `${printedOn}印发`;
  const last = [printedBy, printing].filter((text) => text !== null);
  if (copies === null && last.length === 0) return;
  if (copies !== null) writer.truth.push({ type: 'line', element: 'imprint', text: copies });
  if (last.length > 0) writer.truth.push({ type: 'line', element: 'imprint', text: last.join('  ') });
  const text = (content: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType]) =>
    new Paragraph({ alignment, children: [new TextRun({ text: content, size: 28 })] });
  const none = { style: BorderStyle.NONE, size: 0 } as const;
  const rule = { style: BorderStyle.SINGLE, size: 6, color: '000000' } as const;
  const rows = [
    ...(copies === null
      ? []
      : [
          new TableRow({
            children: [new TableCell({ columnSpan: 2, children: [text(copies, AlignmentType.LEFT)] })],
          }),
        ]),
    ...(last.length === 0
      ? []
      : [
          new TableRow({
            children: [
              new TableCell({ children: [text(printedBy ?? '', AlignmentType.LEFT)] }),
              new TableCell({ children: [text(printing ?? '', AlignmentType.RIGHT)] }),
            ],
          }),
        ]),
  ];
  const borders = { top: rule, bottom: rule, insideHorizontal: rule, left: none, right: none, insideVertical: none };
  // Between two tables Word needs a paragraph, or it makes one table of them.
  add(writer, new Paragraph({}));
  add(writer, new Table({ rows, borders, width: { size: 100, type: WidthType.PERCENTAGE } }));
}

/** 页码 (7.5). */
function pageNumberFooter(): Footer {
  const children = [new TextRun({ size: 28, children: ['— ', PageNumber.CURRENT, ' —'] })];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] });
}
