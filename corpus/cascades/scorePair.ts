import type { ChangeKind, Comparison } from '../../models/comparison.ts';
import type { Due } from '../../models/facts.ts';
import type { LabelledPair } from './labels.ts';

/** Hits, false alarms and misses per class. */
export interface Tally {
  tp: number;
  fp: number;
  fn: number;
}
export interface Score {
  readonly tallies: Map<string, Tally>;
  readonly misses: string[];
}

export const newScore = (): Score => ({ tallies: new Map(), misses: [] });

function count(score: Score, key: string, tp: number, fp: number, fn: number): void {
  const tally = score.tallies.get(key) ?? { tp: 0, fp: 0, fn: 0 };
  tally.tp += tp;
  tally.fp += fp;
  tally.fn += fn;
  score.tallies.set(key, tally);
}

const normalize = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s_]+/g, '')
    .replace(/[“”"「」]/g, '"')
    .replace(/[〔[［【]/g, '[')
    .replace(/[〕\]］】]/g, ']')
    .replace(/等?(?:的)?(?:违法违规|违法|违规)?(?:行为|情形|问题|情况|等)$/, '')
    .replace(/[。.；;，,]+$/, '');

function bigrams(text: string): Map<string, number> {
  const result = new Map<string, number>();
  for (let i = 0; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2);
    result.set(pair, (result.get(pair) ?? 0) + 1);
  }
  return result;
}

function dice(a: string, b: string): number {
  if (a === b) return 1;
  const x = bigrams(a);
  const y = bigrams(b);
  let total = 0;
  let shared = 0;
  for (const n of x.values()) total += n;
  for (const n of y.values()) total += n;
  for (const [pair, n] of x) shared += Math.min(n, y.get(pair) ?? 0);
  return total === 0 ? 0 : (2 * shared) / total;
}

/** Texts of an extraction may be cut a little differently than a labeller cuts them. */
const sameText = 0.72;
const sideFits = (gold: readonly string[], found: readonly string[]) =>
  gold.length === 0
    ? found.length === 0
    : gold.every((g) => found.some((f) => g.split('|').some((o) => dice(normalize(o), normalize(f)) >= sameText)));
const sideEquals = (gold: readonly string[], found: readonly string[]) =>
  (gold.length === 0) === (found.length === 0) && gold.every((g) => found.some((f) => g.split('|').includes(f)));

interface Plain {
  readonly change: ChangeKind;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly effects: readonly string[];
}

function scoreList(
  score: Score,
  name: string,
  kind: string,
  gold: readonly Plain[],
  found: readonly Plain[],
  fits: typeof sideFits,
  withEffects: boolean,
): void {
  const used = new Set<number>();
  const describe = (change: Plain) =>
    `${change.change}${change.effects.length > 0 ? ` [${change.effects}]` : ''} ${change.left.join(' + ') || '∅'} → ${change.right.join(' + ') || '∅'}`;
  for (const wanted of gold) {
    const at = found.findIndex(
      (one, i) =>
        !used.has(i) && one.change === wanted.change && fits(wanted.left, one.left) && fits(wanted.right, one.right),
    );
    if (at < 0) {
      count(score, `${kind}.${wanted.change}`, 0, 0, 1);
      score.misses.push(`${name} ${kind}: wanted ${describe(wanted)}`);
      continue;
    }
    used.add(at);
    count(score, `${kind}.${wanted.change}`, 1, 0, 0);
    if (!withEffects) continue;
    const got = found[at]!.effects;
    let right = true;
    for (const effect of wanted.effects) {
      const hit = got.includes(effect);
      count(score, `effects.${effect}`, hit ? 1 : 0, 0, hit ? 0 : 1);
      if (!hit) right = false;
    }
    for (const effect of got) {
      if (wanted.effects.includes(effect)) continue;
      count(score, `effects.${effect}`, 0, 1, 0);
      right = right && wanted.effects.length > 0;
    }
    if (wanted.change === 'modified')
      count(score, `${kind}.modified with right effects`, right ? 1 : 0, right ? 0 : 1, right ? 0 : 1);
    const differ = wanted.effects.length !== got.length || wanted.effects.some((effect) => !got.includes(effect));
    if (differ) score.misses.push(`${name} ${kind}: effects of ${describe(wanted)} · got [${got}]`);
  }
  found.forEach((one, i) => {
    if (used.has(i)) return;
    count(score, `${kind}.${one.change}`, 0, 1, 0);
    score.misses.push(`${name} ${kind}: extra  ${describe(one)}`);
  });
  for (const wanted of gold) {
    if (wanted.change === 'modified' && withEffects && !score.tallies.has(`${kind}.modified with right effects`)) {
      count(score, `${kind}.modified with right effects`, 0, 0, 1);
    }
  }
}

function dueText(due: Due): string | null {
  if (due.kind === 'date') return due.date;
  if (due.kind === 'recurring') return `${due.frequency}/${due.month ? `${due.month}-` : ''}${due.day ?? ''}`;
  return null;
}

/** Adds the result of one labelled pair to the score: every change must be found with its class and both its sides. */
export function scorePair(score: Score, name: string, gold: LabelledPair, comparison: Comparison): void {
  const items = comparison.items.map((change) => ({
    ...change,
    left: change.left.map((item) => item.text),
    right: change.right.map((item) => item.text),
  }));
  scoreList(score, name, 'items', gold.items, items, sideFits, true);
  const deadlines = comparison.deadlines
    .map((change) => ({
      ...change,
      left: change.left.map((one) => dueText(one.due)).filter((due) => due !== null),
      right: change.right.map((one) => dueText(one.due)).filter((due) => due !== null),
    }))
    .filter((change) => change.left.length + change.right.length > 0);
  const side = (due: string | null) => (due === null ? [] : [due]);
  const wanted = gold.deadlines.map((due) => ({ ...due, left: side(due.left), right: side(due.right), effects: [] }));
  scoreList(score, name, 'deadlines', wanted, deadlines, sideEquals, false);
  if (gold.targets.length > 0) {
    const targets = comparison.targets.map((change) => ({
      ...change,
      left: change.left.map((one) => one.text),
      right: change.right.map((one) => one.text),
    }));
    scoreList(score, name, 'targets', gold.targets, targets, sideFits, false);
  }
  for (const part of ['rows', 'columns'] as const) {
    const labels = gold.tables[part];
    if (!labels) continue;
    const path = (labelPath: readonly string[] | null) => (labelPath === null ? [] : [labelPath.join('/')]);
    const wantedAxis = labels.map((one) => ({ ...one, left: path(one.left), right: path(one.right), effects: [] }));
    const found = comparison.tables
      .flatMap((table) => table[part])
      .map((one) => ({ ...one, left: path(one.left), right: path(one.right), effects: one.effects ?? [] }));
    scoreList(score, name, part, wantedAxis, found, sideFits, false);
  }
}

export function f1(tally: Tally): number {
  const denominator = 2 * tally.tp + tally.fp + tally.fn;
  return denominator === 0 ? 1 : (2 * tally.tp) / denominator;
}
