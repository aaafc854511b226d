import type { CampaignLink } from '../../models/campaign.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import { daysBetween, type Entry, isWithin, levelRank } from './members.ts';
import { sameCampaign } from './names.ts';

/** Links that no notice states: the same campaign by name, time and place, and its renewal of the next year. */

/** A lower level answers within this many days; a county may be late. */
const answerDays = 300;
/** A lower notice is not dated before the upper one by more than this (dates of printing, misread dates). */
const earlierDays = 10;
/** The next edition of a campaign comes after this many days and within two years. */
const renewalFrom = 150;
const renewalTo = 800;

/** Notices of one campaign: by the quoted word or the words of its core. */
export interface NameGroup {
  readonly entries: Entry[];
}

/**
 * Groups entries whose campaigns have the same name, renewals included. Goes through an index of words, so cost grows
 * with the number of different names and not with their square.
 */
export function groupByName(entries: readonly Entry[]): NameGroup[] {
  const groups: { entries: Entry[]; names: Map<string, Entry> }[] = [];
  const index = new Map<string, Set<number>>();
  const byName = new Map<string, number>();
  for (const entry of entries) {
    if (entry.campaign === null) continue;
    const key = `${entry.campaign.quoted ?? ''}|${[...entry.campaign.core].sort().join(' ')}`;
    let at = byName.get(key);
    if (at === undefined) {
      const near = new Set<number>();
      for (const token of [entry.campaign.quoted ?? '', ...entry.campaign.core]) {
        for (const group of index.get(token) ?? []) near.add(group);
      }
      let best = 0.5;
      for (const group of near) {
        for (const other of groups[group]!.names.values()) {
          const sure = sameCampaign(entry.campaign, other.campaign!);
          if (sure >= best) {
            best = sure;
            at = group;
          }
        }
      }
      if (at === undefined) at = groups.push({ entries: [], names: new Map() }) - 1;
      byName.set(key, at);
      groups[at]!.names.set(key, entry);
      for (const token of [entry.campaign.quoted ?? '', ...entry.campaign.core]) {
        const set = index.get(token) ?? new Set();
        // A word that hundreds of campaigns share tells none of them.
        if (token !== '' && set.size < 300) index.set(token, set.add(at));
      }
    }
    groups[at]!.entries.push(entry);
  }
  return groups.map(({ entries: members }) => ({ entries: members }));
}

/** A name that changed only by its renewal and its year, and a place that is the same: last year's notice. */
function renewalOf(group: readonly Entry[], entry: Entry): Entry | undefined {
  // A report on a campaign at its end launches no other.
  if (/报告|通报|函|总结/.test(entry.notice.documentType ?? '')) return undefined;
  const before = group.filter((other) => {
    if (other === entry || other.level !== entry.level) return false;
    const samePlace =
      other.region !== null && entry.region !== null
        ? other.region.code === entry.region.code
        : other.level === 'national';
    if (!samePlace && other.body !== entry.body) return false;
    const days = daysBetween(other.date, entry.date);
    if (days === null || days < renewalFrom || days > renewalTo) return false;
    return other.year !== entry.year || entry.campaign!.renews !== other.campaign!.renews;
  });
  return before.reduce<Entry | undefined>(
    (last, one) => (last === undefined || one.date! > last.date! ? one : last),
    undefined,
  );
}

/** The notice right above in one campaign: the nearest level whose division holds this one, then the nearest in time. */
function upperOf(
  group: readonly Entry[],
  entry: Entry,
  index: RegionIndex,
): { upper: Entry; within: boolean; days: number | null } | undefined {
  if (entry.level === null) return undefined;
  let best: { upper: Entry; within: boolean; days: number | null; rank: number } | undefined;
  for (const upper of group) {
    if (upper === entry || upper.level === null || levelRank[upper.level] >= levelRank[entry.level]) continue;
    const within = isWithin(entry, upper, index);
    if (within === false) continue;
    const days = daysBetween(upper.date, entry.date);
    if (days !== null && (days < -earlierDays || days > answerDays)) continue;
    const rank = (levelRank[entry.level] - levelRank[upper.level]) * 1000 + (within ? 0 : 500) + Math.abs(days ?? 365);
    if (best === undefined || rank < best.rank) best = { upper, within: within === true, days, rank };
  }
  return best;
}

/**
 * The links of name, time and place for every entry that states none upwards itself (`hasUpper`). In a group each entry
 * looks at those of other levels only; levels above are few.
 */
export function inferLinks(
  groups: readonly NameGroup[],
  hasUpper: (id: string) => boolean,
  hasRenewal: (id: string) => boolean,
  index: RegionIndex,
): CampaignLink[] {
  const links: CampaignLink[] = [];
  for (const { entries } of groups) {
    const uppers = entries.filter(
      (entry) => entry.level !== null && entry.level !== 'township' && entry.level !== 'county',
    );
    const byPlace = new Map<string, Entry[]>();
    for (const entry of entries) {
      const key = entry.region?.code ?? entry.body ?? '';
      byPlace.set(key, [...(byPlace.get(key) ?? []), entry]);
    }
    for (const entry of entries) {
      if (!hasUpper(entry.id)) {
        const counties =
          entry.level === 'township' && entry.region !== null ? (byPlace.get(entry.region.code.slice(0, 6)) ?? []) : [];
        const found = upperOf([...uppers, ...counties], entry, index);
        if (found !== undefined) {
          const name = sameCampaign(entry.campaign!, found.upper.campaign!);
          const sure = name * (found.within ? 1 : 0.75) * (found.days === null ? 0.85 : 1);
          links.push({
            from: entry.id,
            to: found.upper.id,
            relation: 'implements',
            confidence: Math.round(Math.min(0.85, sure) * 100) / 100,
            why: whyInferred(found.upper, found.within, found.days),
            evidence: entry.notice.campaign?.evidence ?? entry.notice.title?.evidence ?? [],
            decision: null,
          });
        }
      }
      if (!hasRenewal(entry.id)) {
        const last = renewalOf(byPlace.get(entry.region?.code ?? entry.body ?? '') ?? [], entry);
        if (last !== undefined) {
          links.push({
            from: entry.id,
            to: last.id,
            relation: 'renews',
            confidence: entry.campaign!.renews ? 0.85 : 0.7,
            why: `同一机关${last.year ?? ''}年“${last.campaign!.name}”的下一年度行动“${entry.campaign!.name}”`,
            evidence: entry.notice.campaign?.evidence ?? entry.notice.title?.evidence ?? [],
            decision: null,
          });
        }
      }
    }
  }
  return links;
}

function whyInferred(upper: Entry, within: boolean, days: number | null): string {
  const place = within ? `${upper.region?.name ?? '全国'}下属` : '隶属关系未知';
  const time = days === null ? '时间未知' : days >= 0 ? `晚${days}天` : `早${-days}天`;
  return `行动名称相同（“${upper.campaign!.name}”），${place}，成文${time}`;
}

/** Two groups of notices with one quoted name (“春雷”) are one campaign in two places or two years. */
export function linkSameName(groups: readonly NameGroup[], componentOf: ReadonlyMap<string, number>): CampaignLink[] {
  return groups.flatMap(({ entries }) => {
    const quoted = entries.filter((entry) => entry.campaign?.quoted);
    const ordered = [...quoted].sort(
      (a, b) => (a.date ?? '9').localeCompare(b.date ?? '9') || a.id.localeCompare(b.id),
    );
    const first = ordered[0];
    if (first === undefined) return [];
    const met = new Set([componentOf.get(first.id)]);
    return ordered.flatMap((entry): CampaignLink[] => {
      const component = componentOf.get(entry.id);
      if (met.has(component)) return [];
      met.add(component);
      return [
        {
          from: entry.id,
          to: first.id,
          relation: 'same-campaign',
          confidence: Math.round(Math.min(0.75, sameCampaign(entry.campaign!, first.campaign!)) * 100) / 100,
          why: `行动名称同为“${entry.campaign!.quoted}”（“${entry.campaign!.name}”与“${first.campaign!.name}”）`,
          evidence: entry.notice.campaign?.evidence ?? entry.notice.title?.evidence ?? [],
          decision: null,
        },
      ];
    });
  });
}
