import type { Flow, FlowBlock, FlowTable, Paragraph, Passage, Span } from '../../models/index.ts';
import { endsSentence } from '../../models/text/lines.ts';
import { withoutLayoutSpaces } from '../../models/text/normalize.ts';
import { attachmentHeadAt, type NoteEntry, readNote } from './attachments.ts';
import { announcedTitles, enclosureTitle } from './enclosures.ts';
import { footElement } from './foot.ts';
import { type Head, isRecipients, paragraphText, recipientsEnd } from './heads.ts';
import { sectionMarker } from './numbering.ts';
import { readFoot } from './signature.ts';

/** What stands below the title: recipients, body, enclosures, list of attachments, foot (GB/T 9704-2012, 7.3). */

export interface Zones {
  subtitle: Paragraph[];
  recipients: Span | null;
  parts: { zone: Passage['zone']; paragraphs: Span[] }[];
  tables: FlowTable[];
  note: NoteEntry[];
  enclosures: { title: string; span: Span }[];
  attachments: FlowBlock[];
  signatories: Span[];
  date: Span | null;
  disclosure: Span | null;
  notes: Span[];
  copyRecipients: Span | null;
  printing: Span | null;
}

/** Lines between title and recipients: a number or a date in brackets, where the web page came from. */
const subtitleLine =
  /^(?:[（(].{2,60}[）)]|.{0,40}(?:来源|发布时间|发布日期|日期|时间|作者|浏览|字号|字体|打印|分享|阅读|点击|视力保护色|收藏)[:：]?.{0,80}|.{0,20}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s\d{1,2}[:：]\d{2}.{0,40}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}.{0,20}|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.{0,40})$/u;

/** Walks the blocks below the title once, from recipients to imprint and attachments. */
export function readZones(flow: Flow, blocks: readonly FlowBlock[], head: Head | undefined): Zones {
  const zones: Zones = {
    subtitle: [],
    recipients: null,
    parts: [{ zone: 'body', paragraphs: [] }],
    tables: [],
    note: [],
    enclosures: [],
    attachments: [],
    signatories: [],
    date: null,
    disclosure: null,
    notes: [],
    copyRecipients: null,
    printing: null,
  };
  const paragraphs = blocks.filter((b): b is Paragraph => b.type === 'paragraph');
  let at = readOpening(flow, paragraphs, zones);
  const skipped = new Set<FlowBlock>(paragraphs.slice(0, at));
  // A paragraph whose beginning was the recipients goes on as body.
  const split =
    zones.recipients && paragraphs[at] && zones.recipients.start === paragraphs[at]?.start ? zones.recipients.end : 0;
  const splitAt = paragraphs.findIndex((p) => split > p.start && split <= p.end);
  const note = findNote(flow, paragraphs, at);
  const announced = announcedTitles(flow, head);
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as FlowBlock;
    if (skipped.has(block)) continue;
    if (block.type === 'table') {
      zones.tables.push(block);
      continue;
    }
    if (block.type !== 'paragraph') continue;
    at = paragraphs.indexOf(block, at);
    if (note && at >= note.from && at < note.from + note.count) {
      if (at === note.from) zones.note = note.entries;
      continue;
    }
    if (attachmentHeadAt(flow, block) && !(note && at < note.from)) {
      zones.attachments = readAttachmentZone(flow, blocks.slice(index), paragraphs, zones);
      break;
    }
    const taken = readFoot(flow, paragraphs, at, zones);
    if (taken > 0) {
      for (let k = 0; k < taken; k++) skipped.add(paragraphs[at + k] as Paragraph);
      continue;
    }
    const enclosed = enclosureTitle(flow, paragraphs, at, zones, announced);
    if (enclosed > 0) {
      const lines = paragraphs.slice(at, at + enclosed);
      for (const line of lines) skipped.add(line);
      const span = { start: block.start, end: (lines.at(-1) as Paragraph).end };
      const title = withoutLayoutSpaces(lines.map((line) => paragraphText(flow, line)).join(' '));
      zones.enclosures.push({ title, span });
      zones.parts.push({ zone: 'enclosure', paragraphs: [] });
      continue;
    }
    const start = at === splitAt ? skipSpaces(flow, split) : block.start;
    if (start < block.end) zones.parts.at(-1)?.paragraphs.push({ start, end: block.end });
  }
  return zones;
}

/** The imprint and the disclosure line stand at the foot of the last page, behind the attachments: they are no part of those. */
function readAttachmentZone(
  flow: Flow,
  blocks: readonly FlowBlock[],
  paragraphs: readonly Paragraph[],
  zones: Zones,
): FlowBlock[] {
  const rest: FlowBlock[] = [];
  let at = 0;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as FlowBlock;
    const element = block.type === 'paragraph' && block.role === null ? footElement(flow, block) : undefined;
    if (element?.kind === 'signatory') {
      const next = blocks[index + 1];
      const printed = next?.type === 'paragraph' ? footElement(flow, next) : undefined;
      if (printed?.kind === 'printing' && zones.printing === null) {
        zones.printing = { start: block.start, end: printed.span.end };
        index++;
        continue;
      }
    } else if (element && ['disclosure', 'copy', 'printing', 'nothing'].includes(element.kind)) {
      at = paragraphs.indexOf(block as Paragraph, at);
      readFoot(flow, paragraphs, at, zones);
      continue;
    }
    rest.push(block);
  }
  return rest;
}

const skipSpaces = (flow: Flow, from: number): number => {
  let at = from;
  while (/\s/.test(flow.text.charAt(at))) at++;
  return at;
};

/** Subtitle lines and recipients; returns the index of the first paragraph of the body. */
function readOpening(flow: Flow, paragraphs: readonly Paragraph[], zones: Zones): number {
  let at = 0;
  while (at < paragraphs.length && at < 8) {
    const paragraph = paragraphs[at] as Paragraph;
    const text = paragraphText(flow, paragraph);
    if (isRecipients(text)) {
      zones.recipients = { start: paragraph.start, end: paragraph.end };
      return at + 1;
    }
    const end = recipientsEnd(text);
    if (end > 0 && sectionMarker(text) === undefined) {
      zones.recipients = { start: paragraph.start, end: paragraph.start + end };
      return at;
    }
    // Recipients over two lines: the first ends without a colon.
    const next = paragraphs[at + 1];
    if (
      next &&
      !endsSentence(text) &&
      text.length <= 120 &&
      /[、，]/u.test(text) &&
      isRecipients(text + paragraphText(flow, next))
    ) {
      zones.recipients = { start: paragraph.start, end: next.end };
      return at + 2;
    }
    // 关于…的意见 / 县农业农村局 县林业局: whose paper it is stands beneath the title of one that is passed on.
    const element = at === 0 ? footElement(flow, paragraph) : undefined;
    if (element?.kind === 'signatory') {
      zones.signatories.push(...element.spans);
      at++;
      continue;
    }
    if (
      !(
        subtitleLine.test(text) ||
        /^[〔[（(]?.{0,20}号[）)\]〕]?$/u.test(text) ||
        beforeAddress(flow, paragraphs, at, zones)
      ) ||
      text.length > 100
    )
      return at;
    zones.subtitle.push(paragraph);
    at++;
  }
  return at;
}

/** A slogan or a button of the web page among the lines on where the article is from, above 各乡镇人民政府：. */
function beforeAddress(flow: Flow, paragraphs: readonly Paragraph[], at: number, zones: Zones): boolean {
  if (zones.subtitle.length === 0) return false;
  for (const paragraph of paragraphs.slice(at, at + 4)) {
    const text = paragraphText(flow, paragraph);
    if (isRecipients(text) && /^各/u.test(text)) return true;
    if (text.length > 60 || endsSentence(text) || sectionMarker(text) !== undefined) return false;
  }
  return false;
}

/** The list of attachments: 附件：… that is no head of an attachment's page. */
function findNote(
  flow: Flow,
  paragraphs: readonly Paragraph[],
  from: number,
): { from: number; count: number; entries: NoteEntry[] } | undefined {
  for (let at = from; at < paragraphs.length; at++) {
    const paragraph = paragraphs[at] as Paragraph;
    if (paragraph.role !== null) return undefined;
    const text = paragraphText(flow, paragraph);
    if (!/^附(?:\s?件|\s?[:：])/u.test(text)) continue;
    const { entries, count } = readNote(flow, paragraphs, at);
    // 附件： with nothing behind it, or with numbers alone, names none.
    if (entries.length === 0) {
      const signs = paragraphs.slice(at + count, at + count + 1).map((p) => footElement(flow, p)?.kind);
      return count > 0 && (signs[0] === 'signatory' || signs[0] === 'date') ? { from: at, count, entries } : undefined;
    }
    // One entry with nothing after it that signs or begins an attachment is the head of the attachment itself.
    const rest = paragraphs.slice(at + count);
    const signed = rest.slice(0, 8).some((p) => ['date', 'signatory'].includes(footElement(flow, p)?.kind ?? ''));
    const headed = rest.some((p) => attachmentHeadAt(flow, p) !== undefined);
    const tableNext = flow.blocks.some(
      (b) => b.type === 'table' && b.start >= paragraph.end && b.start <= (rest[2]?.start ?? flow.text.length),
    );
    return entries.length > 1 || signed || headed || !tableNext ? { from: at, count, entries } : undefined;
  }
  return undefined;
}
