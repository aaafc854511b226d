import { z } from 'zod';
import { Box } from './evidence.ts';
import { Diagnostic } from './finding.ts';

/**
 * What every reader produces, whatever the format: pages with lines, tables, pictures and seals in reading order.
 * Everything after reading is the same code for all formats.
 */

export const LineRole = z
  .enum(['metadata', 'footnote', 'running-head', 'running-foot', 'page-number', 'member', 'attachment-link', 'caption'])
  .meta({
    title: '行的用途',
    description:
      'What a line is when it is not text of the page: metadata = a row of a web page’s 索引号/发文机关 table (text is "name：value"); ' +
      'member = the name of a file inside an archive, printed before its pages; caption = a description of a picture.',
  });
export type LineRole = z.infer<typeof LineRole>;

export const LayoutLine = z
  .object({
    type: z.literal('line'),
    text: z.string().meta({ description: 'As in the file, unfolded, without a line break.' }),
    box: Box.nullable().meta({ description: 'null where the format has no geometry.' }),
    edges: z.array(z.number()).readonly().nullable().meta({
      description:
        'text.length + 1 x positions: code unit i stands between edges[i] and edges[i + 1]. null: no geometry per character.',
    }),
    color: z.enum(['black', 'red', 'other']).nullable(),
    fontSize: z.number().nullable().meta({ description: 'Points.' }),
    bold: z.boolean().nullable(),
    align: z.enum(['left', 'center', 'right']).nullable(),
    heading: z
      .int()
      .nullable()
      .meta({ description: 'Heading level stated by the source (Markdown #, HTML h1, Word outline level), 1-based.' }),
    paragraphEnd: z.boolean().nullable().meta({
      description:
        'true: the source says that the paragraph ends here; false: it says that it goes on; null: not known.',
    }),
    role: LineRole.nullable(),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'How well the characters were read; 1 for a text layer.' }),
    sureness: z.array(z.number().min(0).max(1)).readonly().optional().meta({
      description: '`confidence` for each code unit of the text, the least of which it is, where they differ.',
    }),
    alternative: z.string().nullable().meta({ description: 'The other reading, where two recognitions disagreed.' }),
    page: z.int().min(1).optional().meta({
      description: 'The page of `box`, where that is not the page that holds the line: tables joined across pages.',
    }),
  })
  .readonly()
  .meta({ id: 'LayoutLine', title: '行' });
export type LayoutLine = z.infer<typeof LayoutLine>;

export const LayoutCell = z
  .object({
    row: z.int().min(0),
    column: z.int().min(0),
    rowSpan: z.int().min(1),
    columnSpan: z.int().min(1),
    lines: z.array(LayoutLine).readonly().meta({ description: 'Empty for an empty cell.' }),
    box: Box.nullable(),
    page: z.int().min(1).optional().meta({ description: 'As in LayoutLine.' }),
  })
  .readonly()
  .meta({ id: 'LayoutCell', title: '单元格' });
export type LayoutCell = z.infer<typeof LayoutCell>;

export const LayoutTable = z
  .object({
    type: z.literal('table'),
    rowCount: z.int().min(1),
    columnCount: z.int().min(1),
    cells: z.array(LayoutCell).readonly().meta({
      description: 'Every cell once, at its top left, in row order; the spans tile the whole grid.',
    }),
    spansKnown: z.boolean().meta({
      description:
        'false: the source flattened merged cells into empty ones (tab-separated text, Markdown); spans are 1 and must be inferred.',
    }),
    continues: z.boolean().meta({
      description: 'true: this is the continuation of the last table of the page before (same columns).',
    }),
    box: Box.nullable(),
    confidence: z.number().min(0).max(1),
  })
  .readonly()
  .meta({ id: 'LayoutTable', title: '版面表格' });
export type LayoutTable = z.infer<typeof LayoutTable>;

export const LayoutSeal = z
  .object({ type: z.literal('seal'), text: z.string().nullable(), box: Box.nullable(), confidence: z.number() })
  .readonly()
  .meta({ id: 'LayoutSeal', title: '印章' });
export type LayoutSeal = z.infer<typeof LayoutSeal>;

export const LayoutPicture = z
  .object({
    type: z.literal('picture'),
    description: z.string().nullable().meta({ description: 'A caption or alternative text left by a converter.' }),
    box: Box.nullable(),
  })
  .readonly()
  .meta({ id: 'LayoutPicture', title: '图片' });
export type LayoutPicture = z.infer<typeof LayoutPicture>;

export const LayoutRule = z
  .object({
    type: z.literal('rule'),
    color: z.enum(['black', 'red', 'other']).nullable(),
    box: Box.nullable(),
  })
  .readonly()
  .meta({ id: 'LayoutRule', title: '分隔线' });
export type LayoutRule = z.infer<typeof LayoutRule>;

export const LayoutBlock = z.discriminatedUnion('type', [
  LayoutLine,
  LayoutTable,
  LayoutSeal,
  LayoutPicture,
  LayoutRule,
]);
export type LayoutBlock = z.infer<typeof LayoutBlock>;

export const LayoutPage = z
  .object({
    page: z.int().min(1),
    width: z.number().nullable().meta({ description: 'Points; null for formats without pages.' }),
    height: z.number().nullable(),
    blocks: z.array(LayoutBlock).readonly().meta({ description: 'In reading order.' }),
    furniture: z.array(LayoutLine).readonly().meta({
      description: 'Page numbers and running heads: kept apart, never thrown away.',
    }),
    textOrigin: z.enum(['text', 'ocr']),
    needsRecognition: z.boolean().meta({
      description: 'true: the page has no usable text layer and must be recognised (OCR).',
    }),
    member: z.string().nullable().meta({ description: 'The file inside an archive that this page belongs to.' }),
  })
  .readonly()
  .meta({ id: 'LayoutPage', title: '页' });
export type LayoutPage = z.infer<typeof LayoutPage>;

export const ElectronicSignature = z
  .object({ signer: z.string().nullable(), time: z.string().nullable(), page: z.int().nullable(), box: Box.nullable() })
  .readonly()
  .meta({ id: 'ElectronicSignature', title: '电子签章' });
export type ElectronicSignature = z.infer<typeof ElectronicSignature>;

export const Layout = z
  .object({
    mediaType: z.string(),
    paged: z.boolean().meta({ description: 'false: text, web pages: one page that is none.' }),
    pages: z.array(LayoutPage).min(1).readonly(),
    signatures: z.array(ElectronicSignature).readonly(),
    diagnostics: z.array(Diagnostic).readonly(),
  })
  .readonly()
  .meta({ id: 'Layout', title: '版面' });
export type Layout = z.infer<typeof Layout>;

/** A line with everything unknown except its text; readers set what they know. */
export function layoutLine(text: string, known: Partial<Omit<LayoutLine, 'type' | 'text'>> = {}): LayoutLine {
  return {
    type: 'line',
    text,
    box: null,
    edges: null,
    color: null,
    fontSize: null,
    bold: null,
    align: null,
    heading: null,
    paragraphEnd: null,
    role: null,
    confidence: 1,
    alternative: null,
    ...known,
  };
}

/** A page without geometry. */
export function layoutPage(
  blocks: readonly LayoutBlock[],
  known: Partial<Omit<LayoutPage, 'blocks'>> = {},
): LayoutPage {
  return {
    page: 1,
    width: null,
    height: null,
    blocks,
    furniture: [],
    textOrigin: 'text',
    needsRecognition: false,
    member: null,
    ...known,
  };
}
