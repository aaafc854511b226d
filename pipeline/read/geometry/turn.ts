import type { Box, LayoutBlock, LayoutLine } from '../../../models/index.ts';
import { emBox, type Glyph, isBlank, type PageContent, roundBox } from './content.ts';

export type QuarterTurn = 90 | 180 | 270;
interface Frame {
  readonly width: number;
  readonly height: number;
}

/** The content seen with the page turned so that text written at `angle` (clockwise on the page) runs upright. */
export function turnContent(content: PageContent, angle: QuarterTurn): PageContent {
  const turn = (box: Box): Box => turnToUpright(box, content, angle);
  const swapped = angle !== 180;
  return {
    width: swapped ? content.height : content.width,
    height: swapped ? content.width : content.height,
    glyphs: content.glyphs.map((glyph): Glyph => {
      const [x0, y0, x1, y1] = turn([glyph.x0, glyph.y0, glyph.x1, glyph.y1]);
      const turned = glyph.angle === null ? null : (((glyph.angle - angle + 360) % 360) as 0 | 90 | 180 | 270);
      if (turned !== 0) return { ...glyph, x0, y0, x1, y1, angle: turned };
      // The box of turned text has the height of the em box on the side of its baseline.
      const baseline = y0 + 0.88 * glyph.size;
      return { ...glyph, x0, x1, baseline, ...emBox(baseline, glyph.size), angle: 0 };
    }),
    strokes: content.strokes.map((stroke) => {
      const [x0, y0, x1, y1] = turn([stroke.x0, stroke.y0, stroke.x1, stroke.y1]);
      return { ...stroke, x0, y0, x1, y1 };
    }),
    figures: content.figures.map((figure) => ({ ...figure, box: turn(figure.box) })),
  };
}

/** A box of the page as it lies on the upright one. */
function turnToUpright([x0, y0, x1, y1]: Box, page: Frame, angle: QuarterTurn): Box {
  // Text at 90° runs down the page: its line begins at the top, and the page's right side is its upper side.
  if (angle === 90) return [y0, page.width - x1, y1, page.width - x0];
  if (angle === 270) return [page.height - y1, x0, page.height - y0, x1];
  return [page.width - x1, page.height - y1, page.width - x0, page.height - y0];
}

/** The reverse of `turnContent` for a box: from the upright page back to `page`, the page as displayed. */
export function turnBox([x0, y0, x1, y1]: Box, page: Frame, angle: QuarterTurn): Box {
  if (angle === 90) return [page.width - y1, x0, page.width - y0, x1];
  if (angle === 270) return [y0, page.height - x1, y1, page.height - x0];
  return [page.width - x1, page.height - y1, page.width - x0, page.height - y0];
}

/** The direction in which most of a page is written: not 0 for a landscape table on a portrait page. */
export function mainAngle(glyphs: readonly Glyph[]): 0 | QuarterTurn {
  const counts = { 0: 0, 90: 0, 180: 0, 270: 0 };
  for (const g of glyphs) if (g.angle !== null && !isBlank(g.text)) counts[g.angle]++;
  for (const angle of [90, 180, 270] as const) if (counts[angle] > 2 * counts[0] && counts[angle] > 4) return angle;
  return 0;
}

/** A block of the upright page as it stands on `page`, the page as displayed. Its lines have no edges: x runs across. */
export function turnBlock<T extends LayoutBlock>(block: T, page: Frame, angle: QuarterTurn): T {
  const back = (box: Box | null): Box | null => box && roundBox(turnBox(box, page, angle));
  const line = (l: LayoutLine): LayoutLine => ({ ...l, box: back(l.box), edges: null });
  if (block.type === 'line') return { ...block, ...line(block) };
  if (block.type === 'table') {
    const cells = block.cells.map((cell) => ({ ...cell, box: back(cell.box), lines: cell.lines.map(line) }));
    return { ...block, box: back(block.box), cells };
  }
  return { ...block, box: back(block.box) };
}
