import type { Due, Span } from '../models/index.ts';
import { addDays, addMonths, findDates, isoDate, lastDay } from '../models/text/dates.ts';
import { parseNumeral } from '../models/text/numerals.ts';
import { findFestivalLimits } from './festivals.ts';
import { addWorkingDays } from './workingDays.ts';

/** A time limit as printed, and what it means. `end` includes 前, brackets and times of day behind it. */
export interface DueExpression extends Span {
  readonly due: Due;
  readonly time: string | null;
  readonly assumed: ('year' | 'month' | 'month-end' | 'issue-date')[];
  /** Printed with 前, 内, 止: a limit for sure. Without: only a duty beside it makes it one. */
  readonly limiting: boolean;
}

export interface DueContext {
  readonly issueDate: string | null;
  /** Year and month of the last date printed before, for those that share them. */
  year: number | null;
  month: number | null;
}

const cn = '[一二三四五六七八九十]{1,3}';
const clock = String.raw`(?:\s?(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s?(?<part>上午|下午|晚上?|早上?|中午)?\s?(?:(?<hour>[01]?\d|2[0-4])\s?(?:[:：]\s?(?<minute>[0-5]\d)|时|点)(?<half>半)?(?:[0-5]?\d分)?)?\s?(?:下班)?)`;
const before = `(?<before>之?前(?!后)|以前|内|之内|截止|止)?`;
const tail = new RegExp(`^(?:[（(](?!附)[^（()）]{2,24}[）)](?=之?前|以前|内))?${clock}${before}`, 'u');

/** What follows a date up to 前: a time of day, a bracket. */
function readTail(text: string): { length: number; time: string | null; limiting: boolean } {
  const match = tail.exec(text);
  const g = match?.groups;
  if (!match || !g) return { length: 0, time: null, limiting: false };
  if (g.before === undefined && g.hour === undefined) return { length: 0, time: null, limiting: false };
  let time: string | null = null;
  if (g.hour !== undefined) {
    const hour = Number(g.hour) + (/下午|晚/u.test(g.part ?? '') && Number(g.hour) < 12 ? 12 : 0);
    time = `${String(hour).padStart(2, '0')}:${g.half ? '30' : (g.minute ?? '00')}`;
  }
  return { length: match[0].length, time, limiting: g.before !== undefined };
}

const weekdays = '一二三四五六日';
const byDay = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

interface RecurringRule {
  readonly pattern: RegExp;
  readonly read: (groups: Record<string, string | undefined>) => Extract<Due, { kind: 'recurring' }> | undefined;
}

const day = String.raw`(?<day>\d{1,2}|${cn})\s?[日号]`;
const monthly = (value: number | null): Extract<Due, { kind: 'recurring' }> => ({
  kind: 'recurring',
  frequency: 'monthly',
  day: value,
  month: null,
  rrule: value === null ? 'FREQ=MONTHLY' : `FREQ=MONTHLY;BYMONTHDAY=${value}`,
});
const quarterly = (value: number | null, position: 'first' | 'last' | 'after'): Extract<Due, { kind: 'recurring' }> => {
  const months = position === 'last' ? '3,6,9,12' : '1,4,7,10';
  return {
    kind: 'recurring',
    frequency: 'quarterly',
    day: value,
    month: null,
    rrule: `FREQ=MONTHLY;BYMONTH=${months}${value === null ? '' : `;BYMONTHDAY=${value}`}`,
  };
};
const number = (text: string | undefined): number | null => (text === undefined ? null : (parseNumeral(text) ?? null));

const recurring: readonly RecurringRule[] = [
  {
    pattern: /(?:于|在)?每(?:周|星期|逢周|逢星期)的?(?<weekday>[一二三四五六日天1-7])/gu,
    read: ({ weekday = '' }) => {
      const index = /\d/.test(weekday) ? Number(weekday) - 1 : weekdays.indexOf(weekday === '天' ? '日' : weekday);
      return {
        kind: 'recurring',
        frequency: 'weekly',
        day: index + 1,
        month: null,
        rrule: `FREQ=WEEKLY;BYDAY=${byDay[index]}`,
      };
    },
  },
  {
    pattern: new RegExp(
      `(?:于|在)?每个?(?:季度?|季)(?:的)?(?<place>首月|第一个月|末月|最后一?个月|第三个月|末|底|结束后(?:次月|下月)?|终了后|次月|后|次季度?首?月?)?(?:的)?${day}`,
      'gu',
    ),
    read: ({ day: printed, place = '' }) => {
      const value = number(printed);
      return quarterly(
        value,
        /末|最后|第三|底/u.test(place) && !/次/u.test(place) ? 'last' : place === '' ? 'last' : 'first',
      );
    },
  },
  // 季度末月25日前, 季后8日前, 次季度首月5日前: each quarter's, although 每 is not printed; 一季度 and 本季度 are one.
  {
    pattern: new RegExp(
      `(?:于|在)?(?<![一二三四1-4本上第每])(?<next>[次下]个?)?季度?(?<place>首月|第一个月|末月|后|终了后|结束后)?的?${day}`,
      'gu',
    ),
    read: ({ day: printed, next, place }) =>
      next || place ? quarterly(number(printed), place === '末月' ? 'last' : 'first') : undefined,
  },
  {
    pattern: /(?:于|在)?每个?季度?末前\s?(?<day>\d{1,2})\s?[日天]/gu,
    read: ({ day: printed }) => quarterly(-(number(printed) ?? 1), 'last'),
  },
  {
    pattern: /(?:于|在)?每个?(?:季度?)(?:的)?(?:最后一?个?(?:月|工作日|天|日)|末月?[底末]?|底)/gu,
    read: () => quarterly(-1, 'last'),
  },
  {
    pattern: new RegExp(
      `(?:于|在)?每(?:年|年度)(?:的)?(?<month>\\d{1,2}|${cn})\\s?月份?(?:${day}|(?<end>底|末|份)?)`,
      'gu',
    ),
    read: ({ month, day: printed }) => {
      const m = number(month);
      if (m === null || m < 1 || m > 12) return undefined;
      const d = number(printed) ?? new Date(Date.UTC(2023, m, 0)).getUTCDate();
      return {
        kind: 'recurring',
        frequency: 'yearly',
        day: d,
        month: m,
        rrule: `FREQ=YEARLY;BYMONTH=${m};BYMONTHDAY=${d}`,
      };
    },
  },
  {
    pattern: new RegExp(
      `(?:于|在)?(?:每个?月份?(?:的)?|(?:每月)?(?:次|下)月(?:的)?|逐月(?:于)?|(?<![\\d一二三四五六七八九十本当])月(?:度|末)?(?:终了|结束)?后)${day}`,
      'gu',
    ),
    read: ({ day: printed }) => {
      const value = number(printed);
      return value === null || value > 31 ? undefined : monthly(value);
    },
  },
  { pattern: /(?:于|在)?每[个双单]?月(?:的)?(?:月底|月末|底|末|最后一(?:个工作日|天|日))/gu, read: () => monthly(-1) },
  {
    pattern: /(?:于|在)?每年(?:年底|年末|底|末)/gu,
    read: () => ({
      kind: 'recurring',
      frequency: 'yearly',
      day: 31,
      month: 12,
      rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31',
    }),
  },
  {
    // What is done each half year without being handed in (每半年检查一次) is a frequency, not a limit.
    pattern: /每半年(?:末|底)?(?=[^，。；]{0,12}(?:报送|上报|填报|汇报|书面报告|总结报|(?<!通)报[^告警名道]))/gu,
    read: () => ({
      kind: 'recurring',
      frequency: 'half-yearly',
      day: null,
      month: null,
      rrule: 'FREQ=MONTHLY;BYMONTH=6,12',
    }),
  },
  {
    pattern: /每周(?![一二三四五六日天\d])(?=[^，。；]{0,10}(?:报送|上报|填报|报告))/gu,
    read: () => ({ kind: 'recurring', frequency: 'weekly', day: null, month: null, rrule: 'FREQ=WEEKLY' }),
  },
  { pattern: /每月(?![\d一二三四五六七八九十底末])(?=[^，。；]{0,10}(?:报送|上报|填报))/gu, read: () => monthly(null) },
  {
    pattern: /每季度?(?![首末底的第最\d])(?=[^，。；]{0,10}(?:报送|上报|填报))/gu,
    read: () => quarterly(null, 'last'),
  },
];

/** The same rule on another day: of the month, or of the year. */
function another(
  due: Extract<Due, { kind: 'recurring' }>,
  groups: Record<string, string | undefined>,
): Extract<Due, { kind: 'recurring' }> | undefined {
  const value = number(groups.day);
  if (value === null || value > 31) return undefined;
  if (due.frequency === 'monthly') return monthly(value);
  const month = number(groups.month);
  if (due.frequency !== 'yearly' || month === null || month > 12) return undefined;
  return { ...due, day: value, month, rrule: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${value}` };
}

const amount = String.raw`(?<amount>\d{1,3}|${cn})\s?个?\s?(?<unit>工作日|自然日|日历日|日|天|个月|月|周|小时)`;
const relative: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:自|从|于|在)?(?<event>[^，。；、\s（(自从于]{0,24}?(?:收到|接到|收文|印发|发布|下发|公布|公告|施行|签收|完成|批准|发现|发生|结束|受理|通过)[^，。；\s]{0,16}?)(?:之日|当日|之时|之后)?(?:起|后)\s?(?:的)?\s?${amount}\s?(?:之?内|以内)`,
    'gu',
  ),
];

const relativeFrom = (event: string): Extract<Due, { kind: 'relative' }>['from'] => {
  if (/收到|接到|收文|签收/u.test(event)) return 'receipt';
  if (/印发|下发|发文/u.test(event)) return 'issue';
  return /发布|公布|公告/u.test(event) ? 'publication' : 'event';
};

/** Every time limit in a text, in order, not overlapping. Shares year and month through `context`, which it moves on. */
export function findDueExpressions(text: string, context: DueContext): DueExpression[] {
  const found: DueExpression[] = [];
  const free = (start: number, end: number) => !found.some((other) => start < other.end && other.start < end);
  for (const { pattern, read } of recurring) {
    for (const match of text.matchAll(pattern)) {
      const due = read((match.groups ?? {}) as Record<string, string | undefined>);
      if (!due) continue;
      // 每月5日、20日前, 每年6月20日、12月10日前: more days of the same rule.
      const row = [{ start: match.index, end: match.index + match[0].length, due }];
      for (;;) {
        const last = row.at(-1) as (typeof row)[number];
        const next = /^\s?(?:[、，]|和|及)\s?(?:(?<month>\d{1,2})\s?月)?(?<day>\d{1,2})\s?[日号]/u.exec(
          text.slice(last.end),
        );
        const value =
          next?.groups && (last.due.frequency === 'yearly') === (next.groups.month !== undefined)
            ? another(last.due, next.groups)
            : undefined;
        if (!next || !value) break;
        row.push({ start: last.end, end: last.end + next[0].length, due: value });
      }
      // 每月月末前3个工作日: so many days before; the end of the month is what the rule can say.
      const last = row.at(-1) as (typeof row)[number];
      if (last.due.day === -1)
        last.end +=
          /^前\s?(?:\d{1,2}|[一二三四五])\s?个?(?:工作日|天|日)(?:内)?/u.exec(text.slice(last.end))?.[0].length ?? 0;
      const rest = readTail(text.slice(last.end));
      row.forEach((one, index) => {
        const end = one.end + (index === row.length - 1 ? rest.length : 0);
        if (free(one.start, end))
          found.push({ start: one.start, end, due: one.due, time: rest.time, assumed: [], limiting: true });
      });
    }
  }
  for (const pattern of /内/u.test(text) ? relative : []) {
    for (const match of text.matchAll(pattern)) {
      const g = match.groups as Record<string, string>;
      const value = number(g.amount);
      if (value === null || g.unit === '小时' || !free(match.index, match.index + match[0].length)) continue;
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        due: relativeDue(g.event ?? '', value, g.unit ?? '日', context.issueDate),
        time: null,
        assumed: [],
        limiting: true,
      });
    }
  }
  for (const { start, end, date, yearPrinted } of findFestivalLimits(text, context.issueDate))
    if (free(start, end))
      found.push({
        start,
        end,
        due: { kind: 'date', date },
        time: null,
        assumed: yearPrinted ? [] : ['year'],
        limiting: true,
      });
  found.push(...findDated(text, context, free));
  return found.sort((a, b) => a.start - b.start);
}

function relativeDue(event: string, value: number, printedUnit: string, issueDate: string | null): Due {
  const from = relativeFrom(event);
  const unit = printedUnit === '工作日' ? 'working-day' : /月/u.test(printedUnit) ? 'month' : 'day';
  const amountDue = printedUnit === '周' ? value * 7 : value;
  const anchor = from === 'issue' || from === 'publication' ? issueDate : null;
  const date =
    anchor === null
      ? null
      : unit === 'month'
        ? addMonths(anchor, amountDue)
        : unit === 'day'
          ? addDays(anchor, amountDue)
          : addWorkingDays(anchor, amountDue);
  return {
    kind: 'relative',
    from,
    event: from === 'event' ? event.replace(/^[在于]/u, '') : null,
    amount: amountDue,
    unit,
    date,
  };
}

/** Dates of the calendar, with what they share: 3月18日、6月18日前, 2026年3月20日、5月20日前, 3月18日、28日前. */
function findDated(text: string, context: DueContext, free: (start: number, end: number) => boolean): DueExpression[] {
  const list: DueExpression[] = [];
  const dates: {
    start: number;
    end: number;
    year: number | null;
    month: number | null;
    day: number | null;
    vague: ReturnType<typeof findDates>[number]['vague'];
    relativeYear: 0 | 1 | null;
  }[] = [...findDates(text)];
  for (const match of text.matchAll(/(?:今[日天晚]|明[日天晚])(?=\s?(?:上午|下午|晚)?\s?\d{1,2}\s?[时:：点])/gu)) {
    if (context.issueDate === null) break;
    const iso = addDays(context.issueDate, match[0].startsWith('明') ? 1 : 0);
    const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
    dates.push({
      start: match.index,
      end: match.index + match[0].length,
      year,
      month,
      day,
      vague: null,
      relativeYear: null,
    });
  }
  // 年底前: of the year of the notice.
  for (const match of text.matchAll(/(?<![\d〇零○一二三四五六七八九今明本当次翌每跨])年(?:底|末)(?=之?前|以前)/gu))
    dates.push({
      start: match.index,
      end: match.index + match[0].length,
      year: null,
      month: 12,
      day: null,
      vague: 'year-end',
      relativeYear: 0,
    });
  for (const match of text.matchAll(
    /(?<![\d月第每.])(?<day>[12]?\d|3[01])\s?日(?=\s?(?:\d{1,2}时)?(?:上午|下午|下班)?(?:前|之前|以前))/gu,
  )) {
    if (dates.every((d) => match.index + match[0].length <= d.start || match.index >= d.end)) {
      dates.push({
        start: match.index,
        end: match.index + match[0].length,
        year: null,
        month: null,
        day: Number(match.groups?.day),
        vague: null,
        relativeYear: null,
      });
    }
  }
  dates.sort((a, b) => a.start - b.start);
  const issueYear = context.issueDate ? Number(context.issueDate.slice(0, 4)) : null;
  for (const date of dates) {
    const assumed: DueExpression['assumed'] = [];
    let year = date.year;
    if (year === null && date.relativeYear !== null && issueYear !== null) year = issueYear + date.relativeYear;
    const month = date.month ?? context.month;
    if (date.month === null) assumed.push('month');
    if (
      month === null ||
      (date.day === null && date.vague === null && !/^(?:之?前|以前)/u.test(text.slice(date.end)))
    ) {
      if (date.year !== null) context.year = date.year;
      if (month !== null) context.month = month;
      continue;
    }
    if (year === null) {
      assumed.push('year');
      year = context.year ?? issueYear;
      if (
        year !== null &&
        context.issueDate !== null &&
        year === issueYear &&
        month < Number(context.issueDate.slice(5, 7)) - 6
      )
        year += 1;
    }
    if (year === null) continue;
    const printed = date.day ?? lastDay(date, year, month);
    if (date.day === null) assumed.push('month-end');
    const iso = isoDate(year, month, printed);
    const rest = readTail(text.slice(date.end));
    if (date.year !== null || context.year === null) context.year = year;
    context.month = month;
    if (!iso || !free(date.start, date.end)) continue;
    list.push({
      start: date.start,
      end: date.end + rest.length,
      due: { kind: 'date', date: iso },
      time: rest.time,
      assumed,
      limiting: rest.limiting,
    });
  }
  // 3月18日、6月18日前: the limit at the end holds for all dates of the row.
  for (let index = list.length - 2; index >= 0; index--) {
    const one = list[index] as DueExpression;
    const next = list[index + 1] as DueExpression;
    if (!one.limiting && next.limiting && /^\s?[、和及，,]\s?$|^(?:以?及|与)$/u.test(text.slice(one.end, next.start)))
      list[index] = { ...one, limiting: true, time: one.time ?? next.time };
  }
  return list;
}
