import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAnnotated } from '../../corpus/cascades/annotated.ts';
import { generateLineage, type LineageNotice } from '../../corpus/cascades/generateLineage.ts';
import { memberId, type NewLinkDecision } from '../../models/api/campaign.ts';
import type { NewCorrection } from '../../models/api/library.ts';
import type { LineageNode } from '../../models/index.ts';
import { linkProfiles } from '../../pipeline/campaign/linkCampaigns.ts';
import { profileOf } from '../../pipeline/campaign/linkProfile.ts';
import { type Library, openLibrary } from '../../server/library.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { databasePath } from '../../server/store/sqliteStore.ts';
import { extractionOf } from '../extraction.ts';
import { temporaryFolder } from './folders.ts';

const lineage = generateLineage(7, { provinces: 2, prefectures: 2, counties: 2, campaigns: 3 });

async function libraryOf(): Promise<Library> {
  const folder = await temporaryFolder();
  const regions = `${folder}/regions.json`;
  await writeFile(regions, JSON.stringify(lineage.regions));
  const library = await openLibrary({ data: `${folder}/library`, keepDeletedDays: 30, regions });
  databases.set(library, await openDatabase(databasePath(library.folder)));
  return library;
}

const databases = new Map<Library, Database>();
/** The database of a library, for what nobody does through the store. */
const tampered = (library: Library): Database => databases.get(library)!;
afterEach(async () => {
  for (const database of databases.values()) await database.close();
  databases.clear();
});

async function put(library: Library, { id, source }: LineageNotice): Promise<string> {
  const { text, notice } = parseAnnotated(source);
  const path = library.incoming.incomingPath();
  await writeFile(path, `${id}\n${text}`);
  const { file } = await library.store.addFile({ fileName: `${id}.txt`, path }, 'tester');
  await library.store.saveExtraction(file.fileId, extractionOf(text, [notice]), '1', 'tester');
  return file.fileId;
}

/** Every campaign as what it holds: its notices, and each with the one above it. */
function shapeOf(campaigns: readonly { readonly editions: readonly { readonly roots: readonly LineageNode[] }[] }[]) {
  const lines = (node: LineageNode): string[] => [
    `${node.id} < ${node.link?.to ?? ''} ${node.link?.relation ?? ''} ${node.link?.confidence ?? ''} ${node.copies.join()}`,
    ...node.children.flatMap(lines),
  ];
  return campaigns.map(({ editions }) => editions.flatMap(({ roots }) => roots.flatMap(lines)).sort()).sort();
}

async function kept(library: Library) {
  const { items } = await library.campaigns.listCampaigns({ limit: 500, offset: 0 });
  return Promise.all(items.map(async ({ campaignId }) => (await library.campaigns.findCampaign(campaignId))!));
}

/** The same at once, over all notices that are in the library. */
function wholeOf(library: Library, files: ReadonlyMap<LineageNotice, string>) {
  const profiles = [...files].map(([{ id, source }, fileId]) =>
    profileOf({ id: memberId(fileId, 'n1'), fileName: `${id}.txt`, notice: parseAnnotated(source).notice }),
  );
  return linkProfiles(profiles, { regions: library.regions }).campaigns;
}

describe('Campaigns of the library', () => {
  it('are the same, whether notices come one by one or were all there', async () => {
    const library = await libraryOf();
    const files = new Map<LineageNotice, string>();
    for (const notice of lineage.notices) {
      files.set(notice, await put(library, notice));
      await library.campaigns.linkPending();
    }
    expect(shapeOf(await kept(library))).toEqual(shapeOf(wholeOf(library, files)));
    for (const [notice, fileId] of [...files].slice(0, 12)) {
      await library.store.deleteFile(fileId, 'tester');
      files.delete(notice);
      await library.campaigns.linkPending();
    }
    expect(shapeOf(await kept(library))).toEqual(shapeOf(wholeOf(library, files)));
    await library.close();
  }, 60_000);

  const [province, city, county, stranger] = ['province', 'city', 'county', 'stranger'].map((id) => {
    const [first, prefecture, below] = lineage.regions;
    const place = { province: first, city: prefecture, county: below, stranger: below }[id]!;
    const about = id === 'stranger' ? '秸秆禁烧专项行动' : '农药经营“春雷”专项行动';
    const body = `${place.name}农业农村${id === 'province' ? '厅' : '局'}`;
    const source = [
      `机关：${body}`,
      `层级：${place.level}`,
      `区划：${place.code} ${place.name}`,
      `标题：${body}关于开展${about}的通知`,
      '主送：各有关单位',
      `日期：2025年3月${{ province: 1, city: 9, county: 20, stranger: 21 }[id]}日`,
      `行动：${about}`,
      '',
      `决定开展${about}。`,
    ].join('\n');
    return { id, source, truth: lineage.notices[0]!.truth };
  }) as [LineageNotice, LineageNotice, LineageNotice, LineageNotice];

  const three = async () => {
    const library = await libraryOf();
    const ids = new Map<LineageNotice, string>();
    for (const notice of [province, city, county, stranger])
      ids.set(notice, memberId(await put(library, notice), 'n1'));
    await library.campaigns.linkPending();
    const id = (notice: LineageNotice) => ids.get(notice)!;
    const above = async (notice: LineageNotice) => {
      const campaign = await library.campaigns.campaignOf(id(notice));
      const stored = campaign && (await library.campaigns.findCampaign(campaign.campaignId));
      return stored?.links.find(({ from, relation }) => from === id(notice) && relation === 'implements');
    };
    const decide = (decision: Pick<NewLinkDecision, 'decision' | 'from' | 'to' | 'relation'>) =>
      library.campaigns.decide({ note: null, ...decision }, 'clerk');
    const readAgain = async (notice: LineageNotice) => {
      await put(library, notice);
      await library.campaigns.linkPending();
    };
    return { library, id, above, decide, readAgain };
  };

  it('keep what a person decided through another reading, until it is taken back', async () => {
    const { library, id, above, decide, readAgain } = await three();
    expect(await above(county)).toMatchObject({ to: id(city), decision: null });
    const cut = await decide({ decision: 'cut', from: id(county), to: id(city) });
    const confirmed = await decide({ decision: 'confirm', from: id(city), to: id(province) });
    expect(cut).toMatchObject({ actor: 'clerk', undoneAt: null });
    for (const notice of [county, city, province]) await readAgain(notice);
    expect((await above(county))?.to).not.toBe(id(city));
    expect(await above(city)).toMatchObject({ to: id(province), confidence: 1, decision: 'confirmed' });
    expect(await library.campaigns.undo(cut.decisionId, 'chief')).toMatchObject({ undoneBy: 'chief' });
    await library.campaigns.undo(confirmed.decisionId, 'chief');
    expect(await above(county)).toMatchObject({ to: id(city), decision: null });
    expect(await library.campaigns.listDecisions([id(county)])).toHaveLength(1);
    await library.close();
  });

  it('take a notice in and put it out as a person says', async () => {
    const { library, id, decide, readAgain } = await three();
    const campaignOf = async (notice: LineageNotice) => (await library.campaigns.campaignOf(id(notice)))?.campaignId;
    const first = await campaignOf(city);
    expect(await campaignOf(stranger)).not.toBe(first);
    const added = await decide({ decision: 'add', from: id(stranger), to: id(city), relation: 'same-campaign' });
    expect(await campaignOf(stranger)).toBe(first);
    const out = await decide({ decision: 'exclude', from: id(county), to: id(city) });
    await readAgain(county);
    await readAgain(stranger);
    expect(await campaignOf(county)).not.toBe(first);
    expect(await campaignOf(stranger)).toBe(first);
    await library.campaigns.undo(added.decisionId, 'clerk');
    await library.campaigns.undo(out.decisionId, 'clerk');
    expect(await campaignOf(county)).toBe(first);
    expect(await campaignOf(stranger)).not.toBe(first);
    await library.close();
  });

  it('follow what a person corrects in a notice, through another reading and until it is taken back', async () => {
    const { library, id, above, readAgain } = await three();
    const correct = (notice: LineageNotice, field: NewCorrection['field'], value: NewCorrection['value']) =>
      library.store.addCorrection(
        id(notice).slice(0, 64),
        'n1',
        { field, quote: null, value, before: null, note: null, person: null },
        'clerk',
      );
    const linkedTo = async (notice: LineageNotice) => {
      await library.campaigns.linkPending();
      return (await above(notice))?.to;
    };
    const place = (code: string) => library.regions.byCode.get(code)!;
    const named = { fileId: id(county).slice(0, 64), stays: id(city), province: id(province) };
    expect(await linkedTo(county)).toBe(named.stays);

    // A county of another city: its notice came from the province.
    const other = lineage.regions.find(({ level, parent }) => {
      const own = place(city.source.match(/区划：(\d+)/)![1]!);
      return level === 'county' && parent !== own.code && place(parent!).parent === own.parent;
    })!;
    const body = await correct(county, 'issuingBody', { value: `${other.name}农业农村局`, evidence: [] });
    expect(await linkedTo(county)).toBe(named.province);
    await readAgain(county);
    expect(await linkedTo(county)).toBe(named.province);
    await library.store.withdrawCorrection(named.fileId, body.correctionId, 'clerk');
    expect(await linkedTo(county)).toBe(named.stays);

    const date = await correct(county, 'issueDate', { value: '2025-03-05', evidence: [] });
    expect(await linkedTo(county)).toBe(named.stays);
    await correct(city, 'issueDate', { value: '2025-04-20', evidence: [] });
    expect(await linkedTo(county), 'the city came later').toBe(named.province);
    await library.store.withdrawCorrection(named.fileId, date.correctionId, 'clerk');

    const number = { value: '青安〔2025〕8号', agencyCode: '青安', year: 2025, serial: 8, evidence: [] };
    await correct(stranger, 'documentNumber', number);
    const cited = { title: null, documentNumber: number.value, issuingBody: null, role: 'basis' };
    await correct(county, 'citedDocuments', [{ ...cited, evidence: [] }]);
    await library.campaigns.linkPending();
    const { campaignId } = (await library.campaigns.campaignOf(id(county)))!;
    const links = (await library.campaigns.findCampaign(campaignId))!.links;
    expect(links).toContainEqual(expect.objectContaining({ from: id(county), to: id(stranger), stated: true }));

    const title = `${place(stranger.source.match(/区划：(\d+)/)![1]!).name}农业农村局关于开展农药经营“春雷”专项行动的通知`;
    expect(await linkedTo(stranger)).toBeUndefined();
    await correct(stranger, 'title', { value: title, evidence: [] });
    expect(await linkedTo(stranger)).toBeDefined();
    await library.close();
  });

  it('keep their number when they grow, and lead from the old one when two become one', async () => {
    const library = await libraryOf();
    await put(library, city);
    await library.campaigns.linkPending();
    const other = memberId(await put(library, stranger), 'n1');
    await library.campaigns.linkPending();
    const [first, second] = (await library.campaigns.listCampaigns({ limit: 9, offset: 0 })).items
      .map(({ campaignId }) => campaignId)
      .sort();
    const above = memberId(await put(library, province), 'n1');
    await library.campaigns.linkPending();
    expect((await library.campaigns.campaignOf(above))?.campaignId).toBe(first);
    await library.campaigns.decide(
      { decision: 'add', from: other, to: above, relation: 'implements', note: '同一项工作' },
      'clerk',
    );
    expect((await library.campaigns.findCampaign(second!))?.campaignId).toBe(first);
    expect((await library.campaigns.listCampaigns({ limit: 9, offset: 0 })).total).toBe(1);
    await library.close();
  });

  it('are checked against the notices, and made anew where they disagree', async () => {
    const { library, id, decide } = await three();
    await decide({ decision: 'confirm', from: id(county), to: id(city) });
    expect(await library.campaigns.check(false)).toEqual([]);
    const before = shapeOf(await kept(library));
    const { campaignId } = (await library.campaigns.campaignOf(id(county)))!;
    const { campaignId: alone } = (await library.campaigns.campaignOf(id(stranger)))!;
    const numbers = [campaignId, alone].map((one) => Number(one.slice(1)));
    const [own, other] = numbers as [number, number];
    const { body } = await tampered(library).reader('campaign').where('number', own).first('body');
    const harms: readonly [harm: string, fault: RegExp, statement: string, values: readonly (string | number)[]][] = [
      ['a campaign lost', /in campaign c\d+, which is not there/, 'delete from campaign where number = ?', [own]],
      [
        'a campaign of nobody',
        /no notice is in it/,
        'insert into campaign select 99, name, years, levels, members, missing, doubtful, first_date, last_date, body from campaign where number = ?',
        [other],
      ],
      ['a body that is none', /has not the shape/, "update campaign set body = '{' where number = ?", [own]],
      [
        'a link to nothing',
        /leads to .*, which is not there/,
        'update campaign set body = ? where number = ?',
        [body.replaceAll(`"to":"${id(province)}"`, `"to":"${'0'.repeat(64)}.n1"`), own],
      ],
      [
        'words that are gone',
        /rests on are not in the text/,
        'update campaign set body = ? where number = ?',
        [body.replaceAll('"start":', '"start":1'), own],
      ],
      [
        'a notice put elsewhere',
        /other notices than it has/,
        'update link_member set campaign_number = ? where member = ?',
        [other, id(city)],
      ],
      [
        'a notice forgotten',
        /what is linked is not what was read/,
        'delete from link_member where member = ?',
        [id(city)],
      ],
      [
        'a profile of another day',
        /what is linked is not what was read/,
        "update link_member set profile = replace(profile, '2025-03', '2019-03') where member = ?",
        [id(city)],
      ],
      [
        'a notice of no file',
        /its file is not in the library/,
        "insert into link_member (member, file_id, notice_id, profile, card, agenda) values (?, ?, 'n1', '{}', '{}', '{}')",
        [`${'1'.repeat(64)}.n1`, '1'.repeat(64)],
      ],
      [
        'an old address of nothing',
        /became part of c98, which is not there/,
        'insert into campaign_alias values (97, 98)',
        [],
      ],
      [
        'a word of a person on nothing',
        /which is not in the library/,
        "insert into link_decision (decision, from_member, to_id, actor, at) values ('cut', ?, 'missing:x', 'clerk', '')",
        [`${'2'.repeat(64)}.n1`],
      ],
      ['a name forgotten', /nothing finds it by its name/, 'delete from link_name', []],
    ];
    for (const [harm, fault, statement, values] of harms) {
      await tampered(library).writer.raw(statement, [...values]);
      expect((await library.campaigns.check(false)).join('\n'), harm).toMatch(fault);
      expect(await library.campaigns.check(true), harm).not.toEqual([]);
      expect(await library.campaigns.check(false), harm).toEqual([]);
      expect(shapeOf(await kept(library)), harm).toEqual(before);
    }
    await library.close();
  });

  it('lose what was purged, decisions included', async () => {
    const { library, id, decide } = await three();
    await decide({ decision: 'cut', from: id(county), to: id(city) });
    await library.store.deleteFile(id(county).slice(0, 64), 'tester');
    await library.store.purgeDeleted(new Date('2999-01-01'));
    await library.campaigns.linkPending();
    expect(await library.campaigns.campaignOf(id(county))).toBeUndefined();
    expect(await library.campaigns.listDecisions([id(city)])).toEqual([]);
    await library.close();
  });
});
