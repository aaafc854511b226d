import { useQuery } from '@tanstack/react-query';
import { Button, Card, Segmented, Spin, Tabs, Tag } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import type { CampaignDetail } from '../../../models/api/campaign.ts';
import { campaignQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { levelWords } from '../words.ts';
import './campaign.css';
import { cascadeOf } from './cascade.ts';
import { ContactsTable } from './contactsTable.tsx';
import { DecisionList } from './decisionList.tsx';
import { DueCalendar } from './dueCalendar.tsx';
import { LineageTree } from './lineageTree.tsx';
import { OtherLinks } from './otherLinks.tsx';
import { RegionGaps } from './regionGaps.tsx';
import { Timeline } from './timeline.tsx';

/** One campaign: who passed on whose notice, when what is due to whom, and who has issued nothing. */
export function CampaignPage() {
  const { campaignId = '' } = useParams();
  const campaign = useQuery(campaignQuery(campaignId));
  if (campaign.isError) return <ProblemAlert error={campaign.error} onRetry={() => campaign.refetch()} />;
  if (campaign.data === undefined) return <Spin className="page-spin" description="正在打开…" />;
  return <Shown campaign={campaign.data} />;
}

function matrixAddress(campaign: string, year: number | null): string {
  const search = new URLSearchParams({ by: 'campaign', campaign, ...(year === null ? {} : { year: String(year) }) });
  return `/matrix?${search}`;
}

function Shown({ campaign }: { readonly campaign: CampaignDetail }) {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const years = campaign.editions.map((edition) => String(edition.year ?? '不详'));
  const asked = years.indexOf(search.get('year') ?? '');
  const at = asked >= 0 ? asked : years.length - 1;
  const edition = campaign.editions[at];
  if (edition === undefined) return null;
  const silent = edition.gaps.reduce((sum, gap) => sum + gap.silent.length, 0);
  const cascade = cascadeOf(edition, campaign.notices);
  return (
    <>
      <p className="campaign-back">
        <Link to="/campaigns">全部专项行动</Link>
      </p>
      <div className="campaign-head">
        <div>
          <h1>{campaign.name}</h1>
          <p className="faint">
            {campaign.levels.map((level) => (
              <Tag key={level}>{levelWords[level]}</Tag>
            ))}
            {`${campaign.members} 件公文`}
            {campaign.missing > 0 && `，${campaign.missing} 件被引用的文件未入库`}
            {campaign.firstDate !== null && `，成文 ${campaign.firstDate} 至 ${campaign.lastDate ?? ''}`}
          </p>
        </div>
        {cascade !== null && (
          <div className="campaign-actions">
            <Link to={`/compare?left=${cascade.upper}&right=${cascade.lowers[0]}`}>
              <Button>与下级逐件比对</Button>
            </Link>
            {cascade.lowers.length > 1 && (
              <Link to={matrixAddress(campaign.campaignId, edition.year)}>
                <Button>各下级落实矩阵</Button>
              </Link>
            )}
          </div>
        )}
      </div>
      {years.length > 1 && (
        <Segmented
          className="campaign-years"
          aria-label="年度"
          value={years[at] ?? ''}
          options={years.map((year) => ({ label: year === '不详' ? '年份不详' : `${year} 年`, value: year }))}
          onChange={(year) => set('year', String(year))}
        />
      )}
      <Card className="campaign-body">
        <Tabs
          activeKey={search.get('tab') ?? 'tree'}
          onChange={(tab) => set('tab', tab)}
          items={[
            {
              key: 'tree',
              label: '传达脉络',
              children: (
                <>
                  <LineageTree campaign={campaign} edition={edition} />
                  <OtherLinks campaign={campaign} edition={edition} />
                </>
              ),
            },
            { key: 'timeline', label: '时间安排', children: <Timeline campaign={campaign} edition={edition} /> },
            { key: 'calendar', label: '日历', children: <DueCalendar campaign={campaign} edition={edition} /> },
            { key: 'contacts', label: '联系人', children: <ContactsTable campaign={campaign} edition={edition} /> },
            { key: 'gaps', label: `未见印发 ${silent}`, children: <RegionGaps gaps={edition.gaps} /> },
            {
              key: 'decisions',
              label: `人工决定 ${campaign.decisions.length}`,
              children: <DecisionList campaign={campaign} />,
            },
          ]}
        />
      </Card>
    </>
  );
}
