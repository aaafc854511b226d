import type { PagePart } from '../compose.ts';
import type { PlacedCharacter } from '../readPage.ts';
import { type Correction, type Draft, draftText } from './draft.ts';

/** GB/T 9704-2012, 7.5: the number stands below the type area, which ends 35 mm above the foot of A4. */
const highest = 0.86;
/** What the dashes beside the number are taken for, or what is left of them. */
const loose = /^[-—–―─－一丨|_=~·.•口日]{0,2}(\d{1,4})[-—–―─－一丨|_=~·.•口日]{0,2}$/;
/** The same where they were taken for digits, too: then the number must be the expected one. */
const dashLike = '[-—–―─－一二三丨|_=~·.•口日1457]{0,2}';
const whole = /^[-—–―─－一]\d{1,4}[-—–―─－一]$/;

/**
 * Gives page numbers the two dashes that they are printed with, one of which poor scans swallow or deform (-2, 3口): else they
 * would be taken for text. The form is one witness; that the number is that of the page, or counts on from page to page, the
 * other.
 */
export function correctPageNumbers(parts: ReadonlyMap<PagePart, readonly Draft[]>): Correction[] {
  const atFoot = [...parts].flatMap(([part, drafts]) => lineAtFoot(part, drafts) ?? []);
  const found = atFoot.flatMap((draft) => {
    const match = loose.exec(draftText(draft));
    return match ? [{ draft, number: Number(match[1]) }] : [];
  });
  /** By how much numbers are ahead of pages, where they were read with both dashes: notices in one file count anew. */
  const ahead = new Set(
    found.filter(({ draft }) => whole.test(draftText(draft))).map(({ draft, number }) => number - draft.page),
  );
  return atFoot.flatMap((draft): Correction[] => {
    const was = draftText(draft);
    // A number without anything beside it may be printed so.
    if (whole.test(was) || /^\d+$/.test(was)) return [];
    const read = found.find((one) => one.draft === draft)?.number;
    const counts = found.some(
      (other) => other.draft !== draft && read !== undefined && other.number - other.draft.page === read - draft.page,
    );
    const expected = [...ahead].map((by) => draft.page + by);
    const own = [...expected, draft.page].filter((number) => number === read);
    // That of the page comes last: the digits of a number that counts on would be taken for dashes.
    const possible = [...own, ...expected, ...(counts ? [read!] : []), draft.page];
    const placeOf = (number: number): RegExpExecArray | null =>
      new RegExp(`^(${dashLike})${number}${dashLike}$`).exec(was);
    const right = possible.find((number) => placeOf(number) !== null);
    const place = right === undefined ? null : placeOf(right);
    if (!place) return [];
    const became = `—${right}—`;
    draft.characters.splice(0, draft.characters.length, ...spread(draft, place[1]!.length, String(right).length));
    return [{ page: draft.page, kind: 'corrected', was, became, because: '页码的书写格式' }];
  });
}

/** The lowest line of a page, where it stands alone below the type area and outside of tables. */
function lineAtFoot({ height, grids }: PagePart, drafts: readonly Draft[]): Draft | undefined {
  const top = (draft: Draft): number => draft.line.box[1];
  const [lowest, ...others] = [...drafts].sort((a, b) => top(b) - top(a));
  if (!lowest || top(lowest) < highest * height || grids.some(({ box }) => box[3] > top(lowest))) return undefined;
  const beside = others.filter((other) => other.line.box[3] > top(lowest));
  if (beside.length === 0) return lowest;
  // A dash that was read as a line of its own stands beside the number.
  const row = [lowest, ...beside].sort((a, b) => a.line.box[0] - b.line.box[0]);
  const width = row.at(-1)!.line.box[2] - row[0]!.line.box[0];
  if (row.length > 3 || row.some((draft) => draft.characters.length > 4) || width > 6 * lowest.line.size)
    return undefined;
  const [first, ...rest] = row;
  for (const { characters } of rest) first!.characters.push(...characters.splice(0));
  return first;
}

/** The digits stay where they were read; the dashes take the ends of the line. */
function spread(draft: Draft, start: number, length: number): PlacedCharacter[] {
  const { characters, line } = draft;
  const was = draftText(draft);
  const digits = characters.slice(start, start + length);
  const [from, to] = [digits[0]!.x0, digits.at(-1)!.x1];
  const half = line.size / 2;
  const dash = { text: '—', confidence: 0.9, second: null, corrected: true } as const;
  return [
    { ...dash, x0: Math.min(line.box[0], from - half), x1: from, other: was },
    ...digits,
    { ...dash, x0: to, x1: Math.max(line.box[2], to + half), other: '' },
  ];
}
