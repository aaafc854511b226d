import { expect } from 'vitest';
import type { CampaignLinks, LineageNode } from '../../models/campaign.ts';
import type { RegionEntry } from '../../models/text/regions.ts';
import { linkCampaigns } from '../../pipeline/campaign/linkCampaigns.ts';
import { type NoticeParts, noticeWith } from '../compare/noticeOf.ts';

/** Invented places; 9 is a digit that GB/T 2260 does not begin with. */
export const places: readonly RegionEntry[] = [
  { code: '950000', name: '沂川省', level: 'provincial', parent: null },
  { code: '950100', name: '临湖市', level: 'prefectural', parent: '950000' },
  { code: '950102', name: '河口区', level: 'county', parent: '950100' },
  { code: '950121', name: '桑坪县', level: 'county', parent: '950100' },
  { code: '950200', name: '白岭市', level: 'prefectural', parent: '950000' },
  { code: '950221', name: '石鼓县', level: 'county', parent: '950200' },
  { code: '960000', name: '澄江省', level: 'provincial', parent: null },
  { code: '960100', name: '南浦市', level: 'prefectural', parent: '960000' },
  { code: '960121', name: '东桥县', level: 'county', parent: '960100' },
];

/** A notice of a library written by hand, and what a careful reader says of where it belongs. */
export interface Written extends NoticeParts {
  /** Division of its body, by name; `level` where it is not that of the division. */
  readonly at?: string;
  /** Id of the notice that it came from; `missing:…` for one that is not here; none: it stands at the top. */
  readonly from?: string;
  /** Which campaign it is of, by any word. */
  readonly of: string;
  readonly year?: number;
  /** Last year's notice. */
  readonly renews?: string;
  /** 'duplicate a': its version, as a link to an earlier one. */
  readonly version?: string;
}

export const library = (notices: Readonly<Record<string, Written>>) =>
  linkCampaigns(
    Object.entries(notices).map(([id, { at, ...parts }]) => {
      const place = places.find(({ name }) => name === at);
      const facts = {
        level: place?.level ?? 'national',
        ...(place && { region: `${place.code} ${place.name}` }),
        campaign: (parts.title ?? '').replace(/^.*?关于(?:开展|印发《)?|》?的通知$/g, ''),
        ...parts,
      };
      return { id, fileName: `${id}.txt`, notice: noticeWith(facts) };
    }),
    { regions: places },
  );

/** What was found, in the words of `Written`. */
function found({ campaigns, links }: CampaignLinks): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const campaign of campaigns) {
    const names = campaign.editions.flatMap(({ members }) => members).sort();
    for (const { year, roots, members } of campaign.editions) {
      const above = new Map<string, string | null>();
      const copyOf = new Map<string, string>();
      const visit = (node: LineageNode) => {
        for (const id of [node.id, ...node.copies]) above.set(id, node.link?.to ?? null);
        for (const id of node.copies) copyOf.set(id, node.id);
        node.children.forEach(visit);
      };
      roots.forEach(visit);
      for (const id of members) {
        const of = (relations: readonly string[]) =>
          links.filter((link) => link.from === id && relations.includes(link.relation));
        const renews = of(['renews']).map(({ to }) => to);
        const versions = of(['duplicate', 'reissue', 'correction']).map(
          ({ relation, to }) => `${relation} ${copyOf.get(to) ?? to}`,
        );
        lines.set(id, lineOf(names, year, above.get(id) ?? null, renews[0] ?? null, versions[0] ?? null));
      }
    }
  }
  return lines;
}

const lineOf = (
  with_: readonly string[],
  year: number | null,
  from: string | null,
  renews: string | null,
  version: string | null,
) => `with ${with_.join(' ')}; ${year}; from ${from}; renews ${renews}; ${version}`;

/** Every notice stands where its writer said, in a campaign with just those of the same one. */
export function expectAsWritten(notices: Readonly<Record<string, Written>>): void {
  const lines = found(library(notices));
  const all = Object.entries(notices);
  const wanted = all.map(([id, { of, year = 2025, from = null, renews = null, version = null }]) => {
    const ids = all.filter(([, other]) => other.of === of).map(([other]) => other);
    return `${id}: ${lineOf(ids.sort(), year, from, renews, version)}`;
  });
  expect(all.map(([id]) => `${id}: ${lines.get(id)}`)).toEqual(wanted);
}
