import type { Box, LayoutCell, LayoutLine, LayoutTable } from '../../../models/index.ts';
import { type Glyph, roundBox } from './content.ts';
import { linesFromGlyphs } from './lines.ts';

/** Rows below the header, and columns, at least: less is a list or signatures side by side. */
const leastRows = 3;
const leastColumns = 3;
/** Share of a table's rows that fill all its columns. */
const leastFull = 0.6;
/** From one row to the next, in sizes of the text, at most. */
const mostPitch = 3.2;

/** Words of a line with a wide blank on either side. */
interface Segment {
  readonly text: string;
  /** In the text of the line. */
  readonly start: number;
  readonly x0: number;
  readonly x1: number;
}

interface Row {
  readonly line: LayoutLine;
  readonly box: Box;
  readonly segments: readonly Segment[];
}

/** Words in a cell; a cell that was wrapped has several. */
interface Placed {
  readonly segment: Segment;
  readonly column: number;
  /** The line that they stand on. */
  readonly from: Row;
}

/**
 * Tables without strokes: a row of labels, and rows below it whose words stand under the labels, with the glyphs that are
 * in none. Lists of persons without a header are no tables. Rows are taken as they stand: columns of words would else be
 * taken for columns of text.
 */
export function alignedTables(
  glyphs: readonly Glyph[],
  grids: readonly { readonly box: Box }[],
): { tables: LayoutTable[]; rest: Glyph[] } {
  const within = (g: Glyph, [x0, y0, x1, y1]: Box): boolean => {
    const [x, y] = [(g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1;
  };
  const lines = linesFromGlyphs(glyphs.filter((g) => g.angle === 0 && !grids.some(({ box }) => within(g, box))));
  const tables: LayoutTable[] = [];
  for (let i = 0; i < lines.length; ) {
    const found = tableAt(lines, i);
    if (found) tables.push(found.table);
    i += found?.rows ?? 1;
  }
  return { tables, rest: glyphs.filter((g) => !tables.some(({ box }) => within(g, box!))) };
}

function tableAt(lines: readonly LayoutLine[], at: number): { table: LayoutTable; rows: number } | undefined {
  const header = rowOf(lines[at]!);
  if (!header || header.segments.length < leastColumns || !isHeader(header.segments)) return undefined;
  const rows = [header];
  const placed: Placed[][] = [header.segments.map((segment, column) => ({ segment, column, from: header }))];
  // Further lines of a wrapped cell of the last row: they are taken for that when a row follows.
  let wrapped: Placed[] = [];
  let end = at + 1;
  for (let k = end; k < lines.length; k++) {
    const row = rowOf(lines[k]!);
    const before = wrapped.at(-1)?.from ?? rows.at(-1)!;
    if (!row || row.box[1] - before.box[1] > mostPitch * (row.box[3] - row.box[1])) break;
    const columns = columnsOf(row.segments, header.segments, placed);
    if (!columns) break;
    const own = row.segments.map((segment, n): Placed => ({ segment, column: columns[n]!, from: row }));
    if (own.length === 1) {
      const above = [...placed.at(-1)!, ...wrapped].findLast(({ column }) => column === columns[0]);
      if (above?.from !== before || !goesOn(above, own[0]!)) break;
      wrapped.push(own[0]!);
      continue;
    }
    if (wrapped.length > 0) {
      if (isNearer(row, wrapped, rows.at(-1)!)) break;
      rows.push({ ...rows.pop()!, box: around([...placed.at(-1)!, ...wrapped]) });
      placed.at(-1)!.push(...wrapped);
      wrapped = [];
    }
    rows.push(row);
    placed.push(own);
    end = k + 1;
  }
  const count = header.segments.length;
  const full = rows.slice(1).filter((row) => row.segments.length === count).length;
  if (rows.length - 1 < leastRows || full < leastFull * (rows.length - 1)) return undefined;
  return { table: makeTable(rows, placed, count), rows: end - at };
}

/**
 * Whether words are the next line of a cell: they begin where it does, or have its middle, and are no longer than the line
 * above, which was full. Headings and paragraphs between rows are not.
 */
function goesOn({ segment: above, from }: Placed, { segment: below }: Placed): boolean {
  const size = from.line.fontSize!;
  const isBelow =
    Math.abs(above.x0 - below.x0) <= size / 2 || Math.abs(above.x0 + above.x1 - below.x0 - below.x1) <= size;
  return isBelow && below.x1 - below.x0 <= above.x1 - above.x0 + size / 2;
}

/** Whether wrapped words stand nearer to the row below them than to the line above: they are of that row, or of none. */
function isNearer(row: Row, wrapped: readonly Placed[], above: Row): boolean {
  const last = wrapped.at(-1)!.from.box;
  const before = (wrapped.at(-2)?.from ?? above).box;
  return row.box[1] - last[1] < last[1] - before[1] - 0.2 * (last[3] - last[1]);
}

const around = (placed: readonly Placed[]): Box => [
  Math.min(...placed.map(({ from }) => from.box[0])),
  Math.min(...placed.map(({ from }) => from.box[1])),
  Math.max(...placed.map(({ from }) => from.box[2])),
  Math.max(...placed.map(({ from }) => from.box[3])),
];

/** What columns are called; in a list without a header the first row looks like the others. */
const columnName =
  /序号|编号|名称|单位|部门|科室|姓名|人$|职务|职称|电话|手机|邮箱|地址|地点|地区|时间|日期|期限|数$|数量|金额|内容|项目|事项|类别|类型|指标|标准|要求|情况|结果|措施|责任|备注|说明|合计|（[^（）]{1,4}）$/;

/** 联系人：张三 is an entry, and so is a number. */
function isHeader(segments: readonly Segment[]): boolean {
  const labels = segments.filter(
    ({ text }) => text.length <= 12 && /\p{Script=Han}/u.test(text) && !/[：:。；，]|\d/.test(text),
  );
  return (
    labels.length === segments.length && labels.filter(({ text }) => columnName.test(text)).length * 2 >= labels.length
  );
}

function rowOf(line: LayoutLine): Row | undefined {
  if (!line.box || !line.edges || !line.fontSize) return undefined;
  const { text, edges, fontSize } = line;
  const segments: Segment[] = [];
  for (const { 0: words, index } of text.matchAll(/\S+(?:[ \u3000]\S+)*/g)) {
    // A single blank may be as wide as several.
    let from = 0;
    for (const { index: blank } of [...words.matchAll(/\s/g), { index: words.length }]) {
      const next = blank + 1;
      const wide = blank === words.length || edges[index + next]! - edges[index + blank]! > 1.2 * fontSize;
      if (!wide) continue;
      const [start, end] = [index + from, index + blank];
      segments.push({ text: text.slice(start, end), start, x0: edges[start]!, x1: edges[end]! });
      from = next;
    }
  }
  return segments.length === 0 ? undefined : { line, box: line.box, segments };
}

/** The column of each segment of a row: the one whose label or entries it stands below; undefined where that is not clear. */
function columnsOf(
  segments: readonly Segment[],
  labels: readonly Segment[],
  above: readonly (readonly Placed[])[],
): number[] | undefined {
  const extents = labels.map((label, column) => {
    const own = above.flatMap((row) => row.filter((one) => one.column === column).map((one) => one.segment));
    return [Math.min(label.x0, ...own.map((s) => s.x0)), Math.max(label.x1, ...own.map((s) => s.x1))] as const;
  });
  const columns = segments.map(({ x0, x1 }) => {
    const touched = extents.flatMap(([from, to], column) => (Math.min(x1, to) > Math.max(x0, from) ? [column] : []));
    return touched.length === 1 ? touched[0]! : -1;
  });
  const ascending = columns.every((column, n) => column >= 0 && (n === 0 || column > columns[n - 1]!));
  return ascending ? columns : undefined;
}

function makeTable(rows: readonly Row[], placed: readonly (readonly Placed[])[], columnCount: number): LayoutTable {
  const box: Box = [
    Math.min(...rows.map((row) => row.box[0])),
    rows[0]!.box[1],
    Math.max(...rows.map((row) => row.box[2])),
    rows.at(-1)!.box[3],
  ];
  // Columns meet half way between what stands in them, rows between one line and the next.
  const inColumn = (column: number): Segment[] =>
    placed.flatMap((row) => row.filter((one) => one.column === column).map((one) => one.segment));
  const sides = Array.from({ length: columnCount + 1 }, (_, column) => {
    if (column === 0) return box[0];
    if (column === columnCount) return box[2];
    const left = Math.max(...inColumn(column - 1).map((s) => s.x1));
    return (left + Math.min(...inColumn(column).map((s) => s.x0))) / 2;
  });
  const tops = rows.map((row, i) => (i === 0 ? box[1] : (rows[i - 1]!.box[3] + row.box[1]) / 2));
  const cells = rows.flatMap((_, i) =>
    Array.from({ length: columnCount }, (_, column): LayoutCell => {
      const own = placed[i]!.filter((one) => one.column === column);
      return {
        row: i,
        column,
        rowSpan: 1,
        columnSpan: 1,
        lines: own.map(({ from, segment }) => lineOf(from, segment)),
        box: roundBox([sides[column]!, tops[i]!, sides[column + 1]!, tops[i + 1] ?? box[3]]),
      };
    }),
  );
  return {
    type: 'table',
    rowCount: rows.length,
    columnCount,
    cells,
    spansKnown: true,
    continues: false,
    box: roundBox(box),
    confidence: 0.7,
  };
}

function lineOf({ line, box }: Row, { text, start, x0, x1 }: Segment): LayoutLine {
  const end = start + text.length;
  const { sureness, alternative, ...rest } = line;
  const own = sureness?.slice(start, end);
  return {
    ...rest,
    text,
    box: roundBox([x0, box[1], x1, box[3]]),
    edges: line.edges!.slice(start, end + 1),
    align: null,
    confidence: own ? Math.min(...own) : line.confidence,
    ...(own && { sureness: own }),
    // The other reading is one of the whole line.
    alternative: null,
  };
}
