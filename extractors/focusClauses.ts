import type { Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { leadingSubject, namesOnly, subjectBefore } from './focusSubjects.ts';
import {
  action,
  bareAction,
  everybody,
  fault,
  faultNouns,
  matterNouns,
  nominal,
  relativeTail,
  striking,
  subjectEnding,
} from './focusWords.ts';
import { listAfter } from './listAfter.ts';
import { splitItems, takesObject } from './splitItems.ts';
import { beginsWithPredicate, isClause } from './words.ts';

/** Matters to be inspected in a clause: the enumerations behind governing verbs, bans, questions. */

/** A matter before it is numbered: where it stands, whom it concerns, by which verb, in which section, how surely (0 to 1). */
export interface Draft {
  readonly span: Span;
  readonly subject: string | null;
  readonly action: string | null;
  readonly section: string | null;
  readonly sure: number;
}

/** 是否存在A、B等问题. */
const existing = new RegExp(`是否存在(?<list>(?:(?!是否|有无)[^。；]){4,}?等[^，。；、]{0,8}(?:${faultNouns}))`, 'u');
/** 对A、B等情形予以: the list stands before its verb. */
const listBefore = new RegExp(
  `(?:^|[，,])\\s?(?:要|应|须)?(?:对|针对)(?<list>[^。；]{4,}?(?:${matterNouns}))[，,]?(?:要|应|须|一律)?(?:予以|给予|进行|开展|要|实施)?$`,
  'u',
);
/** …等突出问题 at the end of an enumeration. */
const closedList = new RegExp(`等[^，。；、]{0,12}(?:${faultNouns}|乱象|活动)[，,。；;\\s]*$`, 'u');
/** 加强对A、B等行为的监督检查. */
const strengthened = new RegExp(
  `(?<lead>重点)?(?<verb>加强|强化|加大|开展|深化)对?(?<to>对)?(?<list>[^。；]{4,200}?(?:${matterNouns}))(?:的)(?<noun>监督检查|执法检查|专项检查|检查|监管|排查|抽查|打击|查处|整治|治理)(?:力度)?`,
  'gu',
);

/** 严禁…, 禁止… at the head of a clause, perhaps behind those whom it binds; 国家明令禁止的 and 禁止性规定 are no bans. */
const banned = new RegExp(
  `(?<=^|[，,：:])(?<who>[^，,。；：:]{0,16}(?:${subjectEnding}|人员|者|商|店))?(?<verb>严禁|严格禁止|(?:一律)?禁止)(?!性|类|的|令|区|线|清单|目录)(?<list>[^。；]{4,})$`,
  'u',
);

/** Every ban of a clause (严禁A，严禁B) bans its own. */
export function readBans(clause: string, offset: number, subject: string | null, section: string | null): Draft[] {
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
      // 严禁任何单位和个人加工、贩运…: everybody is nobody in particular.
      const all = everybody.exec(first)?.[0];
      const named = all === undefined ? leadingSubject(first) : { length: all.length, subject: null };
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
export function readQuestions(
  clause: string,
  whole: string,
  offset: number,
  subject: string | null,
  section: string | null,
  announced: boolean,
): Draft[] {
  const draft = (start: number, end: number): Draft => ({
    span: { start: offset + start, end: offset + end },
    subject,
    action: null,
    section,
    sure: 0.6,
  });
  const listed = existing.exec(clause);
  if (listed?.groups?.list) {
    const start = listed.index + listed[0].length - listed.groups.list.length;
    // 设备是否定期校准，是否存在A、B等行为: the questions before the list are asked, too.
    const asked = clause.slice(0, listed.index);
    return [
      ...(/是否|有无|有没有/u.test(asked) ? readQuestions(asked, whole, offset, subject, section, announced) : []),
      ...splitItems(listed.groups.list).map((span) => draft(start + span.start, start + span.end)),
    ];
  }
  // 各县要逐一检查，一是检查校车是否超员: the last verb before the question, behind its number.
  const inspected =
    /(?:^|[，,。：:])(?:[一二三四五六七八九十]{1,2}[是要])?[^，,。是]{0,12}?(?<verb>检查|核查|查看|排查|核实|查验|了解|询问)(?!记录|制度|报告|台账|验收|登记|人员|机制)(?=[^，,。]{0,24}(?:是否|有无|有没有))/u.exec(
      clause,
    );
  const lead = inspected
    ? inspected.index + inspected[0].length
    : (/^[^，,]{0,30}(?:(?<!\d)[:：]|[:：](?!\d))/u.exec(clause)?.[0].length ??
      headingMarker(clause)?.end ??
      /^[一二三四五六七八九十]{1,2}[是要]/u.exec(clause)?.[0].length ??
      0);
  const body = clause.slice(lead);
  const count = (words: string) => words.match(/是否|有没有|有无/gu)?.length ?? 0;
  const asks = count(body);
  if (asks === 0 || (asks < 2 && count(whole) < 2 && headingMarker(clause) === undefined && !inspected)) return [];
  // Where a sentence above says whom they concern, 加工场所是否… is asked about a part of them.
  const named = announced ? { subject: undefined, length: 0 } : leadingSubject(body);
  return splitItems(body.slice(named.length)).map((span) => ({
    ...draft(lead + named.length + span.start, lead + named.length + span.end),
    subject: named.subject ?? subject,
    action: inspected?.groups?.verb ?? null,
  }));
}

/** Bodies, named one after the other without anything that they do, up to the next verb. */
const whomToInspect =
  /^(?:[^，。；：:“”未无不违非假劣]{1,14}、)*[^，。；：:“”未无不违非假劣]{0,14}(?:企业|单位|机构|平台|市场|超市|学校|场所|[店馆厂站场户商摊])，$/u;

/** How far before a verb the words that belong to it are sought. */
const WORDS_BEFORE = 300;

/** 对化工园区，全面排查: a verb said of certain bodies governs what follows, however weak it is by itself. */
const towardsParty = new RegExp(`^(?:对|针对)[^，。；：:]{2,24}(?:${subjectEnding}|[店馆厂站场户商摊])，$`, 'u');

/**
 * The matters behind each governing verb of a clause, and before one that follows them. `towards`: the sentence of which
 * the clause is a later part began by saying of whom (对X，检查A；检查B).
 */
export function readClause(
  clause: string,
  offset: number,
  fallback: string | null,
  section: string | null,
  towards = false,
): Draft[] {
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
    // 以“严厉打击…、规范…”为主题的行动: what it is called.
    if (/以[“"][^”"]*$/u.test(before) && /^[^“"]*[”"]为/u.test(clause.slice(from, from + WORDS_BEFORE))) continue;
    // 对A、B等情形予以高度关注: the list stands before the verb.
    if (/^[\s，,。；]*$/u.test(after) || nominal.test(after)) {
      const given = listBefore.exec(before);
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
    const aimed = towardsParty.test(before) || (towards && index === 0 && before.trim() === '');
    for (const [listed, at] of [
      [first, from],
      [second, from + first.length + (more?.[0].length ?? 0)],
    ] as const) {
      const list = readList(listed, inherited, match.groups ?? {}, aimed);
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
  aimed: boolean,
): { items: Span[]; subject: string | null } {
  const none = { items: [], subject: inherited };
  if (listed.length < 2) return none;
  const predicate = beginsWithPredicate(listed) || takesObject.test(listed);
  const governed = aimed && (predicate || isClause(listed) || fault.test(listed) || /不少于|不低于|至少/u.test(listed));
  const faulty = predicate && fault.test(/^[^，、]*/u.exec(listed)?.[0] ?? '');
  // 集中整治 and the like are names of campaigns as often as verbs: only behaviours make them the latter.
  const closed = closedList.test(listed);
  const behaviour = /(?:行为|情形|活动)[，,。；;\s]*$/u.test(listed) && beginsWithPredicate(listed);
  if (weak && !closed && !behaviour && !governed && !faulty) return none;
  // 检查 alone is said of much else: only faults make what follows it matters to be inspected.
  if (
    bare &&
    !governed &&
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

/** （重点）加强对A、B等行为的监督检查, 加大对…行为的打击力度. */
function readStrengthened(clause: string, offset: number, fallback: string | null, section: string | null): Draft[] {
  const found: Draft[] = [];
  for (const match of clause.matchAll(strengthened)) {
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

/** 对燃气企业无证经营、违规充装的，严肃查处: deeds named in the condition under which they are struck at. */
const condemned = new RegExp(
  `^(?:对|针对)(?<list>[^。；]{6,}?)的，(?:一律|坚决|依法|从严|从重|严肃|严厉|予以|立案){0,4}(?<verb>${striking.source})`,
  'u',
);
/** What inspectors meet with: 拒不整改的, 检查中发现问题的, 造成后果的. */
const metWith = /拒不|拒绝|整改|发现|涉嫌|问题|举报|投诉|造成|情节|到位|不力|构成|违反|瞒报|逾期|责任/u;

/** Deeds that a sentence names only by saying that they are struck at, where its paragraph names no others. */
export function readCondemned(
  sentence: string,
  offset: number,
  fallback: string | null,
  section: string | null,
): Draft[] {
  const match = condemned.exec(sentence);
  const { list = '', verb = '' } = match?.groups ?? {};
  if (!match || metWith.test(list) || !fault.test(list)) return [];
  const { subject, length } = leadingSubject(list);
  const start = offset + match[0].indexOf(list) + length;
  return splitItems(list.slice(length), true).map((span) => ({
    span: { start: start + span.start, end: start + span.end },
    subject: subject ?? fallback,
    action: verb,
    section,
    sure: 0.6,
  }));
}
