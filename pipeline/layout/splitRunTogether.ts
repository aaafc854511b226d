import { agencyEnding } from '../../models/text/agencies.ts';
import { documentTypePattern } from '../../models/text/lines.ts';
import type { FoldedLine } from '../../models/text/normalize.ts';

/** A line longer than this that shows several marks of structure is a document whose line breaks were lost. */
const RUN_TOGETHER_LENGTH = 240;

const number = String.raw`[\u4e00-\u9fa5A-Za-z]{2,16}\s?[〔\[［（(【]\s?(?:19|20)\d{2}\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?号`;
/** Places where a line must once have broken: each pattern matches what stands before the break (lookbehind) and after it. */
const breaks: readonly RegExp[] = [
  // After a sentence: headings, attachments, contacts, notes.
  /(?<=[。；;：:）)”]\s?)(?=[一二三四五六七八九十]{1,3}、[^，。]{2,40})/gu,
  /(?<=[。；;：:）)”]\s?)(?=[（(][一二三四五六七八九十]{1,3}[）)])/gu,
  /(?<=[。；;：:]\s?)(?=\d{1,2}[.．、](?!\d)\s?[\u4e00-\u9fa5“《])/gu,
  /(?<=[。；;]\s?)(?=[（(]\d{1,2}[）)]\s?[\u4e00-\u9fa5])/gu,
  /(?<=[。）)\da-zA-Z]\s?)(?=附件\s?[:：\d一二三])/gu,
  /(?<=[日。\s])(?=主题词\s?[:：])/gu,
  /(?<=[。）)a-zA-Z]\s?)(?=(?:联系人|联系电话|抄送)\s?[:：])/gu,
  /(?<=[。日]\s?)(?=[（(](?:此件|公开|联系人|信息公开))/gu,
  // The head: letterhead, number, title, recipients.
  new RegExp(String.raw`(?<=[\u4e00-\u9fa5]文件\s?)(?=${number})`, 'gu'),
  new RegExp(String.raw`(?<=${number}\s?)(?=[\u4e00-\u9fa5]{2,60}?关于|签发人)`, 'gu'),
  new RegExp(
    String.raw`(?<=关于[^，。；：]{4,80}的${documentTypePattern}\s?)(?=[^，。；：》”）)][^，。；：]{1,199}[：:]|(?:各|全|有关|驻)[^。；：]{1,200}[：:])`,
    'gu',
  ),
  // The foot: a body before a date, the date, what follows it.
  new RegExp(
    String.raw`(?<=[。]\s?)(?=[\u4e00-\u9fa5\s]{3,40}${agencyEnding}\s?(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<=[。\s][\u4e00-\u9fa5]{2,30}${agencyEnding})\s?(?=(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:$|[（(附抄]|[\u4e00-\u9fa5]{4,40}(?:方案|办法|要点)))`,
    'gu',
  ),
];

/** …。 特此通知 校防火办 2014年11月6日: a whole notice in one line ends in the body that signs and its day. */
const signedEnd = new RegExp(
  String.raw`(?<=[。！）)]\s|特此(?:通知|通报|通告|公告|报告|函告|函达|批复)[。\s]{0,2})(?:(?!特此)[\u4e00-\u9fa5（）()]{3,40}${agencyEnding})\s?(?:(?:19|20)\d{2}|[二〇零○O一三四五六七八九]{4})\s?年[\d\s一二三四五六七八九十]{1,4}月[\d\s一二三四五六七八九十]{1,4}日$`,
  'u',
);

/** Splits what a converter ran together into one line; an ordinary line comes back as it is. */
export function splitRunTogether(line: FoldedLine): FoldedLine[] {
  const { text } = line;
  if (text.length < 60) return [line];
  const cuts = new Set<number>();
  const signed = signedEnd.exec(text.slice(-80));
  if (signed) cuts.add(text.length - signed[0].length);
  const many = text.length >= RUN_TOGETHER_LENGTH;
  if (many) for (const pattern of breaks) for (const match of text.matchAll(pattern)) cuts.add(match.index);
  if (cuts.size < 4) return signed ? cutAt(line, [text.length - signed[0].length]) : [line];
  // So much structure in one line: its spaces are line breaks as well.
  for (const match of text.matchAll(/(?<=[\u4e00-\u9fa5。；：:）)》”〉\d]) (?=[\u4e00-\u9fa5（(《“〈]|附件|\d{4}年)/gu))
    cuts.add(match.index);
  return cutAt(line, [...cuts]);
}

/** The line in pieces that begin at these places, without the spaces between. */
function cutAt(line: FoldedLine, cuts: readonly number[]): FoldedLine[] {
  const { text } = line;
  const starts = [0, ...[...cuts].filter((cut) => cut > 0).sort((a, b) => a - b), text.length];
  const parts: FoldedLine[] = [];
  for (let index = 0; index + 1 < starts.length; index++) {
    let from = starts[index] as number;
    let to = starts[index + 1] as number;
    while (from < to && text.charAt(from) === ' ') from++;
    while (to > from && text.charAt(to - 1) === ' ') to--;
    if (from < to) parts.push({ text: text.slice(from, to), positions: line.positions.slice(from, to), indent: 0 });
  }
  return parts;
}
