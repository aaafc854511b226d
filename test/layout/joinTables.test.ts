import { describe, expect, test } from 'vitest';
import type { LayoutTable } from '../../models/index.ts';
import { joinContinuedTables } from '../../pipeline/layout/joinTables.ts';
import { readText } from '../../pipeline/read/text.ts';

/** The tables of a text after joining, as rows. */
async function joined(text: string): Promise<string[][]> {
  const layout = joinContinuedTables(await readText({ fileName: 'a.txt', bytes: Buffer.from(text) }));
  const tables = layout.pages
    .flatMap((page) => page.blocks)
    .filter((block): block is LayoutTable => block.type === 'table');
  return tables.map((table) =>
    Array.from({ length: table.rowCount }, (_, row) =>
      table.cells
        .filter((cell) => cell.row === row)
        .map((cell) => cell.lines.map((line) => line.text).join('/'))
        .join('|'),
    ),
  );
}

describe('tables of a text that go on', () => {
  const header = '事项\t单位\t时限\n';
  test('on the same page, their header printed again', async () => {
    const text = `${header}摸底\t教育股\t五月\n\n— 3 —\n\n${header}检查\t安全股\t六月\n\n— 4 —\n\n${header}总结\t办公室\t七月`;
    expect(await joined(text)).toEqual([
      ['事项|单位|时限', '摸底|教育股|五月', '检查|安全股|六月', '总结|办公室|七月'],
    ]);
  });
  test('on the next page, without header', async () => {
    expect(await joined('事项\t单位\t数量\n摸底\t教育股\t3\f检查\t安全股\t5\n')).toEqual([
      ['事项|单位|数量', '摸底|教育股|3', '检查|安全股|5'],
    ]);
  });
  test('another table between them ends the first', async () => {
    const text = `${header}摸底\t教育股\t五月\n\n附件2\n\n姓名\t职务\t电话\n\t\t\n`;
    expect(await joined(text)).toEqual([
      ['事项|单位|时限', '摸底|教育股|五月'],
      ['姓名|职务|电话', '||'],
    ]);
  });
});
