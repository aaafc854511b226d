import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { PageSize } from './pageStack.tsx';

export interface PdfDocument {
  /** Sizes in points, as displayed. */
  readonly pages: readonly PageSize[];
  /** Draws a page as wide as the canvas is shown; the function that comes back gives it up. */
  draw(index: number, canvas: HTMLCanvasElement): () => void;
}

export interface Opening {
  readonly document: Promise<PdfDocument>;
  close(): void;
}

/** Opens a PDF with pdf.js, which is loaded only now. Nothing in the file is run and nothing is fetched for it. */
export function openPdf(address: string): Opening {
  let close = () => {};
  let closed = false;
  const document = (async () => {
    const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
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
    const loaded = await Promise.all(Array.from({ length: file.numPages }, (_, index) => file.getPage(index + 1)));
    return {
      pages: loaded.map((page) => {
        const { width, height } = page.getViewport({ scale: 1 });
        return { page: page.pageNumber, width, height };
      }),
      draw(index: number, canvas: HTMLCanvasElement) {
        const page = loaded[index];
        if (page === undefined) return () => {};
        const plain = page.getViewport({ scale: 1 });
        const scale = (Math.max(1, canvas.clientWidth) * Math.min(2, devicePixelRatio)) / plain.width;
        const viewport = page.getViewport({ scale });
        canvas.width = Math.round(viewport.width);
        canvas.height = Math.round(viewport.height);
        const drawing = page.render({ canvas, viewport });
        drawing.promise.then(
          () => canvas.setAttribute('data-drawn', 'true'),
          // Given up, or one page that cannot be drawn: the others still can.
          () => canvas.setAttribute('data-drawn', 'false'),
        );
        return () => drawing.cancel();
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
