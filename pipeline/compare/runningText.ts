import { lastAction, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Change } from '../../models/comparison.ts';
import type { Evidence } from '../../models/evidence.ts';
import type { FocusItem } from '../../models/facts.ts';
import type { Notice } from '../../models/notice.ts';
import type { ItemComparisonOptions } from './compareItems.ts';
import { textEdits } from './edits.ts';
import { judge } from './effects.ts';
import { comparedItems } from './items.ts';
import { barePath, placeSections } from './sections.ts';
import { coverageOf, diceOf, type Features, featuresOf, massOf, tokenFeature, type Weights } from './similarity.ts';
import { type Statement, statementOf } from './statement.ts';

/**
 * A matter is not dropped because the other notice says it in a sentence that is no list of items. Before an item is
 * called dropped (or added) the running text of the other notice is searched for it.
 */

interface Sentence {
  readonly section: string;
  readonly text: string;
  /** Made when first asked for: most sentences share too few characters with any item to be looked at. */
  readonly features: () => Features;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The sentences of a notice without the items that were read from them: what those say is compared already. */
export function looseSentences(notice: Notice, bureau?: string): Sentence[] {
  const items = [...new Set(comparedItems(notice).map((item) => item.text))].sort((a, b) => b.length - a.length);
  return placeSections(notice.sections).flatMap(({ section, path }) => {
    let text = section.text;
    for (const item of items) if (item.length > 1) text = text.replaceAll(item, '。');
    return text
      .split(/[。；;！\n]/)
      .map((sentence) => sentence.replace(/^[\s，,、：:]+|\s+$/g, ''))
      .filter((sentence) => sentence.length > 3)
      .map((sentence) => ({
        section: barePath(path),
        text: sentence,
        features: once(() => featuresOf(wordTokens(sentence, bureau))),
      }));
  });
}

/** The words of an item that a sentence must have before its clauses are looked at. */
const inSentence = 0.7;
/** The characters of an item that a sentence must have before its words are: synonyms may change the others. */
const charactersInSentence = 0.5;
/** How like the item a run of clauses must be: above what two items need, for here nothing says that it is one. */
const clauseFloor = 0.6;
/** Clauses that may make up one item. */
const longestRun = 4;

interface Found {
  readonly sentence: Sentence;
  readonly text: string;
  readonly similarity: number;
}

function bestClauses(
  item: string,
  features: Features,
  sentences: readonly Sentence[],
  weights: Weights,
): Found | undefined {
  const mass = massOf(features, weights);
  const characters = [...new Set(item)];
  const least = characters.length * charactersInSentence;
  let best: Found | undefined;
  for (const sentence of sentences) {
    let shared = 0;
    for (const c of characters) if (sentence.text.includes(c)) shared += 1;
    if (shared < least || coverageOf(features, sentence.features(), weights) < inSentence) continue;
    const parts = sentence.text.split(/(?<=[，,、：:])/);
    for (let from = 0; from < parts.length; from++) {
      for (let to = from + 1; to <= Math.min(parts.length, from + longestRun); to++) {
        const text = parts
          .slice(from, to)
          .join('')
          .replace(/[，,、：:]$/, '');
        const clause = featuresOf(wordTokens(text));
        const similarity = diceOf(features, clause, weights, mass, massOf(clause, weights));
        if (similarity >= clauseFloor && similarity > (best?.similarity ?? 0)) best = { sentence, text, similarity };
      }
    }
  }
  return best;
}

/** A notice, the text of its file where it is at hand (for places), and its sentences. */
export interface SearchedNotice {
  readonly notice: Notice;
  readonly text: string | undefined;
  readonly sentences: readonly Sentence[];
}

function placeOf(found: Found, { notice, text }: SearchedNotice): Evidence[] {
  if (text === undefined) return [];
  const section = placeSections(notice.sections).find(({ path }) => barePath(path) === found.sentence.section)?.section;
  const from = section?.evidence[0];
  if (from === undefined) return [];
  const start = text.indexOf(found.text, from.start);
  if (start < 0) return [];
  return [
    {
      page: from.page,
      start,
      end: start + found.text.length,
      quote: found.text,
      confidence: Math.min(0.8, from.confidence),
    },
  ];
}

/** From the first to behind the last token that the item has. */
function spanOf(found: Statement, item: Statement): readonly [from: number, to: number] {
  const known = new Set(item.tokens);
  return [
    found.tokens.findIndex((token) => known.has(token)),
    found.tokens.findLastIndex((token) => known.has(token)) + 1,
  ];
}

/** What stands before and after the item in its clause (对餐饮场所重点检查……) is no part of it. */
function withoutSurroundings(found: Statement, item: Statement): Statement {
  const [from, to] = spanOf(found, item);
  return from < 0 ? found : { ...found, tokens: found.tokens.slice(from, to), words: found.words.slice(from, to) };
}

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/**
 * Gives dropped items the counterpart that the right text has for them, and added items the one in the left text. The
 * new counterpart is an item with an id of its own (t1, t2 …) and its place.
 */
export function searchRunningText(
  changes: readonly Change<FocusItem>[],
  left: SearchedNotice,
  right: SearchedNotice,
  weights: Weights,
  { details = true, given = new Set() }: ItemComparisonOptions = {},
): Change<FocusItem>[] {
  const weightOf = (token: string) => weights(tokenFeature(token));
  let serial = 0;
  return changes.map((change) => {
    if (change.change !== 'dropped' && change.change !== 'added') return change;
    const dropped = change.change === 'dropped';
    const item = (dropped ? change.left : change.right)[0]!;
    const other = dropped ? right : left;
    const features = featuresOf(wordTokens(item.text));
    // A word or two is found anywhere.
    if (features.size < 5) return change;
    const found = bestClauses(item.text, features, other.sentences, weights);
    if (found === undefined) return change;
    const lead = found.sentence.text.slice(0, found.sentence.text.indexOf(found.text));
    const own = statementOf(item, '');
    serial += 1;
    const whole = statementOf({ text: found.text }, lead);
    const before = whole.words.slice(0, Math.max(0, spanOf(whole, own)[0])).join('');
    const counterpart: FocusItem = {
      id: `t${serial}`,
      text: found.text,
      subject: null,
      action: lastAction(lead + before) ?? null,
      section: found.sentence.section,
      evidence: placeOf(found, other),
    };
    const theirs = withoutSurroundings(statementOf(counterpart, lead), own);
    const judgement = dropped ? judge(own, theirs, weightOf, given) : judge(theirs, own, weightOf, given);
    const [from, to] = dropped ? [item.text, found.text] : [found.text, item.text];
    const edits = details ? textEdits(from, to) : undefined;
    return {
      change: judgement.same ? 'kept' : 'modified',
      effects: judgement.effects,
      left: dropped ? [item] : [counterpart],
      right: dropped ? [counterpart] : [item],
      similarity: round(found.similarity),
      ...(edits ? { edits } : {}),
    };
  });
}
