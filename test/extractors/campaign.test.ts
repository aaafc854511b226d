import { describe, expect, test } from 'vitest';
import { extractText } from './noticeWith.ts';

const campaignOf = async (title: string, body: string) =>
  (await extractText(`${title}\n\n各乡镇人民政府：\n\n${body}\n\n桐河县人民政府\n2025年3月1日\n`)).notices[0]
    ?.campaign ?? null;

const named = (title: string, expected: string | null) =>
  test(title, async () => expect((await campaignOf(title, '要加强领导。'))?.name ?? null).toBe(expected));

describe('its name, without place, year and wrapper', () => {
  named('关于开展2025年桐河县燃气安全“清隐”专项行动的通知', '燃气安全“清隐”专项行动');
  named('关于印发《桐河县校园食品安全守护行动实施方案》的通知', '校园食品安全守护行动');
  named('关于公布燃气用户名单的通知', null);
  named('关于商请提供2025年桐河县电力安全隐患排查资料的函', '电力安全隐患排查');
  named('关于报送2025年燃气安全专项整治情况的通知', '燃气安全专项整治');
  named('关于开展养老机构消防隐患排查“回头看”的通知', '养老机构消防隐患排查“回头看”');
  named('关于开展养老机构消防隐患排查"回头看"的通知', '养老机构消防隐患排查"回头看"');
  named(
    '关于印发《桐河县青石镇2025年农村自建房安全整治“百日攻坚”行动实施方案》的通知',
    '农村自建房安全整治“百日攻坚”行动',
  );
  named('关于在全区开展冬春季火灾防控专项整治的紧急通知', '冬春季火灾防控专项整治');
  // <…> for want of 《…》.
  named('关于印发<桐河县防汛隐患排查专项行动方案>的通知', '防汛隐患排查专项行动');
  named('关于开展暑期旅游市场秩序专项整治的通知', '暑期旅游市场秩序专项整治');
  named('关于印发《桐河县化妆品风险排查处置工作方案》的通知', '化妆品风险排查处置');
});

describe('when it runs', () => {
  const runs = (body: string, start: string | null, end: string | null) =>
    test(body, async () => {
      const campaign = await campaignOf('关于开展燃气安全专项行动的通知', body);
      expect([campaign?.startDate, campaign?.endDate]).toEqual([start, end]);
    });
  runs('决定自2025年4月1日至11月30日开展专项行动。', '2025-04-01', '2025-11-30');
  runs('要加强领导。', null, null);
  runs('决定从4月10日起，在全县开展为期两个月的专项行动。', '2025-04-10', '2025-06-10');
  runs('决定自4月10日起，在全县开展为期半年的专项行动。', '2025-04-10', '2025-10-10');
  runs('一、行动时间\n\n2025年4月10日至2025年6月1日。', '2025-04-10', '2025-06-01');
  runs('各村自4月起，每月5日前报送专项行动统计表。', null, null);
});

test('phases: parts of a month become days, months stay months, the year goes on', async () => {
  const campaign = await campaignOf(
    '关于印发《桐河县校园食品安全守护行动实施方案》的通知',
    '一、实施步骤\n\n（一）动员部署阶段（2025年3月上旬）。制定方案。\n\n（二）集中整治阶段（3月中旬至10月底）。全面检查。\n\n（三）总结提升阶段（11月至12月）。',
  );
  expect(campaign?.phases.map(({ name, start, end }) => [name, start, end])).toEqual([
    ['动员部署阶段', '2025-03-01', '2025-03-10'],
    ['集中整治阶段', '2025-03-11', '2025-10-31'],
    ['总结提升阶段', '2025-11', '2025-12'],
  ]);
});

test('months of one bracket share their word: 2—3月', async () => {
  const campaign = await campaignOf(
    '关于印发《桐河县招生专项行动实施方案》的通知',
    '一、工作安排\n\n（一）自查自纠（2—3月）。开展自查。\n\n（二）集中整治（4—8月）。逐项整改。',
  );
  expect(campaign?.phases.map(({ name, start, end }) => `${name} ${start} ${end}`)).toEqual([
    '自查自纠 2025-02 2025-03',
    '集中整治 2025-04 2025-08',
  ]);
});

test('phases may be named by a year or in quotation marks', async () => {
  const campaign = await campaignOf(
    '关于印发《桐河县种子打假方案》的通知',
    '一、行动安排\n\n（一）2025年攻坚（2025年5月至12月）。\n\n（二）“春雷”行动（3月上旬—5月底）：检查种子市场。',
  );
  expect(campaign?.name).toBe('种子打假');
  expect(campaign?.phases.map(({ name, start, end }) => `${name} ${start} ${end}`)).toEqual([
    '2025年攻坚 2025-05 2025-12',
    '“春雷”行动 2025-03-01 2025-05-31',
  ]);
});

test('a title that asks for care leaves the name to the text', async () => {
  const campaign = await campaignOf(
    '关于切实加强2025年汛期工程安全生产工作的通知',
    '决定自2025年5月至10月在全县开展汛期工程安全专项治理。现就有关事项通知如下：',
  );
  expect(campaign?.name).toBe('汛期工程安全专项治理');
});

test('phases behind a colon, behind a heading, and as a table', async () => {
  const phases = async (body: string) =>
    (await campaignOf('关于开展燃气安全专项行动的通知', body))?.phases.map(({ name, start, end }) => [
      name,
      start,
      end,
    ]);
  expect(
    await phases('三、步骤安排\n\n（一）企业自查：2025年4月1日至5月10日。\n\n（二）部门检查：2025年5月11日至6月30日。'),
  ).toEqual([
    ['企业自查', '2025-04-01', '2025-05-10'],
    ['部门检查', '2025-05-11', '2025-06-30'],
  ]);
  expect(
    await phases('二、实施步骤\n\n1.自查自纠。4月1日至4月20日，各药店逐项自查。\n\n2.县区检查。4月25日前报送方案。'),
  ).toEqual([['自查自纠', '2025-04-01', '2025-04-20']]);
  expect(
    await phases(
      '三、进度安排\n\n阶段\t时间\t主要工作\n自查\t2025年4月1日—4月30日\t各校自查\n抽查\t2025年5月1日—5月31日\t县局抽查',
    ),
  ).toEqual([
    ['自查', '2025-04-01', '2025-04-30'],
    ['抽查', '2025-05-01', '2025-05-31'],
  ]);
});

test('what runs in phases is launched, whatever it is called', async () => {
  const campaign = await campaignOf(
    '关于做好2025年农村公路监管工作的通知',
    '一、实施步骤\n\n（一）动员部署（2025年3月）\n\n（二）集中推进（2025年4月至6月）',
  );
  expect(campaign?.phases.map(({ name }) => name)).toEqual(['动员部署', '集中推进']);
});

describe('what launches nothing has no campaign', () => {
  named('关于做好2025年退役士兵安置工作的通知', null);
  named('关于印发2025年全县药品监管工作要点的通知', null);
  named('关于表彰2024年度环境卫生整治活动先进单位和先进工作者的决定', null);
  named('关于举办档案业务培训班的通知', null);
  named('关于5批次食品抽检不合格情况的通告', null);
  named('关于印发《2025年桐河县农资打假和监管工作方案》的通知', '农资打假和监管');
  named('关于开展桐河县2025年防汛演练的通知', '防汛演练');
});

const phasesOf = async (body: string) =>
  (await campaignOf('关于印发《桐河县校园食品安全守护行动实施方案》的通知', body))?.phases.map(
    ({ name, start, end }) => `${name} ${start}..${end}`,
  );

describe('phases on lines of their own', () => {
  test('the next line says when', async () => {
    expect(
      await phasesOf(
        '第一阶段：自查自纠阶段\n\n时间安排：2025年4月24日-2025年4月27日\n\n各校认真自查，不留死角。（名单见附件）\n\n第二阶段：集中检查阶段\n\n时间安排：5月4日至6日',
      ),
    ).toEqual(['自查自纠阶段 2025-04-24..2025-04-27', '集中检查阶段 2025-05-04..2025-05-06']);
  });
  test('none says when', async () => {
    expect(
      await phasesOf('第一阶段：宣传发动阶段（1个月）\n\n各镇制定方案。\n\n第二阶段：分类整治阶段（6个月）'),
    ).toEqual(['宣传发动阶段 null..null', '分类整治阶段 null..null']);
  });
  test('a year is all of it', async () => {
    expect(await phasesOf('一、时间安排\n\n（一）动员部署（2025年3月）。\n\n（二）集中攻坚（2026年）。')).toEqual([
      '动员部署 2025-03..2025-03',
      '集中攻坚 2026-01..2026-12',
    ]);
  });
});

test('a plan under a cover without a title names the campaign', async () => {
  const { notices } = await extractText(`各乡镇人民政府：

现将《桐河县2025年燃气安全专项整治方案》印发给你们，请认真贯彻执行。

桐河县安全生产委员会办公室
2025年3月27日

桐河县2025年燃气安全专项整治方案

为加强燃气安全监管，制定本方案。

一、实施步骤

（一）宣传发动阶段（4月）。
`);
  expect(notices[0]?.campaign?.name).toBe('燃气安全专项整治');
  expect(notices[0]?.campaign?.phases).toHaveLength(1);
});

test('a plan that runs in phases is a campaign by whatever name', async () => {
  const campaign = await campaignOf(
    '关于印发《桐河县2025年汛期堤防巡护工作方案》的通知',
    '一、工作步骤\n\n（一）部署发动阶段（3月1日—10日）\n\n（二）组织实施阶段（3月11日—5月31日）',
  );
  expect([campaign?.name, campaign?.phases.length]).toEqual(['汛期堤防巡护', 2]);
});

test('分三个阶段 counts the phases and is none', async () => {
  expect(await phasesOf('检查分两个阶段：3月10日至3月28日为动员自查阶段；4月1日至4月15日为重点检查阶段。')).toEqual([
    '动员自查阶段 2025-03-10..2025-03-28',
    '重点检查阶段 2025-04-01..2025-04-15',
  ]);
});
