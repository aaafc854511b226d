import {
  evidenceAt,
  type Flow,
  type FlowTable,
  type ParsedAttachment,
  type Span,
  type Table,
  type TableAxis,
  type TableCell,
} from '../models/index.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import units from './lexicon/units.json' with { type: 'json' };
import { frequencyOf } from './recurrence.ts';
import { type Grid, inferSpans, liftCaptions, restoreLabelColumn, toGrid } from './tableGrid.ts';

const unitNames = new Set(units);

/** 检查单位数量（家） → 检查单位数量, 家. A bracket that holds no unit stays part of the label. */
export function splitUnit(label: string): { readonly label: string; readonly unit: string | null } {
  const match = /^(.*?)\s*[（(【[]\s*(?:单位\s*[:：]\s*)?([^（()）【】[\]]{1,6})\s*[）)】\]]\s*$/u.exec(label);
  if (match?.[2] && unitNames.has(match[2]) && match[1]) return { label: match[1], unit: match[2] };
  const slash = /^(.+?)\s*[/／,，]\s*([^/／,，]{1,4})$/u.exec(label);
  if (slash?.[2] && slash[1] && unitNames.has(slash[2]) && /[\u4e00-\u9fa5]{2}$/u.test(slash[1])) {
    return { label: slash[1], unit: slash[2] };
  }
  return { label, unit: null };
}

const notApplicable = /^(?:[\\/＼／×xX✕—－\-–―]{1,4}|[-－—]{2,})$/u;
const numeric = /^[\d.,，%％\s]+$/u;
const codeColumn = /^(?:序号|编号|代码|行次|栏次|单位|计量单位|指标单位|甲|乙)$/u;

/** A label is words; a number, a blank or a stroke is content. */
const isLabel = (text: string): boolean => text !== '' && !notApplicable.test(text) && !numeric.test(text);

/** How many leading rows are headers: as long as a row has words over the data columns. */
function countHeaderRows(grid: Grid, stub: number): number {
  const data = (row: number) => grid.texts[row]?.slice(stub) ?? [];
  let rows = 0;
  while (rows < Math.min(grid.rowCount, 5) && data(rows).some(isLabel)) rows++;
  if (rows < grid.rowCount && rows > 0) return closeSpans(grid, rows);
  // Words everywhere: the first row heads, with those that its merged cells reach into.
  return grid.rowCount > 1 ? closeSpans(grid, 1) : grid.rowCount === 1 ? 1 : 0;
}

/** Rows that a merged header cell reaches into, and those beneath a header merged across columns, are headers too. */
function closeSpans(grid: Grid, rows: number): number {
  let reach = rows;
  for (const cell of grid.cells)
    if (
      cell.row < rows &&
      cell.row + cell.rowSpan > reach &&
      cell.row + cell.rowSpan < grid.rowCount &&
      cell.rowSpan <= 4
    )
      reach = Math.max(reach, cell.row + cell.rowSpan);
  return reach;
}

/** How many leading columns hold labels in the rows below the first. */
function countStubColumns(grid: Grid): number {
  // Where cells are merged, the corner says how many rows head the labels; labels in those rows are heads of columns.
  const corner = grid.cells.find((cell) => cell.row === 0 && cell.column === 0)?.rowSpan ?? 1;
  const top = corner < grid.rowCount ? corner : 1;
  const below = grid.texts.slice(top);
  const blank = (column: number) => below.filter((row) => !isLabel(row[column] ?? '')).length;
  let stub = 0;
  while (stub < grid.columnCount - 1) {
    const head = grid.texts[0]?.[stub] ?? '';
    const labels = below.filter((row) => isLabel(row[stub] ?? '')).length;
    if (codeColumn.test(head) && stub < 3) stub++;
    else if (labels > 0 && (labels >= 2 || below.length <= 3 || stub === 0)) stub++;
    else break;
  }
  // A table that is all words: no column is a form's label column but the first.
  const open = below.reduce(
    (sum, _, row) => sum + (grid.texts[row + top]?.filter((text) => !isLabel(text)).length ?? 0),
    0,
  );
  const last = grid.columnCount - 1;
  if ((open === 0 || stub >= last) && blank(last) < below.length * 0.5) return Math.min(1, stub);
  // Words to the right of the data (a list of persons with their numbers): only the first column names the rows.
  const wordsBehind = range(stub, grid.columnCount).some((column) => blank(column) < below.length * 0.5);
  return wordsBehind && below.length > 1 ? Math.min(1, stub) : stub;
}

/** Reads a table: grid, header and label trees, units, roles of cells (contract: Table). */
export function readTable(
  flow: Flow,
  source: FlowTable,
  lines: { readonly title: string | null; readonly before: readonly Span[]; readonly after: readonly Span[] },
): Table {
  const { grid: printed, captions } = liftCaptions(toGrid(flow, source));
  const raw = source.spansKnown ? printed : restoreLabelColumn(printed);
  const grid = source.spansKnown ? raw : inferSpans(raw, countStubColumns(raw));
  const stubColumns = countStubColumns(grid);
  const headerRows = countHeaderRows(grid, stubColumns);
  const cells = grid.cells.map((cell): TableCell => ({ ...cell, role: roleOf(cell, headerRows, stubColumns) }));
  const text = (span: Span) => withoutLayoutSpaces(flow.text.slice(span.start, span.end));
  const before = [...lines.before.map(text), ...captions];
  const caption = before.filter((line) => line !== lines.title);
  const notes = readNotes(lines.after.map(text));
  const general =
    caption
      .map((line) => /单位\s*[:：]\s*([^\s，,；;：:（(）)]{1,4})\s*[）)]?$/u.exec(line)?.[1])
      .find((unit) => unit && unitNames.has(unit)) ?? null;
  const words = [...before, ...notes, lines.title ?? ''];
  return {
    title: lines.title,
    caption,
    rowCount: grid.rowCount,
    columnCount: grid.columnCount,
    headerRows,
    stubColumns,
    cells,
    columns: columnAxes(grid, headerRows, stubColumns),
    rows: rowAxes(grid, headerRows, stubColumns, general),
    notes,
    frequency: words.map(frequencyOf).find((frequency) => frequency !== null) ?? null,
    evidence: [evidenceAt(flow, { start: source.start, end: Math.max(source.start, source.end) }, 0.95)],
  };
}

function roleOf(cell: Grid['cells'][number], headerRows: number, stubColumns: number): TableCell['role'] {
  if (cell.row < headerRows) return 'column-header';
  if (cell.column < stubColumns) return 'row-header';
  if (cell.text === '') return 'blank';
  return notApplicable.test(cell.text) ? 'not-applicable' : 'data';
}

/** Labels over one column or before one row, outermost first; a merged cell counts once. */
function labels(cells: readonly Grid['cells'][number][]): { path: string[]; unit: string | null } {
  const path: string[] = [];
  let unit: string | null = null;
  for (const cell of cells) {
    if (cell.text === '') continue;
    const parted = splitUnit(cell.text);
    path.push(parted.label);
    unit = parted.unit ?? unit;
  }
  return { path, unit };
}

function columnAxes(grid: Grid, headerRows: number, stubColumns: number): TableAxis[] {
  const header = grid.cells.filter((c) => c.row < headerRows);
  return range(stubColumns, grid.columnCount).map((column) => {
    const above = header.filter((c) => c.column <= column && column < c.column + c.columnSpan);
    return labels(above.sort((a, b) => a.row - b.row));
  });
}

function rowAxes(grid: Grid, headerRows: number, stubColumns: number, general: string | null): TableAxis[] {
  const heads = range(0, stubColumns).map((column) => grid.texts[0]?.[column] ?? '');
  // For each row the labels that reach into it; found cell by cell, for tables of thousands of rows.
  const stubs = grid.texts.map((): Grid['cells'][number][] => []);
  for (const cell of grid.cells)
    if (cell.column < stubColumns && cell.row >= headerRows)
      for (const row of range(cell.row, cell.row + cell.rowSpan)) stubs[row]?.push(cell);
  return range(headerRows, grid.rowCount).map((row) => {
    const before = (stubs[row] ?? []).sort((a, b) => a.column - b.column);
    const unitCell = before.find((c) => /^(?:计量|指标)?单位$/u.test(heads[c.column] ?? '') && unitNames.has(c.text));
    const worded = before.filter(
      (c) => c !== unitCell && !(codeColumn.test(heads[c.column] ?? '') && !isLabel(c.text)),
    );
    const { path, unit } = labels(worded.length > 0 ? worded : before);
    return { path, unit: unit ?? unitCell?.text ?? general };
  });
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Notes under a table: from 注：, 说明：, 备注： on, with the numbered lines that follow. */
function readNotes(after: readonly string[]): string[] {
  const first = after.findIndex((line) =>
    /^(?:注|说明|备注|填表说明|填报说明|注意事项|填表要求)\s?[:：\d]/u.test(line),
  );
  if (first < 0) return [];
  const notes = [after[first] as string];
  for (const line of after.slice(first + 1)) {
    if (!/^\d{1,2}[.、．]|^[（(]\d|^[①-⑳]/u.test(line)) break;
    notes.push(line);
  }
  return notes;
}

/** The tables of an attachment; a table's own title is the line before it, or the attachment's. */
export function readTables(flow: Flow, attachment: ParsedAttachment): Table[] {
  return attachment.tables.map(({ table, before, after }, index) => {
    const own = index > 0 || attachment.tables.length > 1 ? titleBefore(flow, before) : null;
    return readTable(flow, table, {
      title: own ?? attachment.title?.value ?? titleBefore(flow, before),
      before: nearest(before),
      after,
    });
  });
}

/** Captions stand close: of many lines before a table only the last few belong to it. */
const nearest = (before: readonly Span[]): readonly Span[] => before.slice(-6);

function titleBefore(flow: Flow, before: readonly Span[]): string | null {
  for (const span of [...before].reverse()) {
    const text = withoutLayoutSpaces(flow.text.slice(span.start, span.end));
    if (/(?:表|清单|台账|名单|情况|目录)(?:[（(][^（()）]*[）)])?$/u.test(text) && text.length <= 60) return text;
  }
  return null;
}
