import { z } from 'zod';
import { Period } from './period.ts';
import { CollectState, EntryValue, ReturnIssue } from './returns.ts';

/** How a unit stands with one form and period. */
export const ReportStatus = z
  .enum(['on-time', 'late', 'received', 'pending', 'missing', 'old-version', 'rejected'])
  .meta({
    title: '报送状态',
    description:
      'received: without a known due date; pending: not due yet; missing: due and not there; old-version and rejected: came, but was turned back.',
  });
export type ReportStatus = z.infer<typeof ReportStatus>;

export const MatrixEntry = z
  .object({
    formHash: z.string(),
    tableTitle: z.string(),
    unit: z.string(),
    period: Period,
    status: ReportStatus,
    printedDue: z.string().nullable().meta({ description: 'YYYY-MM-DD as the notice says it.' }),
    due: z.string().nullable().meta({ description: 'YYYY-MM-DD: moved to a working day.' }),
    receivedAt: z.string().nullable().meta({ description: 'Of the first return.' }),
    uncertain: z.boolean().meta({
      description: 'Late or missing only if no holiday moved the due day: that year’s holidays are not announced yet.',
    }),
    assumed: z.boolean().meta({ description: 'Whether 当月 or 上月 is reported is not printed.' }),
    faulty: z.int().meta({ description: 'Cells that could not be taken.' }),
  })
  .readonly()
  .meta({ id: 'MatrixEntry', title: '报送情况' });
export type MatrixEntry = z.infer<typeof MatrixEntry>;

/** Sums of one level unit: its own figures and those of all beneath it. */
export const LevelSum = z
  .object({
    unit: z.string(),
    depth: z.int().meta({ description: '0 at the top.' }),
    expected: z.int().meta({ description: 'Units that owe the form, itself included.' }),
    reported: z.int(),
    values: z.array(EntryValue).readonly(),
  })
  .readonly()
  .meta({ id: 'LevelSum', title: '分级汇总' });
export type LevelSum = z.infer<typeof LevelSum>;

/** One form of one period, added up over the units. Values stand in reading order of the form's open and total cells. */
export const Consolidated = z
  .object({
    formHash: z.string(),
    tableTitle: z.string(),
    period: Period,
    expected: z.int(),
    reported: z.int(),
    values: z.array(EntryValue).readonly().meta({ description: 'null: nobody filled it in, or it is not added up.' }),
    notAdded: z
      .array(z.int())
      .readonly()
      .meta({ description: 'Cells that are never added: percentages, dates, texts.' }),
    excluded: z
      .array(z.object({ cell: z.int(), unit: z.string() }).readonly())
      .readonly()
      .meta({ description: 'Faulty cells that are missing in the sum until they are corrected.' }),
    levels: z.array(LevelSum).readonly(),
    previous: z
      .object({
        period: Period,
        values: z.array(EntryValue).readonly(),
        differences: z.array(EntryValue).readonly(),
      })
      .readonly()
      .nullable()
      .meta({ description: 'The period before this one; null where nothing was collected for it.' }),
    yearToDate: z
      .object({
        values: z.array(EntryValue).readonly(),
        periods: z
          .array(Period)
          .readonly()
          .meta({ description: 'Of which it is the sum; the last alone where figures are cumulative.' }),
        missingPeriods: z
          .array(Period)
          .readonly()
          .meta({ description: 'Of the same year, before this one, not collected.' }),
      })
      .readonly()
      .nullable()
      .meta({ description: 'null where the notice does not speak of 累计.' }),
    records: z
      .array(z.object({ unit: z.string(), values: z.array(EntryValue).readonly() }).readonly())
      .readonly()
      .meta({ description: 'Of a list: all rows of all units.' }),
  })
  .readonly()
  .meta({ id: 'Consolidated', title: '汇总表' });
export type Consolidated = z.infer<typeof Consolidated>;

export const Collection = z
  .object({
    state: CollectState,
    taken: z.array(z.string()).readonly().meta({ description: 'Files that were new.' }),
    unchanged: z.array(z.string()).readonly().meta({ description: 'Files that had been imported before.' }),
    issues: z.array(ReturnIssue).readonly().meta({ description: 'Of the files that were new.' }),
    matrix: z.array(MatrixEntry).readonly(),
    consolidated: z.array(Consolidated).readonly(),
  })
  .readonly()
  .meta({ id: 'Collection', title: '收集结果' });
export type Collection = z.infer<typeof Collection>;

/** An upper level's form filled from ours, and what of it could not be filled. */
export const UpperForm = z
  .object({
    values: z
      .array(EntryValue)
      .readonly()
      .meta({ description: 'Of the upper form’s open and total cells in reading order.' }),
    unfilled: z
      .array(
        z
          .object({
            cell: z.int(),
            key: z.string(),
            reason: z.enum(['no-counterpart', 'ours-coarser', 'not-added', 'unit-differs', 'nothing-reported']),
            message: z.string(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'UpperForm', title: '上级表' });
export type UpperForm = z.infer<typeof UpperForm>;
