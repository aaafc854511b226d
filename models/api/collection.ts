import { z } from 'zod';
import {
  Consolidated,
  EntryValue,
  FormModel,
  Period,
  ReportingUnit,
  ReportStatus,
  ReturnField,
  ReturnIssue,
  UpperForm,
} from '../index.ts';
import { FileId, NoticeId, Problem } from './library.ts';

/** What the library keeps of returns and the API answers about them. */

const Instant = z.string().meta({ description: 'ISO 8601, UTC.' });

/** What is collected on the forms of one notice. */
export const CollectionRecord = z
  .object({
    collectionId: z.int(),
    fileId: FileId.nullable().meta({ description: 'Of the notice; null when that was finally deleted.' }),
    noticeId: NoticeId,
    title: z.string().meta({ description: 'Of the campaign or the notice.' }),
    documentNumber: z.string().nullable(),
    issueDate: z.string().nullable(),
    endDate: z.string().nullable().meta({ description: 'Of the campaign.' }),
    createdAt: Instant,
    createdBy: z.string(),
    units: z.int().meta({ description: 'Units that owe returns.' }),
    files: z.int().meta({ description: 'Files that were taken in.' }),
    returns: z.int().meta({ description: 'Form × unit × period that hold figures.' }),
  })
  .readonly()
  .meta({ id: 'CollectionRecord', title: '收表' });
export type CollectionRecord = z.infer<typeof CollectionRecord>;

/** A form of a collection as people choose it. */
export const CollectedTable = z
  .object({
    table: z.int().meta({ description: 'The how-manieth table of the notice, from 1.' }),
    title: z.string(),
    version: z.int(),
    formHash: z.string(),
    records: z.boolean(),
    periods: z.array(Period).readonly().meta({ description: 'Owed until today or collected, oldest first.' }),
  })
  .readonly()
  .meta({ id: 'CollectedTable', title: '收集的表' });
export type CollectedTable = z.infer<typeof CollectedTable>;

export const CollectionDetail = z
  .object({
    collection: CollectionRecord,
    tables: z.array(CollectedTable).readonly(),
    changedTables: z.array(z.string()).readonly().meta({
      description: 'Tables that the notice, as it is read now, prescribes otherwise than they are collected.',
    }),
    units: z.array(ReportingUnit).readonly(),
  })
  .readonly()
  .meta({ id: 'CollectionDetail', title: '收表详情' });
export type CollectionDetail = z.infer<typeof CollectionDetail>;

/** A returned file. */
export const ReturnFile = z
  .object({
    position: z.int().meta({ description: 'In the order of import, from 0.' }),
    sha256: FileId,
    fileName: z.string(),
    byteLength: z.int(),
    receivedAt: Instant.meta({ description: 'When it arrived: what counts for being late.' }),
    importedAt: Instant,
    importedBy: z.string(),
    issues: z.array(ReturnIssue).readonly(),
  })
  .readonly()
  .meta({ id: 'ReturnFile', title: '报送文件' });
export type ReturnFile = z.infer<typeof ReturnFile>;

/** What became of one uploaded return. */
export const TakenReturn = z
  .object({
    fileName: z.string(),
    sha256: FileId.nullable(),
    outcome: z.enum(['taken', 'rejected', 'unchanged', 'refused']).meta({
      description:
        'rejected: some sheet was turned back, see issues; unchanged: imported before; refused: it could not be read.',
    }),
    sheets: z
      .array(
        z
          .object({
            sheet: z.string(),
            formHash: z.string().nullable(),
            unit: z.string().nullable(),
            period: Period.nullable(),
            codes: z.array(z.string()).readonly().meta({ description: 'Why it was turned back; empty: taken.' }),
          })
          .readonly(),
      )
      .readonly(),
    issues: z.array(ReturnIssue).readonly(),
    problem: Problem.nullable(),
  })
  .readonly()
  .meta({ id: 'TakenReturn', title: '报送结果' });
export type TakenReturn = z.infer<typeof TakenReturn>;

/** How all units stand with one form. */
export const Board = z
  .object({
    table: CollectedTable,
    periods: z
      .array(
        z
          .object({
            period: Period,
            printedDue: z.string().nullable(),
            due: z.string().nullable().meta({ description: 'Moved to a working day.' }),
            holidaysKnown: z.boolean(),
            assumed: z.boolean().meta({ description: 'Whether 当月 or 上月 is reported is not printed.' }),
            counts: z.partialRecord(ReportStatus, z.int()),
          })
          .readonly(),
      )
      .readonly(),
    units: z
      .array(
        z
          .object({
            unit: z.string(),
            parent: z.string().nullable(),
            entries: z
              .array(
                z
                  .object({
                    status: ReportStatus,
                    receivedAt: z.string().nullable(),
                    faulty: z.int(),
                    uncertain: z.boolean(),
                  })
                  .readonly(),
              )
              .readonly()
              .meta({ description: 'One for each period.' }),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Board', title: '报送情况' });
export type Board = z.infer<typeof Board>;

/** One form of one period added up, with the form to show it in. */
export const Summary = z
  .object({
    form: FormModel,
    consolidated: Consolidated.nullable().meta({ description: 'null: nothing was collected for that period.' }),
  })
  .readonly()
  .meta({ id: 'ReturnSummary', title: '汇总' });
export type Summary = z.infer<typeof Summary>;

/** The sums of one form over its periods. */
export const Series = z
  .object({
    indicators: z
      .array(z.object({ key: z.string(), unit: z.string().nullable() }).readonly())
      .readonly()
      .meta({ description: 'Of the cells that are added up.' }),
    periods: z
      .array(z.object({ period: Period, reported: z.int(), values: z.array(EntryValue).readonly() }).readonly())
      .readonly(),
  })
  .readonly()
  .meta({ id: 'ReturnSeries', title: '各期汇总' });
export type Series = z.infer<typeof Series>;

/** What one unit said for one period, and what it had said before. */
export const UnitReturn = z
  .object({
    form: FormModel,
    unit: z.string(),
    period: Period,
    file: ReturnFile.nullable().meta({ description: 'The file that holds now; null: nothing came.' }),
    firstReceivedAt: z.string().nullable(),
    values: z.array(EntryValue).readonly(),
    faulty: z.array(z.int()).readonly(),
    records: z.array(z.array(EntryValue).readonly()).readonly(),
    fields: z.array(ReturnField).readonly().meta({ description: 'Who filled it in, who checked it, when …' }),
    history: z
      .array(
        z
          .object({
            cell: z.int(),
            key: z.string(),
            value: EntryValue,
            fileName: z.string(),
            receivedAt: z.string(),
            importedBy: z.string(),
          })
          .readonly(),
      )
      .readonly()
      .meta({ description: 'Values that corrections replaced, oldest first, with the file they came from.' }),
    recordHistory: z
      .array(
        z
          .object({
            records: z.array(z.array(EntryValue).readonly()).readonly(),
            fileName: z.string(),
            receivedAt: z.string(),
            importedBy: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    rejected: z
      .array(z.object({ file: ReturnFile, codes: z.array(z.string()).readonly() }).readonly())
      .readonly()
      .meta({ description: 'Returns for this form, unit and period that were turned back.' }),
  })
  .readonly()
  .meta({ id: 'UnitReturn', title: '单位报送' });
export type UnitReturn = z.infer<typeof UnitReturn>;

/** An upper level's form filled from ours. */
export const FilledUpper = UpperForm.unwrap()
  .extend({
    form: FormModel,
    ours: z
      .object({ tableTitle: z.string(), period: Period })
      .readonly()
      .meta({ description: 'What it was filled from.' }),
  })
  .readonly()
  .meta({ id: 'FilledUpper', title: '上级表' });
export type FilledUpper = z.infer<typeof FilledUpper>;
