import type { CampaignLink, LineageNode, MissingDocument } from '../../models/campaign.ts';
import { type Entry, levelRank } from './members.ts';

/** The tree from the nation to the townships: every notice under the one it came from. */

const upward: ReadonlySet<CampaignLink['relation']> = new Set(['implements', 'forwards']);

export const isUpward = (link: CampaignLink) => upward.has(link.relation);

/**
 * The one link by which a notice hangs in the tree: what a person decided, then what is here before what is missing, the
 * nearest level, what is surest.
 */
export function parentLinks(
  links: readonly CampaignLink[],
  entries: ReadonlyMap<string, Entry>,
  missing: ReadonlyMap<string, MissingDocument>,
): Map<string, CampaignLink> {
  const rankOf = (id: string) => {
    const level = entries.get(id)?.level ?? missing.get(id)?.administrativeLevel ?? null;
    return level === null ? -1 : levelRank[level];
  };
  const score = (link: CampaignLink) =>
    (link.decision === null ? 0 : 1000) +
    (link.relation === 'forwards' ? 30 : 0) +
    // Of a national and a provincial basis the provincial one is where it came from.
    (rankOf(link.to) >= 0 && rankOf(link.to) <= Math.max(0, rankOf(link.from)) ? rankOf(link.to) * 10 : 0) +
    (missing.has(link.to) ? 0 : 5) +
    link.confidence;
  const chosen = new Map<string, CampaignLink>();
  for (const link of links) {
    if (!isUpward(link) || link.from === link.to) continue;
    // A province may cite a city's notice, but does not come from it.
    const downward = rankOf(link.to) > rankOf(link.from) && rankOf(link.from) >= 0;
    if (downward && link.decision === null) continue;
    const before = chosen.get(link.from);
    if (before === undefined || score(link) > score(before)) chosen.set(link.from, link);
  }
  // A circle (two notices citing each other) is opened at its least sure link.
  for (const start of chosen.keys()) {
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

/** The trees over the given members; missing documents stand in them as nodes of their own. */
export function buildTrees(
  members: readonly string[],
  parents: ReadonlyMap<string, CampaignLink>,
  entries: ReadonlyMap<string, Entry>,
  missing: ReadonlyMap<string, MissingDocument>,
): LineageNode[] {
  const inside = new Set(members);
  const childrenOf = new Map<string, string[]>();
  const roots: string[] = [];
  const seen = new Set<string>();
  for (const id of members) {
    const parent = parents.get(id)?.to;
    if (parent !== undefined && (inside.has(parent) || missing.has(parent))) {
      childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), id]);
      if (!inside.has(parent) && !seen.has(parent)) {
        seen.add(parent);
        roots.push(parent);
      }
    } else roots.push(id);
  }
  const rank = (id: string) => {
    const level = entries.get(id)?.level ?? missing.get(id)?.administrativeLevel ?? null;
    return level === null ? 9 : levelRank[level];
  };
  const key = (id: string) => `${rank(id)}${entries.get(id)?.region?.code ?? ''}${entries.get(id)?.date ?? ''}${id}`;
  const ordered = (ids: readonly string[]) => [...ids].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const node = (id: string): LineageNode => ({
    id,
    missing: missing.has(id),
    administrativeLevel: entries.get(id)?.level ?? missing.get(id)?.administrativeLevel ?? null,
    region: entries.get(id)?.region ?? missing.get(id)?.region ?? null,
    link:
      inside.has(parents.get(id)?.to ?? '') || missing.has(parents.get(id)?.to ?? '')
        ? (parents.get(id) ?? null)
        : null,
    children: ordered(childrenOf.get(id) ?? []).map(node),
  });
  return ordered(roots).map(node);
}
