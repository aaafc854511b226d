import { attribute, type HtmlElement, type HtmlNode, isElement } from './htmlTree.ts';

/**
 * The numbers that a browser prints before the items of an ordered list: 1. 2. or, by type and list-style-type,
 * a. i. 一、. None where the style says none.
 */
export function listMarkers(list: HtmlElement): ReadonlyMap<HtmlNode, string> {
  const markers = new Map<HtmlNode, string>();
  const style =
    /list-style(?:-type)?\s*:\s*([\w-]+)/i.exec(attribute(list, 'style') ?? '')?.[1]?.toLowerCase() ??
    attribute(list, 'type') ??
    'decimal';
  if (style === 'none') return markers;
  let number = Number.parseInt(attribute(list, 'start') ?? '1', 10);
  if (!Number.isFinite(number)) number = 1;
  for (const child of list.childNodes) {
    if (!isElement(child) || child.tagName !== 'li') continue;
    const stated = Number.parseInt(attribute(child, 'value') ?? '', 10);
    if (Number.isFinite(stated)) number = stated;
    markers.set(child, marker(style, number));
    number++;
  }
  return markers;
}

function marker(style: string, number: number): string {
  if (/^(?:cjk-|simp-chinese|trad-chinese)/.test(style)) return `${chinese(number)}、`;
  if (style === 'a' || style === 'lower-alpha' || style === 'lower-latin') return `${letter(number)}. `;
  if (style === 'A' || style === 'upper-alpha' || style === 'upper-latin') return `${letter(number).toUpperCase()}. `;
  if (style === 'i' || style === 'lower-roman') return `${roman(number)}. `;
  if (style === 'I' || style === 'upper-roman') return `${roman(number).toUpperCase()}. `;
  return `${number}. `;
}

const digits = '零一二三四五六七八九';

function chinese(number: number): string {
  if (number < 1 || number > 99) return String(number);
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`;
}

const letter = (number: number): string => String.fromCharCode(96 + Math.min(26, Math.max(1, number)));

function roman(number: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ];
  let rest = Math.min(89, Math.max(1, number));
  let result = '';
  for (const [value, text] of parts)
    while (rest >= value) {
      result += text;
      rest -= value;
    }
  return result;
}
