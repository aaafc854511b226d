import { z } from 'zod';
import { Deadline } from './facts.ts';
import { Diagnostic } from './finding.ts';
import { Period } from './period.ts';
import { CellRole, type Table, TableAxis } from './table.ts';

/** Which form a sheet is: stands in the hidden sheet of every workbook and comes back with the return. */
export const FormIdentity = z
  .object({
    documentNumber: z.string().nullable().meta({ title: '发文字号' }),
    noticeTitle: z.string().nullable().meta({ title: '公文标题' }),
    tableNumber: z.int().min(1).meta({ title: '表序', description: 'The how-manieth table of the notice, from 1.' }),
    tableTitle: z.string().meta({ title: '表名', description: 'As printed.' }),
    version: z.int().min(1).meta({ title: '表样版本' }),
    structureHash: z
      .string()
      .meta({ title: '结构校验码', description: 'SHA-256 of grid, spans, roles and labels, hex.' }),
    period: Period.nullable().meta({ title: '报告期' }),
    unit: z.string().nullable().meta({ title: '填报单位' }),
  })
  .readonly()
  .meta({ id: 'FormIdentity', title: '表样标识' });
export type FormIdentity = z.infer<typeof FormIdentity>;

/** What may stand in an open cell. `unit` is the measure as printed (家, 万元), null where none. */
export const EntryRule = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('whole'), min: z.number().nullable(), unit: z.string().nullable() }).readonly(),
    z.object({ type: z.literal('decimal'), min: z.number().nullable(), unit: z.string().nullable() }).readonly(),
    z
      .object({
        type: z.literal('percent'),
        min: z.number().nullable().meta({ description: 'Percent: 0 and 100, or null for a growth rate.' }),
        max: z.number().nullable(),
        unit: z.string().nullable(),
      })
      .readonly(),
    z.object({ type: z.literal('date'), unit: z.string().nullable() }).readonly(),
    z
      .object({ type: z.literal('choice'), options: z.array(z.string()).readonly(), unit: z.string().nullable() })
      .readonly(),
    z.object({ type: z.literal('text'), maxLength: z.int(), unit: z.string().nullable() }).readonly(),
  ])
  .meta({ id: 'EntryRule', title: '填报规则' });
export type EntryRule = z.infer<typeof EntryRule>;

/** A cell of the grid. Rows and columns count from 0 within the grid, as in `Table`. */
export const FormCell = z
  .object({
    row: z.int().min(0),
    column: z.int().min(0),
    rowSpan: z.int().min(1),
    columnSpan: z.int().min(1),
    text: z.string(),
    role: CellRole,
    use: z.enum(['label', 'printed', 'not-applicable', 'open', 'total']).meta({
      description: 'label and printed are locked; open is filled in; total is a formula.',
    }),
    key: z.string().nullable().meta({
      description: 'Of open and total cells: row labels | column labels, unique in the form.',
    }),
    entry: EntryRule.nullable().meta({ description: 'Of open and total cells.' }),
    added: z.boolean().meta({ description: 'Not printed: an entry row below the header of a list.' }),
  })
  .readonly()
  .meta({ id: 'FormCell', title: '表样单元格' });
export type FormCell = z.infer<typeof FormCell>;

export const GridPlace = z
  .tuple([z.int().min(0), z.int().min(0)])
  .readonly()
  .meta({ id: 'GridPlace', title: '格位', description: 'Row and column within the grid.' });
export type GridPlace = z.infer<typeof GridPlace>;

/** A cell that is the sum of others. */
export const FormTotal = z
  .object({ place: GridPlace, parts: z.array(GridPlace).readonly() })
  .readonly()
  .meta({ id: 'FormTotal', title: '合计' });
export type FormTotal = z.infer<typeof FormTotal>;

/** A relation between two cells that is watched: the first is at most the second. */
export const FormCheck = z
  .object({
    place: GridPlace,
    atMost: GridPlace,
    severity: z.enum(['error', 'warning']).meta({
      description: 'error: printed so (其中); warning: to be expected from the labels (完成整改 ≤ 发现违规).',
    }),
    rule: z.string().meta({ description: 'In Chinese, for people.' }),
  })
  .readonly()
  .meta({ id: 'FormCheck', title: '审核关系' });
export type FormCheck = z.infer<typeof FormCheck>;

export const FieldKind = z.enum(['unit', 'person', 'head', 'phone', 'date', 'period', 'other']);
export type FieldKind = z.infer<typeof FieldKind>;

/** Where something stands on the sheet: 0-based rows and columns of the sheet, both ends included. */
export const SheetRange = z
  .object({ top: z.int(), left: z.int(), bottom: z.int(), right: z.int() })
  .readonly()
  .meta({ id: 'SheetRange', title: '表位' });
export type SheetRange = z.infer<typeof SheetRange>;

/** A line part above or beneath the grid to be filled in: 填报单位：____ */
export const FormField = z
  .object({
    kind: FieldKind,
    label: z.string().meta({ description: 'As printed, with its colon.' }),
    value: z.string().nullable().meta({ description: 'Filled in beforehand; then it is locked.' }),
    entry: EntryRule,
    printed: z.boolean().meta({ description: 'false: not in the notice, added because a return must tell it.' }),
    labelRange: SheetRange,
    valueRange: SheetRange,
  })
  .readonly()
  .meta({ id: 'FormField', title: '表头填报项' });
export type FormField = z.infer<typeof FormField>;

/** A text that is printed beside the grid and not filled in. */
export const FormLine = z
  .object({
    use: z.enum(['approval', 'statement', 'note', 'due']),
    text: z.string(),
    range: SheetRange,
  })
  .readonly()
  .meta({ id: 'FormLine', title: '表外文字' });
export type FormLine = z.infer<typeof FormLine>;

/** How figures of one period relate to those before. */
export const Cumulation = z
  .object({
    whole: z
      .boolean()
      .meta({ description: 'The notice says that all figures of the table are cumulative (累计数据).' }),
    yearToDate: z.boolean().meta({ description: 'The notice speaks of 累计 anywhere: year to date is worked out.' }),
    since: z.string().nullable().meta({ description: 'YYYY-MM-DD where printed.' }),
    pairs: z
      .array(z.object({ current: GridPlace, cumulative: GridPlace }).readonly())
      .readonly()
      .meta({ description: '本月 and 累计 side by side.' }),
  })
  .readonly()
  .meta({ id: 'Cumulation', title: '累计口径' });
export type Cumulation = z.infer<typeof Cumulation>;

/** What goes where in a blank form, for every renderer: cells, formulas, rules of entry, checks, places on the sheet. */
export const FormModel = z
  .object({
    identity: FormIdentity,
    kind: z.enum(['statistics', 'form']).meta({ description: 'form: 报名表, 台账, 分工表 … as printed.' }),
    sheetName: z.string(),
    title: z.string().meta({ description: 'With the period filled in where it is known.' }),
    titleRange: SheetRange,
    titleOpen: z.boolean().meta({ description: 'The title has a blank (X月) that whoever fills the form must fill.' }),
    fields: z.array(FormField).readonly(),
    lines: z.array(FormLine).readonly(),
    grid: z
      .object({
        top: z.int().min(0).meta({ description: 'Sheet row of the first grid row.' }),
        rowCount: z.int().min(1),
        columnCount: z.int().min(1),
        headerRows: z.int().min(0),
        stubColumns: z.int().min(0),
        cells: z.array(FormCell).readonly(),
      })
      .readonly(),
    rows: z.array(TableAxis).readonly(),
    columns: z.array(TableAxis).readonly(),
    totals: z.array(FormTotal).readonly(),
    checks: z.array(FormCheck).readonly(),
    records: z.boolean().meta({ description: 'A list (台账): as many rows as there are things to enter.' }),
    cumulation: Cumulation,
    deadlines: z.array(Deadline).readonly().meta({ description: 'When the filled form is owed.' }),
    periodOffset: z.int().meta({
      description: 'Due in the reported period itself (0: 当月) or in the one after it (1: 上月). -1: not printed.',
    }),
    page: z
      .object({
        orientation: z.enum(['portrait', 'landscape']),
        onePage: z.boolean(),
        columnWidths: z.array(z.number()).readonly().meta({ description: 'Characters of the default font.' }),
        rowHeights: z.array(z.number()).readonly().meta({ description: 'Points, one per sheet row.' }),
      })
      .readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
  })
  .readonly()
  .meta({ id: 'FormModel', title: '表样' });
export type FormModel = z.infer<typeof FormModel>;

/** From which data rows (columns) of our form the data rows (columns) of the upper one are added up. Indices from 0. */
export const AxisMapping = z
  .object({
    sources: z
      .array(
        z
          .object({
            upper: z.int().min(0),
            lower: z
              .array(z.int().min(0))
              .readonly()
              .meta({ description: 'Added together; empty: it cannot be filled.' }),
            factor: z.number().meta({ description: 'Turns our measure into theirs: 0.0001 from 元 to 万元.' }),
            zero: z.boolean().meta({ description: 'Our level has nothing to report here.' }),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'AxisMapping', title: '行列对应' });
export type AxisMapping = z.infer<typeof AxisMapping>;

/** How our form adds up into the upper level's one; a comparison of the two tables makes it. */
export const TableMapping = z
  .object({
    rows: AxisMapping,
    columns: AxisMapping,
    transposed: z.boolean().meta({ description: 'Their rows are our columns.' }),
    missing: z
      .array(
        z
          .object({
            axis: z.enum(['row', 'column']),
            path: z.array(z.string()).readonly(),
            reason: z.enum(['absent', 'merged', 'unit']),
            message: z.string(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'TableMapping', title: '表间对应' });
export type TableMapping = z.infer<typeof TableMapping>;

/**
 * The hidden sheet of every workbook: A1 holds the mark; row 2 these names; from row 3 one row per form. It is read back
 * from returns, so names are never changed, only added at the end.
 */
export const identitySheet = {
  name: '_hongtou',
  mark: 'hongtou-form',
  columns: [
    'sheet',
    'documentNumber',
    'noticeTitle',
    'tableNumber',
    'tableTitle',
    'version',
    'structureHash',
    'period',
    'unit',
    'addedRows',
  ],
} as const;

/** The table that a form was made from, with the rows that were added to it. */
export function tableOfForm(form: FormModel): Table {
  const { rowCount, columnCount, headerRows, stubColumns, cells } = form.grid;
  return {
    title: form.identity.tableTitle,
    caption: [],
    rowCount,
    columnCount,
    headerRows,
    stubColumns,
    cells: cells.map(({ row, column, rowSpan, columnSpan, text, role }) => ({
      row,
      column,
      rowSpan,
      columnSpan,
      text,
      role,
    })),
    columns: form.columns,
    rows: form.rows,
    notes: [],
    frequency: null,
    evidence: [],
  };
}
