import { describe, expect, test } from 'vitest';
import { foldLine } from '../../models/text/normalize.ts';
import { splitRunTogether } from '../../pipeline/layout/splitRunTogether.ts';

const lines = [
  '桐河县应急管理局文件',
  '桐应急发〔2025〕12号',
  '桐河县应急管理局关于开展烟花爆竹安全检查的通知',
  '各乡镇应急办，各批发企业：',
  '为防范烟花爆竹安全事故，决定开展安全检查，现将有关事项通知如下。',
  '一、检查时间',
  '即日起至2025年2月15日。',
  '二、检查内容',
  '（一）仓储环节。重点检查超量储存、违规混存等行为。',
  '（二）销售环节。重点检查无证经营、超范围经营等行为。',
  '三、工作要求',
  '1.压实责任。各乡镇应急办要落实属地责任，督促企业自查自纠，建立问题隐患和整改措施清单，逐一销号。',
  '2.按时报送。请于2025年2月20日前报送总结。联系人：卫国平，电话：0357-6600000。',
  '附件：检查情况统计表',
  '桐河县应急管理局',
  '2025年1月15日',
  '（此件公开发布）',
];
const runTogether = lines.join('');

describe('a document on one line', () => {
  const parts = splitRunTogether(foldLine(runTogether));

  test.each([
    ['its number', '桐应急发〔2025〕12号'],
    ['its title', '桐河县应急管理局关于'],
    ['its recipients', '各乡镇应急办，各批发企业：'],
    ['headings of the first level', '三、工作要求'],
    ['headings of the second level', '（二）销售环节。'],
    ['headings of the third level', '2.按时报送。'],
    ['contacts', '联系人：卫国平'],
    ['the list of attachments', '附件：检查情况统计表'],
    ['the disclosure line', '（此件公开发布）'],
  ])('is cut before %s', (_, beginning) => {
    expect(parts.filter((part) => part.text.startsWith(beginning))).toHaveLength(1);
  });

  test('loses no character, and each part knows where it stood', () => {
    expect(parts.map((part) => part.text).join('')).toBe(runTogether);
    for (const part of parts)
      for (const [index, position] of part.positions.entries())
        expect(runTogether.charAt(position)).toBe(part.text.charAt(index));
  });
});

describe('left whole', () => {
  test('a short line, whatever it holds', () => {
    expect(splitRunTogether(foldLine('总体要求。一、目标。（一）时间。二、任务。（二）对象。三、要求。'))).toHaveLength(
      1,
    );
  });

  test('a long paragraph of prose', () => {
    const prose = '各乡镇要加强组织领导，强化部门协作，落实属地责任，严格执法检查，督促企业落实主体责任。'.repeat(8);
    expect(splitRunTogether(foldLine(prose)).map((part) => part.text)).toEqual([prose]);
  });
});

test('a short notice on one line ends in the body that signs it', () => {
  const notice =
    '全校各单位: 为普及消防知识,请各单位在消防宣传月期间组织一次检查;举办一次讲座;开展一次疏散演练,提高自救能力。 特此通知 校园治安管理办公室 2016年5月9日';
  expect(splitRunTogether(foldLine(notice)).map((part) => part.text.slice(-20))).toEqual([
    expect.stringContaining('特此通知'),
    expect.stringMatching(/^校园治安管理办公室/),
  ]);
});
