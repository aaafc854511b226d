import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { UpcomingDeadline } from '../../../models/api/library.ts';
import { filesQuery, noticesQuery, upcomingQuery } from '../api/queries.ts';
import { DueItem, today, Weekday } from '../parts/dueItem.tsx';
import { groupBy } from '../parts/groupBy.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { problemWords } from '../problemWords.ts';
import { severityColors, severityWords } from '../words.ts';

const days = 14;
/** What is due, what came in, what needs a look. */
export function HomePage() {
  const from = today();
  const upcoming = useQuery(upcomingQuery({ from, days }));
  const recent = useQuery(noticesQuery({ sort: 'received', limit: 8 }));
  const doubtful = useQuery(noticesQuery({ finding: 'warning', sort: 'received', limit: 8 }));
  const failed = useQuery(filesQuery({ state: 'failed', limit: 5 }));
  const nothingYet = recent.data?.total === 0 && failed.data?.total === 0;
  if (nothingYet) {
    return (
      <>
        <h1>首页</h1>
        <Card>
          <Empty description="库中还没有公文。上传后，这里会列出将到的期限、新到的公文和需要核对的疑点。">
            <Link to="/upload">上传公文</Link>
          </Empty>
        </Card>
      </>
    );
  }
  return (
    <>
      <h1>首页</h1>
      <div className="home">
        <Part title={`今后 ${days} 天的期限`} query={upcoming} className="home-due">
          {({ items }) =>
            items.length === 0 ? <Nothing words={`今后 ${days} 天没有到期的事项`} /> : <Due items={items} from={from} />
          }
        </Part>
        <div className="home-side">
          <Part title="新到公文" query={recent} more={<Link to="/library?sort=received">全部</Link>}>
            {({ items }) => (
              <ul className="lines">
                {items.map((notice) => (
                  <li key={`${notice.fileId}/${notice.noticeId}`}>
                    <Link to={`/files/${notice.fileId}/${notice.noticeId}`}>{notice.title ?? notice.fileName}</Link>
                    <span className="fact-small">
                      {[notice.documentNumber, notice.issuingBody, notice.issueDate].filter(Boolean).join('　')}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Part>
          <Part title="需要核对" query={doubtful} more={<Link to="/library?finding=warning&sort=findings">全部</Link>}>
            {({ items, total }) => (
              <ul className="lines">
                {failed.data?.items.map((file) => (
                  <li key={file.fileId}>
                    <Tag color="red">读取失败</Tag>
                    <Link to="/library?view=failed">{file.fileName}</Link>
                    <span className="fact-small">{problemWords(file.problem).what}</span>
                  </li>
                ))}
                {items.map((notice) => (
                  <li key={`${notice.fileId}/${notice.noticeId}`}>
                    {notice.gravestFinding !== null && (
                      <Tag color={severityColors[notice.gravestFinding]}>
                        {severityWords[notice.gravestFinding]} {notice.counts.findings}
                      </Tag>
                    )}
                    <Link to={`/files/${notice.fileId}/${notice.noticeId}?tab=findings`}>
                      {notice.title ?? notice.fileName}
                    </Link>
                  </li>
                ))}
                {total === 0 && failed.data?.total === 0 && <Nothing words="没有需要核对的公文" />}
              </ul>
            )}
          </Part>
        </div>
      </div>
    </>
  );
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

function Part<T>({
  title,
  query,
  more,
  className,
  children,
}: {
  readonly title: string;
  readonly query: Asked<T>;
  readonly more?: ReactNode;
  readonly className?: string;
  readonly children: (data: T) => ReactNode;
}) {
  return (
    <Card title={<h2 className="card-title">{title}</h2>} extra={more} className={className ?? ''}>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.error ? (
        <ProblemAlert error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <Skeleton active />
      )}
    </Card>
  );
}

function Nothing({ words }: { readonly words: string }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words} />;
}

function Due({ items, from }: { readonly items: readonly UpcomingDeadline[]; readonly from: string }) {
  const byDay = groupBy(items, (item) => item.date);
  return (
    <ol className="due-days">
      {[...byDay].map(([date, own]) => (
        <li key={date}>
          <h3>
            {Number(date.slice(5, 7))} 月 {Number(date.slice(8))} 日
            <Weekday date={date} />
            <Tag color={leftDays(from, date) <= 3 ? 'red' : 'default'}>{leftWords(leftDays(from, date))}</Tag>
          </h3>
          <ul className="lines">
            {own.map((item) => (
              <DueItem
                key={`${item.fileId}${item.noticeId}${item.deadline.task}${item.deadline.evidence[0]?.start}`}
                deadline={item.deadline}
                to={placeOf(item)}
                notice={item.documentNumber ?? item.noticeTitle ?? '查看公文'}
              />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** The notice, at the words that ask for it. */
function placeOf({ fileId, noticeId, deadline }: UpcomingDeadline): string {
  const [evidence] = deadline.evidence;
  const at = evidence === undefined ? '' : `&at=${evidence.start}-${evidence.end}`;
  return `/files/${fileId}/${noticeId}?tab=deadlines${at}`;
}

function leftDays(from: string, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(from)) / 86_400_000);
}

function leftWords(count: number): string {
  return ['今天', '明天', '后天'][count] ?? `还有 ${count} 天`;
}
