import { headingKind, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Change, ChangeEffect } from '../../models/comparison.ts';
import type { Section } from '../../models/notice.ts';
import { foldText } from '../../models/text/fold.ts';
import { assign } from './assignment.ts';
import { textEdits } from './edits.ts';
import { judge } from './effects.ts';
import { remembering } from './remembering.ts';
import { candidatePairs, diceOf, type Features, featuresOf, joinedFeatures, massOf, weightsOf } from './similarity.ts';
import { type Statement, statementOf } from './statement.ts';

/** A section of the tree with its path: the numbers without their marks, outermost first (三/1). */
export interface PlacedSection {
  readonly section: Section;
  readonly path: string;
  readonly parent: string | null;
}

/** Numbers and paths whose spelling is remembered: every item of a section has its path. */
const remembered = 1000;

const spellNumber = remembering(remembered, (number) => foldText(number).replace(/[、.,()[\]第章节]/g, ''));

/** 一、 （一） 1. → 一, 一, 1: how a section's number stands in a path. */
export const bareNumber = (number: string | null): string => spellNumber(number ?? '');

/** The path of an item or section in the one spelling used for looking up: no marks, no empty steps. */
export const barePath = remembering(remembered, (path) =>
  path
    .split('/')
    .map((step) => bareNumber(step))
    .filter((step) => step !== '')
    .join('/'),
);

export function placeSections(sections: readonly Section[], parent: string | null = null): PlacedSection[] {
  return sections.flatMap((section, at) => {
    // A heading without a number still has a place: its position among its siblings.
    const own = bareNumber(section.number) || `#${at + 1}`;
    const path = parent === null ? own : `${parent}/${own}`;
    return [{ section, path, parent }, ...placeSections(section.children, path)];
  });
}

/** Words beyond these of a section add nothing to telling which section it is. */
const tokensRead = 800;
/** In sections of few words their order helps to tell them apart. */
const shortSection = 120;
/** Sections of the other notice that are looked at closely for each. */
const sectionCandidates = 8;
/** Below this two sections are not each other's counterpart. */
const sectionFloor = 0.3;
const titleShare = 0.55;
/** What two customary headings of one kind are alike: less than the same words, more than none. */
const sameKind = 0.75;

export interface SectionEntry extends PlacedSection {
  readonly title: Features;
  readonly text: Features;
  readonly all: Features;
  readonly kind: string | undefined;
  /** The heading as a statement of its own. */
  readonly heading: Statement;
  readonly sentences: readonly Statement[];
}

const sentencesOf = (text: string, bureau: string | undefined) =>
  text
    .split(/[。；;！!\n]/)
    .filter((sentence) => sentence.trim() !== '')
    .map((sentence) => statementOf({ text: sentence }, '', bureau));

function entryOf(placed: PlacedSection, bureau: string | undefined): SectionEntry {
  const titleTokens = wordTokens(placed.section.title ?? '', bureau);
  const sentences = sentencesOf(placed.section.text, bureau);
  const textTokens = sentences.flatMap((sentence) => sentence.tokens).slice(0, tokensRead);
  const short = textTokens.length <= shortSection;
  const text = featuresOf(textTokens, short);
  return {
    ...placed,
    title: featuresOf(titleTokens),
    text,
    all: joinedFeatures(titleTokens, textTokens, text, short),
    kind: headingKind(placed.section.title ?? ''),
    heading: statementOf({ text: placed.section.title ?? '' }, '', bureau),
    sentences,
  };
}

export interface SectionAlignment {
  readonly left: readonly SectionEntry[];
  readonly right: readonly SectionEntry[];
  /** For every left section the index of its right counterpart, or -1. */
  readonly counterpart: Int32Array;
  readonly similarity: readonly number[];
}

/** The sections of a notice with what aligning looks at; made once where a notice meets many. */
export function sectionEntries(sections: readonly Section[], bureau?: string): SectionEntry[] {
  return placeSections(sections).map((placed) => entryOf(placed, bureau));
}

/**
 * Pairs the sections of two notices by heading and text, with the number and depth as a small anchor: one assignment
 * over the whole tree, so that a section which was moved or renumbered still finds its counterpart.
 */
export function alignSections(a: readonly SectionEntry[], b: readonly SectionEntry[]): SectionAlignment {
  const weights = weightsOf([...a, ...b].map((entry) => entry.all));
  const titleMassA = a.map((entry) => massOf(entry.title, weights));
  const titleMassB = b.map((entry) => massOf(entry.title, weights));
  const textMassA = a.map((entry) => massOf(entry.text, weights));
  const textMassB = b.map((entry) => massOf(entry.text, weights));
  const pairs = candidatePairs(
    a.map((entry) => entry.all),
    b.map((entry) => entry.all),
    weights,
    sectionCandidates,
  );
  // 重点任务 and 整治内容 share no word, but announce the same.
  const met = new Set(pairs.map((pair) => pair.left * b.length + pair.right));
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      if (x.kind !== undefined && x.kind === y.kind && !met.has(i * b.length + j))
        pairs.push({ left: i, right: j, worth: 0 });
    });
  });
  const candidates = pairs.map(({ left: i, right: j, worth }) => {
    const x = a[i]!;
    const y = b[j]!;
    const titled = x.title.size > 0 && y.title.size > 0;
    const text = diceOf(x.text, y.text, weights, textMassA[i]!, textMassB[j]!);
    const withText = x.text.size > 0 && y.text.size > 0;
    const kin = x.kind !== undefined && x.kind === y.kind ? sameKind : 0;
    const title = titled ? Math.max(kin, diceOf(x.title, y.title, weights, titleMassA[i]!, titleMassB[j]!)) : 0;
    const base = titled && withText ? title * titleShare + text * (1 - titleShare) : titled ? title : worth;
    const anchor = (x.path === y.path ? 0.04 : 0) + (x.section.level === y.section.level ? 0.02 : 0);
    return { left: i, right: j, worth: Math.min(1, base * 0.94 + (base > 0 ? anchor : 0)) };
  });
  const counterpart = assign(a.length, b.length, candidates, sectionFloor);
  pairParents(a, b, counterpart);
  const best = new Map(candidates.map((c) => [`${c.left},${c.right}`, c.worth]));
  return {
    left: a,
    right: b,
    counterpart,
    similarity: a.map((_, i) => best.get(`${i},${counterpart[i]}`) ?? 0),
  };
}

/** A section left over whose parts went under one that is left over is that one under another heading. */
function pairParents(a: readonly PlacedSection[], b: readonly PlacedSection[], counterpart: Int32Array): void {
  const taken = new Set(counterpart);
  const position = new Map(b.map((placed, j) => [placed.path, j]));
  a.forEach((placed, i) => {
    if (counterpart[i]! >= 0 || placed.section.children.length === 0) return;
    const tally = new Map<number, number>();
    a.forEach((child, k) => {
      const parent = child.parent === placed.path && counterpart[k]! >= 0 ? b[counterpart[k]!]!.parent : null;
      const j = parent === null ? undefined : position.get(parent);
      if (j !== undefined) tally.set(j, (tally.get(j) ?? 0) + 1);
    });
    const [best] = [...tally].sort((x, y) => y[1] - x[1]);
    if (best === undefined || taken.has(best[0]) || best[1] * 2 < placed.section.children.length) return;
    counterpart[i] = best[0];
    taken.add(best[0]);
  });
}

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
const printed = (section: Section) =>
  `${section.title ?? ''}${section.title && section.text ? '\n' : ''}${section.text}`;

/** Sentences below this similarity are not each other's counterpart. */
const sentenceFloor = 0.4;
/** What a changed sentence says of its section; how far a single sentence reaches is left to the items. */
const sectionEffects: ReadonlySet<ChangeEffect> = new Set([
  'strengthened',
  'weakened',
  'number-changed',
  'date-earlier',
  'date-later',
]);

/** Judges two running texts sentence by sentence: 应当 → 可以 in one of twenty sentences is a change of the section. */
function judgeTexts(
  left: readonly Statement[],
  right: readonly Statement[],
): { same: boolean; effects: ChangeEffect[] } {
  const [a, b] = withoutEqual(left, right);
  const featuresA = a.map((sentence) => featuresOf(sentence.tokens));
  const featuresB = b.map((sentence) => featuresOf(sentence.tokens));
  const weights = weightsOf([...featuresA, ...featuresB]);
  const counterpart = assign(a.length, b.length, candidatePairs(featuresA, featuresB, weights), sentenceFloor);
  const effects = new Set<ChangeEffect>();
  let same = a.length === b.length;
  a.forEach((sentence, i) => {
    const j = counterpart[i]!;
    if (j < 0) {
      same = false;
      return;
    }
    const judgement = judge(sentence, b[j]!);
    if (!judgement.same) same = false;
    for (const effect of judgement.effects) if (sectionEffects.has(effect)) effects.add(effect);
  });
  return { same, effects: [...effects] };
}

/** The sentences that the other side does not have word for word. */
function withoutEqual(left: readonly Statement[], right: readonly Statement[]): readonly [Statement[], Statement[]] {
  const counts = new Map<string, number>();
  for (const sentence of right) counts.set(sentence.text, (counts.get(sentence.text) ?? 0) + 1);
  const onlyLeft = left.filter((sentence) => {
    const count = counts.get(sentence.text) ?? 0;
    if (count > 0) counts.set(sentence.text, count - 1);
    return count === 0;
  });
  const onlyRight = right.filter((sentence) => {
    const count = counts.get(sentence.text) ?? 0;
    if (count > 0) counts.set(sentence.text, count - 1);
    return count > 0;
  });
  return [onlyLeft, onlyRight];
}

/**
 * The changes of the sections, in the order of the left notice, then the added ones. A section is kept when heading and
 * text say the same; renumbering alone changes nothing; it has moved when its parent's counterpart is another one.
 */
export function compareSections(alignment: SectionAlignment): Change<Section>[] {
  const { left, right, counterpart, similarity } = alignment;
  const taken = new Set<number>();
  const pathOf = new Map(left.map((placed, i) => [placed.path, counterpart[i]!]));
  const changes = left.map((placed, i): Change<Section> => {
    const j = counterpart[i]!;
    if (j < 0) return { change: 'dropped', effects: [], left: [placed.section], right: [], similarity: 0 };
    taken.add(j);
    const other = right[j]!;
    const a = printed(placed.section);
    const b = printed(other.section);
    const judgement =
      a === b
        ? { same: true, effects: [] }
        : judgeTexts([placed.heading, ...placed.sentences], [other.heading, ...other.sentences]);
    const effects: ChangeEffect[] = [...judgement.effects];
    const mappedParent = placed.parent === null ? -1 : (pathOf.get(placed.parent) ?? -1);
    const parentPath = mappedParent < 0 ? null : right[mappedParent]!.path;
    const moved = placed.parent === null ? false : mappedParent >= 0 && parentPath !== other.parent;
    if (moved) effects.push('moved');
    const edits = textEdits(a, b);
    return {
      change: judgement.same ? 'kept' : 'modified',
      effects,
      left: [placed.section],
      right: [other.section],
      similarity: round(judgement.same ? 1 : similarity[i]!),
      ...(edits ? { edits } : {}),
    };
  });
  right.forEach((placed, j) => {
    if (!taken.has(j)) changes.push({ change: 'added', effects: [], left: [], right: [placed.section], similarity: 0 });
  });
  return changes;
}
