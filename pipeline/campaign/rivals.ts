import type { RegionIndex } from '../../models/text/regions.ts';
import { groupBy } from './groups.ts';
import type { LinkProfile } from './linkProfile.ts';
import { possibleName, sureName } from './names.ts';
import { daysBetween, provinceOf } from './places.ts';

/** Within so many days one body does not call one campaign by two names. */
const besideDays = 200;

/** Whether two names are those of two campaigns, in the places of these notices. */
export type AreRivals = (a: LinkProfile, b: LinkProfile) => boolean;

/**
 * Names that are alike, such as 食品安全专项整治 and 校园食品安全专项整治: one may be short for the other. Where one body has
 * issued notices under both within a season, they are two campaigns, in its province, or everywhere if it is the nation's.
 */
export function rivalNames(
  profiles: readonly LinkProfile[],
  keyOf: (profile: LinkProfile) => string | null,
  likeOf: (profile: LinkProfile) => ReadonlyMap<string, number>,
  regions: RegionIndex,
): AreRivals {
  const rivals = new Map<string, Set<string | null>>();
  const dated = profiles.filter((one) => one.body !== null && one.date !== null && one.campaign?.routine === false);
  for (const ofBody of groupBy(dated, (one) => one.body).values()) {
    const byName = groupBy(ofBody, keyOf);
    for (const [name, some] of byName) {
      const like = likeOf(some[0]!);
      for (const [other, others] of byName) {
        if (name === null || other === null || name >= other) continue;
        const sure = like.get(other) ?? 0;
        if (sure < possibleName || sure >= sureName) continue;
        for (const a of some) {
          if (!others.some((b) => Math.abs(daysBetween(a.date, b.date)!) <= besideDays)) continue;
          const names = `${name}|${other}`;
          rivals.set(names, (rivals.get(names) ?? new Set()).add(provinceOf(a, regions)));
        }
      }
    }
  }
  return (a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (rivals.size === 0 || x === null || y === null) return false;
    const where = rivals.get(x < y ? `${x}|${y}` : `${y}|${x}`);
    return (
      where !== undefined && ['national', provinceOf(a, regions), provinceOf(b, regions)].some((one) => where.has(one))
    );
  };
}
