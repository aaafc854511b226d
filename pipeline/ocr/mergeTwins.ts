import type { ReadCharacter } from './engine.ts';

/** Share of the way between the middles of two characters that stand side by side: nearer ones are one. */
const leastWay = 0.86;
/** Of what is read as surely as this, both stand. */
const sure = 0.9;

/**
 * Characters that are one on paper, seen twice by a recogniser that wavers: 日 as 1 and 日, which makes the 21st of the
 * 2nd. They stand nearer than two can, and each is what was held second for the other, or both are the same Chinese
 * character. `em`: size of a full-width character, in the unit of `x`.
 */
export function mergeTwins(em: number, characters: readonly ReadCharacter[]): ReadCharacter[] {
  const merged: ReadCharacter[] = [];
  for (const character of characters) {
    const last = merged.at(-1);
    if (!last || !areTwins(last, character, em)) merged.push(character);
    else {
      const surer = character.confidence > last.confidence ? character : last;
      merged[merged.length - 1] = { ...surer, x: (last.x + character.x) / 2 };
    }
  }
  return merged;
}

function areTwins(a: ReadCharacter, b: ReadCharacter, em: number): boolean {
  if (Math.min(a.confidence, b.confidence) >= sure) return false;
  const crossed = a.second === b.text && b.second === a.text;
  if (!crossed && !(a.text === b.text && isHan(a.text))) return false;
  return b.x - a.x < ((widthOf(a) + widthOf(b)) / 2) * leastWay * em;
}

const isHan = (text: string): boolean => /^\p{Script=Han}$/u.test(text);
const widthOf = ({ text }: ReadCharacter): number => (/^[\u0020-\u007e]$/.test(text) ? 0.5 : 1);
