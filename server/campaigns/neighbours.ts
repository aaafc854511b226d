import type { Knex } from 'knex';
import { keysOf, type LinkProfile } from '../../pipeline/campaign/linkProfile.ts';
import {
  type CampaignName,
  isRelatedName,
  nameGrams,
  possibleName,
  sameCampaign,
} from '../../pipeline/campaign/names.ts';
import { inChunks } from './members.ts';

/** Which notices a change can touch, found by their keys: see `ProfileKeys`. */

/** So many matters of inspection in common are looked at. */
const tellingItems = 4;
/** A word that so many campaigns share tells none of them. */
const mostNames = 1_000;

/** What must be looked at together with these: what they cite, bear the number, the title, the name or the matters of. */
export async function neededBy(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<string>> {
  const needed = new Set<string>();
  const names = new Map<string, CampaignName>();
  await inChunks(members, async (some) => {
    const slots = some.map(() => '?').join(',');
    const rows: { member: string }[] = await transaction.raw(
      `select distinct b.member from link_key a join link_key b on b.key = a.key
       where a.member in (${slots})
         and ((a.kind in ('own', 'cited') and b.kind = 'own') or (a.kind = 'mate' and b.kind = 'mate'))
       union
       select to_id from link_decision where from_member in (${slots}) and undone_at is null
       union
       select from_member from link_decision where to_id in (${slots}) and undone_at is null`,
      [...some, ...some, ...some],
    );
    for (const { member } of rows) needed.add(member);
    const named: { name_key: string; name: string }[] = await transaction('link_member')
      .join('link_name', 'link_name.name_key', 'link_member.name_key')
      .whereIn('link_member.member', some)
      .distinct('link_name.name_key', 'link_name.name');
    for (const { name_key, name } of named) names.set(name_key, JSON.parse(name));
  });
  const like = new Set<string>();
  const related = new Set<string>();
  for (const [key, name] of names) {
    const near = await namesNear(transaction, key, name);
    for (const other of near.like) like.add(other);
    for (const other of near.related) related.add(other);
  }
  await inChunks([...like], async (some) => {
    const rows: { member: string }[] = await transaction('link_member').whereIn('name_key', some).select('member');
    for (const { member } of rows) needed.add(member);
  });
  if (related.size > 0) for (const member of await sharingItems(transaction, members, related)) needed.add(member);
  return needed;
}

/** Of the notices with names related to these, those that have several matters of inspection in common with one of them. */
async function sharingItems(
  transaction: Knex.Transaction,
  members: readonly string[],
  names: ReadonlySet<string>,
): Promise<Set<string>> {
  const sharing = new Set<string>();
  await inChunks([...names], (someNames) =>
    inChunks(members, async (some) => {
      const rows: { member: string }[] = await transaction.raw(
        `select distinct member from (
           select a.member as own, b.member as member, count(*) as shared
           from link_member m cross join link_key b on b.member = m.member and b.kind = 'item'
             cross join link_key a on a.key = b.key and a.kind = 'item'
           where m.name_key in (${someNames.map(() => '?').join(',')})
             and a.member in (${some.map(() => '?').join(',')})
           group by a.member, b.member having shared >= ${tellingItems})`,
        [...someNames, ...some],
      );
      for (const { member } of rows) sharing.add(member);
    }),
  );
  return sharing;
}

/** Those that cite these, by number or title. */
export async function citersOf(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<string>> {
  const citers = new Set<string>();
  await inChunks(members, async (some) => {
    const slots = some.map(() => '?').join(',');
    const rows: { member: string }[] = await transaction.raw(
      `select distinct b.member from link_key a join link_key b on b.key = a.key and b.kind = 'cited'
       where a.member in (${slots}) and a.kind = 'own'`,
      [...some],
    );
    for (const { member } of rows) citers.add(member);
  });
  return citers;
}

/** The keys of the names that may mean the same campaign, and of those that are only about something related. */
async function namesNear(
  transaction: Knex.Transaction,
  key: string,
  name: CampaignName,
): Promise<{ readonly like: readonly string[]; readonly related: readonly string[] }> {
  const candidates = new Map<string, CampaignName>();
  for (const gram of nameGrams(name)) {
    const rows: { name_key: string; name: string }[] = await transaction('link_gram')
      .join('link_name', 'link_name.name_key', 'link_gram.name_key')
      .where('link_gram.gram', gram)
      .limit(mostNames + 1)
      .select('link_name.name_key', 'link_name.name');
    if (rows.length > mostNames) continue;
    for (const row of rows) if (!candidates.has(row.name_key)) candidates.set(row.name_key, JSON.parse(row.name));
  }
  const like = [key];
  const related: string[] = [];
  for (const [other, candidate] of candidates) {
    if (sameCampaign(name, candidate) >= possibleName) like.push(other);
    else if (isRelatedName(name, candidate)) related.push(other);
  }
  return { like, related };
}

export async function campaignsOf(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<number>> {
  const numbers = new Set<number>();
  await inChunks(members, async (some) => {
    const rows: { campaign_number: number }[] = await transaction('link_member')
      .whereIn('member', some)
      .whereNotNull('campaign_number')
      .distinct('campaign_number');
    for (const row of rows) numbers.add(row.campaign_number);
  });
  return numbers;
}

export async function membersOf(transaction: Knex.Transaction, campaigns: readonly number[]): Promise<string[]> {
  const members: string[] = [];
  await inChunks(campaigns, async (some) => {
    const rows: { member: string }[] = await transaction('link_member')
      .whereIn('campaign_number', some)
      .select('member');
    members.push(...rows.map(({ member }) => member));
  });
  return members;
}

export async function profilesOf(transaction: Knex.Transaction, members: readonly string[]): Promise<LinkProfile[]> {
  const profiles: LinkProfile[] = [];
  await inChunks(members, async (some) => {
    const rows: { profile: string }[] = await transaction('link_member').whereIn('member', some).select('profile');
    profiles.push(...rows.map(({ profile }): LinkProfile => JSON.parse(profile)));
  });
  return profiles.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Keys that these cite and none of them owns. */
export function keysCitedOutside(profiles: readonly LinkProfile[]): readonly string[] {
  const keys = profiles.map(keysOf);
  const owned = new Set(keys.flatMap(({ own }) => own));
  return [...new Set(keys.flatMap(({ cited }) => cited))].filter((key) => !owned.has(key));
}

export async function ownersOf(transaction: Knex.Transaction, keys: readonly string[]): Promise<string[]> {
  const owners = new Set<string>();
  await inChunks(keys, async (some) => {
    const rows: { member: string }[] = await transaction('link_key')
      .whereIn('key', some)
      .where('kind', 'own')
      .select('member');
    for (const { member } of rows) owners.add(member);
  });
  return [...owners];
}
