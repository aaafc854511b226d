import { describe, expect, it } from 'vitest';
import { type DocxTruth, renderDocx } from '../../corpus/generator/docx.ts';
import { randomNotice } from '../../corpus/generator/randomNotice.ts';
import type { NoticeSpec } from '../../corpus/generator/spec.ts';
import type { Layout } from '../../models/index.ts';
import { openArchive } from '../../pipeline/read/archive.ts';
import { readDocx } from '../../pipeline/read/docx.ts';
import { sampleSpec } from './sampleSpec.ts';

const folded = (text: string) => text.replace(/\s+/g, '');

function cellText(row: number, column: number, rowSpan: number, columnSpan: number, text: string): string {
  return `${row},${column} ${rowSpan}×${columnSpan} ${folded(text)}`;
}

function asRead(layout: Layout): string[] {
  return layout.pages[0]!.blocks.flatMap((block) => {
    if (block.type === 'line') return [folded(block.text)];
    if (block.type !== 'table') return [];
    const cells = block.cells.map((cell) =>
      cellText(cell.row, cell.column, cell.rowSpan, cell.columnSpan, cell.lines.map((line) => line.text).join('')),
    );
    return [`${block.rowCount}×${block.columnCount}`, ...cells.sort()];
  });
}

function asMade(truth: DocxTruth): string[] {
  return truth.flatMap((item) => {
    if (item.type === 'line') return [folded(item.text)];
    const { table } = item;
    const cells = table.cells.map((cell) => cellText(cell.row, cell.column, cell.rowSpan, cell.columnSpan, cell.text));
    return [`${table.rowCount}×${table.columnCount}`, ...cells.sort()];
  });
}

/** Numbers as clerks get them wrong: one skipped, one repeated, another mark. */
const irregular: NoticeSpec = {
  ...sampleSpec,
  letterhead: { bodies: ['青林县教育局', '青林县公安局'], withSuffix: true },
  body: (
    [
      [1, '一、'],
      [2, '（二）'],
      [3, '1.'],
      [3, '1.'],
      [1, '三、'],
      [2, '（一）'],
      [3, '①'],
      [4, '（1）'],
      [4, '（2）'],
      [1, '四.'],
      [1, '五.'],
    ] as const
  ).map(([level, number]) => ({ type: 'heading', level, number, text: '强化排查', runIn: '压实责任。' })),
};

describe('readDocx on generated notices', () => {
  it.each([
    ['typed', 1],
    ['typed', 2],
    ['automatic', 1],
    ['automatic', 2],
    ['automatic', 3],
    ['automatic', 4],
  ] as const)('finds every line and cell as it was made: %s numbers, seed %i', async (numbering, seed) => {
    const { bytes, truth } = await renderDocx(sampleSpec, { seed, numbering });
    expect(asRead(await readDocx({ fileName: 'a.docx', bytes }))).toEqual(asMade(truth));
  });

  it.each([21, 22, 23])('reads random notices: seed %i', async (seed) => {
    const { bytes, truth } = await renderDocx(randomNotice(seed).spec, { seed, numbering: 'automatic' });
    expect(asRead(await readDocx({ fileName: 'a.docx', bytes }))).toEqual(asMade(truth));
  });

  it('prints numbers that are skipped or repeated as they are', async () => {
    const { bytes, truth } = await renderDocx(irregular, { seed: 5, numbering: 'automatic' });
    expect(asRead(await readDocx({ fileName: 'a.docx', bytes }))).toEqual(asMade(truth));
  });

  it('numbers automatically where it says so: the typed text has no numbers', async () => {
    const { bytes } = await renderDocx(irregular, { seed: 5, numbering: 'automatic' });
    const archive = await openArchive(bytes, 'a.docx');
    const document = new TextDecoder().decode(archive.read(archive.find('word/document.xml')!));
    expect(document.match(/<w:numPr>/g)).toHaveLength(irregular.body.length);
    expect(document).not.toMatch(/三、|（二）|①/);
  });

  it('makes the same bytes from the same seed', async () => {
    const options = { seed: 3, numbering: 'automatic' } as const;
    const [first, second] = [await renderDocx(sampleSpec, options), await renderDocx(sampleSpec, options)];
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(second.bytes))).toBe(0);
  });
});
