import { describe, expect, test } from 'vitest';
import { composePart, type PagePart } from '../../pipeline/ocr/compose.ts';
import { draftText } from '../../pipeline/ocr/correct/draft.ts';
import { correctPageNumbers } from '../../pipeline/ocr/correct/pageNumbers.ts';
import { correctFigures, correctRepeatedHeaders, correctSerials } from '../../pipeline/ocr/correct/tableRows.ts';
import { markContinuations } from '../../pipeline/read/geometry/continuation.ts';
import { draftOf, lineOf, partOf } from './placed.ts';

type Draft = ReturnType<typeof draftOf>;

/** A grid of cells 120 wide and 30 high, at some place of the page. */
function gridAt(rows: number, columns: number, left = 80, top = 90): PagePart['grids'][number] {
  const columnEdges = Array.from({ length: columns + 1 }, (_, i) => left + 120 * i);
  const rowEdges = Array.from({ length: rows + 1 }, (_, i) => top + 30 * i);
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const box = [columnEdges[column]!, rowEdges[row]!, columnEdges[column + 1]!, rowEdges[row + 1]!] as const;
    return { row, column, rowSpan: 1, columnSpan: 1, box };
  });
  return { box: [left, top, columnEdges.at(-1)!, rowEdges.at(-1)!], columnEdges, rowEdges, cells, closed: true };
}

const inCell = (row: number, column: number, text: string, confidence = 0.99, page = 1): Draft =>
  draftOf(text, { confidence, at: [84 + 120 * column, 97 + 30 * row] }, page);

describe('a table without strokes', () => {
  const rowsOf = (rows: readonly (readonly string[])[]): PagePart =>
    partOf({
      lines: rows.flatMap((row, i) =>
        row.flatMap((text, k) => (text === '' ? [] : [lineOf(text, { size: 12, at: [80 + 130 * k, 100 + 24 * i] })])),
      ),
    });
  const header = ['序号', '单位名称', '联系人', '检查时间'];
  const body = [
    ['1', '苇塘县人民医院', '游沛然', '三月五日'],
    ['2', '禾溪县中医院', '', '三月六日'],
    ['3', '青杙区第一小学', '邵晚晴', '三月七日'],
    ['4', '潞泽县燃气公司', '柏青禾', '三月八日'],
  ];

  test('has its rows and columns by where words stand, with its empty cells, between the lines around it', () => {
    const { blocks } = composePart(rowsOf([['重点单位检查情况'], header, ...body, ['特此通知']]));
    expect(blocks.map((block) => block.type)).toEqual(['line', 'table', 'line']);
    const [, table] = blocks;
    if (table?.type !== 'table') throw new Error('no table');
    expect([table.rowCount, table.columnCount, table.cells.length]).toEqual([5, 4, 20]);
    const textAt = (row: number, column: number): string =>
      table.cells
        .find((cell) => cell.row === row && cell.column === column)!
        .lines.map((line) => line.text)
        .join('');
    expect([textAt(0, 3), textAt(2, 1), textAt(2, 2), textAt(4, 2)]).toEqual([
      '检查时间',
      '禾溪县中医院',
      '',
      '柏青禾',
    ]);
  });

  const cellsOf = (page: PagePart): string[] =>
    composePart(page).blocks.map((block) => {
      if (block.type !== 'table') return block.type === 'line' ? block.text : block.type;
      return Array.from({ length: block.rowCount }, (_, row) =>
        block.cells
          .filter((cell) => cell.row === row)
          .map(({ lines }) => lines.map((line) => line.text).join('/'))
          .join('|'),
      ).join(' ');
    });

  test('goes on below a cell that was wrapped, which has all its lines', () => {
    const [first, second, , fourth] = body;
    const wrapped = [
      ['3', '青杙区第一', '邵晚晴', '三月七日'],
      ['', '小学', '', ''],
    ];
    expect(cellsOf(rowsOf([header, first!, ...wrapped, fourth!, second!, ['特此通知']]))).toEqual([
      '序号|单位名称|联系人|检查时间 1|苇塘县人民医院|游沛然|三月五日 3|青杙区第一/小学|邵晚晴|三月七日 ' +
        '4|潞泽县燃气公司|柏青禾|三月八日 2|禾溪县中医院||三月六日',
      '特此通知',
    ]);
  });

  test('ends before a heading below it, though a row follows', () => {
    const three = [body[0]!, body[2]!, body[3]!];
    const [table, ...rest] = cellsOf(rowsOf([header, ...three, ['二、另查单位'], body[1]!]));
    expect(table).toContain('柏青禾|三月八日');
    expect(table).not.toContain('另查');
    expect(rest[0]).toBe('二、另查单位');
    // Below a cell that is empty, too.
    const below = cellsOf(rowsOf([header, ...three, body[1]!, ['', '', '补查'], body[0]!]));
    expect(below.slice(1).join('')).toContain('补查');
  });

  test('gives no row the wrapped words of the row below it, whose other cells stand half way down', () => {
    const at = (row: readonly string[], y: number) =>
      row.flatMap((text, k) => (text === '' ? [] : [lineOf(text, { size: 12, at: [80 + 130 * k, y] })]));
    const above = [header, body[0]!, body[2]!, body[3]!].flatMap((row, i) => at(row, 100 + 36 * i));
    const wrapped = [...at(['', '雨汀镇'], 236), ...at(['5', '', '云岫', '三月九日'], 246), ...at(['', '中学'], 256)];
    const [table] = cellsOf(partOf({ lines: [...above, ...wrapped] }));
    expect(table).toContain('4|潞泽县燃气公司|柏青禾|三月八日');
    expect(table).not.toContain('燃气公司/');
  });

  test('is none without labels above, with few rows, or where words stand under no label', () => {
    const typesOf = (rows: readonly (readonly string[])[]): string[] => [
      ...new Set(composePart(rowsOf(rows)).blocks.map((block) => block.type)),
    ];
    expect(typesOf(body)).toEqual(['line']);
    expect(typesOf([header, ...body.slice(0, 2)])).toEqual(['line']);
    expect(typesOf([['联系人：', '地址：', '电话：'], ...body.map((row) => row.slice(1))])).toEqual(['line']);
  });
});

describe('a table that goes on over the page', () => {
  test('says in its header what the surer reading of the two says', () => {
    const [above, below] = [partOf({ grids: [gridAt(3, 3)] }), partOf({ grids: [gridAt(3, 3)] })];
    const first = [inCell(0, 0, '单位名称'), inCell(0, 1, '检查次数'), inCell(0, 2, '整改率（%）')];
    const second = [
      inCell(0, 0, '单位名称', 0.99, 2),
      inCell(0, 1, '捡查次数', 0.8, 2),
      inCell(0, 2, '整改率（0）', 0.99, 2),
    ];
    const said = correctRepeatedHeaders(
      new Map([
        [above, first],
        [below, second],
      ]),
    );
    expect(second.map(draftText)).toEqual(['单位名称', '检查次数', '整改率（%）']);
    expect(said.map(({ page, kind }) => [page, kind])).toEqual([
      [2, 'corrected'],
      [2, 'corrected'],
    ]);
  });

  test('keeps rows that only look like its header, and those of another table', () => {
    const rows = (page: number, name: string) => [
      inCell(0, 0, name, 0.9, page),
      inCell(0, 1, '1', 0.9, page),
      inCell(0, 2, '已整改', 0.9, page),
    ];
    const second = rows(2, '禾溪县第二小学');
    correctRepeatedHeaders(
      new Map([
        [partOf({ grids: [gridAt(3, 3)] }), rows(1, '禾溪县第一小学')],
        [partOf({ grids: [gridAt(3, 3)] }), second],
      ]),
    );
    expect(second.map(draftText)).toEqual(['禾溪县第二小学', '1', '已整改']);
  });

  test('keeps words that were read surely: another table of the same columns has its own header', () => {
    const labels = (half: string, page: number, confidence: number): Draft[] =>
      ['单位名称', `${half}半年检查数`, `${half}半年整改数`].map((text, k) => inCell(0, k, text, confidence, page));
    const settled = (second: Draft[], ...above: Draft[]): string[] => {
      correctRepeatedHeaders(
        new Map([
          [partOf({ grids: [gridAt(3, 3)] }), labels('上', 1, 0.999)],
          [partOf({ grids: [gridAt(3, 3)] }), [...above, ...second]],
        ]),
      );
      return second.map(draftText);
    };
    const others = ['单位名称', '下半年检查数', '下半年整改数'];
    expect(settled(labels('下', 2, 0.99))).toEqual(others);
    // Unsure characters beside a sure difference are those of another table, too.
    const [name, ...rest] = labels('下', 2, 0.99);
    const misread = draftOf('单位各称', { at: [84, 97], doubts: { 2: { confidence: 0.6 } } }, 2);
    expect(settled([misread, ...rest])).toEqual(['单位各称', ...others.slice(1)]);
    expect(settled([name!, ...labels('下', 2, 0.8).slice(1)], draftOf('附件', { at: [80, 60] }, 2))).toEqual(others);
    const goesOn = settled([name!, ...labels('下', 2, 0.8).slice(1)], draftOf('续表', { at: [80, 60] }, 2));
    expect(goesOn).toEqual(['单位名称', '上半年检查数', '上半年整改数']);
  });

  test('has only its unsure characters changed, on either page', () => {
    const first = ['单位名称', '捡查次数', '整改数量'].map((text, k) =>
      draftOf(text, { at: [84 + 120 * k, 97], doubts: k === 1 ? { 0: { confidence: 0.7 } } : {} }, 1),
    );
    const second = ['单位名称', '检查次数', '整攻数量'].map((text, k) =>
      draftOf(text, { at: [84 + 120 * k, 97], doubts: k === 2 ? { 1: { confidence: 0.7 } } : {} }, 2),
    );
    const said = correctRepeatedHeaders(
      new Map([
        [partOf({ grids: [gridAt(3, 3)] }), first],
        [partOf({ grids: [gridAt(3, 3)] }), second],
      ]),
    );
    const right = ['单位名称', '检查次数', '整改数量'];
    expect([first.map(draftText), second.map(draftText)]).toEqual([right, right]);
    expect(said.map(({ page, was, became }) => `${page} ${was} ${became}`)).toEqual([
      '1 捡查次数 检查次数',
      '2 整攻数量 整改数量',
    ]);
  });

  test('may lie beside itself on the next sheet, as scanners take sheets one by one', () => {
    const tableAt = (left: number) => {
      const { cells, box } = gridAt(2, 3, left);
      return {
        type: 'table' as const,
        rowCount: 2,
        columnCount: 3,
        cells: cells.map((cell) => ({ ...cell, lines: [] })),
        spansKnown: true,
        continues: false,
        box,
        confidence: 1,
      };
    };
    const goesOn = (left: number, shift: number): boolean => {
      const block = markContinuations([[tableAt(80)], [tableAt(left)]], shift)[1]![0]!;
      return block.type === 'table' && block.continues;
    };
    expect([goesOn(80, 0), goesOn(92, 0), goesOn(92, 28), goesOn(140, 28)]).toEqual([true, false, true, false]);
  });
});

test('running numbers that were read as letters are known by those above and below', () => {
  const texts = ['序号', 'I', '2', '3', '4', 'S'];
  const drafts = texts.map((text, row) => inCell(row, 0, text, 0.7));
  const others = ['次数', 'I', '7', '2', '5', '9'].map((text, row) => inCell(row, 1, text, 0.7));
  correctSerials(partOf({ grids: [gridAt(6, 2)] }), [...drafts, ...others]);
  expect(drafts.map(draftText)).toEqual(['序号', '1', '2', '3', '4', '5']);
  expect(others.map(draftText)).toEqual(['次数', 'I', '7', '2', '5', '9']);
});

test('a letter alone in a column of figures is the figure of its shape, and none in a column of words', () => {
  const figures = ['数量', '3', 'C', '0', '12'].map((text, row) => inCell(row, 0, text, 0.7));
  const words = ['等级', 'A', 'C', 'B', '3'].map((text, row) => inCell(row, 1, text, 0.7));
  correctFigures(partOf({ grids: [gridAt(5, 2)] }), [...figures, ...words]);
  expect(figures.map(draftText)).toEqual(['数量', '3', '0', '0', '12']);
  expect(words.map(draftText)).toEqual(['等级', 'A', 'C', 'B', '3']);
});

test('page numbers whose dashes were read as digits, or as lines of their own, are page numbers', () => {
  const foot = (page: number, ...texts: string[]): [PagePart, Draft[]] => [
    partOf({}),
    [draftOf('正文', {}, page), ...texts.map((text, i) => draftOf(text, { size: 14, at: [420 + 20 * i, 770] }, page))],
  ];
  const parts = new Map([
    foot(1, '-1-'),
    foot(2, '-25'),
    foot(3, '1', '3—'),
    foot(4, '14—'),
    foot(5, '77'),
    foot(6, '-91'),
  ]);
  correctPageNumbers(parts);
  const read = [...parts.values()].map((drafts) => drafts.slice(1).map(draftText).join(''));
  expect(read).toEqual(['-1-', '—2—', '—3—', '—4—', '77', '-91']);
  // Digits are digits where the numbers count on, and none was read with both dashes that says otherwise.
  const later = new Map([foot(2, '-12'), foot(3, '-13')]);
  correctPageNumbers(later);
  expect([...later.values()].map((drafts) => draftText(drafts[1]!))).toEqual(['—12—', '—13—']);
});
