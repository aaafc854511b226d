import { around, type Correction, correctCharacter, type Draft, draftText } from './draft.ts';

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
        for (const [value, count] of tally(places.get(key) ?? ''))
          votes.set(value, Math.max(votes.get(value) ?? 0, count));
      }
      const [best, next] = [...votes].sort((a, b) => b[1] - a[1]);
      if (!best || best[0] === character.text || (next && next[1] * 2 > best[1])) return;
      const [right, count] = best;
      const confirmed = character.second === right || character.other === right;
      const because = '文中他处相同词语';
      if (count >= 2 || confirmed) corrections.push(correctCharacter(draft, i, right, because));
      else if (character.confidence < 0.6) {
        const [was, became] = [character.text, right].map((middle) => around(text, i, 1, middle)) as [string, string];
        corrections.push({ page: draft.page, kind: 'proposed', was, became, because });
      }
    });
  }
  return corrections;
}

/**
 * Contexts in which a character was read surely, each with the characters that stand there, one after the other: a scan of
 * hundreds of pages has a million contexts, most of them once.
 */
function surePlaces(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const draft of drafts) {
    const text = draftText(draft);
    draft.characters.forEach((character, i) => {
      if (character.confidence < 0.95 || !/\p{Script=Han}/u.test(character.text)) return;
      for (const key of contextsOf(text, i)) places.set(key, (places.get(key) ?? '') + character.text);
    });
  }
  return places;
}

/** How often each character stands in a text. */
function tally(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/** The words before and after a place, before it alone, and after it alone, long enough to say something. */
function contextsOf(text: string, at: number): string[] {
  const before = text.slice(Math.max(0, at - context), at);
  const after = text.slice(at + 1, at + 1 + context);
  const keys: string[] = [];
  if (before.length >= 2 && after.length >= 2) keys.push(`${before.slice(-2)}?${after.slice(0, 2)}`);
  if (before.length === context && /^[\u4e00-\u9fa5]+$/.test(before) && after.length >= 1)
    keys.push(`${before}?${after[0]}`);
  // The last character of a line: of a cell, which stands in other tables too.
  if (before.length === context && /^[\u4e00-\u9fa5]+$/.test(before) && after === '') keys.push(`${before}?$`);
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
  '氯氧氢',
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
  '救教',
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
      corrections.push(correctCharacter(draft, i, right, '字形相近，文中他处相同词语'));
    });
  });
  return corrections;
}
