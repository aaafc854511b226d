import { ancestors, defaultRegions, type RegionEntry, type RegionIndex } from '../../../models/text/regions.ts';
import { type Correction, type Draft, draftText, replaceCharacters } from './draft.ts';
import { around } from './grammar.ts';

/** A character read more surely than this needs no other witness against it. */
const sure = 0.97;

/** Suffixes of divisions of counties and prefectures. */
const divisionEnd = /[县区市旗]/;

/**
 * Corrects names of administrative divisions that do not exist but differ by one character from one that does, within
 * the division named before it or the divisions named elsewhere. Two witnesses are needed: the list of divisions, and
 * the other engine, the engine's second choice, the right name elsewhere in the document, or that the engine was unsure.
 */
export function correctDivisions(drafts: readonly Draft[], index: RegionIndex = defaultRegions()): Correction[] {
  const corrections: Correction[] = [];
  const whole = drafts.map(draftText);
  const text = whole.join('\n');
  const named = namedDivisions(text, index);
  // Names invented for a work group or a zone stand several times, read alike; a misreading hardly does.
  const counts = new Map<string, number>();
  for (const match of text.matchAll(/[\u4e00-\u9fa5]{2}[县区市旗]/g))
    counts.set(match[0], (counts.get(match[0]) ?? 0) + 1);
  drafts.forEach((draft, d) => {
    for (let end = 2; end < draft.characters.length; end++) {
      if (!divisionEnd.test(draft.characters[end]!.text)) continue;
      const line = whole[d]!;
      const name = line.slice(end - 2, end + 1);
      if (!/^[\u4e00-\u9fa5]{3}$/.test(name) || index.byName.has(name) || endsInKnown(line.slice(0, end + 1), index))
        continue;
      const candidates = similarDivisions(name, named, index);
      const [only, ...others] = candidates;
      if (!only || others.length > 0) continue;
      const at = [...only.name].findIndex((c, i) => c !== name[i]);
      const character = draft.characters[end - 2 + at]!;
      const right = only.name[at]!;
      const witnesses = [
        character.other === right,
        character.second === right,
        (counts.get(only.name) ?? 0) > 0,
        character.confidence < sure && character.confidence < 0.9,
      ].filter(Boolean).length;
      const correction = {
        page: draft.page,
        was: around(line, end - 2, 3, name),
        became: around(line, end - 2, 3, only.name),
        because: `行政区划中没有“${name}”`,
      };
      if (witnesses >= 1 && (counts.get(name) ?? 0) <= 1) {
        replaceCharacters(draft, end - 2, only.name, 0.85);
        whole[d] = draftText(draft);
        corrections.push({ ...correction, kind: 'corrected' });
      } else if ((counts.get(name) ?? 0) <= 1) corrections.push({ ...correction, kind: 'proposed' });
    }
  });
  return corrections;
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

/** Divisions one character away, that lie in or beside a division that the document names. */
function similarDivisions(name: string, named: ReadonlySet<string>, index: RegionIndex): RegionEntry[] {
  const found: RegionEntry[] = [];
  for (const entry of index.byCode.values()) {
    if (entry.name.length !== name.length || entry.name.at(-1) !== name.at(-1)) continue;
    let differing = 0;
    for (let i = 0; i < name.length; i++) if (entry.name[i] !== name[i]) differing++;
    if (differing !== 1) continue;
    if (
      named.has(entry.code) ||
      ancestors(entry, index).some((parent) => parent.level === 'prefectural' && named.has(parent.code))
    )
      found.push(entry);
  }
  return found;
}

/** Characters on either side that must agree for two places to be the same words. */
const context = 3;

/**
 * Corrects a character that was read unsurely where the same words stand elsewhere in the document and were read surely:
 * two such places, or one and the other engine (or the engine's second choice) saying the same.
 */
export function correctByRepetition(drafts: readonly Draft[]): Correction[] {
  const places = surePlaces(drafts);
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    draft.characters.forEach((character, i) => {
      if (character.confidence > 0.8 || !/\p{Script=Han}/u.test(character.text)) return;
      const text = draftText(draft);
      const votes = new Map<string, number>();
      for (const key of contextsOf(text, i)) {
        for (const [value, count] of places.get(key) ?? []) votes.set(value, Math.max(votes.get(value) ?? 0, count));
      }
      const [best, next] = [...votes].sort((a, b) => b[1] - a[1]);
      if (!best || best[0] === character.text || (next && next[1] * 2 > best[1])) return;
      const [right, count] = best;
      const confirmed = character.second === right || character.other === right;
      const correction = {
        page: draft.page,
        was: around(text, i, 1, character.text),
        became: around(text, i, 1, right),
        because: '文中他处相同词语',
      };
      if (count >= 2 || confirmed) {
        replaceCharacters(draft, i, right, 0.85);
        corrections.push({ ...correction, kind: 'corrected' });
      } else if (character.confidence < 0.6) corrections.push({ ...correction, kind: 'proposed' });
    });
  }
  return corrections;
}

/** Contexts in which a character was read surely, each with the characters that stand there and how often. */
function surePlaces(drafts: readonly Draft[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const places = new Map<string, Map<string, number>>();
  for (const draft of drafts) {
    const text = draftText(draft);
    draft.characters.forEach((character, i) => {
      if (character.confidence < 0.95 || !/\p{Script=Han}/u.test(character.text)) return;
      for (const key of contextsOf(text, i)) {
        const at = places.get(key) ?? new Map<string, number>();
        at.set(character.text, (at.get(character.text) ?? 0) + 1);
        places.set(key, at);
      }
    });
  }
  return places;
}

/** The words before and after a place, before it alone, and after it alone, long enough to say something. */
function contextsOf(text: string, at: number): string[] {
  const before = text.slice(Math.max(0, at - context), at);
  const after = text.slice(at + 1, at + 1 + context);
  const keys: string[] = [];
  if (before.length >= 2 && after.length >= 2) keys.push(`${before.slice(-2)}?${after.slice(0, 2)}`);
  if (before.length === context && /^[\u4e00-\u9fa5]+$/.test(before) && after.length >= 1)
    keys.push(`${before}?${after[0]}`);
  if (after.length === context && /^[\u4e00-\u9fa5]+$/.test(after) && before.length >= 1)
    keys.push(`${before.at(-1)}?${after}`);
  return keys;
}

/** Characters of nearly the same shape, which low resolution makes one. */
const alike = [
  '问间',
  '未末',
  '己已巳',
  '日曰目',
  '人入',
  '土士',
  '千干于',
  '大太犬',
  '由田甲申',
  '贝见',
  '戊戌戍',
  '析折拆',
  '候侯',
  '徽微',
  '治冶',
  '拔拨',
  '氯氧',
  '令今',
  '免兔',
  '木本',
  '市布',
  '各名',
  '住往佳',
  '待侍',
  '暑署',
  '县具',
  '农衣',
  '局届屈',
  '设没投',
  '环坏',
  '刺剌',
  '汨汩',
  '晴睛',
  '检捡',
  '推堆',
  '场扬',
  '清请情',
  '经轻',
  '查杳',
  '防妨',
  '科料',
];
const shapes = new Map<string, string>();
for (const group of alike) for (const character of group) shapes.set(character, group.replace(character, ''));

/**
 * Corrects a character for one of nearly its shape where only that one stands beside the same neighbours elsewhere in
 * the document (间题 for 问题): the shape and the other places are the witnesses, two places at least.
 */
export function correctAlike(drafts: readonly Draft[]): Correction[] {
  const pairs = new Map<string, number>();
  const texts = drafts.map(draftText);
  for (const text of texts) {
    for (let i = 0; i + 1 < text.length; i++)
      pairs.set(text.slice(i, i + 2), (pairs.get(text.slice(i, i + 2)) ?? 0) + 1);
  }
  const count = (pair: string): number => (pair.length === 2 ? (pairs.get(pair) ?? 0) : 0);
  const corrections: Correction[] = [];
  drafts.forEach((draft, d) => {
    const text = texts[d]!;
    [...text].forEach((character, i) => {
      const others = shapes.get(character);
      if (!others || draft.characters[i]!.confidence > 0.985) return;
      const [before, after] = [text[i - 1] ?? '', text[i + 1] ?? ''];
      const own = count(before + character) + count(character + after);
      // This place itself counts once for each neighbour.
      if (own > (before ? 1 : 0) + (after ? 1 : 0)) return;
      const right = [...others].find((other) => count(before + other) + count(other + after) >= 2);
      if (!right) return;
      replaceCharacters(draft, i, right, 0.85);
      corrections.push({
        page: draft.page,
        kind: 'corrected',
        was: around(text, i, 1, character),
        became: around(text, i, 1, right),
        because: '字形相近，文中他处相同词语',
      });
    });
  });
  return corrections;
}
