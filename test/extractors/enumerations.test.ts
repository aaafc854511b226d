import { expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A body, and what is to be inspected: text, for whom (@) and by which verb (!). */
const items = (reason: string, body: string, ...expected: string[]) =>
  test(reason, async () => {
    const { focusItems } = await noticeWith(body);
    expect(
      focusItems.map(
        ({ text, subject, action }) => `${text}${subject ? ` @${subject}` : ''}${action ? ` !${action}` : ''}`,
      ),
    ).toEqual(expected);
  });

items(
  'a bare verb governs faults, and whom it concerns holds over a semicolon',
  '对民宿，检查未落实实名登记；了解燃气热水器带病运行。',
  '未落实实名登记 @民宿 !检查',
  '燃气热水器带病运行 @民宿 !了解',
);
items('a bare verb before anything else governs none', '各地要加强领导，检查工作要留有记录。检查人员应当持证。');
items(
  'an enumeration with commas ends with its sentence where no 等 closes it',
  '重点检查疏散通道堆放杂物，防火门下方放置展架，营业时锁闭楼梯间。',
  '疏散通道堆放杂物 !重点检查',
  '防火门下方放置展架 !重点检查',
  '营业时锁闭楼梯间 !重点检查',
);
items('what is done about a fault is none', '严厉打击非法捕捞，公布一批典型案例，筑牢安全底线。', '非法捕捞 !严厉打击');
items(
  'a place with its verb stands by itself in an enumeration',
  '坚决整治在校门口发放广告、夸大训练效果、制造家长焦虑等行为。',
  '在校门口发放广告 !坚决整治',
  '夸大训练效果 !坚决整治',
  '制造家长焦虑 !坚决整治',
);
items(
  'every ban of a clause bans its own',
  '严禁在水源地投放饲料，严禁养殖环节使用禁用兽药。',
  '在水源地投放饲料 !严禁',
  '养殖环节使用禁用兽药 !严禁',
);
items(
  'an enumeration may stand before its verb, a comma between',
  '对未经许可擅自施工、利用夜间倾倒渣土等违法行为，依法从严查处。',
  '未经许可擅自施工 !依法从严查处',
  '利用夜间倾倒渣土 !依法从严查处',
);
items(
  'a sentence that announces a list is none of its items',
  '三、检查重点\n重点检查以下情形：\n（1）缆绳断股、锈蚀；\n（2）救生衣数量不足。',
  '缆绳断股、锈蚀 !重点检查',
  '救生衣数量不足 !重点检查',
);
items(
  'several verbs before one noun stay together',
  '重点整治违规从事维修、清洗作业等行为。',
  '违规从事维修、清洗作业 !重点整治',
);
items(
  'in a list that commas part, 、 joins kinds of one thing',
  '重点查处夜间捕捞、违规捕捞，电鱼毒鱼，销售野生鱼类等行为。',
  '夜间捕捞、违规捕捞 !重点查处',
  '电鱼毒鱼 !重点查处',
  '销售野生鱼类 !重点查处',
);
items(
  'semicolons part a list that a verb announces, and 、 joins what they part',
  '重点自查2024年以来以下问题：虚报、冒领补贴；将旧农机、样机充作新机申请补贴；超范围补贴。',
  '虚报、冒领补贴 !重点自查',
  '将旧农机、样机充作新机申请补贴 !重点自查',
  '超范围补贴 !重点自查',
);
items(
  'a quality without a verb goes with the thing before it',
  '严厉打击使用报废气瓶、超期未检气瓶，使用拼装、报废船舶载客等行为。',
  '使用报废气瓶、超期未检气瓶 !严厉打击',
  '使用拼装、报废船舶载客 !严厉打击',
);
items(
  'two doers of one deed stand together however the deed is named',
  '重点打击摩托车、三轮车违规载客，无证驾驶等行为。',
  '摩托车、三轮车违规载客 !重点打击',
  '无证驾驶 !重点打击',
);
items(
  'several means, objects of a light verb, and papers are no items of their own',
  '重点检查通过短信、海报、直播发布虚假招募信息。重点检查未按规定开展隐患排查、安全评价。重点检查未查验营业执照、检验报告。',
  '通过短信、海报、直播发布虚假招募信息 !重点检查',
  '未按规定开展隐患排查、安全评价 !重点检查',
  '未查验营业执照、检验报告 !重点检查',
);
items(
  'three verbs share their object as two do',
  '严厉打击违规收购、分拣、装卸废旧电池。',
  '违规收购、分拣、装卸废旧电池 !严厉打击',
);
items(
  'fields in which one thing is done are no items of their own',
  '重点整治康复、口腔、护理领域过度收费等行为。',
  '康复、口腔、护理领域过度收费 !重点整治',
);
items(
  'a weak verb said of certain bodies governs what follows',
  '对化工园区，全面排查应急物资管理混乱；检查专职消防员不少于8人。',
  '应急物资管理混乱 @化工园区 !全面排查',
  '专职消防员不少于8人 @化工园区 !检查',
);
items(
  'a weak verb before a fault governs it',
  '全面排查擅自改变校舍承重结构、违规加建彩钢板房。',
  '擅自改变校舍承重结构 !全面排查',
  '违规加建彩钢板房 !全面排查',
);
items(
  'an enumeration with commas takes in what is no measure where most are faults',
  '重点查处净含量不足，标签夸大功效，走街串巷兜售劣质种苗，将种苗与杂草籽混放。',
  '净含量不足 !重点查处',
  '标签夸大功效 !重点查处',
  '走街串巷兜售劣质种苗 !重点查处',
  '将种苗与杂草籽混放 !重点查处',
);
items(
  'faults go on behind semicolons',
  '排查索道钢丝绳断丝未更换；支架螺栓未紧固；救援器材不足。',
  '索道钢丝绳断丝未更换 !排查',
  '支架螺栓未紧固 !排查',
  '救援器材不足 !排查',
);
items(
  'what is numbered within a sentence keeps its own verb of asking',
  '各镇要对所有渡口逐一检查，一是检查渡船是否在检验有效期内，是否超载；二是检查船员是否持证。',
  '渡船是否在检验有效期内 !检查',
  '是否超载 !检查',
  '船员是否持证 !检查',
);
items(
  'a ratio is no announcement, and one thing asked about is a whole question',
  '二、检查内容\n1.保育员与幼儿配比是否达到1：8。\n2.是否存在体罚幼儿行为。',
  '保育员与幼儿配比是否达到1：8 !检查',
  '是否存在体罚幼儿 !检查',
);
items(
  'deeds named only where they are struck at are named, what inspectors meet with is not',
  '（一）渔船。对渔船擅自更换主机、伪造船名的，严肃查处。\n（二）对拒不整改、造成后果的，依法查处。',
  '渔船擅自更换主机 @渔船 !查处',
  '伪造船名 @渔船 !查处',
);
items(
  'a heading that sums up what is announced below it names nothing itself',
  '二、整治重点\n（一）聚焦虚报面积、重复投保等骗保行为。重点打击以下行为：\n1.虚报种植面积；\n2.冒名投保。',
  '虚报种植面积 !重点打击',
  '冒名投保 !重点打击',
);
items(
  'what a measure compares with is nobody',
  '对照公布的事项清单，依法查处擅自增设办事条件、违规收取保证金等行为。',
  '擅自增设办事条件 !依法查处',
  '违规收取保证金 !依法查处',
);
items(
  'where a thing stands ends before the next fault',
  '重点排查安全距离不足、与居住场所设置在同一建筑内、聘用在职民警、存放烟花超过60箱等情形。',
  '安全距离不足 !重点排查',
  '与居住场所设置在同一建筑内 !重点排查',
  '聘用在职民警 !重点排查',
  '存放烟花超过60箱 !重点排查',
);
items(
  'a heading that names a deed towards somebody names nobody to be inspected',
  '二、整治重点\n（一）使用“美颜灯”误导消费者\n1.未标明产地。\n2.短斤少两。',
  '未标明产地 !重点整治',
  '短斤少两 !重点整治',
);
items(
  'goals are no further faults',
  '以“零容忍”态度严查重处违法行为，通过专项行动，三级以上场馆检查覆盖率达到100%，抽检不少于40批次，游客满意度明显提升。',
);
items(
  'places go on up to their verb, a building among them',
  '重点整治在建筑门厅、疏散走道、楼梯间违规停放、充电等行为。',
  '在建筑门厅、疏散走道、楼梯间违规停放、充电 !重点整治',
);
items(
  'doers of whom one thing is said stand together',
  '重点查处潜水、攀岩等高危项目教练人员无证上岗，救生员脱岗等行为。',
  '潜水、攀岩等高危项目教练人员无证上岗 !重点查处',
  '救生员脱岗 !重点查处',
);
items(
  'things of one clause, and two deeds of one doer, go together in a list that semicolons part',
  '二、整治重点\n（一）冰场方面。外窗设置影响滑行的广告牌、铁栏杆；指示标志、应急照明损坏；渡船超载、超航区航行。\n（二）更衣室方面。柜锁破损；地面湿滑。',
  '外窗设置影响滑行的广告牌、铁栏杆 !重点整治',
  '指示标志、应急照明损坏 !重点整治',
  '渡船超载、超航区航行 !重点整治',
  '柜锁破损 !重点整治',
  '地面湿滑 !重点整治',
);
items(
  'a heading that ends in its verb announces the numbered lines below it',
  '二、检查内容\n（一）对滑雪场，重点检查：\n1.是否每日检查缆车；\n2.是否公示雪道等级。',
  '是否每日检查缆车 @滑雪场 !重点检查',
  '是否公示雪道等级 @滑雪场 !重点检查',
);
items(
  'what is done at a place shares no object with what is left there',
  '重点排查湖岸违规养殖、倾倒垃圾等问题。',
  '湖岸违规养殖 !重点排查',
  '倾倒垃圾 !重点排查',
);
items(
  'deeds that are only threatened in 工作要求 are no matters',
  '三、工作要求\n（一）严格执法。对非法采砂、倾倒渣土的，依法从严查处。',
);
items(
  'an object shared by two deeds, another deed behind a thing that was withheld, two deeds with one thing',
  '严查无资质回收、拆解废旧车辆，拖欠货款、内外勾结骗取补贴，回收过期饲料、倒卖过期饲料等行为。',
  '无资质回收、拆解废旧车辆 !严查',
  '拖欠货款 !严查',
  '内外勾结骗取补贴 !严查',
  '回收过期饲料 !严查',
  '倒卖过期饲料 !严查',
);
items(
  'fields of which no deed is named are one matter',
  '重点查处口腔、眼科、医学美容等领域存在的问题。',
  '口腔、眼科、医学美容等领域 !重点查处',
);
items(
  'kinds of one thing go with their deed, a thing with a fault of its own does not',
  '重点检查仓房未经安全鉴定投入使用、檐口违规加建钢结构雨棚。严禁制售热加工类糕点、果酱、冷加工类糕点。',
  '仓房未经安全鉴定投入使用 !重点检查',
  '檐口违规加建钢结构雨棚 !重点检查',
  '制售热加工类糕点、果酱、冷加工类糕点 !严禁',
);
items(
  'what is stored in a mixture is a fault, too',
  '检查收购的茶叶未检验农药残留，新陈茶叶混存，仓储记录缺失。',
  '收购的茶叶未检验农药残留 !检查',
  '新陈茶叶混存 !检查',
  '仓储记录缺失 !检查',
);
items(
  'clauses under a heading that names only whom they concern, whatever their first word is and how the last ends',
  '一、检查重点\n（一）露天矿山：未按设计要求分台阶开采，未查明水文地质情况，边坡角大于设计值，排土场少于2处，与相邻采场违规贯通。',
  '未按设计要求分台阶开采 @露天矿山 !重点检查',
  '未查明水文地质情况 @露天矿山 !重点检查',
  '边坡角大于设计值 @露天矿山 !重点检查',
  '排土场少于2处 @露天矿山 !重点检查',
  '与相邻采场违规贯通 @露天矿山 !重点检查',
);
items(
  'what governs the members of an item stands next to them',
  '一、检查重点\n（一）堤坝：在线监测设备停用，坝区存在违章爆破、取土、建房等活动，未配备照明设备。',
  '在线监测设备停用 !重点检查',
  '坝区存在违章爆破、取土、建房等活动 !重点检查',
  '未配备照明设备 !重点检查',
);
