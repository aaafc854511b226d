import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, type TableColumnsType } from 'antd';
import type { Job, LibraryFile } from '../../../models/api/library.ts';
import { ask } from '../api/ask.ts';
import { errorWords, problemWords } from '../problemWords.ts';
import { FileTable } from './fileTable.tsx';

/** Files that are not read yet or could not be: why, and what to do. */
export function UnreadFiles({ state }: { readonly state: 'waiting' | 'failed' }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: (fileId: string) => ask<Job>(`/api/files/${fileId}/extraction`, {}, { method: 'POST' }),
    onSuccess: () => {
      message.success('已重新排队读取');
      return client.invalidateQueries({ queryKey: ['files'] });
    },
    onError: (error) => message.error(errorWords(error).what),
  });
  const reasons: TableColumnsType<LibraryFile> = [
    {
      title: '原因和办法',
      render: (_, file) => {
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
      render: (_, file) => (
        <Button size="small" onClick={() => again.mutate(file.fileId)}>
          重新读取
        </Button>
      ),
    },
  ];
  return (
    <FileTable
      query={{ state }}
      width={760}
      empty={state === 'waiting' ? '没有等待读取的文件' : '没有读取失败的文件'}
      everyMs={state === 'waiting' ? 2_000 : null}
      columns={[
        { title: '入库时间', width: 180, render: (_, file) => new Date(file.receivedAt).toLocaleString('zh-CN') },
        ...(state === 'failed' ? reasons : []),
      ]}
    />
  );
}
