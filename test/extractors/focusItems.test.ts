import { describe, expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A sentence, and what is to be inspected: text, for whom (@) and by which verb (!). */
const items = (sentence: string, ...expected: string[]) =>
  test(sentence, async () => {
    const { focusItems } = await noticeWith(sentence);
    expect(
      focusItems.map(
        ({ text, subject, action }) => `${text}${subject ? ` @${subject}` : ''}${action ? ` !${action}` : ''}`,
      ),
    ).toEqual(expected);
  });

describe('enumerations behind a verb', () => {
  items(
    '重点检查是否存在未经许可经营燃气，擅自改装钢瓶、超量充装等违法违规行为。',
    '未经许可经营燃气 !重点检查',
    '擅自改装钢瓶 !重点检查',
    '超量充装 !重点检查',
  );
  items(
    '严厉打击生产销售假劣种子、套牌侵权、无证经营等违法行为。',
    '生产销售假劣种子 !严厉打击',
    '套牌侵权 !严厉打击',
    '无证经营 !严厉打击',
  );
  items('坚决取缔无证照经营的“黑气”窝点。', '无证照经营的“黑气”窝点 !坚决取缔');
});

describe('what stays whole', () => {
  items(
    '重点检查《排污许可证》（含副本）办理、在线监测设施运行情况。',
    '《排污许可证》（含副本）办理 !重点检查',
    '在线监测设施运行情况 !重点检查',
  );
  // 非法 governs both verbs, which share their object.
  items('依法查处非法倾倒、填埋危险废物等环境违法行为。', '非法倾倒、填埋危险废物 !依法查处');
});

describe('whom it concerns', () => {
  items(
    '对危险化学品运输企业，重点检查车辆超载、驾驶人疲劳驾驶等行为。',
    '车辆超载 @危险化学品运输企业 !重点检查',
    '驾驶人疲劳驾驶 @危险化学品运输企业 !重点检查',
  );
  items(
    '餐饮服务单位重点检查是否落实进货查验制度，是否使用过期原料。',
    '是否落实进货查验制度 @餐饮服务单位 !重点检查',
    '是否使用过期原料 @餐饮服务单位 !重点检查',
  );
  items('严肃查处拒不整改、弄虚作假的企业。', '拒不整改 @企业 !严肃查处', '弄虚作假 @企业 !严肃查处');
});

describe('nothing to inspect', () => {
  items('要高度重视检查工作，加强组织领导。');
  items('重点检查对象为加油站、加气站。');
  items('各乡镇要严格落实属地责任。');
});

test('paragraphs under 检查重点 are matters without a verb of their own', async () => {
  const { focusItems } = await noticeWith('二、检查重点\n\n（一）安全出口是否畅通；\n\n（二）消防设施是否完好。');
  expect(focusItems.map(({ id, text, section }) => [id, text, section])).toEqual([
    ['f1', '安全出口是否畅通', '二/一'],
    ['f2', '消防设施是否完好', '二/二'],
  ]);
});
