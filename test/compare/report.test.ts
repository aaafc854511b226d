import { inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { checkCalendar } from '../../pipeline/compare/calendar.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { coverageMatrix } from '../../pipeline/compare/coverageMatrix.ts';
import { comparisonReport } from '../../pipeline/compare/report/comparisonReport.ts';
import { matrixReport } from '../../pipeline/compare/report/matrixReport.ts';
import { renderDocx } from '../../pipeline/compare/report/renderDocx.ts';
import { renderHtml } from '../../pipeline/compare/report/renderHtml.ts';
import { renderText } from '../../pipeline/compare/report/renderText.ts';
import { neutralText, renderXlsx } from '../../pipeline/compare/report/renderXlsx.ts';
import { compared } from './noticeOf.ts';

const left = compared({
  title: '关于<b>检查</b>的通知',
  text: '一、重点\n[[重点检查@:=HYPERLINK(恶意)]]，[[检查@:留样不少于125克]]，[[检查@:<script>alert(1)</script>]]。\n[[due 2024-04-10|报送总结|各县|市局::4月10日前报送总结]]。\n[[table 统计表\n列：食堂\n行：检查数（家）\n]]',
});
const right = compared(
  {
    level: 'county',
    region: '980123 望溪县',
    text: '一、重点\n[[重点检查@:=HYPERLINK(恶意)]]，[[检查@:留样不少于150克]]。\n[[due 2024-04-12|报送总结|各乡|县局::4月12日前报送总结]]。\n[[table 统计表\n列：食堂\n行：检查数（家）\n]]',
  },
  '-1+1.txt',
);
const report = comparisonReport(compareNotices(left, right), checkCalendar(left.notice, right.notice));
const matrix = matrixReport(coverageMatrix(left, [{ id: 'a', ...right }]));

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

/** The text of one part of a zip; parts of these small documents are stored or deflated whole. */
function zipPart(bytes: Buffer, name: string): string {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (;;) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const found = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (found === name) {
      const size = bytes.readUInt32LE(at + 20);
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(start, start + size);
      return (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString('utf8');
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

describe('the workbook', () => {
  test('the matrix is frozen, filtered, coloured and says its colours in words; the evidence is the second sheet', async () => {
    const workbook = await open(await renderXlsx(matrix));
    const [grid, evidence] = workbook.worksheets;
    expect([grid?.name, evidence?.name]).toEqual(['落实矩阵', '依据']);
    expect(grid?.views[0]).toMatchObject({ state: 'frozen', xSplit: 4, ySplit: 1 });
    expect(grid?.autoFilter).toBeTruthy();
    const cells = [5, 6, 7].map((column) => grid!.getCell(2, column));
    expect(cells.map((cell) => cell.value)).toEqual(['保留', '修改（数字变化、加强）', '未见']);
    expect(new Set(cells.map((cell) => JSON.stringify(cell.fill))).size).toBe(3);
    expect(grid!.getCell(2, 1).value).toBe('望溪县');
  });

  test('no text of a notice becomes a formula', async () => {
    for (const bytes of [await renderXlsx(report), await renderXlsx(matrix)]) {
      const workbook = await open(bytes);
      workbook.eachSheet((sheet) => {
        sheet.eachRow((row) => {
          row.eachCell((cell) => {
            expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
            if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^\s*[=+\-@]/);
          });
        });
      });
    }
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['正文=1', '正文=1'],
    ['a\u0000b', 'ab'],
  ])('%j is written as %j', (text, written) => {
    expect(neutralText(text)).toBe(written);
  });
});

describe('the page', () => {
  const html = renderHtml(report);

  test('what a notice says is never markup', () => {
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('it needs nothing from anywhere', () => {
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(html).toContain("default-src 'none'");
  });

  test('changed words are marked on their side', () => {
    expect(html).toContain('<del>125克</del>');
    expect(html).toContain('<ins>150克</ins>');
  });

  test('a late date is said in words', () => {
    expect(html).toContain('晚于上级');
  });
});

test('the document holds the tables that fit a page', async () => {
  const xml = zipPart(await renderDocx(matrix), 'word/document.xml');
  expect(xml).toContain('各地落实情况');
  expect(xml).not.toContain('>落实矩阵<');
  expect(xml).toContain('&lt;script&gt;');
  expect(xml).not.toContain('<script');
});

test('a terminal shows what changed and counts the rest', () => {
  const text = renderText(report);
  expect(text).toContain('修改 | 数字变化、加强');
  expect(text).toContain('（另有1项无变化）');
});
