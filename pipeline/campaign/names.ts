import { wordTokens } from '../../extractors/lexicon/wording.ts';
import { foldText } from '../../models/text/fold.ts';

/**
 * What a campaign is about, without what changes from year to year and from place to place: 某某县2026年药品经营环节“清源”巩固
 * 提升行动 and 药品经营环节“清源”行动 have one core.
 */

/** Words that say a campaign goes on. */
const renewal =
  /巩固提升|巩固深化|深化提升|深化巩固|巩固拓展|提质增效|持续深化|持续推进|继续|再提升|回头看|接续|第[二三四五2345]阶段|升级版|[23]\.0|三年行动|常态化/g;
const undertaking =
  /(?:专项)?(?:整治|治理|检查|清理|打击|攻坚|提升|守护|排查|监管|清查|抽检|宣传)*(?:专项)?(?:行动|活动|工作|战役|攻坚战|会战)$|(?:专项|集中|综合)?(?:整治|治理|检查|清理整顿|攻坚|大检查|大排查大整治|大排查|百日攻坚|会战|守护|抽检|监管|督查|执法)(?:专项)?$/;
const wrapper =
  /(?:的)?(?:实施|工作|总体|具体|行动)*(?:方案|计划|要点|通知|意见|公告|通告|通报|函|报告|安排|细则|办法)(?:\([^()]*\))?$/;
const opening =
  /^.*?关于|^(?:进一步|切实|认真|深入|扎实|全面|集中|联合|继续)?(?:印发|转发|开展好|开展|组织开展|部署开展|做好|加强|实施|落实|贯彻落实|推进|深化|启动|报送|调整|更正|补充|修订|重新印发)+/;
const place =
  /^(?:全[国省市县区州]|[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|自治县|县|区|州|盟|旗|镇|乡|街道))(?=[\u4e00-\u9fff"“])/;

export interface CampaignName {
  /** As printed, without layout spaces. */
  readonly name: string;
  /** The word in quotation marks: “清源”. */
  readonly quoted: string | null;
  /** The tokens of what it is about. */
  readonly core: readonly string[];
  readonly renews: boolean;
}

/** Reads the core of a campaign from its name or from the title of a notice. */
export function campaignName(text: string): CampaignName {
  const name = text.replace(/\s+/g, '');
  const enclosed = /《([^《》]{4,})》/.exec(name)?.[1];
  let words = foldText(enclosed ?? name);
  for (let round = 0; round < 3; round++) {
    words = words
      .replace(opening, '')
      .replace(wrapper, '')
      .replace(/^[《"]?(?:20\d{2}(?:-\d{2,4})?年?度?)/, '');
    const withoutPlace = words.replace(place, '');
    if (withoutPlace.length >= 4) words = withoutPlace;
  }
  const quoted = /"([^"]{1,12})"/.exec(words)?.[1] ?? null;
  const renews = new RegExp(renewal.source).test(words);
  const bare = words.replace(renewal, '').replace(/20\d{2}年?度?/g, '');
  const object = bare.replace(/"[^"]*"/g, '').replace(undertaking, '');
  const tokens = wordTokens(object.length >= 2 ? object : bare);
  return { name, quoted, core: [...new Set(tokens)], renews };
}

/** Two campaigns with a quoted word in common need this much of the rest in common, others more. */
const quotedAgreement = 0.25;
const coreAgreement = 0.68;

/** How sure it is that two names mean one campaign, 0..1; below 0.5: they do not. */
export function sameCampaign(a: CampaignName, b: CampaignName): number {
  if (a.core.length === 0 || b.core.length === 0) {
    return a.quoted !== null && a.quoted === b.quoted ? 0.6 : 0;
  }
  const other = new Set(b.core);
  const shared = a.core.filter((token) => other.has(token)).length;
  const dice = (2 * shared) / (a.core.length + b.core.length);
  if (a.quoted !== null && b.quoted !== null) {
    if (a.quoted !== b.quoted) return 0;
    return dice >= quotedAgreement ? 0.75 + dice * 0.2 : 0.4;
  }
  // Few words are not enough to tell 药品监管 from 药品监管.
  if (Math.min(a.core.length, b.core.length) < 3) return dice === 1 && a.core.length >= 2 ? 0.6 : 0;
  return dice >= coreAgreement ? 0.5 + dice * 0.35 : 0;
}
