import type { Layout, LayoutBlock, LayoutCell, LayoutLine, LayoutTable } from '../../models/index.ts';

/**
 * Joins tables that go on (`continues`), over several pages or on one page of a text, into the one where they began:
 * header rows repeated by the following parts are dropped, merged cells and rows that the page break cut are whole
 * again, no blank row or column is lost. Cells and lines from later pages keep their boxes and say their `page`. The
 * layout is otherwise unchanged.
 */
export function joinContinuedTables(layout: Layout): Layout {
  const pages: LayoutBlock[][] = [];
  /** Where the table is that the next one may go on with. */
  let open: { page: number; block: number } | undefined;
  for (const { blocks, page } of layout.pages) {
    const kept: LayoutBlock[] = [];
    pages.push(kept);
    if (!blocks.some((block) => block.type === 'table')) open = undefined;
    for (const block of blocks) {
      const base = open && pages[open.page]![open.block];
      if (block.type === 'table' && block.continues && open && base?.type === 'table') {
        const part = open.page === pages.length - 1 ? block : withPage(block, page);
        pages[open.page]![open.block] = joinTwo(base, part);
        continue;
      }
      if (block.type === 'table') open = { page: pages.length - 1, block: kept.length };
      kept.push(block);
    }
  }
  return { ...layout, pages: layout.pages.map((page, index) => ({ ...page, blocks: pages[index]! })) };
}

function withPage(table: LayoutTable, page: number): LayoutTable {
  const line = (l: LayoutLine): LayoutLine => ({ ...l, page: l.page ?? page });
  return { ...table, cells: table.cells.map((c) => ({ ...c, page: c.page ?? page, lines: c.lines.map(line) })) };
}

function joinTwo(above: LayoutTable, below: LayoutTable): LayoutTable {
  const [upper, lower] = sameColumns(above, below);
  const dropped = repeatedRows(upper, lower);
  const rest = lower.cells.filter((cell) => cell.row >= dropped).map((cell) => ({ ...cell, row: cell.row - dropped }));
  const height = lower.rowCount - dropped;
  const cutRow = isCutRow(upper, rest);
  // The rest of a cut row falls onto the last row above; all below it move up by one.
  const offset = upper.rowCount - (cutRow ? 1 : 0);
  const cells = [...upper.cells];
  for (const cell of rest) {
    const index = cell.row === 0 ? cells.findIndex((c) => endsAbove(c, cell, upper.rowCount)) : -1;
    const over = cells[index];
    if (over && (cutRow || isCutCell(over, cell, upper, rest))) {
      const rowSpan = offset + cell.row + cell.rowSpan - over.row;
      const repeated = textOf(over) !== '' && textOf(over) === textOf(cell);
      cells[index] = { ...over, rowSpan, lines: repeated ? over.lines : [...over.lines, ...cell.lines] };
    } else cells.push({ ...cell, row: cell.row + offset });
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    ...upper,
    rowCount: offset + height,
    cells,
    confidence: Math.min(upper.confidence, lower.confidence),
  };
}

function textOf(cell: LayoutCell): string {
  return cell.lines.map((line) => line.text.replace(/\s/g, '')).join('');
}

function endsAbove(upper: LayoutCell, lower: LayoutCell, rowCount: number): boolean {
  return (
    upper.row + upper.rowSpan === rowCount && upper.column === lower.column && upper.columnSpan === lower.columnSpan
  );
}

/** How many leading rows of the continuation print the header of the table again. */
function repeatedRows(upper: LayoutTable, lower: LayoutTable): number {
  const most = Math.min(upper.rowCount, lower.rowCount - 1, 6);
  let repeated = 0;
  for (let count = 1; count <= most; count++) {
    const [a, b] = [upper, lower].map((t) => t.cells.filter((cell) => cell.row < count));
    const row = b!.filter((cell) => cell.row === count - 1);
    // A header row holds labels; a row of blanks that looks like one of blanks above is data.
    const blank = row.filter((cell) => textOf(cell) === '').length;
    if (
      row.length === 0 ||
      blank * 2 > row.length ||
      !sameCells(
        row,
        a!.filter((cell) => cell.row === count - 1),
      )
    )
      break;
    if (b!.every((cell) => cell.row + cell.rowSpan <= count)) repeated = count;
  }
  return repeated;
}

function sameCells(a: readonly LayoutCell[], b: readonly LayoutCell[]): boolean {
  return (
    a.length === b.length &&
    a.every((cell) =>
      b.some(
        (other) =>
          other.column === cell.column &&
          other.columnSpan === cell.columnSpan &&
          other.rowSpan === cell.rowSpan &&
          textOf(other) === textOf(cell),
      ),
    )
  );
}

/** Whether a cell at the head of the continuation is the rest of the merged cell above it. */
function isCutCell(above: LayoutCell, cell: LayoutCell, upper: LayoutTable, rest: readonly LayoutCell[]): boolean {
  const column = (cells: readonly LayoutCell[]) =>
    cells.filter((c) => c.column === cell.column && c !== above && c !== cell);
  const [upperText, text] = [textOf(above), textOf(cell)];
  if (upperText !== '' && text === '' && cutsHeader(upper, rest)) return true;
  const merged = above.rowSpan > 1 || cell.rowSpan > 1;
  // The header's own merged cells say nothing of the rows below it.
  const mergedElsewhere = [...bodyCells(column(upper.cells), upper), ...column(rest)].some(
    (c) => c.rowSpan > 1 && c.columnSpan === cell.columnSpan,
  );
  if (!merged && !mergedElsewhere) return false;
  if (upperText === '' && text === '') return merged;
  if (text === '' || text === upperText) return true;
  // The label may stand in the second part, where the column has a label in every cell.
  return upperText === '' && above.rowSpan > 1 && column(upper.cells).every((c) => textOf(c) !== '');
}

/** Whether the page break cut the header: labels over several columns above, one label for each of these below. */
function cutsHeader(upper: LayoutTable, rest: readonly LayoutCell[]): boolean {
  const first = rest.filter((cell) => cell.row === 0);
  return upper.cells.some((over) => {
    if (over.row + over.rowSpan !== upper.rowCount || over.columnSpan < 2 || upper.rowCount > 3) return false;
    const under = first.filter(
      (c) => c.column >= over.column && c.column + c.columnSpan <= over.column + over.columnSpan,
    );
    return textOf(over) !== '' && under.length > 1 && under.every((cell) => textOf(cell) !== '');
  });
}

/**
 * Whether the first row is the rest of a row that the page break cut: the first column, which holds something in every
 * row (序号), is empty, while others go on.
 */
function isCutRow(upper: LayoutTable, rest: readonly LayoutCell[]): boolean {
  const first = rest.filter((cell) => cell.row === 0);
  const last = upper.cells.filter((cell) => cell.row + cell.rowSpan === upper.rowCount);
  const matches = first.every((cell) => cell.rowSpan === 1 && last.some((c) => endsAbove(c, cell, upper.rowCount)));
  if (!matches || first.length !== last.length || last.some((cell) => cell.rowSpan !== 1)) return false;
  const lead = first.find((cell) => cell.column === 0);
  if (!lead || textOf(lead) !== '' || first.every((cell) => textOf(cell) === '')) return false;
  const leads = upper.cells.filter((cell) => cell.column === 0);
  // A column of group labels: the empty cell is the rest of the group's, and the row is whole.
  if ([...bodyCells(leads, upper), ...rest].some((cell) => cell.column === 0 && cell.rowSpan > 1)) return false;
  return leads.every((cell) => textOf(cell) !== '');
}

/** Cells below the rows that the corner of the table spans. */
function bodyCells(cells: readonly LayoutCell[], table: LayoutTable): LayoutCell[] {
  const header = table.cells.find((cell) => cell.row === 0 && cell.column === 0)?.rowSpan ?? 1;
  return cells.filter((cell) => cell.row >= header);
}

const tolerance = 4;

/** Both tables on the same columns: a part whose cells are all merged shows fewer column edges than the other. */
function sameColumns(a: LayoutTable, b: LayoutTable): [LayoutTable, LayoutTable] {
  if (a.columnCount === b.columnCount) return [a, b];
  const sides = [...a.cells, ...b.cells].flatMap((cell) => (cell.box ? [cell.box[0], cell.box[2]] : []));
  sides.sort((x, y) => x - y);
  const edges = sides.filter((side, i) => i === 0 || side - sides[i - 1]! > tolerance);
  const place = (x: number): number => {
    let best = 0;
    edges.forEach((edge, i) => {
      if (Math.abs(edge - x) < Math.abs(edges[best]! - x)) best = i;
    });
    return best;
  };
  const moved = (table: LayoutTable): LayoutTable => ({
    ...table,
    columnCount: edges.length - 1,
    cells: table.cells.map((cell) => {
      if (!cell.box) return cell;
      const column = place(cell.box[0]);
      return { ...cell, column, columnSpan: Math.max(1, place(cell.box[2]) - column) };
    }),
  });
  return [moved(a), moved(b)];
}
