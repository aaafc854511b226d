import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { LibraryFile } from '../../../models/api/library.ts';
import { ask } from '../api/ask.ts';
import { errorWords } from '../problemWords.ts';
import { timeWords } from '../words.ts';
import { FileTable } from './fileTable.tsx';

/** Files that were deleted and can still come back. */
export function DeletedFiles() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: (fileId: string) => ask<LibraryFile>(`/api/files/${fileId}/restore`, {}, { method: 'POST' }),
    onSuccess: (file) => {
      message.success(`已恢复“${file.fileName}”`);
      for (const key of ['files', 'notices', 'upcoming']) client.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => message.error(errorWords(error).what),
  });
  return (
    <FileTable
      query={{ deleted: true }}
      width={700}
      empty="没有已删除的文件"
      columns={[
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
    />
  );
}
