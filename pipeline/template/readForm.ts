import ExcelJS from 'exceljs';
import type { CellRole, FormIdentity, TableAxis, TableCell } from '../../models/index.ts';
import { tableAxes } from './axes.ts';
import { parseCaptions } from './captions.ts';
import { readIdentities } from './identitySheet.ts';

/** A blank form as it stands on a sheet: read from the sheet alone, by what a person sees (texts, merges, locks, fills). */
export interface SheetForm {
  readonly sheetName: string;
  readonly identity: FormIdentity | null;
  readonly title: string;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly headerRows: number;
  readonly stubColumns: number;
  readonly cells: readonly TableCell[];
  readonly rows: readonly TableAxis[];
  readonly columns: readonly TableAxis[];
  /** Cells of the grid (row,column) that are open for entry, and which of them have a data validation. */
  readonly open: readonly string[];
  readonly validated: readonly string[];
  readonly formulas: readonly { readonly row: number; readonly column: number; readonly formula: string }[];
  readonly merges: readonly string[];
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && 'richText' in value) return value.richText.map((run) => run.text).join('');
  return typeof value === 'object' ? '' : String(value);
}

/** Edges of a span in a worksheet, from its merges. */
function spansOf(sheet: ExcelJS.Worksheet): ReadonlyMap<string, { rowSpan: number; columnSpan: number }> {
  return new Map(
    sheet.model.merges.map((range) => {
      const [start, end] = range.split(':') as [string, string];
      const first = sheet.getCell(start);
      const last = sheet.getCell(end);
      return [
        first.address,
        {
          rowSpan: last.fullAddress.row - first.fullAddress.row + 1,
          columnSpan: last.fullAddress.col - first.fullAddress.col + 1,
        },
      ];
    }),
  );
}

/** Reads blank forms back from a workbook: for checking that a form says what the notice's table says. */
export async function readForms(bytes: Uint8Array): Promise<readonly SheetForm[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer);
  const identities = readIdentities(workbook);
  return workbook.worksheets.filter((sheet) => sheet.state === 'visible').map((sheet) => readSheet(sheet, identities));
}

function readSheet(sheet: ExcelJS.Worksheet, identities: ReturnType<typeof readIdentities>): SheetForm {
  const known = identities.get(sheet.name);
  const spans = spansOf(sheet);
  // The grid is what has a border all around; fields above it have one line beneath them.
  const boxed = (cell: ExcelJS.Cell) => Boolean(cell.border?.left && cell.border.top && cell.border.bottom);
  let top = 1;
  while (top <= sheet.rowCount && !boxed(sheet.getCell(top, 1))) top++;
  let bottom = top;
  while (bottom < sheet.rowCount && boxed(sheet.getCell(bottom + 1, 1))) bottom++;
  let columnCount = 1;
  while (boxed(sheet.getCell(top, columnCount + 1))) columnCount++;
  bottom -= known?.addedRows ?? 0;

  const view = sheet.views[0];
  const frozen = view?.state === 'frozen' ? view : null;
  const headerRows = frozen?.ySplit ? frozen.ySplit - top + 1 : 0;
  const stubColumns = frozen?.xSplit ?? 0;

  const cells: TableCell[] = [];
  const open: string[] = [];
  const validated: string[] = [];
  const formulas: { row: number; column: number; formula: string }[] = [];
  let title = '';
  for (let row = 1; row < top; row++) {
    const cell = sheet.getCell(row, 1);
    if (title === '' && cell.font?.size === 18) title = textOf(cell.value);
  }
  for (let row = top; row <= bottom; row++) {
    for (let column = 1; column <= columnCount; column++) {
      const cell = sheet.getCell(row, column);
      if (cell.isMerged && cell.master.address !== cell.address) continue;
      const place = { row: row - top, column: column - 1 };
      if (cell.formula) formulas.push({ ...place, formula: cell.formula });
      const isOpen = cell.protection?.locked === false;
      if (isOpen) open.push(`${place.row},${place.column}`);
      if (isOpen && cell.dataValidation) validated.push(`${place.row},${place.column}`);
      const span = spans.get(cell.address) ?? { rowSpan: 1, columnSpan: 1 };
      cells.push({ ...place, ...span, text: cell.formula ? '' : textOf(cell.value), role: roleOf(cell, isOpen) });
    }
  }
  const grid = { rowCount: bottom - top + 1, columnCount, headerRows, stubColumns, cells };
  const above: string[] = [];
  for (let row = 1; row < top; row++) sheet.getRow(row).eachCell((cell) => above.push(textOf(cell.value)));
  const tableUnit = above.flatMap((text) => parseCaptions([text]).tableUnit ?? [])[0] ?? null;
  const blank = { title, caption: [], rows: [], columns: [], notes: [], frequency: null, evidence: [] };
  const axes = tableAxes({ ...grid, ...blank }, tableUnit);
  return {
    sheetName: sheet.name,
    identity: known?.identity ?? null,
    title,
    ...grid,
    ...axes,
    open,
    validated,
    formulas,
    merges: sheet.model.merges,
  };
}

function roleOf(cell: ExcelJS.Cell, isOpen: boolean): CellRole {
  if (isOpen || cell.formula) return textOf(cell.value) !== '' && !cell.formula ? 'data' : 'blank';
  const fill = cell.fill?.type === 'pattern' ? cell.fill.fgColor?.argb : undefined;
  if (fill === 'FFD0D0D0') return 'not-applicable';
  if (fill === 'FFF2F2F2') return cell.font?.bold ? 'column-header' : 'row-header';
  return 'data';
}
