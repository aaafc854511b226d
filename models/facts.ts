import { z } from 'zod';
import { Evidence } from './evidence.ts';

/** YYYY-MM-DD */
export const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: 'IsoDate', title: '日期' });
/** YYYY-MM-DD, or YYYY-MM where the notice gives only the month. */
export const IsoDateOrMonth = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2})?$/)
  .meta({ id: 'IsoDateOrMonth', title: '日期或月份' });

export const CitedDocument = z
  .object({
    title: z.string().nullable(),
    documentNumber: z.string().nullable(),
    issuingBody: z.string().nullable(),
    role: z.enum(['basis', 'forwarded', 'law', 'mentioned']),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'CitedDocument', title: '引用文件' });
export type CitedDocument = z.infer<typeof CitedDocument>;

export const Phase = z
  .object({
    name: z.string(),
    start: IsoDateOrMonth.nullable(),
    end: IsoDateOrMonth.nullable(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Phase', title: '阶段' });
export type Phase = z.infer<typeof Phase>;

export const Campaign = z
  .object({
    name: z.string(),
    startDate: IsoDateOrMonth.nullable(),
    endDate: IsoDateOrMonth.nullable(),
    phases: z.array(Phase).readonly(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Campaign', title: '专项行动' });
export type Campaign = z.infer<typeof Campaign>;

export const FocusItem = z
  .object({
    id: z.string(),
    text: z.string().meta({ description: 'The behaviour itself: 非法渠道购进药品' }),
    subject: z.string().nullable().meta({ description: 'Whom it concerns: 药品零售企业' }),
    action: z.string().nullable().meta({ description: 'The governing verb: 重点检查, 严厉打击' }),
    section: z.string().nullable().meta({ description: 'Its section’s path: 三/1' }),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'FocusItem', title: '检查重点' });
export type FocusItem = z.infer<typeof FocusItem>;

export const Frequency = z.enum(['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly']);
export type Frequency = z.infer<typeof Frequency>;

export const Due = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('date'), date: IsoDate }).readonly(),
    z
      .object({
        kind: z.literal('recurring'),
        frequency: Frequency,
        day: z
          .int()
          .nullable()
          .meta({ description: 'Day of the month; of the week (1 = Monday) for weekly; -1 = the last.' }),
        month: z.int().nullable(),
        rrule: z.string().meta({ description: 'RFC 5545 recurrence rule.' }),
      })
      .readonly(),
    z
      .object({
        kind: z.literal('relative'),
        from: z.enum(['issue', 'receipt', 'publication', 'event']),
        event: z.string().nullable(),
        amount: z.int(),
        unit: z.enum(['day', 'working-day', 'month']),
        date: IsoDate.nullable().meta({ description: 'Where the anchor is known.' }),
      })
      .readonly(),
    z
      .object({ kind: z.literal('period'), start: IsoDateOrMonth.nullable(), end: IsoDateOrMonth.nullable() })
      .readonly()
      .meta({ description: 'Must be done within.' }),
  ])
  .meta({ id: 'Due', title: '时限' });
export type Due = z.infer<typeof Due>;

export const Deadline = z
  .object({
    task: z.string(),
    due: Due,
    time: z.string().nullable().meta({ description: '17:00, where printed.' }),
    assumed: z
      .array(z.enum(['year', 'month', 'month-end', 'issue-date']))
      .readonly()
      .meta({ description: 'What is not printed and was concluded.' }),
    responsible: z.string().nullable().meta({ description: 'Who owes it.' }),
    recipient: z.string().nullable().meta({ description: 'To whom.' }),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Deadline', title: '时限要求' });
export type Deadline = z.infer<typeof Deadline>;

export const Target = z
  .object({
    text: z.string(),
    metric: z.string().nullable(),
    comparison: z.enum(['>=', '<=', '=']),
    value: z.number(),
    unit: z.string(),
    by: z.string().nullable(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Target', title: '量化目标' });
export type Target = z.infer<typeof Target>;

export const Contact = z
  .object({
    name: z.string().nullable(),
    unit: z.string().nullable(),
    phones: z.array(z.string()).readonly(),
    emails: z.array(z.string()).readonly(),
    fax: z.string().nullable(),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Contact', title: '联系方式' });
export type Contact = z.infer<typeof Contact>;
