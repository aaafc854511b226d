import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Job } from '../../../models/api/library.ts';
import type { Extraction, Notice } from '../../../models/index.ts';
import { ask } from '../api/ask.ts';
import { useJob } from '../parts/useJob.ts';
import { errorWords, problemWords } from '../problemWords.ts';
import { originWords, progressWords } from '../words.ts';

interface FileHeadProps {
  readonly fileId: string;
  readonly extraction: Extraction;
  readonly notice: Notice;
}

/** What the file is, whether it may be shown around, and what can be done with it. */
export function FileHead({ fileId, extraction, notice }: FileHeadProps) {
  const navigate = useNavigate();
  const { source } = extraction;
  const restrictions = [notice.securityLevel?.value, /不予公开|不公开/.exec(notice.disclosure?.value ?? '')?.[0]];
  return (
    <header className="file-head">
      <div>
        <h1>{notice.title?.value ?? source.fileName}</h1>
        <p className="faint">
          {restrictions.map(
            (words) =>
              words !== undefined && (
                <Tag key={words} color="red" className="restricted">
                  {words}
                </Tag>
              ),
          )}
          {[
            notice.documentNumber?.value,
            notice.issuingBody?.value,
            notice.issueDate?.value,
            source.fileName,
            source.pageCount > 1 && `${source.pageCount} 页`,
            originWords[source.textOrigin],
          ]
            .filter(Boolean)
            .join('　')}
        </p>
      </div>
      <Space wrap>
        {extraction.notices.length > 1 && (
          <Select
            aria-label="同一文件中的公文"
            value={notice.id}
            popupMatchSelectWidth={false}
            className="notice-choice"
            onChange={(id: string) => navigate(`/files/${fileId}/${id}`)}
            options={extraction.notices.map((one, index) => ({
              value: one.id,
              label: `${index + 1}. ${one.title?.value ?? one.id}`,
            }))}
          />
        )}
        <Link to={`/compare?left=${fileId}.${notice.id}`}>
          <Button tabIndex={-1}>与另一份比对</Button>
        </Link>
        <ReadAgain fileId={fileId} />
        <Button href={`/api/files/${fileId}/original`}>下载原件</Button>
      </Space>
    </header>
  );
}

/** Has the file read anew; corrections stay. */
function ReadAgain({ fileId }: { readonly fileId: string }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [jobId, setJobId] = useState<number | null>(null);
  const job = useJob(jobId, (ended) => {
    setJobId(null);
    if (ended.state === 'done') {
      message.success('已重新读取，更正仍然有效');
      for (const key of ['extraction', 'pages', 'corrections', 'file', 'notices', 'upcoming']) {
        client.invalidateQueries({ queryKey: [key] });
      }
    } else if (ended.state === 'failed') message.error(problemWords(ended.problem).what);
  });
  const begin = async () => {
    try {
      setJobId((await ask<Job>(`/api/files/${fileId}/extraction`, {}, { method: 'POST' })).jobId);
    } catch (error) {
      message.error(errorWords(error).what);
    }
  };
  return (
    <Button onClick={begin} loading={jobId !== null}>
      {jobId === null ? '重新读取' : progressWords(job)}
    </Button>
  );
}
