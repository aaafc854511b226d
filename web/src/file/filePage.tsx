import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { Extraction } from '../../../models/index.ts';
import { AskError } from '../api/ask.ts';
import { extractionQuery, fileQuery, pagesQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { loadPdfjs } from './pages/openPdf.ts';
import { Reading } from './reading.tsx';
import { TextView } from './textView.tsx';
import { WaitingFile } from './waitingFile.tsx';

/** One file: its document and the facts of one of its notices, or why there are none yet. */
export function FilePage() {
  const { fileId = '', noticeId } = useParams();
  const file = useQuery(fileQuery(fileId));
  const isPdf = file.data?.mediaType === 'application/pdf';
  useEffect(() => {
    // What draws it comes while the facts are on their way.
    if (isPdf) loadPdfjs().catch(() => undefined);
  }, [isPdf]);
  const extraction = useQuery({
    ...extractionQuery(fileId),
    // Read in a moment, most likely.
    refetchInterval: (query) => (isUnread(query.state.error) ? 4_000 : false),
  });
  const pages = useQuery({ ...pagesQuery(fileId), enabled: extraction.data !== undefined });
  if (extraction.data === undefined || pages.isPending) {
    if (extraction.isPending || (extraction.data !== undefined && pages.isPending)) {
      return <Spin className="page-spin" description="正在打开…" />;
    }
    if (isUnread(extraction.error) && file.data?.state !== 'failed') {
      return <WaitingFile fileId={fileId} fileName={file.data?.fileName ?? ''} onRead={() => extraction.refetch()} />;
    }
    const failed = file.data?.state === 'failed' ? new AskError(file.data.problem) : extraction.error;
    return (
      <>
        <h1>{file.data?.fileName ?? '文件'}</h1>
        <ProblemAlert error={failed} onRetry={() => extraction.refetch()} />
        <p>
          <Link to="/library">回到文件库</Link>
        </p>
      </>
    );
  }
  const { notices } = extraction.data;
  const notice = notices.find((one) => one.id === noticeId) ?? notices[0];
  if (notice === undefined) return <NoNotice extraction={extraction.data} fileId={fileId} />;
  return (
    <Reading
      key={`${fileId}/${notice.id}`}
      fileId={fileId}
      extraction={extraction.data}
      notice={notice}
      // Where the pages are not known the text still is.
      pages={pages.data ?? { pages: [], doubtful: [] }}
    />
  );
}

function isUnread(error: unknown): boolean {
  return error instanceof AskError && error.problem?.code === 'NOT_READ_YET';
}

/** A file in which no notice was found still has its text. */
function NoNotice({ extraction, fileId }: { readonly extraction: Extraction; readonly fileId: string }) {
  return (
    <>
      <h1>{extraction.source.fileName}</h1>
      <p className="faint">
        这份文件中没有认出公文，只有文字。<a href={`/api/files/${fileId}/original`}>下载原件</a>
      </p>
      <section ref={reachable} className="document" aria-label="原文">
        <TextView text={extraction.text} facts={[]} chosen={null} turn={0} onChoose={() => {}} />
      </section>
    </>
  );
}
