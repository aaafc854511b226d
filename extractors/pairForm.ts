import { isPlaceholder } from './fieldLines.ts';
import { type Grid, type GridCell, range, tile } from './tableGrid.ts';

type IsLabel = (text: string) => boolean;

function rowsOf(grid: Grid): readonly (readonly GridCell[])[] {
  const rows = Array.from({ length: grid.rowCount }, (): GridCell[] => []);
  for (const cell of grid.cells) rows[cell.row]?.push(cell);
  return rows.map((row) => row.sort((a, b) => a.column - b.column));
}

/**
 * 姓名 | ___ | 性别 | ___ : a form in which each label has its blank beside it, from its first row on. A header has labels side
 * by side instead, or further labels beneath the cells that stand empty in it.
 */
export function isPairForm(grid: Grid, isLabel: IsLabel): boolean {
  const rows = rowsOf(grid);
  // A row that is one cell (一、基本情况) says nothing of those beneath it.
  const top = rows.findIndex((row) => row.length > 1);
  const first = rows[top];
  if (top < 0 || top > 2 || first === undefined || grid.columnCount < 2) return false;
  const next = rows[top + 1] ?? [];
  const label = (cell: GridCell | undefined) => cell !== undefined && isLabel(cell.text) && !isPlaceholder(cell.text);
  const group = (cell: GridCell) =>
    cell.rowSpan > 1 || (cell.column === 0 && next[0]?.column === 0 && next[0].text === '' && label(next[1]));
  if (!label(first[0]) || !first.some((cell, index) => label(cell) && isPlaceholder(first[index + 1]?.text ?? '无')))
    return false;
  const paired = (row: readonly GridCell[]) =>
    row.every(
      (cell, index) =>
        !label(cell) ||
        isPlaceholder(row[index + 1]?.text ?? '') ||
        (index === 0 && group(cell)) ||
        (index > 0 && cell.rowSpan > 1),
    );
  if (!paired(first)) return false;
  // The lower row of a header begins beneath a merged cell and has its labels side by side.
  const lower = next.filter((cell) => cell.text !== '');
  if (next[0] !== undefined && (next[0].column > 0 || next[0].text === '') && !paired(lower.length > 0 ? next : [])) {
    return false;
  }
  // A blank over several labels (单位名称 | ___ over 姓名 | 职务 | 电话) is one to be filled in: merged headings have words.
  const over = first.find((cell) => isPlaceholder(cell.text));
  if (
    over !== undefined &&
    (over.columnSpan > 1 ||
      (first.slice(1).every(({ text }) => isPlaceholder(text)) && asksForName.test(first[0]?.text ?? '')))
  )
    return true;
  const beneath = first
    .filter((cell) => isPlaceholder(cell.text))
    .map((cell) => next.find((other) => other.column === cell.column))
    .filter((cell) => cell !== undefined);
  return beneath.length === 0 || beneath.some((cell) => !label(cell));
}

/** Asks for a name, whatever stands beneath it: it is no heading. */
const asksForName = /(?:单位|机构|企业|学校|部门)(?:名称|全称)?(?:[（(][盖公]章[）)])?$|^姓\s?名$|名称$/u;
/** 一、基本情况: a heading within the form. */
const sectionHead = /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])/u;

/** One label column (参会单位 | ___) names the rows; labels all over the grid name none. */
export function pairFormStub(grid: Grid, isLabel: IsLabel): number {
  const label = ({ text }: GridCell) => isLabel(text) && !isPlaceholder(text);
  const inOneColumn = grid.cells.every((cell) => (cell.column === 0) === label(cell));
  return inOneColumn ? 1 : 0;
}

/**
 * The merged cells of such a form whose source flattened them: a group before several rows, a label over both label columns,
 * and the blanks behind the last label of a row, which are one.
 */
export function pairSpans(grid: Grid, isLabel: IsLabel): Grid {
  const { rowCount, columnCount, texts } = grid;
  const text = (row: number, column: number) => texts[row]?.[column] ?? '';
  const label = (row: number, column: number) => isLabel(text(row, column)) && !isPlaceholder(text(row, column));
  const key = (row: number, column: number) => row * columnCount + column;
  const owner = new Map<number, { row: number; column: number }>();
  const inGroup = (row: number) => row > 0 && text(row, 0) === '' && label(row, 1);
  const isGrouped = range(0, rowCount).some(inGroup);
  const pictured = label(0, columnCount - 1) && columnCount > 2;
  const labelsOf = (row: number) =>
    range(0, columnCount - 1)
      .filter((column) => label(row, column))
      .join();
  for (const row of range(0, rowCount)) {
    if (inGroup(row)) {
      const above = owner.get(key(row - 1, 0)) ?? { row: row - 1, column: 0 };
      if (text(above.row, above.column) !== '') owner.set(key(row, 0), above);
    }
    if (sectionHead.test(text(row, 0)) && range(1, columnCount).every((column) => text(row, column) === '')) {
      for (const column of range(1, columnCount)) owner.set(key(row, column), { row, column: 0 });
      continue;
    }
    const overBoth = isGrouped && label(row, 0) && text(row, 1) === '' && !inGroup(row + 1);
    if (overBoth) owner.set(key(row, 1), { row, column: 0 });
    // 照片 at the end of the first row goes on beside rows that are made as that one.
    const last = columnCount - 1;
    const besidePicture =
      row > 0 &&
      pictured &&
      text(row, last) === '' &&
      labelsOf(row) === labelsOf(0) &&
      (row === 1 || owner.has(key(row - 1, last)));
    if (besidePicture) owner.set(key(row, last), { row: 0, column: last });
    // Of several blanks behind a label the first takes in the others. A row without any label is one of a list.
    let first: number | null = null;
    for (const column of range(1, columnCount)) {
      if (owner.has(key(row, column))) continue;
      if (text(row, column) !== '') first = isPlaceholder(text(row, column)) ? column : null;
      else if (first !== null) owner.set(key(row, column), { row, column: first });
      else if (label(row, column - 1) || owner.get(key(row, column - 1))?.row === row) first = column;
    }
  }
  return { ...grid, cells: tile(rowCount, columnCount, texts, owner) };
}
