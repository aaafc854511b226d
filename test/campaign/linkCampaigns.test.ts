import { describe, expect, test } from 'vitest';
import { CampaignLinks, type LineageNode } from '../../models/campaign.ts';
import { type RegionEntry, regionsWith } from '../../models/text/regions.ts';
import { type LinkOptions, linkCampaigns } from '../../pipeline/campaign/linkCampaigns.ts';
import { regionGaps } from '../../pipeline/campaign/regionGaps.ts';
import { type NoticeParts, noticeWith } from '../compare/noticeOf.ts';

/** Invented places; 9 is a digit that GB/T 2260 does not begin with. */
const regions: RegionEntry[] = [
  { code: '980000', name: '青原省', level: 'provincial', parent: null },
  { code: '980100', name: '柳川市', level: 'prefectural', parent: '980000' },
  { code: '980121', name: '云浦县', level: 'county', parent: '980100' },
  { code: '980122', name: '望溪县', level: 'county', parent: '980100' },
  { code: '970000', name: '海宁省', level: 'provincial', parent: null },
  { code: '970123', name: '石门县', level: 'county', parent: '970000' },
];
const campaign = '农资打假“春雷”行动';

const members = (parts: Readonly<Record<string, NoticeParts>>) =>
  Object.entries(parts).map(([id, one]) => ({ id, fileName: `${id}.txt`, notice: noticeWith(one) }));
const link = (parts: Readonly<Record<string, NoticeParts>>, options: Omit<LinkOptions, 'regions'> = {}) =>
  linkCampaigns(members(parts), { regions, ...options });

const province: NoticeParts = {
  body: '青原省农业农村厅',
  level: 'provincial',
  region: '980000 青原省',
  number: '青农发〔2025〕9号',
  title: '青原省农业农村厅关于开展农资打假“春雷”行动的通知',
  date: '2025年2月10日',
  campaign,
  text: '根据[[cite 全国农资打假专项治理行动实施方案|国农质发〔2025〕1号|basis]]，开展农资打假“春雷”行动。',
};
const city: NoticeParts = {
  body: '柳川市农业农村局',
  level: 'prefectural',
  region: '980100 柳川市',
  number: '柳农〔2025〕31号',
  title: '柳川市农业农村局关于开展农资打假“春雷”行动的通知',
  date: '2025年2月25日',
  campaign,
  text: '根据[[cite |青农发[2025]09 号|basis]]要求，开展农资打假“春雷”行动。',
};
const county: NoticeParts = {
  body: '云浦县农业农村局',
  level: 'county',
  region: '980121 云浦县',
  title: '云浦县农业农村局关于开展农资打假“春雷”行动的通知',
  date: '2025年3月3日',
  campaign,
  text: '在全县开展农资打假“春雷”行动。',
};

/** 省>市>县, missing ones in brackets. */
const shape = (nodes: readonly LineageNode[]): string =>
  nodes
    .map(
      (node) =>
        `${node.missing ? `[${node.id}]` : node.id}${node.children.length > 0 ? `>(${shape(node.children)})` : ''}`,
    )
    .join(' ');

describe('who passed what on', () => {
  test('by number, by name and place; what is cited and not here stands at the top', () => {
    const { campaigns, links, missing } = link({ county, city, province });
    expect(campaigns).toHaveLength(1);
    expect(shape(campaigns[0]!.editions[0]!.roots)).toBe('[missing:国农质发[2025]1号]>(province>(city>(county)))');
    expect(missing[0]).toMatchObject({
      title: '全国农资打假专项治理行动实施方案',
      year: 2025,
      citedBy: [{ id: 'province' }],
    });
    const byNumber = links.find(({ from, to }) => from === 'city' && to === 'province');
    expect(byNumber).toMatchObject({ relation: 'implements', confidence: 0.98 });
    expect(byNumber?.evidence[0]?.quote).toContain('青农发[2025]09 号');
    const byName = links.find(({ from }) => from === 'county');
    expect(byName).toMatchObject({ to: 'city', relation: 'implements' });
    expect(byName?.confidence).toBeLessThan(0.9);
    expect(byName?.why).toContain('柳川市下属');
  });

  test('a county of another province does not answer this one', () => {
    const stranger: NoticeParts = {
      ...county,
      body: '石门县农业农村局',
      region: '970123 石门县',
      title: '石门县农业农村局关于开展农资打假工作的通知',
      campaign: '农资打假工作',
    };
    const { links } = link({ province, stranger });
    expect(links.filter(({ from, relation }) => from === 'stranger' && relation === 'implements')).toEqual([]);
  });

  test('a document that everybody cites joins nobody', () => {
    const general = '[[cite 关于严格规范涉企行政检查的意见|国办发〔2024〕54号|mentioned]]';
    const { campaigns } = link({
      one: { ...county, campaign: '农资打假行动', title: '关于开展农资打假行动的通知', text: `贯彻${general}。` },
      two: {
        ...county,
        body: '望溪县教育局',
        region: '980122 望溪县',
        campaign: '校车安全检查',
        title: '关于开展校车安全检查的通知',
        text: `贯彻${general}。`,
      },
    });
    expect(campaigns).toHaveLength(2);
  });

  test('a cover in the same file hangs under what it forwards', () => {
    const inner = noticeWith(city, 'n2');
    const cover = { ...noticeWith({ ...county, text: '现转发给你们。' }, 'n1'), forwards: 'n2' };
    const { campaigns } = linkCampaigns(
      [
        { id: 'f#n1', fileName: 'f.txt', notice: cover },
        { id: 'f#n2', fileName: 'f.txt', notice: inner },
      ],
      { regions },
    );
    expect(shape(campaigns[0]!.editions[0]!.roots)).toContain('f#n2>(f#n1)');
  });

  test('two notices that cite each other make no circle', () => {
    const { campaigns } = link({
      a: { ...city, number: '柳农〔2025〕1号', text: '根据[[cite |青农发〔2025〕2号|basis]]。' },
      b: { ...province, number: '青农发〔2025〕2号', text: '根据[[cite |柳农〔2025〕1号|basis]]。' },
    });
    expect(shape(campaigns[0]!.editions[0]!.roots)).toBe('b>(a)');
  });

  test('divisions below one that has issued, and have not themselves, are named', () => {
    const { campaigns } = link({ city, county });
    expect(regionGaps(campaigns[0]!.editions[0]!, regionsWith(regions))).toEqual([
      {
        upper: { code: '980100', name: '柳川市' },
        level: 'county',
        issued: [{ code: '980121', name: '云浦县' }],
        silent: [{ code: '980122', name: '望溪县' }],
      },
    ]);
  });
});

describe('the next year', () => {
  const renewed: NoticeParts = {
    ...province,
    number: '青农发〔2026〕6号',
    title: '青原省农业农村厅关于开展农资打假“春雷”巩固提升行动的通知',
    date: '2026年2月20日',
    campaign: '农资打假“春雷”巩固提升行动',
    text: '在总结2025年工作的基础上，开展农资打假“春雷”巩固提升行动。',
  };

  test('a renewal is another edition of the same campaign', () => {
    const { campaigns, links } = link({ province, city, renewed });
    expect(campaigns).toHaveLength(1);
    expect(campaigns[0]?.editions.map(({ year, members: ids }) => [year, ids])).toEqual([
      [2025, ['city', 'province']],
      [2026, ['renewed']],
    ]);
    expect(links.find(({ from }) => from === 'renewed')).toMatchObject({ to: 'province', relation: 'renews' });
  });

  test('citing last year’s notice does not make it this year’s basis', () => {
    const citing = { ...renewed, text: '在[[cite |青农发〔2025〕9号|basis]]的基础上继续开展。' };
    const { campaigns } = link({ province, citing });
    expect(campaigns[0]?.editions.map(({ year }) => year)).toEqual([2025, 2026]);
  });
});

describe('versions of one notice', () => {
  const body =
    '一、任务\n各地要对农药、种子、肥料经营门店逐家检查，查清进货渠道，依法查处假劣农资。\n二、要求\n按时报送。';

  test('the same from two sources', () => {
    const { versions, links } = link({
      site: { ...city, text: body },
      mail: { ...city, text: body.replace('查清', '查 清') },
    });
    expect(versions).toEqual([{ kind: 'duplicate', members: ['mail', 'site'] }]);
    expect(links.find(({ relation }) => relation === 'duplicate')?.why).toContain('文号相同');
  });

  test('a correction', () => {
    const { versions } = link({
      first: { ...city, text: body },
      second: {
        ...city,
        number: '柳农〔2025〕40号',
        date: '2025年3月5日',
        title: '柳川市农业农村局关于更正开展农资打假“春雷”行动的通知',
        text: '将报送日期更正为每月20日。',
      },
    });
    expect(versions).toEqual([{ kind: 'correction', members: ['first', 'second'] }]);
  });

  test('issued again under another number', () => {
    const { versions } = link({
      first: { ...city, text: body },
      again: { ...city, number: '柳农〔2025〕52号', date: '2025年4月1日', text: `${body}\n三、补充\n增加水产投入品。` },
    });
    expect(versions).toEqual([{ kind: 'reissue', members: ['first', 'again'] }]);
  });
});

describe('what a person decided stands', () => {
  test('a cut link stays cut, whatever is found again', () => {
    const { links, campaigns } = link(
      { city, county },
      { decisions: [{ decision: 'cut', from: 'county', to: 'city' }] },
    );
    expect(links.some(({ from, to }) => from === 'county' && to === 'city')).toBe(false);
    expect(campaigns.flatMap(({ editions }) => editions.flatMap(({ roots }) => roots.map(({ id }) => id)))).toContain(
      'county',
    );
  });

  test('what was said of a document that was missing holds for it when it comes in', () => {
    const title = '柳川市农业农村局关于开展农资打假“春雷”行动的通知';
    for (const cited of [`[[cite ${title}||basis]]`, '[[cite |柳农〔2025〕31号|basis]]']) {
      const citing = { ...county, text: `根据${cited}，开展检查。` };
      const missing = link({ citing }).links.find(({ from }) => from === 'citing')!.to;
      expect(missing).toMatch(/^missing:/);
      const decisions = [{ decision: 'cut', from: 'citing', to: missing }] as const;
      expect(link({ citing }, { decisions }).links).toEqual([]);
      expect(link({ citing, city }, { decisions }).links.filter(({ to }) => to === 'city')).toEqual([]);
      const confirmed = [{ decision: 'confirm', from: 'citing', to: missing }] as const;
      expect(link({ citing, city }, { decisions: confirmed }).links).toContainEqual(
        expect.objectContaining({ from: 'citing', to: 'city', confidence: 1, decision: 'confirmed' }),
      );
    }
  });

  test('a confirmed link is sure', () => {
    const { links } = link({ city, county }, { decisions: [{ decision: 'confirm', from: 'county', to: 'city' }] });
    expect(links.find(({ from }) => from === 'county')).toMatchObject({ confidence: 1, decision: 'confirmed' });
  });

  test('an added link is there although nothing states it, and a confirmed one although it is no longer found', () => {
    const other: NoticeParts = {
      ...county,
      campaign: '秸秆禁烧工作',
      title: '关于做好秸秆禁烧工作的通知',
      text: '做好禁烧。',
    };
    for (const decision of ['add', 'confirm'] as const) {
      const { campaigns, links } = link({ city, other }, { decisions: [{ decision, from: 'other', to: 'city' }] });
      expect(links.find(({ from }) => from === 'other')).toMatchObject({ to: 'city', confidence: 1 });
      expect(shape(campaigns[0]!.editions[0]!.roots)).toContain('city>(other)');
    }
  });
});

test('the result fits its schema and is the same in any order', () => {
  const forward = link({ province, city, county });
  const backward = link({ county, city, province });
  const plain: unknown = JSON.parse(JSON.stringify(forward));
  expect(CampaignLinks.parse(plain)).toEqual(plain);
  expect(backward.campaigns).toEqual(forward.campaigns);
});

test('a thousand counties are linked without comparing all with all', () => {
  const parts: Record<string, NoticeParts> = { city };
  for (let i = 0; i < 1000; i++) {
    parts[`c${i}`] = {
      ...county,
      body: `第${i}县农业农村局`,
      region: `9801${String(10 + (i % 80))} 第${i}县`,
      title: `第${i}县关于开展农资打假“春雷”行动的通知`,
    };
  }
  const { campaigns } = link(parts);
  expect(campaigns[0]?.editions[0]?.members).toHaveLength(1001);
});
