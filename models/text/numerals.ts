/** The value of one Chinese digit. */
export const hanDigits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  '○': 0,
  '０': 0,
  O: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/**
 * Reads a Chinese or Arabic whole number: 二千零五 → 2005, 十六 → 16, 二〇二五 → 2025, 1,000 → 1000, 一亿二千万 →
 * 120000000, 三万五 → 35000.
 * Returns undefined for anything else (甲, 十十, 一百二百), never 0.
 */
export function parseNumeral(text: string): number | undefined {
  const compact = text.replace(/[\s,，]/g, '');
  if (/^\d+$/.test(compact)) return Number(compact);
  const mixed = /[一二三四五六七八九〇]/.test(compact) ? compact.replace(/0/g, '〇') : compact;
  return parseHan(mixed);
}

function parseHan(compact: string): number | undefined {
  if (!compact || !/^[〇零○O一二两三四五六七八九十百千万亿]+$/.test(compact)) return undefined;
  if (!/[十百千万亿]/.test(compact)) {
    if (compact.length > 1 && compact.includes('两')) return undefined;
    return [...compact].reduce((value, character) => value * 10 + (hanDigits[character] ?? 0), 0);
  }
  let total = 0;
  let section = 0;
  /** The digit that waits for its unit; null where none does. */
  let digit: number | null = null;
  /** The unit right before, within its section; 1 after 零: the digit that follows is one of ones. */
  let before = 1;
  let lastUnit = Number.POSITIVE_INFINITY;
  let lastScale = Number.POSITIVE_INFINITY;
  for (const character of compact) {
    const unit = units[character];
    if (character === '亿' || character === '万') {
      const scale = character === '亿' ? 100_000_000 : 10_000;
      const value = section + (digit ?? 0);
      if (value === 0 || scale >= lastScale) return undefined;
      total += value * scale;
      section = 0;
      digit = null;
      lastUnit = Number.POSITIVE_INFINITY;
      lastScale = scale;
      before = scale;
    } else if (unit !== undefined) {
      // Units fall from left to right: 十十 and 一百二百 are no numbers. 十六, 一百十五: the one before 十 may be left out.
      if (unit >= lastUnit || (!digit && unit !== 10 && section > 0)) return undefined;
      section += (digit || 1) * unit;
      digit = null;
      lastUnit = unit;
      before = unit;
    } else {
      if (digit) return undefined;
      digit = hanDigits[character] ?? 0;
      if (digit === 0) before = 1;
    }
  }
  // 三万五, 一百二: a last digit without 零 before it counts the next lower unit.
  return total + section + (digit ?? 0) * (before > 10 ? before / 10 : 1);
}

/** 16 → 十六; for whole numbers from 0 to 99 (headings, dates). */
export function toChineseNumeral(value: number): string {
  const names = '〇一二三四五六七八九';
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return names[ones] ?? '';
  return `${tens === 1 ? '' : names[tens]}十${ones === 0 ? '' : names[ones]}`;
}
