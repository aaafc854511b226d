import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';

/**
 * pdf.js in a thread of its own. It never gives way while it parses a page, so that only a thread can be stopped in
 * a document made to keep it busy for ever (forms that nest by the million), and only a thread has a memory limit.
 */
export interface PdfEngine {
  readonly worker: PDFWorker;
  /** Rejects when the thread ends by itself: its memory is used up. */
  readonly failed: Promise<never>;
  /** While it is taken, the thread keeps the program running. */
  take(): void;
  /** Ends the thread at once. */
  stop(): void;
  /** Gives the thread back for the next document. */
  release(): void;
}

const memoryMegabytes = 1536;
/** Threads kept for the next document; starting one takes longer than reading a short notice. */
const keptIdle = 1;
const idle: PdfEngine[] = [];

export function takeEngine(): PdfEngine {
  const engine = idle.pop() ?? startEngine();
  engine.take();
  return engine;
}

function startEngine(): PdfEngine {
  const { port1, port2 } = new MessageChannel();
  const script = pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href;
  const thread = new Worker(
    // What pdf.js remarks on odd files would wait in the thread's stderr, and what waits there keeps the program running.
    // Its build for Node replaces Array.prototype.push (for arrays of over 2 ** 32 entries); a sixth of the time goes there.
    `console.log = console.warn = console.error = () => {};
     const { workerData } = require('node:worker_threads');
     const { push } = Array.prototype;
     import(workerData.script).then((pdf) => {
       Array.prototype.push = push;
       pdf.WorkerMessageHandler.initializeFromPort(workerData.port);
     });`,
    {
      eval: true,
      execArgv: [],
      workerData: { script, port: port2 },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
      // pdf.js writes remarks on odd files there; what matters of them becomes a diagnostic.
      stdout: true,
      stderr: true,
    },
  );
  // pdf.js is typed for the ports of browsers; those of Node have the same methods.
  const worker = PDFWorker.create({ port: port1 as never });
  let alive = true;
  const failed = new Promise<never>((_, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The thread that reads PDF ended.')));
  });
  failed.catch(() => {
    alive = false;
    const at = idle.indexOf(engine);
    if (at >= 0) idle.splice(at, 1);
  });
  const engine: PdfEngine = {
    worker,
    failed,
    take() {
      thread.ref();
      port1.ref();
    },
    stop() {
      alive = false;
      port1.close();
      void thread.terminate();
    },
    release() {
      if (alive && idle.length < keptIdle) {
        thread.unref();
        port1.unref();
        idle.push(engine);
      } else engine.stop();
    },
  };
  return engine;
}
