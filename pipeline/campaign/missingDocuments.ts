import type { CampaignLink, MissingDocument } from '../../models/campaign.ts';
import type { AdministrativeLevel, Region } from '../../models/notice.ts';
import { agencyContext, placeAgency, toRegion } from '../../models/text/agencies.ts';
import { foldText } from '../../models/text/fold.ts';
import { provinceOfAgencyCode, type RegionIndex } from '../../models/text/regions.ts';
import { citedName } from './candidates.ts';
import type { Unresolved } from './citations.ts';
import { groupBy } from './groups.ts';
import { nameKey, nameLikeness, possibleName, relatedName, sameCampaign } from './names.ts';
import { ancestorsOf, levelRank, provinceOf } from './places.ts';
import type { ProfileIndex } from './profileIndex.ts';

/** Documents that are cited and not here, with all that is known of them. */

export interface MissingLinks {
  readonly links: CampaignLink[];
  readonly missing: MissingDocument[];
}

/**
 * The id of a document that is not here: its number, or else who issued it and its title. Of a title without a body that
 * tells its place, every province has one of its own.
 */
function missingId({ from, cited }: Unresolved, { region, isNamed }: Place, index: RegionIndex): string {
  if (cited.number !== null) return `missing:${cited.number}`;
  const body = foldText(cited.body ?? '').replace(/\s/g, '');
  const isNational = cited.body === null && from.level === 'provincial';
  const scope = isNamed || isNational ? '' : (provinceOf({ level: null, region: region ?? from.region }, index) ?? '');
  return `missing:${scope}${body}${cited.title ?? ''}`;
}

interface Placed {
  readonly one: Unresolved;
  readonly place: Place;
  readonly id: string;
}

type Building = Omit<MissingDocument, 'citedBy'> & {
  readonly citedBy: Map<string, MissingDocument['citedBy'][number]>;
};

export function linkMissing(unresolved: readonly Unresolved[], index: ProfileIndex): MissingLinks {
  const placed = unresolved.map((one): Placed => {
    const place = placeOf(one, index.regions);
    return { one, place, id: missingId(one, place, index.regions) };
  });
  const samples = samplesByTitle(placed);
  const documents = new Map<string, Building>();
  const links: CampaignLink[] = [];
  for (const { one, place, id: ownId } of placed) {
    const { from, cited } = one;
    const id = cited.number === null ? (sameDocument(one, samples, index) ?? ownId) : ownId;
    const known = documents.get(id);
    const citedBy = known?.citedBy ?? new Map();
    if (!citedBy.has(from.id)) citedBy.set(from.id, { id: from.id, evidence: cited.evidence });
    documents.set(id, {
      id,
      documentNumber: known?.documentNumber ?? cited.printedNumber,
      title: known?.title ?? cited.printedTitle,
      issuingBody: longer(known?.issuingBody ?? null, cited.body),
      administrativeLevel: known?.administrativeLevel ?? place.level,
      region: known?.region ?? place.region,
      year: known?.year ?? yearOf(cited.number) ?? citedName(cited).year,
      citedBy,
    });
    const relation = relationTo(one, place);
    if (relation === null) continue;
    const by = cited.printedNumber !== null ? `文号“${cited.printedNumber}”` : `《${cited.printedTitle}》`;
    const verb = { forwarded: '转发', basis: '依据', mentioned: '引用' }[cited.role];
    links.push({
      from: from.id,
      to: id,
      ...relation,
      stated: true,
      why: `正文${verb}${by}（未入库）`,
      evidence: cited.evidence,
      decision: null,
    });
  }
  const missing = [...documents.values()].map(
    (document): MissingDocument => ({ ...document, citedBy: [...document.citedBy.values()] }),
  );
  return { links, missing };
}

/** 青原省农业农村厅 says more than 省农业农村厅. */
const longer = (a: string | null, b: string | null) => ((b?.length ?? 0) > (a?.length ?? 0) ? b : a);

/** By title one citation for each document and name of a campaign: with a number before those without, then the fullest body. */
function samplesByTitle(placed: readonly Placed[]): ReadonlyMap<string, readonly Placed[]> {
  const known = new Set<string>();
  const samples = placed.filter(({ one: { from, cited }, id }) => {
    const key = `${id}|${from.campaign === null ? '' : nameKey(from.campaign)}`;
    if (cited.title === null || known.has(key)) return false;
    known.add(key);
    return true;
  });
  const rank = ({ one: { cited } }: Placed) => (cited.number === null ? 0 : 1_000) + (cited.body?.length ?? 0);
  samples.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  return groupBy(samples, ({ one }) => one.cited.title!);
}

/** One notice cites by title alone what another of its campaign and its province cites by number, or with its body. */
function sameDocument(
  { from, cited }: Unresolved,
  samples: ReadonlyMap<string, readonly Placed[]>,
  index: ProfileIndex,
): string | undefined {
  const own = provinceOf(from, index.regions);
  return samples.get(cited.title ?? '')?.find(({ one: other, place }) => {
    if (!isSameOrUnknown(cited.body, other.cited.body)) return false;
    // What two provinces have from above them is the nation's.
    const isNational = place.level === 'national' || (from.level === 'provincial' && other.from.level === 'provincial');
    const placed = { level: null, region: place.region ?? other.from.region };
    const theirs = isNational ? own : provinceOf(placed, index.regions);
    return (own === null || theirs === null || own === theirs) && index.sure(from, other.from) >= possibleName;
  })?.id;
}

const isSameOrUnknown = (a: string | null, b: string | null) =>
  a === null || b === null || a.endsWith(b) || b.endsWith(a);

const yearOf = (number: string | null) => {
  const year = /\[(\d{4})\]/.exec(number ?? '')?.[1];
  return year === undefined ? null : Number(year);
};

interface Place {
  readonly level: AdministrativeLevel | null;
  readonly region: Region | null;
  /** The body itself tells its place. */
  readonly isNamed: boolean;
}

/**
 * The place of a body that is known by its name, or by the mark at the head of its numbers (晋…, 豫…). 省农业农村厅 is
 * that of the citing notice's own province.
 */
function placeOf({ from, cited }: Unresolved, index: RegionIndex): Place {
  const above = from.region === null ? [] : [from.region.code, ...ancestorsOf(from.region.code, index)];
  if (cited.body !== null) {
    const place = placeOfBody(cited.body, index);
    const { level, region } = place;
    if (place.isNamed || level === null) return place;
    const own = above.map((code) => index.byCode.get(code)).find((entry) => entry?.level === level);
    return { level, region: own === undefined ? region : toRegion(own), isNamed: false };
  }
  const province = cited.number === null ? null : provinceOfAgencyCode(cited.number);
  const entry = province === null ? undefined : index.byCode.get(province);
  // 云浦县 begins its numbers with the mark of a province in which it does not lie.
  if (entry === undefined || !above.includes(entry.code)) return { level: null, region: null, isNamed: false };
  return { level: 'provincial', region: toRegion(entry), isNamed: false };
}

const placesKnown = new WeakMap<RegionIndex, Map<string, Place>>();

function placeOfBody(body: string, index: RegionIndex): Place {
  const places = placesKnown.get(index) ?? new Map<string, Place>();
  placesKnown.set(index, places);
  const place = places.get(body) ?? findPlace(body, index);
  places.set(body, place);
  return place;
}

function findPlace(body: string, index: RegionIndex): Place {
  const { level, region } = placeAgency(body, agencyContext(body, [], index));
  return { level, region: region === null ? null : toRegion(region), isNamed: region !== null || level === 'national' };
}

/** Opinions, plans of years and rules are the basis of many campaigns and the origin of none. */
const general = /意见|规划|纲要|规定|办法|条例|[三五]年|讲话|决定|标准|规范|报告/;

/** What a citation of a document that is not here says of where the notice comes from; null: nothing. */
function relationTo({ from, cited }: Unresolved, place: Place): Pick<CampaignLink, 'relation' | 'confidence'> | null {
  const confidence = cited.number === null ? 0.8 : 0.9;
  if (cited.role === 'forwarded') return { relation: 'forwards', confidence };
  const name = cited.printedTitle === null ? null : citedName(cited);
  const named = name !== null && from.campaign !== null && sameCampaign(from.campaign, name) >= possibleName;
  const year = yearOf(cited.number) ?? name?.year ?? null;
  const yearsAgo = year === null || from.year === null ? 0 : from.year - year;
  if (isOwnBody(from.body, cited.body) || isOwnOffice(from.number, cited.number)) {
    if (!named) return null;
    return { relation: yearsAgo >= 1 ? 'renews' : 'same-campaign', confidence };
  }
  const isUpper = place.level === null || from.level === null || levelRank[place.level] < levelRank[from.level];
  if (!isUpper) return named ? { relation: 'same-campaign', confidence: 0.7 } : null;
  if (named) return { relation: yearsAgo > 1 ? 'same-campaign' : 'implements', confidence };
  if (cited.role !== 'basis' || yearsAgo > 1 || yearsAgo < 0) return null;
  // A number alone: what a notice is based on, before all else, is where it comes from.
  if (name === null || from.campaign === null) return { relation: 'implements', confidence: 0.75 };
  const isRelated = nameLikeness(from.campaign, name) >= relatedName && !general.test(cited.printedTitle ?? '');
  return isRelated ? { relation: 'implements', confidence: 0.6 } : null;
}

const isOwnBody = (own: string | null, cited: string | null) =>
  own !== null && cited !== null && own === foldText(cited);

/** 柳农〔2025〕31号 and 柳农〔2024〕9号 are of one office. */
function isOwnOffice(own: string | null, cited: string | null): boolean {
  const office = (number: string | null) => /^(.+?)\[/.exec(number ?? '')?.[1];
  return office(own) !== undefined && office(own) === office(cited);
}
