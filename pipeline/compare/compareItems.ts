import type { Change, ChangeEffect } from '../../models/comparison.ts';
import type { FocusItem } from '../../models/facts.ts';
import { foldText } from '../../models/text/fold.ts';
import { textEdits } from './edits.ts';
import { judge } from './effects.ts';
import type { ItemAlignment, ItemEntry, SectionMap } from './items.ts';
import { isOutOfRemit, type Remit } from './remit.ts';
import { tokenFeature } from './similarity.ts';
import type { Statement } from './statement.ts';

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** Several statements read as one, each word once: what a split or merged item still says. */
function together(entries: readonly ItemEntry[]): Statement {
  const first = entries[0]!.statement;
  const spans = new Map(
    entries.flatMap(({ statement }) => statement.tokens.map((token, at) => [token, statement.words[at]!] as const)),
  );
  const text = entries.map((entry) => entry.item.text).join('、');
  return { ...first, text, folded: foldText(text), tokens: [...spans.keys()], words: [...spans.values()] };
}

/** The same matter named several times. */
function isOneMatter(entries: readonly ItemEntry[]): boolean {
  return new Set(entries.map(({ key }) => key)).size === 1;
}

const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);

/**
 * The section that an item stands in when asked whether it moved. A numbered check point is a section with one item: its
 * place is the section around it, whatever number it has there.
 */
function homesOf(entries: readonly ItemEntry[]): readonly (string | null)[] {
  const counts = new Map<string, number>();
  for (const { section } of entries) if (section !== null) counts.set(section, (counts.get(section) ?? 0) + 1);
  return entries.map(({ section }) => {
    const above = section?.replace(/\/[^/]*$/, '');
    const pointAmongPoints =
      section !== null &&
      section.split('/').length > 2 &&
      [...counts].every(([path, count]) =>
        path === above ? false : !path.startsWith(`${above}/`) || count <= mostOfPoint,
      );
    return pointAmongPoints ? (above ?? null) : section;
  });
}

/** A check point asks this many questions at most; a longer section is a place of its own. */
const mostOfPoint = 3;

/** At least this many items, and this share of them, must go together before a section counts as having gone along. */
const companions = 2;
const companionShare = 0.6;

/**
 * Where the items of each left section stand on the right: its counterpart by heading and text, or the section to which
 * most of its items went.
 */
function sectionDestinations(
  alignment: ItemAlignment,
  sectionMap: SectionMap,
  homes: Record<'left' | 'right', readonly (string | null)[]>,
): Map<string, Set<string>> {
  const tally = new Map<string, Map<string, number>>();
  homes.left.forEach((from, i) => {
    for (const j of alignment.rightOf[i]!) {
      const to = homes.right[j]!;
      if (from === null || to === null) continue;
      const counts = tally.get(from) ?? new Map<string, number>();
      counts.set(to, (counts.get(to) ?? 0) + 1);
      tally.set(from, counts);
    }
  });
  const destinations = new Map<string, Set<string>>();
  for (const [from, counts] of tally) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const set = new Set<string>();
    const mapped = sectionMap.get(from);
    if (mapped !== undefined) set.add(mapped);
    for (const [to, count] of counts) {
      const most = count / total >= companionShare;
      if (most && (count >= companions || mapped === undefined)) set.add(to);
    }
    destinations.set(from, set);
  }
  return destinations;
}

function hasMoved(
  left: string | null,
  right: string | null,
  destinations: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (left === null || right === null) return false;
  const expected = destinations.get(left);
  if (expected === undefined || expected.size === 0) return false;
  // A section that was divided further, or drawn together, is still the same place.
  return ![...expected].some((path) => isWithin(right, path) || isWithin(path, right));
}

function bestOf(
  alignment: ItemAlignment,
  side: 'left' | 'right',
  at: number,
): { item: FocusItem; similarity: number } | undefined {
  const others = side === 'left' ? alignment.right : alignment.left;
  const width = alignment.right.length;
  let best = -1;
  let worth = 0;
  others.forEach((_, other) => {
    const value = alignment.worth.get(side === 'left' ? at * width + other : other * width + at) ?? 0;
    if (value > worth) {
      worth = value;
      best = other;
    }
  });
  return best < 0 ? undefined : { item: others[best]!.item, similarity: round(worth) };
}

export interface ItemComparisonOptions {
  /** false: leave out `edits` and `nearest`, which a matrix of thousands does not show. */
  readonly details?: boolean;
  /** Tokens of the campaign's name, which go without saying. */
  readonly given?: ReadonlySet<string>;
}

/**
 * The changes of the items, in the order of the left notice, then the added ones. Every item of both notices stands in
 * exactly one change.
 */
export function compareItems(
  alignment: ItemAlignment,
  sectionMap: SectionMap,
  remits: { readonly left: Remit; readonly right: Remit },
  { details = true, given = new Set() }: ItemComparisonOptions = {},
): Change<FocusItem>[] {
  const { left, right, rightOf, leftOf, weights, worth } = alignment;
  const weightOf = (token: string) => weights(tokenFeature(token));
  const homes = { left: homesOf(left), right: homesOf(right) };
  const destinations = sectionDestinations(alignment, sectionMap, homes);
  const changes: Change<FocusItem>[] = [];
  left.forEach((entry, i) => {
    const partners = rightOf[i]!;
    if (partners.length === 0) {
      const nearest = details ? bestOf(alignment, 'left', i) : undefined;
      changes.push({
        change: 'dropped',
        effects: isOutOfRemit(entry, remits.right) ? ['out-of-remit'] : [],
        left: [entry.item],
        right: [],
        similarity: 0,
        ...(nearest ? { nearest } : {}),
      });
      return;
    }
    const wholes = leftOf[partners[0]!]!;
    if (wholes[0] !== i) return; // The merged item was reported at its first part.
    const lefts = wholes.map((at) => left[at]!);
    const rights = partners.map((at) => right[at]!);
    const several = rights.length > 1 || lefts.length > 1;
    const repeated = several && [lefts, rights].every(isOneMatter);
    const judgement =
      several && !repeated
        ? judge(together(lefts), together(rights), weightOf, given)
        : judge(lefts[0]!.statement, rights[0]!.statement, weightOf, given);
    const effects = new Set<ChangeEffect>(judgement.effects);
    if (rights.length > 1) effects.add('split');
    if (lefts.length > 1) effects.add('merged');
    if (!several || repeated) {
      if (hasMoved(homes.left[wholes[0]!]!, homes.right[partners[0]!]!, destinations)) effects.add('moved');
    } else {
      // What a part lacks of its whole is in the other parts.
      effects.delete('scope-narrowed');
      effects.delete('scope-widened');
    }
    const kept = judgement.same && (!several || repeated);
    const a = lefts.map((one) => one.item.text).join('、');
    const b = rights.map((one) => one.item.text).join('、');
    const edits = details && foldText(a) !== foldText(b) ? textEdits(a, b) : undefined;
    changes.push({
      change: kept ? 'kept' : 'modified',
      effects: [...effects],
      left: lefts.map((one) => one.item),
      right: rights.map((one) => one.item),
      similarity: round(foldText(a) === foldText(b) ? 1 : (worth.get(i * right.length + partners[0]!) ?? 0)),
      ...(edits ? { edits } : {}),
    });
  });
  right.forEach((entry, j) => {
    if (leftOf[j]!.length > 0) return;
    const nearest = details ? bestOf(alignment, 'right', j) : undefined;
    changes.push({
      change: 'added',
      effects: isOutOfRemit(entry, remits.left) ? ['out-of-remit'] : [],
      left: [],
      right: [entry.item],
      similarity: 0,
      ...(nearest ? { nearest } : {}),
    });
  });
  return changes;
}
