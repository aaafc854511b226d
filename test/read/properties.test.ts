import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HongtouError, Layout, type LayoutBlock, type LayoutTable, type SourceFile } from '../../models/index.ts';
import { readHtml } from '../../pipeline/read/html.ts';
import { read } from '../../pipeline/read/index.ts';
import { readText } from '../../pipeline/read/text.ts';

/** Pieces that the readers give a meaning to, in any order. */
const pieces = fc.constantFrom(
  '关于开展检查的通知',
  '各乡镇：',
  '。',
  '一、',
  '（一）',
  '\n',
  '\n\n',
  '\t',
  '|',
  '|---|',
  '#',
  '# ',
  '**',
  '*',
  '_',
  '__',
  '\\',
  '\\|',
  '---',
  '===',
  '- ',
  '> ',
  '```',
  '<table>',
  '</table>',
  '<tr>',
  '<td rowspan=3>',
  '<td colspan="0">',
  '</td>',
  '<br>',
  '<!--',
  '-->',
  '<div>',
  '</div>',
  '<p>',
  '<h1>',
  '<a href="a.doc">',
  '[链接](http://a)',
  '![印章](a.png)',
  '[印章]',
  '索引号：',
  '发文机关：',
  '- 3 -',
  '\f',
  '┌──┬──┐',
  '│甲│乙│',
  '├──┼──┤',
  '└──┴──┘',
  '+--+--+',
  '$',
  '\\(',
  '&nbsp;',
  '&#x0;',
  '\u0000',
  '\ud800',
  '\u3000\u3000',
  'A red official seal of the bureau with a star',
  '<style>p{display:none}',
  '</style>',
  '<meta charset=gb2312>',
  '下一篇：',
);
const document = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ maxLength: 200, unit: 'binary' }),
);

function tables(layout: Layout): LayoutTable[] {
  return layout.pages
    .flatMap((page) => page.blocks)
    .filter((block: LayoutBlock): block is LayoutTable => block.type === 'table');
}

/** Every place of the grid is in exactly one cell. */
function tiles(table: LayoutTable): boolean {
  const taken = new Set<string>();
  for (const cell of table.cells)
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++)
      for (let c = cell.column; c < cell.column + cell.columnSpan; c++) {
        if (taken.has(`${r} ${c}`)) return false;
        taken.add(`${r} ${c}`);
      }
  return taken.size === table.rowCount * table.columnCount;
}

/** The layout, or null where the input was refused in a clear way. */
async function layoutOf(
  reader: (input: SourceFile) => Promise<Layout>,
  bytes: Uint8Array,
  fileName: string,
): Promise<Layout | null> {
  try {
    return await reader({ fileName, bytes });
  } catch (error) {
    if (error instanceof HongtouError) return null;
    throw error;
  }
}

describe('whatever the input, a layout or a clear refusal', () => {
  test.each([
    ['text', readText, 'a.txt'],
    ['a page', readHtml, 'a.html'],
  ] as const)('%s', async (_, reader, fileName) => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const layout = await layoutOf(reader, Buffer.from(text), fileName);
        if (layout === null) return;
        expect(Layout.safeParse(layout).success).toBe(true);
        expect(tables(layout).every(tiles)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('bytes of any kind', async () => {
    const starts = fc.constantFrom(
      '',
      '%PDF-1.4\n',
      'PK\u0003\u0004',
      '<html>',
      '\u00d0\u00cf\u0011\u00e0',
      '{\\rtf1',
      'BM',
      'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n',
    );
    await fc.assert(
      fc.asyncProperty(starts, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        // Only what needs no other program: LibreOffice takes longer than a property may.
        if (start === '{\\rtf1') return;
        await layoutOf(read, Buffer.concat([Buffer.from(start, 'latin1'), rest]), 'a.bin');
      }),
      { numRuns: 150 },
    );
  });
});
