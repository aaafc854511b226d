/** Splitting of enumerations: brackets, quotations and book titles inside stay whole. */

const opening = '（(《“‘「『【[〔〈';
const closing = '）)》”’」』】]〕〉';

/** Positions of the given separators outside brackets and quotations. */
export function topLevelPositions(
  text: string,
  separators: RegExp,
): { readonly start: number; readonly end: number }[] {
  const depthAt = new Uint8Array(text.length);
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (opening.includes(character)) depth++;
    depthAt[at] = Math.min(depth, 255);
    if (closing.includes(character) && depth > 0) depth--;
  }
  const found: { start: number; end: number }[] = [];
  for (const match of text.matchAll(separators)) {
    if (match[0].length > 0 && depthAt[match.index] === 0)
      found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The pieces between separators, as ranges of the text; empty ones are left out. */
export function splitTopLevel(text: string, separators: RegExp): { readonly start: number; readonly end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let from = 0;
  for (const { start, end } of [...topLevelPositions(text, separators), { start: text.length, end: text.length }]) {
    let a = from;
    let b = start;
    while (a < b && /\s/.test(text.charAt(a))) a++;
    while (b > a && /\s/.test(text.charAt(b - 1))) b--;
    if (a < b) pieces.push({ start: a, end: b });
    from = end;
  }
  return pieces;
}
