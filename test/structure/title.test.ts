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

test('a title that begins with whose paper is passed on is whole; the paper is named in it without 的', async () => {
  const { notices } = await extractText(`宁江市人民政府办公室转发市发展改革委等部门
关于加快垃圾处理设施
建设实施意见的通知
宁府办函〔2025〕58号

各县人民政府：

市发展改革委、市财政局《关于加快垃圾处理设施建设的实施意见》已经市政府同意，现转发给你们，请认真贯彻落实。

宁江市人民政府办公室
2025年6月17日

关于加快垃圾处理设施建设的实施意见
市发展改革委　市财政局

为加快补齐短板，现提出以下意见。

一、总体要求
到2027年底，处理设施覆盖全部县城。
`);
  expect(notices.map(({ title }) => title?.value)).toEqual([
    '宁江市人民政府办公室转发市发展改革委等部门关于加快垃圾处理设施建设实施意见的通知',
    '关于加快垃圾处理设施建设的实施意见',
  ]);
});

test('通告 beside the middle one of the bodies in the letterhead is no part of its name', async () => {
  const { notices } = await extractText(`宁江县水利局
宁江县农业农村局 通告
宁江县公安局
2025年第3号

关于打击非法采砂行为的通告

为保护河道，维护水事秩序，根据《中华人民共和国水法》等法律法规，现就有关事项通告如下：
一、严禁擅自采砂。

2025年4月2日
`);
  const [notice] = notices;
  expect([notice?.issuingBody, ...(notice?.jointIssuers ?? [])].map((body) => body?.value)).toEqual([
    '宁江县水利局',
    '宁江县农业农村局',
    '宁江县公安局',
  ]);
  // What leads into the text (现…如下：) addresses nobody.
  expect(notice?.mainRecipients).toEqual([]);
});

test('minutes name their number without a body, and the body with the day', async () => {
  const { notices } = await extractText(`专题会议纪要
〔2025〕15号

宁江县人民政府办公室                    2025年7月11日

关于燃气管道改造有关问题的会议纪要

7月9日上午，副县长周明远主持召开专题会议。现将会议议定事项纪要如下：

一、由县财政局负责，8月20日前拨付资金。
`);
  const [notice] = notices;
  expect([notice?.documentNumber?.value, notice?.issuingBody?.value, notice?.issueDate?.value]).toEqual([
    '〔2025〕15号',
    '宁江县人民政府办公室',
    '2025-07-11',
  ]);
});

test('the path of a web page runs into no title, and what stands above it is the site', async () => {
  const { notices } = await extractText(`宁江晚报社主办
归档时间:2019-11-21
当前位置: 首页 > 政务公开 > 部门文件 > 消防安全

宁江县消防救援大队关于开展冬季火灾隐患检查的通知

来源:县消防救援大队 日期:2019-11-20 17:08

本站原创 2019/11/20 16:35:23

各乡镇人民政府:

请组织检查。

2019年11月20日
`);
  const [notice] = notices;
  expect(notice?.title?.value).toBe('宁江县消防救援大队关于开展冬季火灾隐患检查的通知');
  expect(notice?.issuingBody?.value).toBe('宁江县消防救援大队');
  expect(notice?.mainRecipients.map(({ value }) => value)).toEqual(['各乡镇人民政府']);
});

test('kinds of offices in a row are one recipient: 县政府各委、办、局', async () => {
  const { notices } = await extractText(`关于开展防汛检查的通知

各乡镇人民政府,县政府各委、办、局,各直属单位:

请组织检查。

宁江县人民政府
2019年5月20日
`);
  expect(notices[0]?.mainRecipients.map(({ value }) => value)).toEqual([
    '各乡镇人民政府',
    '县政府各委、办、局',
    '各直属单位',
  ]);
});

test('bodies named two to a line within the text sign nothing', async () => {
  const { notices } = await extractText(`关于2019年度河道保洁工作的通报

各乡镇人民政府：

对以下单位予以表扬：
青石镇人民政府 白沙镇人民政府
柳林乡人民政府 石桥乡人民政府
望继续努力。

宁江县水利局
2019年12月20日
`);
  expect(notices[0]?.signatory?.value).toBe('宁江县水利局');
  expect(notices[0]?.issueDate?.value).toBe('2019-12-20');
});

test('主题词 of old papers is neither text nor a recipient', async () => {
  const { notices } = await extractText(`关于开展泵站普查的通知

各乡镇水利站：

请组织普查。

二○○九年九月二十八日

主题词：水利 普查 通知
抄送：县发展改革局。
宁江县水利局办公室 2009年9月29日印发
`);
  expect(notices[0]?.copyRecipients.map(({ value }) => value)).toEqual(['县发展改革局']);
});

test('a list of attachments whose titles are lost hides no signature', async () => {
  for (const list of ['附件：1.\n2.\n3.', '附件：']) {
    const { notices } = await extractText(`关于开展泵站普查的通知

各乡镇水利站：

请组织普查。

${list}
宁江县水利局
2019年9月28日
`);
    expect(notices[0]?.attachments).toEqual([]);
    expect(notices[0]?.signatory?.value).toBe('宁江县水利局');
    expect(notices[0]?.issueDate?.value).toBe('2019-09-28');
  }
});

test("the number in brackets behind a title is the notice's own", async () => {
  const { notices } = await extractText(`宁江县水利局关于开展泵站检查的通知（宁水发〔2018〕3号）

各乡镇水利站：

请组织检查。

宁江县水利局
2018年4月2日
`);
  expect(notices[0]?.documentNumber?.value).toBe('宁水发〔2018〕3号');
  expect(notices[0]?.title?.value).toBe('宁江县水利局关于开展泵站检查的通知');
});

test('a name over two lines of the head is one body, the same name twice no second one', async () => {
  const { notices } = await extractText(`宁江县建材行业协会

管道专业委员会文件

关于年会改期的通知

各会员单位：

年会改期，时间另行通知。

宁江县建材行业协会管道专业委员会
2018年4月2日
`);
  expect(notices[0]?.issuingBody?.value).toBe('宁江县建材行业协会管道专业委员会');
  expect(notices[0]?.jointIssuers).toEqual([]);
});

test('an office with its other name in brackets signs, and 抄报 and 抄送 both get copies', async () => {
  const { notices } = await extractText(`关于开展消防检查的通知

各部门：

请组织检查。

党委保卫部（保卫处）
2018年4月2日

抄报：市教育局。
抄送：各院系，后勤集团。
党委保卫部（保卫处）　　2018年4月2日印发
`);
  expect(notices[0]?.signatory?.value).toBe('党委保卫部（保卫处）');
  expect(notices[0]?.copyRecipients.map(({ value }) => value)).toEqual(['市教育局', '各院系', '后勤集团']);
});
