import { describe, expect, test } from 'vitest';
import { noticeWith } from './noticeWith.ts';

/** A line of a notice and whom it names: unit/name phones e-mails fax:number. */
const contacts = (line: string, ...expected: string[]) =>
  test(line, async () => {
    const found = (await noticeWith(line)).contacts;
    expect(
      found.map(({ name, unit, phones, emails, fax }) =>
        [`${unit ?? ''}/${name ?? ''}`, ...phones, ...emails, ...(fax ? [`fax:${fax}`] : [])].join(' '),
      ),
    ).toEqual(expected);
  });

contacts('联系人：周明远；联系电话：0357-6600001；邮箱：gas@example.org。', '/周明远 0357-6600001 gas@example.org');
contacts('联系人：周明远\n电话：0357-6600001\n传真：0357-6600009', '/周明远 0357-6600001 fax:0357-6600009');
contacts('联系人：周明远，联系电话：0357-\n6600001。', '/周明远 0357-6600001');
contacts('（联系人：周明远　电话：0357—6600001）', '/周明远 0357-6600001');
contacts('县农业农村局联系人：周明远，电话：6600001', '县农业农村局/周明远 6600001');
contacts('县住建局燃气办 周明远 0357-6600001', '县住建局燃气办/周明远 0357-6600001');
contacts('联系电话：0357-6600001（兼传真）', '/ 0357-6600001 fax:0357-6600001');

describe('several persons', () => {
  contacts(
    '联系人：周明远、卫国平；电话：0357-6600001、0357-6600002。',
    '/周明远 0357-6600001',
    '/卫国平 0357-6600002',
  );
  contacts('联系人：周明远、卫国平；电话：0357-6600001。', '/周明远 0357-6600001', '/卫国平 0357-6600001');
});

describe('names that are none', () => {
  // 安 is a surname, but 安全股 is a section of the office.
  contacts('联系人：县教育局安全股 卫国平，电话：13800001234', '县教育局安全股/卫国平 13800001234');
  contacts('举报电话：12345。');
  contacts('索引号为2025-00021，共36件。');
});

test('the same person in the cover and in the plan is one contact with all places', async () => {
  const line = '联系人：周明远，电话：0357-6600001。';
  const { contacts: found } = await noticeWith(`${line}\n\n各乡镇要认真落实。\n\n${line}`);
  expect(found.map(({ name, phones, evidence }) => [name, phones, evidence.length])).toEqual([
    ['周明远', ['0357-6600001'], 4],
  ]);
});

describe('persons on lines of their own', () => {
  contacts(
    '联系人：县民政局养老股 周明远\n县公安局治安大队 卫国平\n联系电话：0357-6600001（民政）、0357-6600002（公安）',
    '县民政局养老股/周明远 0357-6600001',
    '县公安局治安大队/卫国平 0357-6600002',
  );
  contacts('县民政局：周明远（技术支持） 0357-6600001', '县民政局/周明远 0357-6600001');
  // A line that ends in a number or an address is whole.
  contacts(
    '县民政局联系人：周明远 mz@example.org\n县公安局联系人：卫国平 电话：6600002',
    '县民政局/周明远 mz@example.org',
    '县公安局/卫国平 6600002',
  );
});

describe('the office before the label', () => {
  contacts(
    '专班办公室联系人：周明远，电话：6600001；卫国平，电话：6600002。',
    '专班办公室/周明远 6600001',
    '专班办公室/卫国平 6600002',
  );
});

describe('names behind a label', () => {
  contacts(
    '联系人：县民政局养老股 阎 达 卫国平 电话：6600001',
    '县民政局养老股/阎达 6600001',
    '县民政局养老股/卫国平 6600001',
  );
  // Not every surname is in the list; behind the label it is a name.
  contacts('联系人：县民政局养老股 闇晓 电话：6600001', '县民政局养老股/闇晓 6600001');
  contacts('联系人：养老股 周明远（0357-6600001）。', '养老股/周明远 0357-6600001');
});

test('a hotline for the public is nobody to ask, nor is its second number', async () => {
  expect((await noticeWith('欢迎举报，举报电话：12350、0357-6600009。')).contacts).toEqual([]);
});

describe('short numbers and long names', () => {
  contacts('联系人：镇应急站 周明远（667325）、卫国平（668190）。', '镇应急站/周明远 667325', '镇应急站/卫国平 668190');
  contacts('联系人：药品科 其其格玛 周明远，电话：6600001。', '药品科/其其格玛 6600001', '药品科/周明远 6600001');
});

describe('offices and persons in brackets and behind colons', () => {
  contacts(
    '联系人及电话：周明远（县法院）0357-6600001；卫国平（县教育局 安全科）0357-6600002。',
    '县法院/周明远 0357-6600001',
    '县教育局安全科/卫国平 0357-6600002',
  );
  contacts(
    '遇突发情况须立即电话报告县政府值班室（0357-6600001，传真：0357-6600009）。',
    '县政府值班室/ 0357-6600001 fax:0357-6600009',
  );
  contacts(
    '街道应急站联系人：周明远，短号665012；平安办：卫国平、石磊，电话0357-6600001、0357-6600002',
    '街道应急站/周明远 665012',
    '平安办/卫国平 0357-6600001',
    '平安办/石磊 0357-6600002',
  );
  contacts('联系人：县医保局监督股 周明远\n内网邮箱：zhou@example.org', '县医保局监督股/周明远 zhou@example.org');
  // In columns a name need not be known by its surname.
  contacts(
    '县医保局监督股 掌晔 0357-6600001 zy@example.org\n县卫健局医政股 石磊 0357-6600002',
    '县医保局监督股/掌晔 0357-6600001 zy@example.org',
    '县卫健局医政股/石磊 0357-6600002',
  );
  contacts('联系人：周明远，邮箱：zhoumy @ example.org', '/周明远 zhoumy@example.org');
  // A row of complaint lines, each explained, names nobody to be called by those who report.
  contacts('举报电话：110、0357-6600001（县水利局，24小时），0357-6600002（县农业农村局，工作日）。');
});

contacts(
  '联系人：周明远、卫国平，电话：（0357）6600001、6600009（传真）',
  '/周明远 （0357）6600001 fax:6600009',
  '/卫国平 （0357）6600001 fax:6600009',
);

// Behind 联系人 and before a number a word is a name, be its surname ever so rare.
contacts('联系人：周明远 0357-6600001；普正华 13800001234。', '/周明远 0357-6600001', '/普正华 13800001234');

describe('how the office is reached to which something goes', () => {
  contacts('各单位检查情况报县局防火科(综合楼105室，电话6600119)。', '县局防火科/ 6600119');
  contacts('以书面和电子文档上报局基建科(邮箱:jijian@example.org)。', '局基建科/ jijian@example.org');
});

contacts('联系人：周明远；电话及传真：6600001。', '/周明远 6600001 fax:6600001');
contacts('联系人：周明远 电话：0357-6600001、6600002(fax)', '/周明远 0357-6600001 fax:6600002');
