import type { Flow, FlowBlock, FlowTable, Paragraph, ParsedAttachment, Span } from '../../models/index.ts';
import { isAgencyName } from '../../models/text/agencies.ts';
import { parseFullDate } from '../../models/text/dates.ts';
import { attachmentHead, endsSentence } from '../../models/text/lines.ts';
import { headingMarker } from '../../models/text/markers.ts';
import { withoutLayoutSpaces } from '../../models/text/normalize.ts';
import { parseNumeral } from '../../models/text/numerals.ts';

/** 附件 1 at the head of a page, perhaps with its title behind it; not the list in the notice, not a sentence about one. */
export interface AttachmentHead {
  readonly number: number | null;
  readonly head: Span;
  /** What stands behind the number on the same line. */
  readonly rest: Span | null;
  /** It is the name of a file in an archive. */
  readonly member: boolean;
}

const HEAD_LENGTH = 90;

export function attachmentHeadAt(flow: Flow, { start, end, role }: Paragraph): AttachmentHead | undefined {
  if (role !== 'member' && (role !== null || end - start > HEAD_LENGTH + 2)) return undefined;
  const text = flow.text.slice(start, end).replace(/^[【[]|[】\]]$/gu, '');
  const offset = flow.text.slice(start, end).indexOf(text);
  if (role === 'member')
    return { number: memberNumber(text), head: { start, end }, rest: { start, end }, member: true };
  if (text.length > HEAD_LENGTH) return undefined;
  const match = attachmentHead.exec(text);
  if (!match?.groups) return undefined;
  const { number, rest = '' } = match.groups;
  if (endsSentence(rest) || /^[所中的,，]|[，。；]/u.test(rest)) return undefined;
  const from = start + offset + text.length - rest.length;
  return {
    number: number === undefined ? null : (parseNumeral(number.split(/[-—–]/)[0] as string) ?? null),
    head: { start, end: rest ? from : end },
    rest: rest ? { start: from, end: from + rest.length } : null,
    member: false,
  };
}

const memberNumber = (name: string): number | null => {
  const match = /附\s?件\s?(\d{1,2}|[一二三四五六七八九十]{1,3})/u.exec(name) ?? /^(\d{1,2})[.、\s_-]/u.exec(name);
  return match ? (parseNumeral(match[1] as string) ?? null) : null;
};

/** One entry of the list of attachments (附件说明, 7.3.4). */
export interface NoteEntry {
  readonly number: number | null;
  readonly span: Span;
  readonly title: string;
}

const numberAlone = /^\d{1,2}\s?[.．、]$/u;
const emptyNote = /^附\s?件?\s?[:：]\s?(?:\d{1,2}\s?[.．、])?$/u;

/**
 * Reads the list of attachments that begins in `paragraphs[from]` (附件：1. … 2. …, over several lines); how many paragraphs it
 * takes. Entries may stand on lines of their own or one behind the other.
 */
export function readNote(
  flow: Flow,
  paragraphs: readonly Paragraph[],
  from: number,
): { entries: NoteEntry[]; count: number } {
  const entries: NoteEntry[] = [];
  let count = 0;
  for (let index = from; index < paragraphs.length; index++) {
    const { start, end } = paragraphs[index] as Paragraph;
    const text = flow.text.slice(start, end);
    let at = 0;
    // 1. / 2.: the titles were links of the page, and are lost.
    if (entries.length === 0 && (index > from ? numberAlone : emptyNote).test(text)) {
      count++;
      continue;
    }
    // 附件： left empty above the signature.
    const next = paragraphs[index + 1];
    if (
      index > from &&
      entries.length === 0 &&
      isAgencyName(text) &&
      next &&
      parseFullDate(flow.text.slice(next.start, next.end))
    )
      break;
    if (index === from) {
      const match = /^附\s?件?\s?(?:[:：]|(?<=件\s?)(?=\d{1,2}\s?[.．、:：]))\s?/u.exec(text);
      if (!match) break;
      at = match[0].length;
    } else if (
      !/^(?:\d{1,2}\s?[.．、](?!\d)|附\s?件\s?\d{1,2}\s?[.．、:：]|[一二三四五六七八九十]、|[（(]\d{1,2}[）)])/u.test(
        text,
      ) ||
      endsSentence(text)
    ) {
      const last = entries.at(-1);
      // A title that goes on in the next line.
      if (last && count > 0 && continuesEntry(flow, paragraphs, index, last)) {
        const title = withoutLayoutSpaces(`${last.title}${text}`);
        entries[entries.length - 1] = { ...last, span: { start: last.span.start, end }, title };
        count++;
        continue;
      }
      if (entries.length > 0 || index > from + 1) break;
    }
    for (const entry of entriesOf(text.slice(at), start + at)) entries.push(entry);
    count++;
    if (entries.length === 0) break;
  }
  return { entries, count };
}

/** A title of an attachment is not longer, over all its lines. */
const ENTRY_LENGTH = 200;

function continuesEntry(flow: Flow, paragraphs: readonly Paragraph[], index: number, last: NoteEntry): boolean {
  const paragraph = paragraphs[index] as Paragraph;
  const text = flow.text.slice(paragraph.start, paragraph.end);
  const open = /《[^》]*$|[（(][^）)]*$/u.test(last.title.slice(-ENTRY_LENGTH));
  return (
    paragraph.role === null &&
    text.length <= 24 &&
    last.title.length <= ENTRY_LENGTH &&
    (open ||
      (/^[\u4e00-\u9fa5]{0,14}(?:表|方案|名单|清单|模板|通知》?|办法|意见|书)[）)》]?$/u.test(text) &&
        !/(?:表|方案|名单|清单|模板|书)[）)》]?$/u.test(last.title)))
  );
}

function entriesOf(text: string, offset: number): NoteEntry[] {
  const marks = [...text.matchAll(/(?<![\d〔[（(第年])(?:附\s?件\s?)?(\d{1,2})\s?[.．、](?!\d)\s?/gu)].filter(
    (match, order) => order === 0 || /[\s；;。，、)）》\u4e00-\u9fa5]/u.test(text.charAt(match.index - 1)),
  );
  const entry = (number: number | null, from: number, to: number): NoteEntry[] => {
    const printed = text.slice(from, to);
    const lead = printed.length - printed.trimStart().length;
    const title = printed.trim().replace(/[；;。，,]+$/u, '');
    return title
      ? [
          {
            number,
            span: { start: offset + from + lead, end: offset + from + lead + title.length },
            title: withoutLayoutSpaces(title),
          },
        ]
      : [];
  };
  if (marks.length === 0 || (marks[0]?.index ?? 0) > 2) return entry(null, 0, text.length);
  return marks.flatMap((mark, order) =>
    entry(Number(mark[1]), mark.index + mark[0].length, marks[order + 1]?.index ?? text.length),
  );
}

const isTable = (block: FlowBlock): block is FlowTable => block.type === 'table';

/** The attachments from their heads on: each goes to the next head. */
export function readAttachments(flow: Flow, blocks: readonly FlowBlock[]): ParsedAttachment[] {
  const attachments: ParsedAttachment[] = [];
  let current: { head: AttachmentHead; blocks: FlowBlock[] } | undefined;
  const finish = () => {
    if (current) attachments.push(parseAttachment(flow, current.head, current.blocks));
  };
  for (const block of blocks) {
    const head = block.type === 'paragraph' ? attachmentHeadAt(flow, block) : undefined;
    // A file's name right before its own 附件1: one attachment, not two.
    const sameFile =
      head && current?.head.member && current.blocks.every((b) => b.type !== 'paragraph' && b.type !== 'table');
    if (head && current && sameFile) {
      current = { head: { ...head, number: head.number ?? current.head.number, rest: head.rest }, blocks: [] };
    } else if (head) {
      finish();
      current = { head, blocks: [] };
    } else current?.blocks.push(block);
  }
  finish();
  return attachments;
}

/** Lines before a table that belong to its head: title, 填报单位, 单位：万元. */
const captionLine = /[:：]|填报|填表|单位|年\s?月|^[（(].*[）)]$|表号|制定机关|批准|有效期/u;

function parseAttachment(
  flow: Flow,
  { number, head, rest }: AttachmentHead,
  blocks: readonly FlowBlock[],
): ParsedAttachment {
  const content = blocks.filter(
    (b): b is Paragraph | FlowTable => (b.type === 'paragraph' && b.role === null) || isTable(b),
  );
  const titleLines: Span[] = rest ? [rest] : [];
  let index = 0;
  while (index < content.length && titleLines.length < 4) {
    const block = content[index] as Paragraph | FlowTable;
    if (block.type === 'table') break;
    const text = flow.text.slice(block.start, block.end);
    const more = titleLines.length > 0;
    if (
      text.length > 60 ||
      endsSentence(text) ||
      headingMarker(text) ||
      captionLine.test(text.replace(/^[（(][^（()）]{2,12}[）)]$/u, ''))
    )
      break;
    if (more && !continuesTitle(flow, titleLines, text, content[index + 1])) break;
    titleLines.push({ start: block.start, end: block.end });
    index++;
  }
  const body = content.slice(index);
  const title = titleLines.length
    ? {
        value: withoutLayoutSpaces(titleLines.map((span) => flow.text.slice(span.start, span.end)).join(' ')),
        span: { start: (titleLines[0] as Span).start, end: (titleLines.at(-1) as Span).end },
      }
    : null;
  const paragraphs = body
    .filter((b): b is Paragraph => b.type === 'paragraph')
    .map(({ start, end }) => ({ start, end }));
  return { number, head, title, paragraphs, tables: surround(body) };
}

/** A second title line: the first is no complete title, or the second is short and ends like one. */
function continuesTitle(flow: Flow, lines: readonly Span[], text: string, next: FlowBlock | undefined): boolean {
  const first = lines.map((span) => flow.text.slice(span.start, span.end)).join('');
  const complete =
    /(?:表|方案|名单|清单|模板|台账|书|办法|要点|标准|目录|指南|制度|报告|函|细则)(?:[（(].*[）)])?$/u.test(first);
  const ends =
    /(?:表|方案|名单|清单|模板|台账|书|办法|要点|标准|目录|指南|制度|报告|专班|小组|情况|安排|分工|[）)])$/u.test(text);
  return (
    text.length <= 40 &&
    ((!complete && ends) ||
      (complete && /^[（(][^（()）]{1,16}[）)]$/u.test(text)) ||
      (!complete && next?.type === 'table'))
  );
}

/** Each table with the lines before and after it. */
export function surround(content: readonly (Paragraph | FlowTable)[]): ParsedAttachment['tables'] {
  const tables: { table: FlowTable; before: Span[]; after: Span[] }[] = [];
  let pending: Span[] = [];
  for (const block of content) {
    const { start, end } = block;
    if (block.type === 'table') {
      tables.push({ table: block, before: pending, after: [] });
      pending = [];
    } else {
      pending.push({ start, end });
      tables.at(-1)?.after.push({ start, end });
    }
  }
  return tables;
}
