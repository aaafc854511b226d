import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Table } from 'antd';
import { useState } from 'react';
import type { Job, LibraryFile } from '../../../models/api/library.ts';
import { ask } from '../api/ask.ts';
import { filesQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { errorWords, problemWords } from '../problemWords.ts';
import { sizeWords } from '../words.ts';

const pageSize = 20;

/** Files that are not read yet or could not be: why, and what to do. */
export function UnreadFiles({ state }: { readonly state: 'waiting' | 'failed' }) {
  const [page, setPage] = useState(1);
  const { message } = App.useApp();
  const client = useQueryClient();
  const files = useQuery({
    ...filesQuery({ state, limit: pageSize, offset: (page - 1) * pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: state === 'waiting' ? 2_000 : false,
  });
  const again = useMutation({
    mutationFn: (fileId: string) => ask<Job>(`/api/files/${fileId}/extraction`, {}, { method: 'POST' }),
    onSuccess: () => {
      message.success('已重新排队读取');
      return client.invalidateQueries({ queryKey: ['files'] });
    },
    onError: (error) => message.error(errorWords(error).what),
  });
  if (files.isError) return <ProblemAlert error={files.error} onRetry={() => files.refetch()} />;
  return (
    <Table<LibraryFile>
      rowKey="fileId"
      dataSource={[...(files.data?.items ?? [])]}
      loading={files.isPending}
      scroll={{ x: 760 }}
      size="middle"
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={state === 'waiting' ? '没有等待读取的文件' : '没有读取失败的文件'}
          />
        ),
      }}
      columns={[
        { title: '文件名', dataIndex: 'fileName' },
        { title: '大小', width: 110, render: (_, file) => sizeWords(file.byteLength) },
        { title: '入库时间', width: 180, render: (_, file) => new Date(file.receivedAt).toLocaleString('zh-CN') },
        ...(state === 'failed'
          ? [
              {
                title: '原因和办法',
                render: (_: unknown, file: LibraryFile) => {
                  const { what, todo } = problemWords(file.problem);
                  return (
                    <>
                      {what}
                      <span className="faint">{todo}</span>
                    </>
                  );
                },
              },
              {
                title: '操作',
                width: 120,
                render: (_: unknown, file: LibraryFile) => (
                  <Button size="small" onClick={() => again.mutate(file.fileId)}>
                    重新读取
                  </Button>
                ),
              },
            ]
          : []),
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
