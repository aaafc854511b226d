import { childOf, descendantOf, type XmlElement } from '../xml.ts';
import { type DocxContext, notice } from './context.ts';
import type { InlinePiece } from './inlines.ts';

const emuPerPoint = 12_700;

/** What a drawing (DrawingML or VML) shows: text boxes, word art, pictures, ruling lines, charts. */
export function drawingContent(drawing: XmlElement, context: DocxContext): InlinePiece[] {
  const pieces: InlinePiece[] = [];
  const anchor = drawing.children.find((child) => child.name === 'anchor' || child.name === 'inline') ?? null;
  const description = childOf(anchor, 'docPr')?.attributes;
  const walk: DrawingWalk = {
    context,
    pieces,
    top: anchorTop(anchor),
    description: firstText(description?.descr, description?.title),
  };
  if (drawing.name === 'object') {
    const ole = descendantOf(drawing, 'OLEObject');
    if (ole !== null) notice(context, 'object');
  }
  walkDrawing(drawing, walk);
  return pieces;
}

interface DrawingWalk {
  readonly context: DocxContext;
  readonly pieces: InlinePiece[];
  readonly top: number | null;
  readonly description: string | null;
}

function walkDrawing(element: XmlElement, walk: DrawingWalk): void {
  for (const child of element.children) {
    switch (child.name) {
      case 'txbxContent':
        walk.pieces.push({ type: 'box', content: child, top: walk.top });
        break;
      case 'blip':
        pushPicture(child.attributes['r:embed'] ?? child.attributes['r:link'], walk.description, walk);
        break;
      case 'imagedata':
        pushPicture(
          child.attributes['r:id'] ?? child.attributes['r:pict'],
          firstText(element.attributes.alt, child.attributes.title) ?? walk.description,
          walk,
        );
        break;
      case 'textpath': {
        const text = child.attributes.string ?? '';
        if (text.trim() !== '') walk.pieces.push({ type: 'word-art', text, color: element.attributes.fillcolor });
        break;
      }
      case 'chart':
      case 'relIds':
        notice(walk.context, 'diagram');
        break;
      case 'AlternateContent': {
        const before = walk.pieces.length;
        for (const alternative of child.children) {
          walkDrawing(alternative, walk);
          if (walk.pieces.length > before) break;
        }
        break;
      }
      case 'wsp': {
        const shape = childOf(child, 'spPr');
        const form = childOf(shape, 'prstGeom')?.attributes.prst ?? '';
        if (/^(line|straightConnector\d*)$/.test(form)) {
          const color = descendantOf(childOf(shape, 'ln'), 'srgbClr')?.attributes.val;
          walk.pieces.push({ type: 'shape-rule', color });
        } else walkDrawing(child, walk);
        break;
      }
      case 'line':
        walk.pieces.push({ type: 'shape-rule', color: child.attributes.strokecolor });
        break;
      case 'shape':
        // _x0000_t20 is VML's line, t32 its straight connector.
        if (/_x0000_t(20|32)$/.test(child.attributes.type ?? '')) {
          walk.pieces.push({ type: 'shape-rule', color: child.attributes.strokecolor });
        } else walkDrawing(child, { ...walk, top: walk.top ?? vmlTop(child.attributes.style) });
        break;
      case 'rect':
      case 'roundrect':
      case 'group':
        walkDrawing(child, { ...walk, top: walk.top ?? vmlTop(child.attributes.style) });
        break;
      default:
        walkDrawing(child, walk);
    }
  }
}

function pushPicture(relation: string | undefined, description: string | null, walk: DrawingWalk): void {
  const target = relation === undefined ? undefined : walk.context.relations.get(relation);
  if (target !== undefined && !target.external) walk.context.pictures.push(target.target);
  walk.pieces.push({ type: 'picture', description });
}

/** Points below whatever the anchor is relative to; only good for ordering boxes of one paragraph. */
function anchorTop(anchor: XmlElement | null): number | null {
  const offset = childOf(childOf(anchor, 'positionV'), 'posOffset')?.text;
  return offset === undefined ? null : Number(offset) / emuPerPoint;
}

function vmlTop(style: string | undefined): number | null {
  const match = /(?:^|;)\s*(?:margin-top|top)\s*:\s*(-?[\d.]+)(pt|mm|cm|in|px)?/i.exec(style ?? '');
  if (match === null) return null;
  const scale = { pt: 1, mm: 72 / 25.4, cm: 720 / 25.4, in: 72, px: 0.75 }[match[2]?.toLowerCase() ?? 'pt'] ?? 1;
  return Number(match[1]) * scale;
}

function firstText(...texts: readonly (string | undefined)[]): string | null {
  return texts.find((text) => text !== undefined && text.trim() !== '') ?? null;
}
