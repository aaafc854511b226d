import { z } from 'zod';
import { AdministrativeLevel, Frequency } from '../models/index.ts';

/**
 * What a careful human reader finds in a notice: values only, no places. `a|b` accepts either reading. A key that is
 * absent is not scored; null says that the element is not there. corpus/README.md explains each key.
 */

/** A reading, or several accepted ones joined by |. */
const reading = z.string().min(1);
const readings = z.array(reading).readonly();

const GoldPhase = z.object({ name: reading, start: z.string(), end: z.string() }).readonly();

export const GoldDeadline = z
  .object({
    /** YYYY-MM-DD, or frequency/[month-]day: monthly/17, weekly/5, yearly/12-10, monthly/-1 (the last day). */
    due: reading,
    task: reading,
    time: z.string().optional(),
    responsible: z.string().optional(),
    recipient: z.string().optional(),
  })
  .readonly();
export type GoldDeadline = z.infer<typeof GoldDeadline>;

export const GoldRelativeDeadline = z
  .object({
    from: z.enum(['issue', 'receipt', 'publication', 'event']),
    amount: z.int(),
    unit: z.enum(['day', 'working-day', 'month']),
    /** Where the anchor is known. */
    date: z.string().optional(),
    task: reading,
  })
  .readonly();

export const GoldFocusItem = z
  .object({ text: reading, subject: reading.optional(), action: reading.optional() })
  .readonly();

export const GoldTable = z
  .object({
    title: reading,
    columns: z.array(readings).readonly(),
    columnUnits: z.array(z.string().nullable()).readonly().optional(),
    rows: z.array(z.object({ path: readings, unit: z.string().optional() }).readonly()).readonly(),
    notApplicable: z.int().optional(),
    blank: z.int().optional(),
    frequency: Frequency.optional(),
  })
  .readonly();
export type GoldTable = z.infer<typeof GoldTable>;

export const GoldNotice = z
  .object({
    documentType: reading.nullable().optional(),
    /** Index in `notices` of the notice that this one passes on. */
    forwards: z.int().optional(),
    documentNumber: reading.nullable().optional(),
    issuingBody: reading.nullable().optional(),
    jointIssuers: readings.optional(),
    administrativeLevel: AdministrativeLevel.nullable().optional(),
    region: reading.nullable().optional(),
    title: reading.nullable().optional(),
    copyNumber: reading.nullable().optional(),
    securityLevel: reading.nullable().optional(),
    urgency: reading.nullable().optional(),
    signer: reading.nullable().optional(),
    signatory: reading.nullable().optional(),
    mainRecipients: readings.optional(),
    copyRecipients: readings.optional(),
    issueDate: reading.nullable().optional(),
    printingInfo: z.object({ body: reading.nullable(), date: reading.nullable() }).readonly().optional(),
    disclosure: reading.nullable().optional(),
    citedNumbers: readings.optional(),
    citedLaws: readings.optional(),
    campaign: z
      .object({
        name: reading,
        startDate: reading.nullable().optional(),
        endDate: reading.nullable().optional(),
        phases: z.array(GoldPhase).readonly().optional(),
      })
      .readonly()
      .nullable()
      .optional(),
    deadlines: z.array(GoldDeadline).readonly().optional(),
    relativeDeadlines: z.array(GoldRelativeDeadline).readonly().optional(),
    contacts: z
      .array(
        z
          .object({
            name: z.string().nullable(),
            unit: reading.nullable().optional(),
            phones: readings,
            emails: readings,
          })
          .readonly(),
      )
      .readonly()
      .optional(),
    targets: z
      .array(z.object({ value: z.number(), unit: z.string(), metric: z.string() }).readonly())
      .readonly()
      .optional(),
    attachments: readings.optional(),
    /** 四/（一）加强风险隐患排查: the numbers of the sections above, then number and title as printed. */
    sections: readings.optional(),
    responsible: z
      .array(z.object({ section: z.string(), units: readings }).readonly())
      .readonly()
      .optional(),
    /** true: every item of the notice is listed, so one more is an error. */
    focusItemsComplete: z.boolean().optional(),
    focusItems: z.array(GoldFocusItem).readonly().optional(),
    tables: z.array(GoldTable).readonly().optional(),
  })
  .readonly();
export type GoldNotice = z.infer<typeof GoldNotice>;

export const Gold = z
  .object({
    /** The text, relative to the folder of sources. */
    file: z.string(),
    /** What the text has suffered since it was written; absent: it is what `renderText` makes of notice.json. */
    dirt: z.array(z.string()).min(1).readonly().optional(),
    notices: z.array(GoldNotice).readonly(),
    findings: z.array(z.string()).readonly().optional(),
    findingsWhy: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type Gold = z.infer<typeof Gold>;
