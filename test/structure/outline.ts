import type { ParsedNotice, ParsedSection, Span } from '../../models/index.ts';
import { parseNotices } from '../../pipeline/structure/parseNotices.ts';
import { flowOf } from '../layout/flowOf.ts';

/** What structure says of a text, by its words instead of their places; what a notice lacks is left out. */
export async function structureOf(input: string): Promise<Record<string, unknown>[]> {
  const flow = await flowOf(input);
  const words = ({ start, end }: Span): string => flow.text.slice(start, end);
  const section = ({ marker, title, paragraphs, children }: ParsedSection): Record<string, unknown> =>
    present({
      number: marker.number,
      level: marker.level,
      title: title && words(title),
      paragraphs: paragraphs.map(words),
      children: children.map(section),
    });
  const one = (notice: ParsedNotice): Record<string, unknown> =>
    present({
      forwards: notice.forwards,
      letterhead: notice.letterhead.map(words),
      documentNumber: notice.documentNumber && words(notice.documentNumber),
      copyNumber: notice.copyNumber && words(notice.copyNumber),
      securityLevel: notice.securityLevel && words(notice.securityLevel),
      urgency: notice.urgency && words(notice.urgency),
      signer: notice.signer && words(notice.signer),
      title: notice.title?.value ?? null,
      type: notice.title?.type ?? null,
      recipients: notice.recipients && words(notice.recipients),
      opening: notice.passages.filter((passage) => passage.section === null).map(words),
      sections: notice.sections.map(section),
      tables: notice.tables.map(words),
      attachmentNote: notice.attachmentNote.map(({ number, title }) => `${number ?? '-'} ${title}`),
      enclosures: notice.enclosures.map(({ title }) => title),
      attachments: notice.attachments.map((attachment) =>
        present({
          number: attachment.number,
          title: attachment.title?.value ?? null,
          paragraphs: attachment.paragraphs.map(words),
          tables: attachment.tables.map(({ table, before, after }) =>
            present({ table: words(table), before: before.map(words), after: after.map(words) }),
          ),
        }),
      ),
      signatories: notice.signatories.map(words),
      date: notice.date && words(notice.date),
      disclosure: notice.disclosure && words(notice.disclosure),
      notes: notice.notes.map(words),
      copyRecipients: notice.copyRecipients && words(notice.copyRecipients),
      printing: notice.printing && words(notice.printing),
      metadata: notice.metadata.map(({ name, span }) => `${name}=${words(span)}`),
      seals: notice.seals,
    });
  return parseNotices(flow).map(one);
}

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
