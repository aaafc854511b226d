import type {
  CampaignEdition,
  CampaignLink,
  CampaignLinks,
  LinkDecision,
  LinkedCampaign,
  MissingDocument,
} from '../../models/campaign.ts';
import type { Region } from '../../models/notice.ts';
import { defaultRegions, type RegionEntry, regionIndex } from '../../models/text/regions.ts';
import { linkCitations } from './citations.ts';
import { groupByName, inferLinks, linkSameName } from './inferredLinks.ts';
import { buildTrees, isUpward, parentLinks } from './lineage.ts';
import { type CampaignMember, type Entry, entryOf } from './members.ts';
import { linkVersions } from './versions.ts';

export interface LinkOptions {
  /** Divisions beyond the official list, such as invented ones. */
  readonly regions?: readonly RegionEntry[];
  /** What people confirmed, cut or added; it stands over what is found here. */
  readonly decisions?: readonly LinkDecision[];
  /** Divisions that should have issued something: those without a notice are `silent` in each edition. */
  readonly expected?: readonly Region[];
}

const relationKey = (from: string, to: string) => `${from}\u0001${to}`;

/** Links as found, with what people said: cut ones gone, confirmed ones sure, added ones there. */
function applyDecisions(links: readonly CampaignLink[], decisions: readonly LinkDecision[]): CampaignLink[] {
  const byPair = new Map(decisions.map((decision) => [relationKey(decision.from, decision.to), decision]));
  const met = new Set<string>();
  const kept = links.flatMap((link): CampaignLink[] => {
    const key = relationKey(link.from, link.to);
    const decision = byPair.get(key);
    if (decision === undefined) return [link];
    if (decision.decision === 'cut') return [];
    // One pair may be linked for several reasons; each stands confirmed.
    met.add(key);
    return [{ ...link, relation: decision.relation ?? link.relation, confidence: 1, decision: 'confirmed' }];
  });
  for (const [key, { decision, from, to, relation }] of byPair) {
    if (decision === 'cut' || met.has(key)) continue;
    kept.push({
      from,
      to,
      relation: relation ?? 'implements',
      confidence: 1,
      why: decision === 'add' ? '人工添加' : '人工确认',
      evidence: [],
      decision: decision === 'add' ? 'added' : 'confirmed',
    });
  }
  return kept;
}

/** Of several links of one pair the surest, its reasons joined. */
function mergeLinks(links: readonly CampaignLink[]): CampaignLink[] {
  const merged = new Map<string, CampaignLink>();
  for (const link of links) {
    const key = `${relationKey(link.from, link.to)}\u0001${link.relation === 'forwards' ? 'implements' : link.relation}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, link);
    else {
      const first = known.confidence >= link.confidence ? known : link;
      const second = first === known ? link : known;
      const why = first.why.includes(second.why) ? first.why : `${first.why}；${second.why}`;
      const evidence = [...first.evidence, ...second.evidence];
      merged.set(key, {
        ...first,
        why,
        evidence,
        relation: first.relation === 'forwards' || second.relation === 'forwards' ? 'forwards' : first.relation,
      });
    }
  }
  return [...merged.values()];
}

/** Sets of ids that hang together. */
function components(ids: readonly string[], pairs: readonly (readonly [string, string])[]): string[][] {
  const leader = new Map(ids.map((id) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) {
      leader.set(at, leader.get(leader.get(at)!)!);
      at = leader.get(at)!;
    }
    return at;
  };
  for (const [a, b] of pairs) if (leader.has(a) && leader.has(b)) leader.set(root(a), root(b));
  const sets = new Map<string, string[]>();
  for (const id of ids) {
    const set = sets.get(root(id));
    if (set) set.push(id);
    else sets.set(root(id), [id]);
  }
  return [...sets.values()];
}

/** The year of an edition: that of its highest and earliest notice. */
function yearOf(members: readonly Entry[]): number | null {
  const years = members.map((entry) => entry.year).filter((year) => year !== null);
  if (years.length === 0) return null;
  const counts = new Map<number, number>();
  for (const year of years) counts.set(year, (counts.get(year) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0];
}

/** The name as most notices print it, without the place. */
function commonName(entries: readonly Entry[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const name = entry.notice.campaign?.name ?? entry.campaign?.name ?? entry.notice.title?.value ?? entry.fileName;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || a[0].localeCompare(b[0]))[0]?.[0] ?? '';
}

/**
 * Joins notices to campaigns: by what they cite and forward, by name (a renewal is the next edition of the same
 * campaign), place and time. Every link says why. Cited documents that are not among the members stand in the trees as
 * missing. Near linear in the number of members; pure.
 */
export function linkCampaigns(members: readonly CampaignMember[], options: LinkOptions = {}): CampaignLinks {
  const index = options.regions === undefined ? defaultRegions() : regionIndex(options.regions);
  const entries = members.map(entryOf);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const cited = linkCitations(entries, index);
  const missing = new Map(cited.missing.map((document) => [document.id, document]));
  const { links: versionLinks, versions } = linkVersions(entries);
  const replaced = new Set(versionLinks.map((link) => link.from));
  const decisions = options.decisions ?? [];
  const stated = applyDecisions([...cited.links, ...versionLinks], decisions);
  const cut = new Set(decisions.filter((d) => d.decision === 'cut').map((d) => relationKey(d.from, d.to)));

  const present = new Set(stated.filter((link) => isUpward(link) && byId.has(link.to)).map((link) => link.from));
  const renewed = new Set(stated.filter((link) => link.relation === 'renews').map((link) => link.from));
  const groups = groupByName(entries);
  const inferred = inferLinks(
    groups,
    (id) => present.has(id),
    (id) => renewed.has(id) || replaced.has(id),
    index,
  ).filter((link) => !cut.has(relationKey(link.from, link.to)));
  const ids = [...byId.keys(), ...missing.keys()];
  const joinedBy = (all: readonly CampaignLink[]) =>
    all.filter((link) => link.relation !== 'cites').map((link) => [link.from, link.to] as const);
  const componentOf = new Map(
    components(ids, joinedBy([...stated, ...inferred])).flatMap((set, at) => set.map((id) => [id, at] as const)),
  );
  const sameName = linkSameName(groups, componentOf).filter((link) => !cut.has(relationKey(link.from, link.to)));
  const links = mergeLinks([...stated, ...inferred, ...sameName]);

  const joining = links.filter((link) => link.relation !== 'cites');
  const campaigns = components(ids, joinedBy(links))
    .map((set) => set.filter((id) => byId.has(id)))
    .filter((set) => set.length > 1 || (set.length === 1 && byId.get(set[0]!)!.notice.campaign !== null))
    .map((set) => toCampaign(set, joining, byId, missing, options.expected ?? []))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { campaigns, links, missing: cited.missing, versions };
}

function toCampaign(
  ids: readonly string[],
  links: readonly CampaignLink[],
  entries: ReadonlyMap<string, Entry>,
  missing: ReadonlyMap<string, MissingDocument>,
  expected: readonly Region[],
): LinkedCampaign {
  const inside = new Set(ids);
  const own = links.filter((link) => inside.has(link.from));
  // Editions hang together by everything but the renewal from one year to the next.
  const yearly = own
    .filter((link) => link.relation !== 'renews' && link.relation !== 'same-campaign')
    .map((link) => [link.from, link.to] as const);
  const documents = own.map((link) => link.to).filter((id) => missing.has(id));
  const parts = components([...ids, ...new Set(documents)], yearly).map((part) => part.filter((id) => inside.has(id)));
  const byYear = new Map<string, string[]>();
  for (const part of parts.filter((one) => one.length > 0)) {
    const year = yearOf(part.map((id) => entries.get(id)!));
    const key = String(year ?? 'unknown');
    byYear.set(key, [...(byYear.get(key) ?? []), ...part]);
  }
  const editions = [...byYear.values()]
    .map((part): CampaignEdition => {
      const of = part.map((id) => entries.get(id)!);
      const regions = new Set(of.map((entry) => entry.region?.code));
      const parents = parentLinks(
        own.filter((link) => part.includes(link.from)),
        entries,
        missing,
      );
      return {
        year: yearOf(of),
        name: commonName(of),
        members: [...part].sort(),
        roots: buildTrees(part, parents, entries, missing),
        silent: expected.filter((region) => !regions.has(region.code)),
      };
    })
    .sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
  const first = [...ids].sort(
    (a, b) => (entries.get(a)!.date ?? '9').localeCompare(entries.get(b)!.date ?? '9') || a.localeCompare(b),
  )[0]!;
  return { id: `campaign:${first}`, name: commonName(ids.map((id) => entries.get(id)!)), editions };
}
