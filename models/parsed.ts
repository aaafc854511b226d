import type { FlowTable, Span } from './flow.ts';
import type { HeadingMarker } from './text/markers.ts';

/**
 * A notice taken apart by GB/T 9704-2012: which range of the text is which element. What structure hands to the extractors;
 * ranges point into `Flow.text`.
 */
export interface ParsedNotice {
  readonly id: string;
  /** Id of the notice that this one passes on. */
  readonly forwards: string | null;
  readonly span: Span;
  /** 版头: everything before the title. */
  readonly header: readonly Span[];
  /** 发文机关标志: one entry per body, 文件 left out. */
  readonly letterhead: readonly Span[];
  /** The line or the words that hold the number. */
  readonly documentNumber: Span | null;
  readonly copyNumber: Span | null;
  readonly securityLevel: Span | null;
  readonly urgency: Span | null;
  readonly signer: Span | null;
  /** 标题: its printed lines, and its type. */
  readonly title: { readonly spans: readonly Span[]; readonly value: string; readonly type: string | null } | null;
  readonly recipients: Span | null;
  /** Body and enclosures in order, heading by heading. */
  readonly passages: readonly Passage[];
  readonly sections: readonly ParsedSection[];
  /** 附件说明: one entry per attachment named. */
  readonly attachmentNote: readonly { readonly number: number | null; readonly span: Span; readonly title: string }[];
  readonly enclosures: readonly { readonly title: string; readonly span: Span }[];
  readonly attachments: readonly ParsedAttachment[];
  /** Tables of the body and the enclosures. */
  readonly tables: readonly FlowTable[];
  readonly signatories: readonly Span[];
  /** 成文日期: the words of the date. */
  readonly date: Span | null;
  readonly disclosure: Span | null;
  readonly notes: readonly Span[];
  readonly copyRecipients: Span | null;
  readonly printing: Span | null;
  /** Rows of a web page's table of metadata: 索引号, 发文机关, 成文日期. */
  readonly metadata: readonly { readonly name: string; readonly span: Span }[];
  /** Names around seals, where a reader or a converter gave them. */
  readonly seals: readonly string[];
}

/** One paragraph of the body. */
export interface Passage extends Span {
  readonly zone: 'body' | 'enclosure';
  readonly section: ParsedSection | null;
}

export interface ParsedSection extends Span {
  readonly marker: HeadingMarker;
  /** 三/1 */
  readonly path: string;
  readonly title: Span | null;
  /** Paragraphs of its own, without the title and without those of its children. */
  readonly paragraphs: readonly Span[];
  readonly children: readonly ParsedSection[];
}

export interface ParsedAttachment {
  readonly number: number | null;
  /** The printed head: 附件1 */
  readonly head: Span;
  readonly title: { readonly value: string; readonly span: Span } | null;
  readonly paragraphs: readonly Span[];
  readonly tables: readonly {
    readonly table: FlowTable;
    /** Lines between the title and the table, or the lines before it. */
    readonly before: readonly Span[];
    readonly after: readonly Span[];
  }[];
}
