import { describe, expect, it } from 'vitest';
import {
  Collection,
  CollectState,
  type Deadline,
  emptyCollectState,
  entryCells,
  type FormModel,
  parseUnits,
  type Table,
} from '../../models/index.ts';
import { type CollectOptions, collect } from '../../pipeline/returns/collect.ts';
import { readReturn } from '../../pipeline/returns/readReturn.ts';
import { type FormOptions, formModel } from '../../pipeline/template/formModel.ts';
import { renderXlsx } from '../../pipeline/template/renderXlsx.ts';
import {
  attachmentOf,
  columnUnitTable,
  drawTable,
  ledgerTable,
  monthly,
  noticeOf,
  registrationTable,
  totalsTable,
} from '../template/tables.ts';
import { filled, savedElsewhere, withTotals } from './workbooks.ts';

const table = drawTable(['项目|数量', '检查学校（所）|', '发现问题学校（所）|', '罚款金额（万元）|', '整改率（%）|'], {
  headerRows: 1,
  stubColumns: 1,
  title: '2025年X月校园食品安全检查统计表',
  caption: ['填报单位：____'],
  notes: ['注：每月17日前报送当月情况，累计数据由市局生成。'],
});

const made = (of: Table, period: string | null, unit: string | null, version = 1): FormModel => {
  const attachment = attachmentOf(of, { kind: of === ledgerTable ? 'form' : 'statistics-table' });
  const notice = noticeOf([attachment], { deadlines: of === ledgerTable ? [] : [monthly(17, '报送当月统计表')] });
  return formModel(notice, attachment, of, { period, unit, version });
};
const form = made(table, null, null);
const units = parseUnits('单位,上级单位\n甲县局,东市局\n乙县局,东市局\n丙县局,西市局\n东市局,省局\n西市局,省局\n');

interface Sent {
  readonly unit: string;
  readonly values: readonly (number | string | null)[];
  readonly period?: string;
  readonly at?: string;
  readonly of?: Table;
  readonly name?: string;
  readonly version?: number;
}
async function received(sent: Sent, forms: readonly FormModel[] = [form]) {
  const { unit, values, period = '2025-06', at = '2025-06-16T02:00:00Z', of = table, version = 1 } = sent;
  const fileName = sent.name ?? `${unit}${period}.xlsx`;
  const bytes = await filled(made(of, period, unit, version), values);
  return { result: await readReturn(bytes, fileName, forms), receivedAt: at };
}
const options = (known: Partial<CollectOptions> = {}): CollectOptions => ({
  units,
  now: '2025-06-30T00:00:00Z',
  ...known,
});
const june = { period: '2025-06' };

describe('collecting', () => {
  it('adds up over the units and up the levels', async () => {
    const returns = await Promise.all([
      received({ unit: '甲县局', values: [10, 2, 0.1, 90] }),
      received({ unit: '乙县局', values: [20, 3, 0.2, 80] }),
      received({ unit: '丙县局', values: [5, 1, null, 70] }),
      received({ unit: '东市局', values: [1, 1, 1, 100] }),
    ]);
    const { consolidated } = collect([form], returns, emptyCollectState(), options(june));
    expect(consolidated[0]).toMatchObject({ values: [36, 7, 1.3, null], notAdded: [3], reported: 4, expected: 5 });
    expect(consolidated[0]!.levels).toEqual([
      { unit: '省局', depth: 0, expected: 5, reported: 4, values: [36, 7, 1.3, null] },
      { unit: '东市局', depth: 1, expected: 3, reported: 3, values: [31, 6, 1.3, null] },
      { unit: '西市局', depth: 1, expected: 2, reported: 1, values: [5, 1, null, null] },
    ]);
  });

  it('changes nothing when the same files come again, under any name and at any time', async () => {
    const first = await received({ unit: '甲县局', values: [10, 2, 0.1, 90] });
    const once = collect([form], [first], emptyCollectState(), options(june));
    const again = { result: { ...first.result, fileName: '再报.xlsx' }, receivedAt: '2025-07-01T00:00:00Z' };
    const twice = collect([form], [again], once.state, options(june));
    expect(twice.state).toEqual(once.state);
    expect(twice.unchanged).toEqual(['再报.xlsx']);
    expect(twice.consolidated).toEqual(once.consolidated);
    expect(CollectState.parse(JSON.parse(JSON.stringify(twice.state)))).toEqual(twice.state);
    expect(Collection.parse(JSON.parse(JSON.stringify(twice)))).toEqual(twice);
  });

  it('replaces by a correction and keeps what each cell said before', async () => {
    const once = collect(
      [form],
      [await received({ unit: '甲县局', values: [10, 2, 0.1, 90] })],
      emptyCollectState(),
      options(june),
    );
    const later = await received({
      unit: '甲县局',
      values: [12, 2, 0.1, 95],
      at: '2025-06-20T02:00:00Z',
      name: '更正.xlsx',
    });
    const corrected = collect([form], [later], once.state, options(june));
    expect(corrected.state.returns[0]).toMatchObject({
      values: [12, 2, 0.1, 95],
      import: 1,
      firstReceivedAt: '2025-06-16T02:00:00Z',
      history: [
        { cell: 0, value: 10, import: 0 },
        { cell: 3, value: 90, import: 0 },
      ],
    });
    expect(corrected.issues.map((issue) => issue.code)).toEqual(['corrected']);
    expect(corrected.matrix.find((entry) => entry.unit === '甲县局')?.status).toBe('on-time');
  });

  it('does not let an older return undo a newer one', async () => {
    const newer = await received({
      unit: '甲县局',
      values: [12, 2, 0.1, 95],
      at: '2025-06-20T02:00:00Z',
      name: '新.xlsx',
    });
    const once = collect([form], [newer], emptyCollectState(), options(june));
    const older = await received({ unit: '甲县局', values: [10, 2, 0.1, 90], name: '旧.xlsx' });
    const after = collect([form], [older], once.state, options(june));
    expect(after.state.returns).toEqual(once.state.returns);
    expect(after.issues.map((issue) => issue.code)).toEqual(['older-than-current']);
  });

  it('reports two returns of one unit in one delivery at the unit, and takes the later', async () => {
    const both = await Promise.all([
      received({ unit: '甲县局', values: [10, 2, 0.1, 90], name: '一.xlsx' }),
      received({ unit: '甲县局', values: [11, 2, 0.1, 90], name: '二.xlsx', at: '2025-06-16T03:00:00Z' }),
    ]);
    const { issues, state } = collect([form], both, emptyCollectState(), options(june));
    expect(issues).toMatchObject([{ code: 'duplicate-return', fileName: '二.xlsx', cell: 'B2' }]);
    expect(issues[0]!.message).toContain('《一.xlsx》');
    expect(state.returns[0]!.values[0]).toBe(11);
  });

  it('takes a return that was turned back once its unit is on the list', async () => {
    const one = await received({ unit: '丁县局', values: [1, 1, 1, 1] });
    const before = collect([form], [one], emptyCollectState(), options(june));
    expect(before.state.rejected).toMatchObject([{ codes: ['unit-unknown'], import: 0 }]);
    expect(collect([form], [one], before.state, options(june)).state).toEqual(before.state);
    const after = collect([form], [one], before.state, options({ ...june, units: parseUnits('丁县局\n') }));
    expect(after.state.returns).toHaveLength(1);
    expect(after.state.rejected).toEqual([]);
    expect(after.state.imports).toHaveLength(1);
  });

  it('knows a unit by its other names', async () => {
    const list = [{ name: '甲县市场监督管理局', parent: null, code: null, aliases: ['甲县局'], reports: true }];
    const { state } = collect(
      [form],
      [await received({ unit: '甲县局（盖章）', values: [1, 1, 1, 1] })],
      emptyCollectState(),
      options({ ...june, units: list }),
    );
    expect(state.returns[0]!.unit).toBe('甲县市场监督管理局');
  });
});

describe('a faulty cell', () => {
  it('is left out of the sums and named, and what follows from it is not reported again', async () => {
    const whole = made(columnUnitTable, null, null);
    const own = made(columnUnitTable, '2025-06', '甲县局');
    // 检查 5, 发现 4, 整改 4 in every row; one 发现 is negative, so its total is smaller than that of 整改.
    const values = withTotals(
      own,
      entryCells(own).map((cell) => (cell.entry!.type !== 'whole' ? null : cell.column === 1 ? 5 : 4)),
    );
    const result = await readReturn(await savedElsewhere(own, values, { set: { C5: -4 } }), '甲.xlsx', [whole]);
    const returns = [{ result, receivedAt: '2025-06-16T00:00:00Z' }];
    const { issues, consolidated } = collect([whole], returns, emptyCollectState(), options(june));
    expect(issues.map((issue) => [issue.code, issue.cell])).toEqual([['negative', 'C5']]);
    const index = (key: string) => entryCells(whole).findIndex((cell) => cell.key === key);
    const [cell, total] = [index('幼儿园食堂|发现违规单位数量'), index('合计|发现违规单位数量')];
    expect(consolidated[0]!.excluded).toEqual([cell, total].map((one) => ({ cell: one, unit: '甲县局' })));
    expect([consolidated[0]!.values[cell], consolidated[0]!.values[total]]).toEqual([null, 8]);
  });
});

describe('who has reported', () => {
  it('tells on time, late, missing, old version and turned back apart', async () => {
    const newForm = { ...form, identity: { ...form.identity, version: 2 } };
    const forms = [form, newForm];
    const returns = await Promise.all([
      received({ unit: '甲县局', values: [1, 1, 1, 1], version: 2 }, forms),
      received({ unit: '乙县局', values: [1, 1, 1, 1], version: 2, at: '2025-06-18T02:00:00Z' }, forms),
      received({ unit: '丙县局', values: [1, 1, 1, 1], version: 1 }, forms),
      received({ unit: '西市局', values: [null, null, null, null], version: 2 }, forms),
    ]);
    const { matrix, issues } = collect(forms, returns, emptyCollectState(), options(june));
    expect(Object.fromEntries(matrix.map((entry) => [entry.unit, entry.status]))).toEqual({
      甲县局: 'on-time',
      乙县局: 'late',
      丙县局: 'old-version',
      东市局: 'missing',
      西市局: 'rejected',
    });
    expect(matrix[0]).toMatchObject({ printedDue: '2025-06-17', due: '2025-06-17', period: '2025-06' });
    expect(issues.map((issue) => issue.code).sort()).toEqual(['empty-return', 'stale-version']);
  });
  it('does not call missing what is not due yet', () => {
    const statuses = (now: string) => [
      ...new Set(collect([form], [], emptyCollectState(), options({ ...june, now })).matrix.map((m) => m.status)),
    ];
    expect(statuses('2025-06-17T02:00:00Z')).toEqual(['pending']);
    expect(statuses('2025-06-18T02:00:00Z')).toEqual(['missing']);
  });
  it('says that holidays are not announced instead of guessing', () => {
    const { matrix, issues } = collect(
      [form],
      [],
      emptyCollectState(),
      options({ period: '2099-06', now: '2099-06-18T02:00:00Z' }),
    );
    expect(matrix[0]).toMatchObject({ status: 'missing', uncertain: true });
    expect(issues.map((issue) => issue.code)).toEqual(['holidays-unknown']);
  });
});

describe('over the periods', () => {
  it('gives differences to the last period and the year to date, and names periods that were not collected', async () => {
    const returns = await Promise.all([
      received({ unit: '甲县局', values: [10, 2, 0.1, 90], period: '2024-12', at: '2024-12-16T02:00:00Z' }),
      received({ unit: '甲县局', values: [10, 2, 0.1, 90], period: '2025-03', at: '2025-03-16T02:00:00Z' }),
      received({ unit: '甲县局', values: [20, 3, 0.2, 90], period: '2025-05', at: '2025-05-16T02:00:00Z' }),
      received({ unit: '甲县局', values: [14, 3, null, 90], period: '2025-06' }),
    ]);
    const { consolidated } = collect([form], returns, emptyCollectState(), options());
    expect(consolidated.map((one) => one.period)).toEqual(['2024-12', '2025-03', '2025-05', '2025-06']);
    expect(consolidated[3]).toMatchObject({
      values: [14, 3, null, null],
      previous: { period: '2025-05', values: [20, 3, 0.2, null], differences: [-6, 0, null, null] },
      yearToDate: {
        values: [44, 8, 0.3, null],
        periods: ['2025-03', '2025-05', '2025-06'],
        missingPeriods: ['2025-04'],
      },
    });
    expect(consolidated[1]!.previous).toBeNull();
  });

  it('takes cumulative figures as they stand and sees when they fall', async () => {
    const whole = made(columnUnitTable, null, null);
    const values = (n: number) =>
      withTotals(
        whole,
        entryCells(whole).map((cell) => (cell.use === 'open' && cell.entry!.type === 'whole' ? n : null)),
      );
    const may = await received(
      { unit: '甲县局', values: values(5), period: '2025-05', of: columnUnitTable, at: '2025-05-16T00:00:00Z' },
      [whole],
    );
    const now = await received(
      { unit: '甲县局', values: values(5).with(0, 4), period: '2025-06', of: columnUnitTable },
      [whole],
    );
    const { consolidated, issues } = collect([whole], [may, now], emptyCollectState(), options());
    expect(consolidated[1]!.yearToDate).toMatchObject({ periods: ['2025-06'], missingPeriods: [] });
    expect(consolidated[1]!.yearToDate!.values).toEqual(consolidated[1]!.values);
    // The total is worked out from its parts, so it falls with its part.
    expect(issues.filter((i) => i.code === 'cumulative-decreased').map((i) => i.cell)).toEqual(['B5', 'B8']);
  });

  it('holds 累计 against what was reported before', async () => {
    const paired = made(totalsTable, null, null);
    const values = (now: number, sum: number) =>
      withTotals(
        paired,
        entryCells(paired).map((cell) => (cell.use !== 'open' ? null : cell.column < 4 ? now : sum)),
      );
    const returns = await Promise.all([
      received(
        { unit: '甲县局', values: values(5, 5), period: '2025-05', of: totalsTable, at: '2025-05-16T00:00:00Z' },
        [paired],
      ),
      received({ unit: '甲县局', values: values(3, 8), period: '2025-06', of: totalsTable }, [paired]),
    ]);
    expect(collect([paired], returns, emptyCollectState(), options()).issues).toEqual([]);
    const wrong = [returns[0]!, await received({ unit: '甲县局', values: values(3, 9), of: totalsTable }, [paired])];
    const codes = collect([paired], wrong, emptyCollectState(), options()).issues.map((issue) => issue.code);
    expect(new Set(codes)).toEqual(new Set(['cumulative-mismatch']));
    const less = [await received({ unit: '甲县局', values: values(3, 2), of: totalsTable }, [paired])];
    const found = collect([paired], less, emptyCollectState(), options()).issues.filter(
      (issue) => issue.code === 'cumulative-less',
    );
    expect(found.length).toBeGreaterThan(0);
  });

  it('carries sums over a change of the form by the labels of its cells', async () => {
    const wider = drawTable(
      ['项目|数量', '检查学校（所）|', '检查食堂（家）|', '发现问题学校（所）|', '罚款金额（万元）|', '整改率（%）|'],
      {
        headerRows: 1,
        stubColumns: 1,
        title: table.title,
        caption: table.caption,
        notes: table.notes,
      },
    );
    const next = made(wider, null, null, 2);
    const may = collect(
      [form],
      [await received({ unit: '甲县局', values: [10, 2, 0.1, 90], period: '2025-05', at: '2025-05-16T00:00:00Z' })],
      emptyCollectState(),
      options(),
    );
    const now = await received({ unit: '甲县局', values: [12, 30, 4, 1, 90], of: wider, version: 2 }, [form, next]);
    const { consolidated } = collect([next], [now], may.state, options(june));
    expect(consolidated[0]!.previous).toMatchObject({
      values: [10, null, 2, 0.1, null],
      differences: [2, null, 2, 0.9, null],
    });
  });
});

describe('a form that is asked for once', () => {
  it('is of the day when it is due, next to when it came', async () => {
    const attachment = attachmentOf(registrationTable, { kind: 'form' });
    const on = (date: string): Deadline => ({ ...monthly(1, '报送联络员报名表'), due: { kind: 'date', date } });
    const notice = noticeOf([attachment], { deadlines: [on('2025-04-08'), on('2025-09-08')] });
    const registration = formModel(notice, attachment, registrationTable);
    const values = ['甲县局', '王某', '办公室', '科员', '010-1', '139', 'a@b.cn'];
    const result = await readReturn(await filled(registration, values), '甲.xlsx', [registration]);
    const { state, matrix } = collect(
      [registration],
      [{ result, receivedAt: '2025-04-10T00:00:00Z' }],
      emptyCollectState(),
      options(),
    );
    expect(state.returns).toMatchObject([{ unit: '甲县局', period: '2025-04-08', values }]);
    expect(matrix.find((entry) => entry.unit === '甲县局')).toMatchObject({ status: 'late', due: '2025-04-08' });
  });
});

describe('a workbook with all forms of a notice', () => {
  const attachments = [attachmentOf(table), attachmentOf(registrationTable, { number: 2, kind: 'form' })];
  const notice = noticeOf(attachments, { deadlines: [monthly(17, '报送当月统计表')] });
  const both = (known: FormOptions = {}) =>
    attachments.map((attachment) => formModel(notice, attachment, attachment.tables[0]!, known));
  it('may come back with one of them filled in', async () => {
    const bytes = await renderXlsx(both({ period: '2025-06', unit: '甲县局' }), [[10, 2, 0.1, 90], null]);
    const result = await readReturn(bytes, '甲.xlsx', both());
    const { state, issues } = collect(
      both(),
      [{ result, receivedAt: '2025-06-16T00:00:00Z' }],
      emptyCollectState(),
      options(),
    );
    expect(issues).toEqual([]);
    expect(state.returns.map((stored) => stored.values)).toEqual([[10, 2, 0.1, 90]]);
    expect(state.rejected).toEqual([]);
  });
  it('is told to be empty when all are', async () => {
    const result = await readReturn(await renderXlsx(both({ period: '2025-06', unit: '甲县局' })), '甲.xlsx', both());
    expect(result.returns.flatMap((one) => one.issues.map((issue) => issue.code))).toEqual([
      'empty-return',
      'empty-return',
    ]);
  });
});

describe('a list', () => {
  it('is put together from the rows of all units', async () => {
    const ledger = made(ledgerTable, null, null);
    const { fileName, sha256 } = { fileName: '台账.xlsx', sha256: 'x' };
    const read = await readReturn(
      await filled(ledger, [
        '1',
        '甲农资店',
        '2025-06-03',
        '无证经营',
        0.5,
        '是',
        null,
        '2',
        '乙农资店',
        '2025-06-04',
        '=1+1',
        null,
        '否',
        null,
      ]),
      fileName,
      [ledger],
    );
    expect(read.returns[0]!.records).toEqual([
      ['1', '甲农资店', '2025-06-03', '无证经营', 0.5, '是', null],
      ['2', '乙农资店', '2025-06-04', '=1+1', null, '否', null],
    ]);
    const named = {
      ...read,
      sha256,
      returns: read.returns.map((one) => ({ ...one, unit: '甲县局', period: '2025-06' })),
    };
    const { consolidated } = collect(
      [ledger],
      [{ result: named, receivedAt: '2025-06-16T00:00:00Z' }],
      emptyCollectState(),
      options(),
    );
    expect(consolidated[0]!.records.map((record) => [record.unit, record.values[1]])).toEqual([
      ['甲县局', '甲农资店'],
      ['甲县局', '乙农资店'],
    ]);
  });
});
