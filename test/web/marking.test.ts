import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, runServer } from '../server/running.ts';
import { ensureBuilt } from './built.ts';
import { describeInBrowser, graveFaults } from './inBrowser.ts';
import { corpusText, samplePdf } from './samples.ts';

let server: Client;
let text = '';
let pdf = '';
beforeAll(async () => {
  await ensureBuilt();
  server = await runServer({ regions: path.join(packageRoot, 'corpus/regions.json') });
  text = (await server.put('县级方案.txt', new Uint8Array(corpusText('gas-county')))).file.fileId;
  pdf = (await server.put('方案.pdf', new Uint8Array(await samplePdf()))).file.fileId;
}, 300_000);
afterAll(() => server.close());

/** Selects the words where they first stand in the text that is shown, as a mouse would. */
async function select(page: Page, words: string): Promise<void> {
  const found = await page.evaluate(`(() => {
    const wanted = ${JSON.stringify(words)};
    const line = [...document.querySelectorAll('.text-view [data-start]')].find((one) => one.textContent.includes(wanted));
    if (line === undefined) return false;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const place = (offset) => {
      let left = offset;
      walker.currentNode = line;
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (left <= node.nodeValue.length) return [node, left];
        left -= node.nodeValue.length;
      }
    };
    const at = line.textContent.indexOf(wanted);
    getSelection().setBaseAndExtent(...place(at), ...place(at + wanted.length));
    return true;
  })()`);
  expect(found).toBe(true);
}

interface Stored {
  readonly text: string;
  readonly notices: readonly {
    readonly title: { readonly evidence: readonly Record<string, unknown>[] };
    readonly mainRecipients: readonly { readonly value: string }[];
  }[];
}
const stored = async (fileId: string) => (await (await server.get(`/api/files/${fileId}/extraction`)).json()) as Stored;

describeInBrowser(
  'A clerk who says where something stands',
  () => server.url,
  (tab) => {
    const correct = async (fileId: string, words: string) => {
      const { page } = tab;
      await page.goto(`${server.url}/files/${fileId}`);
      const title = page.locator('.overview > div').filter({ has: page.getByText('标题', { exact: true }) });
      await title.getByRole('button', { name: '更正：标题' }).click();
      const form = page.getByRole('form', { name: '更正标题' });
      if (await form.getByRole('button', { name: '显示文字' }).isVisible()) {
        await form.getByRole('button', { name: '显示文字' }).click();
      }
      await form.getByText('可在原文的“文字”中选中字句作为出处').waitFor();
      await page.locator('.text-view [data-start]').first().waitFor();
      await select(page, words);
      await form.getByRole('button', { name: /^用选中的/ }).click();
      await form.getByRole('status').getByText(words.slice(0, 10)).waitFor();
      expect(await graveFaults(page)).toEqual([]);
      await form.getByLabel('标题').fill('另一个标题');
      await form.getByRole('button', { name: '保存' }).click();
      await title.getByText('已更正').waitFor();
      return title;
    };

    it('selects words of the text, and the fact leads there from then on', async () => {
      const words = '各乡镇人民政府';
      const title = await correct(text, words);
      await title.locator('[data-fact]').click();
      await tab.page.locator('.place-chosen', { hasText: words }).waitFor();
      const { text: whole, notices } = await stored(text);
      const [evidence] = notices[0]?.title.evidence ?? [];
      expect(evidence).toMatchObject({ quote: words, confidence: 1 });
      expect(whole.slice(Number(evidence?.start), Number(evidence?.end))).toBe(words);
    }, 120_000);

    it('selects them beside a page, on which their place is found', async () => {
      const words = (await stored(pdf)).notices[0]?.mainRecipients[0]?.value ?? '';
      const title = await correct(pdf, words);
      const [evidence] = (await stored(pdf)).notices[0]?.title.evidence ?? [];
      expect(evidence).toMatchObject({ quote: words, boxes: expect.arrayContaining([expect.any(Array)]) });
      await tab.page.getByText('原件', { exact: true }).click();
      await title.locator('[data-fact]').click();
      await tab.page.locator('.box-chosen').first().waitFor();
      expect(tab.faults).toEqual([]);
    }, 240_000);
  },
);
