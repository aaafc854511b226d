import { ancestors, type RegionEntry, type RegionIndex } from '../../../models/text/regions.ts';
import type { PlacedCharacter } from '../readPage.ts';
import { around, type Correction, correctCharacter, type Draft, draftText, replaceCharacters } from './draft.ts';

/** A character read less surely than this is a witness against itself. */
const unsure = 0.9;

/** Suffixes of divisions. */
const divisionEnd = /[县区市旗省]/;

interface Place {
  readonly draft: Draft;
  /** Of the first of the three characters. */
  readonly start: number;
}

/**
 * Corrects names of administrative divisions that do not exist but differ by one character from one that does: one that
 * another reading of the place has, or one within or above the divisions that the document names. Two witnesses are
 * needed: the list of divisions, and anywhere in the document where the wrong character was read the other engine or
 * the engine's second choice; or the right name elsewhere as often; or that the engine was unsure, for a single place,
 * and for any where it does not have the right character at all (埇桥区, 鄠邑区). Names invented for a work group or a
 * zone have no such witness.
 */
export function correctDivisions(
  drafts: readonly Draft[],
  index: RegionIndex,
  canRead: (character: string) => boolean = () => true,
): Correction[] {
  const corrections: Correction[] = [];
  const text = drafts.map(draftText).join('\n');
  const named = namedDivisions(text, index);
  const above = new Set([...named].flatMap((code) => parentsOf(code, index)));
  const count = (name: string): number => text.split(name).length - 1;
  const doubted = doubtedCharacters(drafts);
  const codes = firstOfCodes(drafts);
  for (const [name, places] of unknownNames(drafts, index)) {
    const near = similarDivisions(name, index);
    // What another reading of the very place says is one of them, wherever it lies.
    const seen = near.filter((entry) => isReadAs(entry, name, places, readOtherwise));
    const possible = near.filter((entry) => isReadAs(entry, name, places, heldPossible));
    const within = near.filter((entry) => isNamed(entry, named, above, index));
    // Of those the engine cannot read there are few enough to know one without its prefecture.
    const unreadable = near.filter((entry) => !canRead(entry.name[differsAt(entry, name)]!));
    // The code of a document number begins with a character of the issuing body's division.
    const coded = near.filter((entry) => {
      const right = entry.name[differsAt(entry, name)]!;
      return codes.read.has(right) || (codes.possible.has(right) && (seen.includes(entry) || possible.includes(entry)));
    });
    const [only] = [coded, seen, within, possible, unreadable].find((entries) => entries.length === 1) ?? [];
    if (!only) continue;
    const at = differsAt(only, name);
    const right = only.name[at]!;
    const characters = places.map(({ draft, start }) => draft.characters[start + at]!);
    const confirmed =
      doubted.has(`${name[at]}>${right}`) ||
      coded.includes(only) ||
      count(only.name) >= places.length ||
      ((characters.length === 1 || !canRead(right)) && characters.some((c) => c.confidence < unsure));
    if (!confirmed && places.length > 1) continue;
    for (const { draft, start } of places) {
      const line = draftText(draft);
      if (confirmed) replaceCharacters(draft, start, only.name, 0.85);
      corrections.push({
        page: draft.page,
        kind: confirmed ? 'corrected' : 'proposed',
        was: around(line, start, 3, name),
        became: around(line, start, 3, only.name),
        because: `行政区划中没有“${name}”`,
      });
    }
  }
  return [...corrections, ...correctByCode(drafts, codes.read, index)];
}

/**
 * The division at the beginning of a signature that exists, but of which the document number knows nothing (湖州市 under
 * 澜农发〔2025〕3号): another one that has the number's character where the engine held it possible.
 */
function correctByCode(drafts: readonly Draft[], codes: ReadonlySet<string>, index: RegionIndex): Correction[] {
  return drafts.flatMap((draft): Correction[] => {
    const text = draftText(draft);
    const name = text.slice(0, 3);
    if (text.length > 26 || !/[局厅委府院办室]$/.test(text) || !index.byName.has(name)) return [];
    if ([...name].some((character) => codes.has(character))) return [];
    const [only, ...others] = similarDivisions(name, index).filter((entry) => {
      const at = differsAt(entry, name);
      const character = draft.characters[at]!;
      return (
        codes.has(entry.name[at]!) &&
        [...readOtherwise(character), ...heldPossible(character)].includes(entry.name[at]!)
      );
    });
    if (!only || others.length > 0) return [];
    return [correctCharacter(draft, differsAt(only, name), only.name[differsAt(only, name)]!, '发文字号中的机关代字')];
  });
}

/** Whether one of the places where a name was read was read as a division by the other engine, or nearly by the first. */
function isReadAs(
  entry: RegionEntry,
  name: string,
  places: readonly Place[],
  readings: (character: PlacedCharacter) => readonly (string | null)[],
): boolean {
  const at = differsAt(entry, name);
  return places.some(({ draft, start }) => readings(draft.characters[start + at]!).includes(entry.name[at]!));
}

const readOtherwise = ({ other, second }: PlacedCharacter): readonly (string | null)[] => [other, second];
const heldPossible = ({ rivals = '' }: PlacedCharacter): readonly string[] => [...rivals];

/** What was read, and what the other engine or the second choice was there, of all places where these differ. */
function doubtedCharacters(drafts: readonly Draft[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { text, other, second, rivals = '' } of drafts.flatMap((draft) => draft.characters)) {
    for (const choice of [other, second, ...rivals]) {
      if (choice === null || choice === text) continue;
      // What is taken for something else at one place is what that was taken for at another.
      found.add(`${text}>${choice}`).add(`${choice}>${text}`);
    }
  }
  return found;
}

/** What the first characters of document numbers were read as, and what else was held possible. */
function firstOfCodes(drafts: readonly Draft[]): { read: ReadonlySet<string>; possible: ReadonlySet<string> } {
  const first = drafts.flatMap((draft) => {
    const at = /\p{Script=Han}{2,12}(?=〔20\d{2}〕\d{1,5}号)/u.exec(draftText(draft))?.index;
    return at === undefined ? [] : [draft.characters[at]!];
  });
  return {
    read: new Set(first.map((c) => c.text)),
    possible: new Set(first.flatMap(({ other, second, rivals = '' }) => [other ?? '', second ?? '', ...rivals])),
  };
}

/** Words of three characters that end as divisions do and are none, with all places where they stand. */
function unknownNames(drafts: readonly Draft[], index: RegionIndex): ReadonlyMap<string, Place[]> {
  const found = new Map<string, Place[]>();
  for (const draft of drafts) {
    const line = draftText(draft);
    for (let end = 2; end < line.length; end++) {
      if (!divisionEnd.test(line[end]!)) continue;
      const name = line.slice(end - 2, end + 1);
      if (!/^[\u4e00-\u9fa5]{3}$/.test(name) || endsInKnown(line.slice(0, end + 1), index)) continue;
      const place = { draft, start: end - 2 };
      const places = found.get(name);
      if (places) places.push(place);
      else found.set(name, [place]);
    }
  }
  return found;
}

function endsInKnown(text: string, index: RegionIndex): boolean {
  for (let length = 2; length <= Math.min(index.longest, text.length); length++) {
    if (index.byName.has(text.slice(-length))) return true;
  }
  return false;
}

/** Codes of the divisions that a document names. */
function namedDivisions(text: string, index: RegionIndex): ReadonlySet<string> {
  const named = new Set<string>();
  for (const match of text.matchAll(/[\u4e00-\u9fa5]{1,10}?[省市县区旗州盟]/g)) {
    for (let length = Math.min(match[0].length, index.longest); length >= 2; length--) {
      for (const entry of index.byName.get(match[0].slice(-length)) ?? []) named.add(entry.code);
    }
  }
  return named;
}

/** Divisions of which one character differs. */
function similarDivisions(name: string, index: RegionIndex): RegionEntry[] {
  return [...index.byCode.values()].filter((entry) => {
    if (entry.name.length !== name.length || entry.name.at(-1) !== name.at(-1)) return false;
    let differing = 0;
    for (let i = 0; i < name.length; i++) if (entry.name[i] !== name[i]) differing++;
    return differing === 1;
  });
}

/** Where a division's name was read otherwise. */
const differsAt = (entry: RegionEntry, name: string): number => [...entry.name].findIndex((c, i) => c !== name[i]);

/** Whether a division lies in or beside one that the document names, or holds one. */
function isNamed(
  entry: RegionEntry,
  named: ReadonlySet<string>,
  above: ReadonlySet<string>,
  index: RegionIndex,
): boolean {
  const next = entry.level === 'county' ? 'prefectural' : 'provincial';
  return (
    named.has(entry.code) ||
    above.has(entry.code) ||
    ancestors(entry, index).some((parent) => parent.level === next && named.has(parent.code))
  );
}

function parentsOf(code: string, index: RegionIndex): string[] {
  const entry = index.byCode.get(code);
  return entry ? ancestors(entry, index).map((parent) => parent.code) : [];
}
