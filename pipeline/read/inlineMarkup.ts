import { parseFragment } from 'parse5';

/** One source line without its inline Markdown and HTML. */
export interface PlainLine {
  /** More than one when a <br> stood in the line. */
  readonly texts: readonly string[];
  /** The whole line was set bold. */
  readonly bold: boolean;
  /** Alternative texts of pictures in the line, '' where there is none. */
  readonly pictures: readonly string[];
  /** The line is nothing but a link to a document (.doc, .pdf, .xls …). */
  readonly attachmentLink: boolean;
}

const documentEnding = /\.(?:docx?|wps|et|xlsx?|pdf|ofd|zip|rar|7z|pptx?)(?:[?#]\S*)?$/i;

/**
 * Removes inline Markdown (emphasis, escapes, links, images, code, short formulas) and known HTML tags. What only looks
 * like markup stays: masked names (张*明), blanks (____), comparisons (<5%), 〔2021〕 written as [2021].
 */
export function plainLine(source: string): PlainLine {
  const pictures: string[] = [];
  let text = source;
  let attachmentLink = false;
  if (text.includes('](')) {
    text = text.replace(/!\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"()]*")?\)/g, (_, alt: string) => {
      pictures.push(alt.trim());
      return '';
    });
    text = text.replace(
      /\[([^[\]]+)\]\((<[^<>]*>|[^()\s\p{Script=Han}][^()\s]*)(?:\s+"[^"()]*")?\)/gu,
      (whole: string, label: string, target: string) => {
        if (documentEnding.test(target) && whole === text.trim()) attachmentLink = true;
        return label;
      },
    );
  }
  if (text.includes('<')) text = withoutTags(text, pictures);
  const trimmed = text.trim();
  const bold = /^(\*\*\*?|__)(?=\S)[^*]*\S\1$/.test(trimmed) && !/^_{3}|_{3}$/.test(trimmed);
  if (text.includes('$') || text.includes('\\(')) text = withoutFormulas(text);
  text = withoutEmphasis(text);
  if (text.includes('\\') && trimmed !== '\\') text = text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  text = decodeEntities(text);
  return { texts: text.split('\n'), bold, pictures, attachmentLink };
}

const knownTags =
  /<\/?(?:p|div|center|span|font|b|strong|i|em|u|s|del|ins|sup|sub|small|big|a|h[1-6]|ul|ol|li|dl|dt|dd|section|article|header|footer|figure|figcaption|details|summary|tbody|thead|tr|td|th|table|body|html|mark|code|pre|blockquote)(?:\s[^<>]*)?\/?>/gi;

function withoutTags(source: string, pictures: string[]): string {
  return source
    .replace(/<img\b([^<>]*)>(?:([^<>]*)<\/img>)?/gi, (_, attributes: string, inner: string | undefined) => {
      const alt = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
      pictures.push((inner ?? alt?.[1] ?? alt?.[2] ?? '').trim());
      return '';
    })
    .replace(/<(https?:\/\/[^<>\s]+|[\w.+-]+@[\w.-]+)>/gi, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(?:p|div|h[1-6]|li|tr|section)>(?=\s*\S)/gi, '\n')
    .replace(/<u(?:\s[^<>]*)?>((?:\s|&nbsp;|&emsp;|&ensp;)*)<\/u>/gi, (_, blank: string) =>
      '_'.repeat(Math.max(4, blank.length)),
    )
    .replace(knownTags, '');
}

/** Characters between which a single star or underscore is emphasis and not a mask or a product. */
const boundary = /[\s\p{P}\p{S}]/u;

interface Delimiter {
  readonly at: number;
  readonly mark: string;
  readonly canOpen: boolean;
  readonly canClose: boolean;
}

/** Pairs emphasis marks in one pass (CommonMark's flanking rules, stricter for single marks and for underscores). */
function withoutEmphasis(text: string): string {
  if (!/[*_~`]/.test(text)) return text;
  const removed: [number, number][] = [];
  const open: Delimiter[] = [];
  for (const match of text.matchAll(/\\[\s\S]|\*+|_+|~~+|`+/g)) {
    const mark = match[0];
    if (mark.startsWith('\\') || mark.length > 3) continue;
    const before = text[match.index - 1] ?? ' ';
    const after = text[match.index + mark.length] ?? ' ';
    const digits = /\d/.test(before) && /\d/.test(after);
    const loose = mark[0] !== '_' && mark.length > 1;
    const canOpen =
      !/\s/.test(after) &&
      !digits &&
      (loose || boundary.test(before)) &&
      !(loose && /\p{P}/u.test(after) && !boundary.test(before) && !/[“《（(〔【「『]/.test(after));
    const canClose = !/\s/.test(before) && !digits && (loose || boundary.test(after));
    const delimiter = { at: match.index, mark, canOpen, canClose };
    const opener = canClose ? findOpener(open, mark) : -1;
    if (opener >= 0) {
      const start = open[opener]!;
      if (start.at + mark.length < match.index) {
        removed.push([start.at, start.at + mark.length], [match.index, match.index + mark.length]);
        open.length = opener;
        continue;
      }
    }
    if (canOpen && open.length < 50) open.push(delimiter);
  }
  if (removed.length === 0) return text;
  removed.sort((a, b) => a[0] - b[0]);
  let result = '';
  let from = 0;
  for (const [start, end] of removed) {
    result += text.slice(from, start);
    from = end;
  }
  return result + text.slice(from);
}

function findOpener(open: readonly Delimiter[], mark: string): number {
  for (let i = open.length - 1; i >= 0; i--) if (open[i]!.mark === mark) return i;
  return -1;
}

const formulaWords: Readonly<Record<string, string>> = {
  sim: '～',
  times: '×',
  div: '÷',
  pm: '±',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  square: '□',
  Box: '□',
  checkmark: '√',
  surd: '√',
  circ: '°',
  cdot: '·',
  quad: ' ',
  qquad: ' ',
  ldots: '…',
  cdots: '…',
  rightarrow: '→',
  approx: '≈',
  neq: '≠',
};

/** Recognisers write 100\% and 5~10 as formulas; what is a number or a sign in print becomes that again. */
function withoutFormulas(text: string): string {
  return text.replace(
    /\$\$?([ -#%-~]{1,80}?)\$\$?|\\\(([ -~]{1,80}?)\\\)/g,
    (whole, dollars?: string, brackets?: string) => {
      const inner = dollars ?? brackets ?? '';
      if (brackets === undefined && !/[\\^_]/.test(inner) && !/^[\d\s.,%+\-~/=<>]+$/.test(inner)) return whole;
      return inner
        .replace(/\\(?:text|mathrm|mathbf|textbf|operatorname|underline)\s*\{([^{}]*)\}/g, '$1')
        .replace(/\\textcircled\s*\{\s*(\d+)\s*\}/g, (_, digits: string) => circled(Number(digits)))
        .replace(/\^\s*\{\s*\\circ\s*\}|\^\s*\\circ/g, '°')
        .replace(/\\([A-Za-z]+)/g, (word, name: string) => formulaWords[name] ?? word)
        .replace(/\\([%_#&$])/g, '$1')
        .replace(/[{}]/g, '')
        .replace(/~/g, '～')
        .replace(/\s+/g, ' ')
        .trim();
    },
  );
}

function circled(value: number): string {
  return value >= 1 && value <= 20 ? String.fromCharCode(0x245f + value) : `(${value})`;
}

const entities = new Map<string, string>();

/** Decodes character references; non-breaking and other fixed-width spaces become plain ones. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi, (reference) => {
    let decoded = entities.get(reference);
    if (decoded === undefined) {
      const node = parseFragment(reference).childNodes[0];
      decoded = node !== undefined && 'value' in node ? node.value.replace(/[\u00a0\u2000-\u200a]/g, ' ') : reference;
      if (entities.size < 1000) entities.set(reference, decoded);
    }
    return decoded;
  });
}
