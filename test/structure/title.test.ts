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
