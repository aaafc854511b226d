import { describe, expect, test } from 'vitest';
import { judge } from '../../pipeline/compare/effects.ts';
import { statementOf } from '../../pipeline/compare/statement.ts';

interface Side {
  readonly text: string;
  readonly action: string | null;
  readonly subject: string | null;
  readonly lead: string;
}

/** 原则上|检查@学校食堂:留样不足 → lead, action, subject, text; all but the text may be left out. */
function side(line: string): Side {
  const match = /^(?:(?<lead>[^|@:]*)\|)?(?:(?<action>[^@:]*)(?:@(?<subject>[^:]*))?:)?(?<text>.+)$/.exec(line.trim())!;
  const { lead, action, subject, text } = match.groups as Record<string, string | undefined>;
  return { text: text!, action: action || null, subject: subject || null, lead: `${lead ?? ''}${action ?? ''}` };
}

/** `left => right` gives `kept` or the effects. */
function judged(line: string): string {
  const [left, right] = line.split('=>').map((part) => side(part)) as [Side, Side];
  const { same, effects } = judge(statementOf(left, left.lead), statementOf(right, right.lead));
  return same ? 'kept' : effects.length === 0 ? 'modified' : [...effects].sort().join(' ');
}

describe('what is still the same', () => {
  test.each([
    '非法渠道购进药品 => 从非法渠道采购药品等违法行为',
    '占用、堵塞疏散通道 => 堵塞、占用疏散通道',
    '未按规定储存危险化学品 => 危险化学品未按照规定存放',
    '没有建立台账 => 未建立台账',
    '重点检查:留样不足 => 重点排查:留样不足',
    '严厉打击:无证经营 => 坚决打击:无证经营',
    '每年开展2次演练 => 每年开展两次应急演练',
    '制度落实情况 => 是否落实制度',
    '检查:各类燃气用户 => 检查:燃气用户',
    '从门店以外的地址发货 => 从门店以外的地点发货',
    '应当|:建立巡查制度 => 必须|:建立巡查制度',
    '严禁@渡口:将渡船租给无证人员 => 检查@渡口:不得将渡船租给无证人员',
    '救生衣是否在有效期内 => 救生衣是否过期',
    '经营未注册或者未备案的茶饮 => 经营未经注册或备案的茶饮',
    '缆车是否在检验有效期内 => 缆车是否超期未检',
    '未按规定报告死亡情况 => 是否按规定报告死亡情况',
    '灭火器材损坏 => 灭火器材是否完好',
    '未取得相应资质从事清洗 => 是否取得相应资质从事清洗',
    '逆向行驶 => 逆行',
    '未经检测合格的，不得投入使用 => 未经检测合格的|严禁:投入使用',
    '应当报告街道或者派出所 => 应当报告乡镇（街道）或者派出所',
    '@学校:应当开展自查 => @中小学校、幼儿园:应当开展自查',
    '@企业:应当每年组织演练 => @各类企业、个体工商户:应当每年组织演练',
  ])('%s', (line) => {
    expect(judged(line)).toBe('kept');
  });
});

describe('how a counterpart changed', () => {
  test.each([
    ['严厉打击:无证经营 => 检查:无证经营', 'weakened'],
    ['关注:价格异常 => 重点检查:价格异常', 'strengthened'],
    ['应当|:建立巡查制度 => 鼓励|:建立巡查制度', 'weakened'],
    ['|:公开处罚结果 => 一律|:公开处罚结果', 'strengthened'],
    ['不得|:对外供气 => |:对外供气', 'weakened'],
    ['原则上|:每月巡查 => |:每月巡查', 'strengthened'],
    ['每月开展1次演练 => 每季度开展1次演练', 'weakened'],
    ['留样不少于125克 => 留样不少于150克', 'number-changed strengthened'],
    ['隐患15日内整改 => 隐患30日内整改', 'number-changed weakened'],
    ['检查:录音保存不足1年 => 检查:录音保存是否满2年', 'number-changed strengthened'],
    ['检查:存瓶超过100公斤 => 检查:存瓶超过50公斤', 'number-changed strengthened'],
    ['每3年评价1次 => 每1年评价1次', 'number-changed strengthened'],
    ['检查:台账是否保存2年以上 => 检查:台账是否保存3年以上', 'number-changed strengthened'],
    ['遇暴雨红色预警，一律停航 => 遇暴雨橙色及以上预警，一律停航', 'strengthened'],
    ['于2024年4月10日前完成 => 于2024年4月1日前完成', 'date-earlier'],
    ['销售假药 => 销售使用假药', 'scope-widened'],
    ['生产、储存、运输爆竹 => 生产、运输爆竹', 'scope-narrowed'],
    ['检查@学校食堂:留样不足 => 检查@农村地区学校食堂:留样不足', 'scope-narrowed'],
    ['检查@中小学、幼儿园:无证供餐 => 检查@中小学:无证供餐', 'scope-narrowed'],
    ['检查@学校:无证供餐 => 检查@幼儿园:无证供餐', 'scope-narrowed'],
    ['检查@民营医院:虚假住院 => 检查@医疗机构:虚假住院', 'scope-widened'],
    ['遇到六级以上大风应当停业 => 遇到五级以上大风必须停业', 'number-changed strengthened'],
    ['占地1万平方米以上的工地应当联网 => 占地5000平方米以上的工地应当联网', 'number-changed strengthened'],
    ['保育员配比是否达到1:8 => 保育员配比是否达到1:6', 'number-changed'],
    ['应当:配备专职救生员 => 应当:配备兼职救生员', 'weakened'],
    ['检查@种苗:标签不全 => 检查@种苗市场:标签不全', 'kept'],
    ['检查@经营环节:未索证索票 => 检查@农资经营门店:未索证索票', 'kept'],
    ['检查@废旧电池产生单位:未建台账 => 检查@产废单位:未建台账', 'kept'],
    ['停热的应当提前24小时通知用户 => 停热的应当提前48小时通知用户', 'number-changed strengthened'],
    ['每航次自查1次 => 每日自查1次', 'weakened'],
    ['检查:生产经营劣质种苗 => 检查:销售劣质种苗', 'scope-narrowed'],
    ['非法添加违禁物质 => 在饮用水中非法添加违禁物质', 'scope-narrowed'],
    ['为其他定点药店代刷医保卡 => 为非定点诊所代刷医保卡', 'modified'],
    ['进口冷冻肉无检疫证明 => 出口冷冻肉无检疫证明', 'modified'],
    ['@企业:应当每年组织演练 => @危险化学品企业、烟花爆竹企业:应当每年组织演练', 'scope-narrowed'],
    ['@危险化学品企业、烟花爆竹企业:应当每年组织演练 => @企业:应当每年组织演练', 'scope-widened'],
    ['@经营者:应当建立台账 => @农药经营者、兽药经营者:应当建立台账', 'scope-narrowed'],
    ['@农药经营者、兽药经营者:应当建立台账 => @经营者:应当建立台账', 'scope-widened'],
  ])('%s: %s', (line, expected) => {
    expect(judged(line)).toBe(expected);
  });
});

describe('a denial makes no short form of its opposite', () => {
  test.each([
    '合格 => 不合格品',
    '在岗 => 不在岗位',
    '持证 => 未持证件',
    '上岗 => 不上岗位',
    '带证上岗 => 未带证书不上岗位',
  ])('%s', (line) => {
    expect(judged(line)).not.toBe('kept');
    expect(judged(line.split('=>').reverse().join('=>'))).not.toBe('kept');
  });
});
