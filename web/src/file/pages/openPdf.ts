import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { PageSize } from './pageStack.tsx';

export interface PdfDocument {
  readonly pageCount: number;
  /** The sizes of all pages in points, as displayed. */
  sizes(): Promise<readonly PageSize[]>;
  /** Draws a page as wide as the canvas is shown; the function that comes back gives it up. */
  draw(index: number, canvas: HTMLCanvasElement): () => void;
}

export interface Opening {
  readonly document: Promise<PdfDocument>;
  close(): void;
}

/** The library that draws PDF is large: it is loaded when the first PDF is about to be shown. */
export function loadPdfjs() {
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** Opens a PDF with pdf.js. Nothing in the file is run and nothing is fetched for it. */
export function openPdf(address: string): Opening {
  let close = () => {};
  let closed = false;
  const document = (async () => {
    const pdfjs = await loadPdfjs();
    pdfjs.GlobalWorkerOptions.workerSrc = workerAddress;
    const task = pdfjs.getDocument({
      url: address,
      cMapUrl: '/pdfjs/cmaps/',
      cMapPacked: true,
      standardFontDataUrl: '/pdfjs/standard_fonts/',
      wasmUrl: '/pdfjs/wasm/',
      iccUrl: '/pdfjs/iccs/',
      // The page may not compile WebAssembly; pdf.js has the same decoders as scripts.
      useWasm: false,
      enableXfa: false,
    });
    close = () => {
      task.destroy();
    };
    if (closed) close();
    const file = await task.promise;
    return {
      pageCount: file.numPages,
      async sizes() {
        const pages = await Promise.all(Array.from({ length: file.numPages }, (_, index) => file.getPage(index + 1)));
        return pages.map((page) => {
          const { width, height } = page.getViewport({ scale: 1 });
          return { page: page.pageNumber, width, height };
        });
      },
      draw(index: number, canvas: HTMLCanvasElement) {
        let cancel = () => {};
        let isGivenUp = false;
        const drawing = async () => {
          const page = await file.getPage(index + 1);
          if (isGivenUp) return;
          const plain = page.getViewport({ scale: 1 });
          const scale = (Math.max(1, canvas.clientWidth) * Math.min(2, devicePixelRatio)) / plain.width;
          const viewport = page.getViewport({ scale });
          canvas.width = Math.round(viewport.width);
          canvas.height = Math.round(viewport.height);
          const rendering = page.render({ canvas, viewport });
          cancel = () => rendering.cancel();
          await rendering.promise;
        };
        drawing().then(
          () => canvas.setAttribute('data-drawn', String(!isGivenUp)),
          // Given up, or one page that cannot be drawn: the others still can.
          () => canvas.setAttribute('data-drawn', 'false'),
        );
        return () => {
          isGivenUp = true;
          cancel();
        };
      },
    };
  })();
  return {
    document,
    close() {
      closed = true;
      close();
    },
  };
}
