import { actionStrength, dutyWords, gradeStep } from '../../extractors/lexicon/wording.ts';
import type { ChangeEffect } from '../../models/comparison.ts';
import { foldText } from '../../models/text/fold.ts';
import type { Statement } from './statement.ts';
import { isFigure, type OnlyIn } from './surplus.ts';

/** In which direction figures, dates, rhythms, duties and actions changed. */

const isDate = (token: string) => /^(?:\d{4}-\d{2}(?:-\d{2})?|\d{2}-\d{2})$/.test(token);
const lowerBound = /不少于|不低于|不小于|以上|至少|达到|不得少于|不得低于|高于|多于|最低/;
const upperBound = /不超过|不高于|不多于|不大于|以下|以内|之内|最多|至多|不得超过|不得高于|低于|少于|小于|内|前/;
const offenceBound = /(?<!不|不得)(?:超过|超出|超|大于|多于|以上)/;

/** Whether more of a figure asks for more (1), for less (-1), or cannot be told (0). `behaviour`: the text is an offence. */
function figureDirection(folded: string, figure: string, behaviour: boolean): -1 | 0 | 1 {
  // 配比达到1:4: which way is more depends on what is counted.
  if (folded.includes(`:${figure}`)) return 0;
  // 遇到六级以上大风应当停工, 5000平方米以上的工地应当安装: from a lower figure on, the duty holds for more.
  if (
    new RegExp(
      `(?:遇|发生|出现)[^,，]{0,4}${figure}|${figure}[^,，、]{0,3}以上[^,，、]{0,12}[,，]?(?:应|须|必须|要|一律|停止|严禁|不得)`,
    ).test(folded)
  )
    return -1;
  // 提前48小时通知: the sooner, the better.
  if (folded.includes(`提前${figure}`) || folded.includes(`提前至少${figure}`)) return 1;
  // 每 3 年 1 次: the longer the interval, the less is asked.
  if (folded.includes(`每${figure}`)) return -1;
  // 保存少于 2 年的 is the offence: a higher figure catches more.
  if (behaviour && /(?<!不|不得)(?:少于|低于|不足|不满|小于|未达到)/.test(folded)) return 1;
  // 未保存满 6 个月, too; 是否保存满 6 个月 asks for it.
  if (behaviour && /(?:未|是否).*满/.test(folded)) return 1;
  // 是否保存3年以上 asks for it.
  if (behaviour && /是否[^,，]*(?:以上|不少于|不低于|至少)/.test(folded) && !/超过|超出|大于|多于/.test(folded))
    return 1;
  // 储存超过 10 吨的: a higher threshold catches fewer.
  if (behaviour && offenceBound.test(folded) && !/不少于|不低于|至少/.test(folded)) return -1;
  if (lowerBound.test(folded)) return 1;
  if (upperBound.test(folded)) return -1;
  if (/每(?:年|半年|季|月|周|日)|覆盖|比例|率/.test(folded)) return 1;
  return 0;
}

/** How often something is done, in days; 每季度 asks less than 每月. */
const rhythms: readonly (readonly [RegExp, number])[] = [
  [/每(?:航次|车次|班次|趟|班)/, 0.5],
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

/** Adds the effect of another rhythm; true where there is one. */
export function rhythmEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): boolean {
  const a = rhythmOf(left.folded);
  const b = rhythmOf(right.folded);
  if (a === undefined || b === undefined || a === b) return false;
  effects.add(b < a ? 'strengthened' : 'weakened');
  return true;
}

/** Colours of warning, the least grave first. */
const warningColours = ['蓝', '黄', '橙', '红'];
const warningOf = (folded: string) => {
  const colour = /(?<colour>[蓝黄橙红])色[^,，]{0,6}(?:预警|警报|警戒)/.exec(folded)?.groups?.colour;
  return colour === undefined ? -1 : warningColours.indexOf(colour);
};

/** Adds the effect of another colour of warning: what holds from a less grave one on asks more. */
export function warningEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  const [a, b] = [warningOf(left.folded), warningOf(right.folded)];
  if (a >= 0 && b >= 0 && a !== b) effects.add(b < a ? 'strengthened' : 'weakened');
}

const multiples: Readonly<Record<string, number>> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };
const amountOf = (token: string) => Number.parseFloat(token) * (multiples[token.replace(/^[\d.]+/, '')] ?? 1);

/** Adds the effects of figures and dates. */
export function figureEffects(left: Statement, right: Statement, only: OnlyIn, effects: Set<ChangeEffect>): void {
  const onlyLeft = only.left.filter(({ token }) => isFigure(token));
  const onlyRight = only.right.filter(({ token }) => isFigure(token));
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
    const difference = amountOf(b) - amountOf(a);
    const [unitA, unitB] = [a, b].map((token) => token.replace(/^[\d.]+/, ''));
    // 1万 and 5000平: the unit of the one stands in its next word.
    const sameUnit = unitA === unitB || [unitA, unitB].some((unit) => unit !== undefined && unit in multiples);
    const direction = sameUnit ? figureDirection(right.folded, b, behaviour) : 0;
    if (direction !== 0 && difference !== 0) {
      effects.add(difference > 0 === direction > 0 ? 'strengthened' : 'weakened');
    }
  }
  // A figure that comes or goes with other words belongs to them.
  const more = onlyLeft.length > onlyRight.length ? only.left : only.right;
  if (onlyLeft.length !== onlyRight.length && more.every(({ token }) => isFigure(token))) effects.add('number-changed');
}

/**
 * A step of action strength that changes what is asked: 严厉打击 (5) → 检查 (2). 打击, 整治 and 重点检查 are exchanged freely
 * from one notice to the next.
 */
const actionStep = 2.5;
/** From checking (重点检查, 排查) to no more than watching or encouraging (重点关注, 鼓励) even a smaller step counts. */
const checking = 2;
const stepToWatching = 1;
const isActionStep = (from: number, to: number) =>
  Math.abs(from - to) >=
  (Math.min(from, to) < checking && Math.max(from, to) >= checking ? stepToWatching : actionStep);
type DutyRank = 0 | 1 | 2;

const hasRankedAction = (statement: Statement) =>
  statement.action !== null && actionStrength(statement.action) !== undefined;

function dutyRank(statement: Statement, ranked: boolean): { rank: DutyRank; prohibits: boolean } {
  const lead = statement.action === null ? statement.lead : statement.lead.replace(statement.action, '');
  // 严禁 as an action denies what the other notice denies in its words (不得…).
  const banned = statement.action !== null && /禁/.test(statement.action);
  const words = dutyWords(
    `${foldText(`${lead}｜${ranked && !banned ? '' : (statement.action ?? '')}`)}|${statement.folded}`,
  );
  const rank: DutyRank = words.soft.length > 0 ? 0 : words.strict.length > 0 ? 2 : 1;
  return { rank, prohibits: words.prohibitions.length > 0 };
}

/** Adds the effects of words of duty (应当, 可以, 不得) and of the action. */
export function strengthEffects(left: Statement, right: Statement, effects: Set<ChangeEffect>): void {
  // Two actions that are ranked by themselves do not count twice; any other (可视情, 一律) is a word of duty.
  const ranked = hasRankedAction(left) && hasRankedAction(right);
  const a = dutyRank(left, ranked);
  const b = dutyRank(right, ranked);
  if (b.rank < a.rank) effects.add('weakened');
  else if (b.rank > a.rank) effects.add('strengthened');
  else if (a.prohibits && !b.prohibits) effects.add('weakened');
  else if (!a.prohibits && b.prohibits) effects.add('strengthened');
  const grade = gradeStep(left.folded, right.folded);
  if (grade !== 0) effects.add(grade < 0 ? 'weakened' : 'strengthened');
  // 严禁 over 检查 … 不得: both deny; how hard the checking is has not changed.
  if (a.prohibits && b.prohibits) return;
  const leftAction = left.action === null ? undefined : actionStrength(left.action);
  const rightAction = right.action === null ? undefined : actionStrength(right.action);
  if (leftAction !== undefined && rightAction !== undefined) {
    if (isActionStep(leftAction, rightAction)) effects.add(rightAction < leftAction ? 'weakened' : 'strengthened');
  }
}
