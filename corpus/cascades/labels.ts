import { z } from 'zod';
import { ChangeEffect, ChangeKind } from '../../models/comparison.ts';

/** What a person (or the generator) says of a pair of notices: every change with its class, sides and effects. */
const LabelledChange = z.object({
  change: ChangeKind,
  left: z.array(z.string()).meta({ description: 'Texts; a|b accepts either.' }),
  right: z.array(z.string()),
  effects: z.array(ChangeEffect).default([]),
});
export type LabelledChange = z.infer<typeof LabelledChange>;

const LabelledDue = z.object({
  change: ChangeKind,
  left: z.string().nullable().meta({ description: '2024-04-10 or monthly/25; null for an added one.' }),
  right: z.string().nullable(),
});
const LabelledAxis = z.object({
  change: ChangeKind,
  left: z.array(z.string()).nullable().meta({ description: 'A label path, outermost first.' }),
  right: z.array(z.string()).nullable(),
});

export const LabelledPair = z.object({
  left: z.string(),
  right: z.string(),
  leftNotice: z.string().optional(),
  rightNotice: z.string().optional(),
  items: z.array(LabelledChange),
  deadlines: z.array(LabelledDue).default([]),
  targets: z.array(LabelledChange).default([]),
  tables: z.object({ rows: z.array(LabelledAxis).optional(), columns: z.array(LabelledAxis).optional() }).default({}),
});
export type LabelledPair = z.infer<typeof LabelledPair>;
