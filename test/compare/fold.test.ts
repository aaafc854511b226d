import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldedNumeral, foldText } from '../../models/text/fold.ts';

describe('one shape for what is printed in many', () => {
  test.each([
    ['十六家', '16家'],
    ['不少于两次', '不少于2次'],
    ['百分之九十五点五以上', '95.5%以上'],
    ['八成以上', '80%以上'],
    ['二〇二五年四月十日前', '2025-04-10前'],
    ['2025年4月10日', '2025-04-10'],
    ['2025/4/10', '2025-04-10'],
    ['四月十日', '04-10'],
    ['3.5万元', '35000元'],
    ['三万五千元', '35000元'],
    ['1,200,000元', '1200000元'],
    ['三十个工作日', '30工作日'],
    ['90天', '90日'],
    ['（“春雷”　行动）', '("春雷"行动)'],
    ['晋药监办流通〔2025〕20 号', '晋药监办流通[2025]20号'],
    ['ＧＳＰ', 'GSP'],
    ['第十二条', '第12条'],
  ])('%s', (printed, folded) => {
    expect(foldText(printed)).toBe(folded);
  });

  test.each(['一律严肃处理', '统一部署', '第三方平台', '三医联动', '十五五规划', '千方百计', '万无一失', '进一步'])(
    'a word that holds a numeral is no figure: %s',
    (word) => {
      expect(foldText(word)).toBe(word);
    },
  );

  test('folding what is folded changes nothing', () => {
    const words = fc.constantFrom(
      '十',
      '六',
      '二〇二五年',
      '四月',
      '三日',
      '万元',
      '百分之',
      '两',
      '次',
      '1',
      '2',
      '，',
      '（',
      '每',
      '个',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (parts) => {
        const once = foldText(parts.join('的'));
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Chinese numerals', () => {
  test.each([
    ['二千零五', 2005],
    ['三万五千', 35_000],
    ['两百零三', 203],
    ['十', 10],
    ['一亿二千万', 120_000_000],
    ['二〇二五', 2025],
  ])('%s', (text, value) => {
    expect(foldedNumeral(text)).toBe(value);
  });

  test.each(['甲', '', '亿', '一二百'])('%s is none', (text) => {
    expect(foldedNumeral(text)).toBeUndefined();
  });
});
