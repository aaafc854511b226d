import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtPages, packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { corpusText, samplePdf } from './samples.ts';

let server: Client;

beforeAll(async () => {
  if (!existsSync(path.join(builtPages, 'index.html'))) {
    await build({ root: path.join(packageRoot, 'web'), logLevel: 'error' });
  }
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json'), workers: '2' });
}, 120_000);
afterAll(() => server.close());

describe('The built application', () => {
  it('is delivered with scripts of its own alone, compressed, at each of its addresses', async () => {
    for (const address of ['/', '/library', '/files/unknown/n1']) {
      const response = await server.get(address, { Accept: 'text/html' });
      const html = await response.text();
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
      expect(html).not.toMatch(/<script(?![^>]*src="\/)|https?:/);
      const script = /<script[^>]*src="([^"]+)"/.exec(html)?.[1] ?? '';
      const asset = await server.get(script, { 'Accept-Encoding': 'br' });
      expect(asset.status).toBe(200);
      expect(asset.headers.get('content-encoding')).toBe('br');
      expect(asset.headers.get('content-type')).toMatch(/^text\/javascript/);
    }
    expect((await server.get('/api/nothing', { Accept: 'text/html' })).status).toBe(404);
  });
});

if (chromiumPath === undefined) {
  console.warn('No Chromium on this machine: the pages themselves are not tested here, only that they are delivered.');
} else {
  const executable = chromiumPath;
  describe('A clerk in the browser', () => {
    let browser: Browser;
    let page: Page;
    /** What no page may do: break, ask elsewhere, or meet the Content-Security-Policy. */
    const faults: string[] = [];
    beforeAll(async () => {
      browser = await openBrowser(executable);
      const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', acceptDownloads: true });
      page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(server.url)) faults.push(request.url());
      });
    });
    afterAll(() => browser.close());

    it('uploads, sees the facts at their places, compares and takes the forms along', async () => {
      await page.goto(`${server.url}/upload`);
      const files = [
        { name: '市级方案.txt', mimeType: 'text/plain', buffer: corpusText('gas-prefectural') },
        { name: '县级方案.txt', mimeType: 'text/plain', buffer: corpusText('gas-county') },
        { name: '瓶装气专项整治.pdf', mimeType: 'application/pdf', buffer: await samplePdf() },
      ];
      await page.locator('input[type=file][multiple]').first().setInputFiles(files);
      const rows = page.getByRole('list', { name: '上传的文件' }).getByRole('listitem');
      await expect.poll(() => rows.getByRole('link', { name: '查看' }).count(), { timeout: 40_000 }).toBe(3);
      await page.locator('input[type=file][multiple]').first().setInputFiles([files[0]!]);
      await rows.getByText('库中已有').first().waitFor();

      await page.getByRole('link', { name: '文件库' }).click();
      await page.getByRole('searchbox', { name: '全文检索' }).fill('瓶装 -无此词语');
      await page.getByRole('button', { name: '查找' }).click();
      await page.locator('mark', { hasText: '瓶装' }).first().waitFor();
      await page.getByRole('link', { name: /禾溪县.*工作方案的通知/ }).click();

      // A fact of a text: its words are marked; a click on words opens their fact.
      await page.getByRole('tab', { name: /检查重点/ }).click();
      const focus = page.locator('[data-fact^=focus]').first();
      await focus.click();
      const marked = page.locator('.text-view mark');
      await marked.first().waitFor();
      expect(await isWithinPane(page, '.text-view mark')).toBe(true);
      expect(((await focus.textContent()) ?? '').slice(0, 4)).toBe(
        ((await marked.first().textContent()) ?? '').slice(0, 4),
      );
      await page.locator('[data-keys~=deadlines-0]').first().click();
      await page.locator('[data-fact=deadlines-0][aria-pressed=true]').waitFor();
      await page.getByRole('tab', { name: /附件/ }).click();
      expect(await page.locator('.grid td[rowspan], .grid th[colspan]').count()).toBeGreaterThan(0);

      // The forms that the notice prescribes.
      await page.getByRole('link', { name: '生成报表模板' }).click();
      await page.getByLabel('报告期', { exact: true }).fill('2025-06');
      const form = page.waitForEvent('download');
      await page.getByRole('link', { name: '下载全部（Excel）' }).click();
      expect(await magicOf(form)).toBe('PK');
      expect((await form).suggestedFilename()).toMatch(/2025-06\.xlsx$/);

      // Two notices side by side.
      const ids = await noticeIds();
      await page.goto(`${server.url}/compare?left=${ids.get('市级方案.txt')}&right=${ids.get('县级方案.txt')}`);
      await page.locator('.compare-row').first().waitFor();
      const all = await page.locator('.compare-row').count();
      await page.getByRole('switch', { name: '只看不同' }).click();
      const different = await page.locator('.compare-row').count();
      expect(different).toBeGreaterThan(0);
      expect(different).toBeLessThan(all);
      expect(await page.locator('.compare ins, .compare del').count()).toBeGreaterThan(0);
      const report = page.waitForEvent('download');
      await page.getByRole('link', { name: '下载 Excel' }).click();
      expect(await magicOf(report)).toBe('PK');
    }, 60_000);

    it('sees a fact of a PDF in its box, and opens a fact from the page', async () => {
      const id = (await noticeIds()).get('瓶装气专项整治.pdf') ?? '';
      await page.goto(`${server.url}/files/${id.replace('.', '/')}`);
      await page.locator('.pdf-page canvas[data-drawn=true]').first().waitFor();
      const inked = await page.evaluate(
        `(() => { const c = document.querySelector('.pdf-page canvas');
           const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
           let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128) n++; return n; })()`,
      );
      expect(inked).toBeGreaterThan(1_000);
      await page.getByRole('tab', { name: /联系人/ }).click();
      await page.locator('[data-fact=contacts-0]').click();
      await page.locator('.box-chosen').first().waitFor();
      expect(await isWithinPane(page, '.box-chosen')).toBe(true);
      await page.getByRole('tab', { name: '概要' }).click();
      await page.locator('.box[data-keys^=contacts]').first().click();
      await page.getByRole('tab', { name: /联系人/, selected: true }).waitFor();
    }, 60_000);

    it('finds pages that a screen reader and a keyboard can use', async () => {
      const ids = await noticeIds();
      const county = ids.get('县级方案.txt') ?? '';
      const addresses = [
        '/',
        '/upload',
        '/library',
        `/files/${county.replace('.', '/')}`,
        '/campaigns',
        `/compare?left=${ids.get('市级方案.txt')}&right=${county}`,
        `/templates/${county.replace('.', '/')}`,
      ];
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const grave: string[] = [];
      for (const address of addresses) {
        await page.goto(server.url + address, { waitUntil: 'networkidle' });
        await page.evaluate(axe);
        const { violations } = AxeResult.parse(await page.evaluate('axe.run()'));
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical') {
            grave.push(`${address.slice(0, 20)} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
          }
        }
      }
      expect(grave).toEqual([]);
    }, 60_000);

    it('meets no fault, no foreign address and no policy on the way', () => {
      expect(faults).toEqual([]);
    });
  });
}

const AxeResult = z.object({
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
});
const Listed = z.object({
  items: z.array(z.object({ fileName: z.string(), fileId: z.string(), noticeId: z.string() })),
});

/** `<file id>.<notice id>` by the names of files. */
async function noticeIds(): Promise<ReadonlyMap<string, string>> {
  const { items } = Listed.parse(await (await server.get('/api/notices')).json());
  return new Map(items.map((item) => [item.fileName, `${item.fileId}.${item.noticeId}`]));
}

async function magicOf(download: ReturnType<Page['waitForEvent']> | Promise<{ path(): Promise<string> }>) {
  const file = await (download as Promise<{ path(): Promise<string> }>);
  return (await readFile(await file.path())).subarray(0, 2).toString();
}

/** Whether the first element stands where the pane of the document shows it. */
function isWithinPane(page: Page, selector: string): Promise<unknown> {
  return page.evaluate(
    `(() => { const own = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
       const pane = document.querySelector('.document').getBoundingClientRect();
       return own.top >= pane.top - 1 && own.bottom <= pane.bottom + 1; })()`,
  );
}
