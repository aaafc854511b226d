import { describe, expect, test } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateCascade } from '../../corpus/cascades/generateCascade.ts';
import { CoverageMatrix } from '../../models/comparison.ts';
import { compareNotices } from '../../pipeline/compare/compareNotices.ts';
import { coverageMatrix, type MatrixMember } from '../../pipeline/compare/coverageMatrix.ts';
import { findNearCopies } from '../../pipeline/compare/nearCopies.ts';
import { compared, noticeWith } from './noticeOf.ts';

const upper = compared({
  text: '一、重点\n[[严厉打击@:非法占用耕地]]，[[重点检查@:农膜乱丢乱弃]]，[[重点检查@:秸秆露天焚烧]]。\n二、时限\n[[due monthly/20|报送统计表|各县|市局::每月20日前报送统计表]]。',
});
const member = (id: string, text: string, date = '2024年4月1日'): MatrixMember => ({
  id,
  fileName: `${id}.txt`,
  notice: noticeWith({ body: `${id}农业农村局`, level: 'county', region: `98010${id.length} ${id}`, date, text }),
});

describe('one upper notice against many', () => {
  const matrix = coverageMatrix(
    upper,
    [
      member(
        '东谷县',
        '一、重点\n[[严厉打击@:非法占用耕地]]，[[关注@:农膜乱丢乱弃]]，[[检查@:农机无牌上路]]。\n[[due monthly/25|报送统计表|各乡|县局::每月25日前报送统计表]]。',
      ),
      member(
        '西岭县',
        '一、重点\n[[严厉打击@:非法占用耕地]]，[[重点检查@:农膜乱丢乱弃]]，[[重点检查@:秸秆露天焚烧]]，[[检查@:农机无牌照上路]]。',
      ),
      member('南浦县山', '一、重点\n[[检查@:农机没有牌照上路]]。'),
    ],
    {
      regions: [
        { code: '980109', name: '北原县' },
        { code: '980103', name: '东谷县' },
      ],
    },
  );

  test('each item × each lower notice', () => {
    expect(matrix.rows.map((row) => row.cells.map((cell) => cell.state))).toEqual([
      ['kept', 'weakened', 'dropped'],
      ['kept', 'kept', 'kept'],
      ['dropped', 'dropped', 'dropped'],
    ]);
    expect(matrix.rows.map((row) => row.coverage)).toEqual([0.5, 1, 0]);
    expect(matrix.itemCounts.map((counts) => counts.dropped)).toEqual([1, 1, 2]);
  });

  test('what several added on their own is one matter', () => {
    expect(matrix.added.map(({ rows }) => rows)).toEqual([[0, 1, 2]]);
    expect(matrix.added[0]?.texts).toHaveLength(3);
  });

  test('late dates and silent regions are told', () => {
    expect(matrix.rows.map((row) => row.lateDeadlines)).toEqual([1, 0, 0]);
    expect(matrix.missing).toEqual([{ code: '980109', name: '北原县' }]);
  });

  test('it fits its schema', () => {
    const plain: unknown = JSON.parse(JSON.stringify(matrix));
    expect(CoverageMatrix.parse(plain)).toEqual(plain);
  });
});

test('the matrix says of each pair what the comparison says', () => {
  for (const seed of [11, 12, 13]) {
    const cascade = generateCascade(seed);
    const left = { fileName: 'u', notice: parseAnnotated(cascade.upper).notice };
    const right = { fileName: 'l', notice: parseAnnotated(cascade.lower).notice };
    const states = coverageMatrix(left, [{ id: 'x', ...right }]).rows[0]!.cells.map((cell) => cell.effects);
    const changes = compareNotices(left, right).items;
    const expected = left.notice.focusItems.map(
      (item) => changes.find((change) => change.left.includes(item))!.effects,
    );
    expect(states).toEqual(expected);
  }
});

describe('near copies', () => {
  const passage = (words: string) =>
    Array.from({ length: 30 }, (_, i) => `第${i}条${words}${String.fromCodePoint(0x4e00 + i * 37)}须于当日登记`).join(
      '。',
    );
  const own = (text: string, date: string) => noticeWith({ date, text: `一、${text}` });
  const top = own(passage('上级规定各项内容'), '2024年1月1日');

  test('counties that copied each other are one group, the earliest first; those on their own are none', () => {
    const copied = passage('本县结合实际细化措施');
    const report = findNearCopies(top, [
      own(`${copied}。另加一句`, '2024年5月2日'),
      own(passage('另一处自行拟定条目'), '2024年3月1日'),
      own(copied, '2024年4月1日'),
    ]);
    expect(report.groups.map((group) => group.rows)).toEqual([[2, 0]]);
    expect(report.groups[0]!.similarity).toBeGreaterThan(0.7);
  });

  test('what all took from above makes no one a copy of the other', () => {
    const report = findNearCopies(top, [
      own(passage('上级规定各项内容'), '2024年2月1日'),
      own(passage('上级规定各项内容'), '2024年2月2日'),
    ]);
    expect(report.groups).toEqual([]);
    expect(report.copiedFromUpper).toEqual([0, 1]);
  });
});
