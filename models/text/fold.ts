import { hanDigits, parseNumeral } from './numerals.ts';

/**
 * One shape for what is printed in many: width, quotes, brackets, numerals, dates, percentages, amounts, layout spaces.
 * Folded text is for comparing and searching only; what is shown to a person is always the text as printed.
 */

/**
 * The value of a Chinese numeral below 10^12 (二千零五, 二〇二五, 十六, 三万五千), or undefined for anything that is not
 * one: no guess is made from a word that merely begins like a numeral.
 */
export function foldedNumeral(text: string): number | undefined {
  return /^[〇零一二两三四五六七八九十百千万亿]+$/.test(text) ? parseNumeral(text) : undefined;
}

/** Units after which a numeral is a figure and not part of a word (一批 is a figure, 一致 and 统一 are not). */
const measure =
  '个|家|件|次|名|日|月|年|天|周|季|成|倍|项|条|批|份|人|户|所|处|起|元|万|亿|公里|千米|米|小时|分钟|工作日|轮|遍|辆|台|套|吨|公斤|千克|平方|亩|场|期|页|册|座|栋|层|支|例|只|头|类|级|分|岁|村|镇|乡|县|市|课时|学时|百分点';
const numeral = '[〇零一二两三四五六七八九十百千万亿]+';
const numeralBeforeMeasure = new RegExp(
  `(^|[^〇零一二两三四五六七八九十百千万亿统唯单同划])(${numeral})(?=余?多?(?:${measure}))`,
  'g',
);
/** Whether a text can hold a numeral at all: most 一 are part of a word. */
const maybeNumeral = new RegExp(
  `百分之|[〇零一二两三四五六七八九十百千万亿][〇零一二两三四五六七八九十百千万亿余多]|[一二两三四五六七八九十](?:${measure})|第[一二三四五六七八九]|\\d成`,
);
const percentage = new RegExp(`百分之(${numeral}|\\d+(?:\\.\\d+)?)(?:点(${numeral}))?`, 'g');
const longNumeral = /[〇零一二两三四五六七八九]?[十百千万][〇零一二两三四五六七八九十百千万亿]*/g;

/** 十六 → 16, 百分之九十五 → 95%, 二〇二五年 → 2025年, 三成 → 30%; words such as 一律 or 统一 stay. */
export function foldNumerals(text: string): string {
  return text
    .replace(percentage, (all, whole: string, part?: string) => {
      const value = /^\d/.test(whole) ? Number(whole) : foldedNumeral(whole);
      if (value === undefined) return all;
      const decimals = part ? [...part].map((c) => hanDigits[c] ?? '').join('') : '';
      return `${value}${decimals ? `.${decimals}` : ''}%`;
    })
    .replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) => String(foldedNumeral(year) ?? year))
    .replace(numeralBeforeMeasure, (all, before: string, digits: string) => {
      // 三万元 keeps its scale for the amount rule below; 万 alone is a scale, not a numeral.
      const value = foldedNumeral(digits);
      return value === undefined || /^[百千万亿]+$/.test(digits) ? all : `${before}${value}`;
    })
    .replace(longNumeral, (digits) => (digits.length < 2 ? digits : String(foldedNumeral(digits) ?? digits)))
    .replace(/第([一二三四五六七八九])(?=[条款项次批期阶季])/g, (_, digit: string) => `第${hanDigits[digit]}`)
    .replace(/(\d+)成(?=以|的|$|[，。；、])/g, (_, tenths: string) => `${Number(tenths) * 10}%`);
}

/** Thousands separators, 万元 and 亿元 to 元, 千米 to 公里, 天 to 日. */
function foldUnits(text: string): string {
  return text
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/(\d+(?:\.\d+)?)(万|亿)(?=元|人|户|份|件|家|个|亩|吨|次)/g, (_, figure: string, scale: string) =>
      String(Math.round(Number(figure) * (scale === '万' ? 1e4 : 1e8) * 1e4) / 1e4),
    )
    .replace(/(\d)千米/g, '$1公里')
    .replace(/(\d)千克/g, '$1公斤')
    .replace(/(\d)(?:个)?(?:自然日|日历日|天)/g, '$1日')
    .replace(/(\d)个工作日/g, '$1工作日')
    .replace(/(\d)平方米/g, '$1㎡');
}

/** 2024年4月10日, 2024-4-10, 2024/04/10, 2024.4.10 → 2024-04-10; 2024年4月 → 2024-04; 4月10日 → 04-10. */
export function foldDates(text: string): string {
  const pad = (value: string) => value.padStart(2, '0');
  return text
    .replace(
      /((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号|(?!\d))/g,
      (_, y: string, m: string, d: string) => `${y}-${pad(m)}-${pad(d)}`,
    )
    .replace(/((?:19|20)\d{2})年(\d{1,2})月(?:份)?/g, (_, y: string, m: string) => `${y}-${pad(m)}`)
    .replace(/(^|\D)(\d{1,2})月(\d{1,2})[日号]/g, (_, b: string, m: string, d: string) => `${b}${pad(m)}-${pad(d)}`);
}

/** What stands for a character that is printed in several ways; '' for layout alone. */
const shapes: ReadonlyMap<string, string> = new Map([
  ...[...' \t\n\r\u3000\u00a0\u200b\ufeff_＿'].map((c) => [c, ''] as const),
  ...[...'“”„‟"「」『』‘’\'＂＇'].map((c) => [c, '"'] as const),
  ...[...'〔［【['].map((c) => [c, '['] as const),
  ...[...'〕］】]'].map((c) => [c, ']'] as const),
  ...[...'—–－‐-'].map((c) => [c, '-'] as const),
  ...[...'·•・'].map((c) => [c, '·'] as const),
  ...[...'，,'].map((c) => [c, ','] as const),
  ...[...'；;'].map((c) => [c, ';'] as const),
  ...[...'：:'].map((c) => [c, ':'] as const),
  ...[...'（('].map((c) => [c, '('] as const),
  ...[...'）)'].map((c) => [c, ')'] as const),
  ...[...'。、《》0123456789'].map((c) => [c, c] as const),
]);

function shapeOf(character: string): string {
  const known = shapes.get(character);
  if (known !== undefined) return known;
  const folded = character.normalize('NFKC').replace(/\s+/g, '');
  return shapes.get(folded) ?? folded;
}

/** Whether a character stands for itself: Chinese characters, 、 and 。, figures and Latin letters. */
const isPlain = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) ||
  code === 0x3001 ||
  code === 0x3002 ||
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a);

/** Width (NFKC), quotes, brackets, dashes and layout spaces alone: what printing varies and no writer means. */
export function foldWidth(text: string): string {
  let folded = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isPlain(code)) continue;
    folded += text.slice(from, i);
    // A pair of surrogates is one character.
    const length = code >= 0xd800 && code <= 0xdbff ? 2 : 1;
    const shape = shapeOf(text.slice(i, i + length));
    if (shape !== '-' || !folded.endsWith('-')) folded += shape;
    i += length - 1;
    from = i + 1;
  }
  return from === 0 ? text : folded + text.slice(from);
}

/**
 * The form in which two texts are compared. Equal folded texts say the same in the same words; nothing that a writer
 * could have meant is folded away (negations, order and every content word stay).
 */
export function foldText(text: string): string {
  const folded = foldWidth(text);
  const counted = maybeNumeral.test(folded) ? foldNumerals(folded) : folded;
  if (!/\d/.test(counted)) return counted;
  const inUnits = /\d(?:,|个|[万亿千自日天平])/.test(counted) ? foldUnits(counted) : counted;
  return /\d[年月/.-]/.test(inUnits) ? foldDates(inUnits) : inUnits;
}
