import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../models/index.ts';
import { findPeriod, periodRange, periodText, previousPeriod } from '../../models/index.ts';
import { dueDate, lateness } from '../../pipeline/returns/dueDate.ts';
import { monthly } from '../template/tables.ts';

const due = (deadline: Deadline, periodOffset: number, period: string) =>
  dueDate({ deadlines: [deadline], periodOffset }, period);

describe('when a return is due', () => {
  it('falls in the reported month or the one after, as the notice says', () => {
    expect(due(monthly(17, '报送当月'), 0, '2025-06')?.printed).toBe('2025-06-17');
    expect(due(monthly(5, '报送上月'), 1, '2025-06')?.printed).toBe('2025-07-05');
    expect(due(monthly(5, '报送上月'), 1, '2025-12')?.printed).toBe('2026-01-05');
  });
  it('is concluded from the day where the notice does not say, and that is told', () => {
    expect(due(monthly(5, '报送'), -1, '2025-06')).toMatchObject({ printed: '2025-07-05', assumed: true });
    expect(due(monthly(25, '报送'), -1, '2025-06')).toMatchObject({ printed: '2025-06-25', assumed: true });
  });
  it('moves to the next working day, over holidays and worked weekends', () => {
    expect(due(monthly(17, ''), 0, '2025-05')?.date).toBe('2025-05-19');
    expect(due(monthly(5, ''), 1, '2025-09')?.date).toBe('2025-10-09');
    // Saturday 11 October 2025 was worked in exchange for National Day.
    expect(due(monthly(11, ''), 0, '2025-10')?.date).toBe('2025-10-11');
  });
  it('stands as printed in a year whose holidays are not announced', () => {
    expect(due(monthly(1, ''), 0, '2099-10')).toMatchObject({
      printed: '2099-10-01',
      date: '2099-10-01',
      holidaysKnown: false,
    });
  });
  it('ends with a short month', () => {
    expect(due(monthly(31, ''), 0, '2025-04')?.printed).toBe('2025-04-30');
  });
  it('knows quarters, half years, years and weeks', () => {
    const every = (
      frequency: 'quarterly' | 'half-yearly' | 'yearly' | 'weekly',
      day: number,
      month: number | null = null,
    ): Deadline => ({
      ...monthly(day, ''),
      due: { kind: 'recurring', frequency, day, month, rrule: '' },
    });
    expect(due(every('quarterly', 5), -1, '2025-Q2')?.printed).toBe('2025-07-05');
    expect(due(every('quarterly', 25), 0, '2025-Q2')?.printed).toBe('2025-06-25');
    expect(due(every('half-yearly', 10), -1, '2025-H1')?.printed).toBe('2025-07-10');
    expect(due(every('yearly', 20, 12), -1, '2025')?.printed).toBe('2025-12-20');
    expect(due(every('yearly', 10, 1), -1, '2025')?.printed).toBe('2026-01-10');
    expect(due(every('weekly', 5), 0, '2025-W23')?.printed).toBe('2025-06-06');
    expect(due(every('weekly', 5), 0, '2025-06')).toBeNull();
  });
  it('takes the months that a rule names', () => {
    const rule = (months: string, day: number): Deadline => ({
      ...monthly(day, ''),
      due: {
        kind: 'recurring',
        frequency: 'quarterly',
        day,
        month: null,
        rrule: `FREQ=MONTHLY;BYMONTH=${months};BYMONTHDAY=${day}`,
      },
    });
    expect(due(rule('1,4,7,10', 10), 1, '2025-Q2')?.printed).toBe('2025-07-10');
    expect(due(rule('1,4,7,10', 10), 1, '2025-Q4')?.printed).toBe('2026-01-10');
    expect(due(rule('3,6,9,12', 5), -1, '2025-Q2')?.printed).toBe('2025-06-05');
    expect(due(rule('3,6,9,12', 28), 0, '2025-Q2')?.printed).toBe('2025-06-28');
  });
  it('takes the first fixed date that does not lie before the period', () => {
    const dates: Deadline[] = ['2025-03-18', '2025-06-18', '2025-10-25'].map((date) => ({
      ...monthly(1, ''),
      due: { kind: 'date', date },
    }));
    expect(dueDate({ deadlines: dates, periodOffset: -1 }, '2025-06')?.printed).toBe('2025-06-18');
    expect(dueDate({ deadlines: dates, periodOffset: -1 }, '2025-11')).toBeNull();
  });
});

describe('what is late', () => {
  const june = due(monthly(17, ''), 0, '2025-06')!;
  it('is what comes after the end of the day in Beijing', () => {
    expect(lateness(june, '2025-06-17T15:59:00Z').late).toBe(false);
    expect(lateness(june, '2025-06-17T16:01:00Z').late).toBe(true);
  });
  it('counts the hour where one is printed', () => {
    const atFive = { ...june, time: '17:00' };
    expect(lateness(atFive, '2025-06-17T09:00:00Z').late).toBe(false);
    expect(lateness(atFive, '2025-06-17T09:01:00Z').late).toBe(true);
  });
  it('is uncertain as long as holidays might have moved the day', () => {
    const unknown = due(monthly(1, ''), 0, '2099-10')!;
    expect(lateness(unknown, '2099-10-05T00:00:00Z')).toEqual({ late: true, uncertain: true });
    expect(lateness(unknown, '2099-10-20T00:00:00Z')).toEqual({ late: true, uncertain: false });
  });
});

describe('periods', () => {
  it.each([
    ['2025年6月', '2025-06'],
    ['2025年第二季度', '2025-Q2'],
    ['2025年3季度', '2025-Q3'],
    ['2025年上半年', '2025-H1'],
    ['２０２５年１２月', '2025-12'],
    ['2025年十二月', '2025-12'],
    ['2025/6', '2025-06'],
    ['2025年度', '2025'],
    ['2025年13月', null],
    ['年 月', null],
  ])('%s is %s', (text, period) => {
    expect(findPeriod(text)).toBe(period);
  });
  it('are found again in their own words', () => {
    for (const period of ['2025-06', '2025-Q2', '2025-H2', '2025-W07', '2025'])
      expect(findPeriod(periodText(period))).toBe(period);
  });
  it('follow one another without a gap', () => {
    for (const period of ['2025-01', '2025-Q1', '2025-H1', '2026-W01', '2021-W01', '2025', '2025-03-01']) {
      const gap = Date.parse(periodRange(period).start) - Date.parse(periodRange(previousPeriod(period)).end);
      expect(gap).toBe(86_400_000);
    }
  });
});
