import type { PagePart } from '../../pipeline/ocr/compose.ts';
import type { Draft } from '../../pipeline/ocr/correct/draft.ts';
import { identity } from '../../pipeline/ocr/prepare/projective.ts';
import type { PlacedCharacter, PlacedLine } from '../../pipeline/ocr/readPage.ts';

interface Known {
  /** Of every character that `doubts` says nothing of. */
  readonly confidence?: number;
  readonly doubts?: Readonly<Record<number, Partial<PlacedCharacter>>>;
  readonly color?: 'black' | 'red';
  readonly readTwice?: boolean;
  readonly size?: number;
  readonly at?: readonly [x: number, y: number];
}

/** A line as if it had been read: characters side by side, 16 points each. */
export function lineOf(text: string, known: Known = {}): PlacedLine {
  const { confidence = 0.99, doubts = {}, color = 'black', readTwice = false, size = 16, at = [80, 100] } = known;
  const characters = [...text].map((character, i): PlacedCharacter => {
    const x0 = at[0] + i * size;
    return {
      text: character,
      x0,
      x1: x0 + size,
      confidence,
      second: null,
      other: null,
      ...(readTwice && { readTwice }),
      ...doubts[i],
    };
  });
  const box = [at[0], at[1], at[0] + characters.length * size, at[1] + size] as const;
  return { characters, box, size, color, stacked: null };
}

export const draftOf = (text: string, known: Known = {}, page = 1): Draft => {
  const line = lineOf(text, known);
  return { page, line, characters: [...line.characters] };
};

/** A page of A4 with nothing on it but what is given. */
export const partOf = (known: Partial<PagePart>): PagePart => ({
  lines: [],
  grids: [],
  strokes: [],
  seals: [],
  stamps: [],
  width: 595,
  height: 842,
  toPage: identity,
  ...known,
});
