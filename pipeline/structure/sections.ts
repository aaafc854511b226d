import type { Flow, ParsedSection, Passage, Span } from '../../models/index.ts';
import type { HeadingMarker } from '../../models/text/markers.ts';
import { depths, sectionMarkers } from './numbering.ts';

/** A title is no longer than this; what is longer before its first stop is a sentence. */
const TITLE_LENGTH = 60;
/** A title that ends at a colon and runs into its text (药品零售环节：…). */
const COLON_TITLE_LENGTH = 24;

interface Draft {
  readonly marker: HeadingMarker;
  readonly path: string;
  readonly title: Span | null;
  readonly start: number;
  end: number;
  readonly paragraphs: Span[];
  readonly children: Draft[];
}

/** The title within a numbered paragraph: all of it, the part before the first stop, or none. */
function titleSpan(text: string, start: number, marker: HeadingMarker): Span | null {
  // 开展排查（牵头单位：…；完成时限：…）: who and by when is no part of the title.
  const units = /[（(](?:牵头|责任|配合|主办|落实|实施|完成)[^（()）：:]{0,6}[：:].*[）)][。；]?$/u.exec(
    text.slice(marker.end),
  );
  const rest = units && units.index >= 2 ? text.slice(marker.end, marker.end + units.index) : text.slice(marker.end);
  const whole = rest.replace(/[。：:；]$/u, '');
  const body = { start: start + marker.end, end: start + marker.end + whole.length };
  if (!/[。；：:]/u.test(whole)) {
    // A whole sentence with its own verb and commas is text, unless nothing but it could be the title.
    const sentence = /[。；]$/u.test(rest) && whole.length > 36;
    return whole.length <= TITLE_LENGTH && !sentence ? body : null;
  }
  const stop = /[。]/u.exec(rest)?.index ?? -1;
  const colon = /[：:]/u.exec(rest)?.index ?? -1;
  if (colon > 0 && colon <= COLON_TITLE_LENGTH && (stop < 0 || colon < stop)) {
    return { start: body.start, end: body.start + colon };
  }
  const first = rest.slice(0, stop);
  if (stop <= 0 || stop > TITLE_LENGTH - 12) return null;
  if (/[（(][^）)]*$/u.test(first) || (marker.level >= 3 && stop > 30)) return null;
  return { start: body.start, end: body.start + stop };
}

/** 第一章 总则 in a table of contents: the same heading follows with its text. */
function withoutContents(flow: Flow, roots: readonly Draft[]): Draft[] {
  const words = ({ start, end }: Span) => flow.text.slice(start, end).replace(/\s/gu, '');
  const last = new Map(roots.map((root, index) => [root.title ? words(root.title) + root.path : index, index]));
  return roots.filter(
    (root, index) =>
      root.children.length > 0 ||
      root.paragraphs.length > 0 ||
      root.title === null ||
      last.get(words(root.title) + root.path) === index,
  );
}

/**
 * Makes the tree of headings (层次, GB/T 9704-2012, 7.3.3) of paragraphs in order. Levels are those of the printed markers; a
 * skipped level stays skipped. Returns the tree and, for each paragraph, the section that it belongs to.
 */
export function buildSections(
  flow: Flow,
  paragraphs: readonly Span[],
  zone: Passage['zone'],
): { readonly sections: readonly ParsedSection[]; readonly passages: readonly Passage[] } {
  const roots: Draft[] = [];
  const open: Draft[] = [];
  const passages: Passage[] = [];
  const texts = paragraphs.map(({ start, end }) => flow.text.slice(start, end));
  const markers = sectionMarkers(texts);
  const depth = depths(markers);
  for (const [i, { start, end }] of paragraphs.entries()) {
    const text = texts[i]!;
    const marker = markers[i];
    if (marker) {
      while (open.length > 0 && depth((open.at(-1) as Draft).marker) >= depth(marker)) open.pop();
      const parent = open.at(-1);
      const title = titleSpan(text, start, marker);
      const bodyStart = title ? skipStop(flow.text, title.end, end) : start + marker.end;
      const key = marker.number.replace(/[、()（）〔〕\s:：,，)]|[.．](?!\d)/gu, '');
      const draft: Draft = {
        marker,
        path: parent ? `${parent.path}/${key}` : key,
        title,
        start,
        end,
        paragraphs: bodyStart < end ? [{ start: bodyStart, end }] : [],
        children: [],
      };
      (parent ? parent.children : roots).push(draft);
      open.push(draft);
    } else open.at(-1)?.paragraphs.push({ start, end });
    for (const section of open) section.end = end;
    passages.push({ start, end, zone, section: (open.at(-1) as ParsedSection | undefined) ?? null });
  }
  return { sections: withoutContents(flow, roots), passages };
}

function skipStop(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /[。：:；\s]/u.test(text.charAt(at))) at++;
  return at;
}
