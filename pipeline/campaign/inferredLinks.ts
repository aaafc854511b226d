import type { CampaignLink } from '../../models/campaign.ts';
import { answerDays, itemsInCommon } from './citations.ts';
import { groupBy, push } from './groups.ts';
import type { LinkProfile } from './linkProfile.ts';
import { equalName, isRelatedName, nameKey, possibleName, sureName } from './names.ts';
import { daysBetween, isWithin, levelRank, placeKey, placeOrBody, placesAbove, provinceOf } from './places.ts';
import type { ProfileIndex } from './profileIndex.ts';
import { takenOver } from './sketch.ts';

/** Links that no notice states: the same campaign by name or subject, time and place, and its renewal of the next year. */

/** A lower notice is not dated before the upper one by more than this (dates of printing, misread dates). */
const earlierDays = 10;
/** The next edition of a campaign comes after this many days and within two years. */
const renewalFrom = 150;
const renewalTo = 800;
/** A name that may be another's needs this much of the text taken over to be believed. */
const supportingText = 0.15;
/** Where the names differ, this much of the text and this many matters of inspection say that one made the other. */
const tellingText = 0.3;
const tellingItems = 4;
/** A renewal under another name says this much of last year's notice again. */
const renewedText = 0.25;

/** What follows from a name, or from the subject where names differ, and why; null: nothing. */
function kinship(
  lower: LinkProfile,
  upper: LinkProfile,
  index: ProfileIndex,
): { readonly sure: number; readonly why: string } | null {
  const sure = index.sure(lower, upper);
  const name = `“${upper.campaign?.name ?? ''}”`;
  if (sure >= sureName) return { sure, why: `行动名称相同（${name}）` };
  if (index.areRivals(lower, upper)) return null;
  const text = takenOver(lower.sketch, upper.sketch);
  const share = `${Math.round(text * 100)}%`;
  const items = itemsInCommon(lower, upper);
  if (sure >= possibleName && (text >= supportingText || items >= 2)) {
    return { sure: Math.min(sureName - 0.01, sure + 0.1), why: `行动名称相近（${name}），正文${share}取自该文件` };
  }
  const related =
    lower.campaign !== null &&
    upper.campaign !== null &&
    isRelatedName(lower.campaign, upper.campaign) &&
    isSameLine(lower.body, upper.body);
  if (related && items >= tellingItems && text >= tellingText) {
    return { sure: 0.6, why: `检查事项有${items}项相同，正文${share}取自该文件` };
  }
  return null;
}

/** 青原省应急管理厅 and 云浦县应急管理局 are bodies of one line. */
function isSameLine(a: string | null, b: string | null): boolean {
  const line = (body: string) =>
    body.replace(/^.*[省市县区州盟旗]/, '').replace(/(?:总局|局|厅|委员会|委|部|办公室)$/, '');
  return a !== null && b !== null && line(a) !== '' && line(a) === line(b);
}

/** What speaks of different years does not answer one another. */
function sameYear(a: LinkProfile, b: LinkProfile): boolean {
  const [x, y] = [a.campaign?.year ?? null, b.campaign?.year ?? null];
  return x === null || y === null || x === y;
}

/** Notices that may have others below them, by the code of their division. */
type Uppers = ReadonlyMap<string, readonly LinkProfile[]>;

/** The notice right above: the nearest level whose division holds this one, then the nearest in time. */
function upperOf(lower: LinkProfile, candidates: Uppers, index: ProfileIndex): Upper | undefined {
  if (lower.level === null || lower.level === 'national') return undefined;
  // A report at the end of a campaign is no notice on it, but it hangs under the one that asked for it.
  let best: (Upper & { readonly rank: number }) | undefined;
  for (const place of placesAbove(lower, index.regions)) {
    for (const upper of candidates.get(place) ?? []) {
      if (upper === lower || upper.level === null || levelRank[upper.level] >= levelRank[lower.level]) continue;
      const days = daysBetween(upper.date, lower.date);
      if (days !== null && (days < -earlierDays || days > answerDays)) continue;
      if (!sameYear(lower, upper)) continue;
      const within = isWithin(lower, upper, index.regions);
      if (within === false) continue;
      const near =
        (levelRank[lower.level] - levelRank[upper.level]) * 1000 + (within ? 0 : 500) + Math.abs(days ?? 365);
      if (best !== undefined && near > best.rank) continue;
      const kin = kinship(lower, upper, index);
      if (kin === null) continue;
      // A name that is sure comes before one that may be another's, however near that one is.
      const rank =
        near + (kin.sure >= equalName ? 0 : kin.sure >= sureName ? 3_000 : 10_000 * (1 + sureName - kin.sure));
      if (best !== undefined && (rank > best.rank || (rank === best.rank && upper.id > best.upper.id))) continue;
      best = { upper, within: within === true, days, rank, ...kin };
    }
  }
  return best;
}

interface Upper {
  readonly upper: LinkProfile;
  readonly within: boolean;
  readonly days: number | null;
  readonly sure: number;
  readonly why: string;
}

/**
 * The links of name, subject, time and place, for every notice that states none upwards itself, or only a level further
 * up (`statedRank`: that of the lowest level it states, -1 for none). Each looks only at the divisions above its own.
 */
export function inferLinks(
  index: ProfileIndex,
  statedRank: (id: string) => number,
  hasRenewal: (id: string) => boolean,
): CampaignLink[] {
  const uppers = new Map<string, LinkProfile[]>();
  const byPlace = new Map<string, LinkProfile[]>();
  for (const profile of index.inner) {
    if (profile.campaign === null || profile.documentType === '报告') continue;
    const key = placeKey(profile);
    if (profile.level !== null && profile.level !== 'township') push(uppers, key, profile);
    push(byPlace, placeOrBody(profile), profile);
  }
  return index.inner.flatMap((profile): CampaignLink[] => {
    if (profile.campaign === null) return [];
    const links: CampaignLink[] = [];
    const upper = upperOf(profile, uppers, index);
    if (upper !== undefined && levelRank[upper.upper.level!] > statedRank(profile.id)) {
      const sure = upper.sure * (upper.within ? 1 : 0.75) * (upper.days === null ? 0.85 : 1);
      links.push(inferred(profile, upper.upper, 'implements', Math.min(0.85, sure), whyUpper(upper)));
    }
    const last = hasRenewal(profile.id)
      ? undefined
      : renewalOf(byPlace.get(placeOrBody(profile)) ?? [], profile, index);
    if (last !== undefined) {
      const why = `同一机关${last.year ?? ''}年“${last.campaign!.name}”的下一年度行动“${profile.campaign.name}”`;
      links.push(inferred(profile, last, 'renews', profile.campaign.renews ? 0.85 : 0.7, why));
    }
    return links;
  });
}

function inferred(
  from: LinkProfile,
  to: LinkProfile,
  relation: CampaignLink['relation'],
  sure: number,
  why: string,
): CampaignLink {
  const confidence = Math.round(sure * 100) / 100;
  return {
    from: from.id,
    to: to.id,
    relation,
    confidence,
    stated: false,
    why,
    evidence: from.evidence,
    decision: null,
  };
}

function whyUpper({ upper, within, days, why }: Upper): string {
  const place = within ? `${upper.region?.name ?? '全国'}下属` : '隶属关系未知';
  const time = days === null ? '时间未知' : days >= 0 ? `晚${days}天` : `早${-days}天`;
  return `${why}，${place}，成文${time}`;
}

/** A name that changed only by its renewal and its year, and a place that is the same: last year's notice. */
function renewalOf(
  samePlace: readonly LinkProfile[],
  profile: LinkProfile,
  index: ProfileIndex,
): LinkProfile | undefined {
  // A report on a campaign at its end launches no other.
  if (/报告|通报|函|总结/.test(profile.documentType ?? '')) return undefined;
  const before = samePlace.filter((other) => {
    if (other === profile || /通报|函|总结/.test(other.documentType ?? '')) return false;
    const days = daysBetween(other.date, profile.date);
    if (days === null || days < renewalFrom || days > renewalTo) return false;
    if (other.year === profile.year && profile.campaign!.renews === other.campaign!.renews) return false;
    const sure = index.sure(profile, other);
    // One of two campaigns with alike names is not the other's next year, unless the text was taken over.
    return sure >= equalName || (sure >= possibleName && takenOver(profile.sketch, other.sketch) >= renewedText);
  });
  const better = (a: LinkProfile, b: LinkProfile) => {
    const [x, y] = [index.sure(profile, a) >= equalName, index.sure(profile, b) >= equalName];
    if (x !== y) return x;
    if (a.year !== b.year) return a.year! > b.year!;
    // Of one year the notice that launched it, before one that looks back at it.
    const [again, other] = [a.campaign!.renews, b.campaign!.renews];
    return again === other ? a.date! > b.date! : other;
  };
  return before.reduce<LinkProfile | undefined>(
    (last, one) => (last === undefined || better(one, last) ? one : last),
    undefined,
  );
}

/**
 * Parts that nothing links yet and that bear one name for sure, in one province (or one of them in the nation) and not
 * more than two years apart: counties whose city has published nothing, a year of which only the county's notice is here.
 * The same name in two provinces means nothing.
 */
export function linkSameName(index: ProfileIndex, componentOf: ReadonlyMap<string, number>): CampaignLink[] {
  const firsts = new Map<string, LinkProfile>();
  const ordered = [...index.inner]
    .filter((profile) => profile.campaign !== null && !profile.campaign.routine && profile.date !== null)
    .sort((a, b) => a.date!.localeCompare(b.date!) || (a.id < b.id ? -1 : 1));
  for (const profile of ordered) {
    const key = `${componentOf.get(profile.id)}|${provinceOf(profile, index.regions)}|${profile.campaign!.name}`;
    if (!firsts.has(key)) firsts.set(key, profile);
  }
  const parts = [...firsts.values()];
  const byNameOf = groupBy(parts, (part) => nameKey(part.campaign!));
  const joined = new Map<number, number>();
  const root = (component: number): number => {
    let at = component;
    while (joined.has(at)) at = joined.get(at)!;
    return at;
  };
  const links: CampaignLink[] = [];
  for (const part of parts) {
    const province = provinceOf(part, index.regions);
    if (province === null) continue;
    for (const name of index.namesLike(part.campaign).keys()) {
      for (const other of byNameOf.get(name) ?? []) {
        if (other.date! > part.date! || (other.date === part.date && other.id >= part.id)) continue;
        const [a, b] = [root(componentOf.get(part.id)!), root(componentOf.get(other.id)!)];
        if (a === b) continue;
        const theirs = provinceOf(other, index.regions);
        if (theirs === null || (theirs !== province && theirs !== 'national' && province !== 'national')) continue;
        const days = daysBetween(other.date, part.date);
        if (days === null || days > renewalTo) continue;
        const sure = index.sure(part, other);
        if (sure < equalName) continue;
        joined.set(a, b);
        const why = `行动名称相同（“${part.campaign!.name}”与“${other.campaign!.name}”），同属一个${theirs === 'national' || province === 'national' ? '全国行动' : '省'}，相隔${days}天`;
        links.push(inferred(part, other, 'same-campaign', Math.min(0.75, sure), why));
      }
    }
  }
  return links;
}
