import type { LayoutLine } from '../../models/index.ts';
import { attribute, elementsOf, type HtmlElement, type HtmlNode, textOf } from './htmlTree.ts';
import { withoutSpans } from './withoutSpans.ts';

/** What of an element's looks says something about a notice; null: not stated here. */
export interface Looks {
  readonly hidden: boolean;
  readonly color: LayoutLine['color'];
  readonly bold: boolean | null;
  readonly align: LayoutLine['align'];
  /** Points. */
  readonly fontSize: number | null;
  readonly keepsSpace: boolean;
  readonly underlined: boolean;
}

export const plainLooks: Looks = {
  hidden: false,
  color: null,
  bold: null,
  align: null,
  fontSize: null,
  keepsSpace: false,
  underlined: false,
};

/** Declarations by selector, of the simple selectors that saved pages and exported documents use: p, .a, p.a, #a. */
export type StyleSheet = ReadonlyMap<string, string>;

const maxRules = 5_000;

/** The style elements of a page; selectors with more than one part are left out, since they need the whole cascade. */
export function styleSheetOf(nodes: readonly HtmlNode[]): StyleSheet {
  const rules = new Map<string, string>();
  for (const element of elementsOf(nodes)) {
    if (element.tagName !== 'style') continue;
    const text = element.childNodes
      .map((node) => ('value' in node ? node.value : ''))
      .join('')
      .slice(0, 500_000);
    const css = withoutSpans(text.replace(/<!--|-->/g, ''), '/*', '*/');
    let from = 0;
    for (let open = css.indexOf('{'); open !== -1 && rules.size < maxRules; open = css.indexOf('{', from)) {
      const close = css.indexOf('}', open);
      if (close === -1) break;
      addRule(rules, css.slice(from, open), css.slice(open + 1, close));
      from = close + 1;
    }
  }
  return rules;
}

function addRule(rules: Map<string, string>, selectors: string, declared: string): void {
  if (selectors.length > 2_000) return;
  for (const part of selectors.split(',')) {
    const selector = part.trim().toLowerCase();
    if (/^[a-z\d]*(?:[.#][\w-]+)?$/.test(selector)) rules.set(selector, `${rules.get(selector) ?? ''};${declared}`);
  }
}

/** The looks of an element inside others. */
export function looksOf(element: HtmlElement, outer: Looks, sheet: StyleSheet): Looks {
  const declared = declarations(element, sheet);
  const tag = element.tagName;
  const style = (name: string): string | undefined => declared.get(name);
  const hidden =
    outer.hidden ||
    attribute(element, 'hidden') !== null ||
    style('display') === 'none' ||
    style('visibility') === 'hidden' ||
    /^0(?:px|pt|em)?$/.test(style('font-size') ?? '');
  const alignment = style('text-align') ?? attribute(element, 'align')?.toLowerCase();
  return {
    hidden,
    color:
      colorOf(style('color') ?? (tag === 'font' ? attribute(element, 'color')?.trim().toLowerCase() : null)) ??
      outer.color,
    bold: boldOf(tag, style('font-weight')) ?? outer.bold,
    align:
      tag === 'center' || alignment === 'center'
        ? 'center'
        : alignment === 'right' || alignment === 'end'
          ? 'right'
          : alignment === 'left'
            ? 'left'
            : outer.align,
    fontSize: sizeOf(style('font-size')) ?? outer.fontSize,
    keepsSpace: tag === 'pre' || /^pre/.test(style('white-space') ?? '') || outer.keepsSpace,
    underlined: tag === 'u' || /underline/.test(style('text-decoration') ?? '') || outer.underlined,
  };
}

function declarations(element: HtmlElement, sheet: StyleSheet): ReadonlyMap<string, string> {
  const tag = element.tagName;
  const id = attribute(element, 'id')?.toLowerCase();
  const classes = (attribute(element, 'class') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((name) => name !== '');
  const own = attribute(element, 'style');
  const result = new Map<string, string>();
  const add = (text: string | null | undefined): void => {
    for (const declaration of (text ?? '').split(';')) {
      const colon = declaration.indexOf(':');
      if (colon === -1) continue;
      result.set(
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration
          .slice(colon + 1)
          .replace(/!important/i, '')
          .trim()
          .toLowerCase(),
      );
    }
  };
  if (sheet.size > 0) {
    add(sheet.get(tag));
    for (const name of classes) add(sheet.get(`.${name}`));
    for (const name of classes) add(sheet.get(`${tag}.${name}`));
    if (id !== undefined) add(sheet.get(`#${id}`));
  }
  add(own);
  return result;
}

function boldOf(tag: string, weight: string | undefined): boolean | null {
  if (weight !== undefined) return weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
  return tag === 'b' || tag === 'strong' || tag === 'th' || /^h[1-6]$/.test(tag) ? true : null;
}

function colorOf(value: string | null | undefined): LayoutLine['color'] {
  if (!value || /^(?:inherit|initial|windowtext|auto|currentcolor)$/.test(value)) return null;
  const named: Readonly<Record<string, string>> = {
    red: 'ff0000',
    black: '000000',
    darkred: '8b0000',
    crimson: 'dc143c',
    firebrick: 'b22222',
  };
  const hex = named[value] ?? /^#?([\da-f]{6}|[\da-f]{3})$/.exec(value)?.[1];
  const channels =
    hex !== undefined
      ? hex.length === 3
        ? [...hex].map((digit) => Number.parseInt(digit + digit, 16))
        : [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
      : /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/.exec(value)?.slice(1).map(Number);
  if (channels === undefined) return 'other';
  const [red = 0, green = 0, blue = 0] = channels;
  if (red >= 150 && red > 2 * green && red > 2 * blue) return 'red';
  return red < 110 && green < 110 && blue < 110 ? 'black' : 'other';
}

/** 1 px is 0.75 pt. */
function sizeOf(value: string | undefined): number | null {
  const match = /^(\d{1,3}(?:\.\d+)?)(px|pt)$/.exec(value ?? '');
  return match === null ? null : Number(match[1]) * (match[2] === 'px' ? 0.75 : 1);
}

/** Whether an element is one of those that never print: scripts, forms' controls, templates. */
export function neverPrints(element: HtmlElement): boolean {
  return (
    silentTags.has(element.tagName) ||
    (element.tagName === 'a' && textOf(element) === '' && element.childNodes.length === 0)
  );
}

const silentTags = new Set(
  'script style template noscript head title meta link object embed audio video canvas svg select option textarea button map iframe frame frameset noframes datalist'.split(
    ' ',
  ),
);
