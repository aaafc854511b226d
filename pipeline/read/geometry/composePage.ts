import type { Box, LayoutBlock, LayoutCell, LayoutLine, LayoutTable } from '../../../models/index.ts';
import { rowsInReadingOrder } from './columns.ts';
import {
  type Figure,
  type Glyph,
  least,
  most,
  type PageContent,
  roundBox,
  roundPoint,
  type Stroke,
} from './content.ts';
import { gridsFromStrokes, type RuledGrid } from './grids.ts';
import { linesOfRows } from './imprint.ts';
import { linesFromGlyphs } from './lines.ts';
import { sealText } from './seals.ts';
import { turnBox, turnContent } from './turn.ts';

export interface ComposedPage {
  readonly blocks: readonly LayoutBlock[];
  /** Tables whose strokes do not close every cell. */
  readonly openTables: number;
}

/**
 * Blocks of one page, upright, in reading order: lines, ruled tables with the lines of their cells, rules, seals,
 * pictures.
 */
export function composePage(content: PageContent): ComposedPage {
  const seals = content.figures.filter((f) => f.kind === 'seal').sort((a, b) => besideOrBelow(a.box, b.box));
  const sealTexts = seals.map((seal) => sealText(seal.box, content.glyphs));
  const inSeal = new Set(sealTexts.flatMap((s) => s.glyphs));
  const glyphs = content.glyphs.filter((g) => !inSeal.has(g));

  const { grids, rest } = gridsFromStrokes(content.strokes);
  const { tables, outside } = fillGrids(grids, glyphs);
  const rows = rowsInReadingOrder(outside.filter((g) => g.angle === 0));
  const lines = [...linesOfRows(rows), ...turnedLines(outside, content)];

  const rules = separatingRules(rest, lines, content);
  const ordered: LayoutBlock[] = [...lines];
  for (const block of [...tables, ...rules, ...pictures(content.figures, content)]) insertByTop(ordered, block);
  seals.forEach((seal, i) => {
    insertSeal(ordered, { type: 'seal', text: sealTexts[i]!.text, box: roundBox(seal.box), confidence: 1 });
  });
  return { blocks: ordered, openTables: grids.filter((g) => !g.closed).length };
}

/** Puts each character into the cell that holds its middle. */
function fillGrids(grids: readonly RuledGrid[], glyphs: readonly Glyph[]): { tables: LayoutTable[]; outside: Glyph[] } {
  const outside: Glyph[] = [];
  const held = grids.map((grid) => ({ grid, at: cellFinder(grid), cells: grid.cells.map((): Glyph[] => []) }));
  for (const glyph of glyphs) {
    const [x, y] = [(glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2];
    const holder = held.find(({ grid: { box } }) => x > box[0] && x < box[2] && y > box[1] && y < box[3]);
    if (holder) holder.cells[holder.at(x, y)]!.push(glyph);
    else outside.push(glyph);
  }
  const tables = held.map(({ grid, cells }): LayoutTable => {
    return {
      type: 'table',
      rowCount: grid.rowEdges.length - 1,
      columnCount: grid.columnEdges.length - 1,
      cells: grid.cells.map((cell, i): LayoutCell => {
        return { ...cell, box: roundBox(cell.box), lines: cellLines(cells[i]!) };
      }),
      spansKnown: true,
      continues: false,
      box: roundBox(grid.box),
      confidence: grid.closed ? 1 : 0.7,
    };
  });
  return { tables, outside };
}

function cellLines(glyphs: readonly Glyph[]): LayoutLine[] {
  if (glyphs.length === 0) return [];
  const upright = linesFromGlyphs(glyphs.filter((g) => g.angle === 0));
  return [...upright, ...turnedLines(glyphs, null)];
}

/** The index of the cell at a place. */
function cellFinder(grid: RuledGrid): (x: number, y: number) => number {
  const columnCount = grid.columnEdges.length - 1;
  const owner = new Int32Array(columnCount * (grid.rowEdges.length - 1));
  grid.cells.forEach((cell, index) => {
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++) {
      owner.fill(index, r * columnCount + cell.column, r * columnCount + cell.column + cell.columnSpan);
    }
  });
  return (x, y) => owner[intervalAt(grid.rowEdges, y) * columnCount + intervalAt(grid.columnEdges, x)]!;
}

function intervalAt(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Lines of characters turned by a quarter or a half; text on other angles (watermarks) is left out of the lines. */
function turnedLines(glyphs: readonly Glyph[], page: { width: number; height: number } | null): LayoutLine[] {
  return ([90, 270, 180] as const).flatMap((angle) => {
    const some = glyphs.filter((g) => g.angle === angle);
    if (some.length === 0) return [];
    const frame = page ?? { width: 0, height: 0 };
    const upright = turnContent({ ...frame, glyphs: some, strokes: [], figures: [] }, angle);
    return linesFromGlyphs(upright.glyphs).map(
      (line): LayoutLine => ({ ...line, box: line.box && roundBox(turnBox(line.box, frame, angle)), edges: null }),
    );
  });
}

/**
 * Rules that part the page: the red rule below the letterhead and the rules of the imprint (GB/T 9704-2012, 7.2.7 and
 * 7.4.1). Underlines and blanks to fill in are not.
 */
function separatingRules(strokes: readonly Stroke[], lines: readonly LayoutLine[], page: PageContent): LayoutBlock[] {
  const boxes = lines.flatMap((line) => (line.box ? [line.box] : []));
  const left = Math.min(least(boxes.map((b) => b[0])), page.width * 0.2);
  const right = Math.max(most(boxes.map((b) => b[2])), page.width * 0.8);
  const rules: LayoutBlock[] = [];
  const sorted = strokes.filter((s) => s.x1 - s.x0 > 0.1 * page.width).sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0);
  // So many are hatching.
  if (sorted.length > 300) return [];
  for (const stroke of joinRules(sorted)) {
    const enough = (right - left) * (stroke.color === 'red' ? 0.35 : 0.6);
    if (stroke.x1 - stroke.x0 < enough) continue;
    const y = (stroke.y0 + stroke.y1) / 2;
    const inLine = lines.some((line) => {
      if (!line.box || !line.fontSize || line.box[2] <= stroke.x0 || line.box[0] >= stroke.x1) return false;
      return y > line.box[1] + 0.3 * line.fontSize && y < line.box[3] + 0.1 * line.fontSize;
    });
    if (inLine) continue;
    const beside = lines.some(
      (line) => line.box && y > line.box[1] && y < line.box[3] + 2 && line.box[2] <= stroke.x0 + 1,
    );
    if (beside) continue;
    rules.push({ type: 'rule', color: stroke.color, box: roundBox([stroke.x0, stroke.y0, stroke.x1, stroke.y1]) });
  }
  return rules;
}

/** Horizontal strokes with the pieces of one rule joined: a red rule is often broken by a star (7.2.7). */
function joinRules(sorted: readonly Stroke[]): Stroke[] {
  const joined: Stroke[] = [];
  for (const stroke of sorted) {
    if (stroke.x1 - stroke.x0 < stroke.y1 - stroke.y0) continue;
    const index = joined.findIndex(
      (other) =>
        Math.abs(other.y0 - stroke.y0) < 2 &&
        other.color === stroke.color &&
        stroke.x0 - other.x1 < 40 &&
        other.x0 - stroke.x1 < 40,
    );
    const other = joined[index];
    if (!other) joined.push(stroke);
    else {
      joined[index] = {
        ...other,
        x0: Math.min(other.x0, stroke.x0),
        x1: Math.max(other.x1, stroke.x1),
        y0: Math.min(other.y0, stroke.y0),
        y1: Math.max(other.y1, stroke.y1),
      };
    }
  }
  return joined;
}

/** Pictures worth a block: not specks, and not the paper itself. */
function pictures(figures: readonly Figure[], page: PageContent): LayoutBlock[] {
  return figures.flatMap(({ kind, box }) => {
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    if (kind !== 'picture' || width < 12 || height < 12 || width > page.width * 3 || height > page.height * 3)
      return [];
    return [{ type: 'picture', description: null, box: roundBox(box) } as const];
  });
}

function topOf(block: LayoutBlock): number {
  return block.box ? block.box[1] : 0;
}

/** Inserts a block before the first block that lies below its middle and beside it horizontally. */
function insertByTop(blocks: LayoutBlock[], block: LayoutBlock): void {
  const box = block.box!;
  const y = block.type === 'rule' ? (box[1] + box[3]) / 2 : box[1];
  const at = blocks.findIndex((other) => {
    if (!other.box || other.box[2] < box[0] || other.box[0] > box[2]) return false;
    return (other.box[1] + other.box[3]) / 2 > y;
  });
  if (at >= 0) blocks.splice(at, 0, block);
  else {
    // Nothing of the same column below it: behind everything that begins above.
    let last = blocks.length;
    while (last > 0 && topOf(blocks[last - 1]!) > y && !blocks[last - 1]!.box?.some((v) => roundPoint(v) < 0)) last--;
    blocks.splice(last, 0, block);
  }
}

/** A seal stands behind the last line that it covers. */
function insertSeal(blocks: LayoutBlock[], seal: LayoutBlock & { type: 'seal' }): void {
  const box = seal.box!;
  let at = -1;
  blocks.forEach((block, i) => {
    if (block.type !== 'line' || !block.box) return;
    const middle = (block.box[1] + block.box[3]) / 2;
    if (middle > box[1] && middle < box[3] && block.box[0] < box[2] && block.box[2] > box[0]) at = i;
  });
  if (at < 0) {
    insertByTop(blocks, seal);
    return;
  }
  at++;
  while (blocks[at]?.type === 'seal') at++;
  blocks.splice(at, 0, seal);
}

/** Seals side by side (联合行文) from left to right, others from top to bottom. */
function besideOrBelow(a: Box, b: Box): number {
  const beside = Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 0.5 * (a[3] - a[1]);
  return beside ? a[0] - b[0] : a[1] - b[1];
}
