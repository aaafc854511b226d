import { around, type Correction, type Draft, draftText, replaceCharacters } from './draft.ts';

/** Letters and signs that digits are taken for, in runs of digits. */
export const digitShapes: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  〇: '0',
  '○': '0',
  D: '0',
  Q: '0',
  l: '1',
  I: '1',
  '|': '1',
  i: '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
  '０': '0',
  '１': '1',
  '２': '2',
  '３': '3',
  '４': '4',
  '５': '5',
  '６': '6',
  '７': '7',
  '８': '8',
  '９': '9',
};
const fullWidthDigit = /[０-９]/;
const digitLike = '[0-9０-９OoDQlI|iZzSsB○〇]';

interface Rule {
  readonly pattern: RegExp;
  /** What the whole match is to be; the same length. */
  readonly fix: (match: RegExpExecArray) => string;
  readonly because: string;
  /** true: a matter of how it is written, not of what; not worth a remark. */
  readonly silent?: boolean;
}

const toDigits = (text: string): string => [...text].map((c) => digitShapes[c] ?? c).join('');

const rules: readonly Rule[] = [
  {
    // GB/T 9704-2012, 7.2.5: 机关代字〔年份〕序号号.
    pattern: new RegExp(
      `(?<=[\\u4e00-\\u9fa5]|^)[〔［[【﹝{「〖](${digitLike}{4})[〕］\\]】﹞}」〗1lI|)）](?=第?${digitLike}{1,5}号)`,
      'g',
    ),
    fix: (match) => `〔${toDigits(match[1]!)}〕`,
    because: '发文字号的书写格式',
  },
  {
    // One bracket of the two read as a round one.
    pattern: new RegExp(
      `(?<=[\\u4e00-\\u9fa5]|^)(?:[（(](${digitLike}{4})[〕］\\]】﹞}」〗]|[〔［[【﹝{「〖](${digitLike}{4})[)）])(?=第?${digitLike}{1,5}号)`,
      'g',
    ),
    fix: (match) => `〔${toDigits((match[1] ?? match[2])!)}〕`,
    because: '发文字号的书写格式',
  },
  {
    pattern: new RegExp(`(?<=[〔（(]${digitLike}{4}[〕）)]第?)${digitLike}{1,5}(?=号)`, 'g'),
    fix: (match) => toDigits(match[0]),
    because: '发文字号的书写格式',
  },
  {
    pattern: new RegExp(
      `${digitLike}{4}(?=年${digitLike}{1,2}月)|(?<=年)${digitLike}{1,2}(?=月)|(?<=\\d月)${digitLike}{1,2}(?=[日号])`,
      'g',
    ),
    fix: (match) => (/\d|[０-９]/.test(match[0]) ? toDigits(match[0]) : match[0]),
    because: '日期的书写格式',
  },
  {
    // 2025年4月16目: 日 is taken for characters of its shape; nothing else can stand there.
    pattern: /(?<=\d{1,2}月(?:[12]\d|3[01]|[1-9]))[目曰口H月]/g,
    fix: () => '日',
    because: '日期的书写格式',
  },
  {
    // 2025年2月1713: no day has more than two digits, so the last two are what is left of 日.
    pattern: /(?<=^(?:19|20)\d{2}年\d{1,2}月(?:[12]\d|3[01]|[1-9]))(?:13|18|口|曰)$/g,
    fix: (match) => (match[0].length === 1 ? '日' : match[0]),
    because: '日期的书写格式',
  },
  {
    // 0531-8897O642 and 1388B000000: runs of digits as long as a telephone number with a letter in them.
    pattern: new RegExp(
      `(?<![A-Za-z0-9@._-])(?=(?:[^0-9]*[0-9]){6})0\\d{2,3}[-—－]${digitLike}{7,8}(?![A-Za-z0-9@])`,
      'g',
    ),
    fix: (match) =>
      match[0].slice(0, match[0].search(/[-—－]/) + 1) + toDigits(match[0].slice(match[0].search(/[-—－]/) + 1)),
    because: '电话号码的书写格式',
  },
  // The line may end behind the dash.
  { pattern: /(?<=(?<!\d)0\d{2,3})[－—–─](?=\d{7,8}(?!\d)|$)/g, fix: () => '-', because: '', silent: true },
  { pattern: /[０-９]+/g, fix: (match) => toDigits(match[0]), because: '', silent: true },
  // Heading markers at the beginning of a line: （-） and -、 are （一） and 一、.
  { pattern: /^([（(])[-—–－]([)）])/g, fix: () => '（一）', because: '层次序数的书写格式' },
  { pattern: /^[-—–－](?=、)/g, fix: () => '一', because: '层次序数的书写格式' },
  // Half-width marks among Chinese characters; the recognisers do not tell the widths apart.
  {
    pattern: /(?<=[\u4e00-\u9fa5”）》〕0-9%％]),(?=[\u4e00-\u9fa5“《（]|$)/g,
    fix: () => '，',
    because: '',
    silent: true,
  },
  { pattern: /(?<=[\u4e00-\u9fa5”）》]|\d(?=;[\u4e00-\u9fa5]));/g, fix: () => '；', because: '', silent: true },
  { pattern: /(?<=[\u4e00-\u9fa5”）》〕]):(?!\/\/)/g, fix: () => '：', because: '', silent: true },
  {
    pattern: /(?<=@[\w.-]{1,60}\.[a-z]{2,3})[.．](?=[\u4e00-\u9fa5（])|(?<=@[\w.-]{1,60}\.cn)[.．]$/g,
    fix: () => '。',
    because: '',
    silent: true,
  },
  {
    // lygyk@linyi-cg.example.cno: no domain ends so, and a full stop is round.
    pattern: /(?<=@[\w.-]{1,60}\.(?:cn|com|net|org))[oO0](?![\w.])/g,
    fix: () => '。',
    because: '电子邮箱的书写格式',
  },
  { pattern: /(?<=[\u4e00-\u9fa5”）》])\?/g, fix: () => '？', because: '', silent: true },
  { pattern: /(?<=[\u4e00-\u9fa5”）》])!/g, fix: () => '！', because: '', silent: true },
  { pattern: /\((?=[^()（）]{0,30}[\u4e00-\u9fa5][^()（）]{0,30}[)）])/g, fix: () => '（', because: '', silent: true },
  { pattern: /(?<=^|[\u4e00-\u9fa5])\((?=[%％‰℃][)）])/g, fix: () => '（', because: '', silent: true },
  { pattern: /(?<=（[^()（）]{0,40})\)/g, fix: () => '）', because: '', silent: true },
  { pattern: /(?<=[\u4e00-\u9fa5])\((?=[\u4e00-\u9fa5])/g, fix: () => '（', because: '', silent: true },
  { pattern: /(?<=[\u4e00-\u9fa5])\)(?=[\u4e00-\u9fa5，。；、]|$)/g, fix: () => '）', because: '', silent: true },
];

/** Corrects what the forms of numbers, dates, telephones, markers and punctuation allow only one reading of. */
export function correctGrammar(draft: Draft): Correction[] {
  const corrections: Correction[] = [];
  for (const rule of rules) {
    const text = draftText(draft);
    for (const match of text.matchAll(rule.pattern)) {
      const fixed = rule.fix(match as RegExpExecArray);
      if (fixed === match[0] || fixed.length !== match[0].length) continue;
      const onlyWidth = [...match[0]].every(
        (c, i) => c === fixed[i] || fullWidthDigit.test(c) || isSameBracket(c, fixed[i]!),
      );
      replaceCharacters(draft, match.index, fixed, onlyWidth ? 0.97 : 0.85);
      if (rule.silent || onlyWidth) continue;
      corrections.push({
        page: draft.page,
        kind: 'corrected',
        was: around(text, match.index, match[0].length, match[0]),
        became: around(text, match.index, match[0].length, fixed),
        because: rule.because,
      });
    }
  }
  straightenQuotes(draft);
  return corrections;
}

const isSameBracket = (a: string, b: string): boolean =>
  (b === '〔' && /[［[【﹝「〖{]/.test(a)) || (b === '〕' && /[］\]】﹞」〗}]/.test(a));

/** Straight quotation marks become opening and closing ones by turns; marks that are open already stay. */
function straightenQuotes(draft: Draft): void {
  let open = false;
  draft.characters.forEach((c, i) => {
    if (c.text === '“') open = true;
    else if (c.text === '”') open = false;
    else if (c.text === '"' || c.text === '＂') {
      replaceCharacters(draft, i, open ? '”' : '“', 0.9);
      open = !open;
    }
  });
  // Two opening ones with no closing between: the second closes (Tesseract knows the first shape best).
  let last = -1;
  draft.characters.forEach((c, i) => {
    if (c.text === '“') {
      if (last >= 0 && i - last > 1) {
        replaceCharacters(draft, i, '”', 0.9);
        last = -1;
      } else last = i;
    } else if (c.text === '”') last = -1;
  });
}
