import type { LayoutBlock, LayoutLine } from '../../../models/index.ts';
import { median } from './content.ts';

/** The sides of running text and its font size, in points. */
interface TextArea {
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

interface FlowPage {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly LayoutBlock[];
}

type PlacedLine = LayoutLine & { readonly box: NonNullable<LayoutLine['box']>; readonly fontSize: number };

function isPlaced(block: LayoutBlock | undefined): block is PlacedLine {
  return block?.type === 'line' && block.box !== null && block.fontSize !== null;
}

/**
 * Sets `align` and, where the geometry leaves no doubt, `paragraphEnd` of the lines of all pages (tables apart):
 * Chinese paragraphs begin indented by two characters and run to the right side (GB/T 9704-2012, 7.3.3). A short line, or one before
 * an indented line, ends its paragraph; a full line before a line that begins at the left side does not.
 */
export function describeFlow(pages: readonly FlowPage[]): LayoutBlock[][] {
  const areas = textAreas(pages);
  const aligned = pages.map(({ blocks }, page) =>
    blocks.map((block) => (isPlaced(block) && areas[page] ? { ...block, align: alignOf(block, areas[page]) } : block)),
  );
  return aligned.map((blocks, page) => {
    const area = areas[page];
    return blocks.map((block, index) => {
      if (!isPlaced(block) || !area) return block;
      let next = blocks[index + 1];
      let nextArea = area;
      if (index === blocks.length - 1 && page + 1 < aligned.length) {
        next = aligned[page + 1]![0];
        nextArea = areas[page + 1] ?? area;
      }
      return { ...block, paragraphEnd: endsParagraph(block, area, next, nextArea) };
    });
  });
}

/** A page with fewer long lines takes the area of the pages of its size: imprints and lists are set in. */
const linesOfItsOwn = 8;

function textAreas(pages: readonly FlowPage[]): (TextArea | undefined)[] {
  const sizeOf = (page: FlowPage): string => `${Math.round(page.width)}x${Math.round(page.height)}`;
  const shared = new Map<string, TextArea | undefined>();
  for (const page of pages) {
    const key = sizeOf(page);
    if (shared.has(key)) continue;
    shared.set(
      key,
      textArea(
        pages.filter((p) => sizeOf(p) === key).flatMap((p) => p.blocks),
        3,
      ),
    );
  }
  return pages.map((page) => textArea(page.blocks, linesOfItsOwn) ?? shared.get(sizeOf(page)));
}

/**
 * Where the text begins and ends: the left and right sides that most long lines share. undefined where a page has too
 * few lines to tell.
 */
function textArea(blocks: readonly LayoutBlock[], leastLines: number): TextArea | undefined {
  const lines = blocks.filter(isPlaced);
  const widest = Math.max(0, ...lines.map((l) => l.box[2] - l.box[0]));
  const long = lines.filter((l) => l.box[2] - l.box[0] > 0.8 * widest && l.text.length >= 12);
  if (long.length < leastLines) return undefined;
  const size = median(long.map((l) => l.fontSize));
  const left = lowest(
    long.map((l) => l.box[0]),
    size * 0.5,
  );
  const right = -lowest(
    long.map((l) => -l.box[2]),
    size * 1.2,
  );
  return right - left > 8 * size ? { left, right, size } : undefined;
}

/** The least value that is no stray: at least a tenth of the values (and two) lie within `within` of it. */
function lowest(values: readonly number[], within: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const least = Math.max(2, values.length * 0.1);
  return sorted.find((value) => sorted.filter((v) => v >= value && v <= value + within).length >= least) ?? sorted[0]!;
}

function alignOf(line: PlacedLine, area: TextArea): 'left' | 'center' | 'right' {
  const [left, right] = [line.box[0] - area.left, area.right - line.box[2]];
  const size = line.fontSize;
  // Titles and letterheads that fill the whole width are centred, too.
  if (size > 1.2 * area.size && Math.abs(left - right) < 1.2 * size) return 'center';
  if (Math.abs(left - right) < 1.2 * size && left > 2.6 * size) return 'center';
  // 成文日期 stands four characters from the right side, its body centred above it (7.3.5).
  const width = area.right - area.left;
  if (left > 0.42 * width && right < 0.3 * width) return 'right';
  return 'left';
}

function endsParagraph(
  line: PlacedLine,
  area: TextArea,
  next: LayoutBlock | undefined,
  nextArea: TextArea,
): boolean | null {
  if (line.align !== 'left') return null;
  const size = line.fontSize;
  const short = area.right - line.box[2];
  const indent = line.box[0] - area.left;
  // Lines of the text begin at its left side or two characters further in; others are lists, labels, notes.
  const regular = Math.abs(indent) < 0.6 * size || Math.abs(indent - 2 * size) < 0.6 * size;
  if (!regular) return null;
  if (short > 2.6 * size) return true;
  if (!isPlaced(next) || next.align !== 'left') return null;
  const nextIndent = next.box[0] - nextArea.left;
  const alike = Math.abs(next.fontSize - size) < 0.1 * size;
  if (alike && Math.abs(nextIndent - 2 * size) < 0.6 * size) return true;
  if (alike && short < 1.6 * size && Math.abs(nextIndent) < 0.6 * size && next.color === line.color) return false;
  return null;
}
