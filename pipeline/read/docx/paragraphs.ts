import { type LayoutBlock, type LayoutRule, layoutLine } from '../../../models/index.ts';
import { childOf, type XmlElement } from '../xml.ts';
import { countText, type DocxContext } from './context.ts';
import { commonLook, type InlinePiece, readInlines, type TextPiece } from './inlines.ts';
import { nextNumber } from './numbering.ts';
import {
  inkOf,
  mergeParagraph,
  mergeRun,
  type ParagraphProperties,
  readParagraphProperties,
  readRunProperties,
  resolveStyle,
  styleChain,
} from './styles.ts';

/** What one paragraph gives; `carried`: content whose paragraph mark a revision deleted, for the next paragraph. */
export interface ReadParagraph {
  readonly blocks: LayoutBlock[];
  readonly carried: readonly InlinePiece[];
}

/**
 * Reads a paragraph (w:p): its text boxes, then its lines with the number of its list, then the rules it is bordered
 * with and its pictures.
 */
export function readParagraph(
  paragraph: XmlElement,
  carried: readonly InlinePiece[],
  context: DocxContext,
): ReadParagraph {
  const { styles } = context;
  const direct = childOf(paragraph, 'pPr');
  const styleId = childOf(direct, 'pStyle')?.attributes.val ?? styles.defaultParagraph;
  const style = resolveStyle(styles, styleId);
  const properties = mergeParagraph(
    mergeParagraph(styles.defaults.paragraph, style.paragraph),
    readParagraphProperties(direct),
  );
  const look = mergeRun(styles.defaults.run, style.run);
  const pieces = [...carried, ...readInlines(paragraph, look, context)];

  // 17.13.5.15, 17.13.5.21: the mark itself was deleted or moved away, so the text runs on into the next paragraph.
  const mark = childOf(direct, 'rPr');
  if (childOf(mark, 'del') !== null || childOf(mark, 'moveFrom') !== null) {
    return { blocks: [], carried: pieces };
  }

  const printed = pieces.some((piece) => piece.type !== 'break');
  const isHidden = !printed && mergeRun(look, readRunProperties(mark)).hidden === true;
  const label = isHidden ? '' : numberOf(properties, styleId, context);
  return {
    blocks: blocksOf(pieces, label, properties, direct, context),
    carried: [],
  };
}

function numberOf(properties: ParagraphProperties, styleId: string | null, context: DocxContext): string {
  if (properties.numbering?.numId === undefined) return '';
  const chain = styleId === null ? [] : styleChain(context.styles, styleId).map((style) => style.id);
  return nextNumber(context.numbering, context.styles, properties.numbering, chain);
}

function blocksOf(
  pieces: readonly InlinePiece[],
  label: string,
  properties: ParagraphProperties,
  direct: XmlElement | null,
  context: DocxContext,
): LayoutBlock[] {
  const boxes: { blocks: LayoutBlock[]; top: number | null }[] = [];
  const after: LayoutBlock[] = [];
  for (const piece of pieces) {
    if (piece.type === 'box') {
      boxes.push({ blocks: context.readBlocks(piece.content, context), top: piece.top });
    } else if (piece.type === 'word-art') {
      countText(context, piece.text.length);
      const line = layoutLine(piece.text, { color: inkOf(piece.color), paragraphEnd: true });
      boxes.push({ blocks: [line], top: null });
    } else if (piece.type === 'picture') {
      after.push({ type: 'picture', description: piece.description, box: null });
    } else if (piece.type === 'shape-rule') {
      after.push({ type: 'rule', color: inkOf(piece.color), box: null });
    }
  }
  // Boxes float: those that say how far down they stand are put in that order, the others keep their place.
  const inOrder = boxes.every((box) => box.top !== null)
    ? boxes.toSorted((a, b) => (a.top ?? 0) - (b.top ?? 0))
    : boxes;
  const borders = bordersOf(childOf(direct, 'pBdr'));
  return [
    ...inOrder.flatMap((box) => box.blocks),
    ...borders.above,
    ...linesOf(pieces, label, properties, context),
    ...borders.below,
    ...after,
  ];
}

function linesOf(
  pieces: readonly InlinePiece[],
  label: string,
  properties: ParagraphProperties,
  context: DocxContext,
): LayoutBlock[] {
  const lines: { texts: TextPiece[]; end: boolean | null }[] = [{ texts: [], end: true }];
  for (const piece of pieces) {
    const line = lines[lines.length - 1];
    if (line === undefined) continue;
    if (piece.type === 'text') line.texts.push(piece);
    else if (piece.type === 'break') {
      // A manual line break may be a wrapped title or the end of what the typist meant as a paragraph.
      line.end = piece.kind === 'page' ? true : null;
      lines.push({ texts: [], end: true });
    }
  }
  const blocks: LayoutBlock[] = [];
  let prefix = label;
  const { outlineLevel } = properties;
  for (const { texts, end } of lines) {
    const own = texts.map((piece) => piece.text).join('');
    if (own.trim() === '' && (prefix === '' || lines.length > 1)) continue;
    const text = prefix + own;
    prefix = '';
    countText(context, text.length);
    const look = commonLook(texts);
    blocks.push(
      layoutLine(text, {
        color: inkOf(look.color),
        fontSize: look.size ?? null,
        bold: look.bold ?? false,
        align: properties.align ?? 'left',
        heading: outlineLevel !== undefined && outlineLevel >= 0 && outlineLevel < 9 ? outlineLevel + 1 : null,
        paragraphEnd: end,
      }),
    );
  }
  return blocks;
}

/** Borders above and below a paragraph are ruling lines, unless they belong to a frame all round it. */
function bordersOf(borders: XmlElement | null): { above: LayoutRule[]; below: LayoutRule[] } {
  const isVisible = (side: string) => isVisibleBorder(childOf(borders, side));
  const isFrame = isVisible('left') && isVisible('right');
  const rule = (side: string): LayoutRule[] =>
    !isFrame && isVisible(side)
      ? [{ type: 'rule', color: inkOf(childOf(borders, side)?.attributes.color), box: null }]
      : [];
  return { above: rule('top'), below: rule('bottom') };
}

/** ST_Border: anything but nil and none is drawn. */
export function isVisibleBorder(border: XmlElement | null): boolean {
  return border !== null && !['nil', 'none', undefined].includes(border.attributes.val);
}
