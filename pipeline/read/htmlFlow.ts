import { type LayoutBlock, type LayoutLine, type LayoutTable, layoutLine } from '../../models/index.ts';
import { unframed } from './gridTable.ts';
import { listMarkers } from './htmlList.ts';
import { type Looks, looksOf, neverPrints, plainLooks, type StyleSheet } from './htmlStyle.ts';
import { tableFromElement, tableRows } from './htmlTable.ts';
import { attribute, elementsOf, type HtmlElement, type HtmlNode, isElement, textOf } from './htmlTree.ts';
import { describedPicture, pictureOf, trailingSeal } from './pictureText.ts';

/** What the flow of a page is told. */
export interface FlowContext {
  readonly sheet: StyleSheet;
  /** Elements that are left out, with all in them. */
  readonly skip: (element: HtmlElement) => boolean;
  /** The nodes are those of the article: what is printed as 附件说明 there is text, link or not. */
  readonly inArticle?: boolean;
  /** Filled with the lines that are nothing but links to other pages. */
  readonly linkLines?: WeakSet<LayoutLine>;
}

const blockTags = new Set(
  'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption legend'.split(
    ' ',
  ),
);

/** Files that notices hang on pages. */
export const documentTarget = /\.(?:docx?|wps|wpt|et|xlsx?|csv|pdf|ofd|ceb|zip|rar|7z|pptx?)(?:$|[?#&])/i;

interface Run {
  text: string;
  readonly looks: Looks;
  /** The run is the text of a link to a document. */
  readonly document: boolean;
  /** The run is the text of any link. */
  readonly link: boolean;
  /** The number before a list item; it waits for the item's first text. */
  readonly marker?: true;
}

/** Whether a text stands in a link, and to what. */
type LinkKind = 'document' | 'page' | null;

/** Turns nodes into lines, tables, pictures and rules as a browser would print them, in document order. */
export function flowOf(nodes: readonly HtmlNode[], context: FlowContext): LayoutBlock[] {
  const blocks: LayoutBlock[] = [];
  let runs: Run[] = [];
  const writeLine = (about: { heading: number | null; ended: boolean }): void => {
    if (runs.some((run) => run.marker) && runs.every((run) => run.marker || run.text.trim() === '')) return;
    const made = lineOf(runs, about, context);
    if (runs.every((run) => run.link || run.text.trim() === ''))
      for (const block of made) if (block.type === 'line') context.linkLines?.add(block);
    runs = [];
    blocks.push(...made);
  };
  const visit = (node: HtmlNode, looks: Looks, heading: number | null, link: LinkKind): void => {
    if (node.nodeName === '#text' && 'value' in node) {
      if (!looks.hidden) runs.push({ text: node.value, looks, document: link === 'document', link: link !== null });
      return;
    }
    if (!isElement(node) || neverPrints(node) || context.skip(node)) return;
    const own = looksOf(node, looks, context.sheet);
    if (own.hidden) return;
    const tag = node.tagName;
    if (tag === 'br') {
      writeLine({ heading, ended: false });
      return;
    }
    if (tag === 'hr') {
      writeLine({ heading, ended: true });
      blocks.push({ type: 'rule', color: own.color, box: null });
      return;
    }
    if (tag === 'img') {
      const picture = pictureFrom(node);
      if (picture !== null) {
        writeLine({ heading, ended: false });
        blocks.push(picture);
      }
      return;
    }
    const block = blockTags.has(tag);
    if (block) writeLine({ heading, ended: true });
    if (tag === 'table' && !isLayoutTable(node)) {
      const table = dataTable(node, own, context);
      if (table !== null) blocks.push(...table);
      return;
    }
    const level = /^h([1-6])$/.exec(tag)?.[1];
    const inner = level === undefined ? heading : Number(level);
    const target: LinkKind =
      link ?? (tag !== 'a' || attribute(node, 'href') === null ? null : isDocumentLink(node) ? 'document' : 'page');
    const markers = tag === 'ol' ? listMarkers(node) : null;
    // Looks of a block start anew with each block inside; only what CSS inherits is handed down.
    for (const child of node.childNodes) {
      const marker = isElement(child) ? markers?.get(child) : undefined;
      if (marker !== undefined) {
        writeLine({ heading, ended: true });
        runs.push({ text: marker, looks: own, document: false, link: false, marker: true });
        for (const part of (child as HtmlElement).childNodes)
          visit(part, looksOf(child as HtmlElement, own, context.sheet), inner, target);
        writeLine({ heading: inner, ended: true });
      } else visit(child, own, inner, target);
    }
    if (block) writeLine({ heading: inner, ended: true });
  };
  for (const node of nodes) visit(node, plainLooks, null, null);
  writeLine({ heading: null, ended: true });
  return blocks;
}

/** White space is collapsed; a line break in the source between two Chinese characters is none in print. */
function lineOf(
  runs: readonly Run[],
  about: { heading: number | null; ended: boolean },
  context: FlowContext,
): LayoutBlock[] {
  let text = '';
  const printed: { run: Run; length: number }[] = [];
  for (const run of runs) {
    const blank = run.looks.underlined && /^[\s\u00a0\u3000]{2,}$/.test(run.text);
    let piece = blank ? '_'.repeat(Math.max(4, run.text.length)) : run.text;
    if (!run.looks.keepsSpace && !blank) {
      piece = piece.replace(/[ \t\r\n\f]*[\r\n][ \t\r\n\f]*/g, '\n').replace(/[ \t\f]+/g, ' ');
      if (/[\s]$/.test(text)) piece = piece.replace(/^[ \n]+/, '');
    }
    text += piece;
    if (piece.trim() !== '') printed.push({ run, length: piece.trim().length });
  }
  if (printed.length === 0) return [];
  const keeps = printed.some(({ run }) => run.looks.keepsSpace);
  const lines = keeps
    ? text.split('\n')
    : [text.replace(/([\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])/g, '$1').replace(/\n/g, ' ')];
  const all = (is: (run: Run) => boolean): boolean => printed.every(({ run }) => is(run));
  const longest = printed.reduce((a, b) => (b.length > a.length ? b : a)).run.looks;
  const linked = printed.reduce((sum, { run, length }) => sum + (run.document ? length : 0), 0);
  const total = printed.reduce((sum, { length }) => sum + length, 0);
  const blocks: LayoutBlock[] = [];
  for (const [index, raw] of lines.entries()) {
    const clean = raw
      .replace(/[\u00a0\u2000-\u200a]/g, ' ')
      .replace(/[\u200b-\u200f\ufeff]/g, '')
      .trimEnd()
      .replace(/^[ ]+/, '');
    if (clean.trim() === '') continue;
    const sealed = trailingSeal(clean);
    const linkedWhole = linked > 0 && linked >= total - labelLength(clean);
    // 附件：1.方案.docx is the note that the notice prints; the ending is the file's, not the notice's.
    const noted = linkedWhole && /^\s*(?:附\s*件|\d{1,2}\s*[.．、])/.test(clean) && context.inArticle === true;
    const line = noted ? clean.replace(/\.(?:docx?|wps|et|xlsx?|pdf|ofd|zip|rar)$/i, '') : (sealed?.text ?? clean);
    blocks.push(
      layoutLine(line, {
        color: longest.color,
        bold: all((run) => run.looks.bold === true) ? true : null,
        align: longest.align,
        fontSize: longest.fontSize,
        heading: about.heading,
        paragraphEnd: index === lines.length - 1 && about.ended ? true : null,
        role: linkedWhole && !noted ? 'attachment-link' : null,
      }),
    );
    if (sealed !== null) blocks.push(sealed.seal);
  }
  return blocks.map((block) => (block.type === 'line' ? (describedPicture(block.text, true) ?? block) : block));
}

/** "附件：" and "1." before a link are part of it. */
const labelLength = (line: string): number =>
  /^\s*(?:附\s*件\s*\d{0,2}\s*[:：.．]?)?\s*(?:\d{1,2}\s*[.．、])?\s*(?:点击下载|下载)?[:：]?/.exec(line)?.[0].length ??
  0;

function isDocumentLink(anchor: HtmlElement): boolean {
  const target = attribute(anchor, 'href') ?? '';
  return (
    documentTarget.test(target) ||
    (/download|attach|fileid|uploadfile|\bfj\b/i.test(target) && documentTarget.test(textOf(anchor)))
  );
}

/** Icons and bullets are no pictures of the notice. */
function pictureFrom(element: HtmlElement): LayoutBlock | null {
  const size = (name: 'width' | 'height'): number => {
    const stated =
      attribute(element, name) ??
      new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([\\d.]+)px`).exec(attribute(element, 'style') ?? '')?.[1];
    return Number.parseFloat(stated ?? 'NaN');
  };
  const description = (attribute(element, 'alt') ?? attribute(element, 'title') ?? '').trim();
  if (size('width') < 40 || size('height') < 40) return null;
  const source = attribute(element, 'src') ?? '';
  if (/icon|logo|spacer|blank|qrcode|ewm|share|weixin|weibo/i.test(source) && !/章/.test(description)) return null;
  // The name of the uploaded file is no description.
  return pictureOf(/\.(?:png|jpe?g|gif|bmp)$/i.test(description) ? '' : description);
}

/** A table of the notice, with its caption before it. */
function dataTable(element: HtmlElement, looks: Looks, context: FlowContext): LayoutBlock[] | null {
  const table: LayoutTable | null = tableFromElement(element, (cell) => cellLines(cell, looks, context));
  if (table === null) return null;
  const caption = element.childNodes.find((node) => isElement(node) && node.tagName === 'caption');
  return [...(caption === undefined ? [] : flowOf([caption], context)), ...(unframed(table) ?? [table])];
}

function cellLines(cell: HtmlElement, looks: Looks, context: FlowContext): LayoutLine[] {
  const own = looksOf(cell, looks, context.sheet);
  if (own.hidden) return [];
  return flowOf(cell.childNodes, context).flatMap((block) => {
    if (block.type === 'line')
      return [
        {
          ...block,
          text: block.text.trim(),
          role: null,
          bold: block.bold ?? own.bold,
          align: block.align ?? own.align,
        },
      ];
    if (block.type !== 'table') return [];
    return block.cells.flatMap((inner) => inner.lines);
  });
}

/**
 * Old pages are laid out with tables, and exported documents put single cells around frames. A table is layout when it
 * has one cell, or when a cell of its few columns holds a table or most of a long text.
 */
export function isLayoutTable(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(attribute(table, 'role') ?? '')) return true;
  const rows = tableRows(table);
  const cells = rows.flatMap((row) =>
    row.childNodes.filter(
      (node): node is HtmlElement => isElement(node) && (node.tagName === 'td' || node.tagName === 'th'),
    ),
  );
  if (cells.length <= 1) return true;
  const columns = rows.reduce((most, row) => Math.max(most, row.childNodes.filter(isElement).length), 0);
  const lengths = cells.map((cell) => textOf(cell).length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const largest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const main = cells[lengths.indexOf(largest)]!;
  const nested = [...elementsOf(main.childNodes)].some((element) => element.tagName === 'table');
  const bordered =
    (Number.parseInt(attribute(table, 'border') ?? '0', 10) || 0) > 0 ||
    /border(?:-(?:top|collapse))?\s*:/i.test(attribute(table, 'style') ?? '');
  if (nested && columns <= 3 && largest > total * 0.6) return true;
  if (columns === 1) return !bordered && rows.length < 4;
  const paragraphs = [...elementsOf(main.childNodes)].filter(
    (element) => element.tagName === 'p' || element.tagName === 'br',
  ).length;
  return !bordered && columns <= 3 && largest > 300 && largest > total * 0.7 && paragraphs >= 3;
}
