import { areContrasted, isActivity, isRestricting, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Statement, TokenWeight } from './statement.ts';
import { isFigure, negations, type Run } from './surplus.ts';

/** What is another wording of the same, beyond the synonyms of the lexicon. */

/** Words longer than this are not taken for another wording of each other on a shared character alone. */
const paraphraseLength = 4;

/** A word and its other wording share a morpheme and do not stand against each other: 地址/地点, 破旧/老旧. */
function isParaphrase(a: string, b: string): boolean {
  if (Math.max(a.length, b.length) > paraphraseLength || Math.abs(a.length - b.length) > 1) return false;
  if (isFigure(a) || isFigure(b) || areContrasted(a, b)) return false;
  const shared = new Set([...a].filter((c) => b.includes(c) && !/[不未无非]/.test(c))).size;
  // 医药机构 and 零售药店 share a character by chance; half of a word is no chance.
  return shared > 0 && shared * 2 >= Math.min(a.length, b.length);
}

const denialsIn = (text: string): string => text.replace(/[^不未无非没禁]/gu, '');

/** 逆行 for 逆向行驶: one character of each word of two; 合格 is short for no 不合格品. */
export const isShortFor = (short: string, long: string): boolean =>
  short.length >= 2 &&
  long.length === 2 * short.length &&
  denialsIn(short) === denialsIn(long) &&
  [...short].every((character, at) => long.slice(2 * at, 2 * at + 2).includes(character));

/** What is done, of all that a statement says. */
export const activitiesIn = (tokens: readonly string[]): string[] => tokens.filter(isActivity);

/**
 * Whether two statements, given by their activities (`activitiesIn`), differ in what is done: 违规生产 and 违规储存 of
 * one thing are two matters, not one reworded.
 */
export function differInActivity(a: readonly string[], b: readonly string[]): boolean {
  return a.some((token) => !b.includes(token)) && b.some((token) => !a.includes(token));
}

/** The words that a changed single character may belong to: 地[址] and 地[点] are told by their words. */
function wordsAround(run: Run, words: readonly string[]): string[] {
  const own = words.slice(run.from, run.to).join('');
  if (own.length > 1 || /[不未无非]/.test(own)) return [own];
  const single = (word: string | undefined) => (word?.length === 1 && !/[不未无非]/.test(word) ? word : '');
  const before = single(words[run.from - 1]);
  const after = single(words[run.to]);
  return [before + own, own + after].filter((word) => word.length > 1).concat(before || after ? [] : [own]);
}

/** What comes and goes with a word without changing it: 卷帘下/卷帘下方, 楼/楼内, 登记/进行登记. */
const lightTokens = new Set([
  ...'方内里中上下处间期度性化类者员们些个种项面部点时因以经名式用即就到才仍还',
  ...wordTokens('开展'),
  ...wordTokens('取得'),
]);

/** What neither side can be read as another wording of: the runs left when paraphrases and light characters are gone. */
export function withoutParaphrases(
  left: readonly Run[],
  right: readonly Run[],
  leftWords: readonly string[],
  rightWords: readonly string[],
): { left: Run[]; right: Run[] } {
  const taken = new Set<number>();
  const restLeft = left.filter((run) => {
    const here = wordsAround(run, leftWords);
    const at = right.findIndex(
      (other, j) =>
        !taken.has(j) && wordsAround(other, rightWords).some((there) => here.some((word) => isParaphrase(word, there))),
    );
    if (at >= 0) taken.add(at);
    return at < 0;
  });
  const restRight = right.filter((_, j) => !taken.has(j));
  const light = (run: Run) => run.tokens.every((token) => lightTokens.has(token));
  return { left: restLeft.filter((run) => !light(run)), right: restRight.filter((run) => !light(run)) };
}

/** The words of runs as folded. */
export const printedRuns = (runsOf: readonly Run[], statement: Statement) =>
  runsOf.map((run) => statement.words.slice(run.from, run.to).join('')).join('');

/** What part of a statement the runs make up, by the weight of their words. */
export function shareOf(runsOf: readonly Run[], statement: Statement, weight: TokenWeight): number {
  const mass = (tokens: readonly string[]) => tokens.reduce((sum, token) => sum + Math.max(0.2, weight(token)), 0);
  return mass(runsOf.flatMap((run) => run.tokens)) / Math.max(1e-9, mass(statement.tokens));
}

/** Words that come or go and make up no more than this of a statement, narrowing nothing, only name its things more fully. */
const fullerShare = 0.38;
export const isFullerName = (extra: readonly Run[], statement: Statement, share: number) =>
  share <= fullerShare &&
  !isRestricting(printedRuns(extra, statement)) &&
  !extra.some((run) => run.tokens.some(isActivity));

/** Words exchanged that make up no more than this of either side are another wording, unless they stand against each other. */
const rewordedShare = 0.3;

export function isReworded(
  extraLeft: readonly Run[],
  extraRight: readonly Run[],
  left: Statement,
  right: Statement,
  share: number,
): boolean {
  const [a, b] = [extraLeft.flatMap((run) => run.tokens), extraRight.flatMap((run) => run.tokens)];
  // 未按规定检验 and 未检验 are found alike.
  const denial = (tokens: readonly string[]) => tokens.every((token) => negations.has(token) || token === '违规');
  if (denial(a) && denial(b)) return true;
  if (share > rewordedShare) return false;
  if ([...a, ...b].some((token) => isActivity(token) || negations.has(token))) return false;
  const [x, y] = [printedRuns(extraLeft, left), printedRuns(extraRight, right)];
  return !areContrasted(x, y) && isRestricting(x) === isRestricting(y);
}
