import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../models/index.ts';
import { extractText, noticeWith } from './noticeWith.ts';

/** When, in short: the day, the rule, or so much from such an event; * where something not printed was concluded. */
function when({ due, time, assumed }: Deadline): string {
  const printed =
    due.kind === 'date'
      ? due.date
      : due.kind === 'recurring'
        ? due.rrule
        : due.kind === 'relative'
          ? `${due.amount} ${due.unit} from ${due.event ?? due.from}${due.date ? ` = ${due.date}` : ''}`
          : `${due.start ?? ''}..${due.end ?? ''}`;
  return `${printed}${time ? ` ${time}` : ''}${assumed.map((what) => ` *${what}`).join('')}`;
}

/** A sentence of a notice of 1 March 2025 and the limits in it. */
const limits = (sentence: string, ...expected: string[]) =>
  test(sentence, async () => {
    expect((await noticeWith(sentence)).deadlines.map(when)).toEqual(expected);
  });

describe('days of the calendar', () => {
  limits('各燃气企业要在2025年6月30日前报送自查报告。', '2025-06-30');
  limits('于二〇二五年十二月三十一日前完成销号。', '2025-12-31');
  limits('请各学校于4月底前完成消防设施检测。', '2025-04-30 *year *month-end');
  limits('请于2026年1月10日前报送上年度总结。', '2026-01-10');
  limits('请于3月15日上午10时前报送联系人。', '2025-03-15 10:00 *year');
  limits('请于12月20日下班前将名单反馈至县教育局。', '2025-12-20 *year');
  limits('县水利局牵头，2025年10月底前建成监测平台。', '2025-10-31 *month-end');
});

describe('days of the traditional calendar', () => {
  limits('国庆节前制定落实措施，并报县政府办公室。', '2025-09-30 *year');
  limits('2026年春节前完成欠薪案件清零。', '2026-02-16');
  limits('各村要在腊月二十三前完成摸排。', '2026-02-10 *year');
  // The days around a festival are no limit.
  limits('春节前后组织开展巡查。');
});

describe('several in one sentence', () => {
  limits('请于2025年3月20日、5月20日前报送进展情况。', '2025-03-20', '2025-05-20 *year');
  limits('请各镇于5月10日、20日前各报送一次进度。', '2025-05-10 *year', '2025-05-20 *month *year');
  limits('每月25日前报送当月统计表，12月15日前报送全年总结。', 'FREQ=MONTHLY;BYMONTHDAY=25', '2025-12-15 *year');
});

describe('recurring', () => {
  limits('每月5日前，各养殖场报送用药记录。', 'FREQ=MONTHLY;BYMONTHDAY=5');
  limits('各排污单位每月底前上传监测数据。', 'FREQ=MONTHLY;BYMONTHDAY=-1');
  limits('各乡镇每周五17:00前报送巡查情况。', 'FREQ=WEEKLY;BYDAY=FR 17:00');
  limits('请于每季度末月25日前报送统计表。', 'FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25');
  limits('每季度首月10日前报送上季度报表。', 'FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10');
  limits('每半年报送一次工作总结。', 'FREQ=MONTHLY;BYMONTH=6,12');
  limits(
    '每年6月20日、12月10日前报送工作总结。',
    'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20',
    'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10',
  );
});

describe('quarters and months without 每', () => {
  limits('自查结果于季度末月25日前录入县级平台。', 'FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25');
  limits('季报于季后8日前上报。', 'FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=8');
  limits('各乡镇次季度首月5日前报送季度总结。', 'FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5');
  limits('月报于月后3日前上报。', 'FREQ=MONTHLY;BYMONTHDAY=3');
  // What is done each half year without being handed in is no limit.
  limits('各医疗机构每半年开展一次全面自查。');
  limits('县农安办每半年通报一次进展。');
});

describe('relative', () => {
  limits('自收到本通知之日起10个工作日内完成整改。', '10 working-day from receipt');
  limits('企业应当自印发之日起30日内提交承诺书。', '30 day from issue = 2025-03-31');
  limits('各单位于事故发生后1日内向县应急管理局报告。', '1 day from 事故发生');
});

describe('no limits', () => {
  limits('2023年7月1日前取得许可的企业适用本通知。');
  limits('2024年10月，全县发生较大道路交通事故2起。');
  limits('检查组于3月5日至7日对各加油站进行了抽查。');
});

describe('who owes what to whom', () => {
  const duty = (sentence: string, expected: Partial<Pick<Deadline, 'task' | 'responsible' | 'recipient'>>) =>
    test(sentence, async () => {
      expect((await noticeWith(sentence)).deadlines).toMatchObject([expected]);
    });
  duty('各燃气企业要在2025年6月30日前将自查报告报送县住建局。', {
    task: '自查报告报送县住建局',
    responsible: '各燃气企业',
    recipient: '县住建局',
  });
  duty('每月5日前，各养殖场向县农业农村局报送用药记录。', { responsible: '各养殖场', recipient: '县农业农村局' });
  duty('各单位于事故发生后1日内向县应急管理局报告。', { responsible: '各单位', recipient: '县应急管理局' });
  duty('请于12月20日前将名单反馈至县教育局。', { responsible: null, recipient: '县教育局' });
  duty('各中小学,幼儿园(含民办)于6月30日之前将检查报告上报局基建科(邮箱:a@example.org)。', {
    task: '检查报告上报局基建科',
    responsible: '各中小学，幼儿园(含民办)',
    recipient: '局基建科',
  });
  duty('各单位检查情况于4月8日前报县局防火科(综合楼105室，电话6600119)。', {
    responsible: '各单位',
    recipient: '县局防火科',
  });
  duty('各站要把结果于10月15日前形成文字材料(以片区为单位汇总)报县应急管理局综合股。', {
    recipient: '县应急管理局综合股',
  });
  duty('请将回执于6月26日前传真至县科协。', { recipient: '县科协' });
});

test('a limit in the note beneath a table belongs to the notice', async () => {
  const notice = await noticeWith(
    '请按时报送。',
    '附件1\n\n汛期值班统计表\n\n乡镇\t值班人数（人）\n\t\n\n注：各乡镇每周一前报送上周数据。\n',
  );
  expect(notice.deadlines.map(when)).toEqual(['FREQ=WEEKLY;BYDAY=MO']);
});

test('the same duty printed twice is one deadline with two places', async () => {
  const { deadlines } = await noticeWith('请于2025年6月30日前报送总结。\n\n请于2025年6月30日前报送总结。');
  expect(deadlines.map(({ evidence }) => evidence.length)).toEqual([2]);
});

describe('one verb for several limits', () => {
  const tasks = (sentence: string, ...expected: string[]) =>
    test(sentence, async () => {
      const { deadlines } = await noticeWith(sentence);
      expect(deadlines.map(({ due, task }) => `${due.kind === 'date' ? due.date : due.kind} ${task}`)).toEqual(
        expected,
      );
    });
  tasks(
    '请各乡镇于4月10日前将方案、9月10日前将总结报送县民政局。',
    '2025-04-10 方案报送县民政局',
    '2025-09-10 总结报送县民政局',
  );
  tasks(
    '半年小结请于7月10日前、年度总结请于12月10日前报送县民政局。',
    '2025-07-10 半年小结报送县民政局',
    '2025-12-10 年度总结报送县民政局',
  );
  tasks('请于8月5日、9月5日前分别报送阶段小结和工作总结，每旬报送动态。', '2025-08-05 阶段小结', '2025-09-05 工作总结');
  tasks('各村逐户核查，8月20日前完成。', '2025-08-20 各村逐户核查完成');
  tasks('请于6月10日前报送总结，联系人：周明远。', '2025-06-10 报送总结');
});

describe('dates that are no limits of this notice', () => {
  limits('我局于3月11日印发了《工作方案》。');
  limits('各单位原于6月20日前报送的清单调整为9月20日前报送。', '2025-09-20 *year');
  limits('12月底前，11月底前核实的问题全部办结。', '2025-12-31 *year *month-end');
  limits('各村自6月11日起每日报送进展。');
});

describe('aims that are no duties', () => {
  limits('6月底前，老旧管网改造率全部达到100%。');
  limits('一、主要目标\n2026年底前，形成隐患动态清零的常态化机制。');
  limits('6月30日前，检测合格率不低于95%，发现报警装置失效的更换。');
  limits('2026年6月底前推广至10家以上。', '2026-06-30 *month-end');
});

describe('who owes what is due', () => {
  const owed = (sentence: string, expected: string) =>
    test(sentence, async () => expect((await noticeWith(sentence)).deadlines[0]?.responsible).toBe(expected));
  owed('纳税人应当在5月31日前完成申报。', '纳税人');
  owed('5月31日前，各乡镇民政办对养老机构开展一次检查。', '各乡镇民政办');
  owed('由县民政局汇总后于5月31日前报县政府。', '县民政局');
  owed('6月20日前各乡（镇、街道）向县政府报告情况。', '各乡（镇、街道）');
});

test('（民政股牵头，4月25日前完成） behind a task: the bracket says who and when', async () => {
  const { deadlines } = await noticeWith('一、任务分工\n1.制定方案，部署动员（民政股牵头，4月25日前完成）；');
  expect(deadlines).toMatchObject([
    { task: '制定方案，部署动员', responsible: '民政股', due: { kind: 'date', date: '2025-04-25' } },
  ]);
});

describe('who owes it where other words stand between', () => {
  const owed = (sentence: string, expected: string | null) =>
    test(sentence, async () => expect((await noticeWith(sentence)).deadlines[0]?.responsible ?? null).toBe(expected));
  owed('各乡镇制定方案，逐级动员部署，6月15日前将方案报县民政局。', '各乡镇');
  owed('各镇人民政府要将其纳入方案，明确总量和工程布局，6月底前完成编制。', '各镇人民政府');
  owed('县经信局：负责淘汰落后产能，每年9月底前更新设备清单。', '县经信局');
  owed('县农业农村局牵头负责监管，每年3月底前制定监测计划。', '县农业农村局');
  owed('建立监测制度，供水单位应当在线监测，数据每季度首月10日前上传省级平台。', '供水单位');
  owed('各所自5月起每月20日前报送进展。', '各所');
  owed('一、重点任务\n（一）严格登记。9月30日前完成摸底。（责任单位：县公安局、县教育局）', '县公安局、县教育局');
});

describe('what is due where the limit has but a verb behind it', () => {
  const task = (sentence: string, ...expected: string[]) =>
    test(sentence, async () =>
      expect((await noticeWith(sentence)).deadlines.map((deadline) => deadline.task)).toEqual(expected),
    );
  task('全面摸排国家明令淘汰的工艺、设备，6月30日前全部淘汰退出。', '全面摸排国家明令淘汰的工艺、设备全部淘汰退出');
  task('一、完成抽查任务\n按照统一部署，完成率达到100%，11月20日前全面完成。', '完成抽查任务全面完成');
  task('（一）半年总结、全年总结分别于6月20日、11月20日前报送。', '半年总结报送', '全年总结报送');
});

test('what is entered into a system goes there', async () => {
  const { deadlines } = await noticeWith('请各校于6月20日前将自查结果录入校园安全管理平台。');
  expect(deadlines[0]?.recipient).toBe('校园安全管理平台');
});

describe('the day that a year’s end stands for, and periods', () => {
  limits('各镇年底前完成小作坊改造10家。', '2025-12-31 *month-end');
  limits('自4月15日起至6月30日止，在全县范围内开展集中攻坚行动。');
  limits('一、检查步骤\n（一）启动部署（7月底前）。印发方案。');
});

describe('names that hold a word of duty', () => {
  const owed = (sentence: string, expected: string) =>
    test(sentence, async () => expect((await noticeWith(sentence)).deadlines[0]?.responsible).toBe(expected));
  // 应急 is no 应.
  owed('镇应急管理站牵头组织检查，检查情况每周五报镇政府。', '镇应急管理站');
  owed('公安部门查处违法行为；供电部门开展检查，4月底前完成线路摸底。', '供电部门');
});

/** A sentence, and what is owed by whom to whom. */
const owed = (sentence: string, ...expected: string[]) =>
  test(sentence, async () => {
    expect(
      (await noticeWith(sentence)).deadlines.map(
        ({ task, responsible, recipient }) => `${responsible ?? ''} | ${task} | ${recipient ?? ''}`,
      ),
    ).toEqual(expected);
  });

describe('who owes what to whom', () => {
  owed('各县局应于11月上旬将工作报告上报市局监督科。', '各县局 | 工作报告上报市局监督科 | 市局监督科');
  owed('各单位8月25日报送总结。', '各单位 | 报送总结 | ');
  // What happened is no duty.
  owed('各单位2月25日报送了总结。');
  owed('监测点于每月3日前向县专班办公室反馈上月情况。', '监测点 | 反馈上月情况 | 县专班办公室');
  owed('船舶所有人须在6月10日前到所在镇申报登记。', '船舶所有人 | 到所在镇申报登记 | ');
  owed('各校主要负责人为第一责任人，3月15日前召开动员会。', '各校 | 召开动员会 | ');
  owed(
    '12月25日前，各市（州）向省委、省政府报送落实情况。',
    '各市（州） | 各市（州）向省委、省政府报送落实情况 | 省委、省政府',
  );
  owed('挂牌总数不超过5块，12月20日前完成清理。', ' | 完成清理 | ');
  owed('各村5月25日前完成“回头看”，摸排率须达100%。', '各村 | 完成“回头看” | ');
  owed(
    '（一）自查阶段：各学校和供餐单位于开学前完成自查，自查报告8月31日前交属地教育、市场监管部门。',
    '各学校和供餐单位 | 自查报告交属地教育、市场监管部门 | 属地教育、市场监管部门',
  );
  owed('4月1日至4月20日，各定点药店逐项自查，4月22日前提交自查报告。', '各定点药店 | 提交自查报告 | ');
  owed('每周五前由包村领导向领导小组汇报一次。', '包村领导 | 由包村领导向领导小组汇报一次 | 领导小组');
  owed('所列单位的问题，由属地局负责督促，4月15日前完成整改。', '属地局 | 完成整改 | ');
  owed('重大案件随时报送；每月5日前报送进度。', ' | 报送进度 | ');
  owed('3月底前，各企业完成自评，低于80分的立即整改。', '各企业 | 各企业完成自评 | ');
  owed('3月15日前后集中开展宣传活动。');
  owed(
    '各地于12月10日前形成工作报告，经分管领导审签后报省局，同时抄送省厅。',
    '各地 | 形成工作报告，经分管领导审签后报省局 | 省局',
  );
  // How often, not by when.
  owed('每季度末召开一次联席会议。');
  owed('省局每月15日前下发疑点数据。', '省局 | 下发疑点数据 | ');
  // So many working days before the end is part of the limit, not of the task.
  owed('每季度末前3个工作日报送统计表。', ' | 报送统计表 | ');
});

test('a table of kinds with their limit and bearer gives each kind its duty', async () => {
  const { deadlines } = await noticeWith(
    '请抓好落实。\n\n附件：抽检任务分配表',
    '附件\n\n抽检任务分配表\n\n类别\t数量（批次）\t完成时限\t责任单位\n种子抽检\t30\t2025年4月底前\t县种子站\n农药抽检\t25\t2025年7月底前\t县植保站',
  );
  expect(deadlines.map((deadline) => `${when(deadline)} ${deadline.task} ${deadline.responsible}`)).toEqual([
    '2025-04-30 *month-end 种子抽检 县种子站',
    '2025-07-31 *month-end 农药抽检 县植保站',
  ]);
});

test('money to be given back by a day is owed, and a number alone is no task', async () => {
  const { deadlines } = await noticeWith('（二）6月20日前，主动退回违规领取的补贴；6月30日前足额返还押金。');
  expect(deadlines.map(({ due, task }) => `${due.kind === 'date' ? due.date : due.kind} ${task}`)).toEqual([
    '2025-06-20 主动退回违规领取的补贴',
    '2025-06-30 足额返还押金',
  ]);
});

test('时间 alone says when something is, a range ends at its end, and the limit may stand behind the units', async () => {
  const { deadlines } = await noticeWith(
    '一、业务培训\n\n时间：3月12日\n\n二、整改隐患\n\n整改时限：2025年5月1日至6月30日\n\n三、补种苗木\n\n责任单位：县林业局；完成时限：2025年9月30日。',
  );
  expect(deadlines.map(({ task, due, responsible }) => [task, due, responsible])).toEqual([
    ['整改隐患', { kind: 'date', date: '2025-06-30' }, null],
    ['补种苗木', { kind: 'date', date: '2025-09-30' }, '县林业局'],
  ]);
});

test('责任单位 and 完成时限 on lines beneath a task, or beneath the items of one', async () => {
  const { deadlines, sections } = await noticeWith(
    '一、重点工作\n\n（一）开展重大危险源专项检查\n\n1.未按规定备案的；\n\n2.安全仪表未投用的。\n\n责任单位：县应急局，各乡镇人民政府\n\n完成时限：2025年6月30日前\n\n（二）开展烟花爆竹检查\n\n责任单位：县公安局\n\n完成时限：2025年12月31日前',
  );
  expect(deadlines.map(({ task, due, responsible }) => [task, due, responsible])).toEqual([
    ['开展重大危险源专项检查', { kind: 'date', date: '2025-06-30' }, '县应急局、各乡镇人民政府'],
    ['开展烟花爆竹检查', { kind: 'date', date: '2025-12-31' }, '县公安局'],
  ]);
  expect(sections[0]?.children[1]?.responsible).toEqual(['县公安局']);
});

describe('the year of a notice that has no date', () => {
  const first = async (text: string) => (await extractText(text)).notices[0]?.deadlines[0];
  test('is that of its number', async () => {
    const deadline = await first('桐教发〔2019〕5号\n\n关于检查的通知\n\n各学校：\n\n请于6月19日前报送自查报告。\n');
    expect(deadline && when(deadline)).toBe('2019-06-19 *year');
  });
  test('else of what it passes on', async () => {
    const deadline = await first(
      '各乡镇人民政府：\n\n现将《关于开展督查的通知》（晋政办发〔2018〕2号）转发你们。\n\n请于6月19日前报送自查报告。\n',
    );
    expect(deadline && when(deadline)).toBe('2018-06-19 *year');
  });
});

test('who signs something before it goes out does not owe it; a limit in a bracket is no unit', async () => {
  const [signed, listed] = (
    await noticeWith(
      '整改报告经负责人签字后于3月14日之前提交学院。\n\n一、排查“九小场所”（牵头单位：应急站；责任单位：各村；完成时限：4月15日前）\n\n逐户排查。',
    )
  ).deadlines;
  expect(signed?.responsible).toBeNull();
  expect([listed?.task, listed?.responsible]).toEqual(['排查“九小场所”', '应急站、各村']);
});

test('a task ends before the address to which it goes', async () => {
  const { deadlines } = await noticeWith('请于4月15日前，将盖章扫描件和可编辑版，一并发送至gas@example.org。');
  expect(deadlines.map(({ task }) => task)).toEqual(['盖章扫描件和可编辑版']);
});
