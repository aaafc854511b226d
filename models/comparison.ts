import { z } from 'zod';
import { Contact, Deadline, FocusItem, Target } from './facts.ts';
import { Finding } from './finding.ts';
import { AdministrativeLevel, Region, Section } from './notice.ts';

export const ChangeKind = z.enum(['kept', 'modified', 'dropped', 'added']);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const ChangeEffect = z.enum([
  'moved',
  'split',
  'merged',
  'strengthened',
  'weakened',
  'number-changed',
  'date-earlier',
  'date-later',
  'scope-narrowed',
  'scope-widened',
  'out-of-remit',
]);
export type ChangeEffect = z.infer<typeof ChangeEffect>;

export const TextEdit = z
  .object({ op: z.enum(['equal', 'insert', 'delete']), text: z.string() })
  .readonly()
  .meta({ id: 'TextEdit', title: '文字改动' });
export type TextEdit = z.infer<typeof TextEdit>;

/** One change between left and right; several on one side when split or merged. */
const change = <T extends z.ZodType>(item: T) =>
  z
    .object({
      change: ChangeKind,
      effects: z.array(ChangeEffect).readonly(),
      left: z.array(item).readonly(),
      right: z.array(item).readonly(),
      nearest: z.object({ item, similarity: z.number() }).readonly().optional(),
      similarity: z.number().min(0).max(1),
      edits: z.array(TextEdit).readonly().optional(),
    })
    .readonly();

export const FocusItemChange = change(FocusItem).meta({ id: 'FocusItemChange', title: '检查重点的变化' });
export const DeadlineChange = change(Deadline).meta({ id: 'DeadlineChange', title: '时限的变化' });
export const TargetChange = change(Target).meta({ id: 'TargetChange', title: '目标的变化' });
export const ContactChange = change(Contact).meta({ id: 'ContactChange', title: '联系方式的变化' });
export const SectionChange = change(Section).meta({ id: 'SectionChange', title: '层次的变化' });

/** The type of any change; the schemas above are its instances. */
export interface Change<T> {
  readonly change: ChangeKind;
  readonly effects: readonly ChangeEffect[];
  readonly left: readonly T[];
  readonly right: readonly T[];
  readonly nearest?: { readonly item: T; readonly similarity: number } | undefined;
  readonly similarity: number;
  readonly edits?: readonly TextEdit[] | undefined;
}

export const NoticeRef = z
  .object({
    fileName: z.string(),
    noticeId: z.string(),
    documentNumber: z.string().nullable(),
    issuingBody: z.string().nullable(),
    title: z.string().nullable(),
    administrativeLevel: AdministrativeLevel.nullable(),
  })
  .readonly()
  .meta({ id: 'NoticeRef', title: '公文指向' });
export type NoticeRef = z.infer<typeof NoticeRef>;

export const AxisChange = z
  .object({
    change: ChangeKind,
    effects: z.array(ChangeEffect).readonly().optional(),
    left: z.array(z.string()).readonly().nullable(),
    right: z.array(z.string()).readonly().nullable(),
    units: z
      .object({ left: z.string().nullable(), right: z.string().nullable() })
      .readonly()
      .optional()
      .meta({ description: 'Only where the unit changed.' }),
  })
  .readonly()
  .meta({ id: 'AxisChange', title: '行列的变化' });
export type AxisChange = z.infer<typeof AxisChange>;

export const TableComparison = z
  .object({
    left: z.string().nullable(),
    right: z.string().nullable(),
    rows: z.array(AxisChange).readonly(),
    columns: z.array(AxisChange).readonly(),
    transposed: z
      .boolean()
      .optional()
      .meta({ description: 'true: what are rows on the left are columns on the right; `rows` then compares them.' }),
    addsUp: z.boolean().optional().meta({
      description: 'Every row and column of the left table can be filled from the right one.',
    }),
  })
  .readonly()
  .meta({ id: 'TableComparison', title: '表格的比对' });
export type TableComparison = z.infer<typeof TableComparison>;

/** One duty of the lower notice against the same duty of the upper one: does its calendar leave time to pass it on? */
export const CalendarCheck = z
  .object({
    upper: Deadline,
    lower: Deadline,
    slackDays: z.number().nullable().meta({
      description: 'Days between the lower date and the upper one; negative: too late; null: cannot be told.',
    }),
    slackWorkingDays: z.int().nullable().meta({
      description: 'The same in working days; null where the dates are not fixed, or holidays are not announced yet.',
    }),
    finding: Finding.nullable(),
  })
  .readonly()
  .meta({ id: 'CalendarCheck', title: '时限核对' });
export type CalendarCheck = z.infer<typeof CalendarCheck>;

/** What `hongtou compare --json` prints: left is the upper or earlier notice, right the lower or later one. */
export const Comparison = z
  .object({
    schemaVersion: z.literal(1),
    left: NoticeRef,
    right: NoticeRef,
    items: z.array(FocusItemChange).readonly(),
    deadlines: z.array(DeadlineChange).readonly(),
    targets: z.array(TargetChange).readonly(),
    contacts: z.array(ContactChange).readonly(),
    tables: z.array(TableComparison).readonly(),
    sections: z.array(SectionChange).readonly(),
    calendar: z.array(CalendarCheck).readonly().optional().meta({
      description: 'Each duty that both have, with the days between: does the lower level collect before it reports?',
    }),
    summary: z
      .object({ kept: z.int(), modified: z.int(), dropped: z.int(), added: z.int() })
      .readonly()
      .meta({ description: 'Counts of items.' }),
  })
  .readonly()
  .meta({ id: 'Comparison', title: '比对' });
export type Comparison = z.infer<typeof Comparison>;

/** What one lower notice did with one item of the upper one. */
export const CoverageState = z.enum(['kept', 'modified', 'weakened', 'dropped', 'out-of-remit']);
export type CoverageState = z.infer<typeof CoverageState>;

export const CoverageCell = z
  .object({
    state: CoverageState,
    effects: z.array(ChangeEffect).readonly(),
    right: z.array(FocusItem).readonly().meta({ description: 'What stands for the item in the lower notice.' }),
    similarity: z.number().min(0).max(1),
  })
  .readonly()
  .meta({ id: 'CoverageCell', title: '落实情况' });
export type CoverageCell = z.infer<typeof CoverageCell>;

/** One lower notice in the matrix; its cells stand in the order of the upper items. */
export const CoverageRow = z
  .object({
    id: z.string(),
    notice: NoticeRef,
    region: Region.nullable(),
    cells: z.array(CoverageCell).readonly(),
    counts: z
      .object({ kept: z.int(), modified: z.int(), weakened: z.int(), dropped: z.int(), outOfRemit: z.int() })
      .readonly(),
    coverage: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'Items kept or modified, weakened ones by half, of those within its remit.' }),
    added: z.array(FocusItem).readonly(),
    lateDeadlines: z.int().meta({ description: 'Dates after the upper ones.' }),
  })
  .readonly()
  .meta({ id: 'CoverageRow', title: '下级落实' });
export type CoverageRow = z.infer<typeof CoverageRow>;

/** What several lower levels added on their own. */
export const AddedCluster = z
  .object({
    text: z.string(),
    subject: z.string().nullable(),
    rows: z.array(z.int()).readonly().meta({ description: 'Indices into `rows`, ascending.' }),
    texts: z.array(z.string()).readonly().meta({ description: 'The different wordings, the most frequent first.' }),
  })
  .readonly()
  .meta({ id: 'AddedCluster', title: '共同新增' });
export type AddedCluster = z.infer<typeof AddedCluster>;

/** Lower notices that are near copies of each other beyond what both took from above. */
export const CopyGroup = z
  .object({
    rows: z.array(z.int()).readonly().meta({ description: 'Indices into `rows`; the first is the earliest issued.' }),
    similarity: z.number().min(0).max(1).meta({ description: 'The least estimated likeness to the first.' }),
  })
  .readonly()
  .meta({ id: 'CopyGroup', title: '相互照搬' });
export type CopyGroup = z.infer<typeof CopyGroup>;

/** One upper notice against many lower ones. */
export const CoverageMatrix = z
  .object({
    schemaVersion: z.literal(1),
    upper: NoticeRef,
    items: z.array(FocusItem).readonly(),
    rows: z.array(CoverageRow).readonly(),
    itemCounts: z
      .array(
        z
          .object({ kept: z.int(), modified: z.int(), weakened: z.int(), dropped: z.int(), outOfRemit: z.int() })
          .readonly(),
      )
      .readonly()
      .meta({ description: 'Per upper item, over all lower notices.' }),
    added: z.array(AddedCluster).readonly().meta({ description: 'Most frequent first.' }),
    copies: z.array(CopyGroup).readonly(),
    copiedFromUpper: z.array(z.int()).readonly().meta({
      description: 'Rows that say nothing of their own: the upper text passed on as it is.',
    }),
    missing: z.array(Region).readonly().meta({ description: 'Regions asked for that have issued nothing.' }),
  })
  .readonly()
  .meta({ id: 'CoverageMatrix', title: '落实矩阵' });
export type CoverageMatrix = z.infer<typeof CoverageMatrix>;
