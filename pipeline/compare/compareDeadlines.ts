import { wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Change, ChangeEffect } from '../../models/comparison.ts';
import type { Deadline, Due, Frequency, Phase } from '../../models/facts.ts';
import type { Notice } from '../../models/notice.ts';
import { assign, type Candidate } from './assignment.ts';
import { textEdits } from './edits.ts';
import { diceOf, type Features, featuresOf, isNeighbours, massOf, tokenFeature, weightsOf } from './similarity.ts';

const dayMs = 86_400_000;
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs;

const phasesOf = (notice: Notice): readonly Phase[] => notice.campaign?.phases ?? [];
const isLimit = ({ start, end }: Phase) => start === null && end !== null;

/**
 * The deadlines of a notice, with the limits of its phases where one of the two notices prints no more than a limit:
 * 自查阶段（4月30日前） is a day by which something is to be done; from when to when a phase runs is none.
 */
export function deadlinesWithLimits(own: Notice, other: Notice): Deadline[] {
  const days = new Set(own.deadlines.map(({ due }) => dueDay(due)));
  const limits = phasesOf(own).flatMap((phase): Deadline[] => {
    const { name, end, evidence } = phase;
    // 2月底前 is a month.
    const day = dueDay({ kind: 'period', start: null, end });
    if (day === null || days.has(day)) return [];
    if (!isLimit(phase) && !phasesOf(other).some((one) => one.name === name && isLimit(one))) return [];
    const due = { kind: 'date', date: day } as const;
    return [{ task: name, due, time: null, assumed: [], responsible: null, recipient: null, evidence }];
  });
  return [...own.deadlines, ...limits];
}

/** Days of one period: the more often something is owed, the more is asked. */
const periodDays: Readonly<Record<Frequency, number>> = {
  weekly: 7,
  monthly: 30,
  quarterly: 91,
  'half-yearly': 182,
  yearly: 365,
};

/** The day a due date stands for, where it is one day; YYYY-MM counts as its last day. */
export function dueDay(due: Due): string | null {
  if (due.kind === 'date') return due.date;
  if (due.kind === 'relative') return due.date;
  if (due.kind !== 'period' || due.end === null) return null;
  if (due.end.length === 10) return due.end;
  const [year, month] = due.end.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The day within a period, as a number that grows with lateness; -1 (the last day) is after every other. */
function recurringDay(due: Extract<Due, { kind: 'recurring' }>): number | null {
  if (due.day === null) return null;
  const day = due.day < 0 ? 32 + due.day : due.day;
  return (due.month ?? 0) * 31 + day;
}

/**
 * How many periods after the one reported on something is owed: the figures of last month (上月) by the 3rd come after
 * those of this month (当月) by the 28th. undefined where the task does not say.
 */
export function periodsAfter(task: string): number | undefined {
  if (/上个?(?:月|季度?|周|半年|年度?)|前一个?月|上月/.test(task)) return 1;
  return /当(?:月|季|周)|本(?:月|季度?|周)/.test(task) ? 0 : undefined;
}

/** Periods by which the right duty lies after the left one, beyond its day. */
export function periodShift(left: Deadline, right: Deadline): number {
  const a = periodsAfter(left.task);
  const b = periodsAfter(right.task);
  return a === undefined || b === undefined ? 0 : b - a;
}

/**
 * Differences between two due dates of one duty. Empty: the same. `shift`: periods by which the right one lies later
 * (`periodShift`).
 */
export function dueEffects(
  left: Due,
  right: Due,
  leftTime: string | null,
  rightTime: string | null,
  shift = 0,
): ChangeEffect[] {
  const effects = new Set<ChangeEffect>();
  if (left.kind === 'recurring' && right.kind === 'recurring') {
    if (left.frequency !== right.frequency) {
      effects.add(periodDays[right.frequency] < periodDays[left.frequency] ? 'strengthened' : 'weakened');
    } else {
      const a = recurringDay(left);
      const b = recurringDay(right);
      const later = a === null || b === null ? 0 : b + shift * periodDays[left.frequency] - a;
      if (later !== 0) effects.add(later < 0 ? 'date-earlier' : 'date-later');
      else if (a !== b) effects.add('number-changed');
    }
  } else if (left.kind === 'relative' && right.kind === 'relative' && left.from === right.from) {
    const days = (due: typeof left) => due.amount * (due.unit === 'month' ? 30 : due.unit === 'working-day' ? 1.4 : 1);
    if (left.amount !== right.amount || left.unit !== right.unit) {
      effects.add(days(right) < days(left) ? 'date-earlier' : 'date-later');
    }
  } else {
    const a = dueDay(left);
    const b = dueDay(right);
    if (a !== null && b !== null && a !== b) effects.add(b < a ? 'date-earlier' : 'date-later');
    else if (left.kind !== right.kind && (a === null || b === null)) effects.add('number-changed');
  }
  if (effects.size === 0 && leftTime !== null && rightTime !== null && leftTime !== rightTime) {
    effects.add(rightTime < leftTime ? 'date-earlier' : 'date-later');
  }
  return [...effects];
}

/** Two dates this many days apart are half as likely to be one duty as on the same day. */
const halfDays = 45;

/** How likely two dues belong to one duty, 0..1, from their kind and date alone. */
function dueAgreement(left: Due, right: Due): number {
  if (left.kind === 'recurring' || right.kind === 'recurring') {
    if (left.kind !== right.kind) return 0.1;
    const a = left as Extract<Due, { kind: 'recurring' }>;
    const b = right as Extract<Due, { kind: 'recurring' }>;
    if (a.frequency !== b.frequency) return 0.55;
    const days = Math.abs((recurringDay(a) ?? 15) - (recurringDay(b) ?? 15));
    return 1 - Math.min(0.3, days / 100);
  }
  const a = dueDay(left);
  const b = dueDay(right);
  if (a === null || b === null) return left.kind === right.kind ? 0.7 : 0.4;
  const distance = Math.abs(dayNumber(a) - dayNumber(b));
  // Last year's notice has the same duty on about the same day of its own year.
  const overYear = Math.abs((distance % 365.25) - (distance % 365.25 > 182 ? 365.25 : 0)) + (distance > 182 ? 20 : 0);
  return 0.5 ** (Math.min(distance, overYear) / halfDays);
}

/** A pair below this is not the same duty. */
const deadlineFloor = 0.36;
const taskShare = 0.62;

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** What nearly every duty says: that something is sent in. What is sent tells them apart. */
const commonDuties = new Set([...wordTokens('报送填报汇总附件'), ...'报送附件']);

/** What is handed in; two duties to hand in the same are alike, whatever else their sentences say. */
const products: readonly RegExp[] = [
  /统计表|报表|汇总表|数据表/,
  /总结/,
  /(?:方案|计划)(?!书)|(?:工作|行动|检查|整治|治理|任务)安排/,
  /联络员|联系人|专班名单|责任人名单/,
  /典型案例/,
  /动员部署|部署启动|动员情况|启动情况/,
  /自查(?:自纠)?(?:报告|情况)/,
  /(?:问题|隐患|风险)?(?:清单|台账)/,
  /简报|信息/,
  /进展|阶段性/,
];
const sameProduct = 0.45;
/** 报送情况 may be any report; only its date tells which. */
const unsaidProduct = 0.3;
const generalDuties = new Set([...commonDuties].map(tokenFeature));
const saysNothing = (task: Features) =>
  [...task.keys()].every((feature) => isNeighbours(feature) || generalDuties.has(feature));
/** The first kind that each names: 阶段性总结 is a 总结. */
const sharesProduct = (a: string, b: string) => {
  const first = products.findIndex((product) => product.test(a));
  return first >= 0 && first === products.findIndex((product) => product.test(b));
};

export interface DeadlinePair {
  readonly left: number;
  readonly right: number;
  readonly worth: number;
}

export interface DeadlineContext {
  /** The kinds of the issuing bodies: what 省局 and 市局 mean. */
  readonly bureaus?: readonly [string | undefined, string | undefined];
  /** Names of the campaigns: every task may carry them, none is told by them. */
  readonly names?: readonly string[];
}

/** 报送“春雷”行动工作总结 is about the 工作总结: the campaign's name, whole or by its quoted core, says nothing. */
function withoutNames(task: string, names: readonly string[]): string {
  let rest = task;
  for (const name of names) {
    const core = /[“"「][^”"」]+[”"」][^的报送]{0,6}?行动/.exec(name)?.[0];
    for (const part of [name, core]) if (part) rest = rest.replaceAll(part, '');
  }
  return rest.replace(/[“"][^”"]{1,12}[”"](?:巩固提升|专项)?(?:整治)?行动/g, '');
}

/** 工作方案报省厅燃气管理处: to whom it is owed changes with every level and says nothing of what is owed. */
function withoutRecipient(task: string, recipient: string | null): string {
  const named = recipient === null ? task : task.replaceAll(recipient, '');
  const bare = named
    .replace(/^(?:由[^，。]{1,20}?)?向[^，。报]{2,24}?(?=报送|上报|提交|报告)/, '')
    .replace(
      /(?:报送|上报|报|送|交|发送)(?:至|给|到|往)?[^，。；报送]{0,20}(?:局|厅|处|科|股|室|部门|办公室|专班|中心|邮箱)(?=$|[，。；])/g,
      '报送',
    );
  return bare === '' ? task : bare;
}

/** Pairs the duties of two notices by what is owed, how often and when; one assignment over all. */
export function alignDeadlines(
  left: readonly Deadline[],
  right: readonly Deadline[],
  context: DeadlineContext = {},
): { readonly pairs: readonly DeadlinePair[]; readonly worth: ReadonlyMap<number, number> } {
  const { bureaus = [undefined, undefined], names = [] } = context;
  const taskOf = (deadline: Deadline, bureau: string | undefined) => {
    const tokens = wordTokens(withoutRecipient(withoutNames(deadline.task, names), deadline.recipient), bureau);
    const telling = tokens.filter((token) => !commonDuties.has(token));
    return featuresOf(telling.length > 0 ? telling : tokens.length > 0 ? tokens : [deadline.task]);
  };
  const a = left.map((deadline) => taskOf(deadline, bureaus[0]));
  const b = right.map((deadline) => taskOf(deadline, bureaus[1]));
  const weights = weightsOf([...a, ...b], 0.5);
  const massA = a.map((features) => massOf(features, weights));
  const massB = b.map((features) => massOf(features, weights));
  const candidates: Candidate[] = [];
  const worth = new Map<number, number>();
  left.forEach((x, i) => {
    right.forEach((y, j) => {
      const unsaid = saysNothing(a[i]!) || saysNothing(b[j]!);
      const kin = sharesProduct(x.task, y.task) ? sameProduct : unsaid ? unsaidProduct : 0;
      const task = Math.max(kin, diceOf(a[i]!, b[j]!, weights, massA[i]!, massB[j]!));
      const due = dueAgreement(x.due, y.due);
      // The same day (or the same day of every month) makes little shared wording enough, but not none at all.
      const same = task > 0 && dueEffects(x.due, y.due, null, null).length === 0 && x.due.kind === y.due.kind;
      const value = task * taskShare + due * (1 - taskShare) * Math.min(1, 0.4 + task * 2) + (same ? 0.08 : 0);
      worth.set(i * right.length + j, value);
      candidates.push({ left: i, right: j, worth: Math.min(1, value) });
    });
  });
  const assigned = assign(left.length, right.length, candidates, deadlineFloor);
  const pairs: DeadlinePair[] = [];
  assigned.forEach((j, i) => {
    if (j >= 0) pairs.push({ left: i, right: j, worth: worth.get(i * right.length + j) ?? 0 });
  });
  return { pairs, worth };
}

/**
 * The changes of the deadlines. A duty is kept when it is owed on the same day; that the lower level words it its own
 * way, and owes it to another body, is what passing on means.
 */
export function compareDeadlines(
  left: readonly Deadline[],
  right: readonly Deadline[],
  context: DeadlineContext = {},
): Change<Deadline>[] {
  const { pairs, worth } = alignDeadlines(left, right, context);
  const rightOf = new Map(pairs.map((pair) => [pair.left, pair]));
  const taken = new Set(pairs.map((pair) => pair.right));
  const nearestOf = (items: readonly Deadline[], at: (other: number) => number) => {
    let best: { item: Deadline; similarity: number } | undefined;
    items.forEach((item, other) => {
      const similarity = round(worth.get(at(other)) ?? 0);
      if (similarity > (best?.similarity ?? 0)) best = { item, similarity };
    });
    return best === undefined ? {} : { nearest: best };
  };
  const changes = left.map((deadline, i): Change<Deadline> => {
    const pair = rightOf.get(i);
    if (pair === undefined) {
      const nearest = nearestOf(right, (j) => i * right.length + j);
      return { change: 'dropped', effects: [], left: [deadline], right: [], similarity: 0, ...nearest };
    }
    const other = right[pair.right]!;
    const effects = dueEffects(deadline.due, other.due, deadline.time, other.time, periodShift(deadline, other));
    const edits = textEdits(deadline.task, other.task);
    return {
      change: effects.length === 0 ? 'kept' : 'modified',
      effects,
      left: [deadline],
      right: [other],
      similarity: round(pair.worth),
      ...(edits ? { edits } : {}),
    };
  });
  right.forEach((deadline, j) => {
    if (taken.has(j)) return;
    const nearest = nearestOf(left, (i) => i * right.length + j);
    changes.push({ change: 'added', effects: [], left: [], right: [deadline], similarity: 0, ...nearest });
  });
  return changes;
}
