import type { LineReading, ReadCharacter, Strip } from './engine.ts';
import { type Gray, inkLevel } from './prepare/raster.ts';

/** Behind the middle of a Chinese character: where its own ink ends, at the earliest, in ems. */
const behind = 0.4;
/** What a dot of a colon measures at most each way, and how far the two stand apart at least, in ems. */
const dot = { widest: 0.26, highest: 0.26, apart: 0.14 } as const;
/** The ink of one dot by that of the other, at most. */
const leastAlike = 1.7;
/** How sure a colon is that no engine has read. */
const confidence = 0.75;

/**
 * Colons that were passed over: two dots of the same ink, one above the other, with nothing beside them, behind a
 * Chinese character. Recognisers leave them out at the end of short lines (各有关单位：) and before wide blanks (填报人：).
 */
export function addColons({ image, em }: Strip, reading: LineReading): LineReading {
  const characters = reading.characters.filter((c) => c.text.trim() !== '');
  const level = inkLevel(image) * 0.85;
  const found: ReadCharacter[] = [];
  characters.forEach((character, i) => {
    found.push(character);
    if (!/[\p{Script=Han}）]/u.test(character.text)) return;
    const next = characters[i + 1];
    const from = Math.round(character.x + behind * em);
    const to = Math.min(image.width, next ? Math.round(next.x - 0.7 * em) : Math.round(character.x + 1.7 * em));
    const x = colonBetween(image, from, to, em, level);
    if (x !== null) found.push({ text: '：', x, confidence, second: null });
  });
  return found.length === characters.length ? reading : { characters: found };
}

/** The middle of a colon that is all the ink between two columns; null where there is none. */
function colonBetween(image: Gray, from: number, to: number, em: number, level: number): number | null {
  const hasInkAt = (x: number): boolean => {
    for (let y = 0; y < image.height; y++) if (image.data[y * image.width + x]! < level) return true;
    return false;
  };
  let start = Math.max(0, from);
  // Ink that begins at once belongs to the character before.
  while (start < to && start < from + 0.25 * em && hasInkAt(start)) start++;
  let [first, last] = [-1, -1];
  const rows = new Float32Array(image.height);
  for (let x = start; x < to; x++) {
    for (let y = 0; y < image.height; y++) {
      const ink = level - image.data[y * image.width + x]!;
      if (ink <= 0) continue;
      if (first < 0) first = x;
      last = x;
      rows[y]! += ink;
    }
  }
  if (first <= start || last - first + 1 > dot.widest * em) return null;
  const dots: { y0: number; y1: number; ink: number }[] = [];
  rows.forEach((ink, y) => {
    if (ink === 0) return;
    const current = dots.at(-1);
    if (current && current.y1 === y) {
      current.y1 = y + 1;
      current.ink += ink;
    } else dots.push({ y0: y, y1: y + 1, ink });
  });
  const [upper, lower] = dots;
  if (!upper || !lower || dots.length !== 2) return null;
  const isDot = ({ y0, y1 }: { y0: number; y1: number }): boolean => y1 - y0 <= dot.highest * em;
  const alike = Math.max(upper.ink, lower.ink) <= leastAlike * Math.min(upper.ink, lower.ink);
  return isDot(upper) && isDot(lower) && lower.y0 - upper.y1 >= dot.apart * em && alike ? (first + last + 1) / 2 : null;
}
