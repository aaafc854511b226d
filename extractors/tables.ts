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
import { isPlaceholder, readFooter } from './fieldLines.ts';
import units from './lexicon/units.json' with { type: 'json' };
import { isPairForm, pairFormStub, pairSpans } from './pairForm.ts';
import { frequencyOf } from './recurrence.ts';
import {
  foldRepeats,
  type Grid,
  inferSpans,
  liftCaptions,
  liftFooter,
  range,
  restoreLabelColumn,
  stubLabels,
  toGrid,
} from './tableGrid.ts';

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
export const isLabel = (text: string): boolean => text !== '' && !notApplicable.test(text) && !numeric.test(text);

/** How many leading rows are headers: as long as a row has words over the data columns. */
function countHeaderRows(grid: Grid, stub: number): number {
  const data = (row: number) => grid.texts[row]?.slice(stub) ?? [];
  // No header is deeper; words further down are those of a table that is filled in.
  const deepest = Math.min(grid.rowCount, 6);
  let rows = 0;
  while (rows < deepest && data(rows).some(isLabel)) rows++;
  if (rows < deepest && rows > 0) return closeSpans(grid, rows);
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
  // 类别 over two columns, of which the second holds a single label (追发工资 | 人数): the heads of the data begin behind it.
  const undersCorner = (column: number) => {
    const heads = grid.texts[0] ?? [];
    return column === 1 && (heads[1] === '' || heads[1] === heads[0]) && heads.slice(2).every((text) => isLabel(text));
  };
  let stub = 0;
  while (stub < grid.columnCount - 1) {
    const head = grid.texts[0]?.[stub] ?? '';
    const labels = below.filter((row) => isLabel(row[stub] ?? '')).length;
    if (codeColumn.test(head) && stub < 3) stub++;
    else if (labels > 0 && (labels >= 2 || below.length <= 3 || stub === 0 || undersCorner(stub))) stub++;
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

/** 甲 乙 丙 1 2 beneath the heads of a statistical form: columns are called so in its notes; the row holds no data. */
const isLettered = (row: readonly string[] | undefined): boolean =>
  row?.[0] === '甲' && row.every((text) => /^(?:[甲乙丙丁戊]|\d{1,2}|[-—]?)$/u.test(text));

/** Reads a table: grid, header and label trees, units, roles of cells (contract: Table). */
export function readTable(
  flow: Flow,
  source: FlowTable,
  lines: {
    readonly title: string | null;
    readonly before: readonly Span[];
    readonly after: readonly Span[];
    /** Another table comes after it. */
    readonly followed: boolean;
  },
): Table {
  const { grid: printed, captions } = liftCaptions(toGrid(flow, source));
  const form = pairForm(printed, source.spansKnown);
  const { grid, footer: drawnIn, headerRows, stubColumns } = form ?? labelledGrid(printed, source.spansKnown);
  const roles = form === null ? roleOf(grid, headerRows, stubColumns) : pairRoleOf;
  const cells = grid.cells.map((cell): TableCell => ({ ...cell, role: roles(cell) }));
  const text = (span: Span) => lineText(flow, span);
  const before = [...lines.before.map(text), ...captions];
  const caption = before.filter((line) => line !== lines.title);
  const after = lines.after.map(text);
  const notes = readNotes(after);
  const footer = [...drawnIn, ...readFooter(after, notes, lines.followed)];
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
    ...(footer.length > 0 && { footer }),
    frequency: words.map(frequencyOf).find((frequency) => frequency !== null) ?? null,
    evidence: [evidenceAt(flow, { start: source.start, end: Math.max(source.start, source.end) }, 0.95)],
  };
}

interface LabelledGrid {
  readonly grid: Grid;
  readonly headerRows: number;
  readonly stubColumns: number;
  /** Lines beneath the table that were drawn into it. */
  readonly footer: readonly string[];
}

/** A grid with labels over its columns and before its rows. */
function labelledGrid(printed: Grid, spansKnown: boolean): LabelledGrid {
  const { grid: drawn, footer } = liftFooter(printed, spansKnown);
  const raw = spansKnown ? drawn : restoreLabelColumn(foldRepeats(drawn));
  const grid = spansKnown ? raw : inferSpans(raw, countStubColumns(raw));
  const stubColumns = countStubColumns(grid);
  const headerRows = countHeaderRows(grid, stubColumns);
  const lettered = isLettered(grid.texts[headerRows]) && headerRows + 1 < grid.rowCount;
  return { grid, headerRows: headerRows + (lettered ? 1 : 0), stubColumns, footer };
}

/** A form of labels each with a blank beside it (登记表); null for any other grid. */
function pairForm(printed: Grid, spansKnown: boolean): LabelledGrid | null {
  if (!isPairForm(printed, isLabel)) return null;
  const grid = spansKnown ? printed : pairSpans(printed, isLabel);
  return { grid, headerRows: 0, stubColumns: pairFormStub(grid, isLabel), footer: [] };
}

function roleOf(
  grid: Grid,
  headerRows: number,
  stubColumns: number,
): (cell: Grid['cells'][number]) => TableCell['role'] {
  // A row whose label is left for whoever fills the table in: nothing in it is printed.
  const worded = new Set(
    grid.cells.flatMap(({ row, rowSpan, text }) =>
      text === '' || notApplicable.test(text) ? [] : range(row, row + rowSpan),
    ),
  );
  return (cell) => {
    if (cell.row < headerRows) return 'column-header';
    if (cell.column < stubColumns) return worded.has(cell.row) ? 'row-header' : 'blank';
    return contentRole(cell.text);
  };
}

const contentRole = (text: string): TableCell['role'] =>
  text === '' ? 'blank' : notApplicable.test(text) ? 'not-applicable' : 'data';

const pairRoleOf = ({ text }: Grid['cells'][number]): TableCell['role'] =>
  isLabel(text) && !isPlaceholder(text) ? 'row-header' : contentRole(text);

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
  const header = grid.cells.filter((c) => c.row < headerRows && !isLettered(grid.texts[c.row]));
  return range(stubColumns, grid.columnCount).map((column) => {
    const above = header.filter((c) => c.column <= column && column < c.column + c.columnSpan);
    return labels(above.sort((a, b) => a.row - b.row));
  });
}

function rowAxes(grid: Grid, headerRows: number, stubColumns: number, general: string | null): TableAxis[] {
  const heads = range(0, stubColumns).map((column) => grid.texts[0]?.[column] ?? '');
  return stubLabels(grid.cells, headerRows, grid.rowCount, stubColumns).map((before) => {
    const unitCell = before.find((c) => /^(?:计量|指标)?单位$/u.test(heads[c.column] ?? '') && unitNames.has(c.text));
    const worded = before.filter(
      (c) => c !== unitCell && !(codeColumn.test(heads[c.column] ?? '') && !isLabel(c.text)),
    );
    const { path, unit } = labels(worded.length > 0 ? worded : before);
    return { path, unit: unit ?? unitCell?.text ?? general };
  });
}

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

const lineText = (flow: Flow, { start, end }: Span): string => withoutLayoutSpaces(flow.text.slice(start, end));

/** The tables of an attachment; a table's own title is the line before it, or the attachment's. */
export function readTables(flow: Flow, attachment: ParsedAttachment): Table[] {
  const tables: Table[] = [];
  for (const [index, { table, before, after }] of attachment.tables.entries()) {
    const own = index > 0 || attachment.tables.length > 1 ? titleBefore(flow, before) : null;
    // What stands beneath the table before is none of this one's.
    const last = tables.at(-1);
    const taken = new Set([...(last?.footer ?? []), ...(last?.notes ?? [])]);
    tables.push(
      readTable(flow, table, {
        title: own ?? attachment.title?.value ?? titleBefore(flow, before),
        before: nearest(before.filter((span) => !taken.has(lineText(flow, span)))),
        after,
        followed: index < attachment.tables.length - 1,
      }),
    );
  }
  return tables;
}

/** Captions stand close: of many lines before a table only the last few belong to it. */
const nearest = (before: readonly Span[]): readonly Span[] => before.slice(-6);

function titleBefore(flow: Flow, before: readonly Span[]): string | null {
  for (const span of [...before].reverse()) {
    const text = lineText(flow, span);
    if (/(?:表|清单|台账|名单|情况|目录)(?:[（(][^（()）]*[）)])?$/u.test(text) && text.length <= 60) return text;
  }
  return null;
}
