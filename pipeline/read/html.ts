import {
  type Diagnostic,
  HongtouError,
  type Layout,
  type LayoutBlock,
  type LayoutLine,
  layoutPage,
  readLimits,
  type SourceFile,
} from '../../models/index.ts';
import { decodeText, type TextEncodingName } from './decodeText.ts';
import { continuesTable } from './gridTable.ts';
import { folded, withHeadline } from './headline.ts';
import { findArticle } from './htmlArticle.ts';
import { type FlowContext, flowOf } from './htmlFlow.ts';
import { styleSheetOf } from './htmlStyle.ts';
import { attribute, elementsOf, type HtmlElement, isElement, parsePage, textOf } from './htmlTree.ts';
import { pageOfMhtml } from './mhtml.ts';
import { isOtherArticle, isPageTool } from './pageTools.ts';
import { sniffsAsMhtml } from './sniff.ts';
import { readText } from './text.ts';
import { liftMetadata, metadataLine } from './webMetadata.ts';

/**
 * Reads a saved web page (HTML, or MHTML) in the manner of government sites: the article without navigation, buttons
 * and footers; what the page says of it (索引号, 发文机关 … in a table, <meta> of 《政府网站发展指引》) as lines of role
 * 'metadata'; links to documents as lines of role 'attachment-link'. Tools of the page inside the article are kept as
 * furniture. The encoding comes from the byte order mark, the bytes, and last from what the page claims.
 * @throws HongtouError FILE_EMPTY, FILE_TOO_LARGE, TEXT_TOO_LONG, FILE_DAMAGED, LIMIT_EXCEEDED, NO_TEXT
 */
export async function readHtml(input: SourceFile): Promise<Layout> {
  const { fileName } = input;
  if (input.bytes.length === 0) throw new HongtouError('FILE_EMPTY', { fileName });
  const saved = sniffsAsMhtml(input.bytes);
  const limit = saved ? readLimits.fileBytes : readLimits.textBytes;
  if (input.bytes.length > limit)
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: input.bytes.length, limit });
  const page = saved ? pageOfMhtml(input.bytes, fileName) : { bytes: input.bytes, charset: null, plain: false };
  if (page.bytes.length > readLimits.textBytes)
    throw new HongtouError('FILE_TOO_LARGE', { fileName, size: page.bytes.length, limit: readLimits.textBytes });
  if (page.plain) return { ...(await readText({ fileName, bytes: page.bytes })), mediaType: 'multipart/related' };

  const decoded = decodeText(page.bytes, statedEncoding(page.bytes, page.charset));
  const html = parsePage(decoded.text.replaceAll('\0', ''), fileName);
  const body = html.childNodes.find((node): node is HtmlElement => isElement(node) && node.tagName === 'body') ?? html;
  const sheet = styleSheetOf([html]);
  const { root, isFrame } = findArticle(body, sheet);
  const linkLines = new WeakSet<LayoutLine>();
  const inside: FlowContext = { sheet, linkLines, inArticle: true, skip: (element) => isFrame(element) };
  const outside: FlowContext = { sheet, linkLines, skip: (element) => element === root || isFrame(element) };
  const article = liftMetadata(flowOf(root === body ? root.childNodes : [root], inside));
  const around = root === body ? [] : liftMetadata(flowOf(body.childNodes, outside), Number.POSITIVE_INFINITY);

  const head = headMetadata(html);
  const { blocks, furniture } = withoutTools(article, linkLines);
  const all = continued([
    ...metadataOf(around, blocks, head),
    ...withHeadline(blocks, around, head.title),
    ...attachmentsAround(around, blocks),
  ]);
  const text = all.reduce(
    (sum, block) =>
      sum +
      (block.type === 'line' && block.role !== 'metadata' ? block.text.trim().length : block.type === 'table' ? 1 : 0),
    0,
  );
  if (text === 0) throw new HongtouError('NO_TEXT', { fileName });
  if (text > readLimits.textLength)
    throw new HongtouError('TEXT_TOO_LONG', { fileName, length: text, limit: readLimits.textLength });
  return {
    mediaType: saved ? 'multipart/related' : 'text/html',
    paged: false,
    pages: [layoutPage(all, { furniture })],
    signatures: [],
    diagnostics: diagnosticsOf(decoded, all, around),
  };
}

/** GB2312 and GBK are subsets of GB18030; what a page claims falsely is found out by the bytes. */
function statedEncoding(bytes: Uint8Array, charset: string | null): TextEncodingName | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  const name = (charset ?? /charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1] ?? '').toLowerCase();
  if (/^(?:gb2312|gbk|gb18030|gb_2312-80|x-gbk|cp936|hz-gb-2312)$/.test(name)) return 'GB18030';
  if (name === 'utf-8' || name === 'utf8') return 'UTF-8';
  if (name === 'utf-16' || name === 'utf-16le') return 'UTF-16LE';
  return name === 'utf-16be' ? 'UTF-16BE' : null;
}

interface PageHead {
  readonly title: string;
  readonly pairs: readonly { readonly name: string; readonly value: string }[];
}

/** 《政府网站发展指引》(国办发〔2017〕47号), annex 3, prescribes these names for article pages. */
const metaNames: Readonly<Record<string, string>> = {
  articletitle: '标题',
  pubdate: '发布日期',
  contentsource: '来源',
};

function headMetadata(html: HtmlElement): PageHead {
  const pairs: { name: string; value: string }[] = [];
  let pageTitle = '';
  for (const element of elementsOf([html])) {
    if (element.tagName === 'title' && pageTitle === '') pageTitle = textOf(element);
    if (element.tagName !== 'meta') continue;
    const name = metaNames[(attribute(element, 'name') ?? '').toLowerCase()];
    const value = (attribute(element, 'content') ?? '')
      .replace(/<[^<>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (name !== undefined && value !== '' && !pairs.some((pair) => pair.name === name)) pairs.push({ name, value });
  }
  const articleTitle = pairs.find((pair) => pair.name === '标题')?.value;
  if (pageTitle !== '') pairs.push({ name: '网页标题', value: pageTitle });
  // 关于……的通知_青溪县人民政府: the site's name follows.
  const [first = ''] = pageTitle.split(
    /\s*[_|｜]\s*|\s+[-–—]\s+|\s*[-–—]{1,2}(?=[^-–—]{2,20}(?:网|网站|政府|局|厅|委)$)/,
  );
  return { title: articleTitle ?? first.trim(), pairs };
}

/** What the page says of the notice: in its head, and in tables beside the article. */
function metadataOf(around: readonly LayoutBlock[], article: readonly LayoutBlock[], head: PageHead): LayoutLine[] {
  const outside = around.filter((block): block is LayoutLine => block.type === 'line' && block.role === 'metadata');
  const named = new Set(
    [...outside, ...article].flatMap((block) =>
      block.type === 'line' && block.role === 'metadata' ? [block.text.split('：')[0]] : [],
    ),
  );
  const inHead = head.pairs.filter(({ name }) => !named.has(name) && !(name === '发布日期' && named.has('发布时间')));
  return [...inHead.map(metadataLine), ...outside];
}

/** Documents that hang on the page beside the article, once each. */
function attachmentsAround(around: readonly LayoutBlock[], article: readonly LayoutBlock[]): LayoutLine[] {
  const links = (blocks: readonly LayoutBlock[]): LayoutLine[] =>
    blocks.filter((block): block is LayoutLine => block.type === 'line' && block.role === 'attachment-link');
  const known = new Set(links(article).map((line) => folded(line.text)));
  return links(around).filter((line) => !known.has(folded(line.text)));
}

/** Buttons and lists of other articles, kept apart: they stand inside the article's element on many sites. */
function withoutTools(
  article: readonly LayoutBlock[],
  linkLines: WeakSet<LayoutLine>,
): { blocks: LayoutBlock[]; furniture: LayoutLine[] } {
  const blocks: LayoutBlock[] = [];
  const furniture: LayoutLine[] = [];
  let others = false;
  for (const block of article) {
    const line = block.type === 'line' && block.role === null ? block : null;
    if (line !== null && isOtherArticle(line.text)) others = true;
    else if (others && !(line !== null && linkLines.has(line))) others = false;
    if (line !== null && (others || isPageTool(line.text))) furniture.push({ ...line, role: 'running-foot' });
    else blocks.push(block);
  }
  return { blocks, furniture };
}

/** Tables printed in parts. */
function continued(blocks: readonly LayoutBlock[]): LayoutBlock[] {
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    return block.type === 'table' && before?.type === 'table' && continuesTable(before, block)
      ? { ...block, continues: true }
      : block;
  });
}

function diagnosticsOf(
  decoded: { encoding: string; undecodable: number },
  blocks: readonly LayoutBlock[],
  around: readonly LayoutBlock[],
): Diagnostic[] {
  const result: Diagnostic[] = [];
  const say = (code: string, severity: Diagnostic['severity'], message: string): void => {
    result.push({ code, severity, message, page: null });
  };
  if (decoded.encoding !== 'UTF-8') say('encoding', 'info', `文件编码为 ${decoded.encoding}。`);
  if (decoded.undecodable > 0)
    say(
      'undecodable-bytes',
      'warning',
      `有 ${decoded.undecodable} 处字节无法按 ${decoded.encoding} 解读，已用“\ufffd”代替。`,
    );
  const outside = around.filter((block) => block.type === 'line' && block.role === null).length;
  if (outside > 0) say('page-frame', 'info', `网页正文以外的 ${outside} 行（导航、页脚等）未列入正文。`);
  const lines = blocks.filter((block) => block.type === 'line' && block.role === null).length;
  const pictures = blocks.filter((block) => block.type === 'picture').length;
  if (pictures > 0 && lines < 4)
    say(
      'page-of-pictures',
      'warning',
      `网页正文主要是 ${pictures} 张图片，图片中的文字没有随网页文件保存，请提交图片或原文件。`,
    );
  return result;
}
