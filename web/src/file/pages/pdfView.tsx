import { Alert, Button, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { openPdf, type PdfDocument } from './openPdf.ts';
import { type PageSize, PageStack, type Shown } from './pageStack.tsx';

interface PdfViewProps extends Shown {
  readonly address: string;
  /** As they were read; empty where that is not known. */
  readonly sizes: readonly PageSize[];
  readonly zoom: number;
  /** Asked for where the pages cannot be drawn. */
  readonly onShowText: () => void;
}

/** The pages of a PDF as they are. Their places are there at once, what is on them as soon as it is drawn. */
export function PdfView({ address, sizes, zoom, onShowText, ...shown }: PdfViewProps) {
  const [document, setDocument] = useState<PdfDocument | null>(null);
  const [measured, setMeasured] = useState<readonly PageSize[]>([]);
  const [failed, setFailed] = useState(false);
  const isKnown = sizes.length > 0;
  useEffect(() => {
    const opening = openPdf(address);
    let gone = false;
    setDocument(null);
    setFailed(false);
    const open = async () => {
      const opened = await opening.document;
      const own = isKnown ? [] : await opened.sizes();
      if (gone) return;
      setMeasured(own);
      setDocument(opened);
    };
    open().catch(() => !gone && setFailed(true));
    return () => {
      gone = true;
      opening.close();
    };
  }, [address, isKnown]);
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
  const pages = isKnown ? sizes : measured;
  if (pages.length === 0) return <Spin className="page-spin" description="正在打开原件…" />;
  return (
    <PageStack pages={pages} zoom={zoom} {...shown}>
      {(index) =>
        document === null ? (
          <Spin className="page-spin" description="正在打开原件…" />
        ) : (
          <PdfPage key={zoom} document={document} index={index} />
        )
      }
    </PageStack>
  );
}

/** Drawn anew on a canvas of its own where the size changes: pdf.js takes a canvas for one drawing at a time. */
function PdfPage({ document, index }: { readonly document: PdfDocument; readonly index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    return target === null ? undefined : document.draw(index, target);
  }, [document, index]);
  return <canvas ref={canvas} role="img" aria-label={`第 ${index + 1} 页`} />;
}
