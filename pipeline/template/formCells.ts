import { isPlaceholder } from '../../extractors/fieldLines.ts';
import { splitUnit } from '../../extractors/tables.ts';
import {
  type AttachmentKind,
  type EntryRule,
  type FormCell,
  type FormCheck,
  type FormTotal,
  type GridPlace,
  isAdditive,
  type Table,
  type TableAxis,
  type TableCell,
} from '../../models/index.ts';
import { cellLookup, printedRowUnits } from './axes.ts';
import { axisChecks } from './axisChecks.ts';
import { axisTotals } from './axisTotals.ts';
import { entryRule, isKnownUnit } from './entryRule.ts';

export interface FormCells {
  readonly cells: readonly FormCell[];
  readonly totals: readonly FormTotal[];
  readonly checks: readonly FormCheck[];
  /** Labels that say 合计 and whose parts cannot be told. */
  readonly unclearTotals: readonly string[];
}

export interface FormCellsContext {
  readonly kind: 'statistics' | 'form';
  readonly attachmentKind: AttachmentKind;
  readonly rows: readonly TableAxis[];
  readonly columns: readonly TableAxis[];
  readonly tableUnit: string | null;
  /** Rows below this one are not printed but added for entries. */
  readonly printedRows: number;
}

/** Labels before a cell in its row, or above it: what a form without column heads says about a blank. */
function nearLabels(cell: TableCell, at: (row: number, column: number) => TableCell | null): readonly string[] {
  const isLabel = (other: TableCell | null): other is TableCell =>
    other !== null && other !== cell && other.text !== '' && other.role !== 'blank' && other.role !== 'not-applicable';
  let near: TableCell | null = null;
  for (let column = cell.column - 1; column >= 0 && near === null; column--) {
    const other = at(cell.row, column);
    if (isLabel(other)) near = other;
  }
  const group = cell.column > 0 ? at(cell.row, 0) : null;
  if (near !== null) {
    // 联络员 | 姓名 | ___ | 所在部门 | ___ : the group spans several rows, so its name belongs to each of its labels.
    return isLabel(group) && group !== near && group.rowSpan > near.rowSpan ? [group.text, near.text] : [near.text];
  }
  for (let row = cell.row - 1; row >= 0; row--) {
    const other = at(row, cell.column);
    if (isLabel(other)) return [other.text];
  }
  return [];
}

/**
 * What each cell of a table is for in a form: label, printed text, not applicable, open (with its rule of entry) or a
 * total; and the sums and checks between them.
 */
export function formCells(table: Table, context: FormCellsContext): FormCells {
  const at = cellLookup(table);
  const { rows, columns } = context;
  const rowUnits = printedRowUnits(table, isKnownUnit);
  const keys = new Map<string, number>();
  const gridLabels = table.headerRows > 0 || (context.kind === 'statistics' && table.stubColumns > 0);
  const nameColumn = nameColumnOf(table, rows, columns);

  const cells = table.cells.map((cell): FormCell => {
    const added = cell.row >= context.printedRows;
    const base = { ...cell, added };
    const use = useOf(cell, table, context);
    if (use !== 'open') return { ...base, use, key: null, entry: null };
    const row = rows[cell.row - table.headerRows] ?? { path: [], unit: null };
    const column = columns[cell.column - table.stubColumns] ?? stubHead(table, at, cell);
    const near = gridLabels ? [] : nearLabels(cell, at).map(splitUnit);
    const rowPath = near.length === 0 ? row.path : near.map(({ label }) => label);
    const names = cell.column < table.stubColumns || cell.column === nameColumn;
    const columnPath = gridLabels ? column.path : [];
    const asked = placeholderRule(
      cell.text,
      entryRule({
        rowPath,
        rowUnit: rowUnits[cell.row - table.headerRows] ?? near.at(-1)?.unit ?? row.unit,
        columnPath,
        columnUnit: gridLabels ? column.unit : null,
        tableUnit: context.tableUnit,
        kind: context.kind,
        attachmentKind: context.attachmentKind,
      }),
    );
    const entry: EntryRule = names ? { type: 'text', maxLength: 200, unit: null } : asked;
    const name = [rowPath.join('/'), columnPath.join('/')].filter(Boolean).join('|') || '填写项';
    const count = (keys.get(name) ?? 0) + 1;
    keys.set(name, count);
    return { ...base, use, key: count === 1 ? name : `${name}#${count}`, entry };
  });
  return withTotals(table, cells, context);
}

/** A blank in a stub column (单位 | 检查数 …) has the label above it. */
function stubHead(table: Table, at: (row: number, column: number) => TableCell | null, cell: TableCell): TableAxis {
  const head = table.headerRows > 0 ? at(table.headerRows - 1, cell.column) : null;
  return { path: head && head.text !== '' ? [head.text] : [], unit: null };
}

/** Where rows have serial numbers alone, the column beside these says whose figures they are: 1 | 县（市、区） | … */
function nameColumnOf(table: Table, rows: readonly TableAxis[], columns: readonly TableAxis[]): number | null {
  const [first] = columns;
  const isNumbered = rows.some(({ path }) => path.length > 0 && path.every((label) => /^\d+$/.test(label)));
  const names = /名称|单位|企业|机构|学校|场所|对象|地区|[县市区乡镇村](?:[（(].*[）)])?$|街道|社区/.test(
    first?.path.at(-1) ?? '',
  );
  return isNumbered && names && first?.unit === null ? table.stubColumns : null;
}

function placeholderRule(text: string, rule: EntryRule): EntryRule {
  const bare = text.replace(/[\s_＿]+/g, '');
  if (/^(20\d{2})?年月日$/.test(bare)) return { type: 'date', unit: null };
  if (/^[□○☐]|[章字名]/.test(bare)) return { type: 'text', maxLength: 500, unit: null };
  return rule;
}

function useOf(cell: TableCell, table: Table, context: FormCellsContext): FormCell['use'] {
  switch (cell.role) {
    case 'column-header':
    case 'row-header':
      return 'label';
    case 'not-applicable':
      return 'not-applicable';
    case 'data':
      return isPlaceholder(cell.text) && cell.text !== '' ? 'open' : 'printed';
    case 'blank':
      // An empty corner of the head is no place for an entry.
      return cell.row < table.headerRows && context.kind === 'statistics' ? 'label' : 'open';
  }
}

function withTotals(table: Table, cells: readonly FormCell[], context: FormCellsContext): FormCells {
  const { headerRows, stubColumns } = table;
  const placed = new Map<number, FormCell>();
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        placed.set(row * 16384 + column, cell);
      }
    }
  }
  const cellAt = (row: number, column: number) => placed.get((headerRows + row) * 16384 + stubColumns + column) ?? null;
  const place = (cell: FormCell): GridPlace => [cell.row, cell.column];
  const fillable = (cell: FormCell | null): cell is FormCell => cell?.use === 'open' && isAdditive(cell.entry);

  const rowTotals = axisTotals(context.rows);
  const columnTotals = axisTotals(context.columns);
  const totals = new Map<FormCell, readonly FormCell[]>();
  const addTotal = (whole: FormCell | null, members: readonly (FormCell | null)[]) => {
    const parts = [...new Set(members.filter(fillable))].filter((part) => part !== whole);
    if (fillable(whole) && !totals.has(whole) && parts.length > 0) totals.set(whole, parts);
  };
  const columnIndices = context.columns.map((_, j) => j);
  const rowIndices = context.rows.map((_, i) => i);
  for (const total of rowTotals.totals) {
    for (const j of columnIndices) {
      addTotal(
        cellAt(total.index, j),
        total.parts.map((i) => cellAt(i, j)),
      );
    }
  }
  for (const total of columnTotals.totals) {
    for (const i of rowIndices) {
      addTotal(
        cellAt(i, total.index),
        total.parts.map((j) => cellAt(i, j)),
      );
    }
  }

  const checks: FormCheck[] = [];
  const name = (axis: TableAxis) => axis.path.join('/');
  const addCheck = (
    lesser: FormCell | null,
    greater: FormCell | null,
    severity: FormCheck['severity'],
    rule: string,
  ) => {
    if (fillable(lesser) && fillable(greater) && lesser !== greater && lesser.entry!.type === greater.entry!.type) {
      checks.push({ place: place(lesser), atMost: place(greater), severity, rule });
    }
  };
  const along = (
    axes: readonly TableAxis[],
    others: readonly number[],
    cell: (index: number, other: number) => FormCell | null,
    found: ReturnType<typeof axisTotals>,
  ) => {
    for (const { part, whole } of found.parts) {
      const rule = `“${name(axes[part]!)}”是“${name(axes[whole]!)}”的其中项，不应大于它`;
      for (const other of others) addCheck(cell(part, other), cell(whole, other), 'error', rule);
    }
    for (const { index, atMost } of axisChecks(axes)) {
      const rule = `“${name(axes[index]!)}”一般不大于“${name(axes[atMost]!)}”`;
      for (const other of others) addCheck(cell(index, other), cell(atMost, other), 'warning', rule);
    }
  };
  along(context.rows, columnIndices, (i, j) => cellAt(i, j), rowTotals);
  along(context.columns, rowIndices, (j, i) => cellAt(i, j), columnTotals);

  return {
    cells: cells.map((cell) => (totals.has(cell) ? { ...cell, use: 'total' as const } : cell)),
    totals: [...totals].map(([whole, parts]) => ({ place: place(whole), parts: parts.map(place) })),
    checks,
    unclearTotals: [
      ...rowTotals.unclear.map((i) => name(context.rows[i]!)),
      ...columnTotals.unclear.map((j) => name(context.columns[j]!)),
    ],
  };
}
