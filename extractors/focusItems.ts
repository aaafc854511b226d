import { evidenceAt, type FocusItem, type Passage, type Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { inPieces, lastFrom, type NoticeContext, sectionsAround, textOf } from './context.ts';
import {
  action,
  askedSubject,
  bareAction,
  fault,
  innerSubject,
  leadSubject,
  listHeading,
  nominal,
  plainAction,
  relativeTail,
  striking,
  subjectEnding,
} from './focusWords.ts';
import { listAfter } from './listAfter.ts';
import { splitItems, takesObject } from './splitItems.ts';
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, hasVerb, isNoun, startsWithVerb } from './words.ts';

interface Draft {
  readonly span: Span;
  readonly subject: string | null;
  readonly action: string | null;
  readonly section: string | null;
  readonly sure: number;
}

/** 检查重点: one entry per behaviour or matter to be inspected or struck at, with whom it concerns and the governing verb. */
export function extractFocusItems(context: NoticeContext): FocusItem[] {
  const drafts = context.notice.passages.flatMap((passage) => readPassage(context, passage));
  return drafts.map(
    ({ span, subject, action: verb, section, sure }, index): FocusItem => ({
      id: `f${index + 1}`,
      text: withoutLayoutSpaces(textOf(context.flow, span)),
      subject,
      action: verb,
      section,
      evidence: [evidenceAt(context.flow, span, sure)],
    }),
  );
}

function readPassage(context: NoticeContext, passage: Passage): Draft[] {
  const text = textOf(context.flow, passage);
  const subject = passageSubject(context, passage, text);
  const section = passage.section?.path ?? null;
  const found: Draft[] = [];
  const title = passage.section?.title ?? null;
  const summed = passage.section ? passage.section.paragraphs.length + passage.section.children.length > 0 : false;
  let listing: string | null = null;
  let opening = '';
  for (const clause of splitTopLevel(text, /[。；;！\n]/gu).flatMap((range) => inPieces(text, range))) {
    const words = text.slice(clause.start, clause.end);
    const offset = passage.start + clause.start;
    // A heading sums up; what it is about stands below it.
    if (
      title &&
      summed &&
      offset < title.end &&
      title.start < passage.start + clause.end &&
      passage.start + clause.end <= title.end + 1
    )
      continue;
    // 重点督导：1、…；2、…: the list goes on over semicolons.
    const opened = [...words.matchAll(action)].at(-1);
    const rest = opened ? words.slice(opened.index + opened[0].length) : '';
    if (opened && /^[:：]/u.test(rest) && rest.length > 1) listing = opened[0];
    else if (listing && /[。！]/u.test(text.charAt(clause.start - 1))) listing = null;
    if (listing) {
      const from = opened ? opened.index + opened[0].length + 1 : 0;
      for (const span of splitItems(words.slice(from), true)) {
        found.push({
          span: { start: offset + from + span.start, end: offset + from + span.end },
          subject,
          action: listing,
          section,
          sure: 0.8,
        });
      }
      continue;
    }
    // 对X，检查A；检查B: both concern X.
    const before = found.at(-1);
    const goesOn = /[；;]/u.test(text.charAt(clause.start - 1)) && /^(?:对|针对)/u.test(opening);
    if (!goesOn) opening = words;
    const items = readClause(words, offset, (goesOn && before?.subject) || subject, section);
    if (/严禁|禁止/u.test(words) && !exhorts(context, passage.start)) {
      items.push(...readBans(words, offset, subject, section));
    }
    found.push(...(items.length > 0 ? items : readQuestions(words, text, offset, subject, section)));
  }
  return found.length > 0 ? found : readListed(context, passage, text, subject);
}

/** 严禁…, 禁止… at the head of a clause, perhaps behind those whom it binds; 国家明令禁止的 and 禁止性规定 are no bans. */
const banned = new RegExp(
  `(?<=^|[，,：:])(?<who>[^，,。；：:]{0,16}(?:${subjectEnding}|人员|者|商|店))?(?<verb>严禁|严格禁止|(?:一律)?禁止)(?!性|类|的|令|区|线|清单|目录)(?<list>[^。；]{4,})$`,
  'u',
);

/** Under 工作要求, 组织保障 a ban admonishes those who inspect; it names nothing to be inspected. */
const exhorts = (context: NoticeContext, at: number): boolean =>
  sectionsAround(context.notice.sections, at).some(
    ({ title }) => title && /要求|保障|组织|纪律|领导|宣传|作风|廉/u.test(textOf(context.flow, title)),
  );

function readBans(clause: string, offset: number, subject: string | null, section: string | null): Draft[] {
  const found: Draft[] = [];
  let who: string | undefined;
  let from = headingMarker(clause)?.end ?? 0;
  // 严禁A，严禁B: each bans what follows it.
  for (const piece of clause.slice(from).split(/(?<=[，,])(?=[^，,]{0,16}(?:严禁|禁止))/u)) {
    const match = banned.exec(piece);
    const { verb, list } = match?.groups ?? {};
    if (match && verb && list) {
      who = match.groups?.who ?? who;
      const first = listAfter(list);
      const named = leadingSubject(first);
      const start = offset + from + match.index + match[0].length - list.length + named.length;
      for (const span of splitItems(first.slice(named.length))) {
        found.push({
          span: { start: start + span.start, end: start + span.end },
          subject: named.subject ?? who ?? subject,
          action: verb,
          section,
          sure: 0.7,
        });
      }
    }
    from += piece.length;
  }
  return found;
}

/** 是否…，是否… and 是否存在A、B等问题 without a governing verb: what the inspector is to ask. */
function readQuestions(
  clause: string,
  whole: string,
  offset: number,
  subject: string | null,
  section: string | null,
): Draft[] {
  const draft = (start: number, end: number): Draft => ({
    span: { start: offset + start, end: offset + end },
    subject,
    action: null,
    section,
    sure: 0.6,
  });
  const listed = /是否存在(?<list>[^。；]{4,}?等[^，。；、]{0,8}(?:行为|问题|情形|现象|隐患))/u.exec(clause);
  if (listed?.groups?.list) {
    const start = listed.index + listed[0].length - listed.groups.list.length;
    return splitItems(listed.groups.list).map((span) => draft(start + span.start, start + span.end));
  }
  const inspected =
    /(?:^|[，,。])[^，,。是]{0,12}?(?<verb>检查|核查|查看|排查|核实|查验|了解|询问)(?=[^，,。]{0,24}(?:是否|有无|有没有))/u.exec(
      clause,
    );
  const lead = inspected
    ? inspected.index + inspected[0].length
    : (/^[^，,]{0,30}[:：]/u.exec(clause)?.[0].length ??
      headingMarker(clause)?.end ??
      /^[一二三四五六七八九十]{1,2}[是要]/u.exec(clause)?.[0].length ??
      0);
  const body = clause.slice(lead);
  const count = (words: string) => words.match(/是否|有没有|有无/gu)?.length ?? 0;
  const asks = count(body);
  if (asks === 0 || (asks < 2 && count(whole) < 2 && headingMarker(clause) === undefined && !inspected)) return [];
  const named = leadingSubject(body);
  return splitItems(body.slice(named.length)).map((span) => ({
    ...draft(lead + named.length + span.start, lead + named.length + span.end),
    subject: named.subject ?? subject,
    action: inspected?.groups?.verb ?? null,
  }));
}

/** Whom a numbered paragraph is about: its first words (药品零售企业（含门店），…) or the title of its section (药品零售环节). */
export function passageSubject(context: NoticeContext, passage: Passage, text: string): string | null {
  const marker = headingMarker(text);
  const first = /^[^，。；：:]{2,60}(?=[，：:])/u.exec(text.slice(marker?.end ?? 0))?.[0];
  const own = marker && first ? leadSubject.exec(first)?.groups?.subject : undefined;
  if (own) return withoutLayoutSpaces(ordinal(own));
  const titles = sectionsAround(context.notice.sections, passage.start).flatMap((section) =>
    section.title ? [textOf(context.flow, section.title)] : [],
  );
  const titled = titles.findLast((title) => titleSubject.test(title) && !titleVerb.test(title));
  return titled ? withoutLayoutSpaces(titled) : null;
}

/** 三是旅游平台方面: the platforms. */
const ordinal = (named: string): string => named.replace(/^[一二三四五六七八九十]{1,2}[是要]|方面$/gu, '');

/** A title that is a name of those concerned: 药品零售环节, 美容美发机构、宾馆, 零售店（点）, 导游人员. */
const titleSubject = new RegExp(
  `^[^，。]{0,30}(?:${subjectEnding}|人员|药师|医师|驾驶[人员]|组织|人|者|店|商|车|船)(?:[（(][^（()）]{1,12}[）)])?(?:方面)?$`,
  'u',
);
const titleVerb =
  /加强|开展|严|抓|强化|落实|突出|规范|提升|聚焦|推进|做好|打击|整治|查处|排查|检查|成立|组成|负责|联系|保障|完善|压实|督促|指导/u;

/** Bodies, named one after the other without anything that they do, up to the next verb. */
const whomToInspect =
  /^(?:[^，。；：:“”未无不违非假劣]{1,14}、)*[^，。；：:“”未无不违非假劣]{0,14}(?:企业|单位|机构|平台|市场|超市|学校|场所|[店馆厂站场户商摊])，$/u;

/** How far before a verb the words that belong to it are sought. */
const WORDS_BEFORE = 300;

function readClause(clause: string, offset: number, fallback: string | null, section: string | null): Draft[] {
  const found: Draft[] = [];
  const triggers = [...clause.matchAll(action)];
  for (const bare of clause.matchAll(bareAction)) {
    const end = bare.index + bare[0].length;
    if (triggers.every((other) => end <= other.index || other.index + other[0].length <= bare.index))
      triggers.push(bare);
  }
  triggers.sort((a, b) => a.index - b.index);
  for (const [index, match] of triggers.entries()) {
    const verb = match.groups?.action as string;
    const from = match.index + match[0].length;
    const cut = Math.max(0, match.index - WORDS_BEFORE);
    const before = clause.slice(cut, match.index);
    const after = clause.slice(from, triggers[index + 1]?.index ?? clause.length);
    const draft = (span: Span, subject: string | null): Draft => ({
      span: { start: offset + span.start, end: offset + span.end },
      subject,
      action: verb,
      section,
      sure: 0.85,
    });
    // 对A、B等情形予以高度关注: the list stands before the verb.
    if (/^[\s，,。；]*$/u.test(after) || nominal.test(after)) {
      const given =
        /(?:^|[，,])\s?(?:要|应|须)?(?:对|针对)(?<list>[^。；]{4,}?(?:行为|情形|问题|情况|现象|隐患))[，,]?(?:要|应|须|一律)?(?:予以|给予|进行|开展|要|实施)?$/u.exec(
          before,
        );
      if (given?.groups?.list && !/的[，,]/u.test(given.groups.list)) {
        const start = cut + before.lastIndexOf(given.groups.list);
        for (const span of splitItems(given.groups.list))
          found.push(draft({ start: start + span.start, end: start + span.end }, fallback));
      }
      continue;
    }
    // 重点检查饮料、糕点生产企业，严厉打击…: whom to inspect above all, not what.
    if (index + 1 < triggers.length && whomToInspect.test(after)) continue;
    const first = listAfter(after);
    // …等违法违规行为，以及制度是否落实: the enumeration goes on in another manner.
    const more = /^[，,]\s?(?:以及|和)/u.exec(after.slice(first.length));
    const second = more ? listAfter(after.slice(first.length + more[0].length)) : '';
    let inherited = subjectBefore(before) ?? fallback;
    for (const [listed, at] of [
      [first, from],
      [second, from + first.length + (more?.[0].length ?? 0)],
    ] as const) {
      const list = readList(listed, inherited, match.groups ?? {});
      inherited = list.subject;
      found.push(
        ...list.items.map((span) =>
          draft({ start: at + span.start, end: at + span.end }, list.subject && withoutLayoutSpaces(list.subject)),
        ),
      );
    }
  }
  found.push(...readStrengthened(clause, offset, fallback, section));
  return found;
}

/** The items of one enumeration and whom they concern. */
function readList(
  listed: string,
  inherited: string | null,
  { weak, bare }: { readonly weak?: string; readonly bare?: string },
): { items: Span[]; subject: string | null } {
  const none = { items: [], subject: inherited };
  if (listed.length < 2) return none;
  // 集中整治 and the like are names of campaigns as often as verbs: only behaviours make them the latter.
  const closed = /等[^，。；、]{0,12}(?:行为|情形|问题|现象|乱象|活动|隐患)[，,。；;\s]*$/u.test(listed);
  const behaviour = /(?:行为|情形|活动)[，,。；;\s]*$/u.test(listed) && beginsWithPredicate(listed);
  if (weak && !closed && !behaviour) return none;
  // 检查 alone is said of much else: only faults make what follows it matters to be inspected.
  if (
    bare &&
    !fault.test(listed) &&
    !(striking.test(bare) && (beginsWithPredicate(listed) || takesObject.test(listed)))
  )
    return none;
  // 重点整治…的要求: the verb belongs to a noun.
  if (/的(?:要求|工作|部署|任务|机制|需要|成效|决策|精神|通知|方案)$/u.test(listed.trimEnd())) return none;
  const { subject: inner, length: shift } = leadingSubject(listed);
  const tail = inner ? null : relativeTail.exec(listed.replace(/[，,。；;\s]+$/u, ''));
  const body = tail ? listed.slice(0, tail.index) : listed.slice(shift);
  const items = splitItems(body, tail !== null).filter((item) => !namesOnly(body.slice(item.start, item.end)));
  return {
    items: items.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
    subject: inner ?? tail?.groups?.subject ?? inherited,
  };
}

/** 学校食堂, 校外供餐单位: whom to inspect, not what. */
const namesOnly = (item: string): boolean =>
  !/[无非违未不假劣]|用作|改为|擅自|私自/u.test(item) &&
  new RegExp(`^[^，。；“”]{0,16}${subjectEnding}$`, 'u').test(item) &&
  !beginsWithPredicate(item) &&
  !hasVerb(item.slice(0, -2));

/** The subject with which an enumeration begins, and how far it reaches; a bare 企业 or 单位 is part of the matter itself. */
function leadingSubject(listed: string): { subject: string | undefined; length: number } {
  const none = { subject: undefined, length: 0 };
  // 网吧、歌舞娱乐场所等场所是否…: however many they are, those before the question are asked about.
  const asked = askedSubject.exec(listed)?.groups?.subject;
  if (asked && !/[未无]/u.test(asked)) return { subject: asked, length: asked.length };
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

/** 对X，重点检查 / X，重点检查 / 对X重点检查: whom the words before the verb name. */
function subjectBefore(before: string): string | null {
  const towards = /(?:^|[，,。；])(?:对|针对)(?<subject>[^。；]{2,60}?)[，,]?\s*(?:要|应|须|主要)?$/u.exec(before)
    ?.groups?.subject;
  if (towards && !/(?:行为|情形|问题|情况|的)$/u.test(towards)) return towards.replace(/（[^（）]*）$/u, '');
  const marker = headingMarker(before);
  const clause = before.slice(Math.max(marker?.end ?? 0, before.search(/[^，,]*[，,：:]?\s*$/u)));
  const named = leadSubject.exec(clause)?.groups?.subject;
  // 重点检查饮料生产企业，严厉打击…: not the only one concerned.
  if (named) return named.search(action) === 0 ? null : ordinal(named);
  // 种子重点查…；农药重点查…: a bare noun before the verb.
  return /^[\u4e00-\u9fa5]{2,5}$/u.test(clause) && isNoun(clause) ? clause : null;
}

/** （重点）加强对A、B等行为的监督检查, 加大对…行为的打击力度. */
function readStrengthened(clause: string, offset: number, fallback: string | null, section: string | null): Draft[] {
  const pattern =
    /(?<lead>重点)?(?<verb>加强|强化|加大|开展|深化)对?(?<to>对)?(?<list>[^。；]{4,200}?(?:行为|情形|问题|情况|现象|隐患))(?:的)(?<noun>监督检查|执法检查|专项检查|检查|监管|排查|抽查|打击|查处|整治|治理)(?:力度)?/gu;
  const found: Draft[] = [];
  for (const match of clause.matchAll(pattern)) {
    const { lead, verb = '', list = '', noun = '' } = match.groups as Record<string, string>;
    const start = match.index + match[0].indexOf(list);
    if (/[，,](?:要|加强|强化|确保|督促)/u.test(list) || !clause.slice(match.index, start).includes('对')) continue;
    for (const span of splitItems(list)) {
      found.push({
        span: { start: offset + start + span.start, end: offset + start + span.end },
        subject: subjectBefore(clause.slice(0, match.index).replace(/[，,]$/u, '')) ?? fallback,
        action: lead ? `重点${verb}${noun}` : noun,
        section,
        sure: 0.8,
      });
    }
  }
  return found;
}

/** Paragraphs under 检查重点, 禁止行为, 重点查以下三类：, which name matters without a verb of their own. */
function readListed(context: NoticeContext, passage: Passage, text: string, subject: string | null): Draft[] {
  const heading = listedUnder(context, passage);
  if (!heading) return [];
  const marker = headingMarker(text);
  const title = passage.section?.title && passage.section.start === passage.start ? passage.section.title : null;
  const from = title ? title.end - passage.start : (marker?.end ?? 0);
  const body = text.slice(from);
  // 重点检查以下情形：: what it announces are the paragraphs below it.
  if (/以下|下列|如下/u.test(body) && announcement.test(body)) return [];
  const draft = (span: Span): Draft => ({
    span,
    subject,
    action: heading.verb,
    section: passage.section?.path ?? null,
    sure: 0.7,
  });
  const whole = (start: number, end: number): Draft[] => {
    const words = context.flow.text.slice(start, end);
    const tail = /(?:的)?(?:等)?(?:行为|情形)?[。；;，,、\s]*$/u.exec(words)?.[0].length ?? 0;
    return words.length - tail >= 4 && !/^其他|^其它/u.test(words) ? [draft({ start, end: end - tail })] : [];
  };
  // What follows a matter that is a heading of its own (…的) speaks of consequences.
  const above = passage.section;
  if (!marker && above?.title && above.start !== passage.start && /的$/u.test(textOf(context.flow, above.title)))
    return [];
  // The numbered or short paragraph is one matter, unless it goes on behind a title or holds an enumeration of its own.
  if (
    (marker || body.length <= 60) &&
    !title &&
    !/[。；;].{4}|等[^，。；]{0,8}(?:行为|问题|情形)|是否/u.test(body.trim())
  )
    return whole(passage.start + from, passage.end);
  if (body.replace(/[。；：:\s]/gu, '') === '') {
    const own = passage.section;
    return title &&
      own &&
      own.children.length === 0 &&
      (own.paragraphs.length === 0 || /(?:的|情况|问题)$/u.test(textOf(context.flow, title))) &&
      own.marker.level > 1 &&
      !namesOnly(textOf(context.flow, title))
      ? whole(title.start, title.end)
      : [];
  }
  const found: Draft[] = [];
  for (const clause of splitTopLevel(body, /[。；;\n]/gu)) {
    const words = body.slice(clause.start, clause.end);
    if (/[要应须]|确保|按照|根据|落实|组织|各地/u.test(words.slice(0, 6)) || words.length > 160) continue;
    const lead = /^[^，：:]{0,20}[：:]/u.exec(words)?.[0].length ?? 0;
    for (const span of splitItems(words.slice(lead))) {
      const offset = passage.start + from + clause.start + lead;
      found.push(draft({ start: offset + span.start, end: offset + span.end }));
    }
  }
  return found;
}

/** What announces a list above this passage: the title of a section around it, or a sentence 重点查以下三类：. */
function listedUnder(context: NoticeContext, passage: Passage): { readonly verb: string | null } | null {
  let found: { verb: string | null } | null = null;
  for (const section of sectionsAround(context.notice.sections, passage.start)) {
    const title = section.title ? textOf(context.flow, section.title) : '';
    const match = listHeading.exec(title);
    if (match && section.start !== passage.start) {
      const named = match.groups?.verb ?? match.groups?.noun;
      found = { verb: named ? (/重点/u.test(match[0]) ? `重点${named}` : named) : null };
    }
    // Paragraphs do not overlap: the last that ends at this place or before it is the last that begins before it.
    const announcing = lastFrom(section.paragraphs, passage.start - 1);
    const sentence = announcing ? announcement.exec(textOf(context.flow, announcing).slice(-200))?.[0] : undefined;
    if (sentence && /以下|下列|如下/u.test(sentence)) {
      const verb = [...sentence.matchAll(action)].at(-1)?.[0] ?? plainAction.exec(sentence)?.groups?.verb;
      if (verb) found = { verb };
    }
  }
  return found;
}

const announcement = /[^。；]*[：:]\s*$/u;
