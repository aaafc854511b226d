import { describe, expect, test } from 'vitest';
import { extractText } from './noticeWith.ts';

const contact = '联系人：周明远，电话：0357-6600001';

interface Printed {
  readonly header?: string;
  readonly title?: string;
  readonly signatory?: string;
  readonly behind?: string;
}

const printed = (
  body: string,
  { header = '', title = '关于检查的通知', signatory = '桐河县教育局', behind = '' }: Printed,
) => `${header}\n\n${title}\n\n各学校：\n\n${body}\n\n${signatory}\n2025年3月1日\n\n${behind}\n`;

/** What a clerk would query in a notice of 1 March 2025. */
const queried = (name: string, expected: readonly string[], body: string, parts: Printed = {}) =>
  test(name, async () => {
    const { findings } = await extractText(printed(body, parts));
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected);
    for (const { message, evidence } of findings) {
      expect(message).toMatch(/[\u4e00-\u9fa5]/);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

const table = (total: number) =>
  `附件\n\n案件统计表\n\n项目\t立案（件）\t结案（件）\n污染水体\t3\t1\n污染大气\t2\t2\n合计\t${total}\t3`;

describe('each with its twin that is in order', () => {
  queried(
    'an attachment that is not listed',
    ['attachment-reference warning'],
    '请填写附件3。\n\n附件：1.甲表\n2.乙表',
  );
  queried('an attachment that is listed', [], '请填写附件2。\n\n附件：1.甲表\n2.乙表');

  queried(
    'a limit before the day of issue',
    ['deadline-before-issue error'],
    `请于2025年2月10日前报送总结。\n\n${contact}`,
  );
  queried('a limit after the day of issue', [], `请于2025年4月10日前报送总结。\n\n${contact}`);

  const running = '自2025年4月1日至11月30日开展专项行动。';
  const action = { title: '关于开展燃气专项行动的通知' };
  queried(
    'a final summary before the end',
    ['deadline-before-campaign-end warning'],
    `${running}\n\n请于2025年10月15日前报送行动总结。\n\n${contact}`,
    action,
  );
  queried(
    'a final summary after the end',
    [],
    `${running}\n\n请于2025年12月10日前报送行动总结。\n\n${contact}`,
    action,
  );

  queried('a number with square brackets and a leading zero', ['document-number-format info'], '请检查。', {
    header: '桐教发[2025]05号',
  });
  queried('a number by the standard', [], '请检查。', { header: '桐教发〔2025〕5号' });

  const head = { header: '桐河县教育局文件\n\n桐教发〔2025〕5号', title: '桐河县教育局关于检查的通知' };
  queried('another body signs', ['issuing-body-mismatch warning'], '请检查。', { ...head, signatory: '青石县公安局' });
  queried('the same body signs', [], '请检查。', head);

  queried('a number of a heading left out', ['heading-numbering info'], '一、甲\n\n甲事。\n\n三、乙\n\n乙事。');
  queried('headings in order', [], '一、甲\n\n甲事。\n\n二、乙\n\n乙事。');

  queried('a report is owed and nobody named', ['contact-missing info'], '请于2025年4月10日前报送总结。');

  queried('a total that does not add up', ['table-totals warning'], '请检查。\n\n附件：案件统计表', {
    behind: table(6),
  });
  queried('a total that adds up', [], '请检查。\n\n附件：案件统计表', { behind: table(5) });

  const between = '为做好工作，各学校要认真组织，落实责任，推动校园安全形势持续稳定向好，切实保障师生安全。\n\n'.repeat(
    6,
  );
  const twice = (second: string) =>
    `请于2025年4月10日前报送校园安全自查总结报告。\n\n${between}请于${second}前报送校园安全自查总结报告。\n\n${contact}`;
  queried('one duty, two dates', ['conflicting-deadlines warning'], twice('2025年5月10日'));
  queried('one duty, one date twice', [], twice('2025年4月10日'));
});
