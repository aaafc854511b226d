import { type FormCell, type FormModel, foldLabel } from '../../models/index.ts';

/** A label for matching: its words alone, without a unit in brackets at its end, without punctuation. */
export function looseLabel(text: string): string {
  const folded = foldLabel(text);
  const bare = folded.replace(/\([^()]{1,10}\)$/, '').replace(/[^\p{L}\p{N}%‰]+/gu, '');
  return bare === '' ? folded : bare;
}

/** Which cell of the form covers a place of its grid. */
export function formLookup(form: FormModel): (row: number, column: number) => FormCell | null {
  const covered = new Map<number, FormCell>();
  for (const cell of form.grid.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        covered.set(row * 16384 + column, cell);
      }
    }
  }
  return (row, column) => covered.get(row * 16384 + column) ?? null;
}

/** The texts that lead to a row or column, outermost first, each merged cell once. */
export function labelPath(cells: readonly (FormCell | null)[]): readonly string[] {
  const path: string[] = [];
  let last: FormCell | null = null;
  for (const cell of cells) {
    if (cell === null || cell === last) continue;
    last = cell;
    const label = looseLabel(cell.text);
    if (label !== '') path.push(label);
  }
  return path;
}

/** Label paths of data rows and of data columns, as `alignGrid` looks for them. */
export function formPaths(form: FormModel): {
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly (readonly string[])[];
} {
  const at = formLookup(form);
  const { rowCount, columnCount, headerRows, stubColumns } = form.grid;
  const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return {
    rows: range(headerRows, rowCount).map((row) => labelPath(range(0, stubColumns).map((column) => at(row, column)))),
    // A header cell that reaches into the stub from above counts for its columns alone.
    columns: range(0, columnCount).map((column) => labelPath(range(0, headerRows).map((row) => at(row, column)))),
  };
}
