import { describe, expect, it } from 'vitest';
import type { Deadline, FormModel, Table } from '../../models/index.ts';
import { parseCaptions } from '../../pipeline/template/captions.ts';
import { type FormOptions, formModel, formModels } from '../../pipeline/template/formModel.ts';
import { fillTitle } from '../../pipeline/template/titlePeriod.ts';
import * as samples from './tables.ts';

const { attachmentOf, drawTable, monthly, noticeOf } = samples;

function modelOf(
  table: Table,
  options: FormOptions & {
    readonly kind?: Parameters<typeof attachmentOf>[1];
    readonly deadlines?: readonly Deadline[];
  } = {},
): FormModel {
  const attachment = attachmentOf(table, options.kind);
  return formModel(noticeOf([attachment], { deadlines: options.deadlines ?? [] }), attachment, table, options);
}
const small = (caption: readonly string[], known: Partial<Table> = {}) =>
  drawTable(['项目|数量', '检查单位（家）|'], {
    headerRows: 1,
    stubColumns: 1,
    title: '检查情况统计表',
    caption,
    ...known,
  });
const lines = (model: FormModel, use: string) =>
  model.lines.filter((line) => line.use === use).map((line) => line.text);

describe('lines above the table', () => {
  it('finds what is to be filled in, whatever the filler', () => {
    const fields = (...caption: string[]) =>
      parseCaptions(caption)
        .lines.flat()
        .flatMap((part) => (part.type === 'field' ? [`${part.kind} ${part.label}`] : []));
    expect(fields('填报单位：\\_\\_\\_ 填报人：\\_\\_\\_ 联系电话：\\_\\_')).toEqual([
      'unit 填报单位：',
      'person 填报人：',
      'phone 联系电话：',
    ]);
    expect(fields('填报单位（盖章）-----', '填报人：')).toEqual(['unit 填报单位（盖章）：', 'person 填报人：']);
    expect(fields('填报单位：_____ 填报时间： 年 月 日')).toEqual(['unit 填报单位：', 'date 填报时间：']);
    expect(fields('填 报 人：____　审核人（签字）：')).toEqual(['person 填报人：', 'head 审核人（签字）：']);
  });

  it('takes labels apart that stand without a blank between', () => {
    const parts = (line: string) =>
      parseCaptions([line])
        .lines.flat()
        .map((part) => (part.type === 'field' ? `${part.label}${part.value ?? ''}` : part.text));
    expect(parts('填报单位（公章）：填报时间：年月日填报人及电话：')).toEqual([
      '填报单位（公章）：',
      '填报时间：',
      '填报人及电话：',
    ]);
    expect(parts('填报单位：____填报人：____审核人：____填报日期：____')).toEqual([
      '填报单位：',
      '填报人：',
      '审核人：',
      '填报日期：',
    ]);
    expect(parts('填报单位：禾溪县住房局填报人：余某')).toEqual(['填报单位：禾溪县住房局', '填报人：余某']);
    expect(parts('填报单位（盖章）：审核人：年月')).toEqual(['填报单位（盖章）：', '审核人：', '年月']);
  });

  it('does not take the measure of the table for whoever reports', () => {
    expect(parseCaptions(['单位：万元'])).toMatchObject({ tableUnit: '万元', lines: [[{ type: 'statement' }]] });
    expect(parseCaptions(['单位：'])).toMatchObject({ tableUnit: null, lines: [[{ type: 'field', kind: 'unit' }]] });
  });

  it('puts 表号, 制定机关, 批准文号, 有效期 at the upper right', () => {
    const model = modelOf(samples.totalsTable, { period: '2025-06' });
    expect(lines(model, 'approval')).toEqual([
      '表号：消统1表',
      '制定机关：云溪省消防救援总队',
      '批准文号：云统制〔2025〕3号',
      '有效期至：2027年12月',
    ]);
    for (const line of model.lines.filter((l) => l.use === 'approval')) {
      expect(line.range.right).toBe(model.grid.columnCount - 1);
      expect(line.range.left).toBeGreaterThan(0);
      expect(line.range.bottom).toBeLessThan(model.titleRange.top);
    }
  });

  it('asks for the unit and the period of recurring statistics where nothing printed does', () => {
    const model = modelOf(small([], { frequency: 'monthly' }));
    expect(model.fields.map(({ kind, printed }) => [kind, printed])).toEqual([
      ['unit', false],
      ['period', false],
    ]);
    expect(modelOf(small(['填报单位：'], { title: 'X月检查情况统计表' })).fields.map((f) => f.kind)).toEqual(['unit']);
  });

  it('gives every field its own cells within the sheet', () => {
    for (const table of [
      samples.groupedTable,
      samples.itemTable,
      small(['填报单位：__ 填报人：__ 联系电话：__ 填报时间：__']),
    ]) {
      const model = modelOf(table);
      const taken = new Set<string>();
      for (const { top, left, bottom, right } of model.fields.flatMap((f) => [f.labelRange, f.valueRange])) {
        expect(left).toBeLessThanOrEqual(right);
        expect(right).toBeLessThan(model.page.columnWidths.length);
        expect(bottom).toBeLessThan(model.grid.top);
        for (let column = left; column <= right; column++) {
          expect(taken.has(`${top},${column}`)).toBe(false);
          taken.add(`${top},${column}`);
        }
      }
    }
  });

  it('fills in unit and period that are known, and locks them', () => {
    const model = modelOf(samples.columnUnitTable, { unit: '云溪市第一幼儿园', period: '2025-06' });
    expect(model.fields.map((field) => field.value)).toEqual(['云溪市第一幼儿园', '2025年6月']);
  });
});

describe('the title', () => {
  it.each([
    ['2025年X月燃气行动统计表', '2025-06', '2025年6月燃气行动统计表'],
    ['2025年X月燃气行动统计表', '2026-01', '2026年1月燃气行动统计表'],
    ['年月检查统计表', '2025-06', '2025年6月检查统计表'],
    ['检查统计表（ 年 月）', '2025-06', '检查统计表（2025年6月）'],
    ['____年____月份统计表', '2025-06', '2025年6月份统计表'],
    ['2025年第X季度统计表', '2025-Q2', '2025年第2季度统计表'],
    ['20XX年统计表', '2025', '2025年统计表'],
  ])('%s for %s is %s', (title, period, filled) => {
    expect(fillTitle(title, period)).toEqual({ text: filled, open: false });
  });
  it('stays as printed where nothing is blank, and open where a blank cannot be filled', () => {
    expect(fillTitle('2025年6月统计表', '2025-07')).toEqual({ text: '2025年6月统计表', open: false });
    expect(fillTitle('燃气安全季度统计表', '2025-Q1')).toEqual({ text: '燃气安全季度统计表', open: false });
    expect(fillTitle('2025年X月统计表', null)).toEqual({ text: '2025年X月统计表', open: true });
  });
});

describe('when it is due', () => {
  it('takes the deadline that names the attachment, the table or its kind', () => {
    const due = (deadlines: readonly Deadline[]) => modelOf(small([]), { deadlines }).deadlines.map((d) => d.task);
    const plan: Deadline = { ...monthly(1, '报送工作总结'), due: { kind: 'date', date: '2025-10-19' } };
    expect(due([plan, monthly(17, '报送进展情况和统计表（附件1）')])).toEqual(['报送进展情况和统计表（附件1）']);
    expect(due([plan, monthly(17, '报送情况表（附件2）')])).toEqual([]);
    expect(due([plan, monthly(5, '统计数据发送到邮箱')])).toEqual(['统计数据发送到邮箱']);
  });
  it('reads it from a note beneath the table where the body says nothing', () => {
    const [deadline] = modelOf(samples.groupedTable).deadlines;
    expect(deadline?.due).toEqual({
      kind: 'recurring',
      frequency: 'monthly',
      day: 17,
      month: null,
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=17',
    });
  });
  it('prints it once, with the day of this period', () => {
    expect(lines(modelOf(samples.groupedTable, { dueDate: '2025-06-17' }), 'due')).toEqual([
      '本期报送截止：2025年6月17日。',
    ]);
    expect(lines(modelOf(small([]), { deadlines: [monthly(5, '报送统计表')] }), 'due')).toEqual([
      '报送时限：每月5日前。',
    ]);
  });
  it('knows whether this or the last period is reported', () => {
    const offset = (task: string) => modelOf(small([]), { deadlines: [monthly(5, task)] }).periodOffset;
    expect([offset('报送上月统计表'), offset('报送当月统计表'), offset('报送统计表')]).toEqual([1, 0, -1]);
  });
});

describe('what is added up over time', () => {
  it('knows figures that are cumulative as a whole, and since when', () => {
    expect(modelOf(samples.columnUnitTable).cumulation).toMatchObject({
      whole: true,
      yearToDate: true,
      since: '2025-03-01',
    });
    expect(modelOf(samples.itemTable).cumulation).toMatchObject({ whole: false, yearToDate: false });
  });
  it('pairs 本月 with 累计', () => {
    const { cumulation } = modelOf(samples.totalsTable);
    expect(cumulation.whole).toBe(false);
    expect(cumulation.pairs).toContainEqual({ current: [3, 2], cumulative: [3, 4] });
    expect(cumulation.pairs).toHaveLength(16);
  });
});

describe('what kind of form it is', () => {
  it('makes forms that are no statistics as printed', () => {
    const registration = modelOf(samples.registrationTable, { kind: { kind: 'form' } });
    expect(registration.kind).toBe('form');
    expect(registration.grid.cells.filter((c) => c.use === 'open').map((c) => c.key)).toEqual([
      '单位名称',
      '联络员/姓名',
      '联络员/所在部门',
      '联络员/职务',
      '联络员/办公电话',
      '联络员/移动电话',
      '联络员/电子邮箱',
    ]);
    expect(modelOf(samples.dutyTable, { kind: { kind: 'list' } }).diagnostics.map((d) => d.code)).toContain(
      'no-open-cell',
    );
  });
  it('gives a header alone rows for entries', () => {
    const ledger = modelOf(samples.ledgerTable, { kind: { kind: 'form' } });
    expect(ledger.records).toBe(true);
    expect(ledger.grid.rowCount).toBe(16);
    const single = drawTable(['检查单位（家）|发现问题（个）'], { headerRows: 1, stubColumns: 0, title: '统计表' });
    expect(modelOf(single)).toMatchObject({ records: false, grid: { rowCount: 2 } });
  });
  it('reads units that stand in a column of their own', () => {
    const table = drawTable(['指标|计量单位|数量', '检查企业|家|', '罚没款|万元|', '隐患整改率|%|'], {
      headerRows: 1,
      stubColumns: 2,
      title: '统计表',
    });
    const rules = modelOf(table).grid.cells.flatMap((cell) => (cell.use === 'open' ? [cell.entry!.type] : []));
    expect(rules).toEqual(['whole', 'decimal', 'percent']);
  });
  it('keeps cells to be written over open: dashes, 年 月 日, boxes', () => {
    const table = drawTable(['姓名|____', '出生日期|年 月 日', '是否党员|□是 □否'], {
      headerRows: 0,
      stubColumns: 0,
      labels: /^(姓名|出生日期|是否党员)$/,
      title: '登记表',
    });
    const open = modelOf(table, { kind: { kind: 'form' } }).grid.cells.filter((cell) => cell.use === 'open');
    expect(open.map((cell) => cell.entry!.type)).toEqual(['text', 'date', 'text']);
  });
  it('makes all forms of a notice', () => {
    const attachments = [
      attachmentOf(samples.itemTable),
      attachmentOf(samples.registrationTable, { number: 2, kind: 'form' }),
    ];
    expect(formModels(noticeOf(attachments)).map((m) => [m.identity.tableNumber, m.kind])).toEqual([
      [1, 'statistics'],
      [2, 'form'],
    ]);
  });
});

describe('lines beneath the table', () => {
  const notes = ['注：1.按月报送。', '2.罚款保留两位小数。'];
  const footer = ['单位负责人：　审核人：', ...notes, '填报单位（盖章）', '　年　月　日'];

  it('are filled in where the notice has them, with the notes between them', () => {
    const model = modelOf(small(['填报日期：____'], { notes, footer }), { unit: '白水县教育局' });
    const bottom = model.grid.top + model.grid.rowCount;
    const at = (range: { readonly top: number }) => range.top - bottom;
    expect(model.fields.map((field) => [field.kind, field.label, field.value, at(field.labelRange)])).toEqual([
      ['date', '填报日期：', null, -3],
      ['head', '单位负责人：', null, 0],
      ['head', '审核人：', null, 1],
      ['unit', '填报单位(盖章)：', '白水县教育局', 4],
      ['date', '日期：', null, 5],
    ]);
    expect(model.lines.map((line) => [line.text, at(line.range)])).toEqual([
      [notes[0], 2],
      [notes[1], 3],
    ]);
    expect(model.page.rowHeights).toHaveLength(bottom + 6);
  });
  it('tell the unit, so that no further line asks for it', () => {
    const labels = (known: Partial<Table>) => modelOf(small([], known)).fields.map((field) => field.label);
    expect(labels({})).toEqual(['填报单位：']);
    expect(labels({ footer: ['填报单位：____'] })).toEqual(['填报单位：']);
  });
});

describe('what is asked for beside a label', () => {
  const rules = (table: Table) =>
    modelOf(table).grid.cells.flatMap((cell) => (cell.use === 'open' ? [`${cell.key} ${cell.entry?.type}`] : []));

  it('follows the label and its unit where a table is pairs of labels and blanks', () => {
    const pairs = drawTable(
      ['企业名称||检查次数（次）|', '罚款（万元）||出生年月|', '单位意见|（盖章） 年 月 日|<|<'],
      {
        headerRows: 0,
        stubColumns: 0,
        labels: /^[^（]+(?:（[次万元]+）)?$/,
      },
    );
    expect(rules(pairs)).toEqual(['企业名称 text', '检查次数 whole', '罚款 decimal', '出生年月 text', '单位意见 text']);
  });
  it('is a name where rows are numbered or have no label', () => {
    const numbered = ['序号|县区|检查数（家）', '1||', '2||'];
    expect(rules(drawTable(numbered, { headerRows: 1, stubColumns: 1, title: '统计表' }))).toEqual([
      '1|县区 text',
      '1|检查数 whole',
      '2|县区 text',
      '2|检查数 whole',
    ]);
    const unlabelled = ['县区|检查数（家）', '云溪县|', '|'];
    expect(rules(drawTable(unlabelled, { headerRows: 1, stubColumns: 1, title: '统计表' }))).toEqual([
      '云溪县|检查数 whole',
      '县区 text',
      '检查数 whole',
    ]);
  });
});
