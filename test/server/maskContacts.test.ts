import { describe, expect, it } from 'vitest';
import { maskExtraction, maskText } from '../../server/maskContacts.ts';
import { bareNotice, extractionOf } from '../extraction.ts';
import { runServer } from './running.ts';

const masked = (text: string, expected: string, known: readonly string[] = []) =>
  it(`${text} → ${expected}`, () => {
    expect(maskText(text, known)).toBe(expected);
    expect(expected).toHaveLength(text.length);
  });

describe('Numbers and addresses of persons are masked in place', () => {
  masked('手机：15400000921。', '手机：154******21。');
  masked('手机 154 0000 0921', '手机 154 **** **21');
  masked('电话：0600-7733602（传真同号）', '电话：060*-*****02（传真同号）');
  masked('（0600）7733602', '（060*）*****02');
  masked('邮箱 wtxxfdd@weitang.example.cn，', '邮箱 w******@weitang.example.cn，');
  masked('内线 7710119 联系', '内线 771**19 联系', ['7710119']);
  masked('内线 771 0119 联系', '内线 771 **19 联系', ['7710119']);
});

describe('What is no number of a person stays', () => {
  for (const text of [
    '2025年4月28日',
    '〔2025〕16号',
    '20250428',
    '100%',
    '统一社会信用代码91140000701234567X',
    '第154000009210条',
    '每周一10:00前',
  ])
    it(text, () => expect(maskText(text)).toBe(text));
});

describe('A masked extraction', () => {
  const text = '联系人：桑榆，电话0600-7733602，邮箱sy@baishi.example.cn。\n请于4月30日前报送。';
  const at = (quote: string) => {
    const start = text.indexOf(quote);
    return { page: 1, start, end: start + quote.length, quote, confidence: 1 };
  };
  const contact = {
    name: '桑榆',
    unit: null,
    phones: ['0600-7733602'],
    emails: ['sy@baishi.example.cn'],
    fax: null,
    evidence: [at('桑榆，电话0600-7733602'), at('7733602')],
  };
  const result = maskExtraction(extractionOf(text, [bareNotice({ contacts: [contact] })]));

  it('holds no number any more, and every quote at its place', () => {
    expect(JSON.stringify(result)).not.toMatch(/7733602|sy@/);
    for (const evidence of result.notices[0]?.contacts[0]?.evidence ?? []) {
      expect(result.text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    }
  });

  it('is what the API answers where the setting says so', async () => {
    const server = await runServer({ maskContacts: 'true' });
    const { file } = await server.put('通知.txt', `浅川县教育局关于检查的通知\n各学校：\n${text}\n`);
    await fetch(`${server.url}/api/files/${file.fileId}/notices/n1/corrections`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ field: 'signatory', quote: '0600-7733602', value: { value: '桑榆 0600-7733602' } }),
    });
    for (const address of [
      `/api/files/${file.fileId}/notices/n1/corrections`,
      `/api/files/${file.fileId}/extraction`,
      `/api/files/${file.fileId}/notices/n1`,
      '/api/notices?q=7733602',
    ]) {
      const response = await server.get(address);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toMatch(/7733602|sy@/);
    }
    await server.close();
  });
});
