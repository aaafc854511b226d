import { describe, expect, it } from 'vitest';
import type { TableAxis } from '../../models/index.ts';
import { axisChecks } from '../../pipeline/template/axisChecks.ts';
import { axisTotals } from '../../pipeline/template/axisTotals.ts';

/** 立案/罚款（件） → path and unit */
const axes = (...labels: string[]): TableAxis[] =>
  labels.map((label) => {
    const unit = /（([^）]+)）$/.exec(label)?.[1] ?? null;
    return {
      path: label
        .replace(/（[^）]+）$/, '')
        .split('/')
        .filter(Boolean),
      unit,
    };
  });
const sums = (...labels: string[]) =>
  Object.fromEntries(axisTotals(axes(...labels)).totals.map(({ index, parts }) => [index, parts]));

describe('which rows are sums of which', () => {
  it('adds everything into 合计, whether it stands last or first', () => {
    expect(sums('城区', '乡镇', '合计')).toEqual({ 2: [0, 1] });
    expect(sums('合 计', '城区', '乡镇')).toEqual({ 0: [1, 2] });
  });
  it('adds subtotals into the total and their parts only into them', () => {
    expect(sums('居民/高层', '居民/自建', '居民/小计', '单位/厂房', '单位/小计', '合计')).toEqual({
      2: [0, 1],
      4: [3],
      5: [2, 4],
    });
  });
  it('takes 小计 without groups for the stretch since the last one', () => {
    expect(sums('甲', '乙', '小计', '丙', '丁', '小计', '总计')).toEqual({ 2: [0, 1], 5: [3, 4], 6: [2, 5] });
  });
  it('takes stretches that stand below their subtotals', () => {
    expect(sums('小计', '甲', '乙', '小计', '丙')).toEqual({ 0: [1, 2], 3: [4] });
  });
  it('makes a group with a row of its own the sum of its parts', () => {
    expect(sums('立案（件）', '立案/罚款（件）', '立案/警告（件）', '约谈（次）')).toEqual({ 0: [1, 2] });
  });
  it('never adds different units', () => {
    const { totals, unclear } = axisTotals(axes('检查（家）', '罚款（万元）', '合计'));
    expect(totals).toEqual([]);
    expect(unclear).toEqual([2]);
  });
  it('adds 其中 only when its parts end with 其他; else each is at most the whole', () => {
    expect(sums('检查（家）', '其中：药店（家）', '其中：诊所（家）', '其中：其他（家）')).toEqual({ 0: [1, 2, 3] });
    const open = axisTotals(axes('检查（家）', '其中：药店（家）', '其中：诊所（家）'));
    expect(open.totals).toEqual([]);
    expect(open.parts).toEqual([
      { part: 1, whole: 0 },
      { part: 2, whole: 0 },
    ]);
  });
  it('leaves 其中 out of the total that holds its whole', () => {
    expect(sums('学校', '其中：民办', '机构', '合计')).toEqual({ 3: [0, 2] });
  });
  it('finds nothing in plain rows', () => {
    expect(axisTotals(axes('检查（家）', '整改（家）', '立案/甲（件）', '立案/乙（件）'))).toEqual({
      totals: [],
      parts: [],
      unclear: [],
    });
  });
});

describe('which figures are expected not to exceed which', () => {
  const pairs = (...labels: string[]) => axisChecks(axes(...labels)).map(({ index, atMost }) => [index, atMost]);
  it('holds rectified against found, found against inspected', () => {
    expect(pairs('检查单位数量（家）', '发现违规单位数量（家）', '完成整改单位数量（家）')).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });
  it('prefers what was ordered to be rectified', () => {
    expect(pairs('发现违规企业数（家）', '责令整改企业数（家）', '完成整改企业数（家）')).toEqual([[2, 1]]);
  });
  it('compares steps under headings that only name the step', () => {
    expect(pairs('排查情况/发现火灾隐患（处）', '整改情况/整改火灾隐患（处）', '整改情况/整改率（%）')).toEqual([
      [1, 0],
    ]);
    expect(pairs('应检查单位数（家）', '实际检查单位数（家）')).toEqual([[1, 0]]);
    expect(pairs('城区/发现隐患（处）', '乡镇/整改隐患（处）')).toEqual([]);
  });
  it('does not compare different units or different things', () => {
    expect(pairs('检查企业（家次）', '发现问题（个）')).toEqual([]);
    expect(pairs('检查网络销售企业数量（个）', '发现违规账号数量（个）')).toEqual([]);
  });
  it('does not take 合格 for more than was sampled', () => {
    expect(pairs('抽检批次（批次）', '不合格批次（批次）')).toEqual([[1, 0]]);
  });
});
