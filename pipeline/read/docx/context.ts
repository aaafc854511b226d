import { type Diagnostic, HongtouError, type LayoutBlock, readLimits } from '../../../models/index.ts';
import type { XmlElement } from '../xml.ts';
import type { Numbering } from './numbering.ts';
import type { Package, Relationship } from './package.ts';
import type { Styles } from './styles.ts';

/** What reading one document needs at every depth, and what it gathers on the way. */
export interface DocxContext {
  readonly source: Package;
  readonly styles: Styles;
  readonly numbering: Numbering;
  /** Of the part being read: a header has relationships of its own. */
  readonly relations: ReadonlyMap<string, Relationship>;
  /** Notes referred to, in order of reference: `footnote/2`. */
  readonly noteReferences: string[];
  readonly counts: Map<Noticed, number>;
  /** Paths of the pictures met, in order. */
  readonly pictures: string[];
  /** Characters read so far, held against the limit. */
  readonly textLength: { count: number };
  /** Reads block content found inside inline content (text boxes) and cells. */
  readonly readBlocks: (container: XmlElement, context: DocxContext) => LayoutBlock[];
}

/** Things left out or changed by reading, each counted and told once. */
export type Noticed =
  | 'revision'
  | 'hidden'
  | 'comment'
  | 'object'
  | 'diagram'
  | 'altChunk'
  | 'nestedTable'
  | 'cellPicture';

const noticed: Readonly<
  Record<Noticed, { code: string; severity: Diagnostic['severity']; say: (n: number) => string }>
> = {
  revision: {
    code: 'docx-revisions-accepted',
    severity: 'warning',
    say: (n) => `文件带有${n}处修订，按接受修订后的文字读取。`,
  },
  hidden: { code: 'docx-hidden-text', severity: 'warning', say: (n) => `文件有${n}处隐藏文字，已略去。` },
  comment: { code: 'docx-comments', severity: 'info', say: (n) => `文件带有${n}处批注，批注不计入正文。` },
  object: {
    code: 'docx-embedded-object',
    severity: 'warning',
    say: (n) => `文件嵌有${n}个对象（如电子表格），其内容未读取。`,
  },
  diagram: { code: 'docx-diagram', severity: 'warning', say: (n) => `文件有${n}个图表或图示，其中的文字未读取。` },
  altChunk: {
    code: 'docx-alternative-chunk',
    severity: 'warning',
    say: (n) => `文件引入了${n}段外来格式的内容，未读取。`,
  },
  nestedTable: {
    code: 'docx-nested-table',
    severity: 'info',
    say: (n) => `有${n}个表格嵌在单元格中，其文字并入该单元格。`,
  },
  cellPicture: { code: 'docx-picture-in-cell', severity: 'info', say: (n) => `单元格中有${n}幅图片，未读取。` },
};

export function notice(context: DocxContext, what: Noticed): void {
  context.counts.set(what, (context.counts.get(what) ?? 0) + 1);
}

export function noticedDiagnostics(context: DocxContext): Diagnostic[] {
  return [...context.counts].map(([what, count]) => {
    const { code, severity, say } = noticed[what];
    return { code, severity, message: say(count), page: null };
  });
}

/** Counts text against the limit. @throws TEXT_TOO_LONG */
export function countText(context: DocxContext, length: number): void {
  context.textLength.count += length;
  if (context.textLength.count > readLimits.textLength) {
    throw new HongtouError('TEXT_TOO_LONG', {
      fileName: context.source.fileName,
      length: context.textLength.count,
      limit: readLimits.textLength,
    });
  }
}
