import ExcelJS from 'exceljs';
import {
  cellAddress,
  type EntryValue,
  entryCells,
  type FormCell,
  type FormField,
  type FormModel,
  rangeAddress,
  type SheetRange,
} from '../../models/index.ts';
import { writeIdentity } from './identitySheet.ts';
import { coveringRanges, validationOf } from './validations.ts';

/**
 * Fonts go by name; `family` and `charset` (134: GB 2312) let a program without that font choose another Chinese one of
 * its kind.
 */
const songti = { name: '宋体', family: 1, charset: 134 } as const;
const fangsong = { name: '仿宋', family: 1, charset: 134 } as const;
const fill = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const labelFill = fill('FFF2F2F2');
const blockedFill = fill('FFD0D0D0');
const totalFill = fill('FFEAF3E6');
const presetFill = fill('FFF7F7F7');
const warningFill: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFFFC7CE' } };
const noticeFill: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFFFEB9C' } };
const thin = { style: 'thin', color: { argb: 'FF000000' } } as const;
const box: Partial<ExcelJS.Borders> = { top: thin, left: thin, bottom: thin, right: thin };
const centred: Partial<ExcelJS.Alignment> = { horizontal: 'center', vertical: 'middle', wrapText: true };
const leftward: Partial<ExcelJS.Alignment> = { horizontal: 'left', vertical: 'middle', wrapText: true };
const locked = { locked: true };
const unlocked = { locked: false };

type FormSheet = ExcelJS.Worksheet & {
  readonly dataValidations: { add(address: string, validation: ExcelJS.DataValidation): void };
};

/** Values of the open and total cells of each form in reading order; null or absent for a form that stays blank. */
export type FilledForms = readonly (readonly EntryValue[] | null)[];

/**
 * One workbook with a sheet for every form and a hidden one that says which forms they are.
 *
 * Built from scratch; nothing is ever read back and changed, because validations would be lost. Sheets are protected
 * without a password: the protection keeps labels and formulas from slips, not from intent.
 */
export async function renderXlsx(models: readonly FormModel[], filled: FilledForms = []): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '红头 Hongtou';
  const first = models[0];
  if (first) workbook.title = first.title;
  // Nothing is computed here; the program that opens the file does it.
  workbook.calcProperties.fullCalcOnLoad = true;
  const names = sheetNames(models);
  for (const [i, model] of models.entries()) await addSheet(workbook, names[i]!, model, filled[i] ?? null);
  writeIdentity(
    workbook,
    models.map((model, i) => ({ sheetName: names[i]!, model })),
  );
  // Bound to the first sheet even where the hidden one would be active.
  workbook.views = [{ x: 0, y: 0, width: 16000, height: 12000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Sheet names are unique without regard to case and at most 31 characters long. */
function sheetNames(models: readonly FormModel[]): readonly string[] {
  const taken = new Set<string>();
  return models.map(({ sheetName }) => {
    let name = sheetName;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${sheetName.slice(0, 31 - `(${n})`.length)}(${n})`;
    taken.add(name.toLowerCase());
    return name;
  });
}

async function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  model: FormModel,
  values: readonly EntryValue[] | null,
): Promise<void> {
  const { grid, page } = model;
  const frozenRows = grid.headerRows > 0 ? grid.top + grid.headerRows : 0;
  const sheet = workbook.addWorksheet(name, {
    views: [
      frozenRows > 0 || grid.stubColumns > 0
        ? { state: 'frozen', xSplit: grid.stubColumns, ySplit: frozenRows, showGridLines: false }
        : { showGridLines: false },
    ],
  }) as FormSheet;
  for (const [i, width] of page.columnWidths.entries()) sheet.getColumn(i + 1).width = width;
  for (const [i, height] of page.rowHeights.entries()) sheet.getRow(i + 1).height = height;

  writeTitle(sheet, model);
  for (const line of model.lines) {
    const right = line.use === 'approval';
    const small = line.use === 'note' || line.use === 'due';
    write(sheet, line.range, line.text, {
      font: { ...fangsong, size: small ? 10.5 : 11, bold: line.use === 'due' },
      alignment: { ...leftward, vertical: small ? 'top' : 'middle', ...(right ? { wrapText: false } : {}) },
      protection: locked,
    });
  }
  for (const field of model.fields) writeField(sheet, field);
  const totals = new Map(model.totals.map((total) => [total.place.join(','), total.parts]));
  const valueByCell = new Map(entryCells(model).map((cell, i) => [cell, values?.[i] ?? null]));
  for (const cell of grid.cells) {
    writeCell(sheet, model, cell, totals.get(`${cell.row},${cell.column}`) ?? null, valueByCell.get(cell) ?? null);
  }
  addValidations(sheet, model);
  addChecks(sheet, model);
  setUpPage(sheet, model);
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
    ...(model.records ? { insertRows: true, deleteRows: true } : {}),
  });
}

function write(
  sheet: ExcelJS.Worksheet,
  range: SheetRange,
  value: ExcelJS.CellValue,
  style: Partial<ExcelJS.Style>,
): void {
  // Every cell of a merged range carries the border, or its outer edge is drawn in part.
  for (let row = range.top; row <= range.bottom; row++) {
    for (let column = range.left; column <= range.right; column++) {
      sheet.getCell(row + 1, column + 1).style = style;
    }
  }
  if (range.top !== range.bottom || range.left !== range.right) {
    sheet.mergeCellsWithoutStyle(range.top + 1, range.left + 1, range.bottom + 1, range.right + 1);
  }
  sheet.getCell(range.top + 1, range.left + 1).value = value;
}

function writeTitle(sheet: ExcelJS.Worksheet, model: FormModel): void {
  write(sheet, model.titleRange, model.title, {
    font: { ...songti, size: 18, bold: true },
    alignment: centred,
    protection: model.titleOpen ? unlocked : locked,
  });
}

function writeField(sheet: ExcelJS.Worksheet, field: FormField): void {
  write(sheet, field.labelRange, field.label, {
    font: { ...fangsong, size: 11 },
    alignment: { horizontal: 'left', vertical: 'middle', wrapText: true },
    protection: locked,
  });
  write(sheet, field.valueRange, field.value, {
    font: { ...fangsong, size: 11 },
    alignment: { horizontal: 'left', vertical: 'middle', shrinkToFit: true },
    border: { bottom: thin },
    numFmt: field.entry.type === 'date' ? 'yyyy"年"m"月"d"日"' : '@',
    protection: field.value === null ? unlocked : locked,
  });
}

function formatOf(cell: FormCell): string {
  switch (cell.entry?.type) {
    case 'date':
      return 'yyyy"年"m"月"d"日"';
    case 'whole':
    case 'decimal':
    case 'percent':
      // A format that rounds would hide what was typed.
      return 'General';
    default:
      return '@';
  }
}

function styleOf(cell: FormCell, model: FormModel): Partial<ExcelJS.Style> {
  const long = cell.text.length > 24 && cell.use === 'printed';
  const base = { border: box, alignment: long ? leftward : centred };
  switch (cell.use) {
    case 'label':
      return cell.role === 'column-header'
        ? { ...base, font: { ...songti, size: 11, bold: true }, fill: labelFill, protection: locked }
        : { ...base, font: { ...songti, size: 11 }, fill: labelFill, protection: locked };
    case 'printed':
      // A form in which everything is printed is given as it is, to be adapted.
      return {
        ...base,
        font: { ...fangsong, size: 11 },
        fill: presetFill,
        protection: model.diagnostics.some((d) => d.code === 'no-open-cell') ? unlocked : locked,
      };
    case 'not-applicable':
      return {
        ...base,
        font: { ...fangsong, size: 11, color: { argb: 'FF7F7F7F' } },
        fill: blockedFill,
        protection: locked,
      };
    case 'total':
      return { ...base, font: { ...fangsong, size: 11 }, fill: totalFill, numFmt: formatOf(cell), protection: locked };
    case 'open': {
      const text = cell.entry?.type === 'text' && (cell.entry.maxLength > 100 || cell.columnSpan > 1);
      return {
        ...base,
        alignment: text ? leftward : centred,
        font: { ...fangsong, size: 11 },
        numFmt: formatOf(cell),
        protection: unlocked,
      };
    }
  }
}

function writeCell(
  sheet: ExcelJS.Worksheet,
  model: FormModel,
  cell: FormCell,
  parts: readonly (readonly [number, number])[] | null,
  entered: EntryValue,
): void {
  const top = model.grid.top + cell.row;
  const range = { top, left: cell.column, bottom: top + cell.rowSpan - 1, right: cell.column + cell.columnSpan - 1 };
  const value: ExcelJS.CellValue =
    parts === null
      ? (cellValue(entered, cell) ?? (cell.text === '' ? null : cell.text))
      : { formula: sumFormula(parts, model.grid.top), ...(entered === null ? {} : { result: entered }) };
  write(sheet, range, value, styleOf(cell, model));
}

/** Texts are written as texts, whatever they begin with, in cells whose format keeps them so when they are edited. */
function cellValue(value: EntryValue, cell: FormCell): ExcelJS.CellValue {
  if (typeof value === 'string' && cell.entry?.type === 'date') return new Date(`${value}T00:00:00Z`);
  return value;
}

/** A total stays empty as long as its parts are. */
function sumFormula(parts: readonly (readonly [number, number])[], gridTop: number): string {
  const ranges = coveringRanges(parts.map(([row, column]) => ({ row: gridTop + row, column }))).join(',');
  return `IF(COUNT(${ranges})=0,"",SUM(${ranges}))`;
}

function addValidations(sheet: FormSheet, model: FormModel): void {
  const groups = new Map<string, FormCell[]>();
  for (const cell of model.grid.cells) {
    if (cell.use !== 'open' || cell.entry === null) continue;
    const rule = JSON.stringify(cell.entry);
    groups.set(rule, [...(groups.get(rule) ?? []), cell]);
  }
  for (const cells of groups.values()) {
    const validation = validationOf(cells[0]!.entry!);
    const places = cells.flatMap((cell) =>
      Array.from({ length: cell.rowSpan * cell.columnSpan }, (_, i) => ({
        row: model.grid.top + cell.row + Math.floor(i / cell.columnSpan),
        column: cell.column + (i % cell.columnSpan),
      })),
    );
    for (const range of coveringRanges(places)) sheet.dataValidations.add(range, validation);
  }
  for (const field of model.fields) {
    if (field.value === null) sheet.dataValidations.add(addressOf(field.valueRange), validationOf(field.entry));
  }
  if (model.titleOpen) {
    sheet.dataValidations.add(addressOf(model.titleRange), validationOf({ type: 'text', maxLength: 200, unit: null }));
  }
}

const addressOf = (range: SheetRange) => rangeAddress(range.top, range.left, range.bottom, range.right);

/** Colours: red where a relation between two cells does not hold, yellow where a number was typed or pasted as text. */
function addChecks(sheet: ExcelJS.Worksheet, model: FormModel): void {
  let priority = 1;
  const { top } = model.grid;
  for (const { place, atMost } of model.checks) {
    const lesser = cellAddress(top + place[0], place[1]);
    const greater = cellAddress(top + atMost[0], atMost[1]);
    sheet.addConditionalFormatting({
      ref: lesser,
      rules: [
        {
          type: 'expression',
          priority: priority++,
          formulae: [`AND(ISNUMBER(${lesser}),ISNUMBER(${greater}),${lesser}>${greater})`],
          style: { fill: warningFill, font: { color: { argb: 'FF9C0006' } } },
        },
      ],
    });
  }
  const numeric = model.grid.cells.filter(
    (cell) => cell.use === 'open' && ['whole', 'decimal', 'percent'].includes(cell.entry?.type ?? ''),
  );
  for (const range of coveringRanges(numeric.map((cell) => ({ row: top + cell.row, column: cell.column })))) {
    const first = range.split(':')[0]!;
    sheet.addConditionalFormatting({
      ref: range,
      rules: [
        {
          type: 'expression',
          priority: priority++,
          formulae: [`ISTEXT(${first})`],
          style: { fill: noticeFill },
        },
      ],
    });
  }
}

function setUpPage(sheet: ExcelJS.Worksheet, model: FormModel): void {
  const { grid, page } = model;
  const lastRow = page.rowHeights.length;
  Object.assign(sheet.pageSetup, {
    // 9: A4
    paperSize: 9,
    orientation: page.orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: page.onePage ? 1 : 0,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    printArea: rangeAddress(0, 0, lastRow - 1, page.columnWidths.length - 1),
    ...(grid.headerRows > 0 ? { printTitlesRow: `${grid.top + 1}:${grid.top + grid.headerRows}` } : {}),
  });
  sheet.headerFooter.oddFooter = '&C第 &P 页 共 &N 页';
}
