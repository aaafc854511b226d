import type ExcelJS from 'exceljs';
import { FormIdentity, type FormModel, identitySheet } from '../../models/index.ts';

/** Writes the identity of every form, one per row, below a row of names. All values are texts or numbers, never formulas. */
export function writeIdentity(
  workbook: ExcelJS.Workbook,
  forms: readonly { readonly sheetName: string; readonly model: FormModel }[],
): void {
  // veryHidden: no menu of Excel or WPS shows it.
  const sheet = workbook.addWorksheet(identitySheet.name, { state: 'veryHidden' });
  sheet.addRow([identitySheet.mark, 1]);
  sheet.addRow([...identitySheet.columns]);
  for (const { sheetName, model } of forms) {
    const added = new Set(model.grid.cells.filter((cell) => cell.added).map((cell) => cell.row)).size;
    const values: Readonly<Record<string, string | number | null>> = {
      ...model.identity,
      sheet: sheetName,
      addedRows: added,
    };
    sheet.addRow(identitySheet.columns.map((name) => values[name] ?? null));
  }
}

export interface SheetIdentity {
  readonly identity: FormIdentity;
  readonly addedRows: number;
}

/** The identities of a workbook by sheet name; empty where the sheet was lost or is not ours. */
export function readIdentities(workbook: ExcelJS.Workbook): ReadonlyMap<string, SheetIdentity> {
  const sheet = workbook.getWorksheet(identitySheet.name);
  const found = new Map<string, SheetIdentity>();
  if (sheet?.getCell(1, 1).value !== identitySheet.mark) return found;
  for (let row = 3; row <= sheet.rowCount; row++) {
    const values = Object.fromEntries(
      identitySheet.columns.map((name, i) => [name, sheet.getCell(row, i + 1).value] as const),
    );
    const identity = FormIdentity.safeParse(values);
    if (identity.success && typeof values.sheet === 'string') {
      found.set(values.sheet, { identity: identity.data, addedRows: Number(values.addedRows ?? 0) });
    }
  }
  return found;
}
