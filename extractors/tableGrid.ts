import type { Flow, FlowTable } from '../models/index.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { isFieldLine } from './fieldLines.ts';

/** A table as texts and as cells: `texts[row][column]` is '' under a merged cell as in an empty one. */
export interface Grid {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly texts: readonly (readonly string[])[];
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
}

/** Cell texts without layout: line breaks inside a label are none, fill-in strokes are blank. */
export function toGrid(flow: Flow, { cells, rowCount, columnCount }: FlowTable): Grid {
  const texts = Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, () => ''));
  const clean = cells.map(({ row, column, rowSpan, columnSpan, start, end }): GridCell => {
    const text = withoutLayoutSpaces(flow.text.slice(start, end)).replace(/^[_＿]+$/u, '');
    (texts[row] as string[])[column] = text;
    return { row, column, rowSpan, columnSpan, text };
  });
  return { rowCount, columnCount, texts, cells: clean };
}

/**
 * Finds the merged cells of a table whose source flattened them: an empty cell belongs to the label before it in its row, or to
 * the one above it, where only a label can stand (header rows, stub columns). Blanks of the form stay blanks.
 */
export function inferSpans(grid: Grid, stub: number): Grid {
  const { rowCount, columnCount, texts } = grid;
  const text = (row: number, column: number) => texts[row]?.[column] ?? '';
  const owner = new Map<number, { row: number; column: number }>();
  const key = (row: number, column: number) => row * columnCount + column;
  const worded = (row: number) => range(stub, columnCount).some((c) => /[\u4e00-\u9fa5A-Za-z]/u.test(text(row, c)));
  let header = 0;
  while (header < rowCount && header < 5 && worded(header)) header++;
  // Words in every row: the table is filled in, only its first row is a header for sure.
  if (header === rowCount || header === 5) header = Math.min(1, rowCount);

  for (let row = 0; row < header; row++) {
    for (let column = 0; column < columnCount; column++) {
      if (text(row, column) !== '') continue;
      const leftOwned = owner.get(key(row, column - 1)) ?? { row, column: column - 1 };
      const sameStub = column > 0 && column < stub === column - 1 < stub;
      const left = column > 0 && leftOwned.row === row && text(leftOwned.row, leftOwned.column) !== '';
      // 类别 over two label columns; a group over columns that the next header row names.
      const named = range(row + 1, header).some((lower) => text(lower, column) !== '');
      if (left && sameStub && (column < stub || named)) owner.set(key(row, column), leftOwned);
      else if (row > 0) {
        const above = owner.get(key(row - 1, column)) ?? { row: row - 1, column };
        if (text(above.row, above.column) !== '') owner.set(key(row, column), above);
      }
    }
  }
  for (let row = header; row < rowCount; row++) {
    for (let column = 0; column < stub; column++) {
      if (text(row, column) !== '') continue;
      const rest = range(column, stub).every((c) => text(row, c) === '');
      const left = column > 0 ? (owner.get(key(row, column - 1)) ?? { row, column: column - 1 }) : undefined;
      if (rest && left && left.row === row && text(left.row, left.column) !== '') owner.set(key(row, column), left);
      else if (row > header && !rest) {
        const above = owner.get(key(row - 1, column)) ?? { row: row - 1, column };
        const outer = column === 0 || text(row, column - 1) === '' || owner.has(key(row, column - 1));
        if (above.column === column && text(above.row, above.column) !== '' && outer)
          owner.set(key(row, column), above);
      }
    }
  }
  return { ...grid, cells: tile(rowCount, columnCount, texts, owner) };
}

/**
 * Merged cells that the source unfolded, their text in every cell they covered: seen by a corner that stands in several header
 * rows. The text is kept once, at the top left, as where the source left the rest empty.
 */
export function foldRepeats(grid: Grid): Grid {
  const { texts, rowCount } = grid;
  const corner = texts[0]?.[0] ?? '';
  let header = 1;
  while (header < rowCount && header < 5 && texts[header]?.[0] === corner) header++;
  if (corner === '' || header < 2 || header === rowCount) return grid;
  const repeated = (row: number, column: number, text: string): boolean =>
    row < header
      ? texts[row]?.[column - 1] === text || texts[row - 1]?.[column] === text
      : column === 0 && row > header && texts[row - 1]?.[0] === text && texts[row - 1]?.[1] !== texts[row]?.[1];
  const folded = texts.map((row, r) =>
    row.map((text, column) => (text !== '' && repeated(r, column, text) ? '' : text)),
  );
  return {
    ...grid,
    texts: folded,
    cells: grid.cells.map((cell) => ({ ...cell, text: folded[cell.row]?.[cell.column] ?? '' })),
  };
}

/** Headings of a second label column; anything else above it heads data. */
const stubHeading =
  /^(?:项目|内容|指标|指标名称|细目|子项|类别|类型|名称|分类|单位|计量单位|明细|具体.*|小类|中类|二级.*|事项|情形|检查内容|.*(?:项目|内容|指标|情形|类型|分类|类别|名称))$/u;

/**
 * Puts back a label column that the source lost: the heading of the labels was merged over two columns and came out as one cell,
 * so that rows with a group label are one cell short. Seen by rows that have a second label where the header names data.
 */
export function restoreLabelColumn(grid: Grid): Grid {
  const { texts, columnCount, rowCount } = grid;
  const word = (text: string) => /[\u4e00-\u9fa5A-Za-z]/u.test(text) && !/^[xX×]$/u.test(text);
  const head = texts[0]?.[1] ?? '';
  // Heads of columns beneath a merged one make a second header row.
  let top = 1;
  while (
    top < Math.min(3, rowCount - 1) &&
    texts[top]?.[0] === '' &&
    texts[top]?.[1] === '' &&
    texts[top]?.slice(2).some(word)
  )
    top++;
  const body = texts.slice(top);
  const second = body.filter((row) => word(row[1] ?? ''));
  const open = body.every((row) => row.slice(2).every((text) => !word(text)));
  const short = second.length >= 2 && second.length < body.length && second.every((row) => (row.at(-1) ?? '') === '');
  // Rows without a second label came out one cell short, and so did the header.
  const ragged =
    top === 1 &&
    second.length >= 2 &&
    second.length < body.length &&
    columnCount >= 3 &&
    open &&
    word(head) &&
    !stubHeading.test(head) &&
    texts[0]?.at(-1) === '' &&
    texts[0].slice(0, -1).every((text) => text !== '') &&
    body.every((row) => word(row[1] ?? '') || row.at(-1) === '');
  if (ragged) {
    const rows = texts.map((row) =>
      row !== texts[0] && word(row[1] ?? '') ? [...row] : [row[0] ?? '', '', ...row.slice(1, -1)],
    );
    return {
      rowCount,
      columnCount,
      texts: rows,
      cells: rows.flatMap((row, r) =>
        row.map((text, column): GridCell => ({ row: r, column, rowSpan: 1, columnSpan: 1, text })),
      ),
    };
  }
  if (
    columnCount < 3 ||
    !word(head) ||
    stubHeading.test(head) ||
    !open ||
    !short ||
    (top === 1 && texts[0]?.some((text) => text === ''))
  )
    return grid;
  const wide = texts.map((row, index) =>
    index >= top && word(row[1] ?? '') ? [...row, ''] : [row[0] ?? '', '', ...row.slice(1)],
  );
  const cells = wide.flatMap((row, r) =>
    row.map((text, column): GridCell => ({ row: r, column, rowSpan: 1, columnSpan: 1, text })),
  );
  return { rowCount, columnCount: columnCount + 1, texts: wide, cells };
}

export function tile(
  rowCount: number,
  columnCount: number,
  texts: Grid['texts'],
  owner: ReadonlyMap<number, { row: number; column: number }>,
): GridCell[] {
  const extent = new Map<number, { row: number; column: number }>();
  for (const [place, { row, column }] of owner) {
    const at = row * columnCount + column;
    const known = extent.get(at) ?? { row, column };
    extent.set(at, {
      row: Math.max(known.row, Math.floor(place / columnCount)),
      column: Math.max(known.column, place % columnCount),
    });
  }
  const cells: GridCell[] = [];
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      if (owner.has(row * columnCount + column)) continue;
      const to = extent.get(row * columnCount + column) ?? { row, column };
      cells.push({
        row,
        column,
        rowSpan: to.row - row + 1,
        columnSpan: to.column - column + 1,
        text: texts[row]?.[column] ?? '',
      });
    }
  }
  return cells;
}

/** From one whole number up to another, which is left out. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

const captionCell =
  /^(?:填\s?[报表制]|报送|制表|单位|审核|联系|时间|日期|统计|截止|[（(]?盖章|表号)[^：:]{0,12}[：:].{0,24}$|^[（(](?:盖章|公章)[）)]$/u;

/** First rows that hold nothing but 填报单位：…, 单位：万元 are the lines above the table, drawn into it. */
export function liftCaptions(grid: Grid): { readonly grid: Grid; readonly captions: readonly string[] } {
  let lifted = 0;
  while (
    lifted < Math.min(2, grid.rowCount - 2) &&
    grid.texts[lifted]?.some((text) => text !== '') &&
    grid.texts[lifted]?.every((text) => text === '' || captionCell.test(text)) &&
    grid.cells.every((cell) => cell.row >= lifted + 1 || cell.row + cell.rowSpan <= lifted + 1)
  )
    lifted++;
  if (lifted === 0) return { grid, captions: [] };
  const captions = grid.texts.slice(0, lifted).flatMap((row) => row.filter((text) => text !== ''));
  return {
    captions,
    grid: {
      rowCount: grid.rowCount - lifted,
      columnCount: grid.columnCount,
      texts: grid.texts.slice(lifted),
      cells: grid.cells.flatMap((cell) => (cell.row < lifted ? [] : [{ ...cell, row: cell.row - lifted }])),
    },
  };
}

/** Last rows that hold nothing but 填表人：… 审核人：… are the lines beneath the table, drawn into it. */
export function liftFooter(
  grid: Grid,
  spansKnown: boolean,
): { readonly grid: Grid; readonly footer: readonly string[] } {
  const footer: string[] = [];
  let rowCount = grid.rowCount;
  while (rowCount > 2) {
    const row = rowCount - 1;
    const line = footerLine(
      grid.cells.filter((cell) => cell.row === row),
      spansKnown,
    );
    if (line === null || grid.cells.some((cell) => cell.row < row && cell.row + cell.rowSpan > row)) break;
    footer.unshift(line);
    rowCount = row;
  }
  if (footer.length === 0) return { grid, footer };
  return {
    footer,
    grid: {
      ...grid,
      rowCount,
      texts: grid.texts.slice(0, rowCount),
      cells: grid.cells.filter((cell) => cell.row < rowCount),
    },
  };
}

/** The row as one line, each label with its colon; null for a row of the table. */
function footerLine(cells: readonly GridCell[], spansKnown: boolean): string | null {
  const labels = cells.filter((cell) => cell.text !== '').map((cell) => cell.text);
  const first = cells[0];
  if (first === undefined || first.text === '') return null;
  const alone = labels.length === 1 && (cells.length <= 2 || !spansKnown);
  // A label without colon could be that of a row, unless there are several, or all that follows is one cell.
  const told =
    labels.some((label) => /[：:]/u.test(label)) ||
    labels.length > 1 ||
    (alone && /^(?:备\s?注|说明)$/u.test(first.text));
  const line = labels.map((label) => (/[：:)）]$|[：:].*$/u.test(label) ? label : `${label}：`));
  return told && line.every(isFieldLine) ? line.join('　') : null;
}

/**
 * The label cells that lead to each row from `from` on, outermost first. A group's label that is printed once, without a
 * merged cell, holds for the rows beneath it that have only a label of their own.
 */
export function stubLabels<C extends Omit<GridCell, 'text'> & { readonly text: string }>(
  cells: readonly C[],
  from: number,
  rowCount: number,
  stubColumns: number,
): readonly (readonly C[])[] {
  // Found cell by cell, for tables of thousands of rows.
  const byRow = range(0, rowCount).map((): C[] => []);
  for (const cell of cells)
    if (cell.column < stubColumns && cell.row >= from)
      for (const row of range(cell.row, Math.min(rowCount, cell.row + cell.rowSpan))) byRow[row]?.push(cell);
  let group: readonly C[] = [];
  return byRow.slice(from).map((found) => {
    const own = found.sort((a, b) => a.column - b.column);
    const first = own.find((cell) => /[\u4e00-\u9fa5A-Za-z]/u.test(cell.text));
    if (first === undefined) return own;
    const groups = group.filter((cell) => cell.column + cell.columnSpan <= first.column);
    const known = own.filter((cell) => cell.column >= first.column || cell.text !== '');
    group = [...groups, ...own.filter((cell) => cell.column >= first.column && cell.rowSpan === 1 && cell.text !== '')];
    return [...groups.filter((cell) => !known.includes(cell)), ...known].sort((a, b) => a.column - b.column);
  });
}
