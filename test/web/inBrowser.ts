import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { chromiumPath, openBrowser } from './browser.ts';

export interface Tab {
  /** There from the first test on. */
  readonly page: Page;
  /** What no page may do, as it happened: break, meet the Content-Security-Policy, or ask elsewhere. */
  readonly faults: readonly string[];
}

/** Tests in a tab of a browser, where this machine has one; elsewhere a line says so. `origin`: where pages may ask. */
export function describeInBrowser(name: string, origin: () => string, tests: (tab: Tab) => void): void {
  if (chromiumPath === undefined) {
    console.warn(`No Chromium on this machine: “${name}” is not tested here.`);
    return;
  }
  const executable = chromiumPath;
  describe(name, () => {
    let browser: Browser;
    let page: Page;
    const faults: string[] = [];
    beforeAll(async () => {
      browser = await openBrowser(executable);
      const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', acceptDownloads: true });
      page = await context.newPage();
      // Opening a PDF takes a quarter of a minute where all processors are busy; a wait is no measure of speed.
      page.setDefaultTimeout(60_000);
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin())) faults.push(request.url());
      });
    }, 60_000);
    afterAll(() => browser.close());
    tests({
      get page() {
        return page;
      },
      faults,
    });
  });
}

const AxeResult = z.object({
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
});

/** What axe calls serious or critical on the page that is shown, with where it stands. */
export async function graveFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = AxeResult.parse(await page.evaluate('axe.run()'));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
