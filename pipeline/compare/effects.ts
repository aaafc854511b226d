import {
  actionStrength,
  areContrasted,
  dutyWords,
  foldedSpans,
  isActivity,
  isKindOf,
  leadingAction,
  withoutDutyWords,
  wordTokens,
} from '../../extractors/lexicon/wording.ts';
import type { ChangeEffect } from '../../models/comparison.ts';
import { foldText } from '../../models/text/fold.ts';

/**
 * What changed between two statements that are each other's counterpart: whether they still say the same, and if not in
 * which direction. Works on folded wording (synonyms, figures and dates in one shape), so only meaning is left to differ.
 */

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
}

export interface Judgement {
  /** Nothing that a reader would act on differently has changed. */
  readonly same: boolean;
  readonly effects: readonly ChangeEffect[];
}

/** How telling a token is (inverse document frequency); used to let common words come and go. */
export type TokenWeight = (token: string) => number;

/** Below this weight a token stands in so many entries (药, 品, 企业) that adding or losing it says nothing. */
const commonTokenWeight = 0.3;
/** A step of action strength that a reader notices: 重点检查 (3) → 检查 (2), but not 坚决打击 → 严厉打击. */
const actionStep = 0.5;
/** Words longer than this are not taken for another wording of each other on a shared character alone. */
const paraphraseLength = 4;

const isFigure = (token: string) => /^\d/.test(token);
const isDate = (token: string) => /^(?:\d{4}-\d{2}(?:-\d{2})?|\d{2}-\d{2})$/.test(token);
const negations = new Set(['不', '非', '勿', '免']);

/** The tokens of `a` that `b` does not have as often, in their order. */
function surplus(a: readonly string[], b: readonly string[]): { token: string; at: number }[] {
  const left = new Map<string, number>();
  for (const token of b) left.set(token, (left.get(token) ?? 0) + 1);
  const result: { token: string; at: number }[] = [];
  a.forEach((token, at) => {
    const count = left.get(token) ?? 0;
    if (count > 0) left.set(token, count - 1);
    else result.push({ token, at });
  });
  return result;
}

interface Run {
  readonly tokens: string[];
  readonly from: number;
  to: number;
}

/** Runs of neighbouring surplus tokens. */
function runs(tokens: readonly { token: string; at: number }[]): Run[] {
  const result: Run[] = [];
  for (const { token, at } of tokens) {
    const last = result.at(-1);
    if (last && last.to === at) {
      last.tokens.push(token);
      last.to = at + 1;
    } else result.push({ tokens: [token], from: at, to: at + 1 });
  }
  return result;
}

const lowerBound = /不少于|不低于|不小于|以上|至少|达到|不得少于|不得低于|高于|多于|最低/;
const upperBound = /不超过|不高于|不多于|不大于|以下|以内|之内|最多|至多|不得超过|不得高于|低于|少于|小于|内|前/;
const offenceBound = /(?<!不|不得)(?:超过|超出|超|大于|多于|以上)/;

/** Whether more of a figure asks for more (1), for less (-1), or cannot be told (0). `behaviour`: the text is an offence. */
function figureDirection(folded: string, figure: string, behaviour: boolean): -1 | 0 | 1 {
  // 每 3 年 1 次: the longer the interval, the less is asked.
  if (folded.includes(`每${figure}`)) return -1;
  // 保存少于 2 年的 is the offence: a higher figure catches more.
  if (behaviour && /(?<!不|不得)(?:少于|低于|不足|不满|小于|未达到)/.test(folded)) return 1;
  // 储存超过 10 吨的: a higher threshold catches fewer.
  if (behaviour && offenceBound.test(folded) && !/不少于|不低于|至少/.test(folded)) return -1;
  if (lowerBound.test(folded)) return 1;
  if (upperBound.test(folded)) return -1;
  if (/每(?:年|半年|季|月|周|日)|覆盖|比例|率/.test(folded)) return 1;
  return 0;
}

/** How often something is done, in days; 每季度 asks less than 每月. */
const rhythms: readonly (readonly [RegExp, number])[] = [
  [/每[日天]|日日/, 1],
  [/每周|每星期/, 7],
  [/每旬/, 10],
  [/每半个?月/, 15],
  [/每半年|半年1次/, 182],
  [/每个?学期/, 150],
  [/每个?季度?|按季/, 91],
  [/每个?月|按月/, 30],
  [/每学?年|1年1次|按年/, 365],
];
const rhythmOf = (folded: string) =>
  /[每按]|1次/.test(folded) ? rhythms.find(([pattern]) => pattern.test(folded))?.[1] : undefined;

function rhythmEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): boolean {
  const a = rhythmOf(left.folded);
  const b = rhythmOf(right.folded);
  if (a === undefined || b === undefined || a === b) return false;
  effects.add(b < a ? 'strengthened' : 'weakened');
  return true;
}

function figureEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  const onlyLeft = surplus(left.tokens, right.tokens).filter(({ token }) => isFigure(token));
  const onlyRight = surplus(right.tokens, left.tokens).filter(({ token }) => isFigure(token));
  if (onlyLeft.length === 0 && onlyRight.length === 0) return;
  const pairs = Math.min(onlyLeft.length, onlyRight.length);
  const behaviour = /打击|查|整治|治理|关注/.test(left.action ?? right.action ?? '');
  for (let i = 0; i < pairs; i++) {
    const a = onlyLeft[i]!.token;
    const b = onlyRight[i]!.token;
    if (isDate(a) && isDate(b)) {
      if (a.length === b.length) effects.add(b < a ? 'date-earlier' : 'date-later');
      continue;
    }
    effects.add('number-changed');
    const difference = Number.parseFloat(b) - Number.parseFloat(a);
    const sameUnit = a.replace(/^[\d.]+/, '') === b.replace(/^[\d.]+/, '');
    const direction = sameUnit ? figureDirection(right.folded, b, behaviour) : 0;
    if (direction !== 0 && difference !== 0) {
      effects.add(difference > 0 === direction > 0 ? 'strengthened' : 'weakened');
    }
  }
  // A figure that comes or goes with other words belongs to them.
  const words = (a: Statement, b: Statement) => surplus(a.tokens, b.tokens).some(({ token }) => !isFigure(token));
  const [more, less] = onlyLeft.length > onlyRight.length ? [left, right] : [right, left];
  if (onlyLeft.length !== onlyRight.length && !words(more, less)) effects.add('number-changed');
}

type DutyRank = 0 | 1 | 2;

const hasRankedAction = (statement: Statement) =>
  statement.action !== null && actionStrength(statement.action) !== undefined;

function dutyRank(statement: Statement, ranked: boolean): { rank: DutyRank; prohibits: boolean } {
  const lead = statement.action === null ? statement.lead : statement.lead.replace(statement.action, '');
  const words = dutyWords(`${lead}｜${ranked ? '' : (statement.action ?? '')}｜${statement.folded}`);
  const rank: DutyRank = words.soft.length > 0 ? 0 : words.strict.length > 0 ? 2 : 1;
  return { rank, prohibits: words.prohibitions.length > 0 };
}

function strengthEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  // Two actions that are ranked by themselves do not count twice; any other (可视情, 一律) is a word of duty.
  const ranked = hasRankedAction(left) && hasRankedAction(right);
  const a = dutyRank(left, ranked);
  const b = dutyRank(right, ranked);
  if (b.rank < a.rank) effects.add('weakened');
  else if (b.rank > a.rank) effects.add('strengthened');
  else if (a.prohibits && !b.prohibits) effects.add('weakened');
  else if (!a.prohibits && b.prohibits) effects.add('strengthened');
  const leftAction = left.action === null ? undefined : actionStrength(left.action);
  const rightAction = right.action === null ? undefined : actionStrength(right.action);
  if (leftAction !== undefined && rightAction !== undefined) {
    if (leftAction - rightAction > actionStep) effects.add('weakened');
    if (rightAction - leftAction > actionStep) effects.add('strengthened');
  }
}

const listMark = /[、,，;；]|以及|及其|和|及|与|或者|或/;

/** How many members a list in a folded text has: 生产、储存和使用…… has 3. */
const countMembers = (folded: string) =>
  folded.split(listMark).filter((part) => /[\p{L}\p{N}]/u.test(part.replace(/^等/, ''))).length;

/** Whether what `longer` has more is another member of a list or another activity (wider) or a condition (narrower). */
function surplusIsMember(extra: readonly Run[], longer: Statement, shorter: Statement) {
  const listed = countMembers(longer.folded);
  if (listed > 1 && listed > countMembers(shorter.folded)) return true;
  return extra.some(({ tokens: run, from, to }) => {
    if (!run.every(isActivity)) return false;
    return isActivity(longer.tokens[from - 1] ?? '') || isActivity(longer.tokens[to] ?? '');
  });
}

/** A word and its other wording share a morpheme and do not stand against each other: 地址/地点, 破旧/老旧. */
function isParaphrase(a: string, b: string): boolean {
  if (Math.max(a.length, b.length) > paraphraseLength || Math.abs(a.length - b.length) > 1) return false;
  if (isFigure(a) || isFigure(b) || areContrasted(a, b)) return false;
  return [...a].some((c) => b.includes(c) && !/[不未无非]/.test(c));
}

/**
 * Whether two statements differ in what is done: 违规生产 and 违规储存 of one thing are two matters, not one reworded.
 */
export function differInActivity(left: readonly string[], right: readonly string[]): boolean {
  const onlyLeft = surplus(left, right);
  const onlyRight = surplus(right, left);
  return onlyLeft.some(({ token }) => isActivity(token)) && onlyRight.some(({ token }) => isActivity(token));
}

/** The words that a changed single character may belong to: 地[址] and 地[点] are told by their words. */
function wordsAround(run: Run, words: readonly string[]): string[] {
  const own = words.slice(run.from, run.to).join('');
  if (own.length > 1) return [own];
  const single = (word: string | undefined) => (word?.length === 1 && !/[不未无非]/.test(word) ? word : '');
  const before = single(words[run.from - 1]);
  const after = single(words[run.to]);
  return [before + own, own + after].filter((word) => word.length > 1).concat(before || after ? [] : [own]);
}

/** What comes and goes with a word without changing it: 卷帘下/卷帘下方, 楼/楼内, 登记/进行登记. */
const lightTokens = new Set([
  ...'方内里中上下处间期度性化类者员们些个种项面部点时因以经名式用',
  ...wordTokens('开展'),
  ...wordTokens('取得'),
]);

/** What neither side can be read as another wording of: the runs left when paraphrases and light characters are gone. */
function withoutParaphrases(
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

/** A denial that comes or goes by itself turns the sense; one in a longer run belongs to what was added. */
const isNegation = (run: Run) => run.tokens.every((token) => negations.has(token));
/** 制度落实情况 and 是否落实制度 name what is looked at, 未落实制度 what would be found: one matter. */
const isAspect = (text: string) => /是否|有无|能否|情况|与否/.test(text);
const rhythmTokens = new Set('每日天周月季度半年学期旬'.split(''));
const hasScope = (effects: ReadonlySet<ChangeEffect>) => effects.has('scope-narrowed') || effects.has('scope-widened');

const generalSubjectTokens = new Set([
  '经营',
  ...['单位', '机构', '场所', '环节', '用户', '主体'].flatMap((word) => wordTokens(word)),
  ...'者类户',
]);

const memberTexts = (subject: string) =>
  foldText(subject)
    .split(listMark)
    .map((member) => member.replace(/等(?:单位|场所|机构|企业)?.*$/, ''))
    .filter((member) => member !== '');

/** 学校 → 小学, 医疗机构 → 民营医院: told by what is a kind of what. */
function kindsAmong(left: string, right: string): 'scope-narrowed' | 'scope-widened' | undefined {
  const a = memberTexts(left);
  const b = memberTexts(right);
  const within = (parts: readonly string[], wholes: readonly string[]) =>
    parts.every((part) => wholes.some((whole) => part === whole || isKindOf(part, whole))) &&
    parts.some((part) => wholes.some((whole) => isKindOf(part, whole)));
  if (within(b, a)) return 'scope-narrowed';
  return within(a, b) ? 'scope-widened' : undefined;
}

/** 餐饮用户 among 餐饮企业、学校食堂等单位用户: every member shares a word of two characters with one of the others. */
function areAmong(few: string, many: string): boolean {
  const others = foldText(many).split(listMark);
  return foldText(few)
    .split(listMark)
    .filter((member) => member !== '')
    .every((member) =>
      others.some((other) => {
        for (let i = 0; i + 2 <= member.length; i++) if (other.includes(member.slice(i, i + 2))) return true;
        return false;
      }),
    );
}

function scopeOfSubjects(
  left: Statement,
  right: Statement,
  effects: Set<ChangeEffect>,
  given: ReadonlySet<string>,
): void {
  if (left.subject === null || right.subject === null) return;
  const kinds = kindsAmong(left.subject, right.subject);
  if (kinds !== undefined) {
    effects.add(kinds);
    return;
  }
  const a = new Set(left.subjectTokens);
  const b = new Set(right.subjectTokens);
  for (const token of [...generalSubjectTokens, ...given]) {
    // 燃气企业 is short for 燃气经营企业; 药品生产企业 is not short for 药品经营企业.
    if (a.has(token) !== b.has(token) && a.size > 1 && b.size > 1) {
      a.delete(token);
      b.delete(token);
    }
  }
  const onlyLeft = [...a].filter((token) => !b.has(token));
  const onlyRight = [...b].filter((token) => !a.has(token));
  if (onlyLeft.length === 0 && onlyRight.length === 0) return;
  const leftMembers = countMembers(foldText(left.subject));
  const rightMembers = countMembers(foldText(right.subject));
  if (onlyLeft.length > 0 && onlyRight.length > 0) {
    if (leftMembers > rightMembers && areAmong(right.subject, left.subject)) effects.add('scope-narrowed');
    else if (rightMembers > leftMembers && areAmong(left.subject, right.subject)) effects.add('scope-widened');
    return;
  }
  if (onlyLeft.length === 0) effects.add(rightMembers > leftMembers ? 'scope-widened' : 'scope-narrowed');
  else if (onlyRight.length === 0) effects.add(leftMembers > rightMembers ? 'scope-narrowed' : 'scope-widened');
}

function scopeWords(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  const a = dutyWords(`${left.subject ?? ''}｜${left.folded}`);
  const b = dutyWords(`${right.subject ?? ''}｜${right.folded}`);
  if (b.narrow.length > 0 && a.narrow.length === 0) effects.add('scope-narrowed');
  if (a.narrow.length > 0 && b.narrow.length === 0) effects.add('scope-widened');
}

/** The tokens of a text without the words of duty and width (应当, 一律, 各类), which are ranked by themselves. */
const essentialSpans = (folded: string, bureau: string | undefined) => {
  const spans = foldedSpans(withoutDutyWords(folded), bureau);
  return spans.length > 0 ? spans : foldedSpans(folded, bureau);
};

export function statementOf(
  fact: { readonly text: string; readonly subject?: string | null; readonly action?: string | null },
  lead: string,
  bureau?: string,
): Statement {
  // An action left in the text governs it more closely than the one stated for the whole list.
  const folded = foldText(fact.text);
  const leading = fact.subject === undefined ? undefined : leadingAction(folded);
  const spans = essentialSpans(leading?.rest ?? folded, bureau);
  return {
    text: fact.text,
    folded,
    subject: fact.subject ?? null,
    action: leading?.action ?? fact.action ?? null,
    lead,
    tokens: spans.map(({ token }) => token),
    words: spans.map(({ word }) => word),
    subjectTokens: fact.subject ? essentialSpans(foldText(fact.subject), bureau).map(({ token }) => token) : [],
    leadTokens: lead === '' ? [] : wordTokens(lead, bureau),
  };
}

/** Where one side prints the subject inside its text and the other beside it, both are brought to one form. */
function alike(left: Statement, right: Statement): readonly [Statement, Statement] {
  const inside = (outer: Statement, inner: Statement): Statement => {
    if (outer.subject !== null || inner.subjectTokens.length === 0) return inner;
    const has = inner.subjectTokens.every((token) => outer.tokens.includes(token));
    if (!has) return inner;
    const tokens = [...inner.subjectTokens, ...inner.tokens];
    return { ...inner, tokens, words: [...inner.subjectTokens, ...inner.words], subject: null };
  };
  return [inside(right, left), inside(left, right)];
}

/**
 * Judges two statements that are each other's counterpart. `given` are words that go without saying in both notices (those
 * of the campaign's name): printing them or not is no change. Direction is from left (upper, earlier) to right (lower,
 * later): `weakened` means that the right one asks less.
 */
export function judge(
  first: Statement,
  second: Statement,
  weight: TokenWeight = () => 1,
  given: ReadonlySet<string> = new Set(),
): Judgement {
  const unchanged =
    first.text === second.text &&
    first.subject === second.subject &&
    first.action === second.action &&
    first.lead === second.lead;
  if (unchanged) return { same: true, effects: [] };
  const [left, right] = alike(first, second);
  const effects = new Set<ChangeEffect>();
  figureEffects(left, right, effects);
  strengthEffects(left, right, effects);
  scopeWords(left, right, effects);
  scopeOfSubjects(left, right, effects, given);

  const rhythmChanged = rhythmEffects(left, right, effects);

  // What one notice prints inside the item may stand before it in the other; a member lost from a list may not.
  const listChanged = countMembers(left.folded) !== countMembers(right.folded);
  const aspect = isAspect(left.text) !== isAspect(right.text);
  const telling = ({ token }: { token: string }) =>
    !isFigure(token) &&
    !given.has(token) &&
    (listChanged || weight(token) >= commonTokenWeight || isActivity(token) || negations.has(token)) &&
    !(rhythmChanged && rhythmTokens.has(token)) &&
    !(aspect && negations.has(token));
  const around = (one: Statement) => (listChanged ? [] : [...one.leadTokens, ...one.subjectTokens]);
  const rest = withoutParaphrases(
    runs(surplus(left.tokens, [...right.tokens, ...around(right)]).filter(telling)),
    runs(surplus(right.tokens, [...left.tokens, ...around(left)]).filter(telling)),
    left.words,
    right.words,
  );
  if (rest.left.length > 0 && rest.right.length > 0) {
    const kinds = rest.left.length === 1 && rest.right.length === 1;
    const [a, b] = [rest.left[0]!.tokens.join(''), rest.right[0]!.tokens.join('')];
    if (kinds && isKindOf(b, a)) effects.add('scope-narrowed');
    else if (kinds && isKindOf(a, b)) effects.add('scope-widened');
  } else if (rest.right.length > 0) {
    if (rest.right.some(isNegation)) effects.add('strengthened');
    else if (!hasScope(effects)) {
      effects.add(surplusIsMember(rest.right, right, left) ? 'scope-widened' : 'scope-narrowed');
    }
  } else if (rest.left.length > 0) {
    if (rest.left.some(isNegation)) effects.add('weakened');
    else if (!hasScope(effects)) {
      effects.add(surplusIsMember(rest.left, left, right) ? 'scope-narrowed' : 'scope-widened');
    }
  }
  const same = rest.left.length === 0 && rest.right.length === 0;
  return { same: same && effects.size === 0, effects: [...effects] };
}
