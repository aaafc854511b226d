import type { Notice, Table, TableAxis } from '../models/index.ts';
import type { GoldNotice, GoldTable } from './gold.ts';
import { isReading, similarity } from './matching.ts';
import { count, countCheck, countList, countValue, miss, type ScoreSheet } from './scoreSheet.ts';

/** Statistics tables: each labelled one against the table read whose title is nearest. */
export function scoreTables(sheet: ScoreSheet, gold: GoldNotice, notice: Notice): void {
  const read = notice.attachments
    .filter((attachment) => attachment.kind === 'statistics-table')
    .flatMap((attachment) => attachment.tables.map((table) => ({ title: table.title ?? attachment.title, table })));
  for (const wanted of gold.tables ?? []) {
    const nearest = read
      .map(({ title, table }) => ({ nearness: similarity(wanted.title, title), table }))
      .sort((a, b) => b.nearness - a.nearness)[0];
    count(sheet, 'tables', nearest ? 1 : 0, 0, nearest ? 0 : 1);
    if (nearest) {
      scoreTable(sheet, wanted, nearest.table);
    } else {
      miss(sheet, 'tables', `missing ${wanted.title}`);
      count(sheet, 'tables.rows', 0, 0, wanted.rows.length);
      count(sheet, 'tables.columns', 0, 0, wanted.columns.length);
    }
  }
}

function scoreTable(sheet: ScoreSheet, gold: GoldTable, table: Table): void {
  const rows = countList(sheet, 'tables.rows', gold.rows, table.rows, {
    score: (g, r) => samePath(g.path, r),
    threshold: 1,
    complete: true,
    showGold: (g) => g.path.join(' / '),
    showRead: (r) => r.path.join(' / '),
  });
  for (const [i, j] of rows) {
    const unit = gold.rows[i]?.unit;
    if (unit) countUnit(sheet, unit, table.rows[j]!);
  }
  const columns = countList(sheet, 'tables.columns', gold.columns, table.columns, {
    score: samePath,
    threshold: 1,
    complete: true,
    showGold: (g) => g.join(' / '),
    showRead: (r) => r.path.join(' / '),
  });
  for (const [i, j] of columns) {
    if (gold.columnUnits) countUnit(sheet, gold.columnUnits[i] ?? null, table.columns[j]!);
  }
  for (const [role, wanted] of [
    ['not-applicable', gold.notApplicable],
    ['blank', gold.blank],
  ] as const) {
    if (wanted === undefined) continue;
    const got = table.cells.filter((cell) => cell.role === role).length;
    countCheck(sheet, 'tables.cells', got === wanted, true, `${gold.title}: want ${wanted} ${role} · got ${got}`);
  }
  countValue(sheet, 'tables.frequency', gold.frequency, table.frequency);
}

function samePath(gold: readonly string[], axis: TableAxis): number {
  return gold.length === axis.path.length && gold.every((label, i) => isReading(label, axis.path[i])) ? 1 : 0;
}

function countUnit(sheet: ScoreSheet, unit: string | null, axis: TableAxis): void {
  const what = `${axis.path.join('/')}: want ${unit} · got ${axis.unit}`;
  countCheck(sheet, 'tables.units', axis.unit === unit, true, what);
}
