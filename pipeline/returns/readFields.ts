import { type FormField, type FormModel, findPeriod, foldLabel, type Period, periodParts } from '../../models/index.ts';
import type { FormMatch } from './formMatch.ts';
import { cellKey, cellText, gridCell, keyColumn, keyRow, type SheetGrid } from './sheetGrid.ts';

/** What was filled in above and beneath the grid. Keys are places in the sheet. */
export interface ReadFields {
  readonly fields: readonly { readonly field: FormField; readonly value: string; readonly key: number }[];
  readonly unit: { readonly value: string; readonly key: number } | null;
  /** The period that the sheet shows; null where the form has no place for it, or it is blank. */
  readonly period: { readonly value: Period | null; readonly key: number; readonly text: string } | null;
  /** The title, for issues that concern the whole sheet. */
  readonly titleKey: number;
}

const blank = /^[\s_＿\-—－年月日第季度周XxＸ×]*$/;

/**
 * Reads the lines above and beneath the grid: each field by its label wherever it stands on its side of the grid, its value
 * in the next cell or after the label in the same one (填报单位：某某局).
 */
export function readFields(grid: SheetGrid, form: FormModel, match: FormMatch): ReadFields {
  const outside = [...grid.cells]
    .filter(([key]) => keyRow(key) < match.top || keyRow(key) >= match.bottom)
    .map(([key, cell]) => ({ key, text: cellText(cell), folded: foldLabel(cellText(cell)) }))
    .sort((a, b) => a.key - b.key);
  const above = outside.filter(({ key }) => keyRow(key) < match.top);
  const beneath = outside.filter(({ key }) => keyRow(key) >= match.bottom);
  const labels = new Set(form.fields.map((field) => foldLabel(field.label)));
  const used = new Set<number>();

  const fields = form.fields.map((field) => {
    const label = foldLabel(field.label);
    const side = field.labelRange.top < form.grid.top ? above : beneath;
    const found = side.find(({ key, folded }) => !used.has(key) && folded.startsWith(label.replace(/:$/, '')));
    if (found === undefined) {
      const shift = match.shift ?? { rows: 0, columns: 0 };
      const key = cellKey(
        Math.max(0, field.valueRange.top + shift.rows),
        Math.max(0, field.valueRange.left + shift.columns),
      );
      return { field, value: '', key };
    }
    used.add(found.key);
    const inline = found.folded.startsWith(label) ? found.text.replace(/^[^：:]*[：:]/, '').trim() : '';
    if (inline !== '' && !blank.test(inline)) return { field, value: inline, key: found.key };
    const row = keyRow(found.key);
    let column = keyColumn(found.key) + 1;
    while (grid.covered.get(cellKey(row, column)) === found.key) column++;
    // Where merges were lost, blank cells lie between a label and its value.
    const furthest = keyColumn(found.key) + field.valueRange.left - field.labelRange.left;
    const textAt = (at: number) => cellText(gridCell(grid, row, at)).trim();
    while (column < furthest && textAt(column) === '') column++;
    const key = cellKey(row, column);
    const own = grid.covered.get(key) ?? key;
    const value = textAt(column);
    used.add(own);
    // The next label is not this one's value; placeholders that were left are none either.
    return { field, value: labels.has(foldLabel(value)) || blank.test(value) ? '' : value, key: own };
  });

  const unitField = fields.find(({ field }) => field.kind === 'unit');
  const titleKey = titleOf(above, form);
  return {
    fields,
    unit: unitField ? { value: unitField.value, key: unitField.key } : null,
    period: shownPeriod(form, fields, above, titleKey),
    titleKey,
  };
}

type Above = readonly { readonly key: number; readonly text: string; readonly folded: string }[];

/** The cell above the grid that is most like the form's title: it holds the words around the blank for the period. */
function titleOf(above: Above, form: FormModel): number {
  const words = form.identity.tableTitle.split(/[\dXxＸ×_＿\s（）()]*年[\dXxＸ×_＿\s（）()]*月?|[XxＸ×_＿]+/u);
  const core = foldLabel(words.reduce((longest, word) => (word.length > longest.length ? word : longest), ''));
  return above.find(({ folded }) => core !== '' && folded.includes(core))?.key ?? above[0]?.key ?? 0;
}

function frequencyOf(form: FormModel): string | null {
  const due = form.deadlines.find((deadline) => deadline.due.kind === 'recurring')?.due;
  if (due?.kind === 'recurring') return due.frequency;
  return form.identity.period === null ? null : periodParts(form.identity.period).frequency;
}

/** A period of the form's own length, where a text names one. */
function periodIn(text: string, frequency: string | null): Period | null {
  const period = findPeriod(text);
  if (period === null) return null;
  return frequency === null || periodParts(period).frequency === frequency ? period : null;
}

function shownPeriod(
  form: FormModel,
  fields: ReadFields['fields'],
  above: Above,
  titleKey: number,
): ReadFields['period'] {
  const frequency = frequencyOf(form);
  const field = fields.find((read) => read.field.kind === 'period');
  if (field !== undefined) return { value: periodIn(field.value, frequency), key: field.key, text: field.value };
  const titleHasSlot = form.titleOpen || form.title !== form.identity.tableTitle;
  if (titleHasSlot) {
    const title = above.find(({ key }) => key === titleKey);
    return { value: periodIn(title?.text ?? '', frequency), key: titleKey, text: title?.text ?? '' };
  }
  // A statement such as 2025年6月 that was printed blank and filled in.
  for (const line of form.lines) {
    if (line.use !== 'statement' || findPeriod(line.text) === null) continue;
    const found = above.find(({ text }) => periodIn(text, frequency) !== null && text.length <= line.text.length + 4);
    if (found) return { value: periodIn(found.text, frequency), key: found.key, text: found.text };
  }
  return null;
}
