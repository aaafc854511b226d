import { useQuery } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CampaignDetail, CampaignDue, CampaignNotice } from '../../../models/api/campaign.ts';
import { campaignCalendarQuery } from '../api/queries.ts';
import { levelWords } from '../words.ts';
import { type Edition, nameOf, nodesOf, pageOf } from './cascade.ts';

interface Bar {
  readonly label: string;
  readonly start: string;
  readonly end: string;
  readonly kind: 'whole' | 'phase';
}

interface Row {
  readonly notice: CampaignNotice;
  readonly bars: readonly Bar[];
  readonly dues: readonly CampaignDue[];
}

const dayMs = 86_400_000;
const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const firstDay = (date: string) => (date.length === 7 ? `${date}-01` : date);
function lastDay(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const most = 25;

/** Phases as bars and deadlines as marks, a row for each notice, from the upper levels down. */
export function Timeline({ campaign, edition }: { readonly campaign: CampaignDetail; readonly edition: Edition }) {
  const [shown, setShown] = useState(most);
  const calendar = useQuery(campaignCalendarQuery(campaign.campaignId));
  const rows = rowsOf(campaign, edition, calendar.data?.items ?? []);
  const dates = rows.flatMap(({ notice, bars, dues }) => [
    ...(notice.issueDate === null ? [] : [notice.issueDate]),
    ...bars.flatMap(({ start, end }) => [start, end]),
    ...dues.map(({ date }) => date),
  ]);
  if (dates.length === 0) {
    return calendar.isPending ? null : <Empty description="这些公文没有写明阶段和时限" />;
  }
  const scale = scaleOf(dates);
  return (
    <>
      <p className="faint timeline-legend">
        <span className="timeline-key timeline-whole" /> 行动起止
        <span className="timeline-key timeline-phase" /> 阶段
        <span className="timeline-key timeline-issued" /> 成文
        <span className="timeline-key timeline-due" /> 时限
      </p>
      <ul className="timeline" aria-label="阶段和时限">
        <li className="timeline-row timeline-months" aria-hidden="true">
          <div>公文</div>
          <div className="timeline-track">
            {scale.months.map((month) => (
              <span key={month.label} style={{ insetInlineStart: `${month.place}%` }}>
                {month.label}
              </span>
            ))}
          </div>
        </li>
        {rows.slice(0, shown).map((row) => (
          <TimelineRow key={row.notice.id} row={row} scale={scale} />
        ))}
      </ul>
      {rows.length > shown && (
        <Button onClick={() => setShown(shown + 100)}>再显示 {Math.min(100, rows.length - shown)} 件</Button>
      )}
    </>
  );
}

interface Scale {
  readonly place: (date: string) => number;
  readonly months: readonly { readonly label: string; readonly place: number }[];
}

/** From the first of the first month to the end of the last; labels as many as there is room for. */
function scaleOf(dates: readonly string[]): Scale {
  const sorted = [...dates].sort();
  const start = at(`${(sorted[0] ?? '').slice(0, 7)}-01`);
  const end = at(lastDay((sorted.at(-1) ?? '').slice(0, 7))) + dayMs;
  const place = (date: string) => Math.min(100, Math.max(0, ((at(date) - start) / (end - start)) * 100));
  const months: { label: string; place: number }[] = [];
  const from = new Date(start);
  const count =
    (new Date(end - 1).getUTCFullYear() - from.getUTCFullYear()) * 12 +
    new Date(end - 1).getUTCMonth() -
    from.getUTCMonth() +
    1;
  const step = Math.max(1, Math.ceil(count / 12));
  for (let month = 0; month < count; month += step) {
    const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month, 1));
    const isFirst = months.length === 0 || day.getUTCMonth() < step;
    const label = `${isFirst ? `${day.getUTCFullYear()} 年 ` : ''}${day.getUTCMonth() + 1} 月`;
    months.push({ label, place: place(day.toISOString().slice(0, 10)) });
  }
  return { place, months };
}

function rowsOf(campaign: CampaignDetail, edition: Edition, dues: readonly CampaignDue[]): readonly Row[] {
  const notices = new Map(campaign.notices.map((notice) => [notice.id, notice]));
  const duesOf = new Map<string, CampaignDue[]>();
  for (const due of dues) duesOf.set(due.notice, [...(duesOf.get(due.notice) ?? []), due]);
  return nodesOf(edition.roots)
    .flatMap((node) => notices.get(node.id) ?? [])
    .map((notice): Row => {
      const whole: readonly Bar[] =
        notice.startDate !== null && notice.endDate !== null
          ? [{ label: '行动起止', start: firstDay(notice.startDate), end: lastDay(notice.endDate), kind: 'whole' }]
          : [];
      const phases = notice.phases.flatMap((phase): readonly Bar[] => {
        const [start, end] = [phase.start ?? notice.issueDate, phase.end];
        return start === null || end === null
          ? []
          : [{ label: phase.name, start: firstDay(start), end: lastDay(end), kind: 'phase' }];
      });
      return { notice, bars: [...whole, ...phases], dues: duesOf.get(notice.id) ?? [] };
    })
    .filter(({ bars, dues: own }) => bars.length + own.length > 0);
}

function TimelineRow({ row, scale }: { readonly row: Row; readonly scale: Scale }) {
  const { notice, bars, dues } = row;
  return (
    <li className="timeline-row">
      <div className="timeline-name">
        {notice.administrativeLevel !== null && (
          <span className="faint">{levelWords[notice.administrativeLevel]}　</span>
        )}
        <Link to={pageOf(notice)}>{notice.issuingBody ?? nameOf(notice)}</Link>
      </div>
      <div className="timeline-track">
        {bars.map((bar) => {
          const left = scale.place(bar.start);
          const width = Math.max(0.4, scale.place(bar.end) - left);
          const words = `${bar.label}：${bar.start} 至 ${bar.end}`;
          return (
            <span
              key={words}
              className={`timeline-bar timeline-${bar.kind}`}
              style={{ insetInlineStart: `${left}%`, inlineSize: `${width}%` }}
              title={words}
            >
              {bar.kind === 'phase' ? bar.label : <span className="visually-hidden">{words}</span>}
            </span>
          );
        })}
        {notice.issueDate !== null && (
          <span
            className="timeline-mark timeline-issued"
            style={{ insetInlineStart: `${scale.place(notice.issueDate)}%` }}
            title={`成文 ${notice.issueDate}`}
          >
            <span className="visually-hidden">成文 {notice.issueDate}</span>
          </span>
        )}
        {dues.map((due) => (
          <span
            key={`${due.date}${due.deadline.task}`}
            className="timeline-mark timeline-due"
            style={{ insetInlineStart: `${scale.place(due.date)}%` }}
            title={`${due.date} ${due.deadline.task}`}
          >
            <span className="visually-hidden">
              {due.date} {due.deadline.task}
            </span>
          </span>
        ))}
      </div>
    </li>
  );
}
