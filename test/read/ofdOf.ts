import type { Layout, LayoutLine, LayoutPage, LayoutTable, SourceFile } from '../../models/index.ts';
import { readOfd } from '../../pipeline/read/ofd.ts';
import { type ZipPart, zipOf } from './zipOf.ts';

export const ofdNamespace = 'xmlns:ofd="http://www.ofdspec.org/2016"';

export interface OfdParts {
  /** The objects of each page's one layer. */
  readonly pages: readonly string[];
  /** What stands in CommonData beside the page area. */
  readonly common?: string;
  /** What stands in Document beside CommonData and Pages. */
  readonly document?: string;
  /** What stands in DocBody beside DocRoot. */
  readonly body?: string;
  /** What stands in a page before its content (Template, PageRes, Area). */
  readonly pageHead?: string;
  /** Further files; `null` leaves one of the usual ones out. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
}

/** An OFD file from the XML of its parts, with the paths that most producers use. */
export function ofdOf(parts: OfdParts): SourceFile {
  const files: Record<string, string | Uint8Array | null> = {
    'OFD.xml': `<ofd:OFD ${ofdNamespace} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>${parts.body ?? ''}</ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': documentXml(parts),
  };
  parts.pages.forEach((objects, i) => {
    files[`Doc_0/Pages/Page_${i}/Content.xml`] = pageXml(objects, parts.pageHead);
  });
  const entries = Object.entries({ ...files, ...parts.files });
  const kept = entries.flatMap(([name, data]): ZipPart[] => (data === null ? [] : [{ name, data }]));
  return { fileName: '通知.ofd', bytes: zipOf(kept) };
}

export function documentXml(parts: Pick<OfdParts, 'pages' | 'common' | 'document'>): string {
  const listed = parts.pages.map((_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="Pages/Page_${i}/Content.xml"/>`);
  const area = '<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>';
  return `<ofd:Document ${ofdNamespace}><ofd:CommonData>${area}${parts.common ?? ''}</ofd:CommonData><ofd:Pages>${listed.join('')}</ofd:Pages>${parts.document ?? ''}</ofd:Document>`;
}

export function pageXml(objects: string, head = ''): string {
  return `<ofd:Page ${ofdNamespace}>${head}<ofd:Content><ofd:Layer ID="9" Type="Body">${objects}</ofd:Layer></ofd:Content></ofd:Page>`;
}

export async function readFirst(parts: OfdParts): Promise<LayoutPage> {
  return (await readOfd(ofdOf(parts))).pages[0]!;
}

export function linesOf(page: LayoutPage | undefined): LayoutLine[] {
  return page?.blocks.flatMap((block) => (block.type === 'line' ? [block] : [])) ?? [];
}

export function textsOf(layout: Layout): string[][] {
  return layout.pages.map((page) => linesOf(page).map((line) => line.text));
}

export function tablesOf(page: LayoutPage): LayoutTable[] {
  return page.blocks.flatMap((block) => (block.type === 'table' ? [block] : []));
}

/** A line of text 5 mm high with its upper left corner at x, y (millimetres), 5 mm from character to character. */
export function text(
  content: string,
  x: number,
  y: number,
  more: { object?: string; code?: string; inside?: string } = {},
): string {
  const count = [...content].length;
  const code = more.code ?? (count > 1 ? `X="0" Y="4.4" DeltaX="g ${count - 1} 5"` : 'X="0" Y="4.4"');
  return `<ofd:TextObject Boundary="${x} ${y} ${count * 5} 6" Font="1" Size="5" ${more.object ?? ''}>${more.inside ?? ''}<ofd:TextCode ${code}>${content}</ofd:TextCode></ofd:TextObject>`;
}

export function path(data: string, more = '', boundary = '0 0 210 297', inside = ''): string {
  return `<ofd:PathObject Boundary="${boundary}" LineWidth="0.25" ${more}>${inside}<ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;
}
