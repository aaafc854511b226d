import { AdministrativeLevel, type LineageNode, type LinkedCampaign } from '../../models/index.ts';
import type { LinkProfile } from '../../pipeline/campaign/linkProfile.ts';
import type { CampaignBody, CampaignRow } from './reading.ts';

/** A link below this that nobody confirmed is worth a look. */
const doubtful = 0.75;

/** A campaign as a row of its table. */
export function rowOf(
  campaign: LinkedCampaign,
  parts: Omit<CampaignBody, 'editions'>,
  profiles: ReadonlyMap<string, LinkProfile>,
): Omit<CampaignRow, 'number'> {
  const members = campaign.editions.flatMap((edition) => edition.members).map((id) => profiles.get(id)!);
  const dates = members.flatMap((member) => member.date ?? []).sort();
  const levels = new Set(members.map((member) => member.level));
  const body: CampaignBody = { editions: campaign.editions, ...parts };
  return {
    name: campaign.name,
    years: campaign.editions.flatMap((edition) => edition.year ?? []).join(','),
    levels: AdministrativeLevel.options.filter((level) => levels.has(level)).join(','),
    members: members.length,
    missing: new Set(campaign.editions.flatMap((edition) => edition.roots.flatMap(missingIn))).size,
    doubtful: parts.links.filter(
      (link) => link.relation !== 'cites' && link.confidence < doubtful && link.decision === null,
    ).length,
    first_date: dates[0] ?? null,
    last_date: dates.at(-1) ?? null,
    body: JSON.stringify(body),
  };
}

const missingIn = (node: LineageNode): string[] => [
  ...(node.missing ? [node.id] : []),
  ...node.children.flatMap(missingIn),
];
