import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { ensureBuilt } from './built.ts';
import { describeInBrowser, graveFaults } from './inBrowser.ts';
import { corpusText } from './samples.ts';

let server: Client;
let fileId: string;

beforeAll(async () => {
  await ensureBuilt();
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json') });
  fileId = (await server.put('市级方案.txt', new Uint8Array(corpusText('gas-prefectural')))).file.fileId;
}, 240_000);
afterAll(() => server.close());

/** The workbook of the form, its open cells filled from the top left with 1, 2, 3 …; `first`: what stands in the first. */
async function filled(bytes: Buffer, first: number | string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const sheet = workbook.worksheets[0]!;
  let top = 1;
  while (sheet.getCell(top, 1).value !== '项目') top++;
  let value = 0;
  for (let row = top + 1; row <= top + 10; row++) {
    for (let column = 3; column <= 6; column++) {
      const cell = sheet.getCell(row, column);
      if (cell.value !== null) continue;
      cell.value = value === 0 ? first : value + 1;
      value += 1;
    }
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

describeInBrowser(
  'A clerk who collects',
  () => server.url,
  (tab) => {
    const statusOf = (unit: string) =>
      tab.page.getByRole('row').filter({ has: tab.page.getByRole('rowheader', { name: new RegExp(unit) }) });

    it('sends a form out, gets it back filled in, and sees on the board who is missing', async () => {
      await tab.page.goto(`${server.url}/templates/${fileId}/n1`);
      await tab.page.getByLabel('报告期', { exact: true }).fill('2025-04');
      await tab.page.getByLabel('填报单位', { exact: true }).fill('禾溪县住房和城乡建设局');
      await tab.page.getByText('禾溪县住房和城乡建设局').first().waitFor();
      const download = tab.page.waitForEvent('download');
      await tab.page
        .getByRole('link', { name: /^Excel 下载/ })
        .last()
        .click();
      const blank = await readFile(await (await download).path());

      await tab.page.getByRole('tab', { name: '收表汇总' }).click();
      await tab.page.getByRole('button', { name: '开始收表' }).click();
      await tab.page.getByRole('button', { name: '从主送机关推定' }).click();
      await tab.page.getByText('局属各单位').waitFor();
      await tab.page.getByRole('button', { name: '保存名单' }).click();
      await tab.page.getByText('已保存，应填报 3 个单位。').waitFor();

      await tab.page.getByRole('tab', { name: '上传报送' }).click();
      await tab.page.getByLabel('收到日期').fill('2025-05-04');
      const send = async (name: string, buffer: Buffer) =>
        tab.page
          .locator('input[type=file]')
          .first()
          .setInputFiles([{ name, mimeType: '', buffer }]);
      await send('禾溪县.xlsx', await filled(blank, '十来家'));
      const sent = tab.page.getByRole('list', { name: '报送的文件' });
      await sent.getByText('已收下').waitFor();
      await sent.getByText(/《禾溪县\.xlsx》C\d+格：不是数字/).waitFor();
      await send('无关.csv', Buffer.from('品名,数量\n苹果,3\n'));
      await sent.getByText('已退回').waitFor();

      await tab.page.getByRole('tab', { name: '报送情况' }).click();
      await tab.page.getByRole('combobox', { name: '期数' }).click();
      await tab.page.getByText('最近 24 期').click();
      const county = statusOf('禾溪县住房和城乡建设局');
      await county.getByText('1 格待更正').waitFor();
      expect(await statusOf('望岫区住房和城乡建设局').getByText('未报').count()).toBeGreaterThan(0);

      // The correction comes: the cell counts, and what it said before is kept.
      await tab.page.getByRole('tab', { name: '上传报送' }).click();
      await send('禾溪县更正.xlsx', await filled(blank, 7));
      await tab.page.getByText(/更正1格/).waitFor();
      await tab.page.getByRole('tab', { name: '报送情况' }).click();
      await county.getByRole('button', { name: /2025年4月/ }).click();
      const drawer = tab.page.getByRole('dialog');
      await drawer.getByText('更正记录').waitFor();
      expect(await drawer.getByRole('cell', { name: '7', exact: true }).count()).toBeGreaterThan(0);
      await tab.page.keyboard.press('Escape');

      await tab.page.getByRole('tab', { name: '汇总', exact: true }).click();
      await tab.page.getByRole('combobox', { name: '报告期' }).click();
      await tab.page.locator('.ant-select-item-option', { hasText: '2025年4月' }).click();
      await tab.page.getByText('应报 3 个单位，已报 1 个').waitFor();
      const report = tab.page.waitForEvent('download');
      await tab.page.getByRole('link', { name: '下载汇总（Excel）' }).click();
      expect((await readFile(await (await report).path())).subarray(0, 2).toString()).toBe('PK');
      await tab.page.getByRole('tab', { name: '各期走势' }).click();
      await tab.page.getByRole('img', { name: /检查单位数量.*2025年4月 7/ }).waitFor();
    }, 90_000);

    it('finds every view usable by screen reader and keyboard, and meets no fault', async () => {
      const grave: string[] = [];
      for (const view of ['board', 'upload', 'summary&period=2025-04', 'series', 'upper', 'units', 'files']) {
        await tab.page.goto(`${server.url}/templates/${fileId}/n1?tab=returns&view=${view}`, {
          waitUntil: 'networkidle',
        });
        grave.push(...(await graveFaults(tab.page)).map((fault) => `${view} ${fault}`));
      }
      expect(grave).toEqual([]);
      expect(tab.faults).toEqual([]);
    }, 60_000);
  },
);
