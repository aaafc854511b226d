import { describe, expect, it } from 'vitest';
import { readDocx } from '../../pipeline/read/docx.ts';
import { cell, cellsOf, docxOf, p, readBlocks, readLines, readOnlyTable, table } from './docxOf.ts';

const span = (count: number) => `<w:gridSpan w:val="${count}"/>`;
const restart = '<w:vMerge w:val="restart"/>';
const goOn = '<w:vMerge/>';
const width = (twips: number) => `<w:tcW w:w="${twips}" w:type="dxa"/>`;

describe('readDocx: tables', () => {
  it('reads gridSpan and vMerge together', async () => {
    const body = table([
      cell('地区', restart) + cell('检查情况', span(2)),
      cell('', goOn) + cell('家次') + cell('问题数'),
      cell('云州市') + cell('') + cell(''),
    ]);
    const read = await readOnlyTable({ body });
    expect([read.rowCount, read.columnCount, read.spansKnown]).toEqual([3, 3, true]);
    expect(cellsOf(read)).toEqual([
      '0,0 2×1 地区',
      '0,1 1×2 检查情况',
      '1,1 1×1 家次',
      '1,2 1×1 问题数',
      '2,0 1×1 云州市',
      '2,1 1×1 ',
      '2,2 1×1 ',
    ]);
  });

  it('reads a block merged both ways', async () => {
    const body = table([
      cell('合并', span(2) + restart) + cell('甲'),
      cell('', span(2) + goOn) + cell('乙'),
      cell('a') + cell('b') + cell('c'),
    ]);
    expect(cellsOf(await readOnlyTable({ body })).slice(0, 3)).toEqual(['0,0 2×2 合并', '0,2 1×1 甲', '1,2 1×1 乙']);
  });

  it('does not merge below a cell that is not merged, or one of another width', async () => {
    const body = table([
      cell('a') + cell('b') + cell('c'),
      cell('d', goOn) + cell('e', span(2) + restart),
      cell('f') + cell('g', goOn) + cell('h'),
    ]);
    expect((await readOnlyTable({ body })).cells.every((item) => item.rowSpan === 1)).toBe(true);
  });

  it('reads the older hMerge', async () => {
    const body = table([cell('标题', '<w:hMerge w:val="restart"/>') + cell('', '<w:hMerge/>'), cell('a') + cell('b')]);
    expect(cellsOf(await readOnlyTable({ body }))).toEqual(['0,0 1×2 标题', '1,0 1×1 a', '1,1 1×1 b']);
  });

  it('fills what gridBefore and gridAfter leave out with empty cells', async () => {
    const before = `<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>${cell('中')}</w:tr>`;
    const body = table([cell('a') + cell('b') + cell('c'), before]);
    expect(cellsOf(await readOnlyTable({ body })).slice(3)).toEqual(['1,0 1×1 ', '1,1 1×1 中', '1,2 1×1 ']);
  });

  it('finds the spans of a row by its widths where they are not stated', async () => {
    const grid = [1000, 2000, 3000].map((w) => `<w:gridCol w:w="${w}"/>`).join('');
    const body = table(
      [
        cell('a', width(1000)) + cell('b', width(2000)) + cell('c', width(3000)),
        cell('合计', width(3000)) + cell('d', width(3000)),
      ],
      undefined,
      grid,
    );
    expect(cellsOf(await readOnlyTable({ body })).slice(3)).toEqual(['1,0 1×2 合计', '1,2 1×1 d']);
  });

  it('drops grid columns and rows that no cell begins in', async () => {
    const body = table([
      cell('a', span(3) + restart) + cell('b', span(2) + restart),
      cell('', span(3) + goOn) + cell('', span(2) + goOn),
      cell('c', span(3)) + cell('d', span(2)),
    ]);
    const read = await readOnlyTable({ body });
    expect([read.rowCount, read.columnCount]).toEqual([2, 2]);
    expect(cellsOf(read)).toEqual(['0,0 1×1 a', '0,1 1×1 b', '1,0 1×1 c', '1,1 1×1 d']);
  });

  it('keeps empty columns and rows of a form', async () => {
    const row = cell('') + cell('') + cell('');
    const read = await readOnlyTable({ body: table([cell('a') + cell('b') + cell('c'), row, row]) });
    expect([read.rowCount, read.columnCount, read.cells.length]).toEqual([3, 3, 9]);
  });

  it('reads rows and cells inside content controls and leaves out deleted rows', async () => {
    const deleted = `<w:tr><w:trPr><w:del/></w:trPr>${cell('x') + cell('y')}</w:tr>`;
    const inner = `<w:sdt><w:sdtContent><w:tr>${cell('a')}<w:sdt><w:sdtContent>${cell('b')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>`;
    const rows = table([deleted, cell('c') + cell('d')]).replace('</w:tbl>', `${inner}</w:tbl>`);
    const layout = await readDocx(docxOf({ body: rows }));
    const found = layout.pages[0]!.blocks[0]!;
    expect(found.type === 'table' ? cellsOf(found) : []).toEqual(['0,0 1×1 c', '0,1 1×1 d', '1,0 1×1 a', '1,1 1×1 b']);
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['docx-revisions-accepted']);
  });

  it('keeps the lines of a cell apart, automatic numbers included', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
    const two = `<w:tc>${p('查资质', list)}${p('查票据', list)}</w:tc>`;
    const body = table([cell('项目') + cell('内容'), cell('经营') + two]);
    expect(cellsOf(await readOnlyTable({ body, numbering })).at(-1)).toBe('1,1 1×1 1.查资质/2.查票据');
  });

  it('puts the text of a table inside a cell into that cell, and says so', async () => {
    const inner = `<w:tc>${table([cell('甲') + cell('乙')])}</w:tc>`;
    const layout = await readDocx(docxOf({ body: table([cell('a') + inner, cell('b') + cell('c')]) }));
    const found = layout.pages[0]!.blocks[0]!;
    expect(found.type === 'table' ? cellsOf(found)[1] : '').toBe('0,1 1×1 甲/乙');
    expect(layout.diagnostics.map((item) => item.code)).toEqual(['docx-nested-table']);
  });

  it('reads the ruling of a table from its style', async () => {
    const styles =
      '<w:style w:type="table" w:styleId="G"><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr></w:style>' +
      '<w:style w:type="table" w:styleId="T"><w:basedOn w:val="G"/></w:style>';
    const body = `<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr>${cell('a') + cell('b')}</w:tr></w:tbl>`;
    expect(cellsOf(await readOnlyTable({ body, styles }))).toEqual(['0,0 1×1 a', '0,1 1×1 b']);
  });
});

describe('readDocx: tables that only arrange text', () => {
  it('reads a joint letterhead and joint signatures as lines', async () => {
    const body =
      table([cell('云州市教育局') + cell('文件', restart), cell('云州市公安局') + cell('', goOn)], '') +
      table([cell('云州市教育局') + cell('云州市公安局')], '');
    expect(await readLines({ body })).toEqual(['云州市教育局', '文件', '云州市公安局', '云州市教育局', '云州市公安局']);
  });

  it('reads an imprint as lines between rules, body and date on one line', async () => {
    const body = table(
      [cell('抄送：市委办公室。', span(2)), cell('云州市教育局办公室') + cell('2025年3月1日印发')],
      'top bottom insideH',
    );
    const blocks = await readBlocks({ body });
    expect(blocks.map((block) => (block.type === 'line' ? block.text : block.type))).toEqual([
      'rule',
      '抄送：市委办公室。',
      'rule',
      '云州市教育局办公室  2025年3月1日印发',
      'rule',
    ]);
  });

  it('reads a single framed cell as its content, tables inside it as tables', async () => {
    const inner = table([cell('a') + cell('b'), cell('c') + cell('d')]);
    const blocks = await readBlocks({ body: table([`<w:tc>${p('正文')}${inner}</w:tc>`]) });
    expect(blocks.map((block) => block.type)).toEqual(['line', 'table']);
  });

  it('keeps a larger table without rules as a table', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => cell(`姓名${i}`) + cell('单位') + cell('电话'));
    expect((await readOnlyTable({ body: table(rows, '') })).rowCount).toBe(12);
  });
});
