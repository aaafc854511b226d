import type { TableAxis } from '../../models/index.ts';

/** One row or column that is the sum of others, or holds others (其中) without being their sum. Indices of data rows or columns. */
export interface AxisTotal {
  readonly index: number;
  readonly parts: readonly number[];
}
export interface AxisPart {
  /** 其中 */
  readonly part: number;
  readonly whole: number;
}
export interface AxisTotals {
  readonly totals: readonly AxisTotal[];
  readonly parts: readonly AxisPart[];
  /** Labels that say 合计 and whose parts cannot be told. */
  readonly unclear: readonly number[];
}

const fold = (label: string | undefined) =>
  (label ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/\([^()]*\)$/, '');

const grandLabel = /^(总?合计|总计|共计|总数|总和|合计数|总计数|全部合计)$|(?:合计|总计|共计)(?:数|数量)?$/;
const subtotalLabel = /^(小计|小计数)$|小计(?:数|数量)?$/;
const partLabel = /^[#*]?其中(?:[:：]|$|[^\s])/;
const restLabel = /^(其他|其它|其余|其他类|其它类|其他情形|其他单位|其他企业)/;

const isGrand = (label: string) => grandLabel.test(label);
const isSubtotal = (label: string) => subtotalLabel.test(label);
const startsWith = (path: readonly string[], prefix: readonly string[]) =>
  path.length >= prefix.length && prefix.every((label, i) => fold(path[i]) === fold(label));

/** 其中：零售药店 → 零售药店 */
function withoutPartMark(label: string): string {
  return fold(label).replace(/^[#*]?其中[:：]?/, '');
}

/**
 * Which rows (or columns) are sums of which others, from the labels alone:
 * - 合计, 总计, 小计 within a group: the sum of the group; without a group: of everything, or of the stretch since the last
 *   小计; subtotals are added instead of what they already hold;
 * - a group's own row (a label whose parts stand beneath it): the sum of its parts;
 * - 其中: the parts of the row before. They are a sum only when they end with 其他; otherwise each is at most the whole.
 * Rows of different units are never added.
 */
export function axisTotals(axes: readonly TableAxis[]): AxisTotals {
  const last = axes.map((axis) => fold(axis.path.at(-1)));
  const prefix = (i: number) => axes[i]!.path.slice(0, -1);
  const unclear: number[] = [];

  const inPart = axes.map((axis) => axis.path.some((label) => partLabel.test(fold(label))));
  const isTotal = last.map((label, i) => !inPart[i] && (isGrand(label) || isSubtotal(label)));
  const wholes = findWholes(axes, inPart, isTotal);
  const parts: AxisPart[] = [];
  const totals = new Map<number, readonly number[]>();

  const sameUnit = (indices: readonly number[], of: number) => {
    const units = new Set(indices.map((i) => axes[i]!.unit));
    if (units.size > 1) return false;
    const unit = axes[of]!.unit;
    return unit === null || units.has(unit);
  };

  for (const [whole, members] of wholes) {
    const same = members.filter((i) => axes[i]!.unit === null || axes[i]!.unit === axes[whole]!.unit);
    const exhaustive = same.length >= 2 && restLabel.test(withoutPartMark(axes[same.at(-1)!]!.path.at(-1)!));
    if (exhaustive && !isTotal[whole]) totals.set(whole, same);
    else parts.push(...same.map((part) => ({ part, whole })));
  }

  // Groups with a row of their own: ['立案'] beside ['立案', '罚款'] and ['立案', '警告'].
  for (const [i, axis] of axes.entries()) {
    if (totals.has(i) || inPart[i] || isTotal[i]) continue;
    const children = axes.flatMap((other, j) =>
      j !== i && other.path.length > axis.path.length && startsWith(other.path, axis.path) && !inPart[j] ? [j] : [],
    );
    const direct = children.filter((j) => !isTotal[j]);
    if (direct.length >= 2 && sameUnit(direct, i)) totals.set(i, topOf(direct, axes));
  }

  // 小计 and 合计, innermost groups first, so that outer ones can add subtotals.
  const order = axes.map((_, i) => i).filter((i) => isTotal[i]);
  order.sort((a, b) => axes[b]!.path.length - axes[a]!.path.length || rank(last[a]!) - rank(last[b]!) || a - b);
  for (const i of order) {
    const rivals = order.filter(
      (j) =>
        j !== i &&
        prefix(j).length === prefix(i).length &&
        startsWith(prefix(j), prefix(i)) &&
        rank(last[j]!) === rank(last[i]!),
    );
    let scope = axes.flatMap((other, j) =>
      j !== i && !inPart[j] && other.path.length >= axes[i]!.path.length && startsWith(other.path, prefix(i))
        ? [j]
        : [],
    );
    // A subtotal never holds the grand total, nor a total one of its own rank.
    scope = scope.filter(
      (j) => !isTotal[j] || axes[j]!.path.length > axes[i]!.path.length || rank(last[j]!) < rank(last[i]!),
    );
    if (rivals.length > 0 || (isSubtotal(last[i]!) && prefix(i).length === 0)) {
      scope = stretch(
        i,
        scope,
        order.filter((j) => rank(last[j]!) >= rank(last[i]!)),
      );
    }
    const held = new Set([...totals].filter(([j]) => j !== i && scope.includes(j)).flatMap(([, members]) => members));
    const members = topOf(
      scope.filter((j) => !held.has(j)),
      axes,
    );
    if (members.length === 0) continue;
    if (sameUnit(members, i)) totals.set(i, members);
    else {
      const own = members.filter((j) => axes[j]!.unit === axes[i]!.unit && axes[i]!.unit !== null);
      if (own.length >= 2) totals.set(i, own);
      else unclear.push(i);
    }
  }
  return {
    totals: [...totals].map(([index, members]) => ({ index, parts: members })).sort((a, b) => a.index - b.index),
    parts,
    unclear,
  };
}

const rank = (label: string) => (isSubtotal(label) ? 0 : 1);

/** Without rows that another row of the list already holds as its group. */
function topOf(indices: readonly number[], axes: readonly TableAxis[]): readonly number[] {
  return indices.filter(
    (j) =>
      !indices.some(
        (k) => k !== j && axes[k]!.path.length < axes[j]!.path.length && startsWith(axes[j]!.path, axes[k]!.path),
      ),
  );
}

/** The members of `scope` between total `i` and its neighbours: those before it, or those after it where none stand before. */
function stretch(i: number, scope: readonly number[], totals: readonly number[]): number[] {
  const before = Math.max(-1, ...totals.filter((j) => j < i));
  const after = Math.min(Number.POSITIVE_INFINITY, ...totals.filter((j) => j > i));
  const above = scope.filter((j) => j > before && j < i);
  // Where the first total stands above its parts, all of them do.
  const leads = scope.every((j) => j > Math.min(...totals, i));
  return leads || above.length === 0 ? scope.filter((j) => j > i && j < after) : above;
}

/** 其中 rows by the row that they are part of: the nearest before them that is none, in the same group. */
function findWholes(
  axes: readonly TableAxis[],
  inPart: readonly boolean[],
  isTotal: readonly boolean[],
): Map<number, number[]> {
  const wholes = new Map<number, number[]>();
  for (const [i, axis] of axes.entries()) {
    if (!inPart[i]) continue;
    const at = axis.path.findIndex((label) => partLabel.test(fold(label)));
    const group = axis.path.slice(0, at);
    const fits = (j: number) =>
      !inPart[j] &&
      startsWith(axes[j]!.path, group) &&
      (axes[j]!.unit === axis.unit || axis.unit === null || axes[j]!.unit === null);
    let whole = -1;
    for (let j = i - 1; j >= 0 && whole < 0; j--) if (fits(j)) whole = j;
    if (whole < 0) whole = axes.findIndex((other, j) => fits(j) && (other.path.length === group.length || isTotal[j]));
    if (whole >= 0) wholes.set(whole, [...(wholes.get(whole) ?? []), i]);
  }
  return wholes;
}
