import { useQuery } from '@tanstack/react-query';
import { Card, Progress } from 'antd';
import { jobsQuery } from '../api/queries.ts';
import { useJob } from '../parts/useJob.ts';
import { progressShare, progressWords } from '../words.ts';

/** A file that is being read, or waits for it: how far it is. */
export function WaitingFile({
  fileId,
  fileName,
  onRead,
}: {
  readonly fileId: string;
  readonly fileName: string;
  readonly onRead: () => void;
}) {
  const jobs = useQuery(jobsQuery({ fileId, limit: 1 }));
  const job = useJob(jobs.data?.items[0]?.jobId ?? null, onRead);
  return (
    <>
      <h1>{fileName}</h1>
      <Card>
        <p role="status">{progressWords(job)}。读完后会自动显示，也可以先离开。</p>
        <Progress percent={progressShare(job)} showInfo={false} status="active" aria-label="读取进度" />
      </Card>
    </>
  );
}
