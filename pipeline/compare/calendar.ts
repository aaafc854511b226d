import { countWorkingDays } from '../../extractors/workingDays.ts';
import type { CalendarCheck } from '../../models/comparison.ts';
import type { Deadline, Due } from '../../models/facts.ts';
import type { Finding } from '../../models/finding.ts';
import type { AdministrativeLevel, Notice } from '../../models/notice.ts';
import { daysInMonth } from '../../models/text/dates.ts';
import { dueWords } from '../../models/words.ts';
import { alignDeadlines, dueDay, periodShift } from './compareDeadlines.ts';
import { bureauOf, campaignNames } from './noticeWords.ts';

const dayMs = 86_400_000;
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs;

type Recurring = Extract<Due, { kind: 'recurring' }>;

/** The day within its period on which something recurring is owed; the last day of the month where none is printed. */
function dayOf(due: Recurring): number | null {
  if (due.day === null) return due.frequency === 'weekly' ? null : 31;
  return due.day < 0 ? 32 + due.day : due.day;
}

/** Days of slack between two recurring dues of one period; null where the periods do not compare. */
function recurringSlack(upper: Recurring, lower: Recurring): number | null {
  const a = dayOf(upper);
  const b = dayOf(lower);
  if (a === null || b === null) return null;
  if (upper.frequency === lower.frequency) {
    if (upper.month !== null && lower.month !== null && upper.month !== lower.month) {
      // 12 月 20 日 against 11 月 30 日 of the same year.
      const days = (month: number, day: number) => dayNumber(`2025-01-01`) + (month - 1) * 30.4 + day;
      return Math.round(days(upper.month, a) - days(lower.month, b));
    }
    return a - b;
  }
  // A county that collects every week has every month's figures in time.
  const rank = ['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly'];
  if (lower.frequency === 'weekly') return null;
  return rank.indexOf(lower.frequency) < rank.indexOf(upper.frequency) ? a - b : null;
}

function lateFinding(upper: Deadline, lower: Deadline, days: number): Finding {
  return {
    code: 'deadline-after-upper-deadline',
    severity: 'warning',
    message: `“${lower.task}”定在${dueWords(lower.due)}，晚于上级要求的${dueWords(upper.due)}（晚${Math.abs(days)}天），下级收齐时已过上级期限。`,
    evidence: [...lower.evidence, ...upper.evidence],
  };
}

/** The last day of the month of YYYY-MM, for figuring; a full date as it is. */
const fullDate = (date: string) => {
  if (date.length === 10) return date;
  const [year, month] = date.split('-').map(Number) as [number, number];
  return `${date}-${daysInMonth(year, month)}`;
};

/** From the outermost level down. */
const levels: readonly AdministrativeLevel[] = ['national', 'provincial', 'prefectural', 'county', 'township'];

/** Whether one notice stands above the other: 1 the first, -1 the second, 0 neither; null where a level is unknown. */
function rankOf(first: Notice, second: Notice): number | null {
  if (first.administrativeLevel === null || second.administrativeLevel === null) return null;
  return Math.sign(levels.indexOf(second.administrativeLevel) - levels.indexOf(first.administrativeLevel));
}

/** Fixed dates further apart than this belong to the campaigns of two years. */
const sameCampaignDays = 270;

/**
 * Holds every recurring and final date of the lower notice against the same duty of the upper one: a lower level must
 * collect before it has to report. Working days are those announced; for years without announced holidays they are not
 * counted, nor with `workingDays: false`. Only duties that both notices have are checked (`compareNotices` says which are missing).
 * The notice of the higher level is the upper one, whichever is given first; two notices of one body's level (two years,
 * two neighbours) owe each other nothing, so there is nothing to check. Fixed dates of two years are not held together.
 */
export function checkCalendar(
  first: Notice,
  second: Notice,
  { workingDays = true }: { readonly workingDays?: boolean } = {},
): CalendarCheck[] {
  const rank = rankOf(first, second);
  if (rank === 0) return [];
  const [upper, lower] = rank === -1 ? [second, first] : [first, second];
  const { pairs } = alignDeadlines(upper.deadlines, lower.deadlines, {
    bureaus: [bureauOf(upper), bureauOf(lower)],
    names: campaignNames(upper, lower),
  });
  return pairs.map((pair): CalendarCheck => {
    const a = upper.deadlines[pair.left]!;
    const b = lower.deadlines[pair.right]!;
    let slackDays: number | null = null;
    let slackWorkingDays: number | null = null;
    if (a.due.kind === 'recurring' && b.due.kind === 'recurring') {
      const slack = recurringSlack(a.due, b.due);
      const length = a.due.frequency === 'weekly' ? 7 : 30;
      // 当月 by the 28th stands before 上月 by the 3rd.
      slackDays = slack === null ? null : slack - periodShift(a, b) * length;
    } else {
      const to = dueDay(a.due);
      const from = dueDay(b.due);
      if (to !== null && from !== null) {
        const days = Math.round(dayNumber(fullDate(to)) - dayNumber(fullDate(from)));
        if (Math.abs(days) < sameCampaignDays) {
          slackDays = days;
          if (workingDays) slackWorkingDays = countWorkingDays(fullDate(from), fullDate(to));
        }
      }
    }
    // On the same day the hour decides, where both are printed.
    const sameDayTooLate = slackDays === 0 && a.time !== null && b.time !== null && b.time > a.time;
    const late = slackDays !== null && (slackDays < 0 || sameDayTooLate);
    return {
      upper: a,
      lower: b,
      slackDays,
      slackWorkingDays,
      finding: late ? lateFinding(a, b, slackDays!) : null,
    };
  });
}

/** The findings alone: what a careful clerk would query in the lower notice. */
export function calendarFindings(upper: Notice, lower: Notice): Finding[] {
  return checkCalendar(upper, lower).flatMap(({ finding }) => (finding === null ? [] : [finding]));
}
