import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Box } from '../../../models/index.ts';
import { type Figure, type Glyph, hasSealSize, type PageContent, type Stroke } from '../geometry/index.ts';
import { identity, intersectBox, type Matrix, mapBox, multiply } from './matrix.ts';
import { marksOfPath } from './paths.ts';
import { type GraphicsState, initialState, type PdfFont, paintOf, unknownPaint } from './state.ts';
import { type PdfGlyph, showText } from './text.ts';

export interface OperatorSource {
  readonly fnArray: readonly number[];
  /** Arguments as pdf.js builds them; their shapes are fixed per operator. */
  readonly argsArray: readonly unknown[];
}

export interface PageFrame {
  readonly width: number;
  readonly height: number;
  /** From the page's default user space to points as displayed (crop box, rotation and UserUnit applied). */
  readonly matrix: Matrix;
  font(id: string): PdfFont | null;
  /** Whether a layer (optional content) is shown. */
  layerVisible(properties: unknown): boolean;
  /** Whether a picture is mostly red; undefined where its data cannot be had. */
  pictureIsRed(id: string): boolean | undefined;
}

const strokeOperators = new Set<number>([OPS.stroke, OPS.closeStroke]);
const fillOperators = new Set<number>([OPS.fill, OPS.eoFill]);
const bothOperators = new Set<number>([OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke]);
const noBox: Box = [-1e9, -1e9, 1e9, 1e9];

/**
 * Characters, strokes and figures of a page from the operators that pdf.js has parsed: one pass, no drawing. Form
 * objects and the appearances of annotations (seals are often put on as one) are part of the page.
 */
export function contentOfOperators(operators: OperatorSource, frame: PageFrame): PageContent {
  const glyphs: Glyph[] = [];
  const strokes: Stroke[] = [];
  const figures: Figure[] = [];
  const paper: Box = [0, 0, frame.width, frame.height];
  let state: GraphicsState = initialState(frame.matrix, paper);
  const stack: GraphicsState[] = [];
  let pendingClip = false;
  /** Marked content that is open: whether each hides what is in it. */
  const hiding: boolean[] = [];
  let hidden = 0;

  const restore = (): void => {
    state = stack.pop() ?? state;
  };
  const save = (): void => {
    stack.push(state);
    state = { ...state };
  };
  const addPicture = (matrix: Matrix, red: () => boolean | undefined): void => {
    const box = mapBox(multiply(state.matrix, matrix), 0, 0, 1, 1);
    const visible = intersectBox(box, state.clip);
    const [width, height] = [visible[2] - visible[0], visible[3] - visible[1]];
    if (width <= 0 || height <= 0) return;
    if (Math.min(width, height) <= 2 && Math.max(width, height) >= 20) {
      strokes.push({ x0: visible[0], y0: visible[1], x1: visible[2], y1: visible[3], color: 'black' });
      return;
    }
    figures.push({ kind: hasSealSize(visible) && red() === true ? 'seal' : 'picture', box: visible });
  };

  for (let i = 0; i < operators.fnArray.length; i++) {
    const operator = operators.fnArray[i]!;
    const args = (operators.argsArray[i] ?? []) as readonly never[];
    switch (operator) {
      case OPS.save:
        save();
        break;
      case OPS.restore:
        restore();
        break;
      case OPS.transform:
        state.matrix = multiply(state.matrix, args as unknown as Matrix);
        break;
      case OPS.setFillRGBColor:
        state.fill = paintOf(args[0]);
        break;
      case OPS.setStrokeRGBColor:
        state.stroke = paintOf(args[0]);
        break;
      case OPS.setFillColorN:
      case OPS.setFillTransparent:
        state.fill = unknownPaint;
        break;
      case OPS.setStrokeColorN:
      case OPS.setStrokeTransparent:
        state.stroke = unknownPaint;
        break;
      case OPS.setLineWidth:
        state.lineWidth = args[0]!;
        break;
      case OPS.setGState:
        applyGraphicsState(state, args[0]!, frame);
        break;
      case OPS.beginText:
        state.textMatrix = identity;
        state.x = state.y = state.lineX = state.lineY = 0;
        break;
      case OPS.setTextMatrix:
        state.textMatrix = args[0]!;
        state.x = state.y = state.lineX = state.lineY = 0;
        break;
      case OPS.moveText:
        moveText(state, args[0]!, args[1]!);
        break;
      case OPS.setLeadingMoveText:
        state.leading = args[1]!;
        moveText(state, args[0]!, args[1]!);
        break;
      case OPS.nextLine:
        moveText(state, 0, state.leading);
        break;
      case OPS.setLeading:
        state.leading = -args[0]!;
        break;
      case OPS.setCharSpacing:
        state.characterSpacing = args[0]!;
        break;
      case OPS.setWordSpacing:
        state.wordSpacing = args[0]!;
        break;
      case OPS.setHScale:
        state.horizontalScale = args[0]! / 100;
        break;
      case OPS.setTextRise:
        state.rise = args[0]!;
        break;
      case OPS.setTextRenderingMode:
        state.renderingMode = args[0]!;
        break;
      case OPS.setFont:
        setFont(state, frame.font(args[0]!), args[1]!);
        break;
      case OPS.showText:
        if (hidden === 0) showText(state, args[0]! as readonly (PdfGlyph | number)[], glyphs);
        break;
      case OPS.clip:
      case OPS.eoClip:
        pendingClip = true;
        break;
      case OPS.constructPath: {
        const [paintedBy, data, minMax] = args as readonly unknown[] as [
          number,
          [ArrayLike<number> | null],
          Box | null,
        ];
        if (hidden === 0 && data?.[0]) paintPath(paintedBy, data[0], state, strokes, figures);
        if (pendingClip && minMax) {
          const clip = mapBox(state.matrix, minMax[0], minMax[1], minMax[2], minMax[3]);
          state.clip = intersectBox(state.clip, clip);
        }
        pendingClip = false;
        break;
      }
      case OPS.paintImageXObject: {
        const id = args[0]! as string;
        if (hidden === 0) addPicture(identity, () => frame.pictureIsRed(id));
        break;
      }
      case OPS.paintImageXObjectRepeat: {
        const [id, scaleX, scaleY, positions] = args as readonly unknown[] as [string, number, number, number[]];
        for (let p = 0; hidden === 0 && p + 1 < positions.length; p += 2) {
          addPicture([scaleX, 0, 0, scaleY, positions[p]!, positions[p + 1]!], () => frame.pictureIsRed(id));
        }
        break;
      }
      case OPS.paintInlineImageXObject:
        if (hidden === 0) addPicture(identity, () => undefined);
        break;
      case OPS.paintImageMaskXObject:
      case OPS.paintSolidColorImageMask:
        if (hidden === 0) addPicture(identity, () => state.fill.color === 'red');
        break;
      case OPS.paintFormXObjectBegin: {
        const [matrix, box] = args as readonly unknown[] as [Matrix | null, Box | null];
        save();
        if (matrix) state.matrix = multiply(state.matrix, matrix);
        if (box) state.clip = intersectBox(state.clip, mapBox(state.matrix, box[0], box[1], box[2], box[3]));
        break;
      }
      case OPS.paintFormXObjectEnd:
        restore();
        break;
      case OPS.beginAnnotation: {
        const [, rectangle, transform, matrix] = args as readonly unknown[] as [string, Box | null, Matrix, Matrix];
        stack.length = 0;
        state = initialState(frame.matrix, paper);
        save();
        if (rectangle) {
          state.clip = intersectBox(
            paper,
            mapBox(state.matrix, rectangle[0], rectangle[1], rectangle[2], rectangle[3]),
          );
        }
        state.matrix = multiply(multiply(state.matrix, transform ?? identity), matrix ?? identity);
        break;
      }
      case OPS.endAnnotation:
        stack.length = 0;
        state = initialState(frame.matrix, paper);
        break;
      case OPS.beginMarkedContent:
        hiding.push(false);
        break;
      case OPS.beginMarkedContentProps: {
        const hides = (args[0] as unknown) === 'OC' && !frame.layerVisible(args[1]);
        hiding.push(hides);
        if (hides) hidden++;
        break;
      }
      case OPS.endMarkedContent:
        if (hiding.pop()) hidden--;
        break;
    }
  }
  return { width: frame.width, height: frame.height, glyphs, strokes, figures: distinctSeals(figures) };
}

function paintPath(
  operator: number,
  data: ArrayLike<number>,
  state: GraphicsState,
  strokes: Stroke[],
  figures: Figure[],
): void {
  const stroked = strokeOperators.has(operator) || bothOperators.has(operator);
  const filled = fillOperators.has(operator) || bothOperators.has(operator);
  if (!stroked && !filled) return;
  const marks = marksOfPath(data, state.matrix, {
    stroke: stroked ? state.stroke : null,
    fill: filled && state.fillAlpha > 0 ? state.fill : null,
    lineWidth: state.lineWidth,
  });
  for (const stroke of marks.strokes) {
    const [x0, y0, x1, y1] = intersectBox([stroke.x0, stroke.y0, stroke.x1, stroke.y1], grow(state.clip));
    if (x1 >= x0 && y1 >= y0) strokes.push({ x0, y0, x1, y1, color: stroke.color });
  }
  if (marks.seal) figures.push({ kind: 'seal', box: intersectBox(marks.seal, noBox) });
}

/** Hairlines on the edge of a clip are seen. */
function grow(box: Box): Box {
  return [box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1];
}

function moveText(state: GraphicsState, x: number, y: number): void {
  state.lineX += x;
  state.lineY += y;
  state.x = state.lineX;
  state.y = state.lineY;
}

function setFont(state: GraphicsState, font: PdfFont | null, size: number): void {
  state.font = font;
  state.fontSize = Math.abs(size);
  state.direction = size < 0 ? -1 : 1;
}

function applyGraphicsState(state: GraphicsState, entries: readonly (readonly unknown[])[], frame: PageFrame): void {
  for (const [key, value] of entries) {
    if (key === 'ca') state.fillAlpha = Number(value);
    else if (key === 'LW') state.lineWidth = Number(value);
    else if (key === 'Font' && Array.isArray(value)) setFont(state, frame.font(String(value[0])), Number(value[1]));
  }
}

/** A seal is often drawn as several red circles, or a circle over its picture: one figure each. */
function distinctSeals(figures: readonly Figure[]): Figure[] {
  const kept: Figure[] = [];
  for (const figure of figures) {
    const same = kept.findIndex(
      (other) => figure.kind === 'seal' && other.kind === 'seal' && overlap(figure.box, other.box),
    );
    if (same < 0) kept.push(figure);
    else if (area(figure.box) > area(kept[same]!.box)) kept[same] = figure;
  }
  return kept;
}

function area(box: Box): number {
  return Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
}

function overlap(a: Box, b: Box): boolean {
  return area(intersectBox(a, b)) > 0.6 * Math.min(area(a), area(b));
}
