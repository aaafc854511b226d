import type { Flow, ParsedSection, Passage, Span } from '../../models/index.ts';
import { chapterMarker, decimalMarker, type HeadingMarker, headingMarker } from '../../models/text/markers.ts';
import { parseNumeral } from '../../models/text/numerals.ts';

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

/** 二、三级医院: an enumeration, which counts up; 三、三类单位的划分 is the heading 三、. */
function enumerates(text: string): boolean {
  const match = /^([一二三四五六七八九])、([一二三四五六七八九十]{1,2})(?:级|类|等|期|线|季度|批|者|[甲乙丙])/u.exec(
    text,
  );
  return match !== null && (parseNumeral(match[2] as string) ?? 0) > (parseNumeral(match[1] as string) ?? 0);
}

/** The heading marker of a paragraph, where it is one. */
export function sectionMarker(text: string): HeadingMarker | undefined {
  return enumerates(text) ? undefined : headingMarker(text);
}

/**
 * The markers of paragraphs in order. Decimals (1.1) count where those before them are there, chapters (1 总则) where
 * decimals follow.
 */
function sectionMarkers(texts: readonly string[]): (HeadingMarker | undefined)[] {
  const decimals = new Set<string>();
  const markers = texts.map((text) => {
    // 2.6月底前完成…: the item 2. and a month.
    const plain = sectionMarker(text);
    const marker = plain === undefined || plain.manner === '1.1' ? decimalMarker(text) : undefined;
    if (marker === undefined) return plain;
    const before = marker.number.replace(/\d+$/u, String(marker.value - 1));
    if (marker.value > 1 && !decimals.has(before)) return undefined;
    decimals.add(marker.number);
    return marker;
  });
  if (decimals.size === 0) return markers;
  return markers.map((marker, i) => {
    const chapter = chapterMarker(texts[i]!);
    return chapter && decimals.has(`${chapter.value}.1`) ? chapter : marker;
  });
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

/**
 * How deep a marker stands. In rules (章, 条) the items of an article are 一、 or （一） and stand below it, whatever they are
 * elsewhere; a paper that begins with 一、 has its articles below that.
 */
function depths(markers: readonly (HeadingMarker | undefined)[]): (marker: HeadingMarker) => number {
  const first = markers.find((marker) => marker !== undefined && /^(?:第|一、|（一）)/u.test(marker.manner));
  if (!first?.manner.startsWith('第')) return ({ rank }) => rank;
  return ({ rank, manner }) => (/^(?:第|1$|1\.1)/u.test(manner) ? rank : rank + 3);
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
