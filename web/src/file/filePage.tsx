import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select, Space, Spin, Tag } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Extraction, Notice } from '../../../models/index.ts';
import { AskError } from '../api/ask.ts';
import { extractionQuery, fileQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problemAlert.tsx';
import { reachable } from '../parts/reachable.ts';
import { originWords } from '../words.ts';
import { factTabs, placedFacts } from './facts.ts';
import { FactsPanel } from './factsPanel.tsx';
import { PdfView } from './pdfView.tsx';
import { TextView } from './textView.tsx';

/** One file: left the document, right the facts of one of its notices; each leads to the other. */
export function FilePage() {
  const { fileId = '', noticeId } = useParams();
  const file = useQuery(fileQuery(fileId));
  const extraction = useQuery({
    ...extractionQuery(fileId),
    // Read in a moment, most likely.
    refetchInterval: (query) =>
      query.state.error instanceof AskError && query.state.error.problem?.code === 'NOT_READ_YET' ? 2_000 : false,
  });
  if (extraction.data === undefined) {
    if (extraction.isPending) return <Spin className="page-spin" description="正在打开…" />;
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
  return <Reading key={`${fileId}/${notice.id}`} fileId={fileId} extraction={extraction.data} notice={notice} />;
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

function Reading({
  fileId,
  extraction,
  notice,
}: {
  readonly fileId: string;
  readonly extraction: Extraction;
  readonly notice: Notice;
}) {
  const navigate = useNavigate();
  const isPdf = extraction.source.mediaType === 'application/pdf';
  const isPicture = /^image\/(png|jpeg|webp)$/.test(extraction.source.mediaType);
  const [view, setView] = useState<string>(isPdf ? 'page' : 'text');
  const [search] = useSearchParams();
  const [tab, setTab] = useState<string>(search.get('tab') ?? factTabs[0][0]);
  const [{ chosen, turn }, setChoice] = useState<{ readonly chosen: string | null; readonly turn: number }>({
    chosen: null,
    turn: 0,
  });
  const facts = useMemo(() => placedFacts(extraction, notice), [extraction, notice]);
  const choose = useCallback((key: string) => {
    setChoice((before) => ({ chosen: key, turn: before.turn + 1 }));
    // The key begins with the tab: a click on the page opens it.
    const own = factTabs.find(([name]) => key.startsWith(`${name}-`));
    if (own !== undefined) setTab(own[0]);
  }, []);
  const original = `/api/files/${fileId}/original`;
  const shown = { facts, chosen, turn, onChoose: choose };
  const { source } = extraction;
  return (
    <>
      <header className="file-head">
        <div>
          <h1>{notice.title?.value ?? source.fileName}</h1>
          <p className="faint">
            {[
              notice.documentNumber?.value,
              notice.issuingBody?.value,
              notice.issueDate?.value,
              source.fileName,
              isPdf && `${source.pageCount} 页`,
              originWords[source.textOrigin],
            ]
              .filter(Boolean)
              .join('　')}
            {notice.securityLevel !== null && (
              <Tag color="red" className="after">
                {notice.securityLevel.value}
              </Tag>
            )}
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
          <Button href={original}>下载原件</Button>
        </Space>
      </header>
      <div className="reading">
        <div className="document-side">
          {(isPdf || isPicture) && (
            <Segmented
              aria-label="显示方式"
              value={view}
              onChange={setView}
              options={[
                { value: 'page', label: '原件' },
                { value: 'text', label: '文字' },
              ]}
            />
          )}
          <section ref={reachable} className="document" aria-label="原文">
            {view === 'page' && isPdf ? (
              <PdfView address={`${original}?inline=true`} onShowText={() => setView('text')} {...shown} />
            ) : view === 'page' ? (
              <img className="original" src={`${original}?inline=true`} alt={`原件：${source.fileName}`} />
            ) : (
              <TextView text={extraction.text} {...shown} />
            )}
          </section>
        </div>
        <FactsPanel
          fileId={fileId}
          extraction={extraction}
          notice={notice}
          tab={tab}
          onTab={setTab}
          choice={{ chosen, turn, choose }}
        />
      </div>
    </>
  );
}
