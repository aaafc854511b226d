import type { LineReading, ReadCharacter, Strip } from './engine.ts';
import { type Gray, inkLevel } from './prepare/raster.ts';

/** The lower mark of ； has a tail: as many times the ink of its upper mark, at least; the two of ： are alike. */
const leastTail = 1.3;
/** Half the width that is looked at, in ems. */
const reach = 0.25;

/**
 * Semicolons that were read as colons, as small print makes them alike: where the engine wavered between the two, and
 * the ink has a tail. The other way round nothing follows, as a blurred tail is lost.
 */
export function tellSemicolons({ image, em }: Strip, { characters }: LineReading): LineReading {
  const told = (c: ReadCharacter): ReadCharacter => {
    if (!/^[：:]$/.test(c.text) || !/^[；;]$/.test(c.second ?? '')) return c;
    const ratio = lowerToUpper(image, c.x - reach * em, c.x + reach * em);
    return ratio !== null && ratio >= leastTail ? { ...c, text: '；', second: c.text } : c;
  };
  return { characters: characters.map(told) };
}

/** The ink of the lower of two marks by that of the upper one; null where there are not two. */
function lowerToUpper(image: Gray, from: number, to: number): number | null {
  const level = inkLevel(image);
  const [x0, x1] = [Math.max(0, Math.round(from)), Math.min(image.width, Math.round(to))];
  const marks: number[] = [];
  let inMark = false;
  for (let y = 0; y < image.height; y++) {
    let ink = 0;
    for (let x = x0; x < x1; x++) ink += Math.max(0, level - image.data[y * image.width + x]!);
    if (ink > 0 && inMark) marks[marks.length - 1]! += ink;
    else if (ink > 0) marks.push(ink);
    inMark = ink > 0;
  }
  return marks.length === 2 ? marks[1]! / marks[0]! : null;
}
