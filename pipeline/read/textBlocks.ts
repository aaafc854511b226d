import { type LayoutBlock, type LayoutLine, type LayoutTable, layoutLine } from '../../models/index.ts';
import { boxTable } from './boxTable.ts';
import { continuesTable, unframed } from './gridTable.ts';
import { tableFromMarkup } from './htmlTable.ts';
import { plainLine } from './inlineMarkup.ts';
import { describedPicture, isEnglishProse, pictureOf, trailingSeal } from './pictureText.ts';
import { pipeTables, tabTable, unfoldedTable } from './textTables.ts';

/** What is known when the text of one page is read. */
export interface TextContext {
  readonly isChinese: boolean;
  /** The blocks of the page before, whose last table may go on here. */
  readonly before: readonly LayoutBlock[];
  /** The text is cut into pages by form feeds: a bare number at the edge of one is its number. */
  readonly paged: boolean;
}

type Item = { readonly line: string } | { readonly table: LayoutTable };

/** Splits a text into blocks and page furniture. */
export function textBlocks(source: string, context: TextContext): { blocks: LayoutBlock[]; furniture: LayoutLine[] } {
  const items = sourceItems(source);
  const lines = items.map((item) => ('line' in item ? item.line : ''));
  const numbers = bareNumberLines(lines, context.paged);
  const blocks: LayoutBlock[] = [];
  const furniture: LayoutLine[] = [];
  let lastTable: LayoutBlock | undefined = context.before.findLast((block) => block.type !== 'rule');
  const pushTable = (table: LayoutTable): void => {
    const lines = unframed(table);
    if (lines !== null) {
      for (const line of lines) blocks.push(line);
      lastTable = undefined;
      return;
    }
    const continues = lastTable?.type === 'table' && continuesTable(lastTable, table);
    blocks.push(continues ? { ...table, continues } : table);
    lastTable = blocks.at(-1);
  };
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    if ('table' in item) {
      pushTable(item.table);
      continue;
    }
    const text = item.line.trim();
    if (text === '' || /^(?:`{3,}|~{3,})\s*\w*$/.test(text)) continue;
    const mark = pageMark(text) ?? (numbers.has(i) ? text : null);
    if (mark !== null) {
      furniture.push(layoutLine(mark, { role: 'page-number' }));
      continue;
    }
    if (isRule(text)) {
      blocks.push({ type: 'rule', color: null, box: null });
      continue;
    }
    const found = tablesAt(lines, i);
    if (found !== null) {
      for (const table of found.tables) pushTable(table);
      i += found.length - 1;
      continue;
    }
    lastTable = undefined;
    const picture = describedPicture(text, context.isChinese);
    if (picture !== null) {
      blocks.push(picture);
      while (context.isChinese && /^\s*[A-Za-z]/.test(lines[i + 1] ?? '') && isEnglishProse(lines[i + 1]!)) i++;
      continue;
    }
    const underline = setextLevel(text, lines[i + 1]);
    for (const block of textLines(item.line, { heading: underline, next: lines[i + 1], context, furniture }))
      blocks.push(block);
    if (underline !== null) i++;
  }
  return { blocks, furniture };
}

function tablesAt(lines: readonly string[], i: number): { tables: readonly LayoutTable[]; length: number } | null {
  const line = lines[i]!;
  const drawn = boxTable(lines, i);
  if (drawn !== null) return { tables: [drawn.table], length: drawn.length };
  const piped = line.includes('|') ? pipeTables(lines, i) : null;
  return piped ?? (line.includes('\t') ? tabTable(lines, i) : null);
}

/** The lines of one source line (more than one at a <br>), and the pictures and seals in it. */
function textLines(
  source: string,
  about: {
    readonly heading: number | null;
    readonly next: string | undefined;
    readonly context: TextContext;
    readonly furniture: LayoutLine[];
  },
): LayoutBlock[] {
  const marked = about.furniture.length;
  const tagged = convertersTags(source, about.furniture);
  if (tagged === '' && about.furniture.length > marked) return [];
  const { text, heading, item } = lineMarkers(tagged);
  const plain = plainLine(text);
  const level = about.heading ?? heading;
  const align = /<(?:center|(?:p|div|h\d)[^<>]*(?:align\s*=\s*["']?center|text-align:\s*center))/i.test(source)
    ? 'center'
    : /<(?:p|div)[^<>]*(?:align\s*=\s*["']?right|text-align:\s*right)/i.test(source)
      ? 'right'
      : null;
  const blocks: LayoutBlock[] = [];
  const texts = plain.texts.filter((line) => line.trim() !== '');
  for (const [index, line] of texts.entries()) {
    const picture = texts.length > 1 ? describedPicture(line, about.context.isChinese) : null;
    if (picture !== null) {
      blocks.push(picture);
      continue;
    }
    const sealed = trailingSeal(line);
    const last = index === texts.length - 1;
    blocks.push(
      layoutLine((sealed?.text ?? line).trimEnd(), {
        heading: level,
        bold: plain.bold ? true : null,
        align,
        paragraphEnd: (level !== null || item) && last && isWhole(line) ? true : last ? endsBefore(about.next) : false,
        role: plain.attachmentLink ? 'attachment-link' : null,
      }),
    );
    if (sealed !== null) blocks.push(sealed.seal);
  }
  for (const description of plain.pictures) blocks.push(pictureOf(description));
  return blocks;
}

/** A heading that runs into its paragraph is cut at the end of a page like any other: long and without a full stop. */
const isWhole = (text: string): boolean => text.length <= 60 || /[。；：！？…”）);:!?]\s*$/.test(text.slice(-4));

/**
 * Whether a paragraph ends before this source line: null where the line is empty or missing (only a hint), true where
 * it begins a heading, a list item or, indented by two characters (GB/T 9704-2012, 7.3.3), a paragraph.
 */
function endsBefore(next: string | undefined): boolean | null {
  if (next === undefined || next.trim() === '' || next.includes('|') || next.includes('\t') || isRule(next.trim()))
    return null;
  if (pageMark(next.trim()) !== null || ordinal.test(next)) return null;
  return /^\u3000\u3000[^\s\u3000]/.test(next) || headingMarker.test(next) || bulletMarker.test(next);
}

/** Recognisers write ##标题 without the space too; #1 and #号楼 in running text are no headings. */
const headingMarker = /^\s{0,3}(#{1,6})(?:[ \t\u3000]+|(?=[\p{Script=Han}（(《“]))/u;
/** 一、 （一） 1. （1） 附件：1. may begin a paragraph; whether they do is for the stage that knows the numbering. */
const ordinal = /^\s*(?:附件|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．])/;
const bulletMarker = /^\s*(?:[-*•●▪◦·]|\+(?=\s+\D))[ \t\u3000]+(?=\S)/;

function lineMarkers(source: string): { text: string; heading: number | null; item: boolean } {
  let text = source;
  let quoted = false;
  if (/^\s*>/.test(text)) {
    text = text.replace(/^(?:\s*>\s?)+/, '');
    quoted = true;
  }
  const heading = headingMarker.exec(text);
  if (heading !== null && !(quoted && heading[1] === undefined))
    return { text: withoutClosingMarks(text.slice(heading[0].length)), heading: heading[1]!.length, item: false };
  const bullet = bulletMarker.exec(text);
  if (bullet !== null)
    return { text: text.slice(bullet[0].length).replace(/^\[[ xX]\]\s+/, ''), heading: null, item: true };
  // <h2>…</h2> in Markdown.
  const tag = /^\s*<h([1-6])(?:\s[^<>]*)?>/i.exec(text);
  return { text, heading: tag === null ? null : Number(tag[1]), item: false };
}

/** "## 标题 ##" is allowed; the marks at the end are no text. */
function withoutClosingMarks(text: string): string {
  const trimmed = text.trimEnd();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '#') end--;
  return end < trimmed.length && /\s/.test(trimmed[end - 1] ?? ' ') ? trimmed.slice(0, end).trimEnd() : trimmed;
}

/** Elements that converters invent: page numbers and watermarks are furniture, seals are marked as pictures. */
function convertersTags(source: string, furniture: LayoutLine[]): string {
  if (!source.includes('<')) return source;
  return source
    .replace(/<(page_number|page-number|pagenumber)>([^<]*)<\/\1>/gi, (_, __: string, text: string) => {
      furniture.push(layoutLine(text.trim(), { role: 'page-number' }));
      return '';
    })
    .replace(/<(watermark|page_header|page_footer|header|footer)>([^<]*)<\/\1>/gi, (_, tag: string, text: string) => {
      furniture.push(layoutLine(text.trim(), { role: /foot/i.test(tag) ? 'running-foot' : 'running-head' }));
      return '';
    })
    .replace(/<(seal|stamp)>([^<]*)<\/\1>/gi, (_, __: string, text: string) => `<img alt="印章：${text.trim()}">`)
    .trimEnd();
}

/** A page number as printed or as a converter writes it: — 3 —, - 3 -, 第 3 页 共 8 页, 3 / 8 页, {3}-----. */
function pageMark(text: string): string | null {
  return /^(?:[-—–－―─·•]+\s*\d{1,4}\s*[-—–－―─·•]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*[（(]?\s*共\s*\d{1,4}\s*页\s*[)）]?)?|\d{1,4}\s*\/\s*\d{1,4}\s*页?|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?|\{\d{1,4}\}-{5,}|-{3,}\s*(?:[Pp]age|第)\s*\d{1,4}\s*页?\s*-{3,})$/.test(
    text,
  )
    ? text
    : null;
}

/** Lines that are a number alone and page numbers for sure: at the edge of a page, or counting on through the text. */
function bareNumberLines(lines: readonly string[], paged: boolean): ReadonlySet<number> {
  const found: number[] = [];
  const blank = (i: number): boolean => (lines[i] ?? '').trim() === '';
  for (let i = 0; i < lines.length; i++)
    if (/^\s*\d{1,4}\s*$/.test(lines[i]!) && blank(i - 1) && blank(i + 1)) found.push(i);
  if (paged) {
    const first = lines.findIndex((line) => line.trim() !== '');
    const last = lines.findLastIndex((line) => line.trim() !== '');
    return new Set([first, last].filter((i) => i >= 0 && /^\s*\d{1,4}\s*$/.test(lines[i]!)));
  }
  const counting =
    found.length >= 3 && found.every((i, k) => k === 0 || Number(lines[i]) === Number(lines[found[k - 1]!]) + 1);
  return new Set(counting ? found : []);
}

const isRule = (text: string): boolean =>
  /^(?:[-—–―─━_＿=═*★☆]\s*){3,}$/.test(text) && /^(.)(?:\s*\1)*$|^[—–―─━-]+[★☆][—–―─━-]+$/.test(text);

/**
 * The level of a heading underlined with === or ---. A line of dashes under a sentence or a long line is a rule: it
 * is where recognisers mark the end of a page.
 */
function setextLevel(text: string, next: string | undefined): number | null {
  if (next === undefined) return null;
  if (/^\s{0,3}={3,}\s*$/.test(next)) return 1;
  if (!/^\s{0,3}-{3,}\s*$/.test(next)) return null;
  return text.length <= 60 && !/[。；：，、;:,]$/.test(text) && !/\d{1,2}日$/.test(text) && !/^\s*[|>#]/.test(text)
    ? 2
    : null;
}

/** Cuts the tables written as HTML out of the text; the rest is lines. */
function sourceItems(source: string): Item[] {
  const items: Item[] = [];
  const addLines = (text: string): void => {
    for (const line of text.split('\n')) for (const part of unfoldedLines(line)) items.push({ line: part });
  };
  let from = 0;
  for (const { start, end } of markupTables(source)) {
    const table = tableFromMarkup(source.slice(start, end));
    addLines(source.slice(from, start).trimEnd());
    if (table !== null) items.push({ table });
    from = end;
  }
  addLines(source.slice(from));
  return items;
}

/** Ranges of <table>…</table>, outermost only; one that is never closed ends with its last row. */
function markupTables(source: string): { start: number; end: number }[] {
  if (!/<table\b/i.test(source)) return [];
  const ranges: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (const match of source.matchAll(/<(\/?)table\b[^<>]*>/gi)) {
    if (match[1] === '') {
      if (depth === 0) start = match.index;
      depth++;
    } else if (depth > 0) {
      depth--;
      if (depth === 0) ranges.push({ start, end: match.index + match[0].length });
    }
  }
  if (depth > 0) {
    const rest = source.slice(start);
    const end = Math.max(...['</tr>', '</td>', '</th>'].map((tag) => rest.toLowerCase().lastIndexOf(tag)));
    if (end > 0) ranges.push({ start, end: start + end + 5 });
  }
  return ranges;
}

/** Tables put back on lines in one line, each looking at all that is left of it; longer lines are no document. */
const maxUnfolded = 50;
const maxFoldedLine = 200_000;

/** A Markdown document whose line breaks were lost: tables and headings in the middle of a long line begin lines again. */
function unfoldedLines(line: string): readonly string[] {
  const result: string[] = [];
  let rest: string | undefined = line;
  const most = line.length <= maxFoldedLine ? maxUnfolded : 0;
  for (let count = 0; count < most && rest?.includes('|') && rest.includes('---'); count++) {
    const parts = unfoldedTable(rest);
    if (parts === null) break;
    const isRow = (part: string | undefined): boolean => part?.startsWith('|') === true;
    rest = isRow(parts.at(-1)) ? undefined : parts.at(-1);
    for (const part of rest === undefined ? parts : parts.slice(0, -1))
      result.push(...(isRow(part) ? [part] : unfoldedHeadings(part)));
  }
  return rest === undefined ? result : [...result, ...unfoldedHeadings(rest)];
}

function unfoldedHeadings(line: string): readonly string[] {
  if (line.length < 120 || !/\s#{1,6}\s\S[^#]*\s#{1,6}\s\S/.test(line.slice(0, 20_000))) return [line];
  return line.split(/\s(?=#{1,6}\s\S)/);
}
