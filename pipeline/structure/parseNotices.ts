import type {
  Flow,
  FlowBlock,
  FlowTable,
  Paragraph,
  ParsedNotice,
  ParsedSection,
  Passage,
  Span,
} from '../../models/index.ts';
import { documentTypePattern, enclosurePattern, endsSentence } from '../../models/text/lines.ts';
import { foldForMatching, withoutLayoutSpaces } from '../../models/text/normalize.ts';
import { attachmentHeadAt, type NoteEntry, readAttachments, readNote } from './attachments.ts';
import { type FootElement, footElement } from './foot.ts';
import { parseHeader } from './header.ts';
import { findHeads, type Head, isRecipients, paragraphText, recipientsEnd } from './heads.ts';
import { buildSections, sectionMarker } from './sections.ts';

/** Takes the text apart into its notices, outermost first (GB/T 9704-2012, clause 7). */
export function parseNotices(flow: Flow): ParsedNotice[] {
  const paragraphs = flow.blocks.filter((b): b is Paragraph => b.type === 'paragraph');
  const textual = paragraphs.filter((p) => p.role === null || p.role === 'member');
  const heads = findHeads(flow, textual);
  if (heads.length === 0)
    return textual.length > 0 ? [parseOne(flow, paragraphs, textual, undefined, 0, 0, flow.text.length)] : [];
  const parsed = heads.map((head, index) => {
    const next = heads[index + 1];
    const from = index === 0 ? 0 : (textual[head.headerFrom] as Paragraph).start;
    let to = next ? (textual[next.headerFrom] as Paragraph).start : flow.text.length;
    // 附件 above the forwarded notice is the head of what follows, not of something in this one.
    const above = next && textual[next.headerFrom - 1];
    if (above && attachmentHeadAt(flow, above)) to = above.start;
    const own = parseOne(flow, paragraphs, textual, head, index, from, to);
    return next ? { ...own, forwards: `n${index + 2}` } : own;
  });
  return withImprintOfCover(flow, parsed);
}

/** The imprint (版记, 7.4) ends the whole paper: beneath what is passed on it is the cover's where it names the cover's body. */
function withImprintOfCover(flow: Flow, parsed: ParsedNotice[]): ParsedNotice[] {
  const inner = parsed.at(-1);
  const cover = parsed.at(-2);
  if (!inner?.printing || !cover || cover.printing || inner.documentNumber || inner.date) return parsed;
  const named = ({ start, end }: Span) => withoutLayoutSpaces(flow.text.slice(start, end)).replace(/文件$/u, '');
  const printed = named(inner.printing);
  if (![...cover.letterhead, ...cover.signatories].some((span) => printed.includes(named(span)))) return parsed;
  return [
    ...parsed.slice(0, -2),
    { ...cover, printing: inner.printing, copyRecipients: cover.copyRecipients ?? inner.copyRecipients },
    { ...inner, printing: null, copyRecipients: null },
  ];
}

/** The blocks that lie in a range: they stand in order, so that a document of many notices is not searched for each. */
function blocksWithin({ blocks }: Flow, from: number, to: number): readonly FlowBlock[] {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as FlowBlock).start < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < blocks.length && (blocks[end] as FlowBlock).end <= to) end++;
  return blocks.slice(low, end);
}

function parseOne(
  flow: Flow,
  all: readonly Paragraph[],
  textual: readonly Paragraph[],
  head: Head | undefined,
  index: number,
  from: number,
  to: number,
): ParsedNotice {
  const titleLines = head ? textual.slice(head.titleFrom, head.titleTo + 1) : [];
  const titleStart = titleLines[0]?.start ?? from;
  const titleEnd = titleLines.at(-1)?.end ?? from;
  const own = blocksWithin(flow, from, to);
  const above = own.filter((b): b is Paragraph => b.type === 'paragraph' && b.role === null && b.end <= titleStart);
  const below = own.filter(
    (b) =>
      b.start >= titleEnd &&
      !(b.type === 'paragraph' && b.role !== null && b.role !== 'member') &&
      !titleLines.includes(b as Paragraph),
  );
  const zones = readZones(flow, below, head);
  const header = parseHeader(flow, above, zones.subtitle);
  const body = zones.parts.map(({ zone, paragraphs }) => buildSections(flow, paragraphs, zone));
  return {
    id: `n${index + 1}`,
    forwards: null,
    span: { start: from, end: to },
    ...header,
    title: head
      ? {
          spans: titleLines.map(({ start, end }) => ({ start, end })),
          value: head.title,
          type: head.type,
        }
      : null,
    recipients: zones.recipients,
    passages: body.flatMap((part): readonly Passage[] => part.passages),
    sections: body.flatMap((part): readonly ParsedSection[] => part.sections),
    attachmentNote: zones.note,
    enclosures: zones.enclosures,
    attachments: readAttachments(flow, zones.attachments),
    tables: zones.tables,
    signatories: zones.signatories,
    date: zones.date ?? header.dateAbove,
    disclosure: zones.disclosure ?? header.disclosure,
    notes: zones.notes,
    copyRecipients: zones.copyRecipients,
    printing: zones.printing,
    metadata:
      index === 0
        ? all
            .filter((p) => p.role === 'metadata')
            .map(({ start, end }) => {
              const text = flow.text.slice(start, end);
              const colon = text.search(/[：:]/u);
              const name = text.slice(0, Math.max(0, colon)).replace(/\s/g, '');
              return { name, span: { start: start + colon + 1, end } };
            })
        : [],
    seals: own.flatMap((b) => (b.type === 'seal' && b.text ? [b.text] : [])),
  };
}

interface Zones {
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
  /^(?:[（(].{2,60}[）)]|.{0,40}(?:来源|发布时间|发布日期|日期|时间|作者|浏览|字号|字体|打印|分享|阅读|点击)[:：]?.{0,80}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}.{0,20}|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.{0,40})$/u;

/** Walks the blocks below the title once, from recipients to imprint and attachments. */
function readZones(flow: Flow, blocks: readonly FlowBlock[], head: Head | undefined): Zones {
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
    if (!(subtitleLine.test(text) || /^[〔[（(]?.{0,20}号[）)\]〕]?$/u.test(text)) || text.length > 100) return at;
    zones.subtitle.push(paragraph);
    at++;
  }
  return at;
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
    if (!/^附\s?件/u.test(text)) continue;
    const { entries, count } = readNote(flow, paragraphs, at);
    if (entries.length === 0) return undefined;
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

/** Reads an element of the foot that begins at this paragraph; how many paragraphs it takes, 0: none. */
function readFoot(flow: Flow, paragraphs: readonly Paragraph[], at: number, zones: Zones): number {
  const element = footElement(flow, paragraphs[at] as Paragraph);
  if (!element) return 0;
  switch (element.kind) {
    case 'nothing':
      return 1;
    case 'disclosure':
      zones.disclosure ??= element.span;
      return 1;
    case 'note':
      zones.notes.push(element.span);
      return 1;
    case 'copy':
      zones.copyRecipients ??= element.span;
      return 1;
    case 'printing':
      zones.printing ??= element.span;
      return 1;
    case 'date':
      if (zones.date !== null) return zones.parts.length > 1 ? 0 : 1;
      zones.date = element.span;
      zones.signatories.push(...element.signatories);
      return 1;
    case 'signatory':
      return readSignature(flow, paragraphs, at, element, zones);
  }
}

/** Names of bodies in a row that end in a date, or in the line 印发 of the imprint. */
function readSignature(
  flow: Flow,
  paragraphs: readonly Paragraph[],
  at: number,
  first: FootElement & { kind: 'signatory' },
  zones: Zones,
): number {
  const spans = [...first.spans];
  for (let index = at + 1; index < Math.min(at + 12, paragraphs.length); index++) {
    const element = footElement(flow, paragraphs[index] as Paragraph);
    if (element?.kind === 'signatory') spans.push(...element.spans);
    else if (element?.kind === 'date' && zones.date === null) {
      zones.signatories.push(...spans, ...element.signatories);
      zones.date = element.span;
      return index - at + 1;
    } else if (element?.kind === 'printing' && index === at + 1) {
      zones.printing ??= { start: (paragraphs[at] as Paragraph).start, end: element.span.end };
      return 2;
    } else if (element?.kind === 'nothing') continue;
    else break;
  }
  // A signature without a date: at the end of all, or before an attachment.
  const after = paragraphs[at + spans.length];
  if (
    zones.signatories.length === 0 &&
    (!after || attachmentHeadAt(flow, after) !== undefined || footElement(flow, after) !== undefined)
  ) {
    zones.signatories.push(...spans);
    return spans.length;
  }
  return 0;
}

/** Titles that the cover names (《…实施方案》), found as the walk goes on. */
interface Announced {
  readonly printedAndSent: boolean;
  /** Names read up to here, those of the cover from `from` to `to` included. */
  readonly upTo: (from: number, to: number) => ReadonlyMap<string, Bigrams>;
}

/** A cover names a few titles; a text that names more has them in its body. */
const ANNOUNCED = 100;

function announcedTitles(flow: Flow, head: Head | undefined): Announced {
  const names = new Map<string, Bigrams>();
  const add = (text: string): number => {
    let read = 0;
    for (const match of text.matchAll(/《([^《》]{1,300}(?:《[^》]{0,300}》[^《》]{0,300})?)》/gu)) {
      const name = foldForMatching(match[1] as string);
      if (names.size < ANNOUNCED && !names.has(name)) names.set(name, bigrams(name));
      read = match.index + match[0].length;
    }
    return read;
  };
  add(head?.title ?? '');
  let next: number | undefined;
  return {
    printedAndSent: /印发|制定|转发|下发/u.test(head?.title ?? ''),
    upTo: (from, to) => {
      next = Math.max(next ?? from, from);
      if (to > next) {
        const read = add(flow.text.slice(next, to));
        // A title may be open at the end of what has been read.
        next = Math.max(next + read, to - 1000);
      }
      return names;
    },
  };
}

/** How many lines at this place are the title of an enclosed plan; 0: none. */
function enclosureTitle(
  flow: Flow,
  paragraphs: readonly Paragraph[],
  at: number,
  zones: Zones,
  { printedAndSent, upTo }: Announced,
): number {
  const body = zones.parts[0]?.paragraphs ?? [];
  if (body.length === 0 && zones.date === null) return 0;
  let joined = '';
  for (let count = 1; count <= 4 && at + count <= paragraphs.length; count++) {
    const paragraph = paragraphs[at + count - 1] as Paragraph;
    const text = paragraphText(flow, paragraph);
    if (
      paragraph.role !== null ||
      text.length > 60 ||
      endsSentence(text) ||
      sectionMarker(text) ||
      /[。；：:]/u.test(text) ||
      /^(?:联系|附\s?件|抄送)/u.test(text)
    )
      return 0;
    joined += text;
    const title = withoutLayoutSpaces(joined);
    if (!enclosureEnd.test(title) || title.length < 6) continue;
    const folded = bigrams(foldForMatching(title));
    const announced = upTo(
      body[0]?.start ?? 0,
      zones.parts.length > 1 ? (zones.enclosures[0]?.span.start ?? 0) : (body.at(-1)?.end ?? 0),
    );
    const named = [...announced.values()].some((name) => similar(name, folded));
    const next = paragraphs[at + count];
    const goesOn =
      next !== undefined &&
      (endsSentence(paragraphText(flow, next)) ||
        sectionMarker(paragraphText(flow, next)) !== undefined ||
        paragraphText(flow, next).length > 40 ||
        /^[（(].*[）)]$/u.test(paragraphText(flow, next)));
    const shown =
      paragraph.heading !== null ||
      paragraph.align === 'center' ||
      zones.date !== null ||
      zones.printing !== null ||
      zones.disclosure !== null;
    if (goesOn && (named || ((printedAndSent || announced.size > 0) && shown) || (paragraph.heading === 1 && shown)))
      return count;
  }
  return 0;
}

const enclosureEnd = new RegExp(`(?:${enclosurePattern}|${documentTypePattern})(?:[（(][^（()）]{1,16}[）)])?$`, 'u');

type Bigrams = ReadonlySet<string>;
const bigrams = (text: string): Bigrams => new Set([...text].slice(0, -1).map((c, i) => c + text.charAt(i + 1)));

/** Two titles of one thing: the same but for the place, the year or a word such as 工作. */
function similar(a: Bigrams, b: Bigrams): boolean {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return (2 * shared) / Math.max(1, a.size + b.size) >= 0.7;
}
