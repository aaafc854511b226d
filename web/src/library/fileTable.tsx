import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { LibraryFile } from '../../../models/api/library.ts';
import type { Query } from '../api/ask.ts';
import { filesQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { sizeWords } from '../words.ts';

const pageSize = 20;

/** Files of one kind, a page at a time: name, size, and what these columns say of them. `empty`: where there is none. */
export function FileTable({
  query,
  columns,
  width,
  empty,
  everyMs = null,
}: {
  readonly query: Query;
  readonly columns: TableColumnsType<LibraryFile>;
  readonly width: number;
  readonly empty: string;
  /** Asked for again after so long. */
  readonly everyMs?: number | null;
}) {
  const [page, setPage] = useState(1);
  const files = useQuery({
    ...filesQuery({ ...query, limit: pageSize, offset: (page - 1) * pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
  });
  if (files.isError) return <ProblemAlert error={files.error} onRetry={() => files.refetch()} />;
  return (
    <Table<LibraryFile>
      rowKey="fileId"
      dataSource={[...(files.data?.items ?? [])]}
      loading={files.isPending}
      scroll={{ x: width }}
      size="middle"
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      columns={[
        { title: '文件名', dataIndex: 'fileName' },
        { title: '大小', width: 110, render: (_, file) => sizeWords(file.byteLength) },
        ...columns,
      ]}
      pagination={{
        current: page,
        pageSize,
        total: files.data?.total ?? 0,
        onChange: setPage,
        showSizeChanger: false,
        hideOnSinglePage: true,
      }}
    />
  );
}
