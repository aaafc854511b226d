import type { Box, PageView } from '../../../../models/index.ts';

const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** Where words stand on a page, a box for each line that they are on; null where the page does not have them. */
export function locateQuote({ lines }: PageView, quote: string): readonly Box[] | null {
  const wanted = fold(quote);
  const texts = lines.map(({ text }) => fold(text));
  const from = wanted === '' ? -1 : texts.join('').indexOf(wanted);
  if (from < 0) return null;
  let at = 0;
  return lines.flatMap(({ box: [x0, y0, x1, y1] }, index): readonly Box[] => {
    const length = texts[index]?.length ?? 0;
    const first = Math.max(0, from - at);
    const last = Math.min(length, from + wanted.length - at);
    at += length;
    if (first >= last) return [];
    // Characters of a line are about equally long, also where it runs downwards.
    const between = (start: number, end: number, part: number) => start + ((end - start) * part) / length;
    return y1 - y0 > (x1 - x0) * 1.8 && length > 1
      ? [[x0, between(y0, y1, first), x1, between(y0, y1, last)]]
      : [[between(x0, x1, first), y0, between(x0, x1, last), y1]];
  });
}
