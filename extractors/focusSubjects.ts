import type { Passage } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, sectionsAround, textOf } from './context.ts';
import { action, askedSubject, innerSubject, leadSubject, subjectEnding } from './focusWords.ts';
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, hasVerb, isNoun, startsWithVerb } from './words.ts';

/** Whom matters to be inspected concern: named by titles, before the verb, at the head of the enumeration. */

/** Whom a numbered paragraph is about: its first words (药品零售企业（含门店），…) or the title of its section (药品零售环节). */
export function passageSubject(context: NoticeContext, passage: Passage, text: string): string | null {
  const marker = headingMarker(text);
  const first = /^[^，。；：:]{2,60}(?=[，：:])/u.exec(text.slice(marker?.end ?? 0))?.[0];
  const own = marker && first ? leadSubject.exec(first)?.groups?.subject : undefined;
  if (own) return withoutLayoutSpaces(ordinal(own));
  const titles = sectionsAround(context.notice.sections, passage.start).flatMap((section) =>
    section.title ? [textOf(context.flow, section.title)] : [],
  );
  const titled = titles.findLast(
    (title) => titleSubject.test(title) && !titleVerb.test(title) && !deedTowards.test(title),
  );
  if (titled) return withoutLayoutSpaces(titled);
  // 二、重点内容 （一）种子。严查…（二）农药。严查…: what the matters of each are about.
  const [outer, inner] = titles.slice(-2);
  const governed = /^[。：:\s]*/u.exec(text.slice((marker?.end ?? 0) + (inner?.length ?? 0)))?.[0].length ?? 0;
  return inner &&
    text.slice((marker?.end ?? 0) + inner.length + governed).search(action) === 0 &&
    outer &&
    /重点|内容/u.test(outer) &&
    inner.split('、').every((word) => word.length <= 5 && isNoun(word))
    ? inner
    : null;
}

/** 三是旅游平台方面: the platforms. */
const ordinal = (named: string): string => named.replace(/^[一二三四五六七八九十]{1,2}[是要]|方面$/gu, '');

/** A title that is a name of those concerned: 药品零售环节, 美容美发机构、宾馆, 零售店（点）, 导游人员. */
const titleSubject = new RegExp(
  `^(?!从(?!业)|将|把|向|未|擅自|违规|违法|非法)[^，。]{0,30}(?:${subjectEnding}|人员|药师|医师|驾驶[人员]|组织|人|者|店|商|车|船)(?:[（(][^（()）]{1,12}[）)])?(?:方面)?$`,
  'u',
);

/** 使用“生鲜灯”误导消费者: what is done to somebody. */
const deedTowards = /.{4}(?:消费者|患者|顾客|群众|学生|老年人|未成年人|客户|旅客|游客)$/u;

const titleVerb =
  /加强|开展|严|抓|强化|落实|突出|规范|提升|聚焦|推进|做好|打击|整治|查处|排查|检查|成立|组成|负责|联系|保障|完善|压实|督促|指导/u;

const shortName = new RegExp(`^[^，。；“”]{0,16}${subjectEnding}$`, 'u');

/** 学校食堂, 校外供餐单位: whom to inspect, not what. */
export const namesOnly = (item: string): boolean =>
  !/[无非违未不假劣]|用作|改为|擅自|私自|、.*等(?:重点)?(?:领域|环节|行业|科室)$/u.test(item) &&
  shortName.test(item) &&
  !beginsWithPredicate(item) &&
  !hasVerb(item.slice(0, -2));

/** The subject with which an enumeration begins, and how far it reaches; a bare 企业 or 单位 is part of the matter itself. */
export function leadingSubject(listed: string): { subject: string | undefined; length: number } {
  const none = { subject: undefined, length: 0 };
  // 网吧、歌舞娱乐场所等场所是否…: however many they are, those before the question are asked about.
  const asked = askedSubject.exec(listed)?.groups?.subject;
  if (asked && !/[未无]/u.test(asked) && !(partOfThem.test(asked) && othersAreAsked(listed.slice(asked.length))))
    return { subject: asked, length: asked.length + (listed.charAt(asked.length) === '等' ? 1 : 0) };
  // 经营环节违法回收药品、从非法渠道购进…: where all of it is done.
  const link =
    /^在?(?<subject>[\u4e00-\u9fa5]{0,6}(?:生产|经营|使用|流通|销售|批发|零售|网售|储存|运输|配送|加工|购进|种植|养殖|屠宰|餐饮|充装|安装)环节)[，,]?(?=.{4})/u.exec(
      listed,
    );
  if (link?.groups?.subject && /[、，,]/u.test(listed) && beginsWithPredicate(listed.slice(link[0].length)))
    return { subject: link.groups.subject, length: link[0].length };
  const match = innerSubject.exec(listed);
  const subject = match?.groups?.subject;
  if (!match || !subject || /以及|[未无]|^在/u.test(subject)) return none;
  if (subject.length < 4 && !/^(?:是否|有无|有没有)/u.test(listed.slice(subject.length))) return none;
  if (beginsWithPredicate(subject) && !subject.includes('、')) return none;
  const rest = listed.slice(match[0].length);
  if (/^(?:[、，,；;。]|和|及|与|的|等|为|以及|或|内|中|之|外|间|上|下|名单|数量|主体责任书)/u.test(rest)) return none;
  const asks = match.groups?.ask !== undefined;
  return asks || beginsWithPredicate(rest) || startsWithVerb(rest) || /[、，]|情况|是否|责任|制度|管理/u.test(rest)
    ? { subject, length: match[0].length }
    : none;
}

/** 从业人员, 生产场所: people and places of those who are inspected, and one matter among others. */
const partOfThem = /人员$|(?<!等)场所$/u;

const othersAreAsked = (rest: string): boolean =>
  splitTopLevel(rest, /[，,；;、]/gu).some(({ start, end }) =>
    /^[^是有]{2,20}(?:是否|有无|有没有)/u.test(rest.slice(start, end)),
  );

/** Ends as names of those end who are inspected. */
export const inspected = new RegExp(`(?:${subjectEnding}|人员|者|人)(?:[（(][^（()）]*[）)])?$`, 'u');

/** 对X，重点检查 / X，重点检查 / 对X重点检查: whom the words before the verb name. */
export function subjectBefore(before: string): string | null {
  const towards =
    /(?:^|[，,。；]|负责|组织|要|应当?|须|将)(?:对(?!照|接(?!受))|针对)(?<subject>[^。；]{2,60}?)[，,]?\s*(?:要|应|须|主要)?$/u.exec(
      before,
    )?.groups?.subject;
  if (towards && !/(?:行为|情形|问题|情况|的)$/u.test(towards)) {
    // 对某某企业开展全覆盖检查，重点…: what is done with them is no part of their name.
    const named = towards.replace(/(?<=.{2})(?:逐[一户家个]|全面|集中)?(?:开展|进行|实施|组织).*$/u, '');
    // 列入重点名单的化工园区: what describes them may hold a verb.
    const head = named.slice(named.lastIndexOf('的') + 1);
    return inspected.test(named) || !(hasVerb(head) || /(?:检查|工作|监管|管理|治理|整治)$/u.test(named))
      ? named.replace(/（[^（）]*）$/u, '')
      : null;
  }
  const marker = headingMarker(before);
  const clause = before.slice(Math.max(marker?.end ?? 0, before.search(/[^，,]*[，,：:]?\s*$/u)));
  const named = leadSubject.exec(clause)?.groups?.subject;
  // 重点检查饮料生产企业，严厉打击…: not the only one concerned.
  if (named) return named.search(action) === 0 ? null : ordinal(named);
  // 种子重点查…；农药重点查…: a bare noun before the verb.
  return /^[\u4e00-\u9fa5]{2,5}$/u.test(clause) && isNoun(clause) ? clause : null;
}
