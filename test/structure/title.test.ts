import { expect, test } from 'vitest';
import { extractText } from '../extractors/noticeWith.ts';

test('a title whose line ends within 关于 is one title', async () => {
  const { notices } = await extractText(`宁江县水利局文件

宁水发〔2025〕8号

宁江县水利局关
于开展农村供水工程
安全检查的通知

各乡镇人民政府：
请于5月10日前完成检查。

宁江县水利局
2025年4月2日
`);
  expect(notices[0]?.title?.value).toBe('宁江县水利局关于开展农村供水工程安全检查的通知');
  expect(notices[0]?.mainRecipients.map(({ value }) => value)).toEqual(['各乡镇人民政府']);
});

test('bodies on lines above one that names its own are of the title where all of them sign', async () => {
  const { notices } = await extractText(`首页 > 政策 > 部门文件

宁江县教育局 宁江县公安局
宁江县应急管理局关于开展校车
安全检查的通知

各中小学校：
请于5月10日前完成自查。

宁江县教育局　　宁江县公安局
宁江县应急管理局
2025年4月2日
`);
  const [notice] = notices;
  expect(notice?.title?.value).toBe('宁江县教育局宁江县公安局宁江县应急管理局关于开展校车安全检查的通知');
  // The path of the web page is no letterhead.
  expect([notice?.issuingBody, ...(notice?.jointIssuers ?? [])].map((body) => body?.value)).toEqual([
    '宁江县教育局',
    '宁江县公安局',
    '宁江县应急管理局',
  ]);
});

test('a letterhead above the title stays one: only its own body signs', async () => {
  const { notices } = await extractText(`宁江县人民政府
宁江县教育局关于开展校车安全检查的通知

各中小学校：
请于5月10日前完成自查。

宁江县教育局
2025年4月2日
`);
  expect(notices[0]?.title?.value).toBe('宁江县教育局关于开展校车安全检查的通知');
});

test('附：with the name of an attachment above the signature is the list of attachments', async () => {
  const { notices } = await extractText(`关于印发《宁江县校车整治方案》的通知

各中小学校：
现将《宁江县校车整治方案》印发给你们。

附：校车整治统计表

宁江县教育局
2025年4月2日

宁江县校车整治方案

一、整治目标
全县校车检查率达到100%。
`);
  expect(notices[0]?.sections.map(({ title }) => title)).toEqual(['整治目标']);
  expect(notices[0]?.attachments.map(({ title, present }) => [title, present])).toEqual([['校车整治统计表', false]]);
});

test('（主动公开） on a line of its own says how open the notice is', async () => {
  const { notices } = await extractText(
    '关于检查的通知\n\n各学校：\n\n请认真落实。\n\n宁江县教育局\n2025年4月2日\n\n(主动公开)\n',
  );
  expect(notices[0]?.disclosure?.value).toBe('主动公开');
});
