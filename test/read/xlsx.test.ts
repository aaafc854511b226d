import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { HongtouError, Layout, type LayoutTable } from '../../models/index.ts';
import { formatNumber } from '../../pipeline/read/xlsx/numberFormat.ts';
import { readXlsx } from '../../pipeline/read/xlsx.ts';
import { zipOf } from './zipOf.ts';

const thin = { style: 'thin' } as const;
const frame = { top: thin, left: thin, bottom: thin, right: thin };

async function workbookOf(write: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Layout> {
  const book = new ExcelJS.Workbook();
  write(book.addWorksheet('Sheet1'), book);
  return readXlsx({ fileName: '统计表.xlsx', bytes: new Uint8Array(await book.xlsx.writeBuffer()) });
}

function framed(sheet: ExcelJS.Worksheet, range: string): void {
  const [from, to] = range.split(':').map((address) => sheet.getCell(address));
  for (let row = Number(from!.row); row <= Number(to!.row); row++)
    for (let column = Number(from!.col); column <= Number(to!.col); column++) sheet.getCell(row, column).border = frame;
}

const rows = (table: LayoutTable): string[] =>
  Array.from({ length: table.rowCount }, (_, r) =>
    table.cells
      .filter((cell) => cell.row === r)
      .map(
        (cell) =>
          `${cell.lines.map((line) => line.text).join('/')}${cell.rowSpan * cell.columnSpan > 1 ? `{${cell.rowSpan}x${cell.columnSpan}}` : ''}`,
      )
      .join('|'),
  );

/** Lines as they are, tables as their rows in one array. */
const outline = (layout: Layout): (string | string[])[] =>
  layout.pages.flatMap((page) =>
    page.blocks.map((block) =>
      block.type === 'line' ? block.text : block.type === 'table' ? rows(block) : `[${block.type}]`,
    ),
  );

describe('a sheet is a page', () => {
  test('title and caption above, the framed grid, notes below', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.mergeCells('A1:D1');
      sheet.getCell('A1').value = '校园消防检查情况统计表';
      sheet.getCell('A1').alignment = { horizontal: 'center' };
      sheet.getCell('A1').font = { bold: true };
      sheet.getCell('A2').value = '填报单位：';
      sheet.getCell('D2').value = '填报日期：';
      sheet.mergeCells('A3:B4');
      sheet.getCell('A3').value = '类别';
      sheet.mergeCells('C3:D3');
      sheet.getCell('C3').value = '数量\n（家）';
      sheet.getCell('C4').value = '中学';
      sheet.getCell('D4').value = '小学';
      sheet.mergeCells('A5:A6');
      sheet.getCell('A5').value = '检查';
      sheet.getCell('B5').value = '检查单位数';
      sheet.getCell('B6').value = '其他';
      sheet.getCell('D6').value = '\\';
      framed(sheet, 'A3:D7');
      sheet.getCell('A8').value = '注：每月5日前报送。';
    });
    expect(Layout.safeParse(layout).success).toBe(true);
    expect(outline(layout)).toEqual([
      '校园消防检查情况统计表',
      '填报单位：　　填报日期：',
      ['类别{2x2}|数量/（家）{1x2}', '中学|小学', '检查{2x1}|检查单位数||', '其他||\\', '|||'],
      '注：每月5日前报送。',
    ]);
    expect(layout.pages[0]!.blocks[0]).toMatchObject({ bold: true, align: 'center' });
    expect(layout.pages[0]!.blocks[2]).toMatchObject({ spansKnown: true });
  });

  test('without frames, rows of cells side by side are the grid', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.getCell('A1').value = '联络员名单';
      sheet.getCell('A2').value = '填报单位：青溪县教育局';
      sheet.getCell('C2').value = '日期：2025年5月';
      sheet.addRow(['姓名', '职务', '电话']);
      sheet.addRow([]);
      sheet.addRow(['张某', '股长', '0000-7170900']);
      sheet.addRow(['李某']);
      sheet.addRow(['注：请于六月底前报送。']);
    });
    expect(outline(layout)).toEqual([
      '联络员名单',
      '填报单位：青溪县教育局　　日期：2025年5月',
      ['姓名|职务|电话', '||', '张某|股长|0000-7170900', '李某||'],
      '注：请于六月底前报送。',
    ]);
  });

  test('a framed title and a framed note over the whole width are lines', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.mergeCells('A1:B1');
      sheet.getCell('A1').value = '统计表';
      sheet.addRow(['类别', '数量']);
      sheet.addRow(['学校', 3]);
      sheet.mergeCells('A4:B4');
      sheet.getCell('A4').value = '填表说明：按月填报。';
      framed(sheet, 'A1:B4');
    });
    expect(outline(layout)).toEqual(['统计表', ['类别|数量', '学校|3'], '填表说明：按月填报。']);
  });

  test('two grids on one sheet', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.addRow(['甲', '乙']);
      sheet.addRow([1, 2]);
      sheet.addRow(['表二']);
      sheet.addRow(['丙', '丁']);
      sheet.addRow([3, 4]);
      framed(sheet, 'A1:B2');
      framed(sheet, 'A4:B5');
    });
    expect(outline(layout)).toEqual([['甲|乙', '1|2'], '表二', ['丙|丁', '3|4']]);
  });

  test('a grid that does not begin in the corner', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.getCell('C4').value = '甲';
      sheet.getCell('D5').value = '乙';
      framed(sheet, 'C4:D5');
    });
    expect(outline(layout)).toEqual([['甲|', '|乙']]);
  });

  test('frames drawn down a whole column end a hundred rows after the text', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.addRow(['甲', '乙']);
      framed(sheet, 'A1:B1500');
    });
    expect(layout.pages[0]!.blocks).toMatchObject([{ type: 'table', rowCount: 101, columnCount: 2 }]);
  });

  test('text without a table', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.getCell('A1').value = '关于报送名单的说明';
      sheet.getCell('A3').value = '请各学校按时报送。';
    });
    expect(outline(layout)).toEqual(['关于报送名单的说明', '请各学校按时报送。']);
  });
});

describe('sheets', () => {
  test('several: a page each, named in the running head; a named one without title begins with its name', async () => {
    const layout = await workbookOf((sheet, book) => {
      sheet.addRow(['甲', '乙', '丙']);
      const second = book.addWorksheet('附件2');
      second.addRow(['丁', '戊', '己']);
      book.addWorksheet('空表');
    });
    expect(layout.pages.map((page) => page.furniture[0]?.text)).toEqual(['Sheet1', '附件2']);
    expect(outline(layout)).toEqual([['甲|乙|丙'], '附件2', ['丁|戊|己']]);
  });

  test('hidden sheets, rows and columns are said', async () => {
    const layout = await workbookOf((sheet, book) => {
      sheet.addRow(['甲', '暗', '乙']);
      sheet.addRow(['隐', '隐', '隐']);
      sheet.addRow([1, 2, 3]);
      sheet.getColumn(2).hidden = true;
      sheet.getRow(2).hidden = true;
      framed(sheet, 'A1:C3');
      book.addWorksheet('字典', { state: 'hidden' }).addRow(['一']);
    });
    expect(outline(layout)).toEqual([['甲|乙', '1|3']]);
    expect(layout.diagnostics.map((d) => d.code).sort()).toEqual(['hidden-columns', 'hidden-rows', 'hidden-sheet']);
  });

  test('a merge of which a part is hidden keeps its text', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.addRow(['甲', '', '乙']);
      sheet.addRow(['丙', '丁', '戊']);
      sheet.mergeCells('A1:B1');
      sheet.getColumn(1).hidden = true;
      framed(sheet, 'A1:C2');
    });
    expect(outline(layout)).toEqual([['甲|乙', '丁|戊']]);
  });
});

describe('values as displayed', () => {
  const cases: [value: number, format: string, shown: string][] = [
    [0.1 + 0.2, 'General', '0.3'],
    [1234567, 'General', '1234567'],
    [12345678901234, 'General', '12345678901234'],
    [1.005, '0.00', '1.01'],
    [-3.5, '0.0', '-3.5'],
    [1234.5, '#,##0.00', '1,234.50'],
    [0.985, '0%', '99%'],
    [0.985, '0.0%', '98.5%'],
    [5, '000', '005'],
    [0, '#', ''],
    [12, '0"家"', '12家'],
    [1234, '"¥"#,##0.00', '¥1,234.00'],
    [-5, '0;(0)', '(5)'],
    [0, '0;-0;"无"', '无'],
    [0, '0;-0;;@', ''],
    [1500, '0.0,"千元"', '1.5千元'],
    [12345, '0.00E+00', '1.23E+04'],
    [3, '0_ ', '3'],
    [45785, 'yyyy/m/d', '2025/5/8'],
    [45785, 'yyyy"年"m"月"d"日"', '2025年5月8日'],
    [45785, '[$-804]yyyy"年"mm"月"dd"日";@', '2025年05月08日'],
    [45785, '[DBNum1][$-804]yyyy"年"m"月"d"日"', '二〇二五年五月八日'],
    [45785, '[DBNum1]m"月"d"日"', '五月八日'],
    [45785, 'aaaa', '星期四'],
    [45785.75, 'yyyy-mm-dd hh:mm:ss', '2025-05-08 18:00:00'],
    [0.75, 'h:mm AM/PM', '6:00 PM'],
    [0.5105, 'h:mm', '12:15'],
    [1.5, '[h]:mm', '36:00'],
    [59, 'yyyy-m-d', '1900-2-28'],
    [61, 'yyyy-m-d', '1900-3-1'],
    [120, '[>=100]"达标";"不达标"', '达标'],
  ];
  test.each(cases)('%s under %s is %s', (value, format, shown) => expect(formatNumber(value, format)).toBe(shown));
  test('days from 1904', () => expect(formatNumber(0, 'yyyy-m-d', true)).toBe('1904-1-1'));

  test('cells of every type', async () => {
    const layout = await workbookOf((sheet) => {
      sheet.addRow([
        new Date(Date.UTC(2025, 4, 8)),
        0.25,
        true,
        { formula: 'A1', result: 7 },
        { richText: [{ text: '甲' }, { text: '乙' }] },
        { error: '#DIV/0!' },
      ]);
      sheet.getCell('A1').numFmt = 'yyyy"年"m"月"d"日"';
      sheet.getCell('B1').numFmt = '0.0%';
    });
    expect(outline(layout)).toEqual([['2025年5月8日|25.0%|TRUE|7|甲乙|#DIV/0!']]);
  });
});

describe('files of other programs, broken and hostile files', () => {
  const types = { name: '[Content_Types].xml', data: '<Types/>' };
  const book =
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>';
  const rels =
    '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/s1.xml"/></Relationships>';
  const sheet = (data: string): Uint8Array =>
    zipOf([
      types,
      { name: 'xl/workbook.xml', data: book },
      { name: 'xl/_rels/workbook.xml.rels', data: rels },
      { name: 'xl/worksheets/s1.xml', data: `<worksheet>${data}</worksheet>` },
    ]);
  const read = (bytes: Uint8Array): Promise<Layout> => readXlsx({ fileName: 'a.xlsx', bytes });
  const codeOf = async (bytes: Uint8Array): Promise<string> =>
    read(bytes).then(
      () => 'read',
      (error: unknown) => (error instanceof HongtouError ? error.code : String(error)),
    );

  test('cells without addresses, inline strings, absolute paths, no styles', async () => {
    const layout = await read(
      sheet(
        '<sheetData><row><c t="inlineStr"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>_x000D_</t></r></is></c><c><v>1</v></c><c t="str"><v>乙</v></c></row></sheetData>',
      ),
    );
    expect(outline(layout)).toEqual(['表一', ['甲|1|乙']]);
  });
  const cases: [reason: string, bytes: () => Uint8Array, code: string][] = [
    ['nothing on any sheet', () => sheet('<sheetData/>'), 'NO_TEXT'],
    ['no sheets', () => zipOf([types, { name: 'xl/workbook.xml', data: '<workbook/>' }]), 'FILE_DAMAGED'],
    ['no workbook', () => zipOf([types, { name: 'xl/styles.xml', data: '<styleSheet/>' }]), 'FILE_DAMAGED'],
    ['the binary form', () => zipOf([types, { name: 'xl/workbook.bin', data: 'x' }]), 'UNSUPPORTED_FORMAT'],
    [
      'an external entity',
      () =>
        sheet('').length > 0
          ? zipOf([
              types,
              { name: 'xl/workbook.xml', data: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook/>' },
            ])
          : new Uint8Array(),
      'FILE_DAMAGED',
    ],
    ['cut off', () => sheet('<sheetData/>').subarray(0, 200), 'FILE_DAMAGED'],
    [
      'merges over everything, many times',
      () =>
        sheet(
          `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="IV9000"><v>1</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(9000)}</mergeCells>`,
        ),
      'LIMIT_EXCEEDED',
    ],
    [
      'a cell at the end of the sheet',
      () =>
        sheet(
          '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
      'read',
    ],
    [
      'rubbish for addresses',
      () =>
        sheet(
          '<sheetData><row r="-5"><c r="???"><v>1</v></c></row><row r="2"><c r="A2"><v>甲</v></c></row></sheetData><mergeCells><mergeCell ref="B2:A1"/><mergeCell/></mergeCells>',
        ),
      'read',
    ],
  ];
  test.each(cases)('%s', async (_, bytes, code) => expect(await codeOf(bytes())).toBe(code));
});
