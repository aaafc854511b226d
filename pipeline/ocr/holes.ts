import type { LineReader, LineReading, ReadCharacter, ReadOptions, Strip } from './engine.ts';
import { cropGray, type Gray, inkLevel } from './prepare/raster.ts';

/** Ink that no character accounts for: a range of the strip, and before which character it stands. */
interface Hole {
  readonly from: number;
  readonly to: number;
  readonly before: number;
}

/** Width in ems of what may stand unread: less is a mark, or the side of a wide character. */
const leastInk = 0.55;
const leastConfidence = 0.6;

/**
 * Reads again, by themselves, pieces of lines that have ink but no character: the recogniser passes over characters at
 * the ends of short lines and over whole words of long ones. Gives the readings with what was found put in.
 */
export async function fillHoles(
  strips: readonly Strip[],
  readings: readonly LineReading[],
  reader: LineReader,
  options: ReadOptions,
): Promise<LineReading[]> {
  // Places of tesseract.js are too rough to tell.
  if (reader.name !== 'pp') return [...readings];
  const holes = strips.flatMap((strip, line) => findHoles(strip, readings[line]!).map((hole) => ({ line, hole })));
  if (holes.length === 0) return [...readings];
  const pieces = holes.map(({ line, hole }): Strip => {
    const { image, em } = strips[line]!;
    return {
      image: framed(cropGray(image, { x0: hole.from, y0: 0, x1: hole.to, y1: image.height }), Math.ceil(em / 4)),
      em,
    };
  });
  const found = await reader.readLines(pieces, { ...options, careful: true });
  const filled = readings.map((reading) => [...reading.characters]);
  // From the last to the first, so that indices stay true.
  for (let i = holes.length - 1; i >= 0; i--) {
    const { line, hole } = holes[i]!;
    const margin = Math.ceil(strips[line]!.em / 4);
    const added = found[i]!.characters.filter(
      (c) => c.confidence > leastConfidence && /[\p{Script=Han}\dA-Za-z（）()：]/u.test(c.text),
    ).map((c): ReadCharacter => ({ ...c, x: c.x - margin + hole.from, confidence: Math.min(c.confidence, 0.9) }));
    filled[line]!.splice(hole.before, 0, ...added);
  }
  return filled.map((characters) => ({ characters }));
}

/** Whether a line has ink that no character accounts for, be it only a bracket or a comma. */
export const hasUnreadInk = (strip: Strip, reading: LineReading): boolean => findHoles(strip, reading, 0.12).length > 0;

/** Whether there is ink between two columns of a strip. */
export const hasInk = (image: Gray, from: number, to: number): boolean =>
  inkedRange(image, Math.max(0, Math.round(from)), Math.min(image.width, Math.round(to)), inkLevel(image)) !== null;

/** Only lines that have been read at all have holes. `least`: width of the ink, in ems. */
export function findHoles({ image, em }: Strip, { characters }: LineReading, least = leastInk): Hole[] {
  const inked = characters.filter((c) => c.text.trim() !== '');
  if (inked.length === 0) return [];
  const holes: Hole[] = [];
  const dark = inkLevel(image);
  const reach = (c: ReadCharacter): number => (/[\u0021-\u007e]/.test(c.text) ? 0.4 : 0.62) * em;
  for (let i = 0; i <= characters.length; i++) {
    const [last, next] = [characters[i - 1], characters[i]];
    const from = Math.round(last ? last.x + reach(last) : 0);
    const to = Math.round(next ? next.x - reach(next) : image.width);
    if (to - from < Math.min(leastInk, least + 0.28) * em) continue;
    const ink = inkedRange(image, Math.max(0, from), Math.min(image.width, to), dark);
    if (ink && ink.columns > least * em * 0.6 && ink.to - ink.from > least * em)
      holes.push({ from: ink.from, to: ink.to, before: i });
  }
  return holes;
}

/** From the first to the last column with ink, and how many there are. */
function inkedRange(
  image: Gray,
  from: number,
  to: number,
  darkEnough: number,
): { from: number; to: number; columns: number } | null {
  let [first, last, columns] = [-1, -1, 0];
  for (let x = from; x < to; x++) {
    let dark = 0;
    for (let y = 0; y < image.height; y++) if (image.data[y * image.width + x]! < darkEnough) dark++;
    if (dark < 2) continue;
    if (first < 0) first = x;
    last = x + 1;
    columns++;
  }
  return first < 0 ? null : { from: first, to: last, columns };
}

/** With white on both sides. */
function framed(image: Gray, margin: number): Gray {
  const width = image.width + 2 * margin;
  const data = new Uint8Array(width * image.height).fill(255);
  for (let y = 0; y < image.height; y++) {
    data.set(image.data.subarray(y * image.width, (y + 1) * image.width), y * width + margin);
  }
  return { width, height: image.height, data };
}
