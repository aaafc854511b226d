import type { Passage, Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { inPieces, type NoticeContext, sectionsAround, textOf } from './context.ts';
import { splitTopLevel } from './splitList.ts';

/** 职责分工: what a notice makes each body answer for (教育部门负责…，督促…). */

/** One thing that one body answers for. */
export interface DepartmentDuty {
  readonly span: Span;
  readonly subject: string;
  readonly action: string;
  readonly section: string | null;
}

/** Headings under which the work is divided among bodies. */
const division = /分工|职责/u;
/** 市公安局负责…, 教育部门牵头负责…, 各乡镇（街道）具体负责…. */
const answering =
  /^(?<who>[^，。；：:“”]{2,30}?)(?:要|应当?|须)?(?:主要|牵头|具体|依法|统筹|分别|共同)?(?<verb>负责)(?!人)/u;
/** 负责… behind a name that stands alone (县教育局：负责…). */
const going = /^(?:主要|牵头|具体|依法|统筹)?(?<verb>负责)(?!人)/u;
/** What is shorter says nothing. */
const shortestDuty = 4;

/** The duties that a paragraph under such a heading states; empty elsewhere. */
export function readDepartmentDuties(context: NoticeContext, passage: Passage): DepartmentDuty[] {
  const text = textOf(context.flow, passage);
  if (!text.includes('负责')) return [];
  const sections = sectionsAround(context.notice.sections, passage.start).filter(({ title }) => title !== null);
  const titles = sections.map(({ title }) => textOf(context.flow, title as Span));
  if (!titles.some((title) => division.test(title))) return [];
  const found: DepartmentDuty[] = [];
  // （一）县教育局。负责…: the heading below the one that divides names the body.
  const last = titles.at(-1) ?? '';
  let who: string | null = division.test(last) ? null : last;
  for (const range of splitTopLevel(text, /[。；;！\n]/gu).flatMap((piece) => inPieces(text, piece))) {
    const from = range.start + (headingMarker(text.slice(range.start, range.end))?.end ?? 0);
    const sentence = text.slice(from, range.end);
    let answers = false;
    for (const { start, end } of splitTopLevel(sentence, /[，,：:]/gu)) {
      const words = sentence.slice(start, end);
      const named = answering.exec(words);
      const verb = named ?? going.exec(words);
      if (named?.groups?.who && !going.test(words)) who = named.groups.who;
      else if (!answers && !verb && /[：:]/u.test(sentence.charAt(end))) who = words;
      answers = answers || verb !== null || (who !== null && found.at(-1)?.subject === who);
      const at = verb ? verb[0].length : 0;
      if (!answers || who === null || words.length - at < shortestDuty) continue;
      found.push({
        span: { start: passage.start + from + start + at, end: passage.start + from + end },
        subject: withoutLayoutSpaces(who),
        action: '负责',
        section: passage.section?.path ?? null,
      });
    }
  }
  return found;
}
