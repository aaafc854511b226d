import type { Box } from '../../../models/index.ts';
import type { PlacedCharacter, PlacedLine } from '../readPage.ts';

/** A line while it is corrected: its characters, and the text they make. Spaces are not characters. */
export interface Draft {
  readonly page: number;
  readonly line: PlacedLine;
  readonly characters: PlacedCharacter[];
}

/** What was changed, or what would be if there were a second witness. */
export interface Correction {
  readonly page: number;
  readonly kind: 'corrected' | 'proposed';
  /** The words around the place, as read and as corrected. */
  readonly was: string;
  readonly became: string;
  /** Why, in the words of the user. */
  readonly because: string;
}

/** The lines whose middle lies in a box. */
export function draftsIn([x0, y0, x1, y1]: Box, drafts: readonly Draft[]): Draft[] {
  return drafts.filter(({ line: { box } }) => {
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    return x > x0 && x < x1 && y > y0 && y < y1;
  });
}

/** Size of the running text of a document, in points; 16 (三号, GB/T 9704-2012, 5.2.2) where it has none. */
export function bodySize(drafts: readonly Draft[]): number {
  const sizes = drafts.filter(({ characters }) => characters.length >= 12).map(({ line }) => line.size);
  return sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 16;
}

/** A correction is told with a few words on either side. */
export const around = (text: string, start: number, length: number, middle: string): string =>
  text.slice(Math.max(0, start - 6), start) + middle + text.slice(start + length, start + length + 6);

/** Puts another character in the place of one, and tells it. */
export function correctCharacter(draft: Draft, at: number, right: string, because: string): Correction {
  const text = draftText(draft);
  replaceCharacters(draft, at, right, 0.85);
  return {
    page: draft.page,
    kind: 'corrected',
    was: around(text, at, 1, text[at]!),
    became: around(text, at, 1, right),
    because,
  };
}

export const draftText = (draft: Draft): string => draft.characters.map((c) => c.text).join('');

/**
 * Puts other characters in the place of some (one for one), keeping what was read beside them. Characters are one
 * UTF-16 unit each, as the recognisers know no others.
 */
export function replaceCharacters(draft: Draft, start: number, text: string, confidence: number): void {
  for (let i = 0; i < text.length; i++) {
    const old = draft.characters[start + i];
    if (!old || old.text === text[i]) continue;
    draft.characters[start + i] = {
      ...old,
      text: text[i]!,
      confidence: Math.max(Math.min(old.confidence, confidence), Math.min(confidence, 0.9)),
      other: old.other && old.other !== text[i] ? old.other : old.text,
      corrected: true,
    };
  }
}
