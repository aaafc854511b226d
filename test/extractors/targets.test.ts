import { describe, expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A sentence of a notice of 1 March 2025 and its targets: metric comparison value unit, and by when. */
const targets = (sentence: string, ...expected: string[]) =>
  test(sentence, async () => {
    const found = (await noticeWith(sentence)).targets;
    expect(
      found.map(
        ({ metric, comparison, value, unit, by }) => `${metric} ${comparison} ${value}${unit}${by ? ` by ${by}` : ''}`,
      ),
    ).toEqual(expected);
  });

describe('at least', () => {
  targets('到2025年底，农村自来水普及率达到95%以上。', '农村自来水普及率 >= 95% by 2025-12-31');
  targets('（二）隐患整改率不低于95%，投诉率低于2%。', '隐患整改率 >= 95%', '投诉率 <= 2%');
  targets('县局按不低于30%的比例随机抽查。', '随机抽查比例 >= 30%');
  targets('秸秆综合利用率提高到92%。', '秸秆综合利用率 >= 92%');
  targets('抽查比例不得低于10%，合格率不低于98%。', '抽查比例 >= 10%', '合格率 >= 98%');
  targets('建设省级“阳光食堂”示范校500所。', '建设省级“阳光食堂”示范校 >= 500所');
  targets('新增厨余垃圾处理能力不低于1.2万吨/日。', '新增厨余垃圾处理能力 >= 1.2万吨/日');
  targets('力争到2026年6月底，新建口袋公园50个。', '新建口袋公园 >= 50个 by 2026-06-30');
});

describe('at most, exactly', () => {
  targets('较大以上事故起数控制在2起以内。', '较大以上事故起数 <= 2起');
  targets('规模以上企业培训覆盖率达到100%。', '规模以上企业培训覆盖率 = 100%');
});

describe('several figures of one metric', () => {
  const metric = '一季度、二季度、三季度完成率';
  targets(`${metric}分别达到30%、60%、90%。`, `${metric} >= 30%`, `${metric} >= 60%`, `${metric} >= 90%`);
});

describe('figures that are no targets', () => {
  targets('对逾期不改的，处1万元以上3万元以下罚款。');
  targets('对使用年限超过15年的索道，应当委托开展评估。');
  targets('2024年全县办理案件36件。');
  targets('请于2025年3月20日前报送。');
});

describe('figures of other shapes', () => {
  targets('排查率、整改率、持证率达到3个100%。', '排查率、整改率、持证率 = 100%');
  targets('新进员工培训时间不少于24学时。', '新进员工培训时间 >= 24学时');
  targets('再生水利用量达到45亿立方米。', '再生水利用量 >= 45亿立方米');
  targets('到2026年底，事故起数较前三年平均下降15%。', '事故起数较前三年平均下降 >= 15% by 2026-12-31');
  // What has happened is no target.
  targets('上半年事故起数同比下降15%。');
});

describe('figures that are no aims', () => {
  targets('目前回执总人数已达到540名。');
  targets('第三阶段：分类整治阶段（6个月）。');
  targets('各镇线上监测率要在目前已达80%的基础上提高到95%以上。', '各镇线上监测率 >= 95%');
});

describe('what is counted', () => {
  targets('6月底前完成80座农村小型水库除险加固。', '农村小型水库除险加固 >= 80座 by 2025-06-30');
  targets('11月15日前报送典型案例（不少于1个）。', '典型案例 >= 1个 by 2025-11-15');
});

describe('deeds whose thing stands behind the figure', () => {
  targets('每个村至少建立1支志愿消防队。', '志愿消防队 >= 1支');
});
