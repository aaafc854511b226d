import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress, Space, Upload } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Job, LibraryFile, Problem } from '../../../server/records.ts';
import { AskError, ask } from '../api/ask.ts';
import { jobsQuery } from '../api/queries.ts';
import { sizeWords } from '../library/unreadFiles.tsx';
import { useJob } from '../parts/useJob.ts';
import { useStored } from '../parts/useStored.ts';
import { errorWords, problemWords } from '../problemWords.ts';
import { progressShare, progressWords } from '../words.ts';

interface UploadedItem {
  readonly fileName: string;
  readonly file: LibraryFile | null;
  readonly job: Job | null;
  readonly isNew: boolean;
  readonly problem: Problem | null;
}

/** One file on this page, from its choice to its end. */
interface Item {
  readonly id: string;
  readonly fileName: string;
  readonly size: number | null;
  readonly state: 'sending' | 'following' | 'known' | 'refused';
  readonly fileId: string | null;
  readonly jobId: number | null;
  readonly error: unknown;
}

/** Jobs that this browser follows; a reload takes them up again. */
const followedKey = 'hongtou.followed';

export function UploadPage() {
  const client = useQueryClient();
  const [items, setItems] = useState<readonly Item[]>([]);
  const [followed, setFollowed] = useStored<readonly number[]>(followedKey, []);
  const [taken, setTaken] = useState(false);
  const waiting = useQuery({ ...jobsQuery({ limit: 500 }), enabled: followed.length > 0 && !taken });
  useEffect(() => {
    if (taken || waiting.data === undefined) return;
    setTaken(true);
    const known = waiting.data.items.filter((job) => followed.includes(job.jobId));
    setItems((before) => [
      ...before,
      ...known.map((job) => ({
        id: `job-${job.jobId}`,
        fileName: job.fileName,
        size: null,
        state: 'following' as const,
        fileId: job.fileId,
        jobId: job.jobId,
        error: null,
      })),
    ]);
  }, [waiting.data, taken, followed]);

  const change = useCallback((id: string, values: Partial<Item>) => {
    setItems((before) => before.map((item) => (item.id === id ? { ...item, ...values } : item)));
  }, []);
  const send = async (file: File) => {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    const fresh: Item = {
      id,
      fileName: file.name,
      size: file.size,
      state: 'sending',
      fileId: null,
      jobId: null,
      error: null,
    };
    setItems((before) => [fresh, ...before]);
    const form = new FormData();
    form.append('files', file);
    try {
      const { items: answers } = await queued(() =>
        ask<{ readonly items: readonly UploadedItem[] }>('/api/files', {}, { method: 'POST', body: form }),
      );
      const answer = answers[0];
      if (answer === undefined || answer.problem !== null) {
        change(id, { state: 'refused', error: new AskError(answer?.problem ?? null) });
        return;
      }
      const jobId = answer.job?.jobId ?? null;
      change(id, { state: jobId === null ? 'known' : 'following', fileId: answer.file?.fileId ?? null, jobId });
      if (jobId !== null) setFollowed([...readFollowed(), jobId].slice(-200));
    } catch (error) {
      change(id, { state: 'refused', error });
    }
  };
  const ended = useCallback(() => {
    for (const key of ['notices', 'files', 'upcoming', 'jobs']) client.invalidateQueries({ queryKey: [key] });
  }, [client]);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      for (const file of event.clipboardData?.files ?? []) send(file);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  });
  const forget = () => {
    setItems([]);
    setFollowed([]);
  };
  return (
    <>
      <h1>上传</h1>
      <Upload.Dragger
        multiple
        showUploadList={false}
        beforeUpload={(file) => {
          send(file);
          return false;
        }}
      >
        <p className="drop-title">把公文拖到这里，或点击选择文件</p>
        <p className="faint">
          可一次放入多个文件；PDF、扫描件和照片、OFD、Word、Excel、网页、纯文本和压缩包都可以，也可以直接粘贴。
        </p>
      </Upload.Dragger>
      <Space className="upload-more" wrap>
        <Upload
          directory
          multiple
          showUploadList={false}
          beforeUpload={(file) => {
            send(file);
            return false;
          }}
        >
          <Button>选择整个文件夹</Button>
        </Upload>
        {items.length > 0 && <Button onClick={forget}>清空列表</Button>}
      </Space>
      {waiting.isError && <Alert type="warning" showIcon title={errorWords(waiting.error).what} />}
      <ul className="uploads" aria-label="上传的文件">
        {items.map((item) => (
          <li key={item.id}>
            <UploadRow item={item} onEnd={ended} onJob={(jobId) => change(item.id, { jobId, state: 'following' })} />
          </li>
        ))}
      </ul>
    </>
  );
}

function readFollowed(): readonly number[] {
  try {
    return JSON.parse(localStorage.getItem(followedKey) ?? '[]') as readonly number[];
  } catch {
    return [];
  }
}

/** Sends one after another: a folder of hundreds must not open hundreds of connections. */
let last: Promise<unknown> = Promise.resolve();
function queued<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}

function UploadRow({
  item,
  onEnd,
  onJob,
}: {
  readonly item: Item;
  readonly onEnd: () => void;
  readonly onJob: (jobId: number) => void;
}) {
  const job = useJob(item.state === 'following' ? item.jobId : null, onEnd);
  const [failure, setFailure] = useState<unknown>(null);
  const act = async (address: string, then?: (job: Job) => void) => {
    setFailure(null);
    try {
      const answer = await ask<Job>(address, {}, { method: 'POST' });
      then?.(answer);
    } catch (error) {
      setFailure(error);
    }
  };
  const isOpen = job !== null && (job.state === 'queued' || job.state === 'running');
  const failed = job?.state === 'failed' || job?.state === 'cancelled';
  return (
    <>
      <div className="upload-row">
        <span className="upload-name">
          {item.fileName}
          {item.size !== null && <span className="faint">　{sizeWords(item.size)}</span>}
        </span>
        <Progress
          className="upload-progress"
          percent={percentOf(item, job)}
          size="small"
          showInfo={false}
          status={item.state === 'refused' || job?.state === 'failed' ? 'exception' : isOpen ? 'active' : 'normal'}
          aria-label={`${item.fileName} 的进度`}
        />
        <span className="upload-state" role="status">
          {stateWords(item, job)}
        </span>
        <Space>
          {isOpen && (
            <Button size="small" onClick={() => act(`/api/jobs/${job.jobId}/cancel`)}>
              取消
            </Button>
          )}
          {failed && item.fileId !== null && (
            <Button size="small" onClick={() => act(`/api/files/${item.fileId}/extraction`, (one) => onJob(one.jobId))}>
              重试
            </Button>
          )}
          {(item.state === 'known' || job?.state === 'done') && <Link to={`/files/${item.fileId}`}>查看</Link>}
        </Space>
      </div>
      {item.state === 'refused' && <Trouble {...errorWords(item.error)} />}
      {job?.state === 'failed' && <Trouble {...problemWords(job.problem)} />}
      {failure !== null && <Trouble {...errorWords(failure)} />}
    </>
  );
}

function Trouble({ what, todo }: { readonly what: string; readonly todo: string }) {
  return (
    <p className="upload-trouble" role="alert">
      {what}
      {todo}
    </p>
  );
}

function percentOf(item: Item, job: Job | null): number {
  if (item.state === 'sending') return 5;
  return item.state === 'following' ? progressShare(job) : 100;
}

function stateWords(item: Item, job: Job | null): string {
  if (item.state === 'sending') return '正在上传';
  if (item.state === 'refused') return '没有入库';
  return item.state === 'known' ? '库中已有，无需重读' : progressWords(job);
}
