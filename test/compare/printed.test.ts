import { describe, expect, test } from 'vitest';
import type { FocusItem } from '../../models/facts.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { noticeWith } from '../extractors/noticeWith.ts';

/** What is told of two printed bodies: change and effects, left → right. */
async function changesOf(left: string, right: string): Promise<string[]> {
  const [a, b] = [await noticeWith(left), await noticeWith(right)];
  const { items } = compareNotices({ fileName: 'a', notice: a }, { fileName: 'b', notice: b });
  const side = (texts: readonly FocusItem[]) => texts.map(({ text }) => text).join(' + ') || '∅';
  return items.map((change) =>
    [change.change, ...[...change.effects].sort(), `${side(change.left)} → ${side(change.right)}`].join(' '),
  );
}

describe('from the printed text on', () => {
  test('duties in prose are compared: softened, loosened in figures, dropped, made a duty, added', async () => {
    expect(
      await changesOf(
        '二、企业责任\n冷库企业应当每月检测一次氨气浓度，必须对操作人员每年开展不少于16学时的培训，不得在库区内住人。鼓励企业加装远程监测设备。',
        '二、落实责任\n冷库企业可以每月检测一次氨气浓度，应当对操作人员每年开展不少于8学时的培训，必须加装远程监测设备，应当公示应急电话。',
      ),
    ).toEqual([
      'modified weakened 应当每月检测一次氨气浓度 → 可以每月检测一次氨气浓度',
      'modified number-changed weakened 必须对操作人员每年开展不少于16学时的培训 → 应当对操作人员每年开展不少于8学时的培训',
      'dropped 不得在库区内住人 → ∅',
      'modified strengthened 鼓励企业加装远程监测设备 → 必须加装远程监测设备',
      'added ∅ → 应当公示应急电话',
    ]);
  });

  test.each([
    ['the same words in another order are the same', '未办理登记备案', '未办理备案登记', 'kept'],
    [
      'a shorter time for which records must be kept asks less',
      '未保存凭证满6个月',
      '未保存凭证满3个月',
      'modified number-changed weakened',
    ],
    [
      'names quoted one after the other are a list',
      '以“送教”“陪读”等名义违规授课',
      '以“送教”“陪读”“研学”等名义违规授课',
      'modified scope-widened',
    ],
    [
      'one more place in an enumeration of places',
      '油罐车在居民区、学校周边违规停放',
      '油罐车在居民区、学校、车站周边违规停放',
      'modified scope-widened',
    ],
  ])('%s', async (_, left, right, expected) => {
    const body = (item: string) => `重点检查${item}、拒绝接受检查等问题。`;
    const changes = await changesOf(body(left), body(right));
    expect(changes).toEqual([`${expected} ${left} → ${right}`, 'kept 拒绝接受检查 → 拒绝接受检查']);
  });

  test('who is numbered in a sentence is who is named in a heading', async () => {
    expect(
      await changesOf(
        '一、整治重点\n（一）网约车平台。重点检查未核验驾驶员资格等问题。',
        '一、整治内容\n三是网约车平台方面，重点检查未核验驾驶员资格等问题。',
      ),
    ).toEqual(['kept 未核验驾驶员资格 → 未核验驾驶员资格']);
  });

  test('a check point moved where it stands under another heading, not where its number changed', async () => {
    expect(
      await changesOf(
        '二、检查重点\n（一）消防\n1.通道是否畅通。\n2.灭火器是否有效。\n（二）收费\n1.是否公示收费标准。\n2.是否违规收取押金。',
        '二、检查重点\n（一）消防\n1.灭火器是否有效。\n2.通道是否畅通。\n（二）收费\n1.是否公示收费标准。\n（三）资金\n1.是否违规收取押金。\n2.预收款是否存管。',
      ),
    ).toEqual([
      'kept 通道是否畅通 → 通道是否畅通',
      'kept 灭火器是否有效 → 灭火器是否有效',
      'kept 是否公示收费标准 → 是否公示收费标准',
      'kept moved 是否违规收取押金 → 是否违规收取押金',
      'added ∅ → 预收款是否存管',
    ]);
  });

  test('a part whose doer the heading of its whole names is a part of it', async () => {
    expect(
      await changesOf(
        '一、重点\n（一）严查民宿用户隐患。重点检查未安装烟感报警装置或者报警装置未正常使用、阳台私搭厨房等情形。',
        '一、重点\n（一）聚焦用户。重点整治民宿用户未安装烟雾报警装置，民宿用户报警装置不能正常使用，阳台私搭厨房等情形。',
      ),
    ).toEqual([
      'modified split 未安装烟感报警装置或者报警装置未正常使用 → 民宿用户未安装烟雾报警装置 + 民宿用户报警装置不能正常使用',
      'kept 阳台私搭厨房 → 阳台私搭厨房',
    ]);
  });

  test('the limit of a phase is compared as a deadline, the run of a phase is not', async () => {
    const [left, right] = [
      ['4月底前', '5月1日至9月30日'],
      ['4月25日前', '5月1日至9月20日'],
    ].map(
      (days) =>
        `决定在全县开展“清泉”专项行动。\n三、时间安排\n（一）自查阶段（${days[0]}）。开展自查。\n（二）整治阶段（${days[1]}）。逐户检查。`,
    );
    const [a, b] = [await noticeWith(left ?? ''), await noticeWith(right ?? '')];
    const { deadlines } = compareNotices({ fileName: 'a', notice: a }, { fileName: 'b', notice: b });
    expect(deadlines.map(({ change, effects, left }) => [change, ...effects, left[0]?.task])).toEqual([
      ['modified', 'date-earlier', '自查阶段'],
    ]);
  });

  test('the day of a goal that is owed as a deadline is compared there', async () => {
    const [left, right] = ['10月31日', '9月30日'].map(
      (day) => `县卫生局要在2025年${day}前完成对诊所的现场检查，诊所检查覆盖率达到100%。`,
    );
    const [a, b] = [await noticeWith(left ?? ''), await noticeWith(right ?? '')];
    const { deadlines, targets } = compareNotices({ fileName: 'a', notice: a }, { fileName: 'b', notice: b });
    expect(deadlines.map(({ change, effects }) => [change, ...effects])).toEqual([['modified', 'date-earlier']]);
    expect(targets.map(({ change, effects }) => [change, ...effects])).toEqual([['kept']]);
  });
});
