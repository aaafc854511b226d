import { wordTokens } from '../../extractors/lexicon/wording.ts';
import type { AxisChange, ChangeEffect, TableComparison } from '../../models/comparison.ts';
import type { Attachment } from '../../models/notice.ts';
import type { Table, TableAxis } from '../../models/table.ts';
import { foldText } from '../../models/text/fold.ts';
import { assign } from './assignment.ts';
import { notApplicableLabels } from './remit.ts';
import { diceOf, featuresOf, massOf, weightsOf } from './similarity.ts';
import { type AxisAlignment, alignAxis, axisKey, axisLikeness, canAddUp } from './tableMapping.ts';

interface PlacedTable {
  readonly table: Table;
  readonly title: string | null;
  readonly kind: Attachment['kind'];
}

function placeTables(attachments: readonly Attachment[]): PlacedTable[] {
  return attachments.flatMap((attachment) =>
    attachment.tables.map((table) => ({
      table: withColumnUnits(table),
      title: table.title ?? attachment.title,
      kind: attachment.kind,
    })),
  );
}

/** Group labels of both sides brought together by the rows that stand under them. */
function groupCounterparts(
  left: readonly TableAxis[],
  right: readonly TableAxis[],
  alignment: AxisAlignment,
): Map<string, Set<string>> {
  const tally = new Map<string, Map<string, number>>();
  left.forEach((entry, i) => {
    for (const j of alignment.rightOf[i]!) {
      const from = axisKey(entry.path.slice(0, -1));
      const to = axisKey(right[j]!.path.slice(0, -1));
      const counts = tally.get(from) ?? new Map<string, number>();
      counts.set(to, (counts.get(to) ?? 0) + 1);
      tally.set(from, counts);
    }
  });
  const counterparts = new Map<string, Set<string>>();
  for (const [from, counts] of tally) {
    // A group that is still there is its own counterpart; a renamed one is where most of its rows went.
    const most = Math.max(...counts.values());
    const renamed = [...counts].filter(([, n]) => n === most).map(([to]) => to);
    counterparts.set(from, new Set(counts.has(from) ? [from] : renamed));
  }
  return counterparts;
}

/**
 * The changes of one axis. A label cut in two stands twice with the effect `split`, several drawn into one with
 * `merged`, so that every change has one path on each side.
 */
function compareAxis(
  left: readonly TableAxis[],
  right: readonly TableAxis[],
  marked: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> },
): AxisChange[] {
  const isLabelled = (path: readonly string[] | null) => path === null || path.join('') !== '';
  // A row or column that nobody labelled is no matter of what was asked.
  return changesOf(left, right, marked).filter((change) => isLabelled(change.left) && isLabelled(change.right));
}

function changesOf(
  left: readonly TableAxis[],
  right: readonly TableAxis[],
  marked: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> },
): AxisChange[] {
  const alignment = alignAxis(left, right);
  const groups = groupCounterparts(left, right, alignment);
  const changes = left.flatMap((entry, i): AxisChange[] => {
    const partners = alignment.rightOf[i]!;
    const excluded = marked.left.has(i);
    if (partners.length === 0) {
      const effects: ChangeEffect[] = excluded ? ['out-of-remit'] : [];
      return [{ change: 'dropped', effects, left: entry.path, right: null }];
    }
    return partners.map((j): AxisChange => {
      const other = right[j]!;
      const effects: ChangeEffect[] = [];
      if (partners.length > 1) effects.push('split');
      if (alignment.leftOf[j]!.length > 1) effects.push('merged');
      const group = axisKey(entry.path.slice(0, -1));
      const otherGroup = axisKey(other.path.slice(0, -1));
      if (group !== otherGroup && !groups.get(group)?.has(otherGroup)) effects.push('moved');
      const unitChanged = entry.unit !== null && other.unit !== null && foldText(entry.unit) !== foldText(other.unit);
      const renamed = axisKey(entry.path) !== axisKey(other.path);
      const kept = !renamed && !unitChanged && effects.length === 0;
      if (excluded || marked.right.has(j)) effects.push('out-of-remit');
      return {
        change: kept ? 'kept' : 'modified',
        effects,
        left: entry.path,
        right: other.path,
        ...(unitChanged ? { units: { left: entry.unit, right: other.unit } } : {}),
      };
    });
  });
  right.forEach((entry, j) => {
    if (alignment.leftOf[j]!.length > 0) return;
    const effects: ChangeEffect[] = marked.right.has(j) ? ['out-of-remit'] : [];
    changes.push({ change: 'added', effects, left: null, right: entry.path });
  });
  return changes;
}

const money = /^[十百千万亿]*元$/;
const moneyLabel = /金额|款|资金|费|价|产值|投资|收入|支出/;

/** 单位：万元 above a table is read as the unit of its rows; beside columns of counts it is that of the columns of money. */
function withColumnUnits(table: Table): Table {
  const unit = table.rows[0]?.unit ?? null;
  const isMoney = ({ path }: TableAxis) => moneyLabel.test(path.at(-1) ?? '');
  const general = unit !== null && money.test(unit) && table.rows.every((row) => row.unit === unit);
  if (!general || !table.columns.some(isMoney) || table.columns.every(isMoney)) return table;
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, unit: null })),
    columns: table.columns.map((column) => (isMoney(column) && column.unit === null ? { ...column, unit } : column)),
  };
}

/** Tables less alike than this are two tables, unless each side has just one statistics table. */
const tableFloor = 0.3;

/** The tables of two notices, paired by title and labels; a table without counterpart stands alone with its title. */
export function compareTables(left: readonly Attachment[], right: readonly Attachment[]): TableComparison[] {
  const a = placeTables(left);
  const b = placeTables(right);
  const titlesA = a.map((placed) => featuresOf(wordTokens(placed.title ?? '')));
  const titlesB = b.map((placed) => featuresOf(wordTokens(placed.title ?? '')));
  const weights = weightsOf([...titlesA, ...titlesB]);
  const turned = new Set<string>();
  const statistics = (placed: readonly PlacedTable[]) => placed.filter((one) => one.kind === 'statistics-table').length;
  const onlyOnes = statistics(a) === 1 && statistics(b) === 1;
  const candidates = a.flatMap((x, i) =>
    b.map((y, j) => {
      const title = diceOf(
        titlesA[i]!,
        titlesB[j]!,
        weights,
        massOf(titlesA[i]!, weights),
        massOf(titlesB[j]!, weights),
      );
      const straight = (axisLikeness(x.table.rows, y.table.rows) + axisLikeness(x.table.columns, y.table.columns)) / 2;
      const across = (axisLikeness(x.table.rows, y.table.columns) + axisLikeness(x.table.columns, y.table.rows)) / 2;
      if (across > straight + 0.15) turned.add(`${i},${j}`);
      const bothStatistics = x.kind === 'statistics-table' && y.kind === 'statistics-table';
      const worth = title * 0.4 + Math.max(straight, across) * 0.6;
      return { left: i, right: j, worth: onlyOnes && bothStatistics ? Math.max(worth, tableFloor + 0.05) : worth };
    }),
  );
  const assigned = assign(a.length, b.length, candidates, tableFloor);
  const taken = new Set<number>();
  const comparisons = a.map((placed, i): TableComparison => {
    const j = assigned[i]!;
    if (j < 0) return { left: placed.title, right: null, rows: [], columns: [] };
    taken.add(j);
    const other = b[j]!;
    const transposed = turned.has(`${i},${j}`);
    const x = notApplicableLabels(placed.table);
    const y = notApplicableLabels(other.table);
    const [otherRows, otherColumns] = transposed
      ? [other.table.columns, other.table.rows]
      : [other.table.rows, other.table.columns];
    return {
      left: placed.title,
      right: other.title,
      rows: compareAxis(placed.table.rows, otherRows, { left: x.rows, right: transposed ? y.columns : y.rows }),
      columns: compareAxis(placed.table.columns, otherColumns, {
        left: x.columns,
        right: transposed ? y.rows : y.columns,
      }),
      ...(transposed ? { transposed } : {}),
      addsUp: canAddUp(placed.table, other.table).complete,
    };
  });
  b.forEach((placed, j) => {
    if (!taken.has(j)) comparisons.push({ left: null, right: placed.title, rows: [], columns: [] });
  });
  return comparisons;
}
