import type { PlacedCharacter } from '../readPage.ts';
import { type Correction, type Draft, draftText } from './draft.ts';

/** A line that was read more surely is left as it is: what differs may be what is printed. */
const unsure = 0.9;
const leastShare = 0.6;

/**
 * A name on a line of its own that was read unsurely (signatures under seals) becomes the name that stands elsewhere:
 * in the letterhead, on the seal, in other lines. The characters that agree are one witness, the place elsewhere is the
 * other; where only one such place exists and it is not red (letterhead or seal), the name is only proposed.
 */
export function correctSignatures(drafts: readonly Draft[], sealNames: readonly string[]): Correction[] {
  const known = knownNames(drafts, sealNames);
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    const text = draftText(draft);
    if (text.length < 3 || text.length > 32 || draft.line.color === 'red' || !/\p{Script=Han}{2}/u.test(text)) continue;
    const doubtful = draft.characters.filter((c) => c.confidence < unsure).length;
    if (doubtful === 0 || known.has(text)) continue;
    const best = [...known]
      .map(([name, witnesses]) => ({ name, witnesses, share: likeness(text, name) }))
      .sort((a, b) => b.share - a.share)[0];
    if (!best || best.share < leastShare || Math.abs(best.name.length - text.length) > 2) continue;
    if (differingSurely(draft, best.name)) continue;
    const kind = best.witnesses >= 2 || best.share >= 0.75 ? 'corrected' : 'proposed';
    if (kind === 'corrected') draft.characters.splice(0, draft.characters.length, ...spread(draft, best.name));
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

/** Names of bodies and in how many places they stand; the letterhead and the seal count twice, as they cannot be by chance. */
function knownNames(drafts: readonly Draft[], sealNames: readonly string[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    if (/^\p{Script=Han}{4,30}$/u.test(name)) known.set(name, (known.get(name) ?? 0) + weight);
  };
  for (const name of sealNames) add(name, 1);
  const text = drafts.map(draftText).join('\n');
  for (const draft of drafts) {
    if (Math.min(...draft.characters.map((c) => c.confidence)) < 0.8) continue;
    const line = draftText(draft);
    const name = line.replace(/文件$/, '');
    if (draft.line.color === 'red') {
      add(name, 2);
      // Where the same name stands in the running text, it is a name beyond doubt.
      if (text.split(name).length > 2) add(name, 1);
    } else if (/(?:局|厅|委员会|政府|办公室|部|院|中心|公司|学校|大学|总队|支队|委)$/.test(name) && line.length <= 26)
      add(name, 1);
  }
  return known;
}

/** Share of characters in common, in order. */
function likeness(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      rows[i]![j] = a[i - 1] === b[j - 1] ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!);
    }
  }
  return rows[a.length]![b.length]! / Math.max(a.length, b.length);
}

/** Whether a character that was read surely speaks against the name. */
function differingSurely(draft: Draft, name: string): boolean {
  return draft.characters.some((c) => c.confidence >= 0.95 && !name.includes(c.text));
}

/** The name's characters set evenly where the line stands, or at the places of those they replace. */
function spread(draft: Draft, name: string): PlacedCharacter[] {
  const { characters, line } = draft;
  const same = characters.length === name.length;
  const width = (line.box[2] - line.box[0]) / name.length;
  return [...name].map((text, i): PlacedCharacter => {
    const old = same ? characters[i]! : undefined;
    const x0 = old?.x0 ?? line.box[0] + i * width;
    const x1 = old?.x1 ?? x0 + width;
    if (old && old.text === text) return old;
    return { text, x0, x1, confidence: 0.85, second: null, other: old ? old.text : i === 0 ? draftText(draft) : '' };
  });
}
