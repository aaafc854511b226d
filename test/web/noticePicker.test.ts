import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Client, jsonOf, Notices, runServer } from '../server/running.ts';
import { ensureBuilt } from './built.ts';
import { describeInBrowser } from './inBrowser.ts';

/** More than one page of what a picker asks for. */
const count = 61;
const notice = (n: number) =>
  `桐河县教育局关于开展第${n}批${n === 1 ? '烟花爆竹' : '校车'}检查的通知\n\n各学校：\n\n请认真开展检查。\n\n桐河县教育局\n2025年3月${(n % 28) + 1}日\n`;

let server: Client;
beforeAll(async () => {
  await ensureBuilt();
  server = await runServer();
  const files = Array.from({ length: count }, (_, i) => ({ name: `${i + 1}.txt`, content: notice(i + 1) }));
  await server.upload(...files);
  const listed = async () => expect((await jsonOf(server.get('/api/notices'), Notices)).total).toBe(count);
  await vi.waitFor(listed, { timeout: 240_000, interval: 500 });
}, 300_000);
afterAll(() => server.close());

describeInBrowser(
  'A clerk who picks one of many notices',
  () => server.url,
  (tab) => {
    it('finds one by words typed, and comes to the last by scrolling', async () => {
      const { page } = tab;
      await page.goto(`${server.url}/compare`);
      const picker = page.getByRole('combobox', { name: '左：上级或较早的公文' });
      await picker.click();
      await page.getByText(`共 ${count} 份`).waitFor();
      const more = page.getByText(`共 ${count} 份`);
      await page.locator('.ant-select-item-option').first().hover();
      while (await more.isVisible()) {
        await page.mouse.wheel(0, 2_000);
        await page.waitForTimeout(50);
      }

      await picker.fill('烟花爆竹');
      const found = page.locator('.ant-select-item-option');
      await expect.poll(() => found.count(), { timeout: 30_000 }).toBe(1);
      await found.click();
      await expect.poll(() => page.url()).toContain('left=');
      expect(tab.faults).toEqual([]);
    }, 120_000);
  },
);
