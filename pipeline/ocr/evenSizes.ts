import type { PlacedLine } from './readPage.ts';
import type { RecognizedPage } from './recognizePage.ts';

/** Sizes measured on lines of one size of type differ by less than this share. */
const spread = 0.07;
/** … and by less than this where a line has few characters to measure. */
const spreadOfShort = 0.14;
/** … and one whose height is that of brackets, tails and @ is taken for larger than it is, by as much as this. */
const mostReach = 0.27;
/** … and one of digits, which are lower than Chinese characters, for smaller by this. */
const leastOfDigits = 0.72;
const reachingMarks = /[()（）[\]〔〕@_|gjpqy]/;
/** Chinese characters from which a line's size is well measured: by their pitch, not by the height of ink. */
const enough = 8;

/**
 * Gives all lines of a document that are printed in one size of type the same size. What is measured strays by some
 * per cent from line to line, and paragraphs are told apart by size.
 */
export function evenSizes(pages: ReadonlyMap<number, RecognizedPage>): ReadonlyMap<number, RecognizedPage> {
  const lines = [...pages.values()].flatMap(({ parts }) => parts.flatMap((part) => part.lines));
  const sizes = sizesOfType(
    lines.filter((line) => line.color === 'black' && !line.stacked && hanCount(line) >= enough),
  );
  if (sizes.length === 0) return pages;
  const even = ([page, recognized]: [number, RecognizedPage]): [number, RecognizedPage] => {
    const parts = recognized.parts.map((part) => {
      let before: number | null = null;
      return {
        ...part,
        lines: part.lines.map((line) => {
          if (line.color === 'red') return line;
          const size = nearestSize(line, sizes, before);
          before = size;
          return size === null ? line : { ...line, size };
        }),
      };
    });
    return [page, { ...recognized, parts }];
  };
  return new Map([...pages].map(even));
}

const hanCount = (line: PlacedLine): number => line.characters.filter((c) => /\p{Script=Han}/u.test(c.text)).length;

/** The sizes of type in use, those with most characters first. */
function sizesOfType(lines: readonly PlacedLine[]): number[] {
  const sizes: number[] = [];
  let left = [...lines].sort((a, b) => a.size - b.size);
  while (left.length > 0) {
    const { first, end } = mostOfOneSize(left);
    const middle = left[first + ((end - first) >> 1)]!.size;
    sizes.push(middle);
    left = left.filter((l, i) => !(i >= first && i < end) && !isNear(l.size, middle));
  }
  return sizes;
}

const isNear = (size: number, other: number): boolean => Math.abs(size / other - 1) < spread;

/** Of lines of ascending size, those within the spread of one of them that have most characters together. */
function mostOfOneSize(lines: readonly PlacedLine[]): { readonly first: number; readonly end: number } {
  let best = { weight: -1, first: 0, end: 0 };
  let [first, end, weight] = [0, 0, 0];
  for (const { size } of lines) {
    for (; end < lines.length && (lines[end]!.size < size || isNear(lines[end]!.size, size)); end++)
      weight += lines[end]!.characters.length;
    for (; !isNear(lines[first]!.size, size); first++) weight -= lines[first]!.characters.length;
    if (weight > best.weight) best = { weight, first, end };
  }
  return best;
}

/** A short line between two sizes takes that of the line before it. */
function nearestSize(line: PlacedLine, sizes: readonly number[], before: number | null): number | null {
  const away = (size: number): number => Math.abs(line.size / size - 1);
  const isShort = hanCount(line) < enough;
  const most = isShort ? spreadOfShort : spread;
  if (isShort && before !== null) {
    const reaches = line.size > before && line.characters.some((c) => reachingMarks.test(c.text));
    const isLow = line.characters.every((c) => /[\d.,-]/.test(c.text)) && line.size > leastOfDigits * before;
    if (away(before) < (reaches ? mostReach : most) || (isLow && line.size < before)) return before;
  }
  const [nearest] = [...sizes].sort((a, b) => away(a) - away(b));
  return nearest !== undefined && away(nearest) < most ? nearest : null;
}
