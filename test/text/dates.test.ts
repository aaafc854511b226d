import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysInMonth,
  findDates,
  isoDate,
  lastDay,
  parseFullDate,
} from '../../models/text/dates.ts';

/** [printed, year, month, day, vague, relative year]: what is null stands as -. */
const dates = (text: string, ...expected: readonly string[]) =>
  test(`${text} holds ${expected.join('; ') || 'no date'}`, () => {
    const show = (value: string | number | null) => value ?? '-';
    const found = findDates(text).map(
      (date) =>
        `${text.slice(date.start, date.end)} ${[date.year, date.month, date.day, date.vague, date.relativeYear].map(show).join(' ')}`,
    );
    expect(found).toEqual(expected);
  });

describe('whole dates', () => {
  dates('2025年10月19日', '2025年10月19日 2025 10 19 - -');
  dates('于2025年4月25号前', '2025年4月25号 2025 4 25 - -');
  dates('2025 年 4 月 2 日', '2025 年 4 月 2 日 2025 4 2 - -');
  dates('二〇二五年四月二十二日', '二〇二五年四月二十二日 2025 4 22 - -');
  dates('二〇二五年十二月三十一日', '二〇二五年十二月三十一日 2025 12 31 - -');
  dates('2025-04-22', '2025-04-22 2025 4 22 - -');
  dates('2025.4.22', '2025.4.22 2025 4 22 - -');
  dates('2025/4/22', '2025/4/22 2025 4 22 - -');
  dates('2026年元月5日', '2026年元月5日 2026 1 5 - -');
});

describe('dates with parts that are not printed', () => {
  dates('10月19日前报送', '10月19日 - 10 19 - -');
  dates('十一月二十日', '十一月二十日 - 11 20 - -');
  dates('5月1日至9月30日', '5月1日 - 5 1 - -', '9月30日 - 9 30 - -');
  dates('2025年11月底', '2025年11月底 2025 11 - month-end -');
  dates('12月末', '12月末 - 12 - month-end -');
  dates('2025年4月上旬', '2025年4月上旬 2025 4 - early -');
  dates('4月中旬', '4月中旬 - 4 - middle -');
  dates('10月初', '10月初 - 10 - early -');
  dates('2025年底', '2025年底 2025 12 - year-end -');
  dates('今年年底', '今年年底 - 12 - year-end 0');
  dates('今年12月', '今年12月 - 12 - - 0');
  dates('次年1月10日', '次年1月10日 - 1 10 - 1');
});

describe('what is no date', () => {
  dates('6个月');
  dates('3月龄');
  dates('2025年度');
  dates('每月5日');
  dates('年底');
  dates('13月5日');
  dates('2025-13-01');
  dates('20250422');
  dates('月租100元月付');
});

const full = (text: string, date: string | undefined) =>
  test(`${text} alone is ${date ?? 'no full date'}`, () => expect(parseFullDate(text)).toBe(date));

full('2025年4月22日', '2025-04-22');
full('2025年4月22日。', '2025-04-22');
full('2 0 2 5 年 4 月 2 日', '2025-04-02');
full('二〇二五年四月二十二日', '2025-04-22');
full('2025年2月30日', undefined);
full('2025年4月', undefined);
full('4月22日', undefined);
full('于2025年4月22日', undefined);

test('a day that a month lacks is no date', () => {
  expect(daysInMonth(2024, 2)).toBe(29);
  expect(isoDate(2024, 2, 29)).toBe('2024-02-29');
  expect(isoDate(2025, 2, 29)).toBeUndefined();
  expect(isoDate(2025, 13, 1)).toBeUndefined();
});
test('a vague day is the last that it can mean', () => {
  expect(lastDay({ day: null, vague: 'early' }, 2025, 4)).toBe(10);
  expect(lastDay({ day: null, vague: 'middle' }, 2025, 4)).toBe(20);
  expect(lastDay({ day: null, vague: 'month-end' }, 2025, 4)).toBe(30);
  expect(lastDay({ day: 8, vague: null }, 2025, 4)).toBe(8);
});
test('days run over the ends of months and years', () => {
  expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
  expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
});
test('months keep the day, or take the last one', () => {
  expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
  expect(addMonths('2025-12-15', 1)).toBe('2026-01-15');
  expect(addMonths('2025-01-15', -1)).toBe('2024-12-15');
});
