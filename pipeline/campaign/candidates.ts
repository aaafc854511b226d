import { foldText } from '../../models/text/fold.ts';
import { groupBy } from './groups.ts';
import type { LinkProfile, ProfileCitation } from './linkProfile.ts';
import { type CampaignName, campaignName } from './names.ts';
import { placeKey, placesAbove } from './places.ts';
import type { ProfileIndex } from './profileIndex.ts';

/**
 * Which of many notices of one title, or of one campaign, a citation can mean, without looking at each: three thousand
 * counties issue under one title, and each cites it.
 */

/** Fewer are looked at one by one. */
const few = 8;

/** Those whose body, or whose place, allows that `from` cites them by a title of this body; null: by none. */
export function possiblyCited(
  found: readonly LinkProfile[],
  from: LinkProfile,
  body: string | null,
  index: ProfileIndex,
): readonly LinkProfile[] {
  if (found.length <= few) return found;
  const sorted = sortedOf(found);
  if (body !== null) {
    const known = sorted.byCited.get(body);
    if (known !== undefined) return known;
    const cited = bareBody(foldText(body));
    const fitting = [...sorted.byBody].flatMap(([own, some]) =>
      own === null || isPartOfOther(cited, sorted.bare.get(own)!) ? some : [],
    );
    sorted.byCited.set(body, fitting);
    return fitting;
  }
  if (from.region === null) return found;
  const own = from.body === null ? [] : (sorted.byBody.get(from.body) ?? []);
  const above = placesAbove(from, index.regions).flatMap((place) => sorted.byPlace.get(place) ?? []);
  return own.length === 0 ? above : [...new Set([...own, ...above])];
}

interface Sorted {
  readonly byBody: ReadonlyMap<string | null, readonly LinkProfile[]>;
  readonly byPlace: ReadonlyMap<string, readonly LinkProfile[]>;
  readonly bare: ReadonlyMap<string, string>;
  /** What was found for a cited body. */
  readonly byCited: Map<string, readonly LinkProfile[]>;
}

const sortedBy = new WeakMap<readonly LinkProfile[], Sorted>();

function sortedOf(found: readonly LinkProfile[]): Sorted {
  const known = sortedBy.get(found);
  if (known !== undefined) return known;
  const sorted: Sorted = {
    byBody: groupBy(found, (one) => one.body),
    bare: new Map(found.flatMap(({ body }) => (body === null ? [] : [[body, bareBody(body)]]))),
    byPlace: groupBy(found, placeKey),
    byCited: new Map(),
  };
  sortedBy.set(found, sorted);
  return sorted;
}

const bareBody = (body: string) => body.replace(/\s/g, '');

const isPartOfOther = (a: string, b: string) => a.includes(b) || b.includes(a);

/** 青原省农业农村厅 and 省农业农村厅 are one body, and so are joint issuers with the first of them. */
export const isSameBody = (printed: string, own: string): boolean =>
  isPartOfOther(bareBody(foldText(printed)), bareBody(own));

const nameOf = new WeakMap<ProfileCitation, CampaignName>();
/** The name of the campaign in a cited title. */
export function citedName(cited: ProfileCitation): CampaignName {
  const known = nameOf.get(cited) ?? campaignName(cited.printedTitle ?? '');
  nameOf.set(cited, known);
  return known;
}
