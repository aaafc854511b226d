import type { Flow, ParsedNotice, Span } from '../models/index.ts';
import type { AgencyContext } from '../models/text/agencies.ts';

/** What every extractor of one notice may look at. */
export interface NoticeContext {
  readonly flow: Flow;
  readonly notice: ParsedNotice;
  readonly agencies: AgencyContext;
  /** 成文日期 (YYYY-MM-DD); null where the notice has none. */
  readonly issueDate: string | null;
}

export const textOf = (flow: Flow, { start, end }: Span): string => flow.text.slice(start, end);

/** The sentences of a range: parted at 。！？ and line ends, stops included. */
export function sentences(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (!/[。！？\n]/u.test(character)) continue;
    if (at > from) found.push({ start: from, end: at + 1 });
    from = at + 1;
  }
  if (from < end) found.push({ start: from, end });
  return found;
}
