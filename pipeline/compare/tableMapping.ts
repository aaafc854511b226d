import { isKindOf, wordTokens } from '../../extractors/lexicon/wording.ts';
import type { Table, TableAxis } from '../../models/table.ts';
import { foldText } from '../../models/text/fold.ts';
import { assign, type Candidate } from './assignment.ts';
import { activitiesIn, differInActivity } from './paraphrase.ts';
import { notApplicableLabels } from './remit.ts';
import { coverageOf, diceOf, type Features, featuresOf, massOf, type Weights, weightsOf } from './similarity.ts';

/** Rows (or columns) of two tables brought together. Indices are those of `Table.rows` or `Table.columns`. */
export interface AxisAlignment {
  /** For every left row the right ones: none, one, or several (split). */
  readonly rightOf: readonly (readonly number[])[];
  readonly leftOf: readonly (readonly number[])[];
}

interface AxisEntry {
  readonly axis: TableAxis;
  readonly key: string;
  readonly leafKey: string;
  readonly leafTokens: readonly string[];
  readonly leaf: Features;
  readonly group: Features;
  readonly all: Features;
}

export const axisKey = (path: readonly string[]) => path.map((label) => foldText(label)).join('/');

/** 发现违规单位数 and 发现违规单位数量 count the same; that something is counted tells no label from another. */
const labelTokens = (label: string) =>
  wordTokens(
    label
      .replace(/[（(][^（()）]{1,4}[)）]$/, '')
      .replace(/(?:数量|数目|总数|个数|数)$/, '')
      // 已整治户数 and 整治完成户数.
      .replace(/^已(?=[\u4e00-\u9fff]{2})/, '完成'),
  );

function entryOf(axis: TableAxis): AxisEntry {
  const leafLabel = axis.path.at(-1) ?? '';
  const leaf = labelTokens(leafLabel);
  const group = axis.path.slice(0, -1).flatMap(labelTokens);
  return {
    axis,
    key: axisKey(axis.path),
    leafKey: foldText(leafLabel),
    leafTokens: leaf,
    leaf: featuresOf(leaf.length > 0 ? leaf : [leafLabel]),
    group: featuresOf(group),
    all: featuresOf([...group, ...leaf]),
  };
}

/** Labels are short: two that share less than this are two things. */
const axisFloor = 0.38;
const leafShare = 0.78;
const orderShare = 0.05;
/** What remains of the likeness of two labels that name different activities: 生产企业 is not 运输企业 renamed. */
const otherActivity = 0.5;

const isRest = (label: string) => /^其[他它余]/.test(label);

function labelWorth(a: AxisEntry, b: AxisEntry, weights: Weights, place: number): number {
  if (a.key === b.key) return 1;
  // 其他 takes what the named ones leave; it is never one of them under another name.
  if (isRest(a.leafKey) !== isRest(b.leafKey)) return 0;
  const dice = (x: Features, y: Features) => diceOf(x, y, weights, massOf(x, weights), massOf(y, weights));
  const leaf = a.leafKey === b.leafKey ? 1 : dice(a.leaf, b.leaf);
  const bothGrouped = a.group.size > 0 && b.group.size > 0;
  const group = bothGrouped ? dice(a.group, b.group) : a.group.size === b.group.size ? 1 : 0.4;
  // A group's label may stand in the label of a row of a flat table: 立案查处/销售劣药 and 立案查处销售劣药案件数.
  const flat = bothGrouped ? 0 : dice(a.all, b.all);
  const other = differInActivity(activitiesIn(a.leafTokens), activitiesIn(b.leafTokens)) ? otherActivity : 1;
  const text = other * Math.max(leaf * leafShare + (leaf > 0 ? group * (1 - leafShare) : 0), flat);
  return Math.min(0.99, text * (1 - orderShare) + (text > 0 ? orderShare * (1 - place) : 0));
}

const bodyEnding = /(?:机构|企业|单位|场所|用户|经营者|[院店馆所站户])$/;

/** Whether a label names two kinds of bodies one after the other, which are labels of their own in the other table. */
function makeUp(whole: string, [first, second]: readonly [string, string]): boolean {
  const [all, a, b] = [whole, first, second].map((label) => label.replace(bodyEnding, ''));
  return a !== '' && b !== '' && (all === `${a}${b}` || all === `${b}${a}`);
}

/** No word that divides a label into kinds is longer. */
const longestQualifier = 4;

/** 已整改一般隐患数 and 已整改重大隐患数 divide 已整改隐患数: each puts a word of its own in at one place of it. */
function divide(whole: string, parts: readonly [string, string]): boolean {
  const longer = parts.map((part) => part.length - whole.length);
  if (parts[0] === parts[1] || longer.some((more) => more < 1 || more > longestQualifier)) return false;
  for (let at = 0; at <= whole.length; at++) {
    if (parts.every((part) => part.startsWith(whole.slice(0, at)) && part.endsWith(whole.slice(at)))) return true;
  }
  return false;
}

const partInWhole = 0.75;
const newlyCovered = 0.18;

function extendSplits(
  wholes: readonly AxisEntry[],
  parts: readonly AxisEntry[],
  partsOf: number[][],
  wholesOf: number[][],
  weights: Weights,
): void {
  parts.forEach((part, j) => {
    if (wholesOf[j]!.length > 0) return;
    let best = -1;
    let gain = newlyCovered;
    wholes.forEach((whole, i) => {
      const paired = partsOf[i]!;
      if (paired.length === 0 || wholesOf[paired[0]!]!.length > 1) return;
      if (part.axis.path.length !== parts[paired[0]!]!.axis.path.length) return;
      // 初中 and 高中 are the parts of 中学, though they share no word with it; 医疗机构 and 养老机构 of 医疗养老机构.
      const kinds =
        paired.every((other) => isKindOf(parts[other]!.leafKey, whole.leafKey)) &&
        isKindOf(part.leafKey, whole.leafKey);
      const both = [parts[paired[0]!]!.leafKey, part.leafKey] as const;
      if (kinds || makeUp(whole.leafKey, both) || (paired.length === 1 && divide(whole.leafKey, both))) {
        gain = 1;
        best = i;
        return;
      }
      if (coverageOf(part.leaf, whole.leaf, weights) < partInWhole) return;
      const already = new Map(paired.flatMap((other) => [...parts[other]!.leaf]));
      const before = coverageOf(whole.leaf, already, weights);
      const after = coverageOf(whole.leaf, new Map([...already, ...part.leaf]), weights);
      if (after - before >= gain) {
        gain = after - before;
        best = i;
      }
    });
    if (best >= 0) {
      partsOf[best]!.push(j);
      wholesOf[j]!.push(best);
    }
  });
}

/** 药品零售企业/药品网络零售企业: a label that names several, each a label of the other table, is cut into those. */
function pairEnumerations(
  wholes: readonly AxisEntry[],
  parts: readonly AxisEntry[],
  partsOf: number[][],
  wholesOf: number[][],
): void {
  const byLabel = new Map(parts.map((part, j) => [part.leafKey, j]));
  const labels = new Set(wholes.map((whole) => whole.leafKey));
  wholes.forEach((whole, i) => {
    const named = whole.leafKey.split(/[/、,]|及|和|与/).filter((label) => label !== '');
    if (named.length < 2) return;
    const found = named.map((label) => byLabel.get(label));
    // A part that the whole's own table also names is that one, not a part of this.
    if (!found.every((j) => j !== undefined && wholesOf[j]!.length === 0)) return;
    if (named.some((label) => labels.has(label))) return;
    for (const j of found) {
      partsOf[i]!.push(j!);
      wholesOf[j!]!.push(i);
    }
  });
}

/** 发现隐患数量 in one row where the other table divides it into 一般隐患 and 重大隐患. */
function pairGroups(
  parts: readonly AxisEntry[],
  wholes: readonly AxisEntry[],
  wholesOf: number[][],
  partsOf: number[][],
): void {
  const own = new Set(parts.map((part) => part.key));
  wholes.forEach((whole, j) => {
    if (partsOf[j]!.length > 0 || own.has(whole.key)) return;
    const within = parts.flatMap((part, i) =>
      wholesOf[i]!.length === 0 && part.key.startsWith(`${whole.key}/`) ? [i] : [],
    );
    // A group whose label the other table prints as a group too is not drawn together there.
    if (within.length < 2 || wholes.some((other) => other.key.startsWith(`${whole.key}/`))) return;
    for (const i of within) {
      partsOf[j]!.push(i);
      wholesOf[i]!.push(j);
    }
  });
}

const generalCharacters = new Set('数量单位企业机构情况的个家件次类部门总其他案例');

/**
 * A label left over on each side, in the same place between labels that are each other's counterpart and with a telling
 * character in common (机动车维修企业, 汽修企业), is the same one under another name.
 */
function pairNeighbours(
  left: readonly AxisEntry[],
  right: readonly AxisEntry[],
  rightOf: number[][],
  leftOf: number[][],
): void {
  left.forEach((entry, i) => {
    if (rightOf[i]!.length > 0) return;
    const before = i === 0 ? -1 : (rightOf[i - 1]!.at(-1) ?? -2);
    const after = i === left.length - 1 ? right.length : (rightOf[i + 1]![0] ?? -2);
    const j = before + 1;
    if (before < -1 || after !== j + 1 || j >= right.length || leftOf[j]!.length > 0) return;
    const other = new Set(right[j]!.leafKey);
    if (![...entry.leafKey].some((c) => other.has(c) && !generalCharacters.has(c))) return;
    rightOf[i]!.push(j);
    leftOf[j]!.push(i);
  });
}

/** Brings the labels of two tables together: one assignment, then labels cut in two or drawn into one. */
export function alignAxis(left: readonly TableAxis[], right: readonly TableAxis[]): AxisAlignment {
  const a = left.map(entryOf);
  const b = right.map(entryOf);
  const weights = weightsOf([...a, ...b].map((entry) => entry.all));
  const rightOf: number[][] = a.map(() => []);
  const leftOf: number[][] = b.map(() => []);
  pairEnumerations(a, b, rightOf, leftOf);
  pairEnumerations(b, a, leftOf, rightOf);
  pairGroups(a, b, rightOf, leftOf);
  pairGroups(b, a, leftOf, rightOf);
  const candidates: Candidate[] = a.flatMap((x, i) =>
    b.map((y, j) => {
      if (rightOf[i]!.length > 0 || leftOf[j]!.length > 0) return { left: i, right: j, worth: 0 };
      const place = Math.abs(i / Math.max(1, a.length) - j / Math.max(1, b.length));
      return { left: i, right: j, worth: labelWorth(x, y, weights, place) };
    }),
  );
  const assigned = assign(a.length, b.length, candidates, axisFloor);
  assigned.forEach((j, i) => {
    if (j < 0) return;
    rightOf[i]!.push(j);
    leftOf[j]!.push(i);
  });
  pairNeighbours(a, b, rightOf, leftOf);
  extendSplits(a, b, rightOf, leftOf, weights);
  extendSplits(b, a, leftOf, rightOf, weights);
  for (const list of [...rightOf, ...leftOf]) list.sort((x, y) => x - y);
  return { rightOf, leftOf };
}

/** How alike two sets of labels are, 0..1: the share that finds a counterpart. */
export function axisLikeness(left: readonly TableAxis[], right: readonly TableAxis[]): number {
  if (left.length + right.length === 0) return 0;
  const { rightOf, leftOf } = alignAxis(left, right);
  const paired = rightOf.filter((j) => j.length > 0).length + leftOf.filter((i) => i.length > 0).length;
  return paired / (left.length + right.length);
}

/** Factors between units of one kind; a count has none. */
const unitFactors: Readonly<Record<string, readonly [kind: string, factor: number]>> = {
  元: ['money', 1],
  千元: ['money', 1e3],
  万元: ['money', 1e4],
  亿元: ['money', 1e8],
  公斤: ['mass', 1],
  千克: ['mass', 1],
  吨: ['mass', 1e3],
  米: ['length', 1],
  公里: ['length', 1e3],
  千米: ['length', 1e3],
  亩: ['area', 666.6666666666666],
  公顷: ['area', 1e4],
  平方米: ['area', 1],
};

/** What a figure in unit `from` is multiplied by to stand in unit `to`; null where they measure different things. */
export function unitFactor(from: string | null, to: string | null): number | null {
  if (from === null || to === null || foldText(from) === foldText(to)) return 1;
  const a = unitFactors[from];
  const b = unitFactors[to];
  if (a === undefined && b === undefined) return 1; // 家, 个, 户, 件, 起: one counted thing is one counted thing.
  return a !== undefined && b !== undefined && a[0] === b[0] ? a[1] / b[1] : null;
}

/** From which rows (columns) of the lower table one of the upper table is added up. */
export interface AxisSource {
  readonly upper: number;
  /** Added together. Empty with `zero`: the lower level has nothing to report here. */
  readonly lower: readonly number[];
  readonly factor: number;
  readonly zero: boolean;
}

export interface Mapping {
  readonly sources: readonly AxisSource[];
  /** Rows (columns) of the lower table that go nowhere. */
  readonly unused: readonly number[];
}

export interface AddUp {
  readonly rows: Mapping;
  readonly columns: Mapping;
  readonly transposed: boolean;
  /** Every row and column of the upper table can be filled. */
  readonly complete: boolean;
  /** What cannot, with the reason for people. */
  readonly missing: readonly {
    readonly axis: 'row' | 'column';
    readonly path: readonly string[];
    readonly reason: 'absent' | 'merged' | 'unit';
    readonly message: string;
  }[];
}

/**
 * Whether the lower table (`right`) can be added up into the upper one (`left`), and how. A row of the upper table that
 * the lower one divides is the sum of its parts; one that the lower table draws together with another cannot be told
 * apart again. A column that is wholly marked as not applicable counts as nothing to report.
 */
export function canAddUp(left: Table, right: Table): AddUp {
  const straight = axisLikeness(left.rows, right.rows) + axisLikeness(left.columns, right.columns);
  const turned = axisLikeness(left.rows, right.columns) + axisLikeness(left.columns, right.rows);
  const transposed = turned > straight + 0.3;
  const marked = notApplicableLabels(right);
  const [lowerRows, lowerColumns] = transposed ? [right.columns, right.rows] : [right.rows, right.columns];
  const [rowsMarked, columnsMarked] = transposed ? [marked.columns, marked.rows] : [marked.rows, marked.columns];
  const missing: AddUp['missing'][number][] = [];
  const map = (
    axis: 'row' | 'column',
    upper: readonly TableAxis[],
    lower: readonly TableAxis[],
    notApplicable: ReadonlySet<number>,
  ): Mapping => {
    const { rightOf, leftOf } = alignAxis(upper, lower);
    const used = new Set<number>();
    const sources = upper.map((entry, i): AxisSource => {
      const from = rightOf[i]!;
      const label = entry.path.join('/');
      for (const j of from) used.add(j);
      const fail = (reason: 'absent' | 'merged' | 'unit', message: string): AxisSource => {
        missing.push({ axis, path: entry.path, reason, message });
        return { upper: i, lower: [], factor: 1, zero: false };
      };
      if (from.length === 0) return fail('absent', `下级表没有“${label}”，此${axis === 'row' ? '行' : '列'}无法汇总。`);
      const merged = from.find((j) => leftOf[j]!.length > 1);
      if (merged !== undefined) {
        return fail('merged', `下级表把“${label}”并入“${lower[merged]!.path.join('/')}”，无法再分开。`);
      }
      if (from.every((j) => notApplicable.has(j))) return { upper: i, lower: from, factor: 1, zero: true };
      const factors = new Set(from.map((j) => unitFactor(lower[j]!.unit, entry.unit)));
      const factor = factors.size === 1 ? [...factors][0]! : null;
      if (factor === null) return fail('unit', `“${label}”两级表的单位不能换算。`);
      return { upper: i, lower: from, factor, zero: false };
    });
    const unused = lower.map((_, j) => j).filter((j) => !used.has(j));
    return { sources, unused };
  };
  const rows = map('row', left.rows, lowerRows, rowsMarked);
  const columns = map('column', left.columns, lowerColumns, columnsMarked);
  return { rows, columns, transposed, complete: missing.length === 0, missing };
}
