import { describe, expect, it } from 'vitest';
import type { LayoutPage, LayoutTable } from '../../models/index.ts';
import { composeLayout, emBox, type Glyph, type PageContent, type Stroke } from '../../pipeline/read/geometry/index.ts';

/** Characters set one after the other: Chinese ones an em wide, others half of one. */
function print(text: string, x: number, baseline: number, known: Partial<Glyph> & { gap?: number } = {}): Glyph[] {
  const { gap = 0, size = 16, ...rest } = known;
  let at = x;
  return [...text].map((character) => {
    const width = /[\u2e80-\uffef]/.test(character) ? size : size / 2;
    const glyph: Glyph = {
      text: character,
      x0: at,
      x1: at + width,
      baseline,
      ...emBox(baseline, size),
      size,
      color: 'black',
      bold: false,
      angle: 0,
      ...rest,
    };
    at += width + gap;
    return glyph;
  });
}

const page = (glyphs: Glyph[], strokes: Stroke[] = []): PageContent => ({
  width: 595,
  height: 842,
  glyphs,
  strokes,
  figures: [],
});
const compose = (...pages: PageContent[]): LayoutPage[] => composeLayout(pages).pages;
const texts = (layoutPage: LayoutPage): string[] =>
  layoutPage.blocks.map((block) => (block.type === 'line' ? block.text : block.type));
const h = (y: number, x0: number, x1: number): Stroke => ({ x0, y0: y, x1, y1: y, color: 'black' });
const v = (x: number, y0: number, y1: number): Stroke => ({ x0: x, y0, x1: x, y1, color: 'black' });
const table = (layoutPage: LayoutPage): LayoutTable => layoutPage.blocks.find((block) => block.type === 'table')!;
const spans = (t: LayoutTable): string[] => t.cells.map((c) => `${c.row},${c.column} ${c.rowSpan}x${c.columnSpan}`);
/** A full line of body text at a row of the page. */
const body = (row: number): Glyph[] =>
  print('各有关单位要认真落实安全生产责任制度切实做好检查工作', 80, 200 + row * 29);

describe('lines', () => {
  const lineOf = (glyphs: Glyph[]): string => texts(compose(page(glyphs))[0]!).join('|');

  it('set spaces where the file leaves only a gap, as many as fit', () => {
    expect(lineOf([...print('联系人：', 80, 300), ...print('王小明', 176, 300)])).toBe('联系人：  王小明');
    expect(lineOf([...print('发', 80, 300), ...print('号', 500, 300)])).toBe('发        号');
  });

  it('set none for the quarter of an em between Chinese and Latin characters', () => {
    expect(lineOf([...print('于', 80, 300), ...print('2025', 100, 300), ...print('年', 136, 300)])).toBe('于2025年');
  });

  it('set none in names that are spread evenly', () => {
    expect(lineOf(print('青林县应急管理局', 80, 300, { gap: 14 }))).toBe('青林县应急管理局');
  });

  it('keep the spaces of the file', () => {
    expect(lineOf(print('附  件：a b', 80, 300))).toBe('附  件：a b');
  });

  it('take a character printed twice for a bold one', () => {
    const [line] = compose(page([...print('工作目标', 80, 300), ...print('工作目标', 80.4, 300)]))[0]!.blocks;
    expect(line).toMatchObject({ text: '工作目标', bold: true });
  });

  it('keep a raised mark in its line', () => {
    expect(
      lineOf([...print('面积500m', 80, 300), ...print('2', 144, 294, { size: 9 }), ...print('以上', 149, 300)]),
    ).toBe('面积500m2以上');
  });

  it('share characters beyond U+FFFF between two code units', () => {
    const [line] = compose(page(print('𠮷林', 80, 300)))[0]!.blocks;
    expect(line).toMatchObject({ text: '𠮷林', edges: [80, 88, 96, 112] });
  });

  it('read text turned by a quarter as lines of its own', () => {
    const turned = [...'类别'].map(
      (text, i): Glyph => ({
        ...print(text, 0, 0)[0]!,
        x0: 300,
        x1: 316,
        y0: 400 + 16 * i,
        y1: 416 + 16 * i,
        angle: 90,
      }),
    );
    expect(texts(compose(page([...body(0), ...body(1), ...turned]))[0]!)).toContain('类别');
  });
});

describe('reading order', () => {
  const half = '各单位要高度重视认真组织抓好落实';

  it('reads columns of running text one after the other, between what crosses them', () => {
    const rows = Array.from({ length: 8 }, (_, i) => [
      ...print(half, 40, 200 + 20 * i, { size: 14 }),
      ...print(`第${i}行${half.slice(3)}`, 310, 200 + 20 * i, { size: 14 }),
    ]).flat();
    const title = print('这是横贯两栏的一个很长很长的标题用于测试顺序', 100, 150);
    const read = texts(compose(page([...rows, ...title]))[0]!);
    expect(read[0]).toContain('标题');
    expect(read.slice(1, 9)).toEqual(Array(8).fill(half));
    expect(read[9]).toContain('第0行');
  });

  it('reads short entries set side by side as rows', () => {
    const rows = Array.from({ length: 8 }, (_, i) => [
      ...print(`张三${i}`, 80, 200 + 29 * i),
      ...print('青林县教育局', 350, 200 + 29 * i),
    ]).flat();
    expect(texts(compose(page(rows))[0]!)[0]).toMatch(/^张三0 +青林县教育局$/);
  });
});

describe('ruled tables', () => {
  it('have merged cells in both directions and keep blank rows and columns', () => {
    const strokes = [
      ...[100, 130, 160, 190, 220].map((y) => h(y, 80, 480)),
      ...[80, 180, 480].map((x) => v(x, 100, 220)),
      v(280, 130, 220),
      v(380, 130, 220),
    ];
    const t = table(compose(page(print('项目', 100, 120), strokes))[0]!);
    expect([t.rowCount, t.columnCount]).toEqual([4, 4]);
    expect(spans(t).slice(0, 3)).toEqual(['0,0 1x1', '0,1 1x3', '1,0 1x1']);
    expect(t.cells).toHaveLength(14);
  });

  it('are closed at the sides where Chinese statistics tables leave them open', () => {
    const strokes = [...[100, 130, 160].map((y) => h(y, 80, 480)), ...[200, 340].map((x) => v(x, 100, 160))];
    expect(table(compose(page(print('项目', 100, 120), strokes))[0]!).columnCount).toBe(3);
  });

  it('are closed at the head where a page break cut them', () => {
    const strokes = [h(130, 80, 480), ...[80, 200, 340, 480].map((x) => v(x, 100, 130))];
    const t = table(compose(page(print('项目', 100, 120), strokes))[0]!);
    expect([t.rowCount, t.columnCount]).toEqual([1, 3]);
  });

  it('may be drawn cell by cell, with double rules and small gaps', () => {
    const strokes: Stroke[] = [];
    for (const [x0, x1] of [
      [80, 178],
      [180, 278],
      [280, 380],
    ] as const) {
      for (const y of [100, 101.5, 130, 160]) strokes.push(h(y, x0, x1));
      for (const y of [100, 130]) strokes.push(v(x0, y + 1, y + 29), v(x1, y + 1, y + 29));
    }
    const t = table(compose(page(print('项目', 100, 120), strokes))[0]!);
    expect([t.rowCount, t.columnCount, t.cells.length]).toEqual([2, 3, 6]);
  });

  it('give the text of each cell to it, lines from top to bottom', () => {
    const strokes = [...[100, 160, 190].map((y) => h(y, 80, 280)), ...[80, 180, 280].map((x) => v(x, 100, 190))];
    const glyphs = [...print('检查', 90, 125), ...print('家次', 90, 145), ...print('12', 200, 180)];
    expect(table(compose(page(glyphs, strokes))[0]!).cells.map((c) => c.lines.map((l) => l.text))).toEqual([
      ['检查', '家次'],
      [],
      [],
      ['12'],
    ]);
  });

  it('say so where a rule is missing and a cell is no rectangle', () => {
    const strokes = [
      ...[100, 160].map((y) => h(y, 80, 280)),
      h(130, 180, 280),
      ...[80, 280].map((x) => v(x, 100, 160)),
      v(180, 130, 160),
    ];
    const { pages, diagnostics } = composeLayout([page(body(8), strokes)]);
    expect(table(pages[0]!).confidence).toBeLessThan(1);
    expect(diagnostics.map((d) => d.code)).toEqual(['table-grid-open']);
  });

  it('are not made of a frame around text, nor of rules without uprights', () => {
    const frame = [h(100, 80, 480), h(300, 80, 480), v(80, 100, 300), v(480, 100, 300)];
    expect(texts(compose(page(print('此处加盖公章', 100, 150), frame))[0]!)).toContain('此处加盖公章');
    const ruled = [h(150, 80, 480), h(250, 80, 480)];
    expect(texts(compose(page(print('三线表没有竖线', 100, 200), ruled))[0]!)).toEqual([
      'rule',
      '三线表没有竖线',
      'rule',
    ]);
  });

  it('are the inner ones where a frame holds a table', () => {
    const frame = [h(90, 70, 500), h(400, 70, 500), h(380, 70, 500), v(70, 90, 400), v(500, 90, 400)];
    const strokes = [...[100, 130, 160].map((y) => h(y, 80, 480)), ...[80, 180, 480].map((x) => v(x, 100, 160))];
    expect(table(compose(page(print('项目', 100, 120), [...frame, ...strokes]))[0]!).cells).toHaveLength(4);
  });

  const grid = (top: number, edges = [80, 180, 480]): Stroke[] => [
    ...[top, top + 30, top + 60].map((y) => h(y, edges[0]!, edges.at(-1)!)),
    ...edges.map((x) => v(x, top, top + 60)),
  ];

  it('go on at the head of the next page where their columns agree', () => {
    const first = page(print('项目', 100, 620), grid(600));
    const label = print('续表', 100, 90);
    expect(table(compose(first, page(print('项目', 100, 120), grid(100)))[1]!).continues).toBe(true);
    expect(table(compose(first, page(label, grid(100)))[1]!).continues).toBe(true);
    expect(table(compose(first, page([], grid(100, [80, 300, 480])))[1]!).continues).toBe(false);
    expect(table(compose(first, page(print('附件2', 80, 90), grid(100)))[1]!).continues).toBe(false);
    const note = page([...print('项目', 100, 620), ...print('注：按月报送。', 80, 690)], grid(600));
    expect(table(compose(note, page([], grid(100)))[1]!).continues).toBe(false);
  });
});

describe('what stands around the text', () => {
  it('keeps page numbers of every form apart', () => {
    const forms = ['— 1 —', '-1-', '第1页', '第 1 页 共 5 页', '1/5', '－1－', '1'];
    for (const form of forms) {
      const [first] = compose(page([...body(0), ...print(form, 280, 790, { size: 14 })]));
      expect(first!.furniture.map((l) => [l.role, l.text])).toEqual([['page-number', form]]);
    }
  });

  it('leaves a bare number that does not count pages', () => {
    const [first] = compose(page([...body(0), ...print('38', 280, 790)]));
    expect(first!.furniture).toEqual([]);
  });

  it('takes text repeated in the margin for a running head, but not the labels of attachments', () => {
    const pages = [1, 2, 3].map((n) =>
      page([...print('青林县应急管理局文件汇编', 200, 50, { size: 10 }), ...print(`附件${n}`, 80, 80), ...body(0)]),
    );
    const read = compose(...pages);
    expect(read.map((p) => p.furniture.map((l) => l.role))).toEqual(Array(3).fill(['running-head']));
    expect(read.map((p) => texts(p)[0])).toEqual(['附件1', '附件2', '附件3']);
  });

  it('takes a rule below the letterhead, not an underline or a blank to fill in', () => {
    const glyphs = [...print('填报单位', 80, 300), ...print('重要的一句话重要的一句话重要的一句话', 80, 400)];
    const strokes = [{ ...h(200, 80, 515), color: 'red' as const }, h(302, 150, 515), h(402, 80, 368)];
    expect(texts(compose(page(glyphs, strokes))[0]!)).toEqual([
      'rule',
      '填报单位',
      '重要的一句话重要的一句话重要的一句话',
    ]);
  });
});

describe('text that is not what is printed', () => {
  const usable = (glyphs: Glyph[]): boolean => !compose(page(glyphs))[0]!.needsRecognition;
  const lines = (make: (i: number) => string): Glyph[] =>
    Array.from({ length: 5 }, (_, row) =>
      print(Array.from({ length: 20 }, (_, i) => make(row * 20 + i)).join(''), 80, 200 + 29 * row),
    ).flat();

  it('is private-use or replacement characters', () => {
    expect(usable(lines((i) => String.fromCodePoint(0xe000 + i)))).toBe(false);
    expect(usable(lines(() => '\ufffd'))).toBe(false);
  });

  it('is Chinese characters at random', () => {
    expect(usable(lines((i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20900))))).toBe(false);
  });

  it('is characters of scripts that no notice uses', () => {
    expect(usable(lines((i) => String.fromCodePoint(0x0710 + i)))).toBe(false);
  });

  it('is not plain Chinese, a list of names, or English', () => {
    expect(usable([0, 1, 2].flatMap(body))).toBe(true);
    expect(usable(print('张伟李娜王芳刘洋陈静杨帆赵磊黄敏周杰吴昊徐倩孙悦', 80, 200))).toBe(true);
    expect(usable(print('Measures for the safety of drinking water, 2025', 80, 200))).toBe(true);
  });
});
