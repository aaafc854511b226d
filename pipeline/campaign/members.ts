import type { AdministrativeLevel, Notice, Region } from '../../models/notice.ts';
import { foldText } from '../../models/text/fold.ts';
import type { RegionIndex } from '../../models/text/regions.ts';
import { type CampaignName, campaignName } from './names.ts';

/** A notice of the library with the id under which the caller knows it. */
export interface CampaignMember {
  readonly id: string;
  readonly fileName: string;
  readonly notice: Notice;
}

/** A member with what linking looks at. */
export interface Entry extends CampaignMember {
  readonly number: string | null;
  readonly title: string | null;
  readonly campaign: CampaignName | null;
  /** YYYY-MM-DD; null where no date is known. */
  readonly date: string | null;
  readonly year: number | null;
  readonly level: AdministrativeLevel | null;
  readonly region: Region | null;
  readonly body: string | null;
}

/** 晋药监办流通〔2025〕20 号 and 晋药监办流通[2025]020号 are one number. */
export function numberKey(number: string): string {
  return foldText(number)
    .replace(/\s/g, '')
    .replace(/第?0*(\d+)号?$/, '$1号');
}

/** A title without layout, book marks and the body before 关于: how others cite it. */
export function titleKey(title: string): string {
  return foldText(title)
    .replace(/[《》"]/g, '')
    .replace(/^.{0,40}?关于/, '关于');
}

export function entryOf(member: CampaignMember): Entry {
  const { notice } = member;
  const title = notice.title?.value ?? null;
  const named = notice.campaign?.name ?? title;
  const date =
    notice.issueDate?.value ??
    fullDate(notice.printingInfo?.date ?? null) ??
    fullDate(notice.campaign?.startDate ?? null);
  return {
    ...member,
    number: notice.documentNumber === null ? null : numberKey(notice.documentNumber.value),
    title: title === null ? null : titleKey(title),
    campaign: named === null ? null : campaignName(named),
    date,
    year: date === null ? (notice.documentNumber?.year ?? null) : Number(date.slice(0, 4)),
    level: notice.administrativeLevel,
    region: notice.region,
    body: notice.issuingBody === null ? null : foldText(notice.issuingBody.value),
  };
}

const fullDate = (date: string | null) => (date === null ? null : date.length === 10 ? date : `${date}-01`);

const dayMs = 86_400_000;

/** Days from a to b; null where one is unknown. */
export function daysBetween(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / dayMs);
}

export const levelRank: Readonly<Record<AdministrativeLevel, number>> = {
  national: 0,
  provincial: 1,
  prefectural: 2,
  county: 3,
  township: 4,
};

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
  // Counties right under a province (419001) have a parent that no list names.
  return above;
}

/** 141121 → 141100 → 140000; a township has the six digits of its county. Source: GB/T 2260, GB/T 10114. */
function parentByDigits(code: string): string | null {
  if (code.length > 6) return code.slice(0, 6);
  if (!/^\d{6}$/.test(code) || code.endsWith('0000')) return null;
  return code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
}

/** Whether `lower` lies within `upper`; undefined where a region is not known. */
export function isWithin(
  lower: Pick<Entry, 'region' | 'level'>,
  upper: Pick<Entry, 'region' | 'level'>,
  index: RegionIndex,
): boolean | undefined {
  if (upper.level === 'national') return true;
  if (lower.region === null || upper.region === null) return undefined;
  if (lower.region.code === upper.region.code) return true;
  return ancestorsOf(lower.region.code, index).includes(upper.region.code);
}
