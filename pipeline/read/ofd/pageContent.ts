import type { Box } from '../../../models/index.ts';
import type { Figure, Glyph, Stroke } from '../geometry/index.ts';
import { type Matrix, mapBox, multiply } from '../pdf/matrix.ts';
import { marksOfPath } from '../pdf/paths.ts';
import type { Paint } from '../pdf/state.ts';
import { childOf, type XmlElement } from '../xml.ts';
import { parseBox, parseMatrix } from './numbers.ts';
import { parsePath } from './paths.ts';
import { defaultPen, type Pen, penOf, type Resources } from './resources.ts';
import { glyphsOfText } from './text.ts';

/** Characters, strokes, figures and pictures of a page, gathered from its layers, templates and annotations. */
export interface DrawnContent {
  readonly glyphs: Glyph[];
  readonly strokes: Stroke[];
  readonly figures: Figure[];
  /** Pictures with the id of their medium, and the map from the unit square that they fill. */
  readonly pictures: { readonly resource: string; readonly box: Box; readonly matrix: Matrix }[];
  /** Painted paths, for drawing the page; null where it is not to be drawn. */
  readonly ink: InkedPath[] | null;
  /** What may still be drawn: composite units that hold each other multiply without end. */
  readonly budget: { objects: number };
}

/** Flat path data with the map to the page, and what it is painted with. */
export interface InkedPath {
  readonly data: readonly number[];
  readonly matrix: Matrix;
  readonly fill: Paint | null;
  readonly stroke: Paint | null;
  readonly lineWidth: number;
}

interface Drawing {
  readonly resources: Resources;
  readonly content: DrawnContent;
  /** From the space that the objects stand in to the page in points. */
  readonly matrix: Matrix;
  readonly pen: Pen;
  readonly depth: number;
}

/** Draws the layers of a page or a template (`Content`). */
export function drawLayers(content: XmlElement | null, matrix: Matrix, resources: Resources, into: DrawnContent): void {
  for (const layer of content?.children ?? []) {
    if (layer.name !== 'Layer') continue;
    const pen = penOf(layer, defaultPen, resources);
    drawObjects(layer, { resources, content: into, matrix, pen, depth: 0 });
  }
}

/** Draws graphic objects that stand in a block of another kind (the appearance of an annotation). */
export function drawBlock(block: XmlElement, matrix: Matrix, resources: Resources, into: DrawnContent): void {
  drawObjects(block, { resources, content: into, matrix, pen: defaultPen, depth: 0 });
}

function drawObjects(block: XmlElement, drawing: Drawing): void {
  for (const object of block.children) {
    if (drawing.content.budget.objects-- <= 0) return;
    if (isNo(object.attributes.Visible)) continue;
    switch (object.name) {
      case 'TextObject':
        drawText(object, drawing);
        break;
      case 'PathObject':
        drawPath(object, drawing);
        break;
      case 'ImageObject':
        drawImage(object, drawing);
        break;
      case 'CompositeObject':
        drawComposite(object, drawing);
        break;
      case 'PageBlock':
      case 'Layer':
        if (drawing.depth < 16) drawObjects(object, { ...drawing, depth: drawing.depth + 1 });
        break;
    }
  }
}

/** 8.5: an object's own space begins at its boundary's corner, after its CTM. */
function spaceOf(object: XmlElement, around: Matrix): Matrix {
  const [x, y] = parseBox(object.attributes.Boundary) ?? [0, 0];
  return multiply(multiply(around, [1, 0, 0, 1, x, y]), parseMatrix(object.attributes.CTM));
}

function drawText(object: XmlElement, drawing: Drawing): void {
  const { resources } = drawing;
  const pen = penOf(object, drawing.pen, resources);
  const hidden = object.attributes.Alpha === '0' || (isNo(object.attributes.Fill) && !isYes(object.attributes.Stroke));
  const font = resources.fonts.get(object.attributes.Font ?? '');
  const glyphs = glyphsOfText(object, spaceOf(object, drawing.matrix), pen, font, hidden);
  for (const glyph of glyphs) if (isPlace(glyph)) drawing.content.glyphs.push(glyph);
}

function drawPath(object: XmlElement, drawing: Drawing): void {
  const data = childOf(object, 'AbbreviatedData')?.text;
  if (data === undefined) return;
  const pen = penOf(object, drawing.pen, drawing.resources);
  const path: InkedPath = {
    data: parsePath(data),
    matrix: spaceOf(object, drawing.matrix),
    stroke: isNo(object.attributes.Stroke) ? null : pen.stroke,
    fill: isYes(object.attributes.Fill) ? pen.fill : null,
    lineWidth: pen.lineWidth,
  };
  drawing.content.ink?.push(path);
  const marks = marksOfPath(path.data, path.matrix, path);
  for (const stroke of marks.strokes) if (isPlace(stroke)) drawing.content.strokes.push(stroke);
  if (marks.seal !== null) drawing.content.figures.push({ kind: 'seal', box: marks.seal });
}

function drawImage(object: XmlElement, drawing: Drawing): void {
  // A picture fills the unit square of its space (10.1); without a CTM its boundary.
  const [x, y, width, height] = parseBox(object.attributes.Boundary) ?? [0, 0, 1, 1];
  const matrix =
    object.attributes.CTM === undefined
      ? multiply(drawing.matrix, [width, 0, 0, height, x, y])
      : spaceOf(object, drawing.matrix);
  const box = mapBox(matrix, 0, 0, 1, 1);
  const [x0, y0, x1, y1] = box;
  if (!isPlace({ x0, y0, x1, y1 })) return;
  drawing.content.pictures.push({ resource: object.attributes.ResourceID ?? '', box, matrix });
}

/** xs:boolean, in whatever case. */
function isYes(value: string | undefined): boolean {
  return value !== undefined && /^\s*(?:true|1)\s*$/i.test(value);
}

function isNo(value: string | undefined): boolean {
  return value !== undefined && /^\s*(?:false|0)\s*$/i.test(value);
}

/** Further than this from the page (points), or no number at all: a damaged file; nothing is seen of it. */
const farthest = 100_000;

function isPlace({ x0, y0, x1, y1 }: Pick<Stroke, 'x0' | 'y0' | 'x1' | 'y1'>): boolean {
  // NaN compares as false.
  return x0 > -farthest && y0 > -farthest && x1 < farthest && y1 < farthest && x0 < farthest && y0 < farthest;
}

function drawComposite(object: XmlElement, drawing: Drawing): void {
  const unit = drawing.resources.composites.get(object.attributes.ResourceID ?? '');
  const block = childOf(unit, 'Content');
  if (block === null || drawing.depth >= 16) return;
  drawObjects(block, {
    ...drawing,
    matrix: spaceOf(object, drawing.matrix),
    pen: penOf(object, drawing.pen, drawing.resources),
    depth: drawing.depth + 1,
  });
}

/** One figure for circles drawn over each other. */
export function withoutCoveredSeals(figures: readonly Figure[]): Figure[] {
  const kept: Figure[] = [];
  const bySize = figures.toSorted((a, b) => widthOf(b.box) - widthOf(a.box));
  for (const figure of bySize) {
    const [x, y] = [(figure.box[0] + figure.box[2]) / 2, (figure.box[1] + figure.box[3]) / 2];
    const isCovered =
      figure.kind === 'seal' &&
      kept.some(
        ({ kind, box }) =>
          kind === 'seal' && x > box[0] && x < box[2] && y > box[1] && y < box[3] && near(box, figure.box),
      );
    if (!isCovered) kept.push(figure);
  }
  return kept;
}

/** Concentric: seals that overlap by chance (joint signatures) have their middles apart. */
function near(a: Box, b: Box): boolean {
  return Math.hypot((a[0] + a[2] - b[0] - b[2]) / 2, (a[1] + a[3] - b[1] - b[3]) / 2) < widthOf(a) * 0.25;
}

function widthOf(box: Box): number {
  return box[2] - box[0];
}
