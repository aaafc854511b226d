import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Space } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { jobsQuery } from '../api/queries.ts';
import { readStored, useStored } from '../parts/useStored.ts';
import { errorWords } from '../problemWords.ts';
import { sizeWords } from '../words.ts';
import { DropZone } from './dropZone.tsx';
import { SendingCancelled, sendFile } from './sendFile.ts';
import { type RowState, type UploadItem, UploadRow } from './uploadRow.tsx';

/** Jobs that this browser follows; a reload takes them up again. */
const followedKey = 'hongtou.followed';
const mostFollowed = 200;

/** Files on their way into the library, each from its choice to its end. */
export function UploadPage() {
  const client = useQueryClient();
  const [items, setItems] = useState<readonly UploadItem[]>([]);
  const [states, setStates] = useState<ReadonlyMap<string, RowState>>(new Map());
  const [followed, setFollowed] = useStored<readonly number[]>(followedKey, []);
  const [taken, setTaken] = useState(false);
  const cancels = useRef(new Map<string, () => void>());
  const known = useQuery({ ...jobsQuery({ limit: 500 }), enabled: followed.length > 0 && !taken });
  useEffect(() => {
    if (taken || known.data === undefined) return;
    setTaken(true);
    const own = known.data.items.filter((job) => followed.includes(job.jobId));
    setItems((before) => [
      ...before,
      ...own
        .filter((job) => !before.some((item) => item.jobId === job.jobId))
        .map(({ jobId, fileId, fileName }) => ({
          ...fresh(`job-${jobId}`, fileName),
          state: 'following' as const,
          fileId,
          jobId,
        })),
    ]);
  }, [known.data, taken, followed]);

  const change = useCallback((id: string, values: Partial<UploadItem>) => {
    setItems((before) => before.map((item) => (item.id === id ? { ...item, ...values } : item)));
  }, []);
  const follow = (jobId: number) =>
    setFollowed([...readStored<readonly number[]>(followedKey, []), jobId].slice(-mostFollowed));
  const send = async (id: string, file: File) => {
    const sending = sendFile(file, (share) => change(id, { share }));
    cancels.current.set(id, sending.cancel);
    try {
      const { job, file: stored } = await sending.answer;
      const jobId = job?.jobId ?? null;
      change(id, { state: jobId === null ? 'known' : 'following', fileId: stored?.fileId ?? null, jobId });
      if (jobId !== null) follow(jobId);
    } catch (error) {
      if (error instanceof SendingCancelled) change(id, { state: 'cancelled' });
      else change(id, { state: 'refused', error, retry: file });
    } finally {
      cancels.current.delete(id);
    }
  };
  const take = (files: readonly File[]) => {
    const chosen = files.map((file) => ({
      file,
      item: { ...fresh(newId(), file.name), size: sizeWords(file.size) },
    }));
    setItems((before) => [...chosen.map(({ item }) => item), ...before]);
    for (const { item, file } of chosen) send(item.id, file);
  };
  const ended = useCallback(() => {
    for (const key of ['notices', 'files', 'upcoming', 'jobs']) client.invalidateQueries({ queryKey: [key] });
  }, [client]);
  const note = useCallback((id: string, state: RowState) => {
    setStates((before) => (before.get(id) === state ? before : new Map(before).set(id, state)));
  }, []);
  const forget = () => {
    const open = items.filter((item) => states.get(item.id) === 'open');
    setItems(open);
    setFollowed(open.flatMap((item) => item.jobId ?? []));
  };
  const count = (state: RowState) => items.filter((item) => states.get(item.id) === state).length;
  return (
    <>
      <h1>上传</h1>
      <DropZone onFiles={take} />
      {known.isError && <Alert type="warning" showIcon title={errorWords(known.error).what} />}
      {items.length > 0 && (
        <div className="upload-sum">
          <Space size="large" wrap role="status" aria-label="合计">
            <span>共 {items.length} 个</span>
            <span>进行中 {count('open')}</span>
            <span>已读取 {count('done')}</span>
            <span className={count('failed') > 0 ? 'upload-failed' : ''}>没有读成 {count('failed')}</span>
          </Space>
          <Button onClick={forget}>清除已结束的</Button>
        </div>
      )}
      <ul className="uploads" aria-label="上传的文件">
        {items.map((item) => (
          <li key={item.id}>
            <UploadRow
              item={item}
              onEnd={ended}
              onState={note}
              onJob={(jobId) => {
                follow(jobId);
                change(item.id, { jobId, state: 'following' });
              }}
              onCancel={() => cancels.current.get(item.id)?.()}
              onSendAgain={() => {
                if (item.retry === null) return;
                change(item.id, { state: 'sending', error: null, share: 0 });
                send(item.id, item.retry);
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function fresh(id: string, fileName: string): UploadItem {
  return {
    id,
    fileName,
    size: null,
    share: 0,
    state: 'sending',
    fileId: null,
    jobId: null,
    error: null,
    retry: null,
  };
}

/** Browsers give random ids only to pages that came safely. */
function newId(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}
