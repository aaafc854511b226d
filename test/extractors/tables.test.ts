import { describe, expect, test } from 'vitest';
import { splitUnit } from '../../extractors/tables.ts';
import type { Attachment, Table } from '../../models/index.ts';
import { noticeWith } from './noticeWith.ts';

async function attachmentOf(title: string, content: string): Promise<Attachment> {
  const { attachments } = await noticeWith(`请按要求报送。\n\n附件：${title}`, `附件\n\n${title}\n\n${content}`);
  expect(attachments).toHaveLength(1);
  return attachments[0] as Attachment;
}

const label = ({ path, unit }: Table['rows'][number]): string => `${path.join('/')}${unit ? ` (${unit})` : ''}`;
const outline = ({ tables }: Attachment) =>
  tables.map(({ columns, rows, cells, frequency }) => ({
    columns: columns.map(label),
    rows: rows.map(label),
    cells: cells
      .filter(({ role }) => !role.endsWith('header'))
      .map(({ role, text }) => (role === 'data' ? text : role)),
    frequency,
  }));

test('a statistics table: labels, units, blanks, what does not apply, frequency', async () => {
  const attachment = await attachmentOf(
    '燃气安全检查统计表',
    '填报单位：\n\n类别\t检查数量（家）\t隐患数量（处）\n餐饮场所\t\t\n学校\t\\\t\n\n注：每月5日前报送。',
  );
  expect(attachment).toMatchObject({ present: true, kind: 'statistics-table' });
  expect(attachment.tables[0]).toMatchObject({ caption: ['填报单位：'], notes: ['注：每月5日前报送。'] });
  expect(outline(attachment)).toEqual([
    {
      columns: ['检查数量 (家)', '隐患数量 (处)'],
      rows: ['餐饮场所', '学校'],
      cells: ['blank', 'blank', 'not-applicable', 'blank'],
      frequency: 'monthly',
    },
  ]);
});

test('a header of two rows with merged cells', async () => {
  const attachment = await attachmentOf(
    '校车情况月报表',
    '<table><tr><td rowspan="2">乡镇</td><td colspan="2">校车</td></tr><tr><td>数量（辆）</td><td>座位（个）</td></tr><tr><td>青石镇</td><td></td><td></td></tr><tr><td>白水镇</td><td></td><td></td></tr></table>',
  );
  expect(outline(attachment)).toEqual([
    {
      columns: ['校车/数量 (辆)', '校车/座位 (个)'],
      rows: ['青石镇', '白水镇'],
      cells: ['blank', 'blank', 'blank', 'blank'],
      frequency: 'monthly',
    },
  ]);
});

test('merged cells that the source unfolded are one label', async () => {
  const attachment = await attachmentOf(
    '问题整改季度统计表',
    [
      '类别\t表现\t金额\t问责\t问责\t问责',
      '类别\t表现\t金额\t机构\t人员\t人员',
      '类别\t表现\t金额\t机构\t处分\t处罚',
      '收费\t违规收费\t\t\t\t',
      '收费\t强制搭售\t\t\t\t',
      '信息\t泄露信息\t\t\t\t',
    ].join('\n'),
  );
  expect(outline(attachment)).toMatchObject([
    {
      columns: ['金额', '问责/机构', '问责/人员/处分', '问责/人员/处罚'],
      rows: ['收费/违规收费', '收费/强制搭售', '信息/泄露信息'],
      frequency: 'quarterly',
    },
  ]);
});

test('one unit above the table holds for all rows', async () => {
  const attachment = await attachmentOf('案件统计表', '单位：件\n\n项目\t立案\t结案\n污染水体\t3\t1\n污染大气\t2\t2');
  expect(outline(attachment)).toMatchObject([
    { rows: ['污染水体 (件)', '污染大气 (件)'], cells: ['3', '1', '2', '2'] },
  ]);
});

describe('what an attachment is', () => {
  const kind = (title: string, content: string, expected: Attachment['kind']) =>
    test(title, async () => expect((await attachmentOf(title, content)).kind).toBe(expected));
  kind('农药经营门店名单', '|序号|门店名称|地址|\n|---|---|---|\n|1|青石农资|青石镇|\n', 'list');
  kind('安全生产承诺书（模板）', '本单位承诺落实主体责任。', 'model');
  kind('联络员登记表', '姓名\t单位\t电话\n\t\t\n', 'form');
  kind('防汛应急演练方案', '为检验预案，制定本方案。', 'plan');
});

describe('units in labels', () => {
  test.each([
    ['检查单位数量（家）', '检查单位数量', '家'],
    ['罚款金额(万元)', '罚款金额', '万元'],
    ['处理（含移送）', '处理（含移送）', null],
    ['数量', '数量', null],
  ])('%s', (printed, bare, unit) => expect(splitUnit(printed)).toEqual({ label: bare, unit }));
});

test('an attachment that is listed and not there', async () => {
  const { attachments } = await noticeWith('请按要求报送。\n\n附件：1.山塘名单\n2.责任书');
  expect(attachments.map(({ number, title, present }) => [number, title, present])).toEqual([
    [1, '山塘名单', false],
    [2, '责任书', false],
  ]);
});

test('an attachment without a title bears its printed head', async () => {
  const { attachments } = await noticeWith(
    '请按要求报送。',
    '附件1\n\n一、本表由各乡镇填报，于每季度末报县农业农村局汇总。',
  );
  expect(attachments.map(({ title }) => title)).toEqual(['附件1']);
});

test('lines of the caption drawn into the grid are lifted out of it', async () => {
  const attachment = await attachmentOf(
    '养老机构检查统计表',
    '填报单位（盖章）：\t单位：家\t\n类别\t应查数\t已查数\n公办\t\t\n民办\t\t',
  );
  expect(attachment.tables[0]).toMatchObject({ caption: ['填报单位（盖章）：', '单位：家'] });
  expect(outline(attachment)[0]).toMatchObject({ columns: ['应查数', '已查数'], rows: ['公办 (家)', '民办 (家)'] });
});

test('a second label column that the source lost, beneath a header of two rows', async () => {
  const attachment = await attachmentOf(
    '器械检查统计表',
    '对象\t检查数（家）\t立案查处\t\n\t\t案件（件）\t罚款（元）\n平台\t\t\t\n企业\t生产\t\t\n\t经营\t\t',
  );
  expect(outline(attachment)[0]).toMatchObject({
    columns: ['检查数 (家)', '立案查处/案件 (件)', '立案查处/罚款 (元)'],
    rows: ['平台', '企业/生产', '企业/经营'],
  });
});

test('a header one cell short of the rows with two labels', async () => {
  const attachment = await attachmentOf(
    '药店检查统计表',
    '项目\t乡镇\t城区\n检查（户）\t\t\n查处\t案件（件）\t\t\n\t罚款（元）\t\t',
  );
  expect(outline(attachment)[0]).toMatchObject({
    columns: ['乡镇', '城区'],
    rows: ['检查 (户)', '查处/案件 (件)', '查处/罚款 (元)'],
  });
});

test('a second label column with a single label, beneath a corner that is two columns wide', async () => {
  const attachment = await attachmentOf(
    '欠费检查统计表',
    '类别\t\t物业企业\t供热企业\n涉及住户（户）\t\t\t\n追缴费用\t金额（元）\t\t\n移送（件）\t\t\t\n约谈（家）\t\t\t',
  );
  expect(outline(attachment)[0]).toMatchObject({
    columns: ['物业企业', '供热企业'],
    rows: ['涉及住户 (户)', '追缴费用/金额 (元)', '移送 (件)', '约谈 (家)'],
  });
});

test.each([
  ['（2025年　月）', 'monthly'],
  ['（2025年第　季度）', 'quarterly'],
  ['填报日期：2025年　月　日', null],
])('the caption %s says how often: %s', async (caption, frequency) => {
  const attachment = await attachmentOf('检查统计表', `${caption}\n\n类别\t数量（家）\n公办\t\n民办\t`);
  expect(outline(attachment)[0]?.frequency).toBe(frequency);
});

test('a group printed once names the rows beneath it that have only a label of their own', async () => {
  const attachment = await attachmentOf(
    '检查统计表',
    '<table><tr><td rowspan="2" colspan="2">类别</td><td colspan="2">检查</td></tr><tr><td>数量（家）</td><td>问题（个）</td></tr><tr><td>城区</td><td>餐饮</td><td></td><td></td></tr><tr><td></td><td>学校</td><td></td><td></td></tr><tr><td>乡镇</td><td>餐饮</td><td></td><td></td></tr><tr><td>合计</td><td></td><td></td><td></td></tr></table>',
  );
  expect(outline(attachment)[0]).toMatchObject({ rows: ['城区/餐饮', '城区/学校', '乡镇/餐饮', '合计'] });
});

test('a row without a label leaves its name to whoever fills it in', async () => {
  const attachment = await attachmentOf('检查统计表', '县区\t检查数（家）\n云溪县\t\n\t\n合计\t');
  expect(outline(attachment)[0]).toMatchObject({
    rows: ['云溪县', '', '合计'],
    cells: ['blank', 'blank', 'blank', 'blank'],
  });
});

test('a merged heading over columns that are named two rows further down', async () => {
  const attachment = await attachmentOf(
    '隐患统计表',
    '县区\t检查情况\t\t\n\t检查数（家）\t问题（个）\t\n\t\t一般\t重大\n云溪县\t\t\t\n白水县\t\t\t',
  );
  expect(outline(attachment)[0]).toMatchObject({
    columns: ['检查情况/检查数 (家)', '检查情况/问题/一般 (个)', '检查情况/问题/重大 (个)'],
  });
});

test('only the first row heads a long table that is filled in', async () => {
  const row = (n: number) => `任务${n}\t组织排查\t县应急管理局`;
  const attachment = await attachmentOf(
    '任务清单',
    `任务\t内容\t责任单位\n${[1, 2, 3, 4, 5, 6, 7].map(row).join('\n')}`,
  );
  expect(attachment.tables[0]?.headerRows).toBe(1);
});

describe('lines beneath a table that are to be filled in', () => {
  const grid = '类别\t检查数（家）\t问题数（个）\n餐饮\t\t\n学校\t\t';
  const footerOf = async (after: string, drawn = '') =>
    (await attachmentOf('检查统计表', `${grid}${drawn}\n\n${after}`)).tables[0]?.footer;

  test('stand in printed order, notes among them', async () => {
    expect(await footerOf('单位负责人：　　　填表人：____\n\n注：按月报送。\n\n填报日期：　　年　月　日')).toEqual([
      '单位负责人：填表人：____',
      '注：按月报送。',
      '填报日期：年月日',
    ]);
  });
  test('a seal needs no colon', async () => {
    expect(await footerOf('单位（盖章）\n\n　　年　月　日')).toEqual(['单位（盖章）', '年月日']);
  });
  test('rows of the table that hold nothing else are such lines', async () => {
    expect(await footerOf('', '\n填表人：\t\t审核人：\n备注\t\t')).toEqual(['填表人：　审核人：', '备注：']);
  });
  test.each([
    '联系人：张三，电话：0600-5580137',
    '注：按月报送。',
    '各单位应当于每月5日前报送。',
    '填报要求：见附件。',
  ])('%s tells something', async (after) => {
    expect(await footerOf(after)).toBeUndefined();
  });
  test('the unit over the next table is none of this one, and the signature of this one none of the next', async () => {
    const { tables } = await attachmentOf(
      '检查统计表',
      `${grid}\n\n审核人：\n\n填报单位：\n\n类别\t立案数（件）\n餐饮\t\n学校\t`,
    );
    expect(tables.map(({ caption, footer }) => ({ caption, footer }))).toEqual([
      { caption: [], footer: ['审核人：'] },
      { caption: ['填报单位：'], footer: undefined },
    ]);
  });
});

describe('labels with a blank beside each, from the first row on', () => {
  const rolesOf = async (content: string) => {
    const [table] = (await attachmentOf('人员登记表', content)).tables;
    const label = (text: string, rowSpan: number, columnSpan: number) =>
      `${text}${rowSpan * columnSpan > 1 ? `<${rowSpan}×${columnSpan}>` : ''}`;
    return table?.cells.map(({ text, role, rowSpan, columnSpan }) =>
      role === 'row-header' ? label(text, rowSpan, columnSpan) : `${role[0]}${label('', rowSpan, columnSpan)}`,
    );
  };

  test('none of them is a header', async () => {
    expect(await rolesOf('姓名\t\t性别\t\n职务\t\t电话\t\n备注\t\t\t')).toEqual([
      ...['姓名', 'b', '性别', 'b'],
      ...['职务', 'b', '电话', 'b'],
      ...['备注', 'b<1×3>'],
    ]);
  });
  test('a group before several rows, a label over both label columns', async () => {
    expect(await rolesOf('单位名称\t\t\t\t\n联络员\t姓名\t\t部门\t\n\t手机\t\t邮箱\t\n\t地址\t\t\t')).toEqual([
      ...['单位名称<1×2>', 'b<1×3>'],
      ...['联络员<3×1>', '姓名', 'b', '部门', 'b'],
      ...['手机', 'b', '邮箱', 'b'],
      ...['地址', 'b<1×3>'],
    ]);
  });
  test('a picture beside the first rows, a place for a seal', async () => {
    expect(await rolesOf('姓名\t\t性别\t\t照片\n民族\t\t学历\t\t\n单位意见\t（盖章）　年　月　日\t\t\t')).toEqual([
      ...['姓名', 'b', '性别', 'b', '照片<2×1>'],
      ...['民族', 'b', '学历', 'b'],
      ...['单位意见', 'd<1×4>'],
    ]);
  });
  test('a blank over the heads of a list within the form', async () => {
    expect(await rolesOf('单位名称\t\t\t\n姓名\t性别\t职务\t电话\n\t\t\t')).toEqual([
      ...['单位名称', 'b<1×3>'],
      ...['姓名', '性别', '职务', '电话'],
      ...['b', 'b', 'b', 'b'],
    ]);
  });
  test('a heading within the form', async () => {
    expect(await rolesOf('一、基本情况\t\t\t\n名称\t\t地址\t\n二、消防设施\t\t\t\n灭火器\t\t消火栓\t')).toEqual([
      '一、基本情况<1×4>',
      ...['名称', 'b', '地址', 'b'],
      '二、消防设施<1×4>',
      ...['灭火器', 'b', '消火栓', 'b'],
    ]);
  });
  test('one column of labels names the rows', async () => {
    const { tables } = await attachmentOf('会议回执', '参会单位\t\n参会人数（人）\t\n联系电话\t');
    expect(tables[0]).toMatchObject({ headerRows: 0, stubColumns: 1 });
    expect(tables[0]?.rows.map(label)).toEqual(['参会单位', '参会人数 (人)', '联系电话']);
  });
  test.each([
    [
      'merged headings whose columns are named beneath',
      '类别\t\t检查\t\t处罚\t\n\t\t家数\t问题\t立案\t罚款\n城区\t餐饮\t\t\t\t\n\t学校\t\t\t\t',
    ],
    ['a merged heading beside a single one', '县区\t检查情况\t\t处罚\n\t家数\t问题\t\n云溪县\t\t\t\n合计\t\t\t'],
    ['heads of a list', '姓名\t单位\t电话\n\t\t\n\t\t'],
  ])('%s are a header', async (_, content) => {
    const { tables } = await attachmentOf('检查统计表', content);
    expect(tables[0]?.headerRows).toBeGreaterThan(0);
  });
});

test('a row 甲 乙 1 2 beneath the heads of a form is none of its rows', async () => {
  const attachment = await attachmentOf(
    '救助情况统计表',
    '指标名称\t计量单位\t本期实际\t上年同期\n甲\t乙\t1\t2\n低保对象\t人\t\t\n养老机构\t个\t\t\n',
  );
  expect(attachment.tables[0]?.headerRows).toBe(2);
  expect(outline(attachment)[0]).toMatchObject({
    columns: ['本期实际', '上年同期'],
    rows: ['低保对象 (人)', '养老机构 (个)'],
  });
});
