import type { LayoutBlock, LayoutTable, SourceFile } from '../../models/index.ts';
import { readDocx } from '../../pipeline/read/docx.ts';
import { type ZipPart, zipOf } from './zipOf.ts';

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const namespaces = [
  `xmlns:w="${w}"`,
  `xmlns:r="${r}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(' ');

/** Parts by their name after word/, each with its root's content; relationships are made for those of known types. */
export interface DocxParts {
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly settings?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  /** By relationship id. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly footers?: Readonly<Record<string, string>>;
  readonly images?: Readonly<Record<string, Uint8Array>>;
}

const roots = {
  styles: 'styles',
  numbering: 'numbering',
  settings: 'settings',
  footnotes: 'footnotes',
  endnotes: 'endnotes',
} as const;

/** A DOCX file from the XML of its parts. */
export function docxOf(parts: DocxParts): SourceFile {
  const files: ZipPart[] = [];
  const relations: string[] = [];
  const relate = (id: string, type: string, target: string) =>
    relations.push(`<Relationship Id="${id}" Type="${r}/${type}" Target="${target}"/>`);
  for (const key of Object.keys(roots) as (keyof typeof roots)[]) {
    const content = parts[key];
    if (content === undefined) continue;
    files.push({ name: `word/${key}.xml`, data: `<w:${roots[key]} ${namespaces}>${content}</w:${roots[key]}>` });
    relate(`rel-${key}`, key, `${key}.xml`);
  }
  for (const [type, tag, contents] of [
    ['header', 'hdr', parts.headers],
    ['footer', 'ftr', parts.footers],
  ] as const) {
    for (const [id, content] of Object.entries(contents ?? {})) {
      files.push({ name: `word/${id}.xml`, data: `<w:${tag} ${namespaces}>${content}</w:${tag}>` });
      relate(id, type, `${id}.xml`);
    }
  }
  for (const [id, bytes] of Object.entries(parts.images ?? {})) {
    files.push({ name: `word/media/${id}.png`, data: bytes });
    relate(id, 'image', `media/${id}.png`);
  }
  const rels = (content: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
  files.push(
    { name: '_rels/.rels', data: rels(`<Relationship Id="m" Type="${r}/officeDocument" Target="word/document.xml"/>`) },
    { name: 'word/_rels/document.xml.rels', data: rels(relations.join('')) },
    { name: 'word/document.xml', data: `<w:document ${namespaces}><w:body>${parts.body}</w:body></w:document>` },
  );
  return { fileName: '通知.docx', bytes: zipOf(files) };
}

export async function readBlocks(parts: DocxParts): Promise<readonly LayoutBlock[]> {
  return (await readDocx(docxOf(parts))).pages[0]!.blocks;
}

/** The text of the lines outside tables. */
export async function readLines(parts: DocxParts): Promise<string[]> {
  return (await readBlocks(parts)).flatMap((block) => (block.type === 'line' ? [block.text] : []));
}

export async function readOnlyTable(parts: DocxParts): Promise<LayoutTable> {
  const tables = (await readBlocks(parts)).filter((block) => block.type === 'table');
  if (tables.length !== 1) throw new Error(`${tables.length} tables`);
  return tables[0]!;
}

/** Each cell as `row,column rows×columns text`. */
export function cellsOf(table: LayoutTable): string[] {
  return table.cells.map(
    (cell) =>
      `${cell.row},${cell.column} ${cell.rowSpan}×${cell.columnSpan} ${cell.lines.map((line) => line.text).join('/')}`,
  );
}

/** A paragraph of one run. */
export function p(text: string, properties = '', look = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${run(text, look)}</w:p>`;
}

export function run(text: string, look = ''): string {
  return `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A paragraph of a list. */
export function item(text: string, numId: number, level = 0): string {
  return p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`);
}

export function level(at: number, format: string, text: string, more = ''): string {
  return `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
}

export function cell(text: string, properties = ''): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
}

const side = (name: string) => `<w:${name} w:val="single" w:sz="4"/>`;
/** A table ruled all over, or with the sides named. */
export function table(rows: readonly string[], sides = 'top left bottom right insideH insideV', grid = ''): string {
  const borders = sides === '' ? '' : sides.split(' ').map(side).join('');
  const properties = `<w:tblPr><w:tblBorders>${borders}</w:tblBorders></w:tblPr>`;
  return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${rows.map((row) => (row.startsWith('<w:tr>') ? row : `<w:tr>${row}</w:tr>`)).join('')}</w:tbl>`;
}
