import type { Box, LayoutBlock, LayoutCell, LayoutLine, LayoutTable } from '../../models/index.ts';
import { alignedTables } from '../read/geometry/alignedTables.ts';
import { composePage } from '../read/geometry/composePage.ts';
import { emBox, type Figure, type Glyph, type PageContent, roundBox, roundPoint } from '../read/geometry/content.ts';
import { characterConfidence } from './confidence.ts';
import { applyMap, type Projective } from './prepare/projective.ts';
import type { PlacedLine, ReadPage } from './readPage.ts';

/** A page (or one of two pages on a sheet) as read, and how it lies on the page of the file. */
export interface PagePart extends ReadPage {
  /** Size in points of the prepared page. */
  readonly width: number;
  readonly height: number;
  /** From points of the prepared page to points of the page as displayed. */
  readonly toPage: Projective;
}

/** Blocks of a part in reading order, still at their places on the prepared page, and how many tables are not closed. */
export function composePart(part: PagePart): { blocks: LayoutBlock[]; openTables: number } {
  const aligned = alignedTables(part.lines.flatMap(glyphsOf), part.grids);
  const content: PageContent = {
    width: part.width,
    height: part.height,
    glyphs: aligned.rest,
    strokes: part.strokes,
    figures: part.seals.map((seal): Figure => ({ kind: 'seal', box: seal.box })),
  };
  const composed = composePage(content);
  const tables = withTables(composed.blocks, aligned.tables).filter(
    (block) => block.type !== 'table' || !isStampFrame(block.box, part),
  );
  const blocks = tables.map((block): LayoutBlock => {
    if (block.type !== 'seal') return block;
    const seal = part.seals.find((s) => sameBox(roundBox(s.box), block.box));
    return { ...block, text: seal?.text ?? null, confidence: seal?.confidence ?? block.confidence };
  });
  for (const stamp of part.stamps) blocks.push({ type: 'picture', description: '收文章', box: roundBox(stamp) });
  return { blocks, openTables: composed.openTables };
}

/** Puts tables before the first block that lies below their middle. */
function withTables(blocks: readonly LayoutBlock[], tables: readonly LayoutTable[]): LayoutBlock[] {
  const result = [...blocks];
  for (const table of tables) {
    const middle = (table.box![1] + table.box![3]) / 2;
    const at = result.findIndex(({ box }) => box && (box[1] + box[3]) / 2 > middle);
    result.splice(at < 0 ? result.length : at, 0, table);
  }
  return result;
}

const sameBox = (a: Box, b: Box | null): boolean => b !== null && a.every((v, i) => Math.abs(v - b[i]!) < 0.05);

function isStampFrame(box: Box | null, part: PagePart): boolean {
  return part.stamps.some(
    (s) => box && box[0] > s[0] - 6 && box[1] > s[1] - 6 && box[2] < s[2] + 6 && box[3] < s[3] + 6,
  );
}

function glyphsOf(line: PlacedLine): Glyph[] {
  return line.characters.map((c, i): Glyph => {
    const own = line.stacked?.[Math.min(i, line.stacked.length - 1)];
    // The ink of Chinese characters is centred in the em box, whose middle lies 0.38 em above the baseline.
    const middle = own ? (own[1] + own[3]) / 2 : (line.box[1] + line.box[3]) / 2;
    const baseline = middle + 0.38 * line.size;
    return {
      text: c.text,
      x0: c.x0,
      x1: c.x1,
      ...emBox(baseline, line.size),
      baseline,
      size: line.size,
      color: line.color,
      bold: false,
      angle: 0,
      confidence: characterConfidence(c),
      ...(c.other === null ? {} : { alternative: c.other }),
    };
  });
}

/** Blocks moved from the prepared page to the page as displayed. */
export function moveToPage(blocks: readonly LayoutBlock[], map: Projective): LayoutBlock[] {
  return blocks.map((block): LayoutBlock => {
    if (block.type === 'line') return moveLine(block, map);
    const box = moveBox(block.box, map);
    if (block.type !== 'table') return { ...block, box };
    const cells = block.cells.map(
      (cell): LayoutCell => ({
        ...cell,
        box: moveBox(cell.box, map),
        lines: cell.lines.map((line) => moveLine(line, map)),
      }),
    );
    return { ...block, box, cells };
  });
}

export function moveLine(line: LayoutLine, map: Projective): LayoutLine {
  if (!line.box) return line;
  const middle = (line.box[1] + line.box[3]) / 2;
  const edges = line.edges?.map((x) => roundPoint(applyMap(map, x, middle)[0])) ?? null;
  // On a page that was turned, lines run in another direction than x.
  const along = edges === null || edges.every((x, i) => i === 0 || x >= edges[i - 1]! - 0.01);
  return { ...line, box: moveBox(line.box, map), edges: along ? edges : null };
}

/** The box around the corners of a box where they come to lie. */
function moveBox(box: Box, map: Projective): Box;
function moveBox(box: Box | null, map: Projective): Box | null;
function moveBox(box: Box | null, map: Projective): Box | null {
  if (!box) return null;
  const corners = [
    applyMap(map, box[0], box[1]),
    applyMap(map, box[2], box[1]),
    applyMap(map, box[2], box[3]),
    applyMap(map, box[0], box[3]),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return roundBox([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
}
