import type { CampaignLink } from '../../models/campaign.ts';
import type { AdministrativeLevel } from '../../models/notice.ts';
import { citedName, isSameBody, possiblyCited } from './candidates.ts';
import { bodyInTitle, type LinkProfile, type ProfileCitation } from './linkProfile.ts';
import { nameLikeness, possibleName, relatedName, sameCampaign, sureName } from './names.ts';
import { daysBetween, isSamePlace, isWithin, levelRank } from './places.ts';
import type { ProfileIndex } from './profileIndex.ts';
import { takenOver } from './sketch.ts';

/** Links that notices state themselves: what they cite by number or title, and what they forward. */

/** A citation whose document is not in the library. */
export interface Unresolved {
  readonly from: LinkProfile;
  readonly cited: ProfileCitation;
}

export interface CitationLinks {
  readonly links: CampaignLink[];
  readonly unresolved: Unresolved[];
}

interface Found {
  readonly target: LinkProfile;
  readonly confidence: number;
  readonly why: string;
}

const verbs = { forwarded: '转发', basis: '依据', mentioned: '引用' } as const;
const numbered = ({ role, printedNumber }: ProfileCitation) => `正文${verbs[role]}文号“${printedNumber}”`;
const titled = ({ role, printedTitle }: ProfileCitation) => `正文${verbs[role]}《${printedTitle}》`;

/** Links every citation to the member it means; those that mean none are given back. */
export function linkCitations(index: ProfileIndex): CitationLinks {
  const links: CampaignLink[] = [];
  const unresolved: Unresolved[] = [];
  for (const from of index.inner) {
    for (const cited of from.cited) {
      if (cited.number !== null && cited.number === from.number) continue;
      const found = findCited(from, cited, index);
      if (found === undefined) {
        if ((cited.number ?? cited.title) !== null && !isOwn(from, cited)) unresolved.push({ from, cited });
        continue;
      }
      const relation = relationTo(from, cited, found.target, index);
      links.push({
        from: from.id,
        to: found.target.id,
        relation,
        confidence: found.confidence * (relation === 'cites' || isNamed(from, cited, found.target, index) ? 1 : 0.75),
        stated: true,
        why: found.why,
        evidence: cited.evidence,
        decision: null,
      });
    }
    const inside = from.forwards === null ? undefined : index.byId.get(from.forwards);
    if (inside !== undefined && inside.id !== from.id) {
      links.push({
        from: from.id,
        to: inside.id,
        relation: 'forwards',
        confidence: 1,
        stated: true,
        why: `转发同一文件内的《${inside.printedTitle ?? inside.id}》`,
        evidence: from.evidence,
        decision: null,
      });
    }
  }
  return { links, unresolved };
}

/** The member that a citation means: by number, by title, by a title that differs in little. */
export function findCited(from: LinkProfile, cited: ProfileCitation, index: ProfileIndex): Found | undefined {
  const byNumber = cited.number === null ? [] : others(index.byOwn.get(`n:${cited.number}`) ?? [], from);
  const byTitle =
    cited.title === null
      ? []
      : others(possiblyCited(index.byOwn.get(`t:${cited.title}`) ?? [], from, cited.body, index), from).filter((one) =>
          isNameable(from, cited, one, index),
        );
  if (byNumber.length > 0) {
    // Where the very title is that of another, only a title as good as the same speaks for the number.
    const least = byTitle.some((one) => !byNumber.includes(one)) ? 0.95 : 0.4;
    const fitting = inLine(byNumber, from, index).filter(
      (one) => cited.title === null || titleAgreement(cited, one) >= least,
    );
    const target = nearest(fitting, from);
    if (target !== undefined) return { target, confidence: 0.98, why: numbered(cited) };
    // The number is that of another document; the title says which is meant.
    const named = nearest(byTitle, from);
    if (named !== undefined) {
      const why = `${titled(cited)}；文号“${cited.printedNumber}”属于另一文件，按标题认定`;
      return { target: named, confidence: 0.75, why };
    }
    const other = nearest(byNumber, from);
    return other && { target: other, confidence: 0.6, why: `${numbered(cited)}，但标题不一致` };
  }
  const titledTarget = nearest(byTitle, from);
  if (titledTarget !== undefined) {
    const differs = cited.number !== null && titledTarget.number !== null;
    const why = differs
      ? `${titled(cited)}；文号印作“${cited.printedNumber}”，库中为“${titledTarget.printedNumber}”，疑有误`
      : titled(cited);
    return { target: titledTarget, confidence: differs ? 0.8 : 0.9, why };
  }
  return similarTitle(from, cited, index) ?? unprintedNumber(from, cited, index);
}

/** Many offices number as 安委办 does: of several under one number those above or of the place of the one that cites it. */
function inLine(found: readonly LinkProfile[], from: LinkProfile, index: ProfileIndex): readonly LinkProfile[] {
  const near = found.filter((one) => isWithin(from, one, index.regions) !== false);
  return near.length > 0 ? near : found;
}

const others = (found: readonly LinkProfile[], from: LinkProfile) => found.filter((one) => one.id !== from.id);

/** Whether a citation by title can mean this member: the body, the number as far as given, the place and the year. */
function isNameable(from: LinkProfile, cited: ProfileCitation, target: LinkProfile, index: ProfileIndex): boolean {
  if (cited.number !== null && target.number !== null && !isMistyped(cited.number, target.number)) return false;
  const asked = citedName(cited).year;
  if (asked !== null && target.campaign?.year != null && asked !== target.campaign.year) return false;
  if (isLater(target, from)) return false;
  if (cited.body !== null && target.body !== null) return isSameBody(cited.body, target.body);
  const sameBody = from.body !== null && from.body === target.body;
  // Without a body every place of the country has a notice of this title.
  return sameBody || (isAbove(target, from) && isWithin(from, target, index.regions) !== false);
}

/** A serial or year that differs in one digit, or two that changed places; the office is the same. */
function isMistyped(cited: string, actual: string): boolean {
  if (cited === actual) return true;
  const parts = (number: string) => /^(.+?)\[(\d{4})\](\d+)号$/.exec(number);
  const [a, b] = [parts(cited), parts(actual)];
  if (a === null || b === null || a[1] !== b[1]) return false;
  return isOneSlip(`${a[2]}${a[3]}`, `${b[2]}${b[3]}`) && (a[2] === b[2] || a[3] === b[3]);
}

function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/** How far a cited title is that of a member, 0..1. */
function titleAgreement(cited: ProfileCitation, target: LinkProfile): number {
  const titles = [target.title, target.enclosed].filter((title) => title !== null);
  if (cited.title === null || titles.length === 0) return 1;
  return Math.max(...titles.map((title) => pairsInCommon(cited.title!, title)));
}

function pairsInCommon(a: string, b: string): number {
  const pairs = (text: string) => new Set([...text].slice(1).map((_, at) => text.slice(at, at + 2)));
  const [x, y] = [pairs(a), pairs(b)];
  if (x.size === 0 || y.size === 0) return a === b ? 1 : 0;
  let shared = 0;
  for (const pair of x) if (y.has(pair)) shared += 1;
  // One title may be the other with more around it (印发《…》的通知).
  return Math.max((2 * shared) / (x.size + y.size), (0.9 * shared) / Math.min(x.size, y.size));
}

/** A title cited with small differences, of a notice of the same campaign right above. */
function similarTitle(from: LinkProfile, cited: ProfileCitation, index: ProfileIndex): Found | undefined {
  if (cited.printedTitle === null || cited.title === null || isOwn(from, cited)) return undefined;
  // With a number that nobody here has, and no body, it is more likely a document that is not here.
  if (cited.number !== null && cited.body === null) return undefined;
  const name = citedName(cited);
  const near = [...index.namesLike(name)]
    .filter(([, sure]) => sure >= sureName)
    .flatMap(([key]) => possiblyCited(index.byName.get(key) ?? [], from, cited.body, index))
    .filter(
      (one) =>
        one.id !== from.id &&
        one.campaign?.renews === name.renews &&
        isNameable(from, cited, one, index) &&
        // Without a body it can only be meant for the level right above.
        (cited.body !== null || isSomeStepAbove(one, from)) &&
        titleAgreement(cited, one) >= 0.85,
    );
  const target = nearest(near, from);
  return target && { target, confidence: 0.65, why: `${titled(cited)}，与《${target.printedTitle}》标题相近` };
}

/**
 * A number alone that nobody here has: a slip away from that of the notice of the same campaign above, or that notice was
 * taken from a page that does not print its number.
 */
function unprintedNumber(from: LinkProfile, cited: ProfileCitation, index: ProfileIndex): Found | undefined {
  if (cited.number === null || cited.title !== null || cited.role === 'mentioned') return undefined;
  const year = /\[(\d{4})\]/.exec(cited.number)?.[1];
  const above = [...index.namesLike(from.campaign)]
    .filter(([, sure]) => sure >= sureName)
    .flatMap(([key]) => possiblyCited(index.byName.get(key) ?? [], from, null, index))
    .filter((one) => one.id !== from.id && isAbove(one, from) && !isLater(one, from))
    .filter((one) => isWithin(from, one, index.regions) === true && isInTime(one, from));
  const mistyped = nearest(
    above.filter((one) => one.number?.includes(`[${year}]`) && isMistyped(cited.number!, one.number)),
    from,
  );
  if (mistyped !== undefined) {
    const why = `${numbered(cited)}未入库，疑为“${mistyped.printedNumber}”之误（行动名称相同，上级发文）`;
    return { target: mistyped, confidence: 0.7, why };
  }
  const right = above.filter((one) => one.level !== null && from.level !== null && isRightAbove(one.level, from.level));
  const target = nearest(
    right.filter((one) => one.number === null && one.year !== null && String(one.year) === year),
    from,
  );
  const why = `${numbered(cited)}未入库，疑即此件（上级同名行动发文，所存文本未印文号）`;
  return target && right.every((one) => one.number === null) ? { target, confidence: 0.65, why } : undefined;
}

const isRightAbove = (upper: AdministrativeLevel, lower: AdministrativeLevel) =>
  levelRank[upper] === levelRank[lower] - 1;

const isSomeStepAbove = (upper: LinkProfile, lower: LinkProfile) =>
  upper.level === null || lower.level === null || isRightAbove(upper.level, lower.level);

const isInTime = (upper: LinkProfile, lower: LinkProfile) => (daysBetween(upper.date, lower.date) ?? 0) <= answerDays;

const isAbove = (upper: LinkProfile, lower: LinkProfile) =>
  upper.level === null || lower.level === null || levelRank[upper.level] < levelRank[lower.level];

const isLater = (one: LinkProfile, than: LinkProfile) =>
  one.date !== null && than.date !== null && one.date > than.date;

/** Of several documents under one number or title the one of the level right above, then the one before in time. */
function nearest(found: readonly LinkProfile[], from: LinkProfile): LinkProfile | undefined {
  const rank = (other: LinkProfile) => {
    const step = from.level !== null && other.level !== null ? levelRank[from.level] - levelRank[other.level] : 0;
    const days = daysBetween(other.date, from.date) ?? 400;
    return (step > 0 ? step : 5) * 10_000 + (days < 0 ? 100_000 : 0) + Math.min(9_999, Math.abs(days));
  };
  return found.reduce<LinkProfile | undefined>((best, other) => {
    if (best === undefined) return other;
    const difference = rank(other) - rank(best);
    return difference < 0 || (difference === 0 && other.id < best.id) ? other : best;
  }, undefined);
}

/** Whether the name of the campaign stands on both sides. */
function isNamed(from: LinkProfile, cited: ProfileCitation, target: LinkProfile, index: ProfileIndex): boolean {
  if (cited.role === 'forwarded') return true;
  if (index.sure(from, target) >= possibleName) return true;
  if (from.campaign === null || cited.printedTitle === null) return false;
  return sameCampaign(from.campaign, citedName(cited)) >= possibleName;
}

/** A body answers what came from above within this many days; later it only looks back. */
export const answerDays = 300;
/** A notice that a body cites from this long ago is last year's, not one of this year. */
const yearDays = 150;
/** This much text taken over makes a basis of another name the one that a notice comes from. */
const relatedText = 0.12;

/**
 * What a citation says. Laws and general opinions are cited by everybody and join nothing; so a cited document joins
 * only when it is forwarded, of the same campaign, or the basis from above with the same subject.
 */
function relationTo(
  from: LinkProfile,
  cited: ProfileCitation,
  target: LinkProfile,
  index: ProfileIndex,
): CampaignLink['relation'] {
  if (cited.role === 'forwarded') return 'forwards';
  const days = daysBetween(target.date, from.date);
  const named = isNamed(from, cited, target, index);
  const sameBody = from.body !== null && from.body === target.body;
  if (sameBody || isSamePlace(from, target)) {
    const isSoonAfter = days !== null && days >= 0 && days <= yearDays;
    if (isCorrection(from) && sameBody && isSoonAfter && (named || isInTitle(from, target))) return 'correction';
    if (!named) return 'cites';
    return days !== null && days >= yearDays && from.year !== target.year ? 'renews' : 'same-campaign';
  }
  if (!isAbove(target, from)) return named ? 'same-campaign' : 'cites';
  if (named) {
    // What is looked back at (在去年工作的基础上) is not where this year's comes from.
    const years = [from.campaign?.year ?? from.year, target.campaign?.year ?? target.year];
    const isPast = days !== null && days > answerDays && years[0] !== years[1];
    return isPast ? 'same-campaign' : 'implements';
  }
  if (cited.role !== 'basis' || isWithin(from, target, index.regions) === false) return 'cites';
  if (days === null || days < 0 || days > answerDays || from.campaign === null || target.campaign === null)
    return 'cites';
  const related =
    nameLikeness(from.campaign, target.campaign) >= relatedName ||
    takenOver(from.sketch, target.sketch) >= relatedText ||
    itemsInCommon(from, target) >= 3;
  return related ? 'implements' : 'cites';
}

export function itemsInCommon(a: LinkProfile, b: LinkProfile): number {
  const own = new Set(a.items);
  return b.items.filter((item) => own.has(item)).length;
}

const correctionWords = /更正|勘误|修订|修改|补充通知|调整|变更/;
/** A notice whose title says that it corrects another. */
export const isCorrection = (profile: LinkProfile) => correctionWords.test(profile.printedTitle ?? '');

/** 关于更正柳农〔2025〕31号文件的通知 */
const isInTitle = ({ title }: LinkProfile, { number, title: other }: LinkProfile) =>
  title !== null && ((number !== null && title.includes(number)) || (other !== null && title.includes(other)));

const enclosing = /印发|公布|下发|关于开展/;

/** What a notice prints itself: its plan, its tables. A name without number and body that it does not have from above. */
function isOwn(from: LinkProfile, cited: ProfileCitation): boolean {
  if (cited.number !== null || cited.role === 'forwarded' || cited.title === null) return false;
  if (cited.body !== null && cited.body !== from.body) return false;
  const key = cited.title;
  if (from.attachments.some((title) => title.includes(key) || key.includes(title))) return true;
  const title = from.printedTitle ?? '';
  if (!enclosing.test(title) || /^关于/.test(cited.printedTitle ?? '') || bodyInTitle(cited.printedTitle) !== null) {
    return false;
  }
  return (
    (from.title ?? '').includes(key) ||
    (from.enclosed ?? '').includes(key) ||
    (from.campaign !== null && sameCampaign(from.campaign, citedName(cited)) >= 0.7)
  );
}
