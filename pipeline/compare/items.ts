import { foldedSpans, leadingAction, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { FocusItem } from '../../models/facts.ts';
import type { Notice, Section } from '../../models/notice.ts';
import { foldWidth } from '../../models/text/fold.ts';
import { assign, type Candidate } from './assignment.ts';
import { activitiesIn, differInActivity } from './paraphrase.ts';
import { barePath, placeSections } from './sections.ts';
import {
  candidatePairs,
  coverageOf,
  diceOf,
  type Features,
  featuresOf,
  massOf,
  type Weights,
  weightsOf,
} from './similarity.ts';
import { findSplits } from './splits.ts';
import { type Statement, statementOf } from './statement.ts';

/** Closeness in meaning from outside (an embedding model), 0..1; null where it has nothing to say. */
export type SimilarityFunction = (a: string, b: string) => number | null;

/** An item with all that aligning looks at, made once per notice. */
export interface ItemEntry {
  readonly item: FocusItem;
  readonly statement: Statement;
  readonly features: Features;
  /** Its words in one order: lower levels change the order freely. */
  readonly bag: string;
  /** The same of its statement, without words of duty: one matter named twice has one. */
  readonly key: string;
  /** What is done in it. */
  readonly activities: readonly string[];
  /** Subject and text together: one side may print the subject inside the text. */
  readonly wholeFeatures: Features;
  readonly subjectFeatures: Features;
  /** The first clause of an item that goes on behind a comma (……，及时移送纪检监察机关处理); null for others. */
  readonly mainFeatures: Features | null;
  readonly section: string | null;
  /** The heading under which it stands: whom it concerns, where the item itself does not say (（一）批发企业。重点检查……). */
  readonly heading: string | null;
  readonly headingFeatures: Features;
}

/** The words of a sentence that govern an item: from the clause of its action up to the item itself. */
function leadOf(item: FocusItem, textOf: ReadonlyMap<string, string>): string {
  if (item.section === null) return '';
  const text = textOf.get(barePath(item.section));
  if (text === undefined) return '';
  const at = text.indexOf(foldWidth(item.text));
  if (at < 0) return '';
  const sentence = text.slice(Math.max(text.lastIndexOf('。', at), text.lastIndexOf(';', at)) + 1, at);
  const action = item.action === null ? -1 : sentence.lastIndexOf(foldWidth(item.action));
  const upTo = action < 0 ? sentence.length : action;
  const clause = Math.max(sentence.lastIndexOf(',', upTo - 1), sentence.lastIndexOf(':', upTo - 1)) + 1;
  // 未经鉴定合格的，严禁…: the case in which it holds.
  const inCase = /[^,:]+的,$/.exec(sentence.slice(0, clause));
  const from = inCase?.index ?? clause;
  return action < 0 ? sentence.slice(from) : sentence.slice(from, upTo);
}

function sectionTexts(sections: readonly Section[]): ReadonlyMap<string, string> {
  return new Map(
    placeSections(sections).map(({ path, section }) => [
      barePath(path),
      foldWidth(`${section.title ?? ''}。${section.text}`),
    ]),
  );
}

const bagOf = (tokens: readonly string[]) => [...tokens].sort().join(' ');

function mainClause(text: string, bureau: string | undefined): Features | null {
  const [first, second] = text.split(/[，,；;]/);
  if (first === undefined || second === undefined || first.length < 5) return null;
  return featuresOf(wordTokens(first, bureau));
}

const noFeatures: Features = new Map();
const positionOf = (item: FocusItem) => item.evidence[0]?.start ?? Number.POSITIVE_INFINITY;

/**
 * What is compared of a notice under `items`: the matters to be inspected and, in their places among them, what those
 * supervised must, may or must not do.
 */
export function comparedItems({ focusItems, duties = [] }: Notice): readonly FocusItem[] {
  if (duties.length === 0) return focusItems;
  return [...focusItems, ...duties].sort((a, b) => positionOf(a) - positionOf(b));
}

export function itemEntries(notice: Notice, bureau?: string): ItemEntry[] {
  const textOf = sectionTexts(notice.sections);
  const headings = new Map(
    placeSections(notice.sections).map(({ path, section: { title } }) => [
      barePath(path),
      { title, features: featuresOf(title === null ? [] : wordTokens(title, bureau)) },
    ]),
  );
  let preceding: { readonly section: string | null; readonly tokens: readonly string[] } | undefined;
  return comparedItems(notice).map((item) => {
    const before = preceding?.section === item.section ? preceding.tokens : [];
    const statement = statementOf(item, leadOf(item, textOf), bureau, before);
    preceding = { section: item.section, tokens: statement.tokens };
    const heading = item.section === null ? undefined : headings.get(barePath(item.section));
    const { folded } = statement;
    const tokens = foldedSpans(leadingAction(folded)?.rest ?? folded, bureau).map(({ token }) => token);
    // An item of function words alone (等情形) still has to be told from others.
    const features = featuresOf(tokens.length > 0 ? tokens : [...folded]);
    return {
      item,
      statement,
      features,
      bag: bagOf(tokens),
      key: bagOf(statement.tokens),
      activities: activitiesIn(statement.tokens),
      wholeFeatures:
        statement.subjectTokens.length > 0 ? featuresOf([...statement.subjectTokens, ...tokens]) : features,
      subjectFeatures: featuresOf(statement.subjectTokens),
      mainFeatures: mainClause(item.text, bureau),
      section: item.section === null ? null : barePath(item.section),
      heading: heading?.title ?? null,
      headingFeatures: heading?.features ?? noFeatures,
    };
  });
}

/**
 * Below this similarity an item has no counterpart. On the cascades and the pairs written by hand true counterparts lie
 * above 0.52 and the best of others below 0.46 but for a handful.
 */
export const itemFloor = 0.43;
/** What the context adds: never enough to make a pair of two texts that share nothing. */
const subjectBonus = 0.09;
const subjectPenalty = 0.05;
const sectionBonus = 0.03;
const actionBonus = 0.015;
const orderBonus = 0.015;
/** What two items are worth that are alike in their first clause only. */
const mainShare = 0.85;
/** What the same words in another order are alike: 登记备案, 备案登记. */
const sameWords = 0.95;
/** What remains of the likeness of two items that name different activities. */
const otherActivity = 0.75;

/** How a left section is expected to be called on the right; undefined: no counterpart. */
export type SectionMap = ReadonlyMap<string, string>;

export interface ItemAlignment {
  readonly left: readonly ItemEntry[];
  readonly right: readonly ItemEntry[];
  readonly weights: Weights;
  /** For every left item the right ones that stand for it: none, one, or several (split). */
  readonly rightOf: readonly (readonly number[])[];
  /** For every right item the left ones (several: merged). */
  readonly leftOf: readonly (readonly number[])[];
  /** The similarity of texts, subjects and context of each candidate pair, by `left * right.length + right`. */
  readonly worth: ReadonlyMap<number, number>;
}

/** An entry with what its features weigh. */
interface WeighedEntry extends ItemEntry {
  readonly mass: number;
  readonly wholeMass: number;
  readonly subjectMass: number;
}

const weigh = (entry: ItemEntry, weights: Weights): WeighedEntry => ({
  ...entry,
  mass: massOf(entry.features, weights),
  wholeMass: massOf(entry.wholeFeatures, weights),
  subjectMass: massOf(entry.subjectFeatures, weights),
});

function subjectAgreement(a: WeighedEntry, b: WeighedEntry, weights: Weights): number {
  const empty = (a.subjectFeatures.size === 0 ? 1 : 0) + (b.subjectFeatures.size === 0 ? 1 : 0);
  if (empty === 2) return subjectBonus / 2;
  if (empty === 1) return 0;
  if (a.item.subject === b.item.subject) return subjectBonus;
  const dice = diceOf(a.subjectFeatures, b.subjectFeatures, weights, a.subjectMass, b.subjectMass);
  return dice >= 0.5 ? subjectBonus * dice : -subjectPenalty * (1 - dice);
}

function pairWorth(
  a: WeighedEntry,
  b: WeighedEntry,
  place: number,
  weights: Weights,
  sectionMap: SectionMap,
  similarity: SimilarityFunction | undefined,
): number {
  let base = a.item.text === b.item.text ? 1 : diceOf(a.features, b.features, weights, a.mass, b.mass);
  if (a.bag === b.bag) base = Math.max(base, sameWords);
  if ((a.subjectFeatures.size === 0) !== (b.subjectFeatures.size === 0)) {
    base = Math.max(base, diceOf(a.wholeFeatures, b.wholeFeatures, weights, a.wholeMass, b.wholeMass));
  }
  if (a.mainFeatures !== null || b.mainFeatures !== null) {
    const [x, y] = [a.mainFeatures ?? a.features, b.mainFeatures ?? b.features];
    base = Math.max(base, mainShare * diceOf(x, y, weights, massOf(x, weights), massOf(y, weights)));
  }
  if (base < 1 && differInActivity(a.activities, b.activities)) base *= otherActivity;
  const outside = similarity?.(a.item.text, b.item.text);
  if (outside !== undefined && outside !== null) base = Math.max(base, outside);
  let context = subjectAgreement(a, b, weights);
  if (a.section !== null && b.section !== null && sectionMap.get(a.section) === b.section) context += sectionBonus;
  if (a.item.action !== null && a.item.action === b.item.action) context += actionBonus;
  context += orderBonus * (1 - place);
  return Math.min(1, Math.max(0, base * 0.86 + context * Math.min(1, base * 2)));
}

/**
 * Pairs the items of two notices: one optimal assignment over all, then the passes that find items cut in several and
 * several drawn into one.
 */
export function alignItems(
  left: readonly ItemEntry[],
  right: readonly ItemEntry[],
  sectionMap: SectionMap,
  similarity?: SimilarityFunction,
): ItemAlignment {
  const weights = weightsOf([...left, ...right].map((entry) => entry.wholeFeatures));
  const width = right.length;
  const worth = new Map<number, number>();
  const pairs = candidatePairs(
    left.map((entry) => entry.wholeFeatures),
    right.map((entry) => entry.wholeFeatures),
    weights,
  );
  const weighedLeft = left.map((entry) => weigh(entry, weights));
  const weighedRight = right.map((entry) => weigh(entry, weights));
  const known = new Set(pairs.map((pair) => pair.left * width + pair.right));
  if (similarity) {
    left.forEach((_, i) => {
      right.forEach((_, j) => {
        if (!known.has(i * width + j)) pairs.push({ left: i, right: j, worth: 0 });
      });
    });
  }
  const candidates = pairs.map(({ left: i, right: j }): Candidate => {
    const a = weighedLeft[i]!;
    const b = weighedRight[j]!;
    const place = Math.abs(i / Math.max(1, left.length) - j / Math.max(1, width));
    const value = pairWorth(a, b, place, weights, sectionMap, similarity);
    worth.set(i * width + j, value);
    return { left: i, right: j, worth: value };
  });
  const assigned = assign(left.length, width, candidates, itemFloor);
  const rightOf: number[][] = left.map((_, i) => (assigned[i]! >= 0 ? [assigned[i]!] : []));
  const leftOf: number[][] = right.map(() => []);
  assigned.forEach((j, i) => {
    if (j >= 0) leftOf[j]!.push(i);
  });
  const sides = { left, right, weights };
  pairContained(rightOf, leftOf, candidates, { left, right, weights }, sectionMap);
  const isAnchored = (i: number, j: number) => {
    const from = left[i]!.section;
    return from !== null && sectionMap.get(from) === right[j]!.section;
  };
  joinRepetitions(left, right, rightOf, leftOf, (i, j) => (isAnchored(i, j) ? 1 : (worth.get(i * width + j) ?? 0)));
  joinRepetitions(right, left, leftOf, rightOf, (j, i) => (isAnchored(i, j) ? 1 : (worth.get(i * width + j) ?? 0)));
  findSplits(rightOf, leftOf, candidates, sides);
  findSplits(leftOf, rightOf, candidates.map(flip), { left: right, right: left, weights });
  return { left, right, weights, rightOf, leftOf, worth };
}

/** Two items left over, a little too unlike, of which one lies in the other: 在地下室使用 in 在地下或者半地下空间使用. */
const containedFloor = 0.35;
const containedShare = 0.7;
/** In the same section and on the same subject less will do: 24小时值守 and 白天值守. */
const anchoredShare = 0.5;
/** Of two such items one may be a short name of the other: 超标排放 and 超标排放水污染物. */
const shortNameFloor = 0.2;
const shortNameShare = 0.95;

function pairContained(
  rightOf: number[][],
  leftOf: number[][],
  candidates: readonly Candidate[],
  { left, right, weights }: { left: readonly ItemEntry[]; right: readonly ItemEntry[]; weights: Weights },
  sectionMap: SectionMap,
): void {
  for (const { left: i, right: j, worth } of [...candidates].sort((a, b) => b.worth - a.worth)) {
    if (worth < shortNameFloor) return;
    if (rightOf[i]!.length > 0 || leftOf[j]!.length > 0) continue;
    const [a, b] = [left[i]!, right[j]!];
    if (a.statement.tokens.includes('不') !== b.statement.tokens.includes('不')) continue;
    if (differInActivity(a.activities, b.activities)) continue;
    const share = Math.max(
      coverageOf(a.mainFeatures ?? a.features, b.wholeFeatures, weights),
      coverageOf(b.mainFeatures ?? b.features, a.wholeFeatures, weights),
    );
    const anchored = a.section !== null && sectionMap.get(a.section) === b.section && a.item.subject === b.item.subject;
    const needed = worth < containedFloor ? shortNameShare : anchored ? anchoredShare : containedShare;
    if (share < needed || (worth < containedFloor && !anchored)) continue;
    rightOf[i]!.push(j);
    leftOf[j]!.push(i);
  }
}

/** A repetition that was left with less than this has only taken what was over. */
const poorCounterpart = 0.6;

/**
 * A notice that names a matter twice (among its aims and again among its tasks) has named it once: a repetition without
 * counterpart of its own goes with the one that has. The same words for another subject are another matter.
 */
function joinRepetitions(
  repeated: readonly ItemEntry[],
  others: readonly ItemEntry[],
  otherOf: number[][],
  repeatedOf: number[][],
  worthOf: (repeated: number, other: number) => number,
): void {
  const byKey = new Map<string, number[]>();
  repeated.forEach((entry, i) => {
    if (otherOf[i]!.length === 1) byKey.set(entry.key, [...(byKey.get(entry.key) ?? []), i]);
  });
  const subjectOf = (entry: ItemEntry) => bagOf(entry.statement.subjectTokens);
  repeated.forEach((entry, i) => {
    const own = otherOf[i]![0];
    const found = own === undefined ? 0 : worthOf(i, own);
    if (found >= poorCounterpart || repeatedOf[own ?? -1]?.length === 2) return;
    for (const first of byKey.get(entry.key) ?? []) {
      const j = otherOf[first]![0]!;
      if (first === i || worthOf(first, j) < poorCounterpart) continue;
      const subjects = [entry, repeated[first]!, others[j]!].map(subjectOf).filter((subject) => subject !== '');
      if (new Set(subjects).size > 1) continue;
      if (own !== undefined) repeatedOf[own]!.splice(0);
      otherOf[i]!.splice(0, 1, j);
      repeatedOf[j]!.push(i);
      repeatedOf[j]!.sort((a, b) => a - b);
      return;
    }
  });
}

const flip = ({ left, right, worth }: Candidate): Candidate => ({ left: right, right: left, worth });
