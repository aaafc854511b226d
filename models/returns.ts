import { z } from 'zod';
import { Severity } from './finding.ts';
import { Period } from './period.ts';
import { ReportingUnit } from './reportingUnit.ts';
import { type ReturnIssueCode, returnIssueCodes } from './returnWords.ts';
import { FieldKind, FormIdentity, FormModel } from './template.ts';

/** One thing that is wrong with a return, or worth a look: which file, which cell, which rule. */
export const ReturnIssue = z
  .object({
    code: z.enum(Object.keys(returnIssueCodes) as [ReturnIssueCode, ...ReturnIssueCode[]]),
    severity: Severity,
    fileName: z.string(),
    sheet: z.string().nullable(),
    cell: z.string().nullable().meta({ description: 'A1 notation; null where it is not about one cell.' }),
    message: z.string().meta({ description: 'In Chinese, with file, cell and rule.' }),
  })
  .readonly()
  .meta({ id: 'ReturnIssue', title: '报送问题' });
export type ReturnIssue = z.infer<typeof ReturnIssue>;

export const EntryValue = z.union([z.number(), z.string(), z.null()]).meta({ id: 'EntryValue', title: '填报值' });
export type EntryValue = z.infer<typeof EntryValue>;

/** What was filled in beside the grid: 填报人：张三 */
export const ReturnField = z
  .object({ kind: FieldKind, label: z.string().meta({ description: 'As printed.' }), value: z.string() })
  .readonly()
  .meta({ id: 'ReturnField', title: '表外填报项' });
export type ReturnField = z.infer<typeof ReturnField>;

/** One filled form, read and checked. */
export const FormReturn = z
  .object({
    formHash: z.string().nullable().meta({ description: 'structureHash of the form it was read as; null: none fits.' }),
    identity: FormIdentity.nullable().meta({ description: 'Of its hidden sheet; null where that is lost.' }),
    stale: z.boolean().meta({ description: 'An older version of the form was filled in.' }),
    sheet: z.string(),
    unit: z.string().nullable().meta({ description: 'As filled in.' }),
    unitCell: z.string().nullable(),
    period: Period.nullable(),
    periodCell: z.string().nullable(),
    fields: z.array(ReturnField).readonly(),
    values: z.array(EntryValue).readonly().meta({
      description:
        'Of open and total cells in reading order; null: blank, or faulty. Of a faulty total: the sum of its good parts.',
    }),
    cells: z.array(z.string().nullable()).readonly().meta({ description: 'A1 of each value in this file.' }),
    faulty: z.array(z.int()).readonly().meta({ description: 'Indices of values that could not be taken.' }),
    records: z.array(z.array(EntryValue).readonly()).readonly().meta({ description: 'Rows of a list (台账).' }),
    issues: z.array(ReturnIssue).readonly(),
  })
  .readonly()
  .meta({ id: 'FormReturn', title: '填报表' });
export type FormReturn = z.infer<typeof FormReturn>;

/** What one returned file holds: a form on each sheet. */
export const ReturnResult = z
  .object({
    fileName: z.string(),
    sha256: z.string(),
    returns: z.array(FormReturn).readonly(),
    issues: z.array(ReturnIssue).readonly().meta({ description: 'About the file as a whole.' }),
  })
  .readonly()
  .meta({ id: 'ReturnResult', title: '报送文件' });
export type ReturnResult = z.infer<typeof ReturnResult>;

/** A file that was taken in. Its index in `CollectState.imports` stands in histories. */
export const ImportRecord = z
  .object({
    fileName: z.string(),
    sha256: z.string(),
    receivedAt: z.string().meta({ description: 'ISO 8601: when the return arrived.' }),
  })
  .readonly()
  .meta({ id: 'ImportRecord', title: '导入记录' });
export type ImportRecord = z.infer<typeof ImportRecord>;

/** What one unit has reported for one period on one form, with what it said before. */
export const StoredReturn = z
  .object({
    formHash: z.string(),
    unit: z.string(),
    period: Period,
    import: z.int().meta({ description: 'The file that holds now.' }),
    firstReceivedAt: z.string().meta({ description: 'Of the first return: what counts for being late.' }),
    values: z.array(EntryValue).readonly(),
    faulty: z.array(z.int()).readonly(),
    records: z.array(z.array(EntryValue).readonly()).readonly(),
    fields: z.array(ReturnField).readonly().default([]),
    history: z
      .array(z.object({ cell: z.int(), value: EntryValue, import: z.int() }).readonly())
      .readonly()
      .meta({
        description: 'Values that a correction replaced, oldest first: index, old value, the file it came from.',
      }),
    recordHistory: z
      .array(z.object({ records: z.array(z.array(EntryValue).readonly()).readonly(), import: z.int() }).readonly())
      .readonly()
      .meta({ description: 'Of a list: the rows that a correction replaced, oldest first.' }),
  })
  .readonly()
  .meta({ id: 'StoredReturn', title: '已收报送' });
export type StoredReturn = z.infer<typeof StoredReturn>;

/** A return that was turned back: on an old version of the form, or with its unit or period in doubt. */
export const RejectedReturn = z
  .object({
    formHash: z.string().nullable(),
    unit: z.string().nullable(),
    period: Period.nullable(),
    import: z.int(),
    codes: z.array(z.string()).readonly(),
  })
  .readonly()
  .meta({ id: 'RejectedReturn', title: '退回的报送' });
export type RejectedReturn = z.infer<typeof RejectedReturn>;

/** Everything collected in a campaign so far; kept as one JSON file by the command line, in its store by the server. */
export const CollectState = z
  .object({
    schemaVersion: z.literal(1),
    campaign: z.string().nullable(),
    forms: z
      .array(FormModel)
      .readonly()
      .meta({ description: 'Every version of every form; the last of a table holds.' }),
    units: z.array(ReportingUnit).readonly(),
    imports: z.array(ImportRecord).readonly(),
    returns: z.array(StoredReturn).readonly(),
    rejected: z.array(RejectedReturn).readonly(),
  })
  .readonly()
  .meta({ id: 'CollectState', title: '收集状态' });
export type CollectState = z.infer<typeof CollectState>;

/** Nothing collected yet. */
export function emptyCollectState(campaign: string | null = null): CollectState {
  return { schemaVersion: 1, campaign, forms: [], units: [], imports: [], returns: [], rejected: [] };
}
