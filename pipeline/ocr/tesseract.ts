import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Worker as Thread } from 'node:worker_threads';
import type { Worker } from 'tesseract.js';
import type { LineReader, LineReading, ReadCharacter, ReadOptions, Strip } from './engine.ts';
import type { Gray } from './prepare/raster.ts';
import { resizeGray } from './prepare/resize.ts';

/** Size of a character when it is read, in pixels: Tesseract's model was trained on lines of about this height. */
const readingSize = 36;
const leading = 26;
const margin = 24;
/** Lines that are read in one go; few, so that work ends soon after it is cancelled. */
const linesAtOnce = 8;
/** A worker's memory grows while it works; after so many goes it is replaced by a new one. */
const mostGoes = 400;

interface Slot {
  worker: Worker;
  goes: number;
  /** The last go that this worker was given: it takes one at a time, and is replaced between two. */
  turn: Promise<unknown>;
}

/**
 * tesseract.js with the Chinese data of @tesseract.js-data/chi_sim, read from the installed package. Lines are set one
 * below the other and read as a block, several workers side by side.
 */
export async function openTesseract(
  workerCount = Math.min(2, availableParallelism()),
  goesPerWorker = mostGoes,
): Promise<LineReader> {
  const { createWorker, OEM, PSM } = await import('tesseract.js');
  const langPath = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/chi_sim/package.json')),
    '4.0.0',
  );
  const start = async (): Promise<Worker> => {
    const worker = await createWorker('chi_sim', OEM.LSTM_ONLY, {
      langPath,
      cacheMethod: 'none',
      gzip: true,
      // Without a handler of its own tesseract.js throws outside of any promise.
      errorHandler: () => {},
    });
    await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK, preserve_interword_spaces: '1' });
    return worker;
  };
  const pool = await Promise.all(
    Array.from(
      { length: workerCount },
      async (): Promise<Slot> => ({ worker: await start(), goes: 0, turn: Promise.resolve() }),
    ),
  );
  let closed = false;

  /** Several pages read at once with the same workers: a chunk waits until the worker has done with those before it. */
  const readChunk = (slot: Slot, strips: readonly Strip[]): Promise<LineReading[]> => {
    const reading = slot.turn.then(() => readNow(slot, strips));
    slot.turn = reading.catch(() => undefined);
    return reading;
  };

  const readNow = async (slot: Slot, strips: readonly Strip[]): Promise<LineReading[]> => {
    if (slot.goes >= goesPerWorker) {
      await ended(slot.worker);
      slot.worker = await start();
      slot.goes = 0;
    }
    slot.goes++;
    const block = stack(strips);
    const { data } = await slot.worker
      .recognize(toPgm(block.image), {}, { text: false, blocks: true })
      .catch((error: unknown) => {
        // It may be broken for good: the next go gets a new one.
        slot.goes = goesPerWorker;
        throw error instanceof Error ? error : new Error(String(error));
      });
    const readings = strips.map((): ReadCharacter[] => []);
    // Symbols stay in the order of their line: their boxes are too rough to sort by.
    const lines = (data.blocks ?? []).flatMap((b) => b.paragraphs.flatMap((p) => p.lines));
    for (const line of lines.sort((a, b) => a.bbox.x0 - b.bbox.x0)) {
      const y = (line.bbox.y0 + line.bbox.y1) / 2;
      const index = block.tops.findLastIndex((top) => top <= y);
      if (index < 0) continue;
      for (const symbol of line.words.flatMap((w) => w.symbols)) {
        readings[index]!.push({
          text: symbol.text,
          x: ((symbol.bbox.x0 + symbol.bbox.x1) / 2 - margin) / block.scales[index]!,
          confidence: Math.max(0, Math.min(1, symbol.confidence / 100)),
          second: null,
        });
      }
    }
    return readings.map((characters) => ({ characters }));
  };

  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await Promise.all(pool.map((slot) => ended(slot.worker)));
  };

  return {
    name: 'tesseract',
    canRead: () => true,
    readLines: async (strips, options: ReadOptions = {}) => {
      const { signal } = options;
      signal?.throwIfAborted();
      const chunks: { first: number; strips: readonly Strip[] }[] = [];
      for (let i = 0; i < strips.length; i += linesAtOnce)
        chunks.push({ first: i, strips: strips.slice(i, i + linesAtOnce) });
      const readings: LineReading[] = strips.map(() => ({ characters: [] }));
      let next = 0;
      const work = async (slot: Slot): Promise<void> => {
        for (let chunk = chunks[next++]; chunk; chunk = chunks[next++]) {
          signal?.throwIfAborted();
          const read = await readChunk(slot, chunk.strips);
          read.forEach((reading, i) => {
            readings[chunk.first + i] = reading;
          });
        }
      };
      await untilAborted(Promise.all(pool.map(work)), signal);
      return readings;
    },
    close,
  };
}

/** Ends a worker and its thread, and waits for that, which `terminate` does not: else two hold their memory at once. */
async function ended(worker: Worker): Promise<void> {
  const { worker: thread } = worker as Worker & { readonly worker?: Thread };
  await worker.terminate();
  await thread?.terminate();
}

/** The promise, or a rejection as soon as the signal says stop. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
    promise.catch(() => {});
  }
}

/** Strips brought to one size of character and set one below the other on white. */
function stack(strips: readonly Strip[]): { image: Gray; tops: number[]; scales: number[] } {
  const scales = strips.map((strip) => readingSize / strip.em);
  const sized = strips.map((strip, i) =>
    resizeGray(
      strip.image,
      Math.max(1, Math.round(strip.image.width * scales[i]!)),
      Math.max(1, Math.round(strip.image.height * scales[i]!)),
    ),
  );
  const width = Math.max(...sized.map((s) => s.width)) + 2 * margin;
  const tops: number[] = [];
  let height = leading;
  for (const s of sized) {
    tops.push(height);
    height += s.height + leading;
  }
  const data = new Uint8Array(width * height).fill(255);
  sized.forEach((s, i) => {
    for (let y = 0; y < s.height; y++) {
      data.set(s.data.subarray(y * s.width, (y + 1) * s.width), (tops[i]! + y) * width + margin);
    }
  });
  // A line's share of the page begins half way to the one above it.
  return { image: { width, height, data }, tops: tops.map((top) => top - leading / 2), scales };
}

/** Grey as PGM, which needs no compressing. */
function toPgm({ width, height, data }: Gray): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}
