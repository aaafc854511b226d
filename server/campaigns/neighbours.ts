import type { Knex } from 'knex';
import { groupBy } from '../../pipeline/campaign/groups.ts';
import { keysOf, type LinkProfile } from '../../pipeline/campaign/linkProfile.ts';
import {
  type CampaignName,
  isRelatedName,
  mostNames,
  nameGrams,
  possibleName,
  sameCampaign,
} from '../../pipeline/campaign/names.ts';
import { amongJson } from './among.ts';

/** Which notices a change can touch, found by their keys: see `ProfileKeys`. Each step is linear in what it finds. */

/** So many matters of inspection in common are looked at. */
const tellingItems = 4;

interface MemberName {
  readonly member: string;
}

/**
 * What must be looked at together with these: what they cite, what bears their number, what forwards the same, and, in
 * their own province or the nation, what bears their name or says the same.
 */
export async function neededBy(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<string>> {
  const list = JSON.stringify(members);
  const rows: MemberName[] = await transaction.raw(
    `with own as materialized (
       select distinct key, kind from link_key where ${amongJson('member')} and kind in ('own', 'cited', 'forwarded', 'mate')
     )
     select member from link_key where kind = 'own'
       and key in (select key from own where kind = 'cited' or (kind = 'own' and key glob 'n:*'))
     union select member from link_key where kind = 'mate' and key in (select key from own where kind = 'mate')
     union select member from link_key where kind = 'forwarded' and key in (select key from own where kind = 'forwarded')
     union select to_id from link_decision where ${amongJson('from_member')} and undone_at is null
     union select from_member from link_decision where ${amongJson('to_id')} and undone_at is null`,
    [list, list, list],
  );
  const needed = new Set(rows.map(({ member }) => member));
  for (const member of await ofAlikeNames(transaction, list)) needed.add(member);
  return needed;
}

/** A name and in which province it is asked for; null: in all. */
type Wanted = readonly [name: string, province: string | null];

/** What of a name is looked at for a notice of a province. */
const isNear = `(wanted.value ->> 1 is null or near.province is null or near.province in ('national', wanted.value ->> 1))`;

async function ofAlikeNames(transaction: Knex.Transaction, list: string): Promise<Set<string>> {
  const named: { name_key: string; province: string | null; name: string }[] = await transaction.raw(
    `select distinct link_member.name_key, link_member.province, link_name.name
     from link_member join link_name on link_name.name_key = link_member.name_key
     where ${amongJson('link_member.member')}`,
    [list],
  );
  const near = await namesNear(transaction, new Map(named.map(({ name_key, name }) => [name_key, JSON.parse(name)])));
  const wantedOf = (kind: 'like' | 'related') =>
    JSON.stringify([
      ...new Map(
        named.flatMap(({ name_key, province }) =>
          near
            .get(name_key)!
            [kind].map((other): [string, Wanted] => [
              `${other}|${province}`,
              [other, province === 'national' ? null : province],
            ]),
        ),
      ).values(),
    ]);
  const [like, related] = [wantedOf('like'), wantedOf('related')];
  const rows: MemberName[] = await transaction.raw(
    `select near.member from json_each(?) wanted cross join link_member near
       on near.name_key = wanted.value ->> 0 where ${isNear}
     union
     -- What two provinces cite and nobody has here may be one document of the nation.
     select cites.member from link_key cites join link_member near on near.member = cites.member
       where cites.kind = 'cited' and near.name_key in (select value ->> 0 from json_each(?))
         and cites.key in (select key from link_key where ${amongJson('member')} and kind = 'cited')
     union
     select item.member from json_each(?) wanted cross join link_member near
       on near.name_key = wanted.value ->> 0
       cross join link_key item on item.member = near.member and item.kind = 'item'
       where ${isNear} and item.key in (select key from link_key where ${amongJson('member')} and kind = 'item')
       group by item.member having count(distinct item.key) >= ${tellingItems}`,
    [like, like, list, related, list],
  );
  return new Set(rows.map(({ member }) => member));
}

/** Those that cite these, by number or title. */
export async function citersOf(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<string>> {
  const rows: MemberName[] = await transaction.raw(
    `select distinct member from link_key where kind = 'cited'
       and key in (select key from link_key where ${amongJson('member')} and kind = 'own')`,
    [JSON.stringify(members)],
  );
  return new Set(rows.map(({ member }) => member));
}

interface NearNames {
  /** Keys of the names that may mean the same campaign, the own one first. */
  readonly like: readonly string[];
  /** Of those that are only about something related. */
  readonly related: readonly string[];
}

async function namesNear(
  transaction: Knex.Transaction,
  names: ReadonlyMap<string, CampaignName>,
): Promise<ReadonlyMap<string, NearNames>> {
  const grams = [...new Set([...names.values()].flatMap(nameGrams))];
  const rows: { gram: string; name_key: string; name: string }[] = await transaction.raw(
    `with asked as materialized (
       select gram from link_gram where ${amongJson('gram')} group by gram having count(*) <= ${mostNames}
     )
     select link_gram.gram, link_gram.name_key, link_name.name from asked
       cross join link_gram on link_gram.gram = asked.gram
       cross join link_name on link_name.name_key = link_gram.name_key`,
    [JSON.stringify(grams)],
  );
  const parsed = new Map<string, CampaignName>();
  for (const { name_key, name } of rows) if (!parsed.has(name_key)) parsed.set(name_key, JSON.parse(name));
  const byGram = groupBy(rows, ({ gram }) => gram);
  return new Map(
    [...names].map(([key, name]): [string, NearNames] => {
      const others = new Set(nameGrams(name).flatMap((gram) => (byGram.get(gram) ?? []).map((row) => row.name_key)));
      others.delete(key);
      const like = [key];
      const related: string[] = [];
      for (const other of others) {
        const candidate = parsed.get(other)!;
        if (sameCampaign(name, candidate) >= possibleName) like.push(other);
        else if (isRelatedName(name, candidate)) related.push(other);
      }
      return [key, { like, related }];
    }),
  );
}

export async function campaignsOf(transaction: Knex.Transaction, members: readonly string[]): Promise<Set<number>> {
  const rows: { campaign_number: number }[] = await transaction('link_member')
    .whereRaw(amongJson('member'), [JSON.stringify(members)])
    .whereNotNull('campaign_number')
    .distinct('campaign_number');
  return new Set(rows.map((row) => row.campaign_number));
}

export async function membersOf(transaction: Knex.Transaction, campaigns: readonly number[]): Promise<string[]> {
  const rows: MemberName[] = await transaction('link_member')
    .whereRaw(amongJson('campaign_number'), [JSON.stringify(campaigns)])
    .select('member');
  return rows.map(({ member }) => member);
}

/** Keys that these cite and none of them owns. */
export function keysCitedOutside(profiles: readonly LinkProfile[]): readonly string[] {
  const keys = profiles.map(keysOf);
  const owned = new Set(keys.flatMap(({ own }) => own));
  return [...new Set(keys.flatMap(({ cited }) => cited))].filter((key) => !owned.has(key));
}

export async function ownersOf(transaction: Knex.Transaction, keys: readonly string[]): Promise<string[]> {
  const rows: MemberName[] = await transaction('link_key')
    .whereRaw(amongJson('key'), [JSON.stringify(keys)])
    .where('kind', 'own')
    .distinct('member');
  return rows.map(({ member }) => member);
}
