import { z } from 'zod';
import { Evidence } from './evidence.ts';

export const CellRole = z.enum(['column-header', 'row-header', 'blank', 'not-applicable', 'data']);
export type CellRole = z.infer<typeof CellRole>;

/** A merged cell stands once, at its top left, with its spans. */
export const TableCell = z
  .object({
    row: z.int().min(0),
    column: z.int().min(0),
    rowSpan: z.int().min(1),
    columnSpan: z.int().min(1),
    text: z.string().meta({ description: 'Without layout spaces and line breaks.' }),
    role: CellRole,
  })
  .readonly()
  .meta({ id: 'TableCell', title: '单元格' });
export type TableCell = z.infer<typeof TableCell>;

/** One data column or data row: its labels from the outermost in, without the unit. */
export const TableAxis = z
  .object({
    path: z.array(z.string()).readonly(),
    unit: z.string().nullable().meta({ description: '家, 件, 万元 … as printed in the label.' }),
  })
  .readonly()
  .meta({ id: 'TableAxis', title: '行列标目' });
export type TableAxis = z.infer<typeof TableAxis>;

/** A table as a grid of cells. */
export const Table = z
  .object({
    title: z.string().nullable(),
    caption: z
      .array(z.string())
      .readonly()
      .meta({ description: 'Lines between title and grid: 填报单位：… 填报人：…' }),
    rowCount: z.int().min(1),
    columnCount: z.int().min(1),
    headerRows: z.int().min(0).meta({ description: 'Leading rows that are labels.' }),
    stubColumns: z.int().min(0).meta({ description: 'Leading columns that are labels.' }),
    cells: z.array(TableCell).readonly(),
    columns: z.array(TableAxis).readonly().meta({ description: 'One per data column.' }),
    rows: z.array(TableAxis).readonly().meta({ description: 'One per data row.' }),
    notes: z.array(z.string()).readonly(),
    footer: z.array(z.string()).readonly().optional().meta({
      description:
        'Where lines beneath the grid are to be filled in (填报人：… 审核人：…): all lines there, notes among them.',
    }),
    frequency: z
      .string()
      .nullable()
      .meta({ description: 'weekly, monthly, quarterly, half-yearly, yearly; null where none is printed.' }),
    evidence: z.array(Evidence).readonly(),
  })
  .readonly()
  .meta({ id: 'Table', title: '表格' });
export type Table = z.infer<typeof Table>;
