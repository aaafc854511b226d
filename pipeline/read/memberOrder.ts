import type { Layout } from '../../models/index.ts';

/** 文种 (《党政机关公文处理工作条例》, article 8) and the enclosed kinds that stand in titles. */
const kinds = '决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要';
const titleEnd = new RegExp(`(?:${kinds})(?:（[^（）]{1,20}）|\\([^()]{1,20}\\))?$`);
const documentNumber = /\p{Script=Han}{2,}\s*[〔[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号/u;
const attachmentStart =
  /^\s*附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*$|^\s*附\s*件\s*[\d一二三四五六七八九十]{1,3}(?:[-－—]\d{1,2})?(?![\d年月日])/;

/** How much a file is the notice itself and not one of its attachments: by what stands at its head, then by its name. */
export function noticeScore(path: string, layout: Layout): number {
  const lines = headLines(layout, 18);
  const joinedPairs = lines.map((line, i) => line + (lines[i + 1] ?? ''));
  let score = 0;
  if (lines.some((line) => line.length < 60 && documentNumber.test(line))) score += 3;
  if ([...lines, ...joinedPairs].some((line) => line.length < 120 && /关于/.test(line) && titleEnd.test(line)))
    score += 3;
  else if (lines.some((line) => line.length < 40 && titleEnd.test(line))) score += 1;
  if (lines.some((line) => /(?:局|厅|委|会|府|办|院|部|校|公司|单位)[^。]{0,20}[:：]$/.test(line))) score += 2;
  if (lines.slice(0, 2).some((line) => attachmentStart.test(line))) score -= 5;
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.[A-Za-z\d]{1,8}$/, '');
  if (/附件|附表|附录/.test(file)) score -= 4;
  else if (numberIn(file) !== null) score -= 1;
  if (titleEnd.test(file) || /正文|红头/.test(file)) score += 1.5;
  if (/spreadsheetml|ms-excel/.test(layout.mediaType)) score -= 3;
  return score - 0.1 * (path.split('/').length - 1);
}

/** The number of an attachment, from its name or else from its first lines; null where neither has one. */
export function attachmentNumber(stem: string, layout: Layout): readonly number[] | null {
  const named = numberIn(stem);
  if (named !== null) return named;
  for (const line of headLines(layout, 3)) if (attachmentStart.test(line)) return numberIn(line.replace(/\s/g, ''));
  return null;
}

interface Ordered {
  readonly number: readonly number[] | null;
  readonly name: string;
}

/** 附件1, 附件1-2, 附件2, 附件10; files without a number after them, by name. */
export function byNumberThenName(a: Ordered, b: Ordered): number {
  if (a.number !== null && b.number !== null) {
    const length = Math.max(a.number.length, b.number.length);
    for (let i = 0; i < length; i++) {
      const difference = (a.number[i] ?? 0) - (b.number[i] ?? 0);
      if (difference !== 0) return difference;
    }
  } else if (a.number !== null || b.number !== null) return a.number === null ? 1 : -1;
  return collator.compare(a.name, b.name);
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Whether two pictures are pages of one scan: 扫描_001.jpg, 扫描_002.jpg. */
export function isPictureRow(path: string, next: string): boolean {
  const picture = /\.(?:png|jpe?g|tiff?|bmp|webp|gif)$/i;
  const bare = (name: string): string => name.replace(/\d+/g, '#');
  return picture.test(path) && picture.test(next) && bare(path) === bare(next);
}

/** 附件1, 附件一, 附件 2-1, 1.名单, （3）汇总表, 02_统计表. */
function numberIn(name: string): readonly number[] | null {
  const match =
    /附\s*[件表]\s*[（(]?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[-－—_.]\s*(\d{1,2}))?(?![\d年月])/.exec(name) ??
    /^\s*[（(【[]?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[-－—](\d{1,2})\s*)?[）)】\].．、_\s:：-]/.exec(name);
  if (match === null) return null;
  return [toNumber(match[1]!), ...(match[2] === undefined ? [] : [Number(match[2])])];
}

const digits = '零一二三四五六七八九';

function toNumber(text: string): number {
  if (/\d/.test(text)) return Number(text);
  const [tens, ones] = text.includes('十') ? text.split('十') : [null, text];
  const value = (digit: string | undefined, empty: number): number => (digit ? digits.indexOf(digit) : empty);
  return (tens === null ? 0 : 10 * value(tens, 1)) + value(ones, 0);
}

function headLines(layout: Layout, count: number): string[] {
  const lines: string[] = [];
  for (const page of layout.pages.slice(0, 2))
    for (const block of page.blocks) {
      if (block.type !== 'line' || (block.role !== null && block.role !== 'metadata')) continue;
      const text = block.text.replace(/\s/g, '');
      if (text !== '') lines.push(text);
      if (lines.length >= count) return lines;
    }
  return lines;
}
