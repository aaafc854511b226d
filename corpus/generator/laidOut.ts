import type { Box } from '../../models/index.ts';

/**
 * A notice laid out: every printed character, rule, cell and seal at its place. The makers of PDF and OFD draw exactly
 * this, so it is also the truth that evidence boxes are checked against. Points, origin top left, y down.
 */
export interface LaidOutPage {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** In reading order. Lines of table cells are among them (`element: 'cell'`). */
  readonly lines: readonly LaidOutLine[];
  readonly rules: readonly LaidOutRule[];
  readonly seals: readonly LaidOutSeal[];
  /** The parts of tables that stand on this page. */
  readonly tables: readonly LaidOutTablePart[];
}

export type LaidOutElement =
  | 'copyNumber'
  | 'securityLevel'
  | 'urgency'
  | 'letterhead'
  | 'documentNumber'
  | 'signer'
  | 'title'
  | 'recipients'
  | 'body'
  | 'attachmentNote'
  | 'signatory'
  | 'date'
  | 'note'
  | 'attachmentLabel'
  | 'caption'
  | 'cell'
  | 'tableNote'
  | 'imprint'
  | 'pageNumber';

export interface LaidOutLine {
  readonly element: LaidOutElement;
  readonly text: string;
  /** text.length + 1 positions; code unit i stands between edges[i] and edges[i + 1]. */
  readonly edges: readonly number[];
  readonly baseline: number;
  /** Font size in points. */
  readonly size: number;
  /** Points between characters on top of their advances (even over the line; may be negative). */
  readonly spacing: number;
  readonly color: 'black' | 'red';
  /** Pieces of the text in one weight, in order, covering all of it. */
  readonly runs: readonly { readonly start: number; readonly end: number; readonly bold: boolean }[];
  /** Number of the paragraph in the document; lines of one paragraph share it. */
  readonly paragraph: number;
  /** The characters' em boxes: 0.88 em above the baseline, 0.12 em below. */
  readonly box: Box;
}

export interface LaidOutRule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Line width in points; the rule lies centred on its coordinates. */
  readonly width: number;
  readonly color: 'black' | 'red';
}

/** A round seal: ring, star, and the name on the ring from the lower left clockwise. */
export interface LaidOutSeal {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly text: string;
}

export interface LaidOutTablePart {
  /** Number of the table in the document, from 0. */
  readonly table: number;
  readonly columnEdges: readonly number[];
  /** Edges of the printed rows. */
  readonly rowEdges: readonly number[];
  /** Which rows of the table are printed here, in order; a repeated header shows as rows that stood before. */
  readonly rows: readonly number[];
  /** The cells as they stand here, rows counted within this part; a merged cell that is cut stands in both parts, its
   *  text in the first. */
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly rowSpan: number;
    readonly columnSpan: number;
    readonly text: string;
    readonly box: Box;
  }[];
}
