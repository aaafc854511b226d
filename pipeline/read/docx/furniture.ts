import type { LayoutBlock, LayoutLine, LineRole } from '../../../models/index.ts';
import { childOf, childrenOf, type XmlElement } from '../xml.ts';
import type { DocxContext } from './context.ts';
import { isPageField } from './inlines.ts';
import { readPart, relationshipsOf } from './package.ts';
import { isOn } from './styles.ts';

export interface Furniture {
  readonly lines: LayoutLine[];
  /** A letterhead set in the header, which belongs above the text. */
  readonly letterhead: LayoutLine[];
  /** An imprint set in the footer, which belongs below it. */
  readonly imprint: LayoutLine[];
}

/**
 * Reads the headers and footers that are printed: each part once, first-page and even-page ones only where the section
 * and the settings ask for them (ECMA-376 part 1, 17.10).
 */
export function readFurniture(body: XmlElement, settings: XmlElement | null, context: DocxContext): Furniture {
  const furniture: Furniture = { lines: [], letterhead: [], imprint: [] };
  const evenToo = isStated(childOf(settings, 'evenAndOddHeaders'));
  const done = new Set<string>();
  for (const section of sectionsOf(body)) {
    const firstToo = isStated(childOf(section, 'titlePg'));
    for (const reference of section.children) {
      const isHeader = reference.name === 'headerReference';
      if (!isHeader && reference.name !== 'footerReference') continue;
      const { type } = reference.attributes;
      if ((type === 'first' && !firstToo) || (type === 'even' && !evenToo)) continue;
      const target = context.relations.get(reference.attributes['r:id'] ?? '')?.target;
      if (target === undefined || done.has(target)) continue;
      done.add(target);
      sortLines(readHeaderPart(target, context), isHeader, furniture);
    }
  }
  return furniture;
}

function readHeaderPart(path: string, context: DocxContext): { line: LayoutLine; isPageNumber: boolean }[] {
  const root = readPart(context.source, path);
  if (root === null) return [];
  const own = { ...context, relations: relationshipsOf(context.source, path) };
  const hasPageField = holdsPageField(root);
  return context
    .readBlocks(root, own)
    .flatMap(linesOfBlock)
    .map((line) => ({ line, isPageNumber: hasPageField && /^[\s\d\-–—―－一第页共/.·•()（）~～]*$/.test(line.text) }));
}

function sortLines(
  lines: readonly { line: LayoutLine; isPageNumber: boolean }[],
  isHeader: boolean,
  into: Furniture,
): void {
  for (const { line, isPageNumber } of lines) {
    const role: LineRole = isPageNumber ? 'page-number' : isHeader ? 'running-head' : 'running-foot';
    if (isHeader && line.color === 'red' && (line.fontSize ?? 0) >= 20) into.letterhead.push(line);
    else if (!isHeader && isImprint(line.text)) into.imprint.push(line);
    // Sections repeat their headers and footers as parts of their own.
    else if (!into.lines.some((other) => other.role === role && other.text === line.text)) {
      into.lines.push({ ...line, role });
    }
  }
}

/** 版记 (GB/T 9704-2012, 7.4): 抄送机关, 印发机关和印发日期. */
function isImprint(text: string): boolean {
  return /^\s*(?:抄\s*[送报]|主\s*送|分\s*送)\s*[:：]/.test(text) || /印\s*发\s*$/.test(text);
}

function sectionsOf(body: XmlElement): XmlElement[] {
  return body.children.flatMap((child): readonly XmlElement[] => {
    if (child.name === 'sectPr') return [child];
    if (child.name === 'p') return childrenOf(childOf(child, 'pPr'), 'sectPr');
    return child.name === 'sdt' ? sectionsOf(childOf(child, 'sdtContent') ?? child) : [];
  }) as XmlElement[];
}

function linesOfBlock(block: LayoutBlock): LayoutLine[] {
  if (block.type === 'line') return [block];
  return block.type === 'table' ? block.cells.flatMap((cell) => cell.lines) : [];
}

function holdsPageField(element: XmlElement): boolean {
  if (element.name === 'pgNum') return true;
  if (element.name === 'instrText' && isPageField(element.text)) return true;
  if (element.name === 'fldSimple' && isPageField(element.attributes.instr)) return true;
  return element.children.some(holdsPageField);
}

function isStated(element: XmlElement | null): boolean {
  return element !== null && isOn(element.attributes.val);
}
