import { describe, expect, it } from 'vitest';
import { CollectState, emptyCollectState, type FormModel, type FormReturn } from '../../models/index.ts';
import { collect } from '../../pipeline/returns/collect.ts';
import { readReturn } from '../../pipeline/returns/readReturn.ts';
import { formModel } from '../../pipeline/template/formModel.ts';
import { renderCsv } from '../../pipeline/template/renderCsv.ts';
import { attachmentOf, itemTable, ledgerTable, noticeOf, registrationTable } from '../template/tables.ts';
import { type Rewrite, savedElsewhere } from './workbooks.ts';

const footer = ['单位负责人：____ 审核人：____', '注：按月报送。', '填报日期：____'];
const made = (table: typeof itemTable, kind: 'statistics-table' | 'form' = 'statistics-table'): FormModel => {
  const signed = { ...table, notes: [footer[1]!], footer };
  const attachment = attachmentOf(signed, { kind });
  return formModel(noticeOf([attachment]), attachment, signed);
};

/** The form with its fields filled in: 负责人甲, 审核人乙 … by the order of the fields. */
const filledFields = (form: FormModel): FormModel => ({
  ...form,
  fields: form.fields.map((field, i) => ({ ...field, value: `${field.label.replace('：', '')}${'甲乙丙丁戊己'[i]}` })),
});
const readBack = async (form: FormModel, change: Rewrite, values: readonly (number | string | null)[]) => {
  const bytes = await savedElsewhere(filledFields(form), values, change);
  const { returns } = await readReturn(bytes, '报表.xlsx', [form]);
  return returns[0]!;
};
const told = (read: FormReturn) => read.fields.map(({ label, value }) => `${label}${value}`);

describe('fields beneath the table', () => {
  const form = made(itemTable);
  const values = [3, 2, 1, 1, 0, 0, 0];
  const expected = [
    '填报单位：填报单位甲',
    '填报时间：填报时间乙',
    '单位负责人：单位负责人丙',
    '审核人：审核人丁',
    '填报日期：填报日期戊',
  ];

  it.each<[string, Rewrite]>([
    ['as they were printed', {}],
    ['where rows were put in', { insertedAt: [form.grid.top + 3] }],
    ['where merged cells were lost', { loseMerges: true }],
    ['where rows changed places', { swapped: [[form.grid.top + 2, form.grid.top + 5]] }],
  ])('come back %s', async (_, change) => {
    const read = await readBack(form, change, values);
    expect(told(read)).toEqual(expected);
    expect(read.values).toEqual(values);
  });
  it('are kept with what the unit said', async () => {
    const bytes = await savedElsewhere(filledFields(form), values, {});
    const received = {
      result: await readReturn(bytes, '报表.xlsx', [form]),
      receivedAt: '2025-06-16T02:00:00Z',
    };
    const { state } = collect([form], [received], emptyCollectState(), {
      now: '2025-06-20T00:00:00Z',
      period: '2025-06',
    });
    expect(state.returns[0]?.fields.map(({ label, value }) => `${label}${value}`)).toEqual(expected);
    // A record of before, when these were not kept.
    const { fields: _, ...before } = state.returns[0]!;
    expect(CollectState.parse({ ...state, returns: [before] }).returns[0]?.fields).toEqual([]);
  });
  it('come back from CSV', async () => {
    const filled = {
      ...filledFields(form),
      grid: {
        ...form.grid,
        cells: form.grid.cells.map((cell) => (cell.use === 'open' ? { ...cell, text: '1' } : cell)),
      },
    };
    const { returns } = await readReturn(new TextEncoder().encode(renderCsv(filled)), '报表.csv', [form]);
    expect(told(returns[0]!)).toEqual(expected);
  });
  it('are no rows of a list, which may be longer than printed', async () => {
    const list = made(ledgerTable, 'form');
    const values = list.grid.cells.flatMap((cell) => (cell.use === 'open' ? [cell.row === 1 ? '甲店' : null] : []));
    const read = await readBack(list, { insertedAt: [list.grid.top + 2] }, values);
    expect(read.records).toHaveLength(1);
    expect(told(read)).toEqual(['单位负责人：单位负责人甲', '审核人：审核人乙', '填报日期：填报日期丙']);
  });
  it('are told from the labels of a form of pairs', async () => {
    const form = made(registrationTable, 'form');
    const values = form.grid.cells.flatMap((cell) => (cell.use === 'open' ? [`${cell.key}`] : []));
    const read = await readBack(form, { insertedAt: [form.grid.top + 2] }, values);
    expect(told(read)).toEqual(['单位负责人：单位负责人甲', '审核人：审核人乙', '填报日期：填报日期丙']);
    expect(read.values).toEqual(values);
  });
});
