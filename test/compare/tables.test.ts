import { describe, expect, test } from 'vitest';
import type { AxisChange } from '../../models/comparison.ts';
import type { Table } from '../../models/table.ts';
import { compareTables } from '../../pipeline/compare/compareTables.ts';
import { canAddUp, unitFactor } from '../../pipeline/compare/tableMapping.ts';
import { noticeWith } from './noticeOf.ts';

const attachmentsOf = (columns: string, rows: string, notApplicable = '') =>
  noticeWith({
    text: `[[table 统计表\n列：${columns}\n行：${rows}\n${notApplicable === '' ? '' : `不适用：${notApplicable}\n`}]]`,
  }).attachments;
const tableOf = (columns: string, rows: string, notApplicable = ''): Table =>
  attachmentsOf(columns, rows, notApplicable)[0]!.tables[0]!;

const lines = (changes: readonly AxisChange[]) =>
  changes.map(({ change, effects, left, right, units }) => {
    const note = units ? ` (${units.left}→${units.right})` : '';
    const words = [change, ...[...(effects ?? [])].sort()].join(' ');
    return `${words}: ${left?.join('/') ?? '∅'} → ${right?.join('/') ?? '∅'}${note}`;
  });

const columnLines = (left: string, right: string) =>
  lines(compareTables(attachmentsOf(left, '检查数（家）'), attachmentsOf(right, '检查数（家）'))[0]!.columns);
const rowLines = (left: string, right: string) =>
  lines(compareTables(attachmentsOf('企业', left), attachmentsOf('企业', right))[0]!.rows);

describe('columns and rows of two tables', () => {
  test.each([
    [
      'renamed, split and added',
      '粮油批发｜粮油零售店／粮油网店｜其他',
      '粮油批发企业｜粮油零售店｜粮油网店｜加工坊｜其他',
      [
        'modified: 粮油批发 → 粮油批发企业',
        'modified split: 粮油零售店/粮油网店 → 粮油零售店',
        'modified split: 粮油零售店/粮油网店 → 粮油网店',
        'kept: 其他 → 其他',
        'added: ∅ → 加工坊',
      ],
    ],
    [
      'drawn into one',
      '网吧｜歌舞厅｜影院',
      '网吧、歌舞厅｜影院',
      ['modified merged: 网吧 → 网吧、歌舞厅', 'modified merged: 歌舞厅 → 网吧、歌舞厅', 'kept: 影院 → 影院'],
    ],
    [
      'a kind of what the other names',
      '中学｜小学',
      '初中｜高中｜小学',
      ['modified split: 中学 → 初中', 'modified split: 中学 → 高中', 'kept: 小学 → 小学'],
    ],
    [
      'two kinds of bodies named one after the other',
      '养老托育机构｜影院',
      '托育机构｜养老机构｜影院',
      ['modified split: 养老托育机构 → 托育机构', 'modified split: 养老托育机构 → 养老机构', 'kept: 影院 → 影院'],
    ],
    [
      'divided by a word put in, and done in other words',
      '已整改问题数｜整治完成户数｜罚款',
      '已整改一般问题数｜已整改突出问题数｜已整治户数｜正在整治户数｜罚款',
      [
        'modified split: 已整改问题数 → 已整改一般问题数',
        'modified split: 已整改问题数 → 已整改突出问题数',
        'modified: 整治完成户数 → 已整治户数',
        'kept: 罚款 → 罚款',
        'added: ∅ → 正在整治户数',
      ],
    ],
    [
      'other activities are not renamed',
      '农药生产企业｜农药经营单位',
      '农药经营单位｜农药运输单位',
      ['dropped: 农药生产企业 → ∅', 'kept: 农药经营单位 → 农药经营单位', 'added: ∅ → 农药运输单位'],
    ],
  ])('columns: %s', (_, left, right, expected) => {
    expect(columnLines(left, right)).toEqual(expected);
  });

  test.each([
    [
      'a longer name',
      '发现违规单位数（家）',
      '发现违规单位数量（家）',
      ['modified: 发现违规单位数 → 发现违规单位数量'],
    ],
    ['another unit', '罚没款金额（万元）', '罚没款金额（元）', ['modified: 罚没款金额 → 罚没款金额 (万元→元)']],
    [
      'equal labels under two groups',
      '检查/企业（家）｜处罚/企业（家）',
      '检查/企业（家）｜处罚/企业（家）',
      ['kept: 检查/企业 → 检查/企业', 'kept: 处罚/企业 → 处罚/企业'],
    ],
    [
      'moved under another group',
      '检查/约谈数（次）｜检查/抽查数（次）｜处理/罚款（万元）',
      '检查/抽查数（次）｜处理/约谈数（次）｜处理/罚款（万元）',
      ['modified moved: 检查/约谈数 → 处理/约谈数', 'kept: 检查/抽查数 → 检查/抽查数', 'kept: 处理/罚款 → 处理/罚款'],
    ],
    [
      'a group in one row',
      '隐患/一般隐患（处）｜隐患/重大隐患（处）',
      '隐患（处）',
      ['modified merged: 隐患/一般隐患 → 隐患', 'modified merged: 隐患/重大隐患 → 隐患'],
    ],
  ])('rows: %s', (_, left, right, expected) => {
    expect(rowLines(left, right)).toEqual(expected);
  });

  test('a table turned on its side is compared as such', () => {
    const [comparison] = compareTables(
      attachmentsOf('网吧｜影院｜书店', '检查数（家）｜罚款（万元）'),
      attachmentsOf('检查数（家）｜罚款（万元）', '网吧｜影院｜书店'),
    );
    expect(comparison?.transposed).toBe(true);
    expect(lines([...comparison!.rows, ...comparison!.columns]).every((line) => line.startsWith('kept'))).toBe(true);
  });

  test('a table without counterpart stands alone', () => {
    expect(compareTables(attachmentsOf('企业', '检查数（家）'), [])).toEqual([
      { left: '统计表', right: null, rows: [], columns: [] },
    ]);
  });

  test('another unit above a table is one of its columns of money, not of its counts and rows', () => {
    const [one, other] = ['元', '万元'].map((unit) =>
      attachmentsOf('检查数｜罚没金额', `网吧（${unit}）｜影院（${unit}）`),
    );
    const { rows, columns } = compareTables(one!, other!)[0]!;
    expect(lines([...rows, ...columns])).toEqual([
      'kept: 网吧 → 网吧',
      'kept: 影院 → 影院',
      'kept: 检查数 → 检查数',
      'modified: 罚没金额 → 罚没金额 (元→万元)',
    ]);
  });
});

describe('whether the lower table adds up into the upper one', () => {
  test('a divided row is the sum of its parts, in the upper unit', () => {
    const sum = canAddUp(
      tableOf('企业', '罚没款（万元）｜检查数（家）'),
      tableOf('企业', '检查数（家）｜罚没款（元）'),
    );
    expect(sum.complete).toBe(true);
    expect(sum.rows.sources).toEqual([
      { upper: 0, lower: [1], factor: 1e-4, zero: false },
      { upper: 1, lower: [0], factor: 1, zero: false },
    ]);
  });

  test('what the lower table draws together cannot be told apart', () => {
    const sum = canAddUp(tableOf('网吧｜歌舞厅', '检查数（家）'), tableOf('网吧、歌舞厅', '检查数（家）'));
    expect(sum.complete).toBe(false);
    expect(sum.missing.map(({ axis, path, reason }) => [axis, path[0], reason])).toEqual([
      ['column', '网吧', 'merged'],
      ['column', '歌舞厅', 'merged'],
    ]);
  });

  test('parts are added, what is not applicable counts as nothing, what is more is unused', () => {
    const sum = canAddUp(
      tableOf('中学｜校外机构', '检查数（家）'),
      tableOf('初中｜高中｜校外机构｜其他', '检查数（家）', '校外机构'),
    );
    expect(sum.complete).toBe(true);
    expect(sum.columns.sources).toEqual([
      { upper: 0, lower: [0, 1], factor: 1, zero: false },
      { upper: 1, lower: [2], factor: 1, zero: true },
    ]);
    expect(sum.columns.unused).toEqual([3]);
  });

  test('a row that the lower table lacks is named', () => {
    const sum = canAddUp(tableOf('企业', '检查数（家）｜移送数（件）'), tableOf('企业', '检查数（家）'));
    expect(sum.missing).toEqual([
      { axis: 'row', path: ['移送数'], reason: 'absent', message: '下级表没有“移送数”，此行无法汇总。' },
    ]);
  });

  test.each([
    ['元', '万元', 1e-4],
    ['吨', '公斤', 1000],
    ['家', '户', 1],
    ['元', '吨', null],
    [null, '家', 1],
  ])('%s in %s', (from, to, factor) => {
    expect(unitFactor(from, to)).toBe(factor);
  });
});
