import { describe, expect, test } from 'vitest';
import { responsibleUnits } from '../../extractors/sections.ts';
import { noticeWith } from './noticeWith.ts';

const units = (text: string, ...expected: string[]) =>
  test(text, () => expect(responsibleUnits(text)).toEqual(expected));

describe('units in the bracket at the end', () => {
  units('落实网格化管理。（县教育局、县公安局按职责分工负责）', '县教育局', '县公安局');
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
