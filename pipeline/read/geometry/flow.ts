import type { LayoutBlock, LayoutLine } from '../../../models/index.ts';
import { median, most } from './content.ts';

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
    let hang: number | null = null;
    return blocks.map((block, index) => {
      if (!isPlaced(block) || !area) {
        hang = null;
        return block;
      }
      let next = blocks[index + 1];
      let nextArea = area;
      if (index === blocks.length - 1 && page + 1 < aligned.length) {
        next = aligned[page + 1]![0];
        nextArea = areas[page + 1] ?? area;
      }
      const hung = hangingEnd(block, area, next, hang);
      hang = hung.hang;
      return { ...block, paragraphEnd: block.paragraphEnd ?? hung.end ?? endsParagraph(block, area, next, nextArea) };
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
  const widest = most(lines.map((l) => l.box[2] - l.box[0]));
  const long = lines.filter((l) => l.box[2] - l.box[0] > 0.8 * widest && l.text.length >= 12);
  if (long.length < leastLines) return undefined;
  const size = median(long.map((l) => l.fontSize));
  // Hanging punctuation and stray lines reach beyond the area; a tenth of the lines is left to them.
  const lefts = long.map((l) => l.box[0]).sort((a, b) => a - b);
  const rights = long.map((l) => l.box[2]).sort((a, b) => b - a);
  const stray = Math.floor(long.length * 0.1);
  const [left, right] = [lefts[stray]!, rights[stray]!];
  return right - left > 8 * size ? { left, right, size } : undefined;
}

function alignOf(line: PlacedLine, area: TextArea): 'left' | 'center' | 'right' {
  const [left, right] = [line.box[0] - area.left, area.right - line.box[2]];
  const size = line.fontSize;
  // Titles and letterheads that fill the whole width are centred, too.
  if (size > 1.2 * area.size && Math.abs(left - right) < 1.2 * size) return 'center';
  if (Math.abs(left - right) < 1.2 * size && left > 2.6 * size) return 'center';
  // 成文日期 stands four characters from the right side, its body, which may be long, centred above it (7.3.5).
  const width = area.right - area.left;
  if (left > 0.3 * width && left > 1.5 * right) return 'right';
  return 'left';
}

const startsItem = /^([（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])/;

/** 附件：, 附件：1., 抄送：, 注：, 1. */
const hangingLabel = /^([^，。；：:]{1,6}[：:]\s*)?(\d{1,2}[.．、]\s*)?$/;

/**
 * Paragraphs that hang on their label: the lines after the first begin below the text behind 附件：1. or 抄送： (7.3.4 and
 * 7.4.2). `hang`: where the lines of the paragraph that is open begin.
 */
function hangingEnd(
  line: PlacedLine,
  area: TextArea,
  next: LayoutBlock | undefined,
  hang: number | null,
): { end: boolean | null; hang: number | null } {
  const size = line.fontSize;
  const near = 0.45 * size;
  const follows = hang !== null && Math.abs(line.box[0] - hang) < near;
  if (!isPlaced(next) || !isAlike(line, next) || wrapOf(line, area, next) === 'chosen' || startsItem.test(next.text)) {
    return { end: follows ? true : null, hang: null };
  }
  if (follows) {
    const on = Math.abs(next.box[0] - line.box[0]) < near;
    return { end: !on, hang: on ? hang : null };
  }
  if (next.box[0] < line.box[0] + 0.8 * size || !line.edges) return { end: null, hang: null };
  let at = 0;
  line.edges.forEach((edge, i) => {
    if (Math.abs(edge - next.box[0]) < Math.abs(line.edges![at]! - next.box[0])) at = i;
  });
  const hangs = Math.abs(line.edges[at]! - next.box[0]) < near && hangingLabel.test(line.text.slice(0, at));
  return hangs ? { end: false, hang: next.box[0] } : { end: null, hang: null };
}

function isAlike(line: PlacedLine, next: PlacedLine): boolean {
  return Math.abs(next.fontSize - line.fontSize) < 0.1 * line.fontSize && next.color === line.color;
}

/** What cannot be parted at the end of a line: brackets, a number or Latin word, or one character, with the punctuation behind. */
const firstWord = /^[（《〈【〔“‘(]*(?:[\dA-Za-z.,%@_/〔〕［］-]+|.)[，。、；：？！）》〉】〕”’…—·年月日号％%]*/u;

/**
 * Whether the line was broken because the next word had no room ('forced') or although it had ('chosen': the paragraph
 * ends); null where it cannot be told, as some blocks are set in by a character.
 */
function wrapOf(line: PlacedLine, area: TextArea, next: PlacedLine): 'forced' | 'chosen' | null {
  const size = line.fontSize;
  const room = area.right - line.box[2];
  const length = firstWord.exec(next.text)?.[0].length ?? 1;
  const word = next.edges ? next.edges[Math.min(length, next.text.length)]! - next.edges[0]! : length * size;
  if (room < word + 0.6 * size) return 'forced';
  return room > word + 1.4 * size ? 'chosen' : null;
}

function endsParagraph(
  line: PlacedLine,
  area: TextArea,
  next: LayoutBlock | undefined,
  nextArea: TextArea,
): boolean | null {
  const size = line.fontSize;
  const placed = isPlaced(next) ? next : null;
  // A letterhead as long as the page is wide goes on in the next line; bodies one below the other are set to one width.
  if (line.color === 'red' && placed && isAlike(line, placed) && size > 1.2 * area.size) {
    const [width, nextWidth] = [line.box[2] - line.box[0], placed.box[2] - placed.box[0]];
    if (width > area.right - area.left - 1.2 * size && nextWidth < 0.7 * width) return false;
  }
  // Titles and letterheads: their lines are set in any way; they end where the size changes.
  if (line.align !== 'left' || size > 1.2 * area.size) {
    return placed && Math.abs(placed.fontSize - size) > 0.12 * size ? true : null;
  }
  // Lines of the text begin at its left side or two characters further in; others are lists, labels, notes.
  const indent = line.box[0] - area.left;
  const regular = Math.abs(indent) < 0.6 * size || Math.abs(indent - 2 * size) < 0.6 * size;
  if (!regular) return null;
  if (!placed) return area.right - line.box[2] > 2.6 * size ? true : null;
  if (placed.align !== 'left' || !isAlike(line, placed)) return wrapOf(line, area, placed) === 'chosen' ? true : null;
  const nextIndent = placed.box[0] - nextArea.left;
  if (Math.abs(nextIndent - 2 * size) < 0.6 * size) return true;
  if (Math.abs(nextIndent) > 0.6 * size) return wrapOf(line, area, placed) === 'chosen' ? true : null;
  const wrap = wrapOf(line, area, placed);
  return wrap === null ? null : wrap === 'chosen';
}
