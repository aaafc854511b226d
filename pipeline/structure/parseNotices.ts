import type { Flow, FlowBlock, Paragraph, ParsedNotice, ParsedSection, Passage, Span } from '../../models/index.ts';
import { withoutLayoutSpaces } from '../../models/text/normalize.ts';
import { attachmentHeadAt, readAttachments } from './attachments.ts';
import { parseHeader } from './header.ts';
import { findHeads, type Head } from './heads.ts';
import { buildSections } from './sections.ts';
import { readZones } from './zones.ts';

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
