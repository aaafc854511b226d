import { blackPaint, type Paint, paintOf } from '../pdf/state.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import { parseNumbers } from './numbers.ts';
import { locate, type OfdPackage, readOfdPart } from './package.ts';

/** Shared resources of a document: fonts, pictures, drawing parameters, composite units, colour spaces (7.9). */
export interface Resources {
  readonly fonts: Map<string, OfdFont>;
  /** Paths of pictures inside the package. */
  readonly media: Map<string, string>;
  readonly drawParams: Map<string, XmlElement>;
  readonly composites: Map<string, XmlElement>;
  readonly colorSpaces: Map<string, string>;
}

export interface OfdFont {
  readonly name: string;
  readonly bold: boolean;
}

export function emptyResources(): Resources {
  return {
    fonts: new Map(),
    media: new Map(),
    drawParams: new Map(),
    composites: new Map(),
    colorSpaces: new Map(),
  };
}

/** Reads the resource files that an element names (`PublicRes`, `DocumentRes`, `PageRes`; each may stand several times). */
export function readResources(
  source: OfdPackage,
  holder: XmlElement | null,
  names: readonly string[],
  from: string,
  into: Resources,
): Resources {
  for (const reference of holder?.children ?? []) {
    if (!names.includes(reference.name)) continue;
    const part = readOfdPart(source, reference.text, from);
    if (part === null) {
      source.diagnostics.push({
        code: 'ofd-resource-missing',
        severity: 'warning',
        message: `资源文件“${reference.text.trim()}”不在文件中。`,
        page: null,
      });
      continue;
    }
    const base = part.root.attributes.BaseLoc ?? '';
    for (const group of part.root.children) {
      for (const item of group.children) addResource(source, item, base, part.path, into);
    }
  }
  return into;
}

function addResource(source: OfdPackage, item: XmlElement, base: string, from: string, into: Resources): void {
  const id = item.attributes.ID;
  if (id === undefined) return;
  switch (item.name) {
    case 'Font': {
      const name = item.attributes.FontName ?? item.attributes.FamilyName ?? '';
      into.fonts.set(id, { name, bold: item.attributes.Bold === 'true' || /bold|heavy|粗/i.test(name) });
      break;
    }
    case 'MultiMedia': {
      const file = childOf(item, 'MediaFile')?.text.trim() ?? '';
      const entry = locate(source, `${base}/${file}`, from) ?? locate(source, file, from);
      if (entry !== null) into.media.set(id, entry.name);
      break;
    }
    case 'DrawParam':
      into.drawParams.set(id, item);
      break;
    case 'CompositeGraphicUnit':
    case 'VectorG':
      into.composites.set(id, item);
      break;
    case 'ColorSpace':
      into.colorSpaces.set(id, item.attributes.Type ?? 'RGB');
      break;
  }
}

/** What objects draw with where they do not say it themselves. */
export interface Pen {
  readonly fill: Paint;
  readonly stroke: Paint;
  /** Millimetres. */
  readonly lineWidth: number;
}

/** 8.2: black, 0.353 mm. */
export const defaultPen: Pen = { fill: blackPaint, stroke: blackPaint, lineWidth: 0.353 };

/** The pen of an object: its own colours, then those of its drawing parameters, then those around it. */
export function penOf(element: XmlElement, around: Pen, resources: Resources): Pen {
  let pen = around;
  const parameters = element.attributes.DrawParam;
  if (parameters !== undefined) pen = penOfParameters(parameters, pen, resources, 0);
  return ownPen(element, pen, resources);
}

function penOfParameters(id: string, around: Pen, resources: Resources, depth: number): Pen {
  const element = resources.drawParams.get(id);
  if (element === undefined || depth > 8) return around;
  const relative = element.attributes.Relative;
  const base = relative === undefined ? around : penOfParameters(relative, around, resources, depth + 1);
  return ownPen(element, base, resources);
}

function ownPen(element: XmlElement, base: Pen, resources: Resources): Pen {
  const width = Number(element.attributes.LineWidth);
  const fill = colorOf(childOf(element, 'FillColor'), resources);
  const stroke = colorOf(childOf(element, 'StrokeColor'), resources);
  if (fill === null && stroke === null && !Number.isFinite(width)) return base;
  return {
    fill: fill ?? base.fill,
    stroke: stroke ?? base.stroke,
    lineWidth: Number.isFinite(width) ? width : base.lineWidth,
  };
}

/** 8.3: values of the colour's space; without one, RGB (or what so many values can only mean). */
function colorOf(element: XmlElement | null, resources: Resources): Paint | null {
  if (element === null) return null;
  const shade = childrenOf(element.children[0], 'Segment')[0];
  const inner = shade === undefined ? element : (childOf(shade, 'Color') ?? element);
  const values = colorValues(inner.attributes.Value);
  const space = resources.colorSpaces.get(inner.attributes.ColorSpace ?? '') ?? '';
  const [first, second, third, fourth] = values;
  if (first === undefined) return null;
  if (/cmyk/i.test(space) || fourth !== undefined) {
    const key = 1 - (fourth ?? 0) / 255;
    const part = (ink: number | undefined) => 255 * (1 - (ink ?? 0) / 255) * key;
    return paintOfRgb(part(first), part(second), part(third));
  }
  return paintOfRgb(first, second ?? first, third ?? second ?? first);
}

function paintOfRgb(...components: readonly number[]): Paint {
  const hex = components.map((value) =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0'),
  );
  return paintOf(`#${hex.join('')}`);
}

/** Decimal, or hexadecimal as `#FF`. */
function colorValues(value: string | undefined): number[] {
  if (value?.includes('#') !== true) return parseNumbers(value);
  return value
    .trim()
    .split(/\s+/)
    .map((token) => Number.parseInt(token.replace('#', ''), 16));
}
