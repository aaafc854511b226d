/**
 * Numbers as a workbook shows them (ECMA-376 part 1, 18.8.30 and 18.8.31): sections, digits, thousands, percent,
 * exponents, dates and times, Chinese digits ([DBNum1]).
 */

/** Built-in formats; 27 to 36 and 50 to 58 as in a Chinese installation. */
export const builtInFormats: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0',
  6: '"¥"#,##0',
  7: '"¥"#,##0.00',
  8: '"¥"#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: 'h"时"mm"分"',
  35: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
  41: '#,##0',
  42: '"¥"#,##0',
  43: '#,##0.00',
  44: '"¥"#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: 'h"时"mm"分"',
  56: 'h"时"mm"分"ss"秒"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** The text of a number under a format. `date1904`: days count from 1 January 1904. */
export function formatNumber(value: number, format: string | null, date1904 = false): string {
  if (!Number.isFinite(value)) return String(value);
  if (format === null || /^general$/i.test(format)) return general(value);
  const sections = splitSections(format);
  const conditional = sections.find((section) => conditionHolds(section, value));
  const index = value < 0 ? 1 : value === 0 ? 2 : 0;
  const section = conditional ?? sections[index] ?? sections[0]!;
  // The second section stands for negative numbers and writes its own sign.
  const shown = conditional === undefined && index === 1 && sections.length > 1 ? -value : value;
  const chinese = /\[DBNum([12])\]/i.exec(section)?.[1];
  const plain = section.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').replace(/_[\s\S]|\*[\s\S]/g, '');
  if (plain.trim() === '' && sections.length > 1) return '';
  const text = isDateFormat(plain) ? formatDate(shown, plain, date1904) : formatPlain(shown, plain);
  return chinese === undefined ? text : chineseDigits(text, chinese === '2');
}

/** Whether a number under this format is a day or a time. */
export function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\[\s\S]/g, '').replace(/general/gi, '');
  return /[yd]|h|aaa|(?:^|[^a-z])m{1,4}(?:[^a-z]|$)|ss/i.test(bare) && !/[#?]/.test(bare);
}

function splitSections(format: string): string[] {
  const sections = [''];
  for (const token of format.match(/"[^"]*"|\\[\s\S]|\[[^\]]*\]|[\s\S]/g) ?? []) {
    if (token === ';') sections.push('');
    else sections[sections.length - 1] += token;
  }
  return sections;
}

function conditionHolds(section: string, value: number): boolean {
  const match = /\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]/.exec(section);
  if (match === null) return false;
  const limit = Number(match[2]);
  switch (match[1]) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '=':
      return value === limit;
    default:
      return value !== limit;
  }
}

/** Eleven digits at most, as a cell shows them. */
function general(value: number): string {
  const magnitude = Math.abs(value);
  if (value === 0) return '0';
  if (Number.isInteger(value) && magnitude < 1e15) return String(value);
  if (magnitude >= 1e11 || magnitude < 1e-9)
    return value
      .toExponential(5)
      .replace(/\.?0+e/, 'e')
      .replace('e', 'E')
      .replace(/E([+-])(\d)$/, 'E$10$2');
  return String(Number(value.toPrecision(10)));
}

function formatPlain(value: number, format: string): string {
  if (format.trim() === '@' || /general/i.test(format))
    return literal(format.replace(/general|@/gi, '\u0000')).replace('\u0000', general(value));
  const digits = /[0#?][0#?,.]*(?:E[+-][0#?]+)?/i.exec(
    format.replace(/"[^"]*"|\\[\s\S]/g, (text) => '\u0001'.repeat(text.length)),
  );
  if (digits === null) return literal(format);
  const pattern = digits[0];
  const before = format.slice(0, digits.index);
  const after = format.slice(digits.index + pattern.length);
  const percent = (literalless(before + after).match(/%/g) ?? []).length;
  const scale = /,+(?=\.|$)/.exec(pattern.replace(/E[+-].*$/i, ''))?.[0].length ?? 0;
  const scaled = (value * 100 ** percent) / 1000 ** scale;
  const sign = scaled < 0 && Number(scaled.toFixed(12)) !== 0 ? '-' : '';
  return sign + literal(before) + number(Math.abs(scaled), pattern) + literal(after);
}

function number(value: number, pattern: string): string {
  const exponent = /E([+-])([0#?]+)$/i.exec(pattern);
  const [whole = '', fraction = ''] = pattern.replace(/E[+-].*$/i, '').split('.');
  const places = (fraction.match(/[0#?]/g) ?? []).length;
  const least = (fraction.match(/0/g) ?? []).length;
  if (exponent !== null) {
    const [mantissa = '', power = '0'] = value.toExponential(Math.min(places, 20)).split('e');
    const size = String(Math.abs(Number(power))).padStart(exponent[2]!.length, '0');
    return `${mantissa}E${Number(power) < 0 ? '-' : exponent[1] === '+' ? '+' : ''}${size}`;
  }
  let [integer = '0', decimals = ''] = round(value, Math.min(places, 20)).split('.');
  while (decimals.length > least && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  integer = integer.padStart((whole.match(/0/g) ?? []).length, '0');
  if (integer === '0' && !/0/.test(whole)) integer = '';
  if (/[0#?],[0#?]/.test(whole)) integer = integer.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === '' ? integer : `${integer}.${decimals}`;
}

/** Decimal rounding half up, as spreadsheets show 1.005 with two places (1.01), not as binary fractions round. */
function round(value: number, places: number): string {
  if (value >= 1e15) return value.toFixed(places);
  const shifted = Number(`${value}e${places}`);
  return Number.isFinite(shifted) && !String(value).includes('e')
    ? Number(`${Math.round(shifted)}e-${places}`).toFixed(places)
    : value.toFixed(places);
}

function literal(text: string): string {
  return text
    .replace(/"([^"]*)"|\\([\s\S])/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '')
    .replace(/\?/g, ' ');
}

const literalless = (text: string): string => text.replace(/"[^"]*"|\\[\s\S]/g, '');

function formatDate(serial: number, format: string, date1904: boolean): string {
  if (serial < 0) return String(serial);
  const days = Math.floor(serial + 1e-9);
  const seconds = Math.round((serial - days) * 86_400);
  // Day 60 is 29 February 1900, which never was: days after it count from one day earlier.
  const shift = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days > 60 ? 30 : 31);
  const date = new Date(shift + days * 86_400_000 + seconds * 1000);
  const half = /AM\/PM|A\/P|上午\/下午/i.test(format);
  const hour = date.getUTCHours();
  let afterHour = false;
  const two = (part: number, width: number): string => String(part).padStart(width, '0');
  const tokens =
    format.match(/"[^"]*"|\\[\s\S]|\[[hms]+\]|AM\/PM|A\/P|上午\/下午|y+|m+|d+|aaaa?|h+|s+(?:\.0+)?|[\s\S]/gi) ?? [];
  return tokens
    .map((token, i) => {
      const lower = token.toLowerCase();
      if (/^["\\]/.test(token)) return literal(token);
      if (/^\[h+\]$/.test(lower)) {
        afterHour = true;
        return String(Math.floor(serial * 24 + 1e-9));
      }
      if (/^\[m+\]$/.test(lower)) return String(Math.floor(serial * 1440 + 1e-9));
      if (/^\[s+\]$/.test(lower)) return String(Math.floor(serial * 86_400 + 1e-9));
      if (/^(?:am\/pm|a\/p)$/.test(lower)) return hour < 12 ? 'AM' : 'PM';
      if (token === '上午/下午') return hour < 12 ? '上午' : '下午';
      if (/^y+$/.test(lower))
        return lower.length <= 2 ? two(date.getUTCFullYear() % 100, 2) : String(date.getUTCFullYear());
      if (/^aaaa?$/.test(lower)) return weekday(date.getUTCDay(), lower.length);
      if (/^d+$/.test(lower))
        return lower.length >= 3 ? weekday(date.getUTCDay(), lower.length) : two(date.getUTCDate(), lower.length);
      if (/^h+$/.test(lower)) {
        afterHour = true;
        return two(half ? hour % 12 || 12 : hour, lower.length);
      }
      if (/^m+$/.test(lower)) {
        const next = tokens.slice(i + 1).find((other) => /^(?:[ymdhs]|\[)/i.test(other));
        const minutes = afterHour || /^\[?s/i.test(next ?? '');
        afterHour = false;
        if (minutes) return two(date.getUTCMinutes(), lower.length);
        return lower.length >= 3 ? `${date.getUTCMonth() + 1}月` : two(date.getUTCMonth() + 1, lower.length);
      }
      if (/^s+/.test(lower)) return two(date.getUTCSeconds(), lower.startsWith('ss') ? 2 : 1);
      return token;
    })
    .join('');
}

function weekday(day: number, length: number): string {
  return `${length === 3 ? '周' : '星期'}${'日一二三四五六'[day]}`;
}

/** Digit by digit, as [DBNum1] (二〇二五) and [DBNum2] (贰零) show dates. */
function chineseDigits(text: string, formal: boolean): string {
  const digits = formal ? '零壹贰叁肆伍陆柒捌玖' : '〇一二三四五六七八九';
  // Months and days are read as numbers: 十二月二十一日, not 一二月二一日.
  return text.replace(/\d+/g, (run) => {
    const value = Number(run);
    if (run.length > 2) return [...run].map((digit) => digits[Number(digit)]).join('');
    const ten = formal ? '拾' : '十';
    const tens = Math.floor(value / 10);
    return value < 10
      ? digits[value]!
      : `${tens > 1 || formal ? digits[tens] : ''}${ten}${value % 10 > 0 ? digits[value % 10] : ''}`;
  });
}
