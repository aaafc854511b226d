import {
  type Attachment,
  type Diagnostic,
  type FormCell,
  type FormModel,
  type Notice,
  type Period,
  periodText,
  type Table,
  type TableCell,
  textWidth,
} from '../../models/index.ts';
import { tableAxes } from './axes.ts';
import { type CaptionPart, fieldEntry, parseCaptions, parseFooter } from './captions.ts';
import { formCells } from './formCells.ts';
import { cumulation, dateText, deadlineText, formDeadlines, periodOffset } from './formDeadlines.ts';
import { type CaptionLine, type SheetParts, sheetLayout } from './sheetLayout.ts';
import { structureHash } from './structureHash.ts';
import { fillTitle } from './titlePeriod.ts';

export interface FormOptions {
  /** The reported period: fills blanks of the title and stands in the form's identity. */
  readonly period?: Period | null;
  /** The reporting unit: stands in the form beforehand. */
  readonly unit?: string | null;
  /** Of the form, from 1; raised by whoever changes a form that is already in use. */
  readonly version?: number;
  /** YYYY-MM-DD: when this period's return is due, worked out with holidays by the caller; printed beneath the table. */
  readonly dueDate?: string | null;
}

/** Rows that a list with a header alone gets for entries: what fits on a page. */
const listRows = 15;

/**
 * Statistics are figures under labels; everything else (报名表, 台账, 分工表) is a form that is made as printed. The kind of the
 * attachment decides; where it says nothing, units in the labels do.
 */
function isStatistics(attachment: Attachment, table: Table): boolean {
  const blanks = table.cells.some((cell) => cell.role === 'blank') || table.rowCount === table.headerRows;
  if (!blanks) return false;
  if (attachment.kind === 'statistics-table') return true;
  if (attachment.kind === 'form' || attachment.kind === 'list' || attachment.kind === 'model') return false;
  return (
    [...table.rows, ...table.columns].some((axis) => axis.unit !== null) ||
    /统计表|汇总表|月报表|季报表|统计报表/.test(table.title ?? attachment.title)
  );
}

/** A table with its header alone gets rows to enter something in. */
function withEntryRows(table: Table, count: number): Table {
  const added: TableCell[] = [];
  for (let row = table.rowCount; row < table.rowCount + count; row++) {
    for (let column = 0; column < table.columnCount; column++) {
      added.push({ row, column, rowSpan: 1, columnSpan: 1, text: '', role: 'blank' });
    }
  }
  return {
    ...table,
    rowCount: table.rowCount + count,
    cells: [...table.cells, ...added],
    rows: [...table.rows, ...Array.from({ length: count }, () => ({ path: [], unit: null }))],
  };
}

/** A list: below its header nothing is printed but serial numbers, so each row is a thing to be entered. */
function isList(table: Table, cells: readonly FormCell[]): boolean {
  if (table.headerRows === 0) return false;
  const below = cells.filter((cell) => cell.row >= table.headerRows);
  return (
    below.some((cell) => cell.use === 'open') &&
    below.every((cell) => cell.use === 'open' || /^[\d一二三四五六七八九十.、…\s]*$/.test(cell.text))
  );
}

/**
 * The blank form that a table prescribes: what goes where, for every renderer.
 *
 * `table` must be one of `attachment.tables`; `attachment` one of `notice.attachments`. Nothing is thrown for strange
 * tables: what could not be decided is in `diagnostics`.
 */
export function formModel(notice: Notice, attachment: Attachment, table: Table, options: FormOptions = {}): FormModel {
  const statistics = isStatistics(attachment, table);
  const kind = statistics ? 'statistics' : 'form';
  const period = options.period ?? null;
  const unit = options.unit?.trim() || null;
  const captions = parseCaptions(table.caption);

  const headerOnly = table.headerRows > 0 && table.rowCount === table.headerRows;
  const grid = headerOnly ? withEntryRows(table, statistics ? 1 : listRows) : table;
  const { rows, columns } = tableAxes(grid);
  const { cells, totals, checks, unclearTotals } = formCells(grid, {
    kind,
    attachmentKind: attachment.kind,
    rows,
    columns,
    tableUnit: captions.tableUnit,
    printedRows: table.rowCount,
  });
  const records = isList(grid, cells) && !(statistics && headerOnly);

  const deadlines = formDeadlines(notice, attachment, table, statistics);
  const offset = periodOffset(deadlines, table.notes);
  const printedTitle = table.title ?? attachment.title;
  const title = fillTitle(printedTitle, period);
  const sums = cumulation(notice, table, rows, columns);
  const openKeys = new Set(
    cells.filter((c) => c.use === 'open' || c.use === 'total').map((c) => `${c.row},${c.column}`),
  );

  const known = {
    unit,
    period,
    titleTellsPeriod: title.text !== printedTitle || title.open,
    statistics,
    recurring: deadlines.some((deadline) => deadline.due.kind === 'recurring') || table.frequency !== null,
  };
  const notes = new Set(table.notes);
  const footer = (table.footer ?? []).filter((line) => !notes.has(line)).map(parseFooter);
  const above = captionParts(captions.lines, known);
  const beneath = captionParts(footer, known);
  const layout = sheetLayout({
    title: title.text,
    captions: [...above, ...missingFields([...above, ...beneath].flat(), known)],
    below: [...printedBelow(table, beneath), ...dueLines(table, deadlines, options.dueDate ?? null)],
    rowCount: grid.rowCount,
    columnCount: grid.columnCount,
    headerRows: grid.headerRows,
    stubColumns: grid.stubColumns,
    cells: cells.map((cell) => ({ ...cell, room: roomOf(cell) })),
  });

  return {
    identity: {
      documentNumber: notice.documentNumber?.value ?? null,
      noticeTitle: notice.title?.value ?? null,
      tableNumber: tableNumberOf(notice, table),
      tableTitle: printedTitle,
      version: options.version ?? 1,
      structureHash: structureHash(table),
      period,
      unit,
    },
    kind,
    sheetName: sheetNameOf(attachment, table),
    title: title.text,
    titleRange: layout.titleRange,
    titleOpen: title.open,
    fields: layout.fields,
    lines: layout.lines,
    grid: {
      top: layout.gridTop,
      rowCount: grid.rowCount,
      columnCount: grid.columnCount,
      headerRows: grid.headerRows,
      stubColumns: grid.stubColumns,
      cells,
    },
    rows,
    columns,
    totals,
    checks,
    records,
    cumulation: {
      ...sums,
      pairs: sums.pairs.filter(
        (pair) => openKeys.has(pair.current.join(',')) && openKeys.has(pair.cumulative.join(',')),
      ),
    },
    deadlines,
    periodOffset: offset,
    page: {
      orientation: layout.orientation,
      onePage: layout.onePage,
      columnWidths: layout.columnWidths,
      rowHeights: layout.rowHeights,
    },
    diagnostics: diagnosticsOf(cells, unclearTotals, kind),
  };
}

/** Every form that a notice prescribes, in printed order. */
export function formModels(notice: Notice, options: FormOptions = {}): readonly FormModel[] {
  return notice.attachments.flatMap((attachment) =>
    attachment.tables.map((table) => formModel(notice, attachment, table, options)),
  );
}

interface Known {
  readonly unit: string | null;
  readonly period: Period | null;
  readonly titleTellsPeriod: boolean;
  readonly statistics: boolean;
  readonly recurring: boolean;
}

/** The lines above or beneath the grid with what is known filled in. */
function captionParts(lines: readonly (readonly CaptionPart[])[], known: Known): readonly CaptionLine[] {
  const periodValue = known.period === null ? null : periodText(known.period);
  return lines.map((line) =>
    line.map((part) => {
      if (part.type === 'statement') return { ...part, text: fillTitle(part.text, known.period).text, printed: true };
      if (part.type === 'field' && part.kind === 'unit')
        return { ...part, value: known.unit ?? part.value, printed: true };
      if (part.type === 'field' && part.kind === 'period') return { ...part, value: periodValue, printed: true };
      return { ...part, printed: true };
    }),
  );
}

/** A line with the unit and the period, where a return could not do without and the notice has no place for them. */
function missingFields(all: CaptionLine, known: Known): readonly CaptionLine[] {
  const has = (kind: 'unit' | 'period') => all.some((part) => part.type === 'field' && part.kind === kind);
  const extra: (CaptionPart & { printed: boolean })[] = [];
  const field = (kind: 'unit' | 'period', label: string, value: string | null) =>
    extra.push({ type: 'field', kind, label, value, entry: fieldEntry(kind), printed: false });
  if (known.statistics && !has('unit')) field('unit', '填报单位：', known.unit);
  const told =
    known.titleTellsPeriod ||
    has('period') ||
    all.some((part) => part.type === 'statement' && /年.*月|季度/.test(part.text));
  const periodValue = known.period === null ? null : periodText(known.period);
  if (known.statistics && !told && (known.recurring || known.period !== null)) field('period', '报告期：', periodValue);
  return extra.length > 0 ? [extra] : [];
}

/** Notes and lines to be filled in, in printed order; `fields`: those lines of the footer that are no notes, in order. */
function printedBelow(table: Table, fields: readonly CaptionLine[]): SheetParts['below'] {
  const note = (text: string) => ({ use: 'note' as const, text });
  const footer = table.footer ?? [];
  const rest = [...fields];
  const printed = footer.flatMap((line): SheetParts['below'] =>
    table.notes.includes(line) ? [note(line)] : rest.splice(0, 1),
  );
  return [...printed, ...table.notes.filter((line) => !footer.includes(line)).map(note)];
}

/** The due date, where no note tells it. */
function dueLines(table: Table, deadlines: FormModel['deadlines'], dueDate: string | null): SheetParts['below'] {
  const texts = [...new Set(deadlines.flatMap((deadline) => deadlineText(deadline) ?? []))];
  const printed = table.notes.some((note) => /日\s*前|前\s*报|报送时/.test(note));
  const due = printed || texts.length === 0 ? [] : [`报送时限：${texts.join('、')}`];
  if (dueDate !== null) due.push(`本期报送截止：${dateText(dueDate)}`);
  return due.length > 0 ? [{ use: 'due', text: `${due.join('；')}。` }] : [];
}

function roomOf(cell: FormCell): number | null {
  if (cell.entry === null || cell.columnSpan > 1) return null;
  switch (cell.entry.type) {
    case 'date':
      return 13;
    case 'text':
      return 12;
    default:
      return 8;
  }
}

/** The how-manieth table of the notice; 1 for a table that is not one of its own. */
function tableNumberOf(notice: Notice, table: Table): number {
  return Math.max(1, notice.attachments.flatMap((attachment) => attachment.tables).indexOf(table) + 1);
}

/** 附件2 工作统计表 …: at most 31 characters, without those that Excel forbids in a sheet name. */
function sheetNameOf(attachment: Attachment, table: Table): string {
  const several = attachment.tables.length > 1 ? `-${attachment.tables.indexOf(table) + 1}` : '';
  const label = attachment.number === null ? '' : `附件${attachment.number}${several} `;
  const title = (table.title ?? attachment.title)
    .replace(/[[\]:：*?？/\\'’‘\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${label}${title}`.slice(0, 31).trim() || '表';
}

function diagnosticsOf(
  cells: readonly FormCell[],
  unclear: readonly string[],
  kind: FormModel['kind'],
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = unclear.map((label) => ({
    code: 'total-unclear',
    severity: 'info',
    message: `“${label}”各组成项计量单位不一，未设公式，由填报人填写。`,
    page: null,
  }));
  if (!cells.some((cell) => cell.use === 'open')) {
    diagnostics.push({
      code: 'no-open-cell',
      severity: 'info',
      message: '此表没有需要填写的空格，按原样制作。',
      page: null,
    });
  }
  const wide = cells.find((cell) => kind === 'statistics' && textWidth(cell.text) > 400);
  if (wide) {
    diagnostics.push({
      code: 'long-label',
      severity: 'info',
      message: `“${wide.text.slice(0, 20)}…”文字过长，打印时可能不全。`,
      page: null,
    });
  }
  return diagnostics;
}
