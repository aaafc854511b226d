import { expect, test } from 'vitest';
import { extractText } from '../extractors/noticeWith.ts';

const passedOn = `宁江县人民政府办公室文件

宁府办发〔2025〕33号

宁江县人民政府办公室关于转发县农业农村局等部门《关于做好动物防疫工作的意见》的通知

各乡镇人民政府：

县农业农村局、县林业局《关于做好动物防疫工作的意见》已经县人民政府同意，现转发给你们，请认真贯彻执行。

宁江县人民政府办公室
（县政务服务局代章）
2025年9月16日

关于做好动物防疫工作的意见
县农业农村局　县林业局

为做好全县动物防疫工作，保障畜牧业健康发展，现提出如下意见。

一、目标任务
11月5日前完成查漏补免。

抄送：县委办公室。
宁江县人民政府办公室　2025年9月16日印发
`;

test('a paper passed on without number and recipients is a notice of its own; the imprint stays its cover’s', async () => {
  const { notices } = await extractText(passedOn);
  expect(
    notices.map(({ documentType, issuingBody, jointIssuers, issueDate, printingInfo }) => [
      documentType,
      issuingBody?.value,
      jointIssuers.map(({ value }) => value).join(),
      issueDate?.value ?? null,
      printingInfo?.date ?? null,
    ]),
  ).toEqual([
    ['通知', '宁江县人民政府办公室', '', '2025-09-16', '2025-09-16'],
    ['意见', '县农业农村局', '县林业局', null, null],
  ]);
  // It has no date of its own: its limits are of the year of its cover.
  expect(notices[1]?.deadlines[0]?.due).toEqual({ kind: 'date', date: '2025-11-05' });
});
