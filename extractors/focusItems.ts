import { evidenceAt, type FocusItem, type Passage } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { inPieces, type NoticeContext, sectionsAround, textOf } from './context.ts';
import { type Draft, readBans, readClause, readCondemned, readQuestions } from './focusClauses.ts';
import { announcedAbove, listedUnder, readListed } from './focusLists.ts';
import { passageSubject } from './focusSubjects.ts';
import { action, fault } from './focusWords.ts';
import { isMeasure } from './listAfter.ts';
import { splitItems } from './splitItems.ts';
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, isClause } from './words.ts';

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
  const announced = announcedAbove(context, passage);
  const heading = listedUnder(context, passage, announced);
  let listing: string | null = null;
  let opening = '';
  /** 重点检查是否…；是否…: who and what the questions before a semicolon were about. */
  let asked: Pick<Draft, 'subject' | 'action'> | null = null;
  for (const clause of splitTopLevel(text, /[。；;！\n]/gu).flatMap((range) => inPieces(text, range))) {
    const words = text.slice(clause.start, clause.end);
    const offset = passage.start + clause.start;
    // A heading sums up; what it is about stands below it.
    if (
      title &&
      summed &&
      !(
        enumerates.test(textOf(context.flow, title)) &&
        passage.section?.children.length === 0 &&
        !announces.test(text)
      ) &&
      offset < title.end &&
      title.start < passage.start + clause.end &&
      passage.start + clause.end <= title.end + 1
    )
      continue;
    // 重点督导：1、…；2、…: the list goes on over semicolons.
    const opened = [...words.matchAll(action)].at(-1);
    const rest = opened ? words.slice(opened.index + opened[0].length) : '';
    const colon = opened
      ? (/^(?:[^，。；：:]{0,12}?(?:是否存在|有无)?(?:以下|下列|如下)[^，,：:]{0,12})?[:：]/u.exec(rest)?.[0].length ??
        0)
      : 0;
    if (opened && colon > 0 && rest.length > colon) listing = opened[0];
    else if (listing && (/[。！]/u.test(text.charAt(clause.start - 1)) || opened?.index === 0)) listing = null;
    if (listing) {
      const from = opened && colon > 0 ? opened.index + opened[0].length + colon : 0;
      // 1.…；2.…: a number says that it is one matter.
      const numbered = /^\s*(?:[（(]?\d{1,2}\s?[）).．、]|[①-⑳])\s*/u.exec(words.slice(from))?.[0].length ?? 0;
      const parts =
        numbered > 0 && !/等[^，。；]{0,8}$/u.test(words)
          ? [{ start: numbered, end: words.length - from }]
          : splitItems(
              words.slice(from),
              true,
              /[；;]/u.test(text.slice(clause.start).split('。')[0] ?? '') || from === 0,
            );
      for (const span of parts) {
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
    const items = readClause(words, offset, (goesOn && before?.subject) || subject, section, goesOn);
    // 排查A；B；C: faults behind semicolons that no other verb governs.
    const governing = found.at(-1);
    const afterSemicolon = /[；;]/u.test(text.charAt(clause.start - 1));
    if (items.length === 0 && afterSemicolon && !opened && governing?.action && isFurtherFault(words)) {
      items.push({ ...governing, span: { start: offset, end: passage.start + clause.end } });
    }
    if (/严禁|禁止/u.test(words) && !exhorts(context, passage.start)) {
      items.push(...readBans(words, offset, subject, section));
    }
    if (/[。！]/u.test(text.charAt(clause.start - 1))) asked = null;
    const questions = items.length > 0 ? [] : readQuestions(words, text, offset, subject, section, announced !== null);
    for (const one of questions)
      found.push({
        ...one,
        subject: one.subject ?? announced?.subject ?? asked?.subject ?? null,
        action: one.action ?? announced?.verb ?? asked?.action ?? heading?.verb ?? null,
      });
    found.push(...items);
    const last = items.at(-1);
    if (last && /是否|有无/u.test(context.flow.text.slice(last.span.start, last.span.end))) asked = last;
    else if (opened) asked = null;
  }
  if (found.length > 0) return found;
  const listed = readListed(context, passage, text, subject, heading);
  if (listed.length > 0) return listed;
  if (exhorts(context, passage.start)) return [];
  return splitTopLevel(text, /[。；;！\n]/gu).flatMap((range) => {
    const from = range.start + (range.start === 0 ? (headingMarker(text)?.end ?? 0) : 0);
    return readCondemned(text.slice(from, range.end), passage.start + from, subject, section);
  });
}

/** 重点检查A、B等问题: an enumeration sums nothing up, though a paragraph begins with it. */
const enumerates = /、.*等[^，。；、]{0,8}(?:行为|问题|情形|隐患)$/u;

const announces = /以下|下列|如下|[：:]\s*$/u;

/** 变压器下可燃物未清除: one fault, not what is to be done about it. */
const isFurtherFault = (words: string): boolean =>
  words.length <= 30 &&
  !/[，,：:]|是否|[应须]|必须|不得|严禁|(?:^|[^必])要/u.test(words) &&
  fault.test(words) &&
  !isMeasure(words) &&
  !/检查|抽查|巡查|督查|执法|部门|[县市省]局/u.test(words) &&
  (beginsWithPredicate(words) || isClause(words) || /[^未无不]{2}(?:未|无|没有|不足)/u.test(words));

/** Under 工作要求, 组织保障 a ban admonishes those who inspect; it names nothing to be inspected. */
const exhorts = (context: NoticeContext, at: number): boolean =>
  sectionsAround(context.notice.sections, at).some(
    ({ title, start }) =>
      title &&
      start !== at &&
      /要求$|保障|组织(?:领导|实施|管理|协调|推动)|(?:加强|强化|严密)组织|纪律|领导|宣传|作风|廉|执法/u.test(
        textOf(context.flow, title),
      ),
  );
