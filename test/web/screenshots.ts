import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { loadConfig } from '../../server/config.ts';
import { startServer } from '../../server/http/server.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { ensureBuilt } from './built.ts';
import { collectSamples } from './sampleReturns.ts';
import { corpusIds, corpusText, photo, randomPdf, sampleOfd, samplePdf, scannedPdf } from './samples.ts';

/**
 * `npm run screenshots`: every page with no data and with the sample notices, at the width of a desk, of a large desk and
 * of a phone, into screenshots/ (not kept by git).
 */
async function screenshots(): Promise<number> {
  if (chromiumPath === undefined) {
    console.error('There is no Chromium on this machine.');
    return 1;
  }
  await ensureBuilt();
  const out = path.join(packageRoot, 'screenshots');
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const data = await mkdtemp(path.join(os.tmpdir(), 'hongtou-screenshots-'));
  const loaded = loadConfig({ data, port: '0', regions: path.join(packageRoot, 'corpus/regions.json') }, {});
  if (!loaded.ok) throw new Error(loaded.explanation);
  const server = await startServer(loaded.config, pino({ level: 'silent' }));
  const browser = await openBrowser(chromiumPath);
  try {
    const page = await (await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
    const shoot = shooter(page, server.url, out);
    for (const [name, address] of emptyPages) await shoot(`empty-${name}`, address);
    const ids = await ingest(server.url);
    const { pdf, county, province } = ids;
    const period = await collectSamples(server.url, ids.prefecture);
    const returns = `/templates/${ids.prefecture}/n1?tab=returns`;
    const pages: readonly (readonly [string, string, ((page: Page) => Promise<void>)?])[] = [
      ['home', '/'],
      ['library', '/library'],
      ['search', '/library?q=燃气'],
      [
        'library-chosen',
        '/library',
        async (shown) => {
          for (const which of [0, 1])
            await shown.getByRole('checkbox', { name: '选择', exact: true }).nth(which).check();
        },
      ],
      ['failed', '/library?view=failed'],
      ['deleted', '/library?view=deleted'],
      [
        'pdf',
        `/files/${pdf}`,
        (shown) =>
          shown
            .getByRole('button', { name: /云山县|苇塘县|〔/ })
            .first()
            .click(),
      ],
      ['text', `/files/${county}?tab=deadlines`, (shown) => shown.locator('[data-fact^=deadlines]').first().click()],
      ['text-focus', `/files/${county}?tab=focus`],
      [
        'correcting',
        `/files/${county}?tab=deadlines`,
        (shown) => shown.getByRole('button', { name: /^更正/ }).first().click(),
      ],
      ['corrected', `/files/${province}`],
      ['scan', `/files/${ids.scan}?tab=readings`, (shown) => shown.locator('[data-fact=readings-0]').click()],
      ['photo', `/files/${ids.photo}`],
      ['ofd', `/files/${ids.ofd}`, (shown) => shown.locator('.overview [data-fact]').nth(2).click()],
      ['long', `/files/${ids.long}`],
      ['text-sections', `/files/${county}?tab=sections`],
      ['text-attachments', `/files/${county}?tab=attachments`],
      ['text-findings', `/files/${county}?tab=findings`],
      ['campaigns', '/campaigns'],
      ['compare', `/compare?left=${province}&right=${county}`],
      ['matrix', `/matrix?upper=${province}.n1&by=filter&level=county`],
      ['templates', `/templates/${county}/n1`],
      ['templates-national', `/templates/${ids.national}/n1`],
      ['templates-collections', '/templates'],
      ['returns-board', `${returns}&view=board`],
      ['returns-unit', `${returns}&view=board`, (shown) => shown.locator('button.status').first().click()],
      ['returns-upload', `${returns}&view=upload`],
      ['returns-sums', `${returns}&view=summary&period=${period}`],
      ['returns-series', `${returns}&view=series`],
      [
        'returns-upper',
        `${returns}&view=upper&period=${period}`,
        async (shown) => {
          await shown.getByRole('combobox', { name: '选择上级公文' }).click();
          await shown.locator('.ant-select-item-option', { hasText: '云汀省' }).first().click();
          await shown.getByText('格填不了').first().waitFor();
        },
      ],
      ['returns-units', `${returns}&view=units`],
      ['returns-files', `${returns}&view=files`],
      ['upload', '/upload'],
    ];
    for (const [name, address, act] of pages) await shoot(name, address, act);
    return 0;
  } finally {
    await browser.close();
    await server.close();
    await rm(data, { recursive: true, force: true });
  }
}

const emptyPages = [
  ['home', '/'],
  ['library', '/library'],
  ['upload', '/upload'],
  ['campaigns', '/campaigns'],
  ['compare', '/compare'],
  ['templates', '/templates'],
] as const;
const sizes = [
  [1280, 800],
  [1920, 1080],
  [390, 844],
] as const;

function shooter(page: Page, url: string, out: string) {
  return async (name: string, address: string, act?: (page: Page) => Promise<void>) => {
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.goto(url + address, { waitUntil: 'networkidle' });
      await page.locator('main h1').first().waitFor({ timeout: 60_000 });
      await act?.(page).catch((error: unknown) => console.error(`${name}: ${String(error).split('\n')[0]}`));
      if ((await page.locator('.sheet').count()) > 0) {
        await page.locator('.sheet [data-drawn]').first().waitFor({ timeout: 60_000 });
      }
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(out, `${name}-${width}.png`), fullPage: width === 390 });
    }
    console.log(name);
  };
}

async function ingest(url: string) {
  const put = async (name: string, bytes: Buffer): Promise<string> => {
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(bytes)]), name);
    const answer = await (await fetch(`${url}/api/files`, { method: 'POST', body: form })).json();
    return (answer as { items: { file: { fileId: string } }[] }).items[0]?.file.fileId ?? '';
  };
  const ids = new Map<string, string>();
  for (const id of corpusIds) ids.set(id, await put(`${id}.txt`, corpusText(id)));
  const pdf = await put('瓶装气专项整治.pdf', await samplePdf());
  await put('景区安全.pdf', await randomPdf(3));
  const scan = await put('扫描件.pdf', await scannedPdf());
  const page = await put('手机照片.jpg', await photo());
  const ofd = await put('瓶装气通知.ofd', await sampleOfd());
  const long = await put(`${'很长的文件名'.repeat(16)}.txt`, longNotice());
  const gone = await put('要删除的通知.txt', Buffer.from('云山县水利局关于水库检查的通知\n各水库：\n请自查。\n'));
  await put('坏了的文件.pdf', Buffer.from('%PDF-1.7\nno more'));
  for (;;) {
    const answer = (await (await fetch(`${url}/ready`)).json()) as { jobs: Record<string, number> };
    if ((answer.jobs.queued ?? 0) + (answer.jobs.running ?? 0) === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await fetch(`${url}/api/files/${gone}`, { method: 'DELETE' });
  const id = (name: string) => ids.get(name) ?? '';
  const province = id('gas-provincial');
  await fetch(`${url}/api/files/${province}/notices/n1/corrections`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ field: 'signer', value: { value: '李明' }, note: '见原件', person: '王芳' }),
  });
  return {
    pdf,
    scan,
    photo: page,
    ofd,
    long,
    county: id('gas-county'),
    prefecture: id('gas-prefectural'),
    province,
    national: id('gas-national'),
  };
}

/** A notice with a title, an issuer and items longer than any page expects. */
function longNotice(): Buffer {
  const bodies = '云山县安全生产委员会办公室、云山县应急管理局、云山县住房和城乡建设局、云山县市场监督管理局';
  const title = `关于进一步深入开展${'餐饮、商超、学校、医院、养老机构等人员密集场所'.repeat(3)}安全隐患排查整治专项行动的紧急通知`;
  const items = Array.from(
    { length: 40 },
    (_, index) =>
      `（${'一二三四五六七八九十'[index % 10]}）重点检查${'瓶装液化石油气使用场所是否违规储存、使用气瓶，'.repeat(3)}第${index + 1}类场所未安装报警装置的；`,
  );
  return Buffer.from(
    `${bodies}\n${title}\n云安办发〔2025〕123号\n各乡镇人民政府：\n一、检查重点\n${items.join('\n')}\n2025年4月1日\n`,
  );
}

process.exitCode = await screenshots();
