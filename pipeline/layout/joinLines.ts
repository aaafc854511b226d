import type { LayoutLine } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { parseFullDate } from '../../models/text/dates.ts';
import { beginsAnew, documentTypePattern, endsSentence, standsAlone } from '../../models/text/lines.ts';
import { headingMarker } from '../../models/text/markers.ts';
import type { FoldedLine } from '../../models/text/normalize.ts';

/** A printed line, or a part of one, before paragraphs are made. */
export interface Piece {
  readonly type: 'line';
  readonly line: LayoutLine;
  readonly folded: FoldedLine;
  readonly page: number;
}

/** How lines of a text without geometry were broken. */
export interface Wrapping {
  /** Characters of a full line; null where each line is a paragraph. */
  readonly width: number | null;
  /** Paragraphs begin with an indent. */
  readonly indented: boolean;
}

/**
 * Finds out whether a text without geometry was broken at a fixed width (text taken from pages), by how many of its longer
 * lines are nearly as long as the longest ones.
 */
export function wrapWidth(pieces: readonly { readonly type: string }[]): Wrapping {
  const lines = pieces.filter((piece): piece is Piece => piece.type === 'line');
  const lengths = lines.map((piece) => piece.folded.text.length).sort((a, b) => a - b);
  const indented = lines.filter((piece) => piece.folded.indent >= 2).length;
  const high = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const long = lengths.filter((length) => length >= 15);
  const near = long.filter((length) => Math.abs(length - high) <= 3);
  const hard = high >= 15 && high <= 60 && long.length >= 6 && near.length >= long.length * 0.5;
  return { width: hard ? high : null, indented: indented >= 3 && indented < lines.length * 0.7 };
}

/** A heading that stands on a line of its own: marker, few words, no sentence. */
function isShortHeading(text: string): boolean {
  const marker = headingMarker(text);
  return marker !== undefined && text.length <= 45 && !/[。；：:]/u.test(text.slice(marker.end));
}

const titleEnd = new RegExp(`的${documentTypePattern}$`, 'u');

/** A bracket or book-title mark is opened and not closed. */
function isOpen(text: string): boolean {
  const last = (mark: string) => text.lastIndexOf(mark);
  return last('《') > last('》') || Math.max(last('（'), last('(')) > Math.max(last('）'), last(')'));
}

/**
 * Whether `next` goes on with the paragraph that `previous` belongs to. The source's own word counts most (paragraphEnd), then
 * geometry, then the words: a sentence that has not ended goes on, unless what follows begins something of its own.
 */
export function goesOn(previous: Piece, next: Piece, { width, indented }: Wrapping): boolean {
  const a = previous.folded.text;
  const b = next.folded.text;
  if (previous.line === next.line) return false;
  if (previous.line.paragraphEnd === true) return false;
  if (previous.line.role !== next.line.role || previous.line.role !== null) return false;
  if (previous.line.heading !== null || next.line.heading !== null) return false;
  // Another size of type is another element: title, recipients.
  const sizes = [previous.line.fontSize, next.line.fontSize];
  if (sizes[0] && sizes[1] && Math.abs(sizes[0] - sizes[1]) > 0.12 * Math.max(sizes[0], sizes[1])) return false;
  // The end of a title, and whom it is addressed to.
  if (titleEnd.test(a) && /[：:]$/u.test(b)) return false;
  // An open quotation or bracket goes on whatever follows.
  if (isOpen(a) && !isOpen(b) && !endsSentence(a)) return true;
  const geometry = previous.line.box !== null;
  const sure = geometry && previous.line.paragraphEnd === false;
  if (beginsAnew(b) && (endsSentence(a) || !sure)) return false;
  if (sure) return !(standsAlone(a) && a.length < 20);
  if (standsAlone(a) || parseFullDate(b) !== undefined || (isAgencyName(b) && b.length < 25)) return false;
  if (endsSentence(a)) {
    // A full line that happens to end with a sentence: only an indent tells.
    return width !== null && indented && a.length >= width - 1 && next.folded.indent === 0 && !/[：:]$/u.test(a);
  }
  if (width !== null) return a.length >= width - 4 && next.folded.indent < 2;
  if (isShortHeading(a)) return false;
  if (geometry && previous.line.align === 'center') return false;
  // A sentence has begun behind a heading and has not ended.
  if (/[。；].{2,}$/u.test(a)) return true;
  return (a.length >= 15 && !/^[^，、。；]{1,30}$/u.test(a)) || a.length >= 30 || (/[，、]/u.test(a) && a.length >= 8);
}
