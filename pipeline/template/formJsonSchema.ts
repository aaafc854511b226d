import { z } from 'zod';
import { type EntryRule, type FormModel, Period, ruleText } from '../../models/index.ts';

function valueSchema(rule: EntryRule): z.ZodType {
  switch (rule.type) {
    case 'whole':
      return rule.min === null ? z.int() : z.int().min(rule.min);
    case 'decimal':
      return rule.min === null ? z.number() : z.number().min(rule.min);
    case 'percent': {
      const bounded = rule.min === null ? z.number() : z.number().min(rule.min);
      return rule.max === null ? bounded : bounded.max(rule.max);
    }
    case 'date':
      return z.iso.date();
    case 'choice':
      return z.enum(rule.options);
    case 'text':
      return z.string().max(rule.maxLength);
  }
}

/**
 * JSON Schema (draft 2020-12) of a filled form: period, unit and one value per open cell under its key (row labels |
 * column labels), or an array of such objects for a list; null where a cell is left blank. Totals are worked out and not
 * part of it.
 */
export function formJsonSchema(model: FormModel): object {
  const open = model.grid.cells.filter((cell) => cell.use === 'open');
  // Of a list, one row tells what every row takes.
  const asked = model.records ? open.filter((cell) => cell.row === Math.min(...open.map((c) => c.row))) : open;
  const cells = asked.flatMap((cell) => {
    if (cell.key === null || cell.entry === null) return [];
    const schema = valueSchema(cell.entry)
      .nullable()
      .meta({
        title: cell.key,
        description: ruleText(cell.entry),
        ...(cell.entry.unit === null ? {} : { 'x-unit': cell.entry.unit }),
      });
    return [[cell.key, schema] as const];
  });
  const values = z.strictObject(Object.fromEntries(cells)).partial().meta({ title: '数据' });
  const filled = z
    .strictObject({
      structureHash: z.literal(model.identity.structureHash).meta({ title: '结构校验码' }),
      period: Period.nullable().meta({ title: '报告期' }),
      unit: z.string().meta({ title: '填报单位' }),
      ...(model.records ? { records: z.array(values).meta({ title: '明细' }) } : { cells: values }),
    })
    .meta({ title: model.identity.tableTitle, description: model.identity.documentNumber ?? undefined });
  return z.toJSONSchema(filled, { target: 'draft-2020-12' });
}
