import { areContrasted, isActivity, isKindOf, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { ChangeEffect } from '../../models/comparison.ts';
import { figureEffects, rhythmEffects, strengthEffects, warningEffects } from './directions.ts';
import { isFullerName, isReworded, isShortFor, printedRuns, shareOf, withoutParaphrases } from './paraphrase.ts';
import { countMembers, scopeOfSubjects, scopeWords, surplusIsMember } from './scope.ts';
import { alike, reworded, type Statement, type TokenWeight } from './statement.ts';
import { isFigure, negations, type PlacedToken, type Run, runs, surplus } from './surplus.ts';

/**
 * What changed between two statements that are each other's counterpart: whether they still say the same, and if not in
 * which direction. Works on folded wording (synonyms, figures and dates in one shape), so only meaning is left to differ.
 */

export interface Judgement {
  /** Nothing that a reader would act on differently has changed. */
  readonly same: boolean;
  readonly effects: readonly ChangeEffect[];
}

/** Below this weight a token stands in so many entries (药, 品, 企业) that adding or losing it says nothing. */
const commonTokenWeight = 0.3;
const addScope = (effects: Set<ChangeEffect>, effect: 'scope-narrowed' | 'scope-widened') => {
  if (!hasScope(effects)) effects.add(effect);
};

/** A denial that comes or goes by itself turns the sense; one in a longer run belongs to what was added. */
const isNegation = (run: Run) => run.tokens.every((token) => negations.has(token));
/** 制度落实情况 and 是否落实制度 name what is looked at, 未落实制度 what would be found: one matter. */
const isAspect = (text: string) => /是否|有无|能否|情况|与否/.test(text);
const isQuestion = (text: string) => /是否|有无|能否/.test(text);
/** 是否完好 asks for what 损坏 finds; words for a good state and the faults that another notice prints in its place. */
const faultOf: Readonly<Record<string, string>> = {
  完好: '损坏',
  有效: '失效',
  正常: '异常',
  齐全: '缺失',
  畅通: '堵塞',
  真实: '虚假',
  一致: '不符',
  牢固: '松动',
  充足: '不足',
  规范: '不规范',
};
const asked = new RegExp(`是否(${Object.keys(faultOf).join('|')})$`);
/** The faults that a question looks for: 未取得…, 失效. */
const faultsAskedFor = (text: string): string[] =>
  [text.replace(asked, (_, state: string) => faultOf[state] ?? state), text.replace('是否', '未')].filter(
    (fault) => fault !== text,
  );
/** 在饲料中非法添加: what says where is no fuller name. */
const namesPlace = (extra: readonly Run[], one: Statement, other: Statement) =>
  extra.some(
    ({ tokens, from, to }) =>
      one.folded.includes(`在${one.words.slice(from, to).join('')}`) &&
      !tokens.some((token) => other.tokens.includes(token)),
  );
/** With a denial on both sides they say no more than it does: 未建立台账, 无台账, 台账缺失. */
const existence = new Set(
  ['建立', '设置', '设立', '安装', '配备', '配置', '制定', '具备', '取得', '办理', '签订', '加装'].flatMap((word) =>
    wordTokens(word),
  ),
);
const rhythmTokens = new Set('每日天周月季度半年学期旬'.split(''));
const hasScope = (effects: ReadonlySet<ChangeEffect>) => effects.has('scope-narrowed') || effects.has('scope-widened');

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
  const judged = judgeWording(
    isShortFor(first.folded, second.folded) ? reworded(first, second.text) : first,
    isShortFor(second.folded, first.folded) ? reworded(second, first.text) : second,
    weight,
    given,
  );
  if (judged.same || /是否/.test(first.text) === /是否/.test(second.text)) return judged;
  // One looks for a fault, the other asks for what should be: the fault is known by another word than the asking.
  const asking = /是否/.test(first.text) ? first : second;
  for (const fault of faultsAskedFor(asking.text)) {
    const found = reworded(asking, fault);
    const again = judgeWording(asking === first ? found : first, asking === second ? found : second, weight, given);
    if (again.same) return again;
  }
  return judged;
}

function judgeWording(first: Statement, second: Statement, weight: TokenWeight, given: ReadonlySet<string>): Judgement {
  const unchanged =
    first.text === second.text &&
    first.subject === second.subject &&
    first.action === second.action &&
    first.lead === second.lead;
  if (unchanged) return { same: true, effects: [] };
  const [left, right] = alike(first, second);
  const effects = new Set<ChangeEffect>();
  const only = { left: surplus(left.tokens, right.tokens), right: surplus(right.tokens, left.tokens) };
  figureEffects(left, right, only, effects);
  strengthEffects(left, right, effects);
  scopeWords(left, right, effects);
  scopeOfSubjects(left, right, effects, given);

  const rhythmChanged = rhythmEffects(left, right, effects);
  warningEffects(left, right, effects);

  // What one notice prints inside the item may stand before it in the other; a member lost from a list may not.
  const [leftMembers, rightMembers] = [countMembers(left.folded), countMembers(right.folded)];
  const listChanged = leftMembers !== rightMembers;
  // 未按规定报告死亡情况 and 是否按规定报告死亡情况: of two that name what is looked at only one asks.
  const aspect = [isAspect, isQuestion].some((is) => is(left.text) !== is(right.text));
  const denied = [left, right].every(({ tokens }) => tokens.some((token) => negations.has(token)));
  // 通过暗管 and 利用暗管 name a means.
  const means = [left, right].every(({ folded }) => /^(?:通过|利用|借助|采用|采取|以)/.test(folded));
  // 专职 and 兼职 differ though 专 is in the campaign's name (专项).
  const joined = (tokens: readonly PlacedToken[]) => tokens.map(({ token }) => token).join('');
  const contrasted = areContrasted(joined(only.left), joined(only.right));
  // 未注册或者未备案 and 未注册或备案 deny both.
  const denials = [left, right].map(({ tokens }) => tokens.filter((token) => negations.has(token)).length);
  const shared = Math.min(...denials) > 0 && leftMembers > 1 && rightMembers > 1;
  const telling = ({ token, at }: PlacedToken) =>
    !(means && at === 0) &&
    !isFigure(token) &&
    (contrasted || !given.has(token)) &&
    (listChanged || weight(token) >= commonTokenWeight || isActivity(token) || negations.has(token)) &&
    !(rhythmChanged && rhythmTokens.has(token)) &&
    !((aspect || shared) && negations.has(token)) &&
    !(denied && existence.has(token));
  const around = (one: Statement) => (listChanged ? [] : [...one.leadTokens, ...one.subjectTokens]);
  // What heads a statement is left out in the other because the item before it named it already (设施不正常运行).
  const missingIn = (one: Statement, other: Statement, onlyInOne: readonly PlacedToken[]) => {
    const more = around(other);
    const missing = more.length === 0 ? onlyInOne : surplus(one.tokens, [...other.tokens, ...more]);
    return runs(missing.filter(telling)).filter(
      (run) => !one.tokens.slice(0, run.to).every((token) => other.precedingTokens.includes(token)),
    );
  };
  const rest = withoutParaphrases(
    missingIn(left, right, only.left),
    missingIn(right, left, only.right),
    left.words,
    right.words,
  );
  const shares = [shareOf(rest.left, left, weight), shareOf(rest.right, right, weight)] as const;
  let same = rest.left.length === 0 && rest.right.length === 0;
  if (rest.left.length > 0 && rest.right.length > 0) {
    const [a, b] = [printedRuns(rest.left, left), printedRuns(rest.right, right)];
    if (isKindOf(b, a)) effects.add('scope-narrowed');
    else if (isKindOf(a, b)) effects.add('scope-widened');
    else same = isReworded(rest.left, rest.right, left, right, Math.max(...shares));
  } else if (rest.right.length > 0) {
    if (surplusIsMember(rest.right, right, left)) addScope(effects, 'scope-widened');
    else if (rest.right.some(isNegation)) effects.add('strengthened');
    else if (!isFullerName(rest.right, right, shares[1]) || namesPlace(rest.right, right, left)) {
      addScope(effects, 'scope-narrowed');
    } else same = true;
  } else if (rest.left.length > 0) {
    if (surplusIsMember(rest.left, left, right)) addScope(effects, 'scope-narrowed');
    else if (rest.left.some(isNegation)) effects.add('weakened');
    else if (!isFullerName(rest.left, left, shares[0]) || namesPlace(rest.left, left, right)) {
      addScope(effects, 'scope-widened');
    } else same = true;
  }
  return { same: same && effects.size === 0, effects: [...effects] };
}
