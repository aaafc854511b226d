import { type CitedDocument, evidenceAt, type Span } from '../models/index.ts';
import { isAgencyName } from '../models/text/agencies.ts';
import { findDocumentNumbers } from '../models/text/documentNumber.ts';
import { foldForMatching, withoutLayoutSpaces } from '../models/text/normalize.ts';
import { type NoticeContext, textOf } from './context.ts';

const lawTitle = /(?:法|条例|规定|办法|规范|细则|标准|规则|准则|规程|目录|典)(?:[（(][^（()）]{1,16}[）)])?$/u;
/** 《…许可证》, 《…承诺书》: what is held or signed is no document that is cited; 《通知》 alone says again what was named before. */
const notCited =
  /(?:证|证书|执照|承诺书|告知书|回执)(?:[（(][^（()）]{1,16}[）)])?$|^(?:通知|意见|方案|办法|条例|规定|通报|决定|公告|通告|函|细则|计划|要点)$/u;
/** 填写《…统计表》, see the list: no document that is cited, unless the notice rests on it (依据《…名单》). */
const filledIn = /(?:表|台账|名单|登记簿)(?:[（(][^（()）]{1,16}[）)])?$/u;
const restsOn = /(?:根据|依据|依照|遵照)[^。；，]{0,40}$/u;
const basisLead = /(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|按|对照|结合)[^。；]{0,80}$/u;

/** A book title at `open` (《), nested ones inside; the position after its closing mark, or -1. */
function closingAt(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + 160); at++) {
    const character = text.charAt(at);
    if (character === '《') depth++;
    else if (character === '》' && --depth === 0) return at + 1;
    else if (character === '\n') return -1;
  }
  return -1;
}

/** The body right before a title: 山西省药监局办公室《关于…》. */
function bodyBefore(text: string, at: number): string | null {
  const before = /([\u4e00-\u9fa5]{3,30})$/u.exec(text.slice(Math.max(0, at - 30), at))?.[1];
  if (!before) return null;
  const bare = before.replace(
    /^.*(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|转发|印发|关于|将|和|及|与|对照|结合|按|现把|以)/u,
    '',
  );
  return isAgencyName(bare) ? bare : null;
}

/** The body named in a title before 关于: 国务院办公厅关于…的意见. */
function bodyInTitle(title: string): string | null {
  const body = /^(.{3,40}?)关于/u.exec(title)?.[1];
  return body && isAgencyName(body) ? body : null;
}

/** The ranges in which a notice speaks for itself: title, body, enclosures, words of attachments. */
function spokenRanges({ notice }: NoticeContext): Span[] {
  return [
    ...(notice.title?.spans ?? []),
    ...(notice.recipients ? [notice.recipients] : []),
    ...notice.passages,
    ...notice.attachmentNote.map(({ span }) => span),
    ...notice.attachments.flatMap((attachment) => attachment.paragraphs),
  ];
}

/** Every document cited, by title, by number, or both; the same one once, with all its places. */
export function extractCitations(context: NoticeContext, ownNumber: string | null): CitedDocument[] {
  const { flow } = context;
  const found = new Map<string, CitedDocument & { readonly evidence: CitedDocument['evidence'][number][] }>();
  // Under which key a title was found: named once with its number, it is the same document where it stands alone.
  const titled = new Map<string, string>();
  const numberedAs = new Map<string, string>();
  const add = (document: CitedDocument) => {
    const title = foldForMatching(document.title ?? '');
    const numbered = document.documentNumber === null ? null : foldForMatching(document.documentNumber);
    const before = title === '' ? undefined : titled.get(title);
    const alone = before === undefined ? undefined : found.get(before);
    const same = alone && (numbered === null || alone.documentNumber === null) ? before : undefined;
    const key = same ?? (numbered === null ? title : (numberedAs.get(numbered) ?? numbered));
    const known = found.get(key);
    known?.evidence.push(...document.evidence);
    found.set(
      key,
      known
        ? {
            ...known,
            title: known.title ?? document.title,
            documentNumber: known.documentNumber ?? document.documentNumber,
            issuingBody: known.issuingBody ?? document.issuingBody,
            role: known.role === 'mentioned' ? document.role : known.role,
          }
        : { ...document, evidence: [...document.evidence] },
    );
    if (title !== '') titled.set(title, key);
    if (numbered !== null) numberedAs.set(numbered, key);
  };
  const own = new Set([foldForMatching(ownNumber ?? '')]);
  for (const range of spokenRanges(context)) {
    const text = textOf(flow, range);
    const numbers = findDocumentNumbers(text).filter((n) => !own.has(foldForMatching(n.value)));
    const used = new Set<number>();
    let from = 0;
    let next = 0;
    let passed = 0;
    for (;;) {
      const open = text.indexOf('《', from);
      if (open < 0) break;
      const close = closingAt(text, open);
      from = close < 0 ? open + 1 : close;
      if (close < 0) continue;
      const title = withoutLayoutSpaces(text.slice(open + 1, close - 1));
      // 将东教综〔2008〕231号文《…》转发: the number before the title.
      while ((numbers[passed]?.end ?? Infinity) <= open) passed++;
      const ahead = numbers[passed - 1];
      const leading =
        ahead && open - ahead.end <= 3 && !used.has(ahead.start) && /^\s?文?件?\s?$/u.test(text.slice(ahead.end, open))
          ? ahead
          : undefined;
      while ((numbers[next]?.start ?? Infinity) < close) next++;
      const behind = numbers[next];
      const number =
        behind && behind.start <= close + 3 && /^\s?[（(，,]?\s?$/u.test(text.slice(close, behind.start))
          ? behind
          : leading;
      if (
        !number &&
        (notCited.test(title) || (filledIn.test(title) && !restsOn.test(text.slice(Math.max(0, open - 50), open))))
      )
        continue;
      if (number) used.add(number.start);
      const end = number && number !== leading ? number.end + (/[）)]/u.test(text.charAt(number.end)) ? 1 : 0) : close;
      const start = number && number === leading ? number.start : open;
      add({
        title,
        documentNumber: number?.value ?? null,
        issuingBody: bodyBefore(text, open) ?? bodyInTitle(title),
        role: roleOf(context, title, text.slice(Math.max(0, start - 90), start), text.slice(end, end + 40)),
        evidence: [evidenceAt(flow, { start: range.start + start, end: range.start + end })],
      });
    }
    for (const number of numbers) {
      if (used.has(number.start)) continue;
      // 批准文号：…: the head of a statistical form says who approved it; the notice does not cite that.
      if (/(?:批准|备案|批准[（(]备案[）)])文号\s?[:：]?\s?$/u.test(text.slice(0, number.start))) continue;
      add({
        title: null,
        documentNumber: number.value,
        issuingBody: null,
        role: basisLead.test(text.slice(Math.max(0, number.start - 90), number.start)) ? 'basis' : 'mentioned',
        evidence: [evidenceAt(flow, { start: range.start + number.start, end: range.start + number.end })],
      });
    }
  }
  return [...found.values()];
}

function roleOf({ notice }: NoticeContext, title: string, before: string, after: string): CitedDocument['role'] {
  if (
    /转发|批转/u.test(notice.title?.value ?? '') &&
    foldForMatching(notice.title?.value ?? '').includes(foldForMatching(title))
  )
    return 'forwarded';
  // 现将《…》（…号）转发给你们.
  if (/(?:将|把)[^。；]{0,40}$/u.test(before) && /^(?:文件?)?[^。；，《]{0,12}(?:转发|批转)/u.test(after))
    return 'forwarded';
  if (lawTitle.test(title) && !/关于.*通知/u.test(title)) return 'law';
  return basisLead.test(before) ? 'basis' : 'mentioned';
}
