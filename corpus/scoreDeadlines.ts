import type { Deadline, Due, Notice } from '../models/index.ts';
import type { GoldDeadline, GoldNotice } from './gold.ts';
import { fold, readingsOf, similarity } from './matching.ts';
import { countCheck, countList, countValue, type ScoreSheet } from './scoreSheet.ts';

/** The key under which gold writes a due; null for the kinds that `deadlines` does not list. */
export function dueKey(due: Due): string | null {
  if (due.kind === 'date') return due.date;
  if (due.kind !== 'recurring') return null;
  return `${due.frequency}/${due.month ? `${due.month}-` : ''}${due.day ?? ''}`;
}

/** How alike two tasks must be, so that the words of a duty may be cut in more than one way. */
const taskThreshold = 0.4;

export function scoreDeadlines(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const read = withoutRepetitions(gold.deadlines ?? [], notice.deadlines);
  const matched = countList(sheet, 'deadlines', gold.deadlines, read, {
    score: (g, r) => (readingsOf(g.due).includes(dueKey(r.due) ?? '') ? 1 + similarity(g.task, r.task) : 0),
    threshold: 1,
    complete: true,
    showGold: (g) => `${g.due} ${g.task}`,
    showRead: (r) => `${dueKey(r.due)} ${r.task}`,
  });
  for (const [i, j] of matched) {
    const wanted = gold.deadlines![i]!;
    const got = read[j]!;
    const good = similarity(wanted.task, got.task) >= taskThreshold;
    countCheck(sheet, 'deadlines.task', good, true, `want ${wanted.task} · got ${got.task}`);
    for (const who of ['responsible', 'recipient'] as const) {
      const name = wanted[who];
      if (!name) continue;
      const other = fold(got[who]);
      const ok = other.includes(fold(name)) || (other !== '' && fold(name).includes(other));
      countCheck(sheet, `deadlines.${who}`, ok, false, `want ${name} · got ${got[who] ?? 'nothing'}`);
    }
    countValue(sheet, 'deadlines.time', wanted.time, got.time);
  }
  scoreRelativeDeadlines(sheet, gold, notice);
}

/**
 * The dated and recurring ones, without the second reading of a labelled due: a duty may be printed twice, in the body
 * and under the table, and that is no error. Of two readings the one whose task is nearer to the gold stays.
 */
function withoutRepetitions(gold: readonly GoldDeadline[], deadlines: readonly Deadline[]): Deadline[] {
  const spare = new Map<string, number>();
  for (const key of gold.flatMap(({ due }) => readingsOf(due))) spare.set(key, (spare.get(key) ?? 0) + 1);
  const nearness = (deadline: Deadline) => Math.max(0, ...gold.map(({ task }) => similarity(task, deadline.task)));
  return deadlines
    .filter((deadline) => dueKey(deadline.due))
    .sort((a, b) => nearness(b) - nearness(a))
    .filter((deadline) => {
      const left = spare.get(dueKey(deadline.due)!);
      if (left === undefined) return true;
      spare.set(dueKey(deadline.due)!, left - 1);
      return left > 0;
    });
}

function scoreRelativeDeadlines(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const relative = notice.deadlines.flatMap(({ due, task }) => (due.kind === 'relative' ? [{ due, task }] : []));
  countList(sheet, 'relativeDeadlines', gold.relativeDeadlines, relative, {
    score: (g, { due, task }) =>
      g.from === due.from && g.amount === due.amount && g.unit === due.unit && (!g.date || g.date === due.date)
        ? 1 + similarity(g.task, task)
        : 0,
    threshold: 1,
    complete: false,
    showGold: (g) => JSON.stringify(g),
    showRead: ({ task }) => task,
  });
}
