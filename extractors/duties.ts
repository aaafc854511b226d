import { evidenceAt, type FocusItem, type Passage, type Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { inPieces, type NoticeContext, sectionsAround, textOf } from './context.ts';
import { readDepartmentDuties } from './departmentDuties.ts';
import { authority, partyIn, readClause, shortestDuty } from './dutyClause.ts';
import { passageSubject } from './focusSubjects.ts';
import { splitTopLevel } from './splitList.ts';
import { endsWithNoun, hasVerb, isClause, startsWithVerb } from './words.ts';

/** What inspectors do is no duty of those inspected. */
const inspecting =
  /执法|检查组|案件|线索|办案|处罚|移送|查处|立案|追究|问责|曝光|通报|督查|抽查|暗访|帮扶|举报|黑名单|从严|从重|从轻|减轻|免[予于]|自查|挂牌|督办/u;
/** Reports have their dates, and are compared as deadlines. */
const reporting = /报送|上报|报告(?:于|并)|前(?:将|向|报|完成)|填报|汇总表|联系人/u;
/** What says no more than that a notice is to be taken seriously. */
const exhortation =
  /^.{0,4}(?:高度重视|充分认识|提高(?:认识|站位|政治)|加强(?:组织)?领导|统一思想|积极配合|认真(?:贯彻|学习|落实|组织)|压实|切实|强化责任|明确(?:专人|责任|分工|职责)|树立|坚持|严格(?:按照|对照|落实)|对照|(?:落实|履行)[^，]{0,10}责任$)/u;
/** 对超速等报警信息在2小时内处理: what is done with something else. */
const towardsThing = (words: string): boolean => /^对[^，]{7,}[^的]$/u.test(words) && hasVerb(words);
/** Whether a clause behind a duty is one more: it says of what or how often, not how the one before it is done. */
const standsAlone = (words: string): boolean =>
  words.length >= 6 &&
  !/^(?:且|及|其中|同时|等|或|包括|不少于|保存|由)/u.test(words) &&
  (/^(?:每|至少)/u.test(words) ||
    /^并?(?:建立|制定|配备|设置|安装|开展|组织|签订|公示|悬挂|张贴|购买|投保|上传|接入|纳入|实行|公布|公开)(?!健全.{0,4}机制).{4}/u.test(
      words,
    ) ||
    isClause(words) ||
    towardsThing(words) ||
    describedClause(words));
/** 隐患未消除的设备停止使用: a clause, with what it is said of described before it. */
const describedClause = (words: string): boolean => {
  const said = /^[^的]{3,12}的(?<said>[^的]{4,})$/u.exec(words)?.groups?.said ?? '';
  return isClause(said) || /^设[备施](?!的|、)/u.test(said);
};
/** 设备停用一年以上重新启用的，应当…: under what condition a duty holds. */
const condition =
  /^(?!对|针对|发现|经)[^，]{4,}的$|^(?:遇|遇到|遇有|出现|发生)[^，]{2,}(?:时|的|天气|预警|情况|灾害)$/u;
/** 对存在重大隐患的企业，一律…; 对使用满15年的电梯，单位应当…: of which of them a duty holds. */
const isCase = (words: string): boolean =>
  /^(?:对|针对)[^，]*(?:\d|的)[^，]*[^，的]{2}$/u.test(words) && endsWithNoun(words);
/** 处理率达到98%: a goal beside a duty, compared as one. */
const goal = /^[^，]{0,16}(?:率|比例)(?:均|要|应|须|需)?(?:达到?|不低于|不少于|保持在?|提高到)[^，]*\d/u;
const purpose = /^(?:确保|防止|防范|避免|切实|有效|坚决|促进|保障|进一步|努力|不断|从而|以便|做到)/u;
/** Sections in which inspectors are spoken to, and plans of time. */
const ofInspectors =
  /(?:工作|有关|相关|具体|几点|督导)要求|^要求|保障|组织|纪律|领导|宣传|作风|廉|步骤|安排|进度|阶段|时间|报送|考核|职责|分工/u;

interface Draft {
  readonly span: Span;
  readonly subject: string | null;
  readonly action: string;
  readonly section: string | null;
  /** An invitation (鼓励): of weight only beside duties. */
  readonly loose: boolean;
}

const overlap = (a: Pick<Draft, 'span'>, b: Pick<Draft, 'span'>): boolean =>
  a.span.start < b.span.end && b.span.start < a.span.end;

/**
 * 管理要求: what those supervised must, may or must not do (应当建立…, 不得…, 可以…, 鼓励企业…), where a notice prints it in
 * prose. What `focusItems` hold already, what is asked of those who inspect, and reports are left out.
 */
export function extractDuties(context: NoticeContext, focusItems: readonly FocusItem[]): FocusItem[] {
  const taken = focusItems.flatMap(({ evidence }) => evidence);
  const drafts = context.notice.passages
    .flatMap((passage) => {
      const divided = readDepartmentDuties(context, passage).map((duty): Draft => ({ ...duty, loose: false }));
      const others = readPassage(context, passage).filter((draft) => !divided.some((duty) => overlap(draft, duty)));
      return [...divided, ...others].sort((a, b) => a.span.start - b.span.start);
    })
    .filter(({ span }) => !taken.some((other) => other.start < span.end && span.start < other.end));
  // Sections at the top (一, 二) stand beside each other, too.
  const parent = (path: string | null) => (path ?? '').replace(/(?:^|\/)[^/]*$/u, '');
  const firm = new Set(drafts.filter(({ loose }) => !loose).map(({ section }) => parent(section)));
  const inspected = new Set(focusItems.map(({ section }) => parent(section)));
  return drafts
    .filter(
      ({ loose, section, subject, action }) =>
        !loose ||
        firm.has(parent(section)) ||
        (subject !== null && action !== '引导' && inspected.has(parent(section))),
    )
    .map(
      ({ span, subject, action, section }, index): FocusItem => ({
        id: `d${index + 1}`,
        text: withoutLayoutSpaces(textOf(context.flow, span)),
        subject,
        action,
        section,
        evidence: [evidenceAt(context.flow, span, 0.7)],
      }),
    );
}

function readPassage(context: NoticeContext, passage: Passage): Draft[] {
  const text = textOf(context.flow, passage);
  if (!/应|必须|务必|不得|不准|不许|禁|一律|可|原则上|鼓励|支持|引导|倡导|提倡|建议|要|须|需/u.test(text)) return [];
  const titles = sectionsAround(context.notice.sections, passage.start).flatMap(({ title }) =>
    title ? [textOf(context.flow, title)] : [],
  );
  const place = {
    offset: passage.start,
    section: passage.section?.path ?? null,
    subject: passageSubject(context, passage, text),
    inspectors: titles.some((title) => ofInspectors.test(title)),
  };
  const found: Draft[] = [];
  for (const range of splitTopLevel(text, /[。；;！\n]/gu).flatMap((piece) => inPieces(text, piece))) {
    const spoken = found.at(-1)?.subject ?? null;
    for (const draft of readSentence(text.slice(range.start, range.end), range.start, { ...place, spoken })) {
      // 运输企业应当…。鼓励企业…: the same ones.
      const { subject } = draft;
      const full = subject && found.findLast((before) => before.subject?.endsWith(subject))?.subject;
      found.push(full ? { ...draft, subject: full } : draft);
    }
  }
  return found;
}

/** Who is named in a clause alone is named shortly. */
const longestParty = 16;

interface Place {
  readonly offset: number;
  readonly section: string | null;
  /** Whom the paragraph is about. */
  readonly subject: string | null;
  /** It stands where inspectors are spoken to: only what names somebody else is a duty of those supervised. */
  readonly inspectors: boolean;
  /** Whom the sentence before it in the paragraph bound. */
  readonly spoken: string | null;
}

function readSentence(sentence: string, from: number, place: Place): Draft[] {
  if (/^(?:根据|按照|依据|依照)[^，。]*规定/u.test(sentence)) return [];
  const found: { -readonly [K in keyof Draft]: Draft[K] }[] = [];
  let who: string | null = null;
  let byInspectors = false;
  let open = false;
  /** The duty that a later clause without a word of its own goes on with. */
  let basis: Omit<Draft, 'span'> | undefined;
  let previous = '';
  let pending: { readonly start: number; readonly goesOn: boolean; readonly ofCase: boolean } | undefined;
  const marker = headingMarker(sentence)?.end ?? 0;
  for (const clause of splitTopLevel(sentence.slice(marker), /[，,：:]/gu)) {
    const start = marker + clause.start;
    const words = sentence.slice(start, marker + clause.end);
    const duty = readClause(words);
    if (/督促|指导|要求/u.test(words) && duty?.named === undefined) byInspectors = false;
    else if (duty && authority.test(duty.head)) byInspectors = true;
    else if (duty?.named !== undefined) byInspectors = false;
    who = duty?.named ?? who;
    const before: typeof pending = pending;
    const towards = /^(?:对|针对|发现)/u.test(previous);
    previous = words;
    pending = undefined;
    const ofCase = duty === undefined && isCase(words);
    if (duty === undefined && (ofCase || condition.test(words))) {
      pending = { start, goesOn: open, ofCase };
      if (ofCase) who = partyIn(words.replace(/^(?:对|针对)/u, '')) ?? who;
      open = false;
      continue;
    }
    if (duty === undefined && goal.test(words)) continue;
    if (duty === undefined) {
      const last = found.at(-1);
      open = open || before?.goesOn === true;
      const end = place.offset + from + marker + clause.end;
      // 对有隐患的，停止使用: what is done in a case is no part of the duty before it.
      open = open && !purpose.test(words) && !reporting.test(words) && !/^(?:对|针对|发现).*的$/u.test(words);
      // 应当设置围挡，主要路段不低于2.5米: a clause of its own is bound by the same word, another goes with the one before.
      if (open && basis && (before || standsAlone(words))) {
        const own = start + (words.startsWith('并') ? 1 : 0);
        found.push({ ...basis, span: { start: place.offset + from + (before?.start ?? own), end } });
      } else if (open && last && last.span.end === place.offset + from + start - 1) {
        last.span = { start: last.span.start, end };
      }
      // 运输企业，必须…: those who are named in a clause of their own.
      // 机构负责人是第一责任人，要…: who are said to answer for it, too.
      const answering = /^(?<who>[^，]{2,20})是[^，]*责任(?:人|主体)$/u.exec(words)?.groups?.who;
      if (answering !== undefined) who = partyIn(answering) ?? who;
      else if (!open && words.length <= longestParty && !startsWithVerb(words)) who = partyIn(words) ?? who;
      continue;
    }
    open = false;
    const spoken =
      duty.kind === 'binding' && !towards && !/^(?:对|针对|发现|经)/u.test(duty.head) ? place.spoken : null;
    const named = duty.named ?? who ?? place.subject ?? (/^$|^(?:遇|在|每|逢|如|当)/u.test(duty.head) ? spoken : null);
    if (byInspectors) continue;
    if (reporting.test(words)) {
      // 企业应当于5月底前完成自查，每年至少演练一次: a report is a deadline, what follows it is bound by the same word.
      if (named !== null)
        basis = { subject: withoutLayoutSpaces(named), action: duty.verb, section: place.section, loose: false };
      open = named !== null && duty.named !== undefined;
      continue;
    }
    if (duty.kind === 'plain' && duty.named === undefined) continue;
    if ((duty.verb === '一律' || duty.kind === 'inviting') && inspecting.test(words)) continue;
    if (named === null && (inspecting.test(sentence) || /^(?:对|针对|发现)/u.test(duty.head))) continue;
    if (place.inspectors && duty.named === undefined && who === null && spoken === null) continue;
    basis = {
      subject: named === null ? null : withoutLayoutSpaces(named),
      action: duty.verb,
      section: place.section,
      loose: duty.kind === 'inviting',
    };
    open = true;
    // 必须落实主体责任，每月开展…: what is no duty itself lends its word to those behind it.
    if (exhortation.test(words.slice(duty.at + duty.verb.length))) continue;
    if (words.length - duty.from + (before ? shortestDuty : 0) < shortestDuty) continue;
    found.push({
      ...basis,
      span: {
        start:
          place.offset +
          from +
          (before && (before.ofCase || duty.named === undefined) ? before.start : start + duty.from),
        end: place.offset + from + marker + clause.end,
      },
    });
  }
  return found;
}
