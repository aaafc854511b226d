import { InferenceSession, Tensor } from 'onnxruntime-node';
import Tinypool from 'tinypool';
import type { LineReading, ReadCharacter, Strip } from './engine.ts';
import { mergeTwins } from './mergeTwins.ts';
import { centreOnInk } from './prepare/centreOnInk.ts';
import { resizeGray } from './prepare/resize.ts';

/** What a thread is started with. */
export interface PpOcrThread {
  /** The model, an ONNX file. */
  readonly model: Uint8Array;
  /** The model's classes: the blank of CTC, then characters. */
  readonly keys: readonly string[];
}

/** One line to be read. */
export interface PpOcrTask {
  readonly strip: Strip;
  /** Width that the line is brought to before it is read, as a share of its own. */
  readonly narrowing: number;
}

/** Height that the model reads at; it looks at the line in steps of eight pixels of the width. */
const modelHeight = 48;
const step = 8;
/** Widths are rounded up to this, so that the runtime sees few different shapes and keeps little memory for them. */
const widthUnit = 64;
/** Lines longer than this are cut by the caller; the model was trained on shorter ones. */
const mostWidth = 4096;

const { model, keys } = Tinypool.workerData as PpOcrThread;
const session = await InferenceSession.create(model, {
  // One thread a line and several lines at once: cheaper than several threads on one line. Threads that wait must not
  // spin, or they take the time of all else that runs.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
});

/** Reads one line; what each thread of PP-OCR does. */
export default async function recognizeStrip({ strip: { image, em }, narrowing }: PpOcrTask): Promise<LineReading> {
  const scale = (modelHeight / image.height) * narrowing;
  const inked = Math.max(16, Math.min(mostWidth, Math.round(image.width * scale)));
  const width = Math.ceil(inked / widthUnit) * widthUnit;
  const resized = resizeGray(image, inked, modelHeight);
  const plane = modelHeight * width;
  const input = new Float32Array(3 * plane).fill(1);
  for (let y = 0; y < modelHeight; y++) {
    for (let x = 0; x < inked; x++) input[y * width + x] = resized.data[y * inked + x]! / 127.5 - 1;
  }
  input.copyWithin(plane, 0, plane);
  input.copyWithin(2 * plane, 0, plane);
  const tensor = new Tensor('float32', input, [1, 3, modelHeight, width]);
  const output = (await session.run({ [session.inputNames[0]!]: tensor }))[session.outputNames[0]!]!;
  const [, steps, classes] = output.dims as [number, number, number];
  const characters = decode(output.data as Float32Array, steps, classes);
  output.dispose();
  tensor.dispose();
  const toStrip = (step * image.width) / inked;
  // Behind the end of the strip there is nothing to read; what the model sees there it made up.
  const inStrip = characters.map((c) => ({ ...c, x: c.x * toStrip })).filter((c) => c.x < image.width);
  return { characters: mergeTwins(em, centreOnInk(image, em, inStrip)) };
}

/**
 * The best path through the model's answer: at each step the most likely class, repeated ones once, blanks left out.
 * Positions are in steps.
 */
function decode(probabilities: Float32Array, steps: number, classes: number): ReadCharacter[] {
  const found: (Omit<ReadCharacter, 'x'> & { first: number; last: number; confidence: number })[] = [];
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
        const [second, ...others] = most < almostSure ? runnersUp(probabilities, from, classes, best) : [];
        const isClose = most < 0.9 && second !== undefined && second.probability > 0.05;
        const rivals = (isClose || !second ? others : [second, ...others]).map(({ text }) => text).join('');
        found.push({
          text: keys[best] ?? '',
          first: t,
          last: t,
          confidence: most,
          second: isClose ? second.text : null,
          ...(rivals !== '' && { rivals }),
        });
      }
    }
    previous = best;
  }
  return found.map(({ first, last, ...character }) => ({ ...character, x: (first + last + 1) / 2 }));
}

/** A character read more surely has no rivals. */
const almostSure = 0.985;
const leastRival = 0.006;
const mostRivals = 6;

/** What else a step can be, the likeliest first. */
function runnersUp(
  probabilities: Float32Array,
  from: number,
  classes: number,
  best: number,
): { text: string; probability: number }[] {
  const found: { text: string; probability: number }[] = [];
  for (let c = 1; c < classes; c++) {
    const probability = probabilities[from + c]!;
    if (c !== best && probability > leastRival) found.push({ text: keys[c] ?? '', probability });
  }
  return found.sort((a, b) => b.probability - a.probability).slice(0, mostRivals);
}
