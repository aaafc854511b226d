import { csvText, type FormModel } from '../../models/index.ts';

/**
 * The form as CSV (UTF-8 with byte order mark): title, lines, grid, notes. A merged label stands once, at its top left;
 * totals are left empty, because a CSV file must not hold formulas.
 */
export function renderCsv(model: FormModel): string {
  const { grid } = model;
  const width = Math.max(grid.columnCount, model.page.columnWidths.length);
  const lines: (string | null)[][] = model.page.rowHeights.map(() => Array.from({ length: width }, () => null));
  const put = (row: number, column: number, text: string | null) => {
    if (text !== null && text !== '') lines[row]![column] = text;
  };
  put(model.titleRange.top, model.titleRange.left, model.title);
  for (const line of model.lines) put(line.range.top, line.range.left, line.text);
  for (const field of model.fields) {
    put(field.labelRange.top, field.labelRange.left, field.label);
    put(field.valueRange.top, field.valueRange.left, field.value);
  }
  for (const cell of grid.cells) put(grid.top + cell.row, cell.column, cell.text);
  return csvText(lines);
}
