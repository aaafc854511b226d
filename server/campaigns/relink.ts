import type { Knex } from 'knex';
import type { CampaignLinks, LinkedCampaign } from '../../models/index.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import { groupBy } from '../../pipeline/campaign/groups.ts';
import { linkProfiles } from '../../pipeline/campaign/linkCampaigns.ts';
import type { LinkProfile } from '../../pipeline/campaign/linkProfile.ts';
import { type Database, write } from '../store/database.ts';
import { amongJson } from './among.ts';
import { rowOf } from './campaignRow.ts';
import type { CampaignStore, LinkOutcome } from './campaignStore.ts';
import { standingDecisions } from './decisions.ts';
import { type MemberRow, memberRows, putMembers } from './members.ts';
import { campaignsOf, citersOf, keysCitedOutside, membersOf, neededBy, ownersOf } from './neighbours.ts';
import { profileReader, type ReadProfiles } from './profiles.ts';
import { type CampaignBody, type CampaignRow, summaryColumns, toSummary } from './reading.ts';

/** Files noted in one transaction; others that want to write wait no longer than for these. */
const filesAtOnce = 100;

interface LinkParts {
  readonly regions: RegionIndex;
  readonly profilesOf: ReadProfiles;
}

interface RelinkMethods extends Pick<CampaignStore, 'linkPending' | 'countPending'> {
  relinkMembers(transaction: Knex.Transaction, members: readonly string[]): Promise<void>;
}

/**
 * The part of the store of campaigns that links, in two steps, each of small transactions: changed files leave new profiles
 * and mark what depends on them; then what is marked is linked anew, one campaign with its neighbours at a time.
 */
export function relinkMethods(database: Database, regions: RegionIndex): RelinkMethods {
  const parts: LinkParts = { regions, profilesOf: profileReader() };
  const countPending = async () => {
    const count = async (table: string) =>
      Number((await database.reader(table).count({ total: '*' }).first())?.total ?? 0);
    return (await count('link_todo')) + (await count('link_dirty'));
  };
  const noteSome = async (): Promise<readonly string[]> => {
    const due: { number: number; file_id: string }[] = await database
      .reader('link_todo')
      .orderBy('number')
      .limit(filesAtOnce);
    if (due.length === 0) return [];
    // Before the lock is taken: to look through the extractions takes longest.
    const rows = await memberRows(
      database.reader,
      due.map(({ file_id }) => file_id),
      regions,
    );
    return write(database, async (transaction) => {
      const numbers = due.map(({ number }) => number);
      // One that changed again meanwhile has a new number, and its turn comes.
      const still: { file_id: string }[] = await transaction('link_todo').whereIn('number', numbers);
      const files = still.map(({ file_id }) => file_id);
      await noteFiles(
        transaction,
        files,
        files.flatMap((file) => rows.get(file) ?? []),
      );
      await transaction('link_todo').whereIn('number', numbers).delete();
      return files;
    });
  };
  /** Links the first that is marked, with all that it needs. false: there was none. */
  const linkOne = () =>
    write(database, async (transaction) => {
      const first: { member: string } | undefined = await transaction('link_dirty').first('member');
      if (first === undefined) return false;
      await relinkFrom(transaction, parts, [first.member]);
      return true;
    });
  // One at a time within a process; between processes the write lock sees to it.
  let turn: Promise<unknown> = Promise.resolve();
  const linkPending = (signal?: AbortSignal): Promise<LinkOutcome> => {
    const own = turn.then(async () => {
      const files: string[] = [];
      while (!signal?.aborted) {
        const some = await noteSome();
        if (some.length === 0) break;
        files.push(...some);
      }
      while (!signal?.aborted && (await linkOne()));
      return {
        files: files.length,
        campaignOf: await campaignsNow(database.reader, files),
        left: await countPending(),
      };
    });
    turn = own.catch(() => undefined);
    return own;
  };
  return {
    countPending,
    linkPending,
    relinkMembers: (transaction, members) => relinkFrom(transaction, parts, members),
  };
}

/** Puts the new profiles of files in place of the old ones, and marks what is to be linked anew. */
async function noteFiles(
  transaction: Knex.Transaction,
  files: readonly string[],
  rows: readonly MemberRow[],
): Promise<void> {
  const before: { member: string; campaign_number: number | null }[] = await transaction('link_member')
    .whereIn('file_id', files)
    .select('member', 'campaign_number');
  const gone = before.map(({ member }) => member);
  const numbers = [...new Set(before.flatMap(({ campaign_number }) => campaign_number ?? []))];
  const touched = new Set([...(await neededBy(transaction, gone)), ...(await citersOf(transaction, gone))]);
  for (const member of await membersOf(transaction, numbers)) touched.add(member);
  await transaction('link_member').whereIn('file_id', files).delete();
  await putMembers(transaction, rows, new Map(before.map((row) => [row.member, row.campaign_number])));
  const members = rows.map(({ member }) => member);
  for (const member of await citersOf(transaction, members)) touched.add(member);
  for (const member of members) touched.add(member);
  await transaction.raw(
    `insert into link_dirty select member from link_member where ${amongJson('member')} on conflict do nothing`,
    [JSON.stringify([...touched])],
  );
  await transaction('link_dirty').whereIn('member', gone).whereNotIn('member', members).delete();
  // Campaigns of which nothing is left have nobody that would be linked anew.
  await transaction('campaign')
    .whereRaw(amongJson('number'), [JSON.stringify(numbers)])
    .whereNotExists(transaction('link_member').whereRaw('link_member.campaign_number = campaign.number'))
    .delete();
}

async function campaignsNow(reader: Knex, files: readonly string[]): Promise<LinkOutcome['campaignOf']> {
  const rows: (CampaignRow & { member: string })[] = await reader('link_member')
    .join('campaign', 'campaign.number', 'link_member.campaign_number')
    .whereRaw(amongJson('link_member.file_id'), [JSON.stringify(files)])
    .select('link_member.member', ...summaryColumns);
  return new Map(rows.map((row) => [row.member, toSummary(row)]));
}

/**
 * Links anew the given members and all that is marked around them, with the whole of every campaign that any of them is
 * in, and keeps the result. What only cites one of them is marked itself, and has its own turn.
 */
async function relinkFrom(
  transaction: Knex.Transaction,
  { regions, profilesOf }: LinkParts,
  start: readonly string[],
): Promise<void> {
  const all = new Set(start);
  const numbers = new Set<number>();
  let news: readonly string[] = start;
  while (news.length > 0) {
    const added = new Set(await neededBy(transaction, news));
    const known = [...(await campaignsOf(transaction, [...news, ...added]))].filter((number) => !numbers.has(number));
    for (const number of known) numbers.add(number);
    for (const member of await membersOf(transaction, known)) added.add(member);
    const fresh = [...added].filter((member) => !all.has(member));
    for (const member of fresh) all.add(member);
    news = await dirtyAmong(transaction, fresh);
  }
  const profiles = await profilesOf(transaction, [...all]);
  const inside = new Set(profiles.map((profile) => profile.id));
  const outside = (await ownersOf(transaction, keysCitedOutside(profiles))).filter((id) => !inside.has(id));
  const linked = linkProfiles(profiles, {
    regions,
    decisions: await standingDecisions(transaction, [...all]),
    context: await profilesOf(transaction, outside),
  });
  await keep(transaction, linked, profiles, numbers);
  await transaction('link_dirty')
    .whereRaw(amongJson('member'), [JSON.stringify([...all])])
    .delete();
}

async function dirtyAmong(transaction: Knex.Transaction, members: readonly string[]): Promise<string[]> {
  const rows: { member: string }[] = await transaction('link_dirty').whereRaw(amongJson('member'), [
    JSON.stringify(members),
  ]);
  return rows.map(({ member }) => member);
}

/**
 * Puts the campaigns as they are now in place of those that were. A campaign keeps its number with the greater part of its
 * notices; the number of one that became part of another leads to that.
 */
async function keep(
  transaction: Knex.Transaction,
  linked: CampaignLinks,
  profiles: readonly LinkProfile[],
  before: ReadonlySet<number>,
): Promise<void> {
  const were: { member: string; campaign_number: number }[] = await transaction('link_member')
    .whereRaw(amongJson('member'), [JSON.stringify(profiles.map((profile) => profile.id))])
    .whereNotNull('campaign_number')
    .select('member', 'campaign_number');
  const numberBefore = new Map(were.map((row) => [row.member, row.campaign_number]));
  const membersIn = (campaign: LinkedCampaign) => campaign.editions.flatMap((edition) => edition.members);
  const claims = linked.campaigns.flatMap((campaign, at) => {
    const counts = new Map<number, number>();
    for (const member of membersIn(campaign)) {
      const number = numberBefore.get(member);
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return [...counts].map(([number, count]) => ({ at, number, count }));
  });
  claims.sort((a, b) => b.count - a.count || a.number - b.number || a.at - b.at);
  const numberAt = new Map<number, number>();
  const heirs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { at, number } of claims) {
    if (!heirs.has(number)) heirs.set(number, at);
    if (numberAt.has(at) || taken.has(number)) continue;
    numberAt.set(at, number);
    taken.add(number);
  }
  const rows: CampaignRow[] = await transaction('campaign').whereRaw(amongJson('number'), [
    JSON.stringify([...before]),
  ]);
  const rowsBefore = new Map(rows.map((row) => [row.number, row]));
  const gone = JSON.stringify([...before].filter((number) => !taken.has(number)));
  await transaction('campaign').whereRaw(amongJson('number'), [gone]).delete();
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const parts = partsOf(linked);
  for (const [at, campaign] of linked.campaigns.entries()) {
    const members = membersIn(campaign);
    const row = rowOf(campaign, parts(members), byId);
    const number = numberAt.get(at);
    const given = number ?? Number((await transaction('campaign').insert(row))[0]);
    // What came near it and changed nothing is not written.
    if (number !== undefined && !isSameRow(row, rowsBefore.get(number))) {
      await transaction('campaign')
        .insert({ ...row, number })
        .onConflict('number')
        .merge();
    }
    numberAt.set(at, given);
    taken.add(given);
    await setNumber(
      transaction,
      members.filter((member) => numberBefore.get(member) !== given),
      given,
    );
    for (const member of members) numberBefore.delete(member);
  }
  await setNumber(transaction, [...numberBefore.keys()], null);
  for (const [old, at] of heirs) {
    const heir = numberAt.get(at);
    if (heir === undefined || heir === old || taken.has(old)) continue;
    await transaction('campaign_alias').insert({ number: old, campaign_number: heir }).onConflict('number').merge();
  }
}

function isSameRow(row: Omit<CampaignRow, 'number'>, was: CampaignRow | undefined): boolean {
  const columns = Object.keys(row) as (keyof typeof row)[];
  return was !== undefined && columns.every((column) => row[column] === was[column]);
}

/** Rows are wide: those that stay in their campaign are not written. */
async function setNumber(transaction: Knex.Transaction, members: readonly string[], number: number | null) {
  if (members.length === 0) return;
  await transaction('link_member')
    .whereRaw(amongJson('member'), [JSON.stringify(members)])
    .update({ campaign_number: number });
}

/** The links, missing documents and versions of some members. */
function partsOf(linked: CampaignLinks): (members: readonly string[]) => Omit<CampaignBody, 'editions'> {
  const linksFrom = groupBy(linked.links, (link) => link.from);
  const documents = new Map(linked.missing.map((document) => [document.id, document]));
  const versions = new Map(linked.versions.flatMap((group) => group.members.map((member) => [member, group])));
  return (members) => {
    const inside = new Set(members);
    const links = members.flatMap((member) => linksFrom.get(member) ?? []);
    const cited = new Set(links.map((link) => link.to));
    return {
      links,
      missingDocuments: [...cited].flatMap((id) => {
        const document = documents.get(id);
        return document === undefined
          ? []
          : [{ ...document, citedBy: document.citedBy.filter((citing) => inside.has(citing.id)) }];
      }),
      versions: [...new Set(members.flatMap((member) => versions.get(member) ?? []))],
    };
  };
}
