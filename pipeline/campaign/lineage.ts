import type { CampaignLink, LineageNode, MissingDocument } from '../../models/campaign.ts';
import { groupBy, push } from './groups.ts';
import type { LinkProfile } from './linkProfile.ts';
import { daysBetween, levelRank } from './places.ts';

/** The tree from the nation to the townships: every notice under the one it came from. */

const upward: ReadonlySet<CampaignLink['relation']> = new Set(['implements', 'forwards']);
/** A correction stands under what it corrects where nothing else says where it stands. */
const beside: ReadonlySet<CampaignLink['relation']> = new Set(['correction', 'reissue']);

export const isUpward = (link: CampaignLink) => upward.has(link.relation);

/** What a tree is made of. */
export interface Documents {
  readonly profiles: ReadonlyMap<string, LinkProfile>;
  readonly missing: ReadonlyMap<string, MissingDocument>;
}

const levelOf = (id: string, { profiles, missing }: Documents) =>
  profiles.get(id)?.level ?? missing.get(id)?.administrativeLevel ?? null;

const rankOf = (id: string, documents: Documents) => {
  const level = levelOf(id, documents);
  return level === null ? -1 : levelRank[level];
};

/**
 * The one link by which a notice hangs in the tree: what a person decided, then the nearest level, what is here before
 * what is missing, the nearest in time, what is surest.
 */
export function parentLinks(links: readonly CampaignLink[], documents: Documents): Map<string, CampaignLink> {
  const { profiles, missing } = documents;
  const score = (link: CampaignLink) => {
    const own = rankOf(link.from, documents);
    const printed = rankOf(link.to, documents);
    // What is stated without its level showing is the one right above, before all others.
    const above = printed < 0 && link.stated ? own - 1 : printed;
    const days = daysBetween(profiles.get(link.to)?.date ?? null, profiles.get(link.from)?.date ?? null);
    return (
      (link.decision === null ? 0 : 1000) +
      (beside.has(link.relation) ? -500 : 0) +
      (link.relation === 'forwards' ? 30 : 0) +
      // Of a national and a provincial basis the provincial one is where it came from.
      (above >= 0 && above <= Math.max(0, own) ? above * 10 : 0) +
      (link.stated ? 8 : 0) +
      (missing.has(link.to) ? 0 : 5) +
      (days === null ? 0 : 3 - Math.min(3, Math.abs(days) / 100)) +
      link.confidence
    );
  };
  const chosen = new Map<string, CampaignLink>();
  for (const link of links) {
    if (!(isUpward(link) || beside.has(link.relation)) || link.from === link.to) continue;
    // A province may cite a city's notice, but does not come from it.
    const downward = rankOf(link.to, documents) > rankOf(link.from, documents) && rankOf(link.from, documents) >= 0;
    if (downward && link.decision === null) continue;
    const before = chosen.get(link.from);
    const better = before === undefined ? 1 : score(link) - score(before);
    if (better > 0 || (better === 0 && link.to < before!.to)) chosen.set(link.from, link);
  }
  // A circle (two notices citing each other) is opened at its least sure link.
  for (const start of [...chosen.keys()].sort()) {
    const path: string[] = [];
    for (let at: string | undefined = start; at !== undefined && chosen.has(at); at = chosen.get(at)?.to) {
      const again = path.indexOf(at);
      if (again >= 0) {
        const circle = path.slice(again);
        const weakest = circle.reduce((a, b) => (chosen.get(a)!.confidence <= chosen.get(b)!.confidence ? a : b));
        chosen.delete(weakest);
        break;
      }
      path.push(at);
    }
  }
  return chosen;
}

/**
 * Where a missing document stands among the others: under what its citers also cite from a higher level. Nobody says so,
 * hence the low confidence.
 */
function missingParents(
  links: readonly CampaignLink[],
  parents: ReadonlyMap<string, CampaignLink>,
  documents: Documents,
): Map<string, CampaignLink> {
  const found = new Map<string, CampaignLink>();
  const upwardOf = groupBy(links.filter(isUpward), (link) => link.from);
  for (const { from, to } of parents.values()) {
    const rank = rankOf(to, documents);
    if (!documents.missing.has(to) || rank <= 0) continue;
    for (const other of upwardOf.get(from) ?? []) {
      const above = rankOf(other.to, documents);
      if (other.to === to || above < 0 || above >= rank) continue;
      const best = found.get(to);
      if (best !== undefined && rankOf(best.to, documents) >= above) continue;
      found.set(to, {
        from: to,
        to: other.to,
        relation: 'implements',
        confidence: 0.5,
        stated: false,
        why: '引用它的公文同时依据该上级文件',
        evidence: [],
        decision: null,
      });
    }
  }
  return found;
}

/** The trees over the given members; missing documents stand in them as nodes of their own, copies beside their like. */
export function buildTrees(
  members: readonly string[],
  links: readonly CampaignLink[],
  documents: Documents,
): LineageNode[] {
  const { profiles, missing } = documents;
  const inside = new Set(members);
  const own = links.filter((link) => inside.has(link.from));
  const keptFor = copiesOf(members, own, profiles);
  const kept = (id: string) => keptFor.get(id) ?? id;
  const merged = own
    .filter((link) => link.relation !== 'duplicate')
    .map((link) => ({ ...link, from: kept(link.from), to: kept(link.to) }));
  const parents = parentLinks(merged, documents);
  const above = missingParents(merged, parents, documents);
  const parentOf = (id: string): CampaignLink | null => {
    const link = parents.get(id) ?? above.get(id) ?? null;
    return link !== null && (inside.has(link.to) || missing.has(link.to)) ? link : null;
  };
  const childrenOf = new Map<string, Set<string>>();
  const roots = new Set<string>();
  const pending = members.filter((id) => !keptFor.has(id));
  const seen = new Set(pending);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const parent = parentOf(id)?.to;
    if (parent === undefined) roots.add(id);
    else {
      childrenOf.set(parent, (childrenOf.get(parent) ?? new Set()).add(id));
      if (!seen.has(parent)) pending.push(parent);
      seen.add(parent);
    }
  }
  const key = (id: string) => {
    const level = levelOf(id, documents);
    return `${level === null ? 9 : levelRank[level]}${profiles.get(id)?.region?.code ?? ''}${profiles.get(id)?.date ?? ''}${id}`;
  };
  const ordered = (ids: Iterable<string>) =>
    [...ids]
      .map((id) => ({ id, key: key(id) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ id }) => id);
  const copies = new Map<string, string[]>();
  for (const [copy, id] of keptFor) push(copies, id, copy);
  const node = (id: string): LineageNode => ({
    id,
    missing: missing.has(id),
    administrativeLevel: levelOf(id, documents),
    region: profiles.get(id)?.region ?? missing.get(id)?.region ?? null,
    link: parentOf(id),
    copies: [...(copies.get(id) ?? [])].sort(),
    children: ordered(childrenOf.get(id) ?? []).map(node),
  });
  return ordered(roots).map(node);
}

/**
 * Of each set of copies all but the one that stands in the tree: the one in a file of its own before one that is only
 * passed on in another's, then the one whose number is known, then the first.
 */
function copiesOf(
  members: readonly string[],
  links: readonly CampaignLink[],
  profiles: ReadonlyMap<string, LinkProfile>,
): Map<string, string> {
  const passedOn = new Set(members.map((id) => profiles.get(id)?.forwards));
  const rank = (id: string) =>
    `${passedOn.has(id) ? 1 : 0}${profiles.get(id)?.number === null ? 1 : 0}${profiles.get(id)?.date ?? ''}${id}`;
  const keeper = new Map<string, string>();
  const of = (id: string): string => {
    let at = id;
    while (keeper.has(at)) at = keeper.get(at)!;
    return at;
  };
  for (const { from, to, relation } of links) {
    if (relation !== 'duplicate' || !profiles.has(to)) continue;
    const [a, b] = [of(from), of(to)];
    if (a === b) continue;
    if (rank(a) < rank(b)) keeper.set(b, a);
    else keeper.set(a, b);
  }
  return new Map([...keeper.keys()].map((id) => [id, of(id)]));
}
