import { expect, it } from 'vitest';
import { renderPdf } from '../../corpus/generator/pdf.ts';
import { randomSpec } from '../../corpus/generator/random.ts';
import type { SpecTable } from '../../corpus/generator/spec.ts';
import { GoldNotice } from '../../corpus/gold.ts';
import { joinContinuedTables } from '../../pipeline/layout/joinTables.ts';
import { readPdf } from '../../pipeline/read/pdf.ts';
import { coverage } from './coverage.ts';

const inOrder = (a: { row: number; column: number }, b: { row: number; column: number }): number =>
  a.row - b.row || a.column - b.column;

it.each([1, 4, 12, 26, 28])(
  'notice %i made at random: every character in its place, every table whole',
  async (seed) => {
    const { spec, gold } = randomSpec(seed);
    expect(GoldNotice.parse(gold)).toEqual(gold);
    const { bytes, truth } = await renderPdf(spec, { seed });
    const layout = await readPdf({ fileName: 'random.pdf', bytes });
    expect(layout.diagnostics).toEqual([]);
    expect(coverage(layout, truth)).toEqual({ share: 1, missed: [] });
    const read = joinContinuedTables(layout).pages.flatMap((page) =>
      page.blocks.flatMap((block) =>
        block.type === 'table'
          ? [
              block.cells.map((cell) => ({
                row: cell.row,
                column: cell.column,
                rowSpan: cell.rowSpan,
                columnSpan: cell.columnSpan,
                text: cell.lines.map((line) => line.text).join(''),
              })),
            ]
          : [],
      ),
    );
    const made = spec.attachments.flatMap((part) =>
      part.blocks.filter((block): block is SpecTable => block.type === 'table'),
    );
    expect(read.map((cells) => [...cells].sort(inOrder))).toEqual(made.map((table) => [...table.cells].sort(inOrder)));
  },
);

it('makes the same notice of the same seed, and others of others', () => {
  expect(randomSpec(7)).toEqual(randomSpec(7));
  const several = Array.from({ length: 60 }, (_, seed) => randomSpec(seed).spec);
  expect(new Set(several.map((spec) => spec.signatories.length))).toEqual(new Set([1, 2, 3, 4]));
  expect(new Set(several.map((spec) => spec.attachments.length))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});
