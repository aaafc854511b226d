import { parseNumeral } from './numerals.ts';

/** The number of a heading (结构层次序数, GB/T 9704-2012, 7.3.3) at the start of a paragraph. */
export interface HeadingMarker {
  /** 1 = 一、 2 = （一） 3 = 1. 4 = （1） 5 = ① */
  readonly level: number;
  /** As printed, without layout spaces. */
  readonly number: string;
  /** Its value: 四 → 4. */
  readonly value: number;
  /** Where the text after it begins. */
  readonly end: number;
  /** One shape per manner of numbering (一、 第一条 1. 1、 …): numbers of one list share it. */
  readonly manner: string;
}

const cn = '[一二三四五六七八九十百〇零]{1,4}';
const manners: readonly { level: number; manner: string; pattern: RegExp }[] = [
  { level: 1, manner: '第章', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?[章编](?![程节])\\s?`, 'u') },
  { level: 2, manner: '第节', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?节(?!点)\\s?`, 'u') },
  { level: 3, manner: '第条', pattern: new RegExp(`^第\\s?(${cn}|\\d{1,3})\\s?条(?!规定|第|款|的|和|、|至)\\s?`, 'u') },
  { level: 1, manner: '一、', pattern: new RegExp(`^(${cn})\\s?[、.．,，:：](?!\\d)\\s?`, 'u') },
  { level: 2, manner: '（一）', pattern: new RegExp(`^[（(〔]\\s?(${cn})\\s?[）)〕]\\s?[、.．:：]?\\s?`, 'u') },
  { level: 2, manner: '一）', pattern: new RegExp(`^(${cn})\\s?[）)]\\s?[、.．]?\\s?`, 'u') },
  // 3.4月15日前完成: a number and a day; 3.5 is one number.
  { level: 3, manner: '1.', pattern: /^(\d{1,2})\s?[.．、](?=\D|\d{1,2}月|(?:19|20)\d{2}年|$)\s?/u },
  { level: 4, manner: '（1）', pattern: /^[（(]\s?(\d{1,2})\s?[）)]\s?[、.．]?\s?/u },
  { level: 4, manner: '1）', pattern: /^(\d{1,2})\s?[）)]\s?[、.．]?\s?/u },
  { level: 5, manner: '①', pattern: /^([①-⑳])\s?/u },
];

/** Reads the marker at the start of a text; undefined where there is none. */
export function headingMarker(text: string): HeadingMarker | undefined {
  for (const { level, manner, pattern } of manners) {
    const match = pattern.exec(text);
    if (!match) continue;
    const printed = match[1] as string;
    const value = manner === '①' ? printed.charCodeAt(0) - 0x245f : parseNumeral(printed);
    if (value === undefined || value === 0) continue;
    // Nothing after it: a cell or a page number, not a heading.
    if (match[0].length === text.length) return undefined;
    return { level, manner, value, number: match[0].replace(/\s/g, ''), end: match[0].length };
  }
  return undefined;
}
