import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellAddress, entryCells, type FormModel } from '../../models/index.ts';
import { readReturnFile } from '../../pipeline/readReturnFile.ts';
import { readReturn } from '../../pipeline/returns/readReturn.ts';
import { readXlsx } from '../../pipeline/returns/readXlsx.ts';
import { cellKey, cellText, gridCell } from '../../pipeline/returns/sheetGrid.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { renderDocx } from '../../pipeline/template/renderDocx.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import { goodValues, randomFrom } from '../returns/workbooks.ts';
import {
  attachmentOf,
  columnUnitTable,
  drawTable,
  groupedTable,
  itemTable,
  monthly,
  noticeOf,
  registrationTable,
  totalsTable,
} from '../template/tables.ts';

/**
 * The forms opened, recalculated, saved and printed by LibreOffice. Where soffice is not installed, `office` says so and the
 * tests hold the file as it was written against the same expectations: the grid, but neither recalculation nor printing.
 */
const run = promisify(execFile);
let folder = '';
let office: 'libreoffice' | 'absent' = 'absent';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hongtou-office-'));
  office = await run('soffice', ['--version']).then(
    () => 'libreoffice' as const,
    () => 'absent' as const,
  );
  if (office === 'absent')
    console.warn('soffice is not installed: forms are checked as written, not as LibreOffice opens them.');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Converts files of the folder with one start of LibreOffice and returns the new ones, in the same order. */
async function convert(files: readonly string[], ending: string, out: string): Promise<readonly Uint8Array[]> {
  const target = path.join(folder, out);
  await run(
    'soffice',
    [
      `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`,
      '--headless',
      '--convert-to',
      ending,
      '--outdir',
      target,
      ...files.map((file) => path.join(folder, file)),
    ],
    { timeout: 110_000 },
  );
  return Promise.all(
    files.map(
      async (file) => new Uint8Array(await readFile(path.join(target, file.replace(/\.[a-z]+$/, `.${ending}`)))),
    ),
  );
}

const wide = drawTable(
  [
    ['单位', ...Array.from({ length: 15 }, (_, i) => `第${i + 1}类场所检查发现问题数量（个）`), '合计'].join('|'),
    ['城区', ...Array.from({ length: 16 }, () => '')].join('|'),
  ],
  { headerRows: 1, stubColumns: 1, title: '消防重点场所检查情况统计表' },
);
const tables = [groupedTable, itemTable, columnUnitTable, totalsTable, wide, registrationTable];
const forms: readonly FormModel[] = tables.map((table) => {
  const attachment = attachmentOf(table, { kind: table === registrationTable ? 'form' : 'statistics-table' });
  const notice = noticeOf([attachment], { deadlines: [monthly(17, '报送当月统计表')] });
  return formModel(notice, attachment, table, { period: '2025-06', unit: '云溪市第一监督所' });
});

describe('forms in LibreOffice', () => {
  it('keep grid, spans and texts, work out their totals, and come back as returns', async () => {
    const random = randomFrom(11);
    const values = forms.map((form) => goodValues(form, random));
    // Totals are left to the formulas.
    const entered = values.map((of, k) =>
      of.map((value, i) => (entryCells(forms[k]!)[i]!.use === 'total' ? null : value)),
    );
    const files = forms.map((_, k) => `form${k}.xlsx`);
    for (const [k, form] of forms.entries()) {
      await writeFile(
        path.join(folder, files[k]!),
        await renderXlsx([form], [office === 'absent' ? values[k]! : entered[k]!]),
      );
    }
    const saved =
      office === 'libreoffice'
        ? await convert(files, 'xlsx', 'saved')
        : await Promise.all(files.map(async (file) => new Uint8Array(await readFile(path.join(folder, file)))));
    for (const [k, form] of forms.entries()) {
      const grid = (await readXlsx(saved[k]!, files[k]!)).find((sheet) => !sheet.hidden)!;
      const cells = entryCells(form);
      for (const cell of form.grid.cells) {
        const top = form.grid.top + cell.row;
        const at = cellAddress(top, cell.column);
        const index = cells.indexOf(cell);
        const expected = index >= 0 && values[k]![index] !== null ? String(values[k]![index]) : cell.text;
        expect(`${at} ${cellText(gridCell(grid, top, cell.column))}`).toBe(`${at} ${expected}`);
        for (let row = top; row < top + cell.rowSpan; row++) {
          for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
            const covered = grid.covered.get(cellKey(row, column));
            const first = row === top && column === cell.column;
            expect(`${at} ${covered ?? 'own'}`).toBe(`${at} ${first ? 'own' : cellKey(top, cell.column)}`);
          }
        }
      }
      const read = await readReturn(saved[k]!, files[k]!, [form]);
      expect(read.returns[0]!.issues.filter((issue) => issue.severity !== 'info')).toEqual([]);
      expect(read.returns[0]!.values).toEqual(values[k]);
    }
  }, 120_000);

  it('come back also as the older workbooks that WPS and LibreOffice save, known again by their bytes', async () => {
    if (office === 'absent') {
      // Such a file is an OLE compound file that holds a stream named Workbook.
      const old = new Uint8Array([
        ...[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
        ...Buffer.from('Workbook\0', 'utf16le'),
      ]);
      await expect(readReturnFile(old, 'a.xls', forms)).rejects.toMatchObject({ code: 'CONVERTER_MISSING' });
      return;
    }
    const [form] = forms;
    const values = goodValues(form!, randomFrom(12));
    await writeFile(path.join(folder, 'old.xlsx'), await renderXlsx([form!], [values]));
    for (const ending of ['xls', 'ods']) {
      const [bytes] = await convert(['old.xlsx'], ending, ending);
      const read = await readReturnFile(bytes!, `报回.${ending}`, [form!]);
      expect(read.sha256).toBe(createHash('sha256').update(bytes!).digest('hex'));
      expect(read.returns[0]).toMatchObject({ unit: '云溪市第一监督所', period: '2025-06', values, issues: [] });
    }
  }, 120_000);

  it('print on one A4 page each, in the chosen orientation', async () => {
    const files = forms.map((_, k) => `print${k}.xlsx`);
    for (const [k, form] of forms.entries()) await writeFile(path.join(folder, files[k]!), await renderXlsx([form]));
    await writeFile(path.join(folder, 'all.docx'), await renderDocx(forms));
    const a4 = { portrait: [595, 842], landscape: [842, 595] } as const;
    if (office === 'absent') {
      // What would be printed is laid down by the page set-up.
      for (const [k, form] of forms.entries()) {
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.readFile(path.join(folder, files[k]!));
        const { pageSetup } = workbook.worksheets[0]!;
        const { orientation } = form.page;
        expect(pageSetup).toMatchObject({ paperSize: 9, orientation, fitToPage: true, fitToWidth: 1 });
      }
      return;
    }
    const printed = await convert([...files, 'all.docx'], 'pdf', 'printed');
    for (const [k, form] of forms.entries()) {
      const pages = await pageSizes(printed[k]!);
      expect(pages).toEqual([a4[form.page.orientation]]);
    }
    expect(await pageSizes(printed.at(-1)!)).toEqual(forms.map((form) => a4[form.page.orientation]));
  }, 120_000);
});

/** Width and height of every page of a PDF in points. */
async function pageSizes(bytes: Uint8Array): Promise<readonly (readonly number[])[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const document = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const sizes: number[][] = [];
  for (let n = 1; n <= document.numPages; n++) {
    const { view } = await document.getPage(n);
    sizes.push([Math.round(view[2]! - view[0]!), Math.round(view[3]! - view[1]!)]);
  }
  await document.destroy();
  return sizes;
}
