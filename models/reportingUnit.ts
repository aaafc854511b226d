import { z } from 'zod';
import { foldLabel, parseCsv } from './spreadsheet.ts';

/** A body that owes returns, in its place among the levels. */
export const ReportingUnit = z
  .object({
    name: z.string().min(1).meta({ title: '单位名称', description: 'Full name, unique in its list.' }),
    parent: z
      .string()
      .nullable()
      .meta({ title: '上级单位', description: 'Name of the unit whose figures include this one’s; null at the top.' }),
    code: z.string().nullable().meta({ title: '代码', description: 'GB/T 2260 or of the organisation.' }),
    aliases: z.array(z.string()).readonly().meta({ title: '别名', description: 'Other names it signs with.' }),
    reports: z.boolean().meta({ title: '是否填报', description: 'false: a level that only adds up those below.' }),
  })
  .readonly()
  .meta({ id: 'ReportingUnit', title: '填报单位' });
export type ReportingUnit = z.infer<typeof ReportingUnit>;

const heads: Readonly<Record<string, RegExp>> = {
  name: /^(填报|报送)?(单位|机关|部门|机构)(名称|全称)?$|^名称$|^name$|^unit$/,
  parent: /^(上级|所属|主管|汇总)(单位|机关|部门|地区)?(名称)?$|^parent$/,
  code: /^(单位|行政区划|区划|机构|统一社会信用)?代码$|^code$/,
  aliases: /^(简称|别名|曾用名)$|^alias(es)?$/,
  reports: /^(是否)?(填报|报送)$|^reports$/,
};

/**
 * Units from a CSV text: with a heading (单位名称, 上级单位, 代码, 简称, 是否填报) or one name a line. Names that stand twice are
 * taken once; a parent that has no line of its own becomes a unit that only adds up.
 */
export function parseUnits(text: string): readonly ReportingUnit[] {
  const rows = parseCsv(text).filter((row) => row.some((value) => value.trim() !== ''));
  const first = rows[0]?.map((value) => foldLabel(value)) ?? [];
  const column = (name: string) => first.findIndex((value) => heads[name]!.test(value));
  const hasHead = column('name') >= 0;
  const at = (row: readonly string[], name: string) => {
    const index = hasHead ? column(name) : name === 'name' ? 0 : name === 'parent' ? 1 : -1;
    return index < 0 ? '' : (row[index] ?? '').trim();
  };
  const units = new Map<string, ReportingUnit>();
  for (const row of hasHead ? rows.slice(1) : rows) {
    const name = at(row, 'name');
    if (name === '' || units.has(name)) continue;
    units.set(name, {
      name,
      parent: at(row, 'parent') || null,
      code: at(row, 'code') || null,
      aliases: at(row, 'aliases')
        .split(/[、;；|]/)
        .map((alias) => alias.trim())
        .filter(Boolean),
      reports: !/^(否|不|no|false|0)/i.test(at(row, 'reports')),
    });
  }
  for (const { parent } of [...units.values()]) {
    if (parent !== null && !units.has(parent)) {
      units.set(parent, { name: parent, parent: null, code: null, aliases: [], reports: false });
    }
  }
  return [...units.values()];
}
