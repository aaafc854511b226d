import type { PlacedCharacter, PlacedSeal } from '../readPage.ts';
import { type Alignment, align, type Difference } from './alignment.ts';
import { bodySize, type Correction, type Draft, draftText } from './draft.ts';
import { correctSeal } from './seals.ts';

/** A character that was read more surely is left as it is: what differs may be what is printed. */
const unsure = 0.95;
const leastShare = 0.6;
/** Share of a line's characters that a ring has, for it to be that body's. */
const leastOnRing = 0.5;
/** A character of a ring read more surely counts beside one of the line that is as doubtful as `doubtful`. */
const sureOnRing = 0.9;
const doubtful = 0.7;
/** Room in ems that a character which was passed over has, at least. */
const leastRoom = 0.62;

/** A name and what it is known from. */
interface KnownName {
  readonly name: string;
  /** The letterhead counts twice, as it cannot be by chance. */
  readonly witnesses: number;
  /** Lines on which it was read; a line is no witness for itself. */
  readonly lines: readonly Draft[];
}

/**
 * A name on a line of its own that was read unsurely (signatures under seals) becomes the name that stands elsewhere:
 * in the letterhead, on the seal, in other lines. The characters that agree are one witness, the place elsewhere is the
 * other; where only one such place exists and it is not red (letterhead or seal), the name is only proposed. What is
 * dropped must have been doubtful, and what is put in must have room. Where a document has no such name, a character
 * that was hardly read becomes the one that stands in its place on the ring of a seal.
 */
export function correctSignatures(
  drafts: readonly Draft[],
  seals: readonly PlacedSeal[],
  isSealed: (draft: Draft) => boolean,
): Correction[] {
  const known = knownNames(drafts, seals);
  const size = bodySize(drafts);
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    const text = draftText(draft);
    if (text.length < 3 || text.length > 32 || draft.line.color === 'red' || draft.line.stacked) continue;
    if (!/\p{Script=Han}{2}/u.test(text)) continue;
    const others = known.filter(({ lines }) => lines.length === 0 || lines.some((line) => line !== draft));
    if (others.some(({ name }) => name === text)) continue;
    const [best] = others
      .map((other) => ({ ...other, alignment: align(text, other.name) }))
      .map((other) => ({ ...other, share: other.alignment.common / Math.max(text.length, other.name.length) }))
      .filter(({ alignment, share }) => share >= leastShare && fits(draft, alignment, isSealed(draft), size))
      // Rings lose characters: one alone tells which stands at a place, not how many there are.
      .filter(({ lines, alignment }) => lines.length > 0 || isOfRing(draft, alignment))
      .sort((a, b) => b.share - a.share || b.witnesses - a.witnesses);
    if (!best) {
      corrections.push(...correctByRing(draft, seals));
      continue;
    }
    const kind = best.witnesses >= 2 || best.share >= 0.75 ? 'corrected' : 'proposed';
    if (kind === 'corrected') replaceName(draft, best.alignment);
    corrections.push({
      page: draft.page,
      kind,
      was: text,
      became: best.name,
      because: '文头、印章或文中他处的同一名称',
    });
  }
  return corrections;
}

/** Names of bodies, and in how many places they stand. */
function knownNames(drafts: readonly Draft[], seals: readonly PlacedSeal[]): KnownName[] {
  const known = new Map<string, { witnesses: number; lines: Draft[] }>();
  const add = (name: string, weight: number, line: Draft | null): void => {
    if (!/^\p{Script=Han}{4,30}$/u.test(name)) return;
    const before = known.get(name) ?? { witnesses: 0, lines: [] };
    known.set(name, { witnesses: before.witnesses + weight, lines: line ? [...before.lines, line] : before.lines });
  };
  const text = drafts.map(draftText).join('\n');
  for (const draft of drafts) {
    const worst = Math.min(...draft.characters.map((c) => c.confidence));
    const line = draftText(draft);
    const name = line.replace(/文件$/, '');
    if (draft.line.color === 'red') {
      // Large print: one rare character may be unsure (潞); then it only counts where the line is as unsure there.
      const [least = 1, next = 1] = draft.characters.map((c) => c.confidence).sort((a, b) => a - b);
      if (least < 0.45 || next < doubtful) continue;
      // Where the same name stands in the running text, it is a name beyond doubt.
      add(name, text.split(name).length > 2 ? 3 : 2, draft);
    } else if (worst >= 0.94 && line.length <= 26 && endsAsBody.test(name)) {
      add(name, 1, draft);
      // 版记 names the office of the body that issues (GB/T 9704-2012, 7.4.3).
      const body = name.replace(/办公室$/, '');
      if (body !== name && endsAsBody.test(body)) add(body, 1, draft);
    }
  }
  const printed = [...known.keys()];
  for (const seal of seals) {
    const name = correctSeal(seal, printed);
    if (name !== null) add(name, 1, null);
  }
  return [...known].map(([name, rest]) => ({ name, ...rest }));
}

const endsAsBody = /(?:局|厅|委员会|政府|办公室|部|院|中心|公司|学校|大学|总队|支队|大队|委)$/;

const isOfRing = ({ characters }: Draft, { differences }: Alignment): boolean =>
  differences.every(
    ({ from, to, text }) => text.length === to - from && characters.slice(from, to).every((c) => !c.corrected),
  );

/** Whether all in which a name differs from what was read can have been misread. */
const fits = (draft: Draft, { differences }: Alignment, sealed: boolean, size: number): boolean => {
  const lacking = differences.reduce((sum, { from, to, text }) => sum + text.length - (to - from), 0);
  // A seal hides a character wholly, and its neighbours are then placed as if it were none.
  const hidden = sealed && lacking === 1;
  return differences.every((difference) => canBeMisread(draft, difference, hidden, size));
};

function canBeMisread(draft: Draft, { from, to, text }: Difference, hidden: boolean, size: number): boolean {
  const { characters, line } = draft;
  const read = characters.slice(from, to);
  if (read.some((c) => c.confidence >= unsure)) return false;
  // 第一中学 and 第二中学 are two.
  if (numeral.test(text) && read.some((c) => numeral.test(c.text))) return false;
  if (hidden || text.length <= read.length) return true;
  // Places of characters are told roughly beside one that was passed over; the length of the line is exact, and
  // signatures are as large as the text.
  const pitch = Math.min(line.size, size);
  const lacking = text.length - read.length;
  if ((line.box[2] - line.box[0]) / pitch >= characters.length + lacking - 0.5) return true;
  const [before, after] = [characters[from - 1], characters[to]];
  const left = before ? (before.x0 + before.x1) / 2 + pitch / 2 : line.box[0];
  const right = after ? (after.x0 + after.x1) / 2 - pitch / 2 : line.box[2];
  return (right - left) / pitch >= leastRoom * text.length;
}

const numeral = /[一二三四五六七八九十\d]/;

/** Puts in what differs, evenly where it stands, or at the places of the characters that it replaces. */
function replaceName(draft: Draft, { differences }: Alignment): void {
  const { characters, line } = draft;
  for (const { from, to, text } of [...differences].reverse()) {
    const read = characters.slice(from, to);
    const left = characters[from - 1]?.x1 ?? Math.min(line.box[0], characters[0]?.x0 ?? line.box[0]);
    const right = characters[to]?.x0 ?? Math.max(line.box[2], characters.at(-1)?.x1 ?? line.box[2]);
    const width = Math.max(0.1, (right - left) / Math.max(1, text.length));
    const same = read.length === text.length;
    const lost = read.map((c) => c.text).join('');
    const right1 = [...text].map((character, i): PlacedCharacter => {
      const x0 = same ? read[i]!.x0 : left + i * width;
      const x1 = same ? read[i]!.x1 : x0 + width;
      const other = same ? read[i]!.text : i === 0 ? lost : '';
      return { text: character, x0, x1, confidence: 0.85, second: null, other, corrected: true };
    });
    characters.splice(from, to - from, ...right1);
    // What was dropped altogether stays as the other reading of what stands beside it.
    const beside = text === '' ? Math.min(from, characters.length - 1) : -1;
    const neighbour = characters[beside];
    if (neighbour)
      characters[beside] = {
        ...neighbour,
        confidence: Math.min(neighbour.confidence, 0.9),
        other: beside === from ? lost + neighbour.text : neighbour.text + lost,
      };
  }
}

/** Characters of a line that were hardly read, where the ring of a seal surely has others in their places. */
function correctByRing(draft: Draft, seals: readonly PlacedSeal[]): Correction[] {
  const was = draftText(draft);
  for (const { text, sureness } of seals) {
    if (text === null) continue;
    const { differences, common } = align(was, text);
    if (common < leastOnRing * was.length) continue;
    let at = 0;
    let shift = 0;
    for (const { from, to, text: seen } of differences) {
      at = from + shift;
      shift += seen.length - (to - from);
      if (seen.length !== to - from) continue;
      [...seen].forEach((character, i) => {
        const read = draft.characters[from + i]!;
        if (read.corrected || read.confidence > doubtful || (sureness[at + i] ?? 0) < sureOnRing) return;
        draft.characters[from + i] = { ...read, text: character, confidence: 0.8, other: read.text, corrected: true };
      });
    }
    const became = draftText(draft);
    if (became !== was) return [{ page: draft.page, kind: 'corrected', was, became, because: '印章环文' }];
  }
  return [];
}
