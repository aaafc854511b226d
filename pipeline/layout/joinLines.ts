import type { LayoutLine } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { parseFullDate } from '../../models/text/dates.ts';
import { parseDocumentNumber } from '../../models/text/documentNumber.ts';
import {
  attachmentHead,
  beginsAnew,
  documentTypePattern,
  enclosurePattern,
  endsSentence,
  standsAlone,
} from '../../models/text/lines.ts';
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
  /** The same in the widths of Chinese characters, a digit or letter counting half as on paper; null as above. */
  readonly measure: number | null;
  /** Paragraphs begin with an indent. */
  readonly indented: boolean;
}

/**
 * Finds out whether a text without geometry was broken at a fixed width (text taken from pages), by how many of its longer
 * lines are nearly as long as the longest ones.
 */
export function wrapWidth(pieces: readonly { readonly type: string }[]): Wrapping {
  const lines = pieces.filter((piece): piece is Piece => piece.type === 'line');
  const indented = lines.filter((piece) => piece.folded.indent >= 2).length;
  const width = fullLength(lines, characters);
  const measure = fullLength(lines, ({ line }) => printedWidth(line.text));
  return {
    width: width ?? (measure === null ? null : Math.round(measure)),
    measure: measure ?? width,
    indented: indented >= 3 && indented < lines.length * 0.7,
  };
}

/** How long full lines are; null where lines are not broken at one length. */
function fullLength(lines: readonly Piece[], lengthOf: (piece: Piece) => number): number | null {
  const measured = lines.map((piece) => ({ piece, length: lengthOf(piece) }));
  const lengths = measured.map(({ length }) => length).sort((x, y) => x - y);
  const high = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  if (high < 15 || high > 60) return null;
  const long = measured.filter(({ length }) => length >= 15);
  const near = long.filter(({ length }) => Math.abs(length - high) <= 3);
  if (long.length >= 6 && near.length >= long.length * 0.5) return high;
  // Many short paragraphs: nothing is longer than a full line, and full lines end in the middle of a sentence.
  const unfinished = near.filter(({ piece }) => !endsSentence(piece.folded.text) && !standsAlone(piece.folded.text));
  return near.length >= Math.max(5, long.length * 0.25) &&
    unfinished.length >= near.length * 0.7 &&
    lengths.filter((length) => length > high + 4).length <= 1
    ? high
    : null;
}

/** No printed line is as long: what is need not be measured, which a text without line breaks would ask for again and again. */
const beyondPrint = 200;

/** The characters of a line with the spaces that the text is folded without: 2024 年 4 月. */
const characters = ({ line, folded }: Piece): number =>
  line.text.length > beyondPrint
    ? line.text.length
    : Math.max(folded.text.length, line.text.trim().replace(/\s{2,}/gu, ' ').length);

/** The width of a line as printed, in Chinese characters: digits, letters and spaces take half of one. */
function printedWidth(text: string): number {
  if (text.length > beyondPrint) return text.length;
  let width = 0;
  for (const character of text.trim().replace(/\s+/gu, ' ')) width += character.charCodeAt(0) < 0x250 ? 0.5 : 1;
  return width;
}

/** Words and numbers that are not broken: where one did not fit, the line before it ends early. */
const unbroken = /^[\w@.%+—－–-]+/u;

/** Whether a line of a text broken at a fixed width is as long as a line gets before what follows. */
function isFull(piece: Piece, next: Piece, { width, measure }: Wrapping, slack: number): boolean {
  if (width === null || measure === null) return false;
  const word = unbroken.exec(next.folded.text)?.[0] ?? '';
  const room = word.length > 1 ? word.length - 1 : 0;
  return characters(piece) + room >= width - slack || printedWidth(piece.line.text) + room / 2 >= measure - slack / 2;
}

const phoneOrMail =
  /^(?:[（(]?0\d{2,3}[）)]?[-—－–\s]?\d{7,8}|1[3-9]\d{9}|[2-8]\d{6,7}(?!\d)|400[-\s]?\d{3}|[A-Za-z0-9][\w.+-]*@)/u;
const awaitsNumber =
  /(?:电\s?话|手\s?机|传\s?真|邮\s?箱|邮件|信箱|方式|号码|[Mm]ail)(?:[（(][^（()）]{1,8}[）)])?\s?[:：]$/u;
/** The title of what is enclosed, without the marks of a sentence. */
const enclosureTitle = new RegExp(`^[^，。；：:]{6,}(?:${enclosurePattern})(?:[（(][^（()）]{1,16}[）)])?$`, 'u');

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

/** Lines that are not the next sentence of a paragraph: 县公安局：…, 某某办公室 5月6日印发, 特此通知. */
const ownLine = /^[^，。；：:]{2,16}[：:]|\d日印发$|^特此|^[A-Za-z ]{12,}/u;

/** A full line that only looks whole by its words: names of bodies in a row, an entry or a label that goes on. */
const runsOver = (text: string): boolean =>
  parseDocumentNumber(text) === undefined &&
  parseFullDate(text) === undefined &&
  !titleEnd.test(text) &&
  !(isAgencyName(text) && !/、/u.test(text)) &&
  !/[\dA-Za-z）)]$/u.test(text);

/**
 * Whether `next` goes on with the paragraph that `previous` belongs to. The source's own word counts most (paragraphEnd), then
 * geometry, then the words: a sentence that has not ended goes on, unless what follows begins something of its own.
 */
export function goesOn(previous: Piece, next: Piece, wrapping: Wrapping): boolean {
  const { width, indented } = wrapping;
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
  if (isOpen(a) && !isOpen(b) && (!endsSentence(a) || (/[：:；;]$/u.test(a) && /^[^（(]*[）)]/u.test(b)))) return true;
  const geometry = previous.line.box !== null;
  const sure = geometry && previous.line.paragraphEnd === false;
  if (beginsAnew(b) && (endsSentence(a) || !sure)) return false;
  if (sure) return !(standsAlone(a) && a.length < 20);
  // 联系电话： / 0357-6600001: what the label awaits.
  if (awaitsNumber.test(a) && phoneOrMail.test(b)) return true;
  const full = isFull(previous, next, wrapping, 1);
  // What follows a full line in the middle of a sentence, or of a name, is no signature.
  const words = a.split(' ');
  const cut = words.length > 1 && !isAgencyName(words.at(-1) ?? '');
  const within = full && (/[，；。：]/u.test(a) || cut) && !endsSentence(a) && !attachmentHead.test(a);
  if (parseFullDate(b) !== undefined || (isAgencyName(b) && b.length < 25 && !within)) return false;
  if (standsAlone(a) && !(/[，、]$/u.test(a) || (full && runsOver(a)))) return false;
  if (width !== null && enclosureTitle.test(a) && /^(?:为|根据|按照|近年|自|当前|目前|(?:19|20)\d{2}年)/u.test(b))
    return false;
  if (endsSentence(a)) {
    // A full line that happens to end with a sentence: an indent tells; without indents, that no empty line follows.
    const close = indented || previous.line.paragraphEnd === false;
    return full && close && next.folded.indent === 0 && !/[：:]$/u.test(a) && !(!indented && ownLine.test(b));
  }
  if (width !== null) return isFull(previous, next, wrapping, 4) && next.folded.indent < 2;
  if (isShortHeading(a)) return false;
  if (geometry && previous.line.align === 'center') return false;
  // A sentence has begun behind a heading and has not ended.
  if (/[。；].{2,}$/u.test(a)) return true;
  return (a.length >= 15 && !/^[^，、。；]{1,30}$/u.test(a)) || a.length >= 30 || (/[，、]/u.test(a) && a.length >= 8);
}
