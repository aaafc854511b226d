import type { Span } from '../models/index.ts';
import { modal, organisation } from './deadlineParties.ts';
import type { DueExpression } from './dueExpressions.ts';
import { splitTopLevel } from './splitList.ts';

/** How a sentence parts into time limits and the words of duty that belong to each. */

export interface Clause {
  readonly expressions: readonly DueExpression[];
  readonly before: Span;
  readonly after: Span;
}

const handsIn =
  /(?:(?:分别|一并|统一|以[^，。；]{2,12}形式|书面)*(?:报送|上报|呈报|(?<!工作|总结|自查|评估|分析|检查|情况|调查|整治)报告|报至|报给|报备|报(?=[^告名警])|送至|送交|提交|反馈|发送|发至|函告))[^，。；]*/u;

/** 3月29日前将方案，9月20日前将总结报送市局; 方案请于3月29日前、总结请于9月20日前报送市局: the verb that a limit shares with the next. */
export function sharedVerb(text: string, clause: Clause, next: Clause | undefined): string {
  const words = text.slice(clause.after.start, clause.after.end);
  if (!next || handsIn.test(words) || !/^[，,、]?(?:将[^，。；]{2,60}|把[^，。；]{2,60})?[，,、]?$/u.test(words))
    return '';
  if (/[。；;]/u.test(text.slice(clause.after.start, next.after.start))) return '';
  const following = text.slice(next.after.start, next.after.end);
  // The next may itself share the verb of the one behind it.
  const verb = handsIn.exec(following) ?? handsIn.exec(text.slice(next.after.end).split(/[。；;]/u)[0] ?? '');
  return /^[^、]*/u.exec(verb?.[0] ?? '')?.[0] ?? '';
}

/** Groups time limits that stand in a row and gives each group the words before and after it. */
export function clauses(text: string, expressions: readonly DueExpression[]): Clause[] {
  const groups: DueExpression[][] = [];
  for (const expression of expressions) {
    const last = groups.at(-1)?.at(-1);
    // 12月底前，11月底前核实的问题全部办结: the second date tells which ones.
    if (
      last &&
      /^[，,]\s?$/u.test(text.slice(last.end, expression.start)) &&
      /^[\u4e00-\u9fa5]{2,8}的/u.test(text.slice(expression.end, expression.end + 10))
    )
      continue;
    if (last && /^\s?(?:[、，,]|和|及|以及|与)?\s?(?:分别)?(?:于|在)?$/u.test(text.slice(last.end, expression.start)))
      groups.at(-1)?.push(expression);
    else groups.push([expression]);
  }
  let from = 0;
  return groups.map((group, index) => {
    const start = (group[0] as DueExpression).start;
    const end = (group.at(-1) as DueExpression).end;
    const next = groups[index + 1]?.[0]?.start ?? text.length;
    const after = afterSpan(text, end, next);
    const before = { start: from, end: start };
    from = after.end;
    return { expressions: group, before, after };
  });
}

/** The words of the duty: up to the next stop, semicolon or time limit, not into a new thought. */
function afterSpan(text: string, from: number, limit: number): Span {
  // 半年总结请于7月10日前、年度总结请于…: what stands before the next limit is the next one's.
  if (
    limit < text.length &&
    /^[、，,][^，,。；;、]{2,20}(?:请|应|须|要)?(?:于|在)\s?$/u.test(text.slice(from, limit)) &&
    !handsIn.test(text.slice(from, limit))
  )
    return { start: from, end: from };
  let end = from;
  let length = 0;
  for (const piece of splitTopLevel(text.slice(from, limit), /[，,；;。！？]/gu)) {
    const words = text.slice(from + piece.start, from + piece.end);
    const separator = text.slice(end, from + piece.start);
    if (length > 0 && /[；;。！？]/u.test(separator)) break;
    if (length > 0 && /^(?:联\s?系\s?人|联络员|联系电话|联系方式|电话|传真|邮箱|电子邮箱|逾期)/u.test(words)) break;
    if (
      length >= 12 &&
      /^(?:并(?!于|在|将|报)|同时|逾期|联系|电话|确保|努力|不得|对|如|若|其中|否则|做到|切实|有关|具体|协助|各)/u.test(
        words,
      )
    )
      break;
    if (length >= 60) break;
    // 完成自评，低于80分的立即整改: what is done with some of them is another thought.
    if (length >= 4 && /^[^，]{2,16}的(?:立即|一律|责令|限期|予以|要|应|须)/u.test(words)) break;
    // 完成“回头看”，摸排率须达100%: the rate is a target of its own.
    if (length >= 4 && /^[^，]{2,12}(?:率|覆盖面)(?:须|应|要|均|需)*(?:达|不低|不少|为)/u.test(words)) break;
    // What is handed in is said: another thought does not belong to it.
    if (
      length >= 4 &&
      handsIn.test(text.slice(from, end)) &&
      !/^(?:并|同时(?=[报将发抄])|以及|报|抄|电子|纸质|加盖|由|含|统一|一式|邮箱)/u.test(words)
    )
      break;
    // What belongs to the next limit: its subject, 请于.
    if (
      from + piece.end >= limit - 1 &&
      limit < text.length &&
      (organisation.test(words.replace(modal, '')) || modal.test(words)) &&
      length > 0
    )
      break;
    end = from + piece.end;
    length += words.length;
  }
  return { start: from, end: Math.max(end, from) };
}
