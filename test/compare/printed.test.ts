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
});
