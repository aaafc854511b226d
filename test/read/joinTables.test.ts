import { describe, expect, it } from 'vitest';
import { type Layout, type LayoutTable, layoutLine, layoutPage } from '../../models/index.ts';
import { joinContinuedTables } from '../../pipeline/layout/joinTables.ts';

/**
 * A table drawn in text: a row a line, cells between |; `<` joins a cell to the one at its left, `^` to the one above.
 * Columns are 100 points wide.
 */
function draw(drawing: string, continues = false): LayoutTable {
  const rows = drawing.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  const columnCount = rows[0]!.length;
  const cells: LayoutTable['cells'][number][] = [];
  rows.forEach((row, r) => {
    row.forEach((text, c) => {
      if (text === '<' || text === '^') return;
      let columnSpan = 1;
      while (rows[r]![c + columnSpan] === '<') columnSpan++;
      let rowSpan = 1;
      while (rows[r + rowSpan]?.[c] === '^') rowSpan++;
      const lines = text === '' ? [] : [layoutLine(text, { box: [c * 100, r * 20, c * 100 + 50, r * 20 + 12] })];
      const box = [c * 100, r * 20, (c + columnSpan) * 100, (r + rowSpan) * 20] as const;
      cells.push({ row: r, column: c, rowSpan, columnSpan, lines, box });
    });
  });
  return {
    type: 'table',
    rowCount: rows.length,
    columnCount,
    cells,
    spansKnown: true,
    continues,
    box: null,
    confidence: 1,
  };
}

function join(...drawings: string[]): string[] {
  const pages = drawings.map((drawing, i) => layoutPage([draw(drawing, i > 0)], { page: i + 1 }));
  const layout: Layout = { mediaType: 'application/pdf', paged: true, pages, signatures: [], diagnostics: [] };
  const joined = joinContinuedTables(layout);
  expect(joined.pages.slice(1).flatMap((page) => page.blocks)).toEqual([]);
  const table = joined.pages[0]!.blocks[0] as LayoutTable;
  const area = table.cells.reduce((sum, cell) => sum + cell.rowSpan * cell.columnSpan, 0);
  expect(area).toBe(table.rowCount * table.columnCount);
  return undraw(table);
}

function undraw(table: LayoutTable): string[] {
  const grid = Array.from({ length: table.rowCount }, () => Array<string>(table.columnCount).fill(''));
  for (const cell of table.cells) {
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++) {
      for (let c = cell.column; c < cell.column + cell.columnSpan; c++) {
        const text = cell.lines.map((line) => line.text).join('');
        grid[r]![c] = r === cell.row && c === cell.column ? text : r === cell.row ? '<' : '^';
      }
    }
  }
  return grid.map((row) => row.join('|'));
}

describe('joining tables over pages', () => {
  it('drops a repeated header, one row or several', () => {
    expect(join('序号|单位|数量\n1|甲|', '序号|单位|数量\n2|乙|')).toEqual(['序号|单位|数量', '1|甲|', '2|乙|']);
    expect(join('项目|检查|<\n^|家次|隐患\n甲||', '项目|检查|<\n^|家次|隐患\n乙||')).toEqual([
      '项目|检查|<',
      '^|家次|隐患',
      '甲||',
      '乙||',
    ]);
  });

  it('keeps the first row of a part without header, and blank rows', () => {
    expect(join('序号|单位\n1|甲', '2|乙\n|\n|')).toEqual(['序号|单位', '1|甲', '2|乙', '|', '|']);
    expect(join('|\n|', '|\n|')).toEqual(['|', '|', '|', '|']);
  });

  it('makes a merged cell whole that the page break cut', () => {
    expect(join('项目|类\n甲|a\n^|b', '项目|类\n|c\n^|d\n乙|e')).toEqual([
      '项目|类',
      '甲|a',
      '^|b',
      '^|c',
      '^|d',
      '乙|e',
    ]);
    expect(join('项目|类\n甲|a\n^|b\n乙|c', '|d\n丙|e')).toEqual(['项目|类', '甲|a', '^|b', '乙|c', '^|d', '丙|e']);
  });

  it('says a label once that is printed again on the next page', () => {
    expect(join('项目|类\n甲|a\n^|b', '甲|c\n^|d')).toEqual(['项目|类', '甲|a', '^|b', '^|c', '^|d']);
  });

  it('does not merge blanks of a form that were never merged', () => {
    expect(join('项目|数\n甲|\n乙|', '丙|\n丁|')).toEqual(['项目|数', '甲|', '乙|', '丙|', '丁|']);
  });

  it('makes a row whole that the page break cut', () => {
    expect(join('序号|任务\n1|建立台账\n2|开展自查并', '|报送结果\n3|总结')).toEqual([
      '序号|任务',
      '1|建立台账',
      '2|开展自查并报送结果',
      '3|总结',
    ]);
  });

  it('makes a header whole that the page break cut', () => {
    expect(join('类别|检查|<|备注', '|家次|隐患|\n甲|||')).toEqual(['类别|检查|<|备注', '^|家次|隐患|^', '甲|||']);
  });

  it('joins over three pages and keeps where each cell stands', () => {
    const pages = ['序号|单位\n1|甲', '序号|单位\n2|乙', '序号|单位\n3|丙'].map((drawing, i) =>
      layoutPage([draw(drawing, i > 0)], { page: i + 1 }),
    );
    const layout: Layout = { mediaType: 'application/pdf', paged: true, pages, signatures: [], diagnostics: [] };
    const table = joinContinuedTables(layout).pages[0]!.blocks[0] as LayoutTable;
    expect(undraw(table)).toEqual(['序号|单位', '1|甲', '2|乙', '3|丙']);
    expect(table.cells.map((cell) => cell.page)).toEqual([undefined, undefined, undefined, undefined, 2, 2, 3, 3]);
    expect(table.cells.at(-1)).toMatchObject({ box: [100, 20, 200, 40], lines: [{ text: '丙', page: 3 }] });
  });

  it('puts a part whose columns are all merged onto the columns of the other', () => {
    const wide = draw('说明：本表按月报送\n合计', true);
    const merged: LayoutTable = {
      ...wide,
      cells: wide.cells.map((cell) => ({ ...cell, box: [0, cell.row * 20, 300, cell.row * 20 + 20] })),
    };
    const pages = [layoutPage([draw('序号|单位|数量\n1|甲|')]), layoutPage([merged], { page: 2 })];
    const layout: Layout = { mediaType: 'application/pdf', paged: true, pages, signatures: [], diagnostics: [] };
    const table = joinContinuedTables(layout).pages[0]!.blocks[0] as LayoutTable;
    expect(undraw(table)).toEqual(['序号|单位|数量', '1|甲|', '说明：本表按月报送|<|<', '合计|<|<']);
  });
});
