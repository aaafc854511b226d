import { agencyEnding } from '../models/text/agencies.ts';
import surnames from './lexicon/surnames.json' with { type: 'json' };

/** The shapes in which persons, their units and their numbers are printed. */

export const person = `(?:欧阳|上官|诸葛|司马|皇甫|尉迟|公孙|令狐|[${surnames}])(?:\\s?[\\u4e00-\\u9fa5·]){1,2}`;
export const label =
  /(?:联\s?系\s?人(?:员)?(?:及|和|与)?(?:联系)?(?:电话|方式|手机)?|联\s?络\s?(?:人|员)|经\s?办\s?人|承\s?办\s?人|业务咨询|(?:联系|咨询|办公|办公室|固定|移动|手机|座机)?\s?电\s?话(?:号码)?|(?:联系|移动)?手\s?机(?:号码?)?|联系方式|电子(?:邮箱|邮件|信箱)(?:地址)?|(?:联系|工作|内网|外网|政务|公务|办公)?邮\s?箱(?:地址)?|(?:E|e)-?mail|传\s?真(?:电话)?|(?:微信|QQ)号?|邮\s?编|地\s?址|箱)\s?(?=[:：])/gu;
export const phone =
  /(?<![\d-])(?:[（(]?0\d{2,3}[）)]?\s?[-—－–]?\s?)?(?:1[3-9]\d(?:[\s-]?\d{4}){2}|[2-8]\d{2,3}[\s-]?\d{4}|400[\s-]?\d{3}[\s-]?\d{4})(?:\s?(?:转|[-—])\s?\d{1,6})?(?![\d@])/gu;
export const shortNumber =
  /(?:[\u4e00-\u9fa5·]{2,4}\s?[（(](?:短号[:：]?)?\s?|短号[:：]?\s?)(?<number>\d{6})(?=\s?[）)]|[，,；;。\s]|$)/gu;
export const email = /[A-Za-z0-9][\w.+-]*\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/gu;
/** 报局建管科裘一凡处: a unit and a person in the words of a sentence. */
export const handedTo = new RegExp(
  `(?:报|送|交|发)(?:至|给|到|送)?(?<unit>[\\u4e00-\\u9fa5]{2,16}?${agencyEnding})(?<name>${person})(?:同志)?(?:处|收)`,
  'gu',
);
export const officePhone = new RegExp(
  `(?<=^|[，。；;、\\s（(])(?<unit>[\\u4e00-\\u9fa5]{2,16}?${agencyEnding})(?:值班|咨询|办公|联系|业务咨询)?(?=(?:电话|传真)[:：])`,
  'gu',
);
/** 雷小春（市农业综合行政执法大队），…: the unit behind the name. */
export const nameAndUnit = new RegExp(
  `(?<name>${person})\\s?[（(](?<unit>[\\u4e00-\\u9fa5]{2,24}(?:\\s[\\u4e00-\\u9fa5]{2,12})?${agencyEnding})[）)](?=[，,：:\\s]{0,2}(?:(?:办公|联系)?电话|手机)?[：:]?\\s?[\\d（(])`,
  'gu',
);
/** 信息中心（系统操作） 0431-…: an office before its number. */
export const officeBefore = new RegExp(
  `(?:^|[\\s，。；\\n])(?<unit>[\\u4e00-\\u9fa5]{2,20}${agencyEnding})(?:[（(][^（()）]{1,10}[）)])\\s?[：:]?\\s?$`,
  'u',
);
/** 报县局防火科（综合楼105室，电话6600001）, 报局基建科（邮箱：…）: the office to which it goes and how it is reached. */
export const reachedAt = new RegExp(
  `(?:报|送|交|发|传|向|与|至)(?:至|给|到|送)?(?<unit>[\\u4e00-\\u9fa5]{2,20}?${agencyEnding})[（(](?:[^（()）]{0,16}[，,、])?(?:联系|咨询)?(?:电话|邮箱|邮件|信箱|电子邮箱)\\s?[：:]?\\s?$`,
  'u',
);
/** 报县政府值班室（0357-6600001）: the office whose number stands in brackets behind it. */
export const dutyRoom = /(?<unit>[\u4e00-\u9fa5]{2,20}(?:值班室|值班电话|指挥中心))[（(](?:电话[：:]?)?\s?$/u;
export const hotline =
  /(?:举报|投诉|报警|应急)(?:电话|热线|举报)[^\d，。；]{0,4}(?:\d{3,12}(?:-\d{7,8})?(?:[（(][^（()）]{0,16}[）)])?[、，,／/\s]){0,3}$|(?:举报|投诉|报警|热线)[^\d，。；\u4e00-\u9fa5]{0,3}$/u;
/** Words that stand where a name could stand. */
export const notAPerson =
  /传真|操作|技术|咨询|业务|系统|内网|外网|政务|公务|短号|内线|手机|微信|单位|电话|联系|部门|平台|时间|方式|公开|全[县市省区]|应急|地址|邮箱|同上|附后|另行|见附/u;
export const unitEnding = new RegExp(`${agencyEnding}$`, 'u');

/** Numbers as printed, without inner spaces and with one shape of hyphen. */
export const tidyPhone = (printed: string): string =>
  printed
    .replace(/^[（(](?=[^）)]*$)/u, '')
    .replace(/^(0\d{2,3})\s+(?=\d{7,8}$)/u, '$1-')
    .replace(/[—－–]/gu, '-')
    .replace(/(?<=\d)\s(?=\d)|\n/gu, '');

/** 县公安局治安大队 何某某: one more person on a line of its own. */
export const unitAndPerson = new RegExp(`^[\\u4e00-\\u9fa5]{2,24}${agencyEnding}[\\s，,：:]{1,3}${person}$`, 'u');

export const unitsPersons = new RegExp(
  `(?<=[；;\\n])\\s?(?<unit>[\\u4e00-\\u9fa5]{2,20}${agencyEnding})[：:](?=${person}(?:、${person})+[，,\\s])`,
  'gu',
);
export const unitBehind = new RegExp(`^\\s?[（(](?<unit>[\\u4e00-\\u9fa5]{2,24}${agencyEnding})[）)]`, 'u');
export const nameBefore = new RegExp(
  `(?:^|[\\s，,；;、（(：:\\n]|(?<unit>[\\u4e00-\\u9fa5]{2,20}${agencyEnding})[\\s，,：:]?)(?<name>${person})(?:同志)?(?:[（(][^（()）\\d]{1,10}[）)])?[\\s，,：:（(]{0,2}(?:联系)?(?:(?:电话|手机|传真)(?:[、/和（(]?(?:传真|手机|兼传真)[）)]?)?)?[:：]?\\s?$`,
  'u',
);
/** 市医保局监督处 掌晔 0518-6600001: in columns a name need not be known by its surname. */
export const inColumns = new RegExp(
  `(?:^|\\n)(?<unit>[\\u4e00-\\u9fa5]{3,24}${agencyEnding})\\s(?<name>[\\u4e00-\\u9fa5·]{2,4})\\s$`,
  'u',
);
export const fullName = new RegExp(`^${person}$`, 'u');
// 县教育局安全股 卫国平: 安 is a surname, but 安全股 is none of a person.
export const unitAndName = new RegExp(
  `^(?<unit>[\\u4e00-\\u9fa5]{2,24}?${agencyEnding})?[\\s，,：:]?(?<name>(?![\\u4e00-\\u9fa5]{1,3}(?:股|科|处|室|办)(?:[\\s，,：:]|$))${person})(?:同志|科长|处长|主任|股长)?(?=$|[\\s，,、；;。（()）\\d:：]|和|及|电|联|手|邮|传)`,
  'u',
);
