import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty, Input, Table, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { CampaignSummary } from '../../../models/api/campaign.ts';
import { campaignsQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { levelWords } from '../words.ts';

const pageSize = 20;

/** The campaigns of the library; those of several notices first. */
export function CampaignsPage() {
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const page = Math.max(1, Number(search.get('page')) || 1);
  const campaigns = useQuery({
    ...campaignsQuery({ q, limit: pageSize, offset: (page - 1) * pageSize }),
    // As long as the server is still linking, the list grows.
    refetchInterval: (query) => ((query.state.data?.pending ?? 0) > 0 ? 2_000 : false),
    placeholderData: (before) => before,
  });
  const set = (next: Record<string, string>) => setSearch(next, { replace: true });
  const isEmpty = campaigns.data?.total === 0 && campaigns.data.pending === 0;
  return (
    <>
      <h1>专项行动</h1>
      {campaigns.isError ? (
        <ProblemAlert error={campaigns.error} onRetry={() => campaigns.refetch()} />
      ) : isEmpty && q === '' ? (
        <Card>
          <Empty description="库中的公文没有提到专项行动。上传公文后，会按文号、标题、转发关系和行动名称自动归集。">
            <Link to="/upload">上传公文</Link>
          </Empty>
        </Card>
      ) : (
        <>
          <div className="filters">
            <Input.Search
              className="filter-words"
              aria-label="按行动名称查找"
              placeholder="按行动名称查找"
              defaultValue={q}
              allowClear
              enterButton="查找"
              onSearch={(words) => set(words.trim() === '' ? {} : { q: words.trim() })}
            />
          </div>
          {(campaigns.data?.pending ?? 0) > 0 && (
            <Alert className="campaign-note" type="info" showIcon title="正在归集新到的公文，列表会自动更新。" />
          )}
          <Table<CampaignSummary>
            rowKey="campaignId"
            loading={campaigns.isPending}
            dataSource={[...(campaigns.data?.items ?? [])]}
            columns={columns}
            scroll={{ x: 1_000 }}
            locale={{ emptyText: '没有符合条件的专项行动' }}
            pagination={{
              current: page,
              pageSize,
              total: campaigns.data?.total ?? 0,
              showSizeChanger: false,
              hideOnSinglePage: true,
              showTotal: (total) => `共 ${total} 项`,
              onChange: (next) => set({ ...(q === '' ? {} : { q }), ...(next === 1 ? {} : { page: String(next) }) }),
            }}
          />
        </>
      )}
    </>
  );
}

const columns = [
  {
    title: '专项行动',
    key: 'name',
    render: (_: unknown, one: CampaignSummary) => <Link to={`/campaigns/${one.campaignId}`}>{one.name}</Link>,
  },
  {
    title: '年度',
    key: 'years',
    width: 120,
    render: (_: unknown, one: CampaignSummary) => one.years.join('、') || '不详',
  },
  {
    title: '公文',
    key: 'members',
    width: 80,
    align: 'right' as const,
    render: (_: unknown, one: CampaignSummary) => `${one.members} 件`,
  },
  {
    title: '层级',
    key: 'levels',
    width: 220,
    render: (_: unknown, one: CampaignSummary) => one.levels.map((level) => levelWords[level]).join('、'),
  },
  {
    title: '需要看一看',
    key: 'look',
    width: 200,
    render: (_: unknown, one: CampaignSummary) => (
      <>
        {one.missing > 0 && <Tag color="gold">未入库 {one.missing} 件</Tag>}
        {one.doubtful > 0 && <Tag color="blue">待核对关联 {one.doubtful} 条</Tag>}
      </>
    ),
  },
  {
    title: '最近成文',
    key: 'last',
    width: 120,
    className: 'nowrap',
    render: (_: unknown, one: CampaignSummary) => one.lastDate ?? '不详',
  },
];
