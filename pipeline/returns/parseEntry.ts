import { type EntryRule, ruleText } from '../../models/index.ts';
import type { GridCell } from './sheetGrid.ts';

export type EntryValue = number | string | null;

/** What a cell says: its value under the rule of entry, or what is wrong with it. */
export interface Entry {
  readonly value: EntryValue;
  readonly fault: { readonly code: EntryFault; readonly message: string } | null;
  /** The value was not typed as a plain number: as text, full-width, with 万, with its unit … and is read so. */
  readonly adapted: boolean;
}

export type EntryFault =
  | 'not-a-number'
  | 'not-whole'
  | 'negative'
  | 'out-of-range'
  | 'not-a-date'
  | 'not-a-choice'
  | 'text-too-long'
  | 'cell-error';

/** What people type for nothing. */
const nothing = /^[-—–/\\、.·~～]*$|^(空|未填|n\/?a)$/i;
/** What people type for zero. */
const zero = /^(无|没有|零|〇|未发生|无此项)$/;
const multipliers: Readonly<Record<string, number>> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十万: 1e5,
};
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * A number as people write it: 1,234, １２３, 3万, 1.2亿, 5家, 85%, 30000元 in a column of 万元. `unit` is the measure of the cell.
 * null where it is none (约3, 3-5, 三五家): nothing is guessed.
 */
export function parseNumber(text: string, unit: string | null): number | null {
  const folded = text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(/^[¥￥$]/, '')
    .replace(/[−–—]/g, '-');
  const found = /^([+-]?[\d.,]+(?:e[+-]?\d{1,3})?)(百万|千万|十万|百|千|万|亿)?(.*)$/i.exec(folded);
  if (!found) return null;
  const [, digits, multiplier = '', suffix = ''] = found as unknown as [string, string, string?, string?];
  const bare = grouped.test(digits) ? digits.replaceAll(',', '') : digits;
  if (!plain.test(bare)) return null;
  const number = Number(bare);
  if (!Number.isFinite(number)) return null;
  const own = (unit ?? '').normalize('NFKC').replace(/\s+/g, '');
  const written = `${multiplier}${suffix}`;
  if (written === '' || written === own) return number;
  // The same measure in another size: 30000元 or 3万 where 万元 is asked for.
  const scaled = /^(百|千|万|十万|百万|千万|亿)?(.*)$/.exec(own)!;
  const scale = multipliers[scaled[1] ?? ''] ?? 1;
  const base = scaled[2]!;
  if (suffix !== '' && own !== '' && suffix !== base) return null;
  // Without a printed measure, a counting word says no more than the number.
  if (suffix !== '' && own === '' && !/^(家|个|件|起|人|次|户|处|份|台|条|批|项)$/.test(suffix)) return null;
  return exactProduct(number, multipliers[multiplier] ?? 1, scale);
}

/** number × times ÷ over, without the dust of binary fractions: 0.1 × 3. */
function exactProduct(number: number, times: number, over: number): number {
  return Number(((number * times) / over).toPrecision(15));
}

const datePatterns = [
  /^(20\d{2}|19\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/,
  /^(20\d{2}|19\d{2})(\d{2})(\d{2})$/,
];

function parseDate(text: string): string | null {
  const folded = text.normalize('NFKC').replace(/\s+/g, '');
  for (const pattern of datePatterns) {
    const found = pattern.exec(folded);
    if (!found) continue;
    const [year, month, day] = found.slice(1, 4).map(Number) as [number, number, number];
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return date.toISOString().slice(0, 10);
  }
  return null;
}

const show = (cell: GridCell) => {
  const text = String(cell.value);
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
};

/** Reads a cell under its rule. `printed` is what the blank form shows there (____, 年 月 日): left so, it is no entry. */
export function parseEntry(cell: GridCell | null, rule: EntryRule, printed: string): Entry {
  if (cell === null) return { value: null, fault: null, adapted: false };
  if (cell.type === 'error') return fault('cell-error', `公式出错，显示为“${cell.value}”`);
  const text = String(cell.value).trim();
  if (text === '' || (printed !== '' && text.replace(/\s+/g, '') === printed.replace(/\s+/g, ''))) {
    return { value: null, fault: null, adapted: false };
  }
  switch (rule.type) {
    case 'whole':
    case 'decimal':
    case 'percent':
      return numberEntry(cell, text, rule);
    case 'date': {
      const date = cell.type === 'date' ? String(cell.value) : parseDate(text);
      if (date === null) return nothing.test(text) ? empty : fault('not-a-date', `“${show(cell)}”不是日期`);
      return { value: date, fault: null, adapted: cell.type !== 'date' && text !== date };
    }
    case 'choice': {
      const chosen = text.normalize('NFKC').replace(/\s+/g, '');
      if (rule.options.includes(chosen)) return { value: chosen, fault: null, adapted: false };
      if (nothing.test(chosen)) return empty;
      return fault('not-a-choice', `“${show(cell)}”不在可选项内，应为${ruleText(rule)}`);
    }
    case 'text':
      if (text.length > rule.maxLength) return fault('text-too-long', `超过${rule.maxLength}字`);
      return { value: text, fault: null, adapted: false };
  }
}

const empty: Entry = { value: null, fault: null, adapted: true };
const fault = (code: EntryFault, message: string): Entry => ({ value: null, fault: { code, message }, adapted: false });

function numberEntry(
  cell: GridCell,
  text: string,
  rule: Extract<EntryRule, { type: 'whole' | 'decimal' | 'percent' }>,
): Entry {
  if (cell.type === 'date') return fault('not-a-number', `是日期“${cell.value}”，不是数字`);
  if (cell.type === 'boolean') return fault('not-a-number', `“${show(cell)}”不是数字`);
  let value: number | null;
  let adapted = false;
  if (cell.type === 'number') {
    value = Number(cell.value);
    if (cell.percent) {
      // Excel stores 85% as 0.85.
      value = exactProduct(value, 100, 1);
      if (rule.type !== 'percent') return fault('not-a-number', `是百分数“${value}%”，不是${ruleText(rule)}`);
    }
  } else {
    const folded = text.normalize('NFKC').replace(/\s+/g, '');
    adapted = !/^\d+(\.\d+)?$/.test(text);
    if (zero.test(folded)) value = 0;
    else {
      value = parseNumber(text, rule.unit ?? (rule.type === 'percent' ? '%' : null));
      if (value === null && nothing.test(folded)) return empty;
    }
    if (value === null) return fault('not-a-number', `“${show(cell)}”不是数字，应为${ruleText(rule)}`);
  }
  if (!Number.isFinite(value) || Math.abs(value) > 1e15) return fault('out-of-range', `“${show(cell)}”过大`);
  if (rule.min === 0 && value < 0) return fault('negative', `${value}小于0，应为${ruleText(rule)}`);
  if (rule.type === 'whole' && !Number.isInteger(value)) {
    return fault('not-whole', `${value}不是整数，应为${ruleText(rule)}`);
  }
  if (rule.type === 'percent' && rule.max !== null && value > rule.max) {
    return fault('out-of-range', `${value}大于${rule.max}，应为${ruleText(rule)}`);
  }
  return { value, fault: null, adapted };
}
