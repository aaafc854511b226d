import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryRule } from '../../models/index.ts';
import { addExactly } from '../../pipeline/returns/addExactly.ts';
import { parseEntry, parseNumber } from '../../pipeline/returns/parseEntry.ts';
import type { GridCell } from '../../pipeline/returns/sheetGrid.ts';

const cell = (value: string | number | boolean, known: Partial<GridCell> = {}): GridCell => ({
  value,
  type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text',
  percent: false,
  formula: false,
  ...known,
});
const whole: EntryRule = { type: 'whole', min: 0, unit: '家' };
const money: EntryRule = { type: 'decimal', min: 0, unit: '万元' };
const percent: EntryRule = { type: 'percent', min: 0, max: 100, unit: '%' };
const date: EntryRule = { type: 'date', unit: null };

describe('numbers as people write them', () => {
  it.each([
    ['12', '家', 12],
    ['１２', '家', 12],
    [' 12 家', '家', 12],
    ['1,234', '家', 1234],
    ['１，２３４', '家', 1234],
    ['3万', '家', 30000],
    ['1.2亿', '万元', 12000],
    ['3万', '万元', 3],
    ['3万元', '万元', 3],
    ['30000元', '万元', 3],
    ['￥5.5', '万元', 5.5],
    ['85%', '%', 85],
    ['500克', '千克', 0.5],
    ['3家', null, 3],
  ])('reads %s under %s as %d', (text, unit, value) => {
    expect(parseNumber(text, unit)).toBe(value);
  });
  it.each([
    ['约3', '家'],
    ['3-5', '家'],
    ['3左右', '家'],
    ['1,23', '家'],
    ['三五', '家'],
    ['3件', '家'],
    ['2025/6/1', '家'],
    ['', '家'],
    ['1e999', '家'],
  ])('does not guess at %s', (text, unit) => {
    expect(parseNumber(text, unit)).toBeNull();
  });
});

describe('what a cell says under its rule', () => {
  const read = (of: GridCell | null, rule: EntryRule, printed = '') => {
    const { value, fault } = parseEntry(of, rule, printed);
    return fault === null ? value : fault.code;
  };
  it('takes nothing, dashes and what was printed as blank, 无 as zero', () => {
    expect([null, cell('—'), cell('/'), cell(' ')].map((of) => read(of, whole))).toEqual([null, null, null, null]);
    expect(read(cell('无'), whole)).toBe(0);
    expect(read(cell('年 月 日'), date, '年月日')).toBeNull();
  });
  it('names what is wrong', () => {
    expect(read(cell(-1), whole)).toBe('negative');
    expect(read(cell(1.5), whole)).toBe('not-whole');
    expect(read(cell('约三十'), whole)).toBe('not-a-number');
    expect(read(cell('2025-03-05', { type: 'date' }), whole)).toBe('not-a-number');
    expect(read(cell(true), whole)).toBe('not-a-number');
    expect(read(cell('#REF!', { type: 'error' }), whole)).toBe('cell-error');
    expect(read(cell(120), percent)).toBe('out-of-range');
    expect(read(cell('6月32日'), date)).toBe('not-a-date');
    expect(read(cell('2025-02-30'), date)).toBe('not-a-date');
    expect(read(cell('也许'), { type: 'choice', options: ['是', '否'], unit: null })).toBe('not-a-choice');
    expect(read(cell('长'.repeat(51)), { type: 'text', maxLength: 50, unit: null })).toBe('text-too-long');
  });
  it('reads a percentage by the number that is seen', () => {
    expect(read(cell(0.85, { percent: true }), percent)).toBe(85);
    expect(read(cell('85%'), percent)).toBe(85);
    expect(read(cell(0.07, { percent: true }), percent)).toBe(7);
    expect(read(cell(0.5, { percent: true }), whole)).toBe('not-a-number');
  });
  it('reads dates however they are written', () => {
    for (const text of ['2025-6-7', '2025/06/07', '2025.6.7', '2025年6月7日', '20250607', '２０２５年６月７日']) {
      expect(read(cell(text), date)).toBe('2025-06-07');
    }
  });
  it('gives back every amount that was typed, as a number or as a text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (cents) => {
        const amount = cents / 100;
        const grouped = amount.toLocaleString('en-US', { maximumFractionDigits: 2 });
        for (const of of [cell(amount), cell(String(amount)), cell(grouped), cell(`${amount}万元`)]) {
          expect(read(of, money)).toBe(amount);
        }
      }),
    );
  });
});

describe('sums', () => {
  it('are what a person gets', () => {
    expect(addExactly([0.1, 0.2])).toBe(0.3);
    expect(addExactly([1.005, 1.005, 1e-7])).toBe(2.0100001);
    expect(addExactly([])).toBe(0);
    expect(addExactly([5, -7.5])).toBe(-2.5);
    expect(addExactly([1e21, 1])).toBe(1e21);
  });
  it('do not depend on the order', () => {
    const cents = fc.array(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), { maxLength: 60 });
    fc.assert(
      fc.property(cents, (numbers) => {
        const amounts = numbers.map((number) => number / 100);
        const expected = numbers.reduce((sum, number) => sum + number, 0) / 100;
        expect(addExactly(amounts)).toBe(expected + 0);
        expect(addExactly([...amounts].reverse())).toBe(expected + 0);
      }),
    );
  });
});
