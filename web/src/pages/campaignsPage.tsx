import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Skeleton, Tag } from 'antd';
import { Link } from 'react-router';
import type { NoticeSummary } from '../../../server/records.ts';
import { noticesQuery } from '../api/queries.ts';
import { groupBy } from '../parts/groupBy.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { levelWords } from '../words.ts';

const levels = ['national', 'provincial', 'prefectural', 'county', 'township'] as const;

/** The campaigns that notices of the library name, each with its notices from the nation down. */
export function CampaignsPage() {
  const notices = useQuery(noticesQuery({ sort: 'campaign', order: 'asc', limit: 500 }));
  if (notices.isError) return <ProblemAlert error={notices.error} onRetry={() => notices.refetch()} />;
  const campaigns = groupBy(
    (notices.data?.items ?? []).filter((notice) => notice.campaign !== null),
    (notice) => notice.campaign ?? '',
  );
  return (
    <>
      <h1>专项行动</h1>
      {notices.isPending && <Skeleton active />}
      {notices.isSuccess && campaigns.size === 0 && (
        <Card>
          <Empty description="库中的公文没有提到专项行动" />
        </Card>
      )}
      <div className="campaigns">
        {[...campaigns].map(([name, own]) => (
          <Card key={name} title={<h2 className="card-title">{name}</h2>} extra={`${own.length} 件`}>
            <ol className="lines">
              {own.toSorted(byLevel).map((notice) => (
                <li
                  key={`${notice.fileId}/${notice.noticeId}`}
                  style={{ paddingInlineStart: `${Math.max(0, depth(notice)) * 20}px` }}
                >
                  {notice.administrativeLevel !== null && <Tag>{levelWords[notice.administrativeLevel]}</Tag>}
                  <Link to={`/files/${notice.fileId}/${notice.noticeId}`}>{notice.title ?? notice.fileName}</Link>
                  <span className="fact-small">
                    {[notice.documentNumber, notice.issuingBody, notice.issueDate].filter(Boolean).join('　')}
                  </span>
                </li>
              ))}
            </ol>
          </Card>
        ))}
      </div>
    </>
  );
}

function depth(notice: NoticeSummary): number {
  return notice.administrativeLevel === null ? 0 : levels.indexOf(notice.administrativeLevel);
}

function byLevel(a: NoticeSummary, b: NoticeSummary): number {
  return depth(a) - depth(b) || (a.issueDate ?? '').localeCompare(b.issueDate ?? '');
}
