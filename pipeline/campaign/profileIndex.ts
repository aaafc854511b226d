import type { RegionIndex } from '../../models/text/regions.ts';
import { push } from './groups.ts';
import { keysOf, type LinkProfile } from './linkProfile.ts';
import { type CampaignName, mostNames, nameGrams, sameCampaign, sureName } from './names.ts';
import { type AreRivals, rivalNames } from './rivals.ts';

/** Profiles by the keys under which others look for them. */
export interface ProfileIndex {
  readonly profiles: readonly LinkProfile[];
  /** Those to link; the others are only there to be found by what these cite. */
  readonly inner: readonly LinkProfile[];
  readonly byId: ReadonlyMap<string, LinkProfile>;
  readonly byOwn: ReadonlyMap<string, readonly LinkProfile[]>;
  readonly byMate: ReadonlyMap<string, readonly LinkProfile[]>;
  /** Inner profiles by the key of their name. */
  readonly byName: ReadonlyMap<string, readonly LinkProfile[]>;
  /** How sure it is that two names mean one campaign; 0 where they do not. */
  sure(a: LinkProfile, b: LinkProfile): number;
  /** Whether their names, alike as they are, are those of two campaigns. */
  readonly areRivals: AreRivals;
  /** The keys of the names that may mean the same as this one, itself included. */
  namesLike(name: CampaignName | null): ReadonlyMap<string, number>;
  readonly regions: RegionIndex;
}

export function indexProfiles(
  inner: readonly LinkProfile[],
  context: readonly LinkProfile[],
  regions: RegionIndex,
): ProfileIndex {
  const profiles = [...inner, ...context];
  const byOwn = new Map<string, LinkProfile[]>();
  const byMate = new Map<string, LinkProfile[]>();
  const byName = new Map<string, LinkProfile[]>();
  const names = new Map<string, CampaignName>();
  const byGram = new Map<string, Set<string>>();
  const keyOfName = new WeakMap<CampaignName, string>();
  const isInner = new Set(inner);
  for (const profile of profiles) {
    const keys = keysOf(profile);
    for (const key of keys.own) push(byOwn, key, profile);
    if (keys.name !== null && profile.campaign !== null) {
      keyOfName.set(profile.campaign, keys.name);
      if (isInner.has(profile)) push(byName, keys.name, profile);
      if (!names.has(keys.name)) {
        names.set(keys.name, profile.campaign);
        for (const gram of keys.grams) byGram.set(gram, (byGram.get(gram) ?? new Set()).add(keys.name));
      }
    }
    if (isInner.has(profile)) for (const key of keys.mates) push(byMate, key, profile);
  }
  const likes = new Map<string, ReadonlyMap<string, number>>();
  const namesLike = (name: CampaignName | null): ReadonlyMap<string, number> => {
    if (name === null) return none;
    const key = keyOfName.get(name) ?? JSON.stringify([name.quoted, name.core, name.common]);
    const known = likes.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, number>();
    for (const gram of nameGrams(name)) {
      const near = byGram.get(gram);
      if (near === undefined || near.size > mostNames) continue;
      for (const other of near) {
        if (!found.has(other)) found.set(other, sameCampaign(name, names.get(other)!));
      }
    }
    // Always near to itself, however common its words are.
    const own = keyOfName.get(name);
    if (own !== undefined) found.set(own, sameCampaign(name, name));
    likes.set(key, found);
    return found;
  };
  const keyOf = ({ campaign }: LinkProfile) => (campaign === null ? null : (keyOfName.get(campaign) ?? null));
  const areRivals = rivalNames(inner, keyOf, ({ campaign }) => namesLike(campaign), regions);
  return {
    profiles,
    inner,
    byId: new Map(profiles.map((profile) => [profile.id, profile])),
    byOwn,
    byMate,
    byName,
    sure: (a, b) => {
      const key = keyOf(b);
      const sure = key === null ? 0 : (namesLike(a.campaign).get(key) ?? 0);
      return sure > 0 && sure < sureName && areRivals(a, b) ? 0 : sure;
    },
    areRivals,
    namesLike,
    regions,
  };
}

const none: ReadonlyMap<string, number> = new Map();
