import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Input, Segmented, Select, Table, type TableColumnsType, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { NoticeSummary } from '../../../server/records.ts';
import { noticesQuery } from '../api/queries.ts';
import { Marked } from '../parts/marked.tsx';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { levelWords, severityColors, severityWords } from '../words.ts';
import { UnreadFiles } from './unreadFiles.tsx';

const pageSize = 20;
const levels = Object.entries(levelWords).map(([value, label]) => ({ value, label }));
const findingChoices = [
  { value: 'error', label: '有错误' },
  { value: 'warning', label: '有错误或存疑' },
  { value: 'info', label: '有任何疑点' },
];

/** All notices: filtered, sorted, searched and paged by the server. What is chosen stands in the address. */
export function LibraryPage() {
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') ?? 'notices';
  const set = (values: Readonly<Record<string, string | null | undefined>>) => {
    const next = new URLSearchParams(search);
    if (!('page' in values)) next.delete('page');
    for (const [key, value] of Object.entries(values)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setSearch(next, { replace: true });
  };
  return (
    <>
      <h1>文件库</h1>
      <div className="filters">
        <Segmented
          aria-label="查看"
          value={view}
          onChange={(value) => set({ view: value === 'notices' ? null : value })}
          options={[
            { value: 'notices', label: '公文' },
            { value: 'waiting', label: '等待读取' },
            { value: 'failed', label: '读取失败' },
          ]}
        />
      </div>
      {view === 'waiting' || view === 'failed' ? <UnreadFiles state={view} /> : <Notices search={search} set={set} />}
    </>
  );
}

function Notices({
  search,
  set,
}: {
  readonly search: URLSearchParams;
  readonly set: (values: Readonly<Record<string, string | null | undefined>>) => void;
}) {
  const page = Math.max(1, Number(search.get('page')) || 1);
  const words = search.get('q') ?? '';
  const sort = search.get('sort') ?? 'issueDate';
  const order = search.get('order') === 'asc' ? 'asc' : 'desc';
  const pick = (key: string) => search.get(key);
  const notices = useQuery({
    ...noticesQuery({
      q: words,
      level: pick('level'),
      region: pick('region'),
      documentType: pick('documentType'),
      campaign: pick('campaign'),
      issuedFrom: pick('issuedFrom'),
      issuedTo: pick('issuedTo'),
      finding: pick('finding'),
      sort,
      order,
      limit: pageSize,
      offset: (page - 1) * pageSize,
    }),
    placeholderData: keepPreviousData,
  });
  const campaign = pick('campaign');
  const sortable = (key: string) => ({
    key,
    sorter: true,
    sortDirections: ['ascend' as const, 'descend' as const],
    sortOrder: sort === key ? (order === 'asc' ? ('ascend' as const) : ('descend' as const)) : null,
  });
  const columns: TableColumnsType<NoticeSummary> = [
    {
      title: '标题',
      ...sortable('title'),
      render: (_, notice) => (
        <>
          <Link to={`/files/${notice.fileId}/${notice.noticeId}`}>{notice.title ?? notice.fileName}</Link>
          {notice.restricted && (
            <Tag color="red" className="after">
              {notice.securityLevel ?? '不予公开'}
            </Tag>
          )}
          {notice.snippet !== null && (
            <div className="snippet">
              <Marked text={notice.snippet} query={words} />
            </div>
          )}
        </>
      ),
    },
    { title: '发文字号', ...sortable('documentNumber'), width: 170, render: (_, one) => one.documentNumber ?? '—' },
    { title: '发文机关', ...sortable('issuingBody'), width: 170, render: (_, one) => one.issuingBody ?? '—' },
    {
      title: '层级',
      ...sortable('level'),
      width: 80,
      render: (_, one) => (one.administrativeLevel === null ? '—' : levelWords[one.administrativeLevel]),
    },
    { title: '行政区划', ...sortable('region'), width: 95, render: (_, one) => one.region?.name ?? '—' },
    {
      title: '成文日期',
      ...sortable('issueDate'),
      width: 115,
      render: (_, one) => <span className="nowrap">{one.issueDate ?? '—'}</span>,
    },
    {
      title: '专项行动',
      ...sortable('campaign'),
      width: 170,
      render: (_, one) =>
        one.campaign === null ? (
          '—'
        ) : (
          <Link to={`/library?campaign=${encodeURIComponent(one.campaign)}`}>{one.campaign}</Link>
        ),
    },
    {
      title: '疑点',
      ...sortable('findings'),
      width: 95,
      render: (_, one) =>
        one.gravestFinding === null ? (
          <span className="faint">无</span>
        ) : (
          <Tag color={severityColors[one.gravestFinding]}>
            {severityWords[one.gravestFinding]} {one.counts.findings}
          </Tag>
        ),
    },
  ];
  return (
    <>
      <search className="filters">
        <Input.Search
          key={words}
          className="filter-words"
          aria-label="全文检索"
          placeholder="全文检索：词语 &quot;短语&quot; -排除"
          defaultValue={words}
          maxLength={200}
          allowClear
          enterButton="查找"
          onSearch={(value) => set({ q: value.trim() })}
        />
        <Select
          aria-label="层级"
          placeholder="层级"
          allowClear
          className="filter"
          options={levels}
          value={pick('level')}
          onChange={(value: string | null | undefined) => set({ level: value })}
        />
        <Select
          aria-label="疑点"
          placeholder="疑点"
          allowClear
          className="filter"
          options={findingChoices}
          value={pick('finding')}
          onChange={(value: string | null | undefined) => set({ finding: value })}
        />
        <label htmlFor="issued-from">成文日期</label>
        <Input
          id="issued-from"
          type="date"
          className="filter-date"
          value={pick('issuedFrom') ?? ''}
          aria-label="成文日期，从"
          onChange={(event) => set({ issuedFrom: event.target.value })}
        />
        <label htmlFor="issued-to">至</label>
        <Input
          id="issued-to"
          type="date"
          className="filter-date"
          value={pick('issuedTo') ?? ''}
          aria-label="成文日期，到"
          onChange={(event) => set({ issuedTo: event.target.value })}
        />
        {campaign !== null && (
          <Tag closable onClose={() => set({ campaign: null })}>
            专项行动：{campaign}
          </Tag>
        )}
      </search>
      {notices.isError ? (
        <ProblemAlert error={notices.error} onRetry={() => notices.refetch()} />
      ) : (
        <Table<NoticeSummary>
          rowKey={(notice) => `${notice.fileId}/${notice.noticeId}`}
          columns={columns}
          dataSource={[...(notices.data?.items ?? [])]}
          loading={notices.isFetching && notices.data === undefined}
          scroll={{ x: 1180 }}
          size="middle"
          showSorterTooltip={false}
          locale={{ emptyText: <NoNotices searched={[...search.keys()].length > 0} /> }}
          pagination={{
            current: page,
            pageSize,
            total: notices.data?.total ?? 0,
            showSizeChanger: false,
            showTotal: (total) => `共 ${total} 件`,
          }}
          onChange={(pagination, _filters, sorter, { action }) => {
            if (action === 'paginate') set({ page: String(pagination.current ?? 1) });
            else if (!Array.isArray(sorter)) {
              set({ sort: String(sorter.columnKey), order: sorter.order === 'ascend' ? 'asc' : 'desc' });
            }
          }}
        />
      )}
    </>
  );
}

function NoNotices({ searched }: { readonly searched: boolean }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={searched ? '没有符合条件的公文' : '库中还没有公文'}>
      {searched ? <Link to="/library">清除条件</Link> : <Link to="/upload">上传公文</Link>}
    </Empty>
  );
}
