import { z } from 'zod';

/**
 * A notice as its author conceives it, before any layout: what the generator renders as TXT, DOCX, PDF, OFD, HTML and
 * scans. Texts are as they are to be printed. The elements stand in the order of GB/T 9704-2012.
 */

const text = z.string().min(1);

/** Cells of a table that leave a gap, overlap or stand outside the grid, in words; empty when they tile it. */
function tilingFaults(table: {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly cells: readonly { row: number; column: number; rowSpan: number; columnSpan: number }[];
}): string[] {
  const taken = new Set<string>();
  const faults: string[] = [];
  for (const cell of table.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        const place = `${row},${column}`;
        if (row >= table.rowCount || column >= table.columnCount) faults.push(`${place} is outside the grid`);
        if (taken.has(place)) faults.push(`${place} is taken twice`);
        taken.add(place);
      }
    }
  }
  for (let row = 0; row < table.rowCount; row++) {
    for (let column = 0; column < table.columnCount; column++) {
      if (!taken.has(`${row},${column}`)) faults.push(`${row},${column} is not taken`);
    }
  }
  return faults;
}

/** A ruled table; cells tile the whole grid. */
export const SpecTable = z
  .strictObject({
    type: z.literal('table'),
    /** Lines between the title and the grid: 填报单位：… */
    caption: z.array(text).readonly(),
    rowCount: z.int().min(1),
    columnCount: z.int().min(1),
    headerRows: z.int().min(0),
    stubColumns: z.int().min(0),
    cells: z
      .array(
        z
          .strictObject({
            row: z.int().min(0),
            column: z.int().min(0),
            rowSpan: z.int().min(1),
            columnSpan: z.int().min(1),
            text: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    notes: z.array(text).readonly(),
  })
  .superRefine((table, context) => {
    for (const fault of tilingFaults(table)) context.addIssue({ code: 'custom', path: ['cells'], message: fault });
  })
  .readonly();
export type SpecTable = z.infer<typeof SpecTable>;

export const SpecBlock = z.union([
  z.strictObject({ type: z.literal('paragraph'), text }).readonly(),
  /** A numbered heading; `runIn` is the text that goes on in the same paragraph. */
  z
    .strictObject({
      type: z.literal('heading'),
      level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
      number: text,
      text,
      runIn: text.nullable(),
    })
    .readonly(),
  /** Short lines as they stand: 联系人：…, lists of persons. */
  z.strictObject({ type: z.literal('lines'), lines: z.array(text).readonly() }).readonly(),
  SpecTable,
]);
export type SpecBlock = z.infer<typeof SpecBlock>;

export const SpecPart = z
  .strictObject({
    /** 附件1 as printed; null for an enclosure without label. */
    label: text.nullable(),
    title: z.array(text).readonly(),
    blocks: z.array(SpecBlock).readonly(),
  })
  .readonly();
export type SpecPart = z.infer<typeof SpecPart>;

export const NoticeSpec = z.strictObject({
  /** Name of the folder; lower case, hyphens. The notice inside another one has the same id with a suffix. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** 份号, 密级和保密期限, 紧急程度: printed at the upper left. */
  copyNumber: text.nullable(),
  securityLevel: text.nullable(),
  urgency: text.nullable(),
  /** 发文机关标志: the bodies (several: 联合行文) and whether 文件 follows. null: a page without letterhead. */
  letterhead: z
    .strictObject({ bodies: z.array(text).min(1).readonly(), withSuffix: z.boolean() })
    .readonly()
    .nullable(),
  documentNumber: text.nullable(),
  /** 签发人 */
  signer: text.nullable(),
  /** One entry per printed line. */
  title: z.array(text).min(1).readonly(),
  /** 主送机关 as printed, with its colon; null for 公告, 通告. */
  recipients: text.nullable(),
  body: z.array(SpecBlock).readonly(),
  /** 附件说明: the titles in order; numbered when there are several. */
  attachmentNote: z.array(text).readonly(),
  /** 发文机关署名; each gets a seal when sealed. */
  signatories: z.array(text).readonly(),
  sealed: z.boolean(),
  /** 成文日期 as printed. */
  date: text.nullable(),
  /** 附注: （此件公开发布）, （联系人：…） */
  notes: z.array(text).readonly(),
  /** Plans, measures, key points that the notice encloses, before the attachments. */
  enclosures: z.array(SpecPart).readonly(),
  attachments: z.array(SpecPart).readonly(),
  /** 版记 */
  imprint: z
    .strictObject({ copyTo: text.nullable(), printedBy: text.nullable(), printedOn: text.nullable() })
    .readonly()
    .nullable(),
  /** The notice that this one passes on, printed after it. */
  get forwarded(): z.ZodNullable<typeof NoticeSpec> {
    return NoticeSpec.nullable();
  },
});
export type NoticeSpec = z.infer<typeof NoticeSpec>;
