import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { ensureBuilt } from './built.ts';
import { describeInBrowser, graveFaults } from './inBrowser.ts';
import { corpusText } from './samples.ts';

let server: Client;
beforeAll(async () => {
  await ensureBuilt();
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json'), workers: '1' });
}, 240_000);
afterAll(() => server.close());

describeInBrowser(
  'An officer and the campaigns of the library',
  () => server.url,
  (tab) => {
    const card = (name: RegExp) =>
      tab.page.locator('.lineage-card').filter({ has: tab.page.getByRole('link', { name }) });

    it('is told where to begin while there is nothing', async () => {
      await tab.page.goto(`${server.url}/campaigns`);
      await tab.page.getByText('库中的公文没有提到专项行动').waitFor();
    }, 60_000);

    it('sees who passed on what and why, cuts a link, and takes it back', async () => {
      for (const id of ['gas-provincial', 'gas-prefectural', 'gas-county', 'gas-county-report', 'fire-forwarding']) {
        await server.put(`${id}.txt`, new Uint8Array(corpusText(id)));
      }
      await tab.page.goto(`${server.url}/campaigns`);
      await tab.page.getByRole('link', { name: /瓶装液化石油气“瓶安”/ }).click();
      const province = card(/云汀省住房和城乡建设厅/);
      await province.waitFor();
      // The nation's notice is cited and not here.
      await tab.page.locator('.lineage-missing', { hasText: '燃安监办发〔2025〕9号' }).waitFor();
      const county = card(/禾溪县住房和城乡建设局关于印发/);
      await county.locator('summary').click();
      await county.getByText('原文写明 98%').waitFor();
      await county.locator('blockquote', { hasText: '漪城管发〔2025〕46号' }).waitFor();
      expect(await county.getByRole('link', { name: '与上级比对' }).getAttribute('href')).toMatch(
        /^\/compare\?left=[0-9a-f]{64}\.n1&right=[0-9a-f]{64}\.n1$/,
      );
      const cityBranch = tab.page
        .locator('li')
        .filter({ has: card(/临漪市城市管理局/) })
        .last();
      const below = cityBranch.getByRole('link', { name: /禾溪县.*工作方案的通知/ });
      expect(await below.count()).toBe(1);
      await county.getByRole('button', { name: '断开' }).click();
      await tab.page.locator('.ant-popconfirm').getByRole('button', { name: '断开' }).click();
      await tab.page.getByText('已断开').waitFor();
      await expect.poll(() => below.count(), { timeout: 20_000 }).toBe(0);
      await tab.page.reload();
      await tab.page.getByRole('tab', { name: '人工决定 1' }).click();
      await tab.page.getByRole('button', { name: '撤回' }).click();
      await tab.page.getByText(/已由本机用户撤回/).waitFor();
      await tab.page.getByRole('tab', { name: '传达脉络' }).click();
      await expect.poll(() => below.count(), { timeout: 20_000 }).toBe(1);
    }, 120_000);

    it('puts a notice in that was not found', async () => {
      await tab.page.getByText('添加关联或公文').click();
      await tab.page.getByRole('combobox', { name: '下级或较晚的公文' }).fill('人员密集');
      await tab.page.locator('.ant-select-item-option', { hasText: '苇塘县消防安全委员会' }).first().click();
      await tab.page.getByRole('combobox', { name: '关系' }).click();
      await tab.page.locator('.ant-select-item-option', { hasText: '同一行动' }).click();
      await tab.page.getByRole('combobox', { name: '本行动中的公文' }).fill('禾溪县');
      await tab.page.locator('.ant-select-item-option', { hasText: '工作方案的通知' }).last().click();
      await tab.page.getByRole('button', { name: '添加' }).click();
      await tab.page.getByText('已添加').waitFor();
      await card(/苇塘县消防安全委员会/).waitFor();
    }, 60_000);

    it('sees phases and deadlines, takes the calendar along, and finds who has issued nothing', async () => {
      await tab.page.getByRole('tab', { name: '时间安排' }).click();
      await tab.page.locator('.timeline-phase', { hasText: '集中检查阶段' }).first().waitFor();
      await expect
        .poll(() => tab.page.locator('.timeline .timeline-due').count(), { timeout: 20_000 })
        .toBeGreaterThan(20);
      await tab.page.getByRole('tab', { name: '日历' }).click();
      await tab.page
        .getByText(/2025 年 5 月 \d+ 日/)
        .first()
        .waitFor();
      expect(await tab.page.getByText(/休息日，最后工作日/).count()).toBeGreaterThan(0);
      const download = tab.page.waitForEvent('download');
      await tab.page.getByRole('link', { name: '下载日历（.ics）' }).click();
      const file = await (await download).path();
      expect(await readFile(file, 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*RRULE:[\s\S]*END:VCALENDAR\r\n$/);
      expect(await tab.page.getByRole('textbox', { name: '订阅地址' }).inputValue()).toMatch(/calendar\.ics$/);
      await tab.page.getByRole('tab', { name: '联系人' }).click();
      await tab.page.getByRole('cell', { name: /0490-/ }).first().waitFor();
      await tab.page.getByRole('tab', { name: /未见印发/ }).click();
      await tab.page.getByText('云汀省下属市级').waitFor();
      await tab.page.locator('.gaps li', { hasText: '云汀省下属市级' }).getByText('沅泽市').waitFor();
    }, 60_000);

    it('meets nothing that keeps a screen reader or a keyboard out', async () => {
      const address = tab.page.url().replace(/\?.*$/, '');
      const serious: string[] = [];
      for (const shown of [
        `${server.url}/campaigns`,
        ...['tree', 'timeline', 'calendar', 'gaps'].map((name) => `${address}?tab=${name}`),
      ]) {
        await tab.page.goto(shown, { waitUntil: 'networkidle' });
        serious.push(...(await graveFaults(tab.page)).map((fault) => `${shown} ${fault}`));
      }
      expect(serious).toEqual([]);
      expect(tab.faults).toEqual([]);
    }, 120_000);
  },
);
