import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CampaignSummary } from '../../models/api/campaign.ts';
import { Matrix } from '../../models/api/matrix.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, jsonOf, Notices, runServer } from '../server/running.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { ensureBuilt } from './built.ts';
import { corpusText } from './samples.ts';

const county = corpusText('gas-county').toString();
let server: Client;
let upper = '';

beforeAll(async () => {
  await ensureBuilt();
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json') });
  const { file } = await server.put('市级方案.txt', corpusText('gas-prefectural').toString());
  upper = `${file.fileId}.n1`;
  await server.put('县级方案.txt', county);
  await server.put('芦湾方案.txt', county.replaceAll('禾溪县', '芦湾县'));
  await server.put('石浦方案.txt', county.replaceAll('禾溪县', '石浦县'));
}, 240_000);
afterAll(() => server.close());

const begin = (body: object) =>
  fetch(`${server.url}/api/matrices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The matrix when it is done. */
async function made(body: object): Promise<Matrix> {
  let matrix = await jsonOf(begin(body), Matrix);
  while (matrix.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    matrix = await jsonOf(server.get(`/api/matrices/${matrix.matrixId}`), Matrix);
  }
  return matrix;
}

describe('A matrix of the API', () => {
  it('takes the notices of the library below the upper one, a letter for each item', async () => {
    const matrix = await made({ upper, level: 'county' });
    expect(matrix).toMatchObject({ state: 'done', total: 3, done: 3, unread: [], upperAddress: upper });
    expect(matrix.rows).toHaveLength(3);
    for (const row of matrix.rows) {
      expect(row.cells).toMatch(/^[kmwdo]+$/);
      expect(row.cells).toHaveLength(matrix.items.length);
      expect(row.cells.split('').filter((letter) => letter === 'd')).toHaveLength(row.counts.dropped);
    }
    expect(matrix.copies.flatMap((group) => group.rows)).toHaveLength(3);
  });

  it('finds the same matrix again, and another for other notices', async () => {
    const [first, again] = [
      await made({ upper, level: 'county' }),
      await jsonOf(begin({ upper, level: 'county' }), Matrix),
    ];
    expect(again).toEqual(first);
    const { items } = await jsonOf(server.get('/api/notices?level=county'), Notices);
    const lowers = items.slice(0, 1).map(({ fileId, noticeId }) => `${fileId}.${noticeId}`);
    const other = await made({ upper, lowers });
    expect(other.matrixId).not.toBe(first.matrixId);
    expect(other.rows.map(({ address }) => address)).toEqual(lowers);
  });

  it('takes those that came of a notice in a campaign, by its number', async () => {
    const { items } = await jsonOf(server.get(`/api/campaigns?notice=${upper}`), CampaignList);
    const campaign = items[0]!.campaignId;
    const matrix = await made({ campaign });
    expect(matrix).toMatchObject({ state: 'done', total: 3, upperAddress: upper });
    expect((await made({ campaign, upper, level: 'county' })).rows).toHaveLength(3);
    expect((await begin({ campaign, level: 'township' })).status).toBe(404);
    expect((await begin({ campaign: 'c999' })).status).toBe(404);
  });

  it('says which notices it could not compare', async () => {
    const unknown = `${'0'.repeat(64)}.n1`;
    const matrix = await made({ upper, lowers: [unknown] });
    expect(matrix.rows).toEqual([]);
    expect(matrix.unread).toMatchObject([{ address: unknown, problem: { code: 'NOT_FOUND' } }]);
  });

  it.each([
    ['an upper notice that is not there', { upper: '0'.repeat(64) }, 404],
    ['a body that does not fit', { upper: 'x' }, 400],
    ['neither a notice nor a campaign', { level: 'county' }, 400],
    ['a campaign by its name', { campaign: '燃气整治' }, 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await begin(body)).status).toBe(status);
  });

  it.each([
    ['xlsx', 'PK'],
    ['docx', 'PK'],
    ['html', '<!'],
  ])('is downloaded as %s, as a file', async (format, magic) => {
    const { matrixId } = await made({ upper, level: 'county' });
    const response = await server.get(`/api/matrices/${matrixId}/report?format=${format}`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 2)).toBe(magic);
    expect((await server.get(`/api/matrices/${'0'.repeat(24)}/report`)).status).toBe(404);
  });
});

if (chromiumPath === undefined) {
  console.warn('No Chromium on this machine: the page of the matrix itself is not tested here.');
} else {
  const executable = chromiumPath;
  describe('The page of a matrix', () => {
    let browser: Browser;
    let page: Page;
    const faults: string[] = [];
    beforeAll(async () => {
      browser = await openBrowser(executable);
      page = await (await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    }, 60_000);
    afterAll(() => browser.close());

    it('leads from one against one to one against many, from a cell to the pair, and to its place', async () => {
      await page.goto(`${server.url}/compare?left=${upper}`);
      await page.getByText('一对多：落实矩阵').click();
      await page.getByText('按条件').click();
      await page.getByRole('combobox', { name: '层级' }).click();
      await page.getByTitle('县级', { exact: true }).click();
      const grid = page.getByRole('region', { name: '落实矩阵' });
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);

      // Arrow keys lead through the cells, Enter opens the pair.
      await grid.locator('td button').first().focus();
      await page.keyboard.press('ArrowDown');
      const focused = () => page.evaluate('document.activeElement?.dataset.place');
      await expect.poll(focused, { timeout: 10_000 }).toBe('1,0');
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog');
      await drawer
        .getByRole('link', { name: /第 \d+ 页/ })
        .first()
        .waitFor();
      await drawer.getByRole('link', { name: '逐项比对这两份公文' }).waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });

      await page.getByRole('textbox', { name: '筛选下级' }).fill('芦湾');
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 10_000 }).toBe(1);
    }, 120_000);

    it('is made of a campaign that is chosen by its number, from the nearest level down', async () => {
      await page.goto(`${server.url}/matrix?upper=${upper}`);
      const grid = page.getByRole('region', { name: '落实矩阵' });
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);
      await page.goto(`${server.url}/campaigns`);
      await page.getByRole('link', { name: /瓶安/ }).click();
      await page.getByRole('button', { name: '各下级落实矩阵' }).click();
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);
    }, 120_000);

    it('can be used with a screen reader', async () => {
      await page.goto(`${server.url}/matrix?upper=${upper}&by=filter&level=county`);
      await page.locator('.matrix td button').first().waitFor();
      await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
      const { violations } = AxeResult.parse(await page.evaluate('axe.run()'));
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(grave.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
    }, 60_000);

    it('meets no fault on the way', () => {
      expect(faults).toEqual([]);
    });
  });
}

const CampaignList = z.looseObject({ items: z.array(CampaignSummary) });
const AxeResult = z.object({
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
});
