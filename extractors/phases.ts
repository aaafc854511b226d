import { evidenceAt, type FlowTable, type Phase, type Span } from '../models/index.ts';
import { daysInMonth, findDates, isoDate } from '../models/text/dates.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, sectionsAround, textOf } from './context.ts';

/** The phases (阶段) of a campaign and when each runs. */

const phaseName = /(?<name>[\u4e00-\u9fa5、]{2,16}(?:阶段|环节))/u;
const range = /(?:至|到|—+|－|-|~|～|–)/u;

/** The dates of a range: 2024年2月至8月, 8月25日—31日, 4月上旬, 2024年1月. Months stay months. */
export function readRange(
  printed: string,
  issueDate: string | null,
  carried: { year: number | null },
): { start: string | null; end: string | null; length: number } | null {
  const immediate = /即日起?\s?(?:至|到|—+|-|~)/u.test(printed) ? issueDate : null;
  // 2—3月: the first month borrows its word from the second.
  const text = printed.replace(/(?<!\d)(\d{1,2})\s?(?:—+|–|~|～|－|-|至)\s?(?=\d{1,2}\s?月)/u, '$1月至');
  const dates = [...findDates(text)];
  const bare = /(?<=\d{1,2}日?\s?(?:至|到|—+|－|-|~|～|–)\s?)(?<day>[12]?\d|3[01])\s?日/u.exec(text);
  const [first, second] = dates;
  // （2021年）: all of it.
  const whole = /^\s?(?<year>20\d{2})年(?:全年|度)?\s?$/u.exec(text)?.groups?.year;
  if (whole) {
    carried.year = Number(whole);
    return { start: `${whole}-01`, end: `${whole}-12`, length: text.length };
  }
  if (!first || first.month === null) return null;
  const issueYear = issueDate ? Number(issueDate.slice(0, 4)) : null;
  const year =
    first.year ??
    (first.relativeYear !== null && issueYear !== null ? issueYear + first.relativeYear : (carried.year ?? issueYear));
  if (year === null) return null;
  const format = (y: number, month: number, d: number | null) =>
    d === null ? `${y}-${String(month).padStart(2, '0')}` : (isoDate(y, month, d) ?? null);
  const exact = (date: typeof first, y: number, place: 'start' | 'end') => {
    if (date.month === null) return null;
    if (date.day !== null) return format(y, date.month, date.day);
    if (date.vague === null || date.vague === 'year-end') return format(y, date.month, null);
    const days = {
      early: [1, 10],
      middle: [11, 20],
      late: [21, daysInMonth(y, date.month)],
      'month-end': [daysInMonth(y, date.month), daysInMonth(y, date.month)],
    }[date.vague] as [number, number];
    return format(y, date.month, place === 'start' ? days[0] : days[1]);
  };
  carried.year = year;
  const gap = second ? text.slice(first.end, second.start) : '';
  if (second?.month && (range.test(gap) || /^\s?起/u.test(gap)) && gap.length <= 6) {
    const until = second.year ?? (second.month < first.month ? year + 1 : year);
    carried.year = until;
    return { start: exact(first, year, 'start'), end: exact(second, until, 'end'), length: second.end };
  }
  if (bare && first.day !== null && bare.index > first.start && bare.index - first.end <= 3) {
    return {
      start: exact(first, year, 'start'),
      end: format(year, first.month, Number(bare.groups?.day)),
      length: bare.index + bare[0].length,
    };
  }
  if (immediate !== null) return { start: immediate, end: exact(first, year, 'end'), length: first.end };
  const after = text.slice(first.end);
  if (/^\s?(?:之?前|以前|止|底前)/u.test(after) || /(?:至|到|截至)\s?$/u.test(text.slice(0, first.start))) {
    return { start: null, end: exact(first, year, 'end'), length: first.end };
  }
  if (/^\s?(?:起|开始|以后|之后)/u.test(after))
    return { start: exact(first, year, 'start'), end: null, length: first.end };
  return { start: exact(first, year, 'start'), end: exact(first, year, 'end'), length: first.end };
}

/** Without one of these no phase is named: said first, for the pattern below is slow. */
const phaseMark =
  /阶段|环节|期(?=[。；，,：:]|$)|^.{0,5}[\u4e00-\u9fa5]{2,12}[：:。]\s?(?:(?:19|20)\d{2}年)?\d{1,2}月|[（(](?:(?:19|20)\d{2}年)?\d{1,2}(?:月|\s?[—–~～－-]+\s?\d{1,2}月)|[（(]20\d{2}年(?:全年|度)?[）)]/u;

/** 阶段: headings or sentences that name a phase with its dates; 分三个阶段：… counts them and names none. */
export function extractPhases(context: NoticeContext): Phase[] {
  const { flow, notice, issueDate } = context;
  const found: Phase[] = [];
  const carried: { year: number | null } = { year: null };
  for (const [order, passage] of notice.passages.entries()) {
    const text = textOf(flow, passage).slice(0, 400);
    if (!phaseMark.test(text)) continue;
    const below = headedPhase(context, text, passage, notice.passages[order + 1], carried);
    if (below) {
      found.push(below);
      continue;
    }
    for (const part of text.matchAll(
      /(?<name>[\u4e00-\u9fa5、]{2,16}(?:阶段|环节))\s?(?<bracket>[（(](?<dates>[^（()）]{3,40})[）)])|(?<dates2>[^，。；：:（(]{4,40}?)(?:为|是|[，,：:])\s?(?<name2>[\u4e00-\u9fa5、]{2,12}(?:阶段|期))(?=[。；，,：:]|$)|(?<name3>[\u4e00-\u9fa5、]{2,12}(?<!分?[两二三四五六]个)阶段)[，,：:\s]*(?<dates3>(?:从|自)?[^，。；：:（(]{3,40})(?=[，。；：:）)])|(?<=^(?:[一二三四五六]、|[（(][一二三四五六][）)]|\d{1,2}[.．、])\s?)(?<name5>[\u4e00-\u9fa5]{2,12})(?:[：:]\s?|。\s?(?=[^，。；]{3,12}[至到—–~～-]))(?<dates5>(?:(?:19|20)\d{2}年)?\d{1,2}月[^，。；]{0,24})(?=[，。；]|$)|(?<name4>(?:20\d{2}年)?[\u4e00-\u9fa5、“”"]{2,14})\s?[（(](?<dates4>(?:即日起?至)?(?:(?:19|20)\d{2}年)?\d{1,2}(?:月|\s?[—–~～－-]+\s?\d{1,2}月)[^（()）]{0,30}|20\d{2}年(?:全年|度)?)[）)]/gu,
    )) {
      const g = part.groups as Record<string, string | undefined>;
      const label = (g.name ?? g.name2 ?? g.name3 ?? g.name4 ?? g.name5 ?? '').replace(
        /^(?:[一二三四五六]、|第[一二三四五]阶段[，、：:]?|在|为|是|和|及|、)+(?=.{2})/u,
        '',
      );
      const words = g.dates ?? g.dates2 ?? g.dates3 ?? g.dates4 ?? g.dates5 ?? '';
      const inSteps = g.name4 ?? g.name5;
      if (inSteps && !/阶段|步骤|安排|时间/u.test(sectionTitles(context, passage.start))) continue;
      if (!phaseName.test(label) && !/期$/u.test(label) && !inSteps) continue;
      if (!/\d|[一二三四五六七八九十]月/u.test(words) || /^(?:[年月]?\d*日?(?:之?前|以前)|报送)/u.test(label)) continue;
      const dates = readRange(words, issueDate, carried);
      if (!dates) continue;
      const start = passage.start + (part.index ?? 0);
      found.push({
        name: withoutLayoutSpaces(label),
        start: dates.start,
        end: dates.end,
        evidence: [evidenceAt(flow, { start, end: start + part[0].length }, 0.9)],
      });
    }
  }
  for (const table of notice.tables) found.push(...phasesInTable(context, table));
  const first = new Map<string, Phase>();
  for (const phase of found) {
    const key = `${phase.name} ${phase.start}`;
    if (!first.has(key)) first.set(key, phase);
  }
  return [...first.values()];
}

/** 第一阶段：自查自纠阶段 on a line of its own; when, the next line says (时间安排：…), or none does. */
const phaseHeading =
  /^(?:[（(]?[一二三四五六七八\d][）)、.．]\s?)?第[一二三四五六]阶段\s?[：:，,、\s]\s?(?<name>[\u4e00-\u9fa5、“”]{2,24}?)(?:[（(][^（()）\d月]{0,4}\d?[^（()）\d]{0,8}[）)])?[：:。]?$/u;
const phaseTime = /^(?:时间(?:安排|节点)?|起止时间|(?:工作|实施|完成)时间)\s?[：:]\s?(?<dates>[^。；]{4,40})/u;

function headedPhase(
  { flow, issueDate }: NoticeContext,
  text: string,
  passage: Span,
  next: Span | undefined,
  carried: { year: number | null },
): Phase | null {
  const named = phaseHeading.exec(text)?.groups?.name;
  if (!named) return null;
  const when = next && phaseTime.exec(textOf(flow, next).slice(0, 80));
  const dates = when?.groups?.dates ? readRange(when.groups.dates, issueDate, carried) : null;
  const places = [passage, ...(next && when && dates ? [{ start: next.start, end: next.start + when[0].length }] : [])];
  return {
    name: withoutLayoutSpaces(named),
    start: dates?.start ?? null,
    end: dates?.end ?? null,
    evidence: places.map(({ start, end }) => evidenceAt(flow, { start, end }, 0.9)),
  };
}

/** 阶段 | 时间 | 工作内容: the steps as a table in the body. */
function phasesInTable({ flow, issueDate }: NoticeContext, { cells }: FlowTable): Phase[] {
  const text = ({ start, end }: Span) => withoutLayoutSpaces(flow.text.slice(start, end));
  const head = (pattern: RegExp) => cells.find((cell) => cell.row === 0 && pattern.test(text(cell)));
  const name = head(/^(?:工作|实施|行动|整治)?(?:阶段|步骤|环节)(?:名称)?$/u);
  const when = head(/^(?:起止|实施|工作|完成)?(?:时间|日期)(?:安排|节点)?$|^起止/u);
  if (!name || !when) return [];
  const carried: { year: number | null } = { year: null };
  return cells
    .filter((cell) => cell.row > 0 && cell.column === when.column)
    .flatMap((cell): Phase[] => {
      const label = cells.find((other) => other.row === cell.row && other.column === name.column);
      const dates = readRange(text(cell), issueDate, carried);
      if (!label || text(label) === '' || !dates) return [];
      const evidence = [label, cell].map(({ start, end }) => evidenceAt(flow, { start, end }, 0.9));
      return [{ name: text(label), start: dates.start, end: dates.end, evidence }];
    });
}

/** The titles of the sections around a place, outermost first, as one text. */
export function sectionTitles({ flow, notice }: NoticeContext, at: number): string {
  return sectionsAround(notice.sections, at)
    .map(({ title }) => (title ? textOf(flow, title) : ''))
    .join('');
}
