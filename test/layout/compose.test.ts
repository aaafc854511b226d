import { describe, expect, test } from 'vitest';
import { evidenceAt, type Layout, type LayoutBlock, layoutLine, layoutPage } from '../../models/index.ts';
import { composeFlow } from '../../pipeline/layout/compose.ts';
import { flowOf } from './flowOf.ts';

const layoutOf = (...pages: readonly (readonly LayoutBlock[])[]): Layout => ({
  mediaType: 'application/pdf',
  paged: true,
  pages: pages.map((blocks, index) => layoutPage(blocks, { page: index + 1 })),
  signatures: [],
  diagnostics: [],
});

describe('one text', () => {
  test('folds width and drops layout spaces, and still knows each printed character', async () => {
    const printed = '请 于 ２０２５ 年 ６ 月 ３０ 日 前 报 送 。';
    const flow = await flowOf(printed);
    expect(flow.text).toBe('请于2025年6月30日前报送。');
    const characters = flow.segments.flatMap(({ start, end, from }) =>
      Array.from({ length: end - start }, (_, i) => [flow.text.charAt(start + i), printed.charAt(from + i)]),
    );
    for (const [folded, original] of characters) expect(original?.normalize('NFKC')).toBe(folded);
    expect(characters).toHaveLength(flow.text.length);
  });

  test('writes the rows of a table one a line, cells parted by tabs, empty ones too', async () => {
    const flow = await flowOf('类别\t数量（家）\t备注\n加油站\t\t\n加气站\t\t\n');
    expect(flow.text).toBe('类别\t数量（家）\t备注\n加油站\t\t\n加气站\t\t\n');
    const table = flow.blocks.find((block) => block.type === 'table');
    expect(table?.type === 'table' && table.cells.map((cell) => flow.text.slice(cell.start, cell.end))).toEqual([
      ...['类别', '数量（家）', '备注'],
      ...['加油站', '', ''],
      ...['加气站', '', ''],
    ]);
  });

  test('keeps page furniture out and says so', async () => {
    const flow = await flowOf('为加强管理。\n\n— 2 —\n\n现通知如下。');
    expect(flow.text).toBe('为加强管理。\n现通知如下。');
    expect(flow.diagnostics.map(({ code }) => code)).toEqual(['furniture-set-aside']);
  });

  test('seals and pictures are marks that take no text and do not part a sentence', () => {
    const line = (text: string) => layoutLine(text, { paragraphEnd: false });
    const flow = composeFlow(
      layoutOf([
        line('各单位要认真落实安全生产责任制，'),
        { type: 'seal', text: '桐河县教育局', box: null, confidence: 1 },
        line('确保校车运行安全。'),
      ]),
    );
    expect(flow.text).toBe('各单位要认真落实安全生产责任制，确保校车运行安全。');
    expect(flow.blocks.filter((block) => block.type === 'seal')).toMatchObject([{ text: '桐河县教育局' }]);
  });

  test('parts Latin words that stood on two lines', () => {
    const flow = composeFlow(
      layoutOf([
        layoutLine('请各经营单位于本月底前，登录 food', { paragraphEnd: false }),
        layoutLine('safety 平台填报。'),
      ]),
    );
    expect(flow.text).toBe('请各经营单位于本月底前，登录food safety平台填报。');
  });
});

describe('evidence in a text with geometry', () => {
  const flow = composeFlow(
    layoutOf(
      [layoutLine('请于六月底前', { box: [100, 50, 160, 66], paragraphEnd: false, confidence: 0.8 })],
      [layoutLine('报送总结。', { box: [80, 70, 130, 86], edges: [80, 90, 100, 110, 120, 130] })],
    ),
  );

  test('one box a printed line touched, cut at the characters', () => {
    const evidence = evidenceAt(flow, { start: 2, end: 10 }, 0.5);
    expect(evidence).toEqual({
      page: 1,
      start: 2,
      end: 10,
      quote: '六月底前报送总结',
      boxes: [
        [120, 50, 160, 66],
        [80, 70, 120, 86],
      ],
      // How well the worst line was read times how sure the rule is.
      confidence: 0.4,
    });
  });

  test('on the page of its first character', () => {
    expect(evidenceAt(flow, { start: 6, end: 8 })).toMatchObject({ page: 2, quote: '报送', confidence: 1 });
  });
});
