import { describe, expect, it } from 'vitest';
import { entryCells, type Table, type TableMapping, tableOfForm } from '../../models/index.ts';
import { canAddUp } from '../../pipeline/compare/tableMapping.ts';
import { fillUpper } from '../../pipeline/returns/fillUpper.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { attachmentOf, drawTable, noticeOf } from '../template/tables.ts';

const form = (table: Table) => {
  const attachment = attachmentOf(table);
  return formModel(noticeOf([attachment]), attachment, table);
};
const upper = form(
  drawTable(
    [
      '类别|餐饮单位|学校|企业',
      '检查（家）|||',
      '罚款（万元）|||',
      '整改率（%）|||',
      '移送公安（件）|||',
      '曝光（家）|||',
      '合计（家）|||',
    ],
    { headerRows: 1, stubColumns: 1, title: '统计表' },
  ),
);
const ours = form(
  drawTable(
    ['类别|餐饮门店|网络餐饮|学校', '检查（家）|||\\', '罚款（元）|||', '整改率（%）|||', '移送及曝光（件）|||'],
    {
      headerRows: 1,
      stubColumns: 1,
      title: '统计表',
    },
  ),
);
/** What a comparison of the two tables finds: 餐饮单位 is divided, 移送公安 and 曝光 are drawn together, 企业 is not there. */
const source = (upper: number, lower: number[], factor = 1) => ({ upper, lower, factor, zero: false });
const mapping: TableMapping = {
  rows: {
    sources: [source(0, [0]), source(1, [1], 1e-4), source(2, [2]), source(3, []), source(4, []), source(5, [])],
  },
  columns: { sources: [source(0, [0, 1]), source(1, [2]), source(2, [])] },
  transposed: false,
  missing: [
    { axis: 'row', path: ['移送公安'], reason: 'merged', message: '下级表把“移送公安”并入“移送及曝光”，无法再分开。' },
    { axis: 'row', path: ['曝光'], reason: 'merged', message: '下级表把“曝光”并入“移送及曝光”，无法再分开。' },
    { axis: 'column', path: ['企业'], reason: 'absent', message: '下级表没有“企业”，此列无法汇总。' },
  ],
};

describe('the upper level’s form', () => {
  const filled = fillUpper(
    upper,
    ours,
    // 检查 10 20; 罚款 15000 2000.5 300; 整改率 90 80 70; 移送及曝光 1 2 3
    [10, 20, 15000, 2000.5, 300, 90, 80, 70, 1, 2, 3],
    mapping,
  );
  const value = (row: number, column: number) => filled.values[row * 3 + column];
  const reason = (key: string) => filled.unfilled.find((one) => one.key === key)?.reason;

  it('adds several of ours into one of theirs, in their measure', () => {
    expect(value(0, 0)).toBe(30);
    expect(value(1, 0)).toBe(1.70005);
    expect(value(1, 1)).toBe(0.03);
    expect(value(2, 1)).toBe(70);
  });
  it('says what it cannot fill and why', () => {
    expect(value(0, 2)).toBeNull();
    expect(reason('检查|企业')).toBe('no-counterpart');
    expect(reason('检查|学校')).toBe('no-counterpart');
    expect(reason('整改率|餐饮单位')).toBe('not-added');
    expect(reason('移送公安|学校')).toBe('ours-coarser');
    expect(filled.unfilled.every((one) => one.message.startsWith(`“${one.key}”：`))).toBe(true);
  });
  it('leaves nothing out: every open cell is filled or named', () => {
    const named = new Set(filled.unfilled.map((one) => one.cell));
    const cells = entryCells(upper);
    for (const [i, cell] of cells.entries()) {
      if (cell.use === 'open') expect(named.has(i)).toBe(filled.values[i] === null);
    }
    expect(cells.filter((cell) => cell.use === 'open')).toHaveLength(15);
  });
  it('works its totals out from its own cells', () => {
    expect(value(5, 0)).toBe(30);
    expect(value(5, 1)).toBeNull();
  });
  it('is filled by what the comparison of the two tables says', () => {
    const theirs = form(
      drawTable(['类别|学校|餐饮单位', '检查单位数量（家）||', '罚没款金额（万元）||', '曝光数量（家）||'], {
        headerRows: 1,
        stubColumns: 1,
        title: '统计表',
      }),
    );
    const own = form(
      drawTable(['类别|检查单位数（家）|罚没款金额（元）', '餐饮单位||', '学校||'], {
        headerRows: 1,
        stubColumns: 1,
        title: '统计表',
      }),
    );
    const turned = canAddUp(tableOfForm(theirs), tableOfForm(own));
    const { values, unfilled } = fillUpper(theirs, own, [7, 30000, 5, 12345.6], turned);
    expect(values).toEqual([5, 7, 1.23456, 3, null, null]);
    expect(unfilled.map((one) => [one.key, one.reason])).toEqual([
      ['曝光数量|学校', 'no-counterpart'],
      ['曝光数量|餐饮单位', 'no-counterpart'],
    ]);
  });
});
