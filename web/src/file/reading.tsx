import { Button, Segmented, Space } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Extraction, Notice } from '../../../models/index.ts';
import type { FilePages } from '../api/queries.ts';
import { reachable } from '../parts/reachable.ts';
import { CorrectingContext, useCorrections } from './corrections/useCorrecting.ts';
import { factAt, factTabs, placedFacts } from './facts.ts';
import { FactsPanel } from './factsPanel.tsx';
import { FileHead } from './fileHead.tsx';
import { MarkingContext, useMarkedEvidence } from './marking/useMarking.ts';
import type { SelectedPlace } from './marking/useSelectedPlace.ts';
import { PdfView } from './pages/pdfView.tsx';
import { SheetView } from './pages/sheetView.tsx';
import { TextView } from './textView.tsx';

interface ReadingProps {
  readonly fileId: string;
  readonly extraction: Extraction;
  readonly notice: Notice;
  readonly pages: FilePages;
}

const zooms = [1, 1.5, 2, 3] as const;

/** Left the document, right the facts of one of its notices; each leads to the other. */
export function Reading({ fileId, extraction, notice, pages: { pages, doubtful } }: ReadingProps) {
  const correcting = useCorrections(fileId, notice.id);
  const isPdf = extraction.source.mediaType === 'application/pdf';
  const hasPages = isPdf || pages.length > 0;
  const [view, setView] = useState<string>(hasPages ? 'page' : 'text');
  const [zoom, setZoom] = useState<number>(1);
  const [search] = useSearchParams();
  const facts = useMemo(() => placedFacts(extraction, notice, doubtful), [extraction, notice, doubtful]);
  // The address may name a place in the text: then the page begins there.
  const [first] = useState(() => {
    const [, start, end] = /^(\d+)-(\d+)$/.exec(search.get('at') ?? '') ?? [];
    return start === undefined ? undefined : factAt(facts, Number(start), Number(end));
  });
  const [tab, setTab] = useState<string>(first?.tab ?? search.get('tab') ?? factTabs[0][0]);
  const [{ chosen, turn }, setChoice] = useState<{ readonly chosen: string | null; readonly turn: number }>({
    chosen: first?.key ?? null,
    turn: first === undefined ? 0 : 1,
  });
  const choose = useCallback((key: string) => {
    setChoice((before) => ({ chosen: key, turn: before.turn + 1 }));
    // The key begins with the tab: a click on the page opens it.
    const own = factTabs.find(([name]) => key.startsWith(`${name}-`));
    if (own !== undefined) setTab(own[0]);
  }, []);
  const [place, setPlace] = useState<SelectedPlace | null>(null);
  const evidenceAt = useMarkedEvidence(fileId, facts, pages);
  const marking = useMemo(
    () => ({ place, evidenceAt, showText: view === 'text' ? null : () => setView('text') }),
    [place, evidenceAt, view],
  );
  const shown = { facts, chosen, turn, onChoose: choose };
  const original = `/api/files/${fileId}/original`;
  return (
    <CorrectingContext value={correcting}>
      <FileHead fileId={fileId} extraction={extraction} notice={notice} />
      <div className="reading">
        <div className="document-side">
          {hasPages && (
            <Space wrap>
              <Segmented
                aria-label="显示方式"
                value={view}
                onChange={setView}
                options={[
                  { value: 'page', label: '原件' },
                  { value: 'text', label: '文字' },
                ]}
              />
              {view === 'page' && (
                <Space.Compact>
                  <Button
                    aria-label="缩小"
                    disabled={zoom === zooms[0]}
                    onClick={() => setZoom(zooms.findLast((one) => one < zoom) ?? zoom)}
                  >
                    －
                  </Button>
                  <Button
                    aria-label="放大"
                    disabled={zoom === zooms.at(-1)}
                    onClick={() => setZoom(zooms.find((one) => one > zoom) ?? zoom)}
                  >
                    ＋
                  </Button>
                </Space.Compact>
              )}
            </Space>
          )}
          <section ref={reachable} className="document" aria-label="原文">
            {view === 'text' ? (
              <TextView text={extraction.text} onSelect={setPlace} {...shown} />
            ) : isPdf ? (
              <PdfView
                address={`${original}?inline=true`}
                sizes={pages}
                zoom={zoom}
                onShowText={() => setView('text')}
                {...shown}
              />
            ) : (
              <SheetView fileId={fileId} pages={pages} zoom={zoom} {...shown} />
            )}
          </section>
        </div>
        <MarkingContext value={marking}>
          <FactsPanel
            fileId={fileId}
            extraction={extraction}
            notice={notice}
            tab={tab}
            onTab={setTab}
            choice={{ chosen, turn, choose, doubtful }}
          />
        </MarkingContext>
      </div>
    </CorrectingContext>
  );
}
