import type { FocusItem } from '../../models/facts.ts';
import type { Notice, Section } from '../../models/notice.ts';

/** How much a notice says by itself; a cover that passes another one on says little. */
function contentOf(notice: Notice): number {
  const length = (sections: readonly Section[]): number =>
    sections.reduce((sum, section) => sum + section.text.length + length(section.children), 0);
  return (
    notice.focusItems.length * 40 +
    notice.deadlines.length * 20 +
    notice.targets.length * 20 +
    notice.attachments.reduce((sum, attachment) => sum + attachment.tables.length, 0) * 100 +
    length(notice.sections)
  );
}

/** The notice of a file that holds the content: the forwarded one where the cover only passes it on. */
export function contentNotice(notices: readonly Notice[]): Notice | undefined {
  let best: Notice | undefined;
  for (const notice of notices) if (best === undefined || contentOf(notice) > contentOf(best)) best = notice;
  return best;
}

/**
 * A notice with all that it passes on: what its recipients have to do. The cover keeps its own header (number, body,
 * date); items, deadlines, targets, contacts, sections and attachments of what it forwards, in the same file, follow
 * its own. A notice that forwards nothing is returned as it is.
 */
export function effectiveNotice(notice: Notice, notices: readonly Notice[]): Notice {
  const seen = new Set([notice.id]);
  let whole = notice;
  const inside = (id: string, items: readonly FocusItem[] = []) =>
    items.map((item) => ({ ...item, id: `${id}/${item.id}` }));
  for (let next = notice.forwards; next !== undefined; ) {
    const forwarded = notices.find((other) => other.id === next);
    if (forwarded === undefined || seen.has(forwarded.id)) break;
    seen.add(forwarded.id);
    whole = {
      ...whole,
      campaign: whole.campaign ?? forwarded.campaign,
      sections: [...whole.sections, ...forwarded.sections],
      focusItems: [...whole.focusItems, ...inside(forwarded.id, forwarded.focusItems)],
      duties: [...(whole.duties ?? []), ...inside(forwarded.id, forwarded.duties)],
      deadlines: [...whole.deadlines, ...forwarded.deadlines],
      targets: [...whole.targets, ...forwarded.targets],
      contacts: [...whole.contacts, ...forwarded.contacts],
      attachments: [...whole.attachments, ...forwarded.attachments],
    };
    next = forwarded.forwards;
  }
  return whole;
}
