import { advances } from './fontMetrics.ts';
import type { LaidOutElement, LaidOutLine, LaidOutRule, LaidOutSeal, LaidOutTablePart } from './laidOut.ts';
import { breakLines } from './lineBreaking.ts';

const mm = 72 / 25.4;
/** GB/T 9704-2012, 5.1 and 5.2.1: A4, type area 156 × 225 mm, top margin 37 mm, left 28 mm. */
export const paper = { width: 210 * mm, height: 297 * mm } as const;
export const margin = { top: 37 * mm, bottom: 35 * mm, left: 28 * mm, right: 26 * mm } as const;
/** 5.2.3: 22 lines of 28 characters of size 3 (16 pt). */
export const bodySize = 16;
export const linePitch = ((297 - 37 - 35) * mm) / 22;
export const bodySpacing = (156 * mm) / 28 - bodySize;

interface OpenPage {
  width: number;
  height: number;
  lines: LaidOutLine[];
  rules: LaidOutRule[];
  seals: LaidOutSeal[];
  tables: LaidOutTablePart[];
}

export interface LineStyle {
  readonly element: LaidOutElement;
  readonly size?: number;
  /** Whole line bold, or the first so many code units. */
  readonly bold?: boolean | number;
  readonly color?: 'black' | 'red';
  readonly spacing?: number;
}

/** Pages in the making, with a place where the next line goes. */
export interface PageWriter {
  readonly pages: OpenPage[];
  /** Top of the next line. */
  y: number;
  paragraph: number;
  tableCount: number;
}

export function startPages(): PageWriter {
  const writer: PageWriter = { pages: [], y: 0, paragraph: 0, tableCount: 0 };
  newPage(writer);
  return writer;
}

export function newPage(writer: PageWriter, landscape = false): void {
  const [width, height] = landscape ? [paper.height, paper.width] : [paper.width, paper.height];
  writer.pages.push({ width, height, lines: [], rules: [], seals: [], tables: [] });
  writer.y = margin.top;
}

export function currentPage(writer: PageWriter): OpenPage {
  return writer.pages.at(-1)!;
}

export function isEmptyPage(page: OpenPage): boolean {
  return page.lines.length + page.rules.length + page.tables.length + page.seals.length === 0;
}

/** Width of the type area of the current page. */
export function areaWidth(writer: PageWriter): number {
  return currentPage(writer).width - margin.left - margin.right;
}

export function areaBottom(writer: PageWriter): number {
  return currentPage(writer).height - margin.bottom + 0.5;
}

/** Makes room for so many points, on a new page where they do not fit. */
export function ensureRoom(writer: PageWriter, height: number): void {
  if (writer.y + height > areaBottom(writer)) {
    const page = currentPage(writer);
    newPage(writer, page.width > page.height);
  }
}

export function textWidth(text: string, size: number, bold: boolean, spacing = 0): number {
  return advances(text, bold).reduce((sum, advance) => sum + advance * size + spacing, 0);
}

/** A line at a place; its baseline is given. */
export function placeLine(text: string, x: number, baseline: number, style: LineStyle, paragraph: number): LaidOutLine {
  const size = style.size ?? bodySize;
  const spacing = style.spacing ?? 0;
  const boldUntil =
    style.bold === true ? text.length : style.bold === false ? 0 : Math.min(style.bold ?? 0, text.length);
  const widths = [...advances(text.slice(0, boldUntil), true), ...advances(text.slice(boldUntil), false)];
  const edges = [x];
  let index = 0;
  for (const character of text) {
    // Spacing follows a character; the halves of a surrogate pair share its width.
    const width = widths[index]! * character.length * size + spacing;
    for (let i = 0; i < character.length; i++) edges.push(edges.at(-1)! + width / character.length);
    index += character.length;
  }
  const runs = [
    { start: 0, end: boldUntil, bold: true },
    { start: boldUntil, end: text.length, bold: false },
  ].filter((run) => run.end > run.start);
  return {
    element: style.element,
    text,
    edges,
    baseline,
    size,
    spacing,
    color: style.color ?? 'black',
    runs,
    paragraph,
    box: [x, baseline - 0.88 * size, edges.at(-1)!, baseline + 0.12 * size],
  };
}

/** Baseline of text set in the middle of a line of the given pitch. */
export function baselineIn(top: number, pitch: number, size: number): number {
  return top + (pitch - size) / 2 + 0.88 * size;
}

/** A line of its own at the writing place; x by alignment within the type area and an indent in points. */
export function writeLine(
  writer: PageWriter,
  text: string,
  style: LineStyle & { align?: 'left' | 'center' | 'right'; indent?: number; pitch?: number },
): LaidOutLine {
  const pitch = style.pitch ?? linePitch;
  ensureRoom(writer, pitch);
  const size = style.size ?? bodySize;
  const spacing = style.spacing ?? 0;
  const width = textWidth(text, size, style.bold === true, spacing) - spacing;
  const indent = style.indent ?? 0;
  const room = areaWidth(writer);
  const x =
    margin.left +
    (style.align === 'center' ? (room - width) / 2 : style.align === 'right' ? room - width - indent : indent);
  const line = placeLine(text, x, baselineIn(writer.y, pitch, size), style, writer.paragraph++);
  currentPage(writer).lines.push(line);
  writer.y += pitch;
  return line;
}

/**
 * A justified paragraph. `indent` of its first line and `hang` of the others in points; the wrapped lines are stretched to the full
 * width as word processors do.
 */
export function writeParagraph(
  writer: PageWriter,
  text: string,
  style: LineStyle & { indent?: number; hang?: number; pitch?: number; inset?: number },
): void {
  const size = style.size ?? bodySize;
  const pitch = style.pitch ?? linePitch;
  const base = style.spacing ?? (size === bodySize ? bodySpacing : 0);
  const indent = style.indent ?? 2 * (size + base);
  const hang = style.hang ?? 0;
  const inset = style.inset ?? 0;
  const boldUntil = style.bold === true ? text.length : style.bold === false ? 0 : (style.bold ?? 0);
  const room = areaWidth(writer) - 2 * inset;
  const broken = breakLines(text, (room - hang) / size, {
    firstWidth: (room - indent) / size,
    boldUntil,
    spacing: base / size,
  });
  const paragraph = writer.paragraph++;
  broken.forEach((line, index) => {
    ensureRoom(writer, pitch);
    const left = index === 0 ? indent : hang;
    const count = [...text.slice(line.start, line.end)].length;
    const natural = line.advances.reduce((sum, advance) => sum + advance * size, 0);
    const spacing = line.wraps && count > 1 ? Math.min((room - left - natural) / (count - 1), size * 0.5) : base;
    currentPage(writer).lines.push(
      placeLine(
        text.slice(line.start, line.end),
        margin.left + inset + left,
        baselineIn(writer.y, pitch, size),
        { ...style, size, spacing, bold: Math.max(0, boldUntil - line.start) },
        paragraph,
      ),
    );
    writer.y += pitch;
  });
}
