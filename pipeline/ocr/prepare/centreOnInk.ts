import { type Gray, inkLevel } from './raster.ts';

/** Two characters part in the middle half of the way from one to the other. */
const partingShare = 0.25;
/** A character reaches no further from where it was read, in ems. */
const reach = 0.62;
/** Farther than this off, in ems, it is other ink: a seal, a rule. */
const mostShift = 0.25;

/**
 * Moves characters to the middle of their ink. A recogniser tells places in steps of a third of a character; between
 * two characters there is a column with the least ink. `x`: pixels of the strip, ascending.
 */
export function centreOnInk<C extends { readonly x: number }>(image: Gray, em: number, characters: readonly C[]): C[] {
  const inked = inkColumns(image);
  const partings = characters.slice(1).map((next, i) => {
    const [from, to] = [characters[i]!.x, next.x];
    const margin = (to - from) * partingShare;
    return leastInk(inked, Math.round(from + margin), Math.round(to - margin));
  });
  return characters.map((character, i) => {
    const from = Math.max(0, Math.round(character.x - reach * em), partings[i - 1] ?? 0);
    const to = Math.min(image.width, Math.round(character.x + reach * em), partings[i] ?? image.width);
    let [first, last] = [from, to - 1];
    while (first <= last && inked[first] === 0) first++;
    while (last >= first && inked[last] === 0) last--;
    const x = (first + last + 1) / 2;
    return last < first || Math.abs(x - character.x) > mostShift * em ? character : { ...character, x };
  });
}

/** How many pixels of ink each column has. */
function inkColumns(image: Gray): Uint16Array {
  const level = inkLevel(image);
  const inked = new Uint16Array(image.width);
  for (let at = 0; at < image.data.length; at++) if (image.data[at]! < level) inked[at % image.width]!++;
  return inked;
}

/** The column with the least ink of a range; of several the one nearest to the middle. */
function leastInk(inked: Uint16Array, from: number, to: number): number {
  const middle = (from + to) / 2;
  let best = Math.round(middle);
  for (let x = from; x <= to; x++) {
    const [less, same] = [inked[x]! < inked[best]!, inked[x] === inked[best]];
    if (less || (same && Math.abs(x - middle) < Math.abs(best - middle))) best = x;
  }
  return best;
}
