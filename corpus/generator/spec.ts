/**
 * A notice as its author conceives it, before any layout: what the generator renders as TXT, DOCX, PDF, OFD, HTML and
 * scans. Texts are as they are to be printed. The elements stand in the order of GB/T 9704-2012.
 */
export interface NoticeSpec {
  readonly id: string;
  /** 份号, 密级和保密期限, 紧急程度: printed at the upper left. */
  readonly copyNumber: string | null;
  readonly securityLevel: string | null;
  readonly urgency: string | null;
  /** 发文机关标志: the bodies (several: 联合行文) and whether 文件 follows. null: a page without letterhead. */
  readonly letterhead: { readonly bodies: readonly string[]; readonly withSuffix: boolean } | null;
  readonly documentNumber: string | null;
  /** 签发人 */
  readonly signer: string | null;
  /** One entry per printed line. */
  readonly title: readonly string[];
  /** 主送机关 as printed, with its colon; null for 公告, 通告. */
  readonly recipients: string | null;
  readonly body: readonly SpecBlock[];
  /** 附件说明: the titles in order; numbered when there are several. */
  readonly attachmentNote: readonly string[];
  /** 发文机关署名; each gets a seal when sealed. */
  readonly signatories: readonly string[];
  readonly sealed: boolean;
  /** 成文日期 as printed. */
  readonly date: string | null;
  /** 附注: （此件公开发布）, （联系人：…） */
  readonly notes: readonly string[];
  /** Plans, measures, key points that the notice encloses, before the attachments. */
  readonly enclosures: readonly SpecPart[];
  readonly attachments: readonly SpecPart[];
  /** 版记 */
  readonly imprint: {
    readonly copyTo: string | null;
    readonly printedBy: string | null;
    readonly printedOn: string | null;
  } | null;
  /** The notice that this one passes on, printed after it. */
  readonly forwarded: NoticeSpec | null;
}

export interface SpecPart {
  /** 附件1 as printed; null for an enclosure without label. */
  readonly label: string | null;
  readonly title: readonly string[];
  readonly blocks: readonly SpecBlock[];
}

export type SpecBlock =
  | { readonly type: 'paragraph'; readonly text: string }
  /** A numbered heading; `runIn` is the text that goes on in the same paragraph. */
  | {
      readonly type: 'heading';
      readonly level: 1 | 2 | 3 | 4;
      readonly number: string;
      readonly text: string;
      readonly runIn: string | null;
    }
  /** Short lines as they stand: 联系人：…, lists of persons. */
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | SpecTable;

/** A ruled table; cells tile the whole grid. */
export interface SpecTable {
  readonly type: 'table';
  readonly caption: readonly string[];
  readonly rowCount: number;
  readonly columnCount: number;
  readonly headerRows: number;
  readonly stubColumns: number;
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly rowSpan: number;
    readonly columnSpan: number;
    readonly text: string;
  }[];
  readonly notes: readonly string[];
}
