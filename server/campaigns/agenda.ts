import { addWorkingDays, holidaysAnnounced } from '../../extractors/workingDays.ts';
import type { Agenda, CampaignDue, CampaignNotice } from '../../models/api/campaign.ts';
import type { Deadline, LineageNode } from '../../models/index.ts';
import { addDays, daysOfRule, spanBetween } from '../upcoming.ts';
import type { StoredCampaign } from './campaignStore.ts';

/** A deadline of a notice with the days between which it holds. */
export interface DatedDeadline {
  readonly notice: CampaignNotice;
  readonly deadline: Deadline;
  /** The end of the campaign that the notice, or the nearest one above it, states. */
  readonly ends: string | null;
}

/** Copies say nothing twice. */
export function deadlinesOf(
  campaign: StoredCampaign,
  notices: readonly CampaignNotice[],
  agendas: ReadonlyMap<string, Agenda>,
): readonly DatedDeadline[] {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const found: DatedDeadline[] = [];
  const visit = (node: LineageNode, above: string | null) => {
    const notice = byId.get(node.id);
    const ends = notice?.endDate ?? above;
    if (notice !== undefined) {
      for (const deadline of agendas.get(node.id)?.deadlines ?? []) found.push({ notice, deadline, ends });
    }
    for (const child of node.children) visit(child, ends);
  };
  for (const edition of campaign.editions) for (const root of edition.roots) visit(root, null);
  return found;
}

/** The days from `from` to `to` (both included) on which something is owed. */
export function daysDue({ notice, deadline, ends }: DatedDeadline, from: string, to: string): readonly string[] {
  const span = spanBetween(deadline, notice.issueDate, ends);
  if (span === null) return [];
  const [first, last] = [span.from > from ? span.from : from, span.to < to ? span.to : to];
  if (first > last) return [];
  return span.rrule === null ? [span.to] : daysOfRule(span.rrule, first, last);
}

/** What the notices of a campaign ask for between two days, both included; earliest first. */
export function campaignDues(deadlines: readonly DatedDeadline[], from: string, to: string): readonly CampaignDue[] {
  return deadlines
    .flatMap((dated) => daysDue(dated, from, to).map((date) => ({ ...dated, date })))
    .map(
      ({ date, notice, deadline }): CampaignDue => ({
        date,
        workingDay: lastWorkingDay(date),
        time: deadline.time,
        notice: notice.id,
        fileId: notice.fileId,
        noticeId: notice.noticeId,
        documentNumber: notice.documentNumber,
        noticeTitle: notice.title,
        issuingBody: notice.issuingBody,
        administrativeLevel: notice.administrativeLevel,
        deadline,
      }),
    )
    .sort((a, b) => a.date.localeCompare(b.date) || (a.notice < b.notice ? -1 : 1));
}

/** The day itself or the last working day before it (办公厅 holiday announcements, 调休 included); null: not announced. */
export function lastWorkingDay(date: string): string | null {
  let day = date;
  for (let back = 0; back < 15; back++) {
    if (!holidaysAnnounced(day)) return null;
    const before = addDays(day, -1);
    if (addWorkingDays(before, 1) === day) return day;
    day = before;
  }
  return null;
}
