import { advances } from './fontMetrics.ts';

export interface BrokenLine {
  readonly start: number;
  readonly end: number;
  /** Advances of the code units in ems. */
  readonly advances: readonly number[];
  /** true: the paragraph goes on in the next line. */
  readonly wraps: boolean;
}

/** Characters that must not begin or end a line. */
const noStart = /[，。、；：？！）》〉】〕』」’”％…—·,.;:?!)%\]]/;
const noEnd = /[（《〈【〔『「‘“([]/;

/**
 * Breaks a paragraph into lines no wider than `width` ems (the first `firstWidth`). Words and numbers in Latin
 * characters stay whole, punctuation does not begin a line (the character before goes down with it).
 * `boldUntil`: the first so many code units are bold.
 */
export function breakLines(
  text: string,
  width: number,
  options: { firstWidth?: number; boldUntil?: number; spacing?: number } = {},
): BrokenLine[] {
  const boldUntil = options.boldUntil ?? 0;
  const spacing = options.spacing ?? 0;
  const widths = [...advances(text.slice(0, boldUntil), true), ...advances(text.slice(boldUntil), false)];
  const lines: BrokenLine[] = [];
  let start = 0;
  while (start < text.length) {
    const limit = lines.length === 0 ? (options.firstWidth ?? width) : width;
    let end = start;
    let used = 0;
    while (end < text.length && used + widths[end]! + spacing <= limit + 1e-6) used += widths[end++]! + spacing;
    if (end < text.length) end = breakBefore(text, start, Math.max(end, start + 1));
    const line = { start, end, advances: widths.slice(start, end), wraps: end < text.length };
    lines.push(line);
    start = end;
  }
  return lines;
}

function breakBefore(text: string, start: number, limit: number): number {
  for (let end = limit; end > start + 1; end--) {
    const [before, after] = [text[end - 1]!, text[end]!];
    if (noStart.test(after) || noEnd.test(before)) continue;
    if (/[\udc00-\udfff]/.test(after)) continue;
    if (/[\w@.]/.test(before) && /[\w@.]/.test(after) && limit - end < 24) continue;
    return end;
  }
  return limit;
}
