import { describe, expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A body, and the duties of those supervised that it states in prose: text, for whom (@) and by which word (!). */
const duties = (reason: string, body: string, ...expected: string[]) =>
  test(reason, async () => {
    const notice = await noticeWith(body);
    const found = notice.duties ?? [];
    expect(found.map(({ text, subject, action }) => `${text}${subject ? ` @${subject}` : ''} !${action}`)).toEqual(
      expected,
    );
  });

describe('what those supervised must, may and must not do', () => {
  duties(
    'each word of duty begins one, and whom it binds goes on over commas',
    '幼儿园食堂应当每日公示带量食谱，必须配备专职营养员，不得采购散装食用油。',
    '应当每日公示带量食谱 @幼儿园食堂 !应当',
    '必须配备专职营养员 @幼儿园食堂 !必须',
    '不得采购散装食用油 @幼儿园食堂 !不得',
  );
  duties(
    'a clause without a word of its own goes with the one before it, a purpose does not',
    '渔港经营单位应当设置消防水源，水带长度不少于60米，确保随时可用。',
    '应当设置消防水源，水带长度不少于60米 @渔港经营单位 !应当',
  );
  duties(
    'a rate to be reached is a goal, and what inspecting bodies do no duty of those supervised',
    '热力企业要建立报修台账，对停暖报修在2小时内处理，处理率达到98%以上。执法机构要加强管网巡查。',
    '要建立报修台账 @热力企业 !要',
    '对停暖报修在2小时内处理 @热力企业 !要',
  );
  duties('everybody is no party of its own', '任何单位和个人不得侵占、损毁健身器材。', '不得侵占、损毁健身器材 !不得');
  duties(
    'what is said of a thing keeps the thing',
    '二、安全要求\n（一）充电区必须安装自动断电装置，未上锁的柜门严禁通电。',
    '充电区必须安装自动断电装置 !必须',
    '未上锁的柜门严禁通电 !严禁',
  );
  duties(
    'an invitation counts beside duties, or where it says whom it invites',
    '冷库企业要每月检测一次氨气浓度。鼓励企业加装远程监测设备。',
    '要每月检测一次氨气浓度 @冷库企业 !要',
    '鼓励企业加装远程监测设备 @冷库企业 !鼓励',
  );
  duties(
    'also where each is a numbered line of its own',
    '一、施工企业应当设置车辆冲洗设施。\n二、鼓励施工企业安装扬尘在线监测设备。',
    '应当设置车辆冲洗设施 @施工企业 !应当',
    '鼓励施工企业安装扬尘在线监测设备 @施工企业 !鼓励',
  );
});

describe('how far a duty reaches', () => {
  duties(
    'under what condition it holds is part of it',
    '渡运企业应当每日检查缆绳。渡船停航半年以上恢复营运的，应当重新检验，遇到大雾天气不得开航。',
    '应当每日检查缆绳 @渡运企业 !应当',
    '渡船停航半年以上恢复营运的，应当重新检验 @渡运企业 !应当',
    '遇到大雾天气不得开航 @渡运企业 !不得',
  );
  duties(
    'a clause with what it is said of described before it is one of its own',
    '游乐园经营单位应当立即排除故障，故障未排除的设备停止使用。',
    '应当立即排除故障 @游乐园经营单位 !应当',
    '故障未排除的设备停止使用 @游乐园经营单位 !应当',
  );
  duties(
    'an exhortation lends its word to the clauses behind it',
    '滑雪场经营单位必须落实安全主体责任，每月开展一次索道救援演练。',
    '每月开展一次索道救援演练 @滑雪场经营单位 !必须',
  );
  duties(
    'the next sentence of a paragraph binds whom the one before it bound, also where inspectors are told',
    '三、工作要求\n（一）各采石企业应当设置警戒线。爆破公告可以通过广播告知。对拒不配合的，应当依法立案。',
    '应当设置警戒线 @采石企业 !应当',
    '爆破公告可以通过广播告知 !可以',
  );
  duties(
    'a further deed behind a comma is one of its own, and a condition makes a short ban long enough',
    '游船企业应当建立值班制度，每航次开展一次自查，配备不少于3名专职船员。乘客未穿救生衣的，不得开航。',
    '应当建立值班制度 @游船企业 !应当',
    '每航次开展一次自查 @游船企业 !应当',
    '配备不少于3名专职船员 @游船企业 !应当',
    '乘客未穿救生衣的，不得开航 @游船企业 !不得',
  );
  duties(
    'who is said to answer for a thing is bound by what follows',
    '三、工作要求\n各基金会负责人是自查第一责任人，要坚持实事求是，不得瞒报漏报。',
    '不得瞒报漏报 @基金会负责人 !不得',
  );
  duties(
    'what is done in a case is no part of the invitation before it',
    '二、安全管理\n二十年以上的缆车应当评估，鼓励投保责任保险，对存在隐患的，停止使用。',
    '二十年以上的缆车应当评估 !应当',
    '鼓励投保责任保险 !鼓励',
  );
  duties(
    'an invitation counts beside matters to be inspected',
    '二、检查重点\n（一）重点检查浴室未安装排风装置、更衣室安装摄像头等问题。鼓励浴室经营者安装报警装置。',
    '鼓励浴室经营者安装报警装置 @浴室经营者 !鼓励',
  );
});

describe('of which of them, and what besides', () => {
  duties(
    'in which case a duty holds is part of it, even where it stands among requirements on inspectors',
    '二、工作要求\n（一）对使用满20年的缆车，运营单位应当委托检验。对存在重大隐患的索道，必须责令停运；对发现的问题，应当及时整改。',
    '对使用满20年的缆车，运营单位应当委托检验 @运营单位 !应当',
  );
  duties(
    'owners of buildings, weather that is warned of, and what follows a report are bound, too',
    '商铺产权人应当每年自查一次用电线路。游船企业应当于5月底前完成自查，每年至少组织1次演练。遇大风蓝色预警，一律停航靠岸。',
    '应当每年自查一次用电线路 @商铺产权人 !应当',
    '每年至少组织1次演练 @游船企业 !应当',
    '遇大风蓝色预警，一律停航靠岸 @游船企业 !一律',
  );
  duties(
    'what is joined by 并 or follows over a comma is a duty of its own',
    '诊所应当于2025年6月底前接入结算系统，上传处方数据，并张贴收费公示牌，拒不改正的，应当停止结算。',
    '应当于2025年6月底前接入结算系统 @诊所 !应当',
    '上传处方数据 @诊所 !应当',
    '张贴收费公示牌 @诊所 !应当',
    '拒不改正的，应当停止结算 @诊所 !应当',
  );
  duties(
    'under a heading that divides the work each body answers for what stands behind its name',
    '三、职责分工\n（一）县水利局。负责水库大坝安全监测，组织汛前检查；配合开展演练。\n（二）县气象局：负责发布暴雨预警。\n（三）各乡镇（街道）负责辖区巡查。\n四、工作要求\n县水利局负责汇总。',
    '水库大坝安全监测 @县水利局 !负责',
    '组织汛前检查 @县水利局 !负责',
    '配合开展演练 @县水利局 !负责',
    '发布暴雨预警 @县气象局 !负责',
    '辖区巡查 @各乡镇（街道） !负责',
  );
  duties(
    'under such a heading a sentence that binds somebody else is their duty',
    '二、职责分工\n县教育局负责学校食堂检查，督促学校落实陪餐制度。学校应当每周公示带量食谱。',
    '学校食堂检查 @县教育局 !负责',
    '督促学校落实陪餐制度 @县教育局 !负责',
    '应当每周公示带量食谱 @学校 !应当',
  );
  duties(
    'neither what is forbidden to others nor what another body does goes with the body before it, until it is named anew',
    '二、任务分工\n县应急局负责烟花爆竹检查；定期组织演练。企业不得超量储存，必须安装报警装置。每月巡查仓库。县公安局查处非法运输。县供销社负责回收过期爆竹，零售店应当登记造册。',
    '烟花爆竹检查 @县应急局 !负责',
    '定期组织演练 @县应急局 !负责',
    '不得超量储存 @企业 !不得',
    '必须安装报警装置 @企业 !必须',
    '回收过期爆竹 @县供销社 !负责',
    '应当登记造册 @零售店 !应当',
  );
  duties(
    'what a body does with others stays its own, what others are invited to does not',
    '二、部门职责\n县住建局负责燃气监管。建设项目审批；从业人员培训；引导企业规范经营；要求企业必须安装报警装置。鼓励企业购买保险。',
    '燃气监管 @县住建局 !负责',
    '建设项目审批 @县住建局 !负责',
    '从业人员培训 @县住建局 !负责',
    '引导企业规范经营 @县住建局 !负责',
    '要求企业必须安装报警装置 @县住建局 !负责',
    '鼓励企业购买保险 @企业 !鼓励',
  );
  duties(
    'a heading that exhorts divides nothing',
    '三、压实工作职责\n（一）强化监管\n网格员负责日常巡查。企业不得使用过期钢瓶，必须安装报警装置。',
    '不得使用过期钢瓶 @企业 !不得',
    '必须安装报警装置 @企业 !必须',
  );
});

describe('what is no duty of those supervised', () => {
  duties('what inspectors are told', '各县（区）民政局要成立工作专班，不得瞒报漏报，执法人员应当亮证检查。');
  duties('reports, which are deadlines', '养老机构应当于2025年5月10日前报送自查报告。');
  duties('exhortation', '二、工作要求\n（一）各企业要高度重视，应当切实加强领导。');
  duties('what an item to be inspected says already', '严禁在林区边缘焚烧秸秆、野炊取暖等行为。');
  duties('invitations to the public', '鼓励群众举报，倡导文明祭扫。');
});
