import ExcelJS from 'exceljs';
import {
  type Collection,
  type Consolidated,
  csvText,
  type EntryValue,
  entryCells,
  type FormModel,
  periodText,
  reportStatusText,
  returnIssueCodes,
  textWidth,
} from '../../models/index.ts';

const font = { name: '仿宋', family: 1, charset: 134, size: 11 } as const;
const heading = { name: '宋体', family: 1, charset: 134, size: 11, bold: true } as const;
const thin = { style: 'thin' } as const;
const border: Partial<ExcelJS.Borders> = { top: thin, left: thin, bottom: thin, right: thin };
const grey: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } };
const severityText = { error: '错误', warning: '警告', info: '提示' } as const;

type Row = readonly (string | number | null)[];

/**
 * What was collected as a workbook: who has reported, what is wrong, every consolidated table in the form's own layout, the
 * levels, differences and year to date. Texts are cells of text format, so that none becomes a formula, not even when
 * somebody edits it.
 */
export async function renderCollection(collection: Collection): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '红头 Hongtou';
  addTable(workbook, '报送情况', [14, 34, 30, 12, 13, 22, 40], matrixRows(collection));
  addTable(workbook, '问题清单', [8, 18, 34, 10, 90], issueRows(collection));
  const forms = new Map(collection.state.forms.map((form) => [form.identity.structureHash, form]));
  for (const [i, consolidated] of collection.consolidated.entries()) {
    const form = forms.get(consolidated.formHash);
    if (form === undefined) continue;
    const suffix = collection.consolidated.length === 1 ? '' : `${i + 1}`;
    addForm(workbook, `汇总${suffix}`, form, consolidated);
    if (!form.records) {
      addTable(workbook, `对比与累计${suffix}`, [44, 14, 14, 14, 16], comparisonRows(form, consolidated));
      if (consolidated.levels.length > 0) {
        addTable(workbook, `分级汇总${suffix}`, [34, 10, 10], levelRows(form, consolidated));
      }
    } else {
      addTable(workbook, `明细${suffix}`, [34], recordRows(form, consolidated));
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addTable(workbook: ExcelJS.Workbook, name: string, widths: readonly number[], rows: readonly Row[]): void {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  const columns = rows[0]?.length ?? 0;
  for (let i = 0; i < columns; i++) sheet.getColumn(i + 1).width = widths[i] ?? 16;
  for (const [r, row] of rows.entries()) {
    const lines = row.map((value, c) => Math.ceil(textWidth(String(value ?? '')) / ((widths[c] ?? 16) - 1)));
    sheet.getRow(r + 1).height = Math.min(400, Math.max(1, ...lines) * 15 + 5);
    for (const [c, value] of row.entries()) {
      const cell = sheet.getCell(r + 1, c + 1);
      cell.value = value;
      cell.style = {
        font: r === 0 ? heading : font,
        border,
        alignment: { vertical: 'middle', wrapText: true },
        ...(r === 0 ? { fill: grey } : {}),
        ...(typeof value === 'string' ? { numFmt: '@' } : {}),
      };
    }
  }
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: 'landscape',
    // More columns than a page can show legibly go on to the next one.
    fitToPage: columns <= 12,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  };
}

/** 2025-06-16 10:00 */
function beijingTime(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Who has reported, as a table with its heading. */
export function matrixRows(collection: Collection): readonly Row[] {
  return [
    ['报告期', '单位', '表名', '状态', '截止日期', '收到时间', '说明'],
    ...collection.matrix.map((entry) => [
      entry.period,
      entry.unit,
      entry.tableTitle,
      reportStatusText[entry.status],
      entry.due,
      entry.receivedAt === null ? null : beijingTime(entry.receivedAt),
      [
        entry.due !== null && entry.printedDue !== entry.due ? `原定${entry.printedDue}，遇节假日顺延` : '',
        entry.assumed ? '印发文件未写明报送当月还是上月，按惯例推定' : '',
        entry.uncertain ? '该年节假日安排未公布，是否逾期待定' : '',
        entry.faulty > 0 ? `${entry.faulty}格待更正` : '',
      ]
        .filter(Boolean)
        .join('；'),
    ]),
  ];
}

/** What is wrong, as a table with its heading. */
export function issueRows(collection: Collection): readonly Row[] {
  return [
    ['级别', '问题', '文件', '单元格', '说明'],
    ...collection.issues.map((issue) => [
      severityText[issue.severity],
      returnIssueCodes[issue.code],
      issue.fileName,
      issue.cell,
      issue.message,
    ]),
  ];
}

function comparisonRows(form: FormModel, { values, previous, yearToDate, notAdded }: Consolidated): readonly Row[] {
  const skipped = new Set(notAdded);
  const missing = yearToDate?.missingPeriods ?? [];
  return [
    [
      '项目',
      '本期',
      previous === null ? '上期（未收集）' : `上期（${periodText(previous.period)}）`,
      '增减',
      yearToDate === null
        ? '年初累计（未要求）'
        : `年初累计${missing.length > 0 ? `（缺${missing.map(periodText).join('、')}）` : ''}`,
    ],
    ...entryCells(form).flatMap((cell, i): Row[] =>
      skipped.has(i)
        ? []
        : [
            [
              cell.key ?? '',
              values[i] ?? null,
              previous?.values[i] ?? null,
              previous?.differences[i] ?? null,
              yearToDate?.values[i] ?? null,
            ],
          ],
    ),
  ];
}

function levelRows(form: FormModel, { levels, notAdded }: Consolidated): readonly Row[] {
  const skipped = new Set(notAdded);
  const shown = entryCells(form).flatMap((cell, i) => (skipped.has(i) ? [] : [{ i, key: cell.key ?? '' }]));
  return [
    ['单位', '应报', '已报', ...shown.map(({ key }) => key)],
    ...levels.map((level) => [
      `${'\u3000'.repeat(level.depth)}${level.unit}`,
      level.expected,
      level.reported,
      ...shown.map(({ i }) => level.values[i] ?? null),
    ]),
  ];
}

function recordRows(form: FormModel, { records }: Consolidated): readonly Row[] {
  const open = entryCells(form);
  const first = Math.min(...open.map((cell) => cell.row));
  return [
    ['填报单位', ...open.filter((cell) => cell.row === first).map((cell) => cell.key ?? '')],
    ...records.map((record) => [record.unit, ...record.values]),
  ];
}

/** The consolidated figures in the layout of the form. */
function addForm(workbook: ExcelJS.Workbook, name: string, form: FormModel, consolidated: Consolidated): void {
  const sheet = workbook.addWorksheet(name, { views: [{ showGridLines: false }] });
  const { grid, page } = form;
  for (const [i, width] of page.columnWidths.entries()) sheet.getColumn(i + 1).width = width;
  const last = page.columnWidths.length;
  const line = (row: number, text: string, size: number, bold = false) => {
    sheet.mergeCells(row, 1, row, last);
    const cell = sheet.getCell(row, 1);
    cell.value = text;
    cell.style = {
      font: { ...font, size, bold },
      numFmt: '@',
      alignment: { horizontal: bold ? 'center' : 'left', vertical: 'middle', wrapText: true },
    };
  };
  line(1, form.identity.tableTitle, 18, true);
  sheet.getRow(1).height = 36;
  line(
    2,
    `汇总：${periodText(consolidated.period)}　应报${consolidated.expected}个单位，已报${consolidated.reported}个`,
    11,
  );
  const top = 2;
  const values = new Map(entryCells(form).map((cell, i) => [cell, consolidated.values[i] ?? null]));
  const skipped = new Set(consolidated.notAdded);
  const index = new Map(entryCells(form).map((cell, i) => [cell, i]));
  if (form.records) return;
  for (const cell of grid.cells) {
    const row = top + cell.row + 1;
    const bottom = row + cell.rowSpan - 1;
    const right = cell.column + cell.columnSpan;
    const value: EntryValue = values.get(cell) ?? null;
    const notAdded = index.has(cell) && skipped.has(index.get(cell)!);
    for (let r = row; r <= bottom; r++) {
      for (let c = cell.column + 1; c <= right; c++) {
        sheet.getCell(r, c).style = {
          font: cell.use === 'label' ? heading : font,
          border,
          alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
          ...(cell.use === 'label' || cell.use === 'not-applicable' || notAdded ? { fill: grey } : {}),
          ...(cell.text === '' ? {} : { numFmt: '@' }),
        };
      }
    }
    if (bottom > row || right > cell.column + 1) sheet.mergeCellsWithoutStyle(row, cell.column + 1, bottom, right);
    sheet.getCell(row, cell.column + 1).value = value ?? (cell.text === '' ? null : cell.text);
  }
  for (let r = 0; r < grid.rowCount; r++) sheet.getRow(top + r + 1).height = page.rowHeights[grid.top + r] ?? 25;
  const cells = entryCells(form);
  const excluded = consolidated.excluded.slice(0, 50).map(({ cell, unit }) => `${unit}“${cells[cell]?.key ?? ''}”`);
  if (excluded.length > 0) {
    const more = consolidated.excluded.length - excluded.length;
    line(
      top + grid.rowCount + 1,
      `待更正、未全部计入：${excluded.join('、')}${more > 0 ? `等${consolidated.excluded.length}格` : ''}。`,
      10.5,
    );
    sheet.getRow(top + grid.rowCount + 1).height = Math.min(400, 18 * Math.ceil(excluded.join('、').length / 45) + 6);
  }
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: page.orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  };
}

/** Every unit's figures of each form and period, a unit a line, as CSV. */
export function unitDetailCsv(collection: Collection): string {
  const rows = collection.consolidated.flatMap((consolidated): Row[] => {
    const { formHash, period } = consolidated;
    const form = collection.state.forms.find((one) => one.identity.structureHash === formHash);
    if (form === undefined) return [];
    if (form.records) return [[form.identity.tableTitle], ...recordRows(form, consolidated)];
    const own = collection.state.returns.filter((stored) => stored.formHash === formHash && stored.period === period);
    return [
      ['填报单位', '报告期', ...entryCells(form).map((cell) => cell.key ?? '')],
      ...own.map((stored) => [stored.unit, stored.period, ...stored.values]),
    ];
  });
  return csvText(rows);
}

/** The list of issues as CSV. */
export function issuesCsv(collection: Collection): string {
  return csvText(issueRows(collection));
}

/** Who has reported as CSV. */
export function matrixCsv(collection: Collection): string {
  return csvText(matrixRows(collection));
}

/** The sums of every table, against the last period and for the year, as CSV. */
export function comparisonCsv(collection: Collection): string {
  const forms = new Map(collection.state.forms.map((form) => [form.identity.structureHash, form]));
  const rows = collection.consolidated.flatMap((consolidated): Row[] => {
    const form = forms.get(consolidated.formHash);
    if (form === undefined) return [];
    const head: Row = [
      form.identity.tableTitle,
      periodText(consolidated.period),
      `应报${consolidated.expected}`,
      `已报${consolidated.reported}`,
    ];
    return [head, ...(form.records ? recordRows(form, consolidated) : comparisonRows(form, consolidated))];
  });
  return csvText(rows);
}
