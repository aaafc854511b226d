import { type Correction, type Draft, draftText, replaceCharacters } from './draft.ts';

const dateLine = /((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日$/;

/** A digit read more surely than this is as printed. */
const unsure = 0.93;

/**
 * Corrects 成文日期, a date on a line of its own, which often lies under a seal. What stands before its year and is no
 * word was a piece of the seal (12025年3月20日): the form of dates and its place on the line are witnesses. A year that
 * was read unsurely and is not the one that the document names in its number becomes that one where the other engine, or
 * the engine's second choice, has that digit; else it is proposed.
 */
export function correctDates(drafts: readonly Draft[]): Correction[] {
  const numbered = [
    ...drafts
      .map(draftText)
      .join('\n')
      .matchAll(/〔(20\d{2})〕\s?\d{1,5}号/g),
  ].map((m) => m[1]!);
  const years = new Set(numbered);
  return drafts.flatMap((draft) => [...closeDay(draft), ...dropBefore(draft), ...correctYear(draft, years)]);
}

/** 2025年2月1713: no day has so many digits; 13 is what a seal leaves of 日. */
function closeDay(draft: Draft): Correction[] {
  const was = draftText(draft);
  if (!/^(?:19|20)\d{2}年\d{1,2}月(?:[1-9]|[12]\d|3[01])13$/.test(was)) return [];
  const [one, three] = draft.characters.splice(-2);
  draft.characters.push({ ...one!, text: '日', x1: three!.x1, confidence: 0.85, other: '13', corrected: true });
  return [{ page: draft.page, kind: 'corrected', was, became: draftText(draft), because: '成文日期的书写格式' }];
}

function dropBefore(draft: Draft): Correction[] {
  const was = draftText(draft);
  const match = dateLine.exec(was);
  if (!match || match.index === 0 || match.index > 2 || !/^[^\p{Script=Han}（(“]+$/u.test(was.slice(0, match.index)))
    return [];
  const [first, ...others] = draft.characters.splice(0, match.index + 1).slice(match.index);
  if (!first || others.length > 0) return [];
  draft.characters.unshift({
    ...first,
    confidence: Math.min(first.confidence, 0.9),
    other: was.slice(0, match.index + 1),
  });
  return [{ page: draft.page, kind: 'corrected', was, became: draftText(draft), because: '成文日期的书写格式' }];
}

function correctYear(draft: Draft, years: ReadonlySet<string>): Correction[] {
  const was = draftText(draft);
  const match = dateLine.exec(was);
  const [year, ...more] = years;
  if (match?.index !== 0 || year === undefined || more.length > 0 || match[1] === year) return [];
  const wrong = [...year].flatMap((digit, i) => (was[i] === digit ? [] : [i]));
  const [at] = wrong;
  if (at === undefined || wrong.length > 1) return [];
  const character = draft.characters[at]!;
  const right = year[at]!;
  const confirmed = character.other === right || character.second === right;
  if (character.confidence > unsure && !confirmed) return [];
  const became = year + was.slice(4);
  if (confirmed) replaceCharacters(draft, at, right, 0.85);
  return [{ page: draft.page, kind: confirmed ? 'corrected' : 'proposed', was, became, because: '发文字号中的年份' }];
}
