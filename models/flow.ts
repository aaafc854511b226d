import type { Box, Evidence } from './evidence.ts';
import type { Diagnostic } from './finding.ts';
import type { LineRole } from './layout.ts';

/**
 * A document as one normalised text: what the layout stage makes of the pages, and what structure and extractors read.
 * Offsets are UTF-16 units into `text`, end exclusive.
 */
export interface Flow {
  readonly text: string;
  readonly blocks: readonly FlowBlock[];
  /** Which printed characters the text consists of: sorted, not overlapping, line breaks and tabs between them left out. */
  readonly segments: readonly FlowSegment[];
  readonly lines: readonly FlowLine[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface FlowSegment {
  readonly start: number;
  readonly end: number;
  /** Index into `Flow.lines`. */
  readonly line: number;
  /** Position in the printed line of the first character. */
  readonly from: number;
}

/** What is left of a printed line for locating. */
export interface FlowLine {
  readonly page: number;
  readonly box: Box | null;
  readonly edges: readonly number[] | null;
  readonly length: number;
  readonly confidence: number;
  /** For each position, where they differ. */
  readonly sureness?: readonly number[];
}

export type FlowBlock = Paragraph | FlowTable | FlowMark;

/** A paragraph of prose, or a short line that stands alone. */
export interface Paragraph {
  readonly type: 'paragraph';
  readonly start: number;
  readonly end: number;
  readonly page: number;
  /** Stated by the source, 1-based. */
  readonly heading: number | null;
  readonly align: 'left' | 'center' | 'right' | null;
  readonly color: 'black' | 'red' | 'other' | null;
  readonly fontSize: number | null;
  readonly bold: boolean | null;
  readonly indent: number;
  readonly role: LineRole | null;
}

export interface FlowCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly start: number;
  readonly end: number;
}

/** Rows stand in the text one a line, cells parted by tabs. */
export interface FlowTable {
  readonly type: 'table';
  readonly start: number;
  readonly end: number;
  readonly page: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly spansKnown: boolean;
  readonly continues: boolean;
  readonly cells: readonly FlowCell[];
}

/** Something that is no text: a seal, a picture, a separator rule, the start of a page. `start === end`. */
export interface FlowMark {
  readonly type: 'seal' | 'picture' | 'rule' | 'page';
  readonly start: number;
  readonly end: number;
  readonly page: number;
  readonly text: string | null;
  readonly color: 'black' | 'red' | 'other' | null;
}

/** A half-open range of `Flow.text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The first segment that ends after `offset`. */
function firstSegment(flow: Flow, offset: number): number {
  let low = 0;
  let high = flow.segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((flow.segments[middle] as FlowSegment).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The evidence for a range of the text: its words, page and boxes, one a printed line. `sure` is how sure the rule is;
 * it is multiplied by how well the worst character of the range was read.
 */
export function evidenceAt(flow: Flow, { start, end }: Span, sure = 1): Evidence {
  const boxes: Box[] = [];
  let page: number | undefined;
  let read = 1;
  let current = -1;
  let x0 = 0;
  let x1 = 0;
  const flush = () => {
    const line = flow.lines[current];
    if (line?.box) boxes.push([x0, line.box[1], x1, line.box[3]]);
  };
  for (let index = firstSegment(flow, start); index < flow.segments.length; index++) {
    const segment = flow.segments[index] as FlowSegment;
    if (segment.start >= end) break;
    const line = flow.lines[segment.line] as FlowLine;
    page ??= line.page;
    const from = segment.from + Math.max(0, start - segment.start);
    const to = segment.from + Math.min(segment.end, end) - segment.start;
    read = Math.min(read, line.sureness ? Math.min(1, ...line.sureness.slice(from, to)) : line.confidence);
    if (!line.box) continue;
    const edge = (position: number): number =>
      line.edges?.[position] ?? lerp(line.box as Box, position / Math.max(1, line.length));
    const left = Math.min(edge(from), edge(to));
    const right = Math.max(edge(from), edge(to));
    if (segment.line === current) {
      x0 = Math.min(x0, left);
      x1 = Math.max(x1, right);
    } else {
      flush();
      current = segment.line;
      x0 = left;
      x1 = right;
    }
  }
  flush();
  const located = flow.segments[Math.min(firstSegment(flow, start), flow.segments.length - 1)];
  return {
    page: page ?? (located ? (flow.lines[located.line] as FlowLine).page : 1),
    start,
    end,
    quote: flow.text.slice(start, end),
    ...(boxes.length > 0 ? { boxes } : {}),
    confidence: Math.round(sure * read * 1000) / 1000,
  };
}

const lerp = (box: Box, share: number): number => box[0] + (box[2] - box[0]) * share;

/** A range without the white space at its ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text.charAt(from))) from++;
  while (to > from && /\s/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}
