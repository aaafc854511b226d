import type { PlacedCharacter } from '../readPage.ts';
import { type Correction, type Draft, draftText } from './draft.ts';

const numerals = '〇一二三四五六七八九';
/** Shapes that 〇 is taken for. */
const zeroLike = /[0OoCcQ（(○零◯]/;

/**
 * A year in Chinese numerals at the beginning of a date whose 〇 was read as something else or lost (二C二五年, 二五年
 * below a seal): the year that the document names elsewhere, where its numerals agree with what was read.
 */
export function correctChineseYears(drafts: readonly Draft[]): Correction[] {
  const years = namedYears(drafts.map(draftText).join('\n'));
  const corrections: Correction[] = [];
  for (const draft of drafts) {
    const text = draftText(draft);
    const match = /^(.{1,4}?)年(?:[一二三四五六七八九]|十[一二]?)月[一二三四五六七八九十三]{1,3}日/u.exec(text);
    if (!match) continue;
    const read = match[1]!;
    if (/^[一二][〇一九][〇一二三四五六七八九]{2}$/u.test(read) || /^\d{4}$/.test(read)) continue;
    const folded = [...read].map((c) => (zeroLike.test(c) ? '〇' : c)).join('');
    const right = years.find((year) => agrees(folded, year));
    if (!right) continue;
    const from = draft.line.box[0];
    const to = draft.characters[read.length]!.x0;
    const width = (to - from) / right.length;
    const same = read.length === right.length;
    const fixed = [...right].map((character, i): PlacedCharacter => {
      const old = same ? draft.characters[i]! : undefined;
      const x0 = old?.x0 ?? from + i * width;
      if (old && old.text === character) return old;
      const other = old ? old.text : i === 0 ? read : '';
      return { text: character, x0, x1: old?.x1 ?? x0 + width, confidence: 0.85, second: null, other };
    });
    draft.characters.splice(0, read.length, ...fixed);
    corrections.push({
      page: draft.page,
      kind: 'corrected',
      was: text,
      became: draftText(draft),
      because: '日期的书写格式与文中他处年份',
    });
  }
  return corrections;
}

/** Years in document numbers and dates, the most frequent first, in Chinese numerals. */
function namedYears(text: string): string[] {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(/(?<!\d)(20\d{2}|19\d{2})(?=[〕\]年）)])/g)) {
    counts.set(match[1]!, (counts.get(match[1]!) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([year]) => [...year].map((digit) => numerals[Number(digit)]!).join(''));
}

/** Whether what was read is the year with characters lost or misread: the last is right, and most of the others are. */
function agrees(read: string, year: string): boolean {
  if (read.at(-1) !== year.at(-1)) return false;
  let at = 0;
  let hits = 0;
  for (const character of read) {
    const found = year.indexOf(character, at);
    if (found < 0) continue;
    hits++;
    at = found + 1;
  }
  return hits >= Math.max(2, read.length - 1) || (read.length === 4 && hits >= 3);
}
