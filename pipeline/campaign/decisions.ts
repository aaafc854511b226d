import type { CampaignLink, LinkDecision } from '../../models/campaign.ts';
import { findCited } from './citations.ts';
import type { ProfileIndex } from './profileIndex.ts';

/** What people said of links, over what is found. */

export const pairKey = (from: string, to: string) => `${from}\u0001${to}`;

/**
 * Decisions on a document that was missing hold for the notice that has come in since; of two on one pair the later
 * holds.
 */
export function decisionsNow(decisions: readonly LinkDecision[], index: ProfileIndex): LinkDecision[] {
  const present = (id: string, from: string) => {
    const key = /^missing:(.+)$/.exec(id)?.[1];
    if (key === undefined) return id;
    // What its citer means by that number or title, now that it is here.
    const citing = index.byId.get(from);
    const cited = citing?.cited.find(({ number, title }) =>
      number === null ? title !== null && key.endsWith(title) : number === key,
    );
    const found = citing && cited && findCited(citing, cited, index);
    return found?.target.id ?? index.byOwn.get(`n:${key}`)?.[0]?.id ?? id;
  };
  const byPair = new Map<string, LinkDecision>();
  for (const decision of decisions) {
    const now = { ...decision, from: present(decision.from, decision.to), to: present(decision.to, decision.from) };
    const kind = decision.decision === 'exclude' ? 'exclude' : 'link';
    byPair.set(`${kind}${pairKey(now.from, now.to)}`, now);
  }
  return [...byPair.values()];
}

/** Links as found, with what people said: cut ones gone, confirmed ones sure, added ones there. */
export function applyDecisions(
  links: readonly CampaignLink[],
  decisions: readonly LinkDecision[],
  isKnown: (id: string) => boolean,
): CampaignLink[] {
  const own = decisions.filter((decision) => decision.decision !== 'exclude');
  const byPair = new Map(own.map((decision) => [pairKey(decision.from, decision.to), decision]));
  const met = new Set<string>();
  const kept = links.flatMap((link): CampaignLink[] => {
    const key = pairKey(link.from, link.to);
    const decision = byPair.get(key);
    if (decision === undefined) return [link];
    if (decision.decision === 'cut') return [];
    // One pair may be linked for several reasons; each stands confirmed.
    met.add(key);
    return [{ ...link, relation: decision.relation ?? link.relation, confidence: 1, decision: 'confirmed' }];
  });
  for (const [key, { decision, from, to, relation }] of byPair) {
    if (decision === 'cut' || met.has(key) || !isKnown(from) || !isKnown(to)) continue;
    kept.push({
      from,
      to,
      relation: relation ?? 'implements',
      confidence: 1,
      stated: false,
      why: decision === 'add' ? '人工添加' : '人工确认',
      evidence: [],
      decision: decision === 'add' ? 'added' : 'confirmed',
    });
  }
  return kept;
}

/** Of several links of one pair the surest, its reasons joined. */
export function mergeLinks(links: readonly CampaignLink[]): CampaignLink[] {
  const merged = new Map<string, CampaignLink>();
  for (const link of links) {
    const key = `${pairKey(link.from, link.to)}\u0001${link.relation === 'forwards' ? 'implements' : link.relation}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, link);
    else {
      const first = known.confidence >= link.confidence ? known : link;
      const second = first === known ? link : known;
      const why = first.why.includes(second.why) ? first.why : `${first.why}；${second.why}`;
      merged.set(key, {
        ...first,
        why,
        evidence: [...new Map([...first.evidence, ...second.evidence].map((one) => [one.start, one])).values()],
        relation: first.relation === 'forwards' || second.relation === 'forwards' ? 'forwards' : first.relation,
      });
    }
  }
  return withoutLesser([...merged.values()]);
}

/** A pair that is linked by a relation that joins need not be told that one also cites the other. */
function withoutLesser(links: readonly CampaignLink[]): CampaignLink[] {
  const joined = new Set(links.filter((link) => link.relation !== 'cites').map(({ from, to }) => pairKey(from, to)));
  return links.filter((link) => link.relation !== 'cites' || !joined.has(pairKey(link.from, link.to)));
}
