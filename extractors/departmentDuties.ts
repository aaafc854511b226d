import type { Passage, Span } from '../models/index.ts';
import { headingMarker } from '../models/text/markers.ts';
import { withoutLayoutSpaces } from '../models/text/normalize.ts';
import { inPieces, type NoticeContext, sectionsAround, textOf } from './context.ts';
import { authority, partyIn, readClause } from './dutyClause.ts';
import { subjectEnding } from './focusWords.ts';
import { splitTopLevel } from './splitList.ts';
import { beginsWithPredicate, startsWithVerb } from './words.ts';

/** 职责分工: what a notice makes each body answer for (教育部门负责…，督促…). */

/** One thing that one body answers for. */
export interface DepartmentDuty {
  readonly span: Span;
  readonly subject: string;
  readonly action: string;
  readonly section: string | null;
}

/** Headings under which the work is divided among bodies; 压实工作职责 and 履行监管职责 only exhort. */
const division = /(?:职责|任务|工作|责任|部门)分工|部门职责|^(?:工作)?职责$/u;
/** 市公安局负责…, 教育部门牵头负责…, 各乡镇（街道）具体负责…. */
const answering =
  /^(?<who>[^，。；：:“”]{2,30}?)(?:要|应当?|须)?(?:主要|牵头|具体|依法|统筹|分别|共同)?(?<verb>负责)(?!人)/u;
/** 负责… behind a name that stands alone (县教育局：负责…). */
const going = /^(?:主要|牵头|具体|依法|统筹)?(?<verb>负责)(?!人)/u;
/** What is shorter says nothing. */
const shortestDuty = 4;

/** 督促企业应当…: the body still answers for what another must do. */
const overseeing = /督促|指导|要求|确保/u;
/** 县公安局查处…, 学校每周公示…: who does what, at the head of a sentence; 建设项目审批 and 学校食堂检查 are what is done to them. */
const body = /^[^，、]{2,}?(?:[局厅]|委(?!托|派)|办(?![理案学证])|政府(?!采购)|部门)(?=(?<rest>.{2,}))/u;
const supervised = new RegExp(
  `^[^，、]*?(?:${subjectEnding}|经营者|生产者|使用者)(?:每[^，]{1,2}|定期|及时|依法|自觉|主动|按(?:时|照|规定)|建立|制定|配备|设置|安装|落实|履行|公示|承担|做好)`,
  'u',
);

/** A clause that says by a word of duty what somebody else must do. */
function bindsAnother(words: string, who: string | null): boolean {
  const duty = readClause(words);
  if (duty === undefined || duty.kind === 'inviting' || duty.head === who || overseeing.test(words)) return false;
  return duty.named !== undefined || authority.test(duty.head);
}

/** A sentence that begins so says nothing more of what the body named before it answers for. */
function leavesBody(words: string, who: string | null): boolean {
  const duty = readClause(words);
  // 鼓励企业… is said to others; 引导 and 支持 are work of the body.
  if (/^(?:鼓励|倡导|提倡|建议)/u.test(words)) return true;
  if (duty !== undefined && duty.kind !== 'inviting') return duty.head !== who && !overseeing.test(words);
  if (beginsWithPredicate(words)) return false;
  if (partyIn(words) !== undefined) return true;
  return supervised.test(words) || startsWithVerb(body.exec(words)?.groups?.rest ?? '');
}

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
  // What follows a duty goes on with the body's own, until a sentence begins with somebody else.
  let carried = false;
  for (const range of splitTopLevel(text, /[。；;！\n]/gu).flatMap((piece) => inPieces(text, piece))) {
    const from = range.start + (headingMarker(text.slice(range.start, range.end))?.end ?? 0);
    const sentence = text.slice(from, range.end);
    let answers = false;
    for (const [index, { start, end }] of splitTopLevel(sentence, /[，,：:]/gu).entries()) {
      const words = sentence.slice(start, end);
      const named = answering.exec(words);
      const verb = named ?? going.exec(words);
      if (verb === null && (index === 0 ? leavesBody(words, who) : bindsAnother(words, who))) carried = answers = false;
      if (named?.groups?.who && !going.test(words)) who = named.groups.who;
      else if (!answers && !verb && /[：:]/u.test(sentence.charAt(end))) {
        who = words;
        carried = false;
      }
      answers = answers || verb !== null || carried;
      carried = answers;
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
