import type { Flow, ParsedNotice, ParsedSection, Span } from '../models/index.ts';
import type { AgencyContext } from '../models/text/agencies.ts';

/** What every extractor of one notice may look at. */
export interface NoticeContext {
  readonly flow: Flow;
  readonly notice: ParsedNotice;
  readonly agencies: AgencyContext;
  /** 成文日期 (YYYY-MM-DD); null where the notice has none. */
  readonly issueDate: string | null;
}

export const textOf = (flow: Flow, { start, end }: Span): string => flow.text.slice(start, end);

/** The last of a list in the order of the text that begins at or before a place; undefined: all begin behind it. */
export function lastFrom<T extends Span>(list: readonly T[], at: number): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as T).start <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** The sections in which a place lies, outermost first. */
export function sectionsAround(roots: readonly ParsedSection[], at: number): ParsedSection[] {
  const found: ParsedSection[] = [];
  let section = lastFrom(roots, at);
  while (section && at < section.end) {
    found.push(section);
    section = lastFrom(section.children, at);
  }
  return found;
}

/** Nobody prints a longer sentence; what is longer is rubble of a conversion, and to search it whole would take for ever. */
const SENTENCE_LENGTH = 2_000;

/** A range in pieces of bearable length: most ranges are one; a longer one is cut at commas. */
export function inPieces(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let from = start;
  while (end - from > SENTENCE_LENGTH) {
    let at = from + SENTENCE_LENGTH;
    while (at < end && at < from + 2 * SENTENCE_LENGTH && !/[，、；,;\s]/u.test(text.charAt(at))) at++;
    at = Math.min(at + 1, end);
    found.push({ start: from, end: at });
    from = at;
  }
  if (from < end) found.push({ start: from, end });
  return found;
}

/** The sentences of a range: parted at 。！？ and line ends, stops included. */
export function sentences(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (!/[。！？\n]/u.test(character)) continue;
    if (at > from) found.push(...inPieces(text, { start: from, end: at + 1 }));
    from = at + 1;
  }
  found.push(...inPieces(text, { start: from, end }));
  return found;
}
