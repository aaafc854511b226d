import { diffArrays } from 'diff';
import type { LineReader, LineReading, ReadCharacter } from './engine.ts';
import { isFullWidth, type PlacedCharacter, type PlacedLine } from './readPage.ts';

/** Below this the first engine's character gives way to a sure one of the second. */
const unsure = 0.5;
const sure = 0.85;
/** How much ink of a character may lie outside its place as read, in ems. */
const edge = 0.12;

/** Whether there is ink between two places of a line, in points of the page. */
export type InkBetween = (x0: number, x1: number) => boolean;

/**
 * One line read by two engines, character by character. The first engine's reading stands unless it is unsure and the
 * second is sure, or the second confirms what the first held second most likely; a mark that the first left out is put
 * in where there is room and ink for it. Wherever the two differ, the other reading is kept beside the character.
 */
export function reconcile(
  line: PlacedLine,
  second: LineReading,
  first: Pick<LineReader, 'canRead'>,
  hasInk: InkBetween = () => true,
): PlacedLine {
  const theirs = second.characters.filter((c) => c.text.trim() !== '');
  if (theirs.length === 0) return line;
  const ours = line.characters;
  const result: PlacedCharacter[] = [];
  let [i, k] = [0, 0];
  const parts = diffArrays(
    ours.map((c) => foldForReading(c.text)),
    theirs.map((c) => foldForReading(c.text)),
  );
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]!;
    const count = part.value.length;
    if (!part.added && !part.removed) {
      for (let n = 0; n < count; n++, i++, k++) {
        result.push({ ...ours[i]!, confidence: agreed(ours[i]!.confidence, theirs[k]!.confidence) });
      }
      continue;
    }
    const next = parts[p + 1];
    const removed = part.removed ? count : next?.removed ? next.value.length : 0;
    const added = part.added ? count : next?.added ? next.value.length : 0;
    if (next && (next.added || next.removed)) p++;
    const [mine, other] = [ours.slice(i, i + removed), theirs.slice(k, k + added)];
    if (mine.length === 0) insert(result, other, ours[i], line, hasInk);
    else if (other.length === 0 && mine.every(isGhost)) remember(result, mine);
    else result.push(...settle(mine, other, first));
    i += removed;
    k += added;
  }
  return { ...line, characters: result.map((c) => ({ ...c, readTwice: true })) };
}

/** Two engines of different make hardly ever err alike. */
const agreed = (a: number, b: number): number => 1 - (1 - a) * (1 - Math.min(0.98, Math.max(0.5, b)));

function settle(
  ours: readonly PlacedCharacter[],
  theirs: readonly ReadCharacter[],
  first: Pick<LineReader, 'canRead'>,
): PlacedCharacter[] {
  if (ours.length === theirs.length) return ours.map((c, n) => choose(c, theirs[n]!, first));
  // Of unequal length: ours stand; what the other read is kept at the first of them.
  const other = theirs.map((c) => c.text).join('');
  return ours.map((c, n) => ({ ...c, confidence: Math.min(c.confidence, 0.9), other: n === 0 ? other : '' }));
}

/** A mark made of dirt or of a wide space: the first engine hardly sees it, the second not at all. */
const isGhost = (c: PlacedCharacter): boolean => c.confidence < 0.7 && /^[^\p{Script=Han}\d]$/u.test(c.text);

/** What was left out stays as the other reading of the character before. */
function remember(result: PlacedCharacter[], left: readonly { readonly text: string }[]): void {
  const before = result.at(-1);
  if (!before) return;
  const other = (before.other ?? before.text) + left.map((c) => c.text).join('');
  result[result.length - 1] = { ...before, confidence: Math.min(before.confidence, 0.9), other };
}

function choose(ours: PlacedCharacter, theirs: ReadCharacter, first: Pick<LineReader, 'canRead'>): PlacedCharacter {
  // A character that the first engine does not have it must misread, however sure it is.
  if (theirs.confidence > sure && !first.canRead(theirs.text) && /^\p{Script=Han}$/u.test(theirs.text)) {
    return { ...ours, text: theirs.text, confidence: 0.8, other: ours.text, second: ours.text };
  }
  const confirmed = ours.second !== null && foldForReading(ours.second) === foldForReading(theirs.text);
  const gives = (ours.confidence < unsure && theirs.confidence > sure) || (confirmed && ours.confidence < 0.62);
  // Of digits only what both say twice over counts: a wrong digit looks as sure as a right one.
  if (gives && !(/\d/.test(ours.text) && !confirmed)) {
    return { ...ours, text: theirs.text, confidence: confirmed ? 0.75 : 0.6, other: ours.text, second: ours.text };
  }
  return { ...ours, confidence: Math.min(ours.confidence, 0.93), other: theirs.text };
}

/**
 * What only the second engine read: it is put in where the first left room, and where it is a letter twice over, which the first engine's way of decoding makes one; else it is kept as the other reading.
 */
function insert(
  result: PlacedCharacter[],
  theirs: readonly ReadCharacter[],
  after: PlacedCharacter | undefined,
  line: PlacedLine,
  hasInk: InkBetween,
): void {
  const before = result.at(-1);
  // A digit too many is worse than a doubt: 10% becomes 100%.
  if (theirs.some((c) => /\d/.test(c.text))) {
    remember(result, theirs);
    insert(
      result,
      theirs.filter((c) => !/\d/.test(c.text)),
      after,
      line,
      hasInk,
    );
    return;
  }
  if (theirs.length === 0) return;
  const isSure = theirs.every((c) => c.confidence > sure);
  const from = before ? (before.x0 + before.x1) / 2 + line.size / 2 : line.box[0];
  const to = after ? (after.x0 + after.x1) / 2 - line.size / 2 : line.box[2];
  const needed = theirs.reduce((sum, c) => sum + (isFullWidth(c.text) ? 1 : 0.5), 0) * line.size;
  if (isSure && to - from > 0.62 * needed) {
    // Tesseract takes wide spaces for quotation marks.
    if (!hasInk(from + edge * line.size, to - edge * line.size)) return;
    theirs.forEach((c, n) => {
      const width = (to - from) / theirs.length;
      const x0 = from + n * width;
      result.push({ text: c.text, x0, x1: x0 + width, confidence: 0.6, second: null, other: '' });
    });
    return;
  }
  const [only, ...others] = theirs;
  if (isSure && before && only && others.length === 0 && /[A-Za-z]/.test(only.text)) {
    if (only.text === before.text || only.text === after?.text) {
      const middle = (before.x0 + before.x1) / 2;
      result[result.length - 1] = { ...before, x1: middle };
      result.push({ text: only.text, x0: middle, x1: before.x1, confidence: 0.75, second: null, other: '' });
      return;
    }
  }
  // Marks are often seen where there are none; what stands for a word is worth a doubt.
  if (theirs.some((c) => c.confidence > 0.6 && /[\p{Script=Han}A-Za-z]/u.test(c.text))) remember(result, theirs);
}

/** Shapes that are one character to a reader: full and half width, kinds of brackets, quotes and dashes. */
export function foldForReading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[“”„‟"「」『』‘’']/g, '"')
    .replace(/[〔[［【﹝]/g, '[')
    .replace(/[〕\]］】﹞]/g, ']')
    .replace(/[—–―－\-─]/g, '-')
    .replace(/[〇○]/g, 'O')
    .replace(/[·•・]/g, '·');
}
