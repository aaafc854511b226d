import type { Flow, Paragraph } from '../../models/index.ts';
import { documentTypePattern, enclosurePattern, endsSentence } from '../../models/text/lines.ts';
import { chapterMarker } from '../../models/text/markers.ts';
import { foldForMatching, withoutLayoutSpaces } from '../../models/text/normalize.ts';
import { type Head, paragraphText } from './heads.ts';
import { sectionMarker } from './numbering.ts';
import type { Zones } from './zones.ts';

/** Plans printed and sent out with a notice: their titles are those that the cover names. */

/** Titles that the cover names (《…实施方案》), found as the walk goes on. */
interface Announced {
  readonly printedAndSent: boolean;
  /** Names read up to here, those of the cover from `from` to `to` included. */
  readonly upTo: (from: number, to: number) => ReadonlyMap<string, Bigrams>;
}

/** A cover names a few titles; a text that names more has them in its body. */
const ANNOUNCED = 100;

/** The titles that the head and, as the walk goes on, the body of a cover name. */
export function announcedTitles(flow: Flow, head: Head | undefined): Announced {
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
export function enclosureTitle(
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
        chapterMarker(paragraphText(flow, next)) !== undefined ||
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
