import { describe, expect, test } from 'vitest';
import type { LayoutTable } from '../../models/index.ts';
import { outline, read } from './textOf.ts';

async function tablesOf(text: string): Promise<LayoutTable[]> {
  const pages = (await read(text)).pages;
  return pages.flatMap((page) => page.blocks).filter((block) => block.type === 'table');
}

/** Rows of a table: cells between bars, spans as {rows x columns}. */
function rows(table: LayoutTable): string[] {
  return Array.from({ length: table.rowCount }, (_, r) =>
    table.cells
      .filter((cell) => cell.row === r)
      .map((cell) => {
        const span = cell.rowSpan > 1 || cell.columnSpan > 1 ? `{${cell.rowSpan}x${cell.columnSpan}}` : '';
        return cell.lines.map((line) => line.text).join('/') + span;
      })
      .join('|'),
  );
}

describe('tables', () => {
  const cases: [reason: string, source: string, expected: string[]][] = [
    ['Markdown', '| 类别 | 数量 |\n|---|:-:|\n| 学校 | 3 |', ['类别|数量', '学校|3']],
    ['without the row of dashes', '| 类别 | 数量 |\n| 学校 | 3 |', ['类别|数量', '学校|3']],
    ['without outer bars', '类别 | 数量\n--- | ---\n学校 | 3', ['类别|数量', '学校|3']],
    ['an escaped bar', '| 类别 | 甲\\|乙 |\n|---|---|\n| 学校 | |', ['类别|甲|乙', '学校|']],
    [
      'a cell that does not apply stays',
      '| 类别 | 甲 | 乙 |\n|---|---|---|\n| 学校 | \\ | / |',
      ['类别|甲|乙', '学校|\\|/'],
    ],
    [
      'cells that do not apply without spaces',
      '|类别|甲|乙|\n|---|---|---|\n|学校|\\|\\|',
      ['类别|甲|乙', '学校|\\|\\'],
    ],
    ['an empty header made for Markdown', '|  |  |\n|---|---|\n| 姓名 | |\n| 职务 | |', ['姓名|', '职务|']],
    [
      'breaks and emphasis in cells',
      '| **检查<br>单位数** | 数量\\_ |\n|---|---|\n| 学校 | |',
      ['检查/单位数|数量_', '学校|'],
    ],
    [
      'tabs, empty first cells, ragged rows',
      '类别\t\t数量\n案件\t燃气\t\n\t食品\n合计\t\t\\',
      ['类别||数量', '案件|燃气|', '|食品|', '合计||\\'],
    ],
    ['blank rows of a form', '姓名\t职务\t电话\n\t\t\n\t\t', ['姓名|职务|电话', '||', '||']],
    ['one row of three cells', '序号\t名称\t数量', ['序号|名称|数量']],
    ['empty columns stay', '单位名称\t\t\t\n姓名\t\t电话\t', ['单位名称|||', '姓名||电话|']],
    [
      'HTML with spans',
      '<table border=1>\n<tr><td rowspan="2"\n colspan=2>类别</td><td>数量</td></tr><tr><td>家</td></tr></table>',
      ['类别{2x2}|数量', '家'],
    ],
    [
      'HTML: rowspan 0 goes to the end, too far is cut',
      '<table><tr><td rowspan=0>甲</td><td colspan=9>乙</td></tr><tr><td>1</td><td>2</td></tr></table>',
      ['甲{2x1}|乙{1x9}', '1|2|||||||'],
    ],
    [
      'HTML: a table in a cell is its text',
      '<table><tr><td>甲</td><td><table><tr><td>乙</td><td>丙</td></tr></table></td></tr></table>',
      ['甲|乙 丙'],
    ],
    ['HTML that is cut off', '<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙', ['甲|乙']],
    [
      'drawn with strokes one column wide',
      '┌────┬────┐\n│类别│数量│\n├────┼────┤\n│学校│ 3  │\n└────┴────┘',
      ['类别|数量', '学校|3'],
    ],
    [
      'drawn with strokes two columns wide',
      '┌──┬──┐\n│类别│数量│\n├──┼──┤\n│学校│  3 │\n└──┴──┘',
      ['类别|数量', '学校|3'],
    ],
    [
      'drawn with merged cells',
      [
        '┌─────────┬────┐',
        '│类别     │数量│',
        '├────┬────┼────┤',
        '│案件│燃气│    │',
        '│    ├────┼────┤',
        '│    │食品│ \\  │',
        '└────┴────┴────┘',
      ].join('\n'),
      ['类别{1x2}|数量', '案件{2x1}|燃气|', '食品|\\'],
    ],
    [
      'drawn with plus and minus',
      '+------+------+\n|类别  |数量  |\n+------+------+\n|学校  |      |\n+------+------+',
      ['类别|数量', '学校|'],
    ],
  ];
  test.each(cases)('%s', async (_, source, expected) => {
    const tables = await tablesOf(`统计表\n\n${source}\n\n注：每月报送`);
    expect(tables.map(rows)).toEqual([expected]);
  });

  test('a document on one line: its tables are rows again', async () => {
    const text =
      '附件1 统计表 | 类别 | 数量 | |---|---| | 学校 | | | 医院 | 3 | 注：按月报送。 附件2 | 姓名 | 电话 | |---|---| | | | 完';
    expect(await outline(text)).toEqual(['附件1 统计表', '[table]', ' 注：按月报送。 附件2', '[table]', ' 完']);
    expect((await tablesOf(text)).map(rows)).toEqual([
      ['类别|数量', '学校|', '医院|3'],
      ['姓名|电话', '|'],
    ]);
  });

  test('several tables on one line, text between', async () => {
    const one = '<table><tr><td>甲</td><td>乙</td></tr></table>';
    expect(await outline(`附件1 ${one}${one} 附件2 ${one}`)).toEqual([
      '附件1',
      '[table]',
      '[table]',
      ' 附件2',
      '[table]',
    ]);
  });

  test('spans are known from HTML and strokes, not from tabs and Markdown', async () => {
    const sources = [
      '<table><tr><td>甲</td><td>乙</td></tr></table>',
      '┌──┬──┐\n│甲│乙│\n└──┴──┘',
      '甲\t乙\t丙',
      '|甲|乙|\n|-|-|\n|1|2|',
    ];
    const known = await Promise.all(sources.map(async (source) => (await tablesOf(source))[0]?.spansKnown));
    expect(known).toEqual([true, true, false, false]);
  });

  const continued: [reason: string, source: string, expected: boolean[]][] = [
    [
      'the header is repeated on the next page',
      '事项\t单位\t时限\n检查\t教育股\t六月\n\n- 4 -\n\n事项\t单位\t时限\n总结\t办公室\t七月',
      [false, true],
    ],
    ['the rows go on without header', '事项\t单位\t数量\n检查\t教育股\t3\n\n总结\t办公室\t5', [false, true]],
    [
      'another header with as many columns',
      '事项\t单位\t数量\n检查\t教育股\t3\n\n姓名\t职务\t电话\n\t\t',
      [false, false],
    ],
    [
      'a title stands between',
      '事项\t单位\t数量\n检查\t教育股\t3\n\n附件2\n\n事项\t单位\t数量\n总结\t办公室\t5',
      [false, false],
    ],
    ['over a form feed', '|事项|数量|\n|-|-|\n|检查|3|\f|事项|数量|\n|-|-|\n|总结|5|', [false, true]],
    ['a second row of dashes', '|事项|数量|\n|-|-|\n|检查|3|\n|姓名|电话|\n|-|-|\n|张某|5|', [false, false]],
  ];
  test.each(continued)('continues: %s', async (_, source, expected) => {
    expect((await tablesOf(source)).map((table) => table.continues)).toEqual(expected);
  });

  const frames: [reason: string, source: string, expected: string[]][] = [
    [
      'a frame around the whole',
      '<table><tr><td>关于开展检查的通知<br>各学校：</td></tr></table>',
      ['关于开展检查的通知', '各学校：'],
    ],
    [
      'an imprint in HTML',
      '<table><tr><td colspan=2>抄送：县人民政府办公室。</td></tr><tr><td>青溪县教育局办公室</td><td>2025年5月6日印发</td></tr></table>',
      ['抄送：县人民政府办公室。', '青溪县教育局办公室　　2025年5月6日印发'],
    ],
    [
      'an imprint in Markdown',
      '| 抄送：县人民政府办公室。 |\n|---|\n| 青溪县教育局办公室 2025年5月6日印发 |',
      ['抄送：县人民政府办公室。', '青溪县教育局办公室 2025年5月6日印发'],
    ],
  ];
  test.each(frames)('lines and no table: %s', async (_, source, expected) => {
    expect(await outline(source)).toEqual(expected);
  });

  const none: [reason: string, source: string][] = [
    ['numbers before a tab', '一、\t总体要求\n二、\t工作任务\n1.\t摸底'],
    ['labelled values side by side', '联系人：张某\t电话：7170900\n联系人：李某\t电话：7170901'],
    ['an indented paragraph', '\t各乡镇要逐户登记。\n\t各部门要配合。'],
    ['a bar in a sentence', '“线上|线下”一体检查'],
    ['a line of strokes', '─────────'],
  ];
  test.each(none)('no table: %s', async (_, source) => expect(await tablesOf(source)).toEqual([]));
});
