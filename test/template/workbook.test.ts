import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttachmentKind, identitySheet, type Table, type TableCell } from '../../models/index.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { readForms, type SheetForm } from '../../pipeline/template/readForm.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import { coveringRanges } from '../../pipeline/template/validations.ts';
import * as samples from './tables.ts';

const { attachmentOf, monthly, noticeOf } = samples;
const cases: readonly (readonly [name: string, table: Table, kind: AttachmentKind])[] = [
  ['grouped rows', samples.groupedTable, 'statistics-table'],
  ['项目 and 数量', samples.itemTable, 'statistics-table'],
  ['units in columns', samples.columnUnitTable, 'statistics-table'],
  ['two header rows', samples.totalsTable, 'statistics-table'],
  ['labels and blanks', samples.registrationTable, 'form'],
  ['a header alone', samples.ledgerTable, 'form'],
  ['everything printed', samples.dutyTable, 'list'],
];

async function made(table: Table, kind: AttachmentKind, options: Parameters<typeof formModel>[3] = {}) {
  const attachment = attachmentOf(table, { kind });
  const notice = noticeOf([attachment], { deadlines: [monthly(17, '报送当月工作统计表')] });
  const model = formModel(notice, attachment, table, options);
  const bytes = await renderXlsx([model]);
  return { model, bytes, sheet: (await readForms(bytes))[0]! };
}

const inOrder = (cells: readonly TableCell[]) => [...cells].sort((a, b) => a.row - b.row || a.column - b.column);

/** Grid, spans, texts, roles, units and label paths are those of the table; every open cell has a validation. */
function expectSame(sheet: SheetForm, table: Table): void {
  expect(inOrder(sheet.cells)).toEqual(inOrder(table.cells));
  const { rowCount, columnCount, headerRows, stubColumns, rows, columns } = table;
  expect({ ...sheet, cells: 0 }).toMatchObject({ rowCount, columnCount, headerRows, stubColumns, rows, columns });
}

describe('a form read back from its workbook', () => {
  it.each(cases)('says what the table says: %s', async (_, table, kind) => {
    const { sheet, model } = await made(table, kind);
    expectSame(sheet, table);
    const open = model.grid.cells.filter((cell) => cell.use === 'open' && !cell.added);
    const printed = model.grid.cells.filter((cell) => cell.use === 'printed');
    // A form in which everything is printed is left open to be adapted.
    const unlocked = model.grid.cells.some((cell) => cell.use === 'open') ? open.length : printed.length;
    expect(sheet.open).toHaveLength(unlocked);
    expect(sheet.validated).toHaveLength(open.length);
  });

  it('says so for tables of any shape', async () => {
    const table = fc
      .record({
        rows: fc.integer({ min: 1, max: 7 }),
        columns: fc.integer({ min: 1, max: 6 }),
        headerRows: fc.integer({ min: 1, max: 2 }),
        stubColumns: fc.integer({ min: 1, max: 2 }),
        unit: fc.constantFrom('家', '万元', '%', '件'),
        blocked: fc.array(fc.integer({ min: 0, max: 41 }), { maxLength: 5 }),
        grouped: fc.boolean(),
      })
      .map(({ rows, columns, headerRows, stubColumns, unit, blocked, grouped }) =>
        samples.drawTable(
          [
            ...Array.from({ length: headerRows }, (_, h) =>
              [
                ...Array.from({ length: stubColumns }, (__, s) => (h > 0 ? '^' : s === 0 ? '类别' : '<')),
                ...Array.from({ length: columns }, (__, c) =>
                  headerRows === 2 && h === 0 && grouped && c > 0 && c % 2 === 1 ? '<' : `${h}列${c}`,
                ),
              ].join('|'),
            ),
            ...Array.from({ length: rows }, (_, r) =>
              [
                ...Array.from({ length: stubColumns }, (__, s) =>
                  s === 0 && stubColumns === 2 && grouped && r % 3 > 0 ? '^' : `${s}行${r}（${unit}）`,
                ),
                ...Array.from({ length: columns }, (__, c) => (blocked.includes(r * 6 + c) ? '\\' : '')),
              ].join('|'),
            ),
          ],
          { headerRows, stubColumns, title: '统计表' },
        ),
      );
    await fc.assert(
      fc.asyncProperty(table, async (drawn) => {
        const { sheet } = await made(drawn, 'statistics-table');
        expectSame(sheet, drawn);
        expect(sheet.validated).toEqual(sheet.open);
      }),
      { numRuns: 40, seed: 6 },
    );
  });
});

async function opened(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer);
  return workbook.worksheets[0]!;
}

describe('the workbook', () => {
  it('locks labels and totals, leaves blanks open, without a password', async () => {
    const { bytes, model } = await made(samples.columnUnitTable, 'statistics-table');
    const sheet = await opened(bytes);
    const protection = (sheet as ExcelJS.Worksheet & { readonly sheetProtection: Record<string, unknown> })
      .sheetProtection;
    expect(protection.sheet).toBe(true);
    expect(protection.hashValue).toBeUndefined();
    for (const cell of model.grid.cells) {
      const found = sheet.getCell(model.grid.top + cell.row + 1, cell.column + 1);
      expect(found.protection?.locked !== false).toBe(cell.use !== 'open');
      expect(Boolean(found.formula)).toBe(cell.use === 'total');
    }
  });

  it('enforces whole numbers, amounts, percentages and dates with Chinese messages', async () => {
    const { bytes, model } = await made(samples.columnUnitTable, 'statistics-table');
    const sheet = await opened(bytes);
    const rule = (key: string) => {
      const cell = model.grid.cells.find((c) => c.key === key)!;
      return sheet.getCell(model.grid.top + cell.row + 1, cell.column + 1).dataValidation;
    };
    expect(rule('幼儿园食堂|检查单位数量')).toMatchObject({
      type: 'whole',
      operator: 'greaterThanOrEqual',
      formulae: [0],
      error: '请填写不小于0的整数（单位：家）。',
      errorTitle: '填写有误',
      showErrorMessage: true,
    });
    expect(rule('幼儿园食堂|罚没款金额')).toMatchObject({
      type: 'decimal',
      error: '请填写不小于0的数字（单位：万元）。',
    });
    expect(rule('幼儿园食堂|整改率')).toMatchObject({ type: 'decimal', formulae: [0, 100] });
    expect(rule('幼儿园食堂|备注')).toMatchObject({ type: 'textLength' });
    const list = await made(samples.ledgerTable, 'form');
    const ledger = await opened(list.bytes);
    const at = (column: number) => ledger.getCell(list.model.grid.top + 2, column).dataValidation;
    expect(at(3)).toMatchObject({ type: 'date' });
    expect(at(6)).toMatchObject({ type: 'list', formulae: ['"是,否"'] });
  });

  it('writes totals as formulas over their parts and colours broken relations', async () => {
    const { bytes, model } = await made(samples.totalsTable, 'statistics-table');
    const sheet = await opened(bytes);
    const top = model.grid.top + 1;
    expect(sheet.getCell(top + 5, 3).formula).toBe(
      `IF(COUNT(C${top + 3}:C${top + 4})=0,"",SUM(C${top + 3}:C${top + 4}))`,
    );
    expect(sheet.getCell(top + 2, 3).formula).toContain(`SUM(C${top + 5},C${top + 9})`);
    const grouped = await made(samples.groupedTable, 'statistics-table');
    const rules = (await opened(grouped.bytes)) as ExcelJS.Worksheet & {
      readonly conditionalFormattings: readonly { ref: string; rules: readonly { formulae?: readonly string[] }[] }[];
    };
    const formulas = rules.conditionalFormattings.flatMap((one) => one.rules.flatMap((r) => r.formulae ?? []));
    const row = grouped.model.grid.top + 4;
    expect(formulas).toContain(`AND(ISNUMBER(C${row}),ISNUMBER(C${row - 1}),C${row}>C${row - 1})`);
  });

  it('prints on one A4 page with repeated header rows', async () => {
    const { bytes, model } = await made(samples.groupedTable, 'statistics-table');
    const { pageSetup } = await opened(bytes);
    expect(pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 1,
    });
    expect(pageSetup.printTitlesRow).toContain(String(model.grid.top + 1));
    expect(pageSetup.printArea).toBe(`A1:G${model.page.rowHeights.length}`);
  });

  it('turns the page for a wide table', async () => {
    const wide = samples.drawTable(
      [
        ['单位名称', ...Array.from({ length: 16 }, (_, i) => `第${i + 1}类重点场所检查发现问题数量（个）`)].join('|'),
        ['城区', ...Array.from({ length: 16 }, () => '')].join('|'),
      ],
      { headerRows: 1, stubColumns: 1, title: '消防重点场所检查情况统计表' },
    );
    const { model } = await made(wide, 'statistics-table');
    expect(model.page.orientation).toBe('landscape');
  });

  it('keeps the identity in a sheet that no menu shows', async () => {
    const { bytes, sheet, model } = await made(samples.groupedTable, 'statistics-table', {
      period: '2025-06',
      unit: '云溪市长宁区应急管理局',
      version: 2,
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes.slice().buffer);
    expect(workbook.getWorksheet(identitySheet.name)?.state).toBe('veryHidden');
    expect(sheet.identity).toEqual(model.identity);
    expect(model.identity).toMatchObject({
      documentNumber: '云应急发〔2025〕12号',
      tableNumber: 1,
      version: 2,
      period: '2025-06',
      unit: '云溪市长宁区应急管理局',
    });
    expect(model.identity.structureHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the same hash for another period and another one for another structure', async () => {
    const hash = async (table: Table, period: string | null) =>
      (await made(table, 'statistics-table', { period })).model.identity.structureHash;
    const changed = {
      ...samples.itemTable,
      cells: samples.itemTable.cells.map((c) => ({ ...c, text: c.text.replace('约谈', '').replace('检查', '排查') })),
    };
    expect(await hash(samples.itemTable, '2025-06')).toBe(await hash(samples.itemTable, '2025-07'));
    expect(await hash(changed, null)).not.toBe(await hash(samples.itemTable, null));
  });

  it('puts several tables into sheets whose names Excel takes', async () => {
    const title = '云溪市[2025]年：燃气/餐饮*场所?安全隐患“护民”专项整治行动工作情况统计表';
    const tables = [1, 2].map(() => ({ ...samples.itemTable, title }));
    const attachment = attachmentOf(tables[0]!, { tables, number: null });
    const notice = noticeOf([attachment]);
    const bytes = await renderXlsx(tables.map((table) => formModel(notice, attachment, table)));
    const sheets = await readForms(bytes);
    expect(sheets).toHaveLength(2);
    expect(new Set(sheets.map((sheet) => sheet.sheetName.toLowerCase())).size).toBe(2);
    for (const { sheetName } of sheets) expect(sheetName).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  });

  it('never holds a label as a formula', async () => {
    const table = samples.drawTable(['=HYPERLINK("x")|+1|@a', '-2+3|| '], {
      headerRows: 1,
      stubColumns: 1,
      title: '=1+1',
    });
    const { bytes, sheet } = await made(table, 'statistics-table', { unit: '=cmd|calc' });
    expect(sheet.formulas).toEqual([]);
    expect((await opened(bytes)).getCell(1, 1).value).toBe('=1+1');
  });
});

describe('ranges of a validation', () => {
  it('cover every cell once and no other', () => {
    const cell = fc.record({ row: fc.integer({ min: 0, max: 8 }), column: fc.integer({ min: 0, max: 8 }) });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: (c) => c.row * 9 + c.column, maxLength: 40 }), (cells) => {
        const covered = coveringRanges(cells).flatMap((range) => {
          const [start, end = start] = range.split(':') as [string, string?];
          const place = (address: string) => ({
            column: address.charCodeAt(0) - 65,
            row: Number(address.slice(1)) - 1,
          });
          const [a, b] = [place(start), place(end)];
          return Array.from({ length: b.row - a.row + 1 }, (_, i) => i + a.row).flatMap((row) =>
            Array.from({ length: b.column - a.column + 1 }, (_, j) => `${row},${j + a.column}`),
          );
        });
        expect(covered.sort()).toEqual(cells.map((c) => `${c.row},${c.column}`).sort());
      }),
    );
  });
});
