import { isReading, matchOneToOne } from './matching.ts';

/** True positives, false positives, false negatives. */
export interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

export interface Miss {
  readonly file: string;
  readonly field: string;
  readonly what: string;
}

/** What scoring one file gave: counts per field in the order of first use, and every miss in words. */
export interface ScoreSheet {
  readonly file: string;
  readonly counts: Map<string, Counts>;
  readonly misses: Miss[];
}

export function newSheet(file: string): ScoreSheet {
  return { file, counts: new Map(), misses: [] };
}

export function count(sheet: ScoreSheet, field: string, tp: number, fp: number, fn: number): void {
  const before = sheet.counts.get(field) ?? { tp: 0, fp: 0, fn: 0 };
  sheet.counts.set(field, { tp: before.tp + tp, fp: before.fp + fp, fn: before.fn + fn });
}

export function miss(sheet: ScoreSheet, field: string, what: string): void {
  sheet.misses.push({ file: sheet.file, field, what });
}

/** One value: undefined in gold is not scored, null means that it should be absent. */
export function countValue(
  sheet: ScoreSheet,
  field: string,
  gold: string | null | undefined,
  read: string | null | undefined,
): void {
  if (gold === undefined) return;
  const absent = read === null || read === undefined;
  if (gold === null) {
    count(sheet, field, absent ? 1 : 0, absent ? 0 : 1, 0);
    if (!absent) miss(sheet, field, `should be absent, got ${read}`);
    return;
  }
  if (!absent && isReading(gold, read)) {
    count(sheet, field, 1, 0, 0);
    return;
  }
  count(sheet, field, 0, absent ? 0 : 1, 1);
  miss(sheet, field, `want ${gold} · got ${read ?? 'nothing'}`);
}

/** A yes or no about something that is labelled; a no is a miss, and an error where `wrongCounts`. */
export function countCheck(sheet: ScoreSheet, field: string, good: boolean, wrongCounts: boolean, what: string): void {
  count(sheet, field, good ? 1 : 0, !good && wrongCounts ? 1 : 0, good ? 0 : 1);
  if (!good) miss(sheet, field, what);
}

/** A list, matched one to one. Where gold is not complete, what is read beyond it is no error. */
export function countList<G, R>(
  sheet: ScoreSheet,
  field: string,
  gold: readonly G[] | undefined,
  read: readonly R[],
  options: {
    readonly score: (gold: G, read: R) => number;
    readonly threshold: number;
    readonly complete: boolean;
    readonly showGold: (gold: G) => string;
    readonly showRead: (read: R) => string;
  },
): Map<number, number> {
  if (gold === undefined) return new Map();
  const matched = matchOneToOne(gold, read, options.score, options.threshold);
  count(sheet, field, matched.size, options.complete ? read.length - matched.size : 0, gold.length - matched.size);
  gold.forEach((g, i) => {
    if (!matched.has(i)) miss(sheet, field, `missing ${options.showGold(g)}`);
  });
  if (options.complete) {
    const used = new Set(matched.values());
    read.forEach((r, j) => {
      if (!used.has(j)) miss(sheet, field, `extra ${options.showRead(r)}`);
    });
  }
  return matched;
}

/** A list of strings, each equal to a reading of its gold. */
export function countStrings(
  sheet: ScoreSheet,
  field: string,
  gold: readonly string[] | undefined,
  read: readonly string[],
  complete: boolean,
  score: (gold: string, read: string) => number = (g, r) => (isReading(g, r) ? 1 : 0),
  threshold = 1,
): void {
  const show = (text: string) => text;
  countList(sheet, field, gold, read, { score, threshold, complete, showGold: show, showRead: show });
}
