import type { Flow, Paragraph, ParsedNotice, Span } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { parseFullDate } from '../../models/text/dates.ts';
import { findDocumentNumbers, parseSeriesNumber } from '../../models/text/documentNumber.ts';
import { bodyAndDay, breadcrumb } from '../../models/text/lines.ts';
import { disclosureSpan } from './foot.ts';

type HeaderFields = Pick<
  ParsedNotice,
  'header' | 'letterhead' | 'documentNumber' | 'copyNumber' | 'securityLevel' | 'urgency' | 'signer'
> & { readonly dateAbove: Span | null; readonly disclosure: Span | null };

const find = (flow: Flow, spans: readonly Span[], pattern: RegExp): Span | null => {
  for (const { start, end } of spans) {
    const match = pattern.exec(flow.text.slice(start, end));
    const value = match?.[1];
    if (match && value) {
      const from = start + match.index + match[0].indexOf(value);
      return { start: from, end: from + value.length };
    }
  }
  return null;
};

/** What can stand before 文件 in red: names of bodies, not the path of a web page (首页 > 政策 > 部门文件) or its rubric (政策文件). */
const mayIssue =
  /^(?!(?:本级|上级|部门|政策|政府|规范性|其他|其它|重要|相关|最新|法规|行政|主动公开|公开|党政|通知|政务)(?:性|公开|法规|规范性)?$)[\u4e00-\u9fa5（）()、·“”\s\d]{3,}$/u;

/** Reads what stands above the title (版头, 7.2), and the number or date that stands in brackets below it. */
export function parseHeader(flow: Flow, above: readonly Paragraph[], subtitle: readonly Paragraph[]): HeaderFields {
  const spans = above.map(({ start, end }) => ({ start, end }));
  const below = subtitle.map(({ start, end }) => ({ start, end }));
  const numbered = [...spans, ...below].flatMap(({ start, end }) => {
    const text = flow.text.slice(start, end);
    if (text.length > 100) return [];
    return findDocumentNumbers(text).map((match) => ({ start: start + match.start, end: start + match.end }));
  });
  const series = spans.some(({ start, end }) => /(?:纪要|简报|专报)$/u.test(flow.text.slice(start, end)))
    ? spans.find(({ start, end }) => parseSeriesNumber(flow.text.slice(start, end)) !== undefined)
    : undefined;
  const letterhead: Span[] = [];
  const site = spans.findLastIndex(({ start, end }) => breadcrumb.test(flow.text.slice(start, end)));
  for (const { start, end } of spans.slice(site + 1)) {
    const text = flow.text.slice(start, end);
    // Beside the middle one of several bodies stands what they issue: 文件, or 通告 with a space before it. The head of
    // minutes and bulletins names body and day on one line: 某某办公室 2024年7月11日.
    const bare = text
      .slice(0, bodyAndDay(text)?.bodyEnd)
      .replace(/\s?文\s?件$|\s(?:通\s?告|公\s?告|令)$/u, '')
      .trimEnd();
    if (bare === '' || text.length > 120) continue;
    const words = bare.split(/\s+/u);
    const several = words.length > 1 && words.every((word) => isAgencyName(word));
    const suffixed = bare !== text.trimEnd();
    if (several) {
      let at = start;
      for (const word of words) {
        const from = flow.text.indexOf(word, at);
        letterhead.push({ start: from, end: from + word.length });
        at = from + word.length;
      }
    } else if ((suffixed && mayIssue.test(bare)) || isAgencyName(bare))
      letterhead.push({ start, end: start + bare.length });
  }
  const dates = [
    ...below.filter(
      ({ start, end }) => parseFullDate(flow.text.slice(start, end).replace(/^[（(](.*)[）)]$/u, '$1')) !== undefined,
    ),
    ...spans.flatMap(({ start, end }) => {
      const two = bodyAndDay(flow.text.slice(start, end));
      return two ? [{ start: start + two.dayStart, end }] : [];
    }),
  ];
  const dated = dates[0];
  const bracketed = dated && /^[（(]/u.test(flow.text.slice(dated.start, dated.end));
  return {
    header: spans,
    letterhead,
    documentNumber: numbered[0] ?? series ?? null,
    copyNumber: find(flow, spans, /^(?:№|No\.?|份号[:：]?)?\s?(\d{6})(?:$|\s)/u),
    securityLevel: find(
      flow,
      spans,
      /((?:绝密|机密|秘密)(?:\s?[★☆]\s?(?:长期|[\d一二三四五六七八九十]+\s?[年月日]))?)/u,
    ),
    urgency: find(flow, spans, /(?:^|\s|缓急[:：])(特急|加急|特提|平急|急件|紧急)(?:$|\s)/u),
    signer: find(flow, spans, /签发人\s?[:：]\s?([\u4e00-\u9fa5·]{2,4}(?:[\s、，][\u4e00-\u9fa5·]{2,4})*)/u),
    dateAbove: dated ? { start: dated.start + (bracketed ? 1 : 0), end: dated.end - (bracketed ? 1 : 0) } : null,
    disclosure:
      spans.map(({ start, end }) => disclosureSpan(flow.text.slice(start, end), start)).find((span) => span !== null) ??
      null,
  };
}
