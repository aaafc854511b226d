import type { Flow, Paragraph } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { findDocumentNumbers, parseDocumentNumber } from '../../models/text/documentNumber.ts';
import { attachmentHead, documentTypePattern, endsSentence } from '../../models/text/lines.ts';
import { headingMarker } from '../../models/text/markers.ts';
import { foldForMatching, withoutLayoutSpaces } from '../../models/text/normalize.ts';

/** Where a notice begins: its title, and what stands above it. Indices are of the list of paragraphs. */
export interface Head {
  readonly headerFrom: number;
  readonly titleFrom: number;
  readonly titleTo: number;
  readonly title: string;
  readonly type: string | null;
}

const suffix = '(?:[（(【\\[][^（()）]{1,20}[）)】\\]]){0,3}';
const withSubject = new RegExp(`关于.{2,}?(?<type>${documentTypePattern})${suffix}$`, 'u');
const withoutSubject = new RegExp(
  `^[\\u4e00-\\u9fa5、]{2,40}(?:政府|局|委|委员会|办公室|厅|部|院|会|公司|中心|大学|学院)(?:第[一二三四五六七八九十\\d]+号)?(?<type>公告|通告|令|通知|通报|决定|公报|函)${suffix}$`,
  'u',
);
/** The longest printed line of a title and the most lines. */
const TITLE_LINE = 70;
const TITLE_LINES = 7;

export const paragraphText = (flow: Flow, { start, end }: Paragraph): string => flow.text.slice(start, end);

/** …的通知_政策文件_某某局: what a saved page writes behind its title. */
const withoutSiteName = (printed: string): string =>
  printed
    .replace(/^(?:文件名称|公文标题|标题|名称)\s?[:：]?\s?(?=.{2,40}关于|关于)/u, '')
    .replace(/(?<=[\u4e00-\u9fa5）)])\s?(?:[_|｜]|\s[-–—]\s?).*$/u, '');

/** A line that can be part of a title: short, no sentence, nothing numbered. */
function mayBeTitle(text: string): boolean {
  return (
    text.length <= TITLE_LINE * 2 &&
    !endsSentence(text) &&
    !/[。；]/u.test(text) &&
    headingMarker(text) === undefined &&
    !/^(?:附\s?件|联系|抄送|注[:：]|填报)/u.test(text) &&
    parseDocumentNumber(text) === undefined
  );
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly type: string;
}

/** A title that begins in this paragraph, over as few lines as make it whole. */
function titleAt(flow: Flow, paragraphs: readonly Paragraph[], from: number): Candidate | undefined {
  let joined = '';
  for (let to = from; to < Math.min(from + TITLE_LINES, paragraphs.length); to++) {
    const paragraph = paragraphs[to] as Paragraph;
    if (paragraph.role !== null) return undefined;
    const text = withoutSiteName(paragraphText(flow, paragraph));
    if (!mayBeTitle(text)) return undefined;
    // A line that names its own body before 关于 is the whole beginning of the title: what stands above is the letterhead.
    const named =
      to > from && !joined.includes('关于') ? (/^(?<body>[^关]{3,40})关于/u.exec(text)?.groups?.body ?? '') : '';
    if (isAgencyName(withoutLayoutSpaces(named)) && !issueTogether(flow, paragraphs.slice(from, to), paragraph, named))
      return undefined;
    // Lines before 关于 are names of bodies; a line may end within the word: 某某局关 / 于开展…, or say whose paper is passed on.
    const body = text.endsWith('关') ? text.slice(0, -1) : text.replace(/(?<=.{3})(?:转发|批转).*$/u, '');
    if (!withoutLayoutSpaces(joined + text).includes('关于') && !isAgencyName(body)) {
      const whole = withoutSubject.exec(withoutLayoutSpaces(joined + text));
      return whole && to === from ? { from, to, title: whole[0], type: whole.groups?.type as string } : undefined;
    }
    joined = withoutLayoutSpaces(`${joined} ${text}`);
    if (joined.length > 260) return undefined;
    const match = withSubject.exec(joined);
    if (match && !continuesTitle(flow, paragraphs, to))
      return { from, to, title: joined, type: match.groups?.type as string };
  }
  return undefined;
}

/** Lines of bodies above one that names its own are of the title where all sign: 某某局 某某局 / 某某局关于…. */
function issueTogether(flow: Flow, above: readonly Paragraph[], { end }: Paragraph, own: string): boolean {
  return above
    .flatMap((line) => paragraphText(flow, line).split(/\s+/u))
    .every(
      (body) => isAgencyName(body) && !/政府$/u.test(body) && !own.includes(body) && flow.text.indexOf(body, end) >= 0,
    );
}

/** The title's words go on although they could end: …的通知》的 / 通知. */
function continuesTitle(flow: Flow, paragraphs: readonly Paragraph[], at: number): boolean {
  const text = paragraphText(flow, paragraphs[at] as Paragraph);
  const next = paragraphs[at + 1];
  if (!next || next.role !== null) return false;
  const after = paragraphText(flow, next);
  const open = (text.match(/《/g)?.length ?? 0) > (text.match(/》/g)?.length ?? 0);
  return (
    (open && /》/.test(after) && after.length <= TITLE_LINE) ||
    new RegExp(`^(?:的|》)?的?${documentTypePattern}$`, 'u').test(after)
  );
}

const headerLine = (text: string): boolean =>
  text.length <= 80 &&
  (/文\s?件$/u.test(text) ||
    isAgencyName(text) ||
    findDocumentNumbers(text).length > 0 ||
    /^(?:[\d]{6}|№?\s?\d{3,7}|[★☆]+|特急|加急|平急|特提|急件|(?:绝密|机密|秘密)[★☆]?.{0,8}|签发人[:：].{0,20}|.{0,6}发电)$/u.test(
      text,
    ));

/** A paragraph that names whom the notice is addressed to. */
export function isRecipients(text: string): boolean {
  return /[:：]$/u.test(text) && recipientsEnd(text) === text.length;
}

/** Where the main recipients end in a text that begins with them (after the colon); 0 where it does not. */
export function recipientsEnd(text: string): number {
  const match = /^[^。！？；:：]{1,600}?[:：]/u.exec(text.replace(/；/g, '，'));
  if (!match) return 0;
  const list = match[0].slice(0, -1);
  // 2015/03/09 16:35: the colon of a time of day.
  if (/\d$/u.test(list) && /^\d/u.test(text.slice(match[0].length))) return 0;
  if (
    headingMarker(list) ||
    (/^(?:附\s?件|联系|根据|按照|为|现将|经|抄送|注|填报|目前|近期|有关|依据)/u.test(list) &&
      !/^有关(?:单位|部门|企业)/u.test(list))
  )
    return 0;
  if (
    /如下$|(?:浏览|阅读|访问|点击)(?:次数|量)?$|(?:来源|时间|日期|字体|字号)$/u.test(list) ||
    (/是$|通知$|包括$|内容$|《/u.test(list) && !/》/u.test(list))
  )
    return 0;
  return /各|局|委|厅|办|部|单位|政府|公司|企业|队|所|院|校|中心|社区|股|科|处|室|乡|镇|街道|[区县市省]|会|站|组|集团|银行|同志|居民|市民|商户|业主|司|署|园|社|行/u.test(
    list,
  ) && list.length <= 500
    ? match[0].length
    : 0;
}

/**
 * The heads of all notices in the text, outermost first. A title counts where a notice can stand below it; further ones only
 * with a sign of their own beginning (number, letterhead or recipients) after the notice before has come to its foot.
 */
export function findHeads(flow: Flow, paragraphs: readonly Paragraph[]): Head[] {
  const heads: Head[] = [];
  const prose = proseBefore(flow, paragraphs);
  for (let index = 0; index < paragraphs.length; index++) {
    const candidate = titleAt(flow, paragraphs, index);
    if (!candidate) continue;
    const last = heads.at(-1);
    const headerFrom = headerStart(flow, paragraphs, candidate.from, last ? last.titleTo + 1 : 0);
    if (last) {
      if (repeats(prose, last, candidate)) {
        heads[heads.length - 1] = {
          ...last,
          titleFrom: candidate.from,
          titleTo: candidate.to,
          title: candidate.title,
          type: candidate.type,
        };
        index = candidate.to;
        continue;
      }
      if (!beginsAnother(flow, paragraphs, prose, last, candidate, headerFrom)) continue;
    }
    heads.push({
      headerFrom: last ? headerFrom : 0,
      titleFrom: candidate.from,
      titleTo: candidate.to,
      title: candidate.title,
      type: candidate.type,
    });
    index = candidate.to;
  }
  return heads.length > 0 ? heads : fallbackHead(flow, paragraphs);
}

function headerStart(flow: Flow, paragraphs: readonly Paragraph[], titleFrom: number, lowest: number): number {
  let from = titleFrom;
  while (from > lowest) {
    const above = paragraphs[from - 1] as Paragraph;
    if (!headerLine(paragraphText(flow, above))) break;
    from--;
  }
  return from;
}

/** For each place in the list, how many paragraphs before it are more than a line of a heading, and how many are sentences. */
interface Prose {
  readonly lines: Uint32Array;
  readonly sentences: Uint32Array;
}

function proseBefore(flow: Flow, paragraphs: readonly Paragraph[]): Prose {
  const lines = new Uint32Array(paragraphs.length + 1);
  const sentences = new Uint32Array(paragraphs.length + 1);
  paragraphs.forEach((paragraph, index) => {
    const text = paragraphText(flow, paragraph);
    lines[index + 1] = (lines[index] as number) + (text.length >= 20 ? 1 : 0);
    sentences[index + 1] = (sentences[index] as number) + (text.length > 60 && endsSentence(text) ? 1 : 0);
  });
  return { lines, sentences };
}

const countBetween = (before: Uint32Array, from: number, to: number): number =>
  to > from ? (before[to] as number) - (before[from] as number) : 0;

/** The same title again with no prose between: a web page prints it above the article as well. */
function repeats({ sentences }: Prose, last: Head, next: Candidate): boolean {
  if (countBetween(sentences, last.titleTo + 1, next.from) > 0) return false;
  const a = foldForMatching(last.title);
  const b = foldForMatching(next.title);
  // 某某局公告 above the number is the letterhead of what 关于…的公告 names.
  return a.endsWith(b) || b.endsWith(a) || (!a.includes('关于') && b.includes('关于') && last.type === next.type);
}

function beginsAnother(
  flow: Flow,
  paragraphs: readonly Paragraph[],
  { lines }: Prose,
  last: Head,
  next: Candidate,
  headerFrom: number,
): boolean {
  if (countBetween(lines, last.titleTo + 1, headerFrom) === 0) return false;
  const ownHeader = paragraphs
    .slice(headerFrom, next.from)
    .some((p) => parseDocumentNumber(paragraphText(flow, p)) !== undefined || /文\s?件$/u.test(paragraphText(flow, p)));
  const below = paragraphs.slice(next.to + 1, next.to + 4).map((p) => paragraphText(flow, p));
  const addressed = below.some(
    (text) => recipientsEnd(text) > 0 && !/^[^：:]{0,8}[：:].{0,12}$/u.test(text.slice(0, 20)),
  );
  const numbered = below.slice(0, 1).some((text) => findDocumentNumbers(text).length > 0 && text.length <= 40);
  return next.title.includes('关于') && (ownHeader || addressed || numbered || passedOn(last, next));
}

/** 转发…《关于…的意见》的通知, and below it that very title: what is passed on has neither number nor recipients of its own. */
function passedOn(last: Head, next: Candidate): boolean {
  // …建设的实施意见 is named in the cover without 的: …建设实施意见的通知.
  const words = (title: string) => foldForMatching(title).replace(/的/gu, '');
  return /转发|批转/u.test(last.title) && words(last.title).includes(words(next.title));
}

/** No title of the usual form: the first line that looks like one, or none. */
function fallbackHead(flow: Flow, paragraphs: readonly Paragraph[]): Head[] {
  const all = paragraphs.map((p) => (p.role === null ? paragraphText(flow, p) : ''));
  // What stands below the recipients or the first sentence is no title.
  const below = all.findIndex((text) => isRecipients(text) || (text.length > 30 && endsSentence(text)));
  const texts = below < 0 ? all : all.slice(0, below);
  const plausible = texts
    .slice(0, 25)
    .findIndex(
      (text, index) =>
        text.length >= 4 &&
        text.length <= 80 &&
        !endsSentence(text) &&
        headingMarker(text) === undefined &&
        !attachmentHead.test(text) &&
        parseDocumentNumber(text) === undefined &&
        !(
          headerLine(text) &&
          index + 1 < texts.length &&
          texts.length > 1 &&
          !/通知|公告|通告|意见|方案|办法|要点/u.test(text)
        ),
    );
  if (plausible < 0) return [];
  const title = withoutLayoutSpaces(texts[plausible] as string);
  const type = new RegExp(`(${documentTypePattern})${suffix}$`, 'u').exec(title)?.[1] ?? null;
  return [{ headerFrom: 0, titleFrom: plausible, titleTo: plausible, title, type }];
}
