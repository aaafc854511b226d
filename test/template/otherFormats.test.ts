import { buffer } from 'node:stream/consumers';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { z } from 'zod';
import { parseCsv, parseUnits } from '../../models/index.ts';
import { formJsonSchema } from '../../pipeline/template/formJsonSchema.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { renderCsv } from '../../pipeline/template/renderCsv.ts';
import { renderDocx } from '../../pipeline/template/renderDocx.ts';
import { safeFileName, unitFileNames, zipUnitForms } from '../../pipeline/template/unitForms.ts';
import * as samples from './tables.ts';

const { attachmentOf, drawTable, noticeOf } = samples;
const modelOf = (
  table: typeof samples.itemTable,
  kind: 'statistics-table' | 'form' = 'statistics-table',
  unit: string | null = null,
) => {
  const attachment = attachmentOf(table, { kind });
  return formModel(noticeOf([attachment]), attachment, table, { unit });
};

/** Names and contents of an archive's entries. */
async function unzip(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('end', resolve);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          buffer(stream).then((content) => {
            entries.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
  return entries;
}

describe('a form as a document', () => {
  it('has the merged cells of the table and a named field for every blank', async () => {
    const model = modelOf(samples.registrationTable, 'form');
    const bytes = await renderDocx([model]);
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    expect(value).toContain('rowspan="4"');
    expect(value).toContain('colspan="4"');
    expect(value).toContain('colspan="3"');
    const xml = (await unzip(bytes)).get('word/document.xml')!.toString();
    const names = [...xml.matchAll(/<w:alias w:val="([^"]+)"/g)].map((match) => match[1]);
    expect(names).toEqual(model.grid.cells.filter((cell) => cell.use === 'open').map((cell) => cell.key));
  });
  it('has the lines beneath the table to fill in at their place', async () => {
    const footer = ['审核人：____', '注：按月报送。', '填报日期：____'];
    const bytes = await renderDocx([modelOf({ ...samples.itemTable, notes: [footer[1]!], footer })]);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    const places = ['案件处罚金额', '审核人：', '注：按月报送。', '填报日期：'].map((text) => value.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    const xml = (await unzip(bytes)).get('word/document.xml')!.toString();
    const names = [...xml.matchAll(/<w:alias w:val="([^"]+)"/g)].map((match) => match[1]);
    expect(names.slice(-2)).toEqual(['审核人：', '填报日期：']);
  });
  it('prints every table of a notice as a section, wide ones across', async () => {
    const wide = drawTable([Array.from({ length: 18 }, (_, i) => `重点检查内容第${i + 1}项`).join('|')], {
      headerRows: 1,
      stubColumns: 0,
      title: '检查台账',
    });
    const bytes = await renderDocx([modelOf(samples.groupedTable), modelOf(wide, 'form')]);
    const xml = (await unzip(bytes)).get('word/document.xml')!.toString();
    expect(xml.match(/<w:sectPr/g)).toHaveLength(2);
    expect(xml).toContain('w:orient="landscape"');
    expect(xml).toContain('w:eastAsia="仿宋"');
    expect(xml).toContain('<w:tblHeader/>');
  });
});

describe('a form as CSV', () => {
  it('has every label at its place and formulas nowhere', () => {
    const rows = parseCsv(renderCsv(modelOf(samples.groupedTable)));
    const top = rows.findIndex((row) => row[0] === '类别');
    expect(rows[top + 4]).toEqual(['立案查处案件数量（件）', '充装不合格气瓶', '', '', '\\', '\\', '\\']);
    expect(rows[top + 5]?.slice(0, 2)).toEqual(['', '违规储存气瓶']);
  });
  it('never lets a label begin a formula', () => {
    const table = drawTable(['=1+1|+cmd|@sum', '-甲|| '], {
      headerRows: 1,
      stubColumns: 1,
      title: '=HYPERLINK("http://x")',
    });
    const text = renderCsv(modelOf(table, 'statistics-table', '=cmd|calc'));
    for (const value of parseCsv(text).flat()) expect(value).not.toMatch(/^[=+@\t\r]|^-./);
    expect(text).toContain("'=1+1");
  });
});

describe('a form as JSON Schema', () => {
  it('takes what the form takes and nothing else', () => {
    const schema = z.fromJSONSchema(
      formJsonSchema(modelOf(samples.columnUnitTable)) as Parameters<typeof z.fromJSONSchema>[0],
    );
    const base = {
      structureHash: modelOf(samples.columnUnitTable).identity.structureHash,
      period: '2025-06',
      unit: '云溪市教育局',
    };
    const takes = (cells: object) => schema.safeParse({ ...base, cells }).success;
    expect(takes({ '幼儿园食堂|检查单位数量': 3, '幼儿园食堂|整改率': 99.5, '幼儿园食堂|备注': null })).toBe(true);
    expect(takes({ '幼儿园食堂|检查单位数量': -3 })).toBe(false);
    expect(takes({ '幼儿园食堂|检查单位数量': 2.5 })).toBe(false);
    expect(takes({ '幼儿园食堂|整改率': 101 })).toBe(false);
    expect(takes({ 别的: 1 })).toBe(false);
  });
  it('asks for the rows of a list', () => {
    const text = JSON.stringify(formJsonSchema(modelOf(samples.ledgerTable, 'form')));
    expect(text).toContain('"records":{"type":"array"');
    expect(text).toContain('"enum":["是","否"]');
  });
});

describe('one form per unit', () => {
  it('gives every unit a file of its own with a safe name', async () => {
    const units = parseUnits(
      '单位名称,上级单位,是否填报\n甲县局,云溪市局,\n甲县局,云溪市局,\n../乙:县?局,云溪市局,\nCON,云溪市局,\n只汇总,云溪市局,否\n',
    );
    const zipped = await zipUnitForms(units, '.csv', async (unit) =>
      new TextEncoder().encode(renderCsv(modelOf(samples.itemTable, 'statistics-table', unit.name))),
    );
    const entries = await unzip(zipped);
    expect([...entries.keys()]).toEqual(['甲县局.csv', '_乙_县_局.csv', '_CON.csv']);
    expect(entries.get('甲县局.csv')!.toString()).toContain('填报单位：,甲县局');
  });
  it('makes names that differ', () => {
    const unit = (name: string) => ({ name, parent: null, code: null, aliases: [], reports: true });
    const names = [...unitFileNames([unit('A局'), unit('a局'), unit('A/局'), unit('A:局')], '.xlsx').values()];
    expect(names).toEqual(['A局.xlsx', 'a局(2).xlsx', 'A_局.xlsx', 'A_局(2).xlsx']);
    expect(safeFileName('\u202e...')).toBe('_');
  });
});

describe('the list of units', () => {
  it('is read with and without a heading, and knows levels that only add up', () => {
    expect(parseUnits('甲局\n乙局\n').map((unit) => unit.name)).toEqual(['甲局', '乙局']);
    expect(parseUnits('单位,上级单位,简称\n甲局,市局,"甲、小甲"\n')).toEqual([
      { name: '甲局', parent: '市局', code: null, aliases: ['甲', '小甲'], reports: true },
      { name: '市局', parent: null, code: null, aliases: [], reports: false },
    ]);
  });
});
