import type { PagePart } from '../compose.ts';
import type { PlacedCharacter } from '../readPage.ts';
import { type Correction, type Draft, draftText } from './draft.ts';

/** GB/T 9704-2012, 7.5: the number stands below the type area, which ends 35 mm above the foot of A4. */
const highest = 0.86;
/** What the dashes beside the number are taken for, or what is left of them. */
const loose = /^[-—–―─－一丨|_=~·.•口日]{0,2}(\d{1,4})[-—–―─－一丨|_=~·.•口日]{0,2}$/;
const whole = /^[-—–―─－一]\d{1,4}[-—–―─－一]$/;

/**
 * Gives page numbers the two dashes that they are printed with, one of which poor scans swallow or deform (-2, 3口): else they
 * would be taken for text. The form is one witness; that the number is that of the page, or counts on from page to page, the
 * other.
 */
export function correctPageNumbers(parts: ReadonlyMap<PagePart, readonly Draft[]>): Correction[] {
  const found = [...parts].flatMap(([part, drafts]) => {
    const draft = lineAtFoot(part, drafts);
    const match = draft && loose.exec(draftText(draft));
    return draft && match ? [{ draft, number: Number(match[1]) }] : [];
  });
  return found.flatMap(({ draft, number }, i): Correction[] => {
    const was = draftText(draft);
    // A number without anything beside it may be printed so.
    if (whole.test(was) || /^\d+$/.test(was)) return [];
    const counts = found.some((other, k) => k !== i && other.number - other.draft.page === number - draft.page);
    if (number !== draft.page && !counts) return [];
    const became = `—${number}—`;
    draft.characters.splice(0, draft.characters.length, ...spread(draft, was));
    return [{ page: draft.page, kind: 'corrected', was, became, because: '页码的书写格式' }];
  });
}

/** The lowest line of a page, where it stands alone below the type area and outside of tables. */
function lineAtFoot({ height, grids }: PagePart, drafts: readonly Draft[]): Draft | undefined {
  const top = (draft: Draft): number => draft.line.box[1];
  const [lowest, next] = [...drafts].sort((a, b) => top(b) - top(a));
  if (!lowest || top(lowest) < highest * height) return undefined;
  const isAlone = !next || next.line.box[3] <= top(lowest);
  return isAlone && grids.every(({ box }) => box[3] <= top(lowest)) ? lowest : undefined;
}

/** The digits stay where they were read; the dashes take the ends of the line. */
function spread({ characters, line }: Draft, was: string): PlacedCharacter[] {
  const digits = characters.filter((c) => /\d/.test(c.text));
  const [from, to] = [digits[0]!.x0, digits.at(-1)!.x1];
  const half = line.size / 2;
  const dash = { text: '—', confidence: 0.9, second: null, corrected: true } as const;
  return [
    { ...dash, x0: Math.min(line.box[0], from - half), x1: from, other: was },
    ...digits,
    { ...dash, x0: to, x1: Math.max(line.box[2], to + half), other: '' },
  ];
}
