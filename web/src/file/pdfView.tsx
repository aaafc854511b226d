import { Alert, Button, Spin } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PlacedFact } from './facts.ts';
import { openPdf, type PdfDocument } from './openPdf.ts';
import { showPlace } from './showPlace.ts';
import { useChosenByClick } from './useChosenByClick.ts';

interface Shown {
  readonly facts: readonly PlacedFact[];
  readonly chosen: string | null;
  readonly turn: number;
  readonly onChoose: (key: string) => void;
}

interface PdfViewProps extends Shown {
  readonly address: string;
  /** Asked for where the pages cannot be drawn. */
  readonly onShowText: () => void;
}

interface PlacedBox {
  readonly id: string;
  readonly key: string;
  readonly page: number;
  readonly box: readonly [number, number, number, number];
}

/** The pages of a PDF as they are, with a box around the chosen fact; a click on a place chooses its fact. */
export function PdfView({ address, onShowText, ...shown }: PdfViewProps) {
  const [document, setDocument] = useState<PdfDocument | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const opening = openPdf(address);
    let gone = false;
    setDocument(null);
    setFailed(false);
    opening.document.then(
      (opened) => !gone && setDocument(opened),
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
      opening.close();
    };
  }, [address]);
  if (failed) {
    return (
      <Alert
        type="warning"
        showIcon
        title="这份 PDF 的页面显示不出来。"
        description="可以先看文字，或下载原件用其他软件打开。"
        action={<Button onClick={onShowText}>看文字</Button>}
      />
    );
  }
  if (document === null) return <Spin className="page-spin" description="正在打开原件…" />;
  return <PdfPages document={document} {...shown} />;
}

function PdfPages({ document, facts, chosen, turn, onChoose }: Shown & { readonly document: PdfDocument }) {
  const area = useRef<HTMLElement>(null);
  const boxes = useMemo(() => boxesOf(facts), [facts]);
  useChosenByClick(area, onChoose);
  useEffect(() => {
    if (turn > 0) showPlace(area.current?.querySelector('.box-chosen'));
  }, [turn]);
  return (
    <section ref={area} className="pdf-view" aria-label="原件页面">
      {document.pages.map((page, index) => (
        <PdfPage
          key={page.number}
          document={document}
          index={index}
          boxes={boxes.filter((box) => box.page === page.number)}
          chosen={chosen}
        />
      ))}
    </section>
  );
}

/** Smaller boxes come last, so that they lie on top and are hit first. */
function boxesOf(facts: readonly PlacedFact[]): readonly PlacedBox[] {
  const area = ([x0, y0, x1, y1]: PlacedBox['box']) => (x1 - x0) * (y1 - y0);
  return facts
    .flatMap(({ key, evidence }) =>
      evidence.flatMap((one, i) =>
        (one.boxes ?? []).map((box, j) => ({ id: `${key}-${i}-${j}`, key, page: one.page, box })),
      ),
    )
    .sort((a, b) => area(b.box) - area(a.box));
}

function PdfPage({
  document,
  index,
  boxes,
  chosen,
}: {
  readonly document: PdfDocument;
  readonly index: number;
  readonly boxes: readonly PlacedBox[];
  readonly chosen: string | null;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  const page = document.pages[index];
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // Far pages are not drawn: a notice with its attachments may have hundreds.
    const watcher = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      rootMargin: '1000px 0px',
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    const target = canvas.current;
    if (!near || target === null) return;
    return document.draw(index, target);
  }, [near, document, index]);
  if (page === undefined) return null;
  const share = (length: number, whole: number) => `${(100 * length) / whole}%`;
  return (
    <div ref={frame} className="pdf-page" style={{ aspectRatio: `${page.width} / ${page.height}` }}>
      {near && <canvas ref={canvas} role="img" aria-label={`第 ${page.number} 页`} />}
      {boxes.map(({ id, key, box: [x0, y0, x1, y1] }) => (
        <div
          key={id}
          className={key === chosen ? 'box box-chosen' : 'box'}
          data-keys={key}
          style={{
            left: share(x0, page.width),
            top: share(y0, page.height),
            width: share(x1 - x0, page.width),
            height: share(y1 - y0, page.height),
          }}
        />
      ))}
      <span className="pdf-number">{page.number}</span>
    </div>
  );
}
