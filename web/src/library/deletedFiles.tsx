import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Table } from 'antd';
import { useState } from 'react';
import type { LibraryFile } from '../../../models/api/library.ts';
import { ask } from '../api/ask.ts';
import { filesQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { errorWords } from '../problemWords.ts';
import { sizeWords, timeWords } from '../words.ts';

const pageSize = 20;

/** Files that were deleted and can still come back. */
export function DeletedFiles() {
  const [page, setPage] = useState(1);
  const { message } = App.useApp();
  const client = useQueryClient();
  const files = useQuery({
    ...filesQuery({ deleted: true, limit: pageSize, offset: (page - 1) * pageSize }),
    placeholderData: keepPreviousData,
  });
  const restore = useMutation({
    mutationFn: (fileId: string) => ask<LibraryFile>(`/api/files/${fileId}/restore`, {}, { method: 'POST' }),
    onSuccess: (file) => {
      message.success(`已恢复“${file.fileName}”`);
      for (const key of ['files', 'notices', 'upcoming']) client.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => message.error(errorWords(error).what),
  });
  if (files.isError) return <ProblemAlert error={files.error} onRetry={() => files.refetch()} />;
  return (
    <Table<LibraryFile>
      rowKey="fileId"
      dataSource={[...(files.data?.items ?? [])]}
      loading={files.isPending}
      scroll={{ x: 700 }}
      size="middle"
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有已删除的文件" /> }}
      columns={[
        { title: '文件名', dataIndex: 'fileName' },
        { title: '大小', width: 110, render: (_, file) => sizeWords(file.byteLength) },
        { title: '删除时间', width: 150, render: (_, { deletedAt }) => deletedAt && timeWords(deletedAt) },
        { title: '彻底删除', width: 150, render: (_, { purgeAt }) => purgeAt && `${timeWords(purgeAt)}后` },
        {
          title: '操作',
          width: 90,
          render: (_, file) => (
            <Button size="small" onClick={() => restore.mutate(file.fileId)}>
              恢复
            </Button>
          ),
        },
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
