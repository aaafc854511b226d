import { agencyEnding } from '../models/text/agencies.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { splitTopLevel } from './splitList.ts';

/** Who owes something and to whom: the bodies before and behind a time limit. */

export const modal =
  /(?:[，,、\s]|请|应当?|必须|务必|务请|须|需|要|并|应分别|分别|均|统一|原则上|同时|及时|抓紧|各自|最迟|最晚|不晚于|于|在|截至|截止|到|至|将|由|从|确保|力争)+$/u;
export const organisation = new RegExp(
  `^(?:请)?(?:[省市县乡]级|各(?:级|地|相关|有关|直属|成员|责任|参建|施工|生产经营)?[^，。；要将把]{0,24}|全[国省市县区州](?:各|所有)?[^，。；要将把]{0,20}|企业|(?:中小学校?|幼儿园|学校|医院)(?:[（(][^（()）]*[）)])?|纳税人|缴费人|经营者|当事人|申请人|申请单位|[\\u4e00-\\u9fa5“”]{0,12}(?:持有人|注册人|备案人|所有人|使用人|承包人|责任人|负责人|代表人|开办者|举办者|养殖户|种植户|农户|网格员|联络员|(?:监测|采样|报告|联系)点)|[^，。；要应将把按]{1,28}?(?:${agencyEnding}|企业|经营者|经营户|纳税人|缴费人|当事人|申请人|业主|用户|医院|药店|场所|平台|村（社区）)(?:[（(][^（()）]*[）)])?(?:主要负责人|负责人)?)$`,
  'u',
);

export const headless = (lead: string): boolean => lead.replace(modal, '').replace(/[，,；;]$/u, '').length < 4;

/** 各所自5月起每月…: since when, behind the body. */
const sinceWhen = /(?:自|从)[^，。；]{1,16}起$/u;
/** 由…汇总后: what the body does first is no part of its name. */
const afterSteps = /(?:负责)?(?:汇总|审核|审定|研究|核实|确认|签字|盖章)(?:同意)?后?$/u;

/** 明确工程布局, 逐级动员部署, 成立工作专班: a deed whose last character a body's name could end in, too. */
const statesDeed =
  /^(?:逐[级步]|层层|认真|积极|全面|切实|及时|明确|优化|调整|完善|成立|设立|建立|组建|健全|印发|做好|加强|强化|推进|落实|摸清|掌握|按照?|根据|结合|会同)|(?:布|格|结|全|大|变|残|僵)局$|(?:动员|安排|战略|工作)部署$/u;

/** Who owes it: the bodies right before the time limit. */
export function responsibleBefore(lead: string): string | null {
  const marker = headingMarker(lead);
  const bare = lead
    .slice(marker?.end ?? 0)
    .replace(modal, '')
    .replace(/^[，,；;、\s]+/u, '');
  const pieces = splitTopLevel(bare, /[，,；;：:。]/gu);
  let from: number | undefined;
  for (const piece of [...pieces].reverse()) {
    const words = bare
      .slice(piece.start, piece.end)
      .replace(modal, '')
      .replace(afterSteps, '')
      .replace(/^(?:请|由|同时|并|各地?要|另外|此外)(?!级|地|单位)/u, '');
    const parts = splitTopLevel(words, /、|和|及|以及|与/gu).map(({ start, end }) => words.slice(start, end));
    const last = parts.at(-1);
    if (
      !last ||
      !(organisation.test(words) || organisation.test(last)) ||
      words.length > 80 ||
      statesDeed.test(words) ||
      /^经(?![营销济贸开])|经[^，。；]{0,6}(?:负责人|领导|主任|局长|校长)$|[要将把]|进行|开展|制定|召开|填写|确定|建立|完成|组织(?!部)|对[^应]/u.test(
        words,
      )
    )
      break;
    from = piece.start;
  }
  if (from === undefined) return null;
  const value = withoutLayoutSpaces(bare.slice(from))
    .replace(/^(?:请|由)/u, '')
    .replace(sinceWhen, '')
    .replace(modal, '')
    .replace(afterSteps, '')
    // 各单位检查情况于1月8日前报…: what is handed in stands behind who does it.
    .replace(
      /(?<=(?:单位|部门|学校|企业|机构|镇|乡|街道|局|所|校|地))[^、，的]{0,8}(?:情况|结果|总结|报告|名单|材料|方案|报表)$/u,
      '',
    );
  return value.length >= 2 ? value : null;
}

/** Who owes it where the body stands behind the limit: 8月31日前，各中心校将…报送. */
export function responsibleAfter(words: string): string | null {
  // 每周五前由包村领导向专班汇报: 由 names who does it, whatever they are called.
  const by = /^[，,\s]*由(?<who>[^，,。；]{2,16}?)(?=向|负责|牵头|组织|汇总|报)/u.exec(words)?.groups?.who;
  if (by) return withoutLayoutSpaces(by);
  const match =
    /^[，,\s]*(?<who>[^，,。；要应将须需向]{2,40}?)(?=要|向|应|将|须|需|务必|必须|负责|组织|完成|报|对|会同|牵头|提请)/u.exec(
      words,
    )?.groups?.who;
  return match &&
    organisation.test(match.replace(/[（(][^（()）]*[）)]/gu, '').replace(/^.*[、和及]/u, '')) &&
    /^(?:各|全|市|县|区|省|[\u4e00-\u9fa5]{2,10}(?:局|厅|委|办))/u.test(match)
    ? withoutLayoutSpaces(match)
    : null;
}

const bearer = `(?:${agencyEnding}|学校|企业|单位|机构|经营者|经营户|纳税人|缴费人|当事人|业主|商户|场所|平台|医院|负责人|[村居社]区?[）)]?|各地)(?:[（(][^（()）]{1,20}[）)])?`;
const sentenceSubject = new RegExp(
  `^(?:同时|此外|其中)?[，,]?(?:请)?(?<who>各[^，,。；：:的要应须需对将于逐]{1,10}(?<!主)|[^，,。；：:的]{2,36}?(?:[、和及]+[^，,。；：:的、和及]{1,20}?)*${bearer})(?=要|应(?!急)|须|需|务必|必须|请|可|(?:主要)?负责|组织|开展|制定|建立|汇总|梳理|排查|完善|编制|形成|完成|收到|按照|对|将|填写|报送|于|在|每|自|结合|根据|确定|明确|指定|会同|应当|向|成立|牵头|履行|承担|督促|指导|配合|协助|逐|分别|[:：](?:牵头|负责|具体负责|会同|配合|承担|落实|组织|是))`,
  'u',
);

/** The bodies with which a sentence begins: 各镇（办）、各部门要…，4月30日前…; 学校和供餐单位开展自查，4月12日前…. */
export function subjectOf(lead: string): string | null {
  const marker = headingMarker(lead);
  const words = lead.slice(marker?.end ?? 0);
  // （一）自查（8月20日—31日）：各学校…: the sentence begins behind the title.
  // So does one behind the days of a phase: 7月1日至20日，各药店….
  const title =
    (marker
      ? /^[^，。；：:]{2,40}[：:]/u.exec(words)
      : /^(?:\d{4}年)?\d{1,2}月[^，。；]{0,18}[至到—–-][^，。；]{1,14}[，,]/u.exec(words))?.[0].length ?? 0;
  const who = (sentenceSubject.exec(words) ?? sentenceSubject.exec(words.slice(title)))?.groups?.who;
  if (
    !who ||
    /^(?:为|对|根据|按照|按|依据|经|自|从|由于|通过|加强|开展|做好|强化|进一步|严格|认真|本|我|上述|要|应)|[要须]|应(?!急)|是否|问题/u.test(
      who,
    )
  )
    return null;
  return withoutLayoutSpaces(who);
}

const obliged = new RegExp(
  `(?:^|[，,；;])(?<who>[^，,。；：:的对将由]{0,20}?${bearer})(?=应当?(?!急)|须|必须|要(?!求))`,
  'gu',
);

/** 由属地局负责督促，4月15日前完成: who has been entrusted with it right before. */
export const entrustedIn = (lead: string): string | null =>
  /(?:^|[，,；;])由(?<who>[^，,。；由]{2,20}?)(?:负责|牵头)[^，,。；]{0,10}[，,]\s?$/u.exec(lead)?.groups?.who ?? null;

/** The last body of which the words before a limit say that it must: …，生产单位应当开展监测，数据每季度首月10日前上传. */
export function obligedIn(lead: string): string | null {
  const who = [...lead.slice(headingMarker(lead)?.end ?? 0).matchAll(obliged)].at(-1)?.groups?.who;
  return who && who.length >= 2 ? withoutLayoutSpaces(who) : null;
}

export const body = String.raw`(?![）)])[\u4e00-\u9fa5（()）]{0,24}?${agencyEnding}(?:[\u4e00-\u9fa5]{0,12}(?:处|科|室|股|办|中心|组|队))?(?:\d{2,4}室)?(?:[（(][^（()）]{1,30}[）)])?`;
const recipients: readonly RegExp[] = [
  new RegExp(
    `(?:^|[，,、])?向(?<to>(?:${body}[、和])?${body})(?:书面)?(?:报送|上报|报告|提交|反馈|报|通报|备案|汇报)`,
    'u',
  ),
  /(?:报送|上报|报|送|交)(?:至|给|到)?(?<to>[\u4e00-\u9fa5]{2,8}(?:、[\u4e00-\u9fa5]{2,8}){1,3}部门)(?=[，。；;,（(]|$|备案)/u,
  new RegExp(
    `(?:报送|上报|呈报|报备|报(?!告)|发送|传真|提交|反馈|寄送|送|交|抄送|汇总|函告|函复|回复|下发|转交|移交|移送)(?:至|给|到|于)?(?<to>(?!情况|总结)${body})(?=[，。；;,（(\\s、]|$|备案|汇总|邮箱|联系|审查|审核|审定|复查|复核|验收|存档|备查|审批|批准|公示|[\\u4e00-\\u9fa5]{2,3}(?:[（(](?:电话|联系|手机)|[处收][，。；]))`,
    'u',
  ),
  /(?:报送|上报|发送|发|提交|反馈|报|传)(?:至|给|到)(?<to>(?:指定|工作|电子|以下|联系|公共|联系人)*(?:邮箱|信箱))/u,
  /(?:(?:报送|上报|发送|发|提交|反馈|报|上传|录入)(?:至|给|到)|上传|录入)(?<to>[\u4e00-\u9fa5“”]{2,24}(?:系统|平台|[\u4e00-\u9fa5]群|专栏|数据库))/u,
];

/** To whom something is handed in, as the words of a duty say; null where they do not. */
export function recipientIn(words: string): string | null {
  for (const pattern of recipients) {
    const to = pattern.exec(words)?.groups?.to;
    if (to && !/情况|总结|报表|统计表|材料|方案|名单|台账|报告/u.test(to) && to.length >= 2)
      return (
        withoutLayoutSpaces(to)
          .replace(/^(?:至|给|到|我)(?=[\u4e00-\u9fa5]{2})/u, (m) => (m === '我' ? m : ''))
          // 报县局防火科（综合楼105室，电话6600001）: where it is is not who it is.
          .replace(/[（(][^（()）]*(?:电话|邮箱|传真|@|\d{3})[^（()）]*[）)]$/u, '')
      );
  }
  return null;
}
