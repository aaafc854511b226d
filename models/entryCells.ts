import type { FormCell, FormModel } from './template.ts';

/** Cells that hold values, in reading order: the order of `FormReturn.values` and of everything collected. */
export function entryCells(form: FormModel): readonly FormCell[] {
  return form.grid.cells
    .filter((cell) => cell.use === 'open' || cell.use === 'total')
    .sort((a, b) => a.row - b.row || a.column - b.column);
}
