import type { Knex } from 'knex';
import type { LinkProfile } from '../../pipeline/campaign/linkProfile.ts';
import { amongJson } from './among.ts';

/** So many profiles stay in memory, some kilobytes each: those of the campaigns that were linked last. */
const mostKept = 12_000;

/** Reads profiles of notices. */
export type ReadProfiles = (transaction: Knex.Transaction, members: readonly string[]) => Promise<LinkProfile[]>;

/**
 * Profiles by id, in its order. Of a campaign of thousands of notices, one more changes one: the others are not read and
 * taken apart again, nor what was found out about them.
 */
export function profileReader(): ReadProfiles {
  const kept = new Map<string, { readonly hash: string; readonly profile: LinkProfile }>();
  return async (transaction, members) => {
    const hashes: { member: string; profile_hash: string | null }[] = await transaction('link_member')
      .whereRaw(amongJson('member'), [JSON.stringify(members)])
      .select('member', 'profile_hash');
    const unknown = hashes.filter(({ member, profile_hash }) => kept.get(member)?.hash !== (profile_hash ?? undefined));
    const rows: { member: string; profile: string }[] = await transaction('link_member')
      .whereRaw(amongJson('member'), [JSON.stringify(unknown.map(({ member }) => member))])
      .select('member', 'profile');
    const read = new Map(rows.map(({ member, profile }): [string, LinkProfile] => [member, JSON.parse(profile)]));
    const profiles = hashes.map(({ member, profile_hash }) => {
      const profile = read.get(member) ?? kept.get(member)!.profile;
      kept.delete(member);
      if (profile_hash !== null) kept.set(member, { hash: profile_hash, profile });
      return profile;
    });
    for (const member of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(member);
    }
    return profiles.sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}
