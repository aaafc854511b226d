import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CampaignSummary } from '../../models/api/campaign.ts';
import { Matrix } from '../../models/api/matrix.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, jsonOf, Notices, runServer } from '../server/running.ts';
import { ensureBuilt } from './built.ts';
import { describeInBrowser, graveFaults } from './inBrowser.ts';
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

describeInBrowser(
  'The page of a matrix',
  () => server.url,
  (tab) => {
    it('leads from one against one to one against many, from a cell to the pair, and to its place', async () => {
      await tab.page.goto(`${server.url}/compare?left=${upper}`);
      await tab.page.getByText('一对多：落实矩阵').click();
      await tab.page.getByText('按条件').click();
      await tab.page.getByRole('combobox', { name: '层级' }).click();
      await tab.page.getByTitle('县级', { exact: true }).click();
      const grid = tab.page.getByRole('region', { name: '落实矩阵' });
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);

      // Arrow keys lead through the cells, Enter opens the pair.
      await grid.locator('td button').first().focus();
      await tab.page.keyboard.press('ArrowDown');
      const focused = () => tab.page.evaluate('document.activeElement?.dataset.place');
      await expect.poll(focused, { timeout: 10_000 }).toBe('1,0');
      await tab.page.keyboard.press('Enter');
      const drawer = tab.page.getByRole('dialog');
      await drawer
        .getByRole('link', { name: /第 \d+ 页/ })
        .first()
        .waitFor();
      await drawer.getByRole('link', { name: '逐项比对这两份公文' }).waitFor();
      await tab.page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });

      await tab.page.getByRole('textbox', { name: '筛选下级' }).fill('芦湾');
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 10_000 }).toBe(1);
    }, 120_000);

    it('is made of a campaign that is chosen by its number, from the nearest level down', async () => {
      await tab.page.goto(`${server.url}/matrix?upper=${upper}`);
      const grid = tab.page.getByRole('region', { name: '落实矩阵' });
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);
      await tab.page.goto(`${server.url}/campaigns`);
      await tab.page.getByRole('link', { name: /瓶安/ }).click();
      await tab.page.getByRole('button', { name: '各下级落实矩阵' }).click();
      await expect.poll(() => grid.getByRole('rowheader').count(), { timeout: 30_000 }).toBe(3);
    }, 120_000);

    it('can be used with a screen reader', async () => {
      await tab.page.goto(`${server.url}/matrix?upper=${upper}&by=filter&level=county`);
      await tab.page.locator('.matrix td button').first().waitFor();
      expect(await graveFaults(tab.page)).toEqual([]);
    }, 60_000);

    it('meets no fault on the way', () => {
      expect(tab.faults).toEqual([]);
    });
  },
);

const CampaignList = z.looseObject({ items: z.array(CampaignSummary) });
