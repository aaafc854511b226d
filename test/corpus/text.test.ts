import { describe, expect, it } from 'vitest';
import { NoticeSpec, SpecTable } from '../../corpus/generator/spec.ts';
import { renderText } from '../../corpus/generator/text.ts';

const bare: NoticeSpec = {
  id: 'bare',
  copyNumber: null,
  securityLevel: null,
  urgency: null,
  letterhead: null,
  documentNumber: null,
  signer: null,
  title: ['甲县人民政府', '关于某事的通告'],
  recipients: null,
  body: [],
  attachmentNote: [],
  signatories: [],
  sealed: false,
  date: null,
  notes: [],
  enclosures: [],
  attachments: [],
  imprint: null,
  forwarded: null,
};
const cell = (row: number, column: number, rowSpan: number, columnSpan: number, text: string) => ({
  row,
  column,
  rowSpan,
  columnSpan,
  text,
});
const table = {
  type: 'table' as const,
  caption: ['填报单位：'],
  rowCount: 3,
  columnCount: 3,
  headerRows: 1,
  stubColumns: 2,
  cells: [
    ...[cell(0, 0, 1, 2, '项目'), cell(0, 2, 1, 1, '数量')],
    ...[cell(1, 0, 2, 1, '隐患（处）'), cell(1, 1, 1, 1, '一般'), cell(1, 2, 1, 1, '')],
    ...[cell(2, 1, 1, 1, '重大'), cell(2, 2, 1, 1, '\\')],
  ],
  notes: ['注：每月5日前报送。'],
};

describe('renderText', () => {
  it('prints nothing for what is absent', () => {
    expect(renderText(bare)).toBe('甲县人民政府\n关于某事的通告\n');
  });

  it('prints 文件 once for several bodies, and the signer beside the number', () => {
    const letterhead = { bodies: ['甲局', '乙局'], withSuffix: true };
    const text = renderText({ ...bare, letterhead, documentNumber: '甲发〔2025〕1号', signer: '丙丁' });
    expect(text.split('\n\n').slice(0, 2)).toEqual(['甲局\n乙局文件', '甲发〔2025〕1号　　签发人：丙丁']);
  });

  it('numbers attachments only where there are several', () => {
    expect(renderText({ ...bare, attachmentNote: ['统计表'] })).toContain('附件：统计表\n');
    expect(renderText({ ...bare, attachmentNote: ['甲', '乙'] })).toContain('附件：1. 甲\n\n2. 乙\n');
  });

  it('keeps a run-in heading in one paragraph', () => {
    const heading = {
      type: 'heading' as const,
      level: 2 as const,
      number: '（一）',
      text: '目标。',
      runIn: '做到某事。',
    };
    expect(renderText({ ...bare, body: [heading] })).toContain('\n（一）目标。做到某事。\n');
  });

  it('leaves the places of a merged cell empty, so that every line has as many cells as the grid', () => {
    const text = renderText({ ...bare, attachments: [{ label: '附件', title: ['统计表'], blocks: [table] }] });
    const grid = '项目\t\t数量\n隐患（处）\t一般\t\n\t重大\t\\';
    expect(text).toContain(`附件\n\n统计表\n\n填报单位：\n\n${grid}\n\n注：每月5日前报送。\n`);
  });

  it('prints the forwarded notice after the imprint', () => {
    const imprint = { copyTo: '丙局。', printedBy: '甲局办公室', printedOn: '2025年1月2日' };
    const text = renderText({ ...bare, imprint, forwarded: { ...bare, title: ['内层通知'] } });
    expect(text).toContain('抄送：丙局。\n\n甲局办公室　　2025年1月2日印发\n\n内层通知\n');
  });
});

describe('the specification', () => {
  it('takes a table whose cells tile the grid', () => {
    expect(SpecTable.safeParse(table).success).toBe(true);
  });

  it('refuses gaps, overlaps and cells outside the grid', () => {
    const faults = (cells: readonly unknown[]) =>
      SpecTable.safeParse({ ...table, cells }).error?.issues.map(({ message }) => message);
    expect(faults(table.cells.slice(1))).toEqual(['0,0 is not taken', '0,1 is not taken']);
    expect(faults([...table.cells, cell(1, 1, 1, 1, '')])).toEqual(['1,1 is taken twice']);
    expect(faults([...table.cells, cell(0, 3, 1, 1, '')])).toEqual(['0,3 is outside the grid']);
  });

  it('refuses unknown keys', () => {
    expect(NoticeSpec.safeParse({ ...bare, printer: '丙' }).success).toBe(false);
  });
});
