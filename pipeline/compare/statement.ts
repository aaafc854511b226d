import { foldedSpans, leadingAction, withoutDutyWords, wordTokens } from '../../extractors/lexicon/wording.ts';
import { foldText } from '../../models/text/fold.ts';
import { remembering } from './remembering.ts';

/** A statement of a notice with what governs it. */
export interface Statement {
  readonly text: string;
  /** `text` folded. */
  readonly folded: string;
  readonly subject: string | null;
  readonly action: string | null;
  /** The words before it in its sentence, where 应当, 原则上, 鼓励 stand; empty where unknown. */
  readonly lead: string;
  readonly tokens: readonly string[];
  /** The words that `tokens` stand for, one each. */
  readonly words: readonly string[];
  readonly subjectTokens: readonly string[];
  /** The tokens of its lead: a word that one notice prints inside an item and the other before it has not changed. */
  readonly leadTokens: readonly string[];
  /** The tokens of the item printed before it: a list names a thing once and goes on without it (设施不正常运行). */
  readonly precedingTokens: readonly string[];
}

/** How telling a token is (inverse document frequency); used to let common words come and go. */
export type TokenWeight = (token: string) => number;

/** Texts whose words are remembered: the sentences of some dozen notices. */
const remembered = 4000;
/** Behind the kind of the bureau; no text holds this character. */
const divider = '\u0000';

/** The tokens of a text without the words of duty and width (应当, 一律, 各类), which are ranked by themselves. */
const readSpans = remembering(remembered, (keyed) => {
  const at = keyed.indexOf(divider);
  const bureau = keyed.slice(0, at) || undefined;
  const folded = keyed.slice(at + 1);
  const spans = foldedSpans(withoutDutyWords(folded), bureau);
  const essential = spans.length > 0 ? spans : foldedSpans(folded, bureau);
  return { tokens: essential.map(({ token }) => token), words: essential.map(({ word }) => word) };
});
const essentialSpans = (folded: string, bureau: string | undefined) => readSpans(`${bureau ?? ''}${divider}${folded}`);
const fold = remembering(remembered, foldText);

/** 辖区内电子商务平台 are the platforms of whoever issues the notice: each level means its own. */
const ownTerritory =
  /^(?:(?:本|我|全)(?:省|市|县|区|州|旗|镇|乡|辖区)(?:范围)?(?:内|域内)?的?|本?(?:辖|市|县|省)(?:区|域)?内的?|各级?(?=[^类]))/;

export function statementOf(
  fact: { readonly text: string; readonly subject?: string | null; readonly action?: string | null },
  lead: string,
  bureau?: string,
  precedingTokens: readonly string[] = [],
): Statement {
  const subject = fact.subject ? fact.subject.replace(ownTerritory, '') || fact.subject : null;
  // An action left in the text governs it more closely than the one stated for the whole list.
  const folded = fold(fact.text);
  const leading = fact.subject === undefined ? undefined : leadingAction(folded);
  const { tokens, words } = essentialSpans(leading?.rest ?? folded, bureau);
  return {
    text: fact.text,
    folded,
    subject,
    action: leading?.action ?? fact.action ?? null,
    lead,
    tokens,
    words,
    subjectTokens: subject === null ? [] : essentialSpans(fold(subject), bureau).tokens,
    leadTokens: lead === '' ? [] : wordTokens(lead, bureau),
    precedingTokens,
  };
}

/** The same statement in other words. */
export function reworded(statement: Statement, text: string): Statement {
  const folded = fold(text);
  return { ...statement, text, folded, ...essentialSpans(folded, undefined) };
}

/** Where one side prints the subject inside its text and the other beside it, both are brought to one form. */
export function alike(left: Statement, right: Statement): readonly [Statement, Statement] {
  const inside = (outer: Statement, inner: Statement): Statement => {
    if (outer.subject !== null || inner.subjectTokens.length === 0) return inner;
    const has = inner.subjectTokens.every((token) => outer.tokens.includes(token));
    // 使用环节 over 养殖环节使用…: what both texts say is not the subject.
    if (!has || inner.subjectTokens.every((token) => inner.tokens.includes(token))) return inner;
    const tokens = [...inner.subjectTokens, ...inner.tokens];
    return { ...inner, tokens, words: [...inner.subjectTokens, ...inner.words], subject: null };
  };
  return [inside(right, left), inside(left, right)];
}
