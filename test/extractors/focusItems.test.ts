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
  // A means that has its own verb ends where the next behaviour begins.
  items(
    '坚决纠正以工作台账评价实绩、要求基层事事打卡、随意要求填表等问题。',
    '以工作台账评价实绩 !坚决纠正',
    '要求基层事事打卡 !坚决纠正',
    '随意要求填表 !坚决纠正',
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

describe('members of a list that share something', () => {
  items(
    '严厉打击收购、贩卖、屠宰来路不明的羊只和规避检疫等违法行为。',
    '收购、贩卖、屠宰来路不明的羊只 !严厉打击',
    '规避检疫 !严厉打击',
  );
  items('重点检查票、账、货、款不一致等情形。', '票、账、货、款不一致 !重点检查');
  items(
    '严厉打击销售无厂名、无厂址的灶具，涂改生产日期、编号等违法行为。',
    '销售无厂名、无厂址的灶具 !严厉打击',
    '涂改生产日期、编号 !严厉打击',
  );
  items('严厉打击利用报废罐车、货车从事流动加油的行为。', '利用报废罐车、货车从事流动加油 !严厉打击');
  items(
    '重点查处未取得经营许可证、营业执照从事瓶装燃气销售的行为。',
    '未取得经营许可证、营业执照从事瓶装燃气销售 !重点查处',
  );
  items('坚决制止烧荒、焚烧稻草等野外用火行为。', '烧荒 !坚决制止', '焚烧稻草 !坚决制止');
});

describe('lists without 等 that go on over commas', () => {
  items(
    '重点查防火门损坏，疏散通道被占用，消火栓无水。',
    '防火门损坏 !重点查',
    '疏散通道被占用 !重点查',
    '消火栓无水 !重点查',
  );
  items('重点检查防火门完好情况，督促单位未整改的限期整改。', '防火门完好情况 !重点检查');
});

describe('questions', () => {
  items(
    '会同公安部门，检查是否签订供餐合同、驾驶人是否持证上岗。',
    '是否签订供餐合同 !检查',
    '驾驶人是否持证上岗 !检查',
  );
  items(
    '重点检查网吧、游艺厅等场所是否接纳未成年人、是否登记身份。',
    '是否接纳未成年人 @网吧、游艺厅等场所 !重点检查',
    '是否登记身份 @网吧、游艺厅等场所 !重点检查',
  );
  items('一是学校食堂是否取得许可、是否落实留样。', '是否取得许可 @学校食堂', '是否落实留样 @学校食堂');
});

describe('bans', () => {
  items('一、整治重点\n严禁以培训班名义招生。', '以培训班名义招生 !严禁');
  // A ban that admonishes those who inspect names nothing to be inspected.
  items('一、工作要求\n严禁跑风漏气、弄虚作假。');
  items('一、工作任务\n清理国家明令禁止使用的设备目录。');
});

describe('whom the titles above concern', () => {
  items(
    '一、检查重点\n（一）宾馆、民宿（农家乐）\n重点检查应急预案制定情况。',
    '应急预案制定情况 @宾馆、民宿（农家乐） !重点检查',
  );
  items('一、检查重点\n（一）导游人员\n着重查处私自揽客等行为。', '私自揽客 @导游人员 !着重查处');
});

describe('a plain verb before a list of paragraphs', () => {
  items(
    '一、任务\n全面清理以下违法产品：\n1.未经登记的肥料产品；\n2.撤销登记后继续销售的产品。',
    '未经登记的肥料产品 !全面清理',
    '撤销登记后继续销售的产品 !全面清理',
  );
});

describe('questions that go on', () => {
  // The verb before the first holds behind semicolons, too.
  items(
    '重点检查燃气企业是否入户安检；是否向无资质的用户供气。',
    '是否入户安检 @燃气企业 !重点检查',
    '是否向无资质的用户供气 @燃气企业 !重点检查',
  );
  // People and rooms of those inspected are matters among others, not whom the others concern.
  items('1.生产场所是否清洁，防鼠设施是否齐全。', '生产场所是否清洁', '防鼠设施是否齐全');
  items(
    '一、职责\n县市场监管局负责对糕点加工企业开展日常检查，重点检查：\n1.加工场所是否符合要求；\n2.原料进货查验记录是否完整。',
    '加工场所是否符合要求 @糕点加工企业 !重点检查',
    '原料进货查验记录是否完整 @糕点加工企业 !重点检查',
  );
});

describe('a verb, 以下行为 and a colon', () => {
  items(
    '依法严厉打击以下行为：未经登记生产；冒用登记证号；拒绝、阻挠监督检查。',
    '未经登记生产 !依法严厉打击',
    '冒用登记证号 !依法严厉打击',
    '拒绝、阻挠监督检查 !依法严厉打击',
  );
});

describe('bans one behind the other', () => {
  items(
    '一、整治重点\n严禁使用高毒农药，禁止超量使用添加剂、违规熏蒸。',
    '使用高毒农药 !严禁',
    '超量使用添加剂 !禁止',
    '违规熏蒸 !禁止',
  );
});

describe('qualities that share their noun', () => {
  items('严厉打击销售不合格、来源不明的灶具等行为。', '销售不合格、来源不明的灶具 !严厉打击');
  items('严厉打击拼装、加装、改装电动车等行为。', '拼装、加装、改装电动车 !严厉打击');
});

describe('whom it concerns', () => {
  // What is done with them is no part of their name.
  items('对糕点生产企业开展全覆盖检查，重点查处无证生产等行为。', '无证生产 @糕点生产企业 !重点查处');
  items('一、重点内容\n（一）种子。严查套牌侵权等问题。', '套牌侵权 @种子 !严查');
  // A matter that ends in 单位 names nobody.
  items('一、检查重点\n1.将农药销售给无资质的单位；', '将农药销售给无资质的单位 !重点检查');
});

describe('enumerations of deeds with their objects', () => {
  items(
    '严厉打击编造生产和检验记录、使用过期、失效、淘汰的药剂等行为。',
    '编造生产和检验记录 !严厉打击',
    '使用过期、失效、淘汰的药剂 !严厉打击',
  );
  items('重点查处超范围经营、使用不符合要求的包装等行为。', '超范围经营 !重点查处', '使用不符合要求的包装 !重点查处');
  items(
    '一、整治内容\n1.违规用电。私拉乱接电线，使用大功率电器，电动车在门厅、楼梯间、走道停放充电；',
    '私拉乱接电线 !整治',
    '使用大功率电器 !整治',
    '电动车在门厅、楼梯间、走道停放充电 !整治',
  );
  items(
    '一、整治内容\n1.疏散通道。占用、堵塞疏散通道，外窗设置影响逃生的防盗网；\n2.材料。采用泡沫板、可燃板搭建。',
    '占用、堵塞疏散通道 !整治',
    '外窗设置影响逃生的防盗网 !整治',
    '采用泡沫板、可燃板搭建 !整治',
  );
  items(
    '严厉打击经营环节违法回收农药、从非法渠道购进农药等行为。',
    '违法回收农药 @经营环节 !严厉打击',
    '从非法渠道购进农药 @经营环节 !严厉打击',
  );
  items(
    '重点查处重复收费，包括但不限于分解收费、串换药剂等行为。',
    '重复收费 !重点查处',
    '分解收费 !重点查处',
    '串换药剂 !重点查处',
  );
});

describe('numbers within a paragraph', () => {
  items(
    '重点检查：1.空刷、盗刷凭证；2.为非定点药店、暂停协议的药店代为结算。',
    '空刷、盗刷凭证 !重点检查',
    '为非定点药店、暂停协议的药店代为结算 !重点检查',
  );
});

describe('one question, not a list', () => {
  items(
    '一、检查重点\n1.是否存在未经许可从事第三类、第二类器械经营活动；',
    '是否存在未经许可从事第三类、第二类器械经营活动 !重点检查',
  );
  items(
    '一、检查内容\n（一）收费管理。是否存在一次性收取超过3个月的费用，预收费是否纳入监管，有无虚假折扣等行为。',
    '是否存在一次性收取超过3个月的费用 !检查',
    '预收费是否纳入监管 !检查',
    '有无虚假折扣 !检查',
  );
  items('按照“双随机”与重点检查相结合的方式开展检查。');
});

describe('lists under headings and questions', () => {
  // 按要求 is no modal verb.
  items(
    '二、整治内容\n\n（一）消防设施。未按要求配备灭火器，消防设施损坏停用。',
    '未按要求配备灭火器 !整治',
    '消防设施损坏停用 !整治',
  );
  items(
    '重点检查卫生院、诊所、医疗美容机构等是否从合法渠道购进药品，购进记录是否完整。',
    '是否从合法渠道购进药品 @卫生院、诊所、医疗美容机构 !重点检查',
    '购进记录是否完整 @卫生院、诊所、医疗美容机构 !重点检查',
  );
});

describe('qualities of one thing', () => {
  items(
    '严查使用过期失效、被污染药品，未配备冷藏设备等问题。',
    '使用过期失效、被污染药品 !严查',
    '未配备冷藏设备 !严查',
  );
});

describe('questions before a list', () => {
  items(
    '（二）配送单位：冷藏车是否经过验证，温度监测设备是否校准，是否存在超温未处理、伪造温度记录等行为。',
    '冷藏车是否经过验证 @配送单位',
    '温度监测设备是否校准 @配送单位',
    '超温未处理 @配送单位',
    '伪造温度记录 @配送单位',
  );
});

describe('bans under headings', () => {
  items('二、规范村级组织工作事务\n\n1.严禁要求村级组织重复填报报表。', '要求村级组织重复填报报表 !严禁');
  // Under 工作要求 a ban admonishes those who inspect.
  items('二、工作要求\n\n1.严禁接受企业宴请。');
  items(
    '二、严禁下列行为：\n\n1.擅自在河道采砂；\n\n2.使用禁用渔具捕捞。',
    '擅自在河道采砂 !严禁',
    '使用禁用渔具捕捞 !严禁',
  );
  // What is to be done by a day is a duty, although it stands under 重点内容.
  items('二、重点内容\n\n（一）宣传教育。各单位6月5日前悬挂横幅。');
});

describe('a verb that asks for nothing', () => {
  items('开展以“严厉打击非法采砂、规范河道管理”为主题的“清河”行动。');
  items('5月6日至6月20日为重点检查阶段，各地重点检查面不少于30%。');
});
