import { radicalCharacters } from './radicals.ts';

/** Folding that keeps a document's text recognisable: one shape per character, layout spaces gone. */

const cjk = /[\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/u;
const cjkPunctuation =
  /[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f\uff3b-\uff40\uff5b-\uff65“”‘’…—·]/u;

/** Whether a character is a Han character. */
export const isHan = (character: string): boolean => cjk.test(character);

/** One character folded: full-width letters and digits, radicals and compatibility forms; '' for what is invisible. */
export function foldCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x80) return code < 0x20 && character !== '\t' ? '' : character;
  if ((code >= 0xff10 && code <= 0xff19) || (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a)) {
    return String.fromCharCode(code - 0xfee0);
  }
  // The horizontal bar, which fonts draw as they draw the Chinese dash.
  if (code === 0x2015) return '—';
  if (code === 0xff05) return '%';
  if (code === 0xff0e) return '.';
  if (code === 0xff20) return '@';
  // Zero width, soft hyphen, direction marks, byte order mark, variation selectors.
  if (
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0x80 && code <= 0x9f)
  ) {
    return '';
  }
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f)
    return ' ';
  const whole = radicalCharacters.get(character);
  if (whole !== undefined) return whole;
  // Kangxi radicals, radicals supplement, compatibility ideographs, small and vertical forms.
  if ((code >= 0x2e80 && code <= 0x2fdf) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6b)) {
    const folded = character.normalize('NFKC');
    return folded.length === 1 ? folded : character;
  }
  return character;
}

/** A line folded, and for each character that is left its position in the line as it was. */
export interface FoldedLine {
  readonly text: string;
  /** positions[i]: where text[i] stood, in UTF-16 units. */
  readonly positions: readonly number[];
  /** Characters of white space (a tab counts four) that stood before the first character. */
  readonly indent: number;
}

/**
 * Folds a line: characters by `foldCharacter`, white space to single spaces, letter-spaced words (附 件, 国 家 能 源 局) joined,
 * spaces between Han characters and digits, letters or punctuation dropped. Spaces that may part fields stay.
 */
export function foldLine(line: string): FoldedLine {
  const characters: string[] = [];
  const positions: number[] = [];
  let indent = 0;
  for (let at = 0; at < line.length; at++) {
    let character = line.charAt(at);
    const code = character.charCodeAt(0);
    if (code >= 0xd800 && code <= 0xdfff) {
      // A pair stays whole; half a pair is no character.
      const next = line.charCodeAt(at + 1);
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        characters.push(character, line.charAt(at + 1));
        positions.push(at, at + 1);
        at++;
      }
      continue;
    }
    character = foldCharacter(character);
    if (character === '') continue;
    if (character === ' ' || character === '\t') {
      if (characters.length === 0) indent += character === '\t' ? 4 : line.charCodeAt(at) === 0x3000 ? 2 : 1;
      else if (characters.at(-1) !== ' ') {
        characters.push(' ');
        positions.push(at);
      }
      continue;
    }
    characters.push(character);
    positions.push(at);
  }
  if (characters.at(-1) === ' ') {
    characters.pop();
    positions.pop();
  }
  if (!characters.includes(' ')) return { text: chinesePunctuation(characters.join('')), positions, indent };
  const drop = layoutSpaces(characters);
  const kept = (_: unknown, index: number) => !drop.has(index);
  return { text: chinesePunctuation(characters.filter(kept).join('')), positions: positions.filter(kept), indent };
}

const halfWidth: Readonly<Record<string, string>> = { ',': '，', ';': '；', '.': '。' };

/**
 * Half-width stops between Chinese words (行为,对销售 … 整改.), or between a word and a figure (制定,9月底前 …
 * 100%,其中), become the full-width ones that they stand for, one character for one. Numbers of headings (一.总则),
 * decimals, addresses and names of files keep theirs.
 */
function chinesePunctuation(text: string): string {
  if (!/[,;.]/.test(text)) return text;
  return text.replace(
    /(?<=[\u4e00-\u9fff）)》”’】])(?:[,;](?=\s?[\u4e00-\u9fff（(《“‘\d]|$)|\.(?=\s?[\u4e00-\u9fff（(《“]|$))|(?<=[\w%％])[,;](?=\s?[\u4e00-\u9fff《“‘])/gu,
    (mark, at: number) =>
      mark === '.' && /^\s?(?:附\s?件|第?[（(]?[一二三四五六七八九十]{1,4}[）)]?)$/u.test(text.slice(0, at).slice(-12))
        ? mark
        : (halfWidth[mark] as string),
  );
}

/** The spaces that are layout alone. */
function layoutSpaces(characters: readonly string[]): ReadonlySet<number> {
  const drop = new Set<number>();
  // Words between spaces, as [start, end).
  const words: [number, number][] = [];
  let start = 0;
  for (let index = 0; index <= characters.length; index++) {
    if (index === characters.length || characters[index] === ' ') {
      words.push([start, index]);
      start = index + 1;
    }
  }
  const at = (index: number) => characters[index] ?? '';
  const single = (word: [number, number] | undefined): boolean =>
    word !== undefined && word[1] - word[0] === 1 && cjk.test(at(word[0]));
  // A word of one Han character, alone or before punctuation (话：183…, 件）), goes on from single ones before it.
  const tail = (word: [number, number] | undefined): boolean =>
    word !== undefined && cjk.test(at(word[0])) && (word[1] - word[0] === 1 || !cjk.test(at(word[0] + 1)));
  for (let index = 0; index + 1 < words.length; index++) {
    const word = words[index] as [number, number];
    const next = words[index + 1] as [number, number];
    const space = word[1];
    const before = at(word[1] - 1);
    const after = at(next[0]);
    if (single(word) && tail(next)) drop.add(space);
    // Half-width commas of a Chinese text: 行为, 对销售.
    else if (/[,;:]/.test(before) && cjk.test(after)) drop.add(space);
    // （ 件）, 《 办法 》, 附件 ： the inside of brackets and the outside of closing ones.
    else if (cjkPunctuation.test(before) || cjkPunctuation.test(after)) {
      // After a sentence or a closing bracket the space may be all that is left of a line break.
      // So it is before a heading （一）.
      const heading = /^[（(][一二三四五六七八九十]{1,3}[）)]/u.test(characters.slice(next[0], next[0] + 5).join(''));
      if (!/[。！？；）)”》]/.test(before) && !heading) drop.add(space);
    } else if (cjk.test(before) && /[0-9A-Za-z]/.test(after)) {
      // 自 2023 年, 注射用 A 型: drop where Han characters follow the word; 附件 1 at the end too.
      const end = next[1];
      const last = at(end - 1);
      const short = end - next[0] <= 4;
      const followed = cjk.test(at(end + 1)) && /[0-9A-Za-z]/.test(last);
      const numbering = /^\d{1,2}[.、．]/.test(characters.slice(next[0], end).join(''));
      if (
        !numbering &&
        ((short && (followed || end >= characters.length)) ||
          /[年月日号%]/.test(last) ||
          /^\d{1,4}[\u4e00-\u9fa5％%]/u.test(characters.slice(next[0], end).join('')))
      )
        drop.add(space);
    } else if (
      /[0-9A-Za-z%]/.test(before) &&
      cjk.test(after) &&
      // However long the words before it, a day or a month goes with its number: （一）宣传发动（10 月 25 日.
      (word[1] - word[0] <= 8 ||
        (/[年月日号]/.test(after) && /(?:^|\D)\d{1,4}$/.test(characters.slice(word[0], word[1]).join(''))))
    ) {
      // 2025 年; but 13800000000 张三 parts fields.
      drop.add(space);
    }
  }
  return drop;
}

/** A value without layout: no white space next to a Han character or Chinese punctuation. */
export function withoutLayoutSpaces(text: string): string {
  if (!/\s/.test(text)) return text;
  return text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[^\x20-\x7e])|(?<=[^\x20-\x7e]) /gu, '')
    .trim();
}

/** Layout-blind form for comparing names and titles: NFKC, no white space, one shape per quote, bracket and dash. */
export function foldForMatching(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[“”„‟"「」『』]/g, '"')
    .replace(/[‘’']/g, "'")
    .replace(/[〔[［【]/g, '[')
    .replace(/[〕\]］】]/g, ']')
    .replace(/[—–－-]+/g, '-');
}
