import { describe, expect, it } from 'vitest';
import { entryRule } from '../../pipeline/template/entryRule.ts';

type Context = Parameters<typeof entryRule>[0];
const rule = (context: Partial<Context>) =>
  entryRule({
    rowPath: [],
    rowUnit: null,
    columnPath: [],
    columnUnit: null,
    tableUnit: null,
    kind: 'statistics',
    attachmentKind: 'statistics-table',
    ...context,
  });

describe('what may stand in a cell', () => {
  it.each(['家', '个', '件', '份', '人', '次', '台', '人次', '户', '起', '批次', '家次'])(
    'counts %s as whole numbers',
    (unit) => {
      expect(rule({ rowUnit: unit })).toEqual({ type: 'whole', min: 0, unit });
    },
  );
  it.each(['万元', '元', '吨', '公斤', '亩', '公里', '平方米'])('measures %s with decimals', (unit) => {
    expect(rule({ columnUnit: unit })).toEqual({ type: 'decimal', min: 0, unit });
  });
  it('bounds percentages, but not growth', () => {
    expect(rule({ columnUnit: '%', columnPath: ['完成率'] })).toEqual({ type: 'percent', min: 0, max: 100, unit: '%' });
    expect(rule({ columnUnit: '%', columnPath: ['同比增长'] })).toEqual({
      type: 'percent',
      min: null,
      max: null,
      unit: '%',
    });
    expect(rule({ columnPath: ['整改率'] })).toMatchObject({ type: 'percent', max: 100 });
  });
  it('reads dates, choices and remarks from labels', () => {
    expect(rule({ columnPath: ['检查日期'] }).type).toBe('date');
    expect(rule({ columnPath: ['是否立案'] })).toMatchObject({ type: 'choice', options: ['是', '否'] });
    expect(rule({ columnPath: ['备注'], rowUnit: '家' }).type).toBe('text');
  });
  it('lets a printed unit decide over words of the other axis', () => {
    expect(rule({ rowUnit: '万元', rowPath: ['案件处罚金额'], columnPath: ['数量'] }).type).toBe('decimal');
    expect(rule({ rowUnit: '家', rowPath: ['检查数量'], columnPath: ['其他单位'] }).type).toBe('whole');
    expect(rule({ rowPath: ['检查数量'], columnPath: ['药品使用单位'] }).type).toBe('whole');
    expect(rule({ rowPath: ['幼儿园'], columnUnit: '件', columnPath: ['立案'] })).toMatchObject({ unit: '件' });
  });
  it('takes the unit that stands above the whole table where no label has one', () => {
    expect(rule({ rowPath: ['城区'], columnPath: ['一季度'], tableUnit: '万元' })).toEqual({
      type: 'decimal',
      min: 0,
      unit: '万元',
    });
  });
  it('asks for text in a form and for numbers in statistics where nothing is said', () => {
    expect(rule({ rowPath: ['网格一'] }).type).toBe('decimal');
    expect(rule({ rowPath: ['所属行业'], kind: 'form', attachmentKind: 'form' }).type).toBe('text');
  });
  it('takes two measures in one cell as text unless both are counted', () => {
    expect(rule({ columnUnit: '起/万元' }).type).toBe('text');
    expect(rule({ columnUnit: '家、户' }).type).toBe('whole');
  });
});
