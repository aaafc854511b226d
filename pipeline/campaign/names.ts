import { wordTokens } from '../../extractors/lexicon/wording.ts';
import { foldText } from '../../models/text/fold.ts';

/**
 * What a campaign is about, without what changes from year to year and from place to place: 某某县2026年农资经营环节“清风”巩固
 * 提升行动 and 农资经营环节“清风”行动 have one core.
 */

/** Words that say a campaign goes on. */
const renewal =
  /巩固提升年?|巩固深化|深化提升|深化巩固|巩固拓展|拓展深化|提质增效|持续深化|持续推进|继续|再提升|再深化|回头看|接续|第[二三四五2345][阶轮]段?|[新下]一轮|升级版|[23]\.0|[两三23]年行动|常态化/;
const undertaking =
  /(?:专项)?(?:整治|治理|检查|清理|打击|攻坚|提升|守护|排查|监管|清查|抽检|宣传)*(?:专项)?(?:行动|活动|工作|战役|攻坚战|会战)$|(?:专项|集中|综合)?(?:整治|治理|检查|清理整顿|攻坚|大检查|大排查大整治|大排查|百日攻坚|会战|守护|抽检|监管|督查|执法)(?:专项)?$/;
const wrapper =
  /(?:的)?(?:补充|更正|实施|工作|总体|具体|行动)*(?:方案|计划|要点|通知|意见|公告|通告|通报|函|报告|安排|细则|办法)(?:\([^()]*\))?$/;
const opening =
  /^.*?关于|^(?:进一步|切实|认真|深入|扎实|全面|集中|联合|继续)?(?:印发|转发|开展好|开展|组织开展|部署开展|做好|加强|实施|落实|贯彻落实|推进|深化|启动|报送|调整|更正|补充|修订|重新印发)+/;
/** What a notice asks for of a campaign: 报送……进展情况. */
const matter = /(?:工作)?(?:进展|落实|开展|完成|阶段性?)*(?:有关|相关)?(?:情况|信息|材料|数据|总结)$/;
/** A division at the head; 超市, 园区, 城镇 and their like are none. */
const place =
  /^(?:[全我本][国省市县区州镇乡]|[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|(?<![超城菜都])市(?![场政容民值域])|自治县|县(?![域乡级])|(?<![社小园景库灾矿辖地片厂校院牧农营战病街展赛禁]|保护)区(?!域)|州|(?<!联)盟|旗(?!舰)|(?<![城乡村集])镇|(?<![城下返])乡(?!村)|街道))(?=[\u4e00-\u9fff"“\d])/;
/** Words that campaigns of any field share: they tell one from another hardly at all. */
const generic =
  /安全生产|安全|质量|领域|环节|行业|市场|秩序|突出|问题|隐患|风险|监管|管理|监督|违法|违规|行为|犯罪|辖区|场所|单位|企业|有关|相关|季度|年度/g;
/** Words of how and how much: no part of what a campaign is about. */
const manner = /集中|专项|全面|综合|重点|统一|联合|工作|大型|各类/g;
/** A word that makes an undertaking with an end of what else would be everyday work. */
const campaignWord = /行动|整治|治理|攻坚|打击|会战|战役|清理|清查|排查|检查|百日|守护/;

export interface CampaignName {
  /** As printed, without layout spaces. */
  readonly name: string;
  /** The word in quotation marks: “清风”; without the undertaking in it (“清风行动”). */
  readonly quoted: string | null;
  /** Its tokens, by which it is found where it is printed without the marks. */
  readonly quotedCore: readonly string[];
  /** The tokens of what it is about, those of any field left out. */
  readonly core: readonly string[];
  /** The tokens of any field: 安全, 质量. */
  readonly common: readonly string[];
  readonly renews: boolean;
  /** 2025, where the name says for which year it is. */
  readonly year: number | null;
  /** Everyday work (防汛工作) and not an undertaking of its own. */
  readonly routine: boolean;
}

/** Reads the core of a campaign from its name or from the title of a notice. */
export function campaignName(text: string): CampaignName {
  const name = text.replace(/\s+/g, '');
  const enclosed = /[《〈<]([^《》〈〉<>]{4,})[》〉>]/.exec(name)?.[1];
  let words = foldText(enclosed ?? name);
  const year = /(20\d{2})(?:-\d{2,4})?年/.exec(words)?.[1] ?? /(20\d{2})/.exec(words)?.[1];
  for (let round = 0; round < 3; round++) {
    words = words
      .replace(opening, '')
      .replace(wrapper, '')
      .replace(/^[《"]?(?:20\d{2}(?:-\d{2,4})?年?度?)/, '');
    words = words.replace(matter, '');
    const withoutPlace = words.replace(place, '');
    if (withoutPlace.length >= 4) words = withoutPlace;
  }
  const marked = /"([^"]{1,12})"/.exec(words)?.[1];
  const quoted = marked === undefined || renewal.test(marked) ? null : marked.replace(undertaking, '') || marked;
  const renews = renewal.test(words);
  const routine = quoted === null && !campaignWord.test(foldText(enclosed ?? name));
  const bare = words.replace(new RegExp(renewal.source, 'g'), '').replace(/20\d{2}年?度?/g, '');
  const object = bare.replace(/"[^"]*"/g, '').replace(undertaking, '');
  const subject = object.length >= 2 || quoted !== null ? object : bare;
  const about = subject.replace(manner, '');
  const common = [...about.matchAll(generic)].map(([word]) => word);
  return {
    name,
    quoted,
    quotedCore: quoted === null ? [] : [...new Set(wordTokens(quoted))],
    core: [...new Set(wordTokens(about.replace(generic, ' ')))],
    common: [...new Set(common)].sort(),
    renews,
    year: year === undefined ? null : Number(year),
    routine,
  };
}

/** One key for all names that mean the same by their words. */
export function nameKey(name: CampaignName): string {
  return [name.quoted ?? '', name.core.join(' '), name.common.join(' '), name.routine ? '-' : '+'].join('|');
}

/** Two names that mean one campaign have at least one of these in common. */
export function nameGrams(name: CampaignName): string[] {
  const pairs = (tokens: readonly string[]) => tokens.slice(1).map((token, at) => `${tokens[at]}${token}`);
  // A marked word stands without its marks among the others elsewhere.
  const words = [name.core, name.quotedCore];
  const grams = words.flatMap(pairs);
  // A long word may stand alone (燃气 and 城镇燃气); no word at all leaves only what any field shares.
  grams.push(...words.flatMap((tokens) => tokens.filter((token) => token.length > 1 || tokens.length === 1)));
  if (name.core.length === 0) grams.push(`#${name.common.join(' ')}`);
  return [...new Set([...(name.quoted === null ? [] : [`"${name.quoted}`]), ...grams])];
}

const commonWeight = 0.25;
const weightOf = (tokens: readonly string[]) => tokens.reduce((sum, token) => sum + token.length, 0);
const sharedOf = (a: readonly string[], b: readonly string[]) => {
  const other = new Set(b);
  return weightOf(a.filter((token) => other.has(token)));
};

/** How much of their words two names have in common, 0..1. */
export function nameLikeness(a: CampaignName, b: CampaignName): number {
  const shared = sharedOf(a.core, b.core) + commonWeight * sharedOf(a.common, b.common);
  const whole = weightOf(a.core) + weightOf(b.core) + commonWeight * (weightOf(a.common) + weightOf(b.common));
  return whole === 0 ? 0 : (2 * shared) / whole;
}

/** From here on the names are the same but for their wording. */
export const equalName = 0.9;
/** From here on the name alone says that it is the same campaign; below, something else must say so too. */
export const sureName = 0.75;
/** Below this two names are those of different campaigns. */
export const possibleName = 0.5;

/** With a quoted word in common this much of the rest must agree, or at least this much; without one this much. */
const quotedAgreement = 0.7;
const quotedRelation = 0.3;
const coreAgreement = 0.6;

/** What each of two names says that the other does not, as weights. */
function leftOver(a: CampaignName, b: CampaignName): readonly [number, number] {
  const rest = (one: CampaignName, other: CampaignName) => weightOf(one.core) - sharedOf(one.core, other.core);
  return [rest(a, b), rest(b, a)];
}

/** How sure it is that two names mean one campaign, 0..1 (see `sureName`, `possibleName`). */
export function sameCampaign(a: CampaignName, b: CampaignName): number {
  if ((a.quoted === null) === (b.quoted === null)) return sureOfWords(a, b);
  // One prints the word without its marks, or leaves it out.
  return Math.max(sureOfWords(a, b), sureOfWords(unmarked(a), unmarked(b)));
}

const unmarked = (name: CampaignName): CampaignName => ({
  ...name,
  quoted: null,
  core: [...new Set([...name.core, ...name.quotedCore])],
});

function sureOfWords(a: CampaignName, b: CampaignName): number {
  const like = nameLikeness(a, b);
  // 学校食堂 and 学校周边, 城镇燃气 and 农村燃气: each has what the other has not, so they are two.
  const isOther = Math.min(...leftOver(a, b)) > 0;
  if (a.quoted !== null && b.quoted !== null) {
    if (a.quoted !== b.quoted) return 0;
    if (a.core.length === 0 || b.core.length === 0) return 0.65;
    if (isOther) return like >= 0.85 ? sureName + 0.01 : 0.4;
    if (like >= 0.97) return 0.96;
    if (like >= quotedAgreement) return sureName + 0.01 + (like - quotedAgreement) * 0.4;
    return like >= quotedRelation ? 0.6 : 0.4;
  }
  const unquoted = (a.quoted === null) !== (b.quoted === null) ? 0.97 : 1;
  const everyday = a.routine || b.routine ? 0.7 : 1;
  // 安全生产专项检查 is everybody's, every year.
  if (Math.min(weightOf(a.core), weightOf(b.core)) < 2) return like === 1 ? Math.min(0.6, everyday) : 0;
  if (like >= 0.999) return Math.min(0.95 * unquoted, everyday);
  if (like >= 0.92) return Math.min(0.82 * unquoted, everyday);
  if (like < coreAgreement || isOther) return 0;
  return Math.min(possibleName + (like - coreAgreement) * 0.7, everyday);
}

/** A word that so many campaigns share tells none of them. */
export const mostNames = 1_000;

/** From here on two names are about so near a subject that something else may tell. */
export const relatedName = 0.34;

/** Whether two names that are not the same are about so near a subject that the texts may tell. */
export function isRelatedName(a: CampaignName, b: CampaignName): boolean {
  return !(a.quoted !== null && b.quoted !== null) && nameLikeness(a, b) >= relatedName;
}
