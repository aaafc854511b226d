import { childOf, childrenOf, type XmlElement } from '../xml.ts';

/** Properties of characters; undefined: not stated here. */
export interface RunProperties {
  readonly bold?: boolean | undefined;
  readonly color?: string | undefined;
  /** Points. */
  readonly size?: number | undefined;
  readonly hidden?: boolean | undefined;
  readonly font?: string | undefined;
}

export interface NumberingReference {
  /** '0' takes numbering away. */
  readonly numId?: string | undefined;
  readonly level?: number | undefined;
}

export interface ParagraphProperties {
  readonly align?: 'left' | 'center' | 'right' | undefined;
  /** 0-based; 9 is body text. */
  readonly outlineLevel?: number | undefined;
  readonly numbering?: NumberingReference | undefined;
  readonly pageBreakBefore?: boolean | undefined;
}

interface Style {
  readonly id: string;
  readonly name: string;
  readonly basedOn: string | null;
  readonly paragraph: ParagraphProperties;
  readonly run: RunProperties;
  readonly table: XmlElement | null;
}

export interface ResolvedStyle {
  readonly paragraph: ParagraphProperties;
  readonly run: RunProperties;
}

export interface Styles {
  readonly styles: ReadonlyMap<string, Style>;
  readonly defaultParagraph: string | null;
  readonly defaultTable: string | null;
  readonly defaults: ResolvedStyle;
  readonly resolved: Map<string, ResolvedStyle>;
}

/** Reads styles.xml; null (no such part) gives Word's defaults. */
export function readStyles(root: XmlElement | null): Styles {
  const styles = new Map<string, Style>();
  let defaultParagraph: string | null = null;
  let defaultTable: string | null = null;
  for (const element of childrenOf(root, 'style')) {
    const { styleId: id, type, default: isDefault } = element.attributes;
    if (id === undefined) continue;
    const name = childOf(element, 'name')?.attributes.val ?? '';
    const paragraph = readParagraphProperties(childOf(element, 'pPr'));
    // "heading 1" and 标题 1 carry their level by name; programs leave outlineLvl out.
    const named = /^(?:heading|标题)\s*([1-9])$/i.exec(name)?.[1];
    styles.set(id, {
      id,
      name,
      basedOn: childOf(element, 'basedOn')?.attributes.val ?? null,
      paragraph:
        named === undefined || paragraph.outlineLevel !== undefined
          ? paragraph
          : { ...paragraph, outlineLevel: Number(named) - 1 },
      run: readRunProperties(childOf(element, 'rPr')),
      table: type === 'table' ? element : null,
    });
    if (isOn(isDefault) && isDefault !== undefined) {
      if (type === 'paragraph') defaultParagraph = id;
      if (type === 'table') defaultTable = id;
    }
  }
  const docDefaults = childOf(root, 'docDefaults');
  return {
    styles,
    defaultParagraph,
    defaultTable,
    defaults: {
      paragraph: readParagraphProperties(childOf(childOf(docDefaults, 'pPrDefault'), 'pPr')),
      // Without a stated size Word prints 10 points.
      run: { size: 10, ...dropUndefined(readRunProperties(childOf(childOf(docDefaults, 'rPrDefault'), 'rPr'))) },
    },
    resolved: new Map(),
  };
}

/** A style with all it inherits through basedOn (ECMA-376 part 1, 17.7.4.3); {} for an unknown one. */
export function resolveStyle(styles: Styles, id: string | null | undefined): ResolvedStyle {
  if (id === null || id === undefined) return { paragraph: {}, run: {} };
  const known = styles.resolved.get(id);
  if (known !== undefined) return known;
  let paragraph: ParagraphProperties = {};
  let run: RunProperties = {};
  for (const style of styleChain(styles, id).reverse()) {
    paragraph = mergeParagraph(paragraph, style.paragraph);
    run = mergeRun(run, style.run);
  }
  const resolved = { paragraph, run };
  styles.resolved.set(id, resolved);
  return resolved;
}

/** The style and its ancestors, nearest first; a loop ends the chain. */
export function styleChain(styles: Styles, id: string): Style[] {
  const chain: Style[] = [];
  let next: string | null = id;
  while (next !== null) {
    const style = styles.styles.get(next);
    if (style === undefined || chain.includes(style)) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
}

export function readParagraphProperties(element: XmlElement | null): ParagraphProperties {
  const properties: { -readonly [K in keyof ParagraphProperties]: ParagraphProperties[K] } = {};
  for (const child of element?.children ?? []) {
    const { val } = child.attributes;
    switch (child.name) {
      case 'jc':
        properties.align = alignmentOf(val);
        break;
      case 'outlineLvl':
        properties.outlineLevel = finite(val);
        break;
      case 'numPr': {
        const level = childOf(child, 'ilvl')?.attributes.val;
        properties.numbering = {
          numId: childOf(child, 'numId')?.attributes.val,
          level: finite(level),
        };
        break;
      }
      case 'pageBreakBefore':
        properties.pageBreakBefore = isOn(val);
        break;
    }
  }
  return properties;
}

export function readRunProperties(element: XmlElement | null): RunProperties {
  const properties: { -readonly [K in keyof RunProperties]: RunProperties[K] } = {};
  for (const child of element?.children ?? []) {
    const { val } = child.attributes;
    switch (child.name) {
      case 'b':
        properties.bold = isOn(val);
        break;
      case 'color':
        properties.color = val;
        break;
      case 'sz':
        // Half-points; strict documents write "16pt".
        properties.size = pointSize(val);
        break;
      case 'vanish':
      case 'specVanish':
        properties.hidden = isOn(val);
        break;
      case 'rFonts':
        properties.font = child.attributes.eastAsia ?? child.attributes.ascii ?? child.attributes.hAnsi;
        break;
    }
  }
  return properties;
}

function pointSize(value: string | undefined): number | undefined {
  const size = value?.endsWith('pt') ? finite(value.slice(0, -2)) : finite(value);
  if (size === undefined || size <= 0) return undefined;
  return value?.endsWith('pt') ? size : size / 2;
}

/** Damaged files hold anything where a number should be. */
export function finite(value: string | undefined): number | undefined {
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function mergeRun(base: RunProperties, over: RunProperties): RunProperties {
  return {
    bold: over.bold ?? base.bold,
    color: over.color ?? base.color,
    size: over.size ?? base.size,
    hidden: over.hidden ?? base.hidden,
    font: over.font ?? base.font,
  };
}

export function mergeParagraph(base: ParagraphProperties, over: ParagraphProperties): ParagraphProperties {
  return {
    align: over.align ?? base.align,
    outlineLevel: over.outlineLevel ?? base.outlineLevel,
    // numId and ilvl are inherited apart: a style may state the one and its parent the other.
    numbering:
      over.numbering === undefined
        ? base.numbering
        : {
            numId: over.numbering.numId ?? base.numbering?.numId,
            level: over.numbering.level ?? base.numbering?.level,
          },
    pageBreakBefore: over.pageBreakBefore ?? base.pageBreakBefore,
  };
}

/** ST_OnOff: present without a value means on. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !['0', 'false', 'off', 'none'].includes(value);
}

/** 分散对齐 spreads one line over the whole width, as letterheads do: centred for all that comes after. */
function alignmentOf(value: string | undefined): ParagraphProperties['align'] {
  if (value === 'center' || value === 'distribute') return 'center';
  return value === 'right' || value === 'end' ? 'right' : 'left';
}

/** Red as letterheads print it; black for automatic and dark ink. `value`: RRGGBB or 'auto'. */
export function inkOf(value: string | undefined): 'black' | 'red' | 'other' {
  const hex = /^#?([0-9a-f]{6})$/i.exec(value ?? '')?.[1];
  if (hex === undefined) return value === 'red' ? 'red' : 'black';
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  if (red >= 0x90 && green <= 0x60 && blue <= 0x60) return 'red';
  return Math.max(red, green, blue) <= 0x60 ? 'black' : 'other';
}

function dropUndefined(properties: RunProperties): RunProperties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
