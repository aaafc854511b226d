import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { returnFilesQuery } from '../api/collectionQueries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { IssueList } from './issueList.tsx';
import { FileLine } from './unitDrawer.tsx';

const step = 50;

/** Every file that came: from whom, when, and what is wrong with it. */
export function FilesPanel({ id }: { readonly id: number }) {
  const [limit, setLimit] = useState(step);
  const files = useQuery({ ...returnFilesQuery(id, { limit }), placeholderData: keepPreviousData });
  if (files.isError) return <ProblemAlert error={files.error} onRetry={() => files.refetch()} />;
  if (files.data === undefined) return <Skeleton active />;
  const { items, total } = files.data;
  if (total === 0) return <Empty description="还没有收到文件" />;
  return (
    <>
      <p className="faint">共 {total} 份，最近的在前。原件都保存着，可以随时下载。</p>
      <ul className="lines">
        {items.map((file) => (
          <li key={file.position}>
            <FileLine id={id} file={file} />
            <IssueList issues={file.issues} />
          </li>
        ))}
      </ul>
      {total > items.length && <Button onClick={() => setLimit(Math.min(500, limit + step))}>继续显示</Button>}
    </>
  );
}
