import { describe, expect, it } from 'vitest';
import type { LaidOutPage } from '../../corpus/generator/laidOut.ts';
import { renderOfd } from '../../corpus/generator/ofd.ts';
import { randomNotice } from '../../corpus/generator/randomNotice.ts';
import type { Layout } from '../../models/index.ts';
import { readOfd } from '../../pipeline/read/ofd.ts';
import { coverage } from './coverage.ts';
import { sampleSpec } from './sampleSpec.ts';

const folded = (text: string) => text.replace(/\s+/g, '');

function tablesAsRead(layout: Layout): string[] {
  return layout.pages.flatMap((page) =>
    page.blocks.flatMap((block) => {
      if (block.type !== 'table') return [];
      const cells = block.cells.map((cell) => {
        const text = folded(cell.lines.map((line) => line.text).join(''));
        return `${cell.row},${cell.column} ${cell.rowSpan}×${cell.columnSpan} ${text}`;
      });
      return [cells.sort().join('\n')];
    }),
  );
}

function tablesAsDrawn(truth: readonly LaidOutPage[]): string[] {
  return truth.flatMap((page) =>
    page.tables.map((table) =>
      table.cells
        .map((cell) => `${cell.row},${cell.column} ${cell.rowSpan}×${cell.columnSpan} ${folded(cell.text)}`)
        .sort()
        .join('\n'),
    ),
  );
}

/** Seeds that between them use each way of writing offsets, rules, seals, templates, orders. */
const seeds = [1, 2, 3, 4, 5, 6];

describe('readOfd on generated notices', () => {
  it.each(seeds)('finds every character and cell where it was drawn: seed %i', async (seed) => {
    const { bytes, truth } = await renderOfd(sampleSpec, { seed });
    const layout = await readOfd({ fileName: 'a.ofd', bytes });
    const { share, missed } = coverage(layout, truth);
    expect(share, missed.slice(0, 5).join('; ')).toBeGreaterThanOrEqual(0.995);
    expect(tablesAsRead(layout)).toEqual(tablesAsDrawn(truth));
    const seals = layout.pages.flatMap((page) => page.blocks.filter((block) => block.type === 'seal'));
    expect(seals.map((seal) => seal.text)).toEqual(truth.flatMap((page) => page.seals.map((seal) => seal.text)));
    expect(layout.pages.map((page) => page.needsRecognition)).toEqual(truth.map(() => false));
  });

  it.each([11, 12, 13, 14])('finds every character of random notices: seed %i', async (seed) => {
    const { bytes, truth } = await renderOfd(randomNotice(seed).spec, { seed });
    const layout = await readOfd({ fileName: 'a.ofd', bytes });
    expect(coverage(layout, truth).share).toBeGreaterThanOrEqual(0.99);
    expect(tablesAsRead(layout)).toEqual(tablesAsDrawn(truth));
  });

  it('makes the same bytes from the same seed', async () => {
    const [first, second] = [await renderOfd(sampleSpec, { seed: 3 }), await renderOfd(sampleSpec, { seed: 3 })];
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(second.bytes))).toBe(0);
  });
});
