import type { Passage, Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { lastFrom, type NoticeContext, sectionsAround, textOf } from './context.ts';
import type { Draft } from './focusClauses.ts';
import { namesOnly, subjectBefore } from './focusSubjects.ts';
import { action, listHeading, plainAction } from './focusWords.ts';
import { splitItems } from './splitItems.ts';
import { splitTopLevel } from './splitList.ts';

/** Matters to be inspected that a heading or a sentence above announces. */

/** Paragraphs under 检查重点, 禁止行为, 重点查以下三类：, which name matters without a verb of their own. */
export function readListed(
  context: NoticeContext,
  passage: Passage,
  text: string,
  subject: string | null,
  heading: ReturnType<typeof listedUnder>,
): Draft[] {
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
    // 各单位6月5日前…: a duty with its limit, not a matter.
    if (/\d[日号月]底?前/u.test(words.slice(0, 20))) continue;
    if (
      /^(?:鼓励|支持|引导|倡导|提倡|建议)|^.{0,5}(?:要(?!求|点|素)|应(?!急)|须)|^.{0,4}(?:确保|按照|根据|落实|组织|各地)/u.test(
        words,
      ) ||
      words.length > 160
    )
      continue;
    const lead = /^[^，：:]{0,20}[：:]/u.exec(words)?.[0].length ?? 0;
    for (const span of splitItems(words.slice(lead), false, /[；;].{2}/u.test(body))) {
      const offset = passage.start + from + clause.start + lead;
      found.push(draft({ start: offset + span.start, end: offset + span.end }));
    }
  }
  return found;
}

/** What announces a list above this passage: a sentence (重点查以下三类：), or the title of a section around it. */
export function listedUnder(
  context: NoticeContext,
  passage: Passage,
  announced: ReturnType<typeof announcedAbove>,
): { readonly verb: string | null } | null {
  if (announced) return announced;
  let found: { verb: string | null } | null = null;
  for (const section of sectionsAround(context.notice.sections, passage.start)) {
    const title = section.title ? textOf(context.flow, section.title) : '';
    const match = listHeading.exec(title);
    if (match && section.start !== passage.start) {
      const named = match.groups?.verb ?? match.groups?.noun;
      found = { verb: named ? (/重点/u.test(match[0]) ? `重点${named}` : named) : (match.groups?.ban ?? null) };
    }
  }
  return found;
}

const announcement = /[^。；]*[：:]\s*$/u;

/** 对某某企业开展检查，重点检查：/ 严厉打击以下行为：at the end of a paragraph above: the verb and those concerned. */
export function announcedAbove(
  context: NoticeContext,
  passage: Passage,
): { readonly verb: string; readonly subject: string | null } | null {
  let found: { verb: string; subject: string | null } | null = null;
  for (const section of sectionsAround(context.notice.sections, passage.start)) {
    // Paragraphs do not overlap: the last that ends at this place or before it is the last that begins before it.
    const announcing = lastFrom(section.paragraphs, passage.start - 1);
    // （二）对客运索道，重点检查：over numbered lines: the heading announces them.
    const title = section.title && section.start !== passage.start ? textOf(context.flow, section.title) : '';
    const headed = /^(?:对|针对).{2,}[，,]?/u.test(title) ? `${title.replace(/[：:]\s*$/u, '')}：` : undefined;
    const sentence = announcing ? announcement.exec(textOf(context.flow, announcing).slice(-200))?.[0] : headed;
    if (!sentence) continue;
    const governing = [...sentence.matchAll(action)].at(-1);
    const ends = governing && /^\s?[：:]\s*$/u.test(sentence.slice(governing.index + governing[0].length));
    if (!ends && !/以下|下列|如下/u.test(sentence)) continue;
    const verb = governing?.[0] ?? plainAction.exec(sentence)?.groups?.verb;
    if (verb) found = { verb, subject: governing ? subjectBefore(sentence.slice(0, governing.index)) : null };
  }
  return found;
}
