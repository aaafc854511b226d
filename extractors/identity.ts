import {
  type AdministrativeLevel,
  type DocumentNumber,
  evidenceAt,
  type Notice,
  type Sourced,
  type Span,
  trimSpan,
} from '../models/index.ts';
import { agencyEnding, isAgencyName, placeAgency, toRegion } from '../models/text/agencies.ts';
import { findDates, isoDate, parseFullDate } from '../models/text/dates.ts';
import { findDocumentNumbers, parseSeriesNumber } from '../models/text/documentNumber.ts';
import { foldForMatching, withoutLayoutSpaces } from '../models/text/normalize.ts';
import { provinceOfAgencyCode } from '../models/text/regions.ts';
import type { NoticeContext } from './context.ts';
import { textOf } from './context.ts';
import { splitTopLevel } from './splitList.ts';

type Context = Omit<NoticeContext, 'issueDate'>;
const sourced = ({ flow }: Context, span: Span, value?: string, sure = 1): Sourced<string> => ({
  value: value ?? withoutLayoutSpaces(textOf(flow, span)),
  evidence: [evidenceAt(flow, span, sure)],
});
const optional = (context: Context, span: Span | null): Sourced<string> | null =>
  span ? sourced(context, trimSpan(context.flow.text, span)) : null;

const metadata = (context: Context, names: RegExp): Span | null => {
  const row = context.notice.metadata.find(
    ({ name, span }) => names.test(name) && textOf(context.flow, span).trim() !== '',
  );
  return row ? trimSpan(context.flow.text, row.span) : null;
};

/** 发文字号: the line above the title, else the row of the web page's table. */
export function readDocumentNumber(context: Context): DocumentNumber | null {
  const { flow, notice } = context;
  // …的公告（2024年第3号）; …的通知（宁办发〔2018〕3号): the number in brackets at the end of the title.
  const titled = (notice.title?.spans ?? []).flatMap((s) =>
    findDocumentNumbers(textOf(flow, s))
      .filter(
        (n) =>
          /[（(]\s?$/u.test(textOf(flow, s).slice(0, n.start)) &&
          (n.agencyCode === null || /^\s?[）)]$/u.test(textOf(flow, s).slice(n.end))),
      )
      .map((n) => ({ start: s.start + n.start, end: s.start + n.end })),
  )[0];
  const span =
    notice.documentNumber ?? titled ?? metadata(context, /^(?:发文字号|文号|文件编号|文件号|发文文号|公文字号)$/u);
  if (!span) return null;
  const text = textOf(flow, span);
  const match = findDocumentNumbers(text)[0] ?? parseSeriesNumber(text);
  if (!match) return null;
  const at = { start: span.start + match.start, end: span.start + match.end };
  return {
    value: match.value,
    agencyCode: match.agencyCode ?? '',
    year: match.year,
    serial: match.serial,
    evidence: [evidenceAt(flow, at, match.standard ? 1 : 0.9)],
  };
}

/** 成文日期: at the foot, else below the title, else on the web page, else the day of printing. */
export function readIssueDate(context: Context): Sourced<string> | null {
  const { flow, notice } = context;
  const dated = (span: Span | null, sure: number): Sourced<string> | null => {
    if (!span) return null;
    const text = textOf(flow, span);
    const value = parseFullDate(text.replace(/^[（(]|[）)]$/gu, '')) ?? firstDay(text);
    return value ? { value, evidence: [evidenceAt(flow, trimSpan(flow.text, span), sure)] } : null;
  };
  const printed = notice.printing ? lastDate(context, notice.printing) : null;
  return (
    dated(notice.date, 1) ??
    dated(metadata(context, /^(?:成文日期|成文时间|发文日期|生成日期|签发日期)$/u), 0.9) ??
    dated(printed, 0.8) ??
    dated(metadata(context, /^(?:发布日期|发布时间|公开日期|公开时间|PubDate)$/u), 0.6)
  );
}

function firstDay(text: string): string | undefined {
  const [date] = findDates(text);
  return date?.year && date.month && date.day ? isoDate(date.year, date.month, date.day) : undefined;
}

function lastDate({ flow }: Context, span: Span): Span | null {
  const date = findDates(textOf(flow, span)).findLast((d) => d.day !== null);
  return date ? { start: span.start + date.start, end: span.start + date.end } : null;
}

/** 印发机关和印发日期, the last line of the imprint. */
export function readPrinting(context: Context): Notice['printingInfo'] {
  const { flow, notice } = context;
  if (!notice.printing) return null;
  const text = textOf(flow, notice.printing);
  const date = lastDate(context, notice.printing);
  const body = withoutLayoutSpaces(
    (date ? text.slice(0, date.start - notice.printing.start) : text).replace(
      /印发?机关\s*[:：]|印发(?:日期|时间)\s*[:：]?/gu,
      '',
    ),
  );
  return {
    body: body.replace(/[，,；;。]+$/u, '') || null,
    date: date ? (firstDay(textOf(flow, date)) ?? null) : null,
    evidence: [evidenceAt(flow, notice.printing)],
  };
}

/** The bodies named in the title before 关于, with their ranges in the text. */
function titleIssuers(context: Context): Span[] {
  const { flow, notice } = context;
  const first = notice.title?.spans[0];
  const last = notice.title?.spans.at(-1);
  if (!first || !last) return [];
  const text = flow.text.slice(first.start, last.end);
  const about = text.search(/[：:]?(?:关于|转发|批转|印发)/u);
  const named =
    about >= 0 ? text.slice(0, about) : (/^(.*?)(?:公告|通告|令|通知|通报|决定|公报|函)/u.exec(text)?.[1] ?? '');
  const words = splitTopLevel(named, /[\s、]+/gu).map(({ start, end }) => ({
    start: first.start + start,
    end: first.start + end,
  }));
  if (words.length > 1 && words.every((w) => isAgencyName(textOf(flow, w)))) return words;
  const whole = trimSpan(flow.text, { start: first.start, end: first.start + named.length });
  return isAgencyName(textOf(flow, whole)) ? [whole] : [];
}

/**
 * 发文机关 and the bodies that issue jointly. Witnesses in order: letterhead, title, signature, number of the web page; of the
 * same body the fuller name is taken.
 */
export function readIssuers(context: Context): {
  issuingBody: Notice['issuingBody'];
  jointIssuers: Notice['jointIssuers'];
} {
  const { flow, notice } = context;
  const name = (span: Span) =>
    withoutLayoutSpaces(textOf(flow, span)).replace(/(?:文件|[（(](?:盖章|印章|章)[）)])$/u, '');
  const titled = titleIssuers(context);
  const signed = notice.signatories.filter((span) => isAgencyName(name(span)));
  const headed = notice.letterhead;
  const origin = metadata(
    context,
    /^(?:发文机关|发布机构|发文单位|发布单位|信息来源|来源|制定机关|发文部门|ContentSource)$/u,
  );
  const lists = [headed, titled, signed].filter((list) => list.length > 0);
  const joint = lists.find((list) => list.length > 1);
  const printed = joint ?? lists[0] ?? (origin && isAgencyName(name(origin)) ? [origin] : []);
  // One name over two lines of the head, as the signature shows: 某某协会 / 管道专业委员会.
  const whole = signed.find((span) => printed.length > 1 && name(span) === printed.map(name).join(''));
  const chosen = whole ? [whole] : printed;
  const [first, ...repeated] = chosen;
  if (!first) return { issuingBody: fromPrinting(context), jointIssuers: [] };
  const same = (a: string, b: string) => a !== b && (a.endsWith(b) || b.endsWith(a));
  const fuller = [...titled, ...signed].find(
    (span) => same(name(first), name(span)) && name(span).length > name(first).length,
  );
  const best = fuller ?? first;
  const others = repeated.filter(
    (span, at) => name(span) !== name(first) && repeated.findIndex((other) => name(other) === name(span)) === at,
  );
  const witnesses = [
    ...new Set([
      best,
      ...lists
        .map((list) => list[0] as Span)
        .filter((span) => same(name(span), name(best)) || name(span) === name(best)),
    ]),
  ];
  return {
    issuingBody: {
      value: name(best),
      evidence: witnesses.map((span) => evidenceAt(flow, span, witnesses.length > 1 ? 1 : 0.9)),
    },
    jointIssuers: others.map((span) => sourced(context, span, name(span))),
  };
}

function fromPrinting(context: Context): Notice['issuingBody'] {
  const printing = readPrinting(context);
  return printing?.body && isAgencyName(printing.body)
    ? {
        value: printing.body,
        evidence: printing.evidence.map((e) => ({ ...e, confidence: Math.min(e.confidence, 0.6) })),
      }
    : null;
}

/** 层级 and 行政区划 of the issuing body; where its name says nothing, of the number and of the places named. */
export function readPlace(
  context: Context,
  body: string | null,
  agencyCode: string | null,
): { administrativeLevel: AdministrativeLevel | null; region: Notice['region'] } {
  const { agencies, notice, flow } = context;
  const candidates = [
    body,
    ...notice.signatories.map((span) => textOf(flow, span)),
    ...notice.letterhead.map((span) => textOf(flow, span)),
    ...notice.seals,
  ].filter((v): v is string => v !== null);
  const places = candidates.map((candidate) => placeAgency(candidate, agencies));
  const prefix = /^([\u4e00-\u9fa5]{2,12})[：:]关于/u.exec(notice.title?.value ?? '')?.[1];
  if (prefix) places.push(placeAgency(prefix, agencies));
  const located = places.find((place) => place.region !== null);
  const level = places.find((place) => place.level !== null)?.level ?? located?.level ?? null;
  if (level === 'national') return { administrativeLevel: level, region: null };
  if (located?.region) return { administrativeLevel: level, region: toRegion(located.region) };
  const province = agencyCode ? provinceOfAgencyCode(agencyCode) : null;
  const entry =
    level === 'provincial'
      ? agencies.index.byCode.get(province ?? mostNamedProvince(agencies.witnesses) ?? '')
      : undefined;
  return { administrativeLevel: level, region: entry ? toRegion(entry) : null };
}

function mostNamedProvince(witnesses: ReadonlyMap<string, number>): string | undefined {
  return [...witnesses].filter(([code]) => code.endsWith('0000')).sort((a, b) => b[1] - a[1])[0]?.[0];
}

const ending = new RegExp(`${agencyEnding}(?:[（(][^（()）]*[）)])?$`, 'u');

/** 主送机关: groups parted by commas; within a group, bodies whose names are complete; 各县、市、区民政局 stays whole. */
export function readRecipients(context: Context, span: Span | null, lead: RegExp): Sourced<string>[] {
  if (!span) return [];
  const { flow } = context;
  const printed = textOf(flow, span);
  const offset = lead.exec(printed)?.[0].length ?? 0;
  const list = printed.slice(offset).replace(/[:：。\s]+$/u, '');
  const found: Sourced<string>[] = [];
  for (const group of splitTopLevel(list, /[，,；;\n]|\s(?=各|[\u4e00-\u9fa5]{4,})/gu)) {
    const inner = list.slice(group.start, group.end).replace(/。$/u, '');
    // The label of a second list: 抄报：…。 / 抄送：….
    const labelled = offset > 0 ? (lead.exec(inner)?.[0].length ?? 0) : 0;
    const parts = splitTopLevel(inner, /、/gu).map((part) => ({ ...part, start: Math.max(part.start, labelled) }));
    let from = 0;
    parts.forEach((part, index) => {
      const text = inner.slice(parts[from]?.start ?? part.start, part.end);
      if (!ending.test(text) && index < parts.length - 1) return;
      // 市政府各委、办、局; 各县委、人民政府: kinds of offices, one after the other, are one recipient.
      const following = parts[index + 1];
      if (following && /^(?:.|(?:人民)?政府)$/u.test(inner.slice(following.start, following.end))) return;
      const start = span.start + offset + group.start + (parts[from]?.start ?? part.start);
      found.push(sourced(context, { start, end: span.start + offset + group.start + part.end }));
      from = index + 1;
    });
  }
  return found;
}

/** The elements of head and foot that are copied as printed. */
export function readPrintedElements(
  context: Context,
): Pick<Notice, 'copyNumber' | 'securityLevel' | 'urgency' | 'signer' | 'signatory' | 'disclosure'> {
  const { notice } = context;
  const first = notice.signatories[0];
  const open =
    notice.disclosure ?? metadata(context, /^(?:公开属性|公开方式|公开类别|公开形式|公开范围|信息公开选项|开放类型)$/u);
  return {
    copyNumber: optional(context, notice.copyNumber),
    securityLevel: optional(context, notice.securityLevel),
    urgency: optional(context, notice.urgency),
    signer: optional(context, notice.signer),
    signatory: first ? sourced(context, first) : null,
    disclosure: optional(context, open),
  };
}

function withoutOwnNumber(title: string): string {
  const number = findDocumentNumbers(title).at(-1);
  return number?.agencyCode &&
    /[（(]\s?$/u.test(title.slice(0, number.start)) &&
    /^\s?[）)]$/u.test(title.slice(number.end))
    ? title.slice(0, number.start).replace(/[（(]\s?$/u, '')
    : title;
}

/** 标题 on one line; the row of the web page where the article lacks it. */
export function readTitle(context: Context): Notice['title'] {
  const { flow, notice } = context;
  // The number in brackets at the end is the notice's number, not a word of its title.
  if (notice.title)
    return {
      value: withoutOwnNumber(notice.title.value),
      evidence: notice.title.spans.map((span) => evidenceAt(flow, span)),
    };
  const span = metadata(context, /^(?:标题|名称|信息名称|文件名称|公文标题|ArticleTitle|title)$/u);
  return span ? sourced(context, span, undefined, 0.8) : null;
}

/** Whether two names of bodies can be the same body: equal, or one with the higher place written before it. */
export function sameBody(a: string, b: string): boolean {
  const x = foldForMatching(a);
  const y = foldForMatching(b);
  return x === y || x.endsWith(y) || y.endsWith(x);
}

const closingWords: readonly [string, RegExp][] = [
  ['通告', /(?:现|特)?(?:将|就)?[^，。；]{0,20}通告如下|特此通告/u],
  ['公告', /[^，。；]{0,20}公告如下|特此公告/u],
  ['通报', /[^，。；]{0,20}通报如下|特此通报/u],
  ['函', /特此(?:函告|函复|致函|函达)|函(?:告|复)如下|请予函复/u],
  ['通知', /[^，。；]{0,20}通知如下|特此通知|现(?:予|将)[^。；]{2,200}(?:转发|印发)(?:给)?你们/u],
];

/** 文种 of a notice without a title: its own words (通知如下, 特此公告); what is passed on or sent out is so by a 通知 (条例第八条). */
export function readTypeFromBody({ flow, notice }: Context): string | null {
  for (const passage of notice.passages) {
    const text = textOf(flow, passage);
    const found = closingWords.find(([, pattern]) => pattern.test(text));
    if (found) return found[0];
  }
  return null;
}
