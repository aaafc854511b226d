import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import {
  type EntryValue,
  emptyCollectState,
  entryCells,
  type FormModel,
  HongtouError,
  parseCsv,
  startsLikeFormula,
} from '../../models/index.ts';
import { collect } from '../../pipeline/returns/collect.ts';
import { readReturn } from '../../pipeline/returns/readReturn.ts';
import { readXlsx } from '../../pipeline/returns/readXlsx.ts';
import { issuesCsv, renderCollection, unitDetailCsv } from '../../pipeline/returns/renderCollection.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { renderCsv } from '../../pipeline/template/renderCsv.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import { attachmentOf, columnUnitTable, groupedTable, noticeOf } from '../template/tables.ts';
import { filled, goodValues, randomFrom, savedElsewhere } from './workbooks.ts';

const made = (table: typeof groupedTable, known: { period?: string; unit?: string } = {}): FormModel => {
  const attachment = attachmentOf(table);
  return formModel(noticeOf([attachment]), attachment, table, known);
};
const form = made(columnUnitTable);
const attacks = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '=HYPERLINK("http://x","y")'];
const remarks = entryCells(form).flatMap((cell, i) => (cell.key?.endsWith('备注') ? [i] : []));

describe('texts that look like formulas', () => {
  it('go in and come out as texts, everywhere', async () => {
    for (let start = 0; start < attacks.length; start += remarks.length) {
      const some = attacks.slice(start, start + remarks.length);
      const values = entryCells(form).map((_, i): EntryValue => (i === 0 ? 5 : (some[remarks.indexOf(i)] ?? null)));
      const known = { unit: `=${start}局`, period: '2025-06' };
      const read = await readReturn(await savedElsewhere(made(columnUnitTable, known), values, {}), `=${start}.xlsx`, [
        form,
      ]);
      for (const [k, text] of some.entries()) expect(read.returns[0]!.values[remarks[k]!]).toBe(text.trim());
      const collection = collect([form], [{ result: read, receivedAt: '2025-06-16T00:00:00Z' }], emptyCollectState(), {
        now: '2025-06-16T00:00:00Z',
      });
      expect(collection.consolidated).toHaveLength(1);
      for (const csv of [unitDetailCsv(collection), issuesCsv(collection)]) {
        for (const value of parseCsv(csv).flat()) expect(startsLikeFormula(value)).toBe(false);
      }
      for (const bytes of [await renderCollection(collection), await renderXlsx([form], [values])]) {
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.load(bytes.slice().buffer);
        for (const sheet of workbook.worksheets) {
          sheet.eachRow((row) => {
            row.eachCell((cell) => {
              if (cell.formula) expect(cell.formula).toMatch(/^IF\(COUNT\(/);
              if (typeof cell.value === 'string' && startsLikeFormula(cell.value)) expect(cell.numFmt).toBe('@');
            });
          });
        }
      }
    }
    expect(remarks.length).toBeGreaterThan(0);
  });
  it('are reported where a formula stands in place of a text', async () => {
    const bytes = await savedElsewhere(made(columnUnitTable, { unit: '甲局', period: '2025-06' }), [5], {
      set: { H5: { formula: 'HYPERLINK("http://x","见附件")', result: '见附件' } },
    });
    const read = await readReturn(bytes, 'a.xlsx', [form]);
    expect(read.returns[0]!.values[remarks[0]!]).toBe('见附件');
    expect(read.returns[0]!.issues).toMatchObject([{ code: 'formula-in-text', cell: 'H5' }]);
  });
});

describe('files that cannot be read', () => {
  const code = async (bytes: Uint8Array, name: string) => {
    const error = await readReturn(bytes, name, [form]).catch((thrown: unknown) => thrown);
    return error instanceof HongtouError ? error.code : error;
  };
  it('say why, with a code', async () => {
    const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    const locked = new Uint8Array([...ole, ...Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await code(new Uint8Array(), 'a.xlsx')).toBe('FILE_EMPTY');
    expect(await code(ole, 'a.xls')).toBe('NOT_A_RETURN');
    expect(await code(locked, 'a.xlsx')).toBe('FILE_ENCRYPTED');
    expect(await code(new TextEncoder().encode('hello'), 'a.xlsx')).toBe('FILE_DAMAGED');
    expect(await code(new TextEncoder().encode('%PDF'), 'a.pdf')).toBe('NOT_A_RETURN');
    expect(await code(new Uint8Array([1, 2, 0, 3]), 'a.csv')).toBe('NOT_TEXT');
  });

  let good: Uint8Array;
  beforeAll(async () => {
    good = await filled(made(groupedTable, { unit: '甲局', period: '2025-06' }), goodValues(form, randomFrom(1)));
  });
  it('never end in anything but a result or a named error, however they are damaged', async () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte, cut }) => {
        const place = Math.floor(at * (good.length - 1));
        const bad = cut ? good.slice(0, place) : good.slice();
        if (!cut) bad[place] = byte;
        const outcome = await readReturn(bad, 'a.xlsx', [form]).catch((error: unknown) => error);
        expect(
          outcome instanceof HongtouError || (typeof outcome === 'object' && outcome !== null && 'returns' in outcome),
        ).toBe(true);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
  it('are not unpacked without bound', async () => {
    const merged = '<worksheet><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>';
    expect(await code(await handmade(merged), 'a.xlsx')).toBe('LIMIT_EXCEEDED');
    const zeros = `<worksheet><sheetData>${' '.repeat(30_000_000)}</sheetData></worksheet>`;
    expect(await code(await handmade(zeros), 'a.xlsx')).toBe('LIMIT_EXCEEDED');
  });
  it('do not bring entities of their own', async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY b "cccccccc">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    expect(await code(await handmade(bomb), 'a.xlsx')).toBe('FILE_DAMAGED');
  });
});

/** The smallest workbook around a sheet. */
async function handmade(
  sheet: string,
  workbook = '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
): Promise<Uint8Array> {
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name);
  const relation = (id: string, type: string, target: string) =>
    `<Relationships><Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/></Relationships>`;
  add('_rels/.rels', relation('r0', 'officeDocument', '/xl/workbook.xml'));
  add('xl/workbook.xml', workbook);
  add('xl/_rels/workbook.xml.rels', relation('r1', 'worksheet', '/xl/worksheets/sheet1.xml'));
  add('xl/worksheets/sheet1.xml', sheet);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

describe('workbooks of other programs', () => {
  it('are read whatever their prefixes, targets and kinds of cells', async () => {
    const sheet =
      '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:r><x:t>检查</x:t></x:r><x:r><x:t>单位</x:t></x:r><x:rPh><x:t>读音</x:t></x:rPh></x:is></x:c>' +
      '<x:c t="b"><x:v>1</x:v></x:c><x:c t="d"><x:v>2025-06-17T00:00:00</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c><x:v>1.5E3</x:v></x:c></x:row>' +
      '<x:row><x:c t="str"><x:f>A1</x:f><x:v>a_x000A_b</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const workbook = '<x:workbook><x:sheets><x:sheet name="甲" state="hidden" rel:id="r1"/></x:sheets></x:workbook>';
    const [grid] = await readXlsx(await handmade(sheet, workbook), 'a.xlsx');
    expect(grid).toMatchObject({ name: '甲', hidden: true, rowCount: 2, columnCount: 5 });
    expect([...grid!.cells.values()].map((cell) => [cell.type, cell.value])).toEqual([
      ['text', '检查单位'],
      ['boolean', true],
      ['date', '2025-06-17'],
      ['error', '#REF!'],
      ['number', 1500],
      ['text', 'a\nb'],
    ]);
    expect([...grid!.cells.values()].at(-1)?.formula).toBe(true);
  });
});

describe('a form nobody asked for', () => {
  it('is told apart', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('a').addRows([
      ['姓名', '年龄'],
      ['张某', 30],
    ]);
    const read = await readReturn(new Uint8Array(await workbook.xlsx.writeBuffer()), '名单.xlsx', [form]);
    expect(read.returns).toEqual([]);
    expect(read.issues).toMatchObject([{ code: 'form-unknown', fileName: '名单.xlsx' }]);
    expect(read.issues[0]!.message).toMatch(/^《名单\.xlsx》：不是本次收集的表。/);
  });
});

describe('returns as CSV', () => {
  const grouped = made(groupedTable);
  const own = made(groupedTable, { unit: '云溪市甲局', period: '2025-06' });
  const values = goodValues(grouped, randomFrom(7));
  const text = () => {
    const rows = parseCsv(renderCsv(own));
    for (const [i, cell] of entryCells(own).entries()) rows[own.grid.top + cell.row]![cell.column] = String(values[i]);
    return rows.map((row) => row.map((value) => (value.includes(',') ? `"${value}"` : value)).join(',')).join('\r\n');
  };
  it('are read in UTF-8 and GB 18030, without merges and without the hidden sheet', async () => {
    const { encode } = (await import('iconv-lite')).default;
    for (const bytes of [
      new TextEncoder().encode(text()),
      encode(text().replace('\uFEFF', ''), 'gb18030'),
      encode(text(), 'utf-16le', { addBOM: true }),
    ]) {
      const read = await readReturn(new Uint8Array(bytes), '甲局.csv', [grouped]);
      expect(read.returns[0]).toMatchObject({ unit: '云溪市甲局', period: '2025-06', values });
      expect(read.returns[0]!.issues).toEqual([]);
    }
  });
  it('name the cell as the spreadsheet that opens them does', async () => {
    const spoiled = text().replace(`检查单位数量（家）,,${values[0]}`, '检查单位数量（家）,,很多');
    const read = await readReturn(new TextEncoder().encode(spoiled), '甲局.csv', [grouped]);
    expect(read.returns[0]!.issues).toMatchObject([{ code: 'not-a-number', cell: 'C5' }]);
  });
});
