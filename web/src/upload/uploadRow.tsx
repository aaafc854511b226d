import { Button, Progress, Space } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Job } from '../../../models/api/library.ts';
import { ask } from '../api/ask.ts';
import { useJob } from '../parts/useJob.ts';
import { errorWords, problemWords } from '../problemWords.ts';
import { progressShare, progressWords } from '../words.ts';

/** One file on this page, from its choice to its end. */
export interface UploadItem {
  readonly id: string;
  readonly fileName: string;
  readonly size: string | null;
  /** How much of it has been sent, 0 to 1. */
  readonly share: number;
  readonly state: 'sending' | 'following' | 'known' | 'refused' | 'cancelled';
  readonly fileId: string | null;
  readonly jobId: number | null;
  readonly error: unknown;
  /** The file itself, where sending it again may go better. */
  readonly retry: File | null;
}

/** Whether a file is still on its way, or how it ended. */
export type RowState = 'open' | 'done' | 'failed';

interface UploadRowProps {
  readonly item: UploadItem;
  readonly onEnd: () => void;
  readonly onState: (id: string, state: RowState) => void;
  readonly onJob: (jobId: number) => void;
  readonly onCancel: () => void;
  readonly onSendAgain: () => void;
}

export function UploadRow({ item, onEnd, onState, onJob, onCancel, onSendAgain }: UploadRowProps) {
  const job = useJob(item.state === 'following' ? item.jobId : null, onEnd);
  const [failure, setFailure] = useState<unknown>(null);
  const state = stateOf(item, job);
  useEffect(() => onState(item.id, state), [onState, item.id, state]);
  const act = async (address: string, then?: (job: Job) => void) => {
    setFailure(null);
    try {
      const answer = await ask<Job>(address, {}, { method: 'POST' });
      then?.(answer);
    } catch (error) {
      setFailure(error);
    }
  };
  const isStopped = job?.state === 'failed' || job?.state === 'cancelled';
  return (
    <>
      <div className="upload-row">
        <span className="upload-name">
          {item.fileName}
          {item.size !== null && <span className="faint">　{item.size}</span>}
        </span>
        <Progress
          className="upload-progress"
          percent={percentOf(item, job)}
          size="small"
          showInfo={false}
          status={state === 'failed' ? 'exception' : state === 'open' ? 'active' : 'normal'}
          aria-label={`${item.fileName} 的进度`}
        />
        <span className="upload-state" role="status">
          {stateWords(item, job)}
        </span>
        <Space>
          {item.state === 'sending' && (
            <Button size="small" onClick={onCancel}>
              取消
            </Button>
          )}
          {item.state === 'following' && state === 'open' && item.jobId !== null && (
            <Button size="small" onClick={() => act(`/api/jobs/${item.jobId}/cancel`)}>
              取消
            </Button>
          )}
          {item.state === 'refused' && item.retry !== null && (
            <Button size="small" onClick={onSendAgain}>
              重新上传
            </Button>
          )}
          {isStopped && item.fileId !== null && (
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

function stateOf(item: UploadItem, job: Job | null): RowState {
  if (item.state === 'sending') return 'open';
  if (item.state === 'known') return 'done';
  if (item.state !== 'following') return 'failed';
  if (job === null || job.state === 'queued' || job.state === 'running') return 'open';
  return job.state === 'done' ? 'done' : 'failed';
}

/** Sending is the first tenth of the way, reading the rest. */
function percentOf(item: UploadItem, job: Job | null): number {
  if (item.state === 'sending') return Math.round(10 * item.share);
  return item.state === 'following' ? progressShare(job) : 100;
}

function stateWords(item: UploadItem, job: Job | null): string {
  if (item.state === 'sending') return item.share === 0 ? '等待上传' : `正在上传 ${Math.round(100 * item.share)}%`;
  if (item.state === 'refused') return '没有入库';
  if (item.state === 'cancelled') return '已取消上传';
  return item.state === 'known' ? '库中已有，无需重读' : progressWords(job);
}
