import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../extractors/factFindings.ts';
import type { Extraction, Notice } from '../../models/index.ts';
import { extractText } from './noticeWith.ts';

const text = (body: string, signatory = '桐河县教育局') =>
  `桐河县教育局文件\n\n关于检查的通知\n\n各学校：\n\n${body}\n\n${signatory}\n2025年3月1日\n`;

/** The codes of what is queried after a correction, beside those of what was queried before. */
const codes = (findings: Extraction['findings']) => findings.map(({ code }) => code);
async function corrected(printed: string, correct: (notice: Notice) => Partial<Notice>) {
  const read = await extractText(printed);
  const [notice, ...rest] = read.notices as [Notice, ...Notice[]];
  const findings = findingsOf(read, [{ ...notice, ...correct(notice) }, ...rest]);
  return { before: codes(read.findings), after: codes(findings), findings };
}
const contact = '联系人：周明远，电话：0357-6600001';

describe('findings follow what people correct', () => {
  it('goes with the limit that was misread, and comes with one that is too early', async () => {
    const body = `请于2025年2月10日前报送总结。\n\n${contact}`;
    const moved =
      (date: string) =>
      ({ deadlines }: Notice) => ({
        deadlines: deadlines.map((deadline) => ({ ...deadline, due: { kind: 'date' as const, date } })),
      });
    const mended = await corrected(text(body), moved('2025-04-10'));
    expect([mended.before, mended.after]).toEqual([['deadline-before-issue'], []]);
    const worse = await corrected(text(body.replace('2月', '4月')), moved('2025-02-10'));
    expect([worse.before, worse.after]).toEqual([[], ['deadline-before-issue']]);
    // The same query about another day is another one.
    const other = await corrected(text(body), moved('2025-02-20'));
    expect(other.findings.map(({ message }) => message)).toEqual([expect.stringContaining('2025-02-20')]);
  });
  it('goes with the day of issue', async () => {
    const { after } = await corrected(text(`请于2025年2月10日前报送总结。\n\n${contact}`), ({ issueDate }) => ({
      issueDate: issueDate && { ...issueDate, value: '2025-02-01' },
    }));
    expect(after).toEqual([]);
  });
  it('goes with contacts that somebody adds', async () => {
    const person = { name: '周明远', unit: null, phones: ['0357-6600001'], emails: [], fax: null, evidence: [] };
    const { before, after } = await corrected(text('请于2025年4月10日前报送总结。'), () => ({ contacts: [person] }));
    expect([before, after]).toEqual([['contact-missing'], []]);
  });
  it('goes with an attachment that was not seen, and stays with another one', async () => {
    const body = '请填写附件3。\n\n附件：1.甲表\n2.乙表';
    const listed =
      (number: number) =>
      ({ attachments }: Notice) => ({
        attachments: [
          ...attachments,
          { number, title: '丙表', present: false, kind: 'other' as const, tables: [], evidence: [] },
        ],
      });
    expect((await corrected(text(body), listed(3))).after).toEqual([]);
    expect((await corrected(text(body), listed(4))).after).toEqual(['attachment-reference']);
  });
  it('goes with the name of the body or of who signs', async () => {
    const printed = text(`现将要求通知如下。\n\n${contact}`, '桐河县体育局');
    const named =
      (value: string) =>
      ({ issuingBody }: Notice) => ({ issuingBody: issuingBody && { ...issuingBody, value } });
    const mended = await corrected(printed, named('桐河县体育局'));
    expect([mended.before, mended.after]).toEqual([['issuing-body-mismatch'], []]);
    const signed = await corrected(printed, ({ signatory }) => ({
      signatory: signatory && { ...signatory, value: '桐河县教育局' },
    }));
    expect(signed.after).toEqual([]);
  });
  it('stays where no fact has to do with it', async () => {
    const { before, after } = await corrected(
      text(`一、范围\n\n各学校。\n\n三、要求\n\n抓好落实。\n\n${contact}`),
      () => ({
        contacts: [],
      }),
    );
    expect([before, after]).toEqual([['heading-numbering'], ['heading-numbering']]);
  });
});
