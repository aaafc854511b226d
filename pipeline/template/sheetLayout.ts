import { type FormField, type FormLine, type SheetRange, textWidth } from '../../models/index.ts';
import type { CaptionPart } from './captions.ts';

/** Where everything stands on the sheet. Rows and columns from 0. */
export interface SheetLayout {
  readonly titleRange: SheetRange;
  readonly fields: readonly FormField[];
  readonly lines: readonly FormLine[];
  readonly gridTop: number;
  readonly orientation: 'portrait' | 'landscape';
  readonly onePage: boolean;
  readonly columnWidths: readonly number[];
  readonly rowHeights: readonly number[];
}

export interface SheetCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  /** Characters that an entry needs; null for a cell that is not filled in. */
  readonly room: number | null;
}

export type CaptionLine = readonly (CaptionPart & { readonly printed: boolean })[];

export interface SheetParts {
  readonly title: string;
  readonly captions: readonly CaptionLine[];
  /** What stands beneath the grid, in its order. */
  readonly below: readonly (CaptionLine | { readonly use: 'note' | 'due'; readonly text: string })[];
  readonly rowCount: number;
  readonly columnCount: number;
  readonly headerRows: number;
  readonly stubColumns: number;
  readonly cells: readonly SheetCell[];
}

/** A4 less margins: widths in characters of an 11 pt font, heights in points. */
const paper = {
  portrait: { width: 92, height: 740 },
  landscape: { width: 136, height: 500 },
} as const;
const lineHeight = 16;
/** Printing smaller than this is hard to read and to fill in by hand. */
const smallestScale = 0.6;

function linesOf(text: string, width: number): number {
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / Math.max(1, width - 1.5))), 0);
}

/** Characters that a column wants: its labels on at most `wrap` lines, its entries on one. */
function wantedWidths(parts: SheetParts, wrap: number): number[] {
  const widths = Array.from({ length: Math.max(parts.columnCount, 2) }, () => 7);
  for (const cell of parts.cells) {
    if (cell.columnSpan !== 1) continue;
    const tall = cell.rowSpan > 1 ? wrap * Math.min(cell.rowSpan, 4) : wrap;
    const text = textWidth(cell.text);
    const wanted = Math.min(text <= 8 ? text + 2 : Math.ceil(text / tall) + 3, 46);
    widths[cell.column] = Math.max(widths[cell.column]!, wanted, cell.room ?? 0);
  }
  // A merged label shares what it wants among its columns.
  for (const cell of parts.cells) {
    if (cell.columnSpan < 2) continue;
    const columns = Array.from({ length: cell.columnSpan }, (_, i) => cell.column + i);
    const have = columns.reduce((sum, column) => sum + widths[column]!, 0);
    const want = Math.min(Math.ceil(textWidth(cell.text) / wrap) + 3, 30 * cell.columnSpan);
    for (const column of columns) if (want > have) widths[column]! += (want - have) / columns.length;
  }
  return widths;
}

function fitted(widths: readonly number[], target: number): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const factor = total < target ? Math.min(target / total, 2.2) : 1;
  return widths.map((width) => Math.round(width * factor * 10) / 10);
}

/** Places title, lines, fields, grid and notes; chooses the orientation in which the form prints larger. */
export function sheetLayout(parts: SheetParts): SheetLayout {
  const portrait = arrange(parts, fitted(wantedWidths(parts, 3), paper.portrait.width));
  const portraitScale = scaleOf(portrait, 'portrait');
  const landscape = arrange(parts, fitted(wantedWidths(parts, 2), paper.landscape.width));
  const landscapeScale = scaleOf(landscape, 'landscape');
  const orientation = portraitScale >= 0.85 || portraitScale >= landscapeScale ? 'portrait' : 'landscape';
  const { heights, ...rest } = orientation === 'portrait' ? portrait : landscape;
  const scale = orientation === 'portrait' ? portraitScale : landscapeScale;
  return { ...rest, rowHeights: heights, orientation, onePage: scale >= smallestScale };
}

type Arranged = Omit<SheetLayout, 'orientation' | 'onePage' | 'rowHeights'> & { readonly heights: readonly number[] };

function scaleOf(arranged: Arranged, orientation: 'portrait' | 'landscape'): number {
  const width = arranged.columnWidths.reduce((sum, value) => sum + value, 0);
  const height = arranged.heights.reduce((sum, value) => sum + value, 0);
  return Math.min(1, paper[orientation].width / width, paper[orientation].height / height);
}

function arrange(parts: SheetParts, widths: readonly number[]): Arranged {
  const lastColumn = widths.length - 1;
  const total = widths.reduce((sum, width) => sum + width, 0);
  const heights: number[] = [];
  const lines: FormLine[] = [];
  const fields: FormField[] = [];
  const range = (top: number, left: number, right: number, bottom = top): SheetRange => ({ top, left, bottom, right });
  const widthOf = (left: number, right: number) => widths.slice(left, right + 1).reduce((sum, width) => sum + width, 0);

  // 表号, 制定机关 … at the upper right.
  const approvals = parts.captions.flat().flatMap((part) => (part.type === 'approval' ? [part.text] : []));
  if (approvals.length > 0) {
    const need = Math.max(...approvals.map(textWidth)) + 3;
    let left = lastColumn;
    while (left > 0 && widthOf(left, lastColumn) < need) left--;
    for (const text of approvals) {
      lines.push({ use: 'approval', text, range: range(heights.length, left, lastColumn) });
      heights.push(lineHeight);
    }
  }
  const titleRange = range(heights.length, 0, lastColumn);
  heights.push(Math.max(36, linesOf(parts.title, total * 0.58) * 28));

  const placeLine = (line: CaptionLine) => {
    let rest = line.filter((part) => part.type !== 'approval');
    while (rest.length > 0) {
      const { slots, count } = slotsOf(rest, widths);
      const top = heights.length;
      let height = 22;
      for (const [i, part] of rest.slice(0, count).entries()) {
        const { left, right } = slots[i]!;
        if (part.type === 'field') {
          const split = labelEnd(part.label, left, right, widths);
          fields.push({
            kind: part.kind,
            label: part.label,
            value: part.value,
            entry: part.entry,
            printed: part.printed,
            labelRange: range(top, left, split),
            valueRange: range(top, split + 1, right),
          });
          height = Math.max(height, linesOf(part.label, widthOf(left, split)) * lineHeight + 4);
        } else {
          lines.push({ use: 'statement', text: part.text, range: range(top, left, right) });
          height = Math.max(height, linesOf(part.text, widthOf(left, right)) * lineHeight + 4);
        }
      }
      heights.push(height);
      rest = rest.slice(count);
    }
  };
  for (const line of parts.captions) placeLine(line);

  const gridTop = heights.length;
  heights.push(...gridHeights(parts, widthOf));
  for (const line of parts.below) {
    if (!('use' in line)) {
      placeLine(line);
      continue;
    }
    lines.push({ use: line.use, text: line.text, range: range(heights.length, 0, lastColumn) });
    heights.push(linesOf(line.text, total) * lineHeight + 6);
  }
  return { titleRange, fields, lines, gridTop, columnWidths: widths, heights };
}

/** Columns for as many parts of a caption line as fit beside each other; a field needs a column for its label and one for its value. */
function slotsOf(
  parts: readonly CaptionPart[],
  widths: readonly number[],
): { readonly slots: readonly { readonly left: number; readonly right: number }[]; readonly count: number } {
  const need = (part: CaptionPart) => (part.type === 'field' ? 2 : 1);
  const total = widths.reduce((sum, width) => sum + width, 0);
  for (let count = parts.length; count > 1; count--) {
    const chosen = parts.slice(0, count);
    const wanted = chosen.map((part) =>
      part.type === 'field' ? textWidth(part.label) + valueRoom(part) : textWidth(part.text) + 3,
    );
    const sum = wanted.reduce((a, b) => a + b, 0);
    if (sum > total * 1.15) continue;
    const slots: { left: number; right: number }[] = [];
    let left = 0;
    let reached = 0;
    for (const [i, part] of chosen.entries()) {
      const later = chosen.slice(i + 1).reduce((needed, other) => needed + need(other), 0);
      reached += (wanted[i]! / sum) * total;
      let right = left + need(part) - 1;
      const end = (column: number) => widths.slice(0, column + 1).reduce((a, b) => a + b, 0);
      while (right + 1 + later < widths.length && Math.abs(end(right + 1) - reached) <= Math.abs(end(right) - reached))
        right++;
      if (i === chosen.length - 1) right = widths.length - 1;
      slots.push({ left, right });
      left = right + 1;
    }
    const last = slots.at(-1)!;
    const fits = slots.every(({ left: from, right }, i) => {
      const part = chosen[i]!;
      if (right - from + 1 < need(part)) return false;
      if (part.type !== 'field') return true;
      const value = widths.slice(labelEnd(part.label, from, right, widths) + 1, right + 1).reduce((a, b) => a + b, 0);
      return value >= valueRoom(part) * leastShare;
    });
    if (fits && last.right === widths.length - 1) return { slots, count };
  }
  return { slots: [{ left: 0, right: widths.length - 1 }], count: 1 };
}

/** Columns are where the grid wants them; a part whose value gets less of what it needs goes on to the next line. */
const leastShare = 0.6;

/** The last column of a label that stands from `left` in a slot up to `right`; a value needs at least one after it. */
function labelEnd(label: string, left: number, right: number, widths: readonly number[]): number {
  let split = left;
  const wide = (column: number) => widths.slice(left, column + 1).reduce((a, b) => a + b, 0);
  while (split < right - 1 && wide(split) < textWidth(label) + 2) split++;
  return split;
}

/** What a value needs beside its label. Names of units are long; a form has the same layout whether it is filled in or not. */
function valueRoom(part: Extract<CaptionPart, { type: 'field' }>): number {
  const written = part.value === null ? 0 : textWidth(part.value) + 2;
  return Math.min(40, Math.max(part.kind === 'unit' ? 20 : 12, written));
}

function gridHeights(parts: SheetParts, widthOf: (left: number, right: number) => number): number[] {
  const heights = Array.from({ length: parts.rowCount }, (): number => 25);
  const need = (cell: SheetCell) =>
    cell.text === '' ? 0 : linesOf(cell.text, widthOf(cell.column, cell.column + cell.columnSpan - 1)) * lineHeight + 8;
  for (const cell of parts.cells) {
    if (cell.rowSpan === 1) heights[cell.row] = Math.max(heights[cell.row]!, need(cell));
  }
  for (const cell of parts.cells) {
    if (cell.rowSpan === 1) continue;
    const rows = Array.from({ length: cell.rowSpan }, (_, i) => cell.row + i);
    const missing = need(cell) - rows.reduce((sum, row) => sum + heights[row]!, 0);
    if (missing > 0) for (const row of rows) heights[row]! += missing / rows.length;
  }
  // Excel shows no row above 409 points.
  return heights.map((height) => Math.min(409, Math.round(height * 10) / 10));
}
