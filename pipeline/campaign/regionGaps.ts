import type { CampaignEdition, LineageNode, RegionGap } from '../../models/campaign.ts';
import type { AdministrativeLevel, Region } from '../../models/notice.ts';
import type { RegionEntry, RegionIndex } from '../../models/text/regions.ts';
import { ancestorsOf } from './places.ts';

/**
 * Who has not issued anything: under every division that stands in the tree (or above one that does, below the root) its
 * own divisions without a notice. Of those of a whole country only the provinces are asked for, and the divisions of the
 * provinces that take part.
 */
export function regionGaps(edition: CampaignEdition, index: RegionIndex): RegionGap[] {
  const issued = new Set<string>();
  const asked = new Set<string>();
  let isNational = false;
  const visit = (node: LineageNode) => {
    const code = node.region?.code;
    if (node.administrativeLevel === 'national') isNational = true;
    if (code !== undefined) {
      if (!node.missing && node.administrativeLevel !== 'township') issued.add(code.slice(0, 6));
      const line = [code, ...ancestorsOf(code, index)];
      for (const one of line) asked.add(one);
    }
    node.children.forEach(visit);
  };
  edition.roots.forEach(visit);
  // A campaign of one city says nothing of the other cities of its province.
  const tops = topDivisions(edition.roots, index);
  const uppers = [...asked]
    .filter((code) => isNational || tops.some((top) => code === top || ancestorsOf(code, index).includes(top)))
    .sort();
  const below = divisionsBelow(index);
  const gaps = uppers.map((code) => gapUnder(index.byCode.get(code) ?? null, below.get(code) ?? [], issued));
  if (isNational) gaps.unshift(gapUnder(null, below.get('') ?? [], issued));
  return gaps.filter((gap) => gap.silent.length + gap.issued.length > 0);
}

const toRegion = ({ code, name }: RegionEntry): Region => ({ code, name });
const levelBelow: Readonly<Record<RegionEntry['level'], AdministrativeLevel>> = {
  provincial: 'prefectural',
  prefectural: 'county',
  county: 'township',
};

function gapUnder(upper: RegionEntry | null, below: readonly RegionEntry[], issued: ReadonlySet<string>): RegionGap {
  return {
    upper: upper === null ? null : toRegion(upper),
    level: upper === null ? 'provincial' : levelBelow[upper.level],
    issued: below.filter(({ code }) => issued.has(code)).map(toRegion),
    silent: below.filter(({ code }) => !issued.has(code)).map(toRegion),
  };
}

function topDivisions(roots: readonly LineageNode[], index: RegionIndex): string[] {
  // A missing document whose place nobody knows says nothing; those under it do.
  const placed = (node: LineageNode): string[] =>
    node.region === null ? node.children.flatMap(placed) : [node.region.code];
  const codes = [...new Set(roots.flatMap(placed))];
  return codes.filter((code) => !ancestorsOf(code, index).some((above) => codes.includes(above)));
}

const belowOf = new WeakMap<RegionIndex, ReadonlyMap<string, readonly RegionEntry[]>>();
/** No body of government: 110100 市辖区, 419000 省直辖县级行政区划. */
const isPlaceholder = ({ name }: RegionEntry) => /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/.test(name);

/** Notices of the mainland's offices are not addressed to them: Taiwan, Hong Kong, Macao. */
const isOutside = ({ code }: RegionEntry) => /^(?:71|81|82)/.test(code);

/** The divisions right below each, by code; '' has the provinces. */
function divisionsBelow(index: RegionIndex): ReadonlyMap<string, readonly RegionEntry[]> {
  const known = belowOf.get(index);
  if (known !== undefined) return known;
  const below = new Map<string, RegionEntry[]>();
  for (const entry of index.byCode.values()) {
    if (isPlaceholder(entry) || isOutside(entry)) continue;
    const parent = ancestorsOf(entry.code, index).find((code) => {
      const found = index.byCode.get(code);
      return found !== undefined && !isPlaceholder(found);
    });
    below.set(parent ?? '', [...(below.get(parent ?? '') ?? []), entry]);
  }
  belowOf.set(index, below);
  return below;
}
