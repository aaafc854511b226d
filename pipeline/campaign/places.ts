import type { AdministrativeLevel } from '../../models/notice.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import type { LinkProfile } from './linkProfile.ts';

/** Where notices stand in place and time to each other. */

export const levelRank: Readonly<Record<AdministrativeLevel, number>> = {
  national: 0,
  provincial: 1,
  prefectural: 2,
  county: 3,
  township: 4,
};

/** Days from a to b; null where one is unknown. */
export function daysBetween(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  return dayOf(b) - dayOf(a);
}

/** The number of the day in the Gregorian calendar (H. Hinnant, chrono-compatible low-level date algorithms). */
function dayOf(date: string): number {
  const month = Number(date.slice(5, 7));
  // Years begin with March, so that the leap day is their last.
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear;
}

/** The codes above a division, nearest first, by the list of divisions and else by the digits of GB/T 2260. */
export function ancestorsOf(code: string, index: RegionIndex): string[] {
  const above: string[] = [];
  for (let at: string | null = code; at !== null && above.length < 6; ) {
    const entry = index.byCode.get(at);
    const parent: string | null = entry === undefined ? parentByDigits(at) : entry.parent;
    if (parent === null || above.includes(parent)) break;
    above.push(parent);
    at = parent;
  }
  return above;
}

/** 141121 → 141100 → 140000; a township has the six digits of its county. Source: GB/T 2260, GB/T 10114. */
function parentByDigits(code: string): string | null {
  if (/^\d{9,12}$/.test(code)) return code.slice(0, 6);
  if (!/^\d{6}$/.test(code) || code.endsWith('0000')) return null;
  return code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
}

type Placed = Pick<LinkProfile, 'region' | 'level'>;

/**
 * What tells a place with its level from others. The list of divisions ends with the counties: townships bear the code of
 * theirs, and are told by their bodies.
 */
export const placeOrBody = ({ level, region, body }: Pick<LinkProfile, 'region' | 'level' | 'body'>): string =>
  `${level}|${level === 'township' ? (body ?? region?.code ?? '') : (region?.code ?? body ?? '')}`;

/** Whether two are of one level and place. */
export const isSamePlace = (a: LinkProfile, b: LinkProfile): boolean =>
  a.level !== null && a.level === b.level && (a.level === 'national' || placeOrBody(a) === placeOrBody(b));

/** Whether `lower` lies within `upper`; undefined where a region is not known. */
export function isWithin(lower: Placed, upper: Placed, index: RegionIndex): boolean | undefined {
  if (upper.level === 'national') return true;
  if (lower.region === null || upper.region === null) return undefined;
  if (lower.region.code === upper.region.code) return true;
  return ancestorsOf(lower.region.code, index).includes(upper.region.code);
}

const nation = 'nation';
const unknown = 'unknown';

/** Under which key a notice stands among those of its place. */
export const placeKey = ({ level, region }: Placed): string =>
  level === 'national' ? nation : (region?.code ?? unknown);

/** The keys of the places whose notices may stand above one of this place: its own, those above it, the nation's, any. */
export const placesAbove = ({ region }: Placed, index: RegionIndex): string[] => [
  ...(region === null ? [] : [region.code, ...ancestorsOf(region.code, index)]),
  nation,
  unknown,
];

/** The code of the province that a notice belongs to; 'national' for the nation's, null where nobody knows. */
export function provinceOf({ region, level }: Placed, index: RegionIndex): string | null {
  if (level === 'national') return 'national';
  if (region === null) return null;
  return ancestorsOf(region.code, index).at(-1) ?? region.code;
}
