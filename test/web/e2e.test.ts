import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { ensureBuilt, firstLoad } from './built.ts';
import { describeInBrowser, graveFaults } from './inBrowser.ts';
import { corpusText, sampleOfd, samplePdf, scannedPdf } from './samples.ts';

let server: Client;

beforeAll(async () => {
  await ensureBuilt();
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json'), workers: '2' });
}, 240_000);
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

  it.each(['homePage', 'uploadPage', 'libraryPage', 'filePage', 'campaignsPage', 'comparePage', 'templatesPage'])(
    'needs less than 450 kB to show %s',
    (page) => {
      const bytes = firstLoad(page);
      expect(bytes).toBeGreaterThan(100_000);
      expect(bytes).toBeLessThan(450_000);
    },
  );
});

/** Opening a PDF takes a quarter of a minute where all processors are busy; a wait is no measure of speed. */
const _patience = 60_000;
/** Files are read by processes that give way to all others: on a busy machine that takes minutes. */
const reading = 240_000;

describeInBrowser(
  'A clerk in the browser',
  () => server.url,
  (tab) => {
    it('uploads, sees the facts at their places, compares and takes the forms along', async () => {
      await tab.page.goto(`${server.url}/upload`);
      const files = [
        { name: '市级方案.txt', mimeType: 'text/plain', buffer: corpusText('gas-prefectural') },
        { name: '县级方案.txt', mimeType: 'text/plain', buffer: corpusText('gas-county') },
        { name: '瓶装气专项整治.pdf', mimeType: 'application/pdf', buffer: await samplePdf() },
      ];
      await tab.page.locator('input[type=file][multiple]').first().setInputFiles(files);
      const rows = tab.page.getByRole('list', { name: '上传的文件' }).getByRole('listitem');
      await expect.poll(() => rows.getByRole('link', { name: '查看' }).count(), { timeout: reading }).toBe(3);
      await tab.page.locator('input[type=file][multiple]').first().setInputFiles([files[0]!]);
      await rows.getByText('库中已有').first().waitFor();

      await tab.page.getByRole('link', { name: '文件库' }).click();
      await tab.page.getByRole('searchbox', { name: '全文检索' }).fill('瓶装 -无此词语');
      await tab.page.getByRole('button', { name: '查找' }).click();
      await tab.page.locator('mark', { hasText: '瓶装' }).first().waitFor();
      await tab.page.getByRole('link', { name: /禾溪县.*工作方案的通知/ }).click();

      // A fact of a text: its words are marked; a click on words opens their fact.
      await tab.page.getByRole('tab', { name: /检查重点/ }).click();
      const focus = tab.page.locator('[data-fact^=focus]').first();
      await focus.click();
      const marked = tab.page.locator('.text-view mark');
      await marked.first().waitFor();
      expect(await isWithinPane(tab.page, '.text-view mark')).toBe(true);
      expect(((await focus.textContent()) ?? '').slice(0, 4)).toBe(
        ((await marked.first().textContent()) ?? '').slice(0, 4),
      );
      await tab.page.locator('[data-keys~=deadlines-0]').first().click();
      await tab.page.locator('[data-fact=deadlines-0][aria-pressed=true]').waitFor();
      await tab.page.getByRole('tab', { name: /附件/ }).click();
      expect(await tab.page.locator('.grid td[rowspan], .grid th[colspan]').count()).toBeGreaterThan(0);

      // The forms that the notice prescribes.
      await tab.page.getByRole('link', { name: '生成报表模板' }).click();
      await tab.page.getByLabel('报告期', { exact: true }).fill('2025-06');
      const form = tab.page.waitForEvent('download');
      await tab.page.getByRole('link', { name: '下载全部（Excel）' }).click();
      expect(await magicOf(form)).toBe('PK');
      expect((await form).suggestedFilename()).toMatch(/2025-06\.xlsx$/);

      // Two notices side by side.
      const ids = await noticeIds();
      await tab.page.goto(`${server.url}/compare?left=${ids.get('市级方案.txt')}&right=${ids.get('县级方案.txt')}`);
      await tab.page.locator('.compare-row').first().waitFor();
      const all = await tab.page.locator('.compare-row').count();
      await tab.page.getByRole('switch', { name: '只看不同' }).click();
      const different = await tab.page.locator('.compare-row').count();
      expect(different).toBeGreaterThan(0);
      expect(different).toBeLessThan(all);
      expect(await tab.page.locator('.compare ins, .compare del').count()).toBeGreaterThan(0);
      const report = tab.page.waitForEvent('download');
      await tab.page.getByRole('link', { name: '下载 Excel' }).click();
      expect(await magicOf(report)).toBe('PK');
    }, 600_000);

    it('sees a fact of a PDF in its box, and opens a fact from the page', async () => {
      const id = (await noticeIds()).get('瓶装气专项整治.pdf') ?? '';
      await tab.page.goto(`${server.url}/files/${id.replace('.', '/')}`);
      await tab.page.locator('.sheet[data-page="1"] canvas[data-drawn=true]').waitFor();
      const inked = await tab.page.evaluate(
        `(() => { const c = document.querySelector('.sheet[data-page="1"] canvas');
         const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
         let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128) n++; return n; })()`,
      );
      expect(inked).toBeGreaterThan(1_000);
      await tab.page.getByRole('tab', { name: /联系人/ }).click();
      await tab.page.locator('[data-fact=contacts-0]').click();
      await tab.page.locator('.box-chosen').first().waitFor();
      expect(await isWithinPane(tab.page, '.box-chosen')).toBe(true);
      await tab.page.getByRole('tab', { name: '概要' }).click();
      await tab.page.locator('.box[data-keys^=contacts]').first().click();
      await tab.page.getByRole('tab', { name: /联系人/, selected: true }).waitFor();
    }, 600_000);

    it('reads a scan, has a fact of it corrected, and keeps the correction', async () => {
      await tab.page.goto(`${server.url}/upload`);
      const scan = { name: '扫描件.pdf', mimeType: 'application/pdf', buffer: await scannedPdf() };
      await tab.page.locator('input[type=file][multiple]').first().setInputFiles([scan]);
      const row = tab.page
        .getByRole('list', { name: '上传的文件' })
        .getByRole('listitem')
        .filter({ hasText: scan.name });
      await row.getByText(/正在识别第 \d \/ 2 页/).waitFor();
      // What is on its way is still there after a reload.
      await tab.page.reload();
      await row.getByRole('link', { name: '查看' }).click({ timeout: reading });

      await tab.page.locator('.sheet[data-page="1"] canvas[data-drawn=true]').waitFor();
      const title = tab.page.locator('.overview > div').filter({ has: tab.page.getByText('标题', { exact: true }) });
      await tab.page.locator('.overview [data-fact]').first().click();
      await tab.page.locator('.box-chosen').first().waitFor();
      expect(await isWithinPane(tab.page, '.box-chosen')).toBe(true);

      const right = '关于<b>瓶装液化石油气</b>安全专项整治的通知';
      await title.getByRole('button', { name: '更正：标题' }).click();
      const form = tab.page.getByRole('form', { name: '更正标题' });
      await form.getByLabel('标题').fill(right);
      await form.getByLabel('说明').fill('扫描不清');
      await form.getByLabel('更正人').fill('王芳');
      await form.getByRole('button', { name: '保存' }).click();
      const holds = async () => {
        await title.getByText('已更正').waitFor();
        await title.getByText('王芳').waitFor();
        await title.getByText(/说明：扫描不清/).waitFor();
        // Markup in what people type is text.
        await tab.page.getByRole('heading', { level: 1, name: right }).waitFor();
      };
      await holds();
      await tab.page.reload();
      await holds();
      const readAgain = tab.page.waitForResponse((response) => response.url().includes('/extraction') && response.ok());
      await tab.page.getByRole('button', { name: '重新读取' }).click();
      await readAgain;
      await tab.page.getByText('已重新读取，更正仍然有效').waitFor({ timeout: reading });
      await holds();

      // A recipient that was not read is added, and taken out again.
      await tab.page.getByRole('combobox', { name: '补充没有读出的要素' }).click();
      await tab.page.locator('.ant-select-item-option').filter({ hasText: '抄送机关' }).click();
      const added = tab.page.getByRole('form', { name: '补充抄送机关' });
      await added.getByLabel('抄送机关').fill('县档案馆');
      await added.getByRole('button', { name: '保存' }).click();
      await tab.page.locator('.overview').getByText('县档案馆').waitFor();
      await tab.page
        .locator('.overview > div')
        .filter({ hasText: '县档案馆' })
        .getByRole('button', { name: '撤回' })
        .click();
      await tab.page.locator('.overview').getByText('县档案馆').waitFor({ state: 'detached' });

      await title.getByRole('button', { name: '撤回' }).click();
      await title.getByText('已更正').waitFor({ state: 'detached' });
    }, 900_000);

    it('sees an OFD drawn from where things stand, and finds its way by the outline', async () => {
      await tab.page.goto(`${server.url}/upload`);
      const file = { name: '瓶装气通知.ofd', mimeType: 'application/ofd', buffer: await sampleOfd() };
      await tab.page.locator('input[type=file][multiple]').first().setInputFiles([file]);
      await tab.page
        .getByRole('listitem')
        .filter({ hasText: file.name })
        .getByRole('link', { name: '查看' })
        .click({ timeout: reading });
      const drawn = tab.page.locator('.sheet[data-page="1"] svg[data-drawn=true]');
      await drawn.waitFor();
      await drawn.locator('text', { hasText: '〔2025〕' }).waitFor();
      await tab.page.locator('.overview [data-fact]').filter({ hasText: '〔2025〕' }).click();
      await tab.page.locator('.box-chosen').first().waitFor();
      expect(await isWithinPane(tab.page, '.box-chosen')).toBe(true);
      await tab.page.getByRole('tab', { name: '层次' }).click();
      await tab.page.locator('.section-place').nth(3).click();
      await tab.page.locator('.box-chosen').first().waitFor();
      expect(await isWithinPane(tab.page, '.box-chosen')).toBe(true);
      await tab.page.getByRole('button', { name: '放大' }).click();
      await drawn.waitFor();
      await tab.page.getByText('文字', { exact: true }).click();
      await tab.page.locator('.text-view mark').first().waitFor();
    }, 600_000);

    it('shows names and texts with markup as text', async () => {
      const name = '<img src=x onerror=alert(1)>.txt';
      const text =
        '云山县<script>alert(2)</script>应急管理局关于“<b>防汛</b>”检查的通知\n各乡镇：\n请检查<script>alert(3)</script>堤坝。\n';
      const { file } = await server.put(name, text);
      const alerts: string[] = [];
      tab.page.on('dialog', (dialog) => {
        alerts.push(dialog.message());
        dialog.dismiss();
      });
      await tab.page.goto(`${server.url}/files/${file.fileId}`);
      await tab.page.locator('.text-view').getByText('<script>alert(2)</script>').first().waitFor();
      expect(await tab.page.locator('.text-view').locator('b, a, script').count()).toBe(0);
      await tab.page.goto(`${server.url}/library?q=堤坝`);
      await tab.page.locator('mark', { hasText: '堤坝' }).waitFor();
      expect(await tab.page.locator('.snippet').first().textContent()).toContain('<script>alert(3)</script>堤坝');
      expect(alerts).toEqual([]);
    }, 600_000);

    it('acts on several notices at once, and takes a deletion back', async () => {
      await tab.page.goto(`${server.url}/library?q=瓶装`);
      await tab.page.getByRole('checkbox', { name: '选择', exact: true }).first().check();
      await tab.page.getByRole('checkbox', { name: '选择', exact: true }).nth(1).check();
      await tab.page.getByText('已选 2 件').waitFor();
      const taken = tab.page.waitForEvent('download');
      await tab.page
        .getByRole('region', { name: '对选中公文的操作' })
        .getByRole('link', { name: '导出 Excel' })
        .click();
      expect(await magicOf(taken)).toBe('PK');
      await tab.page.getByRole('button', { name: '比对' }).click();
      await tab.page.waitForURL(/\/compare\?left=[0-9a-f]{64}\.n\d+&right=/);
      await tab.page.goBack();
      await tab.page.getByRole('checkbox', { name: '选择', exact: true }).first().check();
      await tab.page.getByRole('checkbox', { name: '选择', exact: true }).nth(1).check();
      await tab.page.getByRole('button', { name: '覆盖矩阵' }).click();
      await tab.page.waitForURL(/\/matrix\?lower=[0-9a-f]{64}\.n\d+&by=pick&upper=/);
      await tab.page.goto(`${server.url}/library?q=堤坝`);
      await tab.page.getByRole('checkbox', { name: '选择', exact: true }).first().check();
      await tab.page.getByRole('button', { name: '删除', exact: true }).click();
      await tab.page.getByRole('tooltip').getByRole('button', { name: '删除' }).click();
      await tab.page.getByText('没有符合条件的公文').waitFor();
      await tab.page.getByText(/^已删除( \d+)?$/).click();
      await tab.page.getByRole('button', { name: '恢复' }).click();
      await tab.page.getByText('没有已删除的文件').waitFor();

      await tab.page.goto(`${server.url}/library?q=瓶装`);
      await tab.page.getByRole('button', { name: '保存这组条件' }).click();
      await tab.page.getByLabel('筛选的名称').fill('瓶装气');
      await tab.page.getByRole('button', { name: '保存', exact: true }).click();
      // Leaving the page at once would outrun what the browser is about to keep.
      await tab.page.getByRole('link', { name: '瓶装气', exact: true }).waitFor();
      await tab.page.goto(`${server.url}/library`);
      await tab.page.getByRole('link', { name: '瓶装气', exact: true }).click();
      await tab.page.locator('mark', { hasText: '瓶装' }).first().waitFor();
    }, 600_000);

    it('finds pages that a screen reader and a keyboard can use', async () => {
      const ids = await noticeIds();
      const county = ids.get('县级方案.txt') ?? '';
      const addresses = [
        '/',
        '/upload',
        '/library',
        '/library?view=deleted',
        ...factTabs.map((tab) => `/files/${county.replace('.', '/')}?tab=${tab}`),
        `/files/${(ids.get('瓶装气通知.ofd') ?? '').replace('.', '/')}`,
        '/campaigns',
        `/compare?left=${ids.get('市级方案.txt')}&right=${county}`,
        `/templates/${county.replace('.', '/')}`,
      ];
      const grave: string[] = [];
      for (const address of addresses) {
        await tab.page.goto(server.url + address, { waitUntil: 'networkidle' });
        grave.push(...(await graveFaults(tab.page)).map((fault) => `${address.slice(0, 20)} ${fault}`));
      }
      expect(grave).toEqual([]);
    }, 600_000);

    it('meets no fault, no foreign address and no policy on the way', () => {
      expect(tab.faults).toEqual([]);
    });
  },
);

const factTabs = ['overview', 'focus', 'attachments', 'sections', 'findings'] as const;

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
