import type { Flow, Paragraph } from '../../models/index.ts';
import { attachmentHeadAt } from './attachments.ts';
import { type FootElement, footElement } from './foot.ts';
import type { Zones } from './zones.ts';

/** The foot of a notice as it is walked down: its elements taken into the zones. */

/** Reads an element of the foot that begins at this paragraph; how many paragraphs it takes, 0: none. */
export function readFoot(flow: Flow, paragraphs: readonly Paragraph[], at: number, zones: Zones): number {
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
      // 抄报： above 抄送：, as papers had it before 2012: both get a copy.
      zones.copyRecipients = zones.copyRecipients
        ? { start: zones.copyRecipients.start, end: element.span.end }
        : element.span;
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
  let lines = 1;
  for (let index = at + 1; index < Math.min(at + 12, paragraphs.length); index++) {
    const element = footElement(flow, paragraphs[index] as Paragraph);
    if (element?.kind === 'signatory') {
      spans.push(...element.spans);
      lines++;
    } else if (element?.kind === 'date' && zones.date === null) {
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
  const after = paragraphs[at + lines];
  if (
    zones.signatories.length === 0 &&
    (!after || attachmentHeadAt(flow, after) !== undefined || footElement(flow, after) !== undefined)
  ) {
    zones.signatories.push(...spans);
    return lines;
  }
  return 0;
}
