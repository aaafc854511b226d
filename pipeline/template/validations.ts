import type { DataValidation } from 'exceljs';
import { type EntryRule, rangeAddress, ruleText } from '../../models/index.ts';

/** Excel cuts nothing: a title over 32 or a message over 255 characters makes the file ask for repair. */
const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** The data validation that a rule of entry becomes, with its Chinese messages. */
export function validationOf(rule: EntryRule): DataValidation {
  const message = `请填写${ruleText(rule)}。`;
  const shared = {
    allowBlank: true,
    showErrorMessage: true,
    showInputMessage: true,
    errorStyle: 'stop',
    errorTitle: '填写有误',
    error: clip(message, 255),
    promptTitle: '填写说明',
    prompt: clip(message, 255),
  };
  switch (rule.type) {
    case 'whole':
    case 'decimal':
    case 'percent':
      return { ...shared, ...numberBounds(rule) };
    case 'date':
      return {
        ...shared,
        type: 'date',
        operator: 'between',
        formulae: [new Date(Date.UTC(2000, 0, 1)), new Date(Date.UTC(2099, 11, 31))],
      };
    case 'choice':
      return { ...shared, type: 'list', formulae: [`"${rule.options.join(',')}"`] };
    case 'text':
      return {
        ...shared,
        // Text needs no bubble over every cell.
        showInputMessage: false,
        type: 'textLength',
        operator: 'lessThanOrEqual',
        formulae: [rule.maxLength],
      };
  }
}

function numberBounds(
  rule: Extract<EntryRule, { type: 'whole' | 'decimal' | 'percent' }>,
): Pick<DataValidation, 'type' | 'operator' | 'formulae'> {
  const type = rule.type === 'whole' ? 'whole' : 'decimal';
  if (rule.type === 'percent' && rule.min !== null && rule.max !== null) {
    return { type, operator: 'between', formulae: [rule.min, rule.max] };
  }
  if (rule.min !== null) return { type, operator: 'greaterThanOrEqual', formulae: [rule.min] };
  return { type, operator: 'between', formulae: [-1e12, 1e12] };
}

/**
 * Rectangles that cover the given cells and no others, as A1 ranges: one validation for many cells. exceljs joins equal
 * validations by itself, but its ranges can overlap, which other programs do not take well.
 */
export function coveringRanges(cells: readonly { readonly row: number; readonly column: number }[]): readonly string[] {
  const byRow = new Map<number, number[]>();
  for (const { row, column } of cells) byRow.set(row, [...(byRow.get(row) ?? []), column]);
  const finished: string[] = [];
  let open: { top: number; left: number; right: number }[] = [];
  let previous = -2;
  const close = (strips: readonly { top: number; left: number; right: number }[], bottom: number) => {
    for (const strip of strips) finished.push(rangeAddress(strip.top, strip.left, bottom, strip.right));
  };
  for (const row of [...byRow.keys()].sort((a, b) => a - b)) {
    const runs: { left: number; right: number }[] = [];
    for (const column of byRow.get(row)!.sort((a, b) => a - b)) {
      const last = runs.at(-1);
      if (last && column <= last.right + 1) last.right = column;
      else runs.push({ left: column, right: column });
    }
    const goesOn = (strip: { left: number; right: number }) =>
      row === previous + 1 && runs.some((run) => run.left === strip.left && run.right === strip.right);
    close(
      open.filter((strip) => !goesOn(strip)),
      previous,
    );
    const kept = open.filter(goesOn);
    const started = runs
      .filter((run) => !kept.some((strip) => strip.left === run.left && strip.right === run.right))
      .map((run) => ({ top: row, ...run }));
    open = [...kept, ...started];
    previous = row;
  }
  close(open, previous);
  return finished;
}
