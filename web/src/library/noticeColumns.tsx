import { type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import type { NoticeSummary } from '../../../models/api/library.ts';
import { Marked } from '../parts/marked.tsx';
import { levelWords, severityColors, severityWords } from '../words.ts';

interface Shown {
  /** false: on a phone, where one column tells all. */
  readonly isWide: boolean;
  /** What was searched for. */
  readonly words: string;
  readonly sort: string;
  readonly order: 'asc' | 'desc';
}

/** What the list of notices shows of each. */
export function noticeColumns({ isWide, words, sort, order }: Shown): TableColumnsType<NoticeSummary> {
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
            <Tag color="red" className="after restricted">
              {notice.securityLevel ?? '不予公开'}
            </Tag>
          )}
          {!isWide && (
            <span className="fact-small">
              {[notice.documentNumber, notice.issuingBody, notice.issueDate].filter(Boolean).join('　')}{' '}
              <Findings notice={notice} />
            </span>
          )}
          {notice.snippet !== null && (
            <div className="snippet">
              <Marked text={notice.snippet} query={words} />
            </div>
          )}
        </>
      ),
    },
  ];
  if (!isWide) return columns;
  columns.push(
    { title: '发文字号', ...sortable('documentNumber'), width: 170, render: (_, one) => one.documentNumber ?? '—' },
    { title: '发文机关', ...sortable('issuingBody'), width: 170, render: (_, one) => one.issuingBody ?? '—' },
    {
      title: '层级',
      ...sortable('level'),
      width: 80,
      render: (_, one) => (one.administrativeLevel === null ? '—' : levelWords[one.administrativeLevel]),
    },
    { title: '行政区划', ...sortable('region'), width: 105, render: (_, one) => one.region?.name ?? '—' },
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
    { title: '疑点', ...sortable('findings'), width: 95, render: (_, one) => <Findings notice={one} none="无" /> },
  );
  return columns;
}

function Findings({ notice, none = '' }: { readonly notice: NoticeSummary; readonly none?: string }) {
  if (notice.gravestFinding === null) return <span className="faint">{none}</span>;
  return (
    <Link to={`/files/${notice.fileId}/${notice.noticeId}?tab=findings`}>
      <Tag color={severityColors[notice.gravestFinding]}>
        {severityWords[notice.gravestFinding]} {notice.counts.findings}
      </Tag>
    </Link>
  );
}
