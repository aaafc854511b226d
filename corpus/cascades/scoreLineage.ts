import type { CampaignLinks, LineageNode } from '../../models/campaign.ts';
import { numberKey, titleKey } from '../../pipeline/campaign/linkProfile.ts';
import type { LineageNotice } from './generateLineage.ts';

export interface Tally {
  tp: number;
  fp: number;
  fn: number;
}

export interface LineageScore {
  readonly tallies: Map<string, Tally>;
  readonly misses: string[];
}

export const newLineageScore = (): LineageScore => ({ tallies: new Map(), misses: [] });

/** Adds how one library was linked: the parent of each notice, renewals, versions, and who is in one campaign with whom. */
export function scoreLineage(
  notices: readonly LineageNotice[],
  linked: CampaignLinks,
  score: LineageScore,
  name = '',
): void {
  const tally = (key: string) => {
    const known = score.tallies.get(key) ?? { tp: 0, fp: 0, fn: 0 };
    score.tallies.set(key, known);
    return known;
  };
  const count = (key: string, wanted: string | null, found: string | null, note: string) => {
    if (wanted === found) {
      if (wanted !== null) tally(key).tp += 1;
      return;
    }
    if (found !== null) tally(key).fp += 1;
    if (wanted !== null) tally(key).fn += 1;
    score.misses.push(`${name} ${key}: ${note} wanted ${wanted} found ${found}`);
  };
  const parents = new Map<string, LineageNode['link']>();
  const keeps = new Map<string, string>();
  const visit = (node: LineageNode) => {
    parents.set(node.id, node.link);
    for (const copy of node.copies) keeps.set(copy, node.id);
    node.children.forEach(visit);
  };
  for (const campaign of linked.campaigns) for (const edition of campaign.editions) edition.roots.forEach(visit);
  const truths = new Map(notices.map((notice) => [notice.id, notice.truth]));
  const original = (id: string | null): string | null => (id === null ? null : (truths.get(id)?.version ?? id));
  const missing = new Map(linked.missing.map((document) => [document.id, document]));
  for (const { id, truth } of notices) {
    if (truth.manner !== 'correction' && truth.manner !== 'copy') {
      const link = parents.get(id) ?? parents.get(keeps.get(id) ?? '') ?? null;
      const wanted = truth.parent === 'missing' ? keyOf(truth.missing!) : truth.parent;
      const document = missing.get(link?.to ?? '');
      const found =
        link === null
          ? null
          : document === undefined
            ? original(link.to)
            : keyOf(truth.missing?.includes('〔') ? (document.documentNumber ?? '') : (document.title ?? ''));
      count('parent', wanted, found, `${id} ${truth.manner} ${link?.why ?? ''}`);
      count(`parent ${truth.manner}`, wanted, found, id);
    }
    const renewal = linked.links.find((link) => link.from === id && link.relation === 'renews');
    const renewed = original(renewal?.to ?? null);
    // A notice of last year that is cited and not here is no mistake.
    count('renews', truth.renews, missing.has(renewed ?? '') ? null : renewed, id);
    const version = linked.links.find(
      (link) => (link.from === id || link.to === id) && ['duplicate', 'correction', 'reissue'].includes(link.relation),
    );
    if (truth.version !== null) {
      const other = version === undefined ? null : version.from === id ? version.to : version.from;
      count(`version ${truth.manner}`, truth.version, original(other), id);
    } else if (version !== undefined && truths.get(version.from === id ? version.to : version.from)?.version !== id) {
      const other = version.from === id ? version.to : version.from;
      if (truths.get(other)?.version !== truth.version || truth.version === null) {
        count('version false', null, other, `${id} ${version.why}`);
      }
    }
  }
  for (const link of linked.links) {
    const [from, to] = [truths.get(link.from), truths.get(link.to)];
    if (link.relation === 'cites' || from === undefined || to === undefined) continue;
    if (from.campaign === to.campaign) tally('joining link').tp += 1;
    else {
      tally('joining link').fp += 1;
      score.misses.push(
        `${name} joins ${from.campaign} and ${to.campaign}: ${link.relation} ${link.confidence} ${link.why}`,
      );
    }
  }
  scorePairs(notices, linked, tally);
}

const keyOf = (text: string) => (text.includes('〔') || text.includes('[') ? numberKey(text) : titleKey(text));

/** Every two notices: are they in one campaign, and should they be. */
function scorePairs(notices: readonly LineageNotice[], linked: CampaignLinks, tally: (key: string) => Tally): void {
  const campaignOf = new Map<string, string>();
  for (const campaign of linked.campaigns) {
    for (const edition of campaign.editions) for (const id of edition.members) campaignOf.set(id, campaign.id);
  }
  const pairs = tally('same campaign');
  for (const [at, a] of notices.entries()) {
    for (const b of notices.slice(at + 1)) {
      const wanted = a.truth.campaign === b.truth.campaign;
      const found = campaignOf.has(a.id) && campaignOf.get(a.id) === campaignOf.get(b.id);
      if (wanted && found) pairs.tp += 1;
      else if (found) pairs.fp += 1;
      else if (wanted) pairs.fn += 1;
    }
  }
}
