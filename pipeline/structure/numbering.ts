import { chapterMarker, decimalMarker, type HeadingMarker, headingMarker } from '../../models/text/markers.ts';
import { parseNumeral } from '../../models/text/numerals.ts';

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
 * The markers of paragraphs in order. A decimal (1.1) counts where it goes on from one before it, or begins a row; a line
 * 1 总则 is a chapter where 1.1 is the next marker. Behind 一、 or （一） decimals are the parts of an item 1.
 */
export function sectionMarkers(texts: readonly string[]): (HeadingMarker | undefined)[] {
  const markers = texts.map(sectionMarker);
  // 2.6月底前完成…: the item 2. and a month.
  const decimals = texts.map((text, i) =>
    markers[i] === undefined || markers[i].manner === '1.1' ? decimalMarker(text) : undefined,
  );
  const printed = new Set(decimals.flatMap((marker) => (marker ? [marker.number] : [])));
  if (printed.size === 0) return markers;
  const first = decimals.findIndex((marker) => marker !== undefined);
  const isNested = markers.slice(0, first).some((marker) => marker && /^[一（]/u.test(marker.manner));
  const accepted = new Set<string>();
  let above: { readonly at: number; readonly marker: HeadingMarker } | undefined;
  let chapters = 0;
  for (const [i, text] of texts.entries()) {
    const marker = decimals[i];
    if (marker === undefined) {
      const chapter = isNested ? undefined : chapterMarker(text);
      // 7 附则: a chapter without parts.
      if (chapter && chapters > 0 && chapter.value === chapters + 1 && /^\d+$/u.test(chapter.number)) {
        markers[i] = chapter;
        chapters++;
      }
      if (chapter) above = { at: i, marker: chapter };
      else if (markers[i]) above = undefined;
      continue;
    }
    const parent = marker.number.replace(/\.\d+$/u, '');
    const isBelow = above !== undefined && String(above.marker.value) === parent;
    const isAmount = markers[i] === undefined;
    const begins =
      !isAmount && (isBelow || accepted.has(parent) || printed.has(`${parent}.2`) || printed.has(`${marker.number}.1`));
    if (marker.value > 1 ? !accepted.has(`${parent}.${marker.value - 1}`) : !begins) {
      markers[i] = undefined;
      continue;
    }
    accepted.add(marker.number);
    markers[i] = isNested ? { ...marker, rank: 3 + (marker.level - 1) / 5 } : marker;
    if (isBelow && above) {
      markers[above.at] = above.marker;
      chapters = above.marker.value;
    }
    above = undefined;
  }
  return markers;
}

/**
 * How deep a marker stands. In rules (章, 条) the items of an article are 一、 or （一） and stand below it, whatever they are
 * elsewhere; a paper that begins with 一、 has its articles below that.
 */
export function depths(markers: readonly (HeadingMarker | undefined)[]): (marker: HeadingMarker) => number {
  const first = markers.find((marker) => marker !== undefined && /^(?:第|一、|（一）)/u.test(marker.manner));
  if (!first?.manner.startsWith('第')) return ({ rank }) => rank;
  return ({ rank, manner }) => (manner.startsWith('第') || (rank > 1 && rank < 2) ? rank : rank + 3);
}
