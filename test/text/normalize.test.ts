import { describe, expect, test } from 'vitest';
import { foldCharacter, foldForMatching, foldLine, isHan, withoutLayoutSpaces } from '../../models/text/normalize.ts';

/** The folded line; each character must still stand where its position says. */
const line = (text: string, folded: string) =>
  test(`${JSON.stringify(text)} → ${JSON.stringify(folded)}`, () => {
    const { text: found, positions } = foldLine(text);
    expect(found).toBe(folded);
    expect(positions).toHaveLength(found.length);
    positions.forEach((position, i) => {
      const unit = text.charAt(position);
      if (!/[\ud800-\udfff\s,;.]/.test(unit)) expect(foldCharacter(unit)).toBe(found.charAt(i));
      if (i > 0) expect(position).toBeGreaterThan(positions[i - 1]!);
    });
  });

describe('one shape for a character', () => {
  line('２０２５年', '2025年');
  line('ＡＢＣ％', 'ABC%');
  line('a\u200bb\ufeffc', 'abc');
  line('县―市', '县—市');
  line('⺠政局', '民政局');
  line('⻘年', '青年');
  line('﹙一﹚', '(一)');
  line('①〔2025〕“瓶安”', '①〔2025〕“瓶安”');
  line('😀文', '😀文');
  line('半\ud83d对', '半对');
});

describe('spaces that are layout', () => {
  line('附 件', '附件');
  line('国 家 能 源 局', '国家能源局');
  line('姓 名：李四', '姓名：李四');
  line('自 2023 年起', '自2023年起');
  line('第 1 季度', '第1季度');
  line('附件 1', '附件1');
  line('（二）组织排查整改（11 月 25 日至 12 月 5 日）', '（二）组织排查整改（11月25日至12月5日）');
  line('《 办法 》', '《办法》');
  line('行为, 对销售', '行为，对销售');
  line('年\u00a0月', '年月');
});

describe('half-width stops of a Chinese text', () => {
  line('彻底整改,逾期处罚.', '彻底整改，逾期处罚。');
  line('（一）排查;（二）整改', '（一）排查；（二）整改');
  line('一.总则', '一.总则');
  line('附件.统计表', '附件.统计表');
  line('不低于3.5批次,检验', '不低于3.5批次，检验');
  line('统计表.xlsx', '统计表.xlsx');
  line('制定方案,9月底前推开', '制定方案，9月底前推开');
  line('整改率100%,其中学校3所;电话6600001;邮箱a@b.cn', '整改率100%，其中学校3所；电话6600001；邮箱a@b.cn');
  line('10,000元', '10,000元');
});

describe('spaces that part something', () => {
  line('张三 李四', '张三 李四');
  line('联系人：张三  电话：1380', '联系人：张三 电话：1380');
  line('13800000000 张三', '13800000000 张三');
  line('检查。 各单位', '检查。 各单位');
  line('检查 （一）目标', '检查 （一）目标');
  line('1. 目标', '1. 目标');
  line('a b c', 'a b c');
});

test('an indent is counted in characters of the text', () => {
  expect(foldLine('\u3000\u3000各单位').indent).toBe(4);
  expect(foldLine('\t各单位').indent).toBe(4);
  expect(foldLine('各单位').indent).toBe(0);
});

test('a Han character is told from others', () => {
  expect([...'县〇A1，'].map(isHan)).toEqual([true, true, false, false, false]);
});

test('a value has no spaces beside Han characters', () => {
  expect(withoutLayoutSpaces('附 件 1')).toBe('附件1');
  expect(withoutLayoutSpaces(' Windows 10 系统 ')).toBe('Windows 10系统');
});

const matching = (left: string, right: string) =>
  test(`${left} matches ${right}`, () => expect(foldForMatching(left)).toBe(foldForMatching(right)));

matching('“瓶安” 行动', '「瓶安」行动');
matching('禾住建【2025】58号', '禾住建〔２０２５〕 58 号');
matching('检查——整改', '检查—整改');
test('words that differ do not match', () => {
  expect(foldForMatching('禾住建〔2025〕58号')).not.toBe(foldForMatching('禾住建〔2025〕5号'));
});
