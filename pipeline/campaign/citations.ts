import type { CampaignLink, MissingDocument } from '../../models/campaign.ts';
import type { CitedDocument } from '../../models/facts.ts';
import type { AdministrativeLevel, Region } from '../../models/notice.ts';
import { agencyContext, placeAgency, toRegion } from '../../models/text/agencies.ts';
import { provinceOfAgencyCode, type RegionIndex } from '../../models/text/regions.ts';
import { daysBetween, type Entry, levelRank, numberKey, titleKey } from './members.ts';
import { campaignName, sameCampaign } from './names.ts';

/** Links that notices state themselves: what they cite by number or title, and what they forward. */

interface Cited {
  readonly links: CampaignLink[];
  readonly missing: MissingDocument[];
}

/** Laws, general opinions of the State Council and the like are cited by everybody and join nothing. */
function joins(entry: Entry, cited: CitedDocument, target: Entry | null): boolean {
  if (cited.role === 'forwarded') return true;
  if (cited.role === 'law') return false;
  const own = entry.campaign;
  if (own === null) return cited.role === 'basis';
  const names = [target?.campaign, cited.title === null ? null : campaignName(cited.title)];
  if (names.some((name) => name && sameCampaign(own, name) >= 0.5)) return true;
  // A number alone: what a notice is based on, before all else, is where it comes from.
  return cited.role === 'basis' && cited.title === null && target === null;
}

/** The place of a body that is known by its name, or by the mark at the head of its numbers (晋…, 豫…). */
function placeOf(
  body: string | null,
  number: string | null,
  index: RegionIndex,
): { level: AdministrativeLevel | null; region: Region | null } {
  if (body !== null) {
    const place = placeAgency(body, agencyContext(body, [], index));
    return { level: place.level, region: place.region === null ? null : toRegion(place.region) };
  }
  const province = number === null ? null : provinceOfAgencyCode(number);
  const entry = province === null ? undefined : index.byCode.get(province);
  // 晋药监办流通: the province's mark heads the numbers of its own offices; others begin with their place.
  return entry === undefined ? { level: null, region: null } : { level: 'provincial', region: toRegion(entry) };
}

const yearOf = (number: string | null) => {
  const year = /\[(\d{4})\]/.exec(number ?? '')?.[1];
  return year === undefined ? null : Number(year);
};

function whyCited(cited: CitedDocument, by: 'number' | 'title'): string {
  const verb = cited.role === 'forwarded' ? '转发' : cited.role === 'basis' ? '依据' : '引用';
  return by === 'number' ? `正文${verb}文号“${cited.documentNumber}”` : `正文${verb}《${cited.title}》`;
}

/** Resolves every citation to a member or to a missing document. */
export function linkCitations(entries: readonly Entry[], index: RegionIndex): Cited {
  const byNumber = new Map<string, Entry[]>();
  const byTitle = new Map<string, Entry[]>();
  const put = (map: Map<string, Entry[]>, key: string | null, entry: Entry) => {
    if (key !== null && key.length > 3) map.set(key, [...(map.get(key) ?? []), entry]);
  };
  for (const entry of entries) {
    put(byNumber, entry.number, entry);
    put(byTitle, entry.title, entry);
    // 《某某实施方案》 is cited by the name of what the notice encloses.
    const enclosed = /《([^《》]{6,})》/.exec(entry.notice.title?.value ?? '')?.[1];
    if (enclosed !== undefined) put(byTitle, titleKey(enclosed), entry);
  }
  const inFile = new Map(entries.map((entry) => [`${entry.fileName}|${entry.notice.id}`, entry]));
  const links: CampaignLink[] = [];
  const missing = new Map<
    string,
    MissingDocument & { citedBy: { id: string; evidence: CitedDocument['evidence'] }[] }
  >();
  for (const entry of entries) {
    for (const cited of entry.notice.citedDocuments) {
      if (cited.role === 'law') continue;
      const number = cited.documentNumber === null ? null : numberKey(cited.documentNumber);
      const title = cited.title === null ? null : titleKey(cited.title);
      if (number === entry.number && number !== null) continue;
      const found = number === null ? undefined : nearest(byNumber.get(number), entry);
      const named = found ?? (title === null ? undefined : nearest(byTitle.get(title), entry));
      if (named !== undefined) {
        links.push({
          from: entry.id,
          to: named.id,
          relation:
            cited.role === 'forwarded' ? 'forwards' : joins(entry, cited, named) ? relationTo(entry, named) : 'cites',
          confidence: found !== undefined ? 0.98 : 0.9,
          why: whyCited(cited, found !== undefined ? 'number' : 'title'),
          evidence: cited.evidence,
          decision: null,
        });
        continue;
      }
      const key = number ?? title;
      if (key === null || isOwn(entry, cited)) continue;
      const id = `missing:${key}`;
      const known = missing.get(id);
      const place = placeOf(cited.issuingBody ?? bodyInTitle(cited.title), number, index);
      missing.set(id, {
        id,
        documentNumber: known?.documentNumber ?? cited.documentNumber,
        title: known?.title ?? cited.title,
        issuingBody: known?.issuingBody ?? cited.issuingBody,
        administrativeLevel: known?.administrativeLevel ?? place.level,
        region: known?.region ?? place.region,
        year: known?.year ?? yearOf(number),
        citedBy: [...(known?.citedBy ?? []), { id: entry.id, evidence: cited.evidence }],
      });
      if (joins(entry, cited, null)) {
        links.push({
          from: entry.id,
          to: id,
          relation: cited.role === 'forwarded' ? 'forwards' : 'implements',
          confidence: number === null ? 0.8 : 0.9,
          why: `${whyCited(cited, number === null ? 'title' : 'number')}（未入库）`,
          evidence: cited.evidence,
          decision: null,
        });
      }
    }
    const { forwards } = entry.notice;
    const inside = forwards === undefined ? undefined : inFile.get(`${entry.fileName}|${forwards}`);
    if (inside !== undefined && inside.id !== entry.id) {
      links.push({
        from: entry.id,
        to: inside.id,
        relation: 'forwards',
        confidence: 1,
        why: `转发同一文件内的《${inside.notice.title?.value ?? inside.id}》`,
        evidence: entry.notice.title?.evidence ?? [],
        decision: null,
      });
    }
  }
  return { links, missing: [...missing.values()] };
}

const bodyInTitle = (title: string | null) => /^(.{3,40}?)关于/.exec(title ?? '')?.[1] ?? null;

/** A notice that a body cites from this long ago is last year's, not one of this year. */
const yearDays = 150;

/** What a body cites of its own is its last year's notice, or another one of the same campaign; of others, its basis. */
function relationTo(entry: Entry, target: Entry): 'implements' | 'renews' | 'same-campaign' {
  const sameBody = entry.body !== null && entry.body === target.body;
  const samePlace = entry.level !== null && entry.level === target.level && entry.region?.code === target.region?.code;
  if (!sameBody && !samePlace) return 'implements';
  const days = daysBetween(target.date, entry.date);
  return days !== null && days >= yearDays && entry.year !== target.year ? 'renews' : 'same-campaign';
}

const enclosing = /印发|公布|下发|关于开展/;

/** What a notice prints itself: its plan, its tables. A name without number and body that it does not have from above. */
function isOwn(entry: Entry, cited: CitedDocument): boolean {
  if (cited.documentNumber !== null || cited.issuingBody !== null || cited.role === 'forwarded') return false;
  if (cited.title === null) return false;
  const key = titleKey(cited.title);
  const own = entry.notice.attachments.map((attachment) => titleKey(attachment.title));
  if (own.some((title) => title.includes(key) || key.includes(title))) return true;
  const title = entry.notice.title?.value ?? '';
  if (!enclosing.test(title) || /^关于/.test(cited.title)) return false;
  return (
    titleKey(title).includes(key) ||
    (entry.campaign !== null && sameCampaign(entry.campaign, campaignName(cited.title)) >= 0.7)
  );
}

/** Of several documents under one number or title the one of the level right above, then the one before in time. */
function nearest(found: readonly Entry[] | undefined, entry: Entry): Entry | undefined {
  const others = (found ?? []).filter((other) => other.id !== entry.id);
  if (others.length <= 1) return others[0];
  const rank = (other: Entry) => {
    const step = entry.level !== null && other.level !== null ? levelRank[entry.level] - levelRank[other.level] : 0;
    const later = entry.date !== null && other.date !== null && other.date > entry.date ? 10 : 0;
    return (step > 0 ? step : 5) + later;
  };
  return others.reduce((best, other) => (rank(other) < rank(best) ? other : best));
}
