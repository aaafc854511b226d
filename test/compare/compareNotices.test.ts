import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateCascade } from '../../corpus/cascades/generateCascade.ts';
import { type Change, Comparison } from '../../models/comparison.ts';
import type { FocusItem } from '../../models/facts.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { contentNotice, effectiveNotice } from '../../pipeline/compare/effectiveNotice.ts';
import { compared, noticeWith } from './noticeOf.ts';

const compareTexts = (left: string, right: string) =>
  compareNotices(compared({ text: left }), compared({ text: right }));

/** kept A → B, one line a change. */
const lines = (changes: readonly Change<FocusItem>[]) =>
  changes.map(({ change, effects, left, right }) => {
    const side = (items: readonly FocusItem[]) => items.map((item) => item.text).join(' + ') || '∅';
    return `${change}${effects.length > 0 ? ` ${[...effects].sort().join(' ')}` : ''}: ${side(left)} → ${side(right)}`;
  });

describe('items find their counterparts', () => {
  test('equal texts are told apart by their subjects', () => {
    const { items } = compareTexts(
      '一、检查重点\n[[检查@学校食堂:台账不全]]，[[检查@养老机构:台账不全]]。',
      '一、检查重点\n[[检查@养老机构:台账不全]]，[[检查@学校食堂:台账不全]]。',
    );
    expect(items.map(({ change, left, right }) => [change, left[0]?.subject, right[0]?.subject])).toEqual([
      ['kept', '学校食堂', '学校食堂'],
      ['kept', '养老机构', '养老机构'],
    ]);
  });

  test('an item cut in two, two drawn into one, one moved, one dropped, one added', () => {
    const { items, summary } = compareTexts(
      [
        '一、储存环节',
        '[[检查@:违规储存、运输烟花爆竹]]，[[检查@:库房防雷设施失效]]，[[检查@:守卫人员擅自离岗]]，[[检查@:库区道路被堵塞]]。',
        '二、销售环节',
        '[[检查@:向未成年人销售爆竹]]，[[检查@:零售点与加油站距离不足]]，[[检查@:销售过期产品]]，[[检查@:销售超标产品]]。',
      ].join('\n'),
      [
        '一、储存环节',
        '[[检查@:违规储存烟花爆竹]]，[[检查@:违规运输烟花爆竹]]，[[检查@:守卫人员擅自离岗]]，[[检查@:库区道路被堵塞]]，[[检查@:零售点与加油站距离不足]]。',
        '二、销售环节',
        '[[检查@:向未成年人销售爆竹]]，[[检查@:销售过期、超标产品]]，[[检查@:在楼道内摆摊设点]]。',
      ].join('\n'),
    );
    expect(lines(items)).toEqual([
      'modified split: 违规储存、运输烟花爆竹 → 违规储存烟花爆竹 + 违规运输烟花爆竹',
      'dropped: 库房防雷设施失效 → ∅',
      'kept: 守卫人员擅自离岗 → 守卫人员擅自离岗',
      'kept: 库区道路被堵塞 → 库区道路被堵塞',
      'kept: 向未成年人销售爆竹 → 向未成年人销售爆竹',
      'kept moved: 零售点与加油站距离不足 → 零售点与加油站距离不足',
      'modified merged: 销售过期产品 + 销售超标产品 → 销售过期、超标产品',
      'added: ∅ → 在楼道内摆摊设点',
    ]);
    expect(summary).toEqual({ kept: 4, modified: 2, dropped: 1, added: 1 });
  });

  test('what the other notice says in running text is not dropped', () => {
    const { items } = compareTexts(
      '一、工作要求\n[[督促@:每月对消防设施进行维护保养]]，[[督促@:设置微型消防站并配足人员]]。',
      '一、有关事项\n各单位要每月对消防设施进行维护保养，费用列入预算。',
    );
    expect(items.map((change) => [change.change, change.right[0]?.text ?? null])).toEqual([
      ['kept', '各单位要每月对消防设施进行维护保养'],
      ['dropped', null],
    ]);
  });

  test('the lower notice’s own table marks a subject as not its own', () => {
    const table = (note: string) => `[[table 统计表\n列：燃气场站｜餐饮用户\n行：检查数（家）\n${note}]]`;
    const { items, tables } = compareTexts(
      `一、重点\n[[检查@燃气场站:储罐超期未检]]，[[检查@餐饮用户:软管老化]]。\n${table('')}`,
      `一、重点\n[[检查@餐饮用户:阀门漏气]]。\n${table('不适用：燃气场站\n')}`,
    );
    expect(lines(items).slice(0, 2)).toEqual(['dropped out-of-remit: 储罐超期未检 → ∅', 'dropped: 软管老化 → ∅']);
    expect(tables[0]?.columns[0]).toMatchObject({ change: 'kept', effects: ['out-of-remit'] });
  });

  test('the upper notice reserves a subject for another level', () => {
    const upper = compared({
      text: '一、重点\n[[检查@危险化学品生产企业:反应釜超温]]，[[检查@加油站:卸油无人监护]]。\n二、分工\n危险化学品生产企业的检查由市级负责，省级应急管理部门负责危险化学品生产企业的监督检查。',
    });
    const lower = compared({
      body: '云浦县应急管理局',
      level: 'county',
      text: '一、重点\n[[检查@加油站:卸油无人监护]]。',
    });
    expect(lines(compareNotices(upper, lower).items)).toEqual([
      'dropped out-of-remit: 反应釜超温 → ∅',
      'kept: 卸油无人监护 → 卸油无人监护',
    ]);
  });

  test('work divided among the bodies of both levels is reserved for neither', () => {
    const divided = (level: string) => `二、分工\n${level}住房城乡建设局负责瓶装气充装站的监督检查。`;
    const upper = compared({
      level: 'prefectural',
      text: `一、重点\n[[检查@瓶装气充装站:充装超期未检气瓶]]，[[检查@餐饮用户:软管老化]]。\n${divided('市')}`,
    });
    const lower = (text: string) =>
      compared({
        body: '云浦县住房和城乡建设局',
        level: 'county',
        text: `一、重点\n[[检查@餐饮用户:软管老化]]。\n${text}`,
      });
    const dropped = (text: string) => lines(compareNotices(upper, lower(text)).items)[0];
    expect(dropped('')).toBe('dropped out-of-remit: 充装超期未检气瓶 → ∅');
    expect(dropped(divided('县'))).toBe('dropped: 充装超期未检气瓶 → ∅');
  });

  test('the lower notice leaves a subject to another level', () => {
    const upper = compared({
      text: '一、重点\n[[检查@网络交易平台:未核验资质]]，[[检查@加油站:卸油无人监护]]。',
    });
    const lower = compared({
      body: '云浦县市场监督管理局',
      level: 'county',
      text: '一、范围\n加油站。网络交易平台由省级市场监管部门负责检查。\n二、重点\n[[检查@加油站:卸油无人监护]]。',
    });
    expect(lines(compareNotices(upper, lower).items)).toEqual([
      'dropped out-of-remit: 未核验资质 → ∅',
      'kept: 卸油无人监护 → 卸油无人监护',
    ]);
  });

  test('an embedding may bring two items together, but does not make them the same', () => {
    const left = compared({ text: '一、重点\n[[检查@:灶具无熄火保护]]。' });
    const right = compared({ text: '一、重点\n[[检查@:炉子缺少断气装备]]。' });
    expect(compareNotices(left, right).items.map(({ change }) => change)).toEqual(['dropped', 'added']);
    const near = compareNotices(left, right, { similarity: () => 0.9 });
    expect(near.items.map(({ change }) => change)).toEqual(['modified']);
  });

  test('the nearest candidate is named for what has no counterpart', () => {
    const { items } = compareTexts(
      '一、重点\n[[检查@:疏散指示标志损坏]]，[[检查@:值班人员脱岗]]。',
      '一、重点\n[[检查@:疏散楼梯间堆放杂物]]，[[检查@:值班人员脱岗]]。',
    );
    const dropped = items.find(({ change }) => change === 'dropped');
    expect(dropped?.nearest?.item.text).toBe('疏散楼梯间堆放杂物');
  });
});

describe('dates, goals and contacts', () => {
  test('each with its direction', () => {
    const left = compared({
      text: '一、要求\n[[due 2024-05-10|报送工作方案|各市|省厅::5月10日前报送工作方案]]，[[due monthly/20|报送统计表|各市|省厅::每月20日前报送统计表]]，[[target 整改率 >= 95 %::整改率不低于95%]]。\n[[contact 甲某|综合科|0980-1234567|a@x.example]]',
    });
    const right = compared({
      text: '一、要求\n[[due 2024-05-06|报送方案|各县|市局::5月6日前报送方案]]，[[due monthly/22|上报统计表|各县|市局::每月22日前上报统计表]]，[[due 2024-07-01|推荐典型案例|各县|市局::7月1日前推荐典型案例]]，[[target 整改率 >= 90 %::整改率达到90%以上]]。\n[[contact 甲某|综合科|0980-7654321|a@x.example]]',
    });
    const { deadlines, targets, contacts } = compareNotices(left, right);
    expect(deadlines.map(({ change, effects }) => [change, ...effects])).toEqual([
      ['modified', 'date-earlier'],
      ['modified', 'date-later'],
      ['added'],
    ]);
    expect(targets.map(({ change, effects }) => [change, ...effects])).toEqual([
      ['modified', 'number-changed', 'weakened'],
    ]);
    expect(contacts.map(({ change }) => change)).toEqual(['modified']);
  });

  test('the figures of this month by the 28th come before those of last month by the 3rd', () => {
    const { deadlines } = compareTexts(
      '一、要求\n[[due monthly/3|报送上月统计表|各县|市局::每月3日前报送上月统计表]]。',
      '一、要求\n[[due monthly/28|报送当月统计表|各所|县局::每月28日前报送当月统计表]]。',
    );
    expect(deadlines.map(({ change, effects }) => [change, ...effects])).toEqual([['modified', 'date-earlier']]);
  });

  test('a duty turned soft in the text is a change of its section', () => {
    const { sections } = compareTexts(
      '一、监督检查\n检查人员应当全程录像。发现问题的应当当场告知。',
      '一、监督检查\n检查人员可以全程录像。发现问题的应当当场告知。',
    );
    expect(sections.map(({ change, effects }) => [change, ...effects])).toEqual([['modified', 'weakened']]);
  });
});

describe('covers that pass on another notice', () => {
  const inner = noticeWith({ text: '一、重点\n[[检查@:锅炉超压运行]]。' }, 'n2');
  const cover = { ...noticeWith({ level: 'county', text: '现转发给你们，请认真落实。' }, 'n1'), forwards: 'n2' };

  test('a cover keeps everything of what it forwards and adds nothing', () => {
    const right = effectiveNotice(cover, [cover, inner]);
    const { summary } = compareNotices({ fileName: 'f', notice: inner }, { fileName: 'f', notice: right });
    expect(summary).toEqual({ kept: 1, modified: 0, dropped: 0, added: 0 });
    expect(right.administrativeLevel).toBe('county');
  });

  test('the notice that holds the content is the forwarded one', () => {
    expect(contentNotice([cover, inner])?.id).toBe('n2');
  });

  test('two notices that forward each other do not hang', () => {
    const back = { ...inner, forwards: 'n1' };
    expect(effectiveNotice(cover, [cover, back]).focusItems).toHaveLength(1);
  });
});

describe('whatever the notices', () => {
  const seeds = fc.integer({ min: 1, max: 5000 });

  test('every item stands in exactly one change, and the result fits its schema', () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        const left = parseAnnotated(generateCascade(a).upper).notice;
        const right = parseAnnotated(generateCascade(b).lower).notice;
        const comparison = compareNotices({ fileName: 'l', notice: left }, { fileName: 'r', notice: right });
        expect(Comparison.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(
          JSON.parse(JSON.stringify(comparison)),
        );
        const count = (items: readonly FocusItem[], side: 'left' | 'right') =>
          items.map((item) => comparison.items.filter((change) => change[side].includes(item)).length);
        expect(new Set(count(left.focusItems, 'left'))).toEqual(new Set([1]));
        expect(new Set(count(right.focusItems, 'right'))).toEqual(new Set([1]));
        for (const change of comparison.items) {
          const sides = [change.left.length > 0, change.right.length > 0];
          expect(sides).toEqual([change.change !== 'added', change.change !== 'dropped']);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('a notice against itself keeps everything', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const notice = parseAnnotated(generateCascade(seed).upper).notice;
        const side = { fileName: 'f', notice };
        const comparison = compareNotices(side, side);
        const changes = [comparison.items, comparison.deadlines, comparison.targets, comparison.sections].flat();
        expect(new Set(changes.map(({ change }) => change))).toEqual(new Set(['kept']));
        expect(changes.flatMap(({ effects }) => effects).filter((effect) => effect !== 'merged')).toEqual([]);
        expect(
          comparison.tables.flatMap(({ rows, columns }) => [...rows, ...columns]).every((one) => one.change === 'kept'),
        ).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test('notices without anything in them compare', () => {
    const empty = compared({ text: '请遵照执行。' });
    expect(compareNotices(empty, empty).summary).toEqual({ kept: 0, modified: 0, dropped: 0, added: 0 });
  });
});
