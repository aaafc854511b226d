import { z } from 'zod';
import { Contact, Deadline, FocusItem, Target } from './facts.ts';
import { AdministrativeLevel, Section } from './notice.ts';

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
    summary: z
      .object({ kept: z.int(), modified: z.int(), dropped: z.int(), added: z.int() })
      .readonly()
      .meta({ description: 'Counts of items.' }),
  })
  .readonly()
  .meta({ id: 'Comparison', title: '比对' });
export type Comparison = z.infer<typeof Comparison>;
