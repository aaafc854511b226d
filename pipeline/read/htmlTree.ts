import { type DefaultTreeAdapterTypes, defaultTreeAdapter, type ParserOptions, parse, parseFragment } from 'parse5';
import { HongtouError } from '../../models/index.ts';

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Elements of one page: a notice of 1,000 pages has fewer; the parser's repairs of hostile markup make billions. */
const maxElements = 600_000;
/** Open elements: browsers stop at 512 too. */
const maxDepth = 512;

/** Parses a page within limits of nodes and depth. @throws HongtouError LIMIT_EXCEEDED */
export function parsePage(markup: string, fileName: string): HtmlElement {
  checkDepth(markup, fileName);
  const document = parse(markup, guarded(fileName));
  const html = document.childNodes.find((node) => isElement(node));
  if (html === undefined) throw new Error('the parser made no root element');
  return html;
}

/** Parses a part of a page; null where it goes over the limits. */
export function parsePart(markup: string): readonly HtmlNode[] | null {
  try {
    checkDepth(markup, '');
    return parseFragment(markup, guarded('')).childNodes;
  } catch (error) {
    if (error instanceof HongtouError) return null;
    throw error;
  }
}

function guarded(fileName: string): ParserOptions<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
  let elements = 0;
  return {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement: (...about) => {
        elements++;
        if (elements > maxElements)
          throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `more than ${maxElements} elements` });
        return defaultTreeAdapter.createElement(...about);
      },
    },
  };
}

/** Elements whose end tag is left out by right or that have none: they do not stay open. */
const selfClosing = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot option optgroup rp rt colgroup'.split(
    ' ',
  ),
);

/** Counts open tags before parsing: the parser's own work grows with the square of the depth. */
function checkDepth(markup: string, fileName: string): void {
  let depth = 0;
  for (const match of markup.matchAll(/<(\/?)([a-z][a-z\d:]*)/gi)) {
    if (selfClosing.has(match[2]!.toLowerCase())) continue;
    depth = match[1] === '' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth)
      throw new HongtouError('LIMIT_EXCEEDED', { fileName, what: `elements nested more than ${maxDepth} deep` });
  }
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null;
}

/** Elements below (and with) these nodes in document order. */
export function* elementsOf(nodes: readonly HtmlNode[]): Generator<HtmlElement> {
  const stack = [...nodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!);
  }
}

/** All text below an element, white space collapsed. */
export function textOf(element: HtmlElement): string {
  const parts: string[] = [];
  const stack: HtmlNode[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.nodeName === '#text' && 'value' in node) parts.push(node.value);
    else if (isElement(node) && node.tagName !== 'script' && node.tagName !== 'style')
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!);
  }
  return parts.join('').replace(/\s+/g, ' ').trim();
}
