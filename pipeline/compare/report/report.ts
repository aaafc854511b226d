import type { TextEdit } from '../../../models/comparison.ts';

/** A report before its format: what the workbook, the document and the page all show. */
export interface Report {
  readonly title: string;
  /** Lines under the title. */
  readonly lines: readonly string[];
  readonly tables: readonly ReportTable[];
}

export interface ReportTable {
  /** Also the name of the sheet, so at most 31 characters. */
  readonly name: string;
  readonly note: string | null;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** Leading columns that stay in sight. */
  readonly frozenColumns: number;
  /** false: too wide or long for a page; shown in the workbook and the page only. */
  readonly onPaper: boolean;
}

export interface ReportColumn {
  readonly header: string;
  /** In characters of half width. */
  readonly width: number;
}

/** A colour never stands alone: the cell's text says the same in words. */
export type Tone = 'kept' | 'modified' | 'weakened' | 'dropped' | 'none' | 'added' | 'late';

export interface ReportCell {
  readonly text: string;
  readonly tone?: Tone;
  readonly number?: number;
  /** Shown as a percentage. */
  readonly share?: number;
  /** The words changed, for formats that can show them: of the left side its deletions, of the right its insertions. */
  readonly edits?: readonly TextEdit[];
  readonly side?: 'left' | 'right';
  /** What stands before the text that `edits` are of: whom and what governs it. */
  readonly lead?: string;
}

/** Background of each tone, RGB. */
export const toneColors: Readonly<Record<Tone, string>> = {
  kept: 'C6EFCE',
  modified: 'FFEB9C',
  weakened: 'F8CBAD',
  dropped: 'FFC7CE',
  none: 'E7E6E6',
  added: 'DDEBF7',
  late: 'FFC7CE',
};

export const cell = (text: string | null | undefined, tone?: Tone): ReportCell =>
  tone === undefined ? { text: text ?? '' } : { text: text ?? '', tone };

/** The pieces of a changed text that one side shows, each with whether it changed. */
export function sidePieces({
  text,
  edits,
  side,
  lead,
}: ReportCell): { readonly text: string; readonly changed: boolean }[] {
  if (edits === undefined || side === undefined) return [{ text, changed: false }];
  const own = side === 'left' ? 'delete' : 'insert';
  const pieces = edits
    .filter((edit) => edit.op === 'equal' || edit.op === own)
    .map((edit) => ({ text: edit.text, changed: edit.op !== 'equal' }));
  return lead ? [{ text: lead, changed: false }, ...pieces] : pieces;
}
