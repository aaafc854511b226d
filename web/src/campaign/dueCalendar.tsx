import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Skeleton, Space, Switch, Tag } from 'antd';
import { useState } from 'react';
import type { CampaignDetail, CampaignDue } from '../../../models/api/campaign.ts';
import { campaignCalendarQuery } from '../api/queries.ts';
import { DueItem, today, Weekday } from '../parts/dueItem.tsx';
import { groupBy } from '../parts/groupBy.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { dueWords } from '../words.ts';
import { type Edition, nameOf } from './cascade.ts';

/** Days shown before more is asked for. */
const most = 60;

/** What is due on which day, by whom, to whom; and the same for other calendars. */
export function DueCalendar({ campaign, edition }: { readonly campaign: CampaignDetail; readonly edition: Edition }) {
  const calendar = useQuery(campaignCalendarQuery(campaign.campaignId));
  const [notice, setNotice] = useState<string | null>(null);
  const [all, setAll] = useState<boolean | null>(null);
  const [shown, setShown] = useState(most);
  if (calendar.isError) return <ProblemAlert error={calendar.error} onRetry={() => calendar.refetch()} />;
  if (calendar.data === undefined) return <Skeleton active />;
  const members = new Set(edition.members);
  const own = calendar.data.items.filter(
    (item) => members.has(item.notice) && (notice === null || item.notice === notice),
  );
  const undated = calendar.data.undated.filter(
    (item) => members.has(item.notice) && (notice === null || item.notice === notice),
  );
  const now = today();
  const coming = own.filter((item) => item.date >= now);
  // A campaign that is over has nothing to come: all of it is shown then.
  const showsAll = all ?? coming.length === 0;
  const items = showsAll ? own : coming;
  const days = [...groupBy(items, (item) => item.date)];
  const options = campaign.notices
    .filter((one) => members.has(one.id) && one.deadlines > 0)
    .map((one) => ({
      value: one.id,
      label: [one.issuingBody ?? nameOf(one), one.documentNumber].filter(Boolean).join('　'),
    }));
  return (
    <>
      <div className="filters">
        <Select
          aria-label="只看一件公文的要求"
          className="notice-picker"
          placeholder="全部公文的要求"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={notice}
          options={options}
          onChange={(value: string | null | undefined) => setNotice(value ?? null)}
        />
        <span className="filter-range">
          <Switch size="small" aria-label="含已过日期" checked={showsAll} onChange={setAll} /> 含已过日期
        </span>
      </div>
      <Subscribe campaign={campaign} notice={notice} />
      {days.length === 0 && undated.length === 0 && <Empty description="这些公文没有写明要报送的日期" />}
      <ol className="due-days">
        {days.slice(0, shown).map(([date, due]) => (
          <Day key={date} date={date} items={due} isPast={date < now} />
        ))}
      </ol>
      {days.length > shown && (
        <Button onClick={() => setShown(shown + 200)}>再显示（还有 {days.length - shown} 天）</Button>
      )}
      {undated.length > 0 && (
        <section className="campaign-section">
          <h2>没有确定日期的要求</h2>
          <ul className="lines">
            {undated.map((item) => (
              <li key={`${item.notice}${item.deadline.task}${item.deadline.evidence[0]?.start}`}>
                <strong>{item.deadline.task}</strong>　{dueWords(item.deadline.due)}
                <span className="fact-small">{item.issuingBody}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Day({
  date,
  items,
  isPast,
}: {
  readonly date: string;
  readonly items: readonly CampaignDue[];
  readonly isPast: boolean;
}) {
  const working = items[0]?.workingDay ?? null;
  return (
    <li className={isPast ? 'due-past' : ''}>
      <h3>
        {`${date.slice(0, 4)} 年 ${Number(date.slice(5, 7))} 月 ${Number(date.slice(8))} 日`}
        <Weekday date={date} />
        {working === null ? (
          <Tag>该年放假安排尚未公布</Tag>
        ) : (
          working !== date && <Tag color="gold">休息日，最后工作日 {working.slice(5)}</Tag>
        )}
      </h3>
      <ul className="lines">
        {items.map((item) => (
          <DueItem
            key={`${item.notice}${item.deadline.task}${item.deadline.evidence[0]?.start}`}
            deadline={item.deadline}
            to={`/files/${item.fileId}/${item.noticeId}?tab=deadlines`}
            notice={
              [item.issuingBody, item.documentNumber].filter(Boolean).join('　') || item.noticeTitle || '查看公文'
            }
          />
        ))}
      </ul>
    </li>
  );
}

/** Download, and the address for programs that subscribe. */
function Subscribe({ campaign, notice }: { readonly campaign: CampaignDetail; readonly notice: string | null }) {
  const path = campaign.subscription;
  const whole = notice === null ? path : `${path}${path.includes('?') ? '&' : '?'}notice=${notice}`;
  const url = new URL(whole, location.origin);
  return (
    <div className="subscribe">
      <a href={whole} download>
        <Button>下载日历（.ics）</Button>
      </a>
      <Space.Compact className="subscribe-address">
        <Input readOnly aria-label="订阅地址" value={url.href} onFocus={(event) => event.target.select()} />
        <Button href={url.href.replace(/^https?:/, 'webcal:')}>订阅</Button>
      </Space.Compact>
      <span className="faint">
        把订阅地址加到 Outlook、手机等日历中，日期有变时会自动更新；休息日提前到此前最后一个工作日。
      </span>
    </div>
  );
}
