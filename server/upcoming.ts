import rrule from 'rrule';
import { z } from 'zod';
import { Deadline, IsoDate, type Notice } from '../models/index.ts';
import { FileId } from './records.ts';

/** Something that is owed on a day, with the notice that says so. */
export const UpcomingDeadline = z
  .object({
    date: IsoDate,
    fileId: FileId,
    noticeId: z.string(),
    documentNumber: z.string().nullable(),
    noticeTitle: z.string().nullable(),
    issuingBody: z.string().nullable(),
    deadline: Deadline,
  })
  .readonly()
  .meta({ id: 'UpcomingDeadline', title: '将到期限' });
export type UpcomingDeadline = z.infer<typeof UpcomingDeadline>;

const dayMs = 86_400_000;
const midnight = (date: string) => new Date(`${date}T00:00:00Z`);
const iso = (date: Date) => date.toISOString().slice(0, 10);

/** YYYY-MM-DD some days later. */
export function addDays(date: string, days: number): string {
  return iso(new Date(midnight(date).getTime() + days * dayMs));
}

/** The last day that YYYY-MM or YYYY-MM-DD means. */
function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 1] = date.split('-').map(Number);
  return iso(new Date(Date.UTC(year, month, 0)));
}

/**
 * The days from `from` to `to` (both included) on which a deadline is due. A recurring one begins with the notice and
 * ends with its campaign; one without a campaign is taken to hold for two years after the 成文日期.
 */
export function daysDue(deadline: Deadline, notice: Notice, from: string, to: string): readonly string[] {
  const { due } = deadline;
  const within = (date: string | null) =>
    date !== null && lastDayOf(date) >= from && lastDayOf(date) <= to ? [lastDayOf(date)] : [];
  if (due.kind === 'date' || due.kind === 'relative') return within(due.date);
  if (due.kind === 'period') return within(due.end);
  const issued = notice.issueDate?.value ?? null;
  const begin = issued === null || issued < from ? from : issued;
  const campaignEnd = notice.campaign?.endDate ?? null;
  const last = campaignEnd !== null ? lastDayOf(campaignEnd) : issued === null ? to : addDays(issued, 730);
  const end = last < to ? last : to;
  if (begin > end) return [];
  const rule = parsedRule(due.rrule);
  return rule === null ? [] : rule(midnight(issued ?? from), midnight(begin), midnight(end)).map(iso);
}

function parsedRule(text: string): ((start: Date, from: Date, to: Date) => readonly Date[]) | null {
  try {
    const options = rrule.RRule.parseString(text.replace(/^RRULE:/, ''));
    return (start, from, to) => new rrule.RRule({ ...options, dtstart: start }).between(from, to, true);
  } catch {
    return null;
  }
}

/** What a notice asks for between two days, in their order. */
export function upcomingOf(fileId: string, notice: Notice, from: string, to: string): readonly UpcomingDeadline[] {
  return notice.deadlines
    .flatMap((deadline) =>
      daysDue(deadline, notice, from, to).map((date) => ({
        date,
        fileId,
        noticeId: notice.id,
        documentNumber: notice.documentNumber?.value ?? null,
        noticeTitle: notice.title?.value ?? null,
        issuingBody: notice.issuingBody?.value ?? null,
        deadline,
      })),
    )
    .sort((a, b) => a.date.localeCompare(b.date));
}
