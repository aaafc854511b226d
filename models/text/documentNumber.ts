import { parseNumeral } from './numerals.ts';

/** A document number (发文字号, GB/T 9704-2012, 7.2.5) found in running text. */
export interface DocumentNumberMatch {
  readonly start: number;
  readonly end: number;
  /** As printed, without layout spaces. */
  readonly value: string;
  /** 机关代字; null for numbers of the kind 2024年第48号, whose body is named elsewhere. */
  readonly agencyCode: string | null;
  readonly year: number;
  readonly serial: number;
  /** The form 机关代字〔年份〕序号号, without 第 and without leading zeros (7.2.5). */
  readonly standard: boolean;
}

const year = String.raw`(?<year>(?:19|20)\d{2}|\d{2}(?=\s?[〕\]】])|[二一][〇零○O九][〇零○O一二三四五六七八九]{2})`;
/** From the bracket of the year on: sought first, for it is rare; what stands before it is the agency code. */
const numbered = new RegExp(
  String.raw`(?<open>[〔\[【（(﹝{])\s?${year}\s?年?\s?(?<close>[〕\]】）)﹞}])\s?(?<ordinal>第?)\s?[-－]?(?<serial>\d{1,5}|[一二三四五六七八九十百]{1,5})\s?号`,
  'gu',
);
const codeBefore = /(?<code>[\u4e00-\u9fa5]{1,24}[A-Za-z]{0,6}[\u4e00-\u9fa5]{0,6})\s?$/u;
/** The body and the office in brackets, where a code goes on behind them; 办法（试行） is none. */
const officeBefore = /[\u4e00-\u9fa5]{1,6}[（(](?!试行|暂行|修订|草案|摘要|节选)[\u4e00-\u9fa5]{1,3}[）)]$/u;
/** The longest that `codeBefore` can match. */
const CODE_LENGTH = 37;
const yearly = new RegExp(
  String.raw`${year}\s?年\s?第\s?(?<serial>\d{1,4}|[一二三四五六七八九十百]{1,4})\s?[号期]`,
  'gu',
);

/** Words that may stand right before an agency code in prose and are no part of it. */
const lead =
  /^.*(?:根据|按照|依据|依照|遵照|关于|落实|贯彻|执行|印发|转发|下发|发布|废止|修改|参照|结合|对照|现将|将|把|按|据|以|在|见|文件|通知|意见|公告|方案|办法|的|及|和|与|以及|字号|文号|编号|号)(?=.{2,})/u;

/** Every document number in the text, in order. */
export function findDocumentNumbers(text: string): DocumentNumberMatch[] {
  const found: DocumentNumberMatch[] = [];
  let from = 0;
  for (const match of text.matchAll(numbered)) {
    const groups = match.groups as Record<string, string>;
    const before = text.slice(Math.max(from, match.index - CODE_LENGTH), match.index);
    const coded = codeBefore.exec(before);
    if (!coded) continue;
    from = match.index + match[0].length;
    const printed = coded.groups?.code ?? '';
    const cut = lead.exec(printed)?.[0].length ?? 0;
    const own = printed.slice(cut);
    // 宁农（法）发〔2025〕4号: which office of the body, in brackets within its code.
    const office = own.length <= 3 ? officeBefore.exec(before.slice(0, coded.index + cut))?.[0] : undefined;
    const branch = office?.slice(lead.exec(office)?.[0].length ?? 0) ?? '';
    const agencyCode = branch + own;
    const start = match.index - before.length + coded.index + cut - branch.length;
    const end = match.index + match[0].length;
    const short = /^\d{2}$/.test(groups.year ?? '');
    const parsedYear = short ? 2000 + Number(groups.year) : parseNumeral(groups.year ?? '');
    const serial = parseNumeral(groups.serial ?? '');
    if (agencyCode.length === 0 || agencyCode.length > 20 || parsedYear === undefined || serial === undefined) continue;
    found.push({
      start,
      end,
      value: text.slice(start, end).replace(/\s/g, ''),
      agencyCode,
      year: parsedYear,
      serial,
      standard:
        !short &&
        groups.open === '〔' &&
        groups.close === '〕' &&
        groups.ordinal === '' &&
        !/[-－]/u.test(match[0]) &&
        /^[1-9]\d*$/.test(groups.serial ?? ''),
    });
  }
  for (const match of text.matchAll(yearly)) {
    const groups = match.groups as Record<string, string>;
    const parsedYear = parseNumeral(groups.year ?? '');
    const serial = parseNumeral(groups.serial ?? '');
    if (parsedYear === undefined || serial === undefined) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      value: match[0].replace(/\s/g, ''),
      agencyCode: null,
      year: parsedYear,
      serial,
      standard: true,
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** 〔2024〕15号 and nothing else: the number of minutes (纪要) and bulletins in a series that is named above it, or undefined. */
export function parseSeriesNumber(text: string): DocumentNumberMatch | undefined {
  const match = /^[〔[]((?:19|20)\d{2})[〕\]]\s?第?(\d{1,4})\s?[号期]$/u.exec(text.trim());
  if (!match) return undefined;
  const value = match[0].replace(/\s/g, '');
  const [year, serial] = [Number(match[1]), Number(match[2])];
  return { start: 0, end: text.length, value, agencyCode: null, year, serial, standard: false };
}

/** No number is printed longer than this, its spaces included. */
const NUMBER_LENGTH = 80;

/** The text as a document number and nothing else, or undefined. */
export function parseDocumentNumber(text: string): DocumentNumberMatch | undefined {
  if (text.length > NUMBER_LENGTH || !/\d|[〇零○O九]/u.test(text)) return undefined;
  const [only, ...others] = findDocumentNumbers(text);
  return only && others.length === 0 && text.trim().length === only.end - only.start ? only : undefined;
}
