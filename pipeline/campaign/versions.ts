import type { CampaignLink, VersionGroup } from '../../models/campaign.ts';
import { isCorrection } from './citations.ts';
import { groupBy } from './groups.ts';
import { type LinkProfile, plainTitles } from './linkProfile.ts';
import { daysBetween } from './places.ts';
import type { ProfileIndex } from './profileIndex.ts';
import { resemblance } from './sketch.ts';

/** Versions of one notice: the same from two sources, issued again, corrected. */

/** A body does not issue the same notice again later than this without meaning a new year. */
const versionDays = 150;
/** Share of five-character runs that two copies of one notice have in common, whatever their source did to them. */
const copyLikeness = 0.75;
/** Two notices under one number that have less than this in common are not versions: one of the numbers is wrong. */
const sameNotice = 0.2;

/** Monthly announcements bear one title, too; a notice issued again says most of it again. */
const reissueLikeness = 0.4;

type VersionRelation = VersionGroup['kind'];

/** Links from a version to the one before it. */
export function linkVersions(index: ProfileIndex): CampaignLink[] {
  const numbered = index.inner.filter((profile) => profile.number !== null);
  const byNumber = groupBy(numbered, (profile) => profile.number);
  const groups = [...index.byMate.values(), ...byNumber.values()];
  const links = new Map<string, CampaignLink>();
  for (const group of groups) {
    if (group.length < 2) continue;
    const ordered = [...group].sort(byDate);
    for (let at = 1; at < ordered.length; at++) {
      const after = ordered[at]!;
      // The one right before it that it is a version of: another of the same title may stand between.
      for (let back = at - 1; back >= 0 && back >= at - 5; back--) {
        const before = ordered[back]!;
        const relation = relationOf(before, after);
        if (relation === null) continue;
        const key = `${after.id}|${before.id}`;
        if (!links.has(key)) {
          links.set(key, {
            from: after.id,
            to: before.id,
            ...relation,
            stated: relation.relation === 'correction',
            evidence: after.evidence,
            decision: null,
          });
        }
        break;
      }
    }
  }
  return [...links.values()];
}

const byDate = (a: LinkProfile, b: LinkProfile) => (a.date ?? '').localeCompare(b.date ?? '') || (a.id < b.id ? -1 : 1);

/** The sets of versions that the links make, earliest first. */
export function versionGroups(links: readonly CampaignLink[], index: ProfileIndex): VersionGroup[] {
  const sets = new Map<string, Set<string>>();
  const kinds = new Map<string, Set<string>>();
  for (const { from, to, relation } of links) {
    if (relation !== 'duplicate' && relation !== 'reissue' && relation !== 'correction') continue;
    const set = new Set([...(sets.get(from) ?? [from]), ...(sets.get(to) ?? [to])]);
    for (const id of set) sets.set(id, set);
    kinds.set(from, (kinds.get(from) ?? new Set()).add(relation));
  }
  return [...new Set(sets.values())].map((set): VersionGroup => {
    const members = [...set].sort((a, b) => {
      const [x, y] = [index.byId.get(a), index.byId.get(b)];
      return x !== undefined && y !== undefined ? byDate(x, y) : a < b ? -1 : 1;
    });
    const found = new Set(members.flatMap((id) => [...(kinds.get(id) ?? [])]));
    const kind = found.has('correction') ? 'correction' : found.has('reissue') ? 'reissue' : 'duplicate';
    return { kind, members };
  });
}

function relationOf(
  before: LinkProfile,
  after: LinkProfile,
): { relation: VersionRelation; confidence: number; why: string } | null {
  const days = daysBetween(before.date, after.date);
  if (days !== null && days > versionDays) return null;
  // What follows a correction is a version of what was corrected.
  if (isCorrection(before) && !isCorrection(after)) return null;
  if (before.forwards === after.id || after.forwards === before.id) return null;
  const sameBody = before.body !== null && before.body === after.body;
  if (before.body !== null && after.body !== null && !sameBody) {
    // Joint issuers may be printed in another order, and a body in short; but then the number is one, and the place:
    // many offices number as 安委办 does.
    if (before.number === null || before.number !== after.number) return null;
    const samePlace = before.region !== null && before.region.code === after.region?.code;
    if (!samePlace && !before.issuers.some((a) => after.issuers.some((b) => a.includes(b) || b.includes(a))))
      return null;
  }
  if (sameBody && isCorrection(after) && !isCorrection(before) && isSameTitle(before, after)) {
    return {
      relation: 'correction',
      confidence: 0.85,
      why: `同一机关发文，标题“${after.printedTitle}”含更正、修订或补充字样`,
    };
  }
  const alike = resemblance(before.sketch, after.sketch);
  if (sameBody && isReissue(after) && !isReissue(before) && isSameTitle(before, after) && alike >= sameNotice) {
    return { relation: 'reissue', confidence: 0.85, why: `同一机关发文，标题“${after.printedTitle}”写明重新印发` };
  }
  const sameNumber = before.number !== null && before.number === after.number;
  if (sameNumber) {
    if (alike >= copyLikeness) {
      return { relation: 'duplicate', confidence: 0.98, why: `文号相同（${after.printedNumber}），正文基本一致` };
    }
    if (alike < sameNotice && !isSameTitle(before, after)) return null;
    return { relation: 'reissue', confidence: 0.7, why: `文号相同（${after.printedNumber}），正文有出入` };
  }
  if (!isSameTitle(before, after)) return null;
  if (before.number === null || after.number === null) {
    if (alike < copyLikeness) return null;
    const why = sameBody ? '发文机关、标题相同，正文基本一致' : '标题、日期相同，正文基本一致';
    return { relation: 'duplicate', confidence: sameBody ? 0.85 : 0.75, why };
  }
  if (sameBody && before.title !== null && before.title === after.title && alike >= reissueLikeness) {
    return { relation: 'reissue', confidence: 0.7, why: '同一机关以不同文号发出同题文件' };
  }
  return null;
}

const isReissue = ({ printedTitle }: LinkProfile) => /重新(?:印发|发布|公布)/.test(printedTitle ?? '');

function isSameTitle(a: LinkProfile, b: LinkProfile): boolean {
  const titles = plainTitles(b);
  return plainTitles(a).some((title) => titles.includes(title));
}
