import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CampaignDetail, CampaignSummary, StoredLinkDecision } from '../../models/api/campaign.ts';
import { fold } from '../../server/campaigns/icalendar.ts';
import { packageRoot } from '../../server/packageRoot.ts';
import { type Client, expectProblem, jsonOf, runServer } from './running.ts';

const Campaigns = z.object({ items: z.array(CampaignSummary), total: z.int(), pending: z.int() });
const Calendar = z.object({
  items: z.array(z.looseObject({ date: z.string(), workingDay: z.string().nullable(), notice: z.string() })),
  undated: z.array(z.looseObject({ notice: z.string() })),
});

/** Invented notices, as an office would print them. */
const province = `云汀省应急管理厅文件
云应急发〔2025〕12号
云汀省应急管理厅关于开展烟花爆竹“护航”专项整治行动的通知
各市应急管理局：
为加强烟花爆竹安全监管，决定自2025年4月1日至2025年12月31日在全省开展烟花爆竹“护航”专项整治行动。
一、工作要求
各市应急管理局要于每月10日前向省应急管理厅报送上月工作情况。
联系人：林木森，联系电话：0490-6612345，邮箱：yh@example.cn
云汀省应急管理厅
2025年3月20日
`;
const city = `临漪市应急管理局文件
临应急发〔2025〕30号
临漪市应急管理局关于开展烟花爆竹“护航”专项整治行动的通知
各县（区）应急管理局：
根据《云汀省应急管理厅关于开展烟花爆竹“护航”专项整治行动的通知》（云应急发〔2025〕12号）要求，决定在全市开展烟花爆竹“护航”专项整治行动。
一、工作要求
请各县（区）应急管理局于2025年11月29日17:00前向市应急管理局报送工作总结。
临漪市应急管理局
2025年4月2日
`;
const county = `禾溪县应急管理局文件
禾应急〔2025〕41号
禾溪县应急管理局关于开展烟花爆竹“护航”专项整治行动的通知
各乡镇人民政府：
根据《国家应急管理办公室关于加强烟花爆竹监管的通知》（国应急办〔2025〕3号），决定开展烟花爆竹“护航”专项整治行动。
禾溪县应急管理局
2025年4月20日
`;

const regions = path.join(packageRoot, 'corpus/regions.json');

async function fill(server: Client, headers: Record<string, string> = {}) {
  const ids: string[] = [];
  for (const [name, text] of Object.entries({ province, city, county })) {
    const form = new FormData();
    form.append('files', new Blob([text]), `${name}.txt`);
    const answer = await fetch(`${server.url}/api/files`, { method: 'POST', body: form, headers });
    const { items } = z
      .object({ items: z.array(z.looseObject({ file: z.looseObject({ fileId: z.string() }) })) })
      .parse(await answer.json());
    ids.push(items[0]!.file.fileId);
  }
  const Ready = z.looseObject({ jobs: z.record(z.string(), z.int()) });
  for (;;) {
    const { jobs } = await jsonOf(server.get('/ready', headers), Ready);
    if ((jobs.queued ?? 0) + (jobs.running ?? 0) === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return ids.map((id) => `${id}.n1`) as [string, string, string];
}

/** Lines of a calendar, unfolded. */
const unfold = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

describe('Campaigns in the API', () => {
  let server: Client;
  let ids: [string, string, string];
  beforeAll(async () => {
    server = await runServer({ regions });
    ids = await fill(server);
  }, 60_000);
  afterAll(() => server.close());

  const one = async () => {
    const { items } = await jsonOf(server.get('/api/campaigns'), Campaigns);
    return jsonOf(server.get(`/api/campaigns/${items[0]!.campaignId}`), CampaignDetail);
  };
  const decide = (body: unknown) =>
    fetch(`${server.url}/api/campaigns/links`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });

  it('lists what came in and shows who passed on what, with the reason and what is missing', async () => {
    const list = await jsonOf(server.get('/api/campaigns?q=护航'), Campaigns);
    expect(list).toMatchObject({ total: 1, pending: 0 });
    expect(list.items[0]).toMatchObject({ members: 3, levels: ['provincial', 'prefectural', 'county'], years: [2025] });
    const campaign = await one();
    const [root] = campaign.editions[0]!.roots;
    expect(root).toMatchObject({ id: ids[0], children: [{ id: ids[1] }] });
    expect(root!.children[0]!.link).toMatchObject({ stated: true, relation: 'implements' });
    expect(root!.children[0]!.link!.evidence[0]!.quote).toContain('云应急发〔2025〕12号');
    expect(root!.children[0]!.children[0]).toMatchObject({ id: ids[2], link: { stated: false } });
    const city = campaign.editions[0]!.gaps.find(({ upper }) => upper?.code === '910000');
    expect(city).toMatchObject({ issued: [{ name: '临漪市' }], silent: [{ name: '沅泽市' }] });
    const ofNotice = await jsonOf(server.get(`/api/campaigns?notice=${ids[2]}`), Campaigns);
    expect(ofNotice.items.map(({ campaignId }) => campaignId)).toEqual([campaign.campaignId]);
  });

  it('notes a decision with its actor, keeps it over another reading, and takes it back', async () => {
    const answer = await decide({ decision: 'cut', from: ids[2], to: ids[1], note: '另一项工作' });
    expect(answer.status).toBe(201);
    const cut = StoredLinkDecision.parse(await answer.json());
    expect(cut).toMatchObject({ actor: 'local', note: '另一项工作', undoneAt: null });
    const parentOf = async () =>
      (await one()).links.find(({ from, to }) => from === ids[2] && to === ids[1])?.confidence ?? null;
    expect(await parentOf()).toBeNull();
    await fetch(`${server.url}/api/files/${ids[2].slice(0, 64)}/extraction`, { method: 'POST' });
    expect(await parentOf()).toBeNull();
    const undone = await server.send('DELETE', `/api/campaigns/links/${cut.decisionId}`);
    expect(StoredLinkDecision.parse(await undone.json()).undoneBy).toBe('local');
    expect(await parentOf()).not.toBeNull();
  });

  it('refuses what makes no sense, in the one shape of problems', async () => {
    await expectProblem(await server.get('/api/campaigns/c999'), 404, 'NOT_FOUND');
    await expectProblem(await server.get('/api/campaigns/campaign'), 400, 'BAD_REQUEST');
    await expectProblem(await decide({ decision: 'add', from: ids[0], to: ids[0] }), 400, 'NOT_ALLOWED');
    await expectProblem(await decide({ decision: 'add', from: `${'0'.repeat(64)}.n1`, to: ids[0] }), 404, 'NOT_FOUND');
    await expectProblem(await decide({ decision: 'sever', from: ids[1], to: ids[0] }), 400, 'BAD_REQUEST');
    await expectProblem(await server.send('DELETE', '/api/campaigns/links/999'), 404, 'NOT_FOUND');
  });

  it('gives each day of what recurs, and the working day before a day of rest', async () => {
    const { campaignId } = await one();
    const { items } = await jsonOf(server.get(`/api/campaigns/${campaignId}/calendar`), Calendar);
    const monthly = items.filter(({ notice }) => notice === ids[0]).map(({ date }) => date);
    expect(monthly).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => `2025-${String(month).padStart(2, '0')}-10`));
    // 10 May 2025 is a Saturday, 29 November one too.
    expect(items.find(({ date }) => date === '2025-05-10')?.workingDay).toBe('2025-05-09');
    expect(items.find(({ notice }) => notice === ids[1])).toMatchObject({
      date: '2025-11-29',
      workingDay: '2025-11-28',
    });
    const within = await jsonOf(
      server.get(`/api/campaigns/${campaignId}/calendar?from=2025-06-01&to=2025-06-30&notice=${ids[0]}`),
      Calendar,
    );
    expect(within.items.map(({ date }) => date)).toEqual(['2025-06-10']);
  });

  it('is a calendar to subscribe to: folded lines, a rule for what recurs, the same identifiers again', async () => {
    const { campaignId } = await one();
    const response = await server.get(`/api/campaigns/${campaignId}/calendar.ics`);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await response.text();
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const lines = unfold(text);
    expect(lines).toContain('RRULE:FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20251231');
    expect(lines).toContain('DTSTART;VALUE=DATE:20250410');
    expect(lines).toContain('RECURRENCE-ID;VALUE=DATE:20250510');
    expect(lines).toContain('DTSTART;VALUE=DATE:20250509');
    expect(lines).toContain('DTSTART;TZID=Asia/Shanghai:20251128T170000');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(
      lines.filter((line) => line === 'END:VEVENT').length,
    );
    const identifiers = (all: readonly string[]) => all.filter((line) => line.startsWith('UID:'));
    const again = await (await server.get(`/api/campaigns/${campaignId}/calendar.ics?rest=printed`)).text();
    expect(new Set(identifiers(unfold(again)))).toEqual(new Set(identifiers(lines)));
    expect(again).not.toContain('RECURRENCE-ID');
    expect(again).toContain('DTSTART;TZID=Asia/Shanghai:20251129T170000');
  });
});

describe('Campaigns behind a token and with masked contacts', () => {
  it('opens the calendar, and nothing else, with the key of its address', async () => {
    const token = 'a-token-of-some-length';
    const server = await runServer({ regions, token, maskContacts: 'true' });
    const signed = { Authorization: `Bearer ${token}` };
    const ids = await fill(server, signed);
    const { items } = await jsonOf(server.get('/api/campaigns', signed), Campaigns);
    const campaign = await jsonOf(server.get(`/api/campaigns/${items[0]!.campaignId}`, signed), CampaignDetail);
    expect(campaign.subscription).not.toContain(token);
    expect((await server.get(campaign.subscription)).status).toBe(200);
    expect((await server.get(`${campaign.subscription}&notice=${ids[0]}`)).status).toBe(200);
    expect((await server.get(campaign.subscription.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(
      401,
    );
    const key = /key=(.+)$/.exec(campaign.subscription)?.[1];
    for (const address of [
      `/api/campaigns/${campaign.campaignId}`,
      '/api/campaigns',
      '/api/campaigns/c999/calendar.ics',
    ]) {
      expect((await server.get(`${address}?key=${key}`)).status).toBe(401);
    }
    const contacts = await (await server.get(`/api/campaigns/${campaign.campaignId}/contacts`, signed)).text();
    expect(contacts).toContain('林木森');
    expect(contacts).not.toMatch(/6612345|yh@/);
    await server.close();
  }, 60_000);
});

it('folds lines at 75 octets without cutting a character', () => {
  const line = `SUMMARY:${'报送工作情况和统计表'.repeat(12)}😀${'a'.repeat(80)}`;
  const folded = fold(line);
  for (const part of folded.split('\r\n')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
  expect(folded.replace(/\r\n /g, '')).toBe(line);
});
