import type { LayoutBlock, LayoutLine } from '../../models/index.ts';
import { isPageTool } from './pageTools.ts';

export const folded = (text: string): string => text.replace(/[\s\u3000]/g, '');

/**
 * The article with its headline where print has the title: under the letterhead and the number (GB/T 9704-2012, 7.3.1).
 * Sites print it over them, and most outside of the article's element.
 * @param around what stands on the page outside of the article
 * @param wanted the title as the head of the page gives it, '' where it gives none
 */
export function withHeadline(
  article: readonly LayoutBlock[],
  around: readonly LayoutBlock[],
  wanted: string,
): readonly LayoutBlock[] {
  const inside = titleRun(article.slice(0, 30), folded(wanted));
  if (inside !== null) {
    const [start, end] = inside;
    const isFirst = article.slice(0, start).every((block) => block.type === 'line' && block.role === 'metadata');
    const head = isFirst ? headLength(article.slice(end)) : 0;
    if (head === 0) return article;
    return [
      ...article.slice(0, start),
      ...article.slice(end, end + head),
      ...article.slice(start, end),
      ...article.slice(end + head),
    ];
  }
  const title = headlineAround(around, folded(wanted), article);
  const head = headLength(article);
  return [...article.slice(0, head), ...title, ...article.slice(head)];
}

const isPlain = (block: LayoutBlock | undefined): block is LayoutLine => block?.type === 'line' && block.role === null;

/** The lines, one after the other, that make the title together: from, up to but not including. */
function titleRun(blocks: readonly LayoutBlock[], wanted: string): readonly [number, number] | null {
  if (wanted.length < 5) return null;
  for (let start = 0; start < blocks.length; start++) {
    let text = '';
    for (let end = start; end < blocks.length && end < start + 5; end++) {
      const block = blocks[end];
      if (!isPlain(block)) break;
      text += folded(block.text);
      if (text === wanted) return [start, end + 1];
      if (!wanted.startsWith(text)) break;
    }
  }
  return null;
}

/** The headline outside of the article; none where the article says it in other lines. */
function headlineAround(around: readonly LayoutBlock[], wanted: string, article: readonly LayoutBlock[]): LayoutLine[] {
  const start = folded(
    article
      .slice(0, 25)
      .map((block) => (isPlain(block) ? block.text : ''))
      .join(''),
  );
  if (wanted.length >= 5 && start.includes(wanted)) return [];
  const run = titleRun(around, wanted);
  const lines = run === null ? around.filter((block) => isHeadline(block, wanted)).slice(0, 1) : around.slice(...run);
  return lines.filter(isPlain).flatMap((line, i, all) => {
    if (run === null && start.includes(folded(line.text))) return [];
    return [{ ...line, heading: line.heading ?? 1, paragraphEnd: i === all.length - 1 ? true : null }];
  });
}

function isHeadline(block: LayoutBlock, wanted: string): boolean {
  if (!isPlain(block) || isPageTool(block.text)) return false;
  const text = folded(block.text);
  if (text.length >= 8 && wanted.length >= 8 && (wanted.startsWith(text) || text.startsWith(wanted))) return true;
  return block.heading === 1 && text.length >= 5;
}

/** How many of the first blocks stand above the title in print: 份号, 密级, 紧急程度, letterhead, number, red rule (7.2). */
function headLength(article: readonly LayoutBlock[]): number {
  let length = 0;
  for (const [index, block] of article.slice(0, 12).entries()) {
    if (block.type === 'line' && block.role === 'metadata') continue;
    if (block.type !== 'rule' && !(isPlain(block) && isHeadLine(block))) break;
    length = index + 1;
  }
  return length;
}

function isHeadLine(line: LayoutLine): boolean {
  const text = folded(line.text);
  if (text.length > 60) return false;
  if (/^\d{6}$|^(?:特急|加急|平急|特提|绝密|机密|秘密)/.test(text)) return true;
  if (/^[\p{Script=Han}（）()]{2,25}[〔[［（(]\d{2,4}[〕\]］）)]第?\d{1,5}号(?:签发人.{2,20})?$/u.test(text))
    return true;
  if (/^签发人[:：]/.test(text) || /^\d{4}年第\d{1,4}号$/.test(text)) return true;
  return line.color === 'red' || /(?:局|厅|委|委员会|政府|办公室|部|院|会)文件$/.test(text);
}
