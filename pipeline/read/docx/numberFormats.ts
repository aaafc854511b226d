/** Renders list numbers as Word prints them: ECMA-376 part 1, 17.18.59 (ST_NumberFormat). */

const digits = '零一二三四五六七八九';
const circleDigits = '○一二三四五六七八九';
const legalDigits = '零壹贰叁肆伍陆柒捌玖';
const legalTraditionalDigits = '零壹貳參肆伍陸柒捌玖';
const japaneseLegalDigits = '〇壱弐参四伍六七八九';
const stems = '甲乙丙丁戊己庚辛壬癸';
const branches = '子丑寅卯辰巳午未申酉戌亥';

const roman: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

const englishUnits =
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen'.split(
    ' ',
  );

type Render = (value: number) => string;

const renderers: Readonly<Record<string, Render>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: (value) => enclosed(value, 0x2460, 20),
  decimalEnclosedCircleChinese: (value) => enclosed(value, 0x2460, 20),
  decimalEnclosedParen: (value) => enclosed(value, 0x2474, 20),
  decimalEnclosedFullstop: (value) => enclosed(value, 0x2488, 20),
  ideographEnclosedCircle: (value) => enclosed(value, 0x3280, 10),
  chineseCounting: countingToHundred,
  taiwaneseCounting: countingToHundred,
  chineseCountingThousand: (value) => counting(value, digits, '十百千', { shortTen: true }),
  taiwaneseCountingThousand: (value) => counting(value, digits, '十百千', { shortTen: true }),
  japaneseCounting: japaneseCounting,
  koreanCounting: String,
  chineseLegalSimplified: (value) => counting(value, legalDigits, '拾佰仟', { shortTen: false }),
  ideographLegalTraditional: (value) => counting(value, legalTraditionalDigits, '拾佰仟', { shortTen: false }),
  japaneseLegal: (value) => counting(value, japaneseLegalDigits, '拾百阡', { shortTen: false, noZero: true }),
  ideographDigital: (value) => digitByDigit(value, circleDigits),
  japaneseDigitalTenThousand: (value) => digitByDigit(value, circleDigits),
  taiwaneseDigital: (value) => digitByDigit(value, circleDigits),
  ideographTraditional: (value) => stems[value - 1] ?? String(value),
  ideographZodiac: (value) => branches[value - 1] ?? String(value),
  ideographZodiacTraditional: (value) =>
    value < 1 || value > 60 ? String(value) : `${stems[(value - 1) % 10]}${branches[(value - 1) % 12]}`,
  upperLetter: (value) => letters(value, 65),
  lowerLetter: (value) => letters(value, 97),
  upperRoman: romanNumber,
  lowerRoman: (value) => romanNumber(value).toLowerCase(),
  ordinal: (value) => `${value}${ordinalSuffix(value)}`,
  cardinalText: (value) => englishUnits[value] ?? String(value),
  numberInDash: (value) => `- ${value} -`,
  hex: (value) => value.toString(16).toUpperCase(),
  none: () => '',
};

/** `value` in a number format; a format that is not known is printed in decimal, as Word does. */
export function renderNumber(value: number, format: string, customFormat: string | null = null): string {
  if (format === 'custom' && customFormat !== null) {
    // "001, 002, 003, ...": the first sample says how many digits there are at least.
    const sample = /^\s*(\d+)/.exec(customFormat)?.[1] ?? '';
    return String(value).padStart(sample.length, '0');
  }
  return (renderers[format] ?? String)(value);
}

export function isKnownNumberFormat(format: string): boolean {
  return format in renderers || format === 'custom' || format === 'bullet';
}

function fullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function enclosed(value: number, first: number, count: number): string {
  return value >= 1 && value <= count ? String.fromCharCode(first + value - 1) : String(value);
}

function digitByDigit(value: number, alphabet: string): string {
  return String(value).replace(/\d/g, (digit) => alphabet[Number(digit)] ?? digit);
}

/** 一 … 十 十一 … 九十九, then digit by digit: 一○○. */
function countingToHundred(value: number): string {
  return value < 100 ? counting(value, digits, '十百千', { shortTen: true }) : digitByDigit(value, circleDigits);
}

/** 十, 百, 百一: no leading 一, no 零. */
function japaneseCounting(value: number): string {
  if (value < 1 || value > 9999) return digitByDigit(value, circleDigits);
  let text = '';
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit > 0) text += (digit > 1 ? digits[digit] : '') + name;
  }
  return text + (value % 10 > 0 ? digits[value % 10] : '');
}

interface CountingStyle {
  /** 十一 rather than 一十一 from 10 to 19. */
  readonly shortTen: boolean;
  readonly noZero?: boolean;
}

function counting(value: number, alphabet: string, units: string, style: CountingStyle): string {
  const zero = alphabet[0] ?? '';
  if (value <= 0) return value === 0 ? zero : String(value);
  if (value >= 100_000_000) return String(value);
  if (value >= 10_000) {
    const rest = value % 10_000;
    const high = counting(Math.floor(value / 10_000), alphabet, units, style);
    if (rest === 0) return `${high}万`;
    const gap = rest < 1000 && style.noZero !== true ? zero : '';
    return `${high}万${gap}${counting(rest, alphabet, units, { ...style, shortTen: false })}`;
  }
  let text = '';
  let pendingZero = false;
  for (let power = 3; power >= 0; power--) {
    const digit = Math.floor(value / 10 ** power) % 10;
    if (digit === 0) {
      pendingZero = text !== '';
      continue;
    }
    if (pendingZero && style.noZero !== true) text += zero;
    pendingZero = false;
    const isLeadingTen = style.shortTen && power === 1 && digit === 1 && value < 20;
    text += (isLeadingTen ? '' : (alphabet[digit] ?? '')) + (power > 0 ? (units[power - 1] ?? '') : '');
  }
  return text;
}

/** A … Z, AA, BB … as Word counts on. */
function letters(value: number, first: number): string {
  if (value < 1 || value > 780) return String(value);
  return String.fromCharCode(first + ((value - 1) % 26)).repeat(Math.floor((value - 1) / 26) + 1);
}

function romanNumber(value: number): string {
  if (value < 1 || value > 32_767) return String(value);
  let text = '';
  let rest = value;
  for (const [size, sign] of roman) {
    while (rest >= size) {
      text += sign;
      rest -= size;
    }
  }
  return text;
}

function ordinalSuffix(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}
