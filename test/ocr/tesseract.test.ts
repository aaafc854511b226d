import { expect, test } from 'vitest';
import type { Strip } from '../../pipeline/ocr/engine.ts';
import { openTesseract } from '../../pipeline/ocr/tesseract.ts';

const blank: Strip = { em: 32, image: { width: 64, height: 40, data: new Uint8Array(64 * 40).fill(255) } };

test('a worker is replaced between two goes, never under one: pages read at once all come to their end', {
  timeout: 60_000,
}, async () => {
  const reader = await openTesseract(1, 1);
  try {
    const pages = await Promise.all([1, 2, 3].map((lines) => reader.readLines(Array<Strip>(lines).fill(blank))));
    expect(pages.map((readings) => readings.length)).toEqual([1, 2, 3]);
  } finally {
    await reader.close();
  }
});
