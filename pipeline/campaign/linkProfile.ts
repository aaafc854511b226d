import type { Evidence } from '../../models/evidence.ts';
import type { CitedDocument } from '../../models/facts.ts';
import type { AdministrativeLevel, Notice, Region, Section } from '../../models/notice.ts';
import { foldText } from '../../models/text/fold.ts';
import { type CampaignName, campaignName, nameGrams, nameKey } from './names.ts';
import { hashOf, type TextSketch, textSketch } from './sketch.ts';

/** A notice of the library with the id under which the caller knows it. */
export interface CampaignMember {
  readonly id: string;
  readonly fileName: string;
  readonly notice: Notice;
}

export interface ProfileCitation {
  readonly role: 'basis' | 'forwarded' | 'mentioned';
  /** `numberKey`, `titleKey` of what is cited. */
  readonly number: string | null;
  readonly title: string | null;
  readonly printedNumber: string | null;
  readonly printedTitle: string | null;
  readonly body: string | null;
  readonly evidence: readonly Evidence[];
}

/**
 * All of a notice that linking looks at, and small: a library keeps one for each notice and never opens the notices
 * themselves to link them.
 */
export interface LinkProfile {
  readonly id: string;
  readonly fileName: string;
  readonly documentType: string | null;
  /** Id of the member that this one forwards within its file. */
  readonly forwards: string | null;
  readonly number: string | null;
  readonly printedNumber: string | null;
  readonly title: string | null;
  readonly printedTitle: string | null;
  /** The title of what it encloses, which is how others cite it. */
  readonly enclosed: string | null;
  readonly campaign: CampaignName | null;
  /** Whether the notice itself names a campaign; else the name is that of its title. */
  readonly named: boolean;
  /** YYYY-MM-DD; null where no date is known. */
  readonly date: string | null;
  readonly year: number | null;
  readonly level: AdministrativeLevel | null;
  readonly region: Region | null;
  readonly body: string | null;
  /** The body and those that issue with it. */
  readonly issuers: readonly string[];
  readonly cited: readonly ProfileCitation[];
  readonly attachments: readonly string[];
  /** Where the campaign, or else the title, is printed. */
  readonly evidence: readonly Evidence[];
  readonly sketch: TextSketch;
  /** What is to be inspected, as hashes of the items' words. */
  readonly items: readonly number[];
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
    .replace(/[《》<>〈〉"]/g, '')
    .replace(/^.{0,40}?关于/, '关于');
}

const maxItems = 24;

export function profileOf({ id, fileName, notice }: CampaignMember, memberOf: MemberNaming = sameFile): LinkProfile {
  const title = notice.title?.value ?? null;
  const enclosed = title === null ? undefined : /《([^《》]{6,})》/.exec(title)?.[1];
  const named = notice.campaign?.name ?? title;
  const date =
    notice.issueDate?.value ??
    fullDate(notice.printingInfo?.date ?? null) ??
    fullDate(notice.campaign?.startDate ?? null);
  const campaign = named === null ? null : campaignName(named);
  const titleYear = title === null ? null : campaignName(title).year;
  return {
    id,
    fileName,
    documentType: notice.documentType,
    forwards: notice.forwards === undefined ? null : memberOf(id, notice.forwards),
    number: notice.documentNumber === null ? null : numberKey(notice.documentNumber.value),
    printedNumber: notice.documentNumber?.value ?? null,
    title: title === null ? null : titleKey(title),
    printedTitle: title,
    enclosed: enclosed === undefined ? null : titleKey(enclosed),
    campaign: campaign && { ...campaign, year: campaign.year ?? titleYear },
    named: notice.campaign !== null,
    date,
    year: date === null ? (notice.documentNumber?.year ?? null) : Number(date.slice(0, 4)),
    level: notice.administrativeLevel,
    region: notice.region,
    body: notice.issuingBody === null ? null : foldText(notice.issuingBody.value),
    issuers: [notice.issuingBody, ...notice.jointIssuers].flatMap((one) => (one === null ? [] : foldText(one.value))),
    cited: notice.citedDocuments.flatMap(citationOf),
    attachments: notice.attachments.map((attachment) => titleKey(attachment.title)),
    evidence: (notice.campaign?.evidence ?? notice.title?.evidence ?? []).slice(0, 1),
    sketch: textSketch(bodyText(notice.sections)),
    items: [...new Set(notice.focusItems.map((item) => hashOf(foldText(item.text))))].slice(0, maxItems),
  };
}

/** The member's id of another notice in the file of a member. */
export type MemberNaming = (member: string, noticeId: string) => string;
/** Ids such as f#n1 and f.n1 name the notice at their end. */
const sameFile: MemberNaming = (member, noticeId) => member.replace(/n\d+$/, noticeId);

function citationOf(cited: CitedDocument): ProfileCitation[] {
  if (cited.role === 'law') return [];
  // 《》 with nothing in it, as a text with gaps has it, is no title.
  const title = cited.title?.trim() || null;
  return [
    {
      role: cited.role,
      number: cited.documentNumber === null ? null : numberKey(cited.documentNumber),
      title: title === null ? null : titleKey(title),
      printedNumber: cited.documentNumber,
      printedTitle: title,
      body: cited.issuingBody ?? bodyInTitle(title),
      evidence: cited.evidence.slice(0, 3),
    },
  ];
}

export const bodyInTitle = (title: string | null) => /^(.{3,40}?)关于/.exec(title ?? '')?.[1] ?? null;

const fullDate = (date: string | null) => (date === null ? null : date.length === 10 ? date : `${date}-01`);

const bodyText = (sections: readonly Section[]): string =>
  sections.map((section) => `${section.title ?? ''}${section.text}${bodyText(section.children)}`).join('');

/** A title without the words that only say it is a correction of itself. */
export const plainTitle = (title: string) =>
  title.replace(/更正|勘误|修订|补充|调整|重新印发|予以|有关内容|通知|\(.*?\)|印发|关于|的/g, '');

/** By which titles versions find each other: the own one and that of what it encloses, corrects or issues again. */
export const plainTitles = ({ title, enclosed }: Pick<LinkProfile, 'title' | 'enclosed'>): string[] => [
  ...new Set([title, enclosed].flatMap((one) => (one === null ? [] : plainTitle(one))).filter((one) => one !== '')),
];

/** A key shorter than this names nothing. */
const shortest = 4;

/**
 * By what others can be found that may be linked with this one. Two notices are linked only if one cites what the other
 * owns, or they own the same, have a mate, the name (`nameGrams`) or several items in common.
 */
export interface ProfileKeys {
  readonly own: readonly string[];
  readonly cited: readonly string[];
  /** Of those cited, what it passes on: two that forward one document are of one campaign. */
  readonly forwarded: readonly string[];
  readonly mates: readonly string[];
  readonly items: readonly string[];
  readonly name: string | null;
  readonly grams: readonly string[];
}

export function keysOf(profile: LinkProfile): ProfileKeys {
  const known = keysKnown.get(profile) ?? findKeys(profile);
  keysKnown.set(profile, known);
  return known;
}

const keysKnown = new WeakMap<LinkProfile, ProfileKeys>();

function findKeys(profile: LinkProfile): ProfileKeys {
  const { number, title, enclosed, body, date, campaign } = profile;
  const titles = plainTitles(profile);
  const keys = (...values: (string | null)[]) => [
    ...new Set(values.filter((value): value is string => value !== null && value.length > shortest)),
  ];
  const own = (prefix: string, value: string | null) =>
    value === null || value.length < shortest ? null : `${prefix}:${value}`;
  const citedKeys = (some: readonly ProfileCitation[]) =>
    keys(...some.flatMap((cited) => [own('n', cited.number), own('t', cited.title)]));
  return {
    own: keys(own('n', number), own('t', title), own('t', enclosed)),
    cited: citedKeys(profile.cited),
    forwarded: citedKeys(profile.cited.filter(({ role }) => role === 'forwarded')),
    mates: keys(
      ...titles.flatMap((one) => [
        body === null ? null : `v:${body}|${one}`,
        date === null ? null : `d:${date}|${one}`,
      ]),
    ),
    items: profile.items.map((hash) => hash.toString(36)),
    name: campaign === null ? null : nameKey(campaign),
    grams: campaign === null ? [] : nameGrams(campaign),
  };
}
