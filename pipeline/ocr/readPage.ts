import type { Box } from '../../models/index.ts';
import type { RuledGrid } from '../read/geometry/grids.ts';
import { addColons } from './colons.ts';
import { type LineReader, type LineReading, type ReadCharacter, readingText, type Strip } from './engine.ts';
import {
  cutStacked,
  cutStrip,
  cutUnderSeal,
  type FoundLine,
  type FoundPage,
  isUnderSeal,
  type PointStroke,
} from './findText.ts';
import { fillHoles, hasUnreadInk } from './holes.ts';
import type { PixelBox } from './prepare/raster.ts';
import { unrollRing } from './prepare/ringText.ts';
import { tellSemicolons } from './semicolons.ts';
import { voteReadings, withDoubtsOf } from './vote.ts';

/** A character with its place: points of the prepared page. */
export interface PlacedCharacter {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** 0 to 1: how sure it is that this character is right. */
  readonly confidence: number;
  /** What the same engine held second most likely. */
  readonly second: string | null;
  /** Others that it held possible, one character each, the likeliest first; absent where there were none. */
  readonly rivals?: string;
  /** What the other engine read here; null where it agreed or was not asked; empty where it read nothing. */
  readonly other: string | null;
  /** true: a second engine has read this place, too. */
  readonly readTwice?: true;
  /** true: set by a correction; no engine need have read it. */
  readonly corrected?: true;
}

/** A line as read, in points of the prepared page. */
export interface PlacedLine {
  readonly characters: readonly PlacedCharacter[];
  readonly box: Box;
  /** Size of a full-width character. */
  readonly size: number;
  readonly color: 'black' | 'red';
  /** For characters one below the other: the box of each. */
  readonly stacked: readonly Box[] | null;
}

export interface PlacedSeal {
  readonly box: Box;
  /** null: nothing that could be a name was read on the ring. */
  readonly text: string | null;
  /** For each UTF-16 unit of `text` how surely it was read, 0 to 1. */
  readonly sureness: readonly number[];
  readonly confidence: number;
}

/** What was read on one page, in points of the prepared page; what a page leaves behind when its picture is gone. */
export interface ReadPage {
  readonly lines: readonly PlacedLine[];
  readonly grids: readonly RuledGrid[];
  readonly strokes: readonly PointStroke[];
  readonly seals: readonly PlacedSeal[];
  readonly stamps: readonly Box[];
}

/** Lines of which the engine is less sure are read again, more exactly. */
const sureEnough = 0.82;
/** What is seen on the ring of a seal with less belief is the star, the gap below it, the frame. */
const leastOnRing = 0.2;
/** What reads worse than this is no text: hatching, signatures, dirt. */
const leastConfidence = 0.42;

export interface LineTask {
  readonly line: FoundLine;
  readonly strip: Strip;
  readonly reading: LineReading;
}

/** Reads all lines of a page with one engine; lines that were not read surely are read a second time, carefully. */
export async function readLines(
  page: FoundPage,
  reader: LineReader,
  signal: AbortSignal | undefined,
): Promise<LineTask[]> {
  const options = signal ? { signal } : {};
  const strips = page.lines.map((line): Strip => (line.stacked ? cutStacked(page, line) : cutStrip(page, line)));
  let readings = await reader.readLines(strips, options);
  const isDoubtful = (reading: LineReading, i: number): boolean =>
    worst(reading.characters) < sureEnough ||
    (page.lines[i]!.cell !== null && inkedCharacters(reading).length === 0) ||
    holdsFigures(reading) ||
    hasUnreadInk(strips[i]!, reading);
  // Others read no otherwise when careful.
  const doubtful = reader.name === 'pp' ? readings.flatMap((reading, i) => (isDoubtful(reading, i) ? [i] : [])) : [];
  const again = await reader.readLines(
    doubtful.map((i) => strips[i]!),
    { ...options, careful: true },
  );
  doubtful.forEach((i, k) => {
    if (isBetter(again[k]!, readings[i]!)) readings[i] = withDoubtsOf(readings[i]!, again[k]!);
  });
  readings = await fillHoles(strips, readings, reader, options);
  for (const [i, line] of page.lines.entries()) {
    if (line.color === 'red' || line.stacked || !isUnderSeal(page, line)) continue;
    const variants = await reader.readLines(cutUnderSeal(page, line), { ...options, careful: true });
    readings[i] = chooseDate([...variants, readings[i]!]) ?? voteReadings([...variants, readings[i]!]);
  }
  return page.lines.map((line, i) => ({
    line,
    strip: strips[i]!,
    reading: addColons(strips[i]!, tellSemicolons(strips[i]!, readings[i]!)),
  }));
}

/**
 * Whether a careful reading is to be preferred: it sees what was passed over, and figures better; but what it passes over
 * itself (一, which is flat) was there unless the hasty reading hardly believed in it.
 */
function isBetter(careful: LineReading, fast: LineReading): boolean {
  const [inked, before] = [inkedCharacters(careful), inkedCharacters(fast)];
  if (inked.length < before.length) return belief(inked) >= belief(before);
  const leeway = careful.characters.length > fast.characters.length ? 0.12 : holdsFigures(fast) ? 0.02 : 0;
  return mean(careful.characters) >= mean(fast.characters) - leeway;
}

const inkedCharacters = ({ characters }: LineReading): ReadCharacter[] =>
  characters.filter((c) => c.text.trim() !== '');

const belief = (characters: readonly ReadCharacter[]): number =>
  characters.reduce((sum, c) => sum + c.confidence - 0.5, 0);

const wholeDate =
  /^(?:(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日|[一二][〇一九零○][〇一二三四五六七八九零○]{2}年十?[一二三四五六七八九十]月[一二三四五六七八九十]{1,3}日)$/u;

/** Of several readings of a line under a seal the surest that is a date, where any of them is. */
function chooseDate(readings: readonly LineReading[]): LineReading | undefined {
  const dates = readings.filter((reading) => wholeDate.test(readingText(reading).replace(/\s/g, '')));
  if (dates.length === 0) return undefined;
  const voted = voteReadings(dates);
  return wholeDate.test(readingText(voted).replace(/\s/g, '')) ? voted : dates[0];
}

/** Numbers and addresses: digits and letters stand close, and are lost first when lines are narrowed for reading. */
const holdsFigures = (reading: LineReading): boolean => /@|\d{4}|[〔［[（(]\d/.test(readingText(reading));

const worst = (characters: readonly ReadCharacter[]): number => Math.min(1, ...characters.map((c) => c.confidence));

export const mean = (characters: readonly { confidence: number }[]): number =>
  characters.length === 0 ? 0 : characters.reduce((sum, c) => sum + c.confidence, 0) / characters.length;

/** A reading set at its place on the page; undefined where it is not credible as text. */
export function placeLine(task: LineTask, page: FoundPage, scale: number): PlacedLine | undefined {
  const { line, reading } = task;
  const characters = withoutGhosts(
    reading.characters.filter((c) => c.text.trim() !== ''),
    line,
  );
  const average = mean(characters);
  // A stroke that slants as marks do is no 1, which stands upright.
  if (line.mark && (average < 0.7 || /^[/\\丶丿、ノ`|1Il丨!]$/.test(characters.map((c) => c.text).join('')))) {
    const box: Box = [line.x0 / scale, line.y0 / scale, line.x1 / scale, line.y1 / scale];
    const character = { text: line.mark, x0: box[0], x1: box[2], confidence: 0.96, second: null, other: null };
    return { characters: [character], box, size: line.em / scale, color: line.color, stacked: null };
  }
  if (characters.length === 0) return undefined;
  // What is as flat as a stroke is no character of any height: the end of a rule, a fold.
  const flat = line.y1 - line.y0 < 0.4 * line.em;
  if (!line.cell && flat && characters.some((c) => !/^[一—–－\-_.…·，、。]$/.test(c.text))) return undefined;
  if (characters.every((c) => /^[，。、；：,.;:]$/.test(c.text))) return undefined;
  // Dashes alone are what is left of a rule; in cells they are marks.
  if (!line.cell && characters.every((c) => /^[-—–―－_.·'`,、|]$/.test(c.text))) return undefined;
  // What stands alone in a cell is a figure more often than dirt: lost, it would be a blank.
  const isDirt = characters.length <= 2 && !line.cell && average < leastConfidence + 0.15;
  if (average < leastConfidence || isDirt) return undefined;
  const box: Box = [line.x0 / scale, line.y0 / scale, line.x1 / scale, line.y1 / scale];
  if (line.stacked) return placeStacked(line, characters, box, scale);
  const { left } = cutStrip(page, line);
  const centres = characters.map((c) => (left + c.x) / scale);
  const size = characterPitch(characters, centres, line.em / scale);
  return {
    characters: placeCharacters(characters, centres, size, box),
    box,
    size,
    color: line.color,
    stacked: null,
  };
}

/** Where the middle of the ink of a mark that fills half its cell stands in that cell, from its left. */
const inkMiddles: readonly (readonly [marks: RegExp, middle: number])[] = [
  [/[（《〈【〔“‘「『［｛]/, 0.72],
  [/[）》〉】〕”’」』］｝，。、；：！？]/, 0.28],
];
/** A gap between two cells is a space from this share of the size on; nearer ones meet half way. */
const leastSpace = 0.6;

/** The cells of characters from where the middle of their ink was read, which is some tenths of a character off. */
function placeCharacters(
  characters: readonly ReadCharacter[],
  centres: readonly number[],
  size: number,
  box: Box,
): PlacedCharacter[] {
  const cells = characters.map(({ text }, i) => {
    const width = isFullWidth(text) ? size : 0.52 * size;
    const middle = isFullWidth(text) ? (inkMiddles.find(([marks]) => marks.test(text))?.[1] ?? 0.5) : 0.5;
    return { x0: centres[i]! - middle * width, x1: centres[i]! + (1 - middle) * width };
  });
  for (let i = 1; i < cells.length; i++) {
    const [before, cell] = [cells[i - 1]!, cells[i]!];
    if (cell.x0 - before.x1 > leastSpace * size) continue;
    // Two marks set close have their ink between the middles of their cells.
    const meeting = Math.min(Math.max((before.x1 + cell.x0) / 2, centres[i - 1]!), centres[i]!);
    before.x1 = meeting;
    cell.x0 = meeting;
  }
  return characters.map((c, i): PlacedCharacter => {
    const x0 = Math.max(cells[i]!.x0, box[0] - 0.55 * size);
    return {
      text: c.text,
      x0,
      x1: Math.max(x0 + 0.1, Math.min(cells[i]!.x1, box[2] + 0.55 * size)),
      confidence: c.confidence,
      second: c.second,
      ...(c.rivals !== undefined && { rivals: c.rivals }),
      other: null,
    };
  });
}

/**
 * Without what the model sees between two characters or beside one: one of two Chinese characters that stand nearer
 * than characters can, an unsure one with no room of its own, and in letterheads, which are Chinese, anything else.
 */
function withoutGhosts(characters: readonly ReadCharacter[], line: FoundLine): ReadCharacter[] {
  if (line.stacked) return [...characters];
  const kept: ReadCharacter[] = [];
  for (const character of characters) {
    if (line.color === 'red' && !/[\p{Script=Han}（）()、]/u.test(character.text)) continue;
    const last = kept.at(-1);
    if (last && isHan(last.text) && isHan(character.text) && character.x - last.x < 0.55 * line.em) {
      if (Math.min(last.confidence, character.confidence) < 0.9 || line.color === 'red') {
        if (character.confidence > last.confidence) kept[kept.length - 1] = character;
        continue;
      }
    }
    kept.push(character);
  }
  return kept.filter((c, i) => {
    const [before, after] = [kept[i - 1], kept[i + 1]];
    if (c.confidence > 0.65 || !before || !after || !isHan(before.text) || !isHan(after.text)) return true;
    return after.x - before.x > 1.5 * line.em;
  });
}

function placeStacked(line: FoundLine, characters: readonly ReadCharacter[], box: Box, scale: number): PlacedLine {
  const boxes = line.stacked!.map(({ x0, y0, x1, y1 }): Box => [x0 / scale, y0 / scale, x1 / scale, y1 / scale]);
  const placed = characters.map((c, i): PlacedCharacter => {
    const own = boxes[Math.min(i, boxes.length - 1)]!;
    return { text: c.text, x0: own[0], x1: own[2], confidence: c.confidence, second: c.second, other: null };
  });
  return { characters: placed, box, size: line.em / scale, color: line.color, stacked: boxes };
}

export const isFullWidth = (text: string): boolean =>
  /[\u2014\u2018-\u201d\u2026\u2460-\u24ff\u2500-\u27bf\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]/.test(text);

/** The pitch of full-width characters where enough of them stand side by side, else the size by their height. */
function characterPitch(characters: readonly ReadCharacter[], centres: readonly number[], em: number): number {
  let [length, count] = [0, 0];
  for (let i = 1; i < characters.length; i++) {
    const pitch = centres[i]! - centres[i - 1]!;
    if (!isHan(characters[i]!.text) || !isHan(characters[i - 1]!.text) || pitch < 0.5 * em || pitch > 1.5 * em)
      continue;
    length += pitch;
    count++;
  }
  // Positions come in steps of a quarter of a character: only the mean over many is exact.
  if (count < 3) return em;
  const pitch = length / count;
  // Heights are the less exact: brackets, @ and dirt reach above and below the characters.
  return pitch > 0.66 * em && pitch < 1.3 * em ? pitch : em;
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Reads the text on the ring of each seal. */
export async function readSeals(
  page: FoundPage,
  reader: LineReader | null,
  scale: number,
  signal: AbortSignal | undefined,
): Promise<PlacedSeal[]> {
  const { red } = page;
  const boxOf = ({ x0, y0, x1, y1 }: PixelBox): Box => [x0 / scale, y0 / scale, x1 / scale, y1 / scale];
  if (!reader || !red || page.seals.length === 0)
    return page.seals.map((seal) => ({ box: boxOf(seal), text: null, sureness: [], confidence: 0.9 }));
  const strips = page.seals.map((seal): Strip => ({ image: unrollRing(red, seal), em: 48 }));
  const readings = await reader.readLines(strips, { careful: true, ...(signal ? { signal } : {}) });
  return page.seals.map((seal, i): PlacedSeal => {
    const characters = readings[i]!.characters.filter(
      (c) => c.confidence > leastOnRing && /[\p{Script=Han}\d()（）]/u.test(c.text),
    );
    const text = characters.map((c) => c.text).join('');
    const box = boxOf(seal);
    if (characters.length < 3 || mean(characters) < 0.5) return { box, text: null, sureness: [], confidence: 0.9 };
    return { box, text, sureness: characters.map((c) => c.confidence), confidence: mean(characters) };
  });
}
