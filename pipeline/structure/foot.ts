import type { Flow, Paragraph, Span } from '../../models/index.ts';
import { agencyEnding, isAgencyName } from '../../models/text/agencies.ts';
import { findDates, parseFullDate } from '../../models/text/dates.ts';

/** The foot of a notice (GB/T 9704-2012, 7.3.5 to 7.4): signature, date, notes, imprint; one paragraph at a time. */
export type FootElement =
  | { readonly kind: 'date'; readonly span: Span; readonly signatories: readonly Span[] }
  | { readonly kind: 'signatory'; readonly spans: readonly Span[] }
  | { readonly kind: 'disclosure'; readonly span: Span }
  | { readonly kind: 'note'; readonly span: Span }
  | { readonly kind: 'copy'; readonly span: Span }
  | { readonly kind: 'printing'; readonly span: Span }
  | { readonly kind: 'nothing' };

const disclosurePattern =
  /^[（(]?\s?(?:此件|本件|此文件|(?:政府)?信息公开(?:选项|选择|形式|方式|属性|类别|类型|审查)?|公开(?:属性|方式|选项|选择|形式|类别|类型|范围))\s?[:：]?\s?(?<value>(?:主动|依申请|不予|不|删减后?|可|同意|全文)?\s?公开(?:发布)?|不宜公开|免予公开)\s?[）)。]?$/u;
/** （主动公开）: nothing but the word, in brackets on a line of its own. */
const bareDisclosure = /^[（(]\s?(?<value>主动公开|依申请公开|不予公开|公开发布|不宜公开)\s?[）)]$/u;
const emptyPage = /^[（(]?\s?(?:此页无正文|本页无正文|以下无正文|正文完)\s?[）)]?。?$/u;
/** （县应急管理局代章）: whose seal stands for that of the body that signs. */
const sealedFor = /^[（(][\u4e00-\u9fa5、]{2,30}(?:代章|代用印|代盖章|代印)[）)]$/u;
const signedLine = new RegExp(
  `^(?<bodies>[\\u4e00-\\u9fa5（）()、\\s]{3,120}?${agencyEnding})\\s?(?<seal>[（(](?:盖章|章|印章|公章|代章)[）)])?\\s?(?<date>(?:(?:19|20)\\d{2}|[二〇零○O一三四五六七八九]{4})\\s?年.{2,8}日)$`,
  'u',
);

/** The words of the disclosure line: 公开发布, 依申请公开. */
export function disclosureSpan(text: string, offset: number): Span | null {
  const match = disclosurePattern.exec(text) ?? bareDisclosure.exec(text);
  const value = match?.groups?.value;
  if (!match || !value) return null;
  const start = offset + text.lastIndexOf(value);
  return { start, end: start + value.length };
}

/** What a paragraph is when it stands at the foot; undefined: it is something else. */
export function footElement(flow: Flow, { start, end }: Paragraph): FootElement | undefined {
  const text = flow.text.slice(start, end);
  if (emptyPage.test(text) || sealedFor.test(text)) return { kind: 'nothing' };
  const disclosure = disclosureSpan(text, start);
  if (disclosure) return { kind: 'disclosure', span: disclosure };
  if (/^主题词\s?[:：]/u.test(text) && text.length <= 60) return { kind: 'nothing' };
  if (/^(?:抄\s?送|分送|抄报)\s?(?:单位|机关)?\s?[:：]/u.test(text)) return { kind: 'copy', span: { start, end } };
  if (/(?:印发|印制|印)$/u.test(text) && text.length <= 80 && findDates(text).some((d) => d.day !== null)) {
    return { kind: 'printing', span: { start, end } };
  }
  const bare = text.replace(/^[（(](.*)[）)]$/u, '$1');
  if (parseFullDate(bare) !== undefined)
    return {
      kind: 'date',
      span: { start: start + text.indexOf(bare), end: start + text.indexOf(bare) + bare.length },
      signatories: [],
    };
  const signed = signedLine.exec(text);
  if (signed && text.length <= 160 && parseFullDate(signed.groups?.date ?? '') !== undefined) {
    const date = signed.groups?.date as string;
    const bodies = signed.groups?.bodies as string;
    return {
      kind: 'date',
      span: { start: end - date.length, end },
      signatories: splitBodies(bodies).map(([from, to]) => ({ start: start + from, end: start + to })),
    };
  }
  if (/^[（(](?:联系|此件|主办|承办|起草|公开)[^（()）]{2,120}[）)]。?$/u.test(text))
    return { kind: 'note', span: { start, end } };
  if (text.length > 200) return undefined;
  const bodies = splitBodies(text);
  if (bodies.length > 0 && bodies.every(([from, to]) => isAgencyName(text.slice(from, to)))) {
    return { kind: 'signatory', spans: bodies.map(([from, to]) => ({ start: start + from, end: start + to })) };
  }
  return undefined;
}

/** Names of bodies parted by spaces; one name letter-spaced or with an inner space stays whole where its parts are none. */
function splitBodies(text: string): [number, number][] {
  const words: [number, number][] = [];
  for (const match of text.matchAll(/\S+/gu)) words.push([match.index, match.index + match[0].length]);
  if (words.length > 1 && words.every(([from, to]) => isAgencyName(text.slice(from, to)))) return words;
  const sealed = /\s?[（(](?:盖章|章|印章|公章|代章)[）)]$/u.exec(text);
  const end = sealed ? sealed.index : text.length;
  return end > 0 ? [[0, end]] : [];
}
