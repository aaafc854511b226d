import type { FormCell, FormModel } from '../../models/index.ts';
import { formPaths, looseLabel } from './formLabels.ts';
import { type FormMatch, type LabelIssue, recordRows } from './formMatch.ts';
import { cellKey, cellText, gridCell, type SheetGrid } from './sheetGrid.ts';

/** A form is taken for recognised when at least this share of its labels is found. Below it, another form is likelier. */
const enough = 0.5;
/** Header rows are looked for among the first rows of a sheet. */
const searchedRows = 200;

/**
 * Matches the rows and columns of a sheet to those of a form by their label paths: for returns in which rows or columns were
 * inserted, moved, dropped or renamed, and for files without merged cells (CSV).
 */
export function alignGrid(grid: SheetGrid, form: FormModel): FormMatch | null {
  const { headerRows, stubColumns } = form.grid;
  const paths = formPaths(form);
  const header = findHeader(grid, paths.columns, headerRows);
  if (header === null) return null;
  const columns = pair(
    paths.columns.slice(stubColumns),
    header.columns.map((path, column) => ({ index: column, path })),
  );
  const firstData = Math.min(...columns.found.flatMap((column) => (column === null ? [] : [column])));
  if (!Number.isFinite(firstData)) return null;
  const stub = Array.from({ length: stubColumns }, (_, k) => firstData - stubColumns + k).filter(
    (column) => column >= 0,
  );
  const mappedColumns = columns.found.filter((column) => column !== null);

  const body = header.row + headerRows;
  const sheetRows = stubPaths(grid, body, stub);
  const rows =
    form.records || stub.length === 0
      ? {
          found: paths.rows.map((_, i) => (body + i < grid.rowCount || form.records ? body + i : null)),
          renamed: [],
          unused: [],
        }
      : pair(paths.rows, sheetRows);

  const name = (path: readonly string[]) => `“${path.join('/')}”`;
  const issues: LabelIssue[] = [];
  for (const [j, column] of columns.found.entries()) {
    if (column === null) {
      issues.push({ code: 'column-missing', key: null, detail: `缺少${name(paths.columns[stubColumns + j]!)}列` });
    }
  }
  for (const { of, index } of columns.renamed) {
    const key = cellKey(header.row + headerRows - 1, index);
    issues.push({
      code: 'label-changed',
      key: grid.covered.get(key) ?? key,
      detail: `列标目${name(paths.columns[stubColumns + of]!)}被改动`,
    });
  }
  for (const [i, row] of rows.found.entries()) {
    if (row === null && paths.rows[i]!.length > 0) {
      issues.push({ code: 'row-missing', key: null, detail: `缺少${name(paths.rows[i]!)}行` });
    }
  }
  const labelKey = (row: number) => {
    const column = stub.findLast((c) => cellText(gridCell(grid, row, c)) !== '') ?? stub[0]!;
    const key = cellKey(row, column);
    return grid.covered.get(key) ?? key;
  };
  for (const { of, index } of rows.renamed) {
    issues.push({ code: 'label-changed', key: labelKey(index), detail: `行标目${name(paths.rows[of]!)}被改动` });
  }
  for (const i of outOfOrder(rows.found)) {
    issues.push({
      code: 'row-moved',
      key: labelKey(rows.found[i]!),
      detail: `${name(paths.rows[i]!)}行的位置与原表不同，已按标目对应`,
    });
  }
  for (const j of outOfOrder(columns.found)) {
    issues.push({
      code: 'column-moved',
      key: cellKey(header.row, columns.found[j]!),
      detail: `${name(paths.columns[stubColumns + j]!)}列的位置与原表不同，已按标目对应`,
    });
  }
  for (const row of rows.unused) {
    const own = mappedColumns.some((column) => hasOwnValue(grid, row, column, stub));
    if (own) issues.push({ code: 'row-unknown', key: labelKey(row), detail: '原表没有此行，填报的数据未计入' });
  }

  const labels = paths.columns.slice(stubColumns).length + paths.rows.filter((path) => path.length > 0).length;
  const foundRows = rows.found.filter((row, i) => row !== null && paths.rows[i]!.length > 0).length;
  const renamed = rows.renamed.length + columns.renamed.length;
  const score = labels === 0 ? 0 : (mappedColumns.length + foundRows - renamed) / labels;
  if (score < enough) return null;
  const renamedRows = new Set(rows.renamed.map(({ of }) => of));
  const renamedColumns = new Set(columns.renamed.map(({ of }) => of));
  const columnAt = (column: number) =>
    column < stubColumns ? (stub[column] ?? null) : (columns.found[column - stubColumns] ?? null);
  const entered = recordRows(grid, form, body, form.records ? [...stub, ...mappedColumns] : mappedColumns);
  const last = form.records ? entered.at(-1) : Math.max(-1, ...rows.found.map((row) => row ?? -1));
  return {
    score,
    // What stands under a changed label is not counted as if nothing had happened.
    place: (cell: FormCell) => {
      const row = rows.found[cell.row - headerRows] ?? null;
      const column = columnAt(cell.column);
      const changed = renamedRows.has(cell.row - headerRows) || renamedColumns.has(cell.column - stubColumns);
      return row === null || column === null || changed ? null : cellKey(row, column);
    },
    recordRows: entered,
    bottom: Math.max(body, (last ?? -1) + 1),
    columnAt,
    top: header.row,
    shift: { rows: header.row - form.grid.top, columns: firstData - stubColumns },
    issues,
  };
}

interface Pairing {
  /** For each path of the form the row or column of the sheet. */
  readonly found: readonly (number | null)[];
  /** Paired by their place between two that are sure, though the label differs. */
  readonly renamed: readonly { readonly of: number; readonly index: number }[];
  /** Rows of the sheet, with a label, that were not used. */
  readonly unused: readonly number[];
}

/** Equal paths are paired, the k-th with the k-th; then equally many left over between two pairs are taken for renamed. */
function pair(
  paths: readonly (readonly string[])[],
  lines: readonly { readonly index: number; readonly path: readonly string[] }[],
): Pairing {
  const free = new Map<string, number[]>();
  for (const { index, path } of lines) {
    if (path.length === 0) continue;
    const key = path.join('\u0000');
    free.set(key, [...(free.get(key) ?? []), index]);
  }
  const found: (number | null)[] = paths.map((path) => free.get(path.join('\u0000'))?.shift() ?? null);
  const used = new Set(found.filter((index) => index !== null));
  const renamed: { of: number; index: number }[] = [];
  for (let i = 0; i < paths.length; i++) {
    if (found[i] !== null || paths[i]!.length === 0) continue;
    let end = i;
    while (end + 1 < paths.length && found[end + 1] === null) end++;
    const before = i === 0 ? -1 : found[i - 1]!;
    const after = end + 1 < paths.length ? found[end + 1]! : Number.POSITIVE_INFINITY;
    const between = lines.filter(
      ({ index, path }) => path.length > 0 && index > before && index < after && !used.has(index),
    );
    const missing = Array.from({ length: end - i + 1 }, (_, k) => i + k);
    // Past the last pair notes begin; only what stands between two sure ones is taken.
    if (between.length === missing.length && Number.isFinite(after)) {
      for (const [k, of] of missing.entries()) {
        const { index } = between[k]!;
        found[of] = index;
        used.add(index);
        renamed.push({ of, index });
      }
    }
    i = end;
  }
  return {
    found,
    renamed,
    unused: lines.filter(({ index, path }) => path.length > 0 && !used.has(index)).map(({ index }) => index),
  };
}

/** Indices whose place breaks the order: all but a longest increasing run. */
function outOfOrder(places: readonly (number | null)[]): readonly number[] {
  const known = places.flatMap((place, i) => (place === null ? [] : [{ i, place }]));
  const length = known.map(() => 1);
  const previous = known.map(() => -1);
  for (let b = 0; b < known.length; b++) {
    for (let a = 0; a < b; a++) {
      if (known[a]!.place < known[b]!.place && length[a]! + 1 > length[b]!) {
        length[b] = length[a]! + 1;
        previous[b] = a;
      }
    }
  }
  const kept = new Set<number>();
  for (let at = length.indexOf(Math.max(0, ...length)); at >= 0; at = previous[at]!) kept.add(known[at]!.i);
  return known.filter(({ i }) => !kept.has(i)).map(({ i }) => i);
}

/** The row where the header begins, and the label path of every sheet column beneath it. */
function findHeader(
  grid: SheetGrid,
  wanted: readonly (readonly string[])[],
  headerRows: number,
): { readonly row: number; readonly columns: readonly (readonly string[])[] } | null {
  const keys = new Set(wanted.filter((path) => path.length > 0).map((path) => path.join('\u0000')));
  let best: { row: number; columns: readonly (readonly string[])[]; hits: number } | null = null;
  for (let row = 0; row + headerRows <= Math.min(grid.rowCount, searchedRows); row++) {
    const columns = headerPaths(grid, row, headerRows);
    const hits = new Set(columns.map((path) => path.join('\u0000')).filter((key) => keys.has(key))).size;
    if (hits > (best?.hits ?? 0)) best = { row, columns, hits };
  }
  return best !== null && best.hits >= keys.size * enough ? best : null;
}

function headerPaths(grid: SheetGrid, top: number, headerRows: number): readonly (readonly string[])[] {
  const width = Math.min(grid.columnCount, 1000);
  // Where merges were lost, an upper label stands in its first column alone and goes on to the right.
  const running: string[] = Array.from({ length: headerRows }, () => '');
  return Array.from({ length: width }, (_, column) => {
    const path: string[] = [];
    const own = Array.from({ length: headerRows }, (__, i) => {
      const key = cellKey(top + i, column);
      return { key: grid.covered.get(key) ?? key, text: looseLabel(cellText(gridCell(grid, top + i, column))) };
    });
    let last = -1;
    for (const [i, { key, text }] of own.entries()) {
      if (text !== '') {
        running[i] = text;
        for (let k = i + 1; k < headerRows; k++) running[k] = '';
        if (key !== last) path.push(text);
        last = key;
      } else if (
        running[i] !== '' &&
        own.slice(i + 1).some((lower) => lower.text !== '') &&
        !own.slice(0, i).some((upper) => upper.text !== '')
      ) {
        path.push(running[i]!);
      }
    }
    return path;
  });
}

/** Label paths of the rows below the header; a group's label goes on downwards where merges were lost. */
function stubPaths(
  grid: SheetGrid,
  from: number,
  stub: readonly number[],
): readonly { readonly index: number; readonly path: readonly string[] }[] {
  const running: string[] = stub.map(() => '');
  return Array.from({ length: Math.max(0, grid.rowCount - from) }, (_, offset) => {
    const row = from + offset;
    const own = stub.map((column) => {
      const key = cellKey(row, column);
      return { key: grid.covered.get(key) ?? key, text: looseLabel(cellText(gridCell(grid, row, column))) };
    });
    const path: string[] = [];
    let last = -1;
    for (const [k, { key, text }] of own.entries()) {
      if (text !== '') {
        running[k] = text;
        for (let deeper = k + 1; deeper < stub.length; deeper++) running[deeper] = '';
        if (key !== last) path.push(text);
        last = key;
      } else if (running[k] !== '' && own.slice(k + 1).some((deeper) => deeper.text !== '')) {
        path.push(running[k]!);
      }
    }
    return { index: row, path };
  });
}

/** A value that is not merely the label's own merged cell. */
function hasOwnValue(grid: SheetGrid, row: number, column: number, stub: readonly number[]): boolean {
  const master = (c: number) => grid.covered.get(cellKey(row, c)) ?? cellKey(row, c);
  return cellText(gridCell(grid, row, column)) !== '' && !stub.some((c) => master(c) === master(column));
}
