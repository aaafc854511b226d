import { expect, test } from 'vitest';
import { calendarFindings, checkCalendar } from '../../pipeline/compare/calendar.ts';
import { noticeWith } from './noticeOf.ts';

const notice = (due: string, task = '报送工作总结', level = 'provincial') =>
  noticeWith({ level, text: `一、要求\n[[due ${due}|${task}|各单位|上级::按期${task}]]。` });

const lowerNotice = (due: string, task?: string) => notice(due, task, 'county');

test.each([
  ['a date before the upper one leaves days', '2024-04-10', '2024-04-03', 7, 4],
  ['a date after it is late', '2024-04-10', '2024-04-15', -5, -3],
  ['the same day leaves nothing', '2024-04-10', '2024-04-10', 0, 0],
  ['days of the month', 'monthly/25', 'monthly/20', 5, null],
  ['a later day of the month is late', 'monthly/20', 'monthly/25', -5, null],
  ['the last day of the month is after the 25th', 'monthly/25', 'monthly/-1', -6, null],
  ['a quarter is served by the month', 'quarterly/20', 'monthly/15', 5, null],
  ['the month is not served by the quarter', 'monthly/20', 'quarterly/15', null, null],
])('%s', (_, upper, lower, days, workingDays) => {
  const [check] = checkCalendar(notice(upper), lowerNotice(lower));
  expect([check?.slackDays, check?.slackWorkingDays]).toEqual([days, workingDays]);
  expect(check?.finding === null).toBe(days === null || days >= 0);
});

test('a late date is a finding that says by how much, with both places', () => {
  const [finding] = calendarFindings(notice('2024-04-10'), lowerNotice('2024-04-15'));
  expect(finding).toMatchObject({ code: 'deadline-after-upper-deadline', severity: 'warning' });
  expect(finding?.message).toContain('晚5天');
  expect(finding?.evidence).toHaveLength(2);
});

test('holidays count: 5 May 2024 to 30 April 2024 is no working day but the 28th’s make-up', () => {
  const [check] = checkCalendar(notice('2024-05-06'), lowerNotice('2024-04-30'));
  // 1 to 5 May 2024 were holidays; 6 May was worked.
  expect([check?.slackDays, check?.slackWorkingDays]).toEqual([6, 1]);
});

test('a year without announced holidays is not guessed', () => {
  const [check] = checkCalendar(notice('2090-04-10'), lowerNotice('2090-04-03'));
  expect([check?.slackDays, check?.slackWorkingDays]).toEqual([7, null]);
});

test('duties that only one notice has are not checked', () => {
  expect(checkCalendar(notice('2024-04-10'), lowerNotice('2024-09-15', '推荐先进个人'))).toEqual([]);
});

test('the notice of the higher level is the upper one, whichever is given first', () => {
  const [check] = checkCalendar(lowerNotice('2024-04-03'), notice('2024-04-10'));
  expect(check?.slackDays).toBe(7);
});

test('two notices of one level owe each other nothing', () => {
  expect(checkCalendar(notice('2024-04-10'), notice('2024-04-15'))).toEqual([]);
});

test('dates of the campaigns of two years are not held together', () => {
  const [check] = checkCalendar(notice('2026-09-20'), lowerNotice('2025-10-19'));
  expect([check?.slackDays, check?.finding]).toEqual([null, null]);
});
