import { SaxesParser } from 'saxes';
import { HongtouError } from '../../models/index.ts';

/** An element: names without their prefix, since producers choose prefixes as they like. */
export interface XmlElement {
  readonly name: string;
  /** By local name; attributes of the relationships namespace (`r:id`, `r:embed`) under `r:` and their local name. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlElement[];
  /** Character data that stands directly in this element. */
  readonly text: string;
}

export interface XmlDocument {
  readonly root: XmlElement;
  /** The first thing that is not well-formed; the tree holds what could be read all the same. */
  readonly problem: string | null;
}

const xmlLimits = { bytes: 128 * 1024 * 1024, nodes: 3_000_000, depth: 1_000, problems: 100 } as const;

interface OpenElement {
  name: string;
  attributes: Record<string, string | undefined>;
  children: OpenElement[];
  text: string;
}

/**
 * Parses one XML part of an office document. Entities beyond the five of XML are never expanded and nothing is ever
 * fetched; a DOCTYPE, which neither OPC (ECMA-376 part 2, 8.1.4) nor GB/T 33190 allows, is refused.
 *
 * @param partName names the part in errors
 * @throws FILE_DAMAGED (a DOCTYPE, no element at all, hardly anything well-formed), LIMIT_EXCEEDED (size, depth)
 */
export function parseXml(bytes: Uint8Array, fileName: string, partName: string): XmlDocument {
  const exceeded = (what: string) => new HongtouError('LIMIT_EXCEEDED', { fileName, what: `${what} in "${partName}"` });
  const damaged = (reason: string) => new HongtouError('FILE_DAMAGED', { fileName, reason });
  if (bytes.length > xmlLimits.bytes) throw exceeded('too much XML');

  const parser = new SaxesParser({ position: false, xmlns: false });
  const top: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const stack: OpenElement[] = [top];
  let current = top;
  let nodes = 0;
  let problems = 0;
  let problem: string | null = null;
  const relationshipPrefixes = new Set(['r']);

  parser.on('doctype', () => {
    throw damaged(`"${partName}" declares a document type, which such files must not`);
  });
  parser.on('error', (error) => {
    problem ??= error.message.replace(/\s+/g, ' ').slice(0, 200);
    problems++;
    if (problems > xmlLimits.problems) throw damaged(`"${partName}" is not XML (${problem})`);
  });
  parser.on('opentag', (tag) => {
    nodes++;
    if (nodes > xmlLimits.nodes) throw exceeded('too many elements');
    if (stack.length > xmlLimits.depth) throw exceeded('too deep nesting');
    const attributes: Record<string, string | undefined> = {};
    for (const key in tag.attributes) {
      const value = tag.attributes[key];
      if (value === undefined) continue;
      const colon = key.indexOf(':');
      if (colon < 0) {
        attributes[key] = value;
        continue;
      }
      const prefix = key.slice(0, colon);
      const local = key.slice(colon + 1);
      if (prefix === 'xmlns') {
        if (/officeDocument\/(2006\/)?relationships$/.test(value)) relationshipPrefixes.add(local);
      } else if (relationshipPrefixes.has(prefix)) attributes[`r:${local}`] = value;
      else attributes[local] ??= value;
    }
    const element: OpenElement = { name: localName(tag.name), attributes, children: [], text: '' };
    current.children.push(element);
    stack.push(element);
    current = element;
  });
  parser.on('closetag', () => {
    stack.pop();
    current = stack[stack.length - 1] ?? top;
  });
  const onText = (text: string) => {
    if (current !== top) current.text += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);

  parser.write(decodeXml(bytes)).close();
  const root = top.children[0];
  if (root === undefined) throw damaged(`"${partName}" holds no XML`);
  return { root, problem };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** By byte order mark, then by the declaration; UTF-8 otherwise (XML 1.0, appendix F). */
function decodeXml(bytes: Uint8Array): string {
  const [a, b] = bytes;
  let label = 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) label = 'utf-16le';
  else if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) label = 'utf-16be';
  else {
    const head = String.fromCharCode(...bytes.subarray(0, 120));
    label = /^[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  }
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The first child of this name. */
export function childOf(element: XmlElement | null | undefined, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null;
}

/** All children of this name. */
export function childrenOf(element: XmlElement | null | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first descendant of this name in document order; the element itself does not count. */
export function descendantOf(element: XmlElement | null | undefined, name: string): XmlElement | null {
  for (const child of element?.children ?? []) {
    if (child.name === name) return child;
    const found = descendantOf(child, name);
    if (found !== null) return found;
  }
  return null;
}
