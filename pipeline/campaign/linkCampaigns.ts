import type {
  CampaignEdition,
  CampaignLink,
  CampaignLinks,
  LinkDecision,
  LinkedCampaign,
  MissingDocument,
} from '../../models/campaign.ts';
import { defaultRegions, type RegionEntry, type RegionIndex, regionsWith } from '../../models/text/regions.ts';
import { linkCitations } from './citations.ts';
import { components } from './components.ts';
import { applyDecisions, decisionsNow, mergeLinks, pairKey } from './decisions.ts';
import { groupBy, push } from './groups.ts';
import { inferLinks, linkSameName } from './inferredLinks.ts';
import { buildTrees, isUpward } from './lineage.ts';
import { type CampaignMember, type LinkProfile, profileOf } from './linkProfile.ts';
import { linkMissing } from './missingDocuments.ts';
import { possibleName } from './names.ts';
import { levelRank } from './places.ts';
import { indexProfiles, type ProfileIndex } from './profileIndex.ts';
import { linkVersions, versionGroups } from './versions.ts';

export interface LinkOptions {
  /** Divisions beyond the official list, such as invented ones. */
  readonly regions?: readonly RegionEntry[];
  /** What people confirmed, cut, added or put out, earliest first; it stands over what is found here. */
  readonly decisions?: readonly LinkDecision[];
}

export interface ProfileOptions {
  readonly regions: RegionIndex;
  readonly decisions?: readonly LinkDecision[];
  /** Notices that are only there to be found by what the profiles cite. */
  readonly context?: readonly LinkProfile[];
}

/**
 * Joins notices to campaigns: by what they cite and forward, by name (a renewal is the next edition of the same
 * campaign), subject, time and place. Every link says why. Cited documents that are not among the members stand in the
 * trees as missing. Near linear in the number of members; pure.
 */
export function linkCampaigns(members: readonly CampaignMember[], options: LinkOptions = {}): CampaignLinks {
  return linkProfiles(
    members.map((member) => profileOf(member)),
    {
      regions: options.regions === undefined ? defaultRegions() : regionsWith(options.regions),
      decisions: options.decisions ?? [],
    },
  );
}

/** `linkCampaigns` for notices of which only the profiles are known. */
export function linkProfiles(profiles: readonly LinkProfile[], options: ProfileOptions): CampaignLinks {
  const index = indexProfiles(profiles, options.context ?? [], options.regions);
  const decisions = decisionsNow(options.decisions ?? [], index);
  const cited = linkCitations(index);
  const missing = linkMissing(cited.unresolved, index);
  const known = new Set([...index.byId.keys(), ...missing.missing.map((document) => document.id)]);
  const stated = applyDecisions([...cited.links, ...missing.links, ...linkVersions(index)], decisions, (id) =>
    known.has(id),
  );
  const excluded = decisions.filter((decision) => decision.decision === 'exclude');
  const inferred = notCut(inferAll(index, stated), decisions);
  const found = withoutExcluded([...stated, ...inferred], excluded, index);
  const sameName = notCut(linkSameName(index, componentIds(index, found)), decisions);
  const links = mergeLinks(withoutExcluded([...found, ...sameName], excluded, index));

  const documents = new Map(missing.missing.map((document) => [document.id, document]));
  const linksFrom = groupBy(links.filter(joins), (link) => link.from);
  const campaigns = membersOfParts(index, links)
    .filter((set) => set.length > 1 || index.byId.get(set[0]!)!.named || linksFrom.has(set[0]!))
    .map((set) => toCampaign(set, linksFrom, index, documents))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { campaigns, links, missing: missing.missing, versions: versionGroups(links, index) };
}

const joins = (link: CampaignLink) => link.relation !== 'cites';

function inferAll(index: ProfileIndex, stated: readonly CampaignLink[]): CampaignLink[] {
  const ranks = new Map<string, number>();
  for (const link of stated) {
    if (!isUpward(link) || (!index.byId.has(link.to) && link.decision === null)) continue;
    const level = index.byId.get(link.to)?.level ?? null;
    // A level that nobody knows is taken for the one right above.
    const rank = level === null || link.decision !== null ? 9 : levelRank[level];
    ranks.set(link.from, Math.max(rank, ranks.get(link.from) ?? -1));
  }
  const renewed = new Set(
    stated
      .filter((link) => ['renews', 'reissue', 'correction', 'duplicate'].includes(link.relation))
      .map(({ from }) => from),
  );
  return inferLinks(
    index,
    (id) => ranks.get(id) ?? -1,
    (id) => renewed.has(id),
  );
}

function notCut(links: readonly CampaignLink[], decisions: readonly LinkDecision[]): CampaignLink[] {
  const byPair = new Map(
    decisions.filter((one) => one.decision !== 'exclude').map((one) => [pairKey(one.from, one.to), one.decision]),
  );
  return links.filter((link) => byPair.get(pairKey(link.from, link.to)) !== 'cut');
}

/** Sets of members that links hold together, a missing document holding only those that speak of one campaign. */
function membersOfParts(index: ProfileIndex, links: readonly CampaignLink[], without?: string): string[][] {
  const ids = index.inner.map((profile) => profile.id).filter((id) => id !== without);
  const pairs: (readonly [string, string])[] = [];
  const citers = new Map<string, CampaignLink[]>();
  for (const link of links) {
    if (!joins(link)) continue;
    if (index.byId.has(link.to)) pairs.push([link.from, link.to]);
    else push(citers, link.to, link);
  }
  for (const citing of citers.values()) pairs.push(...speakOfOne(citing, index));
  return components(ids, pairs);
}

/** Pairs of those that cite one missing document and speak of one campaign, or both forward it, or were put there. */
function speakOfOne(citing: readonly CampaignLink[], index: ProfileIndex): [string, string][] {
  const pairs: [string, string][] = [];
  const groups: { readonly of: string; readonly sample: LinkProfile[] }[] = [];
  let forwarder: string | undefined;
  for (const link of citing) {
    const profile = index.byId.get(link.from);
    if (profile === undefined) continue;
    if (link.relation === 'forwards' || link.decision !== null) {
      if (forwarder !== undefined) pairs.push([forwarder, profile.id]);
      forwarder ??= profile.id;
    }
    let isFiled = false;
    for (const group of groups) {
      if (!group.sample.some((other) => index.sure(profile, other) >= possibleName)) continue;
      pairs.push([group.of, profile.id]);
      if (!group.sample.some((other) => other.campaign?.name === profile.campaign?.name)) group.sample.push(profile);
      isFiled = true;
    }
    if (!isFiled) groups.push({ of: profile.id, sample: [profile] });
  }
  return pairs;
}

function componentIds(index: ProfileIndex, links: readonly CampaignLink[]): ReadonlyMap<string, number> {
  return new Map(membersOfParts(index, links).flatMap((set, at) => set.map((id) => [id, at] as const)));
}

/**
 * Takes members out of the campaigns that people put them out of: of what was found, everything is cut that holds them to
 * the part in which the other one stands.
 */
function withoutExcluded(
  links: readonly CampaignLink[],
  excluded: readonly LinkDecision[],
  index: ProfileIndex,
): CampaignLink[] {
  let left = [...links];
  for (const { from: member, to: anchor } of excluded) {
    const part = membersOfParts(index, left, member).find((set) => set.includes(anchor));
    if (part === undefined) continue;
    const theirs = new Set(part);
    const documents = new Set(left.filter((link) => theirs.has(link.from) && joins(link)).map((link) => link.to));
    left = left.filter((link) => {
      if (!joins(link) || link.decision !== null) return true;
      if (link.from === member) return !theirs.has(link.to) && !(documents.has(link.to) && !index.byId.has(link.to));
      return !(link.to === member && theirs.has(link.from));
    });
  }
  return left;
}

/** The year of an edition: the one that most of its notices bear. */
function yearOf(members: readonly LinkProfile[]): number | null {
  const counts = new Map<number, number>();
  for (const { year } of members) if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null;
}

/** The name as most notices print it, without the place. */
function commonName(members: readonly LinkProfile[]): string {
  const counts = new Map<string, number>();
  for (const profile of members) {
    const name = profile.campaign?.name ?? profile.fileName;
    counts.set(name, (counts.get(name) ?? 0) + (profile.named ? 2 : 1));
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || a[0].localeCompare(b[0]))[0]?.[0] ?? '';
}

const earliest = (a: LinkProfile, b: LinkProfile) =>
  (a.date ?? '9').localeCompare(b.date ?? '9') || (a.id < b.id ? -1 : 1);

function toCampaign(
  ids: readonly string[],
  linksFrom: ReadonlyMap<string, readonly CampaignLink[]>,
  index: ProfileIndex,
  missing: ReadonlyMap<string, MissingDocument>,
): LinkedCampaign {
  const inside = new Set(ids);
  const own = ids.flatMap((id) => linksFrom.get(id) ?? []);
  // Editions hang together by everything but the renewal from one year to the next.
  const yearly = own
    .filter((link) => link.relation !== 'renews' && link.relation !== 'same-campaign')
    .map((link) => [link.from, link.to] as const);
  const documents = own.map((link) => link.to).filter((id) => missing.has(id));
  const parts = components([...ids, ...new Set(documents)], yearly).map((part) => part.filter((id) => inside.has(id)));
  const byYear = new Map<string, string[]>();
  for (const part of parts.filter((one) => one.length > 0)) {
    const key = String(yearOf(part.map((id) => index.byId.get(id)!)) ?? 'unknown');
    for (const id of part) push(byYear, key, id);
  }
  const editions = [...byYear.values()]
    .map((part): CampaignEdition => {
      const of = part.map((id) => index.byId.get(id)!);
      return {
        year: yearOf(of),
        name: commonName(of),
        members: [...part].sort(),
        roots: buildTrees([...part].sort(), own, { profiles: index.byId, missing }),
      };
    })
    .sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
  const members = ids.map((id) => index.byId.get(id)!);
  const first = [...members].sort(earliest)[0]!;
  return { id: `campaign:${first.id}`, name: commonName(members), editions };
}
