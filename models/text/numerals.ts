const digits: Readonly<Record<string, number>> = {
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
 * Reads a Chinese or Arabic whole number: 二千零五 → 2005, 十六 → 16, 二〇二五 → 2025, 1,000 → 1000.
 * Returns undefined for anything else (甲), never 0.
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
    return [...compact].reduce((value, character) => value * 10 + (digits[character] ?? 0), 0);
  }
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of compact) {
    const unit = units[character];
    if (character === '亿' || character === '万') {
      const value = section + digit;
      if (value === 0) return undefined;
      total = (total + value) * (character === '亿' ? 100_000_000 : 10_000);
      section = 0;
      digit = 0;
    } else if (unit !== undefined) {
      // 十六: the leading one is left out.
      section += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    } else digit = digits[character] ?? 0;
  }
  return total + section + digit;
}

/** 16 → 十六; for whole numbers from 0 to 99 (headings, dates). */
export function toChineseNumeral(value: number): string {
  const names = '〇一二三四五六七八九';
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return names[ones] ?? '';
  return `${tens === 1 ? '' : names[tens]}十${ones === 0 ? '' : names[ones]}`;
}
