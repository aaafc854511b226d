import type { LaidOutPage } from './laidOut.ts';
import { breakLines } from './lineBreaking.ts';
import {
  areaBottom,
  areaWidth,
  baselineIn,
  bodySize,
  bodySpacing,
  currentPage,
  ensureRoom,
  isEmptyPage,
  linePitch,
  margin,
  newPage,
  type PageWriter,
  placeLine,
  startPages,
  textWidth,
  writeLine,
  writeParagraph,
} from './pageWriter.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec, SpecBlock, SpecPart } from './spec.ts';
import { writeTable } from './tableLayout.ts';

const mm = 72 / 25.4;
const em = bodySize + bodySpacing;

/** How tables are printed, where that is not left to the seed. */
export interface TableManner {
  /** false: without any strokes, by columns alone. */
  readonly ruled?: boolean;
  /** false: the header stands on the first page of a table alone. */
  readonly repeatHeader?: boolean;
}

interface Manner {
  readonly tableSize: number;
  readonly ruled: boolean;
  readonly repeatHeader: boolean;
  readonly openSides: boolean;
  readonly random: SeededRandom;
}

/**
 * Lays a notice out after GB/T 9704-2012: A4, 22 lines of 28 characters of 16 pt, red letterhead and rule, centred
 * title of 22 pt, attachments on pages of their own, seals over signature and date, imprint at the foot of the last
 * page, page numbers — 1 —. Tables of nine columns or more in attachments stand on landscape pages. `seed` varies what the standard
 * leaves open: size of table text, open or closed sides of tables.
 */
export function layOut(
  spec: NoticeSpec,
  seed: number,
  { ruled = true, repeatHeader = true }: TableManner = {},
): LaidOutPage[] {
  const random = seededRandom(seed);
  const manner: Manner = {
    tableSize: random.pick([10.5, 12]),
    openSides: random.chance(0.2),
    ruled,
    repeatHeader,
    random,
  };
  const writer = startPages();
  writeNotice(writer, spec, manner);
  numberPages(writer);
  return writer.pages.map((page, index) => ({ page: index + 1, ...page }));
}

function writeNotice(writer: PageWriter, spec: NoticeSpec, manner: Manner): void {
  writeHead(writer, spec);
  writeTitle(writer, spec.title);
  if (spec.recipients) writeParagraph(writer, spec.recipients, { element: 'recipients', indent: 0 });
  for (const block of spec.body) writeBlock(writer, block, manner);
  writeAttachmentNote(writer, spec.attachmentNote);
  writeSignature(writer, spec);
  for (const note of spec.notes) writeParagraph(writer, note, { element: 'note' });
  for (const part of [...spec.enclosures, ...spec.attachments]) writePart(writer, part, manner);
  writeImprint(writer, spec);
  if (spec.forwarded) {
    newPage(writer);
    writeNotice(writer, spec.forwarded, manner);
  }
}

/** 版头 (7.2). */
function writeHead(writer: PageWriter, spec: NoticeSpec): void {
  const upper = [
    ['copyNumber', spec.copyNumber],
    ['securityLevel', spec.securityLevel],
    ['urgency', spec.urgency],
  ] as const;
  for (const [element, text] of upper) if (text) writeLine(writer, text, { element, bold: element !== 'copyNumber' });
  if (spec.letterhead) {
    // 7.2.4: the upper edge of the letterhead lies 35 mm below the upper edge of the type area.
    writer.y = Math.max(writer.y, margin.top + 35 * mm);
    writeLetterhead(writer, spec.letterhead);
    writer.y += linePitch;
  }
  if (spec.documentNumber) {
    if (spec.signer) {
      // 7.2.6: number and signer on one line, each one character from its side.
      const line = writeLine(writer, spec.documentNumber, { element: 'documentNumber', indent: em });
      const text = `签发人：${spec.signer}`;
      const x = margin.left + areaWidth(writer) - em - textWidth(text, bodySize, false);
      currentPage(writer).lines.push(placeLine(text, x, line.baseline, { element: 'signer' }, writer.paragraph++));
    } else
      writeLine(writer, spec.documentNumber, {
        element: 'documentNumber',
        align: spec.letterhead ? 'center' : 'right',
      });
  }
  if (spec.letterhead) {
    // 7.2.7: a red rule as wide as the type area, 4 mm below the number.
    const y = writer.y + 4 * mm - (linePitch - bodySize) / 2;
    currentPage(writer).rules.push({
      x0: margin.left,
      y0: y,
      x1: margin.left + areaWidth(writer),
      y1: y,
      width: 1.4,
      color: 'red',
    });
    writer.y = y + 0.4 * linePitch;
    writer.y += linePitch;
  } else if (!isEmptyPage(currentPage(writer))) writer.y += linePitch;
}

function writeLetterhead(writer: PageWriter, letterhead: NonNullable<NoticeSpec['letterhead']>): void {
  const { bodies, withSuffix } = letterhead;
  const room = areaWidth(writer);
  const several = bodies.length > 1;
  const longest = Math.max(...bodies.map((b) => b.length)) + (withSuffix ? 2.5 : 0);
  const size = Math.min(several ? 32 : 44, room / longest);
  const pitch = size * (several ? 1.45 : 1.6);
  const page = currentPage(writer);
  const style = { element: 'letterhead', size, bold: true, color: 'red' } as const;
  if (!several) {
    writeLine(writer, bodies[0]! + (withSuffix ? '文件' : ''), { ...style, align: 'center', pitch });
    return;
  }
  // 联合行文: the names one below the other, spread to one width, 文件 at their right side in the middle (7.2.4).
  const widest = Math.max(...bodies.map((b) => textWidth(b, size, true)));
  const left = margin.left + (room - widest - (withSuffix ? 2.5 * size : 0)) / 2;
  const top = writer.y;
  for (const body of bodies) {
    const spacing = body.length > 1 ? (widest - textWidth(body, size, true)) / (body.length - 1) : 0;
    page.lines.push(
      placeLine(body, left, baselineIn(writer.y, pitch, size), { ...style, spacing }, writer.paragraph++),
    );
    writer.y += pitch;
  }
  if (withSuffix) {
    const baseline = baselineIn(top + (writer.y - top - pitch) / 2, pitch, size);
    page.lines.push(placeLine('文件', left + widest + 0.5 * size, baseline, style, writer.paragraph++));
  }
}

/** 标题 (7.3.1): 22 pt, centred, long ones in several lines of about the same length. */
function writeTitle(writer: PageWriter, title: readonly string[]): void {
  const size = 22;
  const room = Math.floor(areaWidth(writer) / size);
  for (const text of title) {
    const lineCount = Math.ceil(textWidth(text, 1, true) / room);
    const width = lineCount > 1 ? Math.min(room, Math.ceil(textWidth(text, 1, true) / lineCount) + 1) : room;
    for (const line of breakLines(text, width, { boldUntil: text.length })) {
      const part = text.slice(line.start, line.end);
      writeLine(writer, part, { element: 'title', size, bold: true, align: 'center', pitch: 33 });
    }
  }
  writer.y += linePitch;
}

function writeBlock(writer: PageWriter, block: SpecBlock, manner: Manner): void {
  if (block.type === 'paragraph') writeParagraph(writer, block.text, { element: 'body' });
  else if (block.type === 'heading') {
    const head = block.number + block.text;
    writeParagraph(writer, head + (block.runIn ?? ''), { element: 'body', bold: block.level <= 2 ? head.length : 0 });
  } else if (block.type === 'lines') for (const text of block.lines) writeParagraph(writer, text, { element: 'body' });
  else {
    const pitch = 20;
    ensureRoom(writer, (block.caption.length + block.headerRows + 2) * 24);
    for (const text of block.caption) writeLine(writer, text, { element: 'caption', size: 12, pitch });
    writeTable(writer, block, { ...manner, size: manner.tableSize });
    writer.y += 4;
    for (const text of block.notes) writeParagraph(writer, text, { element: 'tableNote', size: 12, pitch, indent: 0 });
  }
}

/** 附件说明 (7.3.4): an empty line below the text, two characters in; the titles one below the other. */
function writeAttachmentNote(writer: PageWriter, titles: readonly string[]): void {
  if (titles.length === 0) return;
  writer.y += linePitch;
  titles.forEach((title, index) => {
    const number = titles.length > 1 ? `${index + 1}. ` : '';
    const text = `${index === 0 ? '附件：' : ''}${number}${title}`;
    const indent = index === 0 ? 2 * em : 5 * em;
    writeParagraph(writer, text, {
      element: 'attachmentNote',
      indent,
      hang: 5 * em + textWidth(number, bodySize, false),
    });
  });
}

/** 发文机关署名, 成文日期, 印章 (7.3.5). */
function writeSignature(writer: PageWriter, spec: NoticeSpec): void {
  if (spec.signatories.length === 0 && !spec.date) return;
  const perRow = spec.signatories.length > 1 ? 2 : 1;
  const rowCount = Math.ceil(spec.signatories.length / perRow);
  const gap = spec.sealed ? 3 * linePitch : linePitch;
  ensureRoom(writer, 2 * linePitch + rowCount * gap + linePitch * 1.5);
  writer.y += 2 * linePitch;
  const right = margin.left + areaWidth(writer);
  const dateWidth = spec.date ? textWidth(spec.date, bodySize, false) : 0;
  const dateLeft = right - 4 * em - dateWidth;
  const page = currentPage(writer);
  spec.signatories.forEach((name, index) => {
    const width = textWidth(name, bodySize, false);
    const row = Math.floor(index / perRow);
    const alone = perRow === 1 || (index === spec.signatories.length - 1 && index % 2 === 0);
    // Centred over the date; in two columns each in the middle of its half.
    const middle = alone || index % 2 === 1 ? dateLeft + dateWidth / 2 : margin.left + areaWidth(writer) * 0.25;
    const x = Math.min(Math.max(middle - width / 2, margin.left), right - width);
    const top = writer.y + row * gap;
    page.lines.push(
      placeLine(name, x, baselineIn(top, linePitch, bodySize), { element: 'signatory' }, writer.paragraph++),
    );
    if (spec.sealed)
      page.seals.push({
        x: x + width / 2,
        y: top + linePitch * (row === rowCount - 1 ? 1 : 0.5),
        radius: 21 * mm,
        text: name,
      });
  });
  writer.y += Math.max(0, rowCount - 1) * gap + (rowCount > 0 ? linePitch : 0);
  if (spec.date) {
    const baseline = baselineIn(writer.y, linePitch, bodySize);
    page.lines.push(placeLine(spec.date, dateLeft, baseline, { element: 'date' }, writer.paragraph++));
  }
  writer.y += spec.sealed ? 2 * linePitch : linePitch;
}

/** An enclosed plan or an attachment (7.3.7): a new page, the label at its upper left, the title on the third line. */
function writePart(writer: PageWriter, part: SpecPart, manner: Manner): void {
  const wide = part.blocks.some((block) => block.type === 'table' && block.columnCount >= 9);
  newPage(writer, wide);
  if (part.label) {
    writeLine(writer, part.label, { element: 'attachmentLabel', bold: true });
    writer.y += linePitch * 0.5;
  }
  writeTitle(writer, part.title);
  for (const block of part.blocks) writeBlock(writer, block, manner);
}

/** 版记 (7.4): at the foot of the last page, between rules, 14 pt, one character in from both sides. */
function writeImprint(writer: PageWriter, spec: NoticeSpec): void {
  const imprint = spec.imprint;
  if (!imprint || (!imprint.copyTo && !imprint.printedBy && !imprint.printedOn)) return;
  const size = 14;
  const pitch = 21;
  const copyTo = imprint.copyTo && (/^抄\s*送/.test(imprint.copyTo) ? imprint.copyTo : `抄送：${imprint.copyTo}`);
  const room = areaWidth(writer);
  const copyLines = copyTo ? Math.ceil(textWidth(copyTo, size, false) / (room - 5 * size)) : 0;
  const printed = imprint.printedBy || imprint.printedOn;
  const height = (copyLines + (printed ? 1 : 0)) * pitch + 14;
  if (writer.y + height + 6 > areaBottom(writer)) newPage(writer);
  const page = currentPage(writer);
  writer.y = areaBottom(writer) - height - 0.5;
  const rule = (width: number): void => {
    page.rules.push({
      x0: margin.left,
      y0: writer.y,
      x1: margin.left + areaWidth(writer),
      y1: writer.y,
      width,
      color: 'black',
    });
    writer.y += 3;
  };
  rule(0.35 * mm);
  if (copyTo) {
    writeParagraph(writer, copyTo, { element: 'imprint', size, pitch, indent: 0, hang: 3 * size, inset: size });
    if (printed) rule(0.25 * mm);
  }
  if (printed) {
    const baseline = baselineIn(writer.y, pitch, size);
    if (imprint.printedBy) {
      page.lines.push(
        placeLine(imprint.printedBy, margin.left + size, baseline, { element: 'imprint', size }, writer.paragraph++),
      );
    }
    if (imprint.printedOn) {
      const text = imprint.printedOn.endsWith('印发') ? imprint.printedOn : `${imprint.printedOn}印发`;
      const x = margin.left + areaWidth(writer) - size - textWidth(text, size, false);
      page.lines.push(placeLine(text, x, baseline, { element: 'imprint', size }, writer.paragraph++));
    }
    writer.y += pitch;
  }
  rule(0.35 * mm);
}

/** 页码 (7.5): 14 pt between dashes, 7 mm below the type area, outer side, one character in. */
function numberPages(writer: PageWriter): void {
  writer.pages.forEach((page, index) => {
    const text = `— ${index + 1} —`;
    const width = textWidth(text, 14, false);
    const x = index % 2 === 0 ? page.width - margin.right - 14 - width : margin.left + 14;
    const baseline = page.height - margin.bottom + 7 * mm + 0.88 * 14;
    page.lines.push(placeLine(text, x, baseline, { element: 'pageNumber', size: 14 }, writer.paragraph++));
  });
}
