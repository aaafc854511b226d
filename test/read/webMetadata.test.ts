import { describe, expect, test } from 'vitest';
import { blocksOf, outline } from './textOf.ts';

describe('metadata of web pages', () => {
  const pairs = async (text: string): Promise<string[]> =>
    (await blocksOf(text)).flatMap((block) => (block.type === 'line' && block.role === 'metadata' ? [block.text] : []));
  const article = '\n\n青溪县教育局关于开展检查的通知\n\n各学校：';
  const cases: [reason: string, source: string, expected: string[]][] = [
    ['a line each', '索 引 号：000-2025-1\n发文机关：青溪县教育局', ['索引号：000-2025-1', '发文机关：青溪县教育局']],
    [
      'two on a line',
      '索引号：000-2025-1　　主题分类：教育\n成文日期：2025年5月6日',
      ['索引号：000-2025-1', '主题分类：教育', '成文日期：2025年5月6日'],
    ],
    [
      'Markdown',
      '| 索引号 | 000-1 | 发布机构 | 青溪县教育局 |\n|---|---|---|---|\n| 文号 | 青教〔2025〕3号 | 有效性 | 有效 |',
      ['索引号：000-1', '发布机构：青溪县教育局', '文号：青教〔2025〕3号', '有效性：有效'],
    ],
    [
      'tabs',
      '索引号：\t000-1\t发布日期：\t2025-05-06\n名    称：\t关于开展检查的通知\t主题词：\t',
      ['索引号：000-1', '发布日期：2025-05-06', '名称：关于开展检查的通知', '主题词：'],
    ],
    [
      'HTML',
      '<table><tr><td>索引号：000-1</td><td>发布机构：青溪县教育局</td></tr></table>',
      ['索引号：000-1', '发布机构：青溪县教育局'],
    ],
    [
      'the value on the next line',
      '索引号：\n000-1\n发文机关：\n青溪县教育局',
      ['索引号：000-1', '发文机关：青溪县教育局'],
    ],
    [
      'an empty value among others takes nothing from the next line',
      '索引号：000-1\n发文机关：青溪县教育局\n主题词：',
      ['索引号：000-1', '发文机关：青溪县教育局', '主题词：'],
    ],
    ['in brackets', '【索引号】000-1\n【发布机构】青溪县教育局', ['索引号：000-1', '发布机构：青溪县教育局']],
    [
      'the line under a headline',
      '发布时间：2025-05-06 来源：青溪县教育局 浏览次数：12',
      ['发布时间：2025-05-06', '来源：青溪县教育局', '浏览次数：12'],
    ],
    ['one known name is not enough', '标题：关于开展检查的通知', []],
    ['names that any form may have', '名称：青溪小学\n备注：无', []],
  ];
  test.each(cases)('%s', async (_, source, expected) => {
    expect(await pairs(source + article)).toEqual(expected);
    expect(await outline(source + article)).toContain('青溪县教育局关于开展检查的通知');
  });

  test('a form far down is no metadata', async () => {
    expect(await pairs(`${'各学校要逐一登记。\n\n'.repeat(60)}索引号：1\n发布机构：青溪县教育局`)).toEqual([]);
  });
});
