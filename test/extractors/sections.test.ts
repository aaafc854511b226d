import { describe, expect, test } from 'vitest';
import { responsibleUnits } from '../../extractors/sections.ts';
import { noticeWith } from './noticeWith.ts';

const units = (text: string, ...expected: string[]) =>
  test(text, () => expect(responsibleUnits(text)).toEqual(expected));

describe('units in the bracket at the end', () => {
  units('落实网格化管理。（县教育局、县公安局按职责分工负责）', '县教育局', '县公安局');
  units('牵头单位：县教育局；配合单位：县公安局、县住建局。', '县教育局', '县公安局', '县住建局');
  units('责任单位：县水利局，县林业局；完成时限：2025年6月30日。', '县水利局', '县林业局');
  units('摸清底数。（责任单位：县水利局、各乡镇人民政府）', '县水利局', '各乡镇人民政府');
  units('依法查处。（牵头单位：县交通运输局；配合单位：县公安局）', '县交通运输局', '县公安局');
  units('加强巡查（县林业局牵头，县应急管理局配合）。', '县林业局', '县应急管理局');
  units('开展宣传。（以下简称“宣传月”）');
  units('整治（含回头看）工作由各乡镇负责。');
});

test('the tree keeps numbers as printed, titles without their stop, text without the title', async () => {
  const { sections } = await noticeWith(
    '一、开展普查。摸清底数。\n\n（一）建立台账\n\n逐户登记。\n\n1.每季度更新一次；\n\n二、落实管护',
  );
  const outline = (list: typeof sections): unknown[] =>
    list.map(({ number, level, title, text, children }) => [number, level, title, text, outline(children)]);
  expect(outline(sections)).toEqual([
    [
      '一、',
      1,
      '开展普查',
      '摸清底数。',
      [['（一）', 2, '建立台账', '逐户登记。', [['1.', 3, '每季度更新一次', '', []]]]],
    ],
    ['二、', 1, '落实管护', '', []],
  ]);
});

/** Numbers of the tree, children in brackets behind their own. */
const numbers = async (body: string): Promise<string> => {
  const { sections } = await noticeWith(body);
  const line = (list: typeof sections): string =>
    list.map(({ number, children }) => number + (children.length > 0 ? `[${line(children)}]` : '')).join(' ');
  return line(sections);
};

describe('rules, whose articles stand above 一、 and （一）', () => {
  test('items are those of their article', async () => {
    expect(
      await numbers(
        '第一章 总则\n\n第一条 为保护河道制定本办法。\n\n第二条 下列行为应当禁止：\n\n（一）倾倒垃圾；\n\n（二）擅自取水。\n\n第二章 附则\n\n第三条 本办法自发布之日起施行。',
      ),
    ).toBe('第一章[第一条 第二条[（一） （二）]] 第二章[第三条]');
    expect(
      await numbers('第一条 申请条件。\n\n一、本地户籍；\n\n二、没有住房。\n\n第二条 认定标准。\n\n一、面积以证为准。'),
    ).toBe('第一条[一、 二、] 第二条[一、]');
  });
  test('a table of contents is not told twice', async () => {
    expect(
      await numbers('目录\n\n第一章 总则\n\n第二章 附则\n\n第一章 总则\n\n第一条 甲。\n\n第二章 附则\n\n第二条 乙。'),
    ).toBe('第一章[第一条] 第二章[第二条]');
  });
  test('a plan that quotes articles keeps its own headings on top', async () => {
    expect(await numbers('一、依据\n\n第一条 甲。\n\n二、要求\n\n（一）乙。')).toBe('一、[第一条] 二、[（一）]');
  });
});

test('三、三类单位 is a heading, 二、三级医院 is none', async () => {
  expect(await numbers('一、范围\n\n全部单位。\n\n二、分工\n\n三、三类单位的划分\n\n二、三级医院另行通知。')).toBe(
    '一、 二、 三、',
  );
});

test('2.6月底前 is the item 2. and a month', async () => {
  expect(await numbers('一、任务\n\n1.培训率达60%以上。\n\n2.6月底前制定方案。\n\n3.1月底前总结。')).toBe(
    '一、[1. 2. 3.]',
  );
});
