import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { ensureBuilt } from './built.ts';
import { corpusText } from './samples.ts';

const AxeResult = z.looseObject({
  violations: z.array(z.looseObject({ id: z.string(), impact: z.string().nullish(), nodes: z.array(z.unknown()) })),
});

if (chromiumPath === undefined) {
  console.warn('No Chromium on this machine: the pages of campaigns are not tested here.');
} else {
  const executable = chromiumPath;
  describe('An officer and the campaigns of the library', () => {
    let server: Client;
    let browser: Browser;
    let page: Page;
    const faults: string[] = [];
    beforeAll(async () => {
      await ensureBuilt();
      server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json'), workers: '1' });
      browser = await openBrowser(executable);
      const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', acceptDownloads: true });
      page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    }, 240_000);
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    const card = (name: RegExp) => page.locator('.lineage-card').filter({ has: page.getByRole('link', { name }) });

    it('is told where to begin while there is nothing', async () => {
      await page.goto(`${server.url}/campaigns`);
      await page.getByText('库中的公文没有提到专项行动').waitFor();
    }, 60_000);

    it('sees who passed on what and why, cuts a link, and takes it back', async () => {
      for (const id of ['gas-provincial', 'gas-prefectural', 'gas-county', 'gas-county-report', 'fire-forwarding']) {
        await server.put(`${id}.txt`, new Uint8Array(corpusText(id)));
      }
      await page.goto(`${server.url}/campaigns`);
      await page.getByRole('link', { name: /瓶装液化石油气“瓶安”/ }).click();
      const province = card(/云汀省住房和城乡建设厅/);
      await province.waitFor();
      // The nation's notice is cited and not here.
      await page.locator('.lineage-missing', { hasText: '燃安监办发〔2025〕9号' }).waitFor();
      const county = card(/禾溪县住房和城乡建设局关于印发/);
      await county.locator('summary').click();
      await county.getByText('原文写明 98%').waitFor();
      await county.locator('blockquote', { hasText: '漪城管发〔2025〕46号' }).waitFor();
      expect(await county.getByRole('link', { name: '与上级比对' }).getAttribute('href')).toMatch(
        /^\/compare\?left=[0-9a-f]{64}\.n1&right=[0-9a-f]{64}\.n1$/,
      );
      const cityBranch = page
        .locator('li')
        .filter({ has: card(/临漪市城市管理局/) })
        .last();
      const below = cityBranch.getByRole('link', { name: /禾溪县.*工作方案的通知/ });
      expect(await below.count()).toBe(1);
      await county.getByRole('button', { name: '断开' }).click();
      await page.locator('.ant-popconfirm').getByRole('button', { name: '断开' }).click();
      await page.getByText('已断开').waitFor();
      await expect.poll(() => below.count(), { timeout: 20_000 }).toBe(0);
      await page.reload();
      await page.getByRole('tab', { name: '人工决定 1' }).click();
      await page.getByRole('button', { name: '撤回' }).click();
      await page.getByText(/已由本机用户撤回/).waitFor();
      await page.getByRole('tab', { name: '传达脉络' }).click();
      await expect.poll(() => below.count(), { timeout: 20_000 }).toBe(1);
    }, 120_000);

    it('puts a notice in that was not found', async () => {
      await page.getByText('添加关联或公文').click();
      await page.getByRole('combobox', { name: '下级或较晚的公文' }).fill('人员密集');
      await page.locator('.ant-select-item-option', { hasText: '苇塘县消防安全委员会' }).first().click();
      await page.getByRole('combobox', { name: '关系' }).click();
      await page.locator('.ant-select-item-option', { hasText: '同一行动' }).click();
      await page.getByRole('combobox', { name: '本行动中的公文' }).fill('禾溪县');
      await page.locator('.ant-select-item-option', { hasText: '工作方案的通知' }).last().click();
      await page.getByRole('button', { name: '添加' }).click();
      await page.getByText('已添加').waitFor();
      await card(/苇塘县消防安全委员会/).waitFor();
    }, 60_000);

    it('sees phases and deadlines, takes the calendar along, and finds who has issued nothing', async () => {
      await page.getByRole('tab', { name: '时间安排' }).click();
      await page.locator('.timeline-phase', { hasText: '集中检查阶段' }).first().waitFor();
      await expect.poll(() => page.locator('.timeline .timeline-due').count(), { timeout: 20_000 }).toBeGreaterThan(20);
      await page.getByRole('tab', { name: '日历' }).click();
      await page
        .getByText(/2025 年 5 月 \d+ 日/)
        .first()
        .waitFor();
      expect(await page.getByText(/休息日，最后工作日/).count()).toBeGreaterThan(0);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: '下载日历（.ics）' }).click();
      const file = await (await download).path();
      expect(await readFile(file, 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*RRULE:[\s\S]*END:VCALENDAR\r\n$/);
      expect(await page.getByRole('textbox', { name: '订阅地址' }).inputValue()).toMatch(/calendar\.ics$/);
      await page.getByRole('tab', { name: '联系人' }).click();
      await page.getByRole('cell', { name: /0490-/ }).first().waitFor();
      await page.getByRole('tab', { name: /未见印发/ }).click();
      await page.getByText('云汀省下属市级').waitFor();
      await page.locator('.gaps li', { hasText: '云汀省下属市级' }).getByText('沅泽市').waitFor();
    }, 60_000);

    it('meets nothing that keeps a screen reader or a keyboard out', async () => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const address = page.url().replace(/\?.*$/, '');
      const serious: string[] = [];
      for (const shown of [
        `${server.url}/campaigns`,
        ...['tree', 'timeline', 'calendar', 'gaps'].map((tab) => `${address}?tab=${tab}`),
      ]) {
        await page.goto(shown, { waitUntil: 'networkidle' });
        await page.evaluate(axe);
        const { violations } = AxeResult.parse(await page.evaluate('axe.run()'));
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical')
            serious.push(`${shown} ${id} ${nodes.length} ${JSON.stringify(nodes[0]).slice(0, 300)}`);
        }
      }
      expect(serious).toEqual([]);
      expect(faults).toEqual([]);
    }, 120_000);
  });
}
